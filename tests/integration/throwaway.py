"""An installation for one generated example, and workbooks of plain cells: gone when the example is over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from data.settings import Settings
from data.store import reader, writer


@contextmanager
def throwaway(template: Path, today: date) -> Iterator[Settings]:
    """An initialised, empty installation on SQLite."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "supervision.db"
        shutil.copy(template, path)
        configured = Settings(database_url=f"sqlite:///{path}", archive_dir=Path(folder) / "archive", today=today)
        yield configured
        for engine in (writer(configured.database_url), reader(configured.database_url)):
            engine.dispose()


def save(sheets: Mapping[str, Sequence[Sequence[object]]], path: Path) -> Path:
    """Write sheets of cells as a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path
