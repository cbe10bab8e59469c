"""Web pages, CSV, odd packages and the password that Office itself gives are read as the same workbook in .xlsx is."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from data.intake.inbox import Choice
from data.settings import Settings
from etl.annotate import annotated
from etl.loading.load import Loader
from etl.reading.default_password import PASSWORD
from etl.table.messages import sentence
from tests.integration import foreign_formats as foreign
from tests.integration import formats
from tests.integration.ledgers import LOG, Book, all_rows, ledger, send

JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
CHOSEN = Choice("enforcement", "longtanzi", "2022-05")


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def load(loader: Loader, content: bytes, folder: Path, choice: Choice = CHOSEN, name: str = "台账.xls") -> Any:
    """The outcome of a file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return send(loader, path, folder, choice=choice, at=JULY)


def lone() -> Book:
    """A ledger without other sheets."""
    book = ledger()
    return Book({"执法检查台账": book.sheets["执法检查台账"]})


@pytest.mark.parametrize("make", foreign.PACKAGES.values(), ids=foreign.PACKAGES)
def test_packages_of_other_programs_are_read(loader: Loader, tmp_path: Path, make: Callable[[Book], bytes]) -> None:
    """However its entries are named and its parts are found: the same rows, and nothing to say of it."""
    outcome = load(loader, make(ledger()), tmp_path, Choice())
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())


@pytest.mark.parametrize("make", foreign.PACKAGES.values(), ids=foreign.PACKAGES)
def test_packages_of_other_programs_come_back_annotated(
    loader: Loader, tmp_path: Path, make: Callable[[Book], bytes]
) -> None:
    """Refused for one cell, the workbook comes back as .xlsx with its values and with that cell marked."""
    content = make(ledger().put({"J2": "若干"}))
    outcome = load(loader, content, tmp_path, Choice())
    assert [(one.code, one.cell) for one in outcome.errors] == [("bad_number", "J2")]
    sheet = openpyxl.load_workbook(io.BytesIO(annotated(content, outcome.problems)))["执法检查台账"]
    assert sheet["J2"].value == "若干"
    assert sheet["J2"].comment is not None


@pytest.mark.parametrize("writer", [formats.encrypted_xlsx, formats.encrypted_xls], ids=["xlsx", "xls"])
def test_the_password_that_asks_nobody(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: Callable[[Book], bytes]
) -> None:
    """Excel opens such a workbook without a question, and so do we; a faulty one comes back annotated."""
    monkeypatch.setattr(formats, "PASSWORD", PASSWORD)
    outcome = load(loader, writer(ledger()), tmp_path, Choice())
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())
    content = writer(ledger().put({"J2": "若干"}))
    outcome = load(loader, content, tmp_path, Choice())
    assert [one.cell for one in outcome.errors] == ["J2"]
    book = openpyxl.load_workbook(io.BytesIO(annotated(content, outcome.problems)))
    assert book["执法检查台账"]["J2"].comment is not None


PAGES: dict[str, Callable[[Book], bytes]] = {
    one.__name__: one
    for one in (
        foreign.web_page, foreign.web_page_in_gb2312, foreign.web_page_in_utf_16, foreign.piece_of_a_page, foreign.web_archive,
    )
}  # fmt: skip
TEXTS: dict[str, Callable[[Book], bytes]] = {
    f"{name} in {encoding}": lambda book, separator=separator, encoding=encoding: foreign.separated(
        book, separator, encoding
    )
    for name, separator in (("commas", ","), ("semicolons", ";"), ("tabs", "\t"))
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
}


@pytest.mark.parametrize("make", (PAGES | TEXTS).values(), ids=PAGES | TEXTS)
def test_pages_and_texts_are_read(loader: Loader, tmp_path: Path, make: Callable[[Book], bytes]) -> None:
    """The same ledger as a web page or a text gives the same rows, under whatever name; its faults are at the same cells."""
    outcome = load(loader, make(lone()), tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 3, ())
    content = make(lone().put({"J2": "若干", "B4": "2022年13月5日"}))
    outcome = load(loader, content, tmp_path)
    assert {(one.code, one.cell) for one in outcome.errors} == {("bad_number", "J2"), ("bad_date", "B4")}
    book = openpyxl.load_workbook(io.BytesIO(annotated(content, outcome.problems)))
    assert book.worksheets[1]["J2"].comment is not None


