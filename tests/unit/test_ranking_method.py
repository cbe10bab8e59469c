"""The monthly ranking is METHOD section 2: points, deductions, flags, states and places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.ranking import RankedUnit, rank_group, rounded
from data.indicators.enforcement import INDICATORS
from data.indicators.unit_month import State, UnitMonth
from data.schema.enforcement import FIELDS, Sums
from data.zone.schemes import RankingScheme, parse, shipped

(TEXT, SCHEME), (_, SINCE_2025) = ((text, one) for text, one in shipped() if one.name == "monthly_ranking")

PERFECT = UnitMonth(
    "a", "甲", may_penalise=True, state=State.REPORTED, plan=10, timeliness=Fraction(1),
    sums=Sums(inspections=10, enterprises=9, problem_inspections=6, hazards=12, penalties=2, fines_yuan=Decimal(30000),
              due_cases=4, closed_cases=4, due_hazards=8, rectified_hazards=8),
)  # fmt: skip
AWAITED = UnitMonth("w", "待", may_penalise=True, state=State.AWAITED)
SILENT = UnitMonth("n", "未", may_penalise=True, state=State.NOT_REPORTED)


def month(**changes: Any) -> UnitMonth:
    """A month in which everything was done, but for these changes."""
    sums = {name: changes.pop(name) for name in FIELDS if name in changes}
    return replace(PERFECT, sums=replace(PERFECT.sums, **sums), **changes)


def alone(**changes: Any) -> RankedUnit:
    """That month, scored and ranked as the only one of its group."""
    return rank_group([month(**changes)], SCHEME)[0]


def weighted(**weights: int) -> RankingScheme:
    """The shipped scheme with other weights."""
    content = SCHEME.model_dump()
    for key, weight in weights.items():
        content["indicators"][key]["weight"] = weight
    return RankingScheme.model_validate(content)


def places(*units: UnitMonth) -> dict[str, int | None]:
    """The rank of each unit."""
    return {one.unit: one.rank for one in rank_group(units, SCHEME)}


# Points and score


def test_a_month_in_which_everything_was_done() -> None:
    """Who meets every target has every point, 100.00, no flag and no deduction."""
    one = alone()
    assert (one.score, one.flags, dict(one.deductions), one.basis) == (Decimal("100.00"), (), {}, 100)
    assert one.points == {
        "completion": 20,
        "problem_rate": 20,
        "penalty_rate": 20,
        "closed_loop_rate": 25,
        "rectification_rate": 10,
        "timeliness": 5,
    }


@pytest.mark.parametrize(
    ("changes", "key", "points"),
    [
        ({"inspections": 10, "plan": 40}, "completion", 5),
        ({"plan": 3}, "completion", 20),
        ({"problem_inspections": 3}, "problem_rate", 10),
        ({"problem_inspections": 9}, "problem_rate", 20),
        ({"problem_inspections": 8, "penalties": 1}, "penalty_rate", 10),
        ({"penalties": 30}, "penalty_rate", 20),
        ({"closed_cases": 1}, "closed_loop_rate", Fraction(25, 4)),
        ({"rectified_hazards": 3}, "rectification_rate", Fraction(30, 8)),
        ({"timeliness": Fraction(1, 2)}, "timeliness", Fraction(5, 2)),
        ({"timeliness": Fraction(0)}, "timeliness", 0),
    ],
)
def test_points_are_weight_by_share_of_the_target(changes: Mapping[str, Any], key: str, points: Any) -> None:
    """Points are weight × min(value ÷ target, 1), exactly; beyond the target there is nothing more to win."""
    assert alone(**changes).points[key] == points


@pytest.mark.parametrize(
    ("changes", "undefined", "basis"),
    [
        ({"plan": None}, ["completion"], 80),
        ({"plan": 0}, ["completion"], 80),
        ({"may_penalise": False}, ["penalty_rate"], 80),
        (
            {"due_cases": 0, "closed_cases": 0, "due_hazards": 0, "rectified_hazards": 0},
            ["closed_loop_rate", "rectification_rate"],
            65,
        ),
        ({"plan": None, "may_penalise": False}, ["completion", "penalty_rate"], 60),
    ],
)
def test_undefined_is_left_out_and_the_rest_reweighted(
    changes: Mapping[str, Any], undefined: list[str], basis: int
) -> None:
    """An indicator without a denominator is undefined, never 0 or 100 %; what is left is scored out of its own weights."""
    one = alone(**changes, timeliness=Fraction(0))
    assert [key for key, points in one.points.items() if points is None] == undefined
    assert one.indicators is not None
    assert all(one.indicators[key] is None for key in undefined)
    assert (one.basis, one.score) == (basis, rounded(Fraction(100 * (basis - 5), basis)))


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("0.005", "0.01"), ("0.0049", "0.00"), ("1.005", "1.01"), ("2.675", "2.68"), ("80.015", "80.02"), ("80.025", "80.03"),
     ("99.995", "100.00"), ("99.9949", "99.99"), ("0", "0.00"), ("100", "100.00")],
)  # fmt: skip
def test_rounding_is_half_up(exact: str, shown: str) -> None:
    """A score is rounded half up to two decimals, which neither floats nor bankers do."""
    assert str(rounded(Fraction(exact))) == shown


@pytest.mark.parametrize(("plan", "score"), [(4000, "80.01"), (1333, "80.02"), (4001, "80.00"), (800, "80.03")])
def test_score_at_the_boundary(plan: int, score: str) -> None:
    """80 + 20 ÷ plan lies at or beside half a hundredth, and is rounded once, at the end."""
    one = alone(inspections=1, problem_inspections=1, penalties=1, plan=plan)
    assert str(one.score) == score


@given(st.fractions(min_value=0, max_value=100, max_denominator=10**9))
def test_rounding_never_moves_by_more_than_half_a_hundredth(exact: Fraction) -> None:
    """The rounded score is the nearest hundredth, and of two as near the upper one."""
    assert Fraction(-1, 200) < Fraction(rounded(exact)) - exact <= Fraction(1, 200)


def test_fines_never_score() -> None:
    """Amounts are shown and change nothing."""
    rich, poor = alone(fines_yuan=Decimal("9999999.99")), alone(fines_yuan=Decimal(0))
    assert (rich.score, rich.points) == (poor.score, poor.points)
    assert rich.indicators is not None
    assert rich.indicators["fines_yuan"] == Decimal("9999999.99")


def test_every_indicator_of_the_method_is_told() -> None:
    """A unit that reported has every key of METHOD's table, in its order."""
    indicators = alone().indicators
    assert indicators is not None
    assert tuple(indicators) == tuple(one.key for one in INDICATORS) == (
        "inspections", "enterprises", "problem_inspections", "hazards", "major_hazards", "penalties", "fines_yuan", "due_cases",
        "closed_cases", "overdue_major", "completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate", "timeliness",
    )  # fmt: skip


