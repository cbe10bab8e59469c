"""What the plan's sources come to on a day, of those that rest on accidents, the monthly ranking, quarterly scores and deadlines.

As the head of the plan's YAML and METHOD sections 2 to 6 word them. What is done in the system (a workbook filed, a veto decided,
a report published) is done on its day: as of a day it counts if it was done by then, and if that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from .casualties import ZONE, Accident, accidents_of, cap_of, is_counted, is_fatal, is_major
from .ranking import (
    DEADLINE_DAY,
    ZONE_TIME,
    Extension,
    Ledger,
    due_day,
    in_force,
    known_by,
    month_of,
    normal,
    passed,
    ranking,
    record_of,
)
from .scores import Casualties, Ground, last_day_of, vetoed
from .work_plan import Figure, quarter_of
from .years import YearZone

REPORT_WITHIN = timedelta(days=60)
PUBLISHED_FROM = 3
"""The plan was adopted in March: rankings of earlier months it does not want published."""
Found = dict[str, Figure | None]


@dataclass(frozen=True)
class Publication:
    """One revision of a report; ``speakers``: who of its quarter has to speak last, by code or name of the enterprise."""

    report: str
    period: str
    on: date
    speakers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Decision:
    """A proposed veto confirmed or dismissed, on the facts that proposed it then."""

    quarter: str
    unit: str
    on: date
    confirmed: bool
    grounds: frozenset[Ground]


@dataclass(frozen=True)
class Speech:
    """A speech of a unit (its code) or an enterprise, held on one day and recorded on another."""

    quarter: str
    who: str
    held_on: date
    recorded_on: date


@dataclass(frozen=True)
class LongerTime:
    """The office's decision that a kind of a period is in time up to the end of a day, of one unit or (None) of all."""

    kind: str
    period: str
    unit: str | None
    until: date
    decided_on: date


@dataclass(frozen=True)
class Done:
    """All that the office did in the system besides taking workbooks in, and the sums of last year: (unit, month) → inspections.

    ``returned``: kind, unit, quarter and version of a workbook → the day on which it was returned.
    """

    published: tuple[Publication, ...] = ()
    decided: tuple[Decision, ...] = ()
    spoken: tuple[Speech, ...] = ()
    longer: tuple[LongerTime, ...] = ()
    returned: Mapping[tuple[str, str, str, int], date] = field(default_factory=dict)
    sums: Mapping[tuple[str, str], int] = field(default_factory=dict)
    sums_on: date = date.max

    def extensions(self, known_by: date) -> list[Extension]:
        """Longer time to file ledgers of inspections, as far as it had been decided."""
        return [
            Extension(one.period, one.unit, one.until, datetime.combine(one.decided_on, time.min, ZONE_TIME))
            for one in self.longer
            if one.kind == "enforcement" and one.decided_on <= known_by
        ]


@dataclass(frozen=True)
class Asked:
    """Of which year's papers and acts, as of which day, and by the end of which it was known."""

    zone: YearZone
    done: Done
    day: date
    known_by: date

    @property
    def known(self) -> YearZone:
        """The papers that were known."""
        return self.zone.known_by(self.known_by)

    @property
    def by_its_end(self) -> date:
        """The day by whose end something must have been done in the system."""
        return min(self.day, self.known_by)


# Accidents


def of_accidents(asked: Asked) -> Found:
    """The goals of section 4, and how the year's accidents are followed to their close; None while no ledger of the year is known."""
    day, ledgers = asked.day, asked.known.accident_ledgers
    every = [row for row in accidents_of(ledgers, day.year) if row.happened_on <= day]
    due = [row for row in every if _report_due(row) <= day]
    fatal = [row for row in every if is_counted(row) and is_fatal(row)]
    cap = cap_of(ledgers, asked.zone.caps_by_year, day.year, ZONE)
    deaths = sum(row.dead for row in every if is_counted(row))

    def of_due(holds: Callable[[Accident], bool]) -> Figure | None:
        return _rate(sum(map(holds, due)), len(due))

    found: Found = {
        "casualties.zone.major_accidents": _count(sum(map(is_major, fatal))),
        "casualties.zone.progress": None if cap is None else _rate(deaths, cap),
        "casualties.zone.stability_incidents": _count(sum(row.stability for row in every)),
        "casualties.accidents.reported_in_time_rate": of_due(lambda row: _by(row.reported_on, _report_due(row))),
        "casualties.accidents.double_checked_rate": of_due(lambda row: row.both_examined),
        "casualties.accidents.held_responsible_rate": of_due(lambda row: (row.held_responsible or 0) >= 1),
        "casualties.accidents.listed_rate": _rate(sum(_by(row.supervised_on, day) for row in fatal), len(fatal)),
        "casualties.accidents.handed_over": _count(sum(_by(row.transferred_on, day) for row in every)),
        "casualties.accidents.closed_rate": of_due(lambda row: _by(row.closed_on, day)),
    }
    return found if any(ledger.year == day.year for ledger in ledgers) else dict.fromkeys(found)


