"""Casualty targets as METHOD section 4 words them, so that the product's can be compared with it.

Plain lists in, the report out. Every figure is asked anew of the whole record; all numbers are
fractions until they are printed, save the chance part. The figures see every ledger that is passed
in: for a figure "known by" a day, pass only those received by then.

The deaths still to come are not found by Panjer's recursion here (the product uses that), but from
the distribution's generating function, taken at the roots of unity and transformed back.
"""

import calendar
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import accumulate
from typing import Any, Literal, TypeAlias

import numpy as np

from .ranking import Unit, normal

CLASSES = ("一般", "较大", "重大", "特别重大")
"""State Council Decree 493, article 3, from the least to the worst."""
DEATHS_FROM = (3, 10, 30)
INJURIES_FROM = (10, 50, 100)
LOSS_FROM = (10_000_000, 50_000_000, 100_000_000)
PRIOR_SHAPE = Fraction(1, 2)
PSEUDO_ACCIDENT = {1: Fraction("0.80"), 2: Fraction("0.15"), 3: Fraction("0.05")}
LEVELS = {"median": 0.5, "low": 0.1, "high": 0.9}
ORANGE_FROM, YELLOW_FROM = 0.5, 0.2
TOLERANCE = 1e-9
"""Two exact computations may differ by less than this."""
_TAIL = 1e-14
"""How much of the distribution may lie beyond what is computed."""

Class: TypeAlias = Literal["一般", "较大", "重大", "特别重大"]
Status: TypeAlias = Literal["快报", "认定", "核销"]


# What goes in


@dataclass(frozen=True)
class Sector:
    """行业领域."""

    code: str
    name: str


@dataclass(frozen=True)
class Accident:
    """One row of 生产安全事故台账; `at` is the time of day, where the row tells it.

    From `both_examined` (一案双查) on it says how the accident is followed to its close; `extended_to`: 批准延期至.
    """

    number: str
    happened_on: date
    enterprise: str
    unit: str
    sector: str
    type: str
    department: str | None = None
    at: time | None = None
    deaths: int = 0
    serious_injuries: int = 0
    missing: int = 0
    loss_yuan: Decimal | None = None
    submitted_class: Class | None = None
    counted: bool = True
    status: Status = "快报"
    stability: bool = False
    both_examined: bool = False
    supervised_on: date | None = None
    reported_on: date | None = None
    extended_to: date | None = None
    held_responsible: int | None = None
    transferred_on: date | None = None
    closed_on: date | None = None

    @property
    def dead(self) -> int:
        """The missing count as dead, from the first day."""
        return self.deaths + self.missing


@dataclass(frozen=True)
class AccidentLedger:
    """One accepted version of the office's ledger of a month, year to date."""

    period: str
    version: int
    received_at: datetime
    accidents: tuple[Accident, ...] = ()

    @property
    def year(self) -> int:
        """The year whose accidents it tells."""
        return int(self.period[:4])


@dataclass(frozen=True)
class Cap:
    """One row of 亡人指标: a number, or a change on last year in percent (-5 is 同比下降5%)."""

    unit: str | None
    sector: str | None
    number: int | None = None
    change_percent: Decimal | None = None


CapsByYear: TypeAlias = Mapping[int, Sequence[Cap]]


@dataclass(frozen=True)
class Scope:
    """Whose figures: the zone's (neither given), a unit's or a sector's."""

    unit: str | None = None
    sector: str | None = None

    def concerns(self, accident: Accident) -> bool:
        """Whether the accident counts here: by its territory or its supervising department, or by its sector."""
        if self.unit is not None:
            return self.unit in {accident.unit, accident.department}
        return self.sector is None or self.sector == accident.sector


ZONE = Scope()


# What comes out


