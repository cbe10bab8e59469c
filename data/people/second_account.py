"""A second account's word on what the office would decide on its own unit (METHOD section 1).

The committee's office is ranked like all others, by figures that it may itself return and decide on. So one account
proposes, and another, of the office or an administrator's, confirms or refuses; the command line, which is nobody's
account, can only propose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from data.intake import decisions, extensions, intake_decisions, own_review, proposals, replies, vetoes
from data.intake.deciding import Desk, Seconded, Taken
from data.intake.decision_checks import Undecidable
from data.intake.proposals import Proposal
from data.language import gettext as _
from data.people.accounts import find_row
from data.people.scope import OFFICE_ACCOUNT
from data.store import database_errors, reader
from data.zone.periods import Quarter, parse_period


def _return(desk: Desk, told: Mapping[str, Any]) -> Taken:
    return decisions.return_workbook(desk, told["submission"], told["reason"])


def _veto(desk: Desk, told: Mapping[str, Any]) -> Taken:
    rest = {name: told[name] for name in ("unit", "confirmed", "grounds", "reason")}
    return decisions.decide_veto(desk, quarter=Quarter.parse(told["period"]), **rest)


def _confirmation(desk: Desk, told: Mapping[str, Any]) -> Taken:
    return decisions.confirm(desk, told["submission"], told["checked_against"])


def _mark(desk: Desk, told: Mapping[str, Any]) -> Taken:
    before, mark, full = (Decimal(told[name]) for name in ("before", "mark", "full"))
    rest = {name: told[name] for name in ("reply", "replaces", "reason")}
    return decisions.decide_mark(desk, before=before, mark=mark, full=full, **rest)


def _extension(desk: Desk, told: Mapping[str, Any]) -> Taken:
    period, until = parse_period(told["period"]), date.fromisoformat(told["until"])
    return decisions.extend(
        desk, kind=told["kind"], period=period, unit=told["unit"], until=until, reason=told["reason"]
    )


def _own_review(desk: Desk, told: Mapping[str, Any]) -> Taken:
    return decisions.count_own_review(desk, told["submission"], told)


_TAKEN: Mapping[str, Callable[[Desk, Mapping[str, Any]], Taken]] = {
    intake_decisions.RETURN: _return,
    vetoes.DECIDE: _veto,
    replies.DECIDE_MARK: _mark,
    intake_decisions.CONFIRM: _confirmation,
    extensions.EXTEND: _extension,
    own_review.COUNT: _own_review,
}


def waits_for_another() -> str:
    """What is said of a decision that is only proposed."""
    return _("This concerns the office's own figures: it waits for a second account of the office or an administrator, who "
             "confirms it on the page 系统管理. Until then nothing has changed.")  # fmt: skip


def confirm(desk: Desk, number: int) -> Taken:
    """Another account confirms: the decision is taken as if it were taken now, in both names.

    Undecidable where this account may not, or where the decision has become impossible; then it may be refused.
    """
    found = _answerable(desk, number)
    return _TAKEN[found.act](replace(desk, actor=found.actor, seconded=Seconded(number, desk.actor)), found.told)


def refuse(desk: Desk, number: int) -> Taken:
    """Another account refuses, and the decision is not taken."""
    _answerable(desk, number)
    return decisions.refuse_proposal(desk, number)


def _answerable(desk: Desk, number: int) -> Proposal:
    """The proposal, if the desk's account may answer to it."""
    with database_errors(), reader(desk.url).connect() as connection:
        found = proposals.one_waiting(connection, desk.zone, number)
        answering = find_row(connection, desk.zone, desk.actor)
    if found is None:
        raise Undecidable(_("This decision waits for nobody any more: it was confirmed or refused."))
    allowed = answering is not None and answering.active and answering.role in proposals.MAY_CONFIRM
    may = allowed and desk.actor != OFFICE_ACCOUNT
    if not may:
        raise Undecidable(_("Only an account of the office or an administrator's confirms decisions on the office."))
    if desk.actor == found.actor:
        raise Undecidable(_("You proposed this yourself; another account must confirm it."))
    return found
