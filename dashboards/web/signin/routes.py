"""Signing in and out over HTTP, and changing one's password; plain forms, each with its token against forged requests."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from dashboards.components import address
from dashboards.web import session
from dashboards.web.context import current
from dashboards.web.guard import foreign
from dashboards.web.notice import refusal
from dashboards.web.signin import demo, known_browser, oidc
from dashboards.web.signin.limits import limiting
from dashboards.web.signin.pages import password_page, sign_in_page, way_on
from data.language import gettext as _
from data.people.passwords import WeakPassword
from data.people.sessions import SignInRefused
from data.settings import Settings


def attach(server: Flask, settings: Settings) -> None:
    """Add the routes; those of the demo and of the unified sign-in only where they are on."""
    limited = limiting(server, settings)
    server.add_url_rule("/signin", "signin", show_sign_in)
    server.add_url_rule("/signin", "signin-do", limited(sign_in, "POST"), methods=["POST"])
    server.add_url_rule("/signout", "signout", sign_out, methods=["POST"])
    server.add_url_rule("/password", "password", show_password)
    server.add_url_rule("/password", "password-do", limited(change_password, "POST"), methods=["POST"])
    if settings.demo:
        demo.attach(server)
    if settings.oidc_issuer:
        oidc.attach(server, settings, limited)


def show_sign_in() -> Response:
    """The form; whoever is signed in already goes on."""
    wanted = way_on(request.args.get("next"))
    return sign_in_page(wanted=wanted) if session.account() is None else redirect(wanted)


def sign_in() -> Response:
    """Begin a session, or say in the same words why not, whoever asks."""
    if foreign(request):
        return refusal(_("Another site asked for this; it was not done."))
    wanted, name = way_on(request.form.get("next")), request.form.get("name", "")
    try:
        begun = session.sessions().sign_in(
            name, request.form.get("password", ""), at=current().now(), origin=known_browser.origin(name)
        )
    except SignInRefused as error:
        return sign_in_page(wanted=wanted, name=name, sentence=str(error), status=403)
    session.begin(begun, "password")
    way = "/password" + address.query(next=wanted) if begun.account.must_change else wanted
    return known_browser.remember(redirect(way, 303), begun.account)


def sign_out() -> Response:
    """End the session, here and in the database."""
    if foreign(request):
        return refusal(_("Another site asked for this; it was not done."))
    session.end()
    return redirect("/signin", 303)


def show_password() -> Response:
    """The form for a new password."""
    if not current().account.has_password:
        return refusal(_("This account has no password here; it comes in through the unified sign-in."))
    return password_page(wanted=way_on(request.args.get("next")), forced=session.must_change_password())


def change_password() -> Response:
    """A new password, and a new session; what is wrong is said on the form."""
    if foreign(request):
        return refusal(_("Another site asked for this; it was not done."))
    wanted = way_on(request.form.get("next"))
    sentence = _changed(request.form.get("old", ""), request.form.get("new", ""), request.form.get("again", ""))
    if sentence is not None:
        forced = session.must_change_password()
        return password_page(wanted=wanted, forced=forced, sentence=sentence, status=400)
    return known_browser.remember(redirect(wanted, 303), session.sessions().accounts.find(current().account.name))


def _changed(old: str, new: str, again: str) -> str | None:
    """None once the password is changed, else why it is not. Whoever had a copy of the old session is out."""
    if new != again:
        return _("The two new passwords differ. Type them again.")
    sessions, at, name = session.sessions(), current().now(), current().account.name
    try:
        sessions.change_password(session.token() or "", old, new, at=at, origin=known_browser.origin(name))
        session.begin(sessions.open(name, "password", at=at), "password")
    except (SignInRefused, WeakPassword) as error:
        return str(error)
    return None
