"""Casualty targets by METHOD section 4: classes, caps, pace, the exact forecast, lights, follow-up, near closure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import isclose, lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method import casualties as method
from dashboards.method.casualties import Accident, Penalty, Rate, Record
from data.zone.accident_class import accident_class
from data.zone.schemes import CasualtyScheme, shipped

SCHEME = next(one for _text, one in shipped() if isinstance(one, CasualtyScheme))
MILLION = Decimal(1_000_000)
ACCIDENT = Accident(
    number="1", happened_on=date(2022, 5, 1), enterprise="甲厂", territory="longtanzi", department="economy",
    sector="industry_trade", type="机械伤害", deaths=1, missing=0, provisional=0, serious_injuries=0, loss_yuan=None,
    accident_class="一般", marked=True, status="快报", stability=False,
)  # fmt: skip


def on(day: date, **changes: object) -> Accident:
    """An accident on a day, with something else about it."""
    return replace(ACCIDENT, happened_on=day, **changes)  # type: ignore[arg-type]


def standing(
    as_of: date, accidents: tuple[Accident, ...], cap: int | None, years: tuple[int, ...] = ()
) -> method.Standing:
    """The zone's figures of a record."""
    record = Record(as_of, tuple(one for one in accidents if one.happened_on <= as_of), years)
    return method.standing(record, cap, method.severity(record, SCHEME), SCHEME)


@pytest.mark.parametrize(
    ("deaths", "expected"),
    [
        (0, "一般"),
        (2, "一般"),
        (3, "较大"),
        (9, "较大"),
        (10, "重大"),
        (29, "重大"),
        (30, "特别重大"),
        (300, "特别重大"),
    ],
)
def test_class_by_deaths(deaths: int, expected: str) -> None:
    """Decree 493, article 3: lower bounds belong to the graver class."""
    assert accident_class(deaths, 0, None) == expected


@pytest.mark.parametrize(
    ("injuries", "loss", "expected"),
    [
        (9, None, "一般"), (10, None, "较大"), (49, None, "较大"), (50, None, "重大"), (99, None, "重大"), (100, None, "特别重大"),
        (0, 10 * MILLION - Decimal("0.01"), "一般"), (0, 10 * MILLION, "较大"), (0, 50 * MILLION, "重大"),
        (0, 100 * MILLION, "特别重大"),
    ],
)  # fmt: skip
def test_class_by_injuries_and_loss(injuries: int, loss: Decimal | None, expected: str) -> None:
    """Serious injuries and direct loss have bounds of their own."""
    assert accident_class(0, injuries, loss) == expected


def test_of_criteria_that_disagree_the_worst_holds() -> None:
    """Two deaths alone are 一般; with 50 serious injuries 重大; with a loss of 100 M yuan 特别重大."""
    assert accident_class(2, 50, 10 * MILLION) == "重大"
    assert accident_class(3, 0, 100 * MILLION) == "特别重大"


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2022, 1, 1), Fraction(1, 372)),
        (date(2022, 6, 30), Fraction(1, 2)),
        (date(2024, 2, 29), Fraction(1, 6)),
        (date(2022, 12, 31), Fraction(1)),
    ],
)
def test_elapsed_is_the_usual_pace(day: date, share: Fraction) -> None:
    """(month − 1 + day ÷ days in the month) ÷ 12: 50 % on 30 June, 100 % on 31 December, leap day or not."""
    assert method.elapsed(day) == share


def test_last_years_same_day_of_a_leap_day_is_the_28th() -> None:
    """29 February is compared with 28 February: a death on 1 March of last year does not count yet."""
    deaths = (on(date(2023, 2, 28)), on(date(2023, 3, 1)))
    assert standing(date(2024, 2, 29), deaths, 3).last_year_deaths == 1


@pytest.mark.parametrize(
    ("change", "deaths", "cap"),
    [("-5", 20, 19), ("-5", 7, 6), ("-5", 0, 0), ("0", 7, 7), ("10", 7, 7), ("-100", 7, 0), ("-2.5", 100, 97)],
)
def test_cap_as_a_change_on_last_year(change: str, deaths: int, cap: int) -> None:
    """同比下降5% is the floor of 95 % of last year's deaths, exactly: 0.95 × 20 is 19 and no float below it."""
    assert method.cap_from_change(Decimal(change), deaths) == cap


# The forecast

SEVERITIES = (0.8, 0.15, 0.05)


