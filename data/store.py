"""Engines and transactions: one engine that writes, one that can only read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    String,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import NullPool, QueuePool
from sqlalchemy.sql.functions import FunctionElement

from data.language import gettext as _

_ONE_WRITER = 20220309
logging.getLogger("sqlalchemy").setLevel(logging.WARNING)  # its statements and rows hold what people sent
_SIGNS_OF_EMPTINESS = ("unable to open database file", "no such table", "does not exist")


class StoreError(Exception):
    """The database cannot be used; the text says what to do."""


@cache
def writer(url: str) -> Engine:
    """The engine that writes; on SQLite every transaction of it is the only one that writes."""
    engine = _engine(url, read_only=False)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN IMMEDIATE")
    return engine


@cache
def reader(url: str) -> Engine:
    """The engine of pages and reports: it cannot write, whatever the code above it does."""
    engine = _engine(url, read_only=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, begin="BEGIN")
    else:
        event.listen(engine, "connect", _read_only_session)
    return engine


def _engine(url: str, *, read_only: bool) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite" or not address.database:
            return create_engine(address, pool_pre_ping=True, hide_parameters=True)
        path = Path(address.database)
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            return create_engine(address, poolclass=NullPool, hide_parameters=True)
        shared = address.set(database=f"file:{quote(str(path.absolute()))}", query={"mode": "ro", "uri": "true"})
        return create_engine(shared, poolclass=QueuePool, pool_size=8, max_overflow=8, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise StoreError(f"SUPERVISION_DATABASE_URL: {error}") from error


def _prepare_sqlite(engine: Engine, *, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA synchronous = FULL")
        if begin == "BEGIN IMMEDIATE":
            connection.execute("PRAGMA journal_mode = WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _read_only_session(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    connection.commit()


@contextmanager
def write_transaction(url: str) -> Iterator[Connection]:
    """The one way to write: all of it, or nothing. StoreError where the database cannot be reached."""
    with database_errors(), writer(url).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_ONE_WRITER)))
        yield connection


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn an unusable database into StoreError; a mistake in a statement stays what it is."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip()
        if any(sign in reason for sign in _SIGNS_OF_EMPTINESS):
            raise StoreError(_("The database is empty: run python -m data init first.") + f" ({reason})") from error
        if type(error.orig).__name__ in {"OperationalError", "DatabaseError"}:
            raise StoreError(_("The database cannot be used: %(reason)s", reason=reason)) from error
        raise


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert equally long columns as rows of a table, with the table's own types, in one statement.

    SQLAlchemy's own executemany builds a dict a row; on 100,000 rows that costs more than SQLite itself.
    """
    if not columns or not len(next(iter(columns.values()))):
        return
    dialect = connection.dialect
    compiled = insert(table).compile(dialect=dialect, column_keys=list(columns))
    prepared = []
    for name in compiled.positiontup or list(columns):
        values = columns[name]
        process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        prepared.append(values if process is None else _processed(values, process))
    rows = list(zip(*prepared, strict=True))
    if compiled.positiontup:
        connection.exec_driver_sql(str(compiled), rows)
    else:
        names = list(columns)
        connection.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in rows])


def _processed(values: Sequence[Any], process: Callable[[Any], Any]) -> list[Any]:
    """Values as the driver wants them; days, amounts and flags repeat, so each is turned once."""
    ready = {value: process(value) for value in set(values)}
    return [ready[value] for value in values]


class EachText(FunctionElement[Any]):
    """The texts of a JSON list as rows with one column ``value``.

    Ten thousand parameters of an IN cost more to name than to look up; one parameter with all of them does not.
    """

    name = "each_text"
    inherit_cache = True


@compiles(EachText)
def _each_text_sqlite(element: EachText, compiler: Any, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(EachText, "postgresql")
def _each_text_postgresql(element: EachText, compiler: Any, **options: Any) -> str:
    return f"json_array_elements_text(CAST({compiler.process(element.clauses, **options)} AS JSON))"


def among(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Whether a column's text is one of those in the parameter ``name``, given as ``json.dumps`` of a list."""
    texts = EachText(bindparam(name, type_=String)).table_valued(Column("value", String))
    return column.in_(select(texts.c.value))