def casualties(
    units: Sequence[Unit],
    sectors: Sequence[Sector],
    ledgers: Sequence[AccidentLedger],
    caps_by_year: CapsByYear,
    year: int,
    as_of: date,
) -> dict[str, Any]:
    """`report casualties --format json` without `report` and `period`.

    After the year's end it is asked as of 31 December. Units and sectors come in the order given,
    accidents by day and number.
    """
    question = _question(ledgers, caps_by_year, year, as_of)
    return {
        "as_of": question.day.isoformat(),
        "goals": _goals(question),
        "goal_lights": _goal_lights(question),
        "light_reasons": _reasons(question, ZONE, _breach(question, ZONE, _forecast(question, ZONE))),
        "zone": _scope_report(question, ZONE),
        "units": [{"unit": u.code, "name": u.name, **_scope_report(question, Scope(unit=u.code))} for u in units],
        "sectors": [{"sector": s.code, **_scope_report(question, Scope(sector=s.code))} for s in sectors],
        "accidents": [_accident_report(accident, question.day) for accident in question.listed],
    }


def alternatives(
    units: Sequence[Unit],
    sectors: Sequence[Sector],
    ledgers: Sequence[AccidentLedger],
    caps_by_year: CapsByYear,
    year: int,
    as_of: date,
) -> dict[Scope, dict[str, set[Any]]]:
    """What a test should accept of each scope as `median`, `low`, `high` and `light`.

    That is the one value of `casualties`, and its neighbours where a probability lies so near to a
    level that rounding decides.
    """
    question = _question(ledgers, caps_by_year, year, as_of)
    scopes = [ZONE, *(Scope(unit=unit.code) for unit in units), *(Scope(sector=sector.code) for sector in sectors)]
    return {scope: _alternatives(question, scope) for scope in scopes}


def _alternatives(question: "_Question", scope: Scope) -> dict[str, set[Any]]:
    forecast = _forecast(question, scope)
    accepted: dict[str, set[Any]] = {name: forecast.quantiles_near(level) for name, level in LEVELS.items()}
    chance = _breach(question, scope, forecast)
    near = {chance} if chance is None else {chance - TOLERANCE, chance, chance + TOLERANCE}
    found = {**accepted, "light": {_light(question, scope, value) for value in near}}
    if scope == ZONE:
        found["light_reasons"] = {tuple(_reasons(question, scope, value)) for value in near}
        found["within_cap_light"] = {_within_cap_light(question, value) for value in near}
    return found


def _goals(question: "_Question") -> dict[str, bool | None]:
    cap = question.cap(ZONE)
    return {
        "no_major_accident": not any(is_major(accident) and is_fatal(accident) for accident in question.counted(ZONE)),
        "within_cap": None if cap is None else question.deaths(ZONE) <= cap,
        "no_stability_incident": not any(accident.stability for accident in question.listed),
        "no_mass_disaster": True,
    }


def _goal_lights(question: "_Question") -> dict[str, str]:
    """Each goal's own light: grey where nothing of the year was filed for it; of disasters no question knows any ledger."""
    kept = _goals(question)
    filed = any(ledger.year == question.day.year for ledger in question.ledgers)

    def simple(goal: str) -> str:
        if not kept[goal]:
            return "red"
        return "green" if filed else "unknown"

    chance = _breach(question, ZONE, _forecast(question, ZONE))
    return {
        "no_major_accident": simple("no_major_accident"),
        "within_cap": _within_cap_light(question, chance),
        "no_stability_incident": simple("no_stability_incident"),
        "no_mass_disaster": "unknown",
    }


def _within_cap_light(question: "_Question", chance: float | None) -> str:
    """The zone's light as if no accident had a class."""
    filed = any(ledger.year == question.day.year for ledger in question.ledgers)
    cap, pace = question.cap(ZONE), question.pace(ZONE)
    if cap is None or pace is None or chance is None or not filed:
        return "unknown"
    if question.deaths(ZONE) > cap:
        return "red"
    if chance >= ORANGE_FROM:
        return "orange"
    return "yellow" if question.deaths(ZONE) > pace or chance >= YELLOW_FROM else "green"


def _reasons(question: "_Question", scope: Scope, chance: float | None) -> list[str]:
    """Every clause of the light that holds, red ones first, then orange, then yellow."""
    cap, pace = question.cap(scope), question.pace(scope)
    if cap is None or pace is None or chance is None:
        return []
    deaths = question.deaths(scope)
    told = []
    if deaths > cap:
        told.append("deaths_above_cap")
    if any(map(is_major, question.counted(scope))):
        told.append("major_accident")
    if chance >= ORANGE_FROM:
        told.append("breach_likely")
    if deaths > pace:
        told.append("above_pace")
    if YELLOW_FROM <= chance < ORANGE_FROM:
        told.append("breach_possible")
    return told


