"""Days of the year that follow from the rest by themselves: what is due, what was or can be published, what was issued.

Nothing is worked out here a second time: deadlines are the zone's, states those of the results that pages show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal, NamedTuple

from dashboards.method.work_plan import DueState, ItemStanding
from dashboards.results import (
    casualties,
    frontline,
    publication_calendar,
    quarter_procedure,
    scores,
    submissions,
    work_plan,
)
from dashboards.results.reading import Reading
from data.intake import issued_lists, publications, stationery
from data.intake.calendar_events import CalendarEvent
from data.schema import STORED_KINDS
from data.zone.periods import Month, Period, Quarter, Year, parse_period
from data.zone.zone import ALWAYS, Deadline

REACHED = frozenset({"done", "late"})
KINDS = ("due", "publication", "plan", "frontline", "accident", "list")
REVIEW = "review"
Filed = tuple[str, str, str]
"""Period, kind and unit of a workbook."""
EntryState = Literal["to_come", "open", "done", "overdue", "past", "cancelled"]
"""To come; somebody can or must act on it now; done; overdue; past, and there is nothing to be done or missed; cancelled."""


class OwnEvent(NamedTuple):
    """An event that the office wrote into the calendar."""

    event: CalendarEvent


class KindDue(NamedTuple):
    """A kind of workbook, the units that file it, and those of which nothing counts yet; ``if_changed``: silence is no fault."""

    kind: str
    units: tuple[str, ...]
    missing: tuple[str, ...]
    if_changed: bool


class WorkbooksDue(NamedTuple):
    """The last day on which kinds of a period are filed in time; ``extended``: later than the zone's rule has it."""

    period: Period
    kinds: tuple[KindDue, ...]
    extended: bool


class StepDue(NamedTuple):
    """The last day of a step of a quarter's procedure: ``reply`` or ``decision``."""

    quarter: Quarter
    step: Literal["reply", "decision"]


class FiguresOpen(NamedTuple):
    """From this day on a report can be published without a reason."""

    report: str
    period: Period


class FiguresPublished(NamedTuple):
    """A revision was published, by its line; ``day``: as of which, of casualties alone."""

    report: str
    period: Period
    day: date | None
    revision: int
    entry: int


class ItemDue(NamedTuple):
    """An item of the plan on one of its due days. ``behind`` of its ``filers`` have not reached it; without filers the system
    knows of it by itself. ``state``: None over a denominator of 0, or while nothing is on record.
    """

    number: str
    title: str
    article: str
    behind: int
    filers: int
    state: DueState | None


class PlanDue(NamedTuple):
    """A due day of the year's plan, with its items in order."""

    items: tuple[ItemDue, ...]


class BatchDue(NamedTuple):
    """A batch of front-line duty is due; how many of its enterprises are complete."""

    batch: str
    complete: int
    enterprises: int


class ReportDue(NamedTuple):
    """The investigation report of an accident is due."""

    number: str
    enterprise: str
    happened_on: date


class ListsIssued(NamedTuple):
    """The lists of whom to inspect in a month were issued."""

    month: Month


class PromiseDue(NamedTuple):
    """A unit or an enterprise promised something by this day when it was interviewed; told to who reads such papers.

    ``who``: a unit's code, or by what an enterprise is known.
    """

    who: str
    name: str
    of_enterprise: bool
    period: Period


