"""The rows of a workbook once more as columns, made with it and never changed: what reports of a day count is read at one go.

Such a report (METHOD section 5) goes through all that was ever told, for of one thing the row told last counts, as of any day and
as known by any day. Row by row that is a second for a hundred thousand rows; column by column it is some hundredths of one.
Which workbooks count is no part of it: these columns say what a workbook says, whatever becomes of it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Boolean, Connection, Date, Integer, Select, String, Table, bindparam, delete, select

from data.schema.base import Instant, Money
from data.schema.disasters import disaster
from data.schema.enterprises import enterprise
from data.schema.frontline import frontline_duty
from data.schema.hazards import hazard
from data.schema.intake import submission
from data.schema.supervision import supervision_finding
from data.schema.tipoffs import tipoff
from data.schema.told_columns import told_column
from data.store import among, insert_columns, listed
from data.zone.moments import moment_number

ROWS, WORDS = "rows", "words"
"""What the two are called that are no column of texts: days, numbers and choices row by row, and what the choices are."""
BETWEEN = b"\0"
"""Stands between the texts of a column: no cell's text has it (etl/table/cells.py)."""
NARROW, WIDE = "i", "q"
"""How a number is kept: in four bytes, or in eight (``struct``, little-endian)."""
NEVER: Mapping[str, int] = {NARROW: 2**31 - 1, WIDE: 2**63 - 1}
"""What stands for an empty cell: later than any day or moment, larger than any number of ours."""


class ColumnsTold(NamedTuple):
    """What reports count of a kind: columns of which many rows have the same, and texts of which nearly every row has its own."""

    table: Table
    columns: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def formats(self) -> dict[str, str]:
        """How the numbers of each column are kept, in their order: a row's own number first."""
        return {name: _format(self.table.c[name].type) for name in ("row", *self.columns)}

    @property
    def choices(self) -> tuple[str, ...]:
        """The columns of which a number says which of some texts it is."""
        return tuple(name for name in self.columns if isinstance(self.table.c[name].type, String))


KINDS: Mapping[str, ColumnsTold] = {
    "enterprises": ColumnsTold(
        enterprise,
        ("sector", "territory", "department", "size", "key_industry", "high_risk", "pilot", "starts_on", "ends_on"),
        ("credit_code", "name"),
    ),
    "frontline": ColumnsTold(
        frontline_duty,
        ("risk_list", "duty_list", "operation_card", "response_card", "completed_on"),
        ("credit_code",),
    ),
    "hazards": ColumnsTold(
        hazard,
        ("found_on", "rectify_by", "crossed_off_on", "grade", "sector", "level"),
        ("number_key", "credit_code"),
    ),
    "supervision": ColumnsTold(
        supervision_finding,
        ("ordered_on", "method", "supervised", "due_on", "answered_on", "exposed", "closed_on"),
        ("number_key",),
    ),
    "tipoffs": ColumnsTold(
        tipoff,
        ("received_on", "type", "sector", "substantiated", "reward_yuan", "paid_on", "closed_on"),
        ("number_key",),
    ),
    "disasters": ColumnsTold(
        disaster,
        (
            "happened_at", "type", "territory", "warned_at", "called_at", "answered_at", "fed_back_at", "measures", "moved", "dead",
            "missing", "responsible", "in_need", "helped",
        ),
        ("number_key",),
    ),
}  # fmt: skip
"""A further kind is a line here, and has ``keep`` among its refreshing (``etl.kinds``)."""
Content = dict[str, bytes]
"""What is kept of a workbook, by its name."""


def keep(connection: Connection, zone: str, kind: str, number: int) -> None:
    """Keep the columns of a workbook whose rows have just been stored."""
    _insert(connection, zone, {number: columns_of(connection, zone, kind, number)})


def renew(connection: Connection, zone: str) -> None:
    """Make the columns of all workbooks anew: a new program may count others."""
    connection.execute(delete(told_column).where(told_column.c.zone == zone))
    for number, kind in _accepted(connection, zone):
        _insert(connection, zone, {number: columns_of(connection, zone, kind, number)})


