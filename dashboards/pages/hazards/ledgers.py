"""The ledgers of inspections beside those of hazards, by unit and month: where they count other major hazards."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.method.hazards import Unreconciled
from dashboards.pages.hazards.query import HazardsSeen
from data.language import gettext as _

EXPORT = "hazards-ledgers"
MOST_ROWS = 48
"""So many differences are shown; what is taken along has all of them."""


def differing(seen: HazardsSeen) -> list[Unreconciled]:
    """The differences of the unit that is chosen, else of all."""
    return [one for one in seen.report.unreconciled if seen.asked.unit in (None, one.unit)]


def heads() -> list[str]:
    """What the columns are called."""
    return [
        _("Unit"), _("Month"), _("Major hazards in inspections"), _("Major hazards on record"), _("Differ by"),
    ]  # fmt: skip


def cells(seen: HazardsSeen, one: Unreconciled) -> list[str | int]:
    """A difference as a row."""
    name = seen.zone.unit_by_code[one.unit].short_name
    return [name, numbers.period(one.month), one.ledger, one.hazards, one.hazards - one.ledger]


def table(seen: HazardsSeen, *, identity: str) -> Component:
    """The differences, month by month; a sentence where there is none."""
    found = differing(seen)
    if not found:
        return parts.empty(_nothing_differs(seen))
    words = heads()
    head = [parts.head(one, name="num" if at > 1 else "") for at, one in enumerate(words)]
    rows = []
    for one in found[:MOST_ROWS]:
        name, _month, *counts, difference = cells(seen, one)
        shown = [*map(str, counts), numbers.signed(int(difference))]
        rows.append(
            html.Tr(
                [
                    html.Th(name, scope="row", **parts.attributes(data_label=words[0])),
                    parts.cell(words[1], numbers.month(one.month.month)),
                    *(parts.cell(word, value, name="num") for word, value in zip(words[2:], shown, strict=True)),
                ],
                **parts.attributes(data_unit=one.unit),
            )
        )
    made = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="data-table two-ledgers", id=identity)
    left = len(found) - len(rows)
    return html.Div([made, html.P(_("and %(n)s more", n=left), className="note")]) if left else made


def _nothing_differs(seen: HazardsSeen) -> str:
    """Said of one unit where one is chosen or asks: of others its account learns nothing."""
    unit, own = seen.asked.unit, seen.report.own_unit
    named = own or (None if unit is None else seen.zone.unit_by_code[unit])
    if named is None:
        return _("In each month of the year both ledgers of every unit count the same major hazards.")
    return _("In each month of the year both ledgers of %(unit)s count the same major hazards.", unit=named.short_name)
