"""``python -m data``: init, backup, restore, doctor, sweep, users, plan, audit (CONTRACT section 2)."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data import plans
from data.command import command, run
from data.intake.archive import Archive
from data.language import gettext as _
from data.people import users
from data.printing import Format, as_csv, as_json, as_table, put_out

if TYPE_CHECKING:  # what a command does not need it does not load
    from data.doctor.anchored import Witness
    from data.settings import Settings

app = typer.Typer(
    help="Data at rest: create the database, check the installation, accounts, audit log.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(users.app, name="users")
app.add_typer(plans.app, name="plan")


@app.command()
def init() -> None:
    """Create or migrate the database and load the reference data; running it again changes nothing."""
    from data.initial import initialise
    from data.intake.inbox import recall_uploads
    from data.intake.intake_decisions import recall_workbooks
    from data.private import tighten
    from data.store import write_transaction
    from data.zone.schemes import SchemeRefused

    with command() as configured:
        archive = Archive(configured.archive_dir)
        archive.prepare()
        try:
            done = initialise(configured.database_url, configured.zone, archive, configured.today)
        except SchemeRefused as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        recalled = recall_uploads(configured.database_url, archive, configured.zone)
        with write_transaction(configured.database_url) as connection:
            recall_workbooks(connection, archive, configured.zone)
        if recalled:
            done.append(_("Moments of upload taken from the journal: %(count)s workbooks", count=recalled))
        closed = tighten(configured)
        if closed:
            done.append(_("Closed to others than their owner: %(count)s files and folders.", count=closed))
        for line in done or [_("Nothing to do: everything is there.")]:
            typer.echo(line)


@app.command()
def doctor(
    deep: Annotated[
        bool, typer.Option("--deep", help="Also make the database anew beside it, and compare every table.")
    ] = False,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="LINE:HASH", help="What a copy outside says of the journal. Repeatable."),
    ] = None,
) -> None:
    """Check the installation and the data; 0 if all is well, 1 with a list of what is not."""
    from data.doctor import anchored, examine

    witnesses = [_witness(one) for one in against or []]
    with command() as configured:
        findings, notes = examine(configured, deep=deep)
        testimony = anchored.examined(Archive(configured.archive_dir), witnesses)
        notes = [*notes, *testimony.notes, *([] if witnesses else [_copies(configured)])]
        findings = [*testimony.findings, *findings]
    for note in notes:
        typer.echo(note)
    for finding in findings:
        typer.echo(finding, err=True)
    if findings:
        raise typer.Exit(1)
    typer.echo(_("All is well."))


def _witness(text: str) -> Witness:
    from data.doctor.anchored import understood

    try:
        return understood(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--against") from error


def _copies(configured: Settings) -> str:
    """Up to where what was given out could anchor the journal."""
    from data.doctor.anchored import copies
    from data.intake.publications import latest
    from data.store import database_errors, reader

    with database_errors(), reader(configured.database_url).connect() as connection:
        found = latest(connection, configured.zone)
    return copies(None if found is None else found.content["publication"]["journal"]["line"])


@app.command()
def backup(
    file: Annotated[
        Path, typer.Argument(help="The file to write: a ZIP with the database, the journal and the originals.")
    ],
) -> None:
    """Everything that the installation holds in one file, made while others work; only its owner may read it."""
    from data.backup import NotBackedUp, back_up

    with command() as configured:
        try:
            told = back_up(configured, file)
        except NotBackedUp as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
    typer.echo(
        _("Backed up: %(rows)s rows, %(files)s files, journal up to line %(line)s. It holds people's names and passwords' hashes: keep it locked away.",
          rows=sum(told.rows.values()), files=told.files, line=told.journal_line)
    )  # fmt: skip


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote.", exists=True, dir_okay=False, readable=True)],
) -> None:
    """Put a backup into an installation where nothing is yet: an empty database and an empty archive."""
    from data.backup import NotRestored
    from data.backup import restore as put_back

    with command() as configured:
        try:
            told = put_back(configured, file)
        except NotRestored as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
    typer.echo(
        _("Restored: %(rows)s rows, %(files)s files, journal up to line %(line)s. Everybody signs in anew.",
          rows=sum(told.rows.values()), files=told.files, line=told.journal_line)
    )  # fmt: skip


@app.command()
def sweep() -> None:
    """Let go the bytes of workbooks that were refused long ago (SUPERVISION_REFUSED_DAYS); the worker does so once a day."""
    from data.intake.retention import sweep as let_go
    from data.store import database_errors, reader
    from data.zone.clock import Clock
    from data.zone.zone import read_zone

    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
        count = let_go(configured, Clock(zone.calendar, configured.today).now())
    typer.echo(_("Refused workbooks whose originals are no longer kept: %(n)s.", n=count))


@app.command()
def audit(
    since: Annotated[
        str | None, typer.Option("--since", help="Only entries from this day on, e.g. 2022-06-01.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print the audit log: who did what, when. JSON holds all that the chain of hashes covers."""
    from data.intake.audit import history
    from data.store import database_errors, reader
    from data.zone.zone import read_zone

    day = _day(since)
    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
            timezone = zone.calendar.timezone
            first = None if day is None else datetime.combine(day, time.min, timezone)
            rows = [entry.as_dict(timezone) for entry in history(connection, zone.code, first)]
        put_out(_audit_text(rows, form), form, output)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error


def _audit_text(rows: list[dict[str, Any]], form: Format) -> str:
    if form is Format.JSON:
        return as_json({"audit": rows})
    flat = [{**row, "detail": json.dumps(row["detail"], ensure_ascii=False)} for row in rows]
    columns = ["entry", "at", "actor", "action", "subject", "detail"]
    return as_table(columns, flat) if form is Format.TABLE else as_csv([*columns, "journal", "before", "hash"], flat)


if __name__ == "__main__":
    run(app)