# Deductions


@pytest.mark.parametrize(("overdue", "taken"), [(1, 2), (4, 8), (5, 10), (6, 10), (500, 10)])
def test_overdue_major_hazards_cost_two_each_at_most_ten(overdue: int, taken: int) -> None:
    """2 points for each case overdue, at most 10."""
    one = alone(overdue_major=overdue)
    assert (one.deductions, one.score, one.flags) == ({"overdue_major": taken}, 100 - taken, ("overdue_major",))


def test_zero_penalty_costs_five() -> None:
    """Who found problems and punished none loses 5 points, beside the rate's own."""
    one = alone(penalties=0)
    assert (one.deductions, one.score, one.flags) == ({"zero_penalty": 5}, Decimal("75.00"), ("zero_penalty",))


@pytest.mark.parametrize(
    "changes", [{"may_penalise": False}, {"problem_inspections": 0, "inspections": 4}, {"penalties": 1}]
)
def test_zero_penalty_is_only_for_who_found_and_may_punish(changes: Mapping[str, Any]) -> None:
    """Who found nothing is not driven to punish, nor is who may not."""
    one = alone(**{"penalties": 0, **changes})
    assert ("zero_penalty" in one.flags, one.deductions) == (False, {})


def test_score_never_falls_below_nothing() -> None:
    """Deductions stop at 0.00."""
    one = alone(penalties=0, overdue_major=9, inspections=1000, problem_inspections=1, plan=100_000, closed_cases=0, rectified_hazards=0,
                timeliness=Fraction(0))  # fmt: skip
    assert (str(one.score), one.deductions) == ("0.00", {"zero_penalty": 5, "overdue_major": 10})


