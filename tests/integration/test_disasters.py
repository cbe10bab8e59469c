"""灾害与预警台账: what it refuses, how moments are read, and a template that lists the warnings that nobody fed back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.rollup.in_force import submissions_in_force
from data.schema.disasters import disaster as table
from data.schema.intake import row_difference
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from etl.template import template
from etl.template.sheets import FIRST_ROW, HEADER_ROW
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import places, send
from tests.integration.papers import disaster, disasters

SHEET = "灾害与预警台账"
JULY = datetime.fromisoformat("2022-07-03T10:00:00+08:00")


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


@pytest.mark.parametrize(
    ("changes", "found", "words"),
    [
        ({"B2": "2022-06-01 00:00"}, {"B2": "out_of_period"}, ("2022-06-01", "2022-05-31")),
        ({"E3": "2022-06-01 08:00", "B3": None}, {"E3": "out_of_period"}, ("2022-06-01", "2022-05-31")),
        ({"E3": "2022-05-12 14:01"}, {"E3": "inconsistent"}, ("预警时间", "晚于", "发生时间")),
        ({"E2": None}, {"E2": "inconsistent"}, ("叫应时间", "预警时间")),
        ({"F2": None}, {"F2": "inconsistent"}, ("应答时间", "叫应时间")),
        ({"F2": None, "G2": "/"}, {"F2": "inconsistent", "G2": "inconsistent"}, ("反馈时间", "叫应时间")),
        ({"F2": "2022-05-09 22:29:59"}, {"F2": "inconsistent"}, ("叫应时间", "早于", "预警时间")),
        ({"H2": "5月9日 23:04"}, {"H2": "inconsistent"}, ("反馈时间", "早于", "应答时间")),
        ({"H2": "2022-06-05 00:10"}, {"H2": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ({"B3": None, "E3": "—"}, {"B3": "missing_value"}, ("发生时间", "预警时间")),
        ({"B3": "待核"}, {"B3": "bad_date"}, ("待核",)),
        ({"G2": "2022-05-09 25:10"}, {"G2": "bad_date"}, ("24小时制",)),
        ({"G2": "5月9日晚上12点"}, {"G2": "bad_date"}, ("24小时制",)),
        ({"G2": "2022年5月9日"}, {"G2": "bad_date"}, ("应答时间", "叫应时间", "几时几分")),
        ({"O2": 41, "N2": 40}, {"O2": "inconsistent"}, ("41", "40")),
        ({"O3": 5}, {"N3": "inconsistent"}, ("需救助人数",)),
        ({"I2": "停、抢"}, {"I2": "bad_choice"}, ("禁、停、撤、疏",)),
        ({"M2": "待定"}, {"M2": "bad_choice"}, ()),
        ({"D2": "某某县"}, {"D2": "bad_choice"}, ()),
        ({"J2": 1.5}, {"J2": "bad_number"}, ()),
        ({"A3": "灾 1"}, {"A3": "duplicate_key"}, ("A2",)),
        ({"A2": "待出"}, {"A2": "bad_document_number"}, ("待出",)),
    ],
)  # fmt: skip
def test_ledger_that_contradicts_itself_is_refused(
    desk: Desk, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """One wrong cell is told at its place, in words that say what to do, and nothing else."""
    problems = desk.check(disasters().put(changes)).problems
    assert places(problems, SHEET) == found
    assert all(word in sentence(problems[0]) for word in words), sentence(problems[0])


def test_before_the_month_is_over_nothing_to_come_is_told_of(desk: Desk) -> None:
    """A ledger sent on the 11th tells of no disaster and no warning of the 12th."""
    problems = desk.check(disasters(), at=datetime.fromisoformat("2022-05-11T10:00:00+08:00")).problems
    assert places(problems, SHEET) == {"B3": "out_of_period", "E3": "out_of_period"}
    assert "2022-05-11" in sentence(problems[0])


def test_column_of_a_step_that_rows_need_is_told_once(desk: Desk) -> None:
    """Without 叫应时间 there is one line, at the answers that need it; without 发生时间 and a warning one at the numbers."""
    for title, at, found in (("叫应时间", 5, {"F2": "inconsistent"}), ("发生时间", 1, {"A3": "missing_value"})):
        book = disasters().put({"E3": None})
        for row in book.sheets[SHEET]:
            del row[at]
        (problem,) = desk.check(book).problems
        assert (places([problem], SHEET), problem.column) == (found, title)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2022年5月9日22时35分许", "22:35"), ("5月9日下午10点35分", "22:35"), ("2022.5.9 22:35", "22:35"), ("５月９日 晚１０点半", "22:30"),
        ("二〇二二年五月九日二十二时四十分", "22:40"), ("2022-05-09T14:35:00Z", "22:35"), ("2022/5/9 10:35 PM", "22:35"),
        (datetime.fromisoformat("2022-05-09T22:34:59.999700"), "22:35"), (44690.941, "22:35:02"), ("44690.941", "22:35:02"),
    ],
)  # fmt: skip
def test_moments_in_all_their_writings(desk: Desk, written: Any, kept: str) -> None:
    """A day in any writing of a day, with its time behind it: by the zone's clocks, to the second."""
    rows = to_be_stored(desk.accepted(disasters().put({"F2": written})))[table.name]
    hours = f"{kept}:00" if kept.count(":") == 1 else kept
    assert rows[0]["called_at"] == datetime.fromisoformat(f"2022-05-09T{hours}+08:00")


