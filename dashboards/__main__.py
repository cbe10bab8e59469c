"""``python -m dashboards``: report, publish, verify, evaluate, and the decision on a proposed veto (CONTRACT section 2)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from data.command import command, run
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT, office
from data.printing import Format, as_csv, as_table, put_out, put_out_bytes
from data.printing import as_json as json_text
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Period, Quarter, Year, parse_period

if TYPE_CHECKING:  # what a command does not need it does not load
    from dashboards.meeting.source import Source
    from dashboards.results.reading import Reading
    from dashboards.results.verification import Verdict
    from data.intake.decisions import Taken
    from data.intake.publications import Publication

app = typer.Typer(
    help="Figures out: reports as table, JSON, CSV, workbook, bulletin, deck or charts; publications, and whether a document is one; decisions on vetoes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class ReportFormat(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PPTX = "pptx"
    PDF = "pdf"
    PNG = "png"
    SVG = "svg"


DOCUMENTS = frozenset({ReportFormat.DOCX, ReportFormat.PPTX, ReportFormat.PDF})
PICTURES = frozenset({ReportFormat.PNG, ReportFormat.SVG})
NO_TEXT = DOCUMENTS | PICTURES | {ReportFormat.XLSX}


class Report(StrEnum):
    """Which report."""

    RANKING = "ranking"
    SCORES = "scores"
    CASUALTIES = "casualties"
    SUBMISSIONS = "submissions"
    REGISTER = "register"
    FRONTLINE = "frontline"
    HAZARDS = "hazards"
    SUPERVISION = "supervision"
    TIPOFFS = "tipoffs"
    DISASTERS = "disasters"
    PLAN = "plan"


OF_A_DAY = (
    Report.REGISTER,
    Report.FRONTLINE,
    Report.HAZARDS,
    Report.SUPERVISION,
    Report.TIPOFFS,
    Report.DISASTERS,
    Report.PLAN,
)
NEVER_PUBLISHED = frozenset({Report.SUBMISSIONS, *OF_A_DAY})
WITHOUT_DOCUMENTS = frozenset({Report.SUBMISSIONS, Report.PLAN})


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
        _refuse_on_a_terminal(output)
    if form in DOCUMENTS and name in WITHOUT_DOCUMENTS:
        raise typer.BadParameter(_("this report has no bulletin: take table, json, csv or xlsx"), param_hint="--format")
    if form in PICTURES and name in WITHOUT_DOCUMENTS:
        raise typer.BadParameter(_("this report has no charts: take table, json, csv or xlsx"), param_hint="--format")
    days = _Days(_day(as_of, "--as-of"), _day(known_by, "--known-by"))
    with command() as configured:
        if published or revision is not None:
            if known_by is not None:
                raise typer.BadParameter(_("what is published was known when it was"), param_hint="--known-by")
            one = _published(configured, name, period, days, revision)
            if form in DOCUMENTS:
                _put_out_bulletin(configured, form, one, output)
            elif form in PICTURES:
                _put_out_pictures(configured, form, one, output)
            else:
                _put_out_published(form, one, output)
            return
        content, rows = _REPORTS[name](configured, period, days)
        if form in DOCUMENTS:
            _put_out_bulletin(configured, form, content, output)
        elif form in PICTURES:
            _put_out_pictures(configured, form, content, output)
        elif form is ReportFormat.XLSX:
            _put_out_live_xlsx(configured, content, output)
        else:
            put_out(_text(Format(form), content, rows), Format(form), output)


class Published(StrEnum):
    """Which report is published."""

    RANKING = "ranking"
    SCORES = "scores"
    CASUALTIES = "casualties"


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
    from data.intake.decisions import Undecidable

    day = _day(as_of, "--as-of")
    if day is not None and name is not Published.CASUALTIES:
        raise typer.BadParameter(_("only casualties are published as of a day"), param_hint="--as-of")
    wanted = _PERIODS[name](period)
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
        with _reading(configured) as reading:
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
    unit: Annotated[str, typer.Argument(help="The unit: code, name or alias; to speak last also an enterprise.")],
    period: Annotated[str, typer.Option("--period", help="2022Q2; of an interview also 2022-08.")],
    day: Annotated[str | None, typer.Option("--day", help="Of the meeting; left blank if none is said.")] = None,
    time: Annotated[str, typer.Option("--time", help="Of the meeting.")] = "",
    place: Annotated[str, typer.Option("--place", help="Of the meeting.")] = "",
    form: Annotated[PaperFormat, typer.Option("--format", help="As what file.")] = PaperFormat.DOCX,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Make a paper to one unit: the notice to speak last, or the interview sheet (docs/documents.md)."""
    from dashboards.meeting import stationery, unit_papers
    from dashboards.meeting.unit_fields import Meeting, NoGround, NotSo

    _refuse_on_a_terminal(output)
    meeting = Meeting(_day(day, "--day"), time, place)
    if which is Paper.INTERVIEW and meeting != Meeting():
        raise typer.BadParameter(_("an interview sheet tells of no meeting"), param_hint="--day")
    with command() as configured:
        try:
            with _reading(configured) as reading:
                asked, on = unit_papers.asked(reading, which.value, unit, period, meeting), stationery.present(reading)
        except NotSo as error:
            raise typer.BadParameter(str(error)) from error
        except NoGround as error:
            _ended(str(error))
        with _making():
            made = unit_papers.document(asked, on)
        _put_out_document(made, pdf=form is PaperFormat.PDF, output=output)


