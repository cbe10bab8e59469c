"""What a browser may do with an answer: own scripts only, no frame, no copy kept; and the token against forged requests."""

from __future__ import annotations

from dash import Dash
from flask import Flask, Response, request
from flask_wtf.csrf import generate_csrf

from dashboards.web.guard import STATIC, rule_of
from data.settings import Settings

CSRF_COOKIE = "_csrf_token"
CSRF_HEADER = "X-CSRFToken"
A_YEAR = 365 * 24 * 3600


def attach(app: Dash, settings: Settings) -> None:
    """Headers of every answer; the hashes of Dash's own inline scripts are known only after the first request."""
    server: Flask = app.server
    secure = is_secure(settings)

    @server.after_request
    def protect(response: Response) -> Response:
        if "Content-Security-Policy" not in response.headers:  # a file that is handed out has a narrower one
            response.headers["Content-Security-Policy"] = _policy(app)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        if secure:
            response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
        if rule_of(request) not in STATIC:
            response.headers["Cache-Control"] = "no-store"
            _hand_token(response, secure=secure)
        return response


def is_secure(settings: Settings) -> bool:
    """Whether people reach this server over https; the demo is on this computer alone and has no certificate."""
    return settings.https and not settings.demo


def _hand_token(response: Response, *, secure: bool) -> None:
    """Give a page the token that its scripts send back with every change; another site can neither read nor guess it."""
    if response.mimetype == "text/html" and response.status_code == 200:
        response.set_cookie(CSRF_COOKIE, generate_csrf(), secure=secure, samesite="Strict", path="/")


def _policy(app: Dash) -> str:
    scripts = " ".join(["'self'", *dict.fromkeys(app.csp_hashes())])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {scripts}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )
