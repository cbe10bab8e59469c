"""Which part of a long list is shown, and the way to the others: of the lists that phones and old browsers have in place of grids."""

from __future__ import annotations

from collections.abc import Callable

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.grid import export_links
from data.language import gettext as _


def page_shown(asked: int, size: int, total: int) -> int:
    """The page that is asked for, from 0; the first where there is no such page."""
    return asked if asked * size < total else 0


def in_pages(table: Component, pages: Component | None, *, export: str, query: str) -> list[Component | None]:
    """A page of a list: its rows, the way to the others, and the whole as files."""
    files = html.Div(export_links(export, query), className="export-line")
    return [html.Div(table, className="table-frame"), pages, files]


def pager(
    page: int,
    size: int,
    total: int,
    *,
    said: Callable[[int, int], str],
    link: Callable[[int], str],
    label: str,
    identity: str,
) -> Component | None:
    """``page`` counts from 0; ``said`` is told the first and the last thing that is shown. None where there is nothing."""
    if not total:
        return None
    first, last = page * size + 1, min((page + 1) * size, total)
    back = dcc.Link(_("← previous"), href=link(page - 1)) if page else None
    on = dcc.Link(_("next →"), href=link(page + 1)) if last < total else None
    shown = html.Span(said(first, last))
    return html.Nav([shown, back, on], className="pager", id=identity, **parts.attributes(aria_label=label))
