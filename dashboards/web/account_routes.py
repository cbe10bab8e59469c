"""Accounts administered over HTTP: plain forms of the administration page, each act allowed by the scope, or refused here.

A one-time password stands in the answer to the form that asked for it, and nowhere else: not in an address, not in a log.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components.page_list import ADMINISTRATION
from dashboards.results import administration
from dashboards.web.context import current
from dashboards.web.file_names import handed_out
from dashboards.web.guard import foreign
from dashboards.web.notice import answer, refusal, render
from data.language import gettext as _
from data.people.accounts import Account, AccountRefused, Accounts, Wanted
from data.people.scope import Role, Scope
from data.printing import as_csv

COLUMNS = ("entry", "at", "actor", "action", "subject", "detail", "journal", "before", "hash")
View = Callable[[], AnyResponse]


def attach(server: Flask) -> None:
    """Add the routes."""
    for name, view in (("add", add), ("reset", reset), ("unlock", unlock), ("active", set_active), ("role", set_role)):
        server.add_url_rule(f"/accounts/{name}", f"accounts-{name}", _checked(view), methods=["POST"])
    server.add_url_rule("/audit.csv", "audit-csv", audit_csv)


def _checked(view: View) -> View:
    """Refuse what another site sent; say what cannot be done."""

    @wraps(view)
    def shown() -> AnyResponse:
        if foreign(request):
            return refusal(_("Another site asked for this; it was not done."))
        try:
            return view()
        except NotAllowed as error:
            return refusal(str(error))
        except AccountRefused as error:
            return answer(str(error), 400, way=ADMINISTRATION.path, way_words=_("Back to the accounts"))

    return shown


class NotAllowed(Exception):
    """An act that the role of whoever asks does not allow; the text says so."""


def add() -> AnyResponse:
    """Make an account; its one-time password is shown once."""
    _administrator()
    wanted = Wanted(request.form.get("name", ""), request.form.get("display_name", ""), _role(), _unit())
    secret = _accounts().add(wanted, by=current().account.name, at=current().now())
    return _handed_out(_("Account %(name)s is made", name=wanted.name), secret)


def reset() -> AnyResponse:
    """A one-time password in place of a forgotten one, shown once."""
    target = _target()
    if not _scope().resets(target.role):
        raise NotAllowed(_("Only an administrator may reset this account's password."))
    secret = _accounts().reset_password(target.name, by=current().account.name, at=current().now())
    return _handed_out(_("New password of %(name)s", name=target.name), secret)


def unlock() -> AnyResponse:
    """Forget the wrong passwords that somebody tried for an account; who may reset it may do this."""
    target = _target()
    if not _scope().resets(target.role):
        raise NotAllowed(_("Only an administrator may unlock this account."))
    _accounts().unlock(target.name, by=current().account.name, at=current().now())
    return redirect(ADMINISTRATION.path, 303)


def set_active() -> AnyResponse:
    """Enable or disable an account."""
    _administrator()
    target, active = _another(), request.form.get("active") == "yes"
    _accounts().set_active(target.name, active, by=current().account.name, at=current().now())
    return redirect(ADMINISTRATION.path, 303)


def set_role() -> AnyResponse:
    """Give an account another role or unit."""
    _administrator()
    target = _another()
    _accounts().set_role(target.name, _role(), _unit(), by=current().account.name, at=current().now())
    return redirect(ADMINISTRATION.path, 303)


def audit_csv() -> AnyResponse:
    """The audit log as a file that no spreadsheet runs."""
    context = current()
    if not context.scope.administers:
        return refusal(_("Only an administrator may read the audit log."))
    with context.reading() as reading:
        timezone = reading.zone.calendar.timezone
        entries = [one.as_dict(timezone) for one in administration.whole_audit(reading)]
    rows = [{**row, "detail": json.dumps(row["detail"], ensure_ascii=False)} for row in entries]
    return handed_out(Response("\ufeff" + as_csv(COLUMNS, rows), mimetype="text/csv"), "audit.csv", ("csv",))


def _accounts() -> Accounts:
    return Accounts.of(current().settings)


def _scope() -> Scope:
    return current().scope


def _administrator() -> None:
    if not _scope().administers:
        raise NotAllowed(_("Only an administrator may do this."))


def _target() -> Account:
    """The account that the form is about; who may reset nothing learns not even whether it exists."""
    if not _scope().resets(Role.UNIT):
        raise NotAllowed(_("Only an administrator may do this."))
    told = request.form.get("account", "")
    found = _accounts().find(told)
    if found is None:
        raise AccountRefused(_("There is no account %(name)s.", name=told[:60]))
    return found


def _another() -> Account:
    """The account that the form is about, not one's own: nobody shuts out the last administrator by mistake."""
    found = _target()
    if found.name == current().account.name:
        raise AccountRefused(_("This is your own account; ask another administrator to change it."))
    return found


def _role() -> Role:
    told = request.form.get("role", "")
    try:
        return Role(told)
    except ValueError as error:
        raise AccountRefused(_("There is no such role: %(value)s", value=told[:40])) from error


def _unit() -> str | None:
    """The unit of a unit's account; what stands in the form beside another role is left out."""
    told = request.form.get("unit", "")
    return None if _role() is not Role.UNIT or told in {"", "-"} else told


def _handed_out(heading: str, secret: str) -> AnyResponse:
    return render(
        "notice.html", heading, secret=secret, way=ADMINISTRATION.path, way_words=_("Back to the accounts"),
        sentence=_("This password opens the account once; at the first sign-in it must be changed."),
        secret_note=_("It is shown only now. Hand it over in person or by telephone, not by e-mail or chat."),
    )  # fmt: skip
