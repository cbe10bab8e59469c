"""One workbook → its outcome: archived and journalled, checked, then one transaction with rows, rollups and audit.

Stages are logged on the way (archiving, checking, writing, committing); killed in any of them, the database
holds the old state or the new one, and the receipt is taken up by the next loader.
"""

from __future__ import annotations

import gc
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, NamedTuple, Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from data.intake.archive import Archive, ArchiveError
from data.intake.audit import record, submission_subject
from data.intake.decisions import Desk, catch_up, match_headers, waiting
from data.intake.inbox import Choice, Receipt, database_name, receive
from data.intake.outcomes import tell
from data.intake.queue import Standing, next_in_turn, nothing_waits, settle
from data.intake.tries import MOST_TRIES, Tries
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.rollup.in_force import InForce
from data.settings import Settings
from data.store import StoreError, database_errors, reader, storable, write_transaction
from data.zone.clock import Clock
from data.zone.periods import parse_period
from data.zone.zone import Zone, read_zone
from etl.checking.check import Checkup, check_workbook
from etl.checking.matching import Said, to_remember, with_said
from etl.checking.recognise import recognise
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.loading import differences
from etl.loading.store_rows import foresee, store_rows
from etl.loading.submission_row import Filed, filed_before, keep_foreseen, mark_duplicate, write_submission
from etl.reading.container import Unreadable
from etl.reading.reader import Reader
from etl.table.context import Context
from etl.table.headings.labels import understand_period
from etl.table.known import Known
from etl.table.left_out import LeftOut
from etl.table.problems import Problem

