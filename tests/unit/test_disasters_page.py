"""Warnings and disasters, what the page itself works out: a warning's way, its sentences, its bars, what is said of the dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.disasters import Called, DisasterTold, columns_of, standing
from dashboards.method.warning_steps import (
    STEPS,
    WARNING_STATES,
    WarningColumns,
    answered_within,
    by_type,
    latest_first,
    steps,
    way,
)
from dashboards.pages.disasters import figures, message, phrases
from dashboards.results.disasters import DisastersReport
from data.language import speaking
from data.zone.periods import Calendar, Month
from data.zone.schemes import DisastersScheme, shipped

SCHEME = next(one for _text, one in shipped() if isinstance(one, DisastersScheme))
START = datetime(2022, 5, 9, 8, tzinfo=UTC)
END = datetime(2022, 5, 10, 16, tzinfo=UTC)
UNITS = [
    SimpleNamespace(code=code, short_name=name, confirmed=True, group="town")
    for code, name in (("a", "甲镇"), ("b", "乙镇"), ("c", "丙镇"))
]


def told(number: str = "1", *minutes: int | None, **more: Any) -> DisasterTold:
    """A row: so many minutes after the start it was warned, called, answered, fed back."""
    moments = [None if one is None else START + timedelta(minutes=one) for one in (*minutes, *[None] * 4)]
    usual: dict[str, Any] = {
        "unit": "a", "period": "2022-05", "submission": 1, "row": 2, "number": number, "number_key": number, "type": "暴雨", "territory": "a",
        "happened_at": None, "measures": None, "moved": 0, "dead": 0, "missing": 0, "responsible": False, "in_need": 0, "helped": 0,
        **dict(zip(("warned_at", "called_at", "answered_at", "fed_back_at"), moments, strict=False)),
    }  # fmt: skip
    return DisasterTold(**{**usual, **more})


def report(*rows: DisasterTold, **more: Any) -> DisastersReport:
    """As much of a report as the sentences read."""
    zone = SimpleNamespace(units=UNITS, unit_by_code={one.code: one for one in UNITS}, units_of=lambda _month: UNITS)
    asked = SimpleNamespace(as_of=datetime(2022, 5, 10).date(), month=Month(2022, 5))  # noqa: DTZ001  # a day, of no zone
    every = columns_of(rows)
    usual = {
        "zone": zone, "asked": asked, "scheme": SCHEME, "standing": standing(every, END, SCHEME),
        "warnings": SimpleNamespace(columns=every.at(every.warned_by(END))),
        "own_unit": None, "filed": (Month(2022, 4),), "end": END, "struck": (), **more,
    }  # fmt: skip
    return cast("DisastersReport", SimpleNamespace(**usual))


ROWS = st.lists(
    st.builds(
        lambda number, steps, unit, kind: told(str(number), *steps, unit=unit, type=kind),
        st.integers(0, 99),
        st.lists(st.integers(0, 3000), max_size=4).map(sorted),
        st.sampled_from("ab"),
        st.sampled_from(("暴雨", "高温")),
    ),
    max_size=12,
)


@given(rows=ROWS)
def test_ways_are_the_figures_one_by_one(rows: list[DisasterTold]) -> None:
    """As many warnings got as far as the report counts; their minutes add up to the whole way; of each type there are its own.

    One by one they got as far, and took as long, as all of them counted in bulk.
    """
    every = columns_of(rows)
    given_by = every.warned_by(END)
    found = [way(row, END, SCHEME) for row, is_given in zip(rows, given_by, strict=True) if is_given]
    warned, whole = every.at(given_by), standing(every, END, SCHEME)
    bulk = steps(warned, END, SCHEME)
    assert len(found) == whole.whole.warnings
    assert [WARNING_STATES[at] for at in bulk.state] == [one.state for one in found]
    assert bulk.slow.tolist() == [one.slow for one in found]
    seconds = dict(zip(STEPS[1:], (bulk.to_call, bulk.to_answer, bulk.to_feedback), strict=True))
    for step, number in zip(STEPS[1:], (whole.whole.called, whole.whole.answered, whole.whole.fed_back), strict=True):
        assert sum(one.minutes_to(step) is not None for one in found) == number
        took = [Fraction(int(one), 60) for one in seconds[step][bulk.took(step)]]
        assert took == [minutes for one in found if (minutes := one.minutes_to(step)) is not None]
    assert sum(not one.slow for one in found if one.minutes_to("answered") is not None) == whole.answered_in_time
    for one in found:
        gaps = sum((step.minutes for step in one.steps if step.minutes is not None), Fraction(0))
        assert gaps * 60 == (one.steps[-1].at - one.steps[0].at).total_seconds()
        assert one.lacks == (STEPS[len(one.steps)] if len(one.steps) < 4 else None)
    limits = (10, 20, 30, 60)
    assert sum(answered_within(bulk, limits)) == whole.whole.answered
    assert sum(answered_within(bulk, limits)[:3]) == whole.answered_in_time
    assert [found[at].steps[0].at for at in latest_first(warned)] == sorted(
        (one.steps[0].at for one in found), reverse=True
    )
    types = by_type(warned, END)
    assert types.keys() == {one.told.type for one in found}
    for kind, one in types.items():
        of_it = [each for each in found if each.told.type == kind]
        assert one == Called(len(of_it), *(sum(len(each.steps) > step for each in of_it) for step in (1, 2, 3)))


def counted(*rows: DisasterTold) -> WarningColumns:
    """How far the warnings of these rows got."""
    every = columns_of(rows)
    return steps(every.at(every.warned_by(END)), END, SCHEME)


def test_what_was_done_after_the_day_is_not_there_yet() -> None:
    """A step at the day's end itself is of the next day; what lacks then is said, and nothing behind it."""
    minute = int((END - START).total_seconds()) // 60
    one = way(told("1", 0, 10, minute, minute + 5), END, SCHEME)
    assert (one.state, one.lacks) == ("not_answered", "answered")
    zone = cast("Any", SimpleNamespace(calendar=Calendar(ZoneInfo("Asia/Shanghai"))))
    with speaking("zh_CN"):
        shown = phrases.shown_steps(one, zone, SCHEME)
        assert [(one.name, one.gap, one.tone) for one in shown] == [
            ("预警", "", "done"), ("叫应", "10分钟", "done"), ("未应答", "", "lacking"),
        ]  # fmt: skip
        late = way(told("1", 0, 10, 41, 600), END, SCHEME)
        shown = phrases.shown_steps(late, zone, SCHEME)
        assert [(one.name, one.gap, one.at, one.tone) for one in shown[2:]] == [
            ("应答（超时）", "31分钟", "16:41", "slow"), ("反馈", "9小时19分", "次日02:00", "done"),
        ]  # fmt: skip
        assert "超过30分钟" in phrases.steps_said(late, zone, SCHEME)


