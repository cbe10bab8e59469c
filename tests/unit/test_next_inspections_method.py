"""Whom to inspect next, and what a list was worth (METHOD section 5.7), each by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method import list_judged, next_inspections
from dashboards.method.list_judged import Followed, Worth
from dashboards.method.next_inspections import Ranked, Risk, Standings, ToInspect, Visits
from data.zone.schemes import EnterprisesScheme, shipped
from tests.unit.test_register_method import listed

SCHEME = next(one for _text, one in shipped() if isinstance(one, EnterprisesScheme)).next_inspections
DAY = date(2022, 4, 30)
WEEKS = [date(2022, 4, 25) + timedelta(days=7 * at) for at in range(6)]


def days_ago(days: int) -> date:
    """So many days before the day as of which lists are made."""
    return DAY - timedelta(days=days)


class Seen(NamedTuple):
    """What one unit's inspections of an enterprise come to."""

    code: str
    unit: str
    inspections: int
    found: int
    year: int
    last_on: date


class Basis(NamedTuple):
    """What lists are made of; ``open``: enterprises where nobody's coming is too much."""

    ranked: Ranked
    visits: list[Visits]
    open: set[str]


def basis(
    *seen: Seen, enterprises: Any = "ABC", major: Any = (), due: Any = (), tipped_off: Sequence[str] = ()
) -> Basis:
    """Enterprises of one town and one sector, each named by a letter, or as they are given; ``major`` hazards and ``due``
    re-inspections that are open: of which code, since when or by when.
    """
    every = [listed(code=one) for one in enterprises] if isinstance(enterprises, str) else enterprises
    of = {one.credit_code: [told for told in seen if told.code == one.credit_code] for one in every}
    told = Standings(
        credit_code=[one.credit_code for one in every],
        territory=[one.territory for one in every],
        department=[one.department for one in every],
        sector=[one.sector for one in every],
        high_risk=[one.high_risk for one in every],
        inspections=[sum(one.inspections for one in some) for some in of.values()],
        found=[sum(one.found for one in some) for some in of.values()],
        last_on=[max((one.last_on for one in some), default=None) for some in of.values()],
        due_on=_earliest(every, due),
        major_by=_earliest(every, major),
    )
    visits = [Visits(one.code, one.unit, one.year, one.last_on) for one in seen]
    return Basis(next_inspections.rank(told, DAY, SCHEME), visits, {*tipped_off, *(code for code, _on in due)})


def _earliest(every: Sequence[Any], claims: Sequence[tuple[str, date]]) -> list[date | None]:
    return [min((on for code, on in claims if code == one.credit_code), default=None) for one in every]


def lists(of: Basis, **planned: int) -> Mapping[str, Sequence[ToInspect]]:
    """The lists of all units."""
    left_out = next_inspections.left_out(of.visits, of.open, SCHEME)
    chosen = next_inspections.chosen(of.ranked, planned, left_out)
    return next_inspections.lists(of.ranked, chosen, of.visits, WEEKS)


def made(of: Basis, unit: str = "longtanzi") -> Sequence[ToInspect]:
    """A unit's list."""
    return lists(of)[unit]


def codes(of: Basis, unit: str = "longtanzi") -> str:
    """The order of a unit's list."""
    return "".join(one.enterprise.credit_code for one in made(of, unit))


def risks(of: Basis) -> dict[str, Risk]:
    """What is expected of each enterprise."""
    told = of.ranked.told.credit_code
    return {told[place]: risk for place, risk in of.ranked.risks(range(len(told))).items()}


def seen(code: str, inspections: int, found: int, ago: int = 365, unit: str = "longtanzi", year: int = 0) -> Seen:
    """What a unit's inspections come to, the last of them so many days ago."""
    return Seen(code, unit, inspections, found, year, days_ago(ago))


def test_share_of_findings_leans_on_its_sector() -> None:
    """A found 3 of 4, B 0 of 5, C was never seen: the sector's mean is 3.5 ÷ 10, worth ten inspections of each."""
    found = risks(basis(seen("A", 4, 3), seen("B", 5, 0)))
    assert [round(found[code].mean, 4) for code in "ABC"] == [
        pytest.approx(6.5 / 14, abs=1e-4), pytest.approx(3.5 / 15, abs=1e-4), pytest.approx(0.35),
    ]  # fmt: skip
    # Of Beta(6.5, 7.5), with four decimals, by a table of the incomplete beta function.
    assert (round(found["A"].low, 2), round(found["A"].high, 2)) == (0.3, 0.63)
    assert all(one.low < one.mean < one.high for one in found.values())
    assert [found[code].weight for code in "ABC"] == [1, 1, 2]


