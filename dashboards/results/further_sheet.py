"""What stands in a workbook beside its first sheet: a table as people read it, and one chart of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboards.results.exported import Exported

LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\'!$]")


@dataclass(frozen=True, slots=True)
class SheetChart:
    """A chart below a table, of its first rows: ``names`` is the column whose texts stand at its bars or points, ``values`` are those of
    its series, which their heads name.
    """

    kind: Literal["bars", "line"]
    title: str
    names: int
    values: Sequence[int]
    rows: int
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class FurtherSheet:
    """A sheet: its name, its table, whose rows are a list, and a chart of it."""

    name: str
    table: Exported
    chart: SheetChart | None = None


def sheet_name(words: str) -> str:
    """Words as a sheet may be called."""
    return _NOT_IN_NAMES.sub("_", words)[:LONGEST_NAME]
