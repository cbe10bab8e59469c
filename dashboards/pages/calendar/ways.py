"""Where each entry of the calendar leads: to the page that shows what it is about."""

from __future__ import annotations

from datetime import date

from dashboards.components import address, paper_links
from dashboards.components.page_list import (
    CASUALTIES,
    FRONTLINE,
    INSPECTION_LISTS,
    PUBLICATIONS,
    RANKING,
    SCORES,
    SUBMISSIONS,
    SUPERVISION,
    WORK_PLAN,
)
from dashboards.pages.calendar.query import CalendarSeen
from dashboards.results.calendar_days import (
    BatchDue,
    CalendarEntry,
    FiguresOpen,
    FiguresPublished,
    ListsIssued,
    OwnEvent,
    PlanDue,
    PromiseDue,
    ReportDue,
    StepDue,
    WorkbooksDue,
)
from data.intake.calendar_events import CalendarEvent
from data.zone.periods import Year

REPORTS = {"ranking": RANKING, "scores": SCORES, "casualties": CASUALTIES}


def anchor(entry: CalendarEntry) -> str:
    """The identity of an entry in the list of the month."""
    return f"calendar-entry-{entry.key}"


def leads(entry: CalendarEntry, seen: CalendarSeen) -> str:
    """The address of the page that shows what an entry is about; of an event of the office's own its card on this page."""
    match entry.about:
        case OwnEvent(event):
            return seen.asked.link(event=event.number) + "#event"
        case WorkbooksDue(period):
            return SUBMISSIONS.path + address.query(period=period)
        case StepDue(quarter):
            return SCORES.path + address.query(period=quarter)
        case FiguresOpen(_report, period) if seen.decides and entry.state == "open":
            return PUBLICATIONS.path + address.query(period=period, publish=period) + "#publish"
        case FiguresOpen(report, period):
            return REPORTS[report].path + address.query(period=period)
        case FiguresPublished(_report, period, _day, _revision, number):
            return PUBLICATIONS.path + address.query(period=period, entry=number) + "#one"
        case PlanDue():
            return WORK_PLAN.path + address.query(day=_told_by(entry.day, seen))
        case BatchDue(batch):
            return FRONTLINE.path + address.query(day=_told_by(entry.day, seen), batch=batch)
        case ReportDue(number, _enterprise, happened_on):
            return CASUALTIES.path + address.query(period=Year(happened_on.year), accident=number) + "#accident"
        case ListsIssued(month):
            return INSPECTION_LISTS.path + address.query(period=month)
        case PromiseDue(who, _name, of_enterprise, period):
            return paper_links.promises(who, period, of_enterprise=of_enterprise)


def _told_by(day: date, seen: CalendarSeen) -> date | None:
    """A day on which pages of a day can be asked; None for one that is still to come: they then show today."""
    return day if day < seen.today else None


def of_event(event: CalendarEvent) -> str | None:
    """The page with what belongs to an event; None where there is none."""
    content = event.content
    if content.quarter is not None:
        return SCORES.path + address.query(period=content.quarter)
    if content.kind == "supervision":
        return SUPERVISION.path + address.query(day=event.held_on)
    return None
