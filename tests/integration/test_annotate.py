"""The sender's own workbook back with its problems marked, and read again without them (CONTRACT section 2, --annotate)."""

from __future__ import annotations

import io
import json
import shutil
import socket
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from odf.draw import Frame, Image
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image as Picture
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image as Pixels

from data import libreoffice
from data.language import speak
from data.settings import Settings
from etl.annotate import NotAnnotated, annotated
from etl.annotate.office import Unconverted, to_xlsx
from etl.kinds.registry import KINDS
from etl.loading.load import Loader, Outcome
from etl.table.own_sheets import UNREAD
from etl.table.problems import Problem
from tests.integration.formats import WRITERS, ods, opendocument, repacked, xls, xlsb, xlsm, xlsx
from tests.integration.ledgers import RECEIVED, Book, ledger, send
from tests.integration.libreoffice import saved_by_libreoffice
from tests.integration.test_commands import run, run_json

pytestmark = pytest.mark.slow

LIST = "问题清单"
RED, YELLOW = "FFFF8A80", "FFFFE57F"


@pytest.fixture
def installation(sqlite_installation: Settings) -> Settings:
    """What commands speak to: what a workbook says is read before any engine is asked."""
    return sqlite_installation


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def back(loader: Loader, book: Book | Path, folder: Path) -> tuple[Outcome, Workbook, Path]:
    """The outcome of a workbook, the annotated one as openpyxl has it, and its file."""
    outcome = send(loader, book, folder, name="待批.xlsx") if isinstance(book, Book) else send(loader, book, folder)
    path = folder / "批注.xlsx"
    source = folder / "待批.xlsx" if isinstance(book, Book) else book
    path.write_bytes(annotated(source.read_bytes(), outcome.problems))
    return outcome, load_workbook(path), path


def told(book: Workbook) -> list[tuple[Any, ...]]:
    """The rows of 问题清单 as a person sees them."""
    return [row[:6] for row in book[LIST].iter_rows(min_row=4, values_only=True)]


def colour(cell: Any) -> str | None:
    return cell.fill.fgColor.rgb if cell.fill.fill_type == "solid" else None


def broken() -> Book:
    """A bad date (B2), more major hazards than hazards (K3), and two warnings: one inspector (H4), no credit code (D4)."""
    return ledger().put({"B2": "五月上旬", "K3": 9, "H4": "张伟", "D4": None})


def test_problems_stand_at_their_cells_and_on_a_list(loader: Loader, tmp_path: Path) -> None:
    """Errors red, warnings yellow, each with a comment that begins with its kind; the list names place, value and remedy, with a link."""
    outcome, book, _path = back(loader, broken(), tmp_path)
    sheet = book["执法检查台账"]
    for cell, fill, begins in (
        ("B2", RED, "错误："),
        ("K3", RED, "错误："),
        ("H4", YELLOW, "提示："),
        ("D4", YELLOW, "提示："),
    ):
        assert colour(sheet[cell]) == fill
        assert sheet[cell].comment.text.startswith(begins)
    assert "2022-5-3" in sheet["B2"].comment.text
    rows = told(book)
    assert [(row[0], row[1], row[2], row[3]) for row in rows[:2]] == [
        ("错误", "执法检查台账", "B2", "检查日期"), ("错误", "执法检查台账", "K3", "其中重大隐患数"),
    ]  # fmt: skip
    assert (rows[0][4], rows[1][4]) == ("五月上旬", "9")
    assert {row[0] for row in rows[2:]} == {"提示"}
    assert sum(len(problem.cells) or 1 for problem in outcome.problems) == len(rows)
    assert all(row[5] for row in rows)
    assert book[LIST]["C4"].hyperlink.location == "'执法检查台账'!B2"
    assert book.sheetnames[0] == book.active.title == LIST
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == [LIST]


def decorated(path: Path) -> None:
    """Give a workbook what offices put into theirs: colours, formats, a formula, a note, a stamp, a merged title, a second sheet."""
    book = load_workbook(path)
    sheet = book["执法检查台账"]
    sheet.insert_rows(1)
    sheet["A1"] = "龙滩子街道执法检查台账"
    sheet.merge_cells("A1:T1")
    sheet.merge_cells("H3:H4")
    sheet["C3"].fill = PatternFill("solid", fgColor="FF00B050")
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00B0F0")
    sheet["C3"].font = Font(name="仿宋", size=14)
    sheet["B3"].comment = Comment("原来的批注", "老王")
    sheet.column_dimensions["C"].width = 33
    sheet.add_data_validation(DataValidation("list", formula1='"是,否"', sqref="N3:N9"))
    stamp = io.BytesIO()
    Pixels.new("RGB", (20, 20), "red").save(stamp, "PNG")
    stamp.seek(0)
    sheet.add_image(Picture(stamp), "V2")
    other = book.create_sheet("内部核算")
    other["A1"], other["B1"] = 5, "=A1*2"
    other["B1"].number_format = "0.00"
    sheet.sheet_view.tabSelected = True
    book.save(path)


