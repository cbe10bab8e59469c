"""Whom to inspect next: each enterprise's share of findings, and a unit's list in its order (METHOD section 5.7).

What predicts is what an enterprise's inspections found, its sector, and how long nobody has been there; never who
inspected it, and no unit: a list must not send people where a strict inspector was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dashboards.method.register import Listed
from data.zone.schemes import NextInspections

Ground = Literal["overdue_major", "reinspection_due", "high_risk_never", "likely"]
GROUNDS: tuple[Ground, ...] = ("overdue_major", "reinspection_due", "high_risk_never", "likely")
"""WhyListed an enterprise stands on a list, gravest first: by this the list is ordered."""
_DAYS_OF_A_YEAR = 365


class Seen(NamedTuple):
    """What one unit's inspections of an enterprise come to, as of a day.

    ``inspections`` and ``found`` (those with a finding) of the months that count, ``this_year`` since 1 January, ``last_on`` ever.
    """

    credit_code: str
    unit: str
    inspections: int
    found: int
    this_year: int
    last_on: date


class Claim(NamedTuple):
    """Something open at an enterprise: a major hazard (whose deadline was ``on``) or a re-inspection (due ``on``)."""

    credit_code: str
    unit: str
    on: date


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

    enterprise: Listed
    place: int
    why: WhyListed
    risk: Risk
    week: date
    together_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListBasis:
    """What lists are made of, as of a day.

    ``overdue_major`` hazards that nobody crossed off in time, ``reinspections`` the cases that are open, ``tipped_off`` the
    enterprises of which a tip-off is open.
    """

    day: date
    enterprises: Mapping[str, Listed]
    seen: Sequence[Seen]
    overdue_major: Sequence[Claim]
    reinspections: Sequence[Claim]
    tipped_off: frozenset[str]
    scheme: NextInspections


def risks(basis: ListBasis) -> dict[str, Risk]:
    """Each enterprise's share of findings: Beta-binomial, the prior that of its sector; code → risk."""
    inspections: dict[str, int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)
    last_on: dict[str, date] = {}
    for one in basis.seen:
        inspections[one.credit_code] += one.inspections
        found[one.credit_code] += one.found
        last_on[one.credit_code] = max(last_on.get(one.credit_code, one.last_on), one.last_on)
    means = _means_of_sectors(basis.enterprises.values(), inspections, found)
    codes = list(basis.enterprises)
    told = [
        Observed(inspections[code], found[code], last_on.get(code), means[basis.enterprises[code].sector])
        for code in codes
    ]
    return dict(zip(codes, risks_of(told, basis.day, basis.scheme), strict=True))


class Observed(NamedTuple):
    """What is known of an enterprise: its inspections of the months that count, those with a finding, the last one ever, and its
    sector's share of findings.
    """

    inspections: int
    found: int
    last_on: date | None
    sector_mean: float


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


def _means_of_sectors(
    enterprises: Iterable[Listed], inspections: Mapping[str, int], found: Mapping[str, int]
) -> dict[str, float]:
    """Of each sector (Y + ½) ÷ (N + 1), over the inspections of its enterprises that are in the register."""
    of_sector: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in enterprises:
        total = of_sector[one.sector]
        total[0] += found.get(one.credit_code, 0)
        total[1] += inspections.get(one.credit_code, 0)
    return {sector: sector_mean(y, n) for sector, (y, n) in of_sector.items()}


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