@app.command()
def material(
    period: Annotated[str, typer.Option("--period", help="The month: 2022-05.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A folder, or a file that ends with .zip.")],
) -> None:
    """The whole set of a month for a meeting: what was published of it, in every form, and what stands on its last day."""
    from dashboards.meeting.material import as_zip, files_of, material_of

    month = _month(period)
    with command() as configured:
        with _reading(configured) as reading:
            found = material_of(reading, month)
        for sentence in found.missing:
            typer.echo(sentence, err=True)
        if found.is_empty:
            _ended(_("Nothing is published of this month: there is no set to be made."))
        if output.suffix.lower() == ".zip":
            output.write_bytes(as_zip(found))
            return
        _into_folder(output, files_of(found))


@app.command("calendar")
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
    with command() as configured:
        with _reading(configured) as reading:
            made = calendar_file(calendar.fetch(reading, year), reading.now, kind)
        put_out_bytes(made, output)


@app.command("lists")
def inspection_lists(
    period: Annotated[str, typer.Option("--period", help="The month: 2022-05.")],
    issue: Annotated[bool, typer.Option("--issue", help="Issue them: from then on they stay as they are.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write them as .xlsx to this file.")] = None,
) -> None:
    """Whom to inspect in a month, of all units (METHOD section 5.7): as issued, else as they would be now, marked 草稿."""
    from dashboards.results import issued_lists, list_sheet
    from data.intake.decisions import Desk, Undecidable
    from data.intake.list_decisions import issue_lists

    month = _month(period)
    _refuse_on_a_terminal(output)
    with command() as configured:
        if issue:
            with _reading(configured) as reading:
                (as_of, units), now = issued_lists.to_issue(reading, month), reading.now
            try:
                taken = issue_lists(Desk.of(configured, OFFICE_ACCOUNT, now), month, units, as_of)
            except Undecidable as error:
                _ended(str(error))
            if taken.queued:
                _ended(_("Queued: it is done when its turn comes."))
        with _reading(configured) as reading:
            found = issued_lists.fetch(reading, month)
            if found is None:
                as_of, units = issued_lists.to_issue(reading, month)
                made = list_sheet.workbook({"month": str(month), "as_of": as_of, "units": units}, reading.zone, None)
            else:
                made = list_sheet.workbook(found.lists.content, reading.zone, found.lists.sha256)
        put_out_bytes(made, output)


@app.command()
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

    month, number = _month(period), None if draw is None else draw.strip()
    if number is not None and not NUMBER.fullmatch(number):
        raise typer.BadParameter(_("a number is drawn by: digits alone"), param_hint="--draw")
    with command() as configured:
        try:
            with _reading(configured) as reading, file.open("rb") as opened:
                found = list_judged.fetch(reading, opened.read(LARGEST + 1), month)
        except NotAList as error:
            _ended(str(error))
        if as_json:
            put_out(json_text(list_judged.as_dict(found, number)), Format.JSON, None)
            return
        for line in (*judged_lines(found), *([] if number is None else drawn_lines(found, number))):
            typer.echo(line)


@app.command()
def veto(
    unit: Annotated[str, typer.Argument(help="The unit: code, name or alias.")],
    period: Annotated[str, typer.Option("--period", help="The quarter: 2022Q2.")],
    confirm: Annotated[bool, typer.Option("--confirm/--dismiss", help="Confirm or dismiss the proposed veto.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the decision.")],
) -> None:
    """Decide on a veto that the figures propose (METHOD section 3)."""
    from data.intake.decisions import Undecidable
    from data.people.second_account import waits_for_another

    with command() as configured:
        try:
            taken = decide(configured, _quarter(period), unit, confirmed=confirm, reason=reason)
        except Undecidable as error:
            raise typer.BadParameter(str(error)) from error
    if taken.proposed or taken.queued:
        typer.echo(waits_for_another() if taken.proposed else _("Queued: it is done when its turn comes."))
        return
    typer.echo(_("The veto is confirmed.") if confirm else _("The veto is dismissed."))


