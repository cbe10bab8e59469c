"""Carry out what the journal says was decided: a row with its audit entry, in one transaction.

A decision that was journalled but not written (the power failed in between, or a workbook is being loaded for longer than
a request may wait) is carried out by whoever decides or loads next, when its turn comes; until then ``data doctor`` points
it out. One that is then impossible, or on which the program fails, is kept as such and holds nothing up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

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
    scheme_decisions,
    stationery,
    vetoes,
)
from data.intake.archive import CARRIED_OUT, Archive, ArchiveError, Entry
from data.intake.audit import Act, record, submission_subject
from data.intake.decision_checks import Undecidable, check_possible
from data.intake.outcomes import tell_untold
from data.intake.queue import QueueState, nothing_waits, standing
from data.intake.tries import MOST_TRIES, Tries
from data.language import gettext as _
from data.schema.intake import decision, submission
from data.store import StoreError, database_errors, reader, storable, write_transaction

log = logging.getLogger("data.intake.carrying_out")
DONE, REFUSED, SET_ASIDE = "done", "refused", "set_aside"
ASKING = frozenset({intake_decisions.CONFIRM, intake_decisions.RETRY})
"""Decisions that have the loader take up a receipt again."""
WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = {
    vetoes.DECIDE: vetoes.write_decision,
    replies.REPLY: replies.write_reply,
    replies.ADD_EVIDENCE: replies.write_evidence,
    replies.DECIDE_MARK: replies.write_decision,
    publications.PUBLISH: publications.write_publication,
    scheme_decisions.DRAFT: scheme_decisions.write_draft,
    scheme_decisions.ADOPT: scheme_decisions.write_adoption,
    scheme_decisions.WITHDRAW: scheme_decisions.write_withdrawal,
    extensions.EXTEND: extensions.write_extension,
    intake_decisions.CONFIRM: intake_decisions.write_confirmation,
    intake_decisions.WITHDRAW: intake_decisions.write_withdrawal,
    intake_decisions.RETURN: intake_decisions.write_return,
    intake_decisions.MATCH: intake_decisions.write_match,
    intake_decisions.ATTACH: intake_decisions.write_attachment,
    intake_decisions.RETRY: intake_decisions.write_retry,
    intake_decisions.DISCARD: intake_decisions.write_discard,
    own_review.COUNT: own_review.write_count,
    proposals.PROPOSE: proposals.write_proposal,
    proposals.REFUSE: proposals.write_refusal,
    intake_decisions.FORGET: intake_decisions.write_forgetting,
    **stationery.WRITERS,
    **issued_lists.WRITERS,
    **calendar_events.WRITERS,
    **plan_decisions.WRITERS,
}
ROWS = {
    **intake_decisions.ROWS,
    **proposals.ROWS,
    **replies.ROWS,
    **scheme_decisions.ROWS,
    **stationery.ROWS,
    **issued_lists.ROWS,
    **calendar_events.ROWS,
    **plan_decisions.ROWS,
    vetoes.DECIDE: vetoes.ROW,
    publications.PUBLISH: publications.ROW,
    extensions.EXTEND: extensions.ROW,
}
"""Act → the table to which its writer adds a row; of it column → the name under which the line has what stands there."""


def waiting(connection: Connection, archive: Archive, zone: str) -> QueueState:
    """What the journal holds that is not done yet: receipts without an outcome, decisions without a row."""
    return standing(connection, archive, zone, ASKING, WRITERS)


def catch_up(url: str, archive: Archive, zone: str) -> QueueState:
    """Carry out the decisions whose turn it is, and write lines of outcomes that a power cut took along; what waits then.

    Only who holds ``archive.loading()`` may.
    """
    with database_errors(), reader(url).connect() as connection:
        if nothing_waits(connection, archive, zone):
            return QueueState()
        found = waiting(connection, archive, zone)
        due = [entry for entry in found.undecided if not _after_a_receipt(connection, zone, entry, found)]
        if not due and not found.untold:
            return found
        tell_untold(connection, archive, zone, found.database, found.untold)
    for entry in due:
        carry_out(url, archive, zone, entry, late=True)
    with database_errors(), reader(url).connect() as connection:
        return waiting(connection, archive, zone)


def _after_a_receipt(connection: Connection, zone: str, entry: Entry, found: QueueState) -> bool:
    """Whether a workbook of the decision's unit came before it and has no outcome yet."""
    before = {receipt.party for receipt in found.waiting if receipt.line < entry.number}
    return bool(before) and not before.isdisjoint(parties(connection, zone, entry.data))


