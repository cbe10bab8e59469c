"""检查人员: two at least, and none in more places a day than a person can be.

A name that stands under a dozen inspections of one day was lent to some of them: who was really there is then not
known, and a penalty that rests on such a record falls in court.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from etl.table.cells import people
from etl.table.context import Context
from etl.table.problems import Problem

FEWEST_INSPECTORS = 2
MOST_INSPECTIONS_A_DAY = 10
"""Way, tour of the premises and a signed record take three quarters of an hour at the very least: ten fill a day of 8 hours."""
_TWO_OR_THREE_NAMES = 32
_MOST_NAMES = 20
"""Of a cell; no party is larger."""
_MOST_COUNTED = 300_000
"""Different names and days: a ledger with more of them is nobody's, and those that came first are told all the same."""
_MOST_LINES = 100
"""Who is named everywhere is told for the fullest hundred days; a form filled in by machine would have thousands."""


def check_inspectors(context: Context) -> Iterator[Problem]:
    """``few_inspectors`` at every cell that names one alone, ``busy_inspectors`` once for each inspector and day."""
    written = context.column("ledger", "inspectors")
    few = {text for text in set(written) if text is not None and len(_named(text)) < FEWEST_INSPECTORS}
    if few:
        for index in [index for index, text in enumerate(written) if text in few]:
            yield context.problem("ledger", index, "inspectors", "few_inspectors", "", written[index])
    yield from _busy(context, written)


def _named(text: str) -> frozenset[str]:
    return _named_again(text) if len(text) <= _TWO_OR_THREE_NAMES else frozenset(people(text)[:_MOST_NAMES])


@lru_cache(maxsize=8192)
def _named_again(text: str) -> frozenset[str]:
    """The same few people go out together, month after month."""
    return frozenset(people(text))


def _busy(context: Context, written: Sequence[str | None]) -> Iterator[Problem]:
    days = context.sound("ledger", "inspected_on")
    inspections: Counter[tuple[date, str]] = Counter()
    for (day, text), number in Counter(zip(days, written, strict=True)).items():
        if day is not None and text is not None:
            for name in _named(text):
                if len(inspections) < _MOST_COUNTED or (day, name) in inspections:
                    inspections[day, name] += number
    busy = [one for one, number in inspections.items() if number > MOST_INSPECTIONS_A_DAY and len(one[1]) > 1]
    if not busy:
        return
    fullest = sorted(busy, key=lambda one: (-inspections[one], *one))[:_MOST_LINES]
    rows: dict[tuple[date, str], list[int]] = {one: [] for one in sorted(fullest)}
    busy_days = {day for day, _ in rows}
    for index, (day, text) in enumerate(zip(days, written, strict=True)):
        if day in busy_days and text is not None:
            for name in _named(text):
                if (day, name) in rows:
                    rows[day, name].append(index)
    for (day, name), indices in rows.items():
        yield context.column_problem(
            "ledger", indices, "inspectors", "inspectors", "busy_inspectors", "",
            value=name, day=str(day), inspections=len(indices),
        )  # fmt: skip
