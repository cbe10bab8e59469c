"""How entries of the committee's calendar are said: kinds, states, titles and what stands beneath them, on the page as in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dashboards.components import numbers, parts, plan_words, words
from dashboards.components.published_words import title as published_title
from dashboards.results import names, plan_names
from dashboards.results.calendar_days import (
    BatchDue,
    CalendarEntry,
    FiguresOpen,
    FiguresPublished,
    ItemDue,
    KindDue,
    ListsIssued,
    OwnEvent,
    PlanDue,
    PromiseDue,
    ReportDue,
    StepDue,
    WorkbooksDue,
)
from dashboards.results.scores import reason_words
from data.intake.calendar_events import SPEECH, CalendarEvent
from data.language import gettext as _
from data.zone.zone import Zone

MOST_NAMED = 6
"""So many units are named in a line; of more the rest is counted."""


def kind(code: str) -> str:
    """What an entry is chosen by."""
    named = {
        "meeting": _("meeting"),
        "hearing": _("hearing of duty reports"),
        "speech": _("speaking last"),
        "supervision": _("round of supervision"),
        "interview": _("interview (called in)"),
        "campaign": _("campaign"),
        "other": _("other event"),
        "due": _("deadline of workbooks"),
        "publication": _("publication of figures"),
        "plan": _("key tasks due"),
        "frontline": _("front-line duty due"),
        "accident": _("accident report due"),
        "list": _("issue of lists"),
    }
    return named[code]


def state(entry: CalendarEntry) -> tuple[str, str, str]:
    """Symbol, word and tone of how an entry stands."""
    named = {
        "to_come": ("…", _("ahead"), "calm"),
        "open": ("!", _open(entry), "warn"),
        "done": ("✓", _("took place") if isinstance(entry.about, OwnEvent) else _("done (calendar)"), "good"),
        "overdue": ("✗", _("not all done"), "bad"),
        "past": ("–", _("past"), "calm"),
        "cancelled": ("×", _("cancelled"), "calm"),
    }
    return named[entry.state]


def _open(entry: CalendarEntry) -> str:
    return _("not recorded yet") if isinstance(entry.about, OwnEvent) else _("can be published")


def title(entry: CalendarEntry, zone: Zone) -> str:
    """An entry in a line."""
    match entry.about:
        case OwnEvent(event):
            return _of_speech(event, zone) if event.content.kind == SPEECH else event.content.title
        case WorkbooksDue(period, kinds, extended):
            said = _("%(period)s: workbooks due", period=numbers.period(period))
            if len(kinds) == 1:
                said = _("%(period)s: %(kind)s due", period=numbers.period(period), kind=words.kind(kinds[0].kind))
            return parts.behind(said, _("extended")) if extended else said
        case StepDue(quarter, "reply"):
            return _("%(period)s: last day to answer marks", period=numbers.period(quarter))
        case StepDue(quarter):
            return _("%(period)s: last day to decide on contested marks", period=numbers.period(quarter))
        case FiguresOpen(report, period):
            return _("%(what)s can be published", what=published_title(report, period))
        case FiguresPublished(report, period, day, revision):
            what = published_title(report, period, "" if day is None else day.isoformat())
            return _("%(what)s published, revision no. %(n)s", what=what, n=revision)
        case PlanDue(items):
            return _("%(n)s key tasks due", n=len(items))
        case BatchDue(batch):
            return _("Front-line duty due: %(batch)s", batch=names.batch(batch))
        case ReportDue(number):
            return _("Investigation report due: accident %(number)s", number=number)
        case ListsIssued(month):
            return _("Lists of whom to inspect issued: %(month)s", month=numbers.period(month))
        case PromiseDue(_who, name, _of_enterprise, period):
            return _("%(unit)s: promised in the interview over %(period)s", unit=name, period=numbers.period(period))  # fmt: skip


def _of_speech(event: CalendarEvent, zone: Zone) -> str:
    """A speech with who speaks, unless its title says so."""
    content = event.content
    who = content.enterprise or short_units(content.units, zone)
    return content.title if who in content.title else parts.behind(content.title, who)


def details(entry: CalendarEntry, zone: Zone) -> list[str]:
    """What stands beneath the line, a sentence each."""
    match entry.about:
        case OwnEvent(event):
            return list(_of_event(event, entry, zone))
        case WorkbooksDue(_period, kinds):
            return [_of_kind(one, entry, zone) for one in kinds]
        case PlanDue(items):
            return [item(one) for one in items]
        case BatchDue(_batch, complete, enterprises):
            return [_("%(complete)s of %(n)s enterprises have all four.", complete=numbers.count(complete), n=numbers.count(enterprises))]  # fmt: skip
        case ReportDue(_number, enterprise, happened_on):
            return [_("%(enterprise)s, accident of %(day)s.", enterprise=enterprise, day=numbers.spoken_day(happened_on))]  # fmt: skip
    return []


def _of_event(event: CalendarEvent, entry: CalendarEntry, zone: Zone) -> Iterator[str]:
    content = event.content
    if event.cancelled:
        yield _("Cancelled: %(reason)s", reason=event.reason)
    if content.place:
        yield _("Place: %(place)s", place=content.place)
    if content.quarter is not None:
        who = content.enterprise or short_units(content.units, zone)
        yield _("Speaks last for %(quarter)s: %(who)s", quarter=numbers.period(content.quarter), who=who)
    elif content.units:
        yield _("Concerns: %(units)s", units=short_units(content.units, zone))
    if event.held_on is not None and entry.day != content.day:
        yield _("It was planned for %(day)s.", day=numbers.spoken_day(content.day))
    if content.note:
        yield content.note


def _of_kind(one: KindDue, entry: CalendarEntry, zone: Zone) -> str:
    told = {"kind": words.kind(one.kind), "n": len(one.units), "filed": len(one.units) - len(one.missing)}
    if len(one.units) == 1:
        return _of_one(one)
    if one.if_changed:
        return _("%(kind)s, if anything changed: %(filed)s filed", **told)
    if not one.missing:
        return _("%(kind)s: all %(n)s filed", **told)
    if entry.state == "to_come":
        return _("%(kind)s: %(filed)s of %(n)s filed so far", **told)
    return _("%(kind)s: %(filed)s of %(n)s filed; not %(units)s", units=short_units(one.missing, zone), **told)


def _of_one(one: KindDue) -> str:
    """A kind that one unit files."""
    kind = words.kind(one.kind)
    if not one.missing:
        return _("%(kind)s: filed", kind=kind)
    return _("%(kind)s, if anything changed: not filed", kind=kind) if one.if_changed else _("%(kind)s: not filed", kind=kind)  # fmt: skip


def item(one: ItemDue) -> str:
    """An item of the plan that is due, and how it stands; where units are behind, how many."""
    told = {"number": plan_names.item_number(one.number), "title": one.title, "behind": one.behind, "n": one.filers}
    if one.filers > 1 and one.behind:
        return _("%(number)s %(title)s: %(behind)s of %(n)s units behind", **told)
    state = _("nothing to count") if one.state is None else plan_words.state(one.state)
    return _("%(number)s %(title)s: %(state)s", state=state, **told)


def short_units(codes: Sequence[str], zone: Zone) -> str:
    """Units by their short names; of many the first, and how many more."""
    said = _(", ").join(zone.unit_by_code[code].short_name for code in codes[:MOST_NAMED])
    more = len(codes) - MOST_NAMED
    return _("%(units)s and %(n)s more", units=said, n=more) if more > 0 else said


def when(entry: CalendarEntry) -> str:
    """The day and the time, or the days."""
    if entry.until != entry.day:
        return _("%(first)s to %(last)s", first=numbers.day_of_year(entry.day), last=numbers.day_of_year(entry.until))
    said = day(entry.day)
    return said if entry.starts_at is None else f"{said} {entry.starts_at:%H:%M}"


def day(value: date) -> str:
    """10月20日（周四）."""
    return _("%(day)s (%(weekday)s)", day=numbers.day_of_year(value), weekday=weekdays()[value.weekday()])


def weekdays() -> list[str]:
    """The week from Monday on, short."""
    return [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]


def reasons(keys: Sequence[str]) -> str:
    """Why somebody speaks last."""
    return _("; ").join(map(reason_words, keys))
