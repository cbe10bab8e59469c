"""Casualty targets as METHOD section 4 has it: deaths against the cap, pace, exact forecast, lights, follow-up.

Numbers in, numbers out. Probabilities are floats, for the forecast is one; everything else is exact.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import exp, log
from typing import Literal

from data.zone.accident_class import LARGER, at_least
from data.zone.schemes import CasualtyScheme

STRUCK_OFF = "核销"
LIGHTS = ("green", "yellow", "orange", "red")
"""From the best to the worst."""
Reason = Literal["deaths_above_cap", "major_accident", "breach_likely", "above_pace", "breach_possible"]
"""Why a light is not green; the gravest first."""
_SHINES: Mapping[Reason, str] = {
    "deaths_above_cap": "red",
    "major_accident": "red",
    "breach_likely": "orange",
    "above_pace": "yellow",
    "breach_possible": "yellow",
}
Goal = Literal["no_major_accident", "within_cap", "no_stability_incident", "no_mass_disaster"]
UNKNOWN = "unknown"
"""The light of a goal for which nothing is filed yet: grey, for silence is not success."""
_NEGLIGIBLE = 1e-13
_LARGE = 1e200
_LARGE_EXPONENT = 700
"""exp of more is no float."""
MOST_DEATHS_FORESEEN = 100_000


@dataclass(frozen=True, slots=True)
class Accident:
    """One accident as it is known now. ``deaths`` counts the missing among the dead.

    ``marked`` is 计入指标 as filed; ``provisional`` is the number of missing whose time is not over yet.
    """

    number: str
    happened_on: date
    enterprise: str
    territory: str
    department: str | None
    sector: str
    type: str
    deaths: int
    missing: int
    provisional: int
    serious_injuries: int
    loss_yuan: Decimal | None
    accident_class: str
    marked: bool
    status: str
    stability: bool

    @property
    def counted(self) -> bool:
        """Whether it counts against the cap: marked, and not struck off."""
        return self.marked and self.status != STRUCK_OFF

    @property
    def fatal(self) -> bool:
        """Whether anybody died or is missing."""
        return self.deaths > 0

    def concerns(self, unit: str) -> bool:
        """Whether it counts for a unit, as its territory or its supervising department; once if it is both."""
        return unit in {self.territory, self.department}


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The year's total deaths on 31 December: median and 80 % interval."""

    median: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A scope's figures: the zone, a unit or a sector. What needs a cap is None without one.

    ``reasons`` are all that hold, also where the gravest alone makes the light.
    """

    deaths: int
    fatal_accidents: int
    cap: int | None
    remaining: int | None
    progress: Fraction | None
    elapsed: Fraction
    pace: Fraction | None
    days_since_fatal: int | None
    last_year_deaths: int
    breach_probability: float | None
    year_end: YearEnd
    light: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of accidents up to a day: ``accidents`` of every year, and the past years on record."""

    as_of: date
    accidents: tuple[Accident, ...]
    years: tuple[int, ...]

    @property
    def year(self) -> int:
        """The year that is looked at."""
        return self.as_of.year

    def fatal(self, *, years: Iterable[int]) -> list[Accident]:
        """Counted fatal accidents of some years."""
        wanted = set(years)
        return [one for one in self.accidents if one.counted and one.fatal and one.happened_on.year in wanted]

    def narrowed(self, accidents: Iterable[Accident]) -> Record:
        """The same record with a scope's accidents alone."""
        return Record(self.as_of, tuple(accidents), self.years)


def elapsed(day: date) -> Fraction:
    """The share of the year that is over, month by month (进度目标): ½ on 30 June, 1 on 31 December."""
    days = monthrange(day.year, day.month)[1]
    return (day.month - 1 + Fraction(day.day, days)) / 12


