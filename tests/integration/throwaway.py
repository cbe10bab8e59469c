"""An installation for one generated example, and workbooks of plain cells: empty again when the example is over."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from data.settings import Settings
from data.store import reader, writer
from tests.benchmarks.workbooks import ISO, Cell, write_workbook

_FREE: list[str] = []
"""Places of examples that are over: the next takes one, for what SQLAlchemy has made of a statement is kept by address."""


@contextmanager
def throwaway(template: Path, today: date) -> Iterator[Settings]:
    """An initialised, empty installation on SQLite."""
    place = _FREE.pop() if _FREE else mkdtemp()
    path = Path(place) / "supervision.db"
    shutil.copy(template, path)
    configured = Settings(database_url=f"sqlite:///{path}", archive_dir=Path(place) / "archive", today=today)
    try:
        yield configured
    finally:
        for engine in (writer(configured.database_url), reader(configured.database_url)):
            engine.dispose()
        shutil.rmtree(place)
        Path(place).mkdir()
        _FREE.append(place)


@atexit.register
def _leave_nothing() -> None:
    for place in _FREE:
        shutil.rmtree(place)


def save(sheets: Mapping[str, Sequence[Sequence[Cell]]], path: Path) -> Path:
    """Write sheets of cells as a workbook."""
    write_workbook(path, sheets, days=ISO)
    return path
