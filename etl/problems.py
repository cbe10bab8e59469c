"""A problem found in a workbook is a typed record, yielded and never raised; its wording is in ``messages``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ERRORS = (
    "not_a_workbook",
    "encrypted",
    "too_large",
    "unknown_kind",
    "unknown_unit",
    "unknown_period",
    "conflict",
    "not_allowed",
    "missing_sheet",
    "missing_column",
    "missing_value",
    "bad_date",
    "bad_number",
    "bad_choice",
    "bad_credit_code",
    "formula_error",
    "out_of_period",
    "inconsistent",
    "duplicate_key",
    "unknown_case",
    "still_referenced",
    "total_mismatch",
    "outdated",
    "program_error",
)
WARNINGS = (
    "unknown_column",
    "check_digit",
    "few_inspectors",
    "no_credit_code",
    "number_of_another_unit",
    "probable_copy",
    "table_total",
    "far_deadline",
    "nothing_found",
    "busy_inspectors",
    "decision_without_penalty",
    "class_above_criteria",
    "long_extension",
    "other_measure",
)


FROM_PERIOD = "from_period"
"""Parameter of what only warns as yet: the first period in which it refuses."""


_MOST_VALUES = 3
_ONE_LINE_A_VALUE = {"busy_inspectors"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what the sentence about it needs to know.

    ``cell`` is as the clerk sees it (``B3``), None for a problem of the whole file or sheet;
    ``cells`` are all cells with this same problem. ``parameters`` hold text and numbers only.
    """

    code: str
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    parameters: Mapping[str, str | int] = field(default_factory=dict)
    cells: tuple[str, ...] = ()

    @property
    def is_error(self) -> bool:
        """Errors refuse the workbook; warnings are shown with an accepted one. A new rule warns in its first period."""
        return self.code not in WARNINGS and FROM_PERIOD not in self.parameters


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """The same problem in many cells as one problem with its cells, in order of first appearance."""
    first: dict[tuple[object, ...], Problem] = {}
    cells: dict[tuple[object, ...], list[str]] = {}
    values: dict[tuple[object, ...], dict[str | None, None]] = {}
    for problem in problems:
        alike = problem.code, problem.sheet, problem.column, _same_value(problem), tuple(problem.parameters.items())
        first.setdefault(alike, problem)
        values.setdefault(alike, {})[problem.value] = None
        cells.setdefault(alike, []).extend(problem.cells or ([problem.cell] if problem.cell else []))
    return [
        Problem(one.code, one.sheet, one.cell, one.column, _all(values[alike]), one.parameters, tuple(cells[alike]))
        for alike, one in first.items()
    ]


def _all(values: Iterable[str | None]) -> str | None:
    """The values of one entry's cells, the first few of many."""
    given = [value for value in values if value is not None]
    shown = "；".join(given[:_MOST_VALUES])
    return None if not given else f"{shown}…" if len(given) > _MOST_VALUES else shown


def _same_value(problem: Problem) -> str | None:
    return problem.value if problem.is_error or problem.code in _ONE_LINE_A_VALUE else None
