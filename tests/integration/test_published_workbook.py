"""A report as a workbook: it says what it is, and a published one is told from one that was altered, however it was saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook, load_workbook
from typer.testing import CliRunner

from dashboards.__main__ import app, freeze
from dashboards.meeting.verifying import verify
from dashboards.meeting.workbook import live_workbook, published_workbook
from dashboards.results import verification
from dashboards.results.cell_places import address
from dashboards.results.document_cells import DocumentCells, cells_of, understood
from dashboards.results.publishing import printed
from dashboards.results.report_sheet import former_xlsx
from dashboards.results.verification import MOST_NAMED, Verdict, published_csv
from data.intake.inbox import Choice
from data.intake.publications import Publication
from data.language import speaking
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from etl.loading.load import Loader
from etl.reading.limits import Unreadable
from etl.reading.plain_cells import properties, told
from etl.reading.workbook import read_workbook
from tests.fetching import fetched
from tests.how_many import cases
from tests.integration.hostile import NOT_A_WORKBOOK, TOO_LARGE, UNFOLDING
from tests.integration.ledgers import RECEIVED, ledger, send, targets
from tests.integration.libreoffice import all_saved_by_libreoffice
from tests.integration.papers import accidents, review
from tests.integration.undrawn import leave_undrawn

FIRST_ROW = 4
"""Of the table's lines: title, what is said and heads stand above."""
REPORTS = (("ranking", "2022-05", None), ("scores", "2022Q2", None), ("casualties", "2022", date(2022, 6, 30)))


