"""Decisions of people: each is a line of the journal first, then a row with its audit entry, in one transaction.

A decision that was journalled but not written (the power failed in between) is written by whoever decides or loads
next; until then ``data doctor`` points it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data import intake_decisions, vetoes
from data.archive import Archive, Entry
from data.audit import Act, record
from data.in_force import in_force
from data.inbox import Choice, Receipt, announce, database_name, receive
from data.language import gettext as _
from data.outcomes import tell_untold
from data.periods import Quarter
from data.queue import Standing, nothing_waits, standing
from data.schema.intake import decision, submission
from data.store import database_errors, reader, write_transaction

LONGEST_REASON = 500
WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = {
    vetoes.DECIDE: vetoes.write_decision,
    intake_decisions.CONFIRM: intake_decisions.write_confirmation,
    intake_decisions.WITHDRAW: intake_decisions.write_withdrawal,
    intake_decisions.RETURN: intake_decisions.write_return,
    intake_decisions.MATCH: intake_decisions.write_match,
    intake_decisions.ATTACH: intake_decisions.write_attachment,
    intake_decisions.FORGET: intake_decisions.write_forgetting,
}
ASKING = frozenset({intake_decisions.CONFIRM})
"""Decisions that have the loader take up a receipt again."""


class Undecidable(ValueError):
    """A decision that cannot be taken as asked; the text says why."""


class Outdated(Undecidable):
    """What was looked at is no longer what there is."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a decision is taken: database, archive and zone; by whom, and when."""

    url: str
    archive: Archive
    zone: str
    actor: str
    at: datetime


def decide_veto(
    desk: Desk, *, quarter: Quarter, unit: str, confirmed: bool, grounds: Sequence[str], reason: str
) -> None:
    """Confirm or dismiss a proposed veto on these grounds; Undecidable without a reason or without grounds."""
    said = _reason(reason, _("A decision on a veto needs a reason."))
    if not grounds:
        raise Undecidable(_("No veto is proposed for this unit in this quarter."))
    told = {"period": str(quarter), "unit": unit, "confirmed": confirmed, "grounds": list(grounds), "reason": said}
    with _deciding(desk) as taking:
        taking.take(vetoes.DECIDE, told)


def confirm(desk: Desk, number: int, checked_against: int | None) -> None:
    """The sender's word to load a checked workbook.

    Outdated where another version came into force since it was checked, so that what was looked at does not hold.
    """
    with _deciding(desk) as taking:
        of = _waiting(taking, number)
        if of.checked_against != checked_against or _version_in_force(taking, of) != checked_against:
            raise Outdated(_("The data changed since this workbook was checked. Have it checked again, then confirm."))
        taking.take(intake_decisions.CONFIRM, {"submission": number, "checked_against": checked_against})


def withdraw(desk: Desk, number: int) -> None:
    """A checked workbook is not to be loaded after all."""
    with _deciding(desk) as taking:
        _waiting(taking, number)
        taking.take(intake_decisions.WITHDRAW, {"submission": number})


def check_again(desk: Desk, number: int, only_unit: str | None = None) -> Receipt:
    """Have a refused or checked workbook checked once more, as received now: headers were matched, or data changed.

    ``only_unit``: the one unit that the asking account may send for, which may be narrower than the first sender's.
    """
    with _deciding(desk) as taking:
        of = _submission(taking, number)
        if of.forgotten_at is not None:
            raise Undecidable(intake_decisions.let_go_sentence())
        if of.status not in {"checked", "rejected", "withdrawn"} or of.choice is None:
            raise Undecidable(_("This workbook cannot be checked again: it is loaded, or being checked."))
        if of.status == "checked":
            taking.take(intake_decisions.WITHDRAW, {"submission": number})
        choice = Choice(**of.choice)
        receipt = receive(
            desk.archive,
            taking.database,
            of.sha256,
            of.file_name,
            desk.actor,
            desk.at,
            choice,
            only_unit or of.only_unit,
            asks=True,
        )
        with write_transaction(desk.url) as connection:
            announce(connection, desk.zone, receipt)
    return receipt


def return_workbook(desk: Desk, number: int, reason: str) -> None:
    """The office returns an accepted workbook that is in force, with the reason; from now on it does not count."""
    said = _reason(reason, _("Say why it is returned, so that its sender can correct it."))
    with _deciding(desk) as taking:
        of = _submission(taking, number)
        counts = in_force(taking.connection, desk.zone, of.kind, of.unit, of.period)
        if counts is None or counts.submission != number:
            raise Undecidable(_("Only a workbook that counts at present can be returned."))
        if waiting(taking.connection, desk.archive, desk.zone).waiting:
            raise Undecidable(_("Workbooks that came before are still being checked. Try again in a moment."))
        named = intake_decisions.referenced_later(taking.connection, desk.zone, number)
        if named:
            raise Undecidable(
                _("整改复查 of %(month)s names the case %(number)s of this ledger. Return that month's workbook first.",
                  month=named[0][1], number=named[0][0])
            )  # fmt: skip
        elsewhere = intake_decisions.reported_elsewhere(taking.connection, desk.zone, number, of.unit)
        if elsewhere:
            raise Undecidable(
                _("The version before would count again, but its 检查文书号 %(number)s now stands in the ledger of %(month)s. "
                  "Return that month's workbook first.", month=elsewhere[0][1], number=elsewhere[0][0])
            )  # fmt: skip
        taking.take(intake_decisions.RETURN, {"submission": number, "reason": said})


