"""Engines and transactions: one engine that writes, one that can only read."""

from __future__ import annotations

import atexit
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Integer,
    String,
    Table,
    and_,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.functions import FunctionElement

from data.language import gettext as _
from data.private import make_file, make_folder
from data.version import move

_ONE_WRITER = 20220309
_ROWS_AT_ONCE = 1000
_ROWS_OF_A_SHEET = 2**21
"""More than any sheet has."""
_PATIENCE = 30.0
"""Seconds that whoever writes to SQLite waits for its turn, if nothing else is said."""
logging.getLogger("sqlalchemy").setLevel(logging.WARNING)  # its statements and rows hold what people sent
# What is no text or number Python's sqlite3 looks up in vain, for every empty cell anew: with this half as expensive.
sqlite3.register_adapter(type(None), lambda nothing: nothing)
_EMBEDDED: list[Engine] = []
"""Engines of SQLite files, those that read first."""
_SIGNS_OF_EMPTINESS = ("unable to open database file", "no such table", "does not exist")
_SIGNS_OF_ANOTHER_SCHEMA = ("no such column", "has no column named")
_SQLITE_OF_THE_DATA = frozenset(
    {
        sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE, sqlite3.SQLITE_RANGE,
    }
)  # fmt: skip
"""Primary result codes of a statement that was executed and failed on its values, such as ``integer overflow``; all others
tell of the file, the disk, memory or a lock."""
_POSTGRESQL_OF_THE_ENVIRONMENT = ("08", "25", "28", "3D", "40", "53", "55", "57", "58", "F0", "XX")
"""Classes of SQLSTATE: connection, authorisation, deadlock, resources, operator intervention, system, corruption."""
_POSTGRESQL_OF_ANOTHER_SCHEMA = frozenset({"42501", "42P01", "42703"})
OF_SESSIONS = frozenset({"account", "audit", "sign_in", "sign_in_failure"})
"""Tables that are written without the data's version moving, so that somebody's coming in spoils nothing kept."""


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
            make_folder(path.parent)
            engine = create_engine(address, poolclass=QueuePool, pool_size=1, max_overflow=-1, hide_parameters=True)
            _make_private(engine, path)
        else:
            shared = address.set(database=f"file:{quote(str(path.absolute()))}", query={"mode": "ro", "uri": "true"})
            engine = create_engine(shared, poolclass=QueuePool, pool_size=8, max_overflow=8, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError, ImportError, OSError) as error:
        raise StoreError(f"SUPERVISION_DATABASE_URL: {error}") from error
    _keep_to_the_file(engine, path)
    _EMBEDDED.insert(0 if read_only else len(_EMBEDDED), engine)
    return engine


def _make_private(engine: Engine, path: Path) -> None:
    """A new database file is its owner's alone; SQLite makes what lies beside it alike."""

    @event.listens_for(engine, "do_connect")
    def _make(*_told: Any) -> None:
        with suppress(OSError):  # there is one already, or none can be made: then SQLite says why
            make_file(path)