def decide(configured: Settings, quarter: Quarter, unit: str, *, confirmed: bool, reason: str) -> Taken:
    """The office's decision on the veto proposed for a unit as it stands now; Undecidable where none is."""
    from dashboards.results import scores
    from data.intake.decisions import Desk, decide_veto

    with _reading(configured) as reading:
        named = reading.zone.find_unit(unit)
        code = unit if named is None else named.code
        grounds, now = scores.fetch(reading, quarter).grounds(code), reading.now
    desk = Desk.of(configured, OFFICE_ACCOUNT, now)
    return decide_veto(desk, quarter=quarter, unit=code, confirmed=confirmed, grounds=grounds, reason=reason)


def _reading(configured: Settings) -> AbstractContextManager[Reading]:
    """The command's one reading: it acts as the office."""
    from dashboards.results.reading import begin

    return begin(reader(configured.database_url), office(configured.zone), configured.today)


@dataclass(frozen=True, slots=True)
class _Days:
    """The day as of which, and the day by whose end things were known; None: as the report has it."""

    as_of: date | None
    known_by: date | None


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _month(text: str) -> Month:
    return _period(text, Month, _("this report is of a month, such as 2022-05"))


def _quarter(text: str) -> Quarter:
    return _period(text, Quarter, _("this report is of a quarter, such as 2022Q2"))


def _year(text: str) -> Year:
    return _period(text, Year, _("this report is of a year, such as 2022"))


P = TypeVar("P", Month, Quarter, Year)


def _period(text: str, wanted: type[P], otherwise: str) -> P:
    try:
        period = parse_period(text)
    except ValueError as error:
        raise typer.BadParameter(otherwise, param_hint="--period") from error
    if not isinstance(period, wanted):
        raise typer.BadParameter(otherwise, param_hint="--period")
    return period


def _any_period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error


Rows = list[dict[str, Any]]
Printed = tuple[dict[str, Any], Rows]