def lists(basis: ListBasis, planned: Mapping[str, int], weeks: Sequence[date]) -> dict[str, tuple[ToInspect, ...]]:
    """Each unit's list, of the units that answer for enterprises: unit → its enterprises in order.

    ``planned`` is how many inspections a unit plans for the month: so long is its list; without a plan as long as the scheme
    says. ``weeks`` are the Mondays of the month's weeks, over which a list is spread: an enterprise has one week for all.
    """
    known = risks(basis)
    reasons = dict(_reasons(basis, known))

    def order(code: str) -> tuple[int, date, float, str]:
        why = reasons[code]
        return (GROUNDS.index(why.ground), why.since or basis.day, -known[code].urgency, code)

    capped = _capped(basis)
    orders = {
        unit: sorted((code for code in mine if (unit, code) not in capped), key=order)[: _length(unit, planned, basis)]
        for unit, mine in sorted(_by_unit(basis).items())
    }
    turns = _turns(orders, reasons, weeks)
    others = _others(basis, orders)
    return {
        unit: tuple(
            ToInspect(
                basis.enterprises[code],
                place,
                reasons[code],
                known[code],
                turns[code],
                tuple(sorted(others[code] - {unit})),
            )
            for place, code in enumerate(codes, start=1)
        )
        for unit, codes in orders.items()
    }


def _length(unit: str, planned: Mapping[str, int], basis: ListBasis) -> int:
    return planned.get(unit, 0) or basis.scheme.length_without_plan


def _reasons(basis: ListBasis, known: Mapping[str, Risk]) -> Iterator[tuple[str, WhyListed]]:
    """The gravest ground of each enterprise; of several hazards or cases the earliest."""
    overdue = _earliest(basis.overdue_major)
    soon = basis.day + timedelta(days=basis.scheme.soon_days)
    due = _earliest(one for one in basis.reinspections if one.on <= soon)
    for code, one in basis.enterprises.items():
        if code in overdue:
            yield code, WhyListed("overdue_major", overdue[code])
        elif code in due:
            yield code, WhyListed("reinspection_due", due[code])
        elif one.high_risk and known[code].last_on is None:
            yield code, WhyListed("high_risk_never", None)
        else:
            yield code, WhyListed("likely", None)


def _earliest(claims: Iterable[Claim]) -> dict[str, date]:
    first: dict[str, date] = {}
    for one in claims:
        first[one.credit_code] = min(first.get(one.credit_code, one.on), one.on)
    return first


def _by_unit(basis: ListBasis) -> dict[str, list[str]]:
    """The enterprises for which each unit answers: as the territory, or as the department in charge."""
    mine: dict[str, list[str]] = defaultdict(list)
    for code, one in basis.enterprises.items():
        for unit in {one.territory, one.department or one.territory}:
            mine[unit].append(code)
    return mine


def _capped(basis: ListBasis) -> set[tuple[str, str]]:
    """(unit, enterprise) where the unit was so often this year that it shall not come again, unless something is open there."""
    called_for = {one.credit_code for one in basis.reinspections} | basis.tipped_off
    return {
        (one.unit, one.credit_code)
        for one in basis.seen
        if one.this_year >= basis.scheme.most_by_one_unit and one.credit_code not in called_for
    }


def _turns(
    orders: Mapping[str, Sequence[str]], reasons: Mapping[str, WhyListed], weeks: Sequence[date]
) -> dict[str, date]:
    """In which week each enterprise's turn comes: when the first of the lists has come to it, a re-inspection when it is due."""
    turns: dict[str, date] = {}
    for codes in orders.values():
        for place, code in enumerate(codes):
            turn = weeks[place * len(weeks) // len(codes)]
            turns[code] = min(turns.get(code, turn), turn)
    for code in turns:
        if reasons[code].ground == "reinspection_due":
            due = reasons[code].since
            turns[code] = max((week for week in weeks if due is not None and week <= due), default=weeks[0])
    return turns


def _others(basis: ListBasis, orders: Mapping[str, Sequence[str]]) -> dict[str, set[str]]:
    """Who else has an enterprise on the list, or was there lately: they should go together."""
    units: dict[str, set[str]] = defaultdict(set)
    for unit, codes in orders.items():
        for code in codes:
            units[code].add(unit)
    for one in basis.seen:
        if (basis.day - one.last_on).days <= basis.scheme.lately_days:
            units[one.credit_code].add(one.unit)
    return units
