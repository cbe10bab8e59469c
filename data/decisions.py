"""Decisions of people: each is a line of the journal first, then a row with its audit entry, in one transaction.

A decision that was journalled but not written (the power failed in between) is written by whoever decides or loads
next; until then ``data doctor`` points it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, String, bindparam, insert, select

from data import intake_decisions, proposals, vetoes
from data.archive import Archive, Entry
from data.audit import Act, record
from data.fitting import Unfit, check_row, check_texts
from data.in_force import in_force
from data.inbox import Choice, Receipt, announce, database_name, last_finished, pending, receive
from data.language import gettext as _
from data.periods import Quarter
from data.schema.intake import decision, submission
from data.store import database_errors, reader, write_transaction
from data.zone import read_zone

LONGEST_REASON = 500
WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = {
    vetoes.DECIDE: vetoes.write_decision,
    intake_decisions.CONFIRM: intake_decisions.write_confirmation,
    intake_decisions.WITHDRAW: intake_decisions.write_withdrawal,
    intake_decisions.RETURN: intake_decisions.write_return,
    intake_decisions.MATCH: intake_decisions.write_match,
    intake_decisions.ATTACH: intake_decisions.write_attachment,
    proposals.PROPOSE: proposals.write_proposal,
    proposals.REFUSE: proposals.write_refusal,
}
ROWS = {**intake_decisions.ROWS, **proposals.ROWS, vetoes.DECIDE: vetoes.ROW}


class Undecidable(ValueError):
    """A decision that cannot be taken as asked; the text says why."""


class Outdated(Undecidable):
    """What was looked at is no longer what there is."""


@dataclass(frozen=True, slots=True)
class Seconded:
    """Which proposal a decision carries out, and which other account confirmed it."""

    proposal: int
    by: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a decision is taken: database, archive and zone; by whom, and when, and who confirmed what needs a second account."""

    url: str
    archive: Archive
    zone: str
    actor: str
    at: datetime
    seconded: Seconded | None = None


def decide_veto(
    desk: Desk, *, quarter: Quarter, unit: str, confirmed: bool, grounds: Sequence[str], reason: str
) -> bool:
    """Confirm or dismiss a proposed veto on these grounds; Undecidable without a reason or without grounds.

    Returns whether it is done: on the office itself it is only proposed, until a second account confirms it.
    """
    said = _reason(reason, _("A decision on a veto needs a reason."))
    if not grounds:
        raise Undecidable(_("No veto is proposed for this unit in this quarter."))
    told = {"period": str(quarter), "unit": unit, "confirmed": confirmed, "grounds": list(grounds), "reason": said}
    with _deciding(desk) as taking:
        return taking.decide(vetoes.DECIDE, unit, told)


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


def return_workbook(desk: Desk, number: int, reason: str) -> bool:
    """The office returns an accepted workbook that is in force, with the reason; from now on it does not count.

    Returns whether it is done: one with its own unit's figures is only proposed to be returned, until a second account
    confirms it.
    """
    said = _reason(reason, _("Say why it is returned, so that its sender can correct it."))
    with _deciding(desk) as taking:
        of = _submission(taking, number)
        counts = in_force(taking.connection, desk.zone, of.kind, of.unit, of.period)
        if counts is None or counts.submission != number:
            raise Undecidable(_("Only a workbook that counts at present can be returned."))
        if pending(taking.connection, desk.archive, desk.zone):
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
        of_everybody = read_zone(taking.connection, desk.zone).only_office_files(of.kind)
        unit = None if of_everybody else of.unit
        return taking.decide(intake_decisions.RETURN, unit, {"submission": number, "reason": said})


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


def refuse_proposal(desk: Desk, number: int) -> None:
    """A second account's no to what the office would decide on itself; who may say it, ``data.second_account`` knows."""
    with _deciding(desk) as taking:
        if proposals.one_waiting(taking.connection, desk.zone, number) is None:
            raise Undecidable(_("This decision waits for nobody any more: it was confirmed or refused."))
        taking.take(proposals.REFUSE, {proposals.NUMBER: number})


