"""The account behind a request: a token in the browser's cookie, a session in the database. Every sign-in makes a new one."""

from __future__ import annotations

import flask
import flask_login
from flask import Flask, Response

from dashboards.web.context import current
from data.people.accounts import Account
from data.people.sessions import Sessions, SignedIn, Way

_WAY = "way"


class Visitor(flask_login.UserMixin):  # type: ignore[misc]  # ships no types
    """Whoever is signed in, as Flask-Login knows people: by the session's token, not by the account's name."""

    def __init__(self, token: str, account: Account) -> None:
        self.token = token
        self.account = account

    def get_id(self) -> str:
        """What stands in the cookie."""
        return self.token


class Visitors(flask_login.LoginManager):  # type: ignore[misc]  # ships no types
    """Flask-Login without its cookie that remembers people: no session here outlives its own."""

    def _update_remember_cookie(self, response: Response) -> Response:
        """Not to look into the session here lets browsers keep static files, whatever their cookies."""
        return response


def attach(server: Flask, *, secure: bool) -> None:
    """Cookies that scripts and other sites cannot use, and the look-up of whose they are."""
    server.config.update(
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_PATH="/",
    )
    manager = Visitors()
    manager.session_protection = None  # the token is random, stored as a hash, and ends on the server
    manager.init_app(server, add_context_processor=False)
    manager.user_loader(_visitor)


def _visitor(token: str) -> Visitor | None:
    found = sessions().account_of(token, at=current().now())
    return None if found is None else Visitor(token, found)


def sessions() -> Sessions:
    """The sessions of the installation that answers."""
    return Sessions.of(current().settings)


def account() -> Account | None:
    """Who is signed in."""
    return current().signed_in


def token() -> str | None:
    """The token of the session that the request belongs to."""
    return getattr(flask_login.current_user, "token", None)


def must_change_password() -> bool:
    """Whether the password that opened this session was for one use; other ways in know nothing of passwords."""
    found = account()
    return found is not None and found.must_change and flask.session.get(_WAY) == "password"


def begin(signed_in: SignedIn, way: Way) -> None:
    """Start anew: what the browser had before, token and all, is worth nothing from here on."""
    before = token()
    if before is not None:
        sessions().sign_out(before, at=current().now())
    flask.session.clear()
    flask.g.pop("csrf_token", None)
    flask.session[_WAY] = way
    flask_login.login_user(Visitor(signed_in.token, signed_in.account))


def end() -> None:
    """Sign out, here and in the database."""
    present = token()
    if present is not None:
        sessions().sign_out(present, at=current().now())
    flask_login.logout_user()
    flask.session.clear()
