"""What the journal says is configured: its lines one after the other, and what of it a database has otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from data.intake import configuration as acts
from data.intake import plan_decisions, scheme_decisions
from data.intake.archive import Entry
from data.intake.configuration import HELD, Key, Rows, key_of, told_columns

EVERYTHING = "zone"
"""The table that the first line about what is configured always tells of: with it, that line tells everything."""


class ToldValue(NamedTuple):
    """A value, and the journal's line that told it; None: the program's own reference data."""

    value: Any
    line: int | None


State = dict[str, dict[Key, dict[str, ToldValue]]]
"""Table → key → column → what was told last."""


class Deviation(NamedTuple):
    """What a database has otherwise than it was told; without a column the row itself is there or gone."""

    table: str
    key: Key
    column: str | None
    found: Any
    told: ToldValue | None


@dataclass(slots=True)
class Configured:
    """What is configured by the lines folded in so far; ``known``: the journal told everything there was once."""

    state: State = field(default_factory=lambda: {table.name: {} for table in HELD})
    known: bool = False

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Configured:
        """By these lines."""
        found = cls()
        for entry in entries:
            found.fold(entry)
        return found

    def begin_with(self, rows: Rows) -> None:
        """Rows that no line tells of: they hold as long as none tells everything."""
        for name, some in rows.items():
            for row in some:
                self._tell(name, row, None)

    def fold(self, entry: Entry) -> None:
        """One line more; lines about other things change nothing."""
        if entry.act == scheme_decisions.ADOPT:
            self._tell("scheme", scheme_decisions.version_row(entry.data), entry.number)
        elif entry.act == scheme_decisions.WITHDRAW:
            self.state["scheme"].pop((entry.data["name"], entry.data["version"]), None)
        elif entry.act == plan_decisions.ADOPT:
            self._tell("work_plan", plan_decisions.version_row(entry), entry.number)
        if entry.act not in acts.WRITERS:
            return
        if entry.act == acts.CONFIGURE and not self.known:
            self.state = {table.name: {} for table in HELD}
            self.known = True
        for name, row in rows_of(entry):
            self._tell(name, row, entry.number)

    def _tell(self, name: str, row: Mapping[str, Any], line: int | None) -> None:
        key = key_of(_TABLE[name], row)
        self.state[name].setdefault(key, {}).update({column: ToldValue(value, line) for column, value in row.items()})


_TABLE = {table.name: table for table in HELD}


def rows_of(entry: Entry) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What a line tells, as rows of tables."""
    if entry.act == acts.CONFIGURE:
        yield from ((name, row) for name, rows in entry.data["rows"].items() if name in _TABLE for row in rows)
        return
    told = {"account": entry.data["account"]}
    at = datetime.fromisoformat(entry.at).astimezone(UTC).isoformat()
    if entry.act == acts.ADD:
        told |= {name: entry.data[name] for name in ("role", "unit")} | {"active": True, "created_at": at}
    elif entry.act == acts.CHANGE_ROLE:
        told |= {name: entry.data[name] for name in ("role", "unit")}
    elif entry.act in {acts.ENABLE, acts.DISABLE}:
        told["active"] = entry.act == acts.ENABLE
    yield "account", told


def news(configured: Configured, before: Rows, after: Rows) -> Rows:
    """What the program itself brought between two states, to be told: new rows, and columns that no line has told yet.

    What somebody else changed before is none of it, and stays what it is: a difference.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for name, rows in after.items():
        table, told = _TABLE[name], configured.state[name]
        was = {key_of(table, row): row for row in before[name]}
        keys = {column.name for column in table.primary_key.columns}
        for row in rows:
            key = key_of(table, row)
            if key not in was:
                found.setdefault(name, []).append(row)
            elif key in told:
                new = {column for column, value in row.items() if column not in told[key] or was[key][column] != value}
                if new:
                    found.setdefault(name, []).append({c: v for c, v in row.items() if c in new | keys})
    return found


def beginning(entries: Iterable[Entry]) -> tuple[Entry, Rows] | None:
    """The first line that tells everything, and its rows; a column told only later is what it was first told to be."""
    first: Entry | None = None
    rows: dict[str, dict[Key, dict[str, Any]]] = {}
    for entry in entries:
        if entry.act not in acts.WRITERS:
            continue
        if first is None and entry.act != acts.CONFIGURE:
            continue
        for name, row in rows_of(entry):
            of_table, key = rows.setdefault(name, {}), key_of(_TABLE[name], row)
            if first is None:
                of_table.setdefault(key, {}).update(row)
                continue
            for column, value in row.items() if key in of_table else ():
                of_table[key].setdefault(column, value)
        first = first or entry
    return None if first is None else (first, {name: list(some.values()) for name, some in rows.items()})


def differences(configured: Configured, found: Rows) -> Iterator[Deviation]:
    """What is there otherwise than it was told, not told, or gone."""
    for table in HELD:
        told = dict(configured.state[table.name])
        for row in found[table.name]:
            key = key_of(table, row)
            if key not in told:
                yield Deviation(table.name, key, None, row, None)
                continue
            for column, expected in told.pop(key).items():
                if column in told_columns(table) and expected.value != row[column]:
                    yield Deviation(table.name, key, column, row[column], expected)
        for key, columns in told.items():
            yield Deviation(table.name, key, None, None, next(iter(columns.values())))
