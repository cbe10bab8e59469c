"""While one workbook is checked and written the next is read and kept: never another content than the one that is loaded."""

from __future__ import annotations

import fcntl
import hashlib
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from select import select as select_ready

import pytest
from openpyxl import Workbook
from sqlalchemy import func, insert, select

from data.intake.inbox import Choice
from data.schema.zone import unit_alias
from data.settings import Settings
from data.store import reader, write_transaction, writer
from data.zone.periods import Month
from etl.loading.load import Loader
from etl.reading.limits import Unreadable
from etl.reading.process import ReadingProcess
from etl.reading.protocol import Answer
from etl.reading.reader import Reader
from tests.benchmarks.ledgers import write_ledger

MAY, JUNE = Month(2022, 5), Month(2022, 6)


@pytest.fixture
def books() -> Iterator[Reader]:
    """Reads in a child of its own."""
    settings = Settings()
    with Reader(settings.reader_memory_mib, settings.reader_seconds) as one:
        yield one


def sha256(path: Path) -> str:
    """Of the file as it is now."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(books: Reader, path: Path, **more: object) -> int:
    """How many rows the first sheet of a workbook has."""
    return books.read(path, **more).sheets[0].height


def wait_for_answer(books: Reader) -> None:
    """Until the child has read what it has begun with."""
    assert books._child.running is not None
    assert select_ready([books._child.running.stdout], [], [], 60)[0]


def test_file_that_changed_after_it_was_begun_is_read_anew(books: Reader, tmp_path: Path) -> None:
    """The answer stands for the bytes that were read, not for the name of the file."""
    one = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    other = write_ledger(tmp_path / "二.xlsx", "emergency", JUNE, 4)
    assert rows(books, one, then=other, keep=True) == 4
    assert rows(books, other, sha256=sha256(other)) == 5
    assert rows(books, one, then=other) == 4
    wait_for_answer(books)
    write_ledger(other, "emergency", JUNE, 7)
    assert rows(books, other, sha256=sha256(other)) == 8


def test_bytes_that_were_kept_are_not_taken_for_others(books: Reader, tmp_path: Path) -> None:
    """What was looked into for its order is loaded from that look only while the file is the same."""
    path = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    assert rows(books, path, keep=True) == 4
    write_ledger(path, "emergency", MAY, 9)
    assert rows(books, path, sha256=sha256(path)) == 10


def test_next_file_that_ends_the_child_harms_no_other(books: Reader, tmp_path: Path) -> None:
    """A child that dies over what it has begun with is replaced, and that file is asked for in its turn."""
    one = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    other = write_ledger(tmp_path / "二.xlsx", "emergency", JUNE, 4)
    assert rows(books, one, then=other) == 4
    assert books._child.running is not None
    books._child.running.kill()
    assert rows(books, other, sha256=sha256(other)) == 5
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04nothing")
    assert rows(books, one, then=broken) == 4
    with pytest.raises(Unreadable):
        books.read(broken, sha256(broken))
    assert rows(books, one, then=tmp_path / "gone.xlsx") == 4
    assert rows(books, other) == 5


def test_child_that_ends_in_the_middle_of_an_answer(books: Reader, tmp_path: Path) -> None:
    """What was begun ahead is asked for anew; what was asked for in its turn is too large. The next file is read."""
    path = write_ledger(tmp_path / "大.xlsx", "emergency", MAY, 20_000)
    books.begin(path)
    wait_for_answer(books)
    assert books._child.running is not None
    books._child.running.kill()
    assert rows(books, path, sha256=sha256(path)) == 20_001
    answer = books._answer_to(path)
    books._child.running.kill()
    with pytest.raises(EOFError):
        books._heard(answer, None)
    assert rows(books, path) == 20_001


def test_sheet_is_the_same_whatever_it_is_handed_over_in(books: Reader, tmp_path: Path) -> None:
    """Thousands of rows of all types that begin in C4, and a second sheet: cell by cell what openpyxl reads."""
    book = Workbook()
    for number, first in enumerate((3_000, 1_100)):
        sheet = book.active if number == 0 else book.create_sheet("二")
        for row in range(4, 4 + first):
            values = ("重复", row, row % 2 == 0, 1 if row < 2_000 else True, f"第{row}号", date(2022, 5, 1 + row % 28))
            for column, value in enumerate(values, start=3):
                sheet.cell(row, column, value)
    book.save(path := tmp_path / "混.xlsx")
    for sheet, written in zip(books.read(path).sheets, book.worksheets, strict=True):
        for found, row in zip(sheet.rows(), written.iter_rows(values_only=True), strict=True):
            expected = ["" if cell is None else cell for cell in row]
            assert found == expected
            assert [isinstance(cell, bool) for cell in found] == [isinstance(cell, bool) for cell in expected]


def test_child_that_ended_between_two_files_is_no_files_doing(books: Reader, tmp_path: Path) -> None:
    """Gone before it had the next file's name, noticed or not: a new child reads that file, as often as it happens."""
    path = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    assert rows(books, path) == 4
    for _ in range(20):
        child = books._child.running
        assert child is not None
        child.kill()
        assert rows(books, path) == 4
        assert books._child.running is not child


def test_child_that_is_gone_with_a_name_untaken_is_ended_without_a_word(books: Reader, tmp_path: Path) -> None:
    """What was written to it and not taken is nobody's any more."""
    path = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    assert rows(books, path) == 4
    child = books._child.running
    assert child is not None
    assert child.stdin is not None
    child.kill()
    child.wait()
    child.stdin.write(b"untaken")
    books.close()
    assert child.stdin.closed
    assert rows(books, path) == 4


