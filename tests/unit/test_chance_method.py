"""How sure a rank is, and what would have moved it, is METHOD section 2: laws that hold for any group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.draws import DRAWS, Reliability, drawn_scores, seed_of
from dashboards.method.funnel import binomial_bounds, chi_square_above, funnel
from dashboards.method.ranking import RankedUnit, rank_group
from dashboards.method.rates import RATES, Share, counted, wilson
from dashboards.method.rescored import margin
from dashboards.method.single_keys import differ_much
from dashboards.results import chance
from dashboards.results.chance import GroupChance, RowChance
from data.indicators.unit_month import State, UnitMonth
from data.schema.enforcement import Sums
from data.zone.schemes import RankingScheme, shipped
from tests.oracle import chance as oracle

SCHEMES = [one for _text, one in shipped() if isinstance(one, RankingScheme)]
SCHEME, SINCE_2025 = SCHEMES


@st.composite
def unit_months(draw: st.DrawFn, code: str) -> UnitMonth:
    """A unit's month with small counts, so that groups hold ties, perfect months and undefined rates; one in five is silent."""
    upto = lambda most: draw(st.integers(0, most))  # noqa: E731
    inspections, due = upto(9), upto(6)
    problems, due_hazards = upto(inspections), due * (1 + upto(2))
    sums = Sums(
        inspections=inspections, problem_inspections=problems, hazards=problems, penalties=upto(4), due_cases=due,
        closed_cases=upto(due), due_hazards=due_hazards, rectified_hazards=upto(due_hazards),
    )  # fmt: skip
    state = draw(st.sampled_from([State.REPORTED] * 4 + [State.NOT_REPORTED, State.AWAITED]))
    timeliness = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(0)])) if state is State.REPORTED else None
    return UnitMonth(
        code, f"{code}名", may_penalise=draw(st.booleans()), state=state, sums=sums if state is State.REPORTED else Sums(),
        overdue_major=upto(2), plan=draw(st.sampled_from([None, 0, 4, 8])), timeliness=timeliness,
    )  # fmt: skip


groups = st.integers(0, 7).flatmap(lambda number: st.tuples(*(unit_months(f"u{at}") for at in range(number))))
schemes = st.sampled_from(SCHEMES)


def of(units: Sequence[UnitMonth], scheme: RankingScheme, group: str = "town") -> GroupChance:
    """Everything about one group, in a month."""
    return chance.of_group(rank_group(units, scheme), {one.unit: one for one in units}, scheme, "2022-05", group)


def scored(units: Sequence[UnitMonth], scheme: RankingScheme) -> list[RankedUnit]:
    """Who has a score, best first."""
    return [one for one in rank_group(units, scheme) if one.score is not None]


def with_closed(units: Sequence[UnitMonth], code: str, more: int) -> list[UnitMonth]:
    """The same units, one with so many more of its due cases closed."""
    return [
        replace(one, sums=replace(one.sums, closed_cases=one.sums.closed_cases + more)) if one.unit == code else one
        for one in units
    ]


def ranked_by_code(units: Sequence[UnitMonth], scheme: RankingScheme) -> dict[str, RankedUnit]:
    """The whole group scored and ranked anew."""
    return {one.unit: one for one in rank_group(units, scheme)}


@given(groups, schemes)
def test_places_lie_within_the_group_and_somebody_is_first_and_last(
    units: tuple[UnitMonth, ...], scheme: RankingScheme
) -> None:
    """Bounds are places of the scored; in every draw somebody is first, and last: chances sum to 1, or to more where some tie."""
    found = of(units, scheme)
    rows = {one.unit: found.units[one.unit] for one in scored(units, scheme)}
    assert {code for code, row in found.units.items() if row.place is not None} == rows.keys()
    assert found.reliability.pairs == len(rows) * (len(rows) - 1) // 2 >= found.reliability.reliable
    for row in rows.values():
        assert row.place is not None
        assert row.weights is not None
        assert 1 <= row.place.low <= row.place.high <= len(rows)
        assert 0 <= row.weights.same <= row.weights.within_one <= 1
    if rows:
        assert sum(row.place.first for row in rows.values() if row.place) >= 1 - 1e-9
        assert sum(row.place.last for row in rows.values() if row.place) >= 1 - 1e-9


def test_chances_of_who_never_ties_sum_to_one() -> None:
    """Where no two scores of a draw are the same, exactly one unit is first in it and one last."""
    found = of([month(f"u{at}", 40 + at, 9 + 3 * at, 37, 8 + 5 * at) for at in range(4)], SCHEME)
    places = [row.place for row in found.units.values() if row.place is not None]
    assert sum(one.first for one in places) == pytest.approx(1, abs=0.01)
    assert sum(one.last for one in places) == pytest.approx(1, abs=0.01)