@pytest.fixture
def settings(sqlite_installation: Settings, tmp_path: Path) -> Settings:
    """An installation with May of two towns, an accident, and the year's caps and plans."""
    with Loader(sqlite_installation) as loader:
        for book in (targets(), ledger(), ledger(unit="shuanglu"), accidents()):
            assert send(loader, book, tmp_path, at=RECEIVED + timedelta(days=33)).status == "accepted"
    return sqlite_installation


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read here, as the process of their own reads them: starting one takes longer than all else."""

    def read(raw: bytes) -> DocumentCells | None:
        try:
            return understood(told(read_workbook(raw), raw))
        except Unreadable:
            return None

    monkeypatch.setattr(verification, "cells_of", read)


def publications(settings: Settings) -> Iterator[Publication]:
    """One of each report."""
    for report, period, day in REPORTS:
        yield freeze(settings, report, parse_period(period), day, reason="提前", mistake=False)


def examined(settings: Settings, document: bytes) -> Verdict:
    """What a document is found to be."""
    engine, scope = reader(settings.database_url), office(settings.zone)
    return fetched(engine, scope, verify, document, fixed_today=settings.today)


def changed(document: bytes, change: Callable[[Workbook], object]) -> bytes:
    """A workbook that somebody opened, changed and saved; openpyxl keeps no more of it than it knows."""
    book = load_workbook(io.BytesIO(document))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cells(document: bytes, sheet: int = 0) -> list[list[Any]]:
    """What stands on a sheet."""
    return [list(row) for row in load_workbook(io.BytesIO(document)).worksheets[sheet].iter_rows(values_only=True)]


@pytest.mark.slow
def test_published_workbook_is_the_very_file(settings: Settings) -> None:
    """Whenever it is written, in whatever language somebody reads; with revision and hash on the sheet and in its properties."""
    for one in publications(settings):
        document = published_workbook(one)
        found = examined(settings, document)
        assert (found.status, found.figures_equal, found.same_file, dict(found.cells)) == ("current", True, True, {})
        with speaking("en"):
            assert published_workbook(one) == document
            assert examined(settings, document).status == "current"
        book = load_workbook(io.BytesIO(document))
        own = {each.name: each.value for each in book.custom_doc_props.props}
        assert own == {"report": one.report, "period": one.period, "revision": "1", "sha256": one.sha256}
        sheet = book.worksheets[0]
        assert f"第1版，SHA-256 {one.sha256}" in sheet["A2"].value
        assert one.content["as_of"] in sheet["A2"].value
        assert one.content["scheme"]["sha256"] in sheet["A2"].value
        assert (sheet.freeze_panes[-1], sheet.page_setup.orientation, sheet.print_title_rows) == (
            "4",
            "landscape",
            "$1:$3",
        )
        assert one.sha256 in sheet.oddFooter.left.text


def test_words_of_a_workbook_that_was_given_out_stay(settings: Settings) -> None:
    """A true document is compared with the sheet made anew: who rewords it here makes true documents altered ones."""
    ranking, scores, casualties = (cells(published_workbook(one)) for one in publications(settings))
    assert [lines[0][0] for lines in (ranking, scores, casualties)] == [
        "双桥经开区2022年5月执法检查排名", "双桥经开区2022年第2季度安全生产绩效评分", "双桥经开区2022年亡人指标",
    ]  # fmt: skip
    assert ranking[2][:12] == [
        "分组", "名次", "参排单位数", "代码", "名称", "得分", "标记", "更正前得分", "更正前名次", "检查家次", "检查企业数", "查出问题家次",
    ]  # fmt: skip
    assert scores[2][:11] == [
        "分组", "名次", "参排单位数", "代码", "名称", "得分", "等次", "标记", "十条措施", "月度执法", "节点任务",
    ]  # fmt: skip
    assert casualties[2][:8] == ["范围", "代码", "名称", "死亡", "亡人事故", "全年指标", "距控制数", "指标使用率"]
    assert not any(letter.isascii() and letter.isalpha() for line in ranking[2:3] for head in line for letter in head)
    row = next(line for line in ranking if line[3] == "youting")
    assert (row[0], row[6]) == ("镇街组", "未报")


@pytest.mark.usefixtures("in_this_process")
def test_law_one_digit_in_any_cell_is_found_at_its_address(settings: Settings) -> None:
    """Whichever cells of whichever sheets, all in one document: each address, what was published and what stands there; no other."""
    chance = Random(17)
    for one in publications(settings):
        document = published_workbook(one)
        names = load_workbook(io.BytesIO(document)).sheetnames
        every = {(sheet, row): line for sheet in range(len(names)) for row, line in enumerate(cells(document, sheet))}
        del every[0, len(cells(document)) - 1]
        held = {
            (*at, column): value
            for at, line in every.items()
            for column, value in enumerate(line)
            if any(sign.isdigit() for sign in str(value))
        }
        changes = {
            place: one_digit_changed(chance, held[place])
            for place in chance.sample(sorted(held), min(len(held), cases()))
        }
        altered = changed(
            document, lambda book, changes=changes: [put(book, at, it, of) for (of, *at), it in changes.items()]
        )
        found = examined(settings, altered)
        addresses = {
            f"{names[sheet]}!{address(row, column)}" if sheet else address(row, column): (sheet, row, column)
            for sheet, row, column in changes
        }
        assert (found.status, set(found.cells)) == ("altered", set(addresses))
        for name, place in addresses.items():
            published, here = found.cells[name]
            value, other = held[place], changes[place]
            assert (
                (float(published), float(here)) == (pytest.approx(value, rel=1e-14), other)
                if isinstance(value, int | float)
                else (published, here) == (value, other)
            )


def one_digit_changed(chance: Random, value: Any) -> Any:
    """Another digit in one place; of a number that shows: its first fifteen."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    place = chance.choice([at for at, sign in enumerate(text.partition("e")[0]) if sign.isdigit()])
    digit = chance.choice([sign for sign in "123456789" if sign != text[place]])
    changed_text = text[:place] + digit + text[place + 1 :]
    return changed_text if isinstance(value, str) else float(changed_text)


def put(book: Workbook, at: Sequence[int], value: Any, sheet: int = 0) -> None:
    """Another value in a cell."""
    book.worksheets[sheet].cell(at[0] + 1, at[1] + 1).value = value


def put_beside(book: Workbook) -> None:
    """Another place on a sheet for meetings."""
    book["镇街组"]["A4"] = 3


@pytest.mark.usefixtures("in_this_process")
def test_as_other_programs_save_it_the_figures_are_those_published(settings: Settings) -> None:
    """Fifteen digits of a number, numbers as texts, without properties, a blank sheet beside: the same figures, another file."""
    for one in publications(settings):
        saved = changed(published_workbook(one), as_wps_would)
        found = examined(settings, saved)
        assert (found.status, dict(found.cells), found.same_file) == ("current", {}, False)


