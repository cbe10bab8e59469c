"""What is kept of single enterprises says the same as the method does of all rows: the register of any day, and what is repeated."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.register import Inspection, Listed, latest_repetition, register_on, repeated
from data.rollup.enterprises_inspected import TIMES, InspectedOn, come_to
from data.rollup.register_entries import ListRow, entries
from data.zone.schemes import RepeatedInspections

NEW_YEAR = date(2022, 1, 1)
DAYS = st.integers(0, 12).map(lambda days: NEW_YEAR + timedelta(days=days))
UNITS = st.sampled_from(["fire", "longtanzi", "youting"])
LISTED = st.builds(
    Listed,
    unit=UNITS,
    credit_code=st.sampled_from(["A", "B"]),
    name=st.sampled_from(["甲厂", "甲（厂）"]),
    sector=st.sampled_from(["gas", "road"]),
    territory=UNITS,
    department=st.none() | UNITS,
    size=st.just("其他"),
    key_industry=st.just(False),
    high_risk=st.booleans(),
    pilot=st.just(False),
    starts_on=st.none() | DAYS,
    ends_on=st.none() | DAYS,
)
INSPECTED = st.lists(
    st.tuples(st.sampled_from(["A", "B"]), st.integers(0, 120).map(lambda n: NEW_YEAR + timedelta(days=n)), UNITS),
    max_size=14,
)
RULES = st.builds(
    RepeatedInspections,
    units=st.just(2),
    units_days=st.integers(1, 40),
    times=st.sampled_from(TIMES),
    times_days=st.integers(1, 90),
)


@given(st.lists(LISTED, max_size=6, unique_by=lambda row: (row.unit, row.credit_code)), DAYS)
def test_entries_are_the_register_of_every_day(rows: list[Listed], day: date) -> None:
    """On any day the entry of an enterprise is the row that the method would take, and who is in no register has none."""
    told = [ListRow(row.credit_code, 1, at, row.unit, row.name, row.sector, row.territory, row.department, row.high_risk, row.starts_on, row.ends_on) for at, row in enumerate(rows)]  # fmt: skip
    found = {one.credit_code: rows[one.row] for one in entries(told) if one.from_day <= day <= one.to_day}
    assert found == dict(register_on(rows, day).enterprises)


@given(INSPECTED, RULES)
def test_days_kept_tell_what_is_repeated(told: list[tuple[str, date, str]], rule: RepeatedInspections) -> None:
    """By the days that are kept the same enterprises are inspected repeatedly as by all inspections, and each has inspections that say why."""
    in_order = sorted(InspectedOn(code, on, unit) for code, on, unit in told)
    kept = come_to(in_order)
    near = {
        code
        for code, one in kept.items()
        if (one.units_2 is not None and one.units_2 <= rule.units_days)
        or ((days := getattr(one, f"times_{rule.times}")) is not None and days <= rule.times_days)
    }
    assert near == repeated([Inspection(code, unit, on) for code, on, unit in told], rule)
    for code, one in kept.items():
        own = [(on, unit) for of, on, unit in in_order if of == code]
        assert (one.inspections, one.last_on) == (len(own), own[-1][0])
        latest = latest_repetition(own, rule)
        assert (latest is not None) == (code in near)
        if latest is not None:
            shown = own[latest.first : latest.last + 1]
            assert repeated([Inspection(code, unit, on) for on, unit in shown], rule) == {code}
            assert latest_repetition(own[latest.last + 1 :], rule) is None


def test_who_is_inspected_twice_on_one_day_by_two_units() -> None:
    """Two units on one day are the nearest that can be; the same unit twice is none of two units."""
    day = date(2022, 5, 1)
    both = come_to([InspectedOn("A", day, "fire"), InspectedOn("A", day, "longtanzi")])["A"]
    same = come_to([InspectedOn("A", day, "fire"), InspectedOn("A", day, "fire")])["A"]
    assert (both.units_2, both.times_2, same.units_2, same.times_2) == (0, 0, None, 0)
