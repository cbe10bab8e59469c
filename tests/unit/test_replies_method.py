"""The right of reply as pure functions: where a mark stands, and which mark counts (METHOD section 3)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.replies import AnsweredMark, OfficeSaid, Stage, may_answer, stage
from dashboards.method.scores import as_decided, mean_of_year

MARKS = st.decimals(0, 10, places=1)


@given(MARKS, MARKS)
def test_what_was_decided_counts_as_long_as_its_mark_stands(review: Decimal, mark: Decimal) -> None:
    """Decided on this mark, the decision counts; on another, the review; without a decision, the review."""
    assert as_decided(review, review, mark) == mark
    assert as_decided(review, review + 1, mark) == review
    assert as_decided(review, None, None) == review


@given(MARKS, MARKS, MARKS)
def test_only_a_contested_mark_waits_for_the_office(review: Decimal, answered: Decimal, decided: Decimal) -> None:
    """Whatever a later review says, what is contested waits until it is decided; what was agreed holds for its own mark."""
    agrees, contests = AnsweredMark(7, answered, agrees=True), AnsweredMark(7, answered, agrees=False)
    on_it, on_another = OfficeSaid(7, answered, decided), OfficeSaid(6, answered, decided)
    assert stage(None, None, None) is Stage.UNREVIEWED
    assert stage(review, None, None) is Stage.OPEN
    assert stage(review, agrees, on_another) is (Stage.AGREED if answered == review else Stage.OPEN)
    assert stage(review, contests, None) is stage(review, contests, on_another) is Stage.CONTESTED
    assert stage(review, contests, on_it) is (Stage.DECIDED if review in (answered, decided) else Stage.OPEN)


def test_nobody_answers_what_is_decided_or_published() -> None:
    """Until then a reply may be given and changed."""
    assert [one for one in Stage if may_answer(one, published=False)] == [Stage.OPEN, Stage.AGREED, Stage.CONTESTED]
    assert not any(may_answer(one, published=True) for one in Stage)


def test_the_years_mean_is_rounded_once() -> None:
    """Half up, from exact sums; without a published quarter there is none."""
    assert mean_of_year([Decimal("90.00"), Decimal("90.01")]) == Decimal("90.01")
    assert mean_of_year([Decimal("80.10"), Decimal("79.20"), Decimal("80.00")]) == Decimal("79.77")
    assert mean_of_year([]) is None