@pytest.mark.usefixtures("in_this_process")
def test_workbook_given_out_before_it_told_of_the_journal_stays_true(settings: Settings) -> None:
    """The former wording is known, and the very file too; another witness in its place is a difference."""
    (one, *_others) = publications(settings)
    former = former_xlsx(one)
    assert "存档凭据" not in cells(former)[1][0]
    found = examined(settings, former)
    assert (found.status, found.same_file, dict(found.cells)) == ("current", True, {})
    told = cells(published_workbook(one))[1][0]
    head = one.content["publication"]["journal"]["head"]
    other = changed(published_workbook(one), lambda book: put(book, (1, 0), told.replace(head, head[::-1])))
    assert (examined(settings, other).status, list(examined(settings, other).cells)) == ("altered", ["A2"])


def as_wps_would(book: Workbook) -> None:
    """Every second number a text, every number with the digits that are kept, and nothing of the document's properties."""
    sheet = book.worksheets[0]
    for number, row in enumerate(sheet.iter_rows(min_row=FIRST_ROW)):
        for cell in row:
            if isinstance(cell.value, int | float):
                kept = float(f"{cell.value:.15g}")
                cell.value = str(kept) if (number + cell.column) % 2 else kept
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.create_sheet("Sheet2")


@pytest.mark.usefixtures("in_this_process")
def test_what_is_taken_away_or_written_beside_is_found(settings: Settings) -> None:
    """A line less or more, a cell emptied, a note on another sheet; without its last line it is known by its properties."""
    (one, *_others) = publications(settings)
    document = published_workbook(one)
    lines = len(cells(document))
    for change, at in (
        (lambda book: book.worksheets[0].delete_rows(FIRST_ROW), "F4"),
        (lambda book: put(book, (FIRST_ROW - 1, 5), None), "F4"),
        (lambda book: put(book, (lines, 1), "补记"), f"B{lines + 1}"),
        (lambda book: put(book, (FIRST_ROW - 1, 80), 7), "CC4"),
        (lambda book: book.create_sheet("说明").append(["双路第一"]), "说明!A1"),
        (lambda book: book.worksheets[0].delete_rows(lines), "mark"),
        (lambda book: put(book, (lines - 1, 3), "0" * 64), "mark"),
    ):
        found = examined(settings, changed(document, change))
        assert (found.status, at in found.cells) == ("altered", True), (at, dict(found.cells))
    many = changed(document, lambda book: book.create_sheet("说明").append(list(range(150))))
    many = changed(many, lambda book: [book.worksheets[1].append(list(range(150))) for _row in range(10)])
    assert len(examined(settings, many).cells) == MOST_NAMED
    unknown = changed(changed(document, as_wps_would), lambda book: book.worksheets[0].delete_rows(lines))
    assert examined(settings, unknown).status == "unknown"


@pytest.mark.usefixtures("in_this_process")
def test_what_nobody_sees_or_sees_otherwise_is_found(settings: Settings) -> None:
    """Other words or digits in a number's format, a row or a column hidden: at its address, however true what is stored is."""
    (one, *_others) = publications(settings)
    document = published_workbook(one)
    lines = cells(document)
    score = lines[FIRST_ROW - 1][5]

    def formatted(code: str) -> Callable[[Workbook], object]:
        return lambda book: setattr(book.worksheets[0].cell(FIRST_ROW, 6), "number_format", code)

    for code, seen in (('"59.99"', "59.99"), (";;;", ""), ('0.00"万"', f"{score:.2f}万"), ('"5"0.00', f"5{score:.2f}")):
        found = examined(settings, changed(document, formatted(code)))
        assert (found.status, dict(found.cells)) == ("altered", {"F4": (score, seen or "—")}), code
    for change, at in (
        (lambda book: setattr(book.worksheets[0].row_dimensions[FIRST_ROW], "hidden", True), "A4"),
        (lambda book: setattr(book.worksheets[0].column_dimensions["F"], "hidden", True), "F3"),
    ):
        found = examined(settings, changed(document, change))
        assert (found.status, list(found.cells), found.cells[at][1]) == (
            "altered",
            [at],
            "（已隐藏，看不到）",
        )