def test_moment_without_a_time_counts_from_its_days_beginning(desk: Desk) -> None:
    """It is held against others by the day: what was warned of at ten may have happened, and been fed back, on that day."""
    changes = {
        "B3": date(2022, 5, 12),
        "H2": "5月9日",
        "E2": "5月9日",
        "G2": "5月10日",
        "B2": "5月10日",
        "F2": "5月9日",
    }
    rows = to_be_stored(desk.accepted(disasters().put({**changes, "H2": "5月10日"})))[table.name]
    assert rows[1]["happened_at"] == datetime.fromisoformat("2022-05-12T00:00:00+08:00")
    assert [str(rows[0][key]) for key in ("called_at", "answered_at", "fed_back_at")] == [
        f"2022-05-{day} 00:00:00+08:00" for day in ("09", "10", "10")
    ]
    assert places(desk.check(disasters().put({**changes, "F2": "5月10日 00:01"})).problems, SHEET) == {
        "G2": "bad_date", "H2": "inconsistent",
    }  # fmt: skip


def test_steps_of_the_turn_of_the_year_and_what_is_left_out(desk: Desk) -> None:
    """Steps without a year follow the warning into January; measures stand in one order, blanks are none and no."""
    row = disaster(
        "灾1",
        None,
        "12月31日 23:50",
        叫应时间="12月31日 23:59",
        应答时间="1月1日 00:20",
        熔断措施="疏，禁 停",
        责任事件="/",
    )
    book = disasters(
        "2022-12", "longtanzi", row, disaster("灾2", "12月3日", 熔断措施="撤停", 需救助人数="12人", 已保障人数="无")
    )
    first, second = to_be_stored(desk.accepted(book, at=datetime.fromisoformat("2023-01-03T10:00:00+08:00")))[
        table.name
    ]
    assert str(first["answered_at"]) == "2023-01-01 00:20:00+08:00"
    assert (first["measures"], second["measures"], first["responsible"]) == ("禁、停、疏", "停、撤", False)
    assert [second[key] for key in ("moved", "dead", "in_need", "helped")] == [0, 0, 12, 0]


def test_correction_names_what_changed_by_the_zones_clocks(loader: Loader, tmp_path: Path) -> None:
    """A second version's changed answer is told with both times, to the minute."""
    assert send(loader, disasters(), tmp_path).status == "accepted"
    assert send(loader, disasters().put({"G2": "2022-05-09 23:20"}), tmp_path).version == 2
    with reader(loader.settings.database_url).connect() as connection:
        (told,) = connection.execute(row_difference.select().where(row_difference.c.change == "changed")).all()
    assert (told.before, told.after) == ({"应答时间": "2022-05-09 23:05"}, {"应答时间": "2022-05-09 23:20"})


def test_template_lists_warnings_that_were_not_fed_back(loader: Loader, tmp_path: Path) -> None:
    """Whole, as told last, until they are: the clerk adds the steps that were taken since. Of the month itself it lists all that was told."""
    assert send(loader, disasters(), tmp_path).status == "accepted"
    assert _listed(loader, "2022-05", tmp_path) == ["灾1", "灾2"]
    assert send(loader, tmp_path / "template.xlsx", tmp_path, at=JULY).rows == 2
    assert _listed(loader, "2022-06", tmp_path) == ["灾2"]
    book = load_workbook(tmp_path / "template.xlsx")
    sheet = book[SHEET]
    place = {str(cell.value).lstrip("*"): cell.column for cell in sheet[HEADER_ROW]}
    assert sheet.cell(FIRST_ROW, place["预警时间"]).value == datetime.fromisoformat("2022-05-12T10:00:00")
    for title, at in (("叫应时间", "10:05"), ("应答时间", "10:30"), ("反馈时间", "18:00")):
        sheet.cell(FIRST_ROW, place[title], datetime.fromisoformat(f"2022-05-12T{at}:00"))
    book.save(tmp_path / "filled.xlsx")
    outcome = send(loader, tmp_path / "filled.xlsx", tmp_path, at=JULY)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 1, ())
    assert _listed(loader, "2022-07", tmp_path) == []
    with reader(loader.settings.database_url).connect() as connection:
        june = submissions_in_force(connection, loader.zone.code, "disasters", first="2022-06")
        kept = [row for row in connection.execute(table.select()) if row.submission in june]
    assert [(row.number, row.dead, str(row.fed_back_at)) for row in kept] == [("灾2", 1, "2022-05-12 10:00:00+00:00")]


def _listed(loader: Loader, month: str, folder: Path) -> list[str]:
    """The numbers that a template holds."""
    with reader(loader.settings.database_url).connect() as connection:
        of = loader.zone.unit_by_code["longtanzi"]
        made = template(connection, loader.zone, KINDS["disasters"], of, Month.parse(month))
    (folder / "template.xlsx").write_bytes(made)
    sheet = load_workbook(folder / "template.xlsx")[SHEET]
    place = next(cell.column for cell in sheet[HEADER_ROW] if str(cell.value) == "*编号")
    return [
        str(cell.value) for (cell,) in sheet.iter_rows(min_row=FIRST_ROW, min_col=place, max_col=place) if cell.value
    ]
