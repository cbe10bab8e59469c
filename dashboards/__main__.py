"""``python -m dashboards``: report, and the decision on a proposed veto (CONTRACT section 2)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from data.command import command, run
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT, office
from data.printing import Format, as_csv, as_json, as_table, put_out
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter, Year, parse_period

if TYPE_CHECKING:  # what a command does not need it does not load
    from dashboards.results.reading import Reading
    from data.intake.decisions import Taken

app = typer.Typer(
    help="Figures out: reports as table, JSON or CSV; decisions on vetoes.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Report(StrEnum):
    """Which report."""

    RANKING = "ranking"
    SCORES = "scores"
    CASUALTIES = "casualties"
    SUBMISSIONS = "submissions"


@app.callback()
def main() -> None:
    """Figures out."""


@app.command()
def report(
    name: Annotated[Report, typer.Argument(help="Which report.")],
    period: Annotated[str, typer.Option("--period", help="2022-05, 2022Q2 or 2022.")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="Only what happened up to this day counts.")] = None,
    known_by: Annotated[str | None, typer.Option("--known-by", help="Only what was received by this day.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How it is printed.")] = Format.TABLE,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Print a report."""
    days = _Days(_day(as_of, "--as-of"), _day(known_by, "--known-by"))
    with command() as configured:
        content, rows = _REPORTS[name](configured, period, days)
        put_out(_text(form, content, rows), form, output)


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


Rows = list[dict[str, Any]]
Printed = tuple[dict[str, Any], Rows]


def _ranking(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import ranking, ranking_printed, report_frames

    wanted = _month(period)
    with _reading(configured) as reading:
        result = ranking.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    content = ranking_printed.as_dict(result)
    chances = {row.unit.code: report_frames.chance(row.chance) for group in result.groups for row in group.rows}
    rows = [
        {
            "group": group["group"],
            **{key: row[key] for key in ("rank", "of", "unit", "name", "score")},
            "flags": " ".join(row["flags"]),
            **{key: (row["correction"] or {}).get(key) for key in ("score_before", "rank_before")},
            **(row["indicators"] or {}),
            **chances[row["unit"]],
        }
        for group in content["groups"]
        for row in group["rows"]
    ]
    return content, rows


def _scores(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import scores, scores_printed

    wanted = _quarter(period)
    with _reading(configured) as reading:
        result = scores.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    content = scores_printed.as_dict(result)
    speaks = {one["unit"]: one["reason"] for one in content["last_speakers"] if "unit" in one}
    rows = [
        {
            "group": group["group"],
            **{key: row[key] for key in ("rank", "of", "unit", "name", "score", "grade")},
            "flags": " ".join(row["flags"]),
            **row["components"],
            **{key: row[key] for key in ("bonus", "deduction", "veto")},
            "speaks_last": speaks.get(row["unit"]),
            **{f"measure_{part['number']}": part["score"] for part in row["measures"]},
        }
        for group in content["groups"]
        for row in group["rows"]
    ]
    enterprises = [
        {"group": "enterprise", "name": one["enterprise"], "speaks_last": one["reason"]}
        for one in content["last_speakers"]
        if "enterprise" in one
    ]
    return content, rows + enterprises


def _casualties(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import casualties

    wanted = _year(period)
    try:
        with _reading(configured) as reading:
            result = casualties.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    except casualties.NotInTheYear as error:
        raise typer.BadParameter(_("the day lies before the year"), param_hint="--as-of") from error
    content = casualties.as_dict(result)
    scopes = [
        {"scope": "zone", "code": None, "name": result.zone.name, **content["zone"]},
        *({"scope": "unit", "code": one["unit"], **one} for one in content["units"]),
        *({"scope": "sector", "code": one["sector"], **one} for one in content["sectors"]),
    ]
    return content, [_flat(one) for one in scopes]


def _flat(scope: dict[str, Any]) -> dict[str, Any]:
    end = scope["year_end"]
    left_out = {"year_end", "unit", "sector"}
    return {
        **{key: value for key, value in scope.items() if key not in left_out},
        **{f"year_end_{key}": end[key] for key in ("median", "low", "high")},
    }


def _submissions(configured: Settings, period: str, days: _Days) -> Printed:
    from dashboards.results import submissions

    try:
        wanted = parse_period(period)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error
    with _reading(configured) as reading:
        result = submissions.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    content = submissions.as_dict(result)
    return content, content["rows"]


_REPORTS = {
    Report.RANKING: _ranking,
    Report.SCORES: _scores,
    Report.CASUALTIES: _casualties,
    Report.SUBMISSIONS: _submissions,
}


def _text(form: Format, content: dict[str, Any], rows: Rows) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    match form:
        case Format.JSON:
            return as_json(content)
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