def same_day_last_year(day: date) -> date:
    """The same month and day of last year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def deaths_of(accidents: Iterable[Accident]) -> int:
    """Deaths of the counted accidents among these."""
    return sum(one.deaths for one in accidents if one.counted)


def cap_from_change(change_percent: Decimal, deaths_last_year: int) -> int:
    """A cap given as a change on last year: 同比下降5% is the floor of 95 % of its whole-year deaths."""
    return int(Fraction(deaths_last_year) * (100 + Fraction(change_percent)) / 100)


def severity(record: Record, scheme: CasualtyScheme) -> tuple[float, ...]:
    """P(1), P(2), … deaths in a fatal accident: the zone's record up to the day, and one pseudo-accident."""
    known = Counter(one.deaths for one in record.fatal(years=(*record.years, record.year)))
    pseudo = [Fraction(weight) for weight in scheme.forecast.pseudo_accident]
    most = max([*known, len(pseudo)])
    total = sum(known.values()) + sum(pseudo)
    padded = [*pseudo, *[Fraction(0)] * (most - len(pseudo))]
    return tuple(float((known[deaths] + padded[deaths - 1]) / total) for deaths in range(1, most + 1))


@dataclass(frozen=True, slots=True)
class Rate:
    """What is known of how often fatal accidents happen: ``shape`` accidents (with the prior) in ``years`` years."""

    shape: Fraction
    years: Fraction


def rate_of(record: Record, scheme: CasualtyScheme) -> Rate:
    """The scope's own fatal accidents, in its past years on record and this one up to the day."""
    accidents = len(record.fatal(years=(*record.years, record.year)))
    return Rate(Fraction(scheme.forecast.prior_shape) + accidents, len(record.years) + elapsed(record.as_of))


@lru_cache(maxsize=1024)  # of most units and sectors the same is known: none has had an accident
def still_to_come(rate: Rate, exposure: Fraction, severities: tuple[float, ...]) -> tuple[float, ...]:
    """P(0), P(1), … deaths still to come within ``exposure`` years, exact, by Panjer's recursion.

    Fatal accidents are negative binomial with shape a and p = b ÷ (b + exposure); the list ends where what is left
    out is negligible. It is worked out on a scale of its own, for P(0) = pᵃ may be smaller than a float can be.
    """
    share = float(rate.years / (rate.years + exposure))
    miss = float(exposure / (rate.years + exposure))
    if miss == 0:
        return (1.0,)
    shape = float(rate.shape)
    scale = shape * log(share)
    scaled, total = [1.0], 1.0
    while len(scaled) <= MOST_DEATHS_FORESEEN and not _told(total, scaled[-1], scale):
        deaths = len(scaled)
        following = sum(
            (miss + (shape - 1) * miss * size / deaths) * severities[size - 1] * scaled[deaths - size]
            for size in range(1, min(deaths, len(severities)) + 1)
        )
        scaled.append(following)
        total += following
        if total > _LARGE:
            scaled = [value / _LARGE for value in scaled]
            total /= _LARGE
            scale += log(_LARGE)
    return tuple(value * exp(scale) for value in scaled)


def _told(total: float, last: float, scale: float) -> bool:
    """Whether nearly everything is told, or all that floats can tell: nearly everything, and the last step adds nothing."""
    if scale < -_LARGE_EXPONENT:
        return False
    told = total * exp(scale)
    return told > 1 - _NEGLIGIBLE or (told > 1 - 1e-9 and last * exp(scale) < _NEGLIGIBLE / 1000)


def quantile(probabilities: Sequence[float], level: float) -> int:
    """The smallest x with CDF(x) ≥ level."""
    total = 0.0
    for x, probability in enumerate(probabilities):
        total += probability
        if total >= level - _NEGLIGIBLE:
            return x
    return len(probabilities) - 1


def above(probabilities: Sequence[float], x: int) -> float:
    """P(more than x); 1 for a negative x."""
    return 1.0 if x < 0 else max(0.0, 1.0 - sum(probabilities[: x + 1]))


def year_end(deaths: int, probabilities: Sequence[float]) -> YearEnd:
    """The year's total: deaths so far and those still to come."""
    return YearEnd(*(deaths + quantile(probabilities, level) for level in (0.5, 0.1, 0.9)))


