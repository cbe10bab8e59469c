"""The whole installation in one file, and back (CONTRACT section 2): the database's rows, the journal, the originals.

A backup is a ZIP that any program opens: ``tables/NAME.jsonl`` a table, ``archive/…`` the archive's files as they lie, ``manifest.json``
what belongs to it. It is made while everybody works: the rows are those of one moment, and the journal is copied after them, so that it
tells all that they hold; what it tells beyond them is done when the installation is used again, as after a power cut. Sessions are not in
it: nobody stays signed in. It goes from one kind of database to the other.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from shutil import rmtree
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from sqlalchemy import Connection, Table, delete, insert, select, text

from data.initial import current_revision, migrate, newest_revision
from data.intake.archive import Archive
from data.intake.configuration import CONFIGURE
from data.language import gettext as _
from data.private import make_folder, open_file
from data.schema import metadata
from data.settings import Settings
from data.store import reader, snapshot, write_transaction

FORMAT = 1
MANIFEST, TABLES, ARCHIVE = "manifest.json", "tables/", "archive/"
JOURNAL = f"{ARCHIVE}journal.jsonl"
USED = ("account", "submission")
"""Tables with a row as soon as somebody has used an installation."""
OF_SESSIONS = frozenset({"sign_in", "sign_in_failure"})
_AT_ONCE = 1_000
_CHUNK = 2**20


class NotBackedUp(Exception):
    """The installation cannot be backed up as it is; the text says what to do."""


class NotRestored(Exception):
    """The backup cannot be put back, or not there; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of: rows by table, each table's SHA-256, and the journal's last line."""

    format: int
    zone: str
    revision: str
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    journal_line: int
    journal_hash: str
    files: int


def back_up(configured: Settings, target: Path) -> Manifest:
    """Write the backup of the installation; what stood under that name before stays until the new one is whole."""
    archive = Archive(configured.archive_dir)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with archive.loading(), open_file(unfinished, "w+b") as file, ZipFile(file, "w", ZIP_DEFLATED) as made:
            told = _write(configured, archive, made)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return told


def _write(configured: Settings, archive: Archive, made: ZipFile) -> Manifest:
    rows: dict[str, int] = {}
    sha256: dict[str, str] = {}
    with snapshot(reader(configured.database_url)) as connection:
        revision = current_revision(connection)
        if revision != newest_revision():
            raise NotBackedUp(_("The database is of another version of the program: run python -m data init first."))
        for table in _tables():
            rows[table.name], sha256[table.name] = _write_table(connection, table, made)
    with made.open(JOURNAL, "w", force_zip64=True) as file:
        line, head = archive.copy_journal(file)
    files = sum(_write_file(made, configured.archive_dir, path) for path in _originals(configured.archive_dir))
    told = Manifest(FORMAT, configured.zone, revision or "", rows, sha256, line, head, files)
    made.writestr(MANIFEST, json.dumps(asdict(told), ensure_ascii=False, indent=1))
    return told


def _tables() -> list[Table]:
    """Those that others refer to first."""
    return [table for table in metadata.sorted_tables if table.name not in OF_SESSIONS]


def _write_table(connection: Connection, table: Table, made: ZipFile) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    order = list(table.primary_key.columns)
    with made.open(_member(table.name), "w", force_zip64=True) as file:
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(select(table).order_by(*order)):
            line = json.dumps([_told(value) for value in row], ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            file.write(line)
            count += 1
    return count, digest.hexdigest()


def _member(table: str) -> str:
    return f"{TABLES}{table}.jsonl"


def _told(value: Any) -> Any:
    """A value as JSON has it; what JSON has no word for with its kind beside it."""
    match value:
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case bytes():
            return {"bytes": base64.b64encode(value).decode()}
        case dict() | list():
            return {"json": value}
    return value


def _meant(told: Any) -> Any:
    """The value that was told so."""
    if not isinstance(told, dict):
        return told
    ((kind, value),) = told.items()
    meant: Mapping[str, Callable[[Any], Any]] = {
        "instant": datetime.fromisoformat, "day": date.fromisoformat, "decimal": Decimal, "bytes": base64.b64decode, "json": lambda one: one,
    }  # fmt: skip
    return meant[kind](value)


def _originals(folder: Path) -> Iterator[Path]:
    """What lies in the archive besides the journal: originals and what was made of them; no lock, nothing half kept."""
    originals = folder / "originals"
    return (path for path in sorted(originals.glob("*/*")) if path.is_file())


def _write_file(made: ZipFile, folder: Path, path: Path) -> bool:
    """Copy a file, if it was not let go meanwhile; originals are compressed already."""
    with suppress(FileNotFoundError), path.open("rb") as source:
        info = ZipInfo.from_file(path, ARCHIVE + path.relative_to(folder).as_posix())
        info.compress_type = ZIP_STORED
        with made.open(info, "w", force_zip64=True) as file:
            while chunk := source.read(_CHUNK):
                file.write(chunk)
        return True
    return False


def restore(configured: Settings, source: Path) -> Manifest:
    """Put a backup into an installation that nobody has used yet, initialised or not; NotRestored leaves it as it was."""
    try:
        with ZipFile(source) as made:
            told = _manifest(made)
            _fits(configured, told)
            _check(made, told)
            with _restored_archive(configured, made):
                _restore_rows(configured, made)
    except (BadZipFile, KeyError, ValueError) as error:
        raise NotRestored(_("This is no whole backup: %(reason)s", reason=error)) from error
    return told


def _manifest(made: ZipFile) -> Manifest:
    told = Manifest(**json.loads(made.read(MANIFEST)))
    if told.format != FORMAT:
        raise NotRestored(_("The backup is of another version of the program."))
    return told


def _fits(configured: Settings, told: Manifest) -> None:
    if told.zone != configured.zone:
        raise NotRestored(
            _(
                "The backup is of zone %(there)s, the installation of zone %(here)s.",
                there=told.zone,
                here=configured.zone,
            )
        )
    if told.revision != newest_revision():
        raise NotRestored(
            _("The backup is of schema %(there)s, the program of schema %(here)s: restore it with the program that it was made with, "
              "then bring the database up with python -m data init.", there=told.revision, here=newest_revision())
        )  # fmt: skip
    if set(told.rows) != {table.name for table in _tables()}:
        raise NotRestored(_("The backup lacks tables."))
    if any(entry.act != CONFIGURE for entry in Archive(configured.archive_dir).entries()):
        raise NotRestored(
            _(
                "There is an archive in use already: %(folder)s. A backup is put back where nothing is yet.",
                folder=configured.archive_dir,
            )
        )


def _check(made: ZipFile, told: Manifest) -> None:
    """Read it all once before anything is written: what is damaged is found first."""
    for table, sha256 in told.sha256.items():
        with made.open(_member(table)) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]  # a member is read as any file
                raise NotRestored(_("The backup is damaged: %(part)s", part=_member(table)))
    for info in made.infolist():
        if not info.filename.startswith(ARCHIVE):
            continue
        path = PurePosixPath(info.filename)
        if path.is_absolute() or ".." in path.parts:
            raise NotRestored(_("The backup is damaged: %(part)s", part=info.filename))
        with made.open(info) as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # as above
        if path.parts[1] == "originals" and path.name != digest:
            raise NotRestored(_("The backup is damaged: %(part)s", part=info.filename))


@contextmanager
def _restored_archive(configured: Settings, made: ZipFile) -> Iterator[None]:
    """Its files beside the archive, and in its place once the rows are there."""
    folder = configured.archive_dir
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    try:
        make_folder(unfinished)
        for info in made.infolist():
            if info.filename.startswith(ARCHIVE):
                path = unfinished / PurePosixPath(info.filename).relative_to(ARCHIVE)
                make_folder(path.parent)
                with made.open(info) as source, open_file(path, "wb") as file:
                    _copy(source, file)
        yield
        rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        rmtree(unfinished, ignore_errors=True)


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(_CHUNK):
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())


def _restore_rows(configured: Settings, made: ZipFile) -> None:
    with write_transaction(configured.database_url) as connection:
        migrate(connection)
        filled = [
            name for name in USED if connection.execute(select(metadata.tables[name]).limit(1)).first() is not None
        ]
        if filled:
            raise NotRestored(
                _("The database is in use already (%(tables)s). Name a new, empty one.", tables=_(", ").join(filled))
            )
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
        for table in _tables():
            with made.open(_member(table.name)) as file:
                _fill(connection, table, file)


def _fill(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    names = [column.name for column in table.columns]
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append(dict(zip(names, map(_meant, json.loads(line)), strict=True)))
        if len(rows) == _AT_ONCE:
            connection.execute(insert(table), rows)
            rows.clear()
    if rows:
        connection.execute(insert(table), rows)
    _count_on(connection, table)


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL counts by itself what it was not told: it goes on behind what was put back."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    own = {"table": table.name, "column": column.name}
    counter = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), own).scalar()
    last = connection.execute(select(column).order_by(column.desc()).limit(1)).scalar()
    if counter is not None and last is not None:
        connection.execute(text("SELECT setval(:counter, :last)"), {"counter": counter, "last": last})