log = logging.getLogger("etl.loading.load")
SET_ASIDE = "set_aside"
PROGRAM_ERROR = "program_error"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook (CONTRACT section 2, ``load --json``).

    ``in_force``: of a duplicate which version is now; ``account`` are the check's sums; ``layout`` is where the tables
    stood.
    """

    file: str
    sha256: str
    status: str
    kind: str | None
    unit: str | None
    period: str | None
    version: int | None
    rows: int
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...] = ()
    in_force: int | None = None
    account: Mapping[str, Any] = field(default_factory=dict)
    layout: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def errors(self) -> list[Problem]:
        """What refused the workbook."""
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        """What is shown with an accepted workbook."""
        return [problem for problem in self.problems if not problem.is_error]


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
        self._found: Standing | None = None
        self._tries = Tries(settings.archive_dir)
        self._served: dict[str, int] = {}
        self._turns = 0
        self._expected: deque[Path] = deque()
        self._keeper = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")
        self._kept_ahead: tuple[Path, Future[_Kept]] | None = None

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._keeper.shutdown()
        self._reader.close()

    def in_loading_order(self, paths: Sequence[Path], choice: Choice) -> list[Path]:
        """Paths so that what is referred to comes first: by kind, then by period, then as they were named."""
        if len(paths) < 2:
            return list(paths)
        following = [*paths[1:], None]
        places = [self._place(path, then, choice) for path, then in zip(paths, following, strict=True)]
        return [paths[number] for number in sorted(range(len(paths)), key=places.__getitem__)]

    def expect(self, paths: Iterable[Path]) -> None:
        """These will be loaded or checked next, in this order.

        Each is read, and before it is loaded put into the archive, while the one before is checked and written.
        """
        self._expected = deque(paths)
        self._reader.begin(self._expected[0] if self._expected else None)

    def _after(self, path: Path) -> Path | None:
        """What comes after an expected path."""
        while self._expected:
            if self._expected.popleft() == path:
                return self._expected[0] if self._expected else None
        return None

    def _place(self, path: Path, then: Path | None, choice: Choice) -> tuple[int, str]:
        try:
            known = recognise(self._reader.read(path, then=then, keep=True), choice, self.zone)
        except Unreadable:
            return (len(KINDS) * 100, "")
        return (known.kind.order if known.kind else len(KINDS) * 100, str(known.period or ""))

    def remember(self, path: Path, choice: Choice, said: Sequence[Said], at: datetime | None = None) -> bool:
        """Remember what is said of headings that stand in a workbook unknown, for its unit and kind; whether any does.

        Each is journalled before the workbook is, so that a rebuild comes to the same.
        """
        try:
            book = self._reader.read(path)
        except Unreadable:
            return False
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            known = Known(connection, self.zone.code).headers
            before = recognise(book, choice, self.zone, known)
            now = recognise(book, choice, self.zone, with_said(known, said))
            if now.unit is None or now.kind is None:
                return False
            unit, kind = now.unit.code, now.kind.code
            matches = to_remember(before, now, known(unit, kind), said)
        if matches:
            match_headers(Desk.of(self.settings, OFFICE_ACCOUNT, at or self.now()), unit, kind, matches)
        return bool(matches)

    def check(
        self, path: Path, choice: Choice, received_at: datetime | None = None, said: Sequence[Said] = ()
    ) -> Outcome:
        """What ``load`` would say; changes nothing. ``said`` of headings holds for this once."""
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        receipt = Receipt(0, sha256, _name(path), OFFICE_ACCOUNT, received_at or self.now(), choice)
        try:
            checkup, filed = self._check(receipt, path, self._after(path), said)
        except (StoreError, ArchiveError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # whatever the program fails on would be set aside
            _say_failure(receipt, error)
            return _outcome(receipt, self._filed_as_chosen(receipt, PROGRAM_ERROR), SET_ASIDE, None)
        status = _status(receipt, checkup, filed)
        return _outcome(receipt, checkup, status, _version(status, filed), filed.in_force)

    def load(self, path: Path, choice: Choice, received_at: datetime | None = None) -> Outcome:
        """Take one workbook in. What an earlier loader left unfinished is finished first."""
        then = self._after(path)
        with self.archive.loading():
            log.info("stage archiving")
            sha256 = self._keep(path)
            unfinished = self._unfinished()
            mine = next(
                (one for one in unfinished if _same_request(one, sha256, _name(path), choice, received_at)), None
            )
            if mine is None:
                at = received_at or self.now()
                mine = receive(self.archive, self._database, sha256, _name(path), OFFICE_ACCOUNT, at, choice)
                unfinished.append(mine)
            if then is not None:
                self._kept_ahead = (then, self._keeper.submit(_kept, self.archive, then))
            return self._finish_until(mine, unfinished, then)

    def _keep(self, path: Path) -> str:
        """Keep the original; it may be in the archive already, kept while the workbook before was checked and written."""
        ahead, self._kept_ahead = self._kept_ahead, None
        if ahead is not None and ahead[0] == path:
            try:
                kept = ahead[1].result()
                if kept.as_of == _identity(path):
                    return kept.sha256
            except (ArchiveError, OSError) as error:
                log.info("not kept ahead of its turn, so it is kept now: %s", type(error).__name__)
        return _kept(self.archive, path).sha256

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
            return self._finish_until(next_in_turn(unfinished, self._served), unfinished, None)

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
        while (receipt := next_in_turn(unfinished, self._served)) is not mine:
            log.info("taking up receipt %s, not finished yet", receipt.number)
            self._serve(receipt, None)
            unfinished = [mine, *(one for one in self._unfinished() if one.line != mine.line)]
        return self._serve(mine, then)

    def _serve(self, receipt: Receipt, then: Path | None) -> Outcome:
        self._turns += 1
        self._served[receipt.party] = self._turns
        return self.take_up(receipt, then)

    def take_up(self, receipt: Receipt, then: Path | None = None) -> Outcome:
        """Check a received workbook and write its outcome, in one transaction. Only for who holds the right to load.

        ``then`` is the file that will come next. What the program fails on is set aside, and so is what three tries did
        not bring to an end; an environment at fault is nobody's failure.
        """
        ended = True
        try:
            if self._journals and self._tries.begin(receipt.line) >= MOST_TRIES:
                log.error("receipt %s is set aside: three tries did not come to an end", receipt.number)
                return self.set_aside(receipt, *self._as_chosen(receipt))
            log.info("stage checking")
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
        checkup: Checkup | None = None
        try:
            with _without_collector():
                checkup, filed = self._check(receipt, self.archive.path_of(receipt.sha256), then)
                return self._write_outcome(receipt, checkup, filed)
        except (StoreError, ArchiveError):
            raise
        except Exception as error:  # noqa: BLE001  # one file on which the program fails must not hold up those behind it
            _say_failure(receipt, error)
        return self.set_aside(receipt, *self._as_understood(receipt, checkup))

    def set_aside(self, receipt: Receipt, kind: str | None, unit: str | None, period: str | None) -> Outcome:
        """Keep that the program failed on a receipt: of the workbook nothing is written, so it cannot fail for the same reason."""
        of = Checkup(
            KINDS.get(kind or ""),
            self.zone.unit_by_code.get(unit or ""),
            understand_period(period) if period else None,
            [Problem(PROGRAM_ERROR)],
        )
        kept = _storable(receipt)
        outcome, at = _outcome(receipt, of, SET_ASIDE, None), self.now()
        try:
            with write_transaction(self.settings.database_url) as connection:
                write_submission(connection, self.zone.code, kept, of, SET_ASIDE, None, at)
                self._record(connection, kept, SET_ASIDE, None, at)
                self._tell(connection, receipt, outcome, None, at)
        except DBAPIError as error:
            raise StoreError(_("The database cannot be used: %(reason)s", reason=type(error.orig).__name__)) from error
        if self._journals:
            self._tries.forget(receipt.line)
        log.info("stage done")
        return outcome

    def _as_chosen(self, receipt: Receipt) -> tuple[str | None, str | None, str | None]:
        """Kind, unit and period as the sender said; an account of one unit sends for that unit."""
        told = self._filed_as_chosen(receipt, PROGRAM_ERROR)
        unit = told.unit.code if told.unit is not None else receipt.only_unit
        return told.kind.code if told.kind else None, unit, str(told.period) if told.period else None

    def _as_understood(self, receipt: Receipt, checkup: Checkup | None) -> tuple[str | None, str | None, str | None]:
        """The same as the workbook says it, where so much could be told before the program failed."""
        if checkup is None:
            try:
                path = self.archive.path_of(receipt.sha256)
                known = recognise(self._reader.read(path, receipt.sha256), receipt.choice, self.zone)
            except (StoreError, ArchiveError):
                raise
            except Exception as error:  # noqa: BLE001  # then it is filed as its sender chose
                log.info("receipt %s is filed as chosen: %s", receipt.number, type(error).__name__)
                return self._as_chosen(receipt)
            checkup = Checkup(known.kind, known.unit, known.period, [])
        kind, unit, period = self._as_chosen(receipt)
        return (
            checkup.kind.code if checkup.kind else kind,
            checkup.unit.code if checkup.unit else unit,
            str(checkup.period) if checkup.period else period,
        )

    def take_as_told(self, receipt: Receipt, told: Mapping[str, Any]) -> None:
        """Write what became of a receipt as the journal tells it, for its bytes were let go."""
        period = None if told["period"] is None else parse_period(told["period"])
        unit = None if told["unit"] is None else self.zone.unit_by_code.get(told["unit"])
        checkup = Checkup(KINDS.get(told["kind"] or ""), unit, period, [], rows=told["rows"] or 0)
        with write_transaction(self.settings.database_url) as connection:
            self._write(connection, receipt, checkup, told["status"], told["version"], None, self.now())

    def _write_outcome(self, receipt: Receipt, checkup: Checkup, filed: Filed) -> Outcome:
        log.info("stage writing")
        if receipt.confirmation is not None and checkup.accepted and filed.same is None:
            _refuse_outdated(receipt, checkup, filed.in_force)
        status = _status(receipt, checkup, filed)
        version = _version(status, filed)
        outcome, at = _outcome(receipt, checkup, status, version, filed.in_force), self.now()
        with write_transaction(self.settings.database_url) as connection:
            digest = None
            if filed.same is None:
                digest = self._write(connection, receipt, checkup, status, version, filed.in_force, at)
            else:
                mark_duplicate(connection, self.zone.code, receipt, filed)
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

    def _check(
        self, receipt: Receipt, path: Path, then: Path | None, said: Sequence[Said] = ()
    ) -> tuple[Checkup, Filed]:
        """The check, and what was accepted before of the same kind, unit and period."""
        try:
            book = self._reader.read(path, receipt.sha256, then=then)
        except Unreadable as refusal:
            return self._filed_as_chosen(receipt, refusal.code, refusal.rule), Filed()
        with database_errors(), reader(self.settings.database_url).connect() as connection:
            checkup = check_workbook(
                book, receipt.choice, self.zone, connection, receipt.received_at, receipt.only_unit,
                receipt.number or None, said,
            )  # fmt: skip
            return checkup, filed_before(connection, self.zone.code, receipt, checkup)

    def _filed_as_chosen(self, receipt: Receipt, code: str, rule: str = "") -> Checkup:
        """A file that says nothing itself is filed under what its sender chose."""
        choice = receipt.choice
        period = understand_period(choice.period) if choice.period else None
        unit = self.zone.find_unit(choice.unit) if choice.unit else None
        return Checkup(
            KINDS.get(choice.kind or ""), unit, period, [Problem(code, parameters={"rule": rule} if rule else {})]
        )

    def _keep_differences(
        self,
        connection: Connection,
        receipt: Receipt,
        kind: Kind,
        context: Context,
        status: str,
        before: InForce | None,
    ) -> None:
        """All rows of what waits for its sender's word; of what is accepted, what it changes against the version before."""
        if status == "checked":
            found = differences.differences(connection, kind, context, before.submission if before else None)
            differences.keep(connection, self.zone.code, receipt.number, found)
        elif before is not None:
            every = differences.differences(connection, kind, context, before.submission)
            changes = [one for one in every if one.change != differences.SAME]
            differences.keep(connection, self.zone.code, receipt.number, changes)
        elif receipt.confirmation is not None:
            differences.keep(connection, self.zone.code, receipt.number, [])

    def _write(
        self,
        connection: Connection,
        receipt: Receipt,
        checkup: Checkup,
        status: str,
        version: int | None,
        before: InForce | None,
        at: datetime,
    ) -> str | None:
        """The log's row, and what is accepted; the digest of the rows accepted, None where none are."""
        digest = None
        against = before.version if before is not None and status == "checked" else None
        write_submission(connection, self.zone.code, receipt, checkup, status, version, at, against)
        if checkup.context is not None and checkup.kind is not None and status in {"accepted", "checked"}:
            self._keep_differences(connection, receipt, checkup.kind, checkup.context, status, before)
            if status == "checked" and before is not None:
                foreseen = foresee(connection, checkup.kind, checkup.context, receipt.number)
                keep_foreseen(connection, self.zone.code, receipt.number, foreseen)
            if status == "accepted":
                digest = store_rows(connection, checkup.kind, checkup.context, receipt.number)
        elif receipt.confirmation is not None:
            differences.keep(connection, self.zone.code, receipt.number, [])
        self._record(connection, receipt, status, version, at)
        return digest

    def _record(self, connection: Connection, receipt: Receipt, status: str, version: int | None, at: datetime) -> None:
        record(
            connection,
            self.zone.code,
            at,
            receipt.sender,
            f"workbook {status}",
            submission_subject(receipt.number),
            {"file": receipt.file_name, "sha256": receipt.sha256, "version": version, "note": receipt.choice.note},
            journal=self.archive.last_hash(),
        )