def test_everything_else_is_as_it_was(loader: Loader, tmp_path: Path) -> None:
    """Formats, widths, validations, pictures, formulas, other sheets and comments stay; a merged cell is marked where it is seen."""
    path = broken().write(tmp_path / "台账.xlsx")
    decorated(path)
    before = load_workbook(path)
    outcome, book, _path = back(loader, path, tmp_path)
    assert {cell for problem in outcome.errors for cell in problem.cells} == {"B3", "K4"}
    sheet, was = book["执法检查台账"], before["执法检查台账"]
    assert (colour(sheet["C3"]), sheet["C3"].font.name, sheet.column_dimensions["C"].width) == ("FF00B050", "仿宋", 33)
    assert sheet["B3"].comment.text.startswith("原来的批注\n错误：")
    assert sheet["B3"].comment.author == "老王"
    assert [str(one) for one in sheet.merged_cells.ranges] == [str(one) for one in was.merged_cells.ranges]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["N3:N9"]
    assert len(sheet._images) == 1
    assert (book["内部核算"]["B1"].value, book["内部核算"]["B1"].number_format) == ("=A1*2", "0.00")
    assert [one.sheet_state for one in book.worksheets if one.title == "_meta"] == ["hidden"]
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == [LIST], (
        "else one would type into both"
    )
    marked = {cell for problem in outcome.problems for cell in problem.cells}
    for row in was.iter_rows():
        for cell in row:
            if cell.coordinate not in marked:
                assert sheet[cell.coordinate].value == cell.value
                assert colour(sheet[cell.coordinate]) == colour(cell)


def test_a_problem_within_merged_cells_stands_at_their_top_left(loader: Loader, tmp_path: Path) -> None:
    """What is wrong in the second row of a merged cell is shown on the cell that people see."""
    path = ledger().put({"H2": "张伟", "H3": None}).write(tmp_path / "台账.xlsx")
    book = load_workbook(path)
    book["执法检查台账"].merge_cells("H2:H3")
    book.save(path)
    outcome, book, _path = back(loader, path, tmp_path)
    assert [problem.cells for problem in outcome.problems if problem.code == "few_inspectors"] == [("H2", "H3")]
    assert colour(book["执法检查台账"]["H2"]) == YELLOW
    assert book["执法检查台账"]["H2"].comment.text.count("提示：") == 1


def test_a_problem_of_a_column_stands_at_its_header(loader: Loader, tmp_path: Path) -> None:
    """An unknown column, and a column of which the whole is doubtful, are marked in the header, whatever it is called."""
    book = ledger().put({"U1": "天气", "J1": "隐患数量", "J2": 0, "J3": 0, "K3": 0, "M2": 0, "M3": 0})
    outcome, marked, _path = back(loader, book, tmp_path)
    assert {"unknown_column", "nothing_found"} <= {problem.code for problem in outcome.problems}
    sheet = marked["执法检查台账"]
    assert sheet["U1"].comment.text.startswith("提示：")
    assert sheet["J1"].comment.text.startswith("提示：")


def test_a_problem_of_the_whole_workbook_is_on_the_list(loader: Loader, tmp_path: Path) -> None:
    """What has no cell is told on the list, without a link."""
    book = ledger()
    book.meta["period"] = "2022Q2"
    outcome, marked, _path = back(loader, book, tmp_path)
    assert [problem.code for problem in outcome.errors] == ["unknown_period"]
    assert [(row[0], row[1], row[2]) for row in told(marked)] == [("错误", None, None)]


