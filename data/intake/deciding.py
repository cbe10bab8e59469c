"""Take a decision: its line in the journal first, then what it does, or its place in the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from sqlalchemy import Connection

from data.intake import proposals
from data.intake.archive import Archive, Busy
from data.intake.carrying_out import ROWS, carry_out, catch_up, parties, waiting
from data.intake.decision_checks import Undecidable, check_possible
from data.intake.fitting import Unfit, check_row, check_texts
from data.intake.inbox import database_name
from data.language import gettext as _
from data.schema.intake import decision
from data.settings import Settings
from data.store import database_errors, reader, write_transaction

LONGEST_REASON = 500
PATIENCE = 2.0
"""Seconds that a request waits for its turn; then its decision is queued."""
_PATIENT = BoundedSemaphore(2)
"""Fewer requests than any server has threads: where more want to wait, theirs are queued at once."""


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

    @classmethod
    def of(cls, settings: Settings, actor: str, at: datetime) -> Desk:
        """Of one installation."""
        return cls(settings.database_url, Archive(settings.archive_dir), settings.zone, actor, at)


class Taken(NamedTuple):
    """A decision's line in the journal, and whether it is queued: then it is carried out when its turn comes.

    ``proposed``: it concerns the office itself, and a second account must confirm it.
    """

    number: int
    queued: bool
    proposed: bool = False


@contextmanager
def deciding(desk: Desk) -> Iterator[Taking]:
    """Decide with the right to load where it is free in time, else without it: decisions are then queued."""
    with ExitStack() as stack:
        patient = _PATIENT.acquire(blocking=False)
        if patient:
            stack.callback(_PATIENT.release)
        try:
            stack.enter_context(desk.archive.loading(PATIENCE if patient else 0))
        except Busy:
            holds = False
        else:
            holds = True
            catch_up(desk.url, desk.archive, desk.zone)
            # A database to which nobody has written since it was copied here takes up its log before it is read.
            with write_transaction(desk.url):
                pass
        with database_errors(), reader(desk.url).connect() as connection:
            yield Taking(desk, database_name(connection, desk.zone), connection, holds)


@dataclass(slots=True)
class Taking:
    """Decisions being taken; ``connection`` reads. Whoever does not hold the right to load can only queue them."""

    desk: Desk
    database: str
    connection: Connection
    holds: bool

    def take(self, act: str, told: Mapping[str, Any], *, after_others: bool = False) -> Taken:
        """Check and journal one decision, then carry it out, or leave it to its turn.

        ``after_others``: workbooks of the same unit that came before it come first.
        """
        desk = self.desk
        both = (
            {}
            if desk.seconded is None
            else {proposals.NUMBER: desk.seconded.proposal, proposals.SECOND: desk.seconded.by}
        )
        whole = {**told, "actor": desk.actor, **both}
        _check_fits(act, whole)
        check_possible(self.connection, desk.zone, act, whole)
        queued = not self.holds or (after_others and self._others_wait(told))
        if queued:
            self._refuse_a_second(act, whole)
        entry = desk.archive.append(desk.at.isoformat(), self.database, act, whole)
        if not queued:
            why_not = carry_out(desk.url, desk.archive, desk.zone, entry, late=False)
            if why_not is not None:
                raise Undecidable(why_not)
        return Taken(entry.number, queued)

    def _others_wait(self, told: Mapping[str, Any]) -> bool:
        found = waiting(self.connection, self.desk.archive, self.desk.zone).waiting
        concerned = parties(self.connection, self.desk.zone, told)
        return any(receipt.party in concerned for receipt in found)

    def _refuse_a_second(self, act: str, whole: Mapping[str, Any]) -> None:
        """Who asks again for what is queued hears so; it is not queued twice."""
        queued = waiting(self.connection, self.desk.archive, self.desk.zone).undecided
        if any(one.act == act and {**one.data, "actor": None} == {**whole, "actor": None} for one in queued):
            raise Undecidable(_("This is queued already; it is done when its turn comes."))

    def decide(
        self, act: str, unit: str | None, told: Mapping[str, Any], *, after_others: bool = False, of_all: bool = False
    ) -> Taken:
        """Take a decision on a unit, or propose it where the unit is the office and nobody seconded it.

        ``of_all``: one that is of all units as well; it is only proposed where another account could confirm it.
        """
        zone, actor = self.desk.zone, self.desk.actor
        alone = self.desk.seconded is None and proposals.is_of_the_office(self.connection, zone, unit)
        if not alone or (of_all and not proposals.anybody_could_confirm(self.connection, zone, actor)):
            return self.take(act, told, after_others=after_others)
        check_possible(self.connection, zone, act, told)
        alike = _what(act, told)
        if any(_what(one.act, one.told) == alike for one in proposals.waiting(self.connection, zone)):
            raise Undecidable(_("This is proposed already and waits for a second account."))
        return self.take(proposals.PROPOSE, {"act": act, "unit": unit, "told": dict(told)})._replace(proposed=True)


def _what(act: str, told: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a decision is about, whatever the reason given for it."""
    return act, *map(told.get, ("submission", "kind", "unit", "period", "measure"))


def _check_fits(act: str, told: Mapping[str, Any]) -> None:
    """Undecidable where a row of the decision could not be written: then its line must not stand either."""
    table, names = ROWS.get(act, (decision, {"actor": "actor"}))
    try:
        check_texts(told)
        check_row(table, {column: told[name] for column, name in names.items()})
    except Unfit as error:
        raise Undecidable(str(error)) from error


def reason_given(text: str, without: str) -> str:
    """What was said, as long as it is kept; Undecidable with this sentence where nothing was."""
    said = text.strip()
    if not said:
        raise Undecidable(without)
    return said[:LONGEST_REASON]


def propose_while_loading(
    url: str, archive: Archive, zone: str, database: str, act: str, told: Mapping[str, Any], *, actor: str, at: datetime
) -> None:
    """What a workbook that is about to be accepted would decide on the office itself waits for a second account from before
    on; once, however often it is taken up. Only who holds ``archive.loading()`` may.
    """
    with database_errors(), reader(url).connect() as connection:
        if any(_what(one.act, one.told) == _what(act, told) for one in proposals.waiting(connection, zone)):
            return
    whole = {"act": act, "unit": told["unit"], "told": dict(told), "actor": actor}
    _check_fits(proposals.PROPOSE, whole)
    entry = archive.append(at.isoformat(), database, proposals.PROPOSE, whole)
    why_not = carry_out(url, archive, zone, entry, late=False)
    if why_not is not None:
        raise Undecidable(why_not)