def test_sectors_do_not_mix() -> None:
    """What one sector's inspections found says nothing of another's enterprises: it begins at ½."""
    enterprises = [listed(code="A"), listed(code="B", sector="construction")]
    found = risks(basis(seen("A", 9, 9), enterprises=enterprises))
    assert (found["B"].mean, found["A"].mean > 0.9) == (0.5, True)


def test_neither_who_inspected_nor_where_predicts() -> None:
    """The same inspections made by another unit, or halved between two, give the same risks."""
    mine, theirs = basis(seen("A", 4, 2)), basis(seen("A", 4, 2, unit="fire"))
    both = basis(seen("A", 2, 2), seen("A", 2, 0, unit="fire"))
    assert risks(mine) == risks(theirs) == risks(both)


def test_order_of_a_list() -> None:
    """Overdue major hazards, re-inspections due within 14 days, high risk never inspected, then share × time not seen."""
    enterprises = [
        *(listed(code=one) for one in "ABCDEF"),
        listed(code="G", high_risk=True),
        listed(code="H", high_risk=True),
    ]
    of = basis(
        *(seen(code, 4, 1, 100) for code in "ABCDE"), seen("F", 4, 4, 100), seen("G", 4, 0, 30),
        enterprises=enterprises,
        major=[("E", days_ago(1)), ("D", days_ago(9)), ("D", days_ago(1)), ("B", days_ago(0))],
        due=[("C", days_ago(-14)), ("B", days_ago(-15))],
    )  # fmt: skip
    assert codes(of) == "DECHFABG"
    told = {one.enterprise.credit_code: (one.why.ground, one.why.since) for one in made(of)}
    assert told["D"] == ("overdue_major", days_ago(9))
    assert told["C"] == ("reinspection_due", days_ago(-14))
    assert (told["H"], told["B"], told["G"]) == (("high_risk_never", None), ("likely", None), ("likely", None))


def test_time_not_seen_counts_up_to_two_years() -> None:
    """Of the same share who was not seen for longer stands first; beyond two years nothing is added."""
    of = basis(seen("A", 1, 0, 300), seen("B", 1, 0, 900), seen("C", 1, 0, 731))
    assert codes(of) == "BCA"
    known = risks(of)
    assert (known["B"].weight, known["C"].weight) == (2, 2)


def test_who_is_as_urgent_stands_by_code() -> None:
    """Of a sector that found 1 in 2, share × time is the same after 270 days without a finding as after 225 days with one."""
    assert codes(basis(seen("A", 1, 0, 270), seen("B", 1, 1, 225), enterprises="AB")) == "AB"
    assert codes(basis(seen("A", 1, 1, 30), seen("B", 1, 0, 36), enterprises="AB")) == "AB"


def test_cap_of_one_unit_in_a_year() -> None:
    """Four times this year by the same unit is enough; three, another unit's, an open re-inspection or a tip-off are not."""
    often = [seen("A", 4, 0, 40, year=4), seen("B", 3, 0, 40, year=3), seen("C", 4, 0, 40, "fire", 4)]
    assert codes(basis(*often)) == "BC"
    assert codes(basis(*often, due=[("A", days_ago(-60))])) == "BAC"
    assert codes(basis(*often, tipped_off="A")) == "BAC"


def test_list_is_as_long_as_the_plan_and_of_those_who_answer() -> None:
    """A territory's and a department's enterprises, each; without a plan as many as the scheme says."""
    enterprises = [listed(code=f"{at:03}", department="fire" if at < 3 else None) for at in range(30)]
    planned = lists(basis(enterprises=enterprises), longtanzi=25)
    assert {unit: len(one) for unit, one in planned.items()} == {"fire": 3, "longtanzi": 25}
    assert len(made(basis(enterprises=enterprises))) == SCHEME.length_without_plan == 20
    assert [one.week for one in planned["longtanzi"]] == sorted(one.week for one in planned["longtanzi"])
    assert {one.week for one in planned["longtanzi"]} == set(WEEKS)


