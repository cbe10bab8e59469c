"""What the office would decide on its own unit, each with what a second account may say to it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, words
from dashboards.components.page_list import SUBMISSIONS
from dashboards.pages.administration.account_form import button_form
from dashboards.results.administration import Proposed
from data.intake.extensions import EXTEND
from data.intake.intake_decisions import CONFIRM
from data.intake.own_review import COUNT
from data.intake.replies import DECIDE_MARK
from data.language import gettext as _
from data.people.accounts import Account
from data.zone.periods import parse_period
from data.zone.zone import Zone


def proposal_list(found: Sequence[Proposed], zone: Zone, viewer: Account, *, identity: str) -> Component:
    """One line a proposal: what, why, by whom; who proposed it cannot answer to it."""
    return html.Ul([html.Li(_line(one, zone, viewer)) for one in found], className="decided", id=identity)


def _line(one: Proposed, zone: Zone, viewer: Account) -> list[Component | str]:
    asked = one.proposal
    said: Component | str = _("%(actor)s, %(moment)s: %(reason)s", actor=asked.actor, moment=numbers.instant(asked.at, zone),
             reason=asked.told["reason"] or numbers.NONE)  # fmt: skip
    heading = html.B(_what(one, zone))
    if asked.actor == viewer.name:
        return [heading, " ", said, " ", html.Small(_("You proposed this; another account confirms it."))]
    if asked.act == COUNT:
        look = SUBMISSIONS.path + address.query(period=one.period, submission=asked.told["submission"]) + "#one"
        said = html.Span([said, " ", dcc.Link(_("Look at the review"), href=look)])
    action = f"/second-account/{asked.number}"
    answers = [
        button_form(action, _("Confirm"), confirmed="yes"),
        button_form(action, _("Refuse"), confirmed="no"),
    ]
    return [heading, " ", said, html.Div(answers, className="veto-buttons")]


def _what(one: Proposed, zone: Zone) -> str:
    unit = zone.unit_by_code[one.proposal.unit].short_name
    period = numbers.period(parse_period(one.period))
    if one.proposal.act == COUNT:
        sums = {name: one.proposal.told[name] or numbers.NONE for name in ("before", "after")}
        return _("Let the marks of %(unit)s in the review of %(period)s count (their sum: %(before)s → %(after)s)",
                 unit=unit, period=period, **sums)  # fmt: skip
    if one.proposal.act == EXTEND:
        told = one.proposal.told
        who = _("all units") if told["unit"] is None else unit
        return _("Extend “%(kind)s” of %(unit)s, %(period)s, to %(day)s", kind=words.kind(one.kind), unit=who, period=period,
                 day=told["until"])  # fmt: skip
    if one.kind is not None and one.proposal.act == CONFIRM:
        return _("Load “%(kind)s” of %(unit)s, %(period)s, though it is published",
                 kind=words.kind(one.kind), unit=unit, period=period)  # fmt: skip
    if one.kind is not None:
        return _("Return “%(kind)s” of %(unit)s, %(period)s", kind=words.kind(one.kind), unit=unit, period=period)
    if one.proposal.act == DECIDE_MARK:
        told = one.proposal.told
        return _("Mark of measure %(measure)s of %(unit)s, %(period)s: %(before)s → %(mark)s", unit=unit, period=period,
                 **{name: told[name] for name in ("measure", "before", "mark")})  # fmt: skip
    if one.proposal.told["confirmed"]:
        return _("Confirm the veto for %(unit)s, %(period)s", unit=unit, period=period)
    return _("Dismiss the veto for %(unit)s, %(period)s", unit=unit, period=period)