def _ranking(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import ranking, ranking_printed
    from dashboards.results.flat_rows import flat_rows

    wanted = _month(period)
    with _reading(configured) as reading:
        result = ranking.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
        content = ranking_printed.as_dict(result)
        return content, flat_rows(content, reading.zone.name)


def _scores(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import scores, scores_printed
    from dashboards.results.flat_rows import flat_rows

    wanted = _quarter(period)
    with _reading(configured) as reading:
        result = scores.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
        content = scores_printed.as_dict(result)
        return content, flat_rows(content, reading.zone.name)


def _casualties(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import casualties
    from dashboards.results.flat_rows import flat_rows

    wanted = _year(period)
    try:
        with _reading(configured) as reading:
            result = casualties.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
            content = casualties.as_dict(result)
            return content, flat_rows(content, reading.zone.name)
    except casualties.NotInTheYear as error:
        raise typer.BadParameter(_("the day lies before the year"), param_hint="--as-of") from error


def _submissions(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import submissions

    wanted = _any_period(period)
    with _reading(configured) as reading:
        result = submissions.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    content = submissions.as_dict(result)
    return content, content["rows"]


def _of_a_day(name: Report) -> Callable[[Settings, str, _Days], Printed]:
    """How a report of what stands on a day is printed."""

    def printed(configured: Settings, period: str, days: _Days) -> Printed:
        from dashboards.results.day_report_list import day_report
        from dashboards.results.day_report_rows import lines_of
        from dashboards.results.work_plan import NoPlan

        wanted = _any_period(period)
        with _reading(configured) as reading:
            try:
                content = day_report(reading, name, wanted, as_of=days.as_of, known_by=days.known_by)
            except NoPlan as error:
                _ended(str(error))
            zone = reading.zone
        return content, lines_of(content, zone.name, {unit.code: unit.short_name for unit in zone.units})

    return printed


_PERIODS: dict[str, Callable[[str], Period]] = {
    Published.RANKING: _month,
    Published.SCORES: _quarter,
    Published.CASUALTIES: _year,
}
_REPORTS = {
    Report.RANKING: _ranking,
    Report.SCORES: _scores,
    Report.CASUALTIES: _casualties,
    Report.SUBMISSIONS: _submissions,
    **{name: _of_a_day(name) for name in OF_A_DAY},
}


def _published(configured: Settings, name: Report, period: str, days: _Days, revision: int | None) -> Publication:
    """What was published of a period, the latest revision or this one; where nothing was the command ends with 1."""
    from data.intake.publications import revisions

    if name in NEVER_PUBLISHED:
        _ended(_("This report is never published; it carries its days instead."))
    wanted = _PERIODS[Published(name)](period)
    day = None if days.as_of is None or name is not Report.CASUALTIES else days.as_of.isoformat()
    with _reading(configured) as reading:
        found = revisions(reading.connection, reading.zone.code, name, str(wanted), day)
    chosen = [one for one in found if revision in (None, one.revision)]
    if not chosen:
        _ended(_("Nothing is published of this period.") if revision is None else _("There is no such revision."))
    return chosen[-1]


def _ended(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _refuse_on_a_terminal(output: Path | None) -> None:
    if output is None and sys.stdout.isatty():
        raise typer.BadParameter(_("a document is no text: name a file with -o"), param_hint="--format")


def _put_out_published(form: ReportFormat, one: Publication, output: Path | None) -> None:
    if form is ReportFormat.XLSX:
        from dashboards.meeting.workbook import published_workbook

        put_out_bytes(published_workbook(one), output)
    else:
        put_out(_published_text(Format(form), one), Format(form), output)


def _put_out_bulletin(
    configured: Settings, form: ReportFormat, of: Publication | dict[str, Any], output: Path | None
) -> None:
    """The bulletin or the deck of a publication, or of a report as it stands."""
    from dashboards.meeting.bulletin import bulletin
    from dashboards.meeting.deck import deck

    source = _source(configured, of)
    with _making():
        made = deck(source) if form is ReportFormat.PPTX else bulletin(source)
    _put_out_document(made, pdf=form is ReportFormat.PDF, output=output)


def _source(configured: Settings, of: Publication | dict[str, Any]) -> Source:
    """What documents and pictures are made of: a publication, or a report as it stands."""
    from dashboards.meeting import stationery
    from dashboards.meeting.sources import live_source, published_source

    with _reading(configured) as reading:
        if isinstance(of, dict):
            return live_source(reading, of)
        return published_source(of, stationery.of_issue(reading, of))


def _put_out_pictures(
    configured: Settings, form: ReportFormat, of: Publication | dict[str, Any], output: Path | None
) -> None:
    """All charts into a folder or a .zip, else the main one; without any the command ends with 1, where none can be drawn with 3."""
    from dashboards.meeting.chart_pictures import picture_files, pictures
    from dashboards.meeting.package import packed

    into_folder = output is not None and (output.is_dir() or not output.suffix)
    into_zip = output is not None and output.suffix.lower() == ".zip"
    with _making():
        every = pictures(_source(configured, of))
        wanted = every if into_folder or into_zip else [one for one in every if one.is_main]
        (made,) = picture_files([wanted], "png" if form is ReportFormat.PNG else "svg")
    files = {f"{label}.{form}": content for label, content in made.items()}
    if output is not None and into_folder:
        _into_folder(output, files.items())
    elif into_zip:
        put_out_bytes(packed(files.items()), output)
    else:
        (content,) = files.values()
        put_out_bytes(content, output)
        if len(every) > 1:
            told = _("This is the main one of %(n)s charts; all of them: -o with a folder or a .zip.", n=len(every))
            typer.echo(told, err=True)


def _into_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)


@contextmanager
def _making() -> Iterator[None]:
    """What is made within; the command says why where that cannot be: it ends with 1 where the office's own wording cannot be filled in or there
    is nothing to be drawn, with 3 where what would make it is not here.
    """
    from dashboards.meeting.chart_pictures import NothingDrawn
    from dashboards.meeting.converting import NoConverter
    from dashboards.meeting.filling import Unfillable

    try:
        yield
    except (Unfillable, NothingDrawn) as why:
        _ended(str(why))
    except NoConverter as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error


def _put_out_document(made: bytes, *, pdf: bool, output: Path | None) -> None:
    """A .docx, or the same as PDF; where that cannot be made the command ends with 3."""
    from dashboards.meeting.pdf import as_pdf

    if pdf:
        with _making():
            made = as_pdf(made, ".docx")
    put_out_bytes(made, output)


def _put_out_live_xlsx(configured: Settings, content: dict[str, Any], output: Path | None) -> None:
    from dashboards.meeting.workbook import live_workbook

    with _reading(configured) as reading:
        zone = reading.zone
    put_out_bytes(live_workbook(content, zone.name, {unit.code: unit.short_name for unit in zone.units}), output)


def _published_text(form: Format, one: Publication) -> str:
    from dashboards.results.flat_rows import flat_rows
    from dashboards.results.publishing import printed
    from dashboards.results.verification import published_csv

    if form is Format.CSV:
        return published_csv(one)
    return _text(form, printed(one), flat_rows(one.content, one.content["publication"]["zone"]))


def _text(form: Format, content: dict[str, Any], rows: Rows) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    match form:
        case Format.JSON:
            return json_text(content)
        case Format.CSV:
            return as_csv(columns, [{name: row.get(name) for name in columns} for row in rows])
        case Format.TABLE:
            return as_table(columns, [{name: _shown(name, row.get(name)) for name in columns} for row in rows])


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "—"
    if column in {"score", "score_before"}:
        return f"{value:.2f}"
    return f"{value:.4g}" if isinstance(value, float) and value != round(value, 2) else str(value)


if __name__ == "__main__":
    run(app)
