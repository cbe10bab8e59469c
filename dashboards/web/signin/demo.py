"""The demo's one click per role. The route exists in the demo alone, which answers nobody but this computer."""

from __future__ import annotations

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

from dashboards.web import session
from dashboards.web.context import current
from dashboards.web.guard import foreign
from dashboards.web.notice import refusal
from dashboards.web.signin.pages import way_on
from data.language import N_, said_in
from data.language import gettext as _
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role

DEMO = "demo"


def attach(server: Flask) -> None:
    """Add the route."""
    server.add_url_rule("/signin/demo/<role>", "signin-demo", sign_in, methods=["POST"])


def sign_in(role: str) -> Response:
    """Sign in with the demo's account of a role, which is made at the first click and has no password."""
    if foreign(request):
        return refusal(_("Another site asked for this; it was not done."))
    wanted = _account(role)
    accounts = Accounts.of(current().settings)
    if accounts.find(wanted.name) is None:
        accounts.add_without_password(wanted, by=DEMO, at=current().now())
    session.begin(session.sessions().open(wanted.name, "demo", at=current().now()), "demo")
    return redirect(way_on(request.form.get("next")), 303)


def _account(role: str) -> Wanted:
    try:
        chosen = Role(role)
    except ValueError:
        abort(404)
    name = said_in(current().settings.language, N_("Demo account"))  # it is kept, whoever reads it later
    if chosen is not Role.UNIT:
        return Wanted(f"{DEMO}-{chosen.value}", name, chosen)
    units = current().zone().unit_by_code
    unit = units.get(request.form.get("unit", "")) or next(iter(units.values()))
    return Wanted(f"{DEMO}-{unit.code}", name, chosen, unit.code)