def _scope_report(question: "_Question", scope: Scope) -> dict[str, Any]:
    deaths, cap, pace = question.deaths(scope), question.cap(scope), question.pace(scope)
    forecast = _forecast(question, scope)
    chance = _breach(question, scope, forecast)
    return {
        "deaths": deaths,
        "fatal_accidents": len(question.fatal(scope)),
        "cap": cap,
        "remaining": None if cap is None else cap - deaths,
        "progress": deaths / cap if cap else None,
        "elapsed": float(question.elapsed),
        "pace": None if pace is None else float(pace),
        "days_since_fatal": question.days_since_fatal(scope),
        "last_year_deaths": question.last_year_deaths(scope),
        "breach_probability": chance,
        "year_end": {name: forecast.quantile(level) for name, level in LEVELS.items()},
        "light": _light(question, scope, chance),
    }


def _accident_report(accident: Accident, day: date) -> dict[str, Any]:
    return {
        "number": accident.number,
        "date": accident.happened_on.isoformat(),
        "unit": accident.unit,
        "sector": accident.sector,
        "type": accident.type,
        "deaths": accident.dead,
        "serious_injuries": accident.serious_injuries,
        "loss_yuan": None if accident.loss_yuan is None else float(accident.loss_yuan),
        "class": accident_class(accident),
        "counted": is_counted(accident),
        "status": accident.status,
        "closed": accident.closed_on is not None and accident.closed_on <= day,
    }


# The record


def accidents_of(ledgers: Iterable[AccidentLedger], year: int) -> list[Accident]:
    """The year's accidents as its ledgers in force tell them, by day and number.

    Of a month the highest version is in force; of an accident the row of the latest month.
    """
    in_force: dict[str, AccidentLedger] = {}
    for ledger in sorted(ledgers, key=lambda ledger: (ledger.period, ledger.version)):
        if ledger.year == year:
            in_force[ledger.period] = ledger
    rows = {normal(row.number): row for ledger in in_force.values() for row in ledger.accidents}
    return sorted(rows.values(), key=lambda row: (row.happened_on, normal(row.number)))


def is_counted(accident: Accident) -> bool:
    """Marked 计入指标 = 是 and not struck off."""
    return accident.counted and accident.status != "核销"


def is_fatal(accident: Accident) -> bool:
    """At least one person dead, or missing."""
    return accident.dead >= 1


def is_major(accident: Accident) -> bool:
    """Of class 较大 or above."""
    return accident_class(accident) != "一般"


def accident_class(accident: Accident) -> str:
    """The computed class, or the submitted one where that is above."""
    submitted = accident.submitted_class
    return max(computed_class(accident), submitted or "一般", key=CLASSES.index)


def computed_class(accident: Accident) -> Class:
    """By the worst of the three criteria, lower bounds included."""
    criteria = (
        (accident.dead, DEATHS_FROM),
        (accident.serious_injuries, INJURIES_FROM),
        (accident.loss_yuan or 0, LOSS_FROM),
    )
    worst = max(sum(value >= bound for bound in bounds) for value, bounds in criteria)
    names: tuple[Class, ...] = ("一般", "较大", "重大", "特别重大")
    return names[worst]


def is_on_record(ledgers: Iterable[AccidentLedger], year: int) -> bool:
    """Whether the year's December ledger, year to date, was accepted (one with no rows counts)."""
    return any(ledger.period == f"{year:04d}-12" for ledger in ledgers)


