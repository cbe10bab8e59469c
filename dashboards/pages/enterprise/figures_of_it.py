"""The enterprise's figures at a glance: inspections, what is open, penalties, nearness to closure, chance of a finding."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers
from dashboards.results.enterprise_profile import EnterpriseProfile
from data.language import gettext as _


def tiles(profile: EnterpriseProfile, *, identity: str) -> Component:
    """Numbers first, what they mean small beneath."""
    shown = [_last(profile), _found(profile), _open(profile), _penalties(profile), _closure(profile), *_risk(profile)]
    return html.Dl(shown, className="casualty-figures", id=identity)


def _tile(label: str, value: str, *notes: str, tone: str = "") -> Component:
    small = [html.Dd(note, className="figure-note") for note in notes if note]
    shown = html.Dd(value, className=f"figure-value {f'tone-{tone}' if tone else ''}".strip())
    return html.Div([html.Dt(label), shown, *small], className="figure")


def _last(profile: EnterpriseProfile) -> Component:
    last = profile.last_on
    if last is None:
        return _tile(_("Days since the last inspection"), numbers.NONE, _("never inspected, as far as ledgers tell"))
    return _tile(_("Days since the last inspection"), numbers.count((profile.as_of - last).days), numbers.day(last))


def _found(profile: EnterpriseProfile) -> Component:
    told = [one.case for one in profile.inspections]
    hazards, major = sum(one.hazards for one in told), sum(one.major_hazards for one in told)
    note = _("%(hazards)s hazards, %(major)s of them major", hazards=hazards, major=major)
    with_hazards = sum(1 for one in told if one.hazards)
    found = _("%(n)s of them found something", n=with_hazards)
    return _tile(_("Inspections on record"), numbers.count(len(told)), found, note)


def _open(profile: EnterpriseProfile) -> Component:
    overdue = sum(1 for one in profile.inspections if one.outcome == "overdue")
    waiting = sum(1 for one in profile.inspections if one.outcome == "open")
    return _tile(
        _("Past their due day"),
        numbers.count(overdue),
        _("%(n)s more not due yet", n=waiting),
        tone="bad" if overdue else "",
    )


def _penalties(profile: EnterpriseProfile) -> Component:
    decisions = profile.decisions
    fines = [one.fine_yuan for one in decisions if one.fine_yuan is not None]
    total = _("fines %(yuan)s yuan in all", yuan=numbers.yuan(sum(fines, Decimal(0)))) if fines else ""
    return _tile(_("Penalty decisions"), numbers.count(len(decisions)), total)


def _closure(profile: EnterpriseProfile) -> Component:
    one, rules = profile.closure, profile.closure.scheme.near_closure
    half = _(
        "%(n)s of %(most)s in %(days)s days",
        n=one.within_half_year,
        most=rules.within_half_year,
        days=rules.half_year_days,
    )
    year = _("%(n)s of %(most)s in a year", n=one.within_year, most=rules.within_year)
    state = {"reached": _("reached"), "one_short": _("one short"), "far": _("not near")}[one.state]
    own = "" if profile.own_unit is None else _("by the penalties of %(unit)s alone", unit=profile.own_unit.short_name)
    tone = {"reached": "bad", "one_short": "warn"}.get(one.state, "")
    return _tile(_("Near closure (Work Safety Law, article 113)"), state, half, year, own, tone=tone)


def _risk(profile: EnterpriseProfile) -> list[Component]:
    risk = profile.risk
    if risk is None:
        return []
    scheme = profile.risk_scheme
    interval = _("%(share)s interval %(low)s–%(high)s", share=f"{float(scheme.interval):.0%}",
                 low=numbers.chance(risk.low), high=numbers.chance(risk.high))  # fmt: skip
    basis = _(
        "by %(n)s inspections in %(months)s months and those of its sector", n=risk.inspections, months=scheme.months
    )
    return [_tile(_("Chance that the next inspection finds something"), numbers.chance(risk.mean), interval, basis)]
