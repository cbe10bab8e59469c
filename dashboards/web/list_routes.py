"""Lists of whom to inspect over HTTP: the office issues, draws and records what re-checks found; lists as files; any list judged.

Plain forms, each checked as if its sender were hostile. Nothing is kept of a list that somebody lays down to have it judged.
"""

from __future__ import annotations

import re

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, asked_period, list_words, numbers
from dashboards.components.page_list import INSPECTION_LISTS
from dashboards.results import issued_lists, list_judged, list_sheet, lists_of_month
from dashboards.results.list_held import LARGEST
from dashboards.results.list_judged import ListsJudged
from dashboards.results.lists_of_month import why_not_issued
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.decided import NotYours, decided, desk, waits
from dashboards.web.drop_form import DOCUMENT
from dashboards.web.export_files import MEDIA
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from data.intake.deciding import Taken
from data.intake.decision_checks import Undecidable
from data.intake.issued_lists import issued
from data.intake.list_decisions import NUMBER, draw_of_lists, issue_lists, record_recheck
from data.language import gettext as _
from data.zone.periods import Month

ISSUE, JUDGE = "/lists/issue", "/lists/judge"
OUTCOMES = {"yes": True, "no": False}
LONGEST_LINE = 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _said(sentence: str, status: int) -> Response:
    return answer(sentence, status, heading=_("Not done"), way=INSPECTION_LISTS.path, way_words=INSPECTION_LISTS.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule("/lists/<month>.xlsx", "lists-workbook", _decided(workbook))
    server.add_url_rule(ISSUE, "issue-lists", _decided(issue), methods=["POST"])
    server.add_url_rule("/lists/<int:entry>/draw", "draw-of-lists", _decided(draw), methods=["POST"])
    server.add_url_rule("/lists/<int:entry>/recheck", "record-recheck", _decided(recheck), methods=["POST"])
    server.add_url_rule(JUDGE, "judge-list", _decided(judge), methods=["POST"])


def workbook_link(month: Month, unit: str | None) -> str:
    """The address of a month's lists as a file: of one unit, or all that whoever asks may see."""
    return f"/lists/{month}.xlsx" + (address.query(unit=unit) if unit else "")


def workbook(month: str) -> AnyResponse:
    """The lists as .xlsx: as issued, else marked as a draft; no more of them than the page shows."""
    wanted = request.args.get("unit", "")
    with current().reading() as reading:
        found = lists_of_month.fetch(reading, _month(month, reading))
        content = lists_of_month.content(reading, found)
        units = {unit: of for unit, of in content["units"].items() if wanted in {"", unit}}
        sha256 = None if found.issue is None else found.sha256
        file = list_sheet.workbook({**content, "units": units}, found.zone, sha256)
        name = _("whom to inspect %(month)s", month=numbers.period(found.month))
        whose = found.zone.unit_by_code[wanted].short_name if wanted in units else ""
    named = "-".join(part for part in (name, whose, "" if sha256 else _("draft list")) if part).replace(" ", "-")
    return handed_out(Response(file, mimetype=MEDIA["xlsx"]), f"{named}.xlsx", ("xlsx",))


def issue() -> AnyResponse:
    """Freeze what the page showed; where it would be another by now nobody issues unread."""
    _office_alone()
    with current().reading() as reading:
        month = _month(request.form.get("month", ""), reading)
        why_not = why_not_issued(reading, month)
        if why_not is not None:
            raise Undecidable(why_not)
        as_of, units = issued_lists.to_issue(reading, month)
    seen = issued_lists.shown({unit: of["list"] for unit, of in units.items()})
    if units and request.form.get("seen") != seen:
        raise Undecidable(_("The lists would be others by now. Read the page again, then issue them."))
    return _done(issue_lists(desk(), month, units, as_of), month)


def draw(entry: int) -> AnyResponse:
    """Draw of the lists by the number that was typed."""
    _office_alone()
    source = in_one_line(request.form.get("source", ""))
    return _done(draw_of_lists(desk(), entry, request.form.get("number", ""), source), _month_of(entry))


def recheck(entry: int) -> AnyResponse:
    """Record what the re-check of a line found."""
    _office_alone()
    accurate = OUTCOMES.get(request.form.get("accurate", ""))
    if accurate is None:
        raise ValueError(_("Say whether it was found as the unit had told."))
    line, note = request.form.get("line", "")[:LONGEST_LINE], in_one_line(request.form.get("note", ""))
    taken = record_recheck(desk(), entry, line, accurate=accurate, note=note)
    return _done(taken, _month_of(entry), unit=line.split(",", maxsplit=1)[0])


def _office_alone() -> None:
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office issues lists, draws of them and records re-checks."))


def _month(told: str, reading: Reading) -> Month:
    """The month of a form or an address; ValueError with a sentence for what is none, or can have no lists."""
    try:
        Month.parse(told)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error
    asked = asked_period.coming_month(told, reading)
    if asked.amiss is not None:
        raise ValueError(asked_period.sentence(asked))
    return asked.period


def _month_of(entry: int) -> Month | None:
    with current().reading() as reading:
        found = issued(reading.connection, reading.zone.code, entry)
    return None if found is None else Month.parse(found.month)


def _done(taken: Taken, month: Month | None, unit: str | None = None) -> AnyResponse:
    way = INSPECTION_LISTS.path + address.query(period=month, unit=unit) + "#issue"
    return waits(way, INSPECTION_LISTS.title) if taken.queued else redirect(way, 303)


def judge() -> AnyResponse:
    """What a list that somebody holds was worth, and what a number draws of it. It is measured before it is read, and nothing of it is kept."""
    file = request.files.get(DOCUMENT)
    if file is None or not file.filename:
        raise ValueError(_("No document arrived. Choose one."))
    number, sha256 = _drawn_by()
    raw = file.stream.read(LARGEST + 1)
    with current().reading() as reading:
        found = list_judged.fetch(reading, raw, _month(request.form.get("month", ""), reading))
    return _judged(found, number, sha256)


def _drawn_by() -> tuple[str, str | None]:
    """The number (empty: nothing is to be drawn) and the fingerprint (None: that of the list itself) that were typed."""
    number = request.form.get("number", "").strip()
    sha256 = "".join(request.form.get("sha", "").split()).lower()
    if number and not NUMBER.fullmatch(number):
        raise ValueError(_("The number has digits alone, up to a hundred."))
    if sha256 and not _SHA256.fullmatch(sha256):
        raise ValueError(_("A fingerprint has 64 characters, digits and the letters a to f."))
    return number, sha256 or None


def _judged(found: ListsJudged, number: str, sha256: str | None) -> Response:
    said = {
        "draw": _("Drawn by the number: "), "whole": _("All lists of the file together"), "only": list_words.only_inspected(),
        "sha": _("Fingerprint of what stands in the file: "), "parts": _("By town, size and sector"),
    }  # fmt: skip
    return render(
        "judged.html", _("What the list was worth: %(month)s", month=numbers.period(found.month)), words=said,
        heads=list_words.heads(), whole=list_words.as_one(found), lists=[list_words.as_tables(one, found) for one in found.judged if one.of.named],
        sha=found.sha256, number=number, drawn=list_words.drawn_words(found, number, sha256) if number else [],
        way=INSPECTION_LISTS.path + address.query(period=found.month), way_words=INSPECTION_LISTS.title,
    )  # fmt: skip
