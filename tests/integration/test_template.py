"""Templates: filled in and saved by an office program they load without options, and they hold what is known (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.intake.filing import filings
from data.schema.enterprises import register_entry
from data.schema.told_columns import told_column
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, parse_period
from data.zone.zone import Zone
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.loading.load import Loader, Outcome
from etl.table.declaration import Cells, Column, TableSpec
from etl.template import template
from etl.template.sheets import FIRST_ROW, HEADER_ROW, choices_of, example_of
from tests.integration.formats import xls
from tests.integration.ledgers import LOG, Book, all_rows, ledger, number, send
from tests.integration.libreoffice import all_saved_by_libreoffice, saved_by_libreoffice
from tests.integration.papers import NAMES, accidents, self_assessment
from tests.integration.test_commands import end, run, start
from tests.integration.throwaway import throwaway

pytestmark = pytest.mark.slow
Office = Callable[[Path], Path]
PERIODS = {"month": "2022-05", "quarter": "2022Q2", "year": "2022"}
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
REFUSED_EMPTY = {"self_assessment", "review", "targets"}
"""Kinds whose template has rows that must each be filled in; of the others an empty one declares zero."""


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


@pytest.fixture(scope="session")
def office() -> Office:
    """Opens a workbook in LibreOffice and saves it."""
    return lambda path: saved_by_libreoffice(path, path.parent / "saved")


@dataclass(frozen=True)
class Form:
    """A kind's template as it was made, and as an office program saved it, to be copied by whoever changes it: untouched,
    and filled in."""

    made: Path
    saved: Path
    filled: Path
    filled_saved: Path


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, Form]:
    """The template of every kind of an empty installation."""
    folder = tmp_path_factory.mktemp("forms")
    with throwaway(sqlite_template, date(2022, 10, 8)) as settings, Loader(settings) as loader:
        paths = {kind: made(loader, folder, kind) for kind in KINDS}
        done = {kind: path.with_stem(f"{path.stem}-filled") for kind, path in paths.items()}
        for kind, path in paths.items():
            book = load_workbook(path)
            for spec in tables(KINDS[kind]):
                filled(book[spec.title], spec, loader.zone, PERIODS[KINDS[kind].frequency])
            book.save(done[kind])
    saved = all_saved_by_libreoffice([*paths.values(), *done.values()], folder / "saved")
    named = {one.name: one for one in saved}
    return {kind: Form(path, named[path.name], done[kind], named[done[kind].name]) for kind, path in paths.items()}


def filer(zone: Zone, kind: str) -> str:
    """A unit that files the kind."""
    return next(unit.code for unit in zone.units if zone.deadline(kind, unit) is not None)


def made(loader: Loader, folder: Path, kind: str, period: str = "", unit: str = "") -> Path:
    """A template, written to a file."""
    settings, zone = loader.settings, loader.zone
    asked = parse_period(period or PERIODS[KINDS[kind].frequency])
    path = folder / f"{kind}-{asked}-{unit}.xlsx"
    with reader(settings.database_url).connect() as connection:
        path.write_bytes(template(connection, zone, KINDS[kind], zone.unit_by_code[unit or filer(zone, kind)], asked))
    return path


def tables(kind: Kind) -> list[TableSpec]:
    return [spec for spec in kind.tables if spec.in_template]


def cells_of(sheet: Worksheet, spec: TableSpec) -> dict[str, int]:
    """Each column's position, found by its title in the header row."""
    titles = {str(cell.value).lstrip("*"): cell.column for cell in sheet[HEADER_ROW] if cell.value}
    return {column.key: titles[column.title] for column in spec.columns}


def typed(column: Column, text: str) -> Any:
    """What an office program has in the cell after a clerk typed the text."""
    if not text:
        return None
    if column.cells is Cells.DATE:
        return date.fromisoformat(text)
    if column.cells is Cells.MOMENT:
        return datetime.fromisoformat(text)
    if column.cells in {Cells.COUNT, Cells.QUANTITY, Cells.MONEY, Cells.MARK, Cells.SERIAL} or text.isdigit():
        return float(text)
    return text


