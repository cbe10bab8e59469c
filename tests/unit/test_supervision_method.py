"""Supervision and tip-offs as METHOD words them: each figure on the day before, the day, and the day after."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from dashboards.method import supervision, tipoffs
from dashboards.method.last_told import Telling, last_told
from dashboards.method.supervision import Finding
from dashboards.method.tipoffs import Tipoff
from data.zone.schemes import TipoffsScheme, shipped

DAY = timedelta(days=1)
DUE = date(2022, 6, 30)
SCHEME = next(one for _text, one in shipped() if isinstance(one, TipoffsScheme))
OPEN = Finding(DUE - 10 * DAY, "交叉督查", "fire", DUE, None, False, None)


@pytest.mark.parametrize(
    ("finding", "day", "expected"),
    [
        (OPEN, DUE - 11 * DAY, (0, 0, 0, 0, 0, 0, 0)),
        (OPEN, DUE - DAY, (1, 0, 0, 0, 0, 0, 0)),
        (OPEN, DUE, (1, 0, 1, 0, 0, 0, 0)),
        (OPEN, DUE + DAY, (1, 0, 1, 0, 1, 0, 0)),
        (OPEN._replace(answered_on=DUE), DUE + DAY, (1, 1, 1, 1, 0, 0, 0)),
        (OPEN._replace(answered_on=DUE + DAY), DUE, (1, 0, 1, 0, 0, 0, 0)),
        (OPEN._replace(answered_on=DUE + DAY), DUE + DAY, (1, 1, 1, 0, 0, 0, 0)),
        (OPEN._replace(answered_on=DUE + 2 * DAY), DUE + DAY, (1, 0, 1, 0, 1, 0, 0)),
        (OPEN._replace(due_on=None, exposed=True, closed_on=DUE), DUE, (1, 0, 0, 0, 0, 1, 1)),
        (OPEN._replace(due_on=DUE - 20 * DAY), DUE - 11 * DAY, (0, 0, 0, 0, 0, 0, 0)),
    ],
)
def test_finding_on_a_day(finding: Finding, day: date, expected: tuple[int, ...]) -> None:
    """Nothing is overdue on its last day; an answer after the deadline is one, and not in time."""
    columns = supervision.columns_of([finding])
    found = supervision.standing(columns.at(columns.ordered_by(day)), day)
    keys = ("ordered", "answered", "due", "answered_in_time", "overdue", "exposed", "closed")
    assert tuple(getattr(found, key) for key in keys) == expected
    assert found.in_time_rate == (Fraction(expected[3], expected[2]) if expected[2] else None)


def case(begun: int, **more: object) -> Tipoff:
    """A tip-off so many days before the day."""
    return Tipoff("举报", DUE - begun * DAY, False, None, None, None)._replace(**more)


def test_cases_on_a_day() -> None:
    """Sixty days are not yet overdue; substantiated counts among the closed alone; a reward of nothing is none; the middle two."""
    columns = tipoffs.columns_of(
        [
            case(60), case(61), case(61, closed_on=DUE + DAY, substantiated=True),
            case(70, closed_on=DUE, substantiated=True, reward_yuan=Decimal("0.10"), paid_on=DUE),
            case(3, closed_on=DUE - DAY, reward_yuan=Decimal("0.20"), paid_on=DUE + DAY), case(1, reward_yuan=Decimal(0), paid_on=DUE),
            case(-1, reward_yuan=Decimal(9)),
        ]
    )  # fmt: skip
    found = tipoffs.standing(columns.at(columns.received_by(DUE)), DUE, SCHEME)
    assert (found.received, found.closed, found.substantiated, found.overdue) == (6, 2, 1, 2)
    assert (found.rewarded, found.paid, found.reward_yuan, found.paid_yuan) == (2, 1, Decimal("0.30"), Decimal("0.10"))
    assert (found.median_days, found.payment_rate) == (36, Fraction(1, 2))
    nothing = tipoffs.standing(tipoffs.columns_of([]), DUE, SCHEME)
    assert nothing == tipoffs.NONE
    assert (nothing.median_days, nothing.payment_rate, nothing.paid_yuan) == (None, None, 0)


def test_the_row_told_last_counts() -> None:
    """The latest period first, whenever it came; then the later receipt, then the later row."""
    early, late = datetime(2022, 6, 3, tzinfo=UTC), datetime(2022, 8, 3, tzinfo=UTC)
    order = [
        Telling("2022-05", late, 9, 9),
        Telling("2022-06", early, 1, 5),
        Telling("2022-06", early, 1, 6),
        Telling("2022-06", late, 2, 2),
    ]
    for number in range(1, len(order) + 1):
        told = [("1号", telling, place) for place, telling in enumerate(order[:number])]
        assert last_told(told) == last_told(reversed(told)) == [number - 1]
    assert last_told([("1号", order[0], "a"), ("2号", order[0], "b")]) == ["a", "b"]