About = (
    OwnEvent
    | WorkbooksDue
    | StepDue
    | FiguresOpen
    | FiguresPublished
    | PlanDue
    | BatchDue
    | ReportDue
    | ListsIssued
    | PromiseDue
)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something of the year, from ``day`` to ``until``; ``key`` stays the same as long as it is the same thing.

    ``units``: whom it concerns by code, none: everybody.
    """

    key: str
    kind: str
    day: date
    until: date
    state: EntryState
    about: About
    units: tuple[str, ...] = ()
    starts_at: time | None = None


def _on(key: str, kind: str, day: date, state: EntryState, about: About) -> CalendarEntry:
    return CalendarEntry(key, kind, day, day, state, about)


def of_year(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    """Everything of a year that nobody wrote into the calendar."""
    yield from _workbooks(reading, year)
    yield from _steps(reading, year)
    yield from _publishable(reading, year)
    yield from _published(reading, year)
    yield from _plan(reading, year)
    yield from _batches(reading, year)
    yield from _reports(reading, year)
    yield from _lists(reading, year)
    yield from _promises(reading, year)


def _periods_around(year: int) -> list[Period]:
    """The periods of which anything can be due in a year, in order of their ends."""
    last, months = Month(year - 1, 12), [Month(year, number) for number in range(1, 13)]
    return [
        Year(year - 1),
        Quarter(year - 1, 4),
        last,
        Year(year),
        *(Quarter(year, one) for one in range(1, 5)),
        *months,
    ]


def _is_on_record(reading: Reading, period: Period, day: date) -> bool:
    """Whether a day that is past belongs to the record at all: before anybody filed nothing was missed."""
    first = next(iter(reading.months), None)
    if day >= reading.today:
        return True
    if first is None:
        return False
    begins = {Month: first, Quarter: Quarter.of(first), Year: Year(first.year)}[type(period)]
    return not period < begins  # type: ignore[operator]  # both of one kind


def _workbooks(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    zone, scope, periods = reading.zone, reading.scope, _periods_around(year)
    begun = tuple(one for one in periods if zone.calendar.first_day(one) <= reading.today)
    filed = {
        (str(one.period), report.kind, report.unit.code)
        for one in submissions.fetch_each(reading, begun)
        for report in one.reports
        if report.filing is not None
    }
    filed -= _half_reviewed(reading, filed)
    for period in periods:
        of_day: dict[date, dict[Deadline, list[str]]] = defaultdict(lambda: defaultdict(list))
        for deadline, unit in zone.due(period):
            day = zone.extended(deadline, period, unit.code)
            told = scope.sees_all or (scope.sees(unit.code) and not zone.only_office_files(deadline.kind))
            if day is not None and told and deadline.kind in STORED_KINDS:
                of_day[day][deadline].append(unit.code)
        before: Counter[str] = Counter()
        for day, deadlines in sorted(of_day.items()):
            first = min(one.kind for one in deadlines)
            key = f"due-{period}-{first}" + (f"-{before[first]}" if before[first] else "")
            before.update({one.kind for one in deadlines})
            if _is_on_record(reading, period, day):
                yield _due_day(key, period, day, deadlines, filed, reading.today)


def _half_reviewed(reading: Reading, filed: Set[Filed]) -> set[Filed]:
    """Of what was filed the reviews of quarters of which a unit's marks are not reviewed, or not wholly: they are not done yet."""
    reviews = {one: Quarter.parse(one[0]) for one in filed if one[1] == REVIEW}
    quarters = tuple(sorted(set(reviews.values())))
    lacking = {
        scored.quarter
        for scored in (scores.score_each(reading, quarters) if quarters else ())
        if any("unreviewed" in row.figures.flags for group in scored.groups for row in group.rows)
    }
    return {one for one, quarter in reviews.items() if quarter in lacking}


def _due_day(
    key: str,
    period: Period,
    day: date,
    deadlines: Mapping[Deadline, list[str]],
    filed: Set[Filed],
    today: date,
) -> CalendarEntry:
    of: dict[str, KindDue] = {}
    for deadline, units in deadlines.items():
        before = of.get(deadline.kind)
        every = (*(before.units if before else ()), *units)
        missing = tuple(unit for unit in every if (str(period), deadline.kind, unit) not in filed)
        of[deadline.kind] = KindDue(deadline.kind, every, missing, deadline.condition != ALWAYS)
    kinds = tuple(sorted(of.values(), key=lambda one: STORED_KINDS.index(one.kind)))
    owed = [one for one in kinds if not one.if_changed]
    state: EntryState = "to_come"
    if owed and not any(one.missing for one in owed):
        state = "done"
    elif day < today:
        state = "overdue" if owed else "past"
    extended = all(day != deadline.day(period) for deadline in deadlines)
    return _on(key, "due", day, state, WorkbooksDue(period, kinds, extended))