def test_forecast_agrees_with_monte_carlo_within_its_error() -> None:
    """400,000 drawn years have the same distribution as Panjer's recursion, to four standard errors at every count."""
    rate, exposure, draws = Rate(Fraction(25, 2), Fraction(7, 2)), Fraction(1, 2), 400_000
    random = np.random.default_rng(20220309)
    yearly = random.gamma(float(rate.shape), 1 / float(rate.years), draws)
    accidents = random.poisson(yearly * float(exposure))
    deaths = np.zeros(draws, dtype=int)
    np.add.at(deaths, np.repeat(np.arange(draws), accidents), random.choice([1, 2, 3], accidents.sum(), p=SEVERITIES))
    exact = method.still_to_come(rate, exposure, SEVERITIES)
    for count in range(12):
        error = (exact[count] * (1 - exact[count]) / draws) ** 0.5
        assert abs((deaths == count).mean() - exact[count]) < 4 * error, count


@pytest.mark.parametrize("shape", [Fraction(1, 2), Fraction(7, 2), Fraction(101, 2), Fraction(4001, 2)])
def test_where_one_dies_each_time_it_is_the_negative_binomial(shape: Fraction) -> None:
    """Severities of 1 make the compound distribution the plain one, also where P(0) is smaller than a float can be."""
    years, exposure = Fraction(1), Fraction(1)
    exact = method.still_to_come(Rate(shape, years), exposure, (1.0,))
    a, p = float(shape), 0.5
    for n in range(0, len(exact), max(1, len(exact) // 40)):
        logarithm = lgamma(a + n) - lgamma(a) - lgamma(n + 1) + a * log(p) + n * log(1 - p)
        assert isclose(exact[n], np.exp(logarithm), rel_tol=1e-8, abs_tol=1e-13)
    assert isclose(sum(exact), 1, abs_tol=1e-8)


def test_on_31_december_the_forecast_is_the_present_count() -> None:
    """Nothing is still to come: median and interval are the deaths, a breach is certain or impossible."""
    deaths = (on(date(2022, 3, 1), deaths=2), on(date(2022, 8, 1)))
    for cap, breach in ((2, 1.0), (3, 0.0)):
        figures = standing(date(2022, 12, 31), deaths, cap, (2020, 2021))
        assert (figures.year_end.low, figures.year_end.median, figures.year_end.high) == (3, 3, 3)
        assert figures.breach_probability == breach


ACCIDENTS = st.lists(
    st.builds(
        lambda offset, deaths, serious: on(date(2020, 1, 1) + timedelta(days=offset), deaths=deaths, serious_injuries=serious),
        st.integers(0, 1090), st.integers(0, 4), st.integers(0, 12),
    ),
    max_size=12,
)  # fmt: skip


@given(
    accidents=ACCIDENTS,
    which=st.integers(0, 11),
    as_of=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    cap=st.integers(0, 9),
)
def test_forecast_never_falls_when_a_death_is_added(
    accidents: list[Accident], which: int, as_of: date, cap: int
) -> None:
    """One more death in any fatal accident of this year makes neither breach, median nor interval smaller."""
    accidents = [*accidents, on(as_of)]
    this_year = [
        index
        for index, one in enumerate(accidents)
        if one.happened_on.year == 2022 and one.happened_on <= as_of and one.fatal
    ]
    index = this_year[which % len(this_year)]
    more = [*accidents]
    more[index] = replace(more[index], deaths=more[index].deaths + 1)
    before, after = (standing(as_of, tuple(some), cap, (2020, 2021)) for some in (accidents, more))
    assert (after.breach_probability or 0) >= (before.breach_probability or 0) - 1e-9
    for name in ("low", "median", "high"):
        assert getattr(after.year_end, name) >= getattr(before.year_end, name)


@given(
    accidents=ACCIDENTS,
    as_of=st.dates(date(2022, 1, 1), date(2022, 12, 31)),
    cap=st.one_of(st.none(), st.integers(0, 6)),
)
def test_figures_of_any_record_hang_together(accidents: list[Accident], as_of: date, cap: int | None) -> None:
    """Remaining closes on the cap, the interval is in order and not below what has happened, a light exactly with a cap."""
    figures = standing(as_of, tuple(accidents), cap, (2020, 2021))
    assert figures.deaths <= figures.year_end.low <= figures.year_end.median <= figures.year_end.high
    assert (figures.light is None) == (cap is None) == (figures.breach_probability is None) == (figures.pace is None)
    if cap is not None:
        assert figures.remaining == cap - figures.deaths
        assert 0 <= (figures.breach_probability or 0) <= 1
        assert (figures.progress is None) == (cap == 0)


def test_first_of_january_without_any_past() -> None:
    """No year on record and no accident: there is a forecast all the same, and it sums to one."""
    record = Record(date(2022, 1, 1), (), ())
    told = method.still_to_come(method.rate_of(record, SCHEME), 1 - method.elapsed(record.as_of), SEVERITIES)
    assert isclose(sum(told), 1, abs_tol=1e-9)
    assert standing(date(2022, 1, 1), (), 0).breach_probability == pytest.approx(1 - told[0])


def test_fan_starts_at_the_day_and_widens() -> None:
    """The forecast's first point is the day itself, its last 31 December; the interval never narrows."""
    record = Record(date(2022, 10, 8), (on(date(2022, 5, 1)), on(date(2021, 5, 1))), (2021,))
    fan = method.fan(record, method.severity(record, SCHEME), SCHEME)
    assert [one.day for one in fan] == [date(2022, 10, 8), date(2022, 10, 31), date(2022, 11, 30), date(2022, 12, 31)]
    assert (fan[0].low, fan[0].median, fan[0].high) == (1, 1, 1)
    assert [one.high - one.low for one in fan] == sorted(one.high - one.low for one in fan)
    end = method.standing(record, 3, method.severity(record, SCHEME), SCHEME).year_end
    assert (fan[-1].low, fan[-1].median, fan[-1].high) == (end.low, end.median, end.high)


# Lights


@pytest.mark.parametrize(
    ("deaths", "cap", "pace", "breach", "larger", "expected", "why"),
    [
        (3, 2, "1", 1.0, False, "red", ("deaths_above_cap", "breach_likely", "above_pace")),
        (0, 5, "1", 0.01, True, "red", ("major_accident",)),
        (3, 5, "4", 0.52, True, "red", ("major_accident", "breach_likely")),
        (2, 2, "1", 0.5, False, "orange", ("breach_likely", "above_pace")),
        (1, 2, "1", 0.4999, False, "yellow", ("breach_possible",)),
        (2, 4, "1.9", 0.1, False, "yellow", ("above_pace",)),
        (2, 4, "1.9", 0.3, False, "yellow", ("above_pace", "breach_possible")),
        (1, 4, "1", 0.2, False, "yellow", ("breach_possible",)),
        (1, 4, "1", 0.1999, False, "green", ()),
        (0, 0, "0", 0.1, False, "green", ()),
    ],
)
def test_light_and_its_reasons(
    deaths: int, cap: int, pace: str, breach: float, larger: bool, expected: str, why: tuple[str, ...]
) -> None:
    """Red above the cap or with an accident of class 较大; then by probability and pace; all that holds is a reason."""
    found = method.reasons(deaths, cap, Fraction(pace), breach, larger, SCHEME)
    assert (method.light(found), found) == (expected, why)


def test_without_a_cap_there_is_neither_light_nor_reason() -> None:
    """Whatever happened: a light speaks of a cap."""
    larger = on(date(2022, 5, 1), deaths=9, accident_class="较大")
    found = standing(date(2022, 10, 8), (larger,), None)
    assert (found.light, found.reasons) == (None, ())


def test_struck_off_and_unmarked_accidents_count_nowhere() -> None:
    """核销 and 计入指标 = 否 neither count as deaths, nor as past, nor for the light, nor for the days since."""
    gone = (
        on(date(2022, 5, 1), deaths=3, accident_class="较大", status="核销"),
        on(date(2022, 6, 1), deaths=5, accident_class="较大", marked=False),
        on(date(2021, 6, 1), status="核销"),
    )
    assert standing(date(2022, 10, 8), gone, 2, (2021,)) == standing(date(2022, 10, 8), (), 2, (2021,))


def test_an_accident_counts_once_for_a_unit_that_is_territory_and_department() -> None:
    """属地 and 行业主管部门 may be one: the deaths are not doubled."""
    both = on(date(2022, 5, 1), territory="economy", department="economy")
    assert [both.concerns(unit) for unit in ("economy", "longtanzi")] == [True, False]
    assert [ACCIDENT.concerns(unit) for unit in ("economy", "longtanzi", "fire")] == [True, True, False]


def test_goals() -> None:
    """Each goal by itself; a stability incident stays one when the accident is struck off; without a cap nobody can say."""
    calm = standing(date(2022, 10, 8), (ACCIDENT,), 1)
    assert method.goals([ACCIDENT], calm, mass_disasters=0) == {
        "no_major_accident": True, "within_cap": True, "no_stability_incident": True, "no_mass_disaster": True,
    }  # fmt: skip
    struck = replace(ACCIDENT, status="核销", stability=True, accident_class="较大")
    over = standing(date(2022, 10, 8), (ACCIDENT, on(date(2022, 6, 1))), 1)
    assert method.goals([struck], over, mass_disasters=1) == {
        "no_major_accident": True, "within_cap": False, "no_stability_incident": False, "no_mass_disaster": False,
    }  # fmt: skip
    assert method.goals([], standing(date(2022, 10, 8), (), None), mass_disasters=0)["within_cap"] is None


@pytest.mark.parametrize(("deaths", "kept"), [(0, True), (3, False)])
def test_goal_wants_no_larger_accident_with_deaths_and_the_light_none_at_all(deaths: int, kept: bool) -> None:
    """较大 by ten seriously injured and nobody dead: the zone's light is red, the plan's goal is kept."""
    larger = on(date(2022, 5, 1), deaths=deaths, serious_injuries=10, accident_class="较大")
    zone = standing(date(2022, 10, 8), (larger,), 6)
    found = method.goals([larger], zone, mass_disasters=0)
    lights = method.goal_lights(found, zone, accidents_filed=True, disasters_filed=False)
    assert (zone.light, found["no_major_accident"], lights["no_major_accident"]) == (
        "red",
        kept,
        "green" if kept else "red",
    )
    assert lights["within_cap"] != "red"


def test_a_goal_that_the_forecast_expects_to_be_missed_is_never_green() -> None:
    """不突破全年亡人指标 with a breach more likely than not is kept so far and orange."""
    past = tuple(on(date(year, month, 1)) for year in (2020, 2021) for month in range(1, 11))
    zone = standing(date(2022, 6, 30), past, 2, (2020, 2021))
    assert zone.breach_probability is not None
    assert zone.breach_probability > 0.5
    found = method.goals([], zone, mass_disasters=0)
    assert (found["within_cap"], method.goal_lights(found, zone, accidents_filed=True, disasters_filed=True)["within_cap"]) == (
        True, "orange",
    )  # fmt: skip


def test_what_nobody_files_for_is_grey() -> None:
    """No ledger is no success: each goal is unknown until something of the year is filed for it; a broken one is red."""
    calm = standing(date(2022, 10, 8), (), 6)
    found = method.goals([], calm, mass_disasters=0)
    assert set(method.goal_lights(found, calm, accidents_filed=False, disasters_filed=False).values()) == {"unknown"}
    assert method.goal_lights(found, calm, accidents_filed=True, disasters_filed=False) == {
        "no_major_accident": "green", "within_cap": "green", "no_stability_incident": "green", "no_mass_disaster": "unknown",
    }  # fmt: skip
    broken = method.goals([], calm, mass_disasters=1)
    assert method.goal_lights(broken, calm, accidents_filed=True, disasters_filed=True)["no_mass_disaster"] == "red"
    capless = standing(date(2022, 10, 8), (), None)
    unsaid = method.goals([], capless, mass_disasters=0)
    assert method.goal_lights(unsaid, capless, accidents_filed=True, disasters_filed=True)["within_cap"] == "unknown"


# Follow-up


@pytest.mark.parametrize(("extended", "due"), [(None, date(2022, 3, 1)), (date(2022, 4, 1), date(2022, 4, 1))])
def test_report_is_due_after_60_days_or_as_extended(extended: date | None, due: date) -> None:
    """60 days after the accident, whatever its class (Decree 493, article 29), unless an extension was granted."""
    assert method.report_due(date(2021, 12, 31), extended, SCHEME) == due


def test_an_extension_has_an_end() -> None:
    """At most 60 days more."""
    assert SCHEME.longest_extension(date(2021, 12, 31)) == date(2022, 4, 30)


def _penalties(*days: date, enterprise: str = "A") -> list[Penalty]:
    return [Penalty(enterprise, f"{enterprise}厂", f"{enterprise}{index}", day) for index, day in enumerate(days)]


def test_near_closure_at_three_in_180_days_or_four_in_a_year() -> None:
    """Work Safety Law, article 113: reached at 3 within 180 days or 4 within a year, named one short of it, silent before."""
    as_of = date(2022, 10, 8)
    recent = [as_of - timedelta(days=days) for days in (0, 30, 179)]
    old = [as_of - timedelta(days=days) for days in (181, 250, 300, 364)]

    def found(*penalties: Penalty) -> list[tuple[str, int, int, bool]]:
        return [
            (one.enterprise, one.within_half_year, one.within_year, one.reached)
            for one in method.near_closure(penalties, as_of, SCHEME)
        ]

    assert found(*_penalties(*recent)) == [("A厂", 3, 3, True)]
    assert found(*_penalties(*recent[:2])) == [("A厂", 2, 2, False)]
    assert found(*_penalties(*old)) == [("A厂", 0, 4, True)]
    assert found(*_penalties(*old[:3])) == [("A厂", 0, 3, False)]
    assert found(*_penalties(*old[:2])) == []
    assert found(*_penalties(as_of + timedelta(days=1), *recent[:1])) == []


def test_one_decision_over_several_cases_is_one_penalty() -> None:
    """The same decision told three times does not bring an enterprise near closure."""
    same = [Penalty("A", "A厂", "罚1", date(2022, 9, day)) for day in (1, 2, 3)]
    assert method.near_closure(same, date(2022, 10, 8), SCHEME) == []
