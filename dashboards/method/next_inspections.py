"""Whom to inspect next: each enterprise's share of findings, and a unit's list in its order (METHOD section 5.7).

What predicts is what an enterprise's inspections found, its sector, and how long nobody has been there; never who
inspected it, and no unit: a list must not send people where a strict inspector was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.zone.schemes import NextInspections

Ground = Literal["overdue_major", "reinspection_due", "high_risk_never", "likely"]
GROUNDS: tuple[Ground, ...] = ("overdue_major", "reinspection_due", "high_risk_never", "likely")
"""WhyListed an enterprise stands on a list, gravest first: by this the list is ordered."""
_DAYS_OF_A_YEAR = 365
_DIGITS = 12
"""After which two enterprises are as urgent as each other: what differs behind them is how the machine rounded, and no order."""
_NEVER = 0
"""In place of a day's ordinal where there is none."""


class InspectionStanding(NamedTuple):
    """How an enterprise of the register stands on a day: who answers for it, what its inspections come to, what is open there.

    ``inspections`` and ``found`` (those with a finding) of the months that count, ``last_on`` ever; ``due_on`` the earliest day by
    which an open case is due, ``major_by`` the earliest deadline of a major hazard that is open. Days are None where there is none.
    """

    credit_code: str
    territory: str
    department: str | None
    sector: str
    high_risk: bool
    inspections: int
    found: int
    last_on: date | None
    due_on: date | None
    major_by: date | None


class Visits(NamedTuple):
    """What one unit's inspections of an enterprise come to, as of a day: how many since 1 January, and the last."""

    credit_code: str
    unit: str
    this_year: int
    last_on: date


@dataclass(frozen=True, slots=True)
class Risk:
    """The share of an enterprise's inspections that find something: what is expected of the next, and an interval.

    ``weight`` is by how much the days since the last inspection count, ``last_on`` None where nobody ever was there.
    """

    inspections: int
    found: int
    mean: float
    low: float
    high: float
    last_on: date | None
    weight: float

    @property
    def urgency(self) -> float:
        """By what a list is ordered where nothing graver is open."""
        return self.mean * self.weight


class WhyListed(NamedTuple):
    """WhyListed an enterprise is to be seen; ``since`` is the deadline that has passed, or the day by which it is due."""

    ground: Ground
    since: date | None


@dataclass(frozen=True, slots=True)
class ToInspect:
    """An enterprise on a unit's list, the Monday of the week in which its turn comes, and who should go together (with: the others)."""

    enterprise: InspectionStanding
    place: int
    why: WhyListed
    risk: Risk
    week: date
    together_with: tuple[str, ...]


class Observed(NamedTuple):
    """What is known of an enterprise: its inspections of the months that count, those with a finding, the last one ever, and its
    sector's share of findings.
    """

    inspections: int
    found: int
    last_on: date | None
    sector_mean: float