def _report_due(row: Accident) -> date:
    return row.extended_to or row.happened_on + REPORT_WITHIN


# The monthly ranking


def of_inspections(asked: Asked) -> Found:
    """What was closed and put right of what fell due, inspections beside last year's, and rankings published."""
    day, ledgers = asked.day, known_by(asked.zone.ledgers, asked.known_by)
    due = [
        one for month in _months_over(day) for unit in asked.zone.units for one in _due_cases(ledgers, unit.code, month)
    ]
    wanted = [f"{day.year}-{month:02d}" for month in range(PUBLISHED_FROM, 13)]
    return {
        "ranking.closed_loop_rate": _rate(sum(one.closed for one in due), len(due)),
        "ranking.rectification_rate": _rate(sum(one.rectified for one in due), sum(one.hazards for one in due)),
        "ranking.inspections_to_last_year": _to_last_year(asked, ledgers),
        "ranking.published_months": _count(len(_published(asked, "ranking") & set(wanted))),
    }


def of_flags(asked: Asked) -> Found:
    """Who carries a flag in the last month whose deadline has passed; None where nobody filed anything of it."""
    flagged = _flags(asked, known_by(asked.zone.ledgers, asked.known_by))
    return {
        f"ranking.{flag}_units": None if flagged is None else _count(flagged.count(flag))
        for flag in ("zero_enforcement", "no_problem_found")
    }


@dataclass(frozen=True)
class _DueCase:
    """A case that is due in a month: what was found, what of it was put right, and whether it was closed in time."""

    hazards: int
    rectified: int
    closed: bool


def _due_cases(ledgers: Sequence[Ledger], unit: str, month: str) -> Iterable[_DueCase]:
    """As the unit's ledgers up to the month tell of them, whether or not it filed one of the month itself."""
    record = record_of(ledgers, unit, month)
    for case in (one.row for one in record if one.row is not None):
        if case.hazards >= 1 and month_of(due_day(case)) == month:
            told = [one.rectified for one in record if one.case == normal(case.number) and one.rectified is not None]
            yield _DueCase(case.hazards, (told or [0])[-1], passed(record, case, due_day(case)))


def _months_over(day: date) -> list[str]:
    months = [f"{day.year}-{month:02d}" for month in range(1, 13)]
    return [month for month in months if _last_day(month) <= day]


def _last_day(month: str) -> date:
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _to_last_year(asked: Asked, ledgers: Sequence[Ledger]) -> Figure | None:
    """Both spans end with the month before where one of last year ends within a month of which a sum alone is known."""
    now = asked.day
    before = now.replace(year=now.year - 1, day=28 if (now.month, now.day) == (2, 29) else now.day)
    sums = asked.done.sums if asked.done.sums_on <= asked.known_by else {}
    alone = {key: number for key, number in sums.items() if not in_force(ledgers, *key)}
    running = month_of(before)
    if any(month == running for _, month in alone) and before < _last_day(running):
        if before.month == 1:
            return None
        before = before.replace(day=1) - timedelta(days=1)
        now = now.replace(day=1) - timedelta(days=1)
    of_sums = sum(number for (_, month), number in alone.items() if month in _months_over(before))
    return _rate(_inspections(asked, ledgers, now), _inspections(asked, ledgers, before) + of_sums)


def _inspections(asked: Asked, ledgers: Sequence[Ledger], day: date) -> int:
    """Of all units from 1 January to a day."""
    counting = [
        one for unit in asked.zone.units for month in _months(day) for one in in_force(ledgers, unit.code, month)
    ]
    return sum(case.inspected_on <= day for ledger in counting for case in ledger.cases)


def _months(day: date) -> list[str]:
    return [f"{day.year}-{month:02d}" for month in range(1, day.month + 1)]


def _flags(asked: Asked, ledgers: Sequence[Ledger]) -> list[str] | None:
    month = month_of(asked.day)
    while _deadline(asked, "enforcement", month) >= asked.day:
        month = month_of(date.fromisoformat(f"{month}-01") - timedelta(days=1))
    if not any(one.period == month and one.returned_at is None for one in ledgers):
        return None
    longer = asked.done.extensions(asked.known_by)
    told = ranking(asked.zone.units, ledgers, asked.zone.plans, month, asked.by_its_end, (), longer)
    return [flag for group in told["groups"] for row in group["rows"] for flag in row["flags"]]