def test_expected_workbook_that_is_saved_anew_is_loaded_as_saved(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Kept ahead of its turn and changed since: the new bytes are archived, journalled and loaded."""
    first = write_ledger(tmp_path / "五月.xlsx", "emergency", MAY, 3)
    second = write_ledger(tmp_path / "六月.xlsx", "emergency", JUNE, 4)
    before = sha256(second)
    with Loader(sqlite_installation) as loader:
        loader.expect([first, second])
        assert loader.load(first, Choice()).rows == 3
        write_ledger(second, "emergency", JUNE, 6)
        outcome = loader.load(second, Choice())
        assert (outcome.status, outcome.rows, outcome.sha256) == ("accepted", 6, sha256(second))
        assert loader.archive.read(outcome.sha256) == second.read_bytes()
    assert outcome.sha256 != before


def test_checking_expected_workbooks_keeps_nothing(sqlite_installation: Settings, tmp_path: Path) -> None:
    """``check`` changes nothing, also where it knows what comes next."""
    paths = [
        write_ledger(tmp_path / f"{month}.xlsx", "emergency", month, size) for month, size in ((MAY, 3), (JUNE, 4))
    ]
    with Loader(sqlite_installation) as loader:
        loader.expect(paths)
        assert [loader.check(path, Choice()).rows for path in paths] == [3, 4]
        assert not list((loader.archive.folder / "originals").rglob("*.*"))


def test_writer_follows_a_file_that_was_put_in_the_database_s_place(sqlite_installation: Settings) -> None:
    """After a backup was put back, nobody writes into or reads from the file that was there before."""
    url = sqlite_installation.database_url
    path = Path(url.removeprefix("sqlite:///"))
    backup = path.with_name("backup.db")
    shutil.copy(path, backup)
    before = _aliases(url)
    _add_alias(url, "旧")
    assert _aliases(url) == before + 1
    for beside in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        beside.unlink(missing_ok=True)
    backup.rename(path)
    assert _aliases(url) == before
    _add_alias(url, "新")
    assert _aliases(url) == before + 1


def test_forked_process_writes_through_a_connection_of_its_own(sqlite_installation: Settings) -> None:
    """What parent and child write after a fork is all there, and the file is whole."""
    url = sqlite_installation.database_url
    before = _aliases(url)
    _add_alias(url, "父")
    child = os.fork()
    if child == 0:
        try:
            assert not writer(url).pool.checkedin()  # type: ignore[attr-defined]  # a pool of SQLite files has it
            _add_alias(url, "子")
        except BaseException:  # noqa: BLE001  # the child must end here, whatever happens in it
            os._exit(1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    _add_alias(url, "再")
    assert _aliases(url) == before + 3
    with write_transaction(url) as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def _add_alias(url: str, alias: str) -> None:
    with write_transaction(url) as connection:
        connection.execute(insert(unit_alias), {"zone": "shuangqiao", "alias": alias, "unit": "emergency"})


def _aliases(url: str) -> int:
    with reader(url).connect() as connection:
        return int(connection.execute(select(func.count()).select_from(unit_alias)).scalar_one())


@pytest.fixture
def _many_files() -> Iterator[None]:
    """As many open files as the system allows this process."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("_many_files")
def test_a_process_with_a_thousand_open_files_reads_too(books: Reader, tmp_path: Path) -> None:
    """A server with a thousand connections open still hears what its child says: the child's pipe is a file beyond them."""
    books.start()
    child = books._child.running
    assert child is not None
    assert child.stdout is not None
    high = fcntl.fcntl(child.stdout.fileno(), fcntl.F_DUPFD, 2_000)
    child.stdout.close()
    child.stdout = os.fdopen(high, "rb")
    assert child.stdout.fileno() >= 2_000
    assert rows(books, write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)) == 4


class Tired(ReadingProcess):
    """Ends over every file but the first that each of its children is asked for, as one does that has grown too far."""

    started = 0

    def start(self) -> subprocess.Popen[bytes]:
        before = self.running
        process = super().start()
        self.started += process is not before
        return process

    def answer(self) -> Answer:
        if self.asked > 1:
            raise EOFError
        return super().answer()


def test_what_an_earlier_file_left_behind_refuses_no_other(books: Reader, tmp_path: Path) -> None:
    """A workbook over which a child ends that read another before is read by a new one, and not called too large."""
    books._child = tired = Tired(books._child.memory_mib, books._child.seconds)
    for name, unit, lines in (("一", "emergency", 3), ("二", "longtanzi", 4), ("三", "shuanglu", 5)):
        assert rows(books, write_ledger(tmp_path / f"{name}.xlsx", unit, MAY, lines)) == lines + 1
    assert tired.started == 3


def test_what_no_child_can_read_is_asked_of_two_and_no_more(
    books: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is too large for a child with all its room is refused, and a new child reads the next."""
    first = write_ledger(tmp_path / "一.xlsx", "emergency", MAY, 3)
    books._child = tired = Tired(books._child.memory_mib, books._child.seconds)
    assert rows(books, first) == 4

    def never(_self: ReadingProcess) -> Answer:
        raise EOFError

    with monkeypatch.context() as patch:
        patch.setattr(ReadingProcess, "answer", never)
        with pytest.raises(Unreadable, match="too_large"):
            books.read(first)
    assert tired.started == 2
    assert rows(books, first) == 4
    assert tired.started == 3
