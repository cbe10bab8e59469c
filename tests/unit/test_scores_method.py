"""Quarterly scores by METHOD section 3: marks, components, bonus and deduction, grades, ranks, who speaks last."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method import scores as method
from dashboards.method.scores import MonthOfQuarter, ScoredUnit, UnitQuarter
from data.zone.schemes import ScoresScheme, shipped

SCHEME = next(one for _text, one in shipped() if isinstance(one, ScoresScheme))
NUMBERS = [measure.number for measure in SCHEME.measures]


def marks(mark: str) -> dict[int, Decimal]:
    """The same mark for all ten measures."""
    return dict.fromkeys(NUMBERS, Decimal(mark))


def months(*scores: str | None) -> tuple[MonthOfQuarter, ...]:
    """Months with these scores; None is left out."""
    return tuple(
        MonthOfQuarter(f"2022-0{index}", None if score is None else Decimal(score), reported=score is not None)
        for index, score in enumerate(scores, start=1)
    )


def unit(code: str = "u", **told: object) -> UnitQuarter:
    """A unit of which this is known; reviewed with 8 each if nothing else is said."""
    known = {"own": marks("9"), "reviewed": marks("8"), **told}
    return UnitQuarter(unit=code, name=code, **known)  # type: ignore[arg-type]


def scored(one: UnitQuarter) -> ScoredUnit:
    """Its score."""
    return method.score_unit(one, SCHEME)


def test_review_counts_where_there_is_one_else_the_units_own_mark_else_nothing() -> None:
    """Three measures: reviewed, only own, neither; the unit is unreviewed until every measure has a review."""
    one = scored(unit(own={1: Decimal(9), 2: Decimal("9.5")}, reviewed={1: Decimal(6)}))
    assert [part.score for part in one.measures[:3]] == [6, Decimal("9.5"), 0]
    assert (one.components["ten_measures"], one.flags) == (Fraction("15.5"), ("unreviewed",))
    assert scored(unit()).flags == ()


def test_components_that_are_undefined_share_their_weight_out() -> None:
    """70 / 20 / 10: without milestones 80 and 65 weigh 70 and 20 of 90; with milestones of 100 all three count."""
    one = unit(months=months("60", "70", None))
    assert scored(one).score == Decimal("76.67")
    assert scored(unit(months=months("60", "70"), milestones=Fraction(100))).score == Decimal("79.00")
    assert scored(unit()).score == Decimal("80.00")


def test_a_month_not_reported_counts_zero_and_one_left_out_does_not() -> None:
    """Not reported is 0 in the mean; awaited or nothing planned is left out of it; all left out is undefined."""
    assert method.enforcement(months("90", "0")) == 45
    assert method.enforcement(months("90", None)) == 90
    assert method.enforcement(months(None, None)) is None


def test_the_part_of_a_bonus_above_five_is_cut_and_said_so() -> None:
    """6.5 given counts 5, with 1.5 cut; 5 counts whole."""
    one = scored(unit(bonus=Decimal("6.5")))
    assert (one.score, one.bonus, one.cut) == (Decimal("85.00"), 5, Decimal("1.5"))
    assert scored(unit(bonus=Decimal(5))).cut == 0


def test_score_stays_between_0_and_100_and_is_rounded_once() -> None:
    """A deduction does not lead below 0 nor a bonus above 100; thirds of the months are rounded half up at the end."""
    assert scored(unit(reviewed=marks("0.5"), deduction=Decimal(9))).score == 0
    assert scored(unit(reviewed=marks("10"), bonus=Decimal(3))).score == 100
    assert scored(unit(months=months("33.33", "33.33", "33.34"))).score == Decimal("69.63")


@pytest.mark.parametrize(
    ("mark", "grade"),
    [
        ("10", "优秀"),
        ("9", "优秀"),
        ("8.999", "良好"),
        ("8", "良好"),
        ("7.999", "合格"),
        ("6", "合格"),
        ("5.999", "不合格"),
        ("0", "不合格"),
    ],
)
def test_grades(mark: str, grade: str) -> None:
    """≥ 90 优秀, ≥ 80 良好, ≥ 60 合格, below 不合格, by the rounded score."""
    assert scored(unit(reviewed=marks(mark))).grade == grade


def test_grade_goes_by_the_score_that_people_see() -> None:
    """79.995 is printed 80.00, and so it is 良好."""
    assert scored(unit(reviewed=marks("7.9995"))).grade == "良好"


def test_nothing_filed_and_no_review_is_no_score_but_months_are_shown() -> None:
    """not_reported: no score, no grade, ten_measures null, not unreviewed; enforcement all the same."""
    one = scored(unit(own=None, reviewed={}, months=months("60")))
    assert (one.score, one.grade, one.flags) == (None, None, ("not_reported",))
    assert (one.components["ten_measures"], one.components["enforcement"]) == (None, 60)


def test_an_empty_workbook_is_a_report_of_nothing() -> None:
    """A self-assessment without rows was filed: its measures count 0, it is unreviewed, not not_reported."""
    one = scored(unit(own={}, reviewed={}))
    assert (one.score, one.grade, one.flags) == (0, "不合格", ("unreviewed",))


def test_order_is_score_then_measures_then_enforcement_and_the_rest_ties() -> None:
    """Equal scores by different ways: ten measures decide, then enforcement; what is equal in all shares a rank."""
    # 80.00 each: measures alone; 85 with months of 62.5; and the same again.
    alike = {"reviewed": marks("8.5"), "months": months("62.5")}
    group = method.rank_group(
        [unit("a"), unit("b", **alike), unit("c", **alike), unit("d", reviewed=marks("7"))], SCHEME
    )
    assert [(one.unit, one.rank, str(one.score)) for one in group] == [
        ("b", 1, "80.00"), ("c", 1, "80.00"), ("a", 3, "80.00"), ("d", 4, "70.00"),
    ]  # fmt: skip


def test_vetoed_rank_behind_all_scored_and_before_who_did_not_report() -> None:
    """否决 whatever the score, among themselves by score; without a report last, all tied."""
    group = method.rank_group(
        [
            unit("good", veto="瞒报", reviewed=marks("10")),
            unit("poor", reviewed=marks("1")),
            unit("worse", veto="瞒报", reviewed=marks("5")),
            unit("silent", own=None, reviewed={}),
            unit("mute", own=None, reviewed={}, veto="瞒报"),
        ],
        SCHEME,
    )
    assert [(one.unit, one.rank, one.grade) for one in group] == [
        ("poor", 1, "不合格"), ("good", 2, "否决"), ("worse", 3, "否决"), ("mute", 4, "否决"), ("silent", 4, None),
    ]  # fmt: skip
    assert {one.of for one in group} == {5}


def test_a_proposal_is_a_flag_until_it_is_confirmed() -> None:
    """veto_proposed stands beside the score; a confirmed veto takes its place."""
    assert scored(unit(veto_proposed=True)).flags == ("veto_proposed",)
    confirmed = scored(unit(veto_proposed=True, veto="较大事故"))
    assert (confirmed.flags, confirmed.grade) == ((), "否决")


def _speakers(*units: UnitQuarter) -> dict[str, tuple[str, ...]]:
    group = method.rank_group(units, SCHEME)
    return {one.unit: told for one in group if (told := method.reasons_to_speak(one, group, SCHEME))}


def test_last_of_a_group_speaks_only_below_80_and_in_a_group_of_three() -> None:
    """Being last among good ones is no offence, nor last of two; all that tie at the end speak."""
    good = [unit("a", reviewed=marks("9")), unit("b", reviewed=marks("8.5")), unit("c", reviewed=marks("8"))]
    assert _speakers(*good) == {}
    poor = unit("d", reviewed=marks("7"))
    assert _speakers(*good, poor) == {"d": ("lowest",)}
    assert _speakers(*good, poor, unit("e", reviewed=marks("7"))) == {"d": ("lowest",), "e": ("lowest",)}
    assert _speakers(good[0], poor) == {}


def test_vetoed_silent_and_accident_prone_units_speak_too() -> None:
    """The lowest of those scored and not vetoed speaks beside the vetoed one; two fatal accidents are a reason of their own."""
    assert _speakers(
        unit("first", reviewed=marks("9"), fatal_accidents=2),
        unit("low", reviewed=marks("7"), fatal_accidents=1),
        unit("vetoed", reviewed=marks("6"), veto="瞒报"),
        unit("silent", own=None, reviewed={}),
    ) == {"first": ("many_accidents",), "low": ("lowest",), "vetoed": ("vetoed",), "silent": ("not_reported",)}


UNITS = st.builds(
    lambda number, mark, bonus, deduction, veto, silent: unit(
        f"u{number}", own=None if silent else marks("5"), reviewed={} if silent else marks(str(mark / 2)),
        bonus=Decimal(bonus), deduction=Decimal(deduction), veto="瞒报" if veto else None,
    ),
    st.integers(0, 10**6), st.integers(0, 20), st.integers(0, 8), st.integers(0, 8), st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(UNITS, min_size=1, max_size=7, unique_by=lambda one: one.unit), st.randoms(use_true_random=False))
def test_rank_follows_score_and_not_the_order_of_units(units: list[UnitQuarter], random: object) -> None:
    """In any order the same ranks; nobody with a lower score stands ahead of one of the same standing."""
    shuffled = [*units]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    group = method.rank_group(units, SCHEME)
    assert group == method.rank_group(shuffled, SCHEME)
    plain = [one for one in group if one.score is not None and one.veto is None]
    assert [one.score for one in plain] == sorted((one.score for one in plain), reverse=True)
    for one in group:
        assert one.rank == 1 + sum(other.rank < one.rank for other in group)
