"""The cells of a workbook that somebody holds: read in a process of its own, within limits, for it may be anybody's file.

``etl.reading.plain_cells`` runs as a command of its own, for what goes out knows nothing of how workbooks are read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from data.environment import bare_environment

MEMORY_MIB, SECONDS = 512, 20.0
_ROOT = Path(__file__).parents[2]
_AT_ONCE = BoundedSemaphore(2)
"""However many documents are asked about at once: each reader may take its whole limit of memory."""
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class DocumentCells:
    """The sheets of a workbook, each with its name and its rows of texts, numbers and None; and the document's properties.

    ``hidden_rows`` and ``hidden_columns`` are those of its first sheet, counted from 0.
    """

    sheets: Sequence[tuple[str, Sequence[Row]]]
    properties: Mapping[str, str]
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()


def understood(told: Mapping[str, Any]) -> DocumentCells:
    """What the process that reads a workbook tells of it."""
    sheets = [(sheet["name"], sheet["rows"]) for sheet in told["sheets"]]
    return DocumentCells(sheets, told["properties"], told["hidden_rows"], told["hidden_columns"])


def cells_of(raw: bytes) -> DocumentCells | None:
    """What stands in a workbook; None where it is none, or could not be read within the limits."""
    command = [sys.executable, "-m", "etl.reading.plain_cells", str(MEMORY_MIB), str(SECONDS)]
    try:
        with _AT_ONCE:
            done = subprocess.run(  # noqa: S603  # our own module, no shell
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
    if done.returncode != 0:
        return None
    return understood(json.loads(done.stdout))
