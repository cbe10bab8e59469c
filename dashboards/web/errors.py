"""What goes wrong, said in a sentence: no trace of it reaches a browser, and no personal data a log."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from dash.exceptions import DependencyException
from flask import Flask, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from dashboards.results.record_list import Unasked
from dashboards.web import notice
from dashboards.web.guard import ATTACH, EVIDENCE, UPLOAD, rule_of
from data.language import gettext as _
from data.store import StoreError
from data.zone.zone import NotInitialised

log = logging.getLogger("app")
ErrorInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class QuietFlask(Flask):
    """Flask, except that an unexpected error is logged by its kind and place: its text may hold what people sent."""

    def log_exception(self, exc_info: ErrorInfo) -> None:
        """Which error, in which route, and the lines that led to it."""
        kind, _error, trace = exc_info
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        name = "error" if kind is None else kind.__name__
        route = request.url_rule.rule if request.url_rule is not None else "-"
        log.error("%s in %s %s\n  %s", name, request.method, route, "\n  ".join(places))


def attach(server: Flask) -> None:
    """Answer errors with a page or JSON of one sentence."""
    server.register_error_handler(CSRFError, _forged)
    server.register_error_handler(HTTPException, _known)
    server.register_error_handler(NotInitialised, _not_ready)
    server.register_error_handler(StoreError, _not_ready)
    server.register_error_handler(DependencyException, _no_such_script)
    server.register_error_handler(Unasked, _unasked)


def _forged(_error: Exception) -> Response:
    sentence = _("The page was open for too long, or this request did not come from it. Reload the page and try again.")
    return notice.answer(sentence, 400)


def _not_ready(_error: Exception) -> Response:
    return notice.answer(_("The database cannot be used at the moment. Try again later."), 503)


def _unasked(_error: Exception) -> Response:
    """A list was asked for what no page of ours asks."""
    return notice.answer(_sentence(400), 400)


def _no_such_script(_error: Exception) -> Response:
    """A script that no library of ours has: Dash would call it an error of the server."""
    return notice.answer(_sentence(404), 404, heading=_heading(404))


def _known(error: HTTPException) -> Response:
    """Errors with a number; one without an answer of ours keeps its number and gets a general sentence."""
    if error.code is None or error.code < 400:
        return error.get_response()
    return notice.answer(_sentence(error.code), error.code, heading=_heading(error.code))


def _heading(code: int) -> str:
    return _("There is no such page") if code == 404 else _("This was not done")


def _sentence(code: int) -> str:
    if code == 413 and request.path == UPLOAD:
        return _(
            "More was sent at once than is taken: each file up to 20 MiB, and not too many together. Send them in parts, or "
            "delete pictures and what lies outside the table."
        )
    if code == 413 and rule_of(request) in {ATTACH, EVIDENCE}:
        return _("An attachment has up to 20 MiB and is not empty. Scan it with less detail, or in parts.")
    sentences = {
        404: _("The address may be mistyped or out of date."),
        405: _("This address cannot be asked in this way."),
        413: _("More was sent than this address takes."),
        429: _("Too many attempts from this address. Wait a minute, then try again."),
    }
    if code >= 500:
        return _(
            "Something went wrong on the server; nothing was changed. If it happens again, tell the administrator."
        )
    return sentences.get(code, _("The request could not be understood."))
