"""Tables as files that a spreadsheet opens and never runs: .xlsx and CSV, written row by row, on disk where they are large."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from dashboards.components.exports import Exported, Field, Written
from dashboards.components.numbers import percent
from dashboards.meeting.rounding import POINTS, rounded
from dashboards.results.workbook_file import write_xlsx
from data.language import gettext as _
from data.printing import csv_line

IN_MEMORY = 4 * 2**20


def as_xlsx(made: Exported) -> IO[bytes]:
    """The workbook: title, what is said of the table, its heads, its rows. Whoever sends it closes it."""
    return _kept(made, write_xlsx)


def as_csv(made: Exported) -> IO[bytes]:
    """The same as CSV, which says that it is UTF-8."""
    return _kept(made, _write_csv)


def _kept(made: Exported, write: Callable[[Exported, IO[bytes]], None]) -> IO[bytes]:
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # it is sent after this
    try:
        write(made, file)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _write_csv(made: Exported, file: IO[bytes]) -> None:
    file.write(b"\xef\xbb\xbf")
    for line in ([made.title], [_("; ").join(made.said)], [one.words for one in made.fields]):
        file.write(csv_line(line).encode("utf-8", "replace"))
    for values in made.rows:
        cells = [_plain(value, one) for value, one in zip(values, made.fields, strict=True)]
        file.write(csv_line(cells).encode("utf-8", "replace"))


def _plain(value: Any, field: Field) -> Any:
    """A value as CSV has it; spreadsheets read these as numbers, shares and days."""
    if field.written is Written.SHARE and isinstance(value, Fraction):
        return _Number(percent(value))
    if isinstance(value, Fraction):
        return _Number(f"{rounded(value, POINTS):f}")
    if isinstance(value, Decimal):
        return _Number(f"{value:f}")
    if isinstance(value, datetime):
        return _Number(f"{value:%Y-%m-%d %H:%M}")
    return _Number(value.isoformat()) if isinstance(value, date) else value


class _Number:
    """What is no text of anybody, however it begins: −3 stays a number."""

    def __init__(self, shown: str) -> None:
        self._shown = shown

    def __str__(self) -> str:
        return self._shown


FORMS = {"xlsx": as_xlsx, "csv": as_csv}
MEDIA = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv"}
