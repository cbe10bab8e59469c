"""What a unit promised when it was interviewed: read by who calls units in, written down by the office. A page without Dash."""

from __future__ import annotations

from datetime import date

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, numbers
from dashboards.components.page_list import RANKING
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from data.intake import decisions, stationery
from data.intake.decisions import LONGEST_REASON
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, parse_period
from data.zone.zone import Unit

PROMISES = "/promises"


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not done"), way=RANKING.path, way_words=RANKING.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule(PROMISES, "promises", _decided(promises))
    server.add_url_rule(PROMISES, "promise", _decided(record), methods=["POST"])


def link(unit: str, period: object) -> str:
    """The address of a unit's promises."""
    return PROMISES + address.query(unit=unit, period=period)


def promises() -> AnyResponse:
    """All promises of a unit, and to the office the form."""
    if not current().scope.calls_in:
        raise NotYours(_("These papers are the committee's office's."))
    with current().reading() as reading:
        return _page(reading, _unit(reading, request.args.get("unit", "")), _period(request.args.get("period", "")))


def _page(reading: Reading, unit: Unit, period: Period) -> AnyResponse:
    found = stationery.promises_of(reading.connection, reading.zone.code, unit.code)
    reader = Viewpoint(reading.scope.sees_names(unit.code))
    told = [
        (numbers.period(parse_period(one.period)), reader.words(one.text), "" if one.due is None else numbers.spoken_day(one.due),
         one.due is not None and one.due < reading.today)
        for one in found
    ]  # fmt: skip
    words = {
        "none": _("Nothing was written down of this unit yet."), "lead": _("The next interview sheet says what was promised."),
        "period": _("Interview over"), "text": _("What it promised"), "due": _("By which day"), "due_note": _("may be left open"),
        "past": _("day passed"), "keep": _("Write it down"), "new": _("Write down a promise: %(period)s", period=numbers.period(period)), "back": RANKING.title,
    }  # fmt: skip
    return render(
        "promises.html", _("%(unit)s: what it promised", unit=unit.name), words=words, told=told, wide=True, unit=unit.code,
        period=str(period), writes=reading.scope.decides, longest=LONGEST_REASON,
        way=_way(unit, period),
    )  # fmt: skip


def _way(unit: Unit, period: Period) -> str:
    if isinstance(period, Month):
        return RANKING.path + address.query(period=period, unit=unit.code) + "#unit"
    return RANKING.path


def record() -> AnyResponse:
    """The office writes down what was promised; then back to the list."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office writes down what units promise."))
    period = _period(request.form.get("period", ""))
    with current().reading() as reading:
        found = _unit(reading, request.form.get("unit", ""))
        if reading.zone.calendar.first_day(period) > reading.today:
            raise ValueError(_("The period has not begun."))
    text, due = in_one_line(request.form.get("text", "")), _day(request.form.get("due", ""))
    taken = decisions.record_promise(desk(), unit=found.code, period=period, text=text, due=due)
    if taken.queued:
        return waits(link(found.code, period), found.name)
    return redirect(link(found.code, period), 303)


def _unit(reading: Reading, code: str) -> Unit:
    found = reading.zone.unit_by_code.get(code)
    if found is None:
        raise NotThere(_("There is no such unit: %(value)s", value=code[:40]))
    return found


def _period(told: str) -> Month | Quarter:
    try:
        period = parse_period(told)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error
    if not isinstance(period, Month | Quarter):
        raise ValueError(_("A promise belongs to the interview of a month or a quarter."))  # noqa: TRY004  # it is what somebody typed
    return period


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError as error:
        raise ValueError(_("There is no such day: %(value)s", value=told[:40])) from error
