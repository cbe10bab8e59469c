"""Submissions, the page: who has sent what, sending it, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, callback, dcc, html, register_page
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.context import Context, current
from dashboards.friendly import friendly
from dashboards.pages.submissions import follow, offered, outcome, sending
from dashboards.pages.submissions.matrix import due_reports
from dashboards.pages.submissions.message import main_message
from dashboards.results import submissions
from data.language import gettext as _
from data.periods import Period
from data.zone import Zone

ADDRESS, PERIOD, EVERY, MESSAGE, MATRIX, LATEST, ONE = (
    f"submissions-{part}" for part in ("address", "period", "every", "message", "matrix", "latest", "one")
)
SENT, FOLLOWED, TICK = (f"submissions-{part}" for part in ("sent", "followed", "tick"))
DUE, RECEIVED = "submissions-due", "submissions-received"
LATEST_SHOWN = 12


def title(**_parts: Any) -> str:
    """The page's name in the navigation and on the browser's tab."""
    return _("Submissions")


register_page(__name__, path="/submissions", name="submissions", order=9, title=title)  # type: ignore[no-untyped-call]  # Dash gives it no types


@friendly
def layout(**query: Any) -> Component:
    """The period's matrix, the form, and what was received last."""
    context = current()
    zone = context.zone()
    period = offered.asked(address.text(query.get("period")), zone, context)
    result = submissions.fetch(context.engine, context.scope, period, fixed_today=context.settings.today)
    due = parts.card(_("What is due"), html.Div(_due(result), id=DUE))
    send = parts.card(
        _("Send workbooks"), sending.send_form(zone, offered.every(zone, context), context.scope), *_followed()
    )
    received = parts.card(_("Received last"), html.Div(_latest(period, zone, context), id=RECEIVED))
    return html.Div(
        [
            dcc.Location(id=ADDRESS, refresh="callback-nav"),
            _top(period, zone, context),
            html.Div(parts.key_message(main_message(result), tone="first"), id=MESSAGE),
            _one(query, zone, context),
            html.Div([due, html.Div([send, received])], className="two-columns narrow-left"),
        ],
        className="page",
    )


def _due(result: submissions.Submissions) -> list[Component]:
    if not result.reports:
        return [parts.empty(_("No kind of workbook falls due for this period."))]
    return due_reports(result, link=_link(result.period), identity=MATRIX)


def _link(period: Period) -> Callable[[int], str]:
    """The address that shows one workbook beside the period."""
    return lambda number: "/submissions" + address.query(period=period, submission=number) + "#one"


def _top(period: Period, zone: Zone, context: Context) -> Component:
    options = [(str(one), numbers.period(one)) for one in offered.alike(period, zone, context)]
    picker = parts.chooser(PERIOD, _("Period"), options, str(period))
    items = [
        (words, "/submissions" + address.query(period=first), here)
        for words, first, here in offered.frequencies(period, zone, context)
    ]
    tabs = parts.tabs(items, label=_("Frequency"), identity=EVERY)
    return html.Div([html.H1(title()), picker, tabs], className="page-top")


def _followed() -> list[Component]:
    return [
        dcc.Store(id=SENT, data=[]),
        dcc.Interval(id=TICK, interval=1000, disabled=True),
        html.Div(id=FOLLOWED, **parts.attributes(aria_live="polite")),
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


def _latest(period: Period, zone: Zone, context: Context) -> Component:
    received = submissions.latest(context.engine, context.scope, most=LATEST_SHOWN)
    return outcome.latest_table(received, zone, link=_link(period), identity=LATEST)


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
    context, files = current(), follow.understood(sent)
    found = follow.look_up(context.engine, context.scope, files)
    return follow.cards(files, found, context.zone(), context.clock(context.zone()).now()), not follow.waiting(found)


@callback(
    Output(MESSAGE, "children"), Output(DUE, "children"), Output(RECEIVED, "children"),
    Input(TICK, "disabled"), State(PERIOD, "value"), prevent_initial_call=True,
)  # fmt: skip
def show_what_changed(_done: bool, period: str) -> tuple[Component, list[Component], Component]:
    """Counts, matrix and list again, once the files just sent have their outcome."""
    context = current()
    asked = offered.asked(period, context.zone(), context)
    result = submissions.fetch(context.engine, context.scope, asked, fixed_today=context.settings.today)
    message = parts.key_message(main_message(result), tone="first")
    return message, _due(result), _latest(asked, context.zone(), context)