def month(code: str, inspections: int, problems: int, due: int, closed: int, **more: Any) -> UnitMonth:
    """A month that was reported in time, of a unit without the power to penalise."""
    sums = Sums(inspections=inspections, problem_inspections=problems, hazards=problems, due_cases=due, closed_cases=closed,
                due_hazards=due, rectified_hazards=closed)  # fmt: skip
    given: dict[str, Any] = {"plan": 40, "timeliness": Fraction(1), **more}
    return UnitMonth(code, code, may_penalise=False, state=State.REPORTED, sums=sums, **given)


@given(groups, schemes, st.randoms())
def test_neither_order_nor_names_nor_other_groups_change_anything(
    units: tuple[UnitMonth, ...], scheme: RankingScheme, random: Any
) -> None:
    """The same input gives the same output, whatever the order of what was read and whatever units are called."""
    shuffled = [replace(one, name=f"更名{one.unit}") for one in units]
    random.shuffle(shuffled)
    assert of(shuffled, scheme) == of(units, scheme)


def test_the_seed_is_of_scheme_period_and_group() -> None:
    """Another group, period or scheme is drawn otherwise; the same is drawn again."""
    seeds = [
        seed_of(scheme, period, group) for scheme in SCHEMES for period in ("2022-05", "2022-06") for group in "ab"
    ]
    assert len(set(seeds)) == len(seeds)
    units = [month("a", 10, 5, 6, 3), month("b", 10, 6, 6, 2)]
    counts = {one.unit: one for one in units}
    first, again, other = (drawn_scores(scored(units, SCHEME), counts, SCHEME, seed) for seed in (1, 1, 2))
    assert first.shape == (2, DRAWS)
    assert (first == again).all()
    assert not (first == other).all()