def _steps(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    """Reply and decision, of the quarters that are over, have marks and are not published."""
    connection, zone = reading.connection, reading.zone
    published = set(publications.published_periods(connection, zone.code, "scores"))
    for quarter in reading.quarters:
        over = zone.calendar.last_day(quarter) < reading.today
        if quarter.year not in {year - 1, year} or not over or str(quarter) in published:
            continue
        days = quarter_procedure.days_of(reading, quarter)
        decided = [StepDue(quarter, "decision")] if reading.scope.sees_all else []
        for about in (StepDue(quarter, "reply"), *decided):
            day = days.reply_due if about.step == "reply" else days.decision_due
            if day.year == year:
                state: EntryState = "past" if day < reading.today else "to_come"
                yield _on(f"{about.step}-{quarter}", "due", day, state, about)


def _publishable(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    """What is not published, on the first day on which it can be."""
    known = publications.all_published(reading.connection, reading.zone.code)
    published = {(one.report, one.period) for one in known}
    for line in (*publication_calendar.of_year(reading, year - 1), *publication_calendar.of_year(reading, year)):
        day = line.opens_on or line.usual + timedelta(days=1)
        if day.year != year or (line.report, str(line.period)) in published:
            continue
        if _is_on_record(reading, line.period, day):
            state: EntryState = "open" if line.ready and day <= reading.today else "to_come"
            yield _on(f"publishable-{line.report}-{line.period}", "publication", day, state, FiguresOpen(line.report, line.period))  # fmt: skip


def _published(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    for one in publications.all_published(reading.connection, reading.zone.code):
        day = reading.zone.calendar.day_of(one.at)
        if day.year == year:
            as_of = date.fromisoformat(one.day) if one.day else None
            about = FiguresPublished(one.report, parse_period(one.period), as_of, one.revision, one.entry)
            yield _on(f"published-{one.entry}", "publication", day, "done", about)


def _plan(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    """The plan's due days; of a unit's account those of the items that it files."""
    if year > reading.today.year:
        return
    day = min(reading.today, date(year, 12, 31))
    plan = work_plan.of_day(reading, day)
    of_day: dict[date, list[ItemDue]] = defaultdict(list)
    for one in () if plan is None else plan.standing.items:
        for at, due in enumerate(one.dues):
            of_day[due.day].append(_item_due(one, at))
    for when, items in of_day.items():
        yield _on(f"plan-{when}", "plan", when, _plan_state(items, when, day), PlanDue(tuple(items)))


def _item_due(one: ItemStanding, at: int) -> ItemDue:
    states = [unit.dues[at].state for unit in one.units]
    judged = [state for state in states if state is not None]
    behind = sum(state not in REACHED for state in judged)
    return ItemDue(one.item.number, one.item.title, one.item.article, behind, len(judged), one.dues[at].state)


def _plan_state(items: list[ItemDue], due: date, day: date) -> EntryState:
    judged = [item.state for item in items if item.state is not None]
    if judged and all(state in REACHED for state in judged):
        return "done"
    if due >= day:
        return "to_come"
    return "overdue" if judged else "past"


def _batches(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    if year > reading.today.year:
        return
    for one in frontline.fetch(reading, Year(year)).batches:
        coverage = one.coverage
        if one.due.year == year and coverage.enterprises:
            lacks: EntryState = "overdue" if one.due < reading.today else "to_come"
            state: EntryState = "done" if one.state == "done" else lacks
            yield _on(f"batch-{one.batch}-{one.due}", "frontline", one.due, state, BatchDue(one.batch, coverage.complete, coverage.enterprises))  # fmt: skip


def _reports(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    """Reports of this year's accidents and of last year's, as far as they are due within the year."""
    on_record = set(casualties.years(reading))
    for of in (year - 1, year):
        if of not in on_record or of > reading.today.year:
            continue
        for row in casualties.fetch(reading, Year(of)).accidents:
            if row.report_due.year != year:
                continue
            reported = row.follow_up.reported_on
            open_still: EntryState = "to_come" if row.report_due >= reading.today else "overdue"
            state: EntryState = "done" if reported is not None and reported <= reading.today else open_still
            about = ReportDue(row.accident.number, row.accident.enterprise, row.accident.happened_on)
            yield _on(f"accident-{of}-{row.accident.number}", "accident", row.report_due, state, about)


def _lists(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    for month, at in issued_lists.issue_days(reading.connection, reading.zone.code):
        day = reading.zone.calendar.day_of(at)
        if day.year == year:
            yield _on(f"lists-{month}", "list", day, "done", ListsIssued(Month.parse(month)))


def _promises(reading: Reading, year: int) -> Iterator[CalendarEntry]:
    if not reading.scope.calls_in:
        return
    first, last = date(year, 1, 1), date(year, 12, 31)
    for one in stationery.promises_due(reading.connection, reading.zone.code, first, last):
        assert one.due is not None
        state: EntryState = "past" if one.due < reading.today else "to_come"
        name = one.enterprise or reading.zone.unit_by_code[one.who].short_name
        about = PromiseDue(one.who, name, one.enterprise is not None, parse_period(one.period))
        yield _on(f"promise-{one.number}", "interview", one.due, state, about)