def test_texts_that_look_like_formulas_stay_texts(loader: Loader, tmp_path: Path) -> None:
    """A value such as =cmd|… is a text on the list, whatever is done with it: also once the sheet was saved as CSV."""
    path = tmp_path / "台账.xls"
    path.write_bytes(xls(ledger().put({"B2": "=cmd|' /C calc'!A0", "E3": "@SUM(1)", "J4": "+1+1"})))
    _outcome, book, _path = back(loader, path, tmp_path)
    values = {cell.value for row in book[LIST].iter_rows(min_row=4) for cell in row}
    assert {"'=cmd|' /C calc'!A0", "'@SUM(1)", "'+1+1"} <= values
    assert not any(cell.data_type == "f" for row in book[LIST].iter_rows() for cell in row)
    with zipfile.ZipFile(_path) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/"))
    assert book[LIST]["E4"].quotePrefix


def test_the_examples_in_our_own_sentences_are_not_read(loader: Loader, tmp_path: Path) -> None:
    """A workbook that does not say what it is does not learn it from the list of its problems."""
    book = Book({"表": [["本月情况"], ["一切正常"]]})
    outcome, _marked, path = back(loader, book, tmp_path)
    assert {problem.code for problem in outcome.errors} >= {"unknown_kind", "unknown_unit", "unknown_period"}
    assert send(loader, path, tmp_path).problems == outcome.problems


def test_corrected_in_place_it_is_accepted(loader: Loader, tmp_path: Path) -> None:
    """Sent back as it is, the annotated workbook has the same problems and no others; corrected, it is accepted."""
    outcome, book, path = back(loader, broken(), tmp_path)
    again = send(loader, path, tmp_path)
    assert again.problems == outcome.problems
    sheet = book["执法检查台账"]
    sheet["B2"], sheet["K3"], sheet["H4"], sheet["D4"] = date(2022, 5, 6), 1, "张伟、李娜", "91508177MAQ2GEPXEQ"
    book.save(path)
    accepted = send(loader, path, tmp_path)
    assert (accepted.status, accepted.kind, accepted.rows, accepted.problems) == ("accepted", "enforcement", 4, ())


def test_marks_of_an_earlier_time_are_taken_back(loader: Loader, tmp_path: Path) -> None:
    """Annotated a second time, only what is still wrong is marked: no old error is shown on what was put right."""
    path = broken().write(tmp_path / "台账.xlsx")
    decorated(path)
    _outcome, book, first = back(loader, path, tmp_path)
    book["执法检查台账"]["B3"] = date(2022, 5, 6)
    book.save(first)
    again = send(loader, first, tmp_path)
    second = load_workbook(io.BytesIO(annotated(first.read_bytes(), again.problems)))
    sheet = second["执法检查台账"]
    assert colour(sheet["B3"]) == "FF00B0F0"
    assert sheet["B3"].comment.text == "原来的批注"
    assert colour(sheet["K4"]) == RED
    assert sheet["K4"].comment.text.count("错误：") == 1
    assert second.sheetnames.count(LIST) == 1
    assert not [name for name in second.sheetnames if name.startswith(LIST) and name != LIST]
    assert [row[2] for row in told(second) if row[0] == "错误"] == ["K4"]


def test_an_offices_own_list_of_problems_is_left_alone(loader: Loader, tmp_path: Path) -> None:
    """A sheet 问题清单 of the sender's own is no list of ours: it stays, and ours stands beside it."""
    book = broken()
    book.sheets[LIST] = [["序号", "问题"], [1, "消防通道堵塞"]]
    _outcome, marked, path = back(loader, book, tmp_path)
    assert marked[LIST]["B2"].value == "消防通道堵塞"
    ours = marked.worksheets[0]
    assert ours.title.startswith(LIST)
    assert str(ours["A1"].value).endswith(UNREAD)
    assert [problem.code for problem in send(loader, path, tmp_path).errors] == ["bad_date", "inconsistent"]


