"""Stored workbooks against the rules of today: what would now be refused or warned of that was not when it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from data.intake.archive import Archive
from data.intake.inbox import Choice
from data.rollup.in_force import submissions_in_force
from data.schema.intake import submission, submission_problem
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.periods import Period
from data.zone.zone import Zone, read_zone
from etl.checking.check import check_workbook
from etl.kinds.registry import KINDS
from etl.reading.limits import Unreadable
from etl.reading.reader import Reader
from etl.table.problems import Problem


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One workbook that counts, and what today's rules find in it besides what was found when it came."""

    number: int
    file: str
    kind: str
    unit: str
    period: str
    problems: tuple[Problem, ...]


def recheck(configured: Settings, period: Period | None = None) -> Iterator[Rechecked]:
    """Every workbook that counts, of one period or of all, in the order in which they came; changes nothing."""
    archive = Archive(configured.archive_dir)
    with (
        Reader(configured.reader_memory_mib, configured.reader_seconds) as books,
        database_errors(),
        reader(configured.database_url).connect() as connection,
    ):
        zone = read_zone(connection, configured.zone)
        for row in _counting(connection, zone, period):
            choice = Choice(**row.choice) if row.choice else Choice(row.kind, row.unit, row.period)
            archive.read(row.sha256)
            try:
                book = books.read(archive.path_of(row.sha256))
                found = check_workbook(
                    book, choice, zone, connection, row.received_at, row.only_unit, row.submission
                ).problems
            except Unreadable as refusal:
                found = [Problem(refusal.code)]
            new = _not_told(found, _told(connection, zone, row.submission))
            yield Rechecked(row.submission, row.file_name, row.kind, row.unit, row.period, new)


def _counting(connection: Connection, zone: Zone, period: Period | None) -> Sequence[Row[Any]]:
    """The submissions that count, in the order in which they came."""
    within = None if period is None else str(period)
    numbers = [
        number
        for kind in KINDS
        for number in submissions_in_force(connection, zone.code, kind, first=within, last=within)
    ]
    table = submission.c
    wanted = table.zone == zone.code, table.submission.in_(numbers)
    return connection.execute(select(submission).where(*wanted).order_by(table.submission)).all()


class _Told:
    """What was said of one column (or none) of a sheet under one code: the cells named, and in how many places it stood."""

    def __init__(self) -> None:
        self.cells: set[str] = set()
        self.places = 0

    def add(self, cells: Iterable[str], places: int) -> None:
        self.cells.update(cells)
        self.places += places


_About = tuple[str, str | None, str | None]


def _told(connection: Connection, zone: Zone, number: int) -> Mapping[_About, _Told]:
    """What was found when it came, by code, sheet and column."""
    found = submission_problem.c
    rows = connection.execute(select(submission_problem).where(found.zone == zone.code, found.submission == number))
    told: defaultdict[_About, _Told] = defaultdict(_Told)
    for row in rows:
        told[row.code, row.sheet, row.column].add(row.cells, row.places)
    return told


def _not_told(found: Sequence[Problem], before: Mapping[_About, _Told]) -> tuple[Problem, ...]:
    """Entries that name a cell which was not named, or of which there are more places in all: how they are divided is no news."""
    now: defaultdict[_About, _Told] = defaultdict(_Told)
    for one in found:
        now[one.code, one.sheet, one.column].add(one.cells, one.count)
    news = []
    for one in found:
        about = one.code, one.sheet, one.column
        told = before.get(about)
        if told is None or now[about].places > told.places or not told.cells.issuperset(one.cells):
            news.append(one)
    return tuple(news)
