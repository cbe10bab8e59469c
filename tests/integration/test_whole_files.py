"""A file as a whole: whether it is a workbook at all, of a size that can be taken, and the right one (CONTRACT, Refused)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from data.intake.archive import Archive
from data.intake.inbox import Choice
from data.settings import Settings
from etl.loading.load import Loader
from etl.table.messages import sentence
from tests.conftest import SAMPLES
from tests.integration.ledgers import LOG, NOTHING, Book, all_rows, ledger, send, targets


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation; nothing is found here that an engine would find otherwise."""
    with Loader(sqlite_installation) as one:
        yield one


def codes(
    loader: Loader, file: Book | Path, folder: Path, choice: Choice = NOTHING, name: str = "台账.xlsx"
) -> list[str]:
    """The codes with which a file is refused; nothing but the log is touched, and the original is kept as it came."""
    before = all_rows(loader.settings, but=LOG)
    outcome = send(loader, file, folder, choice=choice, name=name)
    assert (outcome.status, all_rows(loader.settings, but=LOG)) == ("rejected", before)
    assert (
        Archive(loader.settings.archive_dir).read(outcome.sha256)
        == (file if isinstance(file, Path) else folder / name).read_bytes()
    )
    assert all(sentence(problem) for problem in outcome.problems)
    return [problem.code for problem in outcome.errors]


def _zipped(**entries: bytes) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return package.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK", "检查日期,被检查单位\n".encode(), b"<html><table><tr><td>1</td></tr></table></html>", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), _zipped(note=b"x"), _zipped(**{"word/document.xml": b"<w/>"}), b"/etc/passwd",
    ],
    ids=["empty", "stub", "csv", "html", "pdf", "png", "ole", "zip", "docx", "path"],
)  # fmt: skip
def test_what_is_no_workbook(loader: Loader, tmp_path: Path, content: bytes) -> None:
    """A file that is no spreadsheet is refused as that, whatever its name says, and is kept under what its sender chose."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(content)
    assert codes(loader, path, tmp_path, Choice("enforcement", "longtanzi", "2022-05")) == ["not_a_workbook"]


def test_a_workbook_cut_off(loader: Loader, tmp_path: Path) -> None:
    """A workbook of which the end is missing is no workbook."""
    path = ledger().write(tmp_path / "全.xlsx")
    (tmp_path / "半.xlsx").write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert codes(loader, tmp_path / "半.xlsx", tmp_path) == ["not_a_workbook"]


def test_a_locked_workbook(loader: Loader, tmp_path: Path) -> None:
    """A workbook with a password is refused as encrypted."""
    assert codes(loader, SAMPLES / "refused" / "locked.xlsx", tmp_path) == ["encrypted"]


def test_a_file_beyond_20_mib(loader: Loader, tmp_path: Path) -> None:
    """A file of more than 20 MiB is refused unread; one of exactly 20 MiB is looked at."""
    path = tmp_path / "大.xlsx"
    path.write_bytes(bytes(20 * 2**20 + 1))
    assert codes(loader, path, tmp_path) == ["too_large"]
    path.write_bytes(bytes(20 * 2**20))
    assert codes(loader, path, tmp_path) == ["not_a_workbook"]


def test_a_workbook_that_unpacks_beyond_300_mib(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A small file that unpacks to more than 300 MiB stops at the limit."""
    path = ledger().write(tmp_path / "胀.xlsx")
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/media/image1.bin", "w") as entry,
    ):
        for _ in range(301):
            entry.write(bytes(2**20))
    assert path.stat().st_size < 20 * 2**20
    with Loader(sqlite_installation) as loader:
        assert codes(loader, path, tmp_path) == ["too_large"]