def standing(record: Record, cap: int | None, severities: tuple[float, ...], scheme: CasualtyScheme) -> Standing:
    """A scope's figures as of the record's day; ``record`` holds the scope's accidents, ``severities`` are the zone's."""
    this_year = [one for one in record.accidents if one.happened_on.year == record.year]
    deaths = deaths_of(this_year)
    share = elapsed(record.as_of)
    probabilities = still_to_come(rate_of(record, scheme), 1 - share, severities)
    breach = None if cap is None else above(probabilities, cap - deaths)
    pace = None if cap is None else cap * share
    why = reasons(deaths, cap, pace, breach, has_larger(this_year), scheme)
    return Standing(
        deaths=deaths,
        fatal_accidents=len(record.fatal(years=[record.year])),
        cap=cap,
        remaining=None if cap is None else cap - deaths,
        progress=Fraction(deaths, cap) if cap else None,
        elapsed=share,
        pace=pace,
        days_since_fatal=_days_since_fatal(record),
        last_year_deaths=_last_year_deaths(record),
        breach_probability=breach,
        year_end=year_end(deaths, probabilities),
        light=None if cap is None else light(why),
        reasons=why,
    )


def _days_since_fatal(record: Record) -> int | None:
    last = max((one.happened_on for one in record.accidents if one.counted and one.fatal), default=None)
    return None if last is None else (record.as_of - last).days


def _last_year_deaths(record: Record) -> int:
    until = same_day_last_year(record.as_of)
    return deaths_of(one for one in record.accidents if until.year == one.happened_on.year and one.happened_on <= until)


def has_larger(accidents: Iterable[Accident]) -> bool:
    """Whether any counted accident is of class 较大 or above."""
    return any(one.counted and at_least(one.accident_class, LARGER) for one in accidents)


def reasons(
    deaths: int, cap: int | None, pace: Fraction | None, breach: float | None, larger: bool, scheme: CasualtyScheme
) -> tuple[Reason, ...]:
    """Every clause of the lights that holds, gravest first; none without a cap, for then there is no light.

    A breach that is likely is not called possible as well.
    """
    if cap is None or pace is None or breach is None:
        return ()
    likely = breach >= scheme.lights.orange_from
    holds: Mapping[Reason, bool] = {
        "deaths_above_cap": deaths > cap,
        "major_accident": larger,
        "breach_likely": likely,
        "above_pace": deaths > pace,
        "breach_possible": not likely and breach >= scheme.lights.yellow_from,
    }
    return tuple(reason for reason, held in holds.items() if held)


def light(why: Sequence[Reason]) -> str:
    """red, orange, yellow or green: the gravest reason's."""
    return max((_SHINES[reason] for reason in why), key=LIGHTS.index, default=LIGHTS[0])


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the forecast says for a day still to come."""

    day: date
    median: int
    low: int
    high: int


def fan(record: Record, severities: tuple[float, ...], scheme: CasualtyScheme) -> list[Foreseen]:
    """The forecast from the record's day to 31 December: that day, every month's end, the last day."""
    deaths = deaths_of(one for one in record.accidents if one.happened_on.year == record.year)
    rate = rate_of(record, scheme)
    now = elapsed(record.as_of)
    seen = [Foreseen(record.as_of, deaths, deaths, deaths)]
    for month in range(record.as_of.month, 13):
        day = date(record.year, month, monthrange(record.year, month)[1])
        if day > record.as_of:
            total = year_end(deaths, still_to_come(rate, elapsed(day) - now, severities))
            seen.append(Foreseen(day, total.median, total.low, total.high))
    return seen


def report_due(happened_on: date, extended_to: date | None, scheme: CasualtyScheme) -> date:
    """The day by which the investigation report is due: 60 days after the accident, whatever its class, or as extended.

    Decree 493, article 29.
    """
    return extended_to or happened_on + timedelta(days=scheme.report_days)


@dataclass(frozen=True, slots=True)
class Penalty:
    """One penalty decision on a case with a major hazard; ``day`` is the inspection's, for ledgers give no other."""

    enterprise_key: str
    enterprise: str
    decision: str
    day: date


