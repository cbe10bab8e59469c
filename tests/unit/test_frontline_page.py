"""Front-line duty, what the page itself works out: its sentences, its lines, its order, and the year computed at one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import month_lines, numbers, part_standings
from dashboards.components.month_lines import ShareLine, SharePoint
from dashboards.components.part_standings import PartLine
from dashboards.method import frontline as method
from dashboards.method import register
from dashboards.method.frontline import BatchStanding, Coverage, DutyTelling, DutyTold
from dashboards.method.frontline_days import over_days
from dashboards.method.register import Listed
from dashboards.pages.frontline_duty import figures, message
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_months import FrontlineMonths
from data.language import speaking
from data.zone.periods import Month
from data.zone.schemes import FrontlineScheme, shipped
from tests.unit.duty_columns import Ledger, counted

SCHEME = next(one for _text, one in shipped() if isinstance(one, FrontlineScheme))
UNITS = [
    SimpleNamespace(code=code, short_name=name, confirmed=True)
    for code, name in (("a", "甲镇"), ("b", "乙镇"), ("c", "丙镇"))
]
ZONE = SimpleNamespace(units=UNITS, unit_by_code={one.code: one for one in UNITS}, sectors={"gas": "城镇燃气"})
ALL_DONE = {"pilot": (5, 5), "key": (9, 9), "all": (20, 20)}


def report(
    day: date, counts: Mapping[str, tuple[int, int]], towns: Mapping[str, tuple[int, int]] | None = None, **more: Any
) -> FrontlineReport:
    """As much of a report as the sentences read: (complete, enterprises) of each batch, and of each town in all of them."""
    batches = []
    for batch, due in method.due_days(SCHEME).items():
        done, of = counts[batch]
        whole = Coverage(of, done)
        batches.append(
            BatchStanding(
                batch=batch, due=due, coverage=whole, on_due_day=whole.share if day >= due else None,
                needed_per_week=None if day >= due else Fraction((of - done) * 7, (due - day).days),
                state="done" if done == of else "overdue" if day > due else "upcoming", silent=0, lacking={},
                towns={code: Coverage(all_, ready) for code, (ready, all_) in (towns or {}).items()}, sectors={},
            )
        )  # fmt: skip
    usual = {"zone": ZONE, "asked": SimpleNamespace(as_of=day, month=Month.of(day)), "own_unit": None, "any_list": True,
             "latest": Month(2022, 8), **more}  # fmt: skip
    return cast("FrontlineReport", SimpleNamespace(batches=tuple(batches), **usual))


def months(day: date, pace: Fraction | None) -> FrontlineMonths:
    """A year of nothing but its pace."""
    return FrontlineMonths((day,), ({},), {"pilot": pace, "key": pace, "all": pace})


def said(day: date, counts: Mapping[str, tuple[int, int]], pace: Fraction | None = Fraction(1, 2), **more: Any) -> str:
    """The main message in Chinese."""
    with speaking("zh_CN"):
        return message.main_message(report(day, counts, **more), months(day, pace))


@pytest.mark.parametrize(
    ("day", "counts", "towns", "parts"),
    [
        (date(2022, 6, 16), {"pilot": (3, 5), "key": (4, 9), "all": (4, 20)}, {"a": (1, 2), "b": (2, 3)},
         ("接下来6月30日到期的是试点企业，5家中已完成3家（60.0%）", "需每周1家", "近4周每周0.5家", "进度最慢的是甲镇（2家完成1家）")),
        (date(2022, 7, 1), {"pilot": (4, 5), "key": (9, 9), "all": (9, 20)}, {"a": (1, 2), "b": (2, 4), "c": (3, 3)},
         ("试点企业已于6月30日到期，5家中还有1家未完成。", "接下来12月31日到期的是全部企业", "甲镇（2家完成1家）", "乙镇（4家完成2家）")),
        (date(2022, 9, 30), {"pilot": (5, 5), "key": (8, 9), "all": (19, 20)}, {}, ("重点企业，9家中已完成8家",)),
        (date(2023, 1, 5), {"pilot": (5, 5), "key": (9, 9), "all": (19, 20)}, {"a": (1, 2), "b": (1, 2)}, ("全部企业已于12月31日到期，20家中还有1家",)),
        (date(2022, 5, 2), ALL_DONE, {}, ("名录中20家企业的两单两卡已全部完成",)),
    ],
)  # fmt: skip
def test_message_says_what_is_due_next_and_who_is_behind(
    day: date, counts: Mapping[str, tuple[int, int]], towns: Mapping[str, tuple[int, int]], parts: tuple[str, ...]
) -> None:
    """Late batches first, then the next one with what it needs a week; towns alone that are behind others, never all of them."""
    told = said(day, counts, towns=towns)
    assert [part for part in parts if part not in told] == []
    assert told.startswith(f"截至{day.year}年{day.month}月{day.day}日：")
    assert ("进度最慢" in told) is (len({Fraction(*one) for one in towns.values()}) > 1)
    assert "%" not in told or told.index("家") < told.index("%")


def test_on_the_due_day_no_pace_is_needed_and_in_january_none_is_known() -> None:
    """What is not computed is left out, not said to be 0."""
    last = said(date(2022, 9, 30), {"pilot": (5, 5), "key": (8, 9), "all": (20, 20)})
    assert "今天是最后一天" in last
    assert "每周" not in last
    january = said(date(2022, 1, 20), {"pilot": (0, 5), "key": (0, 9), "all": (0, 20)}, pace=None)
    assert "需每周" in january
    assert "近4周" not in january


def test_unit_reads_of_itself_alone() -> None:
    """Its name stands before, and no town is set against another."""
    own = SimpleNamespace(name="甲镇人民政府")
    told = said(
        date(2022, 6, 16),
        {"pilot": (0, 0), "key": (4, 9), "all": (4, 20)},
        own_unit=own,
        towns={"a": (1, 2), "b": (2, 3)},
    )
    assert told.startswith("甲镇人民政府截至2022年6月16日：接下来9月30日到期的是重点企业")
    assert "进度最慢" not in told


def test_why_there_is_nothing_to_tell_of() -> None:
    """No list, no enterprise on the day, none of the unit's; and ledgers that are lacking or old."""
    day = date(2022, 10, 8)
    none = {"pilot": (0, 0), "key": (0, 0), "all": (0, 0)}
    with speaking("zh_CN"):
        assert "企业名录尚未报送" in message.nothing_known(report(day, none, any_list=False))
        assert "起始日期未到" in message.nothing_known(report(day, none))
        assert "甲镇：" in message.nothing_known(report(day, none, own_unit=SimpleNamespace(name="甲镇")))
        assert "尚未收到一线责任制台账" in message.ledgers_said(report(day, none, latest=None))
        assert "2022年8月" in message.ledgers_said(report(day, none))
        assert message.ledgers_said(report(day, none, latest=Month(2022, 9))) == ""


