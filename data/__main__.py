"""``python -m data``: init, doctor (CONTRACT section 2)."""

from __future__ import annotations

import typer

from data.archive import Archive
from data.command import command, run
from data.language import gettext as _

app = typer.Typer(
    help="Data at rest: create the database, check the installation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


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
    run(app)
