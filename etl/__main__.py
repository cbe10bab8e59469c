"""``python -m etl``: template, check, load, status, demo (CONTRACT section 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data.command import command, run
from data.intake import filing
from data.intake.accounted import left_out_line, money
from data.intake.filing import DueReport, Filing, due_reports
from data.intake.fitting import check_texts
from data.intake.inbox import Choice
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.printing import with_progress
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.clock import Clock
from data.zone.periods import Quarter, frequency, parse_period
from data.zone.zone import Zone, read_zone
from etl.checking.matching import HeadingMatch, understand
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.loading.order import workbooks
from etl.loading.outcome import Outcome
from etl.table.messages import sentence
from etl.table.problems import Problem

app = typer.Typer(
    help="Workbooks in: check and load them, see who has sent what.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

Files = Annotated[list[Path], typer.Argument(help="Workbooks, or folders of workbooks.")]
KindOption = Annotated[str | None, typer.Option("--kind", help="Kind of the workbooks, if they do not say it.")]
UnitOption = Annotated[str | None, typer.Option("--unit", help="Unit that sends them: code, name or alias.")]
PeriodOption = Annotated[str | None, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")]
ReceivedOption = Annotated[str | None, typer.Option("--received-at", help="When they were received (ISO 8601).")]
ReasonOption = Annotated[
    str, typer.Option("--reason", help="Why, kept in the audit log; what is published needs one to be corrected.")
]
AnnotateOption = Annotated[
    Path | None,
    typer.Option("--annotate", metavar="DIR", file_okay=False, help="Where workbooks with problems come back marked."),
]
MatchOption = Annotated[
    list[str] | None,
    typer.Option(
        "--match",
        metavar="HEADING=COLUMN",
        help="An unknown heading is this column; HEADING= says that it is none of ours. Repeatable.",
    ),
]
WithoutHiddenOption = Annotated[
    bool, typer.Option("--without-hidden", help="Do not count rows that the sheets hide; else they count.")
]
_AT_FAULT = frozenset({"rejected", "set_aside"})
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def check(
    files: Files,
    kind: KindOption = None,
    unit: UnitOption = None,
    period: PeriodOption = None,
    received_at: ReceivedOption = None,
    reason: ReasonOption = "",
    without_hidden: WithoutHiddenOption = False,
    annotate: AnnotateOption = None,
    match: MatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what ``load`` would say of workbooks; changes nothing. ``--match`` holds for this once."""
    choice = _choice(kind, unit, period, reason, without_hidden=without_hidden)
    _run(files, choice, received_at, annotate, match or [], as_json, only_check=True)