def filled(sheet: Worksheet, spec: TableSpec, zone: Zone, period: str) -> None:
    """Fill a template's table with its own examples: what must be told of the rows that are there, else one whole row."""
    place = cells_of(sheet, spec)
    there = [
        row for row in range(FIRST_ROW, sheet.max_row + 1) if any(sheet.cell(row, at).value for at in place.values())
    ]
    needed = [column for column in spec.columns if column.required and column.key not in spec.beforehand]
    for row in there or [FIRST_ROW]:
        for column in needed if there and needed else spec.columns:
            cell = sheet.cell(row, place[column.key])
            if cell.value is None:
                cell.value = typed(column, example_of(spec, column, zone, parse_period(period)))


def as_plain_book(path: Path, kind: Kind, zone: Zone) -> Book:
    """The same cells as the simplest workbook: a header and rows, nothing else."""
    book = load_workbook(path)
    sheets = {}
    for spec in tables(kind):
        rows = [list(row) for row in book[spec.title].iter_rows(min_row=FIRST_ROW, values_only=True)]
        sheets[spec.title] = [[column.title for column in spec.columns], *(row for row in rows if any(row))]
    said = {str(key): str(value) for key, value in book["_meta"].values}
    return Book(sheets, said)


def stored(settings: Settings) -> dict[str, list[Any]]:
    """All rows of data, without the numbers of their rows on the sheet, which the same rows told column by column have within."""
    return {
        name: sorted(([*row[:at], *row[at + 1 :]] for row in rows), key=str) if at else rows
        for name, rows in all_rows(settings, but=(*LOG, told_column.name)).items()
        for at in [_BY_ROW.get(name, 0)]
    }


_BY_ROW = {
    table.name: list(table.c.keys()).index("row")
    for table in (*(part.table for kind in KINDS.values() for part in kind.stored), register_entry)
}
"""Table of rows of a sheet → which of its columns is the number of that row there."""


def said(outcome: Outcome) -> tuple[str | None, ...]:
    return outcome.status, outcome.kind, outcome.unit, outcome.period


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_and_saved_by_an_office_program_it_loads_without_options(
    kind: str, loader: Loader, forms: dict[str, Form], tmp_path: Path, sqlite_template: Path
) -> None:
    """The examples of the header comments, typed in, are accepted without any problem and mean what the same cells mean elsewhere."""
    path, period, zone = forms[kind].filled, PERIODS[KINDS[kind].frequency], loader.zone
    outcome = send(loader, forms[kind].filled_saved, tmp_path, at=JULY)
    assert (*said(outcome), outcome.problems) == ("accepted", kind, filer(zone, kind), period, ())
    assert outcome.rows > 0
    (tmp_path / "other.db").write_bytes(sqlite_template.read_bytes())
    other = Settings(
        database_url=f"sqlite:///{tmp_path / 'other.db'}", archive_dir=tmp_path / "other", today=loader.settings.today
    )
    with Loader(other) as second:
        assert send(second, as_plain_book(path, KINDS[kind], zone), tmp_path, at=JULY).status == "accepted"
    assert stored(loader.settings) == stored(other)
    reader(other.database_url).dispose()


@pytest.mark.parametrize("kind", KINDS)
def test_untouched_it_declares_zero_or_says_what_is_to_be_filled_in(
    kind: str, loader: Loader, forms: dict[str, Form], tmp_path: Path
) -> None:
    """An empty template is a declared zero; where every row must be marked, it is refused for exactly those cells."""
    before = stored(loader.settings)
    outcome = send(loader, forms[kind].saved, tmp_path, at=JULY)
    if kind in REFUSED_EMPTY:
        assert (outcome.status, {problem.code for problem in outcome.problems}) == ("rejected", {"missing_value"})
    else:
        codes = [problem.code for problem in outcome.problems]
        assert (outcome.status, outcome.rows, codes) == (
            "accepted",
            0,
            ["early_zero"] if KINDS[kind].frequency == "year" else [],
        )
    assert stored(loader.settings) == before