class _Kept(NamedTuple):
    """An original in the archive, and what the file was when it was read."""

    sha256: str
    as_of: tuple[int, int, int]


def _kept(archive: Archive, path: Path) -> _Kept:
    as_of = _identity(path)
    with path.open("rb") as file:
        return _Kept(archive.keep(file), as_of)


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of cells come to be and none is part of a cycle: the collector would walk over all of them, in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _say_failure(receipt: Receipt, error: Exception) -> None:
    """Where the program failed; the error's own text is not logged: it may hold what stands in the workbook."""
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
    log.error("the program failed on receipt %s: %s\n  %s", receipt.number, type(error).__name__, "\n  ".join(places))


def _storable(receipt: Receipt) -> Receipt:
    """A receipt that any database takes, whatever its sender wrote."""
    said = receipt.choice
    kind, unit, period = (
        None if text is None else storable(text, _LONGEST) for text in (said.kind, said.unit, said.period)
    )
    return replace(
        receipt,
        file_name=storable(receipt.file_name, 255),
        sender=storable(receipt.sender, 60),
        choice=Choice(kind, unit, period, storable(said.note, _LONGEST), said.without_hidden),
        only_unit=None if receipt.only_unit is None else storable(receipt.only_unit, 40),
    )


def _status(receipt: Receipt, checkup: Checkup, filed: Filed) -> str:
    if filed.same is not None:
        return "duplicate"
    if not checkup.accepted:
        return "rejected"
    return "checked" if receipt.asks and receipt.confirmation is None else "accepted"