def match_headers(desk: Desk, unit: str, kind: str, matches: Sequence[Mapping[str, str | None]]) -> None:
    """Remember which columns headers of a unit's own form name (``table, header, written, column``; column None: no more)."""
    with _deciding(desk) as taking:
        for match in matches:
            taking.take(intake_decisions.MATCH, {"unit": unit, "kind": kind, **match})


def attach(desk: Desk, number: int, *, sha256: str, file_name: str, media_type: str, size: int) -> int:
    """A kept scan or piece of evidence belongs to a workbook from now on; its number is returned."""
    with _deciding(desk) as taking:
        _submission(taking, number)
        told = {"submission": number, "sha256": sha256, "file_name": file_name, "media_type": media_type, "size": size}
        return taking.take(intake_decisions.ATTACH, told)


def waiting(connection: Connection, archive: Archive, zone: str) -> Standing:
    """What the journal holds that is not done yet: receipts without an outcome, decisions without a row."""
    return standing(connection, archive, zone, ASKING, WRITERS)


def catch_up(url: str, archive: Archive, zone: str) -> Standing:
    """Write the decisions that wait for it, and lines of outcomes that a power cut took along; what waits then.

    Only who holds ``archive.loading()`` may.
    """
    with database_errors(), reader(url).connect() as connection:
        if nothing_waits(connection, archive, zone):
            return Standing()
        found = waiting(connection, archive, zone)
        if not found.undecided and not found.untold:
            return found
        tell_untold(connection, archive, zone, found.database, found.untold)
    if found.undecided:
        with write_transaction(url) as transaction:
            write_missing(transaction, archive, zone)
    with database_errors(), reader(url).connect() as connection:
        return waiting(connection, archive, zone)


def write_missing(connection: Connection, archive: Archive, zone: str) -> None:
    """Write what was decided and has no row yet, each with its audit entry. Only who holds ``archive.loading()`` may."""
    for entry in waiting(connection, archive, zone).undecided:
        write_decision(connection, archive, zone, entry)


def write_decision(connection: Connection, archive: Archive, zone: str, entry: Entry) -> None:
    """Write one decision: what it does, that it was taken, and its audit entry."""
    at, actor = datetime.fromisoformat(entry.at), entry.data["actor"]
    connection.execute(insert(decision).values(zone=zone, entry=entry.number, act=entry.act, actor=actor, at=at))
    act = WRITERS[entry.act](connection, zone, entry)
    record(connection, zone, at, actor, act.action, act.subject, act.detail, journal=archive.last_hash())


@dataclass(slots=True)
class _Taking:
    """Decisions being taken, by whoever holds the right to load; ``connection`` reads."""

    desk: Desk
    database: str
    connection: Connection

    def take(self, act: str, told: Mapping[str, Any]) -> int:
        """Journal one decision and carry it out."""
        desk = self.desk
        entry = desk.archive.append(desk.at.isoformat(), self.database, act, {**told, "actor": desk.actor})
        with write_transaction(desk.url) as connection:
            write_missing(connection, desk.archive, desk.zone)
        return entry.number


@contextmanager
def _deciding(desk: Desk) -> Iterator[_Taking]:
    with desk.archive.loading():
        catch_up(desk.url, desk.archive, desk.zone)
        with database_errors(), reader(desk.url).connect() as connection:
            yield _Taking(desk, database_name(connection, desk.zone), connection)


def _submission(taking: _Taking, number: int) -> Row[Any]:
    this = submission.c.zone == taking.desk.zone, submission.c.submission == number
    of = taking.connection.execute(select(submission).where(*this)).first()
    if of is None:
        raise Undecidable(_("There is no workbook with the number %(n)s.", n=number))
    return of


def _waiting(taking: _Taking, number: int) -> Row[Any]:
    of = _submission(taking, number)
    if of.status != "checked":
        raise Outdated(_("This workbook waits for nobody's word any more: it was confirmed, withdrawn or refused."))
    return of


def _version_in_force(taking: _Taking, of: Row[Any]) -> int | None:
    found = in_force(taking.connection, taking.desk.zone, of.kind, of.unit, of.period)
    return None if found is None else found.version


def _reason(text: str, without: str) -> str:
    said = text.strip()
    if not said:
        raise Undecidable(without)
    return said[:LONGEST_REASON]
