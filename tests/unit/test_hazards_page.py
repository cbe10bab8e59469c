"""Hazards, what the page itself works out: its sentences, its months, states and ages, and what a history says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
import pytest

from dashboards.components.part_standings import PartLine
from dashboards.method import hazard_history
from dashboards.method import hazards as method
from dashboards.method.hazard_history import HazardChange, HazardTelling
from dashboards.method.hazards import BurnDownPoint, Hazard
from dashboards.pages.hazards import figures, message, standings
from dashboards.pages.hazards.query import HazardsSeen
from dashboards.results import hazard_list
from dashboards.results.hazards import BurnDown
from data.language import speaking
from data.zone.periods import Calendar, Month

T = date(2022, 6, 15)
DAY = timedelta(days=1)
UNITS = [
    SimpleNamespace(code=code, short_name=name, confirmed=True)
    for code, name in (("a", "甲镇"), ("b", "乙镇"), ("c", "丙镇"))
]
ZONE = SimpleNamespace(units=UNITS, unit_by_code={one.code: one for one in UNITS}, sectors={"gas": "城镇燃气"}, calendar=Calendar(ZoneInfo("Asia/Shanghai")))  # fmt: skip


def hazard(
    unit: str = "a", *, due: date = T + DAY, off: date | None = None, major: bool = False, level: str | None = None
) -> Hazard:
    """A hazard found on 1 May."""
    return Hazard(unit, "1", 2, date(2022, 5, 1), due, off, major, "gas", level, None, 1)


def ends(*left: int) -> list[BurnDownPoint]:
    """So many were open at the ends of February, March, April and May."""
    return [BurnDownPoint(Month(2022, 2 + at), 100, 100 - number) for at, number in enumerate(left)]


def seen(found: list[Hazard], left: tuple[int, ...] = (9, 7, 5, 3), *, grade: str = "all", **more: Any) -> HazardsSeen:
    """As much of what an address shows as the sentences read."""
    columns = method.columns_of(found)
    stand = method.standings(columns, T, date(2022, 1, 1))
    whole, points = method.graded(stand), ends(*left)
    graded = whole.major if grade == "major" else whole.all
    burn = BurnDown(
        tuple(points),
        BurnDownPoint(Month(2021, 12), 0, 0),
        points[0],
        points[-1],
        method.months_to_zero(graded.open, points),
    )
    none = {one.code: method.NONE for one in UNITS}
    usual = {
        "zone": ZONE, "asked": SimpleNamespace(as_of=T, month=Month(2022, 6)), "own_unit": None, "latest": Month(2022, 5), "whole": whole,
        "units": none | method.by_part(stand, columns.unit), "levels": method.by_part(stand, columns.level),
        "sectors": {}, "burn_down": burn, "burn_down_of_major": burn, "found": tuple(found), **more,
    }  # fmt: skip
    asked = SimpleNamespace(grade=grade, level=None)
    return HazardsSeen(cast("Any", asked), cast("Any", SimpleNamespace(**usual)), T)


LATE = hazard("b", due=T - 9 * DAY)


@pytest.mark.parametrize(
    ("found", "grade", "parts", "without"),
    [
        ([LATE, hazard(), hazard(off=T)], "all",
         ("在册隐患3处，已销号1处（33.3%），未销号2处。其中逾期1处，最久的已逾期9天。", "逾期最多的是乙镇（1处）。"), ("重大",)),
        ([LATE, hazard("a", due=T - DAY, major=True)], "all", ("逾期最多的是甲镇、乙镇（各1处）。", "重大隐患未销号1处，逾期1处。"), ()),
        ([LATE, hazard("a", due=T - DAY, major=True)], "major", ("在册重大隐患1处", "最久的已逾期1天", "逾期最多的是甲镇"), ("乙镇",)),
        ([hazard(one, due=T - DAY) for one in "abc"], "all", ("其中逾期3处",), ("逾期最多",)),
        ([hazard(due=T), hazard(off=T)], "all", ("没有逾期的。",), ("最久", "逾期最多")),
        ([hazard(off=T), hazard(off=T, major=True)], "all", ("2处在册隐患已全部销号。", "1处重大隐患已全部销号。"), ("逾期",)),
        ([hazard()], "major", ("没有在册重大隐患。",), ("逾期",)),
    ],
)  # fmt: skip
def test_message_says_what_is_open_and_overdue(
    found: list[Hazard], grade: str, parts: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """Counts before shares; a unit is named only where it has more overdue than others; of major hazards theirs alone."""
    with speaking("zh_CN"):
        told = message.main_message(seen(found, grade=grade))
    assert told.startswith("截至2022年6月15日：")
    assert [part for part in parts if part not in told] == []
    assert [part for part in without if part in told] == []


def test_unit_reads_of_itself_and_why_there_is_nothing() -> None:
    """Its name stands before, and nobody is set against others; no ledger is no zone without hazards; old ones are said to be old."""
    own = SimpleNamespace(name="乙镇人民政府")
    with speaking("zh_CN"):
        told = message.main_message(seen([LATE], own_unit=own))
        assert told.startswith("乙镇人民政府截至2022年6月15日：")
        assert "逾期最多" not in told
        assert "尚未报送" in message.nothing_known(seen([], latest=None).report)
        assert "没有此日以前发现" in message.nothing_known(seen([]).report)
        assert "2022年4月" in message.ledgers_said(seen([LATE], latest=Month(2022, 4)).report)
        assert message.ledgers_said(seen([LATE]).report) == ""


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ((9, 7, 5, 3), "从2022年2月末到2022年5月末，未销号由9处降至3处。照此速度，现有1处约0.5个月后清零。"),
        ((3, 5, 7, 9), "由3处增至9处。照此无法清零。"),
        ((4, 9, 9, 4), "未销号数相同，均为4处。照此无法清零。"),
    ],
)
def test_when_none_will_be_open_is_said_in_words(left: tuple[int, ...], said: str) -> None:
    """From the fall over three whole months; where they did not fall that it cannot be."""
    with speaking("zh_CN"):
        assert said in figures.answer(seen([LATE], left))
        assert figures.answer(seen([hazard(off=T)], left)) == "没有未销号的隐患。"


def test_months_begin_after_the_year_before_and_end_with_the_day() -> None:
    """What came in each month is the difference of two ends; the month that runs is there as far as it has come."""
    points = tuple(BurnDownPoint(Month(2022, month), 10 + month, month) for month in range(1, 6))
    burn = BurnDown(points, BurnDownPoint(Month(2021, 12), 10, 0), points[1], points[4], None)
    one = seen([LATE, hazard(), *[hazard(off=T) for _ in range(14)]], burn_down=burn)
    shown = figures.months(one)
    assert [(each.day, each.found, each.crossed_off, each.open) for each in shown[:2]] == [
        (date(2022, 1, 31), 1, 1, 10), (date(2022, 2, 28), 1, 1, 10),
    ]  # fmt: skip
    assert shown[-1] == (T, 1, 9, 2)
    with speaking("zh_CN"):
        drawn = figures.burn_down(one)
        go.Figure(drawn.to_plotly_json())
        assert drawn.data[2].customdata[-1] == {"day": "2022-06-15"}
        zero = BurnDownPoint(Month(2021, 12), 0, 0)
        assert not figures.burn_down(seen([], burn_down=BurnDown((), zero, zero, zero, None))).data


def test_standing_begins_with_who_has_most_overdue() -> None:
    """Then where most is open; who has none is in the sentence beneath."""
    one = seen([hazard("c"), hazard("c"), LATE, hazard("c", off=T)])
    with speaking("zh_CN"):
        assert [(line.code, line.left) for line in standings.lines(one, "unit")] == [("b", 1), ("c", 2)]
        assert standings.without_any(one) == "没有在册隐患的单位：甲镇。"
        assert [line.name for line in standings.lines(one, "level")] == ["未填责任层级"]
    assert all(isinstance(line, PartLine) for line in standings.lines(one, "unit"))


@pytest.mark.parametrize(
    ("due", "off", "state", "late"),
    [
        (T, None, "within", None), (T - DAY, None, "overdue", 1), (T - DAY, T + DAY, "overdue", 1),
        (T - DAY, T, "late", None), (T, T, "in_time", None), (T + DAY, T, "in_time", None),
    ],
)  # fmt: skip
def test_state_is_that_of_the_figures(due: date, off: date | None, state: str, late: int | None) -> None:
    """On its last day nothing is overdue; what is crossed off after the day is open on it: as the figures count."""
    one = hazard(due=due, off=off)
    columns = method.columns_of([one])
    counted = method.graded(method.standings(columns, T, date(2022, 1, 1))).all
    assert method.state(one, T) == method.HAZARD_STATES[method.states(columns, T)[0]] == state
    assert (counted.overdue, counted.open) == (state == "overdue", state in {"overdue", "within"})
    assert hazard_list.days_overdue(one, T) == late
    assert counted.longest_overdue == (late or 0)
    band = hazard_list.BANDS[method.bands(T.toordinal() - columns.found_on)[0]]
    assert counted.ages[band] == counted.open


def telling(period: str, row: int = 2, **more: Any) -> HazardTelling:
    """A row of a ledger."""
    usual = HazardTelling(
        "a",
        "1",
        period,
        datetime(2022, 6, 1, tzinfo=UTC),
        1,
        row,
        "隐1",
        date(2022, 1, 2),
        date(2022, 2, 1),
        "一般",
        None,
        None,
    )
    return usual._replace(**more)


def test_history_tells_what_each_row_changed() -> None:
    """By period, receipt and row, whatever came first; what a row leaves empty is a change too."""
    moved: Mapping[str, Any] = {"rectify_by": date(2022, 4, 1), "grade": "重大"}
    rows = [
        telling("2022-03", **moved, level="部门级", crossed_off_on=date(2022, 3, 9)),
        telling("2022-01"), telling("2022-02", 9, **moved, level="部门级"), telling("2022-02", 3, rectify_by=date(2022, 1, 30)),
        telling("2022-04", **moved),
    ]  # fmt: skip
    steps = hazard_history.history(rows)
    assert [(step.telling.period, step.telling.row, step.first) for step in steps] == [
        ("2022-01", 2, True), ("2022-02", 3, False), ("2022-02", 9, False), ("2022-03", 2, False), ("2022-04", 2, False),
    ]  # fmt: skip
    assert [change.days for step in steps for change in step.changes if change.field == "rectify_by"] == [-2, 61]
    assert steps[3].changes == (HazardChange("crossed_off_on", None, date(2022, 3, 9)),)
    assert {change.field for change in steps[4].changes} == {"level", "crossed_off_on"}
    assert hazard_history.deadline_moved(steps) == 2


def test_levels_of_any_length_have_short_names_in_addresses() -> None:
    """And one that nobody told is another than one that is called so."""
    assert len(hazard_list.level_key("部门级" * 1000)) == 8
    assert hazard_list.level_key(None) != hazard_list.level_key("none")
