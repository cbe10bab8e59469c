"""Offices send many formats under many names: the content decides, and the same truth gives the same rows (CONTRACT, Taken as it comes)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.worksheet.formula import ArrayFormula

from data.intake.inbox import Choice
from data.settings import Settings
from data.store import reader
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from tests.integration import formats
from tests.integration.foreign_formats import web_archive
from tests.integration.formats import WRITERS, Writer, ods, repacked, spreadsheetml, xls, xlsb, xlsx
from tests.integration.ledgers import FOLLOW_UPS_HEADER, LOG, Book, all_rows, ledger, number, places, send
from tests.integration.papers import (
    CLEAN,
)

JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
CV = 99


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def load(loader: Loader, content: bytes, folder: Path, name: str = "台账.xls", choice: Choice | None = None) -> Any:
    """The outcome of a file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return send(loader, path, folder, choice=choice or Choice(), at=JULY)


def _accepted_rows(settings: Settings, writer: Writer, folder: Path) -> dict[str, list[Any]]:
    """Every row of data after one workbook of each kind was loaded in that format."""
    with Loader(settings) as loader:
        for kind, book in CLEAN.items():
            outcome = load(loader, writer(book()), folder)
            assert (outcome.kind, outcome.status, outcome.problems) == (kind, "accepted", ())
    return all_rows(settings, but=LOG)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, list[Any]]:
    """What the same workbooks give as plain .xlsx."""
    folder = tmp_path_factory.mktemp("xlsx")
    (folder / "supervision.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{folder / 'supervision.db'}"
    settings = Settings(database_url=url, archive_dir=folder / "archive", today=date(2022, 10, 8))
    rows = _accepted_rows(settings, xlsx, folder)
    reader(url).dispose()
    return rows


def test_every_kind_has_a_workbook_for_these_tests() -> None:
    """A new kind is sent in every format as well."""
    assert set(CLEAN) == set(KINDS)


@pytest.mark.parametrize("writer", [*WRITERS.values(), web_archive], ids=[*WRITERS, "web_archive"])
def test_every_kind_in_every_format_gives_the_same_rows(
    sqlite_installation: Settings, tmp_path: Path, truth: dict[str, list[Any]], writer: Writer
) -> None:
    """A workbook of each kind, written in another format by another program, loads to exactly the rows of .xlsx."""
    rows = _accepted_rows(sqlite_installation, writer, tmp_path)
    assert rows["inspection"]
    assert rows == truth


@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "台账.pdf", "台账"])
@pytest.mark.parametrize("writer", [xlsx, xls, xlsb, ods, spreadsheetml], ids=lambda one: one.__name__)
def test_content_decides_and_not_the_name(loader: Loader, tmp_path: Path, writer: Writer, name: str) -> None:
    """A workbook under a name of another format, or without any, is read by what it is."""
    outcome = load(loader, writer(ledger()), tmp_path, name)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())


def _merged_titled() -> tuple[Book, list[tuple[int, int, int, int]]]:
    """A ledger with a title over all columns, and a sector that is merged over its three rows."""
    book = ledger()
    rows = book.sheets["执法检查台账"]
    for row in rows[2:]:
        row[4] = None
    book.sheets["执法检查台账"] = [["龙滩子街道执法检查台账", *[None] * 19], [None] * 20, *rows]
    return book, [(0, 0, 0, 19), (3, 5, 4, 4)]


@pytest.mark.parametrize("writer", [xls, ods, spreadsheetml], ids=lambda one: one.__name__)
def test_merged_cells_in_every_format(loader: Loader, tmp_path: Path, writer: Any) -> None:
    """A cell merged down its column stands in each of its rows."""
    book, merges = _merged_titled()
    outcome = load(loader, writer(book, merges), tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())


