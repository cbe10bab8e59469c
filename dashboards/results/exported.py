"""A table as it is written into a file: what stands above it, its columns, its rows, and what the file says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from data.people.draft_openings import DraftReport


class Written(Enum):
    """How the values of a column are written: texts, or real numbers and days that a spreadsheet computes with."""

    TEXT = "@"
    COUNT = "#,##0"
    NUMBER = "General"
    AMOUNT = "#,##0.00"
    SHARE = "0.0%"
    DAY = "yyyy-mm-dd"
    MOMENT = "yyyy-mm-dd hh:mm"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a file."""

    words: str
    written: Written = Written.TEXT
    width: float | None = None
    """In characters; None: as its heading and what it holds ask for."""
    centred: bool = False
    """Whether its texts stand in the middle."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A table to be written: ``name`` is the file's, ``said`` is what is told of it above the table: first what it is, a draft or
    which publication, which stands on every printed page.

    Values are str, int, Decimal, Fraction, float, date, a datetime without a zone (the local time), or None. The first
    ``keys`` columns say whose a row is, and stay in sight. ``mark``: a last line below the table. ``properties`` are the document's own; with ``made_at`` the same table is the same
    bytes whenever it is written. ``drafts``: the reports that it is of, where its figures are live: who takes them along is put on
    record. ``as_formerly``: written as workbooks were before their rows could be filtered.
    """

    name: str
    title: str
    said: Sequence[str]
    fields: Sequence[Field]
    rows: Iterable[Sequence[Any]]
    keys: int = 0
    mark: Sequence[str] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    made_at: datetime | None = None
    drafts: Sequence[DraftReport] = ()
    as_formerly: bool = False
    sheet: str = ""
    """What its sheet is called where others stand beside it; empty: that it has all columns."""
