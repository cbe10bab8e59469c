"""All that the scores of a quarter rest on: marks, months as they were ranked, accidents, caps, decisions on vetoes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from dashboards.method.casualties import Accident, deaths_of
from dashboards.results import accident_record, plan_told, ranking, ranking_basis
from dashboards.results.ranking import InMonth
from dashboards.results.reading import Reading
from data.intake import own_review
from data.intake.filing import Filing, Undone, filings, undone
from data.intake.publications import latest_of
from data.intake.replies import MarkKey, mark_decisions, versions
from data.intake.standing_marks import ReviewedMark
from data.intake.vetoes import veto_decisions
from data.rollup.in_force import periods_in_force
from data.schema.quarterly import review_extra, review_mark, self_mark
from data.zone.periods import Month, Quarter, months_of
from data.zone.schemes import ScoresScheme, known_schemes
from data.zone.zone import Zone

Marks = Mapping[str, Mapping[int, Row[Any]]]
"""unit → measure → the row of its workbook."""
ByUnit = Mapping[str, Sequence[Row[Any]]]


@dataclass(frozen=True, slots=True)
class QuarterRows:
    """What marks in force, decisions on contested ones and on vetoes tell of a quarter, as rows by unit.

    ``versions``: the marks that were decided on, in every version of the review.
    """

    own: Marks
    reviewed: Marks
    decided: Marks
    versions: Mapping[MarkKey, Sequence[ReviewedMark]]
    extras: ByUnit
    decisions: ByUnit


@dataclass(frozen=True, slots=True)
class Happened:
    """The quarter's counted accidents; each unit's deaths of the year so far, and its cap."""

    accidents: Sequence[Accident]
    deaths: Mapping[str, int]
    caps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class QuarterBasis:
    """What was read of one quarter; ``filed`` and ``undone`` are of the self-assessments, by unit.

    ``months`` are as they were published, or else live; ``milestones`` by unit.
    """

    zone: Zone
    quarter: Quarter
    scheme: ScoresScheme
    filed: Mapping[str, Filing]
    undone: Mapping[str, Undone]
    told: QuarterRows
    happened: Happened
    months: Mapping[tuple[str, Month], InMonth]
    milestones: Mapping[str, Fraction | None]


def read(
    reading: Reading, quarters: Collection[Quarter], known_by: date, as_of: date, ranked_on: ranking_basis.Basis | None
) -> list[QuarterBasis]:
    """What was known of some quarters by the end of a day, read together; ``ranked_on``: their months, where those were."""
    connection, zone = reading.connection, reading.zone
    bound = zone.calendar.end_of(known_by)
    last_days = {quarter: zone.calendar.last_day(quarter) for quarter in quarters}
    schemes = reading.once(known_schemes, bound).on(ScoresScheme, last_days.values())
    filed = filings(connection, zone, "self_assessment", quarters, bound)
    last = undone(connection, zone, "self_assessment", quarters, bound)
    rows = told(reading, quarters, bound)
    if ranked_on is None:
        months = tuple(month for quarter in quarters for month in months_of(quarter))
        ranked_on = ranking_basis.read(reading, months, known_by=known_by, as_of=as_of)
    frozen = _published_rows(reading, quarters, bound)
    milestones = plan_told.milestones(reading, quarters, bound)
    return [
        QuarterBasis(
            zone=zone,
            quarter=quarter,
            scheme=schemes[last_days[quarter]],
            filed={unit: one for (unit, period), one in filed.items() if period == str(quarter)},
            undone={unit: one for (unit, period), one in last.items() if period == str(quarter)},
            told=rows[quarter],
            happened=happened(reading, quarter, bound, as_of),
            months=_as_published(ranking.of_months(ranked_on, months_of(quarter)), frozen),
            milestones=milestones[quarter],
        )
        for quarter in quarters
    ]


def _published_rows(
    reading: Reading, quarters: Collection[Quarter], bound: datetime
) -> dict[tuple[str, Month], Mapping[str, Any]]:
    """(unit, month) → its row as published, of those months that were published by an instant, in the latest revision."""
    months = [str(month) for quarter in quarters for month in months_of(quarter)]
    found = latest_of(reading.connection, reading.zone.code, "ranking", months, bound)
    return {
        (row["unit"], Month.parse(period)): row
        for period, one in found.items()
        for group in one.content["groups"]
        for row in group["rows"]
    }


def _as_published(
    months: Mapping[tuple[str, Month], InMonth], frozen: Mapping[tuple[str, Month], Mapping[str, Any]]
) -> dict[tuple[str, Month], InMonth]:
    """The months of a quarter; of those that were published each unit as it stands there."""
    return {key: _frozen(one, frozen[key]) if key in frozen else one for key, one in months.items()}


def _frozen(one: InMonth, row: Mapping[str, Any]) -> InMonth:
    """A unit's month with what the quarter takes of it as it was published."""
    score = None if row["score"] is None else Decimal(str(row["score"])).quantize(Decimal("0.01"))
    figures = replace(one.figures, score=score, rank=row["rank"], of=row["of"], flags=tuple(row["flags"]))
    return replace(one, figures=figures, correction=None)


