"""``python -m dashboards``: report (CONTRACT section 2)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from data.command import command, run
from data.language import gettext as _
from data.periods import Month, parse_period
from data.scope import office
from data.settings import Settings
from data.store import reader

app = typer.Typer(
    help="Figures out: reports as table, JSON or CSV.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


class Format(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Report(StrEnum):
    """Which report."""

    RANKING = "ranking"
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
    days = {"as_of": _day(as_of, "--as-of"), "known_by": _day(known_by, "--known-by")}
    with command() as configured:
        if name is Report.RANKING:
            content, rows = _ranking(configured, _month(period), days)
        else:
            content, rows = _submissions(configured, period, days)
        text = {Format.JSON: _json, Format.CSV: _csv, Format.TABLE: _table}[form](content, rows)
        if output is None:
            typer.echo(text, nl=not text.endswith("\n"))
        else:
            output.write_text(text, encoding="utf-8-sig" if form is Format.CSV else "utf-8", newline="")


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise typer.BadParameter(_("the ranking is of a month, such as 2022-05"), param_hint="--period") from error


_WIDEST = 2000
Rows = list[dict[str, Any]]


def _ranking(configured: Settings, month: Month, days: dict[str, date | None]) -> tuple[dict[str, Any], Rows]:
    from dashboards.results import ranking

    result = ranking.fetch(
        reader(configured.database_url), office(configured.zone), month, fixed_today=configured.today, **days
    )
    content = ranking.as_dict(result)
    rows = [
        {
            "group": group["group"],
            **{key: row[key] for key in ("rank", "of", "unit", "name", "score")},
            "flags": " ".join(row["flags"]),
            **(row["indicators"] or {}),
        }
        for group in content["groups"]
        for row in group["rows"]
    ]
    return content, rows


def _submissions(configured: Settings, period: str, days: dict[str, date | None]) -> tuple[dict[str, Any], Rows]:
    from dashboards.results import submissions

    try:
        wanted = parse_period(period)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error
    result = submissions.fetch(
        reader(configured.database_url), office(configured.zone), wanted, fixed_today=configured.today, **days
    )
    content = submissions.as_dict(result)
    return content, content["rows"]


def _json(content: dict[str, Any], _rows: Rows) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1)


def _csv(_content: dict[str, Any], rows: Rows) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in rows)
    return text.getvalue()


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _table(_content: dict[str, Any], rows: Rows) -> str:
    from rich.console import Console
    from rich.table import Column, Table

    columns = list(dict.fromkeys(key for row in rows for key in row))
    table = Table(*(Column(name, no_wrap=True) for name in columns))
    for row in rows:
        table.add_row(*(_shown(column, row.get(column)) for column in columns))
    text = io.StringIO()
    Console(file=text, width=_WIDEST).print(table)
    return text.getvalue()


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "—"
    if column == "score":
        return f"{value:.2f}"
    return f"{value:.4g}" if isinstance(value, float) and value != round(value, 2) else str(value)


if __name__ == "__main__":
    run(app)
