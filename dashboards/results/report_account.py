"""A report's own account (对账单): how many workbooks and rows stand behind it, read and left out, to the last one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.results.published import Key, WorkbookBehind, workbooks
from dashboards.results.publishing import behind
from dashboards.results.reading import Reading, kept
from data.intake.publications import Publication
from data.zone.periods import Period

Counted = Mapping[str, int]
"""``seen``, and what it was taken for, part by part."""


@dataclass(frozen=True, slots=True)
class AccountPart:
    """The workbooks of one kind and period: how many, and the sums of their rows and cells."""

    kind: str
    period: str
    workbooks: int
    rows: Counted
    cells: Counted

    @property
    def difference(self) -> int:
        """Rows and cells that nothing is said of: 0, or the account does not close."""
        return sum(2 * counted.get("seen", 0) - sum(counted.values()) for counted in (self.rows, self.cells))


@dataclass(frozen=True, slots=True)
class AccountedWorkbook:
    """One workbook of the report's own period, and the sums of its rows."""

    kind: str
    period: str
    unit: str
    workbook: WorkbookBehind
    rows: Counted


@dataclass(frozen=True, slots=True)
class ReportAccount:
    """All parts, oldest first; ``workbooks``: those of the report's own period that its reader sees."""

    parts: tuple[AccountPart, ...]
    workbooks: tuple[AccountedWorkbook, ...] = field(default=())

    @property
    def whole(self) -> AccountPart:
        """All parts added up."""
        rows, cells = (_added([getattr(one, name) for one in self.parts]) for name in ("rows", "cells"))
        return AccountPart("", "", sum(one.workbooks for one in self.parts), rows, cells)


def _added(counted: Sequence[Counted]) -> Counted:
    every: Counter[str] = Counter()
    for one in counted:
        every.update(one)
    return every


@kept
def live(reading: Reading, period: Period) -> ReportAccount | None:
    """The account of a report as it stands; None for who does not see all units, for it tells of their workbooks."""
    if not reading.scope.sees_all:
        return None
    found, account = behind(reading, period)
    return _account(reading, period, found, account)


def frozen(reading: Reading, one: Publication, period: Period) -> ReportAccount:
    """The account that was frozen with a publication, and of the workbooks behind it those that the reader may open.

    Which they are is frozen by their hashes; when each came, and its rows, are the log's.
    """
    held = one.content["publication"]
    return _account(reading, period, held["submissions"], held["account"])


def _account(reading: Reading, period: Period, found: Mapping[str, Any], account: Sequence[Mapping[str, Any]]) -> ReportAccount:  # fmt: skip
    parts = tuple(
        AccountPart(one["kind"], one["period"], sum(one["workbooks"].values()), one["rows"], one["cells"])
        for one in account
    )
    own = [(sha256, kind, of, unit) for kind, every in found.items() for of, units in every.items() if of == str(period)
           for unit, sha256 in units.items() if reading.scope.sees(unit)]  # fmt: skip
    return ReportAccount(parts, tuple(_of_own_period(reading, own)))


def _of_own_period(reading: Reading, own: Sequence[Key]) -> list[AccountedWorkbook]:
    known = workbooks(reading, [key[0] for key in own])
    return [AccountedWorkbook(*key[1:], known[key], known[key].rows) for key in own if key in known]