def test_merged_cells_of_a_binary_workbook(loader: Loader, tmp_path: Path) -> None:
    """The same in .xlsb, whose merged cells are records behind the rows."""
    book, merges = _merged_titled()
    cells = b"".join(
        formats.xlsb_record(176, struct.pack("<4I", top, bottom, left, right)) for top, bottom, left, right in merges
    )

    def change(kind: int, _row: int, _column: int, _data: bytes) -> bytes | None:
        return formats.xlsb_record(146, b"") + cells if kind == 146 else None

    outcome = load(loader, formats.xlsb_with(book, change), tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())


def _protected_xlsx(book: Book) -> bytes:
    made = book.build()
    for sheet in made.worksheets:
        sheet.protection.set_password("1")
        sheet.protection.enable()
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def _protected_xls(book: Book) -> bytes:
    made = formats._xlwt(book)
    for sheet in made._Workbook__worksheets:
        sheet.protect = True
        sheet.password = "1"
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def _protected_ods(book: Book) -> bytes:
    document = formats.opendocument(book)
    for table in document.getElementsByType(Table):
        table.setAttribute("protected", "true")
        table.setAttribute("protectionkey", "NWoZK3kTsExUV00Ywo1G5jlUKKs=")
    packed = io.BytesIO()
    document.write(packed)
    return packed.getvalue()


@pytest.mark.parametrize("writer", [_protected_xlsx, _protected_xls, _protected_ods])
def test_protected_sheets_are_read(loader: Loader, tmp_path: Path, writer: Writer) -> None:
    """A sheet that is protected against changes is no locked file: it is read as any other."""
    outcome = load(loader, writer(ledger()), tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())


@pytest.mark.parametrize(
    "writer", [formats.encrypted_xlsx, formats.encrypted_xls, formats.encrypted_ods], ids=["xlsx", "xls", "ods"]
)
def test_a_password_to_open(loader: Loader, tmp_path: Path, writer: Writer) -> None:
    """A locked workbook of any format is refused as locked, not as unreadable."""
    outcome = load(loader, writer(ledger()), tmp_path)
    assert [problem.code for problem in outcome.errors] == ["encrypted"]
    assert "密码" in sentence(outcome.errors[0])


@pytest.mark.parametrize("writer", [formats.encrypted_xlsx, formats.encrypted_xls], ids=["xlsx", "xls"])
def test_the_locked_workbooks_open_with_their_password(loader: Loader, tmp_path: Path, writer: Writer) -> None:
    """What the test above sends is really a workbook behind a password."""
    outcome = load(loader, formats.opened(writer(ledger())), tmp_path)
    assert (outcome.status, outcome.rows) == ("accepted", 4)


def test_a_locked_binary_workbook(loader: Loader, tmp_path: Path) -> None:
    """Office locks .xlsb in the same container as .xlsx."""
    locked = io.BytesIO()
    formats.OOXMLFile(io.BytesIO(xlsb(ledger()))).encrypt(formats.PASSWORD, locked)
    assert [problem.code for problem in load(loader, locked.getvalue(), tmp_path).errors] == ["encrypted"]


