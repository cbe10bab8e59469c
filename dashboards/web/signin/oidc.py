"""Unified sign-in (OpenID Connect): somebody else checks the password; who may come in is still decided by our accounts."""

from __future__ import annotations

import logging
from typing import Any

import flask
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, request, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from dashboards.web import session
from dashboards.web.context import current
from dashboards.web.notice import answer
from dashboards.web.signin.limits import Limited
from dashboards.web.signin.pages import way_on
from data.language import gettext as _
from data.people.sessions import SignInRefused
from data.settings import Settings

log = logging.getLogger("app.signin")
_NEXT = "oidc_next"
_CLIENT = "unified"
SECONDS = 10
"""That the issuer may take to answer, before its silence holds up others here."""
DISCOVERY = "/.well-known/openid-configuration"


def attach(server: Flask, settings: Settings, limited: Limited) -> None:
    """Add the routes that lead to the issuer and back. State and nonce are the session's, PKCE protects the code."""
    secret = settings.oidc_client_secret
    oauth = OAuth(server)
    oauth.register(
        _CLIENT,
        server_metadata_url=settings.oidc_issuer.rstrip("/") + DISCOVERY,
        client_id=settings.oidc_client_id,
        client_secret=secret.get_secret_value() if secret is not None else None,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": SECONDS},
    )
    client = oauth.create_client(_CLIENT)
    server.add_url_rule("/signin/oidc", "signin-oidc", lambda: _leave(client))
    server.add_url_rule("/signin/oidc/back", "signin-oidc-back", limited(lambda: _back(client), "GET"))


def _leave(client: Any) -> Response:
    """To the issuer, with a state that only this browser knows."""
    flask.session[_NEXT] = way_on(request.args.get("next"))
    try:
        response: Response = client.authorize_redirect(url_for("signin-oidc-back", _external=True))
    except (AuthlibBaseError, RequestException) as error:
        return _failed(error)
    return response


def _back(client: Any) -> Response:
    """From the issuer: its word names an account of ours, or nobody comes in."""
    settings = current().settings
    try:
        claims = client.authorize_access_token().get("userinfo") or {}
    except (AuthlibBaseError, JoseError, RequestException, KeyError, ValueError) as error:
        return _failed(error)
    wanted = way_on(flask.session.get(_NEXT))
    try:
        begun = session.sessions().open(
            str(claims.get(settings.oidc_claim) or ""), "unified sign-in", at=current().now()
        )
    except SignInRefused:
        sentence = _(
            "You are known to the unified sign-in, but have no account here, or it is disabled. Ask the office."
        )
        return _refused(sentence)
    session.begin(begun, "unified sign-in")
    return redirect(wanted, 303)


def _failed(error: Exception) -> Response:
    log.warning("unified sign-in failed: %s", type(error).__name__)
    return _refused(_("The unified sign-in did not come to an end. Begin again; if it happens again, ask the office."))


def _refused(sentence: str) -> Response:
    return answer(sentence, 403, heading=_("Not signed in"), way="/signin", way_words=_("Sign in"))
