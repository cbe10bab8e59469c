"""The database made anew beside the live one and every table compared, for ``data doctor --deep``.

``etl rebuild`` runs as a command of its own, for nothing at rest knows how data comes in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, null, select

from data.doctor.sentences import rebuilt_sentence
from data.intake import configuration
from data.intake.configured import Deviation, ToldValue
from data.language import gettext as _
from data.schema import metadata
from data.schema.accounts import account
from data.schema.intake import submission, submission_problem
from data.settings import Settings, without_web_secrets
from data.store import database_errors, reader

ROOM = Path(__file__).parents[2]
MADE_ITS_OWN_WAY = frozenset({"audit", "installation", "sent_today", "sign_in", "sign_in_failure"})
"""Tables that a rebuild makes in its own way (the audit log, whose chain is looked at, and what names the database), or
not at all (sessions, wrong passwords, what was sent today)."""
UNTOLD: Mapping[str, frozenset[str]] = {
    "account": frozenset(column.name for column in account.columns) - {*configuration.OF_ACCOUNTS, "zone"},
    "submission": frozenset({"checked_at"}),
}
"""Columns that a rebuild cannot know: passwords and people's names, the moment of a check (which its line tells)."""
OF_THE_READING = frozenset({"layout", "left_out", "account"})
"""How a workbook was read. One that an older program read, from before it kept what it took every cell for, was read
otherwise than today's would: these columns and its problems are no loss then; its rows must be the same all the same."""


def rebuilt_differences(connection: Connection, settings: Settings, last: int) -> Iterator[str]:
    """What the rows as of a line of the journal have otherwise than a database made anew up to that line."""
    with TemporaryDirectory(prefix="supervision-deep-") as folder:
        url = f"sqlite:///{Path(folder) / 'anew.db'}"
        failed = _rebuild(settings, url, last)
        if failed is not None:
            yield _("The database cannot be made anew from archive and journal: %(reason)s", reason=failed)
            return
        engine = reader(url)
        try:
            with database_errors(), engine.connect() as anew:
                yield from compared(connection, anew, settings.zone)
        finally:
            engine.dispose()


def compared(live: Connection, anew: Connection, zone: str, *names: str) -> Iterator[str]:
    """What the tables of one database have otherwise than those of the one made anew; all tables, or these."""
    for table in metadata.sorted_tables:
        if table.name not in MADE_ITS_OWN_WAY and (not names or table.name in names):
            yield from map(rebuilt_sentence, _of_table(live, anew, table, zone))


def _rebuild(settings: Settings, url: str, last: int) -> str | None:
    """Make the database anew; None, or what the command said when it failed."""
    own = {"database_url": settings.database_url, "archive_dir": settings.archive_dir, "zone": settings.zone}
    own |= {"today": settings.today} if settings.today else {}
    given = without_web_secrets(os.environ)
    given |= {f"SUPERVISION_{name.upper()}": str(value) for name, value in own.items()}
    given["PYTHONPATH"] = os.pathsep.join([str(ROOM), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "etl", "rebuild", "--into", url, "--up-to", str(last)]
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)  # noqa: S603  # our own command, nothing of it from outside
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]


def _of_table(live: Connection, anew: Connection, table: Table, zone: str) -> Iterator[Deviation]:
    """A table's rows side by side; rows of workbooks one workbook after the other, so that few are held at a time."""
    if "submission" not in table.primary_key.columns or table is submission:
        yield from _of_some(live, anew, table, zone, None)
        return
    of = select(table.c.submission).where(table.c.zone == zone).distinct()
    numbers = {*live.execute(of).scalars(), *anew.execute(of).scalars()}
    if table is submission_problem:
        numbers -= _read_before(live, zone)
    for number in sorted(numbers):
        yield from _of_some(live, anew, table, zone, number)


def _read_before(live: Connection, zone: str) -> set[int]:
    """The workbooks of which no account was kept."""
    table = submission.c
    wanted = (table.zone == zone, table.left_out.is_(null()), table.account.is_(null()))
    return set(live.execute(select(table.submission).where(*wanted)).scalars())


def _of_some(live: Connection, anew: Connection, table: Table, zone: str, number: int | None) -> Iterator[Deviation]:
    wanted = [table.c.zone == zone, *([table.c.submission == number] if number is not None else [])]
    statement = select(table).where(*wanted).order_by(*table.primary_key.columns)
    told = {_key(table, row): row for row in anew.execute(statement).mappings()}
    for row in live.execute(statement).mappings():
        key = _key(table, row)
        expected = told.pop(key, None)
        if expected is None:
            yield Deviation(table.name, key, None, dict(row), None)
        else:
            yield from _of_row(table, key, row, expected)
    for key in told:
        yield Deviation(table.name, key, None, None, ToldValue(None, None))


def _of_row(table: Table, key: tuple[Any, ...], row: RowMapping, expected: RowMapping) -> Iterator[Deviation]:
    untold = UNTOLD.get(table.name, frozenset())
    if table is submission and row["left_out"] is None and row["account"] is None:
        untold |= OF_THE_READING
    for name in row:
        if name not in untold and row[name] != expected[name]:
            yield Deviation(table.name, key, str(name), row[name], ToldValue(expected[name], None))


def _key(table: Table, row: RowMapping) -> tuple[Any, ...]:
    return configuration.key_of(table, {str(name): value for name, value in row.items()})