def test_message_says_how_far_warnings_got_and_what_disasters_cost() -> None:
    """Numbers before percentages; where the others stopped; who is furthest behind, if one is; the dead and missing by themselves."""
    rows = [
        told("1", 0, 5, 20, 60), told("2", 0, 5, 40), told("3", 0, unit="b"), told("4", 0, 5, unit="b"),
        told("5", happened_at=START, dead=2, missing=1, responsible=True),
    ]  # fmt: skip
    with speaking("zh_CN"):
        said = message.main_message(report(*rows))
        assert said == (
            "截至2022年5月10日：在案预警4次，已反馈闭环1次（25.0%）。其余：未叫应1次、已叫应未应答1次、已应答未反馈1次。"
            "叫应到应答用时中位数25分钟，叫应3次中1次在30分钟内应答（33.3%）。闭环率最低的是乙镇（预警2次，反馈0次）。"
            "因灾2人不幸遇难、1人失踪。群死群伤责任事件1起。"
        )
        own = message.main_message(report(*rows[:2], own_unit=SimpleNamespace(name="甲镇人民政府")))
        assert own.startswith("甲镇人民政府截至2022年5月10日：")
        assert "最低" not in own
        assert "全部反馈闭环" in message.main_message(report(rows[0]))
        assert message.main_message(report(rows[-1])).startswith("截至2022年5月10日：在案台账中没有预警。因灾")
        tied = message.main_message(report(told("1", 0, 5), told("2", 0, 5, unit="b")))
        assert "最低" not in tied


def test_silence_is_no_proof() -> None:
    """No ledger is told from ledgers without a row, and an old last one is said to be old."""

    def nothing(**more: Any) -> str:
        return message.nothing_known(cast("Any", SimpleNamespace(report=report(**more))))

    with speaking("zh_CN"):
        assert "无从得知" in nothing(filed=())
        assert "没有预警，也没有灾害" in nothing()
        assert nothing(own_unit=SimpleNamespace(name="甲镇")).startswith("甲镇：")
        assert message.ledgers_said(report()) == ""
        assert "2022年3月" in message.ledgers_said(report(filed=(Month(2022, 3),)))


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(Fraction(0), "0分钟"), (Fraction(119), "119分钟"), (Fraction(120), "2小时"), (Fraction(30 * 60 + 20, 60), "30分20秒"),
     (Fraction(227), "3小时47分"), (Fraction(2 * 1440 + 61), "2天1小时"), (Fraction(1, 120), "不足1分钟")],
)  # fmt: skip
def test_durations_are_said_as_people_say_them(minutes: Fraction, shown: str) -> None:
    """What is more than the limit by seconds is never said to be the limit."""
    with speaking("zh_CN"):
        assert phrases.duration(minutes) == shown


def test_bars_part_at_the_limit() -> None:
    """30 minutes are in time, a second more is not; calls without an answer have a bar; each bar lists its warnings."""
    rows = [told("1", 0, 0, 30), told("2", 0, 0, 31), told("3", 0, 0), told("4", 0, 0, 400), told("5", 0)]
    found = counted(*rows)
    with speaking("zh_CN"):
        bars = figures.bars(found, SCHEME.answer_minutes)
        assert [(one.label, one.number, one.kind) for one in bars if one.number] == [
            ("20–30", 1, "in_time"), ("30–60", 1, "slow"), ("120+", 1, "slow"), ("未应答", 1, "not_answered"),
        ]  # fmt: skip
        drawn = figures.minutes_to_answer(found, SCHEME.answer_minutes)
        go.Figure(drawn.to_plotly_json())
        assert [mark.get("state") for mark in drawn.data[0].customdata] == [
            None, None, "in_time", "slow", None, "slow", "not_answered",
        ]  # fmt: skip
        assert drawn.layout.shapes[0].x0 == 2.5
        assert "30分钟内应答1次，超过30分钟应答2次，未应答1次" in figures.answer(found, SCHEME.answer_minutes)
        assert not figures.minutes_to_answer(counted(rows[-1]), 30).data
        odd = figures.bars(found, 1)
        assert [one.label for one in odd][:2] == ["0–1", "1–2"]