@app.command()
def load(
    files: Files,
    kind: KindOption = None,
    unit: UnitOption = None,
    period: PeriodOption = None,
    received_at: ReceivedOption = None,
    reason: ReasonOption = "",
    without_hidden: WithoutHiddenOption = False,
    annotate: AnnotateOption = None,
    match: MatchOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load workbooks, each as a whole or not at all; one refused file does not stop the others.

    ``--match`` is remembered for the workbook's unit and kind.
    """
    choice = _choice(kind, unit, period, reason, without_hidden=without_hidden)
    _run(files, choice, received_at, annotate, match or [], as_json, only_check=False)


@app.command()
def status(
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")], as_json: JsonOption = False
) -> None:
    """Who has sent what for a period, when, late or missing."""
    wanted = _usage(parse_period, period)
    with command() as configured, database_errors(), reader(configured.database_url).connect() as connection:
        zone = read_zone(connection, configured.zone)
        now = zone.calendar.end_of(Clock(zone.calendar, configured.today).today())
        reports = [one for one in due_reports(connection, zone, wanted, now) if one.deadline is not None]
    rows = [filing.as_dict(zone, report) for report in reports]
    if as_json:
        _print_json({"report": "submissions", "period": period, "rows": rows})
    else:
        _print_status(period, reports, zone)


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="Kind of workbook, such as enforcement.")],
    unit: Annotated[str, typer.Option("--unit", help="Unit that will fill it in: code, name or alias.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The .xlsx file to write.", dir_okay=False)],
) -> None:
    """Write a workbook ready to fill in; filled in, it loads without options."""
    from etl.template import template as template_of

    declared = KINDS[_known_kind(kind, "KIND")]
    wanted = _usage(parse_period, period)
    if frequency(wanted) != declared.frequency:
        example = {"month": "2022-05", "quarter": "2022Q2", "year": "2022"}[declared.frequency]
        raise typer.BadParameter(
            _("“%(kind)s” is filed for another kind of period, such as %(example)s", kind=declared.title, example=example),
            param_hint="--period",
        )  # fmt: skip
    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter(_("the file's name must end in .xlsx"), param_hint="-o")
    with command() as configured, database_errors(), reader(configured.database_url).connect() as connection:
        zone = read_zone(connection, configured.zone)
        filer = zone.find_unit(unit)
        if filer is None:
            names = "、".join(one.code for one in zone.units)
            raise typer.BadParameter(_("unknown unit; one of %(units)s", units=names), param_hint="--unit")
        if zone.deadline(declared.code, filer) is None:
            raise typer.BadParameter(
                _("%(unit)s does not file “%(kind)s”", unit=filer.name, kind=declared.title), param_hint="--unit"
            )
        output.write_bytes(template_of(connection, zone, declared, filer, wanted))
    typer.echo(str(output))


@app.command("return")
def return_(
    kind: Annotated[str, typer.Argument(help="Kind of the workbook.")],
    unit: Annotated[str, typer.Option("--unit", help="The unit: code, name or alias.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; its sender reads it.")],
) -> None:
    """Return the accepted workbook that counts: from now on it does not; the version before it counts again."""
    from data.intake.deciding import Desk
    from data.intake.decision_checks import Undecidable
    from data.intake.decisions import return_workbook
    from data.people.second_account import waits_for_another
    from data.rollup.in_force import in_force

    _known_kind(kind, "KIND")
    wanted = _usage(parse_period, period)
    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
            named = zone.find_unit(unit)
            counts = in_force(connection, zone.code, kind, named.code, str(wanted)) if named is not None else None
        if counts is None:
            raise typer.BadParameter(_("nothing of that kind, unit and period counts at present"))
        at = Clock(zone.calendar, configured.today).now()
        desk = Desk.of(configured, OFFICE_ACCOUNT, at)
        try:
            taken = return_workbook(desk, counts.submission, reason)
        except Undecidable as error:
            raise typer.BadParameter(str(error)) from error
    if taken.queued:
        typer.echo(_("Queued: it is done when its turn comes."))
    else:
        typer.echo(waits_for_another() if taken.proposed else _("Returned: version %(n)s.", n=counts.version))


@app.command()
def extend(
    kind: Annotated[str, typer.Argument(help="Kind of workbook, such as enforcement.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    until: Annotated[str, typer.Option("--until", help="The last day on which it is in time, e.g. 2022-06-10.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; the units read it.")],
    unit: Annotated[str | None, typer.Option("--unit", help="For this unit alone: code, name or alias.")] = None,
) -> None:
    """Extend a deadline to a later day, for all units or for one; it may have passed already."""
    from data.intake.deciding import Desk
    from data.intake.decision_checks import Undecidable
    from data.intake.decisions import extend as decide_to_extend
    from data.people.second_account import waits_for_another

    _known_kind(kind, "KIND")
    wanted, day = _usage(parse_period, period), _usage(date.fromisoformat, until)
    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
        named = None if unit is None else zone.find_unit(unit)
        if unit is not None and named is None:
            names = "、".join(one.code for one in zone.units)
            raise typer.BadParameter(_("unknown unit; one of %(units)s", units=names), param_hint="--unit")
        desk = Desk.of(configured, OFFICE_ACCOUNT, Clock(zone.calendar, configured.today).now())
        code = None if named is None else named.code
        try:
            taken = decide_to_extend(desk, kind=kind, period=wanted, unit=code, until=day, reason=reason)
        except Undecidable as error:
            raise typer.BadParameter(str(error)) from error
    if taken.queued:
        typer.echo(_("Queued: it is done when its turn comes."))
    else:
        typer.echo(waits_for_another() if taken.proposed else _("Extended to %(day)s.", day=day.isoformat()))


@app.command()
def retry(
    number: Annotated[int | None, typer.Argument(help="Number of the receipt that was set aside.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All that was set aside.")] = False,
) -> None:
    """Try again what was set aside because the program failed on it; it counts from its first receipt."""
    from data.intake.deciding import Desk
    from data.intake.decision_checks import Undecidable
    from data.intake.decisions import retry as try_again
    from data.intake.set_aside import set_aside

    if (number is None) != every:
        raise typer.BadParameter(_("name one receipt, or --all"))
    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            numbers = set_aside(connection, configured.zone) if number is None else [number]
        with Loader(configured) as loader:
            for one in numbers:
                desk = Desk.of(configured, OFFICE_ACCOUNT, loader.now())
                try:
                    try_again(desk, one)
                except Undecidable as error:
                    raise typer.BadParameter(str(error)) from error
            outcomes = loader.take_up_pending() if numbers else []
    for outcome in outcomes:
        _print_outcome(outcome)
    if any(outcome.status in _AT_FAULT for outcome in outcomes):
        raise typer.Exit(1)


@app.command()
def discard(
    number: Annotated[
        int, typer.Argument(help="Number of the receipt, or of the decision's line, that was set aside.")
    ],
    reason: Annotated[str, typer.Option("--reason", help="Why; its sender reads it.")],
) -> None:
    """Give up what was set aside: its original stays in the archive, and nothing of it counts."""
    from data.intake.deciding import Desk
    from data.intake.decision_checks import Undecidable
    from data.intake.decisions import discard as give_up

    with command() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
        at = Clock(zone.calendar, configured.today).now()
        desk = Desk.of(configured, OFFICE_ACCOUNT, at)
        try:
            taken = give_up(desk, number, reason)
        except Undecidable as error:
            raise typer.BadParameter(str(error)) from error
    typer.echo(_("Queued: it is done when its turn comes.") if taken.queued else _("Discarded: %(n)s.", n=number))


@app.command()
def recheck(
    period: Annotated[str | None, typer.Option("--period", help="Of this period only.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the stored workbooks that count against the rules of today; changes nothing. 1 where any would be refused."""
    from etl.loading import recheck as checking

    wanted = None if period is None else _usage(parse_period, period)
    with command() as configured:
        found = [one for one in checking.recheck(configured, wanted) if one.problems]
    if as_json:
        fields = ("number", "file", "kind", "unit", "period")
        _print_json(
            {
                "files": [
                    {**{name: getattr(one, name) for name in fields}, "problems": [_problem(p) for p in one.problems]}
                    for one in found
                ]
            }
        )
    else:
        for one in found:
            typer.echo(f"{one.file}: {one.kind} {one.unit} {one.period}")
            for problem in one.problems:
                title = _("to correct") if problem.is_error else _("to note")
                typer.echo(f"  {title} {place(problem)}{sentence(problem)}")
        if not found:
            typer.echo(_("Every workbook that counts stands before the rules of today."))
    if any(problem.is_error for one in found for problem in one.problems):
        raise typer.Exit(1)


@app.command()
def rebuild(
    into: Annotated[str, typer.Option("--into", help="Address of the new, empty database (an SQLAlchemy URL).")],
    up_to: Annotated[
        int | None, typer.Option("--up-to", help="As it was after this line of the journal; else after the last one.")
    ] = None,
) -> None:
    """Make a database anew from the archive and its journal, equal to the live one in every figure."""
    from etl.loading import rebuild as rebuilding

    with command() as configured:
        try:
            count = rebuilding.rebuild(configured, into, up_to)
        except rebuilding.NotRebuilt as error:
            raise typer.BadParameter(str(error), param_hint="--into") from error
    typer.echo(_("Made anew from %(count)s lines of the journal.", count=count))


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option("--folder", help="Where the workbooks are written.")] = None,
) -> None:
    """Make the demo year's workbooks and load them as any others, with their times of receipt; keep the committee's diary."""
    from etl.demo import write_year

    with command() as configured, Loader(configured) as loader:
        target = folder or configured.archive_dir.parent / "demo"
        parcels = write_year(target)
        loader.expect(parcel.path for parcel in parcels)
        outcomes = [loader.load(parcel.path, Choice(), parcel.received_at) for parcel in with_progress(parcels)]
        _keep_diary(configured)
    counts = {
        one: sum(1 for outcome in outcomes if outcome.status == one) for one in ("accepted", "rejected", "duplicate")
    }
    typer.echo(
        _("Demo year: %(accepted)s workbooks accepted, %(rejected)s refused, %(duplicate)s sent twice; originals in %(folder)s",
          **counts, folder=target)
    )  # fmt: skip


