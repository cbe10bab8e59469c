"""What people decide about one workbook over HTTP: its sender's word, a return, matched headers, attachments.

Plain forms, each checked as if its sender were hostile: another site, a role that may not, a workbook that the account
does not see, words that no form of ours sends.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results import headers, workbooks
from dashboards.results.workbooks import Sent
from dashboards.web.attached_file import kept_file
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, queued, waits
from dashboards.web.guard import ATTACH
from dashboards.web.intake_routes import quota
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from dashboards.web.second_account_routes import proposed
from data.intake import decisions, intake_decisions
from data.intake.deciding import Taken
from data.intake.decision_checks import Outdated, Undecidable
from data.language import gettext as _
from data.people.second_account import waits_for_another

log = logging.getLogger("app.workbooks")
MOST_AT_ONCE = 200
NONE, NOT_OURS = "-", "!"
"""What is said of a header: nothing (a select has no empty value), or that it is none of our columns."""
HIDDEN_OUT, HIDDEN_IN = "without", "with"
"""Whether hidden rows count; where nothing is said, as was chosen before."""
ATTACHED_TO = frozenset({"checked", "confirmed", "accepted"})
_WORD = re.compile(r"([0-9]{1,9}):([0-9]{0,6})")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of one workbook of several: ``again`` is its number where it should be checked once more."""

    name: str
    sentence: str
    done: bool
    way: str
    again: int | None = None
    queued: bool = False


def attach(server: Flask) -> None:
    """Add the routes to a server."""
    for rule, view in (
        ("/confirm", confirm),
        ("/withdraw/<int:number>", withdraw),
        ("/check-again/<int:number>", check_again),
        ("/return/<int:number>", return_workbook),
        ("/retry/<int:number>", retry),
        ("/discard/<int:number>", discard),
        ("/match/<int:number>", match),
        ("/forget-header/<int:number>", forget_header),
        (ATTACH, attach_file),
    ):
        server.add_url_rule(rule, view.__name__, view, methods=["POST"])


def _answer(sentence: str, status: int) -> Response:
    number = (request.view_args or {}).get("number")
    back = SUBMISSIONS.path if number is None or status == 404 else _card(number, None)  # what is not there
    return answer(sentence, status, way=back, way_words=_("Back to the workbook"))