@given(groups, schemes)
def test_to_next_lifts_and_one_less_does_not(units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """Closing what is said to be needed, and ranking the whole group anew, gives exactly the score and place promised."""
    before = ranked_by_code(units, scheme)
    for code, row in of(units, scheme).units.items():
        assert [lift.needed for lift in row.to_next or ()] == sorted(lift.needed for lift in row.to_next or ())
        for lift in row.to_next or ():
            rank = before[code].rank
            assert rank is not None
            assert lift.rank < rank
            if lift.indicator == "closed_loop_rate":
                then = ranked_by_code(with_closed(units, code, lift.needed), scheme)[code]
                almost = ranked_by_code(with_closed(units, code, lift.needed - 1), scheme)[code]
                assert (then.score, then.rank) == (lift.score, lift.rank)
                assert almost.rank == rank
            else:
                one = next(one for one in units if one.unit == code)
                assert one.plan is not None
                assert one.sums.inspections + lift.needed <= one.plan


@given(groups, schemes)
def test_what_is_not_said_would_not_have_lifted(units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """Who is told of no case would not have been lifted by closing all of them."""
    before = ranked_by_code(units, scheme)
    for code, row in of(units, scheme).units.items():
        if row.to_next is not None and not any(lift.indicator == "closed_loop_rate" for lift in row.to_next):
            (one,) = (one for one in units if one.unit == code)
            all_closed = with_closed(units, code, one.sums.due_cases - one.sums.closed_cases)
            assert ranked_by_code(all_closed, scheme)[code].rank == before[code].rank


@given(groups, schemes)
def test_a_margin_reverses_the_pair_and_one_less_does_not(units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """With so many cases of one of the two the lower one leads; with one less, or where there is no margin, it never does."""
    by_code = {one.unit: one for one in units}
    for upper, lower in pairwise(scored(units, scheme)):
        cases = margin(upper, lower, scheme)
        most = max(by_code[upper.unit].sums.due_cases, by_code[lower.unit].sums.due_cases)
        assert cases is None or _reversed(units, scheme, upper.unit, lower.unit, cases)
        for fewer in range(1, most + 1 if cases is None else cases):
            assert not _reversed(units, scheme, upper.unit, lower.unit, fewer)


def _reversed(units: Sequence[UnitMonth], scheme: RankingScheme, upper: str, lower: str, cases: int) -> bool:
    """Whether the lower one of the two leads once so many cases of one of them have come out otherwise."""
    for code, more in ((upper, -cases), (lower, cases)):
        one = next(one.sums for one in units if one.unit == code)
        if 0 <= one.closed_cases + more <= one.due_cases:
            found = ranked_by_code(with_closed(units, code, more), scheme)
            above, below = found[upper].rank, found[lower].rank
            assert above is not None
            assert below is not None
            if below < above:
                return True
    return False


@given(groups, schemes)
def test_who_has_no_score_has_no_chance(units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """Who did not report, or is not scored, is in no draw and told of no cases; who reported nothing has no intervals either."""
    found = of(units, scheme)
    for one in rank_group(units, scheme):
        if one.score is None:
            row = found.units[one.unit]
            assert replace(row, intervals=None) == RowChance()
            assert (row.intervals is None) == (one.indicators is None)


def test_who_inspected_nobody_is_not_lifted_by_inspections() -> None:
    """Nobody knows what they would have found, and 0 is 0 whatever the points."""
    units = [month("a", 40, 20, 5, 5), month("b", 0, 0, 0, 0)]
    assert of(units, SCHEME).units["b"].to_next == ()


def test_inspections_lift_by_what_the_plan_lacked_and_not_beyond() -> None:
    """Two of the plan's inspections that were not done would have been enough; from 2025 on no number of them is named."""
    units = [month("a", 39, 20, 5, 5), month("b", 38, 19, 5, 5)]
    (lift,) = of(units, SCHEME).units["b"].to_next or ()
    assert (lift.indicator, lift.needed, lift.rank) == ("completion", 2, 1)
    assert of(units, SINCE_2025).units["b"].to_next in {None, ()}


@pytest.mark.parametrize(("count", "of_them"), [(0, 1), (1, 1), (0, 10), (3, 12), (10, 10), (999, 1000)])
def test_wilson_is_the_root_of_its_square(count: int, of_them: int) -> None:
    """The interval's ends are where the share lies 1.96 standard errors away; 0 and 1 are ends of their own."""
    assert wilson(Share(count, of_them)) == pytest.approx(oracle.wilson(count, of_them), abs=1e-9)


def test_wilson_of_none_of_ten() -> None:
    """0 of 10 may well be one in four (the textbooks' 0.2775)."""
    assert wilson(Share(0, 10)) == pytest.approx((0, 0.2775), abs=5e-5)


def test_penalties_are_capped_at_the_inspections_with_problems() -> None:
    """Three decisions over two inspections are no share of 1.5; a unit without the power has no such rate at all."""
    one = replace(month("a", 10, 2, 5, 5), may_penalise=True)
    one = replace(one, sums=replace(one.sums, penalties=3))
    assert counted("penalty_rate", one) == Share(2, 2)
    assert counted("penalty_rate", replace(one, may_penalise=False)) is None
    assert [Share(1, number).few for number in (4, 5)] == [True, False]


@given(groups, schemes)
def test_every_rate_lies_in_its_interval(units: tuple[UnitMonth, ...], scheme: RankingScheme) -> None:
    """The interval holds what was observed, and lies between 0 and 1; an undefined rate has none."""
    for one in units:
        for rate, interval in (chance.intervals(one) or {}).items():
            found = counted(rate, one)
            assert (interval is None) == (found is None)
            if found is not None and interval is not None:
                assert 0 <= interval[0] <= found.count / found.of <= interval[1] <= 1


@given(st.integers(1, 60), st.fractions(0, 1, max_denominator=50))
def test_binomial_bounds_are_exact(of_them: int, pooled: Fraction) -> None:
    """Below the lower bound, and above the upper one, lies no more than the tail, and would more with one further."""
    for inside, tail in ((0.95, Fraction(25, 1000)), (0.998, Fraction(1, 1000))):
        assert binomial_bounds(of_them, pooled, inside) == oracle.binomial_bounds(of_them, pooled, tail)


@pytest.mark.parametrize(("freedom", "point"), [(1, 3.8415), (2, 5.9915), (4, 9.4877), (7, 14.0671), (30, 43.7730)])
def test_chi_square_has_the_tables_points(freedom: int, point: float) -> None:
    """One in twenty lies above the tables' 95 % point."""
    assert chi_square_above(point, freedom) == pytest.approx(0.05, abs=1e-5)


def test_a_funnel_widens_where_units_differ_by_more_than_chance() -> None:
    """Five units at one rate lie within limits of chance alone; five that differ wildly have wider ones, and are said to."""
    alike = funnel({f"u{at}": Share(5 + at % 2, 10) for at in range(5)})
    apart = funnel({f"u{at}": Share(9 * (at % 2), 10) for at in range(6)})
    assert alike is not None
    assert apart is not None
    assert (alike.overdispersed, apart.overdispersed, apart.pooled) == (False, True, Fraction(9, 20))
    assert apart.widened**2 == pytest.approx(6 * (4.5**2 / (10 * 0.45 * 0.55)) / 5)
    assert not any(one.outside for one in alike.units.values())
    low, high = apart.units["u0"].inner
    assert (low, high) == (0, 1)
    assert funnel({f"u{at}": Share(1, 2) for at in range(4)}) is None


def test_nothing_that_varies_is_no_order_at_all() -> None:
    """Without a pair, or where nobody differs and nothing is drawn, 区分度 is undefined; below one half it is poor."""
    silent = [month(f"u{at}", 0, 0, 0, 0) for at in range(3)]
    assert of(silent, SCHEME).reliability == Reliability(3, 0, None)
    assert of([], SCHEME).reliability == of(silent[:1], SCHEME).reliability == Reliability(0, 0, None)
    assert [Reliability(1, 0, value).poor for value in (None, 0.49, 0.5)] == [False, True, False]


def test_places_by_keys_that_differ_by_more_than_half_the_group_are_told() -> None:
    """First by one key and fourth by another is more than half of six; three places are not."""
    assert differ_much(1, {"inspections": 5}, 6)
    assert not differ_much(1, {"inspections": 4}, 6)


def test_every_rate_but_completion_has_an_interval() -> None:
    """Completion is a share of a plan, and may exceed 1."""
    assert RATES == ("problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate")
