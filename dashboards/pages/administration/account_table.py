"""The accounts as a table, each with what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.pages.administration.account_form import button_form, role_form
from dashboards.results.administration import ListedAccount
from data.language import gettext as _
from data.people.accounts import Account
from data.people.scope import Role
from data.zone.zone import Zone


def account_table(listed: Sequence[ListedAccount], zone: Zone, viewer: Account, *, identity: str) -> Component:
    """One row an account."""
    heads = [_("Account"), _("Person"), _("Role"), _("State"), _("Last sign-in"), _("What may be done")]
    rows = [html.Tr(_row(one, zone, viewer)) for one in listed]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table account-list", id=identity)


def _row(one: ListedAccount, zone: Zone, viewer: Account) -> list[Component]:
    account = one.account
    last = numbers.NONE if one.last_sign_in is None else numbers.instant(one.last_sign_in, zone)
    return [
        parts.cell(_("Account"), html.B(account.name), name="account-name"),
        parts.cell(_("Person"), account.display_name),
        parts.cell(_("Role"), role_words(account, zone)),
        parts.cell(_("State"), *_state(one, zone)),
        parts.cell(_("Last sign-in"), last),
        parts.cell(
            _("What may be done"), _acts(account, zone, viewer, attacked=one.attack is not None), name="account-acts"
        ),
    ]


def role_words(account: Account, zone: Zone) -> str:
    """The role; of a unit's account its unit too."""
    unit = zone.unit_by_code.get(account.unit or "")
    role = words.role(account.role)
    return role if unit is None else _("%(role)s: %(unit)s", role=role, unit=unit.short_name)


def _state(one: ListedAccount, zone: Zone) -> list[Component | str]:
    account = one.account
    if not account.active:
        return [parts.tag(_("disabled"), "bad", symbol="✗")]
    if one.attack is not None:
        until = numbers.moment(one.attack.until, zone)
        tried = _("from %(places)s places, locked there until %(moment)s", places=one.attack.places, moment=until)
        title = _("Browsers that signed in with this account before still come in.")
        return [parts.tag(_("wrong passwords"), "warn", symbol="!", title=title), " ", html.Small(tried)]
    if not account.has_password:
        return [
            parts.tag(_("no password here"), symbol="→", title=_("Comes in through the unified sign-in or the demo."))
        ]
    if account.must_change:
        return [parts.tag(_("first password"), "warn", symbol="…")]
    return [parts.tag(_("in use"), "good", symbol="✓")]


def _acts(account: Account, zone: Zone, viewer: Account, *, attacked: bool) -> Component:
    """Folded, so that nothing happens by a slip; one's own account is changed by somebody else."""
    reset = button_form("/accounts/reset", _("Reset password"), account=account.name)
    unlock = [button_form("/accounts/unlock", _("Unlock"), account=account.name)] if attacked else []
    if viewer.role is not Role.ADMIN:
        return html.Div([reset, *unlock], className="acts")
    if account.name == viewer.name:
        return html.Small(_("your own account"))
    wanted, verb = ("no", _("Disable")) if account.active else ("yes", _("Enable"))
    acts = [
        reset,
        *unlock,
        button_form("/accounts/active", verb, account=account.name, active=wanted),
        role_form(account, zone),
    ]
    return html.Details([html.Summary(_("Change …")), html.Div(acts, className="acts")])