# Flags and states


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"timeliness": Fraction(1, 2)}, ("late",)),
        ({"timeliness": Fraction(0)}, ("late",)),
        ({"inspections": 5, "problem_inspections": 0, "penalties": 0}, ("no_problem_found",)),
        ({"inspections": 4, "problem_inspections": 0, "penalties": 0}, ()),
        ({"zero_then_filled": True}, ("zero_then_filled",)),
        ({"inspections": 0, "problem_inspections": 0, "penalties": 0}, ("zero_enforcement",)),
        ({"inspections": 0, "problem_inspections": 0, "penalties": 0, "plan": None}, ("zero_enforcement",)),
        ({"inspections": 0, "problem_inspections": 0, "penalties": 0, "plan": 0}, ("nothing_planned",)),
        ({"inspections": 3, "plan": 0, "problem_inspections": 3}, ()),
        (
            {"plan": None, "penalties": 0, "due_cases": 0, "due_hazards": 0, "timeliness": Fraction(0), "overdue_major": 1, "zero_then_filled": True},
            ("late", "zero_penalty", "overdue_major", "thin_basis", "zero_then_filled"),
        ),
        (
            {"inspections": 0, "problem_inspections": 0, "penalties": 0, "plan": None, "due_cases": 0, "due_hazards": 0,
             "timeliness": Fraction(0), "overdue_major": 1},
            ("late", "zero_enforcement", "overdue_major"),
        ),
    ],
)  # fmt: skip
def test_flags(changes: Mapping[str, Any], flags: tuple[str, ...]) -> None:
    """Each flag where METHOD says so and nowhere else, all of them in METHOD's order."""
    if len(flags) > 1:  # nothing but problem rate, penalty rate and timeliness is defined
        one = rank_group([month(**changes)], weighted(problem_rate=10, completion=30))[0]
    else:
        one = alone(**changes)
    assert one.flags == flags


def test_zero_enforcement_scores_nothing() -> None:
    """零执法 is 0.00 whatever the points; a deduction for overdue major hazards is listed, though it changes nothing."""
    one = alone(inspections=0, problem_inspections=0, penalties=0, overdue_major=2)
    assert (str(one.score), one.flags, one.deductions) == (
        "0.00",
        ("zero_enforcement", "overdue_major"),
        {"overdue_major": 4},
    )
    assert (one.rank, one.of) == (1, 1)


def test_from_2025_on_zero_enforcement_is_shown_and_not_scored() -> None:
    """零执法 has no score and no place among those that do; a deduction is listed all the same."""
    idle = month(unit="b", inspections=0, problem_inspections=0, penalties=0, overdue_major=2)
    ranked = {one.unit: one for one in rank_group([idle, month()], SINCE_2025)}
    assert (ranked["b"].score, ranked["b"].rank, ranked["b"].flags, ranked["b"].deductions) == (
        None,
        None,
        ("zero_enforcement", "overdue_major"),
        {"overdue_major": 4},
    )
    assert (ranked["a"].score, ranked["a"].rank, ranked["a"].of) == (100, 1, 1)


def test_from_2025_on_neither_inspections_nor_penalties_are_asked_for() -> None:
    """Zero penalties are shown and take nothing off; who did more inspections, and more of the plan, ties with who did not."""
    one = rank_group([month(penalties=0)], SINCE_2025)[0]
    assert (one.score, one.flags, one.deductions) == (Decimal("90.00"), ("zero_penalty",), {})
    few, many = month(inspections=10, plan=100), month(unit="b", inspections=20, problem_inspections=12, penalties=4)
    assert [(one.rank, one.score) for one in rank_group([few, many], SINCE_2025)] == [(1, 100), (1, 100)]


