"""The way of a workbook, from the receipt to the commit, stage by stage as docs/how-it-holds.md tells it.

**Archiving**: its bytes are kept under their SHA-256, then its receipt is journalled. **Checking**: it is taken up when
its turn comes, read in a process of its own, checked, and laid beside what was accepted before of the same; so it is
decided what becomes of it. **Writing**: one transaction with its rows, rollups and audit, and just before its end a line
of the journal with the outcome. **Committing**.

Each stage is logged as it is begun; killed in any of them, the database holds the old state or the new one, and the
receipt is taken up by the next loader.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from data.intake import own_review
from data.intake.anchors import Anchor, of_line
from data.intake.archive import Archive, ArchiveError
from data.intake.carrying_out import catch_up, waiting
from data.intake.deciding import propose_while_loading
from data.intake.inbox import Choice, Receipt, database_name, receive
from data.intake.outcomes import tell
from data.intake.queue import QueueState, nothing_waits, settle
from data.intake.tries import MOST_TRIES, Tries
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.settings import Settings
from data.store import StoreError, database_errors, reader, write_transaction
from data.zone.clock import Clock
from data.zone.zone import Zone, read_zone
from etl.checking.check import Checkup, FiledUnder, check_workbook
from etl.checking.matching import HeadingMatch
from etl.loading.closed import closed_period
from etl.loading.collector import without_collector
from etl.loading.decide import Decided, decide
from etl.loading.expected import Expected
from etl.loading.matched_headings import remember_headings
from etl.loading.order import in_loading_order
from etl.loading.outcome import Outcome, outcome_of
from etl.loading.own_marks import to_be_confirmed
from etl.loading.set_aside import (
    PROGRAM_ERROR,
    SET_ASIDE,
    as_chosen,
    as_understood,
    filed_as_chosen,
    program_failed,
    say_failure,
    storable_receipt,
)
from etl.loading.submission_row import Filed, filed_before, mark_duplicate, write_submission
from etl.loading.turns import Turns
from etl.loading.write import write_audit, write_workbook
from etl.reading.limits import Unreadable
from etl.reading.reader import Reader
from etl.table.problems import Problem

log = logging.getLogger("etl.loading.load")


class Loader:
    """Loads workbooks into one zone's database, one after the other.

    ``journals``: whether what it passes over is journalled; a rebuild reads the journal and adds nothing to it.
    """

    def __init__(self, settings: Settings, *, journals: bool = True) -> None:
        self.settings = settings
        self._journals = journals
        self.archive = Archive(settings.archive_dir)
        with database_errors(), reader(settings.database_url).connect() as connection:
            self.zone: Zone = read_zone(connection, settings.zone)
            self._database = database_name(connection, settings.zone)
        self.now: Callable[[], datetime] = Clock(self.zone.calendar, settings.today).now
        self._reader = Reader(settings.reader_memory_mib, settings.reader_seconds)
        self._expected = Expected(self.archive)
        self._turns = Turns()
        self._tries = Tries(settings.archive_dir)
        self._found: QueueState | None = None

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._expected.close()
        self._reader.close()

    # Before workbooks are loaded.

    def remember(self, path: Path, choice: Choice, said: Sequence[HeadingMatch], at: datetime | None = None) -> bool:
        """Remember what is said of headings that stand in a workbook unknown; whether any of it is new."""
        return remember_headings(self.settings, self.zone, self._reader, path, choice, said, at or self.now())

    def in_loading_order(self, paths: Sequence[Path], choice: Choice) -> list[Path]:
        """Paths so that what is referred to comes first."""
        return in_loading_order(self._reader, self.zone, paths, choice)

    def expect(self, paths: Iterable[Path]) -> None:
        """These will be loaded or checked next, in this order.

        Each is read, and before it is loaded put into the archive, while the one before is checked and written.
        """
        self._reader.begin(self._expected.expect(paths))

    def check(
        self, path: Path, choice: Choice, received_at: datetime | None = None, said: Sequence[HeadingMatch] = ()
    ) -> Outcome:
        """What ``load`` would say; changes nothing. ``said`` of headings holds for this once."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        receipt = Receipt(0, sha256, _name(path), OFFICE_ACCOUNT, received_at or self.now(), choice)
        try:
            checkup, filed = self._check(receipt, path, self._expected.after(path), said)
        except (StoreError, ArchiveError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever the program fails on would be set aside
            say_failure(receipt, error)
            return outcome_of(receipt, filed_as_chosen(self.zone, receipt, PROGRAM_ERROR), Decided(SET_ASIDE))
        return outcome_of(receipt, checkup, decide(receipt, checkup, filed))

    # The way of a workbook.

    def load(self, path: Path, choice: Choice, received_at: datetime | None = None) -> Outcome:
        """Take one workbook in. What an earlier loader left unfinished is finished first."""
        then = self._expected.after(path)
        with self.archive.loading():
            log.info("stage archiving")
            receipt, unfinished = self._receive(path, choice, received_at)
            self._expected.keep_ahead(then)
            outcome = self._finish_until(receipt, unfinished, then)
            return replace(outcome, anchor=self._anchor(receipt))

    def _anchor(self, receipt: Receipt) -> Anchor | None:
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            return of_line(connection, self.archive, self.zone.code, receipt.number)

    def take_up_pending(self) -> list[Outcome]:
        """Finish whatever was received and has no outcome yet, the parties in turn."""
        outcomes = []
        while (outcome := self.take_up_next()) is not None:
            outcomes.append(outcome)
        return outcomes

    def take_up_next(self) -> Outcome | None:
        """Finish the receipt whose turn it is; None where none waits. Before and after it others may have the right to load."""
        if self._is_quiet():
            return None
        with self.archive.loading():
            unfinished = self._unfinished()
            if not unfinished:
                return None
            return self._finish_until(self._turns.next_of(unfinished), unfinished, None)

    def _receive(self, path: Path, choice: Choice, received_at: datetime | None) -> tuple[Receipt, list[Receipt]]:
        """Keep the original, and only then journal its receipt, unless it waits already; it, and all that waits."""
        sha256, name = self._expected.keep(path), _name(path)
        unfinished = self._unfinished()
        for waits in unfinished:
            if _is_same_request(waits, sha256, name, choice, received_at):
                return waits, unfinished
        at = received_at or self.now()
        receipt = receive(self.archive, self._database, sha256, name, OFFICE_ACCOUNT, at, choice)
        return receipt, [*unfinished, receipt]

    def _is_quiet(self) -> bool:
        """Whether nothing waits; looked up without the right to load, which who only looks need not hold."""
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            if nothing_waits(connection, self.archive, self.zone.code):
                return True
            found = waiting(connection, self.archive, self.zone.code)
        return not (found.waiting or found.undecided or found.untold)

    def _unfinished(self) -> list[Receipt]:
        """Receipts without an outcome, in the order of their lines; decisions whose turn it is are carried out first."""
        self._found = catch_up(self.settings.database_url, self.archive, self.zone.code)
        return list(self._found.waiting)

    def _finish_until(self, mine: Receipt, unfinished: list[Receipt], then: Path | None) -> Outcome:
        """Finish a receipt, and before it what the turns of all parties bring."""
        while (receipt := self._turns.next_of(unfinished)) is not mine:
            log.info("taking up receipt %s, not finished yet", receipt.number)
            self._turns.serve(receipt)
            self.take_up(receipt)
            unfinished = [mine, *(one for one in self._unfinished() if one.line != mine.line)]
        self._turns.serve(mine)
        return self.take_up(mine, then)

    def take_up(self, receipt: Receipt, then: Path | None = None) -> Outcome:
        """Check a received workbook and write its outcome, in one transaction. Only for who holds the right to load.

        ``then`` is the file that will come next. What the program fails on is set aside, and so is what three tries did
        not bring to an end; an environment at fault is nobody's failure.
        """
        ended = True
        try:
            if self._journals and self._tries.begin(receipt.line) >= MOST_TRIES:
                log.error("receipt %s is set aside: three tries did not come to an end", receipt.number)
                return self.set_aside(receipt, as_chosen(self.zone, receipt))
            return self._taken_up(receipt, then)
        except (KeyboardInterrupt, SystemExit, StoreError, ArchiveError):
            raise
        except BaseException:
            ended = False
            raise
        finally:
            if ended:
                self._tries.over(receipt.line)

    def _taken_up(self, receipt: Receipt, then: Path | None) -> Outcome:
        """Checking and writing; where the program fails in either, setting aside."""
        checkup: Checkup | None = None
        try:
            with without_collector():
                log.info("stage checking")
                checkup, filed = self._check(receipt, self.archive.path_of(receipt.sha256), then)
                decided = decide(receipt, checkup, filed)
                waits = self._propose(receipt, checkup, decided)
                log.info("stage writing")
                return replace(self._write(receipt, checkup, decided), waits=waits)
        except (StoreError, ArchiveError):
            raise
        except Exception as error:  # noqa: BLE001  # one file on which the program fails must not hold up those behind it
            say_failure(receipt, error)
        return self.set_aside(receipt, as_understood(self.zone, self.archive, self._reader, receipt, checkup))

    def _check(
        self, receipt: Receipt, path: Path, then: Path | None, said: Sequence[HeadingMatch] = ()
    ) -> tuple[Checkup, Filed]:
        """Read a workbook and check it; with what was accepted before of the same kind, unit and period."""
        try:
            book = self._reader.read(path, receipt.sha256, then=then)
        except Unreadable as refusal:
            problem = Problem(refusal.code, parameters={"rule": refusal.rule} if refusal.rule else {})
            return filed_as_chosen(self.zone, receipt, problem), Filed()
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            checkup = check_workbook(
                book, receipt.choice, self.zone, connection, receipt.received_at, receipt.only_unit,
                receipt.number or None, said,
            )  # fmt: skip
            filed = filed_before(connection, self.zone.code, receipt, checkup)
        url = self.settings.database_url
        checkup.problems.extend(closed_period(url, self.zone, receipt, checkup, filed, self.now()))
        return checkup, filed

    def _propose(self, receipt: Receipt, checkup: Checkup, decided: Decided) -> bool:
        """Before a review is accepted: what it changes of the office's own unit waits for a second account; whether anything does."""
        if not self._journals or decided.status != "accepted":
            return False
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            found = to_be_confirmed(connection, self.archive, self.zone, receipt, checkup)
        if found is None:
            return False
        propose_while_loading(
            self.settings.database_url, self.archive, self.zone.code, self._database, own_review.COUNT, found.told,
            actor=found.actor, at=self.now(),
        )  # fmt: skip
        return True

    def _write(self, receipt: Receipt, checkup: Checkup, decided: Decided) -> Outcome:
        """One transaction with all that becomes of a workbook; a duplicate is only marked."""
        outcome, at, zone = outcome_of(receipt, checkup, decided), self.now(), self.zone.code
        with write_transaction(self.settings.database_url) as connection:
            digest = None
            if decided.same is None:
                digest = write_workbook(connection, self.archive, zone, receipt, checkup, decided, at)
            else:
                mark_duplicate(connection, zone, receipt, decided.same, decided.in_force)
            self._tell(connection, receipt, outcome, digest, at)
            log.info("stage committing")
        log.info("stage done")
        return outcome

    def _tell(
        self, connection: Connection, receipt: Receipt, outcome: Outcome, digest: str | None, at: datetime
    ) -> None:
        """Journal the outcome with the end of its transaction, and keep how far everything was done before it."""
        if not self._journals:
            return
        if self._found is not None:
            settle(connection, self.zone.code, self._found)
        tell(
            self.archive, self._database, at, receipt.number, outcome.status, kind=outcome.kind, unit=outcome.unit,
            period=outcome.period, version=outcome.version, rows=outcome.rows, digest=digest,
        )  # fmt: skip

    def set_aside(self, receipt: Receipt, under: FiledUnder) -> Outcome:
        """Keep that the program failed on a receipt: of the workbook nothing is written, so it cannot fail for the same reason."""
        checkup, decided, at = program_failed(self.zone, under), Decided(SET_ASIDE), self.now()
        outcome, kept, zone = outcome_of(receipt, checkup, decided), storable_receipt(receipt), self.zone.code
        try:
            with write_transaction(self.settings.database_url) as connection:
                write_submission(connection, zone, kept, checkup, SET_ASIDE, None, at)
                write_audit(connection, self.archive, zone, kept, decided, at)
                self._tell(connection, receipt, outcome, None, at)
        except DBAPIError as error:
            raise StoreError(_("The database cannot be used: %(reason)s", reason=type(error.orig).__name__)) from error
        if self._journals:
            self._tries.forget(receipt.line)
        log.info("stage done")
        return outcome


def _is_same_request(receipt: Receipt, sha256: str, name: str, choice: Choice, received_at: datetime | None) -> bool:
    """Whether an unfinished receipt is this very request, asked again after it was cut short."""
    told = receipt.sha256, receipt.file_name, receipt.choice, receipt.sender
    return told == (sha256, name, choice, OFFICE_ACCOUNT) and received_at in (None, receipt.received_at)


def _name(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode()