@pytest.mark.parametrize(("value", "shown"), [
    (Fraction(0), "0"), (Fraction(1, 30), "不足0.1"), (Fraction(1, 20), "0.1"), (Fraction(5, 2), "2.5"), (Fraction(-7, 4), "−1.8"), (Fraction(1200), "1,200"),
])  # fmt: skip
def test_a_pace_is_never_rounded_to_nothing(value: Fraction, shown: str) -> None:
    """One decimal, half up; what is left is never printed as 0."""
    with speaking("zh_CN"):
        assert numbers.tenths(value) == shown


def test_picture_says_whether_the_pace_is_enough() -> None:
    """Against what is needed; of a batch past its day what it was then."""
    day, counts = date(2022, 6, 16), {"pilot": (3, 5), "key": (9, 9), "all": (0, 0)}
    late = report(date(2022, 7, 16), counts)
    with speaking("zh_CN"):
        pilot, key, every = report(day, counts).batches
        assert "不能按期完成" in figures.answer(pilot, months(day, Fraction(1, 2)))
        assert "可以按期完成" in figures.answer(pilot, months(day, Fraction(1)))
        assert figures.answer(key, months(day, None)) == "重点企业：9家已全部完成。"
        assert figures.answer(every, months(day, None)) == "全部企业：名录中没有。"
        assert "到期日覆盖率60.0%" in figures.answer(late.batches[0], months(day, None))


