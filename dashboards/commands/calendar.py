"""``calendar``: the committee's year as a file that other calendars read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.commands.asked import reading_of, refuse_on_a_terminal
from data.command import command
from data.language import gettext as _
from data.printing import put_out_bytes


def year_calendar(
    year: Annotated[int, typer.Option("--year", min=2000, max=2099, help="Which year.")],
    kind: Annotated[
        str | None, typer.Option("--kind", help="Only entries of this kind, such as meeting or due.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it as .ics to this file.")] = None,
) -> None:
    """The committee's calendar of a year, past and to come, as a file that other calendars read (.ics, RFC 5545)."""
    from dashboards.components.calendar_file import calendar_file
    from dashboards.results import calendar

    if kind is not None and kind not in calendar.KINDS:
        raise typer.BadParameter(_("one of %(kinds)s", kinds=", ".join(calendar.KINDS)), param_hint="--kind")
    refuse_on_a_terminal(output)
    with command() as configured:
        with reading_of(configured) as reading:
            made = calendar_file(calendar.fetch(reading, year), kind)
        put_out_bytes(made, output)
