"""The two sides above the table: score, place and flags of each, and the difference between them."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, corrections, numbers
from dashboards.components.page_list import RANKING, SUBMISSIONS
from dashboards.components.ranking_words import flag_tags
from dashboards.pages.side_by_side.words import place, whole
from dashboards.results.side_by_side import Side, SideBySide
from data.language import gettext as _
from data.zone.zone import Zone


def both_sides(both: SideBySide, zone: Zone, *, swap: str) -> Component:
    """Left, difference, right; ``swap`` is the address with both exchanged."""
    difference = both.difference
    between = [
        html.Span(_("Left less right"), className="side-name"),
        html.Strong(numbers.NONE if difference is None else numbers.signed(difference), className="side-score"),
        dcc.Link(_("⇄ swap sides"), href=swap, className="swap"),
    ]
    return html.Div(
        [
            _side(both.left, zone, own_only=both.own_only),
            html.Div(between, className="side between"),
            _side(both.right, zone, own_only=both.own_only),
        ],
        className="sides",
    )


def _side(side: Side, zone: Zone, *, own_only: bool) -> Component:
    row = side.row
    tags = [] if row is None else flag_tags(row, zone)
    if row is not None and row.correction is not None:
        tags.append(corrections.mark(row.figures, row.correction, zone))
    return html.Div(
        [
            dcc.Link(whole(side), href=_ranking(side), className="side-name"),
            html.Strong(numbers.points(side.score), className="side-score"),
            html.Span(place(side, own_only=own_only), className="side-place"),
            html.Div(tags, className="flags") if tags else None,
            None if side.reported else _send(side),
        ],
        className="side",
    )


def _ranking(side: Side) -> str:
    return RANKING.path + address.query(period=side.month, group=side.unit.group, unit=side.unit.code) + "#unit"


def _send(side: Side) -> Component:
    """What to do where nothing was reported."""
    return dcc.Link(_("Go to submissions"), href=SUBMISSIONS.path + address.query(period=side.month))
