"""What people configure: each act is a line of the journal, then its rows with an audit entry, in one transaction.

The line is appended by whoever has the one right to write, so that lines and transactions have the same order, and no
load has to be waited for. A line without its rows, left by a power cut, is written before the next act; until then
``data doctor`` points it out. No password and no person's name is in a line, so what is written from a line alone is an
account without a password that has its name for a display name (``etl rebuild``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, Select, String, Table, bindparam, delete, insert, select, update

from data.intake.archive import Archive, Entry
from data.intake.audit import Act, record
from data.intake.inbox import database_name
from data.schema import zone as tables
from data.schema.accounts import account
from data.schema.base import Instant
from data.schema.configuration import configuration
from data.schema.work_plan import work_plan
from data.store import write_transaction

CONFIGURE = "configure"
ADD = "add_account"
RESET = "reset_account"
ENABLE = "enable_account"
DISABLE = "disable_account"
CHANGE_ROLE = "change_role"

CONFIGURED: tuple[Table, ...] = (
    tables.zone,
    tables.unit,
    tables.unit_alias,
    tables.sector,
    tables.sector_alias,
    tables.accident_type,
    tables.accident_type_alias,
    tables.deadline,
    tables.rule_start,
    tables.scheme,
    work_plan,
)
"""Tables that say what is configured, those first that others refer to; all their columns are told in the journal."""
OF_ACCOUNTS = ("account", "role", "unit", "active", "created_at")
"""What the journal tells of an account: nothing of its password, and not the person's name."""
HELD = (*CONFIGURED, account)

Key = tuple[Any, ...]
Rows = Mapping[str, list[dict[str, Any]]]
"""Table → its rows as the journal has them; a row may tell of some columns only."""


@dataclass(frozen=True, slots=True)
class Configuring:
    """A transaction in which something is configured; what was journalled before it has been written."""

    connection: Connection
    archive: Archive
    zone: str

    def carry_out(self, act: str, told: Mapping[str, Any], *, by: str, at: datetime) -> Entry:
        """Journal one act and write what it does; it must have been found possible before."""
        database = database_name(self.connection, self.zone)
        entry = self.archive.append(at.isoformat(), database, act, {**told, "actor": by})
        write(self.connection, self.archive, self.zone, entry)
        return entry


@contextmanager
def configuring(url: str, archive: Archive, zone: str) -> Iterator[Configuring]:
    """A transaction for acts on what is configured; those that a power cut left unwritten are written first."""
    with write_transaction(url) as connection:
        yield begin(connection, archive, zone)


def begin(connection: Connection, archive: Archive, zone: str) -> Configuring:
    """The same, for who has a transaction open."""
    for entry in missing(connection, archive, zone):
        write(connection, archive, zone, entry)
    return Configuring(connection, archive, zone)


def missing(connection: Connection, archive: Archive, zone: str) -> list[Entry]:
    """Acts of the journal that have no row yet: all before the last one that has, have one as well."""
    last = connection.execute(_last(), {"in_zone": zone}).scalar() or 0
    entries = archive.entries_after(last)
    if not any(entry.act in WRITERS for entry in entries):
        return []
    database = database_name(connection, zone)
    return [one for one in entries if one.act in WRITERS and one.database == database]


@cache
def _last() -> Select[Any]:
    entry = configuration.c.entry
    mine = configuration.c.zone == bindparam("in_zone", type_=String)
    return select(entry).where(mine).order_by(entry.desc()).limit(1)


def write(connection: Connection, archive: Archive, zone: str, entry: Entry) -> None:
    """Write one act: what it does, that it was carried out, and its audit entry."""
    at, actor = datetime.fromisoformat(entry.at), entry.data["actor"]
    connection.execute(insert(configuration).values(zone=zone, entry=entry.number, act=entry.act, actor=actor, at=at))
    act = WRITERS[entry.act](connection, zone, entry)
    record(connection, zone, at, actor, act.action, act.subject, act.detail, journal=archive.last_hash())


def configure(work: Configuring, rows: Rows, *, by: str, at: datetime) -> None:
    """Journal rows of what is configured, as they are to be; the first such line tells everything there is."""
    work.carry_out(CONFIGURE, {"rows": rows}, by=by, at=at)


def present(connection: Connection, zone: str) -> Rows:
    """All that is configured, as the journal tells it; accounts among it, as far as they are told there."""
    return {table.name: _present(connection, table, zone) for table in HELD}


def _present(connection: Connection, table: Table, zone: str) -> list[dict[str, Any]]:
    names, rows = told_columns(table), connection.execute(_told(table), {"in_zone": zone})
    return [dict(zip(names, map(as_told, row), strict=True)) for row in rows]


@cache
def _told(table: Table) -> Select[Any]:
    columns = [table.c[name] for name in told_columns(table)]
    mine = table.c.zone == bindparam("in_zone", type_=String)
    return select(*columns).where(mine).order_by(*table.primary_key.columns)


