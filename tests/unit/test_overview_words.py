"""What the overview says of whom: who is named last, why a light is as it is, and that of the dead no number is left."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from dashboards.components import lights
from dashboards.method.casualties import Standing, YearEnd
from dashboards.pages.overview import tiles
from dashboards.results.chance import RowChance
from dashboards.results.lowest import lowest
from data.zone.schemes import CasualtyScheme, shipped

SCHEME = next(scheme for _text, scheme in shipped() if isinstance(scheme, CasualtyScheme))
ONE = Standing(
    deaths=3, fatal_accidents=3, cap=6, remaining=3, progress=Fraction(1, 2), elapsed=Fraction(3, 4),
    pace=Fraction(9, 2), days_since_fatal=17, last_year_deaths=6, breach_probability=0.12,
    year_end=YearEnd(4, 3, 6), light="green", reasons=(),
)  # fmt: skip


def group(*rows: tuple[str, int | None, str]) -> Any:
    """A group of units: name, place, flags."""
    made = [
        SimpleNamespace(
            unit=name,
            figures=SimpleNamespace(
                unit=name, rank=rank, score=None if rank is None else 100 - rank, flags=flags.split()
            ),
            chance=RowChance(),
        )
        for name, rank, flags in rows
    ]
    return SimpleNamespace(rows=made)


@pytest.mark.parametrize(
    ("of", "named", "why"),
    [
        (group(("甲", 1, ""), ("乙", 2, ""), ("丙", None, "not_reported")), ["乙"], None),
        (group(("甲", 1, ""), ("乙", 2, ""), ("丙", 2, "")), ["乙", "丙"], None),
        (group(("甲", 1, ""), ("乙", 2, "thin_basis"), ("丙", 2, "")), ["丙"], None),
        (group(("甲", 1, ""), ("乙", 2, "thin_basis")), [], "thin_basis"),
        (group(("甲", 1, ""), ("乙", 1, "")), [], "all_tie"),
        (group(("甲", 1, ""), ("乙", None, "awaited")), [], "only_one"),
        (group(("甲", None, "awaited"), ("乙", None, "not_reported")), [], "nobody_scored"),
    ],
)
def test_who_is_named_last(of: Any, named: list[str], why: str | None) -> None:
    """The lowest who are scored on a firm basis; nobody where one alone is ranked or all tie, and then it is said why."""
    found = lowest(of)
    assert ([row.unit for row in found.rows], found.why) == (named, why)
    assert bool(tiles.not_named(found.why)) is (why is not None)


def test_a_light_never_stands_without_its_reason() -> None:
    """Green says pace and chance in numbers, every other its reasons; without a cap there is no light and no reason."""
    assert lights.why(ONE, SCHEME) == ["死亡3人，按时序进度不超过4人", "突破指标的可能性12%"]
    yellow = replace(ONE, deaths=5, remaining=1, light="yellow", reasons=("above_pace",))
    assert lights.why(yellow, SCHEME) == ["死亡5人，按时序进度不超过4人"]
    over = replace(ONE, elapsed=Fraction(1))
    assert lights.why(over, SCHEME) == ["死亡3人，未超过全年指标6人"]
    assert lights.why(replace(ONE, light=None, cap=None, breach_probability=None), SCHEME) == []


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (ONE, "突破指标的可能性12%"),
        (replace(ONE, cap=None, breach_probability=None), ""),
        (replace(ONE, elapsed=Fraction(1), breach_probability=0.0), ""),
        (replace(ONE, deaths=7, remaining=-1, breach_probability=1.0), ""),
    ],
)
def test_the_chance_of_breach_is_told_while_it_is_open(one: Standing, said: str) -> None:
    """Not without a cap, not when the year is over, not when it has happened."""
    assert lights.breach(one) == said


@pytest.mark.parametrize(
    ("remaining", "said"), [(3, "未超过"), (1, "未超过"), (0, "已达到指标"), (-2, "已突破指标2人")]
)
def test_of_persons_who_died_no_number_is_left(remaining: int, said: str) -> None:
    """Beside deaths stands whether the cap is exceeded, never how many more there may be."""
    found = lights.against_the_cap(replace(ONE, remaining=remaining))
    assert found == said
    assert not set("余剩还") & set(found)


def test_the_chance_stands_once() -> None:
    """Where the reasons of a light tell it already it is not told again; where they do not, it is."""
    assert lights.is_told_the_chance(ONE)
    assert lights.is_told_the_chance(replace(ONE, light="yellow", reasons=("above_pace", "breach_possible")))
    assert not lights.is_told_the_chance(replace(ONE, light="yellow", reasons=("above_pace",)))
