"""``python -m data plan``: the year's work plan from the command line, which acts as the office (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from data.command import command
from data.intake import plan_decisions
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.plan_adoption import adopt_plan
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT
from data.printing import Format, put_out
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.clock import Clock
from data.zone.plan_changes import PlanChange, changes
from data.zone.plan_faults import PlanFaults, not_a_text, understood
from data.zone.plan_text import HEADINGS, PARTS
from data.zone.work_plan import WorkPlan
from data.zone.zone import Zone, read_zone

REFUSED = 1
LARGEST = 2 * 2**20
"""Bytes of a file that is read."""

app = typer.Typer(help="The year's work plan: show, check, adopt a version.", no_args_is_help=True)

File = Annotated[
    Path, typer.Argument(help="A plan's YAML, as “plan show” writes it.", exists=True, dir_okay=False, readable=True)
]


@contextmanager
def _refusing() -> Iterator[Settings]:
    """A command on plans; what is refused ends it with 1 and a sentence a fault."""
    with command() as configured:
        try:
            yield configured
        except (PlanFaults, Undecidable) as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(REFUSED) from refusal


@app.command()
def show(
    year: Annotated[int, typer.Option("--year", help="Of which year.")],
    version: Annotated[
        int | None, typer.Option("--version", help="An earlier version; else the one that holds.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print a year's plan as YAML; on standard error its versions, who adopted each and why."""
    with _refusing() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
            found = plan_decisions.versions(connection, zone.code, year)
        if not found:
            raise Undecidable(_("No work plan of %(year)s is known: the office adds it.", year=year))
        if version is not None and not 0 < version <= len(found):
            raise Undecidable(_("There is no such version."))
        put_out(found[-1 if version is None else version - 1].text, Format.TABLE, output)
        for one in found:
            typer.echo(_version(one, zone), err=True)


def _version(one: plan_decisions.PlanVersion, zone: Zone) -> str:
    said = _("version %(n)s, %(items)s items", n=one.version, items=len(one.plan.items))
    if one.at is None:
        return _("%(version)s: came with the program", version=said)
    at = one.at.astimezone(zone.calendar.timezone)
    return _("%(version)s: %(actor)s, %(at)s, %(reason)s", version=said, actor=one.actor, at=f"{at:%Y-%m-%d %H:%M}", reason=one.reason)  # fmt: skip


@app.command()
def check(file: File) -> None:
    """What is wrong with a plan, or what it has otherwise than the version that holds; nothing is changed."""
    with _refusing() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
            plan = understood(_read(file), zone)
            found = plan_decisions.versions(connection, zone.code, plan.year)
        for line in told(found[-1].plan if found else None, plan, zone):
            typer.echo(line)


@app.command()
def adopt(file: File, reason: Annotated[str, typer.Option("--reason", help="Why; it stays on record.")]) -> None:
    """Adopt a plan as the next version of its year; what was published stays as it was."""
    with _refusing() as configured:
        with database_errors(), reader(configured.database_url).connect() as connection:
            zone = read_zone(connection, configured.zone)
        text = _read(file)
        plan = understood(text, zone)
        at = Clock(zone.calendar, configured.today).now()
        taken = adopt_plan(Desk.of(configured, OFFICE_ACCOUNT, at), text, reason=reason)
        said = (
            _("Queued: a workbook is being loaded; line %(line)s of the journal.", line=taken.number)
            if taken.queued
            else _("Adopted: %(plan)s, line %(line)s of the journal.", plan=plan.plan, line=taken.number)
        )
        typer.echo(said)


def _read(file: Path) -> str:
    """The text of a file, its line ends as they are; PlanFaults where it is none."""
    if file.stat().st_size > LARGEST:
        raise not_a_text(_("The file is too large for a plan."))
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_a_text(_("The file is no text in UTF-8.")) from error


def told(before: WorkPlan | None, after: WorkPlan, zone: Zone) -> list[str]:
    """What is changed, a line each."""
    found = changes(before, after, zone)
    return [_line(one) for one in found] or [_("Nothing of it is changed.")]


def _line(one: PlanChange) -> str:
    what = _("%(part)s %(which)s", part=PARTS[one.part], which=one.which).strip()
    if one.before is None:
        return _("+ %(what)s: %(after)s", what=what, after=one.after)
    if one.after is None:
        return _("- %(what)s: %(before)s", what=what, before=one.before)
    where = f"{what} {HEADINGS[one.field]}" if one.field else what
    return _("± %(what)s: %(before)s → %(after)s", what=where, before=one.before or "—", after=one.after or "—")
