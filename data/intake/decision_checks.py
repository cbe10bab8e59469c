"""What must hold for a decision: when it is taken, and again when one that was queued is carried out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from data.intake import (
    calendar_events,
    extensions,
    intake_decisions,
    issued_lists,
    own_review,
    plan_decisions,
    proposals,
    publications,
    replies,
    reply_checks,
    scheme_decisions,
    stationery,
)
from data.language import gettext as _
from data.rollup.in_force import in_force
from data.schema.intake import submission
from data.zone.schemes import parsed
from data.zone.zone import Zone, read_zone


class Undecidable(ValueError):
    """A decision that cannot be taken as asked; the text says why."""


class Outdated(Undecidable):
    """What was looked at is no longer what there is."""


def check_possible(connection: Connection, zone: str, act: str, told: Mapping[str, Any]) -> None:
    """Undecidable where a decision is impossible as things stand, or answers a proposal that waits no more."""
    if proposals.NUMBER in told and proposals.one_waiting(connection, zone, told[proposals.NUMBER]) is None:
        raise Undecidable(_("This decision waits for nobody any more: it was confirmed or refused."))
    try:
        if act in _CHECKS:
            _CHECKS[act](connection, zone, told)
    except reply_checks.Impossible as error:
        raise Undecidable(str(error)) from error


def submission_of(connection: Connection, zone: str, number: int) -> Row[Any]:
    """A workbook's row, by its number; Undecidable where there is none."""
    this = submission.c.zone == zone, submission.c.submission == number
    of = connection.execute(select(submission).where(*this)).first()
    if of is None:
        raise Undecidable(_("There is no workbook with the number %(n)s.", n=number))
    return of


def counts(connection: Connection, zone: str, of: Row[Any]) -> bool:
    """Whether a workbook is the one of its kind, unit and period that counts at present."""
    found = in_force(connection, zone, of.kind, of.unit, of.period) if of.status == "accepted" else None
    return found is not None and found.submission == of.submission


def check_extension(zone: Zone, told: Mapping[str, Any]) -> None:
    """Undecidable where a deadline cannot be extended as told."""
    why_not = extensions.impossible(zone, told)
    if why_not is not None:
        raise Undecidable(why_not)


def _check_extension(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    check_extension(read_zone(connection, zone), told)


def _check_waiting(connection: Connection, zone: str, told: Mapping[str, Any]) -> Row[Any]:
    of = submission_of(connection, zone, told["submission"])
    if of.status != "checked":
        raise Outdated(_("This workbook waits for nobody's word any more: it was confirmed, withdrawn or refused."))
    return of


def _check_confirmation(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = _check_waiting(connection, zone, told)
    found = in_force(connection, zone, of.kind, of.unit, of.period)
    counts = None if found is None else found.version
    if of.checked_against != told["checked_against"] or counts != told["checked_against"]:
        raise Outdated(_("The data changed since this workbook was checked. Have it checked again, then confirm."))


def _check_return(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    number = told["submission"]
    of = submission_of(connection, zone, number)
    counts = in_force(connection, zone, of.kind, of.unit, of.period)
    if counts is None or counts.submission != number:
        raise Undecidable(_("Only a workbook that counts at present can be returned."))
    named = intake_decisions.referenced_later(connection, zone, number)
    if named:
        raise Undecidable(
            _("整改复查 of %(month)s names the case %(number)s of this ledger. Return that month's workbook first.",
              month=named[0][1], number=named[0][0])
        )  # fmt: skip
    elsewhere = intake_decisions.reported_elsewhere(connection, zone, number, of.unit)
    if elsewhere:
        raise Undecidable(
            _("The version before would count again, but its 检查文书号 %(number)s now stands in the ledger of %(month)s. "
              "Return that month's workbook first.", month=elsewhere[0][1], number=elsewhere[0][0])
        )  # fmt: skip


def _check_set_aside(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    if "decision" in told:
        return
    if submission_of(connection, zone, told["submission"]).status != "set_aside":
        raise Undecidable(_("This workbook is not set aside any more: it was tried again, or discarded."))


def _check_publication(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = (told[name] for name in ("report", "period", "day"))
    if told["revision"] != len(publications.revisions(connection, zone, *of)) + 1:
        raise Undecidable(_("Another revision was published meanwhile."))


def _check_adoption(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    draft = parsed(told["text"])
    why_not = scheme_decisions.why_not_adopted(connection, zone, draft)
    if why_not is not None:
        raise Undecidable(why_not)
    moved = [str(one) for one in scheme_decisions.moved(connection, read_zone(connection, zone), draft)]
    if moved != list(told["known"]):
        raise Outdated(
            _(
                "What is published and would move with this scheme is not what the page showed. Read it again, then decide."
            )
        )


def _check_withdrawal(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    day = date.fromisoformat(told["day"])
    why_not = scheme_decisions.why_not_withdrawn(connection, zone, told["name"], told["version"], day)
    if why_not is not None:
        raise Undecidable(why_not)


def _unless(
    act: str, impossible: Callable[[Connection, str, str, Mapping[str, Any]], str | None]
) -> Callable[[Connection, str, Mapping[str, Any]], None]:
    def check(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
        why_not = impossible(connection, zone, act, told)
        if why_not is not None:
            raise Undecidable(why_not)

    return check


def _check_counting(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = submission_of(connection, zone, told["submission"])
    if of.status != "accepted" or of.returned_at is not None:
        raise Undecidable(_("This review was returned, or not loaded: there is nothing to confirm of it."))
    if not counts(connection, zone, of):
        raise Undecidable(_("A later review has come since: there is nothing to confirm of this one."))


def _check_there(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    submission_of(connection, zone, told["submission"])


_CHECKS: Mapping[str, Callable[[Connection, str, Mapping[str, Any]], object]] = {
    intake_decisions.CONFIRM: _check_confirmation,
    intake_decisions.WITHDRAW: _check_waiting,
    intake_decisions.RETURN: _check_return,
    intake_decisions.ATTACH: _check_there,
    own_review.COUNT: _check_counting,
    publications.PUBLISH: _check_publication,
    replies.REPLY: reply_checks.check_reply,
    replies.ADD_EVIDENCE: reply_checks.check_evidence,
    replies.DECIDE_MARK: reply_checks.check_decision,
    scheme_decisions.ADOPT: _check_adoption,
    scheme_decisions.WITHDRAW: _check_withdrawal,
    extensions.EXTEND: _check_extension,
    intake_decisions.RETRY: _check_set_aside,
    intake_decisions.DISCARD: _check_set_aside,
    **{act: _unless(act, stationery.impossible) for act in stationery.WRITERS},
    **{act: _unless(act, issued_lists.impossible) for act in issued_lists.WRITERS},
    **{act: _unless(act, calendar_events.impossible) for act in calendar_events.WRITERS},
    **{act: _unless(act, plan_decisions.impossible) for act in plan_decisions.WRITERS},
}
"""What must hold when a decision is taken, and again when one that was queued is carried out."""
