"""The office extends a deadline over HTTP: a plain form, checked as if its sender were hostile, answered by the page."""

from __future__ import annotations

import logging
from datetime import date

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SUBMISSIONS
from dashboards.web.context import current
from dashboards.web.decision_words import not_kept, queued
from dashboards.web.guard import foreign
from dashboards.web.notice import answer, refusal
from dashboards.web.reason import in_one_line
from dashboards.web.second_account_routes import proposed
from data.intake import decisions
from data.intake.archive import ArchiveError
from data.intake.decisions import Desk, Taken, Undecidable
from data.language import gettext as _
from data.schema import STORED_KINDS
from data.store import StoreError
from data.zone.periods import Period, parse_period
from data.zone.zone import NotInitialised

log = logging.getLogger("app.decisions")
ALL_UNITS = "all"
"""What is said in place of a unit's code."""


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/decide/extension", "decide-extension", decide_extension, methods=["POST"])


def decide_extension() -> AnyResponse:
    """Extend a deadline, then back to the period; what cannot be done is said in a sentence."""
    if foreign(request):
        return refusal(_("Another site asked for this decision; it was not taken."))
    if not current().scope.decides:
        return refusal(_("Only the committee's office extends deadlines."))
    try:
        period = _period()
    except ValueError as error:
        return _answer(str(error), 400, SUBMISSIONS.path)
    back = SUBMISSIONS.path + address.query(period=period)
    try:
        taken = _extend(period)
    except Undecidable as error:
        return _answer(str(error), 409, back)
    except ValueError as error:
        return _answer(str(error), 400, back)
    except (ArchiveError, StoreError, NotInitialised) as error:
        log.error("a decision was not kept: %s", error)  # noqa: TRY400  # the text says it all
        return _answer(not_kept(), 503, back)
    if taken.queued:
        return answer(queued(), 202, heading=_("Queued"), way=back, way_words=_("Back to the submissions"))
    return proposed(back) if taken.proposed else redirect(back, 303)


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
    context = current()
    desk = Desk.of(context.settings, context.account.name, context.clock().now())
    told = request.form.get("unit", "")
    unit = None if told == ALL_UNITS else told
    return decisions.extend(desk, kind=kind, period=period, unit=unit, until=day, reason=reason)


def _answer(sentence: str, status: int, back: str) -> Response:
    """A small page that says what was not done, and leads back."""
    return answer(sentence, status, heading=_("Not decided"), way=back, way_words=_("Back to the submissions"))
