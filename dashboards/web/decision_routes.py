"""Decisions of the office over HTTP: plain forms, each checked as if its sender were hostile, answered by the page."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SCORES
from dashboards.results import scores
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
from data.store import StoreError
from data.zone.periods import Quarter
from data.zone.zone import NotInitialised, Unit, Zone

log = logging.getLogger("app.decisions")
CHOICES = {"yes": True, "no": False}


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/decide/veto", "decide-veto", decide_veto, methods=["POST"])


def decide_veto() -> AnyResponse:
    """Confirm or dismiss a proposed veto, then back to the unit; what cannot be done is said in a sentence."""
    if foreign(request):
        return refusal(_("Another site asked for this decision; it was not taken."))
    if not current().scope.decides:
        return refusal(_("Only the committee's office decides on vetoes."))
    try:
        quarter = _quarter()
        with current().reading() as reading:
            unit = _unit(reading.zone)
            grounds, now = scores.fetch(reading, quarter).grounds(unit.code), reading.now
    except ValueError as error:
        return _answer(str(error), 400, SCORES.path)
    except (NotInitialised, StoreError):
        return _answer(_("The database is not ready; nothing was decided."), 503, SCORES.path)
    back = SCORES.path + address.query(period=quarter, group=unit.group, unit=unit.code) + "#replies"
    try:
        taken = _decide(quarter, unit, grounds, now)
    except Undecidable as error:
        return _answer(str(error), 409, back)
    except ValueError as error:
        return _answer(str(error), 400, back)
    except (ArchiveError, StoreError) as error:
        log.error("a decision was not kept: %s", error)  # noqa: TRY400  # the text says it all
        return _answer(not_kept(), 503, back)
    if taken.queued:
        return answer(queued(), 202, heading=_("Queued"), way=back, way_words=_("Back to the quarterly scores"))
    return proposed(back) if taken.proposed else redirect(back, 303)


def _quarter() -> Quarter:
    told = request.form.get("period", "")
    try:
        return Quarter.parse(told)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error


def _unit(zone: Zone) -> Unit:
    told = request.form.get("unit", "")
    unit = zone.unit_by_code.get(told)
    if unit is None:
        raise ValueError(_("There is no such unit: %(value)s", value=told[:40]))
    return unit


def _decide(quarter: Quarter, unit: Unit, grounds: Sequence[str], now: datetime) -> Taken:
    confirmed = CHOICES.get(request.form.get("confirmed", ""))
    if confirmed is None:
        raise ValueError(_("Say whether the veto is confirmed or dismissed."))
    reason = in_one_line(request.form.get("reason", ""))
    seen = request.form.getlist("ground")
    actor = current().account.name
    return decisions.decide_veto(
        Desk.of(current().settings, actor, now),
        quarter=quarter,
        unit=unit.code,
        confirmed=confirmed,
        grounds=grounds,
        reason=reason,
        seen=seen,
    )


def _answer(sentence: str, status: int, back: str) -> Response:
    """A small page that says what was not done, and leads back."""
    way_back = _("Back to the quarterly scores")
    return answer(sentence, status, heading=_("Not decided"), way=back, way_words=way_back)
