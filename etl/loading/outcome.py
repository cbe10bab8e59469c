"""What became of one workbook, as commands, worker and marked workbooks are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from data.intake.anchors import Anchor
from data.intake.inbox import Receipt
from etl.checking.check import Checkup
from etl.loading.decide import Decided
from etl.table.left_out import LeftOut
from etl.table.problems import Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one workbook (CONTRACT section 2, ``load --json``).

    ``in_force``: of a duplicate which version is now; ``account`` are the check's sums; ``layout`` is where the tables
    stood. ``anchor`` is the receipt's line in the journal, where there is a receipt. ``waits``: whether something of it
    waits for a second account.
    """

    file: str
    sha256: str
    status: str
    kind: str | None
    unit: str | None
    period: str | None
    version: int | None
    rows: int
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOut, ...] = ()
    in_force: int | None = None
    account: Mapping[str, Any] = field(default_factory=dict)
    layout: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    anchor: Anchor | None = field(default=None, compare=False)
    waits: bool = field(default=False, compare=False)

    @property
    def errors(self) -> list[Problem]:
        """What refused the workbook."""
        return [problem for problem in self.problems if problem.is_error]

    @property
    def warnings(self) -> list[Problem]:
        """What is shown with an accepted workbook."""
        return [problem for problem in self.problems if not problem.is_error]


def outcome_of(receipt: Receipt, checkup: Checkup, decided: Decided) -> Outcome:
    """What a checked workbook comes to; a duplicate had its problems told when it came first."""
    is_duplicate = decided.status == "duplicate"
    kind, unit, period = checkup.filed_under
    return Outcome(
        file=receipt.file_name,
        sha256=receipt.sha256,
        status=decided.status,
        kind=kind,
        unit=unit,
        period=period,
        version=decided.version,
        rows=checkup.rows,
        left_out=tuple(checkup.left_out),
        account=checkup.account,
        layout=checkup.layout,
        problems=() if is_duplicate else tuple(checkup.problems),
        in_force=decided.in_force.version if decided.in_force is not None and is_duplicate else None,
    )
