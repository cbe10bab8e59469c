"""督查台账 and 举报与失信惩戒: what they refuse, what they take, and templates that list what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data.intake.inbox import Choice
from data.schema.supervision import supervision_finding
from data.schema.tipoffs import tipoff
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.table.messages import sentence
from etl.template import template
from etl.template.sheets import FIRST_ROW
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import Book, places, send
from tests.integration.papers import supervision, tipoffs

FINDINGS, CASES = "督查台账", "举报与失信惩戒"
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
PAPERS = {"supervision": (supervision, FINDINGS), "tipoffs": (tipoffs, CASES)}


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation; they come in on 4 June."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


@pytest.mark.parametrize(
    ("kind", "changes", "found", "words"),
    [
        ("supervision", {"G2": "2022-05-05"}, {"G2": "inconsistent"}, ("回复日期", "2022-05-05", "2022-05-06")),
        ("supervision", {"I2": "2022-05-05"}, {"I2": "inconsistent"}, ("销号日期", "2022-05-05", "2022-05-06")),
        ("supervision", {"G3": "2022-06-05"}, {"G3": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ("supervision", {"I3": "2022-06-05"}, {"I3": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ("supervision", {"B3": "2022-06-01"}, {"B3": "out_of_period"}, ("2022-06-01", "2022-05-31")),
        ("supervision", {"B3": "2022-06-01", "G3": "2022-05-31"}, {"B3": "out_of_period"}, ()),
        ("supervision", {"A3": "督[2022]1 号"}, {"A3": "duplicate_key"}, ("A2",)),
        ("supervision", {"A3": "待出"}, {"A3": "bad_document_number"}, ("待出",)),
        ("supervision", {"A3": "督〔2022〕1号、2号"}, {"A3": "bad_document_number"}, ()),
        ("supervision", {"D2": "某办"}, {"D2": "bad_choice"}, ("某办",)),
        ("supervision", {"C2": "约谈"}, {"C2": "bad_choice"}, ("约谈", "交叉督查")),
        ("tipoffs", {"G2": None}, {"G2": "inconsistent"}, ("发放日期", "2022-05-25", "奖励金额")),
        ("tipoffs", {"H2": "2022-05-03"}, {"H2": "inconsistent"}, ("2022-05-03", "2022-05-04")),
        ("tipoffs", {"I2": "2022-05-03"}, {"I2": "inconsistent"}, ("2022-05-03", "2022-05-04")),
        ("tipoffs", {"H2": "2022-06-05"}, {"H2": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ("tipoffs", {"I3": "2022-06-05"}, {"I3": "inconsistent"}, ("2022-06-05", "2022-06-04")),
        ("tipoffs", {"B3": "2022-06-01"}, {"B3": "out_of_period"}, ("2022-06-01",)),
        ("tipoffs", {"A3": "举１"}, {"A3": "duplicate_key"}, ("A2",)),
        ("tipoffs", {"A3": 1.2345678901234567e16}, {"A3": "bad_document_number"}, ()),
        ("tipoffs", {"A3": date(2022, 5, 3)}, {"A3": "bad_document_number"}, ()),
        ("tipoffs", {"G2": -5}, {"G2": "bad_number"}, ()),
        ("tipoffs", {"G2": 10_000_000_001}, {"G2": "bad_number"}, ()),
        ("tipoffs", {"E2": "渔业"}, {"E2": "bad_choice"}, ("渔业",)),
    ],
)  # fmt: skip
def test_ledger_that_contradicts_itself_is_refused(
    desk: Desk, kind: str, changes: dict[str, Any], found: dict[str, str], words: tuple[str, ...]
) -> None:
    """One wrong cell is told at its place, and nothing else; without a column that a row needs, once."""
    book, sheet = PAPERS[kind]
    problems = desk.check(book().put(changes)).problems
    assert places(problems, sheet) == found
    assert all(word in sentence(problems[0]) for word in words)


def test_rows_as_offices_write_them(desk: Desk) -> None:
    """Earlier days, days of the next month up to the receipt, other words for choices; an empty flag is no."""
    book = supervision().put(
        {"B2": "2021-12-20", "C2": "四不两直", "C3": "督办", "G2": "6月4日", "H3": None, "D3": "经济发展局"}
    )
    rows = to_be_stored(desk.accepted(book))[supervision_finding.name]
    assert [(row["ordered_on"], row["method"], row["supervised"], row["exposed"]) for row in rows] == [
        (date(2021, 12, 20), "明查暗访", "longtanzi", True), (date(2022, 4, 28), "督办交办", "economy", False),
    ]  # fmt: skip
    assert [row["answered_on"] for row in rows] == [date(2022, 6, 4), None]
    told = tipoffs().put(
        {"B3": "2021-11-25", "C2": "有奖举报", "C3": "打非治违", "F2": "属实", "F3": "×", "G2": "0.05万元"}
    )
    problems = desk.check(told).problems
    assert places(problems, CASES) == {"F2": "bad_choice"}
    rows = to_be_stored(desk.accepted(told.put({"F2": "√"})))[tipoff.name]
    assert [(row["type"], row["substantiated"], row["reward_yuan"]) for row in rows] == [
        ("举报", True, Decimal(500)), ("打非", False, None),
    ]  # fmt: skip


def test_a_day_without_a_year_never_lies_before_its_beginning(desk: Desk) -> None:
    """Of December: a deadline, an answer, a payment of 5 January are the next year's."""
    at = datetime.fromisoformat("2023-01-06T10:00:00+08:00")
    book = supervision("2022-12").put({"B3": "12月20日", "F3": "1月5日", "G3": "1月4日", "I3": "1月6日"})
    (row,) = to_be_stored(desk.accepted(book, at=at))[supervision_finding.name][1:]
    assert [row[one] for one in ("due_on", "answered_on", "closed_on")] == [date(2023, 1, day) for day in (5, 4, 6)]
    told = tipoffs("2022-12").put({"B2": "12月20日", "H2": "1月5日", "I2": "1月4日"})
    (case,) = to_be_stored(desk.accepted(told, at=at))[tipoff.name][:1]
    assert (case["paid_on"], case["closed_on"]) == (date(2023, 1, 5), date(2023, 1, 4))


