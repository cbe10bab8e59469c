"""Who may ask, and what a browser may do with the answer: this computer only, own scripts only."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Request, Response, request

from data.language import gettext as _
from data.language import speak

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


def attach(server: Flask, language: str) -> None:
    """Refuse who is not at this computer, before anything else answers."""

    @server.before_request
    def refuse_strangers() -> Response | None:
        speak(language)
        if not _from_here(request) or not _to_here(request):
            return refusal(_("Until accounts exist, this page answers only at this computer: open http://127.0.0.1."))
        return None


def attach_headers(app: Dash) -> None:
    """Headers of every answer; the hashes of Dash's own inline scripts are known only after the first request."""
    server: Flask = app.server

    @server.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _policy(app)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Frame-Options"] = "DENY"
        return response


def refusal(sentence: str) -> Response:
    """403 with a sentence that says why."""
    return Response(sentence, 403, mimetype="text/plain")


def foreign(asked: Request) -> bool:
    """Whether another site made the browser send this."""
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = asked.headers.get("Origin")
    return origin is not None and origin != asked.host_url.rstrip("/")


def _from_here(asked: Request) -> bool:
    try:
        return ip_address(asked.remote_addr or "").is_loopback
    except ValueError:
        return False


def _to_here(asked: Request) -> bool:
    """The Host header must name this computer, or another site's name may have been bent to it (DNS rebinding)."""
    try:
        return urlsplit(f"//{asked.host}").hostname in LOCAL_NAMES
    except ValueError:
        return False


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
