"""Workbooks of which nearly every cell is wrong."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.workbooks import write_workbook
from tests.integration.ledgers import LEDGER_HEADER, ledger

SHEET = "执法检查台账"
_RIGHT = {"被检查单位": "企业{row}", "检查人员": "张伟、李娜", "检查文书号": "检{row}号"}
_BLANK = {"序号", "处罚决定书号", "处罚种类", "备注"}
WRONG_COLUMNS = len(LEDGER_HEADER) - len(_RIGHT) - len(_BLANK) - 1
"""属地 takes any text."""


def rubbish(path: Path, rows: int) -> Path:
    """A ledger of which twelve cells of every row say something of their own that they may not say."""
    table = [LEDGER_HEADER, *(_wrong(row) for row in range(1, rows + 1))]
    write_workbook(path, {SHEET: table, "_meta": list(ledger().meta.items())})
    return path


def wide(path: Path, rows: int = 300, columns: int = 200, length: int = 1_000) -> Path:
    """A ledger among columns that nobody knows, with a long text in every cell."""
    unknown = [f"列{number}{'长' * 180}" for number in range(columns - len(LEDGER_HEADER))]
    texts = ([f"{row}/{column}{'长文' * (length // 2)}" for column in range(columns)] for row in range(rows))
    write_workbook(path, {SHEET: [[*LEDGER_HEADER, *unknown], *texts], "_meta": list(ledger().meta.items())})
    return path


def _wrong(row: int) -> list[str | None]:
    return [
        None if title in _BLANK else _RIGHT[title].format(row=row) if title in _RIGHT else f"x{row}y{column}"
        for column, title in enumerate(LEDGER_HEADER)
    ]