@dataclass(frozen=True, slots=True)
class Standings:
    """How the enterprises of the register stand on a day, as columns: there may be tens of thousands, of whom few come to stand on a
    list. The columns are those of ``InspectionStanding``; an enterprise is a place in them.
    """

    credit_code: Sequence[str]
    territory: Sequence[str]
    department: Sequence[str | None]
    sector: Sequence[str]
    high_risk: Sequence[bool]
    inspections: Sequence[int]
    found: Sequence[int]
    last_on: Sequence[date | None]
    due_on: Sequence[date | None]
    major_by: Sequence[date | None]

    def at(self, place: int) -> InspectionStanding:
        """The enterprise at a place."""
        return InspectionStanding._make(getattr(self, name)[place] for name in InspectionStanding._fields)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The enterprises of the register as of a day, each with the ground for which it is to be seen.

    ``answers``: unit → those for which it answers, as the territory or as the department in charge, in the order in which they are to
    be seen; ``means``: of each sector its share of findings.
    """

    day: date
    scheme: NextInspections
    told: Standings
    grounds: Sequence[Ground]
    answers: Mapping[str, Sequence[int]]
    means: Mapping[str, float]

    def why(self, place: int) -> WhyListed:
        """Why an enterprise is to be seen."""
        since = {"overdue_major": self.told.major_by, "reinspection_due": self.told.due_on}
        ground = self.grounds[place]
        return WhyListed(ground, since[ground][place] if ground in since else None)

    def risks(self, places: Sequence[int]) -> dict[int, Risk]:
        """What is expected of some enterprises."""
        of = map(self.told.at, places)
        told = [Observed(one.inspections, one.found, one.last_on, self.means[one.sector]) for one in of]
        return dict(zip(places, risks_of(told, self.day, self.scheme), strict=True))


def rank(told: Standings, day: date, scheme: NextInspections) -> Ranked:
    """The gravest ground first; of one ground the earliest deadline, then who is most urgent, then by code."""
    means = _means_of_sectors(told)
    last_on, due_on, major_by = map(_ordinals, (told.last_on, told.due_on, told.major_by))
    today, soon = day.toordinal(), (day + timedelta(days=scheme.soon_days)).toordinal()
    overdue = (major_by > _NEVER) & (major_by < today)
    due = (due_on > _NEVER) & (due_on <= soon)
    never = np.array(told.high_risk, dtype=bool) & (last_on == _NEVER)
    grounds = np.select([overdue, due, never], [0, 1, 2], 3)
    since = np.select([overdue, due], [major_by, due_on], today)
    by_code = np.empty(len(told.credit_code), dtype=np.int64)
    by_code[sorted(range(len(by_code)), key=told.credit_code.__getitem__)] = np.arange(len(by_code))
    order = np.lexsort((by_code, -_urgencies(told, means, today - last_on, scheme), since, grounds))
    return Ranked(day, scheme, told, [GROUNDS[at] for at in grounds.tolist()], _answers(told, order.tolist()), means)


def _ordinals(days: Iterable[date | None]) -> NDArray[np.int64]:
    return np.array([_NEVER if day is None else day.toordinal() for day in days], dtype=np.int64)


def _urgencies(
    told: Standings, means: Mapping[str, float], days: NDArray[np.int64], scheme: NextInspections
) -> NDArray[np.float64]:
    """``Risk.urgency`` of each; ``days`` since its last inspection, since the year 1 where nobody ever was there."""
    strength, most = float(scheme.prior_strength), float(scheme.most_years)
    columns = ([means[sector] for sector in told.sector], told.inspections, told.found)
    mean, inspections, found = (np.array(column, dtype=np.float64) for column in columns)
    alphas, betas = strength * mean + found, strength * (1 - mean) + inspections - found
    urgencies: NDArray[np.float64] = alphas / (alphas + betas) * np.minimum(days / _DAYS_OF_A_YEAR, most)
    return np.round(urgencies, _DIGITS)


def _answers(told: Standings, order: Sequence[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place in order:
        territory, department = told.territory[place], told.department[place]
        found[territory].append(place)
        if department is not None and department != territory:
            found[department].append(place)
    return dict(sorted(found.items()))


def risks_of(told: Sequence[Observed], day: date, scheme: NextInspections) -> list[Risk]:
    """The share of findings of each enterprise as of a day."""
    strength = float(scheme.prior_strength)
    alphas = [strength * one.sector_mean + one.found for one in told]
    betas = [strength * (1 - one.sector_mean) + one.inspections - one.found for one in told]
    bounds = _intervals(alphas, betas, float(scheme.interval))
    return [
        Risk(
            one.inspections,
            one.found,
            alpha / (alpha + beta),
            low,
            high,
            one.last_on,
            _weight(one.last_on, day, scheme),
        )
        for one, alpha, beta, (low, high) in zip(told, alphas, betas, bounds, strict=True)
    ]


def sector_mean(found: int, inspections: int) -> float:
    """A sector's share of findings, over the inspections of its enterprises."""
    return (found + 0.5) / (inspections + 1)


def _means_of_sectors(told: Standings) -> dict[str, float]:
    """Of each sector (Y + ½) ÷ (N + 1), over the inspections of its enterprises that are in the register."""
    inspections, found = defaultdict[str, int](int), defaultdict[str, int](int)
    for sector, n, y in zip(told.sector, told.inspections, told.found, strict=True):
        inspections[sector] += n
        found[sector] += y
    return {sector: sector_mean(found[sector], n) for sector, n in inspections.items()}