def _checked(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """A view for whoever sends workbooks."""

    @wraps(view)
    def of_a_sender(**told: int) -> AnyResponse:
        if not current().scope.files:
            raise NotYours(_("This account sends no workbooks; only units and the office do."))
        return view(**told)

    return decided(_answer)(of_a_sender)


def _workbook(number: int) -> Sent:
    """A workbook of which the account is of the sender's side."""
    with current().reading() as reading:
        return _of_the_senders(workbooks.named(reading, [number]).get(number))


def _of_the_senders(found: Sent | None) -> Sent:
    if found is None:
        raise NotThere(_("There is no such workbook."))
    if not found.sends:
        raise NotYours(_("Only the unit that sent it and the office decide on a workbook."))
    return found


def _card(number: int, period: str | None) -> str:
    return SUBMISSIONS.path + address.query(period=period, submission=number) + "#one"


@_checked
def confirm() -> AnyResponse:
    """File checked workbooks, each against the version that was looked at; each is answered by name."""
    told = request.form.getlist("workbook")
    words = [_WORD.fullmatch(one) for one in told[: MOST_AT_ONCE + 1]]
    if not words or len(words) > MOST_AT_ONCE or None in words:
        raise ValueError(_("Choose at least one workbook, and at most %(n)s at a time.", n=MOST_AT_ONCE))
    wanted = {int(one[1]): int(one[2]) if one[2] else None for one in words if one is not None}
    with current().reading() as reading:
        found = workbooks.named(reading, wanted)
    if not set(wanted) <= set(found):
        raise NotThere(_("There is no such workbook."))
    if not all(sent.sends for sent in found.values()):
        raise NotYours(_("Only the unit that sent it and the office decide on a workbook."))
    answers = [_confirmed(found[number], against) for number, against in sorted(wanted.items())]
    if len(answers) == 1 and answers[0].done and not answers[0].queued:
        return redirect(answers[0].way, 303)
    return _answers(answers)


def _confirmed(sent: Sent, against: int | None) -> Answered:
    way = _card(sent.number, sent.period)
    try:
        taken = decisions.confirm(desk(), sent.number, against)
    except Outdated as error:
        again = sent.number if sent.status == "checked" else None
        return Answered(sent.file_name, str(error), done=False, way=way, again=again)
    except Undecidable as error:
        return Answered(sent.file_name, str(error), done=False, way=way)
    if taken.queued or taken.proposed:
        waits = waits_for_another() if taken.proposed else queued()
        return Answered(sent.file_name, waits, done=True, way=way, queued=True)
    return Answered(sent.file_name, _("Confirmed; it is being filed."), done=True, way=way)


def _answers(answers: list[Answered]) -> Response:
    done = all(one.done for one in answers)
    heading = _("Confirmed") if done else _("Not everything was confirmed")
    return render(
        "answers.html", heading, 200 if done else 409, answers=answers, again_words=_("Check it again"),
        look_words=_("Look at it"), way=SUBMISSIONS.path, way_words=_("Back to the submissions"),
    )  # fmt: skip


@_checked
def withdraw(number: int) -> AnyResponse:
    """A checked workbook is not filed after all."""
    sent = _workbook(number)
    return _done(decisions.withdraw(desk(), number), sent)


def _done(taken: Taken, sent: Sent) -> AnyResponse:
    """Back to the workbook; where the decision has to wait for its turn or a second account, that first."""
    way = _card(sent.number, sent.period)
    if taken.proposed:
        return proposed(way)
    if not taken.queued:
        return redirect(way, 303)
    return waits(way, _("Back to the workbook"))


@_checked
def check_again(number: int) -> AnyResponse:
    """Have a workbook checked once more as it stands now, with or without its hidden rows; on to its new number."""
    told = request.form.get("without_hidden")
    if told not in {None, HIDDEN_OUT, HIDDEN_IN}:
        raise ValueError(_("The request could not be understood."))
    return _checked_again(_workbook(number), None if told is None else told == HIDDEN_OUT)


def _checked_again(sent: Sent, without_hidden: bool | None = None) -> AnyResponse:
    with current().reading() as reading:
        quota(current(), reading.clock).refuse_when_waiting(reading.connection)
    receipt = decisions.check_again(desk(), sent.number, current().scope.unit, without_hidden=without_hidden)
    return redirect(_card(receipt.number, sent.period), 303)


@_checked
def return_workbook(number: int) -> AnyResponse:
    """The office returns an accepted workbook to its sender, with a reason."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office returns workbooks."))
    sent = _workbook(number)
    return _done(decisions.return_workbook(desk(), number, in_one_line(request.form.get("reason", ""))), sent)


@_checked
def retry(number: int) -> AnyResponse:
    """The office has a workbook tried again on which the program failed."""
    sent = _aside(number)
    return _done(decisions.retry(desk(), number), sent)


@_checked
def discard(number: int) -> AnyResponse:
    """The office gives up a workbook on which the program failed, with a reason."""
    sent = _aside(number)
    return _done(decisions.discard(desk(), number, in_one_line(request.form.get("reason", ""))), sent)


def _aside(number: int) -> Sent:
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office decides on a workbook on which the program failed."))
    return _workbook(number)


@_checked
def match(number: int) -> AnyResponse:
    """Remember which missing column an unknown header means, and have the workbook checked with that."""
    with current().reading() as reading:
        sent = _of_the_senders(workbooks.one(reading, number))
    tables = headers.to_match(sent)
    if not tables or sent.unit is None or sent.kind is None:
        raise Undecidable(_("No header of this workbook is left to be matched."))
    matches = _matches(tables)
    if not matches:
        raise ValueError(_("Choose the column of at least one header."))
    decisions.match_headers(desk(), sent.unit, sent.kind, matches)
    return _checked_again(sent)


def _matches(tables: list[headers.UnderstoodTable]) -> list[dict[str, str | None]]:
    """What was chosen; ValueError for a header that the workbook does not have, or a column that is not missing."""
    fields = {f"{table.key}.{header.letters}": (table, header) for table in tables for header in table.unknown}
    chosen = {name: value for name, value in request.form.items() if name != "csrf_token"}
    if not set(chosen) <= set(fields):
        raise ValueError(_("The request could not be understood."))
    matches: list[dict[str, str | None]] = []
    for name, column in chosen.items():
        table, header = fields[name]
        if column == NONE:
            continue
        if column == NOT_OURS:
            of = {"table": table.key, "header": header.compared, "written": header.written}
            matches.append({**of, "column": intake_decisions.NOT_OURS})
            continue
        if column not in {one.key for one in table.missing}:
            raise ValueError(
                _("“%(header)s” cannot be this column: choose one that is missing.", header=header.written)
            )
        if any(one["table"] == table.key and one["column"] == column for one in matches):
            raise ValueError(_("Two headers cannot be the same column. Choose one of them."))
        matches.append({"table": table.key, "header": header.compared, "written": header.written, "column": column})
    return matches


@_checked
def forget_header(number: int) -> AnyResponse:
    """A header that was matched by hand means nothing any more, from the next workbook on."""
    sent = _workbook(number)
    if sent.unit is None or sent.kind is None:
        raise NotThere(_("There is no such workbook."))
    told = request.form.get("table"), request.form.get("header")
    with current().reading() as reading:
        known = headers.remembered(reading, sent.unit, sent.kind)
    one = next((found for found in known if (found.table, found.header) == told), None)
    if one is None:
        raise Undecidable(_("This header is not remembered any more."))
    taken_back = {"table": one.table, "header": one.header, "written": one.written, "column": None}
    return _done(decisions.match_headers(desk(), sent.unit, sent.kind, [taken_back]), sent)


@_checked
def attach_file(number: int) -> AnyResponse:
    """Keep a scan or a piece of evidence with a workbook."""
    sent = _workbook(number)
    if sent.state not in ATTACHED_TO:
        raise Undecidable(_("Attachments belong to a workbook that was checked or filed."))
    with kept_file() as told:
        taken = decisions.attach(desk(), number, **told)
    return jsonify(attached=told["file_name"], queued=taken.queued)
