"""Every workbook received as a list to be searched, filtered and sorted: the versions of all reports, as far as its reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, and_, case, func, select, true

from dashboards.results import workbooks
from dashboards.results.hiding import HIDDEN
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, ListColumn, ListColumns, RowsWanted, from_the_end
from dashboards.results.workbooks import Sent, are_versions_of, read_by_name, seen_by
from data.language import gettext as _
from data.schema.intake import submission

READ_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Spoken:
    """How codes are read, by which the list is filtered: kinds and states in their order, a period as its words."""

    kinds: Mapping[str, str]
    states: Mapping[str, str]
    period: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class WorkbookPage:
    """Some of the workbooks received, without their problems; ``total`` counts all that are wanted."""

    total: int
    sent: tuple[Sent, ...]


def fetch_rows(
    reading: Reading, wanted: RowsWanted, spoken: Spoken, *, versions_of: int | None = None
) -> WorkbookPage | None:
    """Those that somebody wants, newest first where he wants no other order; None where he sees no workbook ``versions_of``.

    Unasked where the list has no such column, filter or order.
    """
    total, numbers = _numbers(reading, wanted, spoken, versions_of)
    return None if numbers is None else WorkbookPage(total, tuple(_sent(reading, numbers)))


def fetch_all(
    reading: Reading, wanted: RowsWanted, spoken: Spoken, *, versions_of: int | None = None
) -> tuple[int, Iterator[Sent]] | None:
    """As ``fetch_rows`` of many: how many there are, and the workbooks, read bit by bit."""
    total, numbers = _numbers(reading, wanted, spoken, versions_of)
    if numbers is None:
        return None
    some = (numbers[start : start + READ_AT_ONCE] for start in range(0, len(numbers), READ_AT_ONCE))
    return total, chain.from_iterable(_sent(reading, each) for each in some)


def _sent(reading: Reading, numbers: Sequence[int]) -> Iterator[Sent]:
    found = workbooks.named(reading, numbers)
    return (found[number] for number in numbers)


def _numbers(
    reading: Reading, wanted: RowsWanted, spoken: Spoken, versions_of: int | None
) -> tuple[int, list[int] | None]:
    """How many there are, and which: their rows are read apart, for they are wide and a sort would carry them along."""
    among = _among(reading, versions_of)
    if among is None:
        return 0, None
    table, scope = submission.c, reading.scope
    seen = and_(table.zone == scope.zone, seen_by(scope), among)
    columns = _columns(reading, spoken, _periods(reading, spoken, seen) if _asks_for_periods(wanted) else {})
    which = and_(seen, columns.condition(wanted))
    total = reading.connection.execute(select(func.count()).select_from(submission).where(which)).scalar_one()
    back = from_the_end(wanted, total)
    cut = back or wanted
    own = table.submission.asc() if back else table.submission.desc()
    order = [*columns.order(wanted, back=back is not None), own]
    statement = select(table.submission).where(which).order_by(*order).offset(cut.start).limit(cut.size)
    numbers = list(reading.connection.execute(statement).scalars())
    return total, numbers[::-1] if back else numbers


def _among(reading: Reading, versions_of: int | None) -> ColumnElement[bool] | None:
    if versions_of is None:
        return true()
    sent = workbooks.named(reading, [versions_of]).get(versions_of)
    return None if sent is None else are_versions_of(sent)


def _columns(reading: Reading, spoken: Spoken, periods: Mapping[str, str]) -> ListColumns:
    """What the list may be filtered and sorted by, as its reader sees it."""
    table, zone = submission.c, reading.zone
    units = {one.code: one.short_name for one in zone.units}
    name = _as_read(reading, table.file_name, _("file as it was sent"))
    return ListColumns(
        [
            ListColumn("number", Holds.NUMBER, table.submission),
            ListColumn("received_at", Holds.DAY, table.received_at, ends=zone.calendar.end_of),
            ListColumn("file_name", Holds.TEXT, name, searched=True),
            ListColumn("kind", Holds.CHOICE, table.kind, spoken.kinds, searched=True),
            ListColumn("unit", Holds.CHOICE, table.unit, units, searched=True),
            ListColumn("period", Holds.CHOICE, table.period, periods, searched=True),
            ListColumn("version", Holds.NUMBER, table.version),
            ListColumn("rows", Holds.NUMBER, table.rows),
            ListColumn("state", Holds.CHOICE, _state(), spoken.states),
            ListColumn("sender", Holds.TEXT, _as_read(reading, table.sender, HIDDEN), searched=True),
        ]
    )


def _as_read(reading: Reading, column: ColumnElement[str], hidden: str) -> ColumnElement[str]:
    """A name for who may read it: what is hidden is neither found nor put in its order."""
    return column if reading.scope.decides else case((read_by_name(reading.scope), column), else_=hidden)


def _state() -> ColumnElement[str]:
    """``Sent.state``, in SQL."""
    table = submission.c
    returned = and_(table.returned_at.is_not(None), table.status == "accepted")
    return case((returned, "returned"), else_=table.status)


def _asks_for_periods(wanted: RowsWanted) -> bool:
    keys = {one.key for one in wanted.conditions} | {key for key, _down in wanted.sort}
    return bool(wanted.search) or "period" in keys


def _periods(reading: Reading, spoken: Spoken, seen: ColumnElement[bool]) -> dict[str, str]:
    """The periods that there are, in their order: code → words."""
    there = select(submission.c.period).where(seen, submission.c.period.is_not(None)).distinct()
    return {code: spoken.period(code) for code in sorted(reading.connection.execute(there).scalars())}
