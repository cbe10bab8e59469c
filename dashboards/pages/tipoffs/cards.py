"""The three types side by side: how many cases came, how many are settled, how long that took, what is overdue."""

from __future__ import annotations

from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.part_standings import share_bar
from dashboards.method.tipoffs import TipoffsStanding
from dashboards.pages.tipoffs.query import TipoffsSeen
from data.language import gettext as _


def cards(seen: TipoffsSeen, *, identity: str) -> Component:
    """A card a type; its name chooses it."""
    shown = [_card(seen, name, one) for name, one in seen.report.types.items()]
    return html.Div(shown, className="batch-cards", id=identity)


def _card(seen: TipoffsSeen, name: str, one: TipoffsStanding) -> Component:
    here = name == seen.type
    present = parts.attributes(aria_current="true") if here else {}
    link = choosing(name, seen.asked.link(type=name), {"type": name}, className="batch-name", **present)
    late = parts.tag(_("%(n)s overdue", n=numbers.count(one.overdue)), "bad", symbol="!") if one.overdue else None
    head = html.Div([html.H2(link, className="batch-heading"), late], className="batch-head")
    body = _figures(one) if one.received else [html.P(_("None up to this day."), className="note")]
    return html.Section([head, *body], className="panel batch-card chosen" if here else "panel batch-card")


def _figures(one: TipoffsStanding) -> list[Component]:
    share = Fraction(one.closed, one.received)
    number = html.P(
        [
            html.B(numbers.count(one.closed)),
            html.Span(_("of %(n)s cases settled", n=numbers.count(one.received))),
            html.Span(numbers.percent(share), className="batch-share"),
        ],
        className="batch-number",
    )
    days = numbers.NONE if one.median_days is None else _("%(n)s days", n=numbers.tenths(one.median_days))
    paid = (
        numbers.NONE
        if not one.rewarded
        else _("%(n)s of %(of)s", n=numbers.count(one.paid), of=numbers.count(one.rewarded))
    )
    facts = (
        (_("Substantiated"), numbers.count(one.substantiated)),
        (_("Rewards paid"), paid),
        (_("Median days to close"), days),
    )
    listed = [html.Div([html.Dt(said), html.Dd(told)]) for said, told in facts]
    return [number, share_bar(share), html.Dl(listed, className="batch-facts")]