def differing(connection: Connection, zone: str) -> list[int]:
    """The workbooks whose columns are not what their rows say."""
    own = told_column.c
    kept = set(connection.execute(select(own.submission).where(own.zone == zone).distinct()).scalars())
    accepted = _accepted(connection, zone)
    found = [
        number
        for number, kind in accepted
        if read(connection, zone, [number]).get(number) != columns_of(connection, zone, kind, number)
    ]
    return sorted({*found, *(kept - {number for number, _kind in accepted})})


def read(connection: Connection, zone: str, numbers: Iterable[int], names: Iterable[str] = ()) -> dict[int, Content]:
    """What is kept of some workbooks: all of it, or what is called so."""
    wanted = tuple(names)
    asked = {"zone": zone, "workbooks": listed(numbers), "names": listed(wanted)}
    found: dict[int, Content] = {}
    for number, name, content in connection.execute(_kept(of_some=bool(wanted)), asked).all():
        found.setdefault(number, {})[name] = content
    return found


def columns_of(connection: Connection, zone: str, kind: str, number: int) -> Content:
    """The same from a workbook's rows, in their order on the sheet."""
    told = KINDS[kind]
    rows = connection.execute(_rows(kind), {"zone": zone, "number": number}).all()
    names = ("row", *told.columns, *told.texts)
    columns = dict(zip(names, zip(*rows, strict=True) if rows else ((),) * len(names), strict=True))
    words: dict[str, list[str | None]] = {name: list(dict.fromkeys(columns[name])) for name in told.choices}
    numbers = [_numbers(told, name, columns[name], words.get(name)) for name in told.formats]
    return {
        ROWS: _packed("<" + "".join(told.formats.values()), numbers),
        WORDS: json.dumps(words, ensure_ascii=False).encode(),
        **{name: BETWEEN.join((value or "").encode() for value in columns[name]) for name in told.texts},
    }


def _packed(form: str, columns: Sequence[Sequence[int]]) -> bytes:
    try:
        return b"".join(map(struct.Struct(form).pack, *columns))
    except struct.error as wrong:  # no load can have written that
        raise ValueError(str(wrong)) from wrong


def _numbers(told: ColumnsTold, name: str, values: Sequence[Any], words: Sequence[str | None] | None) -> list[int]:
    """A column as numbers; values repeat, so each is turned once."""
    if words is not None:
        numbers: dict[Any, int] = {word: place for place, word in enumerate(words)}
    else:
        empty, turn = NEVER[told.formats[name]], _turned(told.table.c[name].type)
        numbers = {value: empty if value is None else turn(value) for value in set(values)}
    return list(map(numbers.__getitem__, values))


def _format(of: Any) -> str:
    return WIDE if isinstance(of, Instant | Money) else NARROW


def _turned(of: Any) -> Callable[[Any], int]:
    """How a value of a column becomes a number: days are counted from the year 1 on, moments in microseconds, money in fen."""
    match of:
        case Date():
            return date.toordinal
        case Instant():
            return moment_number
        case Money():
            return _fen
        case Boolean() | Integer():
            return int
    raise TypeError(type(of).__name__)


def _fen(amount: Decimal) -> int:
    return int(amount * 100)


def _accepted(connection: Connection, zone: str) -> list[tuple[int, str]]:
    own = submission.c
    of_kinds = select(own.submission, own.kind).where(
        own.zone == zone, own.status == "accepted", own.kind.in_(list(KINDS))
    )
    return [(number, kind) for number, kind in connection.execute(of_kinds.order_by(own.submission))]


def _insert(connection: Connection, zone: str, kept: Mapping[int, Content]) -> None:
    rows = [(zone, number, name, content) for number, of in kept.items() for name, content in of.items()]
    columns = dict(zip(("zone", "submission", "name", "content"), zip(*rows, strict=True), strict=True))
    insert_columns(connection, told_column, columns)


@cache
def _rows(kind: str) -> Select[Any]:
    told = KINDS[kind]
    own = told.table.c
    return (
        select(own.row, *(own[name] for name in (*told.columns, *told.texts)))
        .where(own.zone == bindparam("zone", type_=String), own.submission == bindparam("number", type_=Integer))
        .order_by(own.row)
    )


@cache
def _kept(*, of_some: bool) -> Select[Any]:
    own = told_column.c
    some = [among(own.name, "names")] if of_some else []
    return select(own.submission, own.name, own.content).where(
        own.zone == bindparam("zone", type_=String), among(own.submission, "workbooks"), *some
    )
