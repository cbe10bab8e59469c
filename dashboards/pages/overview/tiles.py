"""The figures of the first form: counts first, each with what it is measured by, and each a link to where it is made."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, lights, numbers
from dashboards.components.page_list import CASUALTIES, RANKING, SUBMISSIONS
from dashboards.pages.overview.message import behind, deaths_known, left, names
from dashboards.results.overview import Overview
from data.language import gettext as _

Shown = str | Component


def tiles(result: Overview, *, identity: str) -> Component:
    """Deaths, days without, ledgers, zero enforcement, closed loop."""
    shown = [_deaths(result), _days(result), _ledgers(result), _zero(result), _closed_loop(result)]
    return html.Dl(shown, className="overview-tiles", id=identity)


def _tile(
    part: str, label: str, href: str, value: str, unit: str, *notes: Shown, light: Component | None = None
) -> Component:
    small = [html.Dd(note, className="tile-note") for note in notes if note]
    figure = html.Dd([html.B(value), html.Span(unit, className="tile-unit"), light], className="tile-value")
    name = html.Dt(dcc.Link(label, href=href))
    return html.Div([name, figure, *small], className=f"overview-tile tile-{part}", id=f"overview-{part}")


def _casualties(result: Overview) -> str:
    past = result.day < result.casualties.known_by
    return CASUALTIES.path + address.query(period=result.day.year, as_of=result.day if past else None)


def _deaths(result: Overview) -> Component:
    label, href = _("Deaths this year"), _casualties(result)
    if not deaths_known(result):
        return _tile("deaths", label, href, numbers.NONE, "", _("no accident ledger of the year has come"))
    one = result.casualties.total
    last = max(month for month in result.casualties.ledgers if month.year == result.day.year)
    cap = _("no cap on file") if one.cap is None else _("cap %(cap)s, %(left)s", cap=one.cap, left=left(result))
    known = _("by the accident ledger of %(month)s", month=numbers.period(last))
    return _tile("deaths", label, href, numbers.count(one.deaths), _("persons (unit)"),
                 cap, *_last_year(result), known, light=lights.light(one.light))  # fmt: skip


def _last_year(result: Overview) -> list[str]:
    if result.day.year - 1 not in result.casualties.record.years:
        return []
    return [_("same time last year %(n)s", n=result.casualties.total.last_year_deaths)]


def _days(result: Overview) -> Component:
    label, href = _("Days since the last fatal accident"), _casualties(result)
    days = result.casualties.total.days_since_fatal if deaths_known(result) else None
    if days is None:
        why = _("none on record") if deaths_known(result) else _("no accident ledger of the year has come")
        return _tile("days", label, href, numbers.NONE, "", why)
    last = numbers.spoken_day(result.day - timedelta(days=days))
    upto = _("counted to %(day)s", day=numbers.spoken_day(result.day))
    return _tile("days", label, href, numbers.count(days), _("days (unit)"), _("the last: %(day)s", day=last), upto)


def _ledgers(result: Overview) -> Component:
    due = result.ledgers
    came = sum(report.filing is not None for report in due)
    late = sum(report.status == "late" for report in due)
    notes = [html.Span(said, className="tile-names") for said in behind(due, result.zone)] or [
        html.Span(_("all have reported"))
    ]
    more = [_("of these late: %(n)s", n=late)] if late else []
    return _tile("ledgers", _("Ledgers of the month"), SUBMISSIONS.path + address.query(period=result.month),
                 f"{came} / {len(due)}", _("units (unit)"), *notes, *more)  # fmt: skip


def _zero(result: Overview) -> Component:
    idle = [row.unit for row in result.zero_enforcement]
    reported = result.closed_loop.units
    none = _("every unit that reported inspected somebody") if reported else _("nobody has reported yet")
    return _tile("zero", _("Zero enforcement"), RANKING.path + address.query(period=result.month),
                 numbers.count(len(idle)) if reported else numbers.NONE, _("units (unit)") if reported else "",
                 html.Span(names(idle), className="tile-names") if idle else none)  # fmt: skip


def _closed_loop(result: Overview) -> Component:
    one = result.closed_loop
    label, href = _("Closed loop"), RANKING.path + address.query(period=result.month)
    if not one.due:
        why = _("no case fell due") if one.units else _("nobody has reported yet")
        return _tile("closed-loop", label, href, numbers.NONE, "", why)
    share = _("closed-loop rate %(share)s", share=numbers.percent(Fraction(one.closed, one.due)))
    whose = _("closed ÷ due, %(n)s units that reported", n=one.units)
    return _tile("closed-loop", label, href, f"{one.closed} / {one.due}", _("cases (unit)"), share, whose)
