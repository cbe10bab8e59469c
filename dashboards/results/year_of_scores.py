"""The year's reward table (考核奖励, METHOD section 3): of each unit the mean of the published quarters, with all quarters beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboards.method.scores import mean_of_year
from dashboards.results.reading import Reading
from dashboards.results.scores import ScoredRow, Scores
from data.intake.publications import Publication, latest_of
from data.zone.periods import Quarter
from data.zone.zone import Unit

Live = Mapping[Quarter, Scores]


@dataclass(frozen=True, slots=True)
class UnitsQuarter:
    """A unit's quarter as it was published (``revision``), or else as it stands at present (None).

    ``reported``: False where it filed nothing and was not reviewed; ``flag`` says why there is no score, where there is none.
    """

    revision: int | None
    score: Decimal | None
    grade: str | None
    reported: bool
    vetoed: bool
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class UnitsYear:
    """One unit's year; ``mean`` is over the ``counted`` published quarters, None without any."""

    unit: Unit
    quarters: Mapping[Quarter, UnitsQuarter]
    mean: Decimal | None
    counted: int
    vetoed: bool


@dataclass(frozen=True, slots=True)
class YearOfScores:
    """The year of one group, best mean first and vetoed units last; ``published`` has the revision of each published quarter.

    ``begun``: the quarters of which there is anything to see.
    """

    year: int
    group: str
    published: Mapping[Quarter, int]
    begun: frozenset[Quarter]
    rows: tuple[UnitsYear, ...]

    @property
    def quarters(self) -> list[Quarter]:
        """All four."""
        return quarters_of(self.year)


def quarters_of(year: int) -> list[Quarter]:
    """The four quarters of a year."""
    return [Quarter(year, number) for number in range(1, 5)]


def of_group(reading: Reading, year: int, group: str, live: Live) -> YearOfScores:
    """The year of a group: what was published of everybody, and of what is not yet, what whoever asks may see (``live``)."""
    bound = reading.zone.calendar.end_of(reading.today)
    periods = {str(quarter): quarter for quarter in quarters_of(year)}
    latest = latest_of(reading.connection, reading.zone.code, "scores", list(periods), bound)
    published = {periods[period]: one for period, one in latest.items()}
    frozen = {quarter: _frozen(one) for quarter, one in published.items()}
    shown = {quarter: _live(result, group) for quarter, result in live.items()}
    rows = [_row(unit, year, frozen, shown) for unit in reading.zone.units if unit.group == group]
    there = [row for row in rows if row.quarters]
    return YearOfScores(
        year=year,
        group=group,
        published={quarter: one.revision for quarter, one in sorted(published.items())},
        begun=frozenset(live) | frozenset(published),
        rows=tuple(sorted(there, key=lambda row: (row.vetoed, -(row.mean if row.mean is not None else Decimal(-1))))),
    )


def _row(
    unit: Unit,
    year: int,
    frozen: Mapping[Quarter, Mapping[str, UnitsQuarter]],
    live: Mapping[Quarter, Mapping[str, UnitsQuarter]],
) -> UnitsYear:
    """Published quarters as published; a veto confirmed in any quarter, also one that is not published yet, is the year's."""
    told = {
        quarter: one
        for quarter in quarters_of(year)
        if (one := frozen.get(quarter, {}).get(unit.code) or live.get(quarter, {}).get(unit.code)) is not None
    }
    counted = [one for one in told.values() if one.revision is not None]
    scores = [one.score if one.reported else Decimal(0) for one in counted]
    seen = [
        one for quarters in (frozen, live) for found in quarters.values() if (one := found.get(unit.code)) is not None
    ]
    known = [score for score in scores if score is not None]
    return UnitsYear(unit, told, mean_of_year(known), len(known), any(one.vetoed for one in seen))


def _frozen(one: Publication) -> dict[str, UnitsQuarter]:
    rows = (row for group in one.content["groups"] for row in group["rows"])
    return {row["unit"]: _as_published(row, one.revision) for row in rows}


def _as_published(row: Mapping[str, Any], revision: int) -> UnitsQuarter:
    score = None if row["score"] is None else Decimal(str(row["score"])).quantize(Decimal("0.01"))
    reported = "not_reported" not in row["flags"]
    flag = None if score is not None else _why(row["flags"])
    return UnitsQuarter(revision, score, row["grade"], reported, row["veto"] is not None, flag)


def _live(result: Scores, group: str) -> dict[str, UnitsQuarter]:
    return {row.unit.code: _as_it_stands(row, settled=result.settled) for row in result.group(group).rows}


def _as_it_stands(row: ScoredRow, *, settled: bool) -> UnitsQuarter:
    """A quarter that is not published; before everybody's time to file has passed, who filed nothing is awaited."""
    one = row.figures
    flags = [flag if settled or flag != "not_reported" else "awaited" for flag in row.shown_flags]
    flag = None if one.score is not None else _why(flags)
    return UnitsQuarter(None, one.score, one.grade, "not_reported" not in one.flags, one.veto is not None, flag)


def _why(flags: Sequence[str]) -> str:
    return next((flag for flag in flags if flag in _UNREPORTED), "thin_basis")


_UNREPORTED = ("awaited", "not_reported", "refused", "set_aside")
