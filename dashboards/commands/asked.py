"""What a command was asked: days and periods as they are typed, and the one reading, as the office."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from data.language import gettext as _
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Period, Quarter, Year, parse_period

if TYPE_CHECKING:  # what a command does not need it does not load
    from dashboards.results.reading import Reading


@dataclass(frozen=True, slots=True)
class Days:
    """The day as of which, and the day by whose end things were known; None: as the report has it."""

    as_of: date | None
    known_by: date | None


def day_of(text: str | None, option: str) -> date | None:
    """The day that an option names, None where it was left out; the command ends with 2 where it names none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def month_of(text: str) -> Month:
    """The month of ``--period``; the command ends with 2 where it is none."""
    return _period(text, Month, _("this report is of a month, such as 2022-05"))


def quarter_of(text: str) -> Quarter:
    """The quarter of ``--period``; the command ends with 2 where it is none."""
    return _period(text, Quarter, _("this report is of a quarter, such as 2022Q2"))


def year_of(text: str) -> Year:
    """The year of ``--period``; the command ends with 2 where it is none."""
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


def any_period(text: str) -> Period:
    """The month, quarter or year of ``--period``; the command ends with 2 where it is none."""
    try:
        return parse_period(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error


def reading_of(configured: Settings) -> AbstractContextManager[Reading]:
    """The command's one reading: it acts as the office."""
    from dashboards.results.reading import begin

    return begin(reader(configured.database_url), office(configured.zone), configured.today)


def ended(sentence: str) -> NoReturn:
    """Say why on standard error, and end with 1."""
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def refuse_on_a_terminal(output: Path | None) -> None:
    """A document is no text for a screen: the command ends with 2 where no file is named."""
    if output is None and sys.stdout.isatty():
        raise typer.BadParameter(_("a document is no text: name a file with -o"), param_hint="--format")