@pytest.mark.parametrize("kind", KINDS)
def test_what_helps_to_fill_it_in_survives_an_office_program(kind: str, loader: Loader, forms: dict[str, Form]) -> None:
    """Limits, choices, comments, formats, frozen header and print set-up of every column are still there."""
    saved, fresh = load_workbook(forms[kind].saved), load_workbook(forms[kind].made)
    for spec in tables(KINDS[kind]):
        sheet = saved[spec.title]
        limits = {
            str(area): one.type
            for one in sheet.data_validations.dataValidation
            for area in one.sqref.ranges
            if area.min_row <= FIRST_ROW <= area.max_row
        }
        for column, position in zip(spec.columns, cells_of(sheet, spec).values(), strict=True):
            header, cell = sheet.cell(HEADER_ROW, position), sheet.cell(FIRST_ROW, position)
            assert str(header.value).startswith("*") == column.required
            assert header.comment is not None
            assert header.comment.text.startswith("必填" if column.required else "选填")
            assert column.hint in header.comment.text
            kinds = {type_ for area, type_ in limits.items() if cell.coordinate in _area(area)}
            assert kinds == _expected_limit(column, loader.zone), column.title
            if column.cells in {Cells.DOCUMENT, Cells.CREDIT_CODE}:
                assert cell.number_format == "@"
            if column.cells in {Cells.DATE, Cells.MOMENT}:
                assert cell.is_date or "yy" in cell.number_format.lower()
        # LibreOffice without a window writes no views, so what is frozen is asked of the template itself.
        assert fresh[spec.title].freeze_panes == f"A{FIRST_ROW}"
        assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
        assert sheet.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert saved["_meta"].sheet_state == "hidden"


def _area(name: str) -> Any:
    from openpyxl.worksheet.cell_range import CellRange

    area = CellRange(name)
    return {f"{column}{FIRST_ROW}" for column in _letters(area.min_col, area.max_col)}


def _letters(first: int, last: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(position) for position in range(first, last + 1)]


def _expected_limit(column: Column, zone: Zone) -> set[str]:
    if choices_of(column, zone):
        return {"list"}
    types = {
        Cells.DATE: "date", Cells.MOMENT: "date", Cells.COUNT: "whole", Cells.QUANTITY: "decimal", Cells.MONEY: "decimal", Cells.MARK: "decimal", Cells.CREDIT_CODE: "textLength",
    }  # fmt: skip
    return {types[column.cells]} if column.cells in types else set()


def test_days_are_limited_to_the_period(loader: Loader, tmp_path: Path) -> None:
    """检查日期 takes days of the month only, 发生时间 days of the year, 整改期限 none before its inspection."""
    sheet = load_workbook(made(loader, tmp_path, "enforcement"))["执法检查台账"]
    limits = {str(one.sqref).partition("5:")[0]: one for one in sheet.data_validations.dataValidation}
    assert _days(limits["B"]) == (date(2022, 5, 1), date(2022, 5, 31))
    assert (limits["L"].operator, limits["L"].formula1) == ("greaterThanOrEqual", "$B5")
    year = load_workbook(made(loader, tmp_path, "accidents"))["生产安全事故台账"]
    limits = {str(one.sqref).partition("5:")[0]: one for one in year.data_validations.dataValidation}
    assert _days(limits["C"]) == (date(2022, 1, 1), date(2022, 12, 31))


def _days(limit: Any) -> tuple[date, ...]:
    zero = date(1899, 12, 30)
    return tuple(zero + timedelta(days=int(float(text))) for text in (limit.formula1, limit.formula2))


