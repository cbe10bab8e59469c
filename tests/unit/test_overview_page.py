"""The overview's own decisions: which periods may be called missing, which day it stands at, what a score's colour is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboards.components import heat
from dashboards.pages.monthly_ranking import query
from dashboards.pages.overview import matters, message
from dashboards.pages.submissions import message as submissions_message
from dashboards.results import overview
from dashboards.results.overview import MissingReports
from dashboards.results.submissions import Submissions
from data.intake.filing import DueReport, Filing, Status
from data.zone.periods import Calendar, Month, Period, Quarter, Year
from data.zone.schemes import Grades
from data.zone.zone import Deadline, Unit

GRADES = Grades(excellent=Decimal(90), good=Decimal(80), passed=Decimal(60))
FILED = Filing(datetime(2022, 1, 1, tzinfo=UTC), False, 1, 1, datetime(2022, 1, 1, tzinfo=UTC), 3, "a.xlsx")


def unit(code: str) -> Unit:
    return Unit(code, f"{code}人民政府", code, "town", True, False, True, None, None)


def report(code: str, status: Status, kind: str = "enforcement", day: date = date(2022, 10, 5)) -> DueReport:
    filed = FILED if status in {"on_time", "late"} else None
    return DueReport(unit(code), kind, day, status, filed, 7 if status == "rejected" else None)


def filed(period: Period, *reports: DueReport) -> Submissions:
    zone: Any = SimpleNamespace()
    return Submissions(zone, period, date(2022, 10, 8), reports)


@pytest.mark.parametrize(
    ("month", "quarters"),
    [
        (Month(2022, 9), [Quarter(2022, 1), Quarter(2022, 2), Quarter(2022, 3)]),
        (Month(2022, 8), [Quarter(2022, 1), Quarter(2022, 2)]),
        (Month(2022, 2), [Quarter(2021, 4)]),
    ],
)
def test_quarters_are_those_that_were_over_with_the_month(month: Month, quarters: list[Quarter]) -> None:
    """A quarter is looked at once its last month is; early in a year it is the last one of the year before."""
    assert overview._quarters(month) == quarters


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (Month(2022, 9), date(2022, 10, 8)),
        (Month(2022, 10), date(2022, 10, 8)),
        (Month(2022, 8), date(2022, 8, 31)),
        (Month(2021, 12), date(2021, 12, 31)),
    ],
)
def test_latest_month_stands_at_today_and_past_ones_at_their_end(month: Month, day: date) -> None:
    """On 8 October the September page counts deaths up to today; August, whose successor is due, up to 31 August."""
    calendar = Calendar(ZoneInfo("Asia/Shanghai"))
    deadline = Deadline("enforcement", "all", "month", "always", None, 5)
    zone: Any = SimpleNamespace(calendar=calendar, due_day=lambda _kind, period: deadline.day(period))
    assert overview.stands_at(zone, month, date(2022, 10, 8)) == day


def test_nobody_is_missing_before_the_record_begins() -> None:
    """Months before the first ledger of anybody are no debts; after it an empty month is one."""
    months = [filed(Month(2022, n), report("甲", status)) for n, status in enumerate(("missing", "late", "missing"), 1)]
    kept = overview._on_record(months, Month(2022, 3))
    assert [one.period for one in kept] == [Month(2022, 2), Month(2022, 3)]


def test_an_empty_installation_owes_its_own_month_and_nothing_older() -> None:
    """Where nobody ever filed, the month that is looked at is owed, and its year; not the quarter of a year before."""
    every = [
        filed(Year(2022), report("甲", "missing", "targets")),
        filed(Quarter(2021, 4), report("甲", "missing", "self_assessment")),
        filed(Month(2022, 1), report("甲", "missing")),
        filed(Month(2022, 2), report("甲", "missing")),
    ]
    kept = overview._on_record(every, Month(2022, 2))
    assert [one.period for one in kept] == [Year(2022), Month(2022, 2)]


def test_missing_and_refused_are_told_apart() -> None:
    """One line a kind for who filed nothing, one a refused workbook."""
    reports = [report("甲", "missing"), report("乙", "rejected"), report("丙", "on_time"), report("丁", "awaited")]
    found = list(overview._not_filed(filed(Month(2022, 9), *reports)))
    assert [type(one).__name__ for one in found] == ["RefusedWorkbook", "MissingReports"]
    missing = found[1]
    assert isinstance(missing, MissingReports)
    assert (missing.units, missing.kind, missing.due) == ((unit("甲"),), "enforcement", 4)


def test_a_missing_report_is_a_sentence_with_names_and_a_link() -> None:
    """The line names period, kind, units and deadline, and leads to the period's submissions."""
    one = MissingReports(Month(2022, 9), "enforcement", date(2022, 10, 5), (unit("甲"), unit("乙")), 15)
    line = matters._missing(one)
    assert line.sentence == "2022年9月执法检查台账：甲、乙未报（期限10月5日）。"
    assert line.href == "/submissions?period=2022-09"


def test_many_names_are_cut_and_all_are_called_all() -> None:
    """Up to six names are told, of more the first six and how many there are; all units are called all."""
    seven = [unit(name) for name in "甲乙丙丁戊己庚"]
    assert message.names(seven[:6]) == "甲、乙、丙、丁、戊、己"
    assert message.whom(seven, due=15) == "甲、乙、丙、丁、戊、己等7家"
    assert message.whom(seven, due=7) == "全部7家"
    assert message.whom(seven[:1], due=1) == "甲"


@pytest.mark.parametrize(
    ("score", "level"),
    [("100", "excellent"), ("90.00", "excellent"), ("89.99", "good"), ("60", "passed"), ("59.99", "failed"), ("0", "failed")],
)  # fmt: skip
def test_colour_of_a_score_is_its_grade(score: str, level: str) -> None:
    """The bounds are the scheme's, and each belongs to the better side."""
    assert heat.level(Decimal(score), GRADES) == level


@pytest.mark.parametrize(
    ("written", "compared"),
    [(2019, 2019), (1900, 1900), (2021, None), (2022, None), (2023, None), (1899, None), (0, None), (None, None)],
)
def test_year_of_comparison_is_an_earlier_one_or_none(written: int | None, compared: int | None) -> None:
    """Last year needs no saying; the month's own year, later ones and nonsense are not taken."""
    assert query._earlier_year(written, Month(2022, 9)) == compared


def test_link_of_the_ranking_keeps_the_year_of_comparison() -> None:
    """Every link of the page carries the year, and a link to another year replaces it."""
    now = query.RankingQuery(Month(2022, 9), "town", "youting", "inspections", 0, 2019)
    assert "compare=2019" in now.link(group="centre")
    assert "compare=2020" in now.link(compare=2020)
    assert "compare" not in now.link(compare=None)


def test_kinds_of_differing_deadlines_each_name_their_day() -> None:
    """A quarter's self-assessments and review are due on different days: the message names both."""
    reports = [
        report("应急局", "awaited", "review", date(2022, 10, 15)),
        report("甲", "on_time", "self_assessment"),
        report("乙", "missing", "self_assessment"),
    ]
    said = submissions_message.main_message(filed(Quarter(2022, 3), *reports))
    assert said == (
        "2022年第3季度（十条措施自评截止2022年10月5日、十条措施评审截止2022年10月15日）：应报3份，按时1、未报1、待报1。"
    )
