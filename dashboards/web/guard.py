"""Who may ask: from where, under which name of this server, and with which account. Before anything else answers."""

from __future__ import annotations

import logging
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, redirect, request
from werkzeug.wrappers import Response

from dashboards.components import address
from dashboards.web import notice, session
from data.language import gettext as _
from data.settings import Settings

log = logging.getLogger("app.guard")
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
WARM_UP = "supervision.warm_up"
"""Key of the environ by which the application's own first request is known; no header becomes such a key."""
_OURS = object()

ASSETS = "/assets/<path:filename>"
BOOTSTRAP = "/bootstrap/<path:name>"
COMPONENTS = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
FAVICON = "/_favicon.ico"
PLOTLY = "/plotly-js/<name>"
STATIC = frozenset(
    {"/healthz", "/readyz", "/chart-template/<name>.json", ASSETS, BOOTSTRAP, COMPONENTS, FAVICON, PLOTLY}
)
"""Routes that show nobody's data and need no account."""
SIGN_IN = frozenset({"/signin", "/signin/demo/<role>", "/signin/oidc", "/signin/oidc/back"})
PASSWORD = frozenset({"/password", "/signout"})
"""All that an account may open whose password is to be changed."""
VERIFY = "/verify"
OPEN = frozenset({VERIFY})
"""What whoever holds a paper may ask without an account: told is what is published anyway, and no figure of it."""
UPLOAD = "/upload"
ATTACH = "/attach/<int:number>"
EVIDENCE = "/attach/evidence/<int:number>"
MAY_SEND = "/may-send"


def attach(server: Flask, settings: Settings) -> None:
    """Refuse strangers, then whoever has no account."""
    names = LOCAL_NAMES | set(settings.hosts)
    if not settings.demo and not settings.hosts:
        log.warning(
            _(
                "SUPERVISION_ALLOWED_HOSTS is empty: any name of a server is answered. Set it to the one that browsers use."
            )
        )

    @server.before_request
    def refuse_strangers() -> Response | None:
        if settings.demo and not (_from_here(request) and _to(request, LOCAL_NAMES)):
            return notice.refusal(_("The demo answers only at the computer that it runs on: open http://127.0.0.1."))
        if settings.hosts and not _to(request, names):
            return notice.refusal(_("This server does not answer under this name."))
        return None

    @server.before_request
    def refuse_whoever_has_no_account() -> Response | None:
        rule = rule_of(request)
        if rule in STATIC | SIGN_IN | OPEN or request.environ.get(WARM_UP) is _OURS:
            return None
        if session.account() is None:
            return _sign_in_first()
        if session.must_change_password() and rule not in PASSWORD:
            return _change_password_first()
        return None


def warm_up_environ() -> dict[str, object]:
    """What makes a request of the in-process test client the application's own first one."""
    return {WARM_UP: _OURS, "REMOTE_ADDR": "127.0.0.1"}


def rule_of(asked: Request) -> str:
    """The route that answers, as it was declared; empty if none does."""
    return asked.url_rule.rule if asked.url_rule is not None else ""


def foreign(asked: Request) -> bool:
    """Whether another site made the browser send this."""
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = asked.headers.get("Origin")
    return origin is not None and origin != asked.host_url.rstrip("/")


def _sign_in_first() -> Response:
    if request.method in {"GET", "HEAD"} and not notice.asked_by_script():
        return redirect("/signin" + address.query(next=_here()))
    sentence = _("You are not signed in, or the session has ended. Sign in again.")
    return notice.answer(sentence, 401, heading=_("Sign in"), way="/signin", way_words=_("Sign in"))


def _change_password_first() -> Response:
    if request.method in {"GET", "HEAD"} and not notice.asked_by_script():
        return redirect("/password" + address.query(next=_here()))
    sentence = _("Change your password first; until then nothing else is open.")
    return notice.answer(sentence, 403, way="/password", way_words=_("Change password"))


def _here() -> str | None:
    return request.full_path.rstrip("?") if request.path != "/" else None


def _from_here(asked: Request) -> bool:
    try:
        return ip_address(asked.remote_addr or "").is_loopback
    except ValueError:
        return False


def _to(asked: Request, names: frozenset[str]) -> bool:
    """The Host header must be a name of ours, or another site's name may have been bent to us (DNS rebinding)."""
    try:
        return urlsplit(f"//{asked.host}").hostname in names
    except ValueError:
        return False