def test_a_list_too_long_for_a_cell_stands_on_a_hidden_sheet(loader: Loader, office: Office, tmp_path: Path) -> None:
    """A zone of many sectors has all of them in the dropdown, and the hidden list is no table."""
    names = {f"s{place}": f"第{place}号行业领域的很长的名称" for place in range(60)}
    loader.zone = replace(loader.zone, sectors={**loader.zone.sectors, **names})
    path = office(made(loader, tmp_path, "enforcement"))
    book = load_workbook(path)
    assert book["_lists"].sheet_state == "hidden"
    limits = [
        one
        for one in book["执法检查台账"].data_validations.dataValidation
        if one.sqref.ranges and "E5" in _area(str(one.sqref))
    ]
    name = limits[0].formula1
    assert (
        book.defined_names[name].attr_text.replace("'", "").replace("$", "")
        == f"_lists!A2:A{len(loader.zone.sectors) + 1}"
    )
    assert said(send(loader, path, tmp_path))[:2] == ("accepted", "enforcement")


def open_ledger(period: str = "2022-05") -> Book:
    """Case 1 put right and passed; case 2 looked at and rectified only partly; case 3 without hazards."""
    book = ledger(period).put({"R3": date(2022, 5, 28), "S3": "不合格"})
    del book.sheets["整改复查"]
    return book


def listed(path: Path) -> list[str]:
    """The case numbers that 整改复查 of a template holds."""
    column = load_workbook(path)["整改复查"].iter_rows(min_row=FIRST_ROW, max_col=1, values_only=True)
    return [row[0] for row in column if row[0]]


def test_open_cases_are_listed_until_they_are_closed(loader: Loader, office: Office, tmp_path: Path) -> None:
    """整改复查 holds the cases that are not rectified and passed, with a word on each; what is told there takes them off."""
    send(loader, open_ledger(), tmp_path)
    path = made(loader, tmp_path, "enforcement", "2022-06", "longtanzi")
    assert listed(path) == [number(2)]
    assert listed(made(loader, tmp_path, "enforcement", "2022-05", "longtanzi")) == []
    assert listed(made(loader, tmp_path, "enforcement", "2022-06", "shuanglu")) == []
    book = load_workbook(path)
    sheet = book["整改复查"]
    note = sheet.cell(FIRST_ROW, 1).comment
    assert note is not None
    assert "隐患 3 项，已整改 1 项" in note.text
    assert "2022-05-28 复查不合格" in note.text
    for column, value in ((2, date(2022, 6, 8)), (3, "合格"), (4, 2)):
        sheet.cell(FIRST_ROW, column, value)
    book.save(path)
    outcome = send(loader, office(path), tmp_path, at=JULY)
    assert (*said(outcome), outcome.rows, outcome.errors) == ("accepted", "enforcement", "longtanzi", "2022-06", 1, [])
    path = made(loader, tmp_path, "enforcement", "2022-07", "longtanzi")
    assert listed(path) == [number(2)], "passed, but one hazard is left"
    book = load_workbook(path)
    book["整改复查"].cell(FIRST_ROW, 4, 3)
    book.save(path)
    assert send(loader, path, tmp_path, at=JULY + timedelta(days=30)).rows == 1
    assert listed(made(loader, tmp_path, "enforcement", "2022-08", "longtanzi")) == []


def test_cases_that_are_listed_and_left_alone_do_no_harm(loader: Loader, office: Office, tmp_path: Path) -> None:
    """A template sent as it is declares zero though it lists cases: no row is stored or counted, and no case is held by it."""
    send(loader, open_ledger(), tmp_path)
    before = stored(loader.settings)
    outcome = send(loader, office(made(loader, tmp_path, "enforcement", "2022-06", "longtanzi")), tmp_path, at=JULY)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 0, ())
    assert stored(loader.settings) == before
    with reader(loader.settings.database_url).connect() as connection:
        filed = filings(connection, loader.zone, "enforcement", [Month(2022, 6)])
    assert filed["longtanzi", "2022-06"].rows == 0
    dropped = open_ledger()
    del dropped.sheets["执法检查台账"][2]
    del dropped.sheets["汇总"]
    assert send(loader, dropped, tmp_path).status == "accepted", (
        "nothing was reported of the case, so nothing refers to it"
    )