def test_lines_break_off_where_there_is_no_share() -> None:
    """The line in front is drawn last, with its way to its due day; each point leads to its day; without a point a sentence stands."""
    day = date(2022, 5, 10)
    points = [SharePoint(date(2022, 3, 31), None, "—"), SharePoint(day, Fraction(1, 4), "四分之一")]
    one = ShareLine("重点企业", points, date(2022, 9, 30), front=True)
    drawn = month_lines.figure([one, replace(one, name="全部企业", front=False)], 2022, without="没有")
    go.Figure(drawn.to_plotly_json())
    *_others, way, front = drawn.data
    assert (list(way.x), list(way.y)) == (["2022-05-10", "2022-09-30"], [25.0, 100])
    assert (list(front.y), front.customdata[0]) == ([25.0], {"day": "2022-05-10"})
    empty = month_lines.figure([replace(one, points=points[:1])], 2022, without="没有")
    assert not empty.data
    assert empty.layout.annotations[0].text == "没有"
    done = month_lines.figure([replace(one, points=[SharePoint(day, Fraction(1), "全")])], 2022, without="没有")
    assert len(done.data) == 1


def test_standing_begins_with_who_is_furthest_behind() -> None:
    """The least share, then where most is left; who has nothing to do comes last."""
    lines = [
        PartLine("a", "甲", 0, 0, 0),
        PartLine("b", "乙", 1, 2, 1),
        PartLine("c", "丙", 2, 4, 2),
        PartLine("d", "丁", 1, 3, 3),
    ]
    assert [one.code for one in part_standings.furthest_behind_first(lines)] == ["d", "c", "b", "a"]


CODES = ("A", "B", "C")
DAYS = st.sampled_from([date(2022, month, day) for month in (1, 2, 3, 4) for day in (1, 15, 28)])
LISTS = st.lists(
    st.builds(
        Listed, st.just(1), st.integers(2, 9), st.sampled_from("ab"), st.sampled_from(CODES), st.just("甲"), st.just("gas"),
        st.sampled_from("ab"), st.none() | st.sampled_from("ab"), st.sampled_from(["规上工业", "其他"]), st.booleans(), st.just(False),
        st.booleans(), st.none() | DAYS, st.none() | DAYS,
    ), max_size=8,
)  # fmt: skip
ROWS = st.lists(st.builds(DutyTold, st.just(1), st.sampled_from(CODES), st.integers(2, 9), st.booleans(), st.just(True), st.just(True),
                          st.just(True), st.none() | DAYS), max_size=5, unique_by=lambda one: one.row)  # fmt: skip
LEDGERS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.integers(1, 28), ROWS), max_size=6)


@given(lists=LISTS, ledgers=LEDGERS, days=st.sets(DAYS, min_size=1, max_size=6))
def test_many_days_at_one_go_are_each_day_by_itself(
    lists: list[Listed], ledgers: list[tuple[str, int, int, list[DutyTold]]], days: set[date]
) -> None:
    """Who moves into the register and out of it, ledgers of months not over, days of completion to come: as one day computes it.

    And one day is computed as row by row it would be: who is in the register by which row, and which row of a ledger counts.
    """
    ends = {1: 31, 2: 28, 3: 31, 4: 30}
    sent = [
        Ledger(
            unit, f"2022-{month:02}", date(2022, month, ends[month]), datetime(2022, 6, at, tzinfo=UTC), number, rows
        )
        for number, (unit, month, at, rows) in enumerate(ledgers)
    ]
    known, asked = counted(lists, sent), sorted(days)
    own = np.array([one.territory == "a" for one in lists], dtype=bool)
    for day, found in zip(asked, over_days(known.listed, own, known.duty, asked, SCHEME), strict=True):
        every, there = known.on(day, SCHEME), register.register_on(lists, day)
        assert [lists[at] for at in every.entry.tolist()] == list(there.enterprises.values())
        told = {
            code: row
            for code, one in there.enterprises.items()
            if (row := _counting(known.tellings, one, day)) is not None
        }
        assert known.told(every) == told
        mine = every.at(own[every.entry])
        assert found == {
            batch: Coverage(int(flags.sum()), int((flags & mine.complete).sum()))
            for batch, flags in mine.members.items()
        }


def _counting(tellings: Sequence[DutyTelling], one: Listed, day: date) -> DutyTelling | None:
    told = [row for row in tellings if row.told.credit_code == one.credit_code and row.period <= f"2022-{day.month:02}"]
    return method.counting_of_one(told, one.territory, day)
