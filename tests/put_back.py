"""One PostgreSQL database for all tests of a worker: what a test wrote is taken out after it, instead of the database.

To copy a database and to drop it costs more than most tests do, and a new connection has to learn the whole schema first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, LiteralString, cast

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from data.store import reader, writer

ROOM = 1 << 16
"""Bytes by which a table with its indexes may grow before what was deleted is cleared away."""
MOST_ROOM = 1 << 19
"""Bytes by which all may grow together before there is a fresh copy."""
FIRST_OF_OURS = 16384
"""The lowest number that PostgreSQL gives to what is not its own."""
# What the schema is written in. Whatever changes it leaves another number of rows, or one of a later transaction.
_CATALOGUES = (
    ("pg_class", "oid"), ("pg_attribute", "attrelid"), ("pg_attrdef", "oid"), ("pg_constraint", "oid"),
    ("pg_index", "indexrelid"), ("pg_trigger", "oid"), ("pg_proc", "oid"), ("pg_type", "oid"),
    ("pg_namespace", "oid"), ("pg_rewrite", "oid"), ("pg_policy", "oid"), ("pg_extension", "oid"),
    ("pg_event_trigger", "oid"), ("pg_statistic_ext", "oid"), ("pg_largeobject_metadata", "oid"),
    ("pg_default_acl", "oid"), ("pg_description", "objoid"), ("pg_db_role_setting", "setdatabase"),
)  # fmt: skip

Seen = tuple[int, int]
"""Number of rows, and the latest transaction that wrote one of those that are there."""


@dataclass(slots=True)
class Kept:
    """What a table holds in the template, and how it looks while it holds that and nothing else."""

    rows: bytes
    seen: Seen
    size: int


@dataclass(slots=True)
class PutBack:
    """A database that is a copy of a template whenever a test begins."""

    address: str
    name: str
    template: str
    _tables: dict[str, Kept] = field(default_factory=dict)
    _schema: list[Seen] = field(default_factory=list)
    _inside: psycopg.Connection[tuple[Any, ...]] | None = None

    @property
    def url(self) -> str:
        """Where tests find it."""
        return f"{self.address}/{self.name}"

    @property
    def _engines(self) -> tuple[Engine, Engine]:
        return writer(self.url), reader(self.url)

    def copy(self) -> None:
        """Make it, or make it anew: a copy of files, which costs a fifth of writing every page to the log."""
        self.drop()
        with administering(self.address) as connection:
            connection.execute(_text(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" STRATEGY FILE_COPY'))
        self._inside = _connected(self.address, self.name)
        names = [row[0] for row in self._inside.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        assert not self._inside.execute("SELECT 1 FROM pg_class WHERE relkind = 'S'").fetchone(), "it would count on"
        self._tables = dict.fromkeys(names, Kept(b"", (0, 0), 0))
        self._schema, found = self._look()
        self._tables = {name: Kept(self._copied(name), *found[name]) for name in names}

    def drop(self) -> None:
        """Leave nothing of it."""
        for engine in self._engines:
            engine.dispose()
        if self._inside is not None:
            self._inside.close()
            self._inside = None
        with administering(self.address) as connection:
            connection.execute(_text(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)'))

    def put_back(self) -> None:
        """Take out what a test wrote. Where it changed the schema, or wrote very much, there is a fresh copy."""
        if self._inside is None:
            self.copy()
            return
        self._end_connections(self._inside)
        try:
            schema, found = self._look()
        except psycopg.errors.UndefinedTable:  # a test went back to an older schema
            self.copy()
            return
        written = [name for name, (seen, _size) in found.items() if seen != self._tables[name].seen]
        grown = {name: size - self._tables[name].size for name, (_seen, size) in found.items()}
        if schema != self._schema or sum(grown.values()) > MOST_ROOM:
            self.copy()
            return
        if written:
            self._restore(self._inside, written)
        if large := [name for name, size in grown.items() if size > ROOM]:
            self._inside.execute(_text(f"VACUUM {_listed(large)}"))

    def _end_connections(self, inside: psycopg.Connection[tuple[Any, ...]]) -> None:
        """All but those that lie ready in this process: nobody goes on who was left over, within it or outside."""
        ready = [inside.info.backend_pid]
        for engine in self._engines:
            pool: Any = engine.pool
            if pool.checkedout():
                engine.dispose()
                continue
            records = list(pool._pool.queue)
            ready += [one.dbapi_connection.info.backend_pid for one in records if one.dbapi_connection is not None]
        inside.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s AND pid <> ALL(%s)",
            (self.name, ready),
        )

    def _look(self) -> tuple[list[Seen], dict[str, tuple[Seen, int]]]:
        """How the schema looks, and each table with its size in bytes."""
        assert self._inside is not None
        latest = "coalesce(max(xmin::text::bigint), 0)"
        parts = [
            f"SELECT '', count(*), {latest}, 0 FROM {name} WHERE {number} >= {FIRST_OF_OURS}"
            for name, number in _CATALOGUES
        ]
        parts += [
            f"SELECT '{name}', count(*), {latest}, pg_total_relation_size('\"{name}\"') FROM \"{name}\""
            for name in self._tables
        ]
        rows = self._inside.execute(_text(" UNION ALL ".join(parts)), prepare=True).fetchall()
        schema = [(int(count), int(last)) for name, count, last, _size in rows if not name]
        return schema, {name: ((int(count), int(last)), int(size)) for name, count, last, size in rows if name}

    def _restore(self, inside: psycopg.Connection[tuple[Any, ...]], written: list[str]) -> None:
        """The template's rows and no others; no trigger is asked, for those that guard the audit log would refuse."""
        deletions = "; ".join(f'DELETE FROM "{name}"' for name in written)
        with inside.transaction():
            inside.execute(_text(f"SET LOCAL session_replication_role = replica; {deletions}"))
            for name in written:
                if self._tables[name].rows:
                    self._fill(inside, name)
        for name in written:
            kept = self._tables[name]
            if kept.rows:
                kept.seen = self._seen(inside, name)

    def _fill(self, inside: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
        with inside.cursor() as cursor, cursor.copy(_text(f'COPY "{name}" FROM STDIN')) as copy:
            copy.write(self._tables[name].rows)

    def _seen(self, inside: psycopg.Connection[tuple[Any, ...]], name: str) -> Seen:
        row = inside.execute(_text(f'SELECT count(*), max(xmin::text::bigint) FROM "{name}"')).fetchone()
        assert row is not None
        return int(row[0]), int(row[1])

    def _copied(self, name: str) -> bytes:
        assert self._inside is not None
        with self._inside.cursor() as cursor, cursor.copy(_text(f'COPY "{name}" TO STDOUT')) as copy:
            return b"".join(bytes(part) for part in copy)


def _text(statement: str) -> sql.SQL:
    return sql.SQL(cast("LiteralString", statement))


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _connected(address: str, name: str) -> psycopg.Connection[tuple[Any, ...]]:
    return psycopg.connect(f"{address.replace('+psycopg', '')}/{name}", autocommit=True)


@contextmanager
def administering(address: str) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection to the server, in none of its databases that tests use."""
    connection = _connected(address, "postgres")
    try:
        yield connection
    finally:
        connection.close()