@pytest.mark.parametrize("kind", [*WRITERS, "without LibreOffice"])
def test_every_format_comes_back_as_xlsx(
    kind: str, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through LibreOffice or rebuilt from its values: the same cells are marked, and once corrected it is accepted."""
    if kind == "without LibreOffice":
        monkeypatch.setattr(libreoffice, "command", lambda: None)
    path = tmp_path / "台账.xls"
    path.write_bytes(WRITERS.get(kind, xls)(broken()))
    outcome, book, marked = back(loader, path, tmp_path)
    assert {cell for problem in outcome.errors for cell in problem.cells} == {"B2", "K3"}
    sheet = book["执法检查台账"]
    assert (colour(sheet["B2"]), colour(sheet["K3"]), colour(sheet["H4"])) == (RED, RED, YELLOW)
    assert sheet["B2"].value == "五月上旬"
    sheet["B2"], sheet["K3"] = date(2022, 5, 6), 1
    book.save(marked)
    accepted = send(loader, marked, tmp_path)
    assert (accepted.status, accepted.rows) == ("accepted", 4)
    assert {problem.code for problem in accepted.problems} == {problem.code for problem in outcome.warnings}


@pytest.mark.parametrize("installed", [True, False])
def test_merged_cells_and_formats_of_other_formats(
    installed: bool, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Merged cells stay merged either way; LibreOffice keeps formats too, without it days are days all the same."""
    if not installed:
        monkeypatch.setattr(libreoffice, "command", lambda: None)
    path = tmp_path / "台账.ods"
    book = broken()
    path.write_bytes(ods(book.put({"G2": "日常检查"}), [(1, 2, 6, 6)]))
    _outcome, marked, _path = back(loader, path, tmp_path)
    sheet = marked["执法检查台账"]
    assert [str(one) for one in sheet.merged_cells.ranges] == ["G2:G3"]
    assert sheet["B3"].value.date() == date(2022, 5, 12)
    assert sheet.column_dimensions["C"].width > 8


def test_what_openpyxl_cannot_open_is_annotated_all_the_same(loader: Loader, tmp_path: Path) -> None:
    """A part that only openpyxl minds costs nobody the marks."""
    path = tmp_path / "台账.xlsx"
    path.write_bytes(repacked(xlsx(broken()), {"docProps/core.xml": b"nothing of the sort"}))
    _outcome, marked, _path = back(loader, path, tmp_path)
    assert colour(marked["执法检查台账"]["B2"]) == RED


def test_formulas_stay_and_are_computed_again(loader: Loader, tmp_path: Path) -> None:
    """A formula comes back as a formula; opened and saved by an office program it has its result, and the workbook is accepted."""
    path = saved_by_libreoffice(broken().put({"M2": "=1+1"}).write(tmp_path / "台账.xlsx"), tmp_path / "sent")
    outcome, book, marked = back(loader, path, tmp_path)
    assert {problem.code for problem in outcome.errors} == {"bad_date", "inconsistent"}
    assert str(book["执法检查台账"]["M2"].value).replace(" ", "") == "=1+1"
    book["执法检查台账"]["B2"], book["执法检查台账"]["K3"] = date(2022, 5, 6), 1
    book.save(marked)
    assert send(loader, saved_by_libreoffice(marked, tmp_path / "corrected"), tmp_path).status == "accepted"


def test_macros_are_not_stored_back(loader: Loader, tmp_path: Path) -> None:
    """An .xlsm comes back as an .xlsx without its macros."""
    path = tmp_path / "台账.xlsm"
    path.write_bytes(xlsm(broken()))
    _outcome, _book, marked = back(loader, path, tmp_path)
    with zipfile.ZipFile(marked) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower()]
        assert b"macroEnabled" not in package.read("[Content_Types].xml")


@pytest.mark.parametrize("code", ["not_a_workbook", "encrypted", "too_large"])
def test_a_file_that_cannot_be_opened_is_not_annotated(code: str) -> None:
    """What refused the file as a whole is said; there is nothing to mark, and nothing is opened."""
    with pytest.raises(NotAnnotated, match="无法打开"):
        annotated(b"PK", [Problem(code)])


def test_the_limits_hold(loader: Loader, tmp_path: Path) -> None:
    """Beyond the memory or the time, or where the bytes are none of what was checked, there is a sentence and nothing else."""
    book = broken()
    book.sheets["执法检查台账"] += [row for row in book.sheets["执法检查台账"][1:] for _ in range(2000)]
    outcome = send(loader, book, tmp_path)
    content = (tmp_path / "台账.xlsx").read_bytes()
    assert LIST in load_workbook(io.BytesIO(annotated(content, outcome.problems)), read_only=True).sheetnames
    for limits in ({"memory_mib": 64}, {"seconds": 0.01}):
        with pytest.raises(NotAnnotated, match="无法批注"):
            annotated(content, outcome.problems, **limits)
    with pytest.raises(NotAnnotated, match="无法批注"):
        annotated(b"PK\x03\x04 nonsense", outcome.problems)