def _zipped(**entries: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return packed.getvalue()


CSV = "序号,检查日期,被检查单位\n1,2022-05-06,甲公司\n"
HTML = "<html><head><meta charset='gbk'></head><body><table border=1><tr><td>检查日期</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"", "空"), (b"  \r\n", "空"), (bytes(512), "空"),
        (HTML.encode("gbk"), "网页"), (b"\xef\xbb\xbf\r\n<TABLE><TR><TD>1</TD></TR></TABLE>", "网页"), (HTML.encode("utf-16"), "网页"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'><html></html>", "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n", "网页"),
        (CSV.encode(), "CSV"), (CSV.encode("gbk"), "CSV"), (CSV.encode("utf-16"), "CSV"), ("检查日期".encode(), "CSV"), (b"\t\t1", "CSV"),
        (b"%PDF-1.7\n%\xe2\xe3", "文档"), (_zipped(**{"word/document.xml": b"<w/>"}), "文档"), (_zipped(**{"ppt/presentation.xml": b"<p/>"}), "文档"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (_zipped(**{"五月/台账.xlsx": xlsx(ledger())}), "解压"), (_zipped(**{"台账.xls": xls(ledger())}), "解压"), (b"Rar!\x1a\x07\x01\0", "解压"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "解压"), (_zipped(note=b"x"), "另存为 .xlsx"), (b"PK", "另存为 .xlsx"), (b"\0\1\2\3" * 50, "另存为 .xlsx"),
        (b"<?xml version='1.0'?><a/>", "CSV"),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_what_to_do(loader: Loader, tmp_path: Path, content: bytes, advice: str) -> None:
    """Whatever its name says, the sentence says what the file is, and what to do to have a workbook."""
    outcome = load(loader, content, tmp_path, "台账.xls", Choice("enforcement", "longtanzi", "2022-05"))
    assert [problem.code for problem in outcome.errors] == ["not_a_workbook"]
    assert advice in sentence(outcome.errors[0])


def test_documents_of_other_office_programs(loader: Loader, tmp_path: Path) -> None:
    """A text of OpenDocument has the parts of a workbook and no sheet; an old Word document the container of an .xls."""
    text = ods(Book({}))
    assert [problem.code for problem in load(loader, text, tmp_path).errors] == ["not_a_workbook"]
    word = xls(ledger()).replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    assert [problem.code for problem in load(loader, word, tmp_path).errors] == ["not_a_workbook"]


def _errors(outcome: Any) -> dict[str, tuple[str, str | None]]:
    return {cell: (problem.code, problem.value) for problem in outcome.errors for cell in problem.cells}


def _with_cells(cells: str) -> bytes:
    """The ledger as .xlsx with these cells, as XML, at the end of its second row."""

    def sheet(xml: bytes) -> bytes:
        head, row, rest = xml.partition(b'<row r="2">')
        body, end, tail = rest.partition(b"</row>")
        return head + row + body.partition(b'<c r="Q2"')[0] + cells.encode() + end + tail

    return repacked(xlsx(ledger().put({"Q2": 0, "R2": None, "S2": None, "T2": None})), {formats.SHEET_1: sheet})


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="T2" t="e"><v>#REF!</v></c>', {"T2": "#REF!"}),
        ('<c r="T2" t="e"><f>R2/0</f><v>#DIV/0!</v></c>', {"T2": "#DIV/0!"}),
        ('<c r="T2" s="0" t="e"><f t="shared" si="0"/><v>#N/A</v></c>', {"T2": "#N/A"}),
        ('<c r="T2"><f t="shared" ref="T2:T3" si="0">R2</f></c>', {"T2": None}),
        ('<c r="T2"><f t="shared" si="0"/></c>', {"T2": None}),
        ('<c r="Q2"><f>1+1</f><v/></c><c r="T2"><f>1</f><v></v></c>', {"Q2": None, "T2": None}),
        ('<c r="T2"><f t="array" ref="T2">SUM(A1:A2*1)</f></c>', {"T2": None}),
        ('<c r="T2" t="str"><f>IF(A2="","",A2)</f><v></v></c>', {}),
        ('<c r="T2" t="str"><f>"a"</f><v xml:space="preserve"> 甲</v></c>', {}),
        ('<c r="Q2"><f>1+1</f><v>2</v></c>', {"Q2": "inconsistent"}),
        ('<c r="T2" t="inlineStr"><is><t>#VALUE!</t></is></c>', {"T2": "#VALUE!"}),
        ("<c t='e' r='T2'><v>#NUM!</v></c>", {"T2": "#NUM!"}),
        ("<c s='0' r='T2'><f>A2</f></c>", {"T2": None}),
        ('<c r="T2"><!-- <f>A2</f> --><v>3</v></c>', {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["xlsx", "xlsm"])
def test_formula_without_a_value_in_xlsx(
    loader: Loader, tmp_path: Path, cells: str, expected: dict[str, str | None], form: str
) -> None:
    """Every writing of an error value or a missing result is found; an empty text that a formula gave is a blank."""
    content = _with_cells(cells)
    if form == "xlsm":
        content = repacked(content, {"xl/vbaProject.bin": xls(ledger())})
    found = _errors(load(loader, content, tmp_path))
    if "inconsistent" in expected.values():  # the result itself is read: a fine of 2 yuan without a penalty
        assert [code for code, _ in found.values()] == ["inconsistent"]
    else:
        assert found == {cell: ("formula_error", value) for cell, value in expected.items()}


def test_formulas_as_openpyxl_writes_them(loader: Loader, tmp_path: Path) -> None:
    """No result is ever stored by it: plain and array formulas are refused, wherever they stand."""
    book = ledger().build()
    book["执法检查台账"]["Q3"] = "=SUM(Q2:Q2)"
    book["执法检查台账"]["T4"] = ArrayFormula("T4", "=T2:T2")
    book["整改复查"]["I2"] = "=A2"
    packed = io.BytesIO()
    book.save(packed)
    outcome = load(loader, packed.getvalue(), tmp_path)
    assert places(outcome.errors, "执法检查台账") == {
        "Q3": "formula_error", "T4": "formula_error", "整改复查!I2": "formula_error",
    }  # fmt: skip


def test_a_row_of_nothing_but_formulas_is_not_lost(loader: Loader, tmp_path: Path) -> None:
    """A last row without a single stored value, which a reader of values does not even see, is refused cell by cell."""
    book = ledger()
    del book.sheets["汇总"]
    made = book.build()
    for letter in "BCEIJN":
        made["执法检查台账"][f"{letter}5"] = f"={letter}2"
    packed = io.BytesIO()
    made.save(packed)
    found = _errors(load(loader, packed.getvalue(), tmp_path))
    assert found == {f"{letter}5": ("formula_error", None) for letter in "BCEIJN"}


def _xls_with(change: Callable[[Any], None], book: Book | None = None) -> bytes:
    made = formats._xlwt(book or ledger())
    change(made.get_sheet(0))
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def test_error_values_in_xls(loader: Loader, tmp_path: Path) -> None:
    """Error values as such, and as results of formulas, are refused with what stands there."""

    def change(sheet: Any) -> None:
        for row, code in ((1, 0x2A), (2, 0x17), (3, 0x0F)):
            sheet.row(row).set_cell_error(19, code)

    found = _errors(load(loader, _xls_with(change), tmp_path))
    assert found == {
        "T2": ("formula_error", "#N/A"), "T3": ("formula_error", "#REF!"), "T4": ("formula_error", "#VALUE!"),
    }  # fmt: skip


def test_formulas_that_were_never_computed_in_xls(loader: Loader, tmp_path: Path) -> None:
    """A writer without a calculator leaves an empty text as result: refused where no formula could have given that."""

    def change(sheet: Any) -> None:
        sheet.write(1, 19, xlwt.Formula("SUM(J2:K2)"))
        sheet.write(2, 19, xlwt.Formula('IF(A3="","",A3)'))

    assert _errors(load(loader, _xls_with(change), tmp_path)) == {"T2": ("formula_error", None)}


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (struct.pack("<d", 7), {}), (b"\2\0\x17\0\0\0\xff\xff", {"T2": ("formula_error", "#REF!")}), (b"\1\0\1\0\0\0\xff\xff", {}),
        (b"\0\0\0\0\0\0\xff\xff", {"T2": ("formula_error", None)}),
    ],
    ids=["number", "error", "flag", "text that does not follow"],
)  # fmt: skip
def test_results_of_formulas_in_xls(
    loader: Loader, tmp_path: Path, result: bytes, expected: dict[str, tuple[str, str | None]]
) -> None:
    """A number or flag is the cell's value, an error is one; a text that is announced and missing is no result."""
    empty = b"\3\0\0\0\0\0\xff\xff"
    content = _xls_with(lambda sheet: sheet.write(1, 19, xlwt.Formula("1+1")))
    assert content.count(empty) == 1
    assert _errors(load(loader, content.replace(empty, result), tmp_path)) == expected


def test_a_computed_workbook_may_hold_empty_texts_in_xls(loader: Loader, tmp_path: Path) -> None:
    """Where any formula has a result, Excel was here, and an empty text is a blank."""

    def change(sheet: Any) -> None:
        sheet.write(1, 19, xlwt.Formula("TRIM(S4)"))
        sheet.write(2, 19, xlwt.Formula("1+1"))

    content = _xls_with(change)
    at = content.rindex(b"\3\0\0\0\0\0\xff\xff")
    computed = content[:at] + struct.pack("<d", 2) + content[at + 8 :]
    assert load(loader, computed, tmp_path).problems == ()


def test_error_values_in_xlsb(loader: Loader, tmp_path: Path) -> None:
    """Error values as such, and as results of formulas, are refused with what stands there."""

    def change(kind: int, row: int, column: int, data: bytes) -> bytes | None:
        if (row, column) == (1, 9):
            return formats.xlsb_record(3, data[:8] + b"\x17")
        if (row, column) == (1, 10):
            return formats.xlsb_record(11, data[:8] + b"\x2a" + b"\0\0" + struct.pack("<IBHI", 3, 0x1E, 1, 0))
        return None

    found = _errors(load(loader, formats.xlsb_with(ledger(), change), tmp_path))
    assert found == {"J2": ("formula_error", "#REF!"), "K2": ("formula_error", "#N/A")}


def _ods_with(changes: dict[str, Any]) -> bytes:
    document = formats.opendocument(ledger())
    rows = document.getElementsByType(TableRow)
    for place, cell in changes.items():
        row, column = rows[int(place[1:]) - 1], ord(place[0]) - 65
        row.insertBefore(cell, row.childNodes[column])
        row.removeChild(row.childNodes[column + 1])
    packed = io.BytesIO()
    document.write(packed)
    return packed.getvalue()


def _formula(text: str | None = None, **attributes: Any) -> TableCell:
    cell = TableCell(formula="of:=[.A1]", **attributes)
    if text is not None:
        cell.addElement(P(text=text))
    return cell


def test_formulas_in_ods(loader: Loader, tmp_path: Path) -> None:
    """Errors are texts or zeros there with the error as what is shown; results are read, empty texts are blanks."""
    content = _ods_with(
        {
            "T2": _formula("#REF!", valuetype="string", stringvalue=""),
            "T3": _formula("Err:502", valuetype="float", value=0),
            "T4": _formula(),
            "P2": _formula("#N/A", valuetype="string", stringvalue=""),
            "P4": _formula(valuetype="string", stringvalue=""),
            "J2": _formula("2", valuetype="float", value=2),
            "L2": _formula("2022年5月16日", valuetype="date", datevalue="2022-05-16"),
        }
    )
    assert _errors(load(loader, content, tmp_path)) == {
        "T2": ("formula_error", "#REF!"), "T3": ("formula_error", "Err:502"), "T4": ("formula_error", None),
        "P2": ("formula_error", "#N/A"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<Cell ss:Index="20" ss:Formula="=RC[-1]"/>', None),
        ('<Cell ss:Index="20" ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>', "#DIV/0!"),
        ('<Cell ss:Index="20"><Data ss:Type="Error">#N/A</Data></Cell>', "#N/A"),
        ('<Cell ss:Index="20" ss:Formula="=1"><Data ss:Type="Number"></Data></Cell>', None),
    ],
)
def test_formulas_in_spreadsheetml(loader: Loader, tmp_path: Path, cell: str, expected: str | None) -> None:
    """An error value, and a formula without data, are refused at their cell."""
    content = spreadsheetml(ledger()).decode()
    row = content.index("</Row>", content.index("2022-05-06"))
    found = _errors(load(loader, (content[:row] + cell + content[row:]).encode(), tmp_path))
    assert found == {"T2": ("formula_error", expected)}


def test_empty_text_of_a_formula_in_spreadsheetml(loader: Loader, tmp_path: Path) -> None:
    """A formula that gave an empty text is a blank, as is a comment on a cell."""
    content = spreadsheetml(ledger()).decode()
    row = content.index("</Row>", content.index("2022-05-06"))
    cell = (
        '<Cell ss:Index="20" ss:Formula="=&quot;&quot;"><Data ss:Type="String"></Data>'
        '<Comment><Data ss:Type="Error">#N/A</Data></Comment></Cell>'
    )
    assert load(loader, (content[:row] + cell + content[row:]).encode(), tmp_path).problems == ()


def test_rich_text_and_line_breaks_in_every_format(loader: Loader, tmp_path: Path) -> None:
    """A header on two lines is the same header, whether as one text, as paragraphs, or with bold parts."""
    book = ledger()
    book.sheets["执法检查台账"][0][8] = "检查\n文书号"
    for writer in (xls, xlsb, ods, spreadsheetml):
        month = ledger().meta["period"]
        outcome = load(loader, writer(book), tmp_path, f"{writer.__name__}-{month}")
        assert (outcome.status, outcome.problems) == ("accepted", ()), writer.__name__
    rich = (
        spreadsheetml(book)
        .decode()
        .replace("检查&#10;文书号", "检查<B xmlns='http://www.w3.org/TR/REC-html40'>文书号</B>")
    )
    outcome = load(loader, rich.encode(), tmp_path)
    assert (outcome.status, outcome.problems) == ("accepted", ())


def test_a_stray_character_within_the_limits_in_every_format(loader: Loader, tmp_path: Path) -> None:
    """A lone character far below and to the right is passed over in any format, as in .xlsx."""
    far = ledger().put({"CV60000": "`"})
    binary = formats.xlsb_with(
        ledger(), lambda *_: None, formats.xlsb_row(59_999) + formats.xlsb_text(CV, "`") + formats.xlsb_row(60_000)
    )
    for name, content in {
        "xls": xls(far),
        "xlsb": binary,
        "ods": ods(far),
        "spreadsheetml": spreadsheetml(far),
    }.items():
        outcome = load(loader, content, tmp_path, name)
        assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ()), name


def test_macros_are_never_stored_back(loader: Loader, tmp_path: Path) -> None:
    """A workbook with macros gives its values; the original, macros and all, lies in the archive as it came."""
    content = formats.xlsm(ledger())
    outcome = load(loader, content, tmp_path, "台账.xlsm")
    assert (outcome.status, outcome.problems) == ("accepted", ())
    assert loader.archive.read(outcome.sha256) == content
    archive = openpyxl.load_workbook(io.BytesIO(content), keep_vba=True).vba_archive
    assert archive is not None
    archive.close()


def test_follow_ups_alone_in_every_format(loader: Loader, tmp_path: Path) -> None:
    """A sheet with headers and no rows beside one with rows: nothing, and that, is understood alike."""
    load(loader, xlsx(ledger("2022-04")), tmp_path)
    rows = [[*FOLLOW_UPS_HEADER], [number(2, "2022-04"), date(2022, 5, 21), "合格", 3, None, None, None, None, None]]
    for writer in (xls, xlsb, ods, spreadsheetml):
        book = ledger()
        book.sheets = {"执法检查台账": book.sheets["执法检查台账"][:1], "整改复查": rows}
        outcome = load(loader, writer(book), tmp_path)
        assert (outcome.status, outcome.rows, outcome.errors) == ("accepted", 1, []), writer.__name__