def cap_of(ledgers: Sequence[AccidentLedger], caps_by_year: CapsByYear, year: int, scope: Scope) -> int | None:
    """The scope's cap of the year: as given, or from last year's whole-year deaths, rounded down."""
    rows = [cap for cap in caps_by_year.get(year, ()) if (cap.unit, cap.sector) == (scope.unit, scope.sector)]
    if not rows:
        return None
    cap = rows[-1]
    if cap.change_percent is None:
        return cap.number
    if not is_on_record(ledgers, year - 1):
        return None
    before = sum(row.dead for row in accidents_of(ledgers, year - 1) if is_counted(row) and scope.concerns(row))
    return math.floor(before * (1 + Fraction(cap.change_percent) / 100))


# One question: a year, as of a day


@dataclass(frozen=True)
class _Question:
    """All that is known, the year that is asked for, and the day up to which things count."""

    ledgers: Sequence[AccidentLedger]
    caps_by_year: CapsByYear
    year: int
    day: date

    @property
    def elapsed(self) -> Fraction:
        """The share of the year that is over, by months."""
        return elapsed_share(self.day)

    @property
    def listed(self) -> list[Accident]:
        """Every accident of the year up to the day, whether it counts or not."""
        return [row for row in accidents_of(self.ledgers, self.year) if row.happened_on <= self.day]

    @property
    def past_years(self) -> list[int]:
        """The years before this one that are on record."""
        years = sorted({ledger.year for ledger in self.ledgers})
        return [year for year in years if year < self.year and is_on_record(self.ledgers, year)]

    def counted(self, scope: Scope) -> list[Accident]:
        return [row for row in self.listed if is_counted(row) and scope.concerns(row)]

    def fatal(self, scope: Scope) -> list[Accident]:
        return [row for row in self.counted(scope) if is_fatal(row)]

    def deaths(self, scope: Scope) -> int:
        return sum(row.dead for row in self.counted(scope))

    def cap(self, scope: Scope) -> int | None:
        return cap_of(self.ledgers, self.caps_by_year, self.year, scope)

    def pace(self, scope: Scope) -> Fraction | None:
        cap = self.cap(scope)
        return None if cap is None else cap * self.elapsed

    def past_fatal(self, scope: Scope) -> list[Accident]:
        """The counted fatal accidents of the past years on record."""
        rows = [row for year in self.past_years for row in accidents_of(self.ledgers, year)]
        return [row for row in rows if is_counted(row) and is_fatal(row) and scope.concerns(row)]

    def days_since_fatal(self, scope: Scope) -> int | None:
        """Since the last counted fatal accident of any year, on record or not."""
        years = {ledger.year for ledger in self.ledgers}
        rows = [row for year in years for row in accidents_of(self.ledgers, year) if row.happened_on <= self.day]
        days = [row.happened_on for row in rows if is_counted(row) and is_fatal(row) and scope.concerns(row)]
        return (self.day - max(days)).days if days else None

    def last_year_deaths(self, scope: Scope) -> int:
        """Up to the same month and day; 0 where nothing is known of last year."""
        until = _same_day_last_year(self.day)
        rows = [row for row in accidents_of(self.ledgers, self.year - 1) if row.happened_on <= until]
        return sum(row.dead for row in rows if is_counted(row) and scope.concerns(row))


def _question(ledgers: Sequence[AccidentLedger], caps_by_year: CapsByYear, year: int, as_of: date) -> _Question:
    if as_of.year < year:
        raise ValueError(f"{year} had not begun on {as_of}")
    return _Question(ledgers, caps_by_year, year, min(as_of, date(year, 12, 31)))


def elapsed_share(day: date) -> Fraction:
    """The usual 进度目标: one half on 30 June."""
    days = calendar.monthrange(day.year, day.month)[1]
    return (day.month - 1 + Fraction(day.day, days)) / 12