@pytest.mark.parametrize(("state", "flag"), [(State.AWAITED, "awaited"), (State.NOT_REPORTED, "not_reported")])
def test_refused_stands_beside_what_is_missing(state: State, flag: str) -> None:
    """未通过 beside awaited or not_reported; its score, place and indicators are those of a unit of which nothing counts."""
    one, plain = (
        rank_group([replace(SILENT, state=state, refused=refused), month()], SCHEME)[1] for refused in (True, False)
    )
    assert (one.flags, plain.flags) == ((flag, "refused"), (flag,))
    assert replace(one, flags=plain.flags) == plain


def test_nothing_planned_is_unranked() -> None:
    """Who had a plan of 0 and inspected nobody has no score and no place, and is not counted among the ranked."""
    idle = month(unit="b", inspections=0, problem_inspections=0, penalties=0, plan=0)
    ranked = {one.unit: one for one in rank_group([idle, month()], SCHEME)}
    assert (ranked["b"].score, ranked["b"].rank, ranked["b"].flags) == (None, None, ("nothing_planned",))
    assert (ranked["a"].rank, ranked["a"].of) == (1, 1)


@pytest.mark.parametrize(("timeliness", "basis", "thin"), [(5, 50, False), (4, 49, True)])
def test_thin_basis_begins_below_fifty(timeliness: int, basis: int, thin: bool) -> None:
    """依据不足 is a basis of less than 50: 50 is enough, 49 is not; the unit is ranked all the same."""
    scheme = weighted(
        problem_rate=45,
        completion=0,
        penalty_rate=20,
        closed_loop_rate=25,
        timeliness=timeliness,
        rectification_rate=10 - timeliness,
    )
    one = rank_group([month(plan=None, may_penalise=False, due_cases=0, due_hazards=0)], scheme)[0]
    assert (one.basis, "thin_basis" in one.flags, one.rank) == (basis, thin, 1)


def test_not_reported_is_tied_last() -> None:
    """Who did not report has neither score nor indicators and stands after all who did, even at 0.00, all tied; `of` counts them."""
    zero = month(unit="z", inspections=0, problem_inspections=0, penalties=0)
    ranked = {
        one.unit: one for one in rank_group([SILENT, replace(SILENT, unit="m", overdue_major=3), zero, month()], SCHEME)
    }
    assert {unit: (one.rank, one.of) for unit, one in ranked.items()} == {
        "a": (1, 4),
        "z": (2, 4),
        "n": (3, 4),
        "m": (3, 4),
    }
    assert (ranked["n"].score, ranked["n"].indicators, ranked["n"].flags) == (None, None, ("not_reported",))
    assert ranked["m"].flags == ("not_reported", "overdue_major")
    assert set(ranked["m"].points.values()) == {None}


def test_awaited_is_unranked_and_counted_nowhere() -> None:
    """While a ledger is awaited its unit has no place, and the others' places and their number are as if it were not there."""
    ranked = rank_group([AWAITED, replace(AWAITED, unit="v", overdue_major=1), month(), SILENT], SCHEME)
    assert [(one.unit, one.rank, one.of, one.flags) for one in ranked] == [
        ("a", 1, 2, ()), ("n", 2, 2, ("not_reported",)), ("v", None, 2, ("awaited",)), ("w", None, 2, ("awaited",)),
    ]  # fmt: skip


# Places


def test_ties_share_a_place() -> None:
    """1, 2, 2, 4: units equal on everything share a place, and the next stands behind both."""
    middle = month(unit="b", closed_cases=3)
    assert places(month(closed_cases=2, unit="d"), middle, replace(middle, unit="c"), month()) == {
        "a": 1,
        "b": 2,
        "c": 2,
        "d": 4,
    }


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"closed_cases": 4, "rectified_hazards": 3}, {"closed_cases": 3, "rectified_hazards": 8}),
        ({"due_cases": 1, "closed_cases": 0, "due_hazards": 0}, {"due_cases": 0, "due_hazards": 0}),
        ({"problem_inspections": 8}, {"problem_inspections": 7}),
        ({"penalties": 4}, {"penalties": 3}),
        ({"may_penalise": True}, {"may_penalise": False}),
        ({"inspections": 20, "problem_inspections": 12, "penalties": 4}, {}),
    ],
    ids=["closed-loop", "undefined-below-zero", "problem-rate", "penalty-rate", "undefined-below-any", "inspections"],
)
def test_equal_scores_are_parted_by_the_tie_keys(better: Mapping[str, Any], worse: Mapping[str, Any]) -> None:
    """Of equal scores the higher closed loop rate goes first, then problem rate, penalty rate, inspections; undefined is below any number."""
    scheme = weighted(
        completion=0, problem_rate=50, penalty_rate=20, closed_loop_rate=0, rectification_rate=0, timeliness=30
    )
    ranked = rank_group([month(unit="a", **worse), month(unit="b", **better)], scheme)
    assert ranked[0].score == ranked[1].score
    assert [(one.unit, one.rank) for one in ranked] == [("b", 1), ("a", 2)]