def _keep_diary(configured: Settings) -> None:
    """What the demo's committee wrote into its diary, by the same acts as on the page, each at its time."""
    from data.intake.calendar_decisions import add_event, hold_event
    from data.intake.calendar_events import EventContent
    from data.intake.deciding import Desk
    from etl.demo.diary import appointments

    for one in appointments():
        content = EventContent(
            one.kind, one.day, one.title, one.last_day, one.starts_at, one.place, one.units,
            Quarter.parse(one.quarter) if one.quarter else None, one.enterprise, one.note,
        )  # fmt: skip
        number = add_event(Desk.of(configured, OFFICE_ACCOUNT, one.written_at), content).number
        if one.held_at is not None:
            hold_event(Desk.of(configured, OFFICE_ACCOUNT, one.held_at), number, number, one.day)


def _choice(
    kind: str | None, unit: str | None, period: str | None, note: str = "", *, without_hidden: bool = False
) -> Choice:
    if kind is not None:
        _known_kind(kind, "--kind")
    if period is not None:
        _usage(parse_period, period)
    choice = Choice(kind, unit, period, note, without_hidden)
    _usage(check_texts, choice.as_stored())
    return choice


def _known_kind(kind: str, named: str) -> str:
    if kind not in KINDS:
        raise typer.BadParameter(_("unknown kind; one of %(kinds)s", kinds=", ".join(KINDS)), param_hint=named)
    return kind


