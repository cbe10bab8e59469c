"""Submissions, the page: who has sent what, sending it, and what was found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update
from dash.development.base_component import Component

from dashboards.components import address, asked_period, grid, numbers, parts
from dashboards.components.asked import LOCATION
from dashboards.components.exports import offer
from dashboards.components.friendly import friendly
from dashboards.components.page_list import SUBMISSIONS, register_page
from dashboards.pages.submissions import (
    extending,
    follow,
    offered,
    outcome,
    problem_grid,
    received_grid,
    sending,
    templates,
    word,
)
from dashboards.pages.submissions.matrix import due_reports
from dashboards.pages.submissions.message import main_message, returned, returned_sentence
from dashboards.pages.submissions.workbook import PROBLEM_GRID, ProblemPage, workbook_card
from dashboards.results import dossier, row_changes, submissions, workbooks
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.readiness import worker_missing
from data.disk import shortage
from data.intake.presence import is_worker_there
from data.language import gettext as _
from data.people.scope import Scope
from data.zone.periods import Period
from data.zone.zone import Zone

PERIOD, EVERY, MESSAGE, MATRIX, LATEST, ONE = (
    f"submissions-{part}" for part in ("period", "every", "message", "matrix", "latest", "one")
)
SENT, FOLLOWED, TICK, ONE_TICK, WAITING = (
    f"submissions-{part}" for part in ("sent", "followed", "tick", "one-tick", "waiting")
)
GRID = "submissions-grid"
DUE, RECEIVED, ASIDE_LIST, NOT_SENT = (f"submissions-{part}" for part in ("due", "received", "aside-list", "not-sent"))
LATEST_SHOWN = 12


register_page(SUBMISSIONS, __name__)


@friendly
def layout(**query: Any) -> Component:
    """The period's matrix, the form, what waits for the account's word, and what was received last."""
    with current().reading() as reading:
        return _page(query, reading)


def _page(query: Mapping[str, Any], reading: Reading) -> Component:
    zone, scope = reading.zone, reading.scope
    written = asked_period.any_period(address.text(query.get("period")), reading)
    period = written.period
    one = _one(query, period, reading)
    result = submissions.fetch(reading, period)
    due = parts.card(_("What is due"), html.Div(_due(result), id=DUE))
    send = parts.card(
        _("Send workbooks"), sending.send_form(zone, offered.every(reading), scope), *_followed(), name="by-hand"
    )
    latest = workbooks.latest(reading, most=LATEST_SHOWN)
    received = parts.card(_("Received last"), html.Div(_latest(latest, period, zone), id=RECEIVED))
    every = received_grid.grid_of_all(latest, scope, identity=GRID)
    templated = templates.template_list(zone, period, scope)
    fill_in = None if templated is None else parts.card(_("Templates"), templated, name="by-hand")
    return html.Div(
        [
            _top(period, reading),
            *asked_period.notice(written, SUBMISSIONS),
            *_no_room(scope),
            html.Div(_message(result), id=MESSAGE),
            *_worker_missing(scope),
            html.Div(_waiting(period, reading), id=WAITING),
            *one,
            *((send, due) if scope.files else (due, send)),
            html.Div(
                [received, html.Div([fill_in, extending.extended_card(period, reading)])], className="two-columns"
            ),
            parts.card(_("Every workbook received"), every, name="by-hand", id="received"),
        ],
        className="page",
    )


def _message(result: submissions.Submissions) -> list[Component]:
    """What was returned stands first, with its reason; then the counts."""
    sent_back = [
        parts.key_message(returned_sentence(report), " ", dcc.Link(_("Look at it"), href=_link(result.period)(report.undone)),
                          tone="warn")
        for report in returned(result)
        if report.undone is not None
    ]  # fmt: skip
    return [*sent_back, parts.key_message(main_message(result), tone="first")]


def _due(result: submissions.Submissions) -> list[Component]:
    if not result.reports:
        return [parts.empty(_("No kind of workbook falls due for this period."))]
    return due_reports(result, link=_link(result.period), identity=MATRIX)


def _link(period: Period) -> Callable[[int], str]:
    """The address that shows one workbook beside the period."""
    return lambda number: SUBMISSIONS.path + address.query(period=period, submission=number) + "#one"


def _top(period: Period, reading: Reading) -> Component:
    options = [(str(one), numbers.period(one)) for one in offered.alike(period, reading)]
    picker = parts.chooser(
        PERIOD, _("Period"), options, str(period), chooses="period", drops="submission problems change"
    )
    items = [
        (words, SUBMISSIONS.path + address.query(period=first), here)
        for words, first, here in offered.frequencies(period, reading)
    ]
    tabs = parts.tabs(items, label=_("Frequency"), identity=EVERY)
    return html.Div([html.H1(SUBMISSIONS.title), picker, tabs], className="page-top")


def _no_room(scope: Scope) -> list[Component]:
    """That uploads are refused for want of room, to whoever can do something about it."""
    low = shortage(current().settings) if scope.decides or scope.administers else None
    return [] if low is None else [parts.key_message(low, tone="warn")]


def _followed() -> list[Component]:
    return [
        dcc.Store(id=SENT, data=[]),
        dcc.Interval(id=TICK, interval=1000, disabled=True),
        html.Div(id=FOLLOWED, **parts.attributes(aria_live="polite")),
    ]


def _one(query: Mapping[str, Any], period: Period, reading: Reading) -> list[Component]:
    """The workbook that the address names, followed while its outcome is to come."""
    number = address.number(query.get("submission"))
    found = None if number is None else _dossier(query, number, reading)
    tick = dcc.Interval(id=ONE_TICK, interval=1000, disabled=found is None or not _in_motion(found, reading))
    if number is None:
        return [html.Div(id=ONE), tick]
    shown = _shown(found, number, query, period, reading.zone)
    return [parts.card(_("One workbook"), html.Div(shown, id=ONE), id="one"), tick]


def _shown(
    found: dossier.Dossier | None, number: int, query: Mapping[str, Any], period: Period, zone: Zone
) -> Component:
    if found is None:
        return parts.empty(_("There is no workbook with the number %(n)s.", n=number))
    own = {"period": address.text(query.get("period")), "submission": number}
    problem_page = ProblemPage(
        address.number(query.get("problems")) or 1,
        lambda page: SUBMISSIONS.path + address.query(**own, problems=page) + "#one",
    )
    return workbook_card(
        found, zone, link=_link(period), problem_page=problem_page,
        change_link=lambda change, page: SUBMISSIONS.path + address.query(**own, change=change, page=page) + "#one",
    )  # fmt: skip


def _dossier(query: Mapping[str, Any], number: int, reading: Reading) -> dossier.Dossier | None:
    change, page = address.text(query.get("change")), address.number(query.get("page"))
    return dossier.fetch(reading, number, change=change, page=page or 1)


def _in_motion(found: dossier.Dossier, reading: Reading) -> bool:
    return found.sent.moving or found.sent.annotation_to_come(reading.now)


def _waiting(period: Period, reading: Reading) -> list[Component]:
    found = workbooks.waiting(reading)
    changes = row_changes.counts(reading, [one.number for one in found])
    aside = workbooks.set_aside(reading)
    return [
        *word.aside_list(aside, reading.zone, link=_link(period), identity=ASIDE_LIST),
        *word.waiting_list(found, changes, reading.zone, link=_link(period)),
        *_not_sent(period, reading),
    ]


def _not_sent(period: Period, reading: Reading) -> list[Component]:
    """To the office: previews that were looked at and not sent, with what they would have changed."""
    found = workbooks.withdrawn(reading, str(period))
    changes = row_changes.counts(reading, [one.number for one in found])
    return word.withdrawn_list(found, changes, reading.zone, link=_link(period), identity=NOT_SENT)


def _worker_missing(scope: Scope) -> list[Component]:
    """To the office, in one line: that nobody loads what is uploaded."""
    if not scope.decides or is_worker_there(current().settings.archive_dir):
        return []
    return [parts.key_message(worker_missing(), tone="warn")]


def _latest(received: list[workbooks.Sent], period: Period, zone: Zone) -> Component:
    return outcome.latest_table(received, zone, link=_link(period), identity=LATEST)


grid.comes_to_its_place(GRID)
grid.comes_to_its_place(PROBLEM_GRID)
offer(received_grid.EXPORT, received_grid.export)
offer(problem_grid.EXPORT, problem_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_workbooks(request: Any) -> dict[str, Any]:
    """The rows that the grid of workbooks asks for."""
    with current().reading() as reading:
        return received_grid.rows(request, reading)


@callback(Output(PROBLEM_GRID, "getRowsResponse"), Input(PROBLEM_GRID, "getRowsRequest"), prevent_initial_call=True)
def more_problems(request: Any) -> dict[str, Any]:
    """The rows that the grid of what was found in a workbook asks for."""
    with current().reading() as reading:
        return problem_grid.rows(request, reading)


@callback(
    Output(FOLLOWED, "children"), Output(TICK, "disabled"), Input(SENT, "data"), Input(TICK, "n_intervals"),
    State(PERIOD, "value"), prevent_initial_call=True,
)  # fmt: skip
def follow_receipts(sent: list[follow.SentFile], _ticks: int | None, period: str) -> tuple[list[Component], bool]:
    """Each file just sent, until its outcome is known."""
    files = follow.understood(sent)
    with current().reading() as reading:
        zone, now, link = reading.zone, reading.now, _link(offered.asked(period, reading))
        found = follow.look_up(reading, files)
        changed = follow.changes(reading, found)
    return follow.cards(files, found, changed, zone, now, link=link), not follow.waiting(found, now)


@callback(
    Output(ONE, "children"), Output(ONE_TICK, "disabled"), Input(ONE_TICK, "n_intervals"), State(LOCATION, "search"),
    prevent_initial_call=True,
)  # fmt: skip
def follow_one(_ticks: int | None, search: str | None) -> tuple[Any, bool]:
    """The workbook of the address, once its outcome is there; until then nothing moves under the reader's hands."""
    query = address.parsed(search)
    number = address.number(query.get("submission"))
    if number is None:
        return no_update, True
    with current().reading() as reading:
        found = _dossier(query, number, reading)
        if found is None:
            return no_update, True
        if _in_motion(found, reading):
            return no_update, False
        period = offered.asked(address.text(query.get("period")), reading)
    return _shown(found, number, query, period, reading.zone), True


@callback(
    Output(MESSAGE, "children"), Output(DUE, "children"), Output(RECEIVED, "children"), Output(WAITING, "children"),
    Output(f"{GRID}-question", "data"),
    Input(TICK, "disabled"), Input(ONE_TICK, "disabled"), State(PERIOD, "value"), prevent_initial_call=True,
)  # fmt: skip
def show_what_changed(
    _done: bool, _one_done: bool, period: str
) -> tuple[list[Component], list[Component], Component, list[Component], dict[str, Any]]:
    """Counts, matrix and lists again, once a workbook has its outcome."""
    with current().reading() as reading:
        asked = offered.asked(period, reading)
        result = submissions.fetch(reading, asked)
        latest = workbooks.latest(reading, most=LATEST_SHOWN)
        every = received_grid.told(latest, identity=GRID)
        return _message(result), _due(result), _latest(latest, asked, reading.zone), _waiting(asked, reading), every
