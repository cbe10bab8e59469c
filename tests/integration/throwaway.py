"""An installation for one generated example, and workbooks of plain cells: empty again when the example is over."""

from __future__ import annotations

import atexit
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import Engine

from data.settings import Settings
from data.store import reader, writer
from tests.benchmarks.workbooks import ISO, Cell, write_workbook

_FREE: list[str] = []
"""Places of examples that are over: the next takes one, with the engines that are there."""
_FIRST: dict[Callable[[str], Engine], Engine] = {}


@contextmanager
def throwaway(template: Path, today: date) -> Iterator[Settings]:
    """An initialised, empty installation on SQLite."""
    place = _FREE.pop() if _FREE else mkdtemp()
    path = Path(place) / "supervision.db"
    shutil.copy(template, path)
    configured = Settings(database_url=f"sqlite:///{path}", archive_dir=Path(place) / "archive", today=today)
    _share_statements(configured.database_url)
    try:
        yield configured
    finally:
        for engine in (writer(configured.database_url), reader(configured.database_url)):
            engine.dispose()
        shutil.rmtree(place)
        Path(place).mkdir()
        _FREE.append(place)


@contextmanager
def throwaway_copy(kept: Settings, today: date) -> Iterator[Settings]:
    """Another installation on SQLite, with all that one holds."""
    path = Path(kept.database_url.removeprefix("sqlite:///"))
    with throwaway(path, today) as other:
        # What SQLite has written lately lies beside its file, where a mere copy would miss it.
        with (
            closing(sqlite3.connect(path)) as source,
            closing(sqlite3.connect(other.database_url.removeprefix("sqlite:///"))) as to,
        ):
            source.backup(to)
        shutil.copytree(kept.archive_dir, other.archive_dir)
        yield other


def _share_statements(url: str) -> None:
    """What SQLAlchemy has made of a statement is kept by engine, and takes longer than to ask it: all have that of the first."""
    for made in (writer, reader):
        engine = made(url)
        first = _FIRST.setdefault(made, engine)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


@atexit.register
def _leave_nothing() -> None:
    for place in _FREE:
        shutil.rmtree(place)


def save(sheets: Mapping[str, Sequence[Sequence[Cell]]], path: Path) -> Path:
    """Write sheets of cells as a workbook."""
    write_workbook(path, sheets, days=ISO)
    return path
