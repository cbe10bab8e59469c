"""``python -m dashboards``: report, publish, verify, evaluate, and the decision on a proposed veto (CONTRACT section 2)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dashboards.commands import calendar, lists, origins
from dashboards.commands.asked import AskedDays, day_of, ended, month_of, quarter_of, reading_of, refuse_on_a_terminal
from dashboards.commands.putting_out import (
    into_folder,
    making,
    put_out_bulletin,
    put_out_document,
    put_out_live_workbook,
    put_out_pictures,
    put_out_published,
)
from dashboards.commands.reports import (
    DOCUMENTS,
    NO_TEXT,
    PERIODS,
    PICTURES,
    PRINTED,
    WITHOUT_DOCUMENTS,
    WORKBOOKS,
    Published,
    Report,
    ReportFormat,
    published_of,
    text_of,
)
from data.command import command, run
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.printing import Format, put_out
from data.printing import as_json as json_text
from data.settings import Settings
from data.zone.periods import Period, Quarter

if TYPE_CHECKING:  # what a command does not need it does not load
    from dashboards.results.reading import Reading
    from dashboards.results.verification import Verdict
    from data.intake.deciding import Taken
    from data.intake.publications import Publication

app = typer.Typer(
    help="Figures out: reports as table, JSON, CSV, workbook, bulletin, deck or charts; publications, and whether a document is one; decisions on vetoes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def main() -> None:
    """Figures out."""


@app.command()
def report(
    name: Annotated[Report, typer.Argument(help="Which report.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Only what happened up to this day counts.")] = None,
    known_by: Annotated[str | None, typer.Option("--known-by", help="Only what was received by this day.")] = None,
    published: Annotated[bool, typer.Option("--published", help="The frozen figures of the latest revision.")] = False,
    revision: Annotated[int | None, typer.Option("--revision", min=1, help="The frozen figures of this one.")] = None,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How it is printed; png and svg are its charts.")
    ] = ReportFormat.TABLE,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="Write to this file. Of charts: into a folder or a .zip all of them, else the main one: of the group in which most units are compared.",
        ),
    ] = None,
) -> None:
    """Print a report: live, or as it was published."""
    if form in NO_TEXT:
        refuse_on_a_terminal(output)
    if form in DOCUMENTS and name in WITHOUT_DOCUMENTS:
        raise typer.BadParameter(_("this report has no bulletin: take table, json, csv or xlsx"), param_hint="--format")
    if form in PICTURES and name in WITHOUT_DOCUMENTS:
        raise typer.BadParameter(_("this report has no charts: take table, json, csv or xlsx"), param_hint="--format")
    days = AskedDays(day_of(as_of, "--as-of"), day_of(known_by, "--known-by"))
    with command() as configured:
        if published or revision is not None:
            if known_by is not None:
                raise typer.BadParameter(_("what is published was known when it was"), param_hint="--known-by")
            one = published_of(configured, name, period, days, revision)
            if form in DOCUMENTS:
                put_out_bulletin(configured, form, one, output)
            elif form in PICTURES:
                put_out_pictures(configured, form, one, output)
            else:
                put_out_published(configured, form, one, output)
            return
        content, rows = PRINTED[name](configured, period, days)
        if form in DOCUMENTS:
            put_out_bulletin(configured, form, content, output)
        elif form in PICTURES:
            put_out_pictures(configured, form, content, output)
        elif form in WORKBOOKS:
            put_out_live_workbook(configured, form, content, output)
        else:
            put_out(text_of(Format(form), content, rows), Format(form), output)


@app.command()
def publish(
    name: Annotated[Published, typer.Argument(help="Which report.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Of casualties the day; today if none is said.")] = None,
    reason: Annotated[
        str, typer.Option("--reason", help="Why it is revised, or published early; printed with it.")
    ] = "",
    mistake: Annotated[
        bool, typer.Option("--mistake", help="The revision puts a mistake right (更正); else data got better (修订).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Freeze a month's ranking, a quarter's scores or a day's casualties (METHOD section 6)."""
    from data.intake.decision_checks import Undecidable

    day = day_of(as_of, "--as-of")
    if day is not None and name is not Published.CASUALTIES:
        raise typer.BadParameter(_("only casualties are published as of a day"), param_hint="--as-of")
    wanted = PERIODS[name](period)
    with command() as configured:
        try:
            done = freeze(configured, name.value, wanted, day, reason=reason, mistake=mistake)
        except Undecidable as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        if as_json:
            told = {key: getattr(done, key) for key in ("report", "period", "revision", "sha256")}
            put_out(json_text({**told, "published_at": done.content["publication"]["published_at"]}), Format.JSON, None)
            return
    typer.echo(_("Published: %(report)s %(period)s, revision %(n)s, SHA-256 %(sha256)s",
                 report=done.report, period=done.period, n=done.revision, sha256=done.sha256))  # fmt: skip


def freeze(
    configured: Settings, report: str, period: Period, day: date | None, *, reason: str, mistake: bool
) -> Publication:
    """Publish as the office what stands at this moment; Undecidable with the sentence why not."""
    from dashboards.meeting.issued import prove
    from dashboards.results.to_publish import publish

    return publish(configured, OFFICE_ACCOUNT, report, period, day, reason=reason, mistake=mistake, proves=prove)


