"""The ranking's chance part beside the second implementation's: what is counted is equal, what is drawn agrees but for chance."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from dashboards.results.reading import begin
from data.people.scope import office
from data.rollup.enforcement import recompute
from data.settings import Settings
from data.store import reader
from tests.oracle.chance import Group, wilson
from tests.oracle.ranking import rule_of
from tests.oracle.sectors import FIGURES

PROBABILITY = 0.035
KEPT_PLACE = 0.05
"""Weights are drawn 2,000 times and not 4,000: four standard errors and a half are more."""
PLACES = 1
RATES = {
    "problem_rate": ("problem_inspections", "inspections"),
    "penalty_rate": ("penalties", "problem_inspections"),
    "closed_loop_rate": ("closed_cases", "due_cases"),
}
DRAWN = ("rank_interval", "chance", "weights")
OF_THE_SCORED = (*DRAWN, "single_keys", "to_next")


def assert_chances(report: dict[str, Any]) -> None:
    """Every key of METHOD's questions: how sure is a rank, what would have lifted it, how much hangs on the weights."""
    for told in report["groups"]:
        group = Group(told["rows"], rule_of(report["period"]))
        for row in told["rows"]:
            _assert_intervals(row)
            if row["score"] is None:
                assert [row[key] for key in (*OF_THE_SCORED, "told_apart", "margin")] == [None] * 7
        _assert_counted(group)
        _assert_drawn(group, told["reliability"])


def assert_sectors_add_up(installation: Settings, report: dict[str, Any]) -> None:
    """All sectors together are all units together, as known by the report's day."""
    with begin(reader(installation.database_url), office(installation.zone), installation.today) as reading:
        bound = reading.zone.calendar.end_of(date.fromisoformat(report["known_by"]))
        sums = recompute(reading.connection, reading.zone, known_by=bound)
    of_units = [one for (_unit, month), one in sums.items() if month == report["period"]]
    for name in FIGURES:
        assert sum(row[name] for row in report["sectors"]) == sum(getattr(one, name) for one in of_units), name


def _assert_intervals(row: dict[str, Any]) -> None:
    figures = row["indicators"]
    if figures is None:
        assert row["intervals"] is None
        return
    for rate, (count, of) in RATES.items():
        expected = None if figures[rate] is None else wilson(min(figures[count], figures[of]), figures[of])
        assert row["intervals"][rate] == (None if expected is None else pytest.approx(expected, abs=1e-9)), rate


def _assert_counted(group: Group) -> None:
    for row in group.scored:
        assert row["single_keys"] == group.single_keys(row), row["unit"]
        assert row["to_next"] == group.to_next(row), row["unit"]
    for upper, lower in pairwise(group.scored):
        assert upper["margin"] == group.margin(upper, lower), upper["unit"]
    assert [(row["told_apart"], row["margin"]) for row in group.scored[-1:]] == [(None, None)] * len(group.scored[-1:])


def _assert_drawn(group: Group, reliability: dict[str, Any]) -> None:
    weights = group.weights()
    for row in group.scored:
        assert row["rank_interval"] == pytest.approx(group.rank_interval(row), abs=PLACES), row["unit"]
        assert row["chance"] == pytest.approx({"first": group.first(row), "last": group.last(row)}, abs=PROBABILITY)
        assert row["weights"] == pytest.approx(weights[row["unit"]], abs=KEPT_PLACE), row["unit"]
    for upper, lower in pairwise(group.scored):
        _assert_leads(upper["told_apart"], group.leads(upper, lower))
    scored = group.scored
    leads = [group.leads(one, other) for number, one in enumerate(scored) for other in scored[number + 1 :]]
    assert reliability["pairs"] == len(leads)
    assert sum(lead >= 0.9 + PROBABILITY for lead in leads) <= reliability["reliable"]
    assert reliability["reliable"] <= sum(lead >= 0.9 - PROBABILITY for lead in leads)
    expected = group.rankability()
    assert reliability["rankability"] == (None if expected is None else pytest.approx(expected, abs=0.05))


def _assert_leads(told_apart: bool, lead: float) -> None:
    if abs(lead - 0.9) > PROBABILITY:
        assert told_apart == (lead >= 0.9)
