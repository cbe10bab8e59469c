"""Administration, the page: accounts for the office and the administrator, the audit log for the administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dash import Input, Output, callback, html
from dash.development.base_component import Component

from dashboards.components import address, grid, parts
from dashboards.components.exports import offer
from dashboards.components.friendly import friendly
from dashboards.components.page_list import ADMINISTRATION, register_page
from dashboards.pages.administration import audit_grid
from dashboards.pages.administration.account_form import new_account_form
from dashboards.pages.administration.account_table import account_table
from dashboards.pages.administration.audit_log import audit_table, pager
from dashboards.pages.administration.proposals import proposal_list
from dashboards.results import administration
from dashboards.results.administration import ListedAccount
from dashboards.results.reading import Reading
from dashboards.web.context import RequestContext, current
from data.language import gettext as _
from data.zone.zone import Zone

MESSAGE, ACCOUNTS, ADD, AUDIT, WHO, PAGER, PROPOSALS, GRID = (
    f"administration-{part}" for part in ("message", "accounts", "add", "audit", "who", "pager", "proposals", "grid")
)
EVERYBODY = ""


register_page(ADMINISTRATION, __name__)


@friendly
def layout(**query: Any) -> Component:
    """What the role may administer; for any other a sentence."""
    context = current()
    if context.account.role not in ADMINISTRATION.roles:
        return _not_yours()
    now = context.now()
    with context.reading() as reading:
        return _page(query, context, reading, now)


def _page(query: dict[str, Any], context: RequestContext, reading: Reading, now: datetime) -> Component:
    zone = reading.zone
    listed = administration.accounts(reading, now)
    return html.Div(
        [
            html.Div(html.H1(ADMINISTRATION.title), className="page-top"),
            parts.key_message(_message(listed), tone="first", id=MESSAGE),
            *_second_account(context, reading),
            parts.card(_("Accounts"), _accounts(listed, zone, context), id="accounts"),
            *(_for_the_administrator(listed, reading, query) if reading.scope.administers else []),
        ],
        className="page",
    )


def _second_account(context: RequestContext, reading: Reading) -> list[Component]:
    """What the office would decide on its own unit, for whoever may confirm it; nothing where nothing waits."""
    found = administration.proposals(reading)
    if not found:
        return []
    why = _("Decisions on the office's own figures take effect when a second account of the office or an administrator "
            "confirms them.")  # fmt: skip
    listed = proposal_list(found, reading.zone, context.account, identity=PROPOSALS)
    return [parts.card(_("Waiting for a second account"), html.P(why), listed, id="second-account")]


def _not_yours() -> Component:
    sentence = _("This page is for the office and the administrator. Ask them for an account or a new password.")
    return html.Section([html.H1(_("Not allowed")), html.P(sentence)], className="panel notice", id="not-allowed")


def _message(listed: list[ListedAccount]) -> str:
    disabled = sum(not one.account.active for one in listed)
    locked = sum(one.locked_until is not None for one in listed)
    waiting = sum(one.account.active and one.account.must_change for one in listed)
    return _("%(n)s accounts: %(disabled)s disabled, %(locked)s tried with wrong passwords, %(waiting)s with a first "
             "password not yet changed.", n=len(listed), disabled=disabled, locked=locked, waiting=waiting)  # fmt: skip


def _accounts(listed: list[ListedAccount], zone: Zone, context: RequestContext) -> Component:
    if not listed:
        return parts.empty(_("There is no account of a unit yet. The administrator makes them here, or python -m data "
                             "users add and users import on the server."))  # fmt: skip
    return account_table(listed, zone, context.account, identity=ACCOUNTS)


def _for_the_administrator(listed: list[ListedAccount], reading: Reading, query: dict[str, Any]) -> list[Component]:
    name, zone = address.text(query.get("account")), reading.zone
    shown = administration.audit_page(reading, name=name, page=address.number(query.get("page")) or 0)
    options = [(EVERYBODY, _("everybody")), *((one.account.name, one.account.name) for one in listed)]
    if name is not None and name not in dict(options):
        options.append((name, name))
    export = html.A(_("Export all (CSV)"), href="/audit.csv", className="btn btn-outline-primary")
    bar = html.Div(
        [parts.chooser(WHO, _("Account"), options, name or EVERYBODY, chooses="account"), export], className="audit-bar"
    )
    return [
        parts.card(_("New account"), new_account_form(zone, identity=ADD), name="by-hand", id="new-account"),
        parts.card(
            _("Audit log"), bar,
            audit_grid.in_place_of(
                [
                    audit_table(shown, zone, identity=AUDIT),
                    pager(shown, link=lambda page: ADMINISTRATION.path + address.query(account=name, page=page) + "#audit",
                          identity=PAGER),
                ],
                name, identity=GRID,
            ),
            id="audit",
        ),
    ]  # fmt: skip


grid.comes_to_its_place(GRID)
offer(audit_grid.EXPORT, audit_grid.export)


@callback(Output(GRID, "getRowsResponse"), Input(GRID, "getRowsRequest"), prevent_initial_call=True)
def more_entries(request: Any) -> dict[str, Any]:
    """The rows that the grid of the audit log asks for."""
    with current().reading() as reading:
        return audit_grid.rows(request, reading)
