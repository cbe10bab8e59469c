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
class CellLooks:
    """How the cells of a workbook's first seen sheet look, by address: the text of a number, and why what is stored is not read there.

    ``hidden_rows`` and ``hidden_columns`` are counted from 0; ``beside`` are sheets that are seen and hold no table; ``printed``
    are the words at the head and the foot of its pages, ``printed_picture`` says whether a picture is printed there.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    hindered: Mapping[str, str] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    beside: Sequence[str] = ()
    printed: Sequence[str] = ()
    printed_picture: bool = False


@dataclass(frozen=True, slots=True)
class DocumentCells:
    """The sheets of a workbook, the one that is seen first before the others, each with its name and its rows of texts, numbers and
    None; the document's properties; and how the cells of the first one look.
    """

    sheets: Sequence[tuple[str, Sequence[Row]]]
    properties: Mapping[str, str]
    looks: CellLooks = field(default_factory=CellLooks)


def understood(told: Mapping[str, Any]) -> DocumentCells:
    """What the process that reads a workbook tells of it."""
    sheets = [(sheet["name"], sheet["rows"]) for sheet in told["sheets"]]
    looks = {name: value for name, value in told["looks"].items() if name != "name"}
    return DocumentCells(sheets, told["properties"], CellLooks(**looks))


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