def _same_day_last_year(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def _light(question: _Question, scope: Scope, chance: float | None) -> str | None:
    cap, pace = question.cap(scope), question.pace(scope)
    if cap is None or pace is None or chance is None:
        return None
    deaths = question.deaths(scope)
    if deaths > cap or any(map(is_major, question.counted(scope))):
        return "red"
    if chance >= ORANGE_FROM:
        return "orange"
    return "yellow" if deaths > pace or chance >= YELLOW_FROM else "green"


# The forecast

Severity = tuple[tuple[int, float], ...]
"""Deaths of one accident, and how probable so many are."""


@dataclass(frozen=True)
class Forecast:
    """The year's total: what is counted now, and the probabilities of 0, 1, 2 … deaths to come."""

    now: int
    to_come: Sequence[float]

    def chance_above(self, cap: int) -> float:
        """P(total > cap)."""
        if self.now > cap:
            return 1.0
        return min(max(1.0 - math.fsum(self.to_come[: cap - self.now + 1]), 0.0), 1.0)

    def quantile(self, level: float) -> int:
        """The smallest total whose cumulative probability reaches the level."""
        cumulative = accumulate(self.to_come)
        return self.now + next(deaths for deaths, below in enumerate(cumulative) if below >= level)

    def quantiles_near(self, level: float) -> set[int]:
        """The quantile, with all others where the cumulative probability hardly differs from the level."""
        return set(range(self.quantile(level - TOLERANCE), self.quantile(level + TOLERANCE) + 1))


def forecast(
    *, now: int, shape: Fraction, exposure: Fraction, remaining: Fraction, severity: Mapping[int, Fraction]
) -> Forecast:
    """Negative binomial accidents (p = exposure ÷ (exposure + remaining)) of so many deaths each.

    The generating function of the deaths to come is (p ÷ (1 - (1 - p) S(z))) ** shape, S that of one
    accident's deaths. Its values at the roots of unity are the probabilities' Fourier transform.
    """
    if remaining == 0:
        return Forecast(now, (1.0,))
    p, q = float(exposure / (exposure + remaining)), float(remaining / (exposure + remaining))
    return Forecast(
        now, _probabilities(float(shape), p, q, tuple((deaths, float(share)) for deaths, share in severity.items()))
    )


@cache
def _probabilities(shape: float, p: float, q: float, severity: Severity) -> tuple[float, ...]:
    """Of 0, 1, 2 … deaths to come; those scopes that have had as many accidents have the same."""
    one = np.zeros(1 << (_length(shape, p, q, severity) - 1).bit_length())
    for deaths, share in severity:
        one[deaths] = share
    transform = (p / (1 - q * np.fft.fft(one))) ** shape
    return tuple(np.fft.ifft(transform).real.tolist())


def _length(shape: float, p: float, q: float, severity: Severity) -> int:
    """So many deaths that fewer than _TAIL lie beyond, by Chernoff: P(S ≥ m) ≤ G(t) ÷ t ** m, for t > 1."""

    def accidents(t: float) -> float:
        return q * math.fsum(share * t**deaths for deaths, share in severity)

    def enough(t: float) -> float:
        return (shape * math.log(p / (1 - accidents(t))) - math.log(_TAIL)) / math.log(t)

    pole = _last_below_one(accidents)
    return max(math.ceil(min(enough(pole ** (tenth / 10)) for tenth in range(1, 10))), max(severity)[0] + 1)


def _last_below_one(growing: Callable[[float], float]) -> float:
    """The last t at which a function that grows from below one at t = 1 stays below it."""
    low, high = 1.0, 2.0
    while growing(high) < 1:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if growing(middle) < 1 else (low, middle)
    return low


def _forecast(question: _Question, scope: Scope) -> Forecast:
    accidents = len(question.past_fatal(scope)) + len(question.fatal(scope))
    return forecast(
        now=question.deaths(scope),
        shape=PRIOR_SHAPE + accidents,
        exposure=len(question.past_years) + question.elapsed,
        remaining=1 - question.elapsed,
        severity=_severity(question),
    )


def _severity(question: _Question) -> dict[int, Fraction]:
    """Deaths per fatal accident of the zone, as far as on record, with the pseudo-accident."""
    weights = dict(PSEUDO_ACCIDENT)
    rows = [*question.past_fatal(ZONE), *question.fatal(ZONE)]
    for row in rows:
        weights[row.dead] = weights.get(row.dead, Fraction(0)) + 1
    return {deaths: weight / (len(rows) + 1) for deaths, weight in sorted(weights.items())}


def _breach(question: _Question, scope: Scope, forecast: Forecast) -> float | None:
    cap = question.cap(scope)
    return None if cap is None else forecast.chance_above(cap)
