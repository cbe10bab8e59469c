"""What a unit or an enterprise promised when it was interviewed: read by who calls them in, written down by the office. A page without Dash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Flask, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, numbers
from dashboards.components.page_list import ENTERPRISE, RANKING
from dashboards.components.paper_links import PROMISES
from dashboards.components.paper_links import promises as link
from dashboards.meeting import enterprise_records
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from data.intake import decisions, stationery
from data.intake.deciding import LONGEST_REASON, Taken
from data.intake.stationery import Promise
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, parse_period

Interviewed = Month | Quarter


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not done"), way=RANKING.path, way_words=RANKING.title)


_decided = decided(_said)


@dataclass(frozen=True, slots=True)
class Promising:
    """Who promises: a unit by its code, or an enterprise by its credit code or its name as compared; ``promises``: what it did before."""

    who: str
    name: str
    is_unit: bool
    promises: list[Promise]

    def page(self, period: Interviewed) -> str:
        """The address of its promises."""
        return link(self.who, period, of_enterprise=not self.is_unit)

    def way(self, period: Interviewed) -> tuple[str, str]:
        """Where one comes from: its address and what it is called."""
        if not self.is_unit:
            return ENTERPRISE.path + address.query(code=self.who), ENTERPRISE.title
        if isinstance(period, Month):
            return RANKING.path + address.query(period=period, unit=self.who) + "#unit", RANKING.title
        return RANKING.path, RANKING.title


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule(PROMISES, "promises", _decided(promises))
    server.add_url_rule(PROMISES, "promise", _decided(record), methods=["POST"])


def promises() -> AnyResponse:
    """All promises of a unit or an enterprise, and to the office the form."""
    if not current().scope.calls_in:
        raise NotYours(_("These papers are the committee's office's."))
    with current().reading() as reading:
        return _page(reading, _promising(reading, request.args), _period(request.args.get("period", "")))


def _page(reading: Reading, one: Promising, period: Interviewed) -> AnyResponse:
    reader = Viewpoint(reading.scope.sees_names(one.who if one.is_unit else None))
    told = [
        (numbers.period(parse_period(each.period)), reader.words(each.text), "" if each.due is None else numbers.spoken_day(each.due),
         each.due is not None and each.due < reading.today)
        for each in one.promises
    ]  # fmt: skip
    way, back = one.way(period)
    words = {
        "none": _("Nothing was written down of this unit yet.") if one.is_unit else _("Nothing was written down of this enterprise yet."),
        "lead": _("The next interview sheet says what was promised."),
        "period": _("Interview over"), "text": _("What it promised"), "due": _("By which day"), "due_note": _("may be left open"),
        "past": _("day passed"), "keep": _("Write it down"), "new": _("Write down a promise: %(period)s", period=numbers.period(period)), "back": back,
    }  # fmt: skip
    return render(
        "promises.html", _("%(unit)s: what it promised", unit=one.name), words=words, told=told, wide=True, who=one.who,
        called="unit" if one.is_unit else "enterprise", period=str(period), writes=reading.scope.decides, longest=LONGEST_REASON, way=way,
    )  # fmt: skip


def record() -> AnyResponse:
    """The office writes down what was promised; then back to the list."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office writes down what units and enterprises promise."))
    period = _period(request.form.get("period", ""))
    with current().reading() as reading:
        found = _promising(reading, request.form)
        if reading.zone.calendar.first_day(period) > reading.today:
            raise ValueError(_("The period has not begun."))
    text, due = in_one_line(request.form.get("text", "")), _day(request.form.get("due", ""))
    taken = _recorded(found, period, text, due)
    return waits(found.page(period), found.name) if taken.queued else redirect(found.page(period), 303)


def _recorded(one: Promising, period: Period, text: str, due: date | None) -> Taken:
    if one.is_unit:
        return decisions.record_promise(desk(), unit=one.who, period=period, text=text, due=due)
    return decisions.record_enterprise_promise(
        desk(), enterprise=one.who, name=one.name, period=period, text=text, due=due
    )


def _promising(reading: Reading, asked: MultiDict[str, str]) -> Promising:
    """Who is asked for; NotThere where there is none such."""
    if "enterprise" in asked:
        return _enterprise(reading, asked["enterprise"])
    code = asked.get("unit", "")
    unit = reading.zone.unit_by_code.get(code)
    if unit is None:
        raise NotThere(_("There is no such unit: %(value)s", value=code[:40]))
    found = stationery.promises_of(reading.connection, reading.zone.code, unit.code)
    return Promising(unit.code, unit.name, is_unit=True, promises=found)


def _enterprise(reading: Reading, who: str) -> Promising:
    profile = enterprise_records.profile_of(reading, who)
    if profile is None:
        raise NotThere(_("There is no such enterprise: %(value)s", value=who[:40]))
    known_as = enterprise_records.known_as(profile)
    found = stationery.promises_of_enterprise(reading.connection, reading.zone.code, known_as)
    return Promising(profile.identity, profile.name, is_unit=False, promises=found)


def _period(told: str) -> Interviewed:
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
