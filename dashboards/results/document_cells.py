"""The cells of a workbook that somebody holds: read in a process of its own, within limits, for it may be anybody's file.

``etl.reading.plain_cells`` runs as a command of its own, for what goes out knows nothing of how workbooks are read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from data.environment import bare_environment

MEMORY_MIB, SECONDS = 512, 20.0
_ANOTHER_FORMAT = 2
"""What the process that reads a workbook ends with where it is one, but no .xlsx."""
_ROOT = Path(__file__).parents[2]
_AT_ONCE = BoundedSemaphore(2)
"""However many documents are asked about at once: each reader may take its whole limit of memory."""
Row = Sequence[Any]


class AnotherFormat(Exception):
    """A workbook that is no .xlsx: how its cells look is not known."""


@dataclass(frozen=True, slots=True)
class ChartLooks:
    """A chart that lies on a sheet: the cells at which it begins and ends, row and column counted from 0, and what it tells."""

    begins: Sequence[int]
    ends: Sequence[int]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class CellLooks:
    """How the cells of a sheet look, by address: the text of a number, and why what is stored is not read there.

    ``hidden_rows`` and ``hidden_columns`` are counted from 0; ``charts`` lie on its cells; ``printed`` are the words at the head
    and the foot of its pages, ``printed_picture`` says whether a picture is printed there.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    hindered: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    charts: Sequence[ChartLooks] = ()
    printed: Sequence[str] = ()
    printed_picture: bool = False


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet: its name, its rows of texts, numbers and None, and how its cells look; None where it is not seen."""

    name: str
    rows: Sequence[Row]
    looks: CellLooks | None


@dataclass(frozen=True, slots=True)
class DocumentCells:
    """The sheets of a workbook, the one that is seen first before the others; the document's properties; and the names of sheets that
    are seen and hold no table.
    """

    sheets: Sequence[SheetCells]
    properties: Mapping[str, str]
    beside: Sequence[str] = ()


def understood(told: Mapping[str, Any]) -> DocumentCells:
    """What the process that reads a workbook tells of it."""
    sheets = [SheetCells(sheet["name"], sheet["rows"], _looks(sheet["looks"])) for sheet in told["sheets"]]
    return DocumentCells(sheets, told["properties"], told["beside"])


def _looks(told: Mapping[str, Any] | None) -> CellLooks | None:
    if told is None:
        return None
    charts = [ChartLooks(**one) for one in told["charts"]]
    return CellLooks(**{name: value for name, value in told.items() if name != "name"} | {"charts": charts})


def cells_of(raw: bytes) -> DocumentCells | None:
    """What stands in a workbook; None where it is none, or could not be read within the limits. AnotherFormat where it is no .xlsx."""
    told = told_of("etl.reading.plain_cells", raw)
    return None if told is None else understood(told)


def told_of(reader: str, raw: bytes) -> Any:
    """What a reader tells of a document that it gets on its standard input; None where it has no answer within the limits."""
    command = [sys.executable, "-m", reader, str(MEMORY_MIB), str(SECONDS)]
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603  # our own modules, no shell
                command,
                input=raw,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=bare_environment(PYTHONPATH=str(_ROOT)),
                timeout=SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return None
    if done.returncode == _ANOTHER_FORMAT:
        raise AnotherFormat
    return json.loads(done.stdout) if done.returncode == 0 else None