def test_a_bare_number_that_nobody_reported_is_still_refused(loader: Loader, tmp_path: Path) -> None:
    """A row with nothing but a strange number says nothing, but it is not passed over in silence."""
    outcome = send(loader, ledger().put({"整改复查!A3": "从未报过〔2022〕1号"}), tmp_path)
    assert [problem.code for problem in outcome.errors] == ["unknown_case"]


def test_a_row_of_which_only_a_note_is_told_is_kept(loader: Loader, tmp_path: Path) -> None:
    """Only rows with nothing at all are left out."""
    outcome = send(loader, ledger().put({"整改复查!A3": number(1), "整改复查!I3": "企业停产"}), tmp_path)
    assert (outcome.status, outcome.rows) == ("accepted", 5)


def test_known_enterprises_are_offered(loader: Loader, office: Office, tmp_path: Path) -> None:
    """The unit's enterprises with code and sector stand on a sheet of their own, for the dropdowns; texts stay texts."""
    sent = tmp_path / "台账.xls"
    sent.write_bytes(xls(ledger().put({"C4": "=1+1有限公司"})))
    send(loader, sent, tmp_path)
    path = office(made(loader, tmp_path, "enforcement", "2022-06", "longtanzi"))
    book = load_workbook(path)
    rows = [tuple(row) for row in book["已知企业"].iter_rows(min_row=3, values_only=True)]
    assert ("重庆宏达机械有限公司", "91502914MA3FQEFLC0", "工贸") in rows
    assert "'=1+1有限公司" in [row[0] for row in rows]
    assert not any(cell.data_type == "f" for row in book["已知企业"] for cell in row)
    limits = {str(one.sqref).partition("5:")[0]: one for one in book["执法检查台账"].data_validations.dataValidation}
    assert book.defined_names[limits["C"].formula1].attr_text.endswith("$A$3:$A$5")
    assert "MATCH" in limits["D"].formula1
    assert not limits["C"].showErrorMessage, "an enterprise that is not on the list may be typed"
    assert said(send(loader, path, tmp_path))[0] == "accepted"
    assert "已知企业" not in load_workbook(made(loader, tmp_path, "enforcement", "2022-06", "shuanglu")).sheetnames


def test_the_years_accidents_are_there_to_go_on_from(loader: Loader, office: Office, tmp_path: Path) -> None:
    """What was reported up to the month is filled in, as last told; sent on unchanged it says the same of every accident."""
    send(loader, accidents("2022-05"), tmp_path)
    corrected = accidents("2022-06").put({"H2": 3, "M2": "较大"})
    del corrected.sheets["生产安全事故台账"][2]
    send(loader, corrected, tmp_path, at=JULY)
    path = made(loader, tmp_path, "accidents", "2022-07")
    rows = list(load_workbook(path)["生产安全事故台账"].iter_rows(min_row=FIRST_ROW, values_only=True))
    assert [(row[0], row[1], row[8], row[12], row[13]) for row in rows[:3]] == [
        (1, "事1", 3, 80, None), (2, "事2", 0, None, None), (None, None, None, None, None),
    ]  # fmt: skip
    outcome = send(loader, office(path), tmp_path, at=JULY + timedelta(days=31))
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 2, ())
    last = _accidents(loader.settings)
    assert last["2022-07", "事1"] == last["2022-06", "事1"]
    assert last["2022-07", "事2"] == last["2022-05", "事2"]
    assert [row[1] for row in load_workbook(made(loader, tmp_path, "accidents", "2023-01"))["生产安全事故台账"].iter_rows(
        min_row=FIRST_ROW, max_row=FIRST_ROW, values_only=True)] == [None]  # fmt: skip


