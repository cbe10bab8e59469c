"""The office extends a deadline over HTTP: a plain form, checked as if its sender were hostile, answered by the page."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SUBMISSIONS
from dashboards.web.context import current
from dashboards.web.decided import NotYours, decided, desk, waits
from dashboards.web.notice import answer
from dashboards.web.reason import in_one_line
from dashboards.web.second_account_routes import proposed
from data.intake import decisions
from data.intake.deciding import Taken
from data.language import gettext as _
from data.schema import STORED_KINDS
from data.zone.periods import Period, parse_period

ALL_UNITS = "all"
"""What is said in place of a unit's code."""


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/decide/extension", "decide-extension", decide_extension, methods=["POST"])


def _said(sentence: str, status: int) -> Response:
    """A small page that says what was not done, and leads back to the period as far as the form says which."""
    return answer(sentence, status, heading=_("Not decided"), way=_back(), way_words=_("Back to the submissions"))


@decided(_said)
def decide_extension() -> AnyResponse:
    """Extend a deadline, then back to the period; what cannot be done is said in a sentence."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office extends deadlines."))
    taken = _extend(_period())
    if taken.queued:
        return waits(_back(), _("Back to the submissions"))
    return proposed(_back()) if taken.proposed else redirect(_back(), 303)


def _back() -> str:
    with suppress(ValueError):
        return SUBMISSIONS.path + address.query(period=_period())
    return SUBMISSIONS.path


def _period() -> Period:
    told = request.form.get("period", "")
    try:
        return parse_period(told)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error


def _extend(period: Period) -> Taken:
    kind, until = request.form.get("kind", ""), request.form.get("until", "").strip()
    if kind not in STORED_KINDS:
        raise ValueError(_("There is no such kind of workbook: %(value)s", value=kind[:40]))
    try:
        day = date.fromisoformat(until)
    except ValueError as error:
        raise ValueError(_("Write the day like 2022-06-10; this is none: %(value)s", value=until[:40])) from error
    reason = in_one_line(request.form.get("reason", ""))
    told = request.form.get("unit", "")
    unit = None if told == ALL_UNITS else told
    return decisions.extend(desk(), kind=kind, period=period, unit=unit, until=day, reason=reason)
