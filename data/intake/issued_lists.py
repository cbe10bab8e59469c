"""Lists of whom to inspect as they were issued, as rows: once a month, drawn of once, and what re-checks of what was drawn found.

A list that could be issued anew, or drawn of again until the draw pleases, would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select

from data.intake import draw
from data.intake.archive import LAST_LINE, Entry
from data.intake.audit import Act
from data.language import gettext as _
from data.schema.issued_lists import issued_list, list_draw, recheck

ISSUE, DRAW, RECHECK = "issue_lists", "draw_of_lists", "record_recheck"
ROWS: Mapping[str, tuple[Table, Mapping[str, str]]] = MappingProxyType(
    {
        ISSUE: (issued_list, {one: one for one in ("month", "sha256", "content", "actor")}),
        DRAW: (list_draw, {one: one for one in ("list", "number", "source", "actor")}),
        RECHECK: (recheck, {one: one for one in ("list", "line", "unit", "accurate", "note", "actor")}),
    }
)
"""What is told in an act's line, by the column of the table that keeps it."""


@dataclass(frozen=True, slots=True)
class IssuedLists:
    """The lists of all units for a month: ``content["units"]`` has of each unit its ``list`` (a ``credit_code`` each) and ``cases``."""

    entry: int
    month: str
    sha256: str
    content: Mapping[str, Any]
    actor: str
    at: datetime

    @property
    def codes(self) -> dict[str, tuple[str, ...]]:
        """Unit → the credit codes of its list, in order."""
        return {unit: tuple(codes) for unit, codes in _codes(self.content)}

    @property
    def lines(self) -> dict[str, list[str]]:
        """Unit → the lines of its list."""
        return {unit: draw.lines_of([(unit, codes)]) for unit, codes in self.codes.items()}

    @property
    def case_lines(self) -> dict[str, list[str]]:
        """Unit → the lines of its cases."""
        return {unit: draw.case_lines(unit, numbers) for unit, numbers in _cases(self.content)}

    def drawn(self, number: str) -> dict[str, tuple[list[str], list[str]]]:
        """Unit → the lines of its list and of its cases that a number draws."""
        return {
            unit: (
                draw.drawn(lines, self.sha256, number, draw.a_tenth(len(lines))),
                draw.drawn(self.case_lines[unit], self.sha256, number, draw.CASES),
            )
            for unit, lines in self.lines.items()
        }


@dataclass(frozen=True, slots=True)
class DrawOfLists:
    """The one draw of a month's lists: by which number, and where that is from."""

    entry: int
    number: str
    source: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Recheck:
    """What the re-check of a line that was drawn found."""

    line: str
    unit: str
    accurate: bool
    note: str
    actor: str
    at: datetime


def fingerprint_of(content: Mapping[str, Any]) -> str:
    """The fingerprint of what is issued: of the lines of all lists, then of all cases."""
    lines = draw.lines_of(_codes(content))
    return draw.fingerprint(
        [*lines, *(line for unit, numbers in _cases(content) for line in draw.case_lines(unit, numbers))]
    )


