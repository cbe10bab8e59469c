"""``lists`` and ``evaluate``: whom to inspect in a month, and what a list was worth (METHOD section 5.7)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dashboards.commands.asked import ended, month_of, reading_of, refuse_on_a_terminal
from data.command import command
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.printing import Format, put_out, put_out_bytes
from data.printing import as_json as json_text


def inspection_lists(
    period: Annotated[str, typer.Option("--period", help="The month: 2022-05.")],
    issue: Annotated[bool, typer.Option("--issue", help="Issue them: from then on they stay as they are.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write them as .xlsx to this file.")] = None,
) -> None:
    """Whom to inspect in a month, of all units (METHOD section 5.7): as issued, else as they would be now, marked 草稿."""
    from dashboards.results import issued_lists, list_sheet, lists_of_month
    from data.intake.deciding import Desk
    from data.intake.decision_checks import Undecidable
    from data.intake.list_decisions import issue_lists

    month = month_of(period)
    refuse_on_a_terminal(output)
    with command() as configured:
        if issue:
            with reading_of(configured) as reading:
                why_not = lists_of_month.why_not_issued(reading, month)
                if why_not is not None:
                    ended(why_not)
                (as_of, units), now = issued_lists.to_issue(reading, month), reading.now
            try:
                taken = issue_lists(Desk.of(configured, OFFICE_ACCOUNT, now), month, units, as_of)
            except Undecidable as error:
                ended(str(error))
            if taken.queued:
                ended(_("Queued: it is done when its turn comes."))
        with reading_of(configured) as reading:
            found = issued_lists.fetch(reading, month)
            if found is None:
                as_of, units = issued_lists.to_issue(reading, month)
                made = list_sheet.workbook({"month": str(month), "as_of": as_of, "units": units}, reading.zone, None)
            else:
                made = list_sheet.workbook(found.lists.content, reading.zone, found.lists.sha256)
        put_out_bytes(made, output)


def evaluate(
    file: Annotated[
        Path,
        typer.Argument(
            help="A list of whom to inspect, in order: .xlsx with a column of credit codes or of names of enterprises.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    period: Annotated[str, typer.Option("--period", help="The month that it was made for: 2022-05.")],
    draw: Annotated[
        str | None, typer.Option("--draw", help="Also draw a tenth of it by this number, as anybody can repeat.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Judge a list by the inspections that followed: three numbers, beside chance and longest not seen (METHOD section 5.7)."""
    from dashboards.components.list_words import drawn_lines, judged_lines
    from dashboards.results import list_judged
    from dashboards.results.list_held import LARGEST, NotAList
    from data.intake.list_decisions import NUMBER

    month, number = month_of(period), None if draw is None else draw.strip()
    if number is not None and not NUMBER.fullmatch(number):
        raise typer.BadParameter(_("a number is drawn by: digits alone"), param_hint="--draw")
    with command() as configured:
        try:
            with reading_of(configured) as reading, file.open("rb") as opened:
                found = list_judged.fetch(reading, opened.read(LARGEST + 1), month)
        except NotAList as error:
            ended(str(error))
        if as_json:
            put_out(json_text(list_judged.as_dict(found, number)), Format.JSON, None)
            return
        for line in (*judged_lines(found), *([] if number is None else drawn_lines(found, number))):
            typer.echo(line)