@pytest.mark.parametrize("make", [foreign.web_page, foreign.separated, formats.xlsx], ids=["page", "csv", "xlsx"])
def test_titles_blank_lines_and_line_breaks_count_as_rows_and_cells(
    loader: Loader, tmp_path: Path, make: Callable[[Book], bytes]
) -> None:
    """A problem is where Excel shows it: below a title, a blank line, and a remark of two lines."""
    book = lone()
    rows = book.sheets["执法检查台账"]
    rows[1][-1] = "夜查\n无人值守"
    rows[2][9] = "若干"
    book.sheets["执法检查台账"] = [["龙滩子街道执法检查台账"], [], *rows[:2], [], *rows[2:]]
    assert [(one.code, one.cell) for one in load(loader, make(book), tmp_path).errors] == [("bad_number", "J6")]


def test_merged_cells_of_a_page(loader: Loader, tmp_path: Path) -> None:
    """A cell that spans rows stands in each of them, as a merged one does."""
    rows = lone().sheets["执法检查台账"]
    for row in rows[2:]:
        row[4] = None
    outcome = load(loader, foreign.web_page(Book({"台账": rows}), [(1, 4, 4, 4)]), tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 3, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html><body><table><tr><td>1<td>2</table></body></html>", "网页"),
        (b"<html><body>Please sign in</body></html>", "网页"),
        (foreign.web_page(lone())[:-40], "没有结尾"),
        ("物资,数量,单位\n灭火器,12,具\n".encode(), "CSV"),
        (foreign.separated(lone()).replace("日常检查".encode(), '"日常检查'.encode(), 1), "引号"),
        (foreign.separated(lone()).replace("日常检查".encode(), '"日常检查'.encode(), 1) + b'"",""\r\n', "引号"),
        (b"\x05Admin" + b" " * 49 + b"\x05\0A\0d\0m\0i\0n\0" + b" \0" * 49, "没有 ~$"),
        (b"\x04\xc1\xf5\xd1\xf4" + b" " * 50 + b"\x02\0\x18\x52\x33\x96" + b" \0" * 52, "没有 ~$"),
        (b",Zhang,pc-7,28.11.2022 09:14,file:///C:/Users/Zhang/AppData/Roaming/LibreOffice/4;", "没有 ~$"),
        (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(400), "快捷方式"),
    ],
    ids=["table", "sign-in", "cut off", "other table", "open quote", "quote closed below", "lock", "lock in gbk", "lock of LibreOffice", "shortcut"],
)  # fmt: skip
def test_what_is_no_workbook_says_what_it_is(loader: Loader, tmp_path: Path, content: bytes, said: str) -> None:
    """No table of a known kind, a table that was not saved whole, a mark that swallows rows, what lies beside a workbook."""
    outcome = load(loader, content, tmp_path)
    assert [one.code for one in outcome.errors] == ["not_a_workbook"]
    assert said in sentence(outcome.errors[0])
    assert (outcome.kind, outcome.unit, outcome.period) == ("enforcement", "longtanzi", "2022-05")


def test_numbers_of_a_text_are_as_they_were_written(loader: Loader, tmp_path: Path) -> None:
    """``="007"``, an apostrophe and leading zeros keep a number what it was: no two of them are one."""
    book = lone()
    for row, number in zip(book.sheets["执法检查台账"][1:], ['="0071"', "'00071", "71"], strict=True):
        row[8] = number
    assert load(loader, foreign.separated(book), tmp_path).status == "accepted"
    written = {cell for row in all_rows(loader.settings, but=LOG)["inspection"] for cell in row}
    assert {"0071", "00071", "71"} <= written
