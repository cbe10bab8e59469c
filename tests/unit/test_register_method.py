"""The edges of the register and of front-line duty (METHOD sections 5.1 and 5.2), each by hand."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboards.method import frontline, register
from dashboards.method.frontline import DutyTold
from dashboards.method.frontline_columns import standing
from dashboards.method.register import Inspection, Listed
from data.zone.schemes import EnterprisesScheme, FrontlineScheme, shipped
from tests.unit.duty_columns import Ledger, counted

DUTY = next(one for _text, one in shipped() if isinstance(one, FrontlineScheme))
REPEATED = next(one for _text, one in shipped() if isinstance(one, EnterprisesScheme)).repeated
DUE = date(2022, 6, 30)
DAY = timedelta(days=1)


def listed(unit: str = "longtanzi", code: str = "A", **more: Any) -> Listed:
    """A row of a list; ``more`` is what it has otherwise."""
    usual = Listed(1, 2, unit, code, "甲公司", "gas", "longtanzi", None, "其他", False, False, True, None, None)
    return usual._replace(**more)


def told(code: str = "A", **more: Any) -> DutyTold:
    """A row that tells of four documents."""
    return DutyTold(1, code, 2, *[True] * 4, None)._replace(**more)


def ledger(*rows: DutyTold, unit: str = "longtanzi", period: str = "2022-05", at: int = 3) -> Ledger:
    """A ledger of a month that ends on its 31st, received on a day of June."""
    until = date.fromisoformat(f"{period}-31")
    return Ledger(
        unit, period, until, datetime(2022, 6, at, tzinfo=UTC), at, [row._replace(submission=at) for row in rows]
    )


def row_of_a(ledgers: list[Ledger], day: date) -> DutyTold | None:
    """What counts of the enterprise that is listed, as columns count it; row by row it is the same."""
    known = counted([listed()], ledgers)
    found = known.told(known.on(day, DUTY)).get("A")
    tellings = [one for one in known.tellings if one.told.credit_code == "A"]
    assert found == frontline.counting_of_one(tellings, "longtanzi", day)
    return None if found is None else found.told


@pytest.mark.parametrize(("day", "there"), [(DUE - DAY, True), (DUE, True), (DUE + DAY, False)])
def test_enterprise_counts_on_its_last_day(day: date, there: bool) -> None:
    """Who closes on 30 June is in the register of that day, and of no later one."""
    found = register.register_on([listed(ends_on=DUE)], day)
    assert ("A" in found.enterprises) is there
    assert ("A" in register.register_on([listed(starts_on=day)], DUE).enterprises) is there


def test_row_that_counts_of_several_units() -> None:
    """The territory's own row, else that of the department in charge, else the first by code; the others by code."""
    of_three = [
        listed("youting", territory="youting"), listed("economy", department="economy"), listed("fire", name="甲 公司", size="规上工业"),
    ]  # fmt: skip
    (finding,) = register.register_on(of_three, DUE).listed_twice
    assert (finding.units, finding.differs) == (("youting", "economy", "fire"), ("territory", "size"))
    assert register.register_on(of_three[:0:-1], DUE).enterprises["A"].unit == "economy"
    apart = [listed("market"), listed("fire"), listed("longtanzi", territory="youting"), listed("construction")]
    (finding,) = register.register_on(apart, DUE).listed_twice
    assert finding.units == ("construction", "fire", "longtanzi", "market")


@pytest.mark.parametrize(
    ("days", "again"),
    [
        ([("a", 0), ("b", 30)], True), ([("a", 0), ("b", 31)], False), ([("a", 0), ("a", 1), ("a", 2)], False),
        ([("a", 0), ("a", 30), ("a", 60), ("a", 90)], True), ([("a", 0), ("a", 30), ("a", 60), ("a", 91)], False),
        ([("a", 0), ("a", 29), ("b", 40)], True), ([("a", 0), ("b", 0)], True), ([("a", 5)], False),
    ],
)  # fmt: skip
def test_inspected_again_and_again(days: list[tuple[str, int]], again: bool) -> None:
    """Two units at most 30 days apart, or four times within 90: a day more is none."""
    made = [Inspection("A", unit, date(2021, 12, 20) + after * DAY) for unit, after in days]
    assert register.repeated(made, REPEATED) == ({"A"} if again else set())


def test_row_that_counts_of_several_ledgers() -> None:
    """The latest period that speaks; of one period the territory's row, then the later received, then the later row."""
    fire = ledger(told(risk_list=False), unit="fire", at=9)
    own = ledger(told(row=9), told(row=2))
    march = ledger(told(duty_list=False), period="2022-03", at=20)
    assert row_of_a([march, fire, own], DUE) == own.rows[0]
    assert row_of_a([fire, ledger(told(), unit="economy")], DUE) == fire.rows[0]
    june = replace(ledger(told(row=5, completed_on=DUE), period="2022-07", at=1), period="2022-06", until=DUE)
    assert row_of_a([fire, own, june], DUE - DAY) == own.rows[0]
    assert row_of_a([fire, own, june], DUE) == june.rows[0]
    early = replace(june, rows=[june.rows[0]._replace(completed_on=DUE - DAY)])
    assert row_of_a([fire, own, early], DUE - DAY) == early.rows[0]
    assert row_of_a([ledger(told("B"))], DUE) is None


@pytest.mark.parametrize(
    ("day", "state", "weekly"),
    [
        (DUE - 31 * DAY, "upcoming", 14 / 31), (DUE - 30 * DAY, "due", 14 / 30), (DUE - DAY, "due", 14), (DUE, "due", None),
        (DUE + DAY, "overdue", None),
    ],
)  # fmt: skip
def test_batch_around_its_due_day(day: date, state: str, weekly: float | None) -> None:
    """Two of three are lacking: due from 30 days before on, overdue from the day after; nothing is needed a week from the day on."""
    known = counted([listed(), listed(code="B"), listed(code="C")], [ledger(told(), told("B", risk_list=False), period="2022-01")])  # fmt: skip
    found = standing("pilot", known.on(day, DUTY), known.units, day, DUTY, None)
    assert (found.state, found.due, astuple(found.coverage)) == (state, DUE, (3, 1))
    assert found.needed_per_week == (None if weekly is None else pytest.approx(weekly))
    assert (found.silent, found.lacking["risk_list"], found.lacking["duty_list"]) == (1, 1, 0)


def test_document_of_a_day_to_come_is_not_there_yet() -> None:
    """Four documents from 1 July on are not complete on 30 June though the month before is told; without a day they are."""
    for completed, complete in ((DUE + DAY, 0), (DUE, 1), (None, 1)):
        known = counted([listed()], [ledger(told(completed_on=completed))])
        assert standing("all", known.on(DUE, DUTY), known.units, DUE, DUTY, None).coverage.complete == complete
    none = counted([], [])
    nobody = standing("pilot", none.on(DUE, DUTY), none.units, DUE, DUTY, None)
    assert (nobody.coverage.share, nobody.needed_per_week, nobody.towns) == (None, None, {})
