"""Where a row stands in its workbook, as a link to the original for who may open it: in tables and in grids."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original
from dashboards.results.row_places import RowPlace
from data.language import gettext as _
from data.zone.periods import parse_period


def link(place: RowPlace, *keys: str) -> Component:
    """Workbook → sheet → the cell of the first of these columns."""
    name = original.name(place.file_name, opens=place.opens)
    said = [html.Span(name, className="file"), html.Span(f" · {place.sheet} · "), html.B(place.cell(*keys))]
    return original.link(said, place.submission, opens=place.opens, title=why(place), className="source")


def in_a_grid(place: RowPlace, *keys: str) -> dict[str, str]:
    """The same as a cell of a grid takes it (``RecordLinks``)."""
    text = f"{place.sheet} {place.cell(*keys)}"
    if not place.opens:
        return {"text": text, "title": numbers.period(parse_period(place.period))}
    name = original.name(place.file_name, opens=True)
    return {"text": text, "title": f"{name} · {why(place)}", "href": original.address(place.submission)}


def said(place: RowPlace, *keys: str) -> str:
    """The same in words, for files."""
    name = original.name(place.file_name, opens=place.opens)
    return f"{numbers.period(parse_period(place.period))} {name} {place.sheet} {place.cell(*keys)}"


def why(place: RowPlace) -> str:
    """Which row of which period's workbook it is."""
    return _("%(period)s, row %(row)s: download the original workbook", row=place.row,
             period=numbers.period(parse_period(place.period)))  # fmt: skip