def test_findings_are_filed_by_the_office_alone(loader: Loader, tmp_path: Path) -> None:
    """From any other unit the ledger is not allowed; that of tip-offs every unit files."""
    book = supervision()
    book.meta["unit"] = "longtanzi"
    assert [one.code for one in send(loader, book, tmp_path).problems] == ["not_allowed"]
    told = [
        send(loader, tipoffs("2022-05", unit), tmp_path).status
        for unit in ("fire", "youting", "recycling", "emergency")
    ]
    assert told == ["accepted"] * 4


def test_templates_list_what_is_open(loader: Loader, tmp_path: Path) -> None:
    """Findings that are not answered or not crossed off; cases that are not closed or not paid: whole, as told last.

    Sent as it is it tells the same again. What the month's own ledger told stays in its template, settled or not.
    """
    for book in (supervision(), tipoffs()):
        assert send(loader, book, tmp_path).status == "accepted"
    assert _listed(loader, "supervision", "emergency", "2022-05") == ["督〔2022〕2号", "督〔2022〕1号"]
    assert _listed(loader, "supervision", "emergency", "2022-06") == ["督〔2022〕2号"]
    assert _listed(loader, "tipoffs", "longtanzi", "2022-06") == ["案2"]
    assert _listed(loader, "tipoffs", "shuanglu", "2022-06") == []
    news = tipoffs(
        "2022-06", "longtanzi", ["案2", "2022-05-09", "打非", "甲厂", "工贸", "是", 800, None, "2022-06-20", "罚款"]
    )
    assert send(loader, news, tmp_path, at=JULY).status == "accepted"
    sheet = load_workbook(_template(loader, "tipoffs", "longtanzi", "2022-07"))[CASES]
    (row,) = sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW, min_col=2, max_col=11, values_only=True)
    assert [one.date() if isinstance(one, datetime) else one for one in row] == [
        "案2", date(2022, 5, 9), "打非", "甲厂", "工贸", "是", 800, None, date(2022, 6, 20), "罚款",
    ]  # fmt: skip
    for kind, unit in (("tipoffs", "longtanzi"), ("supervision", "emergency")):
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(_template(loader, kind, unit, "2022-07").getvalue())
        outcome = send(loader, path, tmp_path, at=datetime.fromisoformat("2022-08-03T10:00:00+08:00"))
        assert (kind, outcome.status, outcome.rows, outcome.problems) == (kind, "accepted", 1, ())


def _template(loader: Loader, kind: str, unit: str, month: str) -> BytesIO:
    with reader(loader.settings.database_url).connect() as connection:
        of = loader.zone.unit_by_code[unit]
        return BytesIO(template(connection, loader.zone, KINDS[kind], of, Month.parse(month)))


def _listed(loader: Loader, kind: str, unit: str, month: str) -> list[str]:
    """The numbers that a template holds."""
    sheet = load_workbook(_template(loader, kind, unit, month))[PAPERS[kind][1]]
    rows = sheet.iter_rows(min_row=FIRST_ROW, min_col=2, max_col=2, values_only=True)
    return [str(value) for (value,) in rows if value]


def test_kind_is_told_by_the_header_alone(desk: Desk) -> None:
    """Under a sheet's name that says nothing, and without labels but unit and period."""
    for kind, (book, sheet) in PAPERS.items():
        clean = book()
        rows = clean.sheets[sheet]
        known = Choice(None, clean.meta["unit"], clean.meta["period"])
        checkup = desk.accepted(Book({"Sheet1": rows}), choice=known)
        assert (checkup.kind and checkup.kind.code, checkup.rows) == (kind, 2)