@dataclass(frozen=True, slots=True)
class NearClosure:
    """An enterprise penalised with a major hazard so often that closure must be asked for, or nearly so.

    ``reached`` is whether the law's number is reached; otherwise one more penalty reaches it.
    """

    enterprise: str
    within_half_year: int
    within_year: int
    reached: bool
    last_on: date


def near_closure(penalties: Iterable[Penalty], as_of: date, scheme: CasualtyScheme) -> list[NearClosure]:
    """Enterprises at the law's number of penalties up to a day, or one short of it (Work Safety Law, article 113)."""
    rules = scheme.near_closure
    by_enterprise: dict[str, dict[str, Penalty]] = {}
    for penalty in penalties:
        if penalty.day <= as_of:
            by_enterprise.setdefault(penalty.enterprise_key, {}).setdefault(penalty.decision, penalty)
    found = []
    for decisions in by_enterprise.values():
        half, year = penalised_within(decisions.values(), as_of, scheme)
        reached = half >= rules.within_half_year or year >= rules.within_year
        if reached or half == rules.within_half_year - 1 or year == rules.within_year - 1:
            last = max(decisions.values(), key=lambda penalty: penalty.day)
            found.append(NearClosure(last.enterprise, half, year, reached, last.day))
    return sorted(found, key=lambda one: (not one.reached, -one.within_year, one.enterprise))


def penalised_within(decisions: Iterable[Penalty], as_of: date, scheme: CasualtyScheme) -> tuple[int, int]:
    """How many of an enterprise's decisions, each given once, lie within the law's shorter time, and how many within a year."""
    days = [one.day for one in decisions if one.day <= as_of]
    since = as_of - timedelta(days=scheme.near_closure.half_year_days), as_of - timedelta(days=365)
    half, year = (sum(day > after for day in days) for after in since)
    return half, year


def breaks_the_goal(accident: Accident) -> bool:
    """Whether it is one that the plan wants none of: 较大及以上亡人事故, counted and with somebody dead.

    The light looks at the class alone: an accident of this class without a death is red and breaks no goal.
    """
    return accident.counted and accident.fatal and at_least(accident.accident_class, LARGER)


def goals(this_year: Sequence[Accident], zone: Standing, *, mass_disasters: int) -> Mapping[Goal, bool | None]:
    """Whether each of the plan's goals holds; ``within_cap`` is None where no cap was filed.

    A stability incident is one whatever becomes of the accident's classification later.
    """
    return {
        "no_major_accident": not any(map(breaks_the_goal, this_year)),
        "within_cap": None if zone.cap is None else zone.deaths <= zone.cap,
        "no_stability_incident": not any(one.stability for one in this_year),
        "no_mass_disaster": mass_disasters == 0,
    }


def of_the_cap(why: Sequence[Reason]) -> list[Reason]:
    """The reasons that speak of the cap: all but an accident's class."""
    return [reason for reason in why if reason != "major_accident"]


def goal_lights(
    kept: Mapping[Goal, bool | None], zone: Standing, *, accidents_filed: bool, disasters_filed: bool
) -> Mapping[Goal, str]:
    """A light for each goal: red once broken, else green; grey where nothing is filed yet, for silence is no success.

    Within the cap it is the zone's light without the clause on classes: what the forecast expects to be missed is not
    green. ``…_filed``: whether any ledger of the year is there.
    """
    lights: dict[Goal, str] = {goal: LIGHTS[0] if state else LIGHTS[-1] for goal, state in kept.items()}
    if zone.cap is None or not accidents_filed:
        lights["within_cap"] = UNKNOWN
    else:
        lights["within_cap"] = light(of_the_cap(zone.reasons))
    unfiled: dict[Goal, bool] = {
        "no_major_accident": not accidents_filed,
        "no_stability_incident": not accidents_filed,
        "no_mass_disaster": not disasters_filed,
    }
    for goal, nothing in unfiled.items():
        if nothing and kept[goal]:
            lights[goal] = UNKNOWN
    return lights
