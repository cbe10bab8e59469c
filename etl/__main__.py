"""``python -m etl``: template, check, load, status, demo (CONTRACT section 2)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from data import filing
from data.clock import Clock
from data.command import command, run
from data.filing import DueReport, due_reports
from data.inbox import Choice
from data.language import gettext as _
from data.periods import parse_period
from data.store import database_errors, reader
from data.zone import Zone, read_zone
from etl.kinds.registry import KINDS
from etl.load import Loader, Outcome
from etl.messages import sentence
from etl.order import workbooks
from etl.problems import Problem

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
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def check(
    files: Files,
    kind: KindOption = None,
    unit: UnitOption = None,
    period: PeriodOption = None,
    received_at: ReceivedOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what ``load`` would say of workbooks; changes nothing."""
    _run(files, _choice(kind, unit, period), received_at, as_json, only_check=True)


@app.command()
def load(
    files: Files,
    kind: KindOption = None,
    unit: UnitOption = None,
    period: PeriodOption = None,
    received_at: ReceivedOption = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, kept in the audit log.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Load workbooks, each as a whole or not at all; one refused file does not stop the others."""
    _run(files, _choice(kind, unit, period, reason), received_at, as_json, only_check=False)


@app.command()
def status(
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")], as_json: JsonOption = False
) -> None:
    """Who has sent what for a period, when, late or missing."""
    wanted = _usage(parse_period, period)
    with command() as configured, database_errors(), reader(configured.database_url).connect() as connection:
        zone = read_zone(connection, configured.zone)
        now = zone.calendar.end_of(Clock(zone.calendar, configured.today).today())
        reports = due_reports(connection, zone, wanted, now)
    rows = [filing.as_dict(zone, report) for report in reports]
    if as_json:
        _print_json({"report": "submissions", "period": period, "rows": rows})
    else:
        _print_status(period, reports, zone)


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option("--folder", help="Where the workbooks are written.")] = None,
) -> None:
    """Make the demo year's workbooks and load them as any others, with their times of receipt."""
    from etl.demo import write_year

    with command() as configured, Loader(configured) as loader:
        target = folder or configured.archive_dir.parent / "demo"
        parcels = write_year(target)
        outcomes = [loader.load(parcel.path, Choice(), parcel.received_at) for parcel in _with_progress(parcels)]
    counts = {
        one: sum(1 for outcome in outcomes if outcome.status == one) for one in ("accepted", "rejected", "duplicate")
    }
    typer.echo(
        _("Demo year: %(accepted)s workbooks accepted, %(rejected)s refused, %(duplicate)s sent twice; originals in %(folder)s",
          **counts, folder=target)
    )  # fmt: skip


def _choice(kind: str | None, unit: str | None, period: str | None, note: str = "") -> Choice:
    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(_("unknown kind; one of %(kinds)s", kinds=", ".join(KINDS)), param_hint="--kind")
    if period is not None:
        _usage(parse_period, period)
    return Choice(kind, unit, period, note)


def _usage(read: Any, text: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _run(files: list[Path], choice: Choice, received_at: str | None, as_json: bool, *, only_check: bool) -> None:
    paths = list(workbooks(files))
    for path in paths:
        if not path.is_file():
            raise typer.BadParameter(_("no such file: %(path)s", path=path), param_hint="FILE")
    with command() as configured, Loader(configured) as loader:
        at = None if received_at is None else _instant(received_at, loader.zone)
        take = loader.check if only_check else loader.load
        done = {path: take(path, choice, at) for path in _with_progress(loader.in_loading_order(paths, choice))}
    outcomes = [done[path] for path in paths]
    if as_json:
        _print_json({"files": [as_dict(outcome) for outcome in outcomes]})
    else:
        for outcome in outcomes:
            _print_outcome(outcome)
    if any(outcome.status == "rejected" for outcome in outcomes):
        raise typer.Exit(1)


def _instant(text: str, zone: Zone) -> datetime:
    instant: datetime = _usage(datetime.fromisoformat, text)
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=zone.calendar.timezone)


def _with_progress(items: list[Any]) -> Iterator[Any]:
    """The items, with a progress bar on standard error where somebody watches and it is worth one."""
    if len(items) < 5 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, console=Console(stderr=True), description="")


def as_dict(outcome: Outcome) -> dict[str, Any]:
    """An outcome as CONTRACT prints it."""
    fields = ("file", "sha256", "status", "kind", "unit", "period", "version", "rows")
    return {
        **{name: getattr(outcome, name) for name in fields},
        "errors": [_problem(problem) for problem in outcome.errors],
        "warnings": [_problem(problem) for problem in outcome.warnings],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    place = {name: getattr(problem, name) for name in ("code", "sheet", "cell", "column", "value")}
    several = {"cells": list(problem.cells)} if len(problem.cells) > 1 else {}
    return {**place, **several, "message": sentence(problem)}


def _print_outcome(outcome: Outcome) -> None:
    words = {"accepted": _("accepted"), "rejected": _("refused"), "duplicate": _("already received, nothing changed")}
    of = " ".join(part for part in (outcome.kind, outcome.unit, outcome.period) if part)
    version = f" v{outcome.version}" if outcome.version else ""
    typer.echo(f"{outcome.file}: {words[outcome.status]} {of}{version}")
    for title, problems in ((_("to correct"), outcome.errors), (_("to note"), outcome.warnings)):
        for problem in problems:
            typer.echo(f"  {title} {place(problem)}{sentence(problem)}")


def place(problem: Problem) -> str:
    """Where a problem is, in words: sheet, cells, column."""
    cells = "、".join(problem.cells[:5]) + (f" …({len(problem.cells)})" if len(problem.cells) > 5 else "")
    parts = [part for part in (problem.sheet, cells, problem.column) if part]
    return f"[{' '.join(parts)}] " if parts else ""


def _print_status(period: str, reports: list[DueReport], zone: Zone) -> None:
    words = {
        "on_time": _("on time"), "late": _("late"), "missing": _("missing"), "awaited": _("awaited"),
        "rejected": _("refused"), "returned": _("returned"),
    }  # fmt: skip
    if not reports:
        typer.echo(_("Nothing falls due for %(period)s.", period=period))
    for report in reports:
        sent = report.filing
        at = f" {sent.received_at.astimezone(zone.calendar.timezone):%Y-%m-%d %H:%M} v{sent.version}" if sent else ""
        typer.echo(f"{report.unit.name}\t{KINDS[report.kind].title}\t{words[report.status]}{at}")


def _print_json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    run(app)