def _intervals(alphas: Sequence[float], betas: Sequence[float], share: float) -> Sequence[tuple[float, float]]:
    """The central intervals of Beta distributions that hold this share."""
    from scipy.special import betaincinv  # type: ignore[import-untyped]  # scipy brings no types; it loads longer than most commands take

    outside = (1 - share) / 2
    lows, highs = betaincinv(alphas, betas, outside), betaincinv(alphas, betas, 1 - outside)
    return list(zip(lows.tolist(), highs.tolist(), strict=True))


def _weight(last_on: date | None, day: date, scheme: NextInspections) -> float:
    if last_on is None:
        return float(scheme.most_years)
    return min((day - last_on).days / _DAYS_OF_A_YEAR, float(scheme.most_years))


def left_out(
    visits: Iterable[Visits], something_open: AbstractSet[str], scheme: NextInspections
) -> set[tuple[str, str]]:
    """(unit, enterprise) where the unit was so often this year that it shall not come again, unless something is open there."""
    return {
        (one.unit, one.credit_code)
        for one in visits
        if one.this_year >= scheme.most_by_one_unit and one.credit_code not in something_open
    }


def chosen(
    ranked: Ranked, planned: Mapping[str, int], left_out: AbstractSet[tuple[str, str]], times: int = 1
) -> dict[str, list[int]]:
    """The enterprises on each unit's list, of the units that answer for any.

    ``planned`` is how many inspections a unit plans for the month: so long is its list; without a plan as long as the scheme
    says. ``times``: so many times as long.
    """
    found = {}
    for unit, places in ranked.answers.items():
        # A plan of 0 is a plan: whoever has none leaves its cells empty.
        most = times * planned.get(unit, ranked.scheme.length_without_plan)
        wanted = (place for place in places if (unit, ranked.told.credit_code[place]) not in left_out)
        found[unit] = list(islice(wanted, most))
    return found


def lists(
    ranked: Ranked, orders: Mapping[str, Sequence[int]], visits: Iterable[Visits], weeks: Sequence[date]
) -> dict[str, tuple[ToInspect, ...]]:
    """Each unit's list: unit → its enterprises in order. ``visits`` has those of everybody at the enterprises that were chosen.

    ``weeks`` are the Mondays of the month's weeks, over which a list is spread: an enterprise has one week for all.
    """
    every = sorted({place for places in orders.values() for place in places})
    enterprises, risks = {place: ranked.told.at(place) for place in every}, ranked.risks(every)
    turns = _turns(ranked, orders, weeks)
    others = _others(ranked, orders, visits)
    return {
        unit: tuple(
            ToInspect(
                enterprises[place],
                number,
                ranked.why(place),
                risks[place],
                turns[place],
                tuple(sorted(others[enterprises[place].credit_code] - {unit})),
            )
            for number, place in enumerate(places, start=1)
        )
        for unit, places in orders.items()
    }


def _turns(ranked: Ranked, orders: Mapping[str, Sequence[int]], weeks: Sequence[date]) -> dict[int, date]:
    """In which week each enterprise's turn comes: when the first of the lists has come to it, a re-inspection when it is due."""
    turns: dict[int, date] = {}
    for places in orders.values():
        for number, place in enumerate(places):
            turn = weeks[number * len(weeks) // len(places)]
            turns[place] = min(turns.get(place, turn), turn)
    for place in turns:
        why = ranked.why(place)
        if why.ground == "reinspection_due":
            turns[place] = max((week for week in weeks if why.since and week <= why.since), default=weeks[0])
    return turns


def _others(ranked: Ranked, orders: Mapping[str, Sequence[int]], visits: Iterable[Visits]) -> dict[str, set[str]]:
    """Who else has an enterprise on the list, or was there lately: they should go together."""
    units: dict[str, set[str]] = defaultdict(set)
    for unit, places in orders.items():
        for place in places:
            units[ranked.told.credit_code[place]].add(unit)
    for one in visits:
        if (ranked.day - one.last_on).days <= ranked.scheme.lately_days:
            units[one.credit_code].add(one.unit)
    return units
