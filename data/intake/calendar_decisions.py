"""Decisions on the committee's calendar: the office adds events, changes them, records that they took place, and cancels them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.intake import calendar_events
from data.intake.calendar_events import LONGEST_NOTE, LONGEST_PLACE, LONGEST_TITLE, CalendarEvent, EventContent
from data.intake.deciding import Desk, Taken, Taking, deciding, reason_given
from data.intake.decision_checks import Undecidable
from data.language import gettext as _
from data.zone.zone import read_zone


def add_event(desk: Desk, content: EventContent, held_on: date | None = None) -> Taken:
    """A new event; ``held_on``: it took place already. Undecidable with the sentence why not."""
    told = {**_fitting(content).as_told(), "held_on": _on(held_on), "cancelled": False, "reason": ""}
    with deciding(desk) as taking:
        _refuse_to_come(taking, held_on)
        return taking.take(calendar_events.ADD, {"event": 0, "replaces": 0, **told})


def change_event(desk: Desk, number: int, seen: int, content: EventContent) -> Taken:
    """What an event is from now on; whether it took place stays. ``seen``: the version that was looked at, by its line."""
    with deciding(desk) as taking:
        found = _found(taking, number)
        told = replace(found, content=_fitting(content)).as_told()
        return taking.take(calendar_events.CHANGE, {"event": number, "replaces": seen, **told})


def hold_event(desk: Desk, number: int, seen: int, held_on: date) -> Taken:
    """It took place, on a day that has come."""
    with deciding(desk) as taking:
        _refuse_to_come(taking, held_on)
        told = replace(_found(taking, number), held_on=held_on).as_told()
        return taking.take(calendar_events.HOLD, {"event": number, "replaces": seen, **told})


def cancel_event(desk: Desk, number: int, seen: int, reason: str) -> Taken:
    """It does not take place, or was recorded by mistake; it stays in the calendar as cancelled, with the reason."""
    said = reason_given(reason, _("Say why the event is cancelled."))
    with deciding(desk) as taking:
        told = replace(_found(taking, number), cancelled=True, reason=said).as_told()
        return taking.take(calendar_events.CANCEL, {"event": number, "replaces": seen, **told})


def name_leader(desk: Desk, year: int, post: str, person: str) -> Taken:
    """Who holds a post that the year's plan lays duties on; empty: nobody is named any more."""
    with deciding(desk) as taking:
        return taking.take(calendar_events.NAME_LEADER, {"year": year, "post": post, "person": person.strip()})


def _found(taking: Taking, number: int) -> CalendarEvent:
    found = calendar_events.event(taking.connection, taking.desk.zone, number)
    if found is None:
        raise Undecidable(_("There is no such event."))
    return found


def _refuse_to_come(taking: Taking, held_on: date | None) -> None:
    today = read_zone(taking.connection, taking.desk.zone).calendar.day_of(taking.desk.at)
    if held_on is not None and held_on > today:
        raise Undecidable(_("The day has not come yet."))


def _on(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _fitting(content: EventContent) -> EventContent:
    """The content without blanks around its texts; Undecidable where one is longer than is kept."""
    texts = {"title": LONGEST_TITLE, "place": LONGEST_PLACE, "enterprise": LONGEST_TITLE, "note": LONGEST_NOTE}
    kept = {name: getattr(content, name).strip() for name in texts}
    for name, longest in texts.items():
        if len(kept[name]) > longest:
            raise Undecidable(_("“%(value)s…” is too long: at most %(longest)s characters.", value=kept[name][:20], longest=longest))  # fmt: skip
    return replace(content, **kept)