def _codes(content: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for unit, one in sorted(content["units"].items()):
        yield unit, [enterprise["credit_code"] for enterprise in one["list"]]


def _cases(content: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for unit, one in sorted(content["units"].items()):
        yield unit, one["cases"]


def write_issue(connection: Connection, zone: str, entry: Entry) -> Act:
    """The row of the lists."""
    told = _write(connection, zone, entry)
    return Act("lists issued", told["month"], {"sha256": told["sha256"]})


def write_draw(connection: Connection, zone: str, entry: Entry) -> Act:
    """The row of the draw."""
    told = _write(connection, zone, entry)
    return Act("lists drawn of", f"lists {told['list']}", {"number": told["number"], "source": told["source"]})


def write_recheck(connection: Connection, zone: str, entry: Entry) -> Act:
    """The row of the outcome."""
    told = _write(connection, zone, entry)
    return Act("re-check recorded", f"lists {told['list']}", {"line": told["line"], "accurate": told["accurate"]})


WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = MappingProxyType(
    {ISSUE: write_issue, DRAW: write_draw, RECHECK: write_recheck}
)


def _write(connection: Connection, zone: str, entry: Entry) -> Mapping[str, Any]:
    table, names = ROWS[entry.act]
    kept = {column: entry.data[name] for column, name in names.items()}
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(table).values(zone=zone, entry=entry.number, at=at, **kept))
    return entry.data


def impossible(connection: Connection, zone: str, act: str, told: Mapping[str, Any]) -> str | None:
    """Why a decision cannot be taken as things stand; None where it can."""
    return _IMPOSSIBLE[act](connection, zone, told)


def _no_issue(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    if of_month(connection, zone, told["month"]) is not None:
        return _("The lists of this month were issued already; they stay as they are.")
    if not told["content"]["units"]:
        return _("There is no register of enterprises: there are no lists to issue.")
    return None


def _no_draw(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    if issued(connection, zone, told["list"]) is None:
        return _("There are no such lists.")
    if draw_of(connection, zone, told["list"]) is not None:
        return _("These lists were drawn of already; nobody draws twice.")
    return None


def _no_recheck(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    lists, made = issued(connection, zone, told["list"]), draw_of(connection, zone, told["list"])
    if lists is None or made is None:
        return _("Nothing was drawn of these lists yet.")
    of_list, of_cases = lists.drawn(made.number).get(told["unit"], ([], []))
    return None if told["line"] in (*of_list, *of_cases) else _("This line was not drawn.")


_IMPOSSIBLE: Mapping[str, Callable[[Connection, str, Mapping[str, Any]], str | None]] = MappingProxyType(
    {ISSUE: _no_issue, DRAW: _no_draw, RECHECK: _no_recheck}
)


def of_month(connection: Connection, zone: str, month: str) -> IssuedLists | None:
    """The lists that were issued for a month; None where none were."""
    return _found(connection, select(issued_list).where(issued_list.c.zone == zone, issued_list.c.month == month))


def issued(connection: Connection, zone: str, entry: int) -> IssuedLists | None:
    """The lists of a line of the journal; None where that is none."""
    if entry > LAST_LINE:
        return None
    return _found(connection, select(issued_list).where(issued_list.c.zone == zone, issued_list.c.entry == entry))


def _found(connection: Connection, asked: Select[Any]) -> IssuedLists | None:
    row = connection.execute(asked).first()
    return None if row is None else IssuedLists(row.entry, row.month, row.sha256, row.content, row.actor, row.at)


def months_issued(connection: Connection, zone: str) -> list[str]:
    """The months for which lists were issued, in order."""
    table = issued_list.c
    return list(connection.execute(select(table.month).where(table.zone == zone).order_by(table.month)).scalars())


def issue_days(connection: Connection, zone: str) -> list[tuple[str, datetime]]:
    """The months for which lists were issued, in order, each with the moment of its issue."""
    table = issued_list.c
    rows = connection.execute(select(table.month, table.at).where(table.zone == zone).order_by(table.month))
    return [(row.month, row.at) for row in rows]


def draw_of(connection: Connection, zone: str, entry: int) -> DrawOfLists | None:
    """The draw of the lists of a line; None where nothing was drawn yet."""
    row = connection.execute(select(list_draw).where(list_draw.c.zone == zone, list_draw.c.list == entry)).first()
    return None if row is None else DrawOfLists(row.entry, row.number, row.source, row.actor, row.at)


def rechecks_of(connection: Connection, zone: str, entry: int) -> dict[str, Recheck]:
    """Line → what its re-check found: the last that was recorded."""
    of = recheck.c.zone == zone, recheck.c.list == entry
    return {row.line: _recheck(row) for row in connection.execute(select(recheck).where(*of).order_by(recheck.c.entry))}


def _recheck(row: Row[Any]) -> Recheck:
    return Recheck(row.line, row.unit, row.accurate, row.note, row.actor, row.at)
