"""What a list of whom to inspect is worth where every enterprise's true risk is known: generated ones, whose inspections are drawn.

In one world problems build up until somebody comes (a risk is that of a year without inspection), in the other they do not.
Whom the next month's inspections saw is drawn, too, and knows nothing of the list: so each order is judged by the same of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from statistics import fmean, stdev
from typing import NamedTuple

from dashboards.method import list_judged, next_inspections
from dashboards.method.list_judged import Followed, Orders
from dashboards.method.next_inspections import Standings
from data.zone.schemes import EnterprisesScheme, shipped

ENTERPRISES, A_MONTH, MONTHS = 300, 60, 24
SECTORS = {"commerce": 0.1, "education": 0.15, "traffic": 0.25, "industry": 0.4, "construction": 0.55}
"""The mean risk of each sector's enterprises."""
SPREAD = 4
"""How much enterprises of a sector are alike: their risks are Beta distributed, with this strength."""
UNIT, DAY = "longtanzi", date(2022, 5, 31)
SCHEME = next(one for _text, one in shipped() if isinstance(one, EnterprisesScheme)).next_inspections
NUMBERS = ("days_earlier", "first_half", "first_tenth")


class Estimate(NamedTuple):
    """A mean over worlds, and its standard error."""

    mean: float
    error: float


@dataclass(frozen=True, slots=True)
class Visit:
    """An inspection of an enterprise, and whether it found something."""

    code: str
    on: date
    found: bool


def worth(seeds: int, *, builds_up: bool) -> dict[str, dict[str, Estimate]]:
    """Order → number → what it comes to over so many worlds."""
    judged = [_judged(Random(seed), builds_up=builds_up) for seed in range(seeds)]
    return {
        order: {
            number: _estimate([float(getattr(getattr(one, order), number) or Fraction(0)) for one in judged])
            for number in NUMBERS
        }
        for order in Orders._fields
    }


def _estimate(values: list[float]) -> Estimate:
    return Estimate(fmean(values), stdev(values) / len(values) ** 0.5)


def _judged(random: Random, *, builds_up: bool) -> Orders:
    """One world: its past, the list made of that, and the month that followed."""
    sectors = {f"{number:018d}": random.choice(list(SECTORS)) for number in range(ENTERPRISES)}
    risk = {code: _beta(random, SECTORS[sector]) for code, sector in sectors.items()}
    first = DAY - timedelta(days=MONTHS * 30)
    last_on = dict.fromkeys(sectors, first - timedelta(days=365))
    past = [
        visit
        for month in range(MONTHS)
        for visit in _month(random, first + timedelta(days=30 * month), risk, last_on, builds_up)
    ]
    told = _standings(sectors, past)
    ranked = next_inspections.rank(told, DAY, SCHEME)
    known = {code: day for code, day in zip(told.credit_code, told.last_on, strict=True) if day is not None}
    order = [told.credit_code[place] for place in next_inspections.chosen(ranked, {UNIT: ENTERPRISES}, set())[UNIT]]
    followed = {
        one.code: Followed(one.code, one.on, one.found)
        for one in _month(random, DAY + timedelta(days=1), risk, last_on, builds_up)
    }
    return Orders(
        list_judged.worth(order, followed),
        list_judged.worth(list_judged.longest_not_seen(order, known), followed),
        list_judged.by_chance(order, followed),
    )


def _beta(random: Random, mean: float) -> float:
    return random.betavariate(SPREAD * mean, SPREAD * (1 - mean))


def _month(
    random: Random, first: date, risk: dict[str, float], last_on: dict[str, date], builds_up: bool
) -> list[Visit]:
    """A month's inspections of so many enterprises that are drawn, each on a day that is drawn; ``last_on`` moves on."""
    visits = []
    for code in random.sample(list(risk), A_MONTH):
        on = first + timedelta(days=random.randrange(30))
        years = (on - last_on[code]).days / 365
        chance = 1 - (1 - risk[code]) ** years if builds_up else risk[code]
        visits.append(Visit(code, on, random.random() < chance))
        last_on[code] = on
    return visits


def _standings(sectors: Mapping[str, str], past: list[Visit]) -> Standings:
    """How each enterprise stands after its past; nothing is open anywhere."""
    by_code: dict[str, list[Visit]] = {code: [] for code in sectors}
    for one in past:
        by_code[one.code].append(one)
    visits, number = by_code.values(), len(sectors)
    return Standings(
        credit_code=list(sectors),
        territory=[UNIT] * number,
        department=[None] * number,
        sector=list(sectors.values()),
        high_risk=[False] * number,
        inspections=[len(some) for some in visits],
        found=[sum(one.found for one in some) for some in visits],
        last_on=[max((one.on for one in some), default=None) for some in visits],
        due_on=[None] * number,
        major_by=[None] * number,
    )
