"""Rows counted as columns come to what the same rows come to one by one."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.columns import (
    coded,
    counts_by_part,
    counts_until,
    day_numbers,
    day_of,
    last_of_each,
    medians_by_part,
)

FIRST = date(2022, 1, 1)
DAYS = st.none() | st.integers(0, 9).map(lambda days: FIRST + timedelta(days=days))
ROWS = st.lists(st.tuples(st.sampled_from([None, "a", "b", "c"]), st.booleans(), st.booleans(), st.integers(0, 9)), max_size=20)  # fmt: skip


@given(ROWS)
def test_parts_are_counted_as_row_by_row(rows: list[tuple[str | None, bool, bool, int]]) -> None:
    """Flags and middles of each part, whatever parts there are; a part without rows has no middle."""
    part = coded(one[0] for one in rows)
    flags = [np.array([one[at] for one in rows], dtype=bool) for at in (1, 2)]
    values = np.array([one[3] for one in rows], dtype=np.int32)
    size = len(part.names) + 1
    counted = counts_by_part(part.codes, size, flags).tolist()
    middles = medians_by_part(part.codes, size, values)
    for name, own, middle in zip(part.names, counted, middles, strict=False):
        of_it = [one for one in rows if one[0] == name]
        assert own == [sum(one[1] for one in of_it), sum(one[2] for one in of_it)]
        assert middle == median(one[3] for one in of_it)
    assert (counted[-1], middles[-1]) == ([0, 0], None)
    assert part.values() == [one[0] for one in rows]
    assert part.among(["a", None]).tolist() == [one[0] in {"a", None} for one in rows]


@given(st.lists(DAYS, max_size=20), st.sets(st.integers(0, 9), min_size=1))
def test_days_are_counted_up_to_each_end(days: list[date | None], ends: set[int]) -> None:
    """An end counts its own day; what has no day lies behind every end."""
    last = [FIRST + timedelta(days=one) for one in sorted(ends)]
    told = day_numbers(days)
    assert counts_until(told, last) == [sum(day is not None and day <= end for day in days) for end in last]
    assert [day_of(one) for one in told] == days


@given(st.lists(st.tuples(st.sampled_from("xy"), st.lists(st.sampled_from("123"), max_size=4)), max_size=6))
def test_the_row_told_last_is_that_of_the_last_ledger(ledgers: list[tuple[str, list[str]]]) -> None:
    """Of one thing of one owner the later ledger, in it the later row; another owner's thing of that name is another."""
    rows = [(owner, thing) for owner, things in ledgers for thing in things]
    last = {one: place for place, one in enumerate(rows)}
    assert last_of_each(ledgers).tolist() == sorted(last.values())
