"""Rows on standard output or in a file: a table to look at, CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import typer

from data.harmless import harmless

_WIDEST = 2000
_TO_BE_QUOTED = re.compile(r"[,;\t|'\"\r\n]")
"""Also what only some spreadsheets take for the end of a cell: behind it a text could begin like a formula."""
T = TypeVar("T")


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def put_out(text: str, form: Format, output: Path | None) -> None:
    """Print, or write a file; a CSV file says that it is UTF-8, else spreadsheets do not believe it."""
    if output is None:
        typer.echo(text, nl=not text.endswith("\n"))
    else:
        output.write_text(text, encoding="utf-8-sig" if form is Format.CSV else "utf-8", newline="")


def put_out_bytes(content: bytes, output: Path | None) -> None:
    """Write what is no text to a file, or on where standard output leads."""
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(content)


def as_json(content: Any) -> str:
    """JSON as people can read it."""
    return json.dumps(content, ensure_ascii=False, indent=1)


def as_csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """CSV that no spreadsheet runs as a formula, whatever it takes for the end of a cell."""
    return csv_line(columns) + "".join(csv_line([row[name] for name in columns]) for row in rows)


def csv_line(values: Sequence[Any]) -> str:
    """One line of it."""
    return f"{','.join(_quoted(harmless(value)) for value in values)}\r\n"


def _quoted(value: Any) -> str:
    text = "" if value is None else str(value)
    return '"' + text.replace('"', '""') + '"' if _TO_BE_QUOTED.search(text) else text


def as_table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    """A table in lines."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Column, Table

    table = Table(*(Column(name, no_wrap=True) for name in columns))
    for row in rows:
        table.add_row(*("—" if row[name] is None else escape(str(row[name])) for name in columns))
    text = io.StringIO()
    Console(file=text, width=_WIDEST).print(table)
    return text.getvalue()


def with_progress(items: Sequence[T]) -> Iterator[T]:
    """The items, with a progress bar on standard error where somebody watches and it is worth one."""
    if len(items) < 5 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, console=Console(stderr=True), description="")