def test_unit_that_plans_no_inspection_has_an_empty_list() -> None:
    """A plan of 0 is a plan; who has none has as many as the scheme says."""
    made_for = lists(basis(enterprises=[listed(code="A", department="fire")]), fire=0)
    assert {unit: len(one) for unit, one in made_for.items()} == {"fire": 0, "longtanzi": 1}


def test_who_should_go_together_and_when() -> None:
    """Who has it on the list as well, and who was there in the last 30 days; in the week in which a re-inspection is due, else the first turn."""
    enterprises = [listed(code="A", department="fire"), listed(code="B"), listed(code="C")]
    of = basis(
        seen("B", 1, 0, 30, "market"), seen("C", 1, 0, 31, "market"), enterprises=enterprises,
        due=[("B", days_ago(-10))],
    )  # fmt: skip
    told = {one.enterprise.credit_code: (one.together_with, one.week) for one in made(of)}
    assert told == {"B": (("market",), date(2022, 5, 9)), "A": (("fire",), WEEKS[0]), "C": ((), WEEKS[4])}
    assert [(one.together_with, one.week) for one in made(of, "fire")] == [(("longtanzi",), WEEKS[0])]


def on(code: str, day: int, found: bool) -> Followed:
    """An inspection in May."""
    return Followed(code, date(2022, 5, day), found)


MAY = {one.credit_code: one for one in (on("A", 2, False), on("B", 12, True), on("C", 22, True), on("D", 30, False))}


@pytest.mark.parametrize(
    ("order", "worth"),
    [
        # C would have been seen on the 2nd in place of the 22nd, B on the 12th as it was.
        ("CBDA", Worth(4, 2, Fraction(10), Fraction(1), Fraction(1))),
        ("ABCD", Worth(4, 2, Fraction(0), Fraction(1, 2), Fraction(0))),
        ("ADBC", Worth(4, 2, Fraction(-9), Fraction(0), Fraction(0))),
        ("XCXC", Worth(1, 1, Fraction(0), Fraction(1), Fraction(1))),
        ("AX", Worth(1, 0, None, None, Fraction(0))),
        ("X", Worth(0, 0, None, None, None)),
    ],
)
def test_worth_of_an_order(order: str, worth: Worth) -> None:
    """By the days on which inspections were made; who was not inspected is passed over."""
    assert list_judged.worth(order, MAY) == worth


@given(st.lists(st.tuples(st.integers(1, 31), st.booleans()), min_size=1, max_size=6))
def test_chance_is_the_mean_of_all_orders(inspections: list[tuple[int, bool]]) -> None:
    """What is said of chance is what all orders are worth on average, and what was done is worth nothing earlier."""
    followed = {str(at): on(str(at), day, found) for at, (day, found) in enumerate(inspections)}
    every = [list_judged.worth(order, followed) for order in permutations(followed)]
    chance = list_judged.by_chance(followed, followed)
    for name in ("days_earlier", "first_half", "first_tenth"):
        values = [getattr(one, name) for one in every]
        assert getattr(chance, name) == (None if None in values else sum(values) / len(values))
    as_done = sorted(followed, key=lambda code: followed[code].on)
    assert list_judged.worth(as_done, followed).days_earlier in (0, None)


def test_first_inspection_of_each_and_who_was_longest_not_seen() -> None:
    """Of several the earliest, on one day the one with a finding; who was never seen comes first."""
    several = [on("A", 9, True), on("A", 3, False), on("A", 3, True), on("B", 1, False)]
    assert list_judged.first_of_each(several) == {"A": on("A", 3, True), "B": on("B", 1, False)}
    assert list_judged.longest_not_seen("ABCA", {"A": days_ago(1), "B": days_ago(2)}) == ["C", "B", "A"]
    assert list_judged.parts_by("BAC", {"A": "y", "B": "x", "C": "x"}) == {"x": ["B", "C"], "y": ["A"]}


def test_several_lists_together_are_their_findings_added_up() -> None:
    """Days over all findings, findings in first halves, first tenths; lists of which nobody was inspected add nothing."""
    lists = [list_judged.worth(order, MAY) for order in ("CBDA", "ADBC", "AX", "X")]
    assert list_judged.together(lists) == Worth(9, 4, Fraction(1, 2), Fraction(1, 2), Fraction(1, 3))
    assert list_judged.together(lists[:1]) == lists[0]
    assert list_judged.together([]) == Worth(0, 0, None, None, None)