def _version(status: str, filed: Filed) -> int | None:
    if filed.same is not None:
        return filed.same.version
    return filed.last_version + 1 if status == "accepted" else None


def _refuse_outdated(receipt: Receipt, checkup: Checkup, in_force: InForce | None) -> None:
    """A confirmation holds for the version that was looked at, and for no other."""
    if (in_force.version if in_force is not None else None) != receipt.checked_against:
        checkup.problems.append(Problem("outdated"))


def _same_request(receipt: Receipt, sha256: str, name: str, choice: Choice, received_at: datetime | None) -> bool:
    """Whether an unfinished receipt is this very request, asked again after it was cut short."""
    return (receipt.sha256, receipt.file_name, receipt.choice, receipt.sender) == (
        sha256,
        name,
        choice,
        OFFICE_ACCOUNT,
    ) and (received_at is None or received_at == receipt.received_at)


def _name(path: Path) -> str:
    return path.name.encode("utf-8", "replace").decode()


def _outcome(
    receipt: Receipt, checkup: Checkup, status: str, version: int | None, in_force: InForce | None = None
) -> Outcome:
    return Outcome(
        file=receipt.file_name,
        sha256=receipt.sha256,
        status=status,
        kind=checkup.kind.code if checkup.kind else None,
        unit=checkup.unit.code if checkup.unit else None,
        period=str(checkup.period) if checkup.period else None,
        version=version,
        rows=checkup.rows,
        left_out=tuple(checkup.left_out),
        account=checkup.account,
        layout=checkup.layout,
        problems=() if status == "duplicate" else tuple(checkup.problems),
        in_force=in_force.version if in_force is not None and status == "duplicate" else None,
    )