def reviews_that_wait(connection: Connection, zone: Zone, bound: datetime) -> set[int]:
    """Reviews of which the office's own marks waited for a second account at an instant."""
    return own_review.waiting(connection, zone.code, bound)


def decided_marks(
    connection: Connection, zone: Zone, quarters: tuple[Quarter, ...], bound: datetime
) -> tuple[Row[Any], ...]:
    """The office's decisions on contested marks of some quarters, as they were known before an instant."""
    return tuple(mark_decisions(connection, zone.code, quarters, bound))


def told(reading: Reading, quarters: Collection[Quarter], bound: datetime) -> dict[Quarter, QuarterRows]:
    """What marks and decisions tell of some quarters, as they were known before an instant."""
    connection, zone = reading.connection, reading.zone
    own_waits = bool(reading.once(reviews_that_wait, bound))
    assessed = _in_force(connection, zone, "self_assessment", quarters, bound)
    reviewed = _in_force(connection, zone, "review", quarters, bound)
    own_marks = _rows(connection, zone, self_mark, assessed)
    own = (
        reviewed
        if not own_waits
        else own_review.in_force(
            connection, zone.code, first=str(min(quarters)), last=str(max(quarters)), known_by=bound
        )
    )
    review_marks, extras = (
        _reviewed(zone, _rows(connection, zone, table, {**reviewed, **own}), reviewed, own)
        for table in (review_mark, review_extra)
    )
    decisions = list(veto_decisions(connection, zone.code, quarters, bound))
    decided = reading.once(decided_marks, tuple(sorted(quarters)), bound)
    every = versions(connection, zone.code, {(one.period, one.unit, one.measure) for one in decided}, bound)
    return {
        quarter: QuarterRows(
            own=_marks(own_marks[str(quarter)]),
            reviewed=_marks(review_marks[str(quarter)]),
            decided=_marks(one for one in decided if one.period == str(quarter)),
            versions=every,
            extras=_by_unit(extras[str(quarter)]),
            decisions=_by_unit(one for one in decisions if one.period == str(quarter)),
        )
        for quarter in quarters
    }


def _reviewed(
    zone: Zone, rows: Mapping[str, Sequence[Row[Any]]], of_all: Mapping[int, str], of_the_office: Mapping[int, str]
) -> Mapping[str, Sequence[Row[Any]]]:
    """The rows of reviews that count: of the office's own unit those that a second account confirmed."""
    counts = {True: of_the_office, False: of_all}
    found: dict[str, Sequence[Row[Any]]] = defaultdict(list)
    for quarter, every in rows.items():
        found[quarter] = [row for row in every if row.submission in counts[row.unit == zone.office.code]]
    return found


def _in_force(
    connection: Connection, zone: Zone, kind: str, quarters: Collection[Quarter], bound: datetime
) -> dict[int, str]:
    """Submission → quarter."""
    first, last = str(min(quarters)), str(max(quarters))
    return periods_in_force(connection, zone.code, kind, known_by=bound, first=first, last=last)


def _rows(
    connection: Connection, zone: Zone, table: Table, in_force: Mapping[int, str]
) -> Mapping[str, Sequence[Row[Any]]]:
    """Quarter → the rows of the submissions in force, in order."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    ours = table.c.zone == zone.code, table.c.submission.in_(in_force)
    for row in connection.execute(select(table).where(*ours).order_by(table.c.submission, table.c.row)):
        found[in_force[row.submission]].append(row)
    return found


def _by_unit(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return found


def _marks(rows: Iterable[Row[Any]]) -> dict[str, dict[int, Row[Any]]]:
    return {unit: {row.measure: row for row in marks} for unit, marks in _by_unit(rows).items()}


def happened(reading: Reading, quarter: Quarter, bound: datetime, as_of: date) -> Happened:
    """A quarter's counted accidents up to a day, with each unit's deaths of the year and its cap, as they were known before an instant."""
    zone, year = reading.zone, quarter.year
    first, last = zone.calendar.first_day(quarter), min(zone.calendar.last_day(quarter), as_of)
    known = reading.once(accident_record.read, bound).as_of(last)
    caps = accident_record.as_numbers(reading.once(accident_record.read_caps, year, bound), year, known).numbers
    this_year = [one for one in known.upto(last).accidents if one.happened_on.year == year]
    return Happened(
        accidents=[one for one in this_year if one.counted and one.happened_on >= first],
        deaths={unit.code: deaths_of(one for one in this_year if one.concerns(unit.code)) for unit in zone.units},
        caps={unit: cap for (unit, sector), cap in caps.items() if unit is not None and sector is None},
    )
