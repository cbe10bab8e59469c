"""One unit, everything: its months, quarters, deaths, workbooks and areas of work, each the figure that its own page has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from dashboards.method import work_plan as plan_method
from dashboards.method.disasters import Called
from dashboards.method.frontline import Batch, Coverage
from dashboards.method.hazards import GradedFigures
from dashboards.method.ranking import RankedUnit
from dashboards.method.supervision import SupervisionStanding
from dashboards.method.work_plan import ItemStanding
from dashboards.results import areas, overview, work_plan
from dashboards.results.cases import UnclosedCases, fetch_unclosed
from dashboards.results.casualties import AccidentRow, UnitStanding
from dashboards.results.overview import Overview
from dashboards.results.plan_items import counts as plan_counts
from dashboards.results.ranking import RankedRow
from dashboards.results.reading import Reading
from dashboards.results.scores import ScoredRow
from dashboards.results.work_plan import PlanReport
from data.intake.filing import DueReport
from data.zone.periods import Month, Period, Quarter
from data.zone.zone import Unit, Zone

MOST_CASES = 8
LATE = frozenset({"missing", "rejected", "returned", "late"})


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """A unit in a month, of the same results as the overview of that month; ``row`` is None in a month in which it was no unit.

    ``places``: whether its reader sees places, which an account of the unit does not before publication.
    """

    unit: Unit
    overview: Overview
    row: RankedRow | None
    quarters: tuple[tuple[Quarter, ScoredRow], ...]
    deaths: UnitStanding | None
    accidents: tuple[AccidentRow, ...]
    unfiled: tuple[tuple[Period, DueReport], ...]
    places: bool

    @property
    def zone(self) -> Zone:
        """The zone."""
        return self.overview.zone

    @property
    def month(self) -> Month:
        """The month looked at."""
        return self.overview.month

    @property
    def day(self) -> date:
        """As of which day what happens day by day is told."""
        return self.overview.day

    @property
    def months(self) -> list[tuple[Month, RankedUnit]]:
        """The year's months up to this one, each as the unit was ranked in it."""
        placed = {} if self.row is None else self.row.of_months
        return [(month, placed[month]) for month in self.overview.months if month in placed]

    @property
    def last_quarter(self) -> tuple[Quarter, ScoredRow] | None:
        """The last quarter that was over with the month."""
        return self.quarters[-1] if self.quarters else None


@dataclass(frozen=True, slots=True)
class UnitAreas:
    """What a unit does in the areas of work on a day. Of front-line duty the enterprises on its territory, by batch; of warnings what it
    told. ``plan`` is None in a year without a plan; ``items`` are those that the unit files, as it stands with them.
    """

    day: date
    hazards: GradedFigures | None
    findings: SupervisionStanding | None
    duty: tuple[tuple[Batch, date, Coverage], ...]
    warnings: Called | None
    cases: UnclosedCases
    plan: PlanReport | None
    items: tuple[ItemStanding, ...]

    @property
    def kept(self) -> Fraction | None:
        """Due days of the plan's items that were kept in time, of those that have passed or were reached; None where none has."""
        counted = plan_counts(self.items)
        past = counted["done"] + counted["late"] + counted["overdue"]
        return Fraction(counted["done"], past) if past else None


def fetch(reading: Reading, unit: Unit, month: Month) -> UnitProfile:
    """A unit that whoever asks sees, in a month."""
    found = overview.fetch(reading, month)
    standing = next((one for one in found.casualties.units if one.unit.code == unit.code), None)
    return UnitProfile(
        unit=unit,
        overview=found,
        row=next((row for row in found.rows if row.unit.code == unit.code), None),
        quarters=tuple(_quarters(found, unit)),
        deaths=standing,
        accidents=tuple(row for row in found.casualties.accidents if row.accident.concerns(unit.code)),
        unfiled=tuple(_unfiled(found, unit)),
        places=not found.ranking.own_only,
    )


def _quarters(found: Overview, unit: Unit) -> Iterator[tuple[Quarter, ScoredRow]]:
    for scored in found.quarters:
        for group in scored.groups:
            for row in group.rows:
                if row.unit.code == unit.code:
                    yield scored.quarter, row


def _unfiled(found: Overview, unit: Unit) -> Iterator[tuple[Period, DueReport]]:
    """What the unit has not sent, has to send again, or sent late, the latest period first."""
    for one in found.submissions[::-1]:
        for report in one.reports:
            if report.unit.code == unit.code and (report.status in LATE or report.to_be_sent_again):
                yield one.period, report


def fetch_areas(reading: Reading, unit: Unit, month: Month) -> UnitAreas:
    """What the unit does in the areas of work, as of the day of the month's overview."""
    found = areas.fetch(reading, month)
    plan = work_plan.of_day(reading, found.day)
    own = [] if plan is None else [plan_method.of_one_unit(one, unit.code) for one in plan.standing.items]
    return UnitAreas(
        day=found.day,
        hazards=found.hazards.units.get(unit.code),
        findings=found.supervision.units.get(unit.code),
        duty=tuple(
            (one.batch, one.due, one.towns[unit.code]) for one in found.frontline.batches if unit.code in one.towns
        ),
        warnings=found.disasters.standing.units.get(unit.code),
        cases=fetch_unclosed(reading, unit.code, MOST_CASES),
        plan=plan,
        items=tuple(one for one in own if one is not None),
    )
