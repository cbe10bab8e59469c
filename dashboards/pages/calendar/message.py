"""The main message: what is next, what is overdue, and who still has to speak."""

from __future__ import annotations

from dashboards.components import calendar_words, numbers, parts
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.results.calendar_days import CalendarEntry, OwnEvent
from data.language import gettext as _
from data.zone.periods import Month


def main_message(seen: CalendarSeen) -> str:
    """Some short sentences about the month that is shown, and the next event of the office's own."""
    said = parts.sentences(_month(seen), _next(seen), _unrecorded(seen), _awaited(seen))
    own = seen.found.own_unit
    return said if own is None else _("%(unit)s, %(said)s", unit=own.name, said=said)


def _month(seen: CalendarSeen) -> str:
    own = sum(isinstance(one.about, OwnEvent) and one.state != "cancelled" for one in seen.of_month)
    due = sum(not isinstance(one.about, OwnEvent) for one in seen.of_month)
    late = sum(one.state == "overdue" for one in seen.of_month)
    told = {"month": numbers.period(seen.asked.month), "own": own, "due": due, "late": late}
    if late:
        return _("%(month)s: %(own)s events, %(due)s days on which something is due or done; %(late)s of these not all done.", **told)  # fmt: skip
    return _("%(month)s: %(own)s events, %(due)s days on which something is due or done.", **told)


def _next(seen: CalendarSeen) -> str:
    """What the office planned next; told in the present month alone."""
    if seen.asked.month != Month.of(seen.today):
        return ""
    ahead = next((one for one in seen.found.entries if _is_ahead(one, seen)), None)
    if ahead is None:
        return _("No event is planned ahead.")
    return _("Next: %(when)s, %(title)s.", when=calendar_words.when(ahead), title=calendar_words.title(ahead, seen.zone))  # fmt: skip


def _is_ahead(one: CalendarEntry, seen: CalendarSeen) -> bool:
    return isinstance(one.about, OwnEvent) and one.state == "to_come" and one.until >= seen.today


def _unrecorded(seen: CalendarSeen) -> str:
    """Events whose day is past, and of which nobody wrote down that they took place."""
    past = [one for one in seen.found.entries if isinstance(one.about, OwnEvent) and one.state == "open"]
    if not past or not seen.decides:
        return ""
    return _("Of %(n)s past events it is not recorded whether they took place.", n=len(past))


def _awaited(seen: CalendarSeen) -> str:
    n = len(seen.found.awaited)
    if not n:
        return ""
    if seen.found.own_unit is not None:
        return _("It still has to speak last at a safety meeting.")
    return _("%(n)s still have to speak last at a safety meeting.", n=n)