@pytest.mark.slow
def test_saved_again_by_an_office_program_it_is_still_true(settings: Settings, tmp_path: Path) -> None:
    """LibreOffice writes all of it its own way: another file, the same figures; and one digit altered there is found."""
    paths = []
    for one in publications(settings):
        paths.append(tmp_path / f"{one.report}.xlsx")
        paths[-1].write_bytes(published_workbook(one))
    altered = tmp_path / "altered.xlsx"
    altered.write_bytes(
        changed(paths[0].read_bytes(), lambda book: [put(book, (FIRST_ROW - 1, 1), 2), put_beside(book)])
    )
    saved = all_saved_by_libreoffice([*paths, altered], tmp_path / "saved")
    for path in saved[:-1]:
        found = examined(settings, path.read_bytes())
        assert (found.status, dict(found.cells), found.same_file) == ("current", {}, False), path.name
    found = examined(settings, saved[-1].read_bytes())
    assert (found.status, dict(found.cells)) == ("altered", {"B4": (1, 2.0), "镇街组!A4": (1, 3.0)})


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        TOO_LARGE["zip bomb in a picture"],
        TOO_LARGE["far cell in other writing"],
        UNFOLDING["two cells at GR200000"],
        NOT_A_WORKBOOK["a file from outside in xl/workbook.xml"],
        NOT_A_WORKBOOK["overlapping entries"],
        lambda: b"PK\x03\x04",
    ],
)
def test_hostile_file_is_no_document(make: Callable[[], bytes]) -> None:
    """It ends its reader at the limits, and not who asks."""
    assert cells_of(make()) is None


