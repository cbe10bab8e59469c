"""The right of reply as pure functions: where a mark stands, and which mark counts (METHOD section 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.replies import Stage, StandingMark, may_answer, standing
from dashboards.method.scores import mean_of_year
from data.intake.standing_marks import AnsweredMark, DecidedMark, ReviewedMark

MARKS = st.decimals(0, 10, places=1)
FEW = st.sampled_from([Decimal(7), Decimal(8), Decimal(9)])
"""So few that reviews come back to what was decided on."""
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("review"), st.one_of(FEW, st.none())),
        st.tuples(st.just("reply"), st.booleans()),
        st.tuples(st.just("decide"), FEW),
        st.tuples(st.just("return"), st.none()),
    ),
    max_size=14,
)


@dataclass
class OneMark:
    """One mark through a quarter, step by step: what was written down of it, and what a person who followed it would say."""

    line: int = 0
    versions: list[ReviewedMark] = field(default_factory=list)
    reply: AnsweredMark | None = None
    decision: DecidedMark | None = None
    word: list[Decimal | None] = field(default_factory=list)
    """Beside each version what the office has decided so far and nothing has overtaken."""

    @property
    def review(self) -> Decimal | None:
        """As the last version has it."""
        return self.versions[-1].mark if self.versions else None

    def now(self) -> StandingMark:
        """By the rule."""
        return standing(self.review, self.reply, self.decision, self.versions)

    def take(self, step: str, told: object) -> None:
        """One step, where it is possible."""
        self.line += 1
        match step, told:
            case "review", Decimal() | None:
                before = self.word[-1] if self.word else None
                keeps = before is not None and told in {self.review, before}
                self.versions.append(ReviewedMark(self.line, told))
                self.word.append(before if keeps else None)
            case "return", None if self.versions and (
                self.decision is None or self.versions[-1].line > self.decision.entry
            ):
                self.versions.pop()
                self.word.pop()
            case "reply", bool() if self.review is not None and may_answer(self.now().stage, published=False):
                self.reply = AnsweredMark(self.line, self.review, told)
            case "decide", Decimal() if self.review is not None and self.reply is not None and not self.reply.agrees:
                self.decision = DecidedMark(self.line, self.reply.entry, self.review, told)
                self.word[-1] = told


@given(STEPS)
def test_law_what_counts_is_what_is_shown_through_all_reviews_replies_and_decisions(
    steps: list[tuple[str, object]],
) -> None:
    """What was decided counts until a review brings another mark, and never again after it; whatever is shown open or agreed
    counts as the review has it.
    """
    one = OneMark()
    for step, told in steps:
        one.take(step, told)
        found, word = one.now(), one.word[-1] if one.word else None
        assert found.counts == (one.review if word is None or one.review is None else word)
        if found.stage in {Stage.OPEN, Stage.AGREED}:
            assert found.counts == one.review
        if found.stage is Stage.DECIDED:
            assert one.decision is not None
            assert found.counts == one.decision.mark
        assert (found.stage is Stage.UNREVIEWED) == (one.review is None)


def _reviewed(*marks: str) -> list[ReviewedMark]:
    """Versions of the review, one each tenth line."""
    return [ReviewedMark(10 * number, Decimal(mark)) for number, mark in enumerate(marks, start=1)]


def test_a_review_that_comes_back_to_the_former_mark_does_not_bring_the_decision_back() -> None:
    """8, decided to be 9; a review with 7, to which the unit agrees; then again one with 8: that counts, and is open."""
    decision = DecidedMark(15, 12, Decimal(8), Decimal(9))
    contested, agreed = AnsweredMark(12, Decimal(8), agrees=False), AnsweredMark(22, Decimal(7), agrees=True)
    assert standing(Decimal(8), contested, decision, _reviewed("8")) == StandingMark(Stage.DECIDED, Decimal(9))
    assert standing(Decimal(7), agreed, decision, _reviewed("8", "7")) == StandingMark(Stage.AGREED, Decimal(7))
    assert standing(Decimal(8), agreed, decision, _reviewed("8", "7", "8")) == StandingMark(Stage.OPEN, Decimal(8))
    assert standing(Decimal(8), contested, decision, _reviewed("8", "9", "8")) == StandingMark(Stage.OPEN, Decimal(8))
    assert standing(Decimal(9), contested, decision, _reviewed("8", "9", "9")) == StandingMark(
        Stage.DECIDED, Decimal(9)
    )


def test_where_the_newer_review_is_returned_what_was_decided_stands_again() -> None:
    """A returned workbook counts no more, and neither does its word; what the unit contested meanwhile still waits."""
    decision = DecidedMark(15, 12, Decimal(8), Decimal(9))
    agreed, contested = AnsweredMark(22, Decimal(7), agrees=True), AnsweredMark(22, Decimal(7), agrees=False)
    assert standing(Decimal(8), agreed, decision, _reviewed("8")) == StandingMark(Stage.DECIDED, Decimal(9))
    assert standing(Decimal(8), contested, decision, _reviewed("8")) == StandingMark(Stage.CONTESTED, Decimal(9))
    on_the_returned_one = DecidedMark(25, 22, Decimal(7), Decimal(10))
    assert standing(Decimal(8), contested, on_the_returned_one, _reviewed("8")) == StandingMark(Stage.OPEN, Decimal(8))


@given(MARKS, MARKS, MARKS)
def test_only_a_contested_mark_waits_for_the_office(review: Decimal, answered: Decimal, decided: Decimal) -> None:
    """Whatever a later review says, what is contested waits until it is decided; what was agreed holds for its own mark."""
    agrees, contests = AnsweredMark(7, answered, agrees=True), AnsweredMark(7, answered, agrees=False)
    on_another = DecidedMark(6, 5, answered, decided)
    every = [ReviewedMark(1, answered), ReviewedMark(10, review)]
    assert standing(None, None, None, []).stage is Stage.UNREVIEWED
    assert standing(review, None, None, []) == StandingMark(Stage.OPEN, review)
    assert standing(review, agrees, None, []).stage is (Stage.AGREED if answered == review else Stage.OPEN)
    assert standing(review, contests, None, []).stage is Stage.CONTESTED
    assert standing(review, contests, on_another, every).stage is Stage.CONTESTED
    on_it = standing(review, contests, DecidedMark(8, 7, answered, decided), every)
    assert on_it.stage is (Stage.DECIDED if review in (answered, decided) else Stage.OPEN)


def test_nobody_answers_what_is_decided_or_published() -> None:
    """Until then a reply may be given and changed."""
    assert [one for one in Stage if may_answer(one, published=False)] == [Stage.OPEN, Stage.AGREED, Stage.CONTESTED]
    assert not any(may_answer(one, published=True) for one in Stage)


def test_the_years_mean_is_rounded_once() -> None:
    """Half up, from exact sums; without a published quarter there is none."""
    assert mean_of_year([Decimal("90.00"), Decimal("90.01")]) == Decimal("90.01")
    assert mean_of_year([Decimal("80.10"), Decimal("79.20"), Decimal("80.00")]) == Decimal("79.77")
    assert mean_of_year([]) is None
