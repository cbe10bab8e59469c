"""What a list of whom to inspect is worth where every enterprise's true risk is known: generated ones, whose inspections are drawn.

In one world problems build up until somebody comes (a risk is that of a year without inspection), in the other they do not.
Whom the next month's inspections saw is drawn, too, and knows nothing of the list: so each order is judged by the same of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from statistics import fmean, stdev
from typing import NamedTuple

from dashboards.method import list_judged, next_inspections
from dashboards.method.list_judged import Followed, Orders
from dashboards.method.next_inspections import ListBasis, Seen
from dashboards.method.register import Listed
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
    enterprises = {one.credit_code: one for one in _enterprises(random)}
    risk = {code: _beta(random, SECTORS[one.sector]) for code, one in enterprises.items()}
    first = DAY - timedelta(days=MONTHS * 30)
    last_on = dict.fromkeys(enterprises, first - timedelta(days=365))
    past = [
        visit
        for month in range(MONTHS)
        for visit in _month(random, first + timedelta(days=30 * month), risk, last_on, builds_up)
    ]
    basis = ListBasis(DAY, enterprises, list(_seen(past)), (), (), frozenset(), SCHEME)
    made = next_inspections.lists(basis, {UNIT: ENTERPRISES}, [DAY + timedelta(days=1)])[UNIT]
    known = {one.credit_code: one.last_on for one in basis.seen}
    order = [one.enterprise.credit_code for one in made]
    followed = {
        one.code: Followed(one.code, one.on, one.found)
        for one in _month(random, DAY + timedelta(days=1), risk, last_on, builds_up)
    }
    return Orders(
        list_judged.worth(order, followed),
        list_judged.worth(list_judged.longest_not_seen(order, known), followed),
        list_judged.by_chance(order, followed),
    )


def _enterprises(random: Random) -> Iterator[Listed]:
    for number in range(ENTERPRISES):
        code, sector = f"{number:018d}", random.choice(list(SECTORS))
        yield Listed(UNIT, code, code, sector, UNIT, None, "other", False, False, False, None, None)


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


def _seen(past: list[Visit]) -> Iterator[Seen]:
    by_code: dict[str, list[Visit]] = {}
    for one in past:
        by_code.setdefault(one.code, []).append(one)
    for code, visits in by_code.items():
        yield Seen(code, UNIT, len(visits), sum(one.found for one in visits), 0, max(one.on for one in visits))
