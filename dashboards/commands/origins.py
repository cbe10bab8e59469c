"""``origins``: where each item of a year's work plan comes from and where it is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data.command import command
from data.language import gettext as _
from data.printing import Format, put_out
from data.store import database_errors, reader


def origins(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100, help="The plan of which year.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """The year's work plan as a document: article, item, column, figure, page (docs/work-plan.md)."""
    from dashboards.components.plan_document import document
    from data.intake import plan_decisions
    from data.zone.zone import read_zone

    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
            found = plan_decisions.versions(connection, zone.code, year)
        if not found:
            typer.echo(_("No work plan of %(year)s is known: the office adds it.", year=year), err=True)
            raise typer.Exit(1)
        put_out(document(found[-1].plan, zone, f"python -m dashboards origins --year {year}"), Format.TABLE, output)
