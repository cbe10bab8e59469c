"""A second account's answer to what the office would decide on its own unit, over HTTP: a plain form each."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from dashboards.components.page_list import ADMINISTRATION
from dashboards.web.context import current
from dashboards.web.guard import foreign
from dashboards.web.notice import answer, refusal
from data.intake.decisions import Desk, Undecidable
from data.language import gettext as _
from data.people import second_account


def attach(server: Flask) -> None:
    """Add the route."""
    server.add_url_rule("/second-account/<int:number>", "second-account", decide, methods=["POST"])


def decide(number: int) -> Response:
    """Confirm or refuse a proposal; what cannot be done is said in a sentence."""
    if foreign(request):
        return refusal(_("Another site asked for this decision; it was not taken."))
    if not (current().scope.decides or current().scope.administers):
        return refusal(_("Only an account of the office or an administrator's confirms decisions on the office."))
    act = {"yes": second_account.confirm, "no": second_account.refuse}.get(request.form.get("confirmed", ""))
    if act is None:
        return _answer(_("Say whether the decision is confirmed or refused."), 400)
    context = current()
    try:
        act(Desk.of(context.settings, context.account.name, context.now()), number)
    except Undecidable as error:
        return _answer(str(error), 409)
    return redirect(ADMINISTRATION.path, 303)


def proposed(back: str) -> Response:
    """What whoever proposed a decision is told."""
    sentence, heading = second_account.waits_for_another(), _("Waits for a second account")
    return answer(sentence, 200, heading=heading, way=back, way_words=_("Back"))


def _answer(sentence: str, status: int) -> Response:
    return answer(sentence, status, heading=_("Not decided"), way=ADMINISTRATION.path, way_words=_("Administration"))