def test_what_people_see_ranks() -> None:
    """Two scores that print alike are equal: what differs behind the second decimal gives nobody a place."""
    base = {"inspections": 1, "problem_inspections": 1, "penalties": 1}
    ranked = rank_group([month(unit="a", **base, plan=2001), month(unit="b", **base, plan=2002)], SCHEME)
    assert [(one.unit, str(one.score), one.rank) for one in ranked] == [("a", "80.01", 1), ("b", "80.01", 1)]


counts = st.integers(0, 12)


@st.composite
def unit_months(draw: st.DrawFn) -> UnitMonth:
    """Any month that may occur, its parts never greater than their wholes."""
    inspections, due_cases, due_hazards = draw(counts), draw(counts), draw(counts)
    sums = Sums(
        inspections=inspections, problem_inspections=draw(st.integers(0, inspections)), penalties=draw(counts), due_cases=due_cases,
        closed_cases=draw(st.integers(0, due_cases)), due_hazards=due_hazards, rectified_hazards=draw(st.integers(0, due_hazards)),
    )  # fmt: skip
    return UnitMonth(
        "", "", draw(st.booleans()), draw(st.sampled_from(State)), sums=sums, overdue_major=draw(st.integers(0, 7)), plan=draw(st.none() | counts),
        timeliness=draw(st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)])), zero_then_filled=draw(st.booleans()),
    )  # fmt: skip


groups = st.lists(unit_months(), max_size=8).map(
    lambda units: [replace(one, unit=f"u{place}") for place, one in enumerate(units)]
)


def strictly_ahead(one: RankedUnit, other: RankedUnit) -> bool:
    """Whether METHOD puts one before the other by score alone; who did not report has none."""
    return one.score is not None and (other.score is None or one.score > other.score)


@given(groups)
def test_rank_follows_score(units: list[UnitMonth]) -> None:
    """A place is one more than the number of places strictly ahead; the higher score is always ahead, who did not report never."""
    ranked = [(one, one.rank) for one in rank_group(units, SCHEME) if one.rank is not None]
    for one, rank in ranked:
        assert one.of == len(ranked)
        assert rank == 1 + sum(place < rank for _, place in ranked)
        assert one.score is None or 0 <= one.score <= 100
        assert all(rank < place for other, place in ranked if strictly_ahead(one, other))


@given(groups, st.randoms())
def test_order_of_units_does_not_matter(units: list[UnitMonth], chance: Any) -> None:
    """However the units are listed, the ranking is the same."""
    shuffled = list(units)
    chance.shuffle(shuffled)
    assert rank_group(shuffled, SCHEME) == rank_group(units, SCHEME)


def test_text_of_the_scheme_decides() -> None:
    """Other thresholds in the scheme's text give other flags: nothing of METHOD's defaults is fixed in the program."""
    scheme = parse(
        TEXT.replace("no_problem_found_inspections: 5", "no_problem_found_inspections: 2").replace(
            "zero_penalty: 5 ", "zero_penalty: 9 "
        )
    )
    ranked = {
        one.unit: one
        for one in rank_group(
            [month(unit="f", inspections=2, problem_inspections=0, penalties=0), month(penalties=0)], scheme
        )
    }
    assert ranked["f"].flags == ("no_problem_found",)
    assert ranked["a"].deductions == {"zero_penalty": 9}
