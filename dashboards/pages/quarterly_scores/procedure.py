"""The quarter's procedure as a line of steps: self-assessment, review, reply, decision, publication, each with its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.page_list import ADMINISTRATION
from dashboards.method.replies import Stage
from dashboards.results.quarter_procedure import Procedure
from data.language import gettext as _

DONE, NOW, OVERDUE, LATER = "done", "now", "overdue", "later"
SYMBOLS = {DONE: "✓", NOW: "●", OVERDUE: "!", LATER: "○"}


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One step: what it is called, by when it is due, how far it is, and what is left of it."""

    name: str
    when: str
    state: str
    left: str


def steps_card(found: Procedure, *, link: Callable[[str], str], identity: str) -> Component:
    """The steps of the quarter in their order, and whose marks wait for the office, or for the unit that asks; ``link`` leads to them."""
    items = step_line(found, identity=identity)
    heading = _("Procedure of the quarter, step by step")
    return parts.card(
        heading,
        items,
        _waiting(found, link),
        _second_account(found),
        *(html.P(one, className="note") for one in _notes(found)),
        id="procedure",
    )


def step_line(found: Procedure, *, identity: str) -> Component:
    """The steps, one beside the other; on a phone one below the other."""
    return html.Ol([_item(one) for one in steps(found)], className="procedure-steps", id=identity)


def _waiting(found: Procedure, link: Callable[[str], str]) -> Component | None:
    """The ways to the marks that wait: contested ones unit by unit, or the unit's own that are not answered."""
    if found.own is not None:
        waits = found.all_at(Stage.OPEN) if found.published is None else []
        ways = [dcc.Link(_("answer %(n)s marks", n=len(marks)), href=link(one.unit)) for one, marks in waits]
        return html.P(ways, className="procedure-waits") if ways else None
    names = found.zone.unit_by_code
    contested = found.all_at(Stage.CONTESTED)
    if not contested:
        return None
    said = [
        part
        for one, marks in contested
        for part in (
            " ",
            dcc.Link(parts.behind(names[one.unit].short_name, str(len(marks))), href=link(one.unit)),
        )
    ]
    return html.P([_("Contested and not decided:"), *said], className="procedure-waits")


def _second_account(found: Procedure) -> Component | None:
    """To who may confirm them, that the office's own marks in the review do not count yet."""
    if not found.own_review_waits:
        return None
    said = _("The review's marks of %(unit)s itself wait for a second account:", unit=found.zone.office.short_name)
    return html.P([said, " ", dcc.Link(ADMINISTRATION.title, href=ADMINISTRATION.path)], className="procedure-waits")


def _item(one: ProcedureStep) -> Component:
    symbol = html.Span(SYMBOLS[one.state], className="symbol", **parts.attributes(aria_hidden="true"))
    return html.Li(
        [
            html.B([symbol, one.name]),
            html.Span(one.when, className="procedure-day"),
            html.Small(_said(one)),
        ],
        className=f"procedure-{one.state}",
    )


def _said(one: ProcedureStep) -> list[Component | str]:
    state = html.Span(_words(one.state), className="procedure-state")
    return [state, _(": "), one.left] if one.left else [state]


def _words(state: str) -> str:
    return {DONE: _("done"), NOW: _("under way"), OVERDUE: _("past its day"), LATER: _("not yet")}[state]


def steps(found: Procedure) -> list[ProcedureStep]:
    """The five steps."""
    return [one(found) for one in _STEPS]


def _self(found: Procedure) -> ProcedureStep:
    missing = found.due - found.filed
    state = _state(found, found.days.self_due, done=found.due > 0 and missing == 0, begun=found.over)
    left = ""
    if state != LATER and missing:
        left = (
            _("%(n)s of %(all)s units have not filed", n=missing, all=found.due)
            if found.own is None
            else _("not filed")
        )
    return ProcedureStep(_("Self-assessment"), _due(found.days.self_due), state, left)


def _review(found: Procedure) -> ProcedureStep:
    waiting = found.waiting_for_review
    state = _state(found, found.days.review_due, done=found.review is not None and not waiting, begun=found.over)
    said = [] if found.review is None else [_("came on %(day)s", day=numbers.day_of_year(found.review))]
    if waiting and state != LATER:
        whole = _("%(n)s units are not wholly reviewed", n=waiting)
        said.append(whole if found.own is None else _("not wholly reviewed"))
    left = _(", ").join(said)
    return ProcedureStep(_("Review"), _due(found.days.review_due), state, left)


def _reply(found: Procedure) -> ProcedureStep:
    open_marks = sum(len(marks) for _unit, marks in found.all_at(Stage.OPEN))
    units = len(found.all_at(Stage.OPEN))
    reviewed = any(one.reviewed for one in found.units.values())
    if found.published is not None:
        left = _("closed: %(n)s marks were not answered", n=open_marks) if open_marks else ""
        return ProcedureStep(_("The unit's reply"), _due(found.days.reply_due), DONE, left)
    state = _state(found, found.days.reply_due, done=reviewed and not open_marks, begun=reviewed)
    left = ""
    if state in {NOW, OVERDUE}:
        of_units = _("%(marks)s marks of %(units)s units are not answered", marks=open_marks, units=units)
        left = of_units if found.own is None else _("%(n)s marks are not answered", n=open_marks)
    return ProcedureStep(_("The unit's reply"), _due(found.days.reply_due), state, left)


def _decision(found: Procedure) -> ProcedureStep:
    waiting = sum(len(marks) for _unit, marks in found.all_at(Stage.CONTESTED))
    decided = sum(len(marks) for _unit, marks in found.all_at(Stage.DECIDED))
    answered = any(one.reviewed for one in found.units.values()) and not found.all_at(Stage.OPEN)
    settled = not waiting and (decided > 0 or answered or found.published is not None)
    state = _state(found, found.days.decision_due, done=settled, begun=waiting > 0)
    left = _("%(n)s contested marks wait", n=waiting) if waiting else _("%(n)s decided", n=decided) if decided else ""
    if state == DONE and not left:
        left = _("nothing is contested")
    return ProcedureStep(_("The office's decision"), _due(found.days.decision_due), state, left)


def _publication(found: Procedure) -> ProcedureStep:
    name, since = _("Publication"), _("from %(day)s", day=numbers.day_of_year(found.days.publishable))
    if found.published is not None and found.published_on is not None:
        said = _("revision %(n)s of %(day)s", n=found.published, day=numbers.day_of_year(found.published_on))
        return ProcedureStep(name, since, DONE, said)
    return (
        ProcedureStep(name, since, NOW, _("possible")) if found.may_publish else ProcedureStep(name, since, LATER, "")
    )


_STEPS: tuple[Callable[[Procedure], ProcedureStep], ...] = (_self, _review, _reply, _decision, _publication)


def _due(day: date) -> str:
    return _("by %(day)s", day=numbers.day_of_year(day))


def _state(found: Procedure, due: date, *, done: bool, begun: bool) -> str:
    if done:
        return DONE
    if found.today > due and found.published is None:
        return OVERDUE if begun else LATER
    return NOW if begun else LATER


def _notes(found: Procedure) -> list[str]:
    """What the days rest on; where publication is possible before the procedure has ended, that."""
    said = []
    if not found.confirmed:
        said.append(
            _("The days for reply and decision are a proposal of this system; the zone has not confirmed them.")
        )
    if found.may_publish and not found.awaits_publication:
        said.append(_("It can be published, though marks still wait for their reply or decision: after publication no mark can be "
                      "answered any more, and contested ones stand as reviewed until they are decided."))  # fmt: skip
    return said
