"""Published figures as a standing and as a file: the rows of a printed report as they are, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts, standings
from dashboards.components.exports import Exported, Field, Written, scope_said, sorted_said
from dashboards.components.frozen_words import number_said, points_said, share_said
from dashboards.components.numbers import NONE
from dashboards.components.published import printed_mark
from dashboards.meeting.rounding import POINTS, rounded
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.language import gettext as _

FrozenRow = Mapping[str, Any]
Shown = Sequence[Component | str]


@dataclass(frozen=True, slots=True)
class FrozenColumn:
    """A column: its head, the value of a row, how a file writes it, and how the page shows it where not as the number it is."""

    key: str
    words: str
    value: Callable[[FrozenRow], Any]
    written: Written = Written.COUNT
    shown: Callable[[FrozenRow], Shown] | None = None
    note: str = ""
    up: bool = False
    name: str = "num"
    order: standings.Order[FrozenRow] | None = None
    """What a column of names is sorted by: a place in the zone's own order."""

    def cell(self, row: FrozenRow) -> Component:
        """The cell of a row."""
        shown = self.shown(row) if self.shown is not None else [self._said(self.value(row))]
        return parts.cell(self.words, *shown, name=self.name, **standings.by(self.sorts(row)))

    def head(self) -> Component:
        """Its head, which sorts."""
        name = "num" if "num" in self.name.split() else ""
        return standings.head(self.key, self.words, self.note, name=name, up=self.up or self._named, named=self._named)

    @property
    def _named(self) -> bool:
        return self.order is not None

    def _said(self, value: Any) -> str:
        match self.written:
            case _ if value is None:
                return NONE
            case Written.SHARE:
                return share_said(value)
            case Written.AMOUNT:
                return points_said(value)
            case Written.TEXT:
                return str(value)
        return number_said(self.key, value)

    def sorts(self, row: FrozenRow) -> standings.Amount:
        """What a row is sorted by."""
        value = self.value(row) if self.order is None else self.order(row)
        return None if value is None or isinstance(value, str) else float(value)

    def exact(self, row: FrozenRow) -> Any:
        """The value as a file holds it."""
        value = self.value(row)
        if value is None or isinstance(value, str):
            return value
        if self.written is Written.SHARE:
            return Fraction(str(value))
        if self.written is Written.AMOUNT:
            return rounded(value, POINTS)
        return value


def frozen_table(
    columns: Sequence[FrozenColumn],
    rows: Iterable[FrozenRow],
    *,
    identity: str,
    name: str,
    key: str = "unit",
    chosen: str = "",
) -> Component:
    """The standing; ``key`` is by which a row is known, ``chosen`` the row that stands out."""
    body = [
        html.Tr(
            [one.cell(row) for one in columns],
            className="chosen" if chosen and row.get(key) == chosen else None,
            **parts.attributes(**{f"data_{key}": str(row.get(key, ""))}),
        )
        for row in rows
    ]
    heads = [one.head() for one in columns]
    table = standings.table(heads, body, name=name, identity=identity, usual=_("Back to the published order"))
    return html.Div(table, className="table-frame")


def exported(
    columns: Sequence[FrozenColumn],
    rows: Sequence[FrozenRow],
    asked: Mapping[str, str],
    title: str,
    one: Publication,
    state: PublishedPeriod,
    reading: Reading,
) -> Exported:
    """The same as a file; it says which publication it is, by its fingerprint."""
    orders: dict[str, standings.Order[FrozenRow]] = {column.key: column.sorts for column in columns}
    key, order, down = standings.order_asked(asked, orders)
    by = {column.key: column for column in columns}
    said = (
        sorted_said(by[key].words, down=down, named=by[key].order is not None) if key else _("In the published order")
    )
    titled = f"{title} {_('publication %(n)s', n=one.revision)}"
    return Exported(
        name=titled.replace(" ", "-"),
        title=titled,
        said=[
            printed_mark(state, one.revision),
            _("fingerprint %(hash)s", hash=one.sha256),
            scope_said(reading),
            said,
        ],
        fields=[Field(column.words, column.written) for column in columns],
        rows=[[column.exact(row) for column in columns] for row in standings.in_order(rows, order, down=down)],
    )