def parties(connection: Connection, zone: str, told: Mapping[str, Any]) -> set[str]:
    """Whose workbooks a decision is about."""
    of = None
    if "submission" in told:
        this = submission.c.zone == zone, submission.c.submission == told["submission"]
        of = connection.execute(select(submission.c.only_unit, submission.c.unit).where(*this)).first()
    if of is None:
        return {told["unit"]} if told.get("unit") else set()
    return {of.only_unit or "", *([of.unit] if of.unit else [])}


def carry_out(url: str, archive: Archive, zone: str, entry: Entry, *, late: bool) -> str | None:
    """Write one decision; why not, where it is no longer possible or the program fails on it. Only who holds
    ``archive.loading()`` may.

    ``late``: others were done since its line was written. That, and why it was not carried out, is a line of its own.
    """
    tries = Tries(archive.folder)
    try:
        if tries.begin(entry.number) >= MOST_TRIES:
            raise GaveUp
        if late:
            with database_errors(), reader(url).connect() as connection:
                check_possible(connection, zone, entry.act, entry.data)
        with write_transaction(url) as connection:
            write_decision(connection, archive, zone, entry)
            if late:
                _tell_carried_out(archive, entry, DONE, None)
        return None
    except (StoreError, ArchiveError):
        raise
    except Undecidable as error:
        return _not_carried_out(url, archive, zone, entry, REFUSED, str(error))
    except Exception as error:  # noqa: BLE001  # one decision that cannot be written must not hold up those behind it
        log.error("the program failed on line %s of the journal: %s", entry.number, type(error).__name__)  # noqa: TRY400  # its text may hold what people wrote
        said = _("The program failed on this decision; it was not carried out. Please tell the administrator.")
        return _not_carried_out(url, archive, zone, entry, SET_ASIDE, said)
    finally:
        tries.over(entry.number)


class GaveUp(Exception):
    """Three tries did not come to an end."""


def _not_carried_out(url: str, archive: Archive, zone: str, entry: Entry, outcome: str, reason: str) -> str:
    """Keep that a decision is not carried out: nothing of what it holds is written but who took it, and when."""
    with write_transaction(url) as connection:
        record_outcome(connection, archive, zone, entry, outcome, reason)
        _tell_carried_out(archive, entry, outcome, reason)
    return reason


def record_outcome(
    connection: Connection, archive: Archive, zone: str, entry: Entry, outcome: str, reason: str | None
) -> None:
    """The row of a decision that was not carried out, with its audit entry."""
    at = datetime.fromisoformat(entry.at)
    actor = storable(str(entry.data.get("actor", "")), 60)
    number = entry.data.get("submission")
    about = number if isinstance(number, int) and 0 < number < 2**31 else None
    connection.execute(
        insert(decision).values(
            zone=zone, entry=entry.number, act=storable(entry.act, 20), actor=actor, at=at, outcome=outcome, reason=reason,
            submission=about,
        )
    )  # fmt: skip
    detail = {"act": storable(entry.act, 20), "reason": reason}
    subject = f"journal {entry.number}" if about is None else submission_subject(about)
    record(connection, zone, at, actor, f"decision {outcome}", subject, detail, journal=archive.last_hash())


def _tell_carried_out(archive: Archive, entry: Entry, outcome: str, reason: str | None) -> None:
    told = {"decision": entry.number, "outcome": outcome, "reason": reason}
    archive.append(entry.at, entry.database, CARRIED_OUT, told)


def write_decision(connection: Connection, archive: Archive, zone: str, entry: Entry) -> None:
    """Write one decision: what it does, that it was taken, and its audit entry."""
    at, actor = datetime.fromisoformat(entry.at), entry.data["actor"]
    about = entry.data.get("submission")
    connection.execute(
        insert(decision).values(zone=zone, entry=entry.number, act=entry.act, actor=actor, at=at, submission=about)
    )
    act = proposals.confirmed(connection, zone, entry, WRITERS[entry.act](connection, zone, entry))
    record(connection, zone, at, actor, act.action, act.subject, act.detail, journal=archive.last_hash())