@app.command()
def verify(
    file: Annotated[
        Path,
        typer.Argument(
            help="A document: JSON, CSV, a workbook, a bulletin, a deck or a PDF.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Whether a document's figures are those published, and whether it is the very file (METHOD section 6)."""
    from dashboards.meeting.verifying import verify as verify_any
    from dashboards.results import verification

    with command() as configured:
        with file.open("rb") as opened:
            raw = opened.read(verification.LARGEST + 1)
        with reading_of(configured) as reading:
            found = verify_any(reading, raw)
            lines = [] if as_json else _in_words(found, reading)
        if as_json:
            put_out(json_text(found.as_dict()), Format.JSON, None)
        for line in lines:
            typer.echo(line)
    if found.status not in verification.TRUE:
        raise typer.Exit(1)


def _in_words(found: Verdict, reading: Reading) -> list[str]:
    """What a document was found to be, in the words of the page."""
    from dashboards.components import published_words
    from dashboards.results.published import workbooks_behind

    return published_words.verdict_lines(found, reading.zone, workbooks_behind(reading, found.moved_by))


class Paper(StrEnum):
    """Which paper to one unit."""

    LAST_SPEAKER = "last-speaker"
    INTERVIEW = "interview"


class PaperFormat(StrEnum):
    """As what file a paper is made."""

    DOCX = "docx"
    PDF = "pdf"


@app.command()
def paper(
    which: Annotated[Paper, typer.Argument(help="Which paper.")],
    unit: Annotated[str, typer.Argument(help="The unit: code, name or alias; or an enterprise: name or credit code.")],
    period: Annotated[str, typer.Option("--period", help="2022Q2; of an interview also 2022-08.")],
    day: Annotated[str | None, typer.Option("--day", help="Of the meeting; left blank if none is said.")] = None,
    time: Annotated[str, typer.Option("--time", help="Of the meeting.")] = "",
    place: Annotated[str, typer.Option("--place", help="Of the meeting.")] = "",
    form: Annotated[PaperFormat, typer.Option("--format", help="As what file.")] = PaperFormat.DOCX,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Make a paper to one unit: the notice to speak last, or the interview sheet (docs/documents.md)."""
    from dashboards.meeting import stationery, unit_papers
    from dashboards.meeting.notice_fields import Meeting
    from dashboards.meeting.unit_fields import NoGround, NotSo

    refuse_on_a_terminal(output)
    meeting = Meeting(day_of(day, "--day"), time, place)
    if which is Paper.INTERVIEW and meeting != Meeting():
        raise typer.BadParameter(_("an interview sheet tells of no meeting"), param_hint="--day")
    with command() as configured:
        try:
            with reading_of(configured) as reading:
                asked, on = unit_papers.asked(reading, which.value, unit, period, meeting), stationery.present(reading)
        except NotSo as error:
            raise typer.BadParameter(str(error)) from error
        except NoGround as error:
            ended(str(error))
        with making():
            made = unit_papers.document(asked, on)
        put_out_document(made, form, output)


@app.command()
def material(
    period: Annotated[str, typer.Option("--period", help="The month: 2022-05.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder, or a file that ends with .zip.")],
) -> None:
    """The whole set of a month for a meeting: what was published of it, in every form, and what stands on its last day."""
    from dashboards.meeting.material import as_zip, files_of, material_of

    month = month_of(period)
    with command() as configured:
        with reading_of(configured) as reading:
            found = material_of(reading, month)
        for sentence in found.missing:
            typer.echo(sentence, err=True)
        if found.is_empty:
            ended(_("Nothing is published of this month: there is no set to be made."))
        if output.suffix.lower() == ".zip":
            output.write_bytes(as_zip(found))
            return
        into_folder(output, files_of(found))


app.command("calendar")(calendar.year_calendar)
app.command()(origins.origins)
app.command("lists")(lists.inspection_lists)
app.command()(lists.evaluate)


@app.command()
def veto(
    unit: Annotated[str, typer.Argument(help="The unit: code, name or alias.")],
    period: Annotated[str, typer.Option("--period", help="The quarter: 2022Q2.")],
    confirm: Annotated[bool, typer.Option("--confirm/--dismiss", help="Confirm or dismiss the proposed veto.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the decision.")],
) -> None:
    """Decide on a veto that the figures propose (METHOD section 3)."""
    from data.intake.decision_checks import Undecidable
    from data.people.second_account import waits_for_another

    with command() as configured:
        try:
            taken = decide(configured, quarter_of(period), unit, confirmed=confirm, reason=reason)
        except Undecidable as error:
            raise typer.BadParameter(str(error)) from error
    if taken.proposed or taken.queued:
        typer.echo(waits_for_another() if taken.proposed else _("Queued: it is done when its turn comes."))
        return
    typer.echo(_("The veto is confirmed.") if confirm else _("The veto is dismissed."))


def decide(configured: Settings, quarter: Quarter, unit: str, *, confirmed: bool, reason: str) -> Taken:
    """The office's decision on the veto proposed for a unit as it stands now; Undecidable where none is."""
    from dashboards.results import scores
    from data.intake.deciding import Desk
    from data.intake.decisions import decide_veto

    with reading_of(configured) as reading:
        named = reading.zone.find_unit(unit)
        code = unit if named is None else named.code
        grounds, now = scores.fetch(reading, quarter).grounds(code), reading.now
    desk = Desk.of(configured, OFFICE_ACCOUNT, now)
    return decide_veto(desk, quarter=quarter, unit=code, confirmed=confirmed, grounds=grounds, reason=reason)


if __name__ == "__main__":
    run(app)