def _deadline(asked: Asked, kind: str, period: str) -> date:
    """The last day on which all units may file in time; a unit's own longer time is its own."""
    longer = [
        one.until
        for one in asked.done.longer
        if (one.kind, one.period, one.unit) == (kind, period, None) and one.decided_on <= asked.known_by
    ]
    return max([usual_deadline(period), *longer])


def usual_deadline(period: str) -> date:
    """The last day on which units may file of a month or a quarter, where nobody gave them longer."""
    last = last_day_of(period) if "Q" in period else _last_day(period)
    return (last + timedelta(days=1)).replace(day=DEADLINE_DAY)


# Quarters


def of_quarters(asked: Asked) -> Found:
    """What was published of quarters, who spoke, what was decided on vetoes, and who filed by what was due."""
    return {
        "scores.published_quarters": _count(len(_published(asked, "scores") & set(_quarters(asked.day)))),
        "scores.last_speakers.spoken_rate": _spoken(asked),
        "scores.vetoes.decided_rate": _vetoes(asked),
        "submissions.self_assessment.rate": _filed(asked, "self_assessment"),
        "submissions.tasks.rate": _filed(asked, "tasks"),
    }


def _quarters(day: date) -> list[str]:
    return [f"{day.year}Q{number}" for number in (1, 2, 3, 4)]


def _published(asked: Asked, report: str) -> set[str]:
    """The periods of which a report had been published by the day's end."""
    return {one.period for one in asked.done.published if one.report == report and one.on <= asked.by_its_end}


def _spoken(asked: Asked) -> Figure | None:
    """Who has to speak is said by the last revision of each quarter; None while none of the year is published."""
    due: set[tuple[str, str]] = set()
    for quarter in _published(asked, "scores") & set(_quarters(asked.day)):
        revisions = [one for one in asked.done.published if (one.report, one.period) == ("scores", quarter)]
        latest = [one for one in revisions if one.on <= asked.by_its_end][-1]
        due |= {(quarter, who) for who in latest.speakers}
    held = {
        (one.quarter, one.who)
        for one in asked.done.spoken
        if one.held_on <= asked.day and one.recorded_on <= asked.known_by
    }
    return _rate(len(due & held), len(due))


def _vetoes(asked: Asked) -> Figure | None:
    """Of each unit and quarter; None while no accident ledger of the year is there."""
    end, known = asked.by_its_end, asked.zone.known_by(asked.by_its_end)
    if not any(ledger.year == asked.day.year for ledger in known.accident_ledgers):
        return None
    decided = []
    for quarter in _quarters(asked.day):
        if quarter > quarter_of(asked.day):
            continue
        for unit in asked.zone.units:
            grounds = grounds_on(asked.zone, quarter, unit.code, end)
            if grounds:
                taken = [
                    one
                    for one in asked.done.decided
                    if (one.quarter, one.unit) == (quarter, unit.code) and one.on <= end
                ]
                settled = {ground for one in taken for ground in one.grounds}
                in_review = vetoed(known.reviews, quarter, unit)
                decided.append(in_review or any(one.confirmed for one in taken) or grounds <= settled)
    return _rate(sum(decided), len(decided))


def grounds_on(zone: YearZone, quarter: str, unit: str, day: date) -> frozenset[Ground]:
    """What proposed a veto on a unit at a day's end."""
    known = zone.known_by(day)
    [of_unit] = [one for one in zone.units if one.code == unit]
    return Casualties(known.accident_ledgers, zone.caps_by_year, quarter, day).grounds(of_unit)


def _filed(asked: Asked, kind: str) -> Figure | None:
    """Of all units, of the last quarter whose deadline had passed; None where that is of the year before and nobody filed."""
    quarter = quarter_of(asked.day)
    while _deadline(asked, kind, quarter) >= asked.day:
        quarter = quarter_of(date(int(quarter[:4]), 3 * int(quarter[-1]) - 2, 1) - timedelta(days=1))
    papers = asked.zone.self_assessments if kind == "self_assessment" else asked.zone.tasks
    filed = {
        one.unit
        for one in papers
        if one.quarter == quarter
        and one.received_at.astimezone(ZONE_TIME).date() <= asked.by_its_end
        and asked.done.returned.get((kind, one.unit, quarter, one.version), date.max) > asked.by_its_end
    }
    if not filed and int(quarter[:4]) < asked.day.year:
        return None
    return _rate(len(filed), len(asked.zone.units))


def _by(done: date | None, day: date) -> bool:
    return done is not None and done <= day


def _count(number: int) -> Figure:
    return Fraction(number), None


def _rate(part: int, whole: int) -> Figure | None:
    """None over 0."""
    return (Fraction(part), Fraction(whole)) if whole else None