def test_what_a_workbook_links_to_is_never_fetched(tmp_path: Path) -> None:
    """LibreOffice asks nobody for a picture that lies elsewhere."""
    asked = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            try:
                server.accept()[0].close()
                asked.set()
            except OSError:
                return

        thread = Thread(target=answer, daemon=True)
        thread.start()
        book = opendocument(broken())
        port = server.getsockname()[1]
        table = book.spreadsheet.childNodes[0]
        frame = Frame(width="2cm", height="2cm")
        frame.addElement(
            Image(href=f"http://127.0.0.1:{port}/stamp.png", type="simple", show="embed", actuate="onLoad")
        )
        table.childNodes[-1].childNodes[0].addElement(frame)
        packed = io.BytesIO()
        book.save(packed)
        converted = to_xlsx(packed.getvalue(), ".ods", 1024, 60)
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    assert load_workbook(io.BytesIO(converted)).sheetnames[0] == "执法检查台账"
    assert not asked.is_set()


def test_libreoffice_has_limits_too(loader: Loader, tmp_path: Path) -> None:
    """A conversion that takes too long is given up, and its processes end with it."""
    with pytest.raises(Unconverted):
        to_xlsx(xlsb(broken()), ".xlsb", 1024, 0.05)
    with pytest.raises(Unconverted):
        to_xlsx(xlsb(broken()), ".xlsb", 1, 60)


def test_load_and_check_annotate(environment: Mapping[str, str], tmp_path: Path) -> None:
    """``--annotate DIR`` gives every workbook with problems back, changes no output and no exit code, and no file that was sent."""
    sent = tmp_path / "sent"
    for folder in ("a", "b"):
        (sent / folder).mkdir(parents=True)
        broken().write(sent / folder / "台账.xlsx")
    ledger("2022-04", "shuanglu").write(sent / "无误.xlsx")
    (sent / "坏.xlsx").write_bytes(b"nothing of the sort")
    at = ("--received-at", RECEIVED.isoformat())
    plain = run_json(environment, "etl check", sent, *at, "--json", code=1)
    marked = tmp_path / "marked"
    assert run_json(environment, "etl check", sent, *at, "--json", "--annotate", marked, code=1) == plain
    assert sorted(path.name for path in marked.iterdir()) == ["台账-批注(2).xlsx", "台账-批注.xlsx"]
    before = {path: path.read_bytes() for path in sent.rglob("*.xlsx")}
    loaded = run_json(environment, "etl load", sent, *at, "--json", "--annotate", sent / "a", code=1)
    assert [one["status"] for one in loaded["files"]].count("rejected") == 3
    assert {path: path.read_bytes() for path in before} == before
    assert LIST in load_workbook(sent / "a" / "台账-批注.xlsx").sheetnames
    shutil.copy(sent / "a" / "台账-批注.xlsx", sent / "b" / "台账-批注.xlsx")
    once_more = sent / "b" / "台账-批注.xlsx"
    kept = once_more.read_bytes()
    run(environment, "etl check", once_more, *at, "--annotate", sent / "b", code=1)
    assert once_more.read_bytes() == kept
    assert (sent / "b" / "台账-批注(2).xlsx").exists()


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_loaded(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    """A file where the folder should be is wrong usage, and nothing was loaded."""
    path = ledger().write(tmp_path / "台账.xlsx")
    (tmp_path / "taken").write_text("")
    run(environment, "etl load", path, "--annotate", tmp_path / "taken", code=2)
    status = json.loads(run(environment, "etl status", "--period", "2022-05", "--json"))
    assert {row["version"] for row in status["rows"] if row["kind"] == "enforcement"} == {None}


def test_sentences_are_in_the_language_in_use(loader: Loader, tmp_path: Path) -> None:
    """The remedy is told in the language of the one who asks; the sheet and the marks are the form's own."""
    outcome = send(loader, broken(), tmp_path)
    speak("en")
    book = load_workbook(io.BytesIO(annotated((tmp_path / "台账.xlsx").read_bytes(), outcome.problems)))
    assert "Write the day, like 2022-5-3" in book["执法检查台账"]["B2"].comment.text


def test_a_workbook_of_every_kind_has_its_list_ignored(loader: Loader, tmp_path: Path) -> None:
    """The names of columns on the list never make a table of it, whatever the kind."""
    for kind in KINDS.values():
        titles = [(spec.title, column.title) for spec in kind.tables for column in spec.columns]
        problems = [Problem("missing_value", "执法检查台账", "B2", column, f"{title}") for title, column in titles]
        path = tmp_path / f"{kind.code}.xlsx"
        path.write_bytes(annotated(xlsx(ledger()), problems))
        outcome = loader.check(path, send.__kwdefaults__["choice"], RECEIVED)
        assert (outcome.status, outcome.kind, outcome.problems) == ("accepted", "enforcement", ())
