"""Results as pandas DataFrames, for analysts and for charts that are tables by nature (docs/for-analysts.md).

pandas is imported where a frame is made and nowhere else: a command that needs none starts without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pandas import DataFrame

Dtype = Literal["string", "Int64", "Float64", "boolean", "datetime64[s]"]
"""Types that know a missing value, so that nothing which is not known becomes 0 or an empty text."""


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """A column of a frame: its name and type, in which unit its numbers are, and what it tells."""

    name: str
    dtype: Dtype
    measured_in: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FrameLayout:
    """The columns of a frame; the first ones are its index."""

    index: tuple[FrameColumn, ...]
    columns: tuple[FrameColumn, ...]

    @property
    def every(self) -> tuple[FrameColumn, ...]:
        """Index and columns, in order."""
        return self.index + self.columns

    def frame(self, rows: Iterable[Mapping[str, Any]]) -> DataFrame:
        """Rows as a frame: each column with its type, whatever is in it; without rows an empty frame of the same columns."""
        import pandas as pd

        told = list(rows)
        columns = {
            one.name: pd.Series(_numbers(told, one.name), dtype=one.dtype) for one in self.every
        }  # fmt: skip
        return pd.DataFrame(columns).set_index([one.name for one in self.index])


def _numbers(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    return [float(value) if isinstance(value := row.get(name), Decimal | Fraction) else value for row in rows]


UNIT = FrameColumn("unit", "string", "", "code of the unit")
PERIOD = FrameColumn("period", "string", "", "`2022-05`, `2022Q2` or `2022`")
NAME = FrameColumn("name", "string", "", "short name of the unit")
GROUP = FrameColumn("group", "string", "", "`town`, `department` or `centre`")
FLAGS = FrameColumn("flags", "string", "", "flags of METHOD, joined by blanks")
