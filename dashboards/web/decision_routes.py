"""Decisions of the office over HTTP: plain forms, each checked as if its sender were hostile, answered by the page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SCORES
from dashboards.results import scores
from dashboards.web.context import current
from dashboards.web.decided import NotYours, decided, desk, waits
from dashboards.web.notice import answer
from dashboards.web.reason import in_one_line
from dashboards.web.second_account_routes import proposed
from data.intake import decisions
from data.intake.deciding import Taken
from data.language import gettext as _
from data.store import StoreError
from data.zone.periods import Quarter
from data.zone.zone import NotInitialised, Unit, Zone

CHOICES = {"yes": True, "no": False}


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/decide/veto", "decide-veto", decide_veto, methods=["POST"])


def _said(sentence: str, status: int) -> Response:
    """A small page that says what was not done, and leads back to the unit as far as the form says whose veto it is."""
    return answer(sentence, status, heading=_("Not decided"), way=_back(), way_words=_("Back to the quarterly scores"))


@decided(_said)
def decide_veto() -> AnyResponse:
    """Confirm or dismiss a proposed veto, then back to the unit; what cannot be done is said in a sentence."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office decides on vetoes."))
    quarter = _quarter()
    with current().reading() as reading:
        unit = _unit(reading.zone)
        grounds = scores.fetch(reading, quarter).grounds(unit.code)
    taken = _decide(quarter, unit, grounds)
    if taken.queued:
        return waits(_back(), _("Back to the quarterly scores"))
    return proposed(_back()) if taken.proposed else redirect(_back(), 303)


def _back() -> str:
    """To the unit that the form is about; to the page where there is none of that name, or nothing can be read."""
    told = {name: request.form.get(name, "")[:40] for name in ("period", "unit")}
    try:
        unit, quarter = current().zone().unit_by_code.get(told["unit"]), Quarter.parse(told["period"])
    except (ValueError, StoreError, NotInitialised):
        return SCORES.path
    return (
        SCORES.path
        if unit is None
        else SCORES.path + address.query(period=quarter, group=unit.group, unit=unit.code) + "#replies"
    )


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


def _decide(quarter: Quarter, unit: Unit, grounds: Sequence[str]) -> Taken:
    confirmed = CHOICES.get(request.form.get("confirmed", ""))
    if confirmed is None:
        raise ValueError(_("Say whether the veto is confirmed or dismissed."))
    return decisions.decide_veto(
        desk(),
        quarter=quarter,
        unit=unit.code,
        confirmed=confirmed,
        grounds=grounds,
        reason=in_one_line(request.form.get("reason", "")),
        seen=request.form.getlist("ground"),
    )