def _accidents(settings: Settings) -> dict[tuple[str, str], Any]:
    """(month, number) → all that is stored of an accident but where it stood."""
    return {(row[3], row[5]): row[4:] for row in all_rows(settings)["accident"]}


def test_the_review_shows_each_units_own_marks(loader: Loader, office: Office, tmp_path: Path) -> None:
    """Every unit's ten measures with its own marks, 评审得分 left to fill in; the extra column is no unknown one."""
    send(loader, self_assessment(mark=8.5), tmp_path, at=JULY)
    path = made(loader, tmp_path, "review")
    sheet = load_workbook(path)["十条措施评审"]
    rows = [row[:4] for row in sheet.iter_rows(min_row=FIRST_ROW, values_only=True)]
    assert len(rows) == 10 * len(loader.zone.units)
    assert rows[:10] == [("龙滩子街道办事处", name, 8.5, None) for name in NAMES]
    assert {row[2] for row in rows[10:]} == {None}
    book = load_workbook(path)
    for row in range(FIRST_ROW, FIRST_ROW + 10):
        book["十条措施评审"].cell(row, 4, 8)
    book["十条措施评审"].delete_rows(FIRST_ROW + 10, 1000)
    book.save(path)
    outcome = send(loader, office(path), tmp_path, at=JULY)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 10, ())


def test_the_command_writes_a_template(environment: Mapping[str, str], tmp_path: Path) -> None:
    """``etl template`` writes the file and names it; a unit's alias does."""
    path = tmp_path / "模板.xlsx"
    out = run(environment, "etl template", "enforcement", "--unit", "龙滩子", "--period", "2022-06", "-o", path)
    assert out.strip() == str(path)
    book = load_workbook(path)
    assert dict(book["_meta"].values) == {
        "kind": "enforcement", "unit": "longtanzi", "period": "2022-06", "template": "1",
    }  # fmt: skip
    assert book["执法检查台账"]["A2"].value == "填报单位：龙滩子街道办事处（盖章）"
    assert book.sheetnames[:2] == ["执法检查台账", "整改复查"]
    assert "汇总" not in book.sheetnames


@pytest.mark.parametrize(
    "wrong",
    [
        ("nonsense", "longtanzi", "2022-06", "a.xlsx"),
        ("enforcement", "nowhere", "2022-06", "a.xlsx"),
        ("accidents", "longtanzi", "2022-06", "a.xlsx"),
        ("enforcement", "longtanzi", "2022Q2", "a.xlsx"),
        ("enforcement", "longtanzi", "2022-13", "a.xlsx"),
        ("enforcement", "longtanzi", "2022-06", "a.xls"),
    ],
)
def test_wrong_usage_is_told_and_writes_nothing(
    wrong: tuple[str, str, str, str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    """An unknown kind or unit, one that does not file the kind, another frequency, a name that no office program opens: 2."""
    kind, unit, period, name = wrong
    path = tmp_path / name
    run(environment, "etl template", kind, "--unit", unit, "--period", period, "-o", path, code=2)
    assert not path.exists()


def test_an_environment_at_fault_is_told(environment: Mapping[str, str], tmp_path: Path) -> None:
    """A folder that is not there, and a database that is not: 3."""
    asked = ("enforcement", "--unit", "longtanzi", "--period", "2022-06", "-o")
    run(environment, "etl template", *asked, tmp_path / "nowhere" / "a.xlsx", code=3)
    empty = {**environment, "SUPERVISION_DATABASE_URL": f"sqlite:///{tmp_path / 'empty.db'}"}
    end(start(empty, "etl template", *asked, tmp_path / "a.xlsx"), 3)


def test_every_column_says_how_to_fill_it_in() -> None:
    """No column of a template is without a hint, no table without a word on what it is for."""
    for kind in KINDS.values():
        for spec in tables(kind):
            assert spec.hint, (kind.code, spec.key)
            assert not [column.title for column in spec.columns if not column.hint], (kind.code, spec.key)
            assert set(spec.beforehand) <= {column.key for column in spec.columns}
