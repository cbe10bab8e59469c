"""A kind of workbook: its tables, what is kept of them, and what its rules and rollups are besides those declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table

from etl.table.context import Context
from etl.table.declaration import TableSpec
from etl.table.problems import Problem


@dataclass(frozen=True, slots=True)
class Stored:
    """A table in which a kind's accepted rows are kept.

    ``columns`` gives the rows of a checked workbook column by column, ``row`` (as the clerk sees it) among them;
    zone and submission are added to all. ``identity`` are the columns by which a row is known again in the next
    version; ``titles`` are the names, for people, of columns that the sheet calls otherwise: the program makes what
    stands in those, so nobody is named there.
    """

    table: Table
    sheet: TableSpec
    identity: tuple[str, ...]
    columns: Callable[[Context], Mapping[str, Sequence[Any]]]
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def open_titles(self) -> list[str]:
        """Titles of the columns that everybody may read who sees the unit."""
        return [*(column.title for column in self.sheet.columns if not column.names_people), *self.titles.values()]

    @property
    def identity_is_open(self) -> bool:
        """Whether the words by which a row is known may be read as widely."""
        personal = {column.key for column in self.sheet.columns if column.names_people}
        return not personal.intersection(key.removesuffix("_key") for key in self.identity)


def _nothing_to_prepare(_context: Context) -> None:
    """A kind whose rules rest on its cells alone."""


def _nothing_more(_context: Context) -> Iterable[Problem]:
    """A kind without particular rules, or whose workbooks state no sums of their own."""
    return ()


def _nothing_to_refresh(_connection: Connection, _context: Context, _submission: int) -> None:
    """A kind on which no rollup rests: reports read its rows, for they are few."""


def _nothing_to_foresee(_connection: Connection, _context: Context) -> None:
    """A kind on which no unit's own score rests month by month."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of workbook.

    ``prepare`` adds to the values what rules rest on and no cell says (the case that a row names, a measure's full
    mark); then the tables' ``rules`` are held, then ``check`` yields the problems that are particular to the kind, and
    ``check_sums`` those of sums that the workbook states (of what no other problem touches). ``stored`` are the tables
    of its accepted rows; ``refresh`` recomputes the rollups that they touch, in the same transaction. ``foresee`` tells
    the sums that a workbook makes, as JSON, where its rows are stored only to see that.
    """

    code: str
    title: str
    frequency: str
    order: int
    tables: tuple[TableSpec, ...]
    stored: tuple[Stored, ...]
    prepare: Callable[[Context], None] = _nothing_to_prepare
    check: Callable[[Context], Iterable[Problem]] = _nothing_more
    check_sums: Callable[[Context], Iterable[Problem]] = _nothing_more
    refresh: Callable[[Connection, Context, int], None] = _nothing_to_refresh
    foresee: Callable[[Connection, Context], dict[str, Any] | None] = _nothing_to_foresee
