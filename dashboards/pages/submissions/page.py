"""Submissions, the page: who has sent what, sending it, and what was found in it."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import Input, Output, State, callback, dcc, html, register_page
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.components.context import Context, current, latest_due_month
from dashboards.components.friendly import friendly
from dashboards.pages.submissions import follow, outcome, sending
from dashboards.pages.submissions.matrix import matrix
from dashboards.pages.submissions.message import main_message
from dashboards.results import submissions
from data.language import gettext as _
from data.periods import Month, Period, Year, parse_period
from data.zone import Zone

ADDRESS, PERIOD, EVERY, MESSAGE, MATRIX, LATEST, ONE = (
    f"submissions-{part}" for part in ("address", "period", "every", "message", "matrix", "latest", "one")
)
SENT, FOLLOWED, TICK = (f"submissions-{part}" for part in ("sent", "followed", "tick"))
MONTHS_BACK = 24


def title(**_parts: Any) -> str:
    """The page's name in the navigation and on the browser's tab."""
    return _("Submissions")


register_page(__name__, path="/submissions", name="submissions", order=9, title=title)


@friendly
def layout(**query: Any) -> Component:
    """The period's matrix, the form, and what was received last."""
    context = current()
    zone = context.zone()
    period = _period(query, zone, context)
    result = submissions.fetch(context.engine, context.scope, period, fixed_today=context.settings.today)
    link = "/submissions" + address.query(period=period)
    due = parts.card(
        _("What is due"), matrix(result, link=lambda n: f"{link}&submission={n}#one", identity=MATRIX)
    ) if result.reports else parts.card(_("What is due"), parts.empty(_("No kind of workbook falls due for this period.")))  # fmt: skip
    send = parts.card(_("Send workbooks"), sending.send_form(zone, _months(zone, context)), *_followed())
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh="callback-nav"),
            _top(period, zone, context),
            parts.key_message(main_message(result), tone="first"),
            html.Div([due, send], className="two-columns wide-left"),
            _one(query, zone, context),
            _latest(link, zone, context),
        ],
        className="page",
    )


def _period(query: dict[str, Any], zone: Zone, context: Context) -> Period:
    try:
        period = parse_period(address.text(query.get("period")) or "")
    except ValueError:
        period = latest_due_month(zone, context)
    return period if isinstance(period, Month | Year) else latest_due_month(zone, context)


def _months(zone: Zone, context: Context) -> list[Month]:
    present = zone.calendar.month_of(context.clock(zone).today())
    return [present.plus(-back) for back in range(MONTHS_BACK)]


def _top(period: Period, zone: Zone, context: Context) -> Component:
    months = _months(zone, context)
    yearly = isinstance(period, Year)
    periods: list[Period] = sorted({Year(month.year) for month in months}, reverse=True) if yearly else list(months)
    options = [{"label": numbers.period(one), "value": str(one)} for one in dict.fromkeys([*periods, period])]
    picker = dbc.Select(id=PERIOD, options=options, value=str(period))
    month = latest_due_month(zone, context)
    items = [
        (_("Monthly reports"), "/submissions" + address.query(period=month), not yearly),
        (_("Yearly reports"), "/submissions" + address.query(period=period.year), yearly),
    ]
    tabs = parts.tabs(items, label=_("Frequency"), identity=EVERY)
    return html.Div([html.H1(title()), picker, tabs], className="page-top")


def _followed() -> list[Component]:
    return [
        dcc.Store(id=SENT, data=[]),
        dcc.Interval(id=TICK, interval=1000, disabled=True),
        html.Div(id=FOLLOWED, **{"aria-live": "polite"}),
    ]


def _one(query: dict[str, Any], zone: Zone, context: Context) -> Component | None:
    number = address.number(query.get("submission"))
    if number is None:
        return None
    sent = submissions.one(context.engine, context.scope, number)
    if sent is None:
        gone = parts.empty(_("There is no workbook with the number %(n)s.", n=number))
        return parts.card(_("One workbook"), gone, id="one")
    return parts.card(_("One workbook"), html.Div(outcome.receipt_card(sent, zone), id=ONE), id="one")


def _latest(link: str, zone: Zone, context: Context) -> Component:
    received = submissions.latest(context.engine, context.scope, most=30)
    table = outcome.latest_table(received, zone, link=lambda n: f"{link}&submission={n}#one", identity=LATEST)
    return parts.card(_("Received last"), html.Div(table, className="table-frame"))


@callback(Output(ADDRESS, "href"), Input(PERIOD, "value"), prevent_initial_call=True)
def choose_period(period: str) -> str:
    """Another period: the page of its address."""
    return "/submissions" + address.query(period=period)


@callback(
    Output(FOLLOWED, "children"), Output(TICK, "disabled"), Input(SENT, "data"), Input(TICK, "n_intervals"),
    prevent_initial_call=True,
)  # fmt: skip
def follow_receipts(sent: list[follow.SentFile], _ticks: int | None) -> tuple[list[Component], bool]:
    """Each file just sent, until its outcome is known."""
    context = current()
    found = follow.look_up(context.engine, context.scope, sent)
    return follow.cards(sent, found, context.zone(), context.clock(context.zone()).now()), not follow.waiting(found)
