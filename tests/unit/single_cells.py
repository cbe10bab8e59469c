"""Cells alone, and columns of them, for the tests of what a cell means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from etl.reading.sheets import Sheet, SheetColumn
from etl.table.cells import Wrong


def column_of(*written: Any) -> SheetColumn:
    """A column of a sheet with these cells."""
    return Sheet.of("表", [[cell] for cell in written]).columns[0]


def refused(understand: Callable[[Any], Any], cell: Any) -> str:
    """The code with which a cell is refused."""
    return why(understand, cell)[0]


def why(understand: Callable[[Any], Any], cell: Any) -> tuple[str, Any]:
    """The code with which a cell is refused, and the reason that its sentence gives."""
    with pytest.raises(Wrong) as wrong:
        understand(cell)
    return wrong.value.code, wrong.value.parameters.get("reason")


UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u202c\ufe0f\u3164\U000e0101"
"""Characters that nobody sees: zero-width ones, a soft hyphen, marks of direction, selectors, fillers."""
