"""What makes lists of enterprises differ: who lists whom, who closed, opened or moved, what two offices both list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from types import MappingProxyType

from etl.demo.enterprises import TOWNS, register
from etl.demo.layouts.tables import Facts
from etl.demo.registered import SMALL, Registered, enterprises, unlisted
from etl.demo.words import words
from etl.demo.workdays import YEAR

TOWNS_OWN = frozenset(words("制造 再生 商场 酒店 养老"))
"""Trades whose small enterprises the towns list; all others are listed by the department in charge."""

SENT_AGAIN = "双路街道"
"""The town that sends its list once more in July."""

_CLOSED_BY_MARCH = (date(YEAR, 1, 14), date(YEAR, 1, 31), date(YEAR, 2, 10), date(YEAR, 2, 28), date(YEAR, 3, 9))
_CLOSED_BY_JULY = (date(YEAR, 5, 20), date(YEAR, 6, 15), date(YEAR, 6, 30))
_OPENED_BY_JULY = (date(YEAR, 5, 9), date(YEAR, 6, 6))
_MOVED = (date(YEAR, 2, 14), date(YEAR, 3, 1), date(YEAR, 3, 15))

Difference = Callable[[Facts], Facts]


def lister(one: Registered) -> str:
    """The short name of the office whose business it is to list this enterprise."""
    return one.town if one.trade in TOWNS_OWN and not one.large else one.department


@dataclass(frozen=True, slots=True)
class Changes:
    """By code: the last day of who closed, the first of who opened, since when and from where who moved, and
    which other town lists an enterprise too, and what it has differently.
    """

    closed: Mapping[str, date]
    opened: Mapping[str, date]
    moved: Mapping[str, tuple[date, str]]
    doubles: Mapping[str, tuple[str, Difference]]


@cache
def changes() -> Changes:
    """Of enterprises that no ledger of inspections names: those go on as they were."""
    rng = Random("what became of the listed")
    further = enterprises()[len(register()) :]
    own_of_town = [one for one in further if lister(one) == SENT_AGAIN]
    closed_or_opened = rng.sample(own_of_town, len(_CLOSED_BY_JULY) + len(_OPENED_BY_JULY))
    of_departments = [one for one in further if lister(one) == one.department]
    others = rng.sample(of_departments, len(_CLOSED_BY_MARCH) + len(_MOVED) + len(_DIFFERENCES))
    gone, rest = others[: len(_CLOSED_BY_MARCH)], others[len(_CLOSED_BY_MARCH) :]
    return Changes(
        closed=_dated([*gone, *closed_or_opened], [*_CLOSED_BY_MARCH, *_CLOSED_BY_JULY]),
        opened=_dated(closed_or_opened[len(_CLOSED_BY_JULY) :], _OPENED_BY_JULY),
        moved={one.code: (day, _elsewhere(one)) for one, day in zip(rest, _MOVED, strict=False)},
        doubles={
            one.code: (town(one), difference)
            for one, (town, difference) in zip(rest[len(_MOVED) :], _DIFFERENCES, strict=True)
        },
    )


def listed() -> list[Registered]:
    """Every enterprise that some office lists."""
    return [one for one in enterprises() if one.code not in unlisted()]


def _dated(some: Iterable[Registered], days: Iterable[date]) -> Mapping[str, date]:
    return MappingProxyType({one.code: day for one, day in zip(some, days, strict=False)})


def _elsewhere(one: Registered) -> str:
    """The next town."""
    return TOWNS[(TOWNS.index(one.town) + 1) % len(TOWNS)]


def _at_home(one: Registered) -> str:
    return one.town


def _the_same(row: Facts) -> Facts:
    return row


def _smaller(row: Facts) -> Facts:
    return {**row, "规模": SMALL}


def _under_its_old_name(row: Facts) -> Facts:
    return {**row, "企业名称": str(row["企业名称"]).replace("有限公司", "有限责任公司")}


def _as_a_trader(row: Facts) -> Facts:
    return {**row, "行业领域": "商贸"}


_DIFFERENCES: tuple[tuple[Callable[[Registered], str], Difference], ...] = (
    *[(_at_home, _the_same)] * 6,
    *[(_at_home, _smaller)] * 4,
    *[(_at_home, _under_its_old_name)] * 2,
    *[(_at_home, _as_a_trader)] * 2,
    *[(_elsewhere, _the_same)] * 2,
)
"""Which town lists an enterprise besides its department, and what it has differently."""