def missing(connection: Connection, archive: Archive, zone: str) -> list[Entry]:
    """Decisions of the journal that have no row yet.

    Whoever finishes a receipt has written all decisions before it, so only lines behind both are looked at.
    """
    last = connection.execute(_last_decision(), {"in_zone": zone}).scalar() or 0
    entries = archive.entries_after(max(last, last_finished(connection, zone)))
    if not entries:
        return []
    database = database_name(connection, zone)
    return [one for one in entries if one.act in WRITERS and one.database == database]


@cache
def _last_decision() -> Select[Any]:
    entry = decision.c.entry
    return select(entry).where(decision.c.zone == bindparam("in_zone", type_=String)).order_by(entry.desc()).limit(1)


def catch_up(url: str, archive: Archive, zone: str) -> None:
    """Write the decisions that wait for it, in a transaction of their own. Only who holds ``archive.loading()`` may."""
    with database_errors(), reader(url).connect() as connection:
        undone = missing(connection, archive, zone)
    if undone:
        with write_transaction(url) as connection:
            write_missing(connection, archive, zone)


def write_missing(connection: Connection, archive: Archive, zone: str) -> None:
    """Write what was decided and has no row yet, each with its audit entry. Only who holds ``archive.loading()`` may."""
    for entry in missing(connection, archive, zone):
        write_decision(connection, archive, zone, entry)


def write_decision(connection: Connection, archive: Archive, zone: str, entry: Entry) -> None:
    """Write one decision: what it does, that it was taken, and its audit entry."""
    at, actor = datetime.fromisoformat(entry.at), entry.data["actor"]
    connection.execute(insert(decision).values(zone=zone, entry=entry.number, act=entry.act, actor=actor, at=at))
    act = proposals.confirmed(connection, zone, entry, WRITERS[entry.act](connection, zone, entry))
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
        seconded = desk.seconded
        both = {} if seconded is None else {proposals.NUMBER: seconded.proposal, proposals.SECOND: seconded.by}
        whole = {**told, "actor": desk.actor, **both}
        _check_fits(act, whole)
        entry = desk.archive.append(desk.at.isoformat(), self.database, act, whole)
        with write_transaction(desk.url) as connection:
            write_missing(connection, desk.archive, desk.zone)
        return entry.number

    def decide(self, act: str, unit: str | None, told: Mapping[str, Any]) -> bool:
        """Take a decision on a unit, or propose it where the unit is the office and nobody seconded it; whether it is taken."""
        zone, seconded = self.desk.zone, self.desk.seconded
        waiting = proposals.waiting(self.connection, zone)
        if seconded is not None and seconded.proposal not in {one.number for one in waiting}:
            raise Undecidable(_("This decision waits for nobody any more: it was confirmed or refused."))
        if seconded is not None or not proposals.is_of_the_office(self.connection, zone, unit):
            self.take(act, told)
            return True
        alike = _what(act, told)
        if any(_what(one.act, one.told) == alike for one in waiting):
            raise Undecidable(_("This is proposed already and waits for a second account."))
        self.take(proposals.PROPOSE, {"act": act, "unit": unit, "told": dict(told)})
        return False


def _what(act: str, told: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a decision is about, whatever the reason given for it."""
    return act, told.get("submission"), told.get("unit"), told.get("period")


def _check_fits(act: str, told: Mapping[str, Any]) -> None:
    """Undecidable where a row of the decision could not be written: then its line must not stand either."""
    table, names = ROWS.get(act, (decision, {"actor": "actor"}))
    try:
        check_texts(told)
        check_row(table, {column: told[name] for column, name in names.items()})
    except Unfit as error:
        raise Undecidable(str(error)) from error


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