def _usage(read: Any, text: Any) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _run(
    files: list[Path],
    choice: Choice,
    received_at: str | None,
    annotate: Path | None,
    match: list[str],
    as_json: bool,
    *,
    only_check: bool,
) -> None:
    paths = list(workbooks(files))
    for path in paths:
        if not path.is_file():
            raise typer.BadParameter(_("no such file: %(path)s", path=path), param_hint="FILE")
    said = [_said(one) for one in match]
    with command() as configured, Loader(configured) as loader:
        if annotate is not None:
            annotate.mkdir(parents=True, exist_ok=True)
        at = None if received_at is None else _instant(received_at, loader.zone)
        if said and not only_check and True not in {loader.remember(path, choice, said, at) for path in paths}:
            typer.echo(_("None of what --match says is new: no workbook has such a heading unknown."), err=True)
        ordered = loader.in_loading_order(paths, choice)
        loader.expect(ordered)

        def take(path: Path) -> Outcome:
            return loader.check(path, choice, at, said) if only_check else loader.load(path, choice, at)

        done = {path: take(path) for path in with_progress(ordered)}
    outcomes = [done[path] for path in paths]
    if as_json:
        _print_json({"files": [as_dict(outcome) for outcome in outcomes]})
        for outcome in outcomes:
            _print_receipt(outcome, named=True)
            _print_what_waits(outcome, named=True)
    else:
        for outcome in outcomes:
            _print_outcome(outcome)
    if annotate is not None:
        from etl.annotate.folder import write_annotated

        for line in write_annotated(done, annotate, configured):
            typer.echo(line, err=True)
    if any(outcome.status in _AT_FAULT for outcome in outcomes):
        raise typer.Exit(1)


