"""Self against review: which unit thinks too well of itself, which is too modest, and over what."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import chart, numbers, parts
from dashboards.pages.quarterly_scores import figures
from dashboards.pages.quarterly_scores.breakdown import MarkGap, difference, gap
from dashboards.pages.quarterly_scores.state import Link, names
from dashboards.results.scores import ScoredGroup, ScoredRow
from data.language import gettext as _


def compared_rows(group: ScoredGroup) -> list[tuple[ScoredRow, MarkGap]]:
    """The units that have both kinds of marks, the proudest first."""
    found = [(row, difference(row.figures.measures)) for row in group.rows]
    both = [(row, one) for row, one in found if one is not None]
    return sorted(both, key=lambda pair: -pair[1].points)


def comparison(group: ScoredGroup, *, link: Link, chart_id: str, table_id: str) -> Component:
    """The bars, and beside them the numbers they are made of."""
    compared = compared_rows(group)
    drawn = chart.graph(
        chart_id,
        figures.differences(compared=compared),
        says=_("Own marks less the review's, by unit"),
        message=" ".join(dict.fromkeys(figures.said(*one) for one in (*compared[:1], *compared[-1:]))),
        via="differences",
    )
    if not compared:
        return drawn
    shown = {row.unit.code for row, _one in compared}
    rest = [row for row in group.rows if row.unit.code not in shown]
    note = _("Not compared, for marks of one side are missing: %(units)s.", units=names(rest))
    right = html.Div([_table(compared, link, table_id), html.P(note, className="note") if rest else None])
    return html.Div([drawn, right], className="two-columns narrow-left")


def _table(compared: list[tuple[ScoredRow, MarkGap]], link: Link, identity: str) -> Component:
    heads = [
        parts.head(_("Unit")),
        *(parts.head(word, name="num") for word in (_("Self"), _("Review"), _("Self less review"))),
        parts.head(_("Widest apart")),
    ]
    body = [_row(row, one, link) for row, one in compared]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table", id=identity)


def _row(row: ScoredRow, one: MarkGap, link: Link) -> Component:
    name = dcc.Link(row.unit.short_name, href=link(row.unit.code), className="unit-link")
    few = len(row.figures.measures) - one.compared
    fewer = [html.Small(_("%(n)s measures", n=one.compared))] if few else []
    return html.Tr(
        [
            html.Th([name, " ", *fewer], scope="row"),
            html.Td(numbers.decimal(one.own), className="num"),
            html.Td(numbers.decimal(one.review), className="num"),
            html.Td(html.Strong(numbers.signed(one.points)), className="num"),
            html.Td(_widest(one)),
        ],
        **parts.attributes(data_unit=row.unit.code),
    )


def _widest(one: MarkGap) -> str:
    apart = gap(one.widest)
    if not apart:
        return _("all marks agree")
    return _("%(number)s. %(name)s (%(points)s)", number=one.widest.number, name=one.widest.name,
             points=numbers.signed(apart))  # fmt: skip