@cache
def told_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table that the journal tells."""
    return OF_ACCOUNTS if table is account else tuple(column.name for column in table.columns if column.name != "zone")


def key_of(table: Table, row: Mapping[str, Any]) -> Key:
    """By what a row is known again: its key without the zone."""
    return tuple(row[column.name] for column in table.primary_key.columns if column.name != "zone")


def write_rows(connection: Connection, zone: str, entry: Entry) -> Act:
    """Rows of what is configured as a line tells them: those that are there are changed, others are added."""
    at = datetime.fromisoformat(entry.at)
    rows: Rows = entry.data["rows"]
    for table in HELD:
        for row in rows.get(table.name, ()):
            put(connection, table, zone, row, at)
    counts = {name: len(some) for name, some in rows.items() if some}
    return Act("configuration written", "configuration", counts)


def put(connection: Connection, table: Table, zone: str, row: Mapping[str, Any], at: datetime) -> None:
    """Change the columns that are told of a row, or add it."""
    told = {name: _from_told(table, name, value) for name, value in row.items()}
    keys = [column.name for column in table.primary_key.columns if column.name != "zone"]
    this = (table.c.zone == zone, *(table.c[name] == told[name] for name in keys))
    if connection.execute(select(table.c.zone).where(*this)).first() is None:
        untold = _untold(told["account"], told["created_at"] or at) if table is account else {}
        connection.execute(insert(table).values(zone=zone, **untold, **told))
    elif len(told) > len(keys):
        values = {name: value for name, value in told.items() if name not in keys}
        connection.execute(update(table).where(*this).values(**values))


def forget_others(connection: Connection, table: Table, zone: str, told: Collection[Key]) -> None:
    """Remove the rows of a table that are not among those told: of a new database, to which nothing refers yet."""
    keys = [column for column in table.primary_key.columns if column.name != "zone"]
    for row in connection.execute(select(*(keys or [table.c.zone])).where(table.c.zone == zone)).all():
        if keys and tuple(row) not in told:
            this = [column == value for column, value in zip(keys, row, strict=True)]
            connection.execute(delete(table).where(table.c.zone == zone, *this))


def write_added(connection: Connection, zone: str, entry: Entry) -> Act:
    """A new account, without a password and with its name for a display name: whoever made it puts in what they know."""
    at, told = datetime.fromisoformat(entry.at), entry.data
    row = {"account": told["account"], "role": told["role"], "unit": told["unit"], "active": True, "created_at": at}
    connection.execute(insert(account).values(zone=zone, **_untold(told["account"], at), **row))
    return _act("account added", entry, {"role": told["role"], "unit": told["unit"]})


def write_reset(connection: Connection, zone: str, entry: Entry) -> Act:
    """An account that nobody comes into with the password that it had; whoever reset it puts in the new one."""
    _change_account(connection, zone, entry, password_hash=None, must_change=False)
    return _act("password reset", entry, {})


def write_enabled(connection: Connection, zone: str, entry: Entry) -> Act:
    """An account that is let in again."""
    _change_account(connection, zone, entry, active=True)
    return _act("account enabled", entry, {})


def write_disabled(connection: Connection, zone: str, entry: Entry) -> Act:
    """An account that is let in no more."""
    _change_account(connection, zone, entry, active=False)
    return _act("account disabled", entry, {})


def write_role(connection: Connection, zone: str, entry: Entry) -> Act:
    """An account with another role or unit."""
    before, after = entry.data["before"], {"role": entry.data["role"], "unit": entry.data["unit"]}
    _change_account(connection, zone, entry, **after)
    return _act("role changed", entry, {"before": before, "after": after})


def _change_account(connection: Connection, zone: str, entry: Entry, **values: Any) -> None:
    """Change columns so that no session of the account goes on."""
    this = (account.c.zone == zone, account.c.account == entry.data["account"])
    changed = {"changed_at": datetime.fromisoformat(entry.at), "generation": account.c.generation + 1}
    connection.execute(update(account).where(*this).values(**changed, **values))


def _untold(name: str, at: datetime) -> dict[str, Any]:
    """What is made of an account that the journal does not tell."""
    return {"display_name": name, "password_hash": None, "must_change": False, "generation": 1, "changed_at": at}


def _act(action: str, entry: Entry, detail: Mapping[str, Any]) -> Act:
    return Act(action, f"account {entry.data['account']}", detail)


def as_told(value: Any) -> Any:
    """A value as the journal has it."""
    return value.isoformat() if isinstance(value, date) else value


def _from_told(table: Table, name: str, value: Any) -> Any:
    """A value of the journal as its column takes it."""
    kind = table.c[name].type
    if value is None or not isinstance(kind, Date | Instant):
        return value
    return date.fromisoformat(value) if isinstance(kind, Date) else datetime.fromisoformat(value)


WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = {
    CONFIGURE: write_rows,
    ADD: write_added,
    RESET: write_reset,
    ENABLE: write_enabled,
    DISABLE: write_disabled,
    CHANGE_ROLE: write_role,
}
