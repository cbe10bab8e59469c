"""Casualty targets, what the page itself works out: its address, its curve, its words, labels that do not overlap."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components import lights, numbers
from dashboards.components.labels import Label, apart
from dashboards.method.casualties import Accident, Foreseen, Standing, YearEnd
from dashboards.pages.casualty_targets import figures, phrases
from dashboards.pages.casualty_targets.kinds_of_accident import by_type
from dashboards.pages.casualty_targets.query import read
from dashboards.pages.casualty_targets.scope_view import ScopeView, curve, lacking_after, same_day_known
from dashboards.pages.casualty_targets.standings import StandingLine, worst_first
from dashboards.results.casualties import Casualties
from data.zone.periods import Calendar, Month, Year
from data.zone.schemes import CasualtyScheme, shipped
from data.zone.zone import Deadline, Zone

LEDGER = Deadline("enforcement", "all", "month", "always", None, 5)
ZONE = cast("Zone", SimpleNamespace(
    unit_by_code={"youting": None}, sectors={"mining": "非煤矿山"}, calendar=Calendar(ZoneInfo("Asia/Shanghai")),
    due_day=lambda _kind, period: LEDGER.day(period),
))  # fmt: skip
TODAY = date(2022, 10, 8)
SCHEME = next(scheme for _text, scheme in shipped() if isinstance(scheme, CasualtyScheme))
STANDING = Standing(
    deaths=5, fatal_accidents=4, cap=6, remaining=1, progress=Fraction(5, 6), elapsed=Fraction(3, 4),
    pace=Fraction(9, 2), days_since_fatal=17, last_year_deaths=6, breach_probability=0.37,
    year_end=YearEnd(6, 5, 8), light="yellow", reasons=("above_pace", "breach_possible"),
)  # fmt: skip


def accident(day: date, deaths: int, **changes: Any) -> Accident:
    """An accident that counts."""
    usual = Accident(
        number="1", happened_on=day, enterprise="某公司", territory="youting", department=None, sector="mining",
        type="淹溺", deaths=deaths, missing=0, provisional=0, serious_injuries=0, loss_yuan=None,
        accident_class="一般", marked=True, status="认定", stability=False,
    )  # fmt: skip
    return replace(usual, **changes)


def result(as_of: date, *ledgers: Month) -> Casualties:
    """As much of a result as knows its day and its ledgers."""
    zone = SimpleNamespace(calendar=Calendar(ZoneInfo("Asia/Shanghai")))
    return cast("Casualties", SimpleNamespace(as_of=as_of, year=Year(as_of.year), ledgers=ledgers, zone=zone))


@pytest.mark.parametrize(
    ("query", "year", "day", "unfit"),
    [
        ({}, 2022, None, None),
        ({"period": "2019"}, 2019, None, None),
        ({"as_of": "2021-06-30"}, 2021, date(2021, 6, 30), None),
        ({"period": "2022", "as_of": "2022-06-30"}, 2022, date(2022, 6, 30), None),
        ({"period": "2022-05"}, 2022, date(2022, 5, 31), None),
        ({"period": "2022-09"}, 2022, None, None),
        ({"period": "2022Q2"}, 2022, date(2022, 6, 30), None),
        ({"period": "2022-05", "as_of": "2022-06-15"}, 2022, date(2022, 6, 15), None),
        ({"period": "20222"}, 2022, None, "no_year"),
        ({"period": "<b>", "as_of": "31.12."}, 2022, None, "no_day"),
        ({"period": "2021", "as_of": "2022-06-30"}, 2021, None, "other_year"),
        ({"as_of": "2022-12-31"}, 2022, None, "still_to_come"),
    ],
)
def test_address_is_read_or_corrected_with_a_reason(
    query: dict[str, str], year: int, day: date | None, unfit: str | None
) -> None:
    """Year and day are what the address says; a day that cannot be shown is dropped, and why is kept."""
    asked = read(query, ZONE, TODAY)
    assert (asked.year.year, asked.day, asked.unfit) == (year, day, unfit)


def test_scope_is_one_that_exists_and_a_unit_before_a_sector() -> None:
    """Unknown codes are the whole zone; of a unit and a sector the unit is shown."""
    assert read({"unit": "<script>", "sector": "x"}, ZONE, TODAY).unit is None
    both = read({"unit": "youting", "sector": "mining"}, ZONE, TODAY)
    assert (both.unit, both.sector) == ("youting", None)
    assert "sector=mining" in read({"sector": "mining"}, ZONE, TODAY).link()


def test_curve_adds_up_counted_deaths_and_stops_at_the_day() -> None:
    """Struck-off accidents, other years and later days are not on the line; it ends exactly at the day."""
    happened = [
        accident(date(2022, 5, 24), 2),
        accident(date(2022, 1, 18), 1),
        accident(date(2022, 2, 24), 1, status="核销"),
        accident(date(2022, 9, 21), 1),
        accident(date(2021, 3, 1), 7),
    ]
    points = curve(happened, 2022, date(2022, 6, 30))
    assert points == (
        (date(2022, 1, 1), 0), (date(2022, 1, 18), 1), (date(2022, 5, 24), 3), (date(2022, 6, 30), 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "ledgers", "lacking"),
    [
        (TODAY, [Month(2022, 9)], None),
        (TODAY, [Month(2022, 8)], Month(2022, 8)),
        (date(2022, 1, 20), [Month(2022, 1)], None),
        (date(2021, 12, 31), [Month(2021, 12)], None),
        (date(2021, 12, 31), [Month(2021, 11)], Month(2021, 11)),
    ],
)
def test_ledgers_that_have_not_come_are_noticed(as_of: date, ledgers: list[Month], lacking: Month | None) -> None:
    """A day is covered once the ledger of the month before it is there; a year that is over needs its December."""
    assert lacking_after(result(as_of, *ledgers), TODAY) == lacking


def test_last_year_is_compared_only_where_its_ledgers_reach() -> None:
    """Nothing on record is not zero deaths."""
    assert same_day_known(result(TODAY, Month(2021, 12)))
    assert same_day_known(result(TODAY, Month(2021, 10)))
    assert not same_day_known(result(TODAY, Month(2021, 9)))
    assert not same_day_known(result(TODAY))


def test_chance_is_never_more_certain_than_it_is() -> None:
    """Only what is certain is called 0% or 100%."""
    assert [numbers.chance(value) for value in (None, 0.0, 0.37, 1.0)] == ["—", "0%", "37%", "100%"]
    assert numbers.chance(0.001) == "不到1%"
    assert numbers.chance(0.999) == "超过99%"


def test_breach_is_a_fact_once_it_happened_or_the_year_is_over() -> None:
    """Above the cap it is exceeded; after 31 December it is not exceeded; before, it is a chance."""
    assert phrases.breach(STANDING) == "37%"
    assert phrases.breach(replace(STANDING, remaining=-1, breach_probability=1.0)) == "已突破"
    assert phrases.breach(replace(STANDING, elapsed=Fraction(1), breach_probability=0.0)) == "未突破"


def test_a_light_names_every_reason_with_its_number() -> None:
    """Which clause, which accident, which number, gravest first, also those that the gravest makes idle; green names nothing.

    Deaths are whole persons: a pace of 4.5 lets four die and not four and a half.
    """
    red = replace(
        STANDING, deaths=7, remaining=-1, breach_probability=1.0, light="red",
        reasons=("deaths_above_cap", "major_accident", "breach_likely", "above_pace"),
    )  # fmt: skip
    larger = [accident(date(2022, 3, 31), 3, accident_class="较大")]
    assert lights.reasons(red, SCHEME, larger) == [
        "死亡7人，超过全年指标6人",
        "发生较大及以上事故（2022-03-31 较大）",
        "突破指标的可能性100%（已达50%）",
        "死亡7人，按时序进度不超过4人",
    ]
    assert lights.reasons(STANDING, SCHEME) == ["死亡5人，按时序进度不超过4人", "突破指标的可能性37%（已达20%）"]
    assert lights.reasons(replace(STANDING, light="green", reasons=()), SCHEME) == []


def test_worst_stand_first_and_those_without_a_light_last() -> None:
    """Red before orange before green, then no light; within a light more deaths first."""
    shining = ["green", None, "red", "yellow", "orange", None]
    lines = [
        StandingLine(str(at), str(at), replace(STANDING, light=light, deaths=at), cap_unclear=False)
        for at, light in enumerate(shining)
    ]
    assert [line.standing.light for line in worst_first(lines)] == ["red", "orange", "yellow", "green", None, None]
    assert [line.code for line in worst_first(lines)][-2:] == ["5", "1"]


def test_types_count_what_counts() -> None:
    """Accidents, fatal ones and deaths by type, most deaths first; what does not count is left out."""
    happened = [
        accident(TODAY, 0, type="火灾"), accident(TODAY, 1), accident(TODAY, 2), accident(TODAY, 9, marked=False),
    ]  # fmt: skip
    assert by_type(happened) == [("淹溺", 2, 2, 3), ("火灾", 1, 0, 0)]


@given(st.lists(st.tuples(st.floats(0, 340), st.sampled_from([17, 34])), min_size=1, max_size=5))
def test_labels_never_lie_on_each_other(wanted: list[tuple[float, int]]) -> None:
    """However near the lines end, their names are apart and inside the chart."""
    labels = [Label("", at, height) for at, height in wanted]
    middles = apart(labels, top=360)
    boxes = sorted(
        (middle - one.height / 2, middle + one.height / 2) for one, middle in zip(labels, middles, strict=True)
    )
    assert boxes[0][0] >= -1e-9
    assert boxes[-1][1] <= 360 + 1e-9
    assert all(before[1] <= after[0] + 1e-9 for before, after in itertools.pairwise(boxes))


def test_a_label_with_room_stays_at_its_line() -> None:
    """Nothing is moved without need."""
    assert apart([Label("", 100, 17), Label("", 200, 17)], top=360) == [100, 200]


def drawn(**changes: Any) -> Any:
    """The chart of a scope, with some of its parts changed."""
    parts: dict[str, Any] = {
        "name": None,
        "standing": STANDING,
        "now": ((date(2022, 1, 1), 0), (date(2022, 1, 18), 5), (TODAY, 5)),
        "before": ((date(2021, 1, 1), 0), (date(2021, 12, 31), 7)),
        "fan": (Foreseen(TODAY, 5, 5, 5), Foreseen(date(2022, 12, 31), 6, 5, 8)),
        **changes,
    }
    return figures.deaths_of_the_year(shown=ScopeView(**parts), as_of=parts["now"][-1][0])


def test_this_years_line_stops_at_the_day_and_the_forecast_begins_there() -> None:
    """No point of this year lies behind the day, none of the forecast before it."""
    figure = drawn()
    now = next(trace for trace in figure.data if trace.line.width == 4)
    band = next(trace for trace in figure.data if trace.fill == "toself")
    assert max(now.x) == min(band.x) == TODAY.isoformat()
    assert now.line.shape == "hv"


def test_each_step_of_this_years_line_leads_to_its_accident() -> None:
    """A mark on each step says what happened, as text that Plotly takes for no markup, and leads to the accident behind it."""
    fatal = accident(date(2022, 1, 18), 5, enterprise="<b>某厂</b>")
    (step,) = (trace for trace in drawn(steps=(fatal,)).data if trace.customdata)
    assert [mark["accident"] for mark in step.customdata] == [fatal.number]
    assert step.hovertext[0].startswith("2022年1月18日，&lt;b&gt;某厂&lt;/b&gt;：死亡5人，当年累计5人。")


def test_every_line_is_named_on_the_chart() -> None:
    """This year, last year, cap, pace and forecast each have their words and their figure."""
    words = " ".join(note.text for note in drawn().layout.annotations)
    for name in ("今年5人", "上年7人", "指标6人", "进度4.5人", "预测6人", "80%区间5–8人"):
        assert name in words


def test_what_is_not_known_is_not_drawn() -> None:
    """Without a cap no cap and pace, without last year's ledgers no line of last year, after the year no forecast."""
    bare = replace(STANDING, cap=None, pace=None)
    end = ((date(2022, 1, 1), 0), (date(2022, 12, 31), 0))
    figure = drawn(standing=bare, before=None, now=end, fan=(Foreseen(date(2022, 12, 31), 0, 0, 0),))
    assert [note.text.rpartition(">")[0].endswith("</b") for note in figure.layout.annotations] == [True]
    assert "今年0人" in figure.layout.annotations[0].text


def test_leap_day_of_last_year_finds_a_place() -> None:
    """29 February of last year is drawn at the 28th of this one."""
    before = ((date(2020, 1, 1), 0), (date(2020, 2, 29), 1), (date(2020, 12, 31), 1))
    figure = drawn(now=((date(2021, 1, 1), 0), (date(2021, 3, 1), 0)), before=before, fan=())
    assert any("2021-02-28" in trace.x for trace in figure.data)