def _said(text: str) -> HeadingMatch:
    try:
        return understand(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--match") from error


def _instant(text: str, zone: Zone) -> datetime:
    instant: datetime = _usage(datetime.fromisoformat, text)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=zone.calendar.timezone)


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """An outcome as CONTRACT prints it."""
    fields = ("file", "sha256", "status", "kind", "unit", "period", "version", "rows")
    return {
        **{name: getattr(outcome, name) for name in fields},
        "errors": [_problem(problem) for problem in outcome.errors],
        "warnings": [_problem(problem) for problem in outcome.warnings],
        "left_out": [one.as_dict() for one in outcome.left_out],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    place = {name: getattr(problem, name) for name in ("code", "sheet", "cell", "column", "value")}
    several = {"cells": list(problem.cells), "count": problem.count} if problem.count > 1 else {}
    return {**place, **several, "message": sentence(problem)}


def _print_outcome(outcome: Outcome) -> None:
    words = {
        "accepted": _("accepted"), "rejected": _("refused"), "duplicate": _("already received, nothing changed"),
        "set_aside": _("set aside"), "checked": _("checked, to be confirmed"),
    }  # fmt: skip
    of = " ".join(part for part in (outcome.kind, outcome.unit, outcome.period) if part)
    version = f" v{outcome.version}" if outcome.version else ""
    now = "" if outcome.in_force is None else _(" (in force: v%(version)s)", version=outcome.in_force)
    typer.echo(f"{outcome.file}: {words[outcome.status]} {of}{version}{now}")
    if outcome.status != "duplicate":
        for said in _taken_for(outcome):
            typer.echo(f"  {said}")
    for title, problems in ((_("to correct"), outcome.errors), (_("to note"), outcome.warnings)):
        for problem in problems:
            typer.echo(f"  {title} {place(problem)}{sentence(problem)}")
    _print_receipt(outcome, named=False)
    _print_what_waits(outcome, named=False)


def _print_receipt(outcome: Outcome, *, named: bool) -> None:
    """The receipt's line in the journal, a witness outside of it; ``named`` beside JSON, which stays the answer alone."""
    if outcome.anchor is None:
        return
    said = _("receipt %(line)s, publication before it: %(former)s", line=outcome.anchor.spoken,
             former=outcome.anchor.former or _("none"))  # fmt: skip
    typer.echo(f"{outcome.file}: {said}" if named else f"  {said}", err=named)


def _print_what_waits(outcome: Outcome, *, named: bool) -> None:
    """That a review's marks of the office's own unit do not count yet."""
    if outcome.waits:
        said = _("the office's own marks in it wait for a second account, who confirms them; all others count")
        typer.echo(f"{outcome.file}: {said}" if named else f"  {said}", err=named)


def _taken_for(outcome: Outcome) -> Iterator[str]:
    """What was left out, and in which unit money was read, each in a line."""
    read = {told["sheet"] for told in outcome.layout.values()}
    left_out = left_out_line(
        [one.as_dict() for one in outcome.left_out], None if outcome.errors and not outcome.rows else outcome.rows, read
    )
    if left_out is not None:
        yield left_out
    yield from money(outcome.account.get("money", ()))


def place(problem: Problem) -> str:
    """Where a problem is, in words: sheet, cells, column."""
    cells = "、".join(problem.cells[:5]) + (f" …({problem.count})" if problem.count > 5 else "")
    parts = [part for part in (problem.sheet, cells, problem.column) if part]
    return f"[{' '.join(parts)}] " if parts else ""


def _print_status(period: str, reports: list[DueReport], zone: Zone) -> None:
    words = {
        "on_time": _("on time"), "late": _("late"), "missing": _("missing"), "awaited": _("awaited"),
        "rejected": _("refused"), "returned": _("returned"), "set_aside": _("set aside"),
    }  # fmt: skip
    if not reports:
        typer.echo(_("Nothing falls due for %(period)s.", period=period))
    for report in reports:
        sent = report.filing
        at = f" {_minute(sent.received_at, zone)}{_confirmed(sent, zone)} v{sent.version}" if sent else ""
        typer.echo(f"{report.unit.name}\t{KINDS[report.kind].title}\t{words[report.status]}{at}")


def _minute(at: datetime, zone: Zone) -> str:
    return f"{at.astimezone(zone.calendar.timezone):%Y-%m-%d %H:%M}"


def _confirmed(sent: Filing, zone: Zone) -> str:
    """Where an upload counts by its own moment: when its sender confirmed it."""
    at = sent.confirmed_at
    return "" if at is None else _(" (confirmed %(moment)s)", moment=_minute(at, zone))


def _print_json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    run(app)
