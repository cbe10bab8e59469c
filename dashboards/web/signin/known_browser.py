"""Browsers that signed in with an account before: strangers' wrong passwords for its name do not lock them out.

The cookie opens nothing; the password is asked for as ever. It is signed, bound to one account and to the account's
generation, so that a reset ends it, and it does not tell whose it is.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from dashboards.web.context import current
from data.people.accounts import Account, normal_name
from data.people.lockout import KnownBrowser, Origin, place

MOST = 8
"""Accounts for which one browser is known; of a computer that more people share, those who came last."""
_BETWEEN = "~"
_LONGEST = 4000


def origin(name: str) -> Origin:
    """Where the present request comes from, as the locks on a name know it."""
    known = next((found for one in _shown() if (found := _opened(one, normal_name(name))) is not None), None)
    return Origin(place(request.remote_addr), known)


def remember(response: Response, account: Account | None) -> Response:
    """Let the browser be known for an account that just proved its password, in place of what it was known by."""
    if account is None:
        return response
    mine = _signer(account.name).dumps([secrets.token_urlsafe(12), account.generation])
    others = [one for one in _shown() if _opened(one, account.name) is None]
    response.set_cookie(
        _cookie(), _BETWEEN.join([str(mine), *others][:MOST]), path="/", httponly=True, samesite="Strict",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]), max_age=timedelta(days=_days()),
    )  # fmt: skip
    return response


def _shown() -> Iterator[str]:
    told = request.cookies.get(_cookie(), "")
    yield from told.split(_BETWEEN)[:MOST] if 0 < len(told) <= _LONGEST else ()


def _opened(told: str, name: str) -> KnownBrowser | None:
    try:
        browser, generation = _signer(name).loads(told, max_age=_days() * 86_400)
    except (BadData, TypeError, ValueError):
        return None
    return KnownBrowser(str(browser), int(generation))


def _signer(name: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"known browser of {name}")


def _cookie() -> str:
    return "__Host-known" if current_app.config["SESSION_COOKIE_SECURE"] else "known"


def _days() -> int:
    return current().settings.known_browser_days
