"""The three batches side by side: how far each has come, when it is due, and the pace that it needs beside the one it has."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.part_standings import share_bar
from dashboards.method.frontline import BatchStanding, BatchState
from dashboards.pages.frontline_duty import phrases
from dashboards.pages.frontline_duty.query import FrontlineQuery
from dashboards.results.frontline import FrontlineReport
from dashboards.results.frontline_months import WEEKS, FrontlineMonths
from dashboards.results.names import batch as batch_name
from dashboards.results.names import batch_state
from data.language import gettext as _

_TAGS: dict[BatchState, tuple[str, str]] = {
    "done": ("good", "✓"),
    "overdue": ("bad", "!"),
    "due": ("warn", "◷"),
    "upcoming": ("calm", "…"),
}


def cards(
    report: FrontlineReport, months: FrontlineMonths, asked: FrontlineQuery, chosen: BatchStanding, *, identity: str
) -> Component:
    """A card a batch; its name chooses it."""
    shown = [_card(one, months, asked, here=one is chosen) for one in report.batches]
    return html.Div(shown, className="batch-cards", id=identity)


def _card(one: BatchStanding, months: FrontlineMonths, asked: FrontlineQuery, *, here: bool) -> Component:
    present = parts.attributes(aria_current="true") if here else {}
    name = choosing(
        batch_name(one.batch), asked.link(batch=one.batch), {"batch": one.batch}, className="batch-name", **present
    )
    tone, symbol = _TAGS[one.state]
    state = parts.tag(batch_state(one.state), tone, symbol=symbol) if one.coverage.enterprises else None
    head = html.Div([html.H2(name, className="batch-heading"), state], className="batch-head")
    body = (
        _figures(one, months)
        if one.coverage.enterprises
        else [html.P(_("None in the register on this day."), className="note")]
    )
    return html.Section([head, *body], className="panel batch-card chosen" if here else "panel batch-card")


def _figures(one: BatchStanding, months: FrontlineMonths) -> list[Component]:
    whole = one.coverage
    number = html.P(
        [
            html.B(numbers.count(whole.complete)),
            html.Span(_("of %(n)s enterprises complete", n=numbers.count(whole.enterprises))),
            html.Span(numbers.percent(whole.share), className="batch-share"),
        ],
        className="batch-number",
    )
    facts = [html.Div([html.Dt(name), html.Dd(told)]) for name, told in _facts(one, months)]
    return [number, share_bar(whole.share), html.Dl(facts, className="batch-facts")]


def _facts(one: BatchStanding, months: FrontlineMonths) -> list[tuple[str, str]]:
    due = (_("Falls due"), numbers.spoken_day(one.due))
    silent = (_("Nobody told of"), phrases.enterprises(one.silent))
    if one.on_due_day is not None:
        return [due, (_("On the due day"), numbers.percent(one.on_due_day)), silent]
    needed, pace = one.needed_per_week, months.pace[one.batch]
    done = numbers.NONE if pace is None else phrases.a_week(pace)
    return [
        due,
        (_("Needed"), numbers.NONE if needed is None else phrases.a_week(needed)),
        (_("Last %(n)s weeks", n=WEEKS), done),
        silent,
    ]