@pytest.mark.parametrize("place", ["A200001", "GS2", "XFD1048576"])
def test_far_cell(loader: Loader, tmp_path: Path, place: str) -> None:
    """A character beyond 200,000 rows or 200 columns makes the workbook too large; a blank or a mere colour there does not."""
    book = load_workbook(ledger().write(tmp_path / "远.xlsx"))
    for value, expected in (("x", ["too_large"]), (1, ["too_large"])):
        book.worksheets[0][place] = value
        book.save(tmp_path / "远.xlsx")
        assert codes(loader, tmp_path / "远.xlsx", tmp_path) == expected
    for value in ("  ", None):
        book.worksheets[0][place] = value
        book.worksheets[0][place].fill = PatternFill("solid", fgColor="FFFF00")
        book.save(tmp_path / "远.xlsx")
        outcome = send(loader, tmp_path / "远.xlsx", tmp_path)
        assert (outcome.status, outcome.rows, outcome.errors) == ("accepted", 4, [])


@pytest.mark.parametrize("place", ["T200000", "GR200000"])
def test_stray_character_within_the_limits(sqlite_installation: Settings, tmp_path: Path, place: str) -> None:
    """A lone character within 200,000 rows and 200 columns, even at the very corner, is passed over."""
    book = load_workbook(ledger().write(tmp_path / "远.xlsx"))
    book.worksheets[0][place] = "`"
    book.save(tmp_path / "远.xlsx")
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, tmp_path / "远.xlsx", tmp_path)
    assert (outcome.status, outcome.rows, outcome.errors) == ("accepted", 4, [])


LEDGER_ONLY = {"执法检查台账": ledger().sheets["执法检查台账"]}
UNLABELLED = Choice(None, "longtanzi", "2022-05")


def without(*columns: str) -> Book:
    """The ledger without some columns."""
    rows = LEDGER_ONLY["执法检查台账"]
    kept = [place for place, title in enumerate(rows[0]) if title not in columns]
    return Book({"执法检查台账": [[row[place] for place in kept] for row in rows]}, ledger().meta)


@pytest.mark.parametrize(
    ("book", "choice", "expected"),
    [
        (Book({"说明": [["请按月填报"]]}), UNLABELLED, ["unknown_kind"]),
        (Book(LEDGER_ONLY), Choice(None, None, "2022-05"), ["unknown_unit"]),
        (Book(LEDGER_ONLY), Choice(None, "某某街道", "2022-05"), ["unknown_unit"]),
        (Book(LEDGER_ONLY), Choice(None, "longtanzi", None), ["unknown_period"]),
        (Book(LEDGER_ONLY), Choice(None, "longtanzi", "2022Q2"), ["unknown_period"]),
        (Book(LEDGER_ONLY), NOTHING, ["unknown_unit", "unknown_period"]),
        (ledger(), Choice(None, "shuanglu", None), ["conflict"]),
        (ledger(), Choice(None, None, "2022-06"), ["conflict"]),
        (Book(LEDGER_ONLY), Choice("targets", "longtanzi", "2022-05"), ["conflict"]),
        (ledger(), Choice(None, "shuanglu", "2022-06"), ["conflict", "conflict"]),
        (Book({**ledger().sheets, **targets().sheets}), UNLABELLED, ["conflict"]),
        (Book(targets().sheets), Choice(None, "longtanzi", "2022"), ["not_allowed"]),
        (Book({"亡人指标": targets().sheets["亡人指标"]}), Choice(None, "emergency", "2022"), ["missing_sheet"]),
        (Book({"Sheet1": [[None]]}, ledger().meta), NOTHING, ["missing_sheet"]),
        (without("检查日期", "是否处罚"), NOTHING, ["missing_column", "missing_column"]),
        (without("检查文书号").put({"E2": "渔业"}), NOTHING, ["missing_column"]),
        (targets().put({"检查计划!A1": "谁"}), NOTHING, ["missing_column"]),
    ],
)  # fmt: skip
def test_what_is_not_the_right_workbook(
    loader: Loader, tmp_path: Path, book: Book, choice: Choice, expected: list[str]
) -> None:
    """First it is told that this is not the right workbook, all that is wrong with it at once; its cells are not looked at."""
    assert codes(loader, book, tmp_path, choice) == expected