def _keep_to_the_file(engine: Engine, path: Path) -> None:
    """Connections kept for the next transaction hold for the file that now has the name: it may be a backup put back."""

    @event.listens_for(engine, "connect")
    def _remember(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _compare(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info["file"] != _identity(path):
            raise DisconnectionError("another file has taken the database's name")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(engine: Engine, *, begin: str) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(_busy_timeout(_PATIENCE))
        connection.execute("PRAGMA synchronous = FULL")
        if begin == "BEGIN IMMEDIATE":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA cache_size = -65536")  # KiB: pages of a large ledger are written once

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _let_go() -> None:
    """SQLite forbids to carry a connection into a forked process."""
    for engine in _EMBEDDED:
        engine.dispose(close=False)


def _close() -> None:
    """Whoever writes closes last: then SQLite takes the write-ahead log into the file and removes it."""
    for engine in _EMBEDDED:
        engine.dispose()


os.register_at_fork(after_in_child=_let_go)
atexit.register(_close)


def _read_only_session(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    connection.commit()


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads: whatever is committed meanwhile, all its statements see the same state.

    SQLite's are so of themselves. StoreError where the database cannot be used.
    """
    with database_errors(), engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def write_transaction(url: str) -> Iterator[Connection]:
    """The one way to write: all of it, or nothing. StoreError where the database cannot be reached.

    With what it writes the data's version moves, in the same transaction: nobody sees new rows under the old version.
    """
    with _only_writer(url) as connection:
        before = _changes(connection)
        yield connection
        if _changes(connection) != before:
            move(connection)


@contextmanager
def session_transaction(url: str, within: float | None = None) -> Iterator[Connection]:
    """The same for who comes in, goes, is refused or opens a draft, with its audit entry: the data's version stays.

    ``within`` so many seconds its turn has to come, else StoreError. No result that is kept may rest on what is written
    here, or it would be out of date: ``OF_SESSIONS``.
    """
    with _only_writer(url, within) as connection:
        yield connection


@contextmanager
def _only_writer(url: str, within: float | None = None) -> Iterator[Connection]:
    with database_errors(), writer(url).connect() as connection, _waiting(connection, within), connection.begin():
        if connection.dialect.name == "postgresql":
            if within is not None:
                connection.execute(select(func.set_config("lock_timeout", f"{1000 * within:.0f}", True)))
            connection.execute(select(func.pg_advisory_xact_lock(_ONE_WRITER)))
        yield connection


@contextmanager
def _waiting(connection: Connection, within: float | None) -> Iterator[None]:
    """SQLite asks for its turn where the transaction begins: until then the connection waits only so long."""
    if within is None or connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute(_busy_timeout(within))
    try:
        yield
    finally:
        driver.execute(_busy_timeout(_PATIENCE))


def _busy_timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout = {1000 * seconds:.0f}"


def _changes(connection: Connection) -> int | None:
    """What differs once the transaction has written anything."""
    if connection.dialect.name == "postgresql":
        return connection.execute(select(func.txid_current_if_assigned())).scalar()
    driver: Any = connection.connection.dbapi_connection
    changed: int = driver.total_changes
    return changed


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn an unusable database into StoreError; what a statement's values or a mistake in it cause stays what it is."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip()
        if any(sign in reason for sign in _SIGNS_OF_EMPTINESS):
            raise StoreError(_("The database is empty: run python -m data init first.") + f" ({reason})") from error
        if of_the_environment(error):
            raise StoreError(_("The database cannot be used: %(reason)s", reason=reason)) from error
        raise


def storable(text: str, longest: int) -> str:
    """A text as any database takes it: cut to its column, without what is no character of a text there."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:longest]


def of_the_environment(error: DBAPIError) -> bool:
    """Whether the database could not be used, by the error's own code: then the same statement may succeed later.

    Else it is the data's doing, or the program's, and will fail again.
    """
    if error.connection_invalidated:
        return True
    orig: Any = error.orig
    code, state = getattr(orig, "sqlite_errorcode", None), getattr(orig, "sqlstate", None)
    if code is not None:
        return code & 0xFF not in _SQLITE_OF_THE_DATA or any(sign in str(orig) for sign in _SIGNS_OF_ANOTHER_SCHEMA)
    if state is not None:
        return state.startswith(_POSTGRESQL_OF_THE_ENVIRONMENT) or state in _POSTGRESQL_OF_ANOTHER_SCHEMA
    return type(orig).__name__ in {"OperationalError", "InternalError"}


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert equally long columns as rows of a table, with the table's own types.

    SQLAlchemy's own executemany builds a dict a row; on 100,000 rows that costs more than SQLite itself.
    """
    if not columns or not len(next(iter(columns.values()))):
        return
    statement = _insertion(connection.dialect, table, tuple(columns))
    prepared = [
        columns[name] if process is None else _processed(columns[name], process)
        for name, process in statement.processors.items()
    ]
    names = list(statement.processors)
    rows = zip(*prepared, strict=True)
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        if statement.by_position:
            connection.exec_driver_sql(statement.text, some)
        else:
            connection.exec_driver_sql(statement.text, [dict(zip(names, row, strict=True)) for row in some])


class _Insertion(NamedTuple):
    """An INSERT as the driver takes it: its columns in the order of the parameters, each with what its values go through."""

    text: str
    processors: Mapping[str, Callable[[Any], Any] | None]
    by_position: bool


@lru_cache(maxsize=64)
def _insertion(dialect: Dialect, table: Table, names: tuple[str, ...]) -> _Insertion:
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    types = {name: table.c[name].type.dialect_impl(dialect) for name in compiled.positiontup or names}
    processors = {name: one.bind_processor(dialect) for name, one in types.items()}
    return _Insertion(str(compiled), processors, bool(compiled.positiontup))


def _processed(values: Sequence[Any], process: Callable[[Any], Any]) -> list[Any]:
    """Values as the driver wants them; days, amounts and flags repeat, so each is turned once. Documents (JSON) do not."""
    if isinstance(next((value for value in values if value is not None), None), dict | list):
        return list(map(process, values))
    ready = {value: process(value) for value in set(values)}
    return list(map(ready.__getitem__, values))


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


class PlaceOf(FunctionElement[int]):
    """Where in a text another begins, from 1 on; 0 where it is no part of it: letter by letter, as it is written."""

    name = "place_of"
    type = Integer()
    inherit_cache = True


@compiles(PlaceOf)
def _place_of_sqlite(element: PlaceOf, compiler: Any, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(PlaceOf, "postgresql")
def _place_of_postgresql(element: PlaceOf, compiler: Any, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)})"


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column's text or number is one of those in the parameter ``name``, given as ``listed``.

    However many there are, the statement is the same, so that the database need not understand it anew.
    """
    texts = EachText(bindparam(name, type_=String)).table_valued(Column("value", String))
    value = texts.c.value if isinstance(column.type, String) else cast(texts.c.value, column.type)
    return column.in_(select(value))


def among_rows(table: Table, name: str) -> ColumnElement[bool]:
    """Whether a row of a workbook is one of those in the parameters that ``rows_listed`` gives under this name.

    It is looked up by its key: of an IN with pairs SQLite goes through the whole table.
    """
    own = table.c
    place = cast(own.submission, BigInteger) * _ROWS_OF_A_SHEET + own.row
    near = among(own.submission, f"{name}_books"), among(own.row, f"{name}_rows")
    return and_(*near, among(place, f"{name}_places"))


def rows_listed(name: str, keys: Sequence[tuple[int, int]]) -> dict[str, str]:
    """Some rows, each by its workbook's number and its own there, as parameters for ``among_rows``."""
    return {
        f"{name}_books": listed(sorted({book for book, _row in keys})),
        f"{name}_rows": listed(sorted({row for _book, row in keys})),
        f"{name}_places": listed(book * _ROWS_OF_A_SHEET + row for book, row in keys),
    }


def listed(values: Iterable[str] | Iterable[int]) -> str:
    """Texts or numbers as one parameter, for ``among``."""
    return json.dumps(list(values), ensure_ascii=False)
