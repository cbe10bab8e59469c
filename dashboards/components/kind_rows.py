"""How many of some things are of which kind, with bars; each kind leads to the things that are of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.part_standings import share_bar
from data.language import gettext as _


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind in words, how many of how many, where its things are listed; ``chosen``: whether they alone are listed now."""

    kind: str
    said: str
    number: int
    of: int
    link: str
    chosen: bool


def kind_table(rows: Sequence[KindRow], *, that: str, things: str, via: str, identity: str) -> Component:
    """The kinds one a line. ``that`` heads their names, ``things`` the numbers; ``via`` is how addresses call the table."""
    heads = [parts.head(that), parts.head(""), parts.head(things, name="num"), parts.head(_("Share"), name="num")]
    body = [_row(one, via) for one in rows]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table lacking", id=identity)


def _row(one: KindRow, via: str) -> Component:
    share = Fraction(one.number, one.of)
    link = choosing(one.said, one.link, {"state": one.kind}, className="kind-link", **parts.attributes(data_via=via))
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(share_bar(share), className="bar-cell"),
            html.Td(numbers.count(one.number), className="num"),
            html.Td(numbers.percent(share), className="num muted"),
        ],
        className="chosen" if one.chosen else None,
    )
