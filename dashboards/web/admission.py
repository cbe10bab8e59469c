"""How much of a body is taken: told by the route and by who asks, before a byte of it is read or laid on the disk.

Three ask: Flask before anything reads the body, waitress before it keeps one (``dashboards.web.listening``), and a proxy by
``/may-send`` before it takes one in (deploy/nginx.conf).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

from flask import Flask, Response, request
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from dashboards.web import session
from dashboards.web.context import current
from dashboards.web.guard import ATTACH, EVIDENCE, MAY_SEND, UPLOAD, foreign, rule_of
from dashboards.web.headers import CSRF_HEADER
from dashboards.web.notice import answer, refusal
from data.disk import DiskFull, refuse_without_room
from data.language import gettext as _
from data.store import StoreError
from data.zone.zone import NotInitialised

SMALL_BODY = 64 * 2**10
"""Of whoever has no session: a form to sign in."""
LARGEST_BODY = 2 * 2**20
"""Of whatever sends no file."""
LARGEST_ATTACHMENT = 21 * 2**20
"""Of a request with one file of up to 20 MiB."""
LARGEST_REQUEST = 200 * 2**20
"""Of a request with several files; the page sends each by itself."""
LARGE = {
    UPLOAD: LARGEST_REQUEST,
    ATTACH: LARGEST_ATTACHMENT,
    EVIDENCE: LARGEST_ATTACHMENT,
}
"""The only routes that take files."""


def attach(server: Flask) -> None:
    """Ask before anything reads a body, right after the guard has asked who it is; and let a proxy ask."""
    server.config["MAX_CONTENT_LENGTH"] = SMALL_BODY
    server.add_url_rule(MAY_SEND, "may-send", may_send)

    @server.after_request
    def say_why_in_a_header(response: Response) -> Response:
        """A proxy that asks gets no body of the answer: it hands on what stands in the header, JSON of ASCII letters."""
        if rule_of(request) == MAY_SEND and response.is_json:
            response.headers["X-Why"] = json.dumps(response.get_json()["error"])
        return response

    @server.before_request
    def refuse_what_is_too_large() -> AnyResponse | None:
        told = request.content_length
        if told is None and "Transfer-Encoding" not in request.headers:
            return None
        if told is not None and told <= SMALL_BODY:  # not to look into the session lets browsers keep static files
            return None
        request.max_content_length = largest_body()
        if told is None or told <= request.max_content_length:
            return None
        why_not = _why_not() if session.account() is not None and told <= LARGE.get(rule_of(request), 0) else None
        if why_not is None:
            raise RequestEntityTooLarge
        return why_not


def largest_body() -> int:
    """How many bytes of a body are taken: of strangers few, of files only with a session that sends them and its token."""
    if session.account() is None:
        return SMALL_BODY
    largest = LARGE.get(rule_of(request))
    return LARGEST_BODY if largest is None or _why_not() is not None else largest


def may_send() -> AnyResponse:
    """Whether this browser may send files now: 204, or why not. A proxy asks it before it takes a body in."""
    return _why_not() or Response(status=204)


def _why_not() -> AnyResponse | None:
    """Why whoever is signed in may send no file; None where it may."""
    if foreign(request):
        return refusal(_("Another site asked for this upload; it was not done."))
    if session.must_change_password():
        return refusal(_("Change your password first; until then nothing else is open."))
    if not current().scope.files:
        return refusal(_("This account sends no workbooks; only units and the office do."))
    shortage = _no_room()
    if shortage is not None:
        return answer(shortage, 403 if rule_of(request) == MAY_SEND else 507)
    if not _has_token():
        sentence = _(
            "The page was open for too long, or this request did not come from it. Reload the page and try again."
        )
        return answer(sentence, 403 if rule_of(request) == MAY_SEND else 400)
    return None


def _no_room() -> str | None:
    try:
        refuse_without_room(current().settings)
    except DiskFull as error:
        return str(error)
    return None


def _has_token() -> bool:
    """The token against forged requests stands in a header: in the form it would be found only after the body is read."""
    try:
        validate_csrf(request.headers.get(CSRF_HEADER))
    except ValueError:
        return False
    return True


def asked_ahead(server: Flask, method: str, path: str, headers: Mapping[str, str]) -> int:
    """How many bytes of a body a server may keep for a request of which only the head is there.

    ``headers`` are named as in an environ, without HTTP_. While the database cannot be used nobody is known.
    """
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        **{f"HTTP_{name}": headers[name] for name in _ASKED_AHEAD if name in headers},
    }  # fmt: skip
    with server.request_context(environ):
        try:
            return largest_body()
        except (StoreError, NotInitialised):
            return SMALL_BODY


_ASKED_AHEAD = ("COOKIE", "HOST", "X_CSRFTOKEN", "SEC_FETCH_SITE")
"""Not ``Origin``: whether it is this site's goes by the scheme, which only the whole request tells."""