def test_every_report_is_a_workbook(settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> None:
    """A draft says so, what is never published has its day; into a file or on where standard output leads."""
    commanded(settings)
    path = tmp_path / "表.xlsx"
    for report, period, says in (
        ("ranking", "2022-05", "草稿，未发布；截至2022-10-08"), ("scores", "2022Q2", "草稿，未发布"), ("casualties", "2022", "草稿，未发布"),
        ("submissions", "2022-05", "即时情况，不作发布；截至2022-10-08"),
    ):  # fmt: skip
        told_to = ["report", report, "--period", period, "--format", "xlsx"]
        assert CliRunner().invoke(app, [*told_to, "-o", str(path)]).exit_code == 0
        sheet = load_workbook(path).worksheets[0]
        assert sheet["A2"].value.startswith(says)
        assert says[:2] in sheet.oddFooter.left.text
        assert sheet.max_row > FIRST_ROW
        piped = CliRunner().invoke(app, told_to)
        assert piped.stdout_bytes.startswith(b"PK")
    assert CliRunner().invoke(app, ["verify", str(path)]).exit_code == 1
    nothing = CliRunner().invoke(app, ["report", "ranking", "--period", "2022-05", "--published", "--format", "xlsx"])
    assert (nothing.exit_code, nothing.stdout_bytes) == (1, b"")


def test_every_report_but_submissions_is_a_bulletin(
    settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """Live a draft, published with its fingerprint, as .docx, .pptx and PDF; submissions have none, and it is said what they have."""
    list(publications(settings))
    commanded(settings)
    path = tmp_path / "通报.docx"
    for report, period in (("ranking", "2022-05"), ("scores", "2022Q2"), ("casualties", "2022")):
        for form, part in (("docx", "word/document.xml"), ("pptx", "ppt/presentation.xml")):
            told_to = ["report", report, "--period", period, "--format", form, "-o", str(path)]
            for more, says in (([], {}), (["--published"], {"report": report, "period": period, "revision": "1"})):
                made = CliRunner().invoke(app, [*told_to, *more])
                assert made.exit_code == 0, made.stderr
                found = properties(path.read_bytes())
                assert {name: value for name, value in found.items() if name != "sha256"} == says
                assert part in zipfile.ZipFile(path).namelist()
    pdf = CliRunner().invoke(app, ["report", "ranking", "--period", "2022-05", "--published", "--format", "pdf"])
    assert (pdf.exit_code, pdf.stdout_bytes[:5]) == (0, b"%PDF-")
    none = CliRunner().invoke(app, ["report", "submissions", "--period", "2022-05", "--format", "docx"])
    assert none.exit_code == 2
    assert "没有通报" in none.stderr


def test_charts_of_every_report_but_submissions_are_pictures(
    settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder or a .zip has all of them, a file the main one, which says that there are more; without any it is said why."""
    with Loader(settings) as loader:
        assert send(loader, review(), tmp_path, at=RECEIVED + timedelta(days=33)).status == "accepted"
    list(publications(settings))
    commanded(settings)
    folder, file, picture = tmp_path / "图", tmp_path / "图.zip", tmp_path / "图.svg"

    def asked(report: str, period: str, *more: str) -> Result:
        return CliRunner().invoke(app, ["report", report, "--period", period, "--format", "svg", *more])

    leave_undrawn(monkeypatch)
    told = {}
    for more in ((), ("--published",)):
        made = asked("scores", "2022Q2", "-o", str(picture), *more)
        assert (made.exit_code, "共有2张图" in made.stderr) == (0, True)
        for output in (folder, file):
            assert asked("scores", "2022Q2", "-o", str(output), *more).exit_code == 0
        names = {"镇街组得分.svg", "措施得分率.svg"}
        assert {one.name for one in folder.iterdir()} == names
        with zipfile.ZipFile(file) as package:
            assert {name: package.read(name) for name in package.namelist()} == {
                name: (folder / name).read_bytes() for name in names
            }
        assert picture.read_bytes() == (folder / "镇街组得分.svg").read_bytes()
        told[more] = picture.read_text(encoding="utf-8")
    assert ["草稿" in one for one in told.values()] == [True, False]
    assert "SHA-256" in told["--published",]
    only = asked("casualties", "2022", "--published")
    assert (only.exit_code, only.stderr, "累计死亡人数".encode() in only.stdout_bytes) == (0, "", True)
    monkeypatch.undo()
    commanded(settings)
    for report, period, more, code, words in (
        ("casualties", "2022", ("--as-of", "2022-01-02"), 1, "没有计入指标的死亡人数"),
        ("ranking", "2021-01", (), 1, "各组都没有两个以上可以比较得分的单位"),
        ("submissions", "2022-05", (), 2, "没有图"),
    ):
        nothing = asked(report, period, *more, "-o", str(tmp_path / "无.svg"))
        assert (nothing.exit_code, words in nothing.stderr) == (code, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = asked("scores", "2022Q2", "-o", str(tmp_path / "无.svg"))
    assert (missing.exit_code, "未安装Chromium" in missing.stderr) == (3, True)
    assert not (tmp_path / "无.svg").exists()


def test_no_text_is_run_as_a_formula(settings: Settings) -> None:
    """Whatever a unit or an enterprise is called."""
    (one, *_others) = publications(settings)
    content = printed(one)
    content["groups"][0]["rows"][0]["name"] = "=1+1"
    sheet = load_workbook(io.BytesIO(live_workbook(content, "=区", {}))).worksheets[0]
    assert (sheet["E4"].value, sheet["E4"].data_type, sheet["A1"].value[0]) == ("'=1+1", "s", "'")


def test_command_says_what_moved_in_the_words_of_the_page(
    settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """Which publication, whether it is true, whose figures moved and by what; of an altered one the cell: no key of JSON's."""
    (one, *_others) = publications(settings)
    path = tmp_path / "通报.csv"
    path.write_text(published_csv(one), encoding="utf-8-sig")
    with Loader(settings) as loader:
        corrected = ledger(unit="shuanglu").put({"S2": "不合格"})
        assert (
            send(loader, corrected, tmp_path, choice=Choice(note="更正"), at=RECEIVED + timedelta(days=40)).status
            == "accepted"
        )
    commanded(settings)
    told = CliRunner().invoke(app, ["verify", str(path)])
    assert told.exit_code == 0
    for words in ("2022年5月 月度执法排名 · 第1版", "双路街道得分：", "双路街道2022年5月执法检查台账有更正版"):
        assert words in told.stdout, told.stdout
    assert not re.search(r"groups|rows|shuanglu|indicators|submissions", told.stdout)
    path.write_text(published_csv(one).replace("longtanzi", "shuanglu", 1), encoding="utf-8-sig")
    told = CliRunner().invoke(app, ["verify", str(path)])
    assert (told.exit_code, "D3：发布为longtanzi，此处为shuanglu" in told.stdout) == (1, True), told.stdout
