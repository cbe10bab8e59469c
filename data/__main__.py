"""``python -m data``: init, doctor (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from data.archive import Archive, ArchiveError
from data.language import gettext as _
from data.language import speak
from data.settings import Settings, SettingsError, settings
from data.store import StoreError
from data.zone import NotInitialised

app = typer.Typer(
    help="Data at rest: create the database, check the installation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@contextmanager
def command() -> Iterator[Settings]:
    """Settings and language of a command; an environment at fault ends it with 3 and a sentence."""
    try:
        configured = settings()
        speak(configured.language)
        yield configured
    except NotInitialised:
        _fail(_("The database is empty: run python -m data init first."))
    except (SettingsError, StoreError, ArchiveError) as error:
        _fail(str(error))


def _fail(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(3)


@app.command()
def init() -> None:
    """Create or migrate the database and load the reference data; running it again changes nothing."""
    from data.initial import initialise

    with command() as configured:
        Archive(configured.archive_dir).prepare()
        for line in initialise(configured.database_url, configured.zone) or [_("Nothing to do: everything is there.")]:
            typer.echo(line)


@app.command()
def doctor() -> None:
    """Check the installation and the data; 0 if all is well, 1 with a list of what is not."""
    from data.doctor import examine

    with command() as configured:
        findings, notes = examine(configured)
    for note in notes:
        typer.echo(note)
    for finding in findings:
        typer.echo(finding, err=True)
    if findings:
        raise typer.Exit(1)
    typer.echo(_("All is well."))


if __name__ == "__main__":
    app()
