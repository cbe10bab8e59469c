"""The right of reply over HTTP: a unit answers its marks and gives evidence, the office decides on those that it contests.

Plain forms, each checked as if its sender were hostile: another site, another unit's mark, words that no form of ours sends.
What a form is about stands in its address, what somebody chose or wrote in its fields.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SCORES
from dashboards.results import quarter_procedure
from dashboards.results.quarter_procedure import MarkInProcedure, Procedure
from dashboards.web.attached_file import kept_file
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.guard import EVIDENCE
from dashboards.web.notice import answer
from dashboards.web.reason import in_one_line
from dashboards.web.second_account_routes import proposed
from data.intake import decisions
from data.intake.deciding import Taken
from data.intake.decision_checks import Undecidable
from data.intake.decisions import MarkAnswer
from data.language import gettext as _
from data.store import StoreError
from data.zone.periods import Quarter
from data.zone.zone import NotInitialised, Unit

MOST_ANSWERS = 60
CHOICES = {"yes": True, "no": False}
_ANSWER = re.compile(r"(?P<measure>\d{1,3}):(?P<mark>\d{1,4}(?:\.\d{1,6})?):(?P<entry>\d{1,9}):(?P<decision>\d{1,9})")
"""What a form is about: the measure, its mark, the last reply and the last decision as the page showed them (0: none)."""
_MARK = re.compile(r"\d{1,4}(?:\.\d{1,2})?")


def attach(server: Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule("/reply", "reply", reply, methods=["POST"])
    server.add_url_rule("/decide/mark", "decide-mark", decide_mark, methods=["POST"])
    server.add_url_rule(EVIDENCE, "attach-evidence", attach_evidence, methods=["POST"])


def _answer(sentence: str, status: int) -> Response:
    try:
        back = _back()
    except (StoreError, NotInitialised):
        back = SCORES.path
    way_back = _("Back to the quarterly scores")
    return answer(sentence, status, heading=_("Not done"), way=back, way_words=way_back)


_decided = decided(_answer)


@_decided
def reply() -> AnyResponse:
    """A unit's account agrees to marks of its own unit, or contests one of them; then back to them."""
    scope, (quarter, unit) = current().scope, _about()
    if not scope.answers_for(unit.code):
        raise NotYours(_("Only the unit's own account answers its marks."))
    agrees = CHOICES.get(request.form.get("agrees", ""))
    if agrees is None:
        raise ValueError(_("Say whether the unit agrees to the mark or contests it."))
    answers = [MarkAnswer(one.measure, one.mark, one.entry) for one in _seen()]
    if not agrees and len(answers) != 1:
        raise ValueError(_("Contest one mark at a time, each with its own reason."))
    reason = in_one_line(request.form.get("reason", ""))
    taken = decisions.reply_to_marks(
        desk(), quarter=quarter, unit=unit.code, answers=answers, agrees=agrees, reason=reason
    )
    return _done(taken)


@_decided
def attach_evidence(number: int) -> AnyResponse:
    """Keep a file as evidence for a reply of the unit's own account."""
    with current().reading() as reading:
        unit = quarter_procedure.unit_of_reply(reading, number)
    if unit is None or not current().scope.sees(unit):
        raise NotThere(_("There is no such reply."))
    if not current().scope.answers_for(unit):
        raise NotYours(_("Only the unit's own account answers its marks."))
    with kept_file() as told:
        taken = decisions.add_evidence(desk(), number, **told)
    return jsonify(attached=told["file_name"], queued=taken.queued)


@_decided
def decide_mark() -> AnyResponse:
    """The office upholds a contested mark or puts another in its place; then back to the unit's marks."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office decides on contested marks."))
    quarter, unit = _about()
    seen = _seen()
    if len(seen) != 1:
        raise ValueError(_("The request could not be understood."))
    with current().reading() as reading:
        mark = _mark(quarter_procedure.fetch(reading, quarter), unit, seen[0].measure)
    if mark.reply is None or mark.reply.entry != seen[0].entry:
        raise Undecidable(_("The unit has answered otherwise meanwhile. Read the page again."))
    counts = seen[0].mark if request.form.get("outcome") == "uphold" else _typed()
    reason = in_one_line(request.form.get("reason", ""))
    taken = decisions.decide_mark(
        desk(), reply=seen[0].entry, before=seen[0].mark, mark=counts, replaces=seen[0].decision, full=mark.full,
        reason=reason,
    )  # fmt: skip
    return proposed(_back()) if taken.proposed else _done(taken)


def _mark(procedure: Procedure, unit: Unit, measure: int) -> MarkInProcedure:
    """The mark that is decided on; ValueError where the unit has no such measure."""
    found = procedure.units.get(unit.code)
    marks = () if found is None else found.marks
    one = next((mark for mark in marks if mark.number == measure), None)
    if one is None:
        raise ValueError(_("There is no such measure."))
    return one


class _Seen:
    """A mark as the page showed it."""

    def __init__(self, told: str) -> None:
        found = _ANSWER.fullmatch(told)
        if found is None:
            raise ValueError(_("The request could not be understood."))
        self.measure, self.mark = int(found["measure"]), Decimal(found["mark"])
        self.entry, self.decision = int(found["entry"]), int(found["decision"])


def _seen() -> list[_Seen]:
    told = request.args.getlist("mark")
    if not 0 < len(told) <= MOST_ANSWERS or len(set(told)) != len(told):
        raise ValueError(_("Choose at least one mark."))
    return [_Seen(one) for one in told]


def _typed() -> Decimal:
    """The mark that was typed; ValueError with what is meant."""
    if request.form.get("outcome") != "change":
        raise ValueError(_("Say whether the mark is upheld or changed."))
    text = unicodedata.normalize("NFKC", request.form.get("mark", "")[:20]).strip()
    if _MARK.fullmatch(text) is None:
        raise ValueError(_("Type the mark as a number with up to two decimals, such as 8.5."))
    return Decimal(text)


def _about() -> tuple[Quarter, Unit]:
    """Whose marks of which quarter; ValueError for what does not exist."""
    told, code = request.args.get("period", ""), request.args.get("unit", "")
    unit = current().zone().unit_by_code.get(code)
    if unit is None:
        raise ValueError(_("There is no such unit: %(value)s", value=code[:40]))
    try:
        return Quarter.parse(told), unit
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error


def _back() -> str:
    """To the unit's marks, as far as the address says whose they are."""
    told = {name: request.args.get(name, "")[:40] for name in ("period", "unit")}
    unit = current().zone().unit_by_code.get(told["unit"])
    group = {} if unit is None else {"group": unit.group}
    return SCORES.path + address.query(**{**told, **group} if all(told.values()) else {}) + "#replies"


def _done(taken: Taken) -> AnyResponse:
    if taken.queued:
        return waits(_back(), _("Back to the quarterly scores"))
    return redirect(_back(), 303)
