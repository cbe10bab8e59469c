"""A problem found in a workbook is a typed record, yielded and never raised; its wording is in ``messages``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ERRORS = (
    "not_a_workbook",
    "encrypted",
    "too_large",
    "unknown_kind",
    "unknown_unit",
    "unknown_period",
    "conflict",
    "not_allowed",
    "closed_period",
    "missing_sheet",
    "missing_column",
    "near_header",
    "missing_value",
    "bad_date",
    "bad_number",
    "bad_choice",
    "bad_credit_code",
    "bad_document_number",
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
    "not_in_register",
    "number_of_another_unit",
    "probable_copy",
    "table_total",
    "hidden_rows",
    "far_deadline",
    "old_period",
    "early_zero",
    "summary_not_read",
    "nothing_found",
    "busy_inspectors",
    "decision_without_penalty",
    "class_above_criteria",
    "long_extension",
    "other_measure",
)


_WARNINGS = frozenset(WARNINGS)
FROM_PERIOD = "from_period"
"""Parameter of what only warns as yet: the first period in which it refuses."""
UNSEEN = "unseen"
"""Parameter of what stands in a cell with characters that cannot be seen: they were taken away before it was read."""
OF_MANY = "of_many"
"""Parameter of an entry that speaks of several unlike cells: which sentence says so (``messages.MANY``)."""


Said = tuple[tuple[str, tuple[tuple[str, Any], ...]], ...]
"""Messages, each with the (name, value) pairs that fill it: they are told where they are read (``data.language.told``)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what the sentence about it needs to know.

    ``cell`` is as the clerk sees it (``B3``), None for a problem of the whole file or sheet; ``cells`` are the cells
    with this same problem. Of an entry (``problem_groups``) ``count`` tells in how many places it stands, and ``cells``
    are the first of them. ``parameters`` hold text and numbers, and what is to be said in the reader's own language.
    """

    code: str
    sheet: str | None = None
    cell: str | None = None
    column: str | None = None
    value: str | None = None
    parameters: Mapping[str, str | int | Said] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    count: int = 1

    @property
    def is_error(self) -> bool:
        """Errors refuse the workbook; warnings are shown with an accepted one. A new rule warns in its first period."""
        return self.code not in _WARNINGS and FROM_PERIOD not in self.parameters
