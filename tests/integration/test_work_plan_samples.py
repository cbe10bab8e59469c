"""The second computation of the plan's items gives the published samples' figures: it has read the method as they were meant."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.integration.plan_samples import EXPECTED, ORDER, UNITS, approximately, reference, register_papers, told_rows
from tests.oracle.work_plan import Denominators, denominators_from, milestones, plan_report

LATER = date(2023, 2, 10)
COUNTS = {"done", "late", "due", "overdue", "upcoming"}


@pytest.fixture(scope="module")
def plan() -> dict[str, Any]:
    """The shipped plan of the samples' year as YAML has it."""
    return reference("work_plan_2022.yaml")


@pytest.fixture(scope="module")
def denominators() -> Denominators:
    """The samples' register; nobody of them filed an inspection."""
    papers = register_papers()
    names = {row["sector"] for paper in papers for row in paper.rows}
    return denominators_from(papers, LATER, {name: name for name in names})


@pytest.mark.parametrize("day", EXPECTED["plan"])
def test_report_of_the_samples(plan: dict[str, Any], denominators: Denominators, day: str) -> None:
    """Every figure and state of every item and unit, and the counts of articles."""
    expected = EXPECTED["plan"][day]
    told = plan_report(plan, UNITS, told_rows(), denominators, date.fromisoformat(day))
    assert (told["period"], told["as_of"]) == (expected["period"], expected["as_of"])
    titles = {"title"}
    assert [_without(one, titles) for one in told["items"]] == [approximately(one) for one in expected["items"]]
    assert [_without(one, titles) for one in told["articles"]] == expected["articles"]


def _without(told: dict[str, Any], names: set[str]) -> dict[str, Any]:
    """The same without what the samples do not repeat, and without exact fractions."""
    return {name: _as_json(value) for name, value in told.items() if name not in names}


def _as_json(told: Any) -> Any:
    if isinstance(told, dict):
        return {name: _as_json(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_as_json(one) for one in told]
    return float(told) if isinstance(told, Fraction) else told


@pytest.mark.parametrize("quarter", EXPECTED["milestones"])
def test_milestones_of_the_samples(plan: dict[str, Any], denominators: Denominators, quarter: str) -> None:
    """Of every unit, silent ones too."""
    told = milestones(plan, UNITS, told_rows(), denominators, quarter)
    assert _as_json(told) == approximately(EXPECTED["milestones"][quarter])


def test_samples_are_read_whole() -> None:
    """Rows of both kinds as many as stand on the sheets: what the reader of these tests passed over would be missed by nobody."""
    rows = told_rows()
    assert [sum((row.unit, row.quarter) == asked for row in rows) for asked in (
        ("shuanglu", "2022Q1"), ("construction", "2022Q1"), ("recycling", "2022Q1"),
        ("shuanglu", "2022Q2"), ("construction", "2022Q2"), ("recycling", "2022Q2"),
    )] == [9, 11, 2, 14, 13, 4]  # fmt: skip
    assert [len(paper.rows) for paper in register_papers()] == [7, 6, 7]
    assert {one["file"].split("-")[1] for one in ORDER} == {"重点任务进展", "企业名录"}
