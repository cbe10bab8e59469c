"""A second account's answer to what the office would decide on its own unit, over HTTP: a plain form each."""

from __future__ import annotations

from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from dashboards.components.page_list import ADMINISTRATION
from dashboards.web.context import current
from dashboards.web.decided import NotYours, decided, desk
from dashboards.web.notice import answer
from data.language import gettext as _
from data.people import second_account


def attach(server: Flask) -> None:
    """Add the route."""
    server.add_url_rule("/second-account/<int:number>", "second-account", decide, methods=["POST"])


def _answer(sentence: str, status: int) -> Response:
    return answer(sentence, status, heading=_("Not decided"), way=ADMINISTRATION.path, way_words=_("Administration"))


@decided(_answer)
def decide(number: int) -> Response:
    """Confirm or refuse a proposal; what cannot be done is said in a sentence."""
    if not (current().scope.decides or current().scope.administers):
        raise NotYours(_("Only an account of the office or an administrator's confirms decisions on the office."))
    act = {"yes": second_account.confirm, "no": second_account.refuse}.get(request.form.get("confirmed", ""))
    if act is None:
        raise ValueError(_("Say whether the decision is confirmed or refused."))
    act(desk(), number)
    return redirect(ADMINISTRATION.path, 303)


def proposed(back: str) -> Response:
    """What whoever proposed a decision is told."""
    sentence, heading = second_account.waits_for_another(), _("Waits for a second account")
    return answer(sentence, 200, heading=heading, way=back, way_words=_("Back"))
