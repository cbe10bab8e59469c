"""Results as frames: their columns are those that docs/for-analysts.md lists, each with its type, whatever is in them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dashboards.method.ranking import rank_group
from dashboards.results import (
    case_chain,
    fatal_accidents,
    found_rates,
    group_funnel,
    inspection_days,
    places,
    report_frames,
    side_by_side,
    weak_measures,
)
from dashboards.results.chance import of_group
from dashboards.results.frames import NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from data.indicators.enforcement import INDICATORS
from data.indicators.unit_month import State, UnitMonth
from data.schema.enforcement import Sums
from data.zone.schemes import RankingScheme, shipped

DOCUMENT = Path(__file__).parents[2] / "docs" / "for-analysts.md"
BY_INDICATOR = {one.key for one in INDICATORS}
FRAMES: dict[str, tuple[str, FrameLayout, str]] = {
    "Ranking": (
        "`dashboards.results.ranking.fetch` for a month; one row a unit.", report_frames.RANKING,
        "Then a column for each indicator, by its key ([contract.md](contract.md)): counts `Int64`, rates `Float64`, fines in yuan.",
    ),
    "Sectors": ("`sectors` of what `dashboards.results.ranking.fetch` gives for a month; one row a sector.", report_frames.SECTORS, ""),
    "Scores": ("`dashboards.results.scores.fetch` for a quarter; one row a unit.", report_frames.SCORES, ""),
    "Casualties": ("`dashboards.results.casualties.fetch` for a year; one row a unit. The zone's figures (`total`) are no sum of them.",
                   report_frames.CASUALTIES, ""),
    "Cases": ("`dashboards.results.cases.fetch` for a unit, a month and an indicator; one row a case of the page asked for.",
              report_frames.CASES, ""),
    "Places": ("`dashboards.results.places.of_year` of a ranking and one of its groups; one row a unit and month.", places.LAYOUT, ""),
    "Inspections and problems": ("`dashboards.results.found_rates.of_month` of a ranking and one of its groups; one row a unit.",
                                 found_rates.LAYOUT, ""),
    "Beyond chance": ("`dashboards.results.group_funnel.of_rate` of a ranking, one of its groups and a rate; one row a unit.",
                      group_funnel.LAYOUT, ""),
    "Side by side": ("`dashboards.results.side_by_side.fetch` for two units and months; one row a side and indicator.", side_by_side.LAYOUT, ""),
    "Chain of cases": ("`dashboards.results.case_chain.fetch` for a unit and the last month; one row a way that cases took.",
                       case_chain.LAYOUT, ""),
    "Days of inspections": ("`dashboards.results.inspection_days.fetch` for a unit and the last month; one row a day with inspections.",
                            inspection_days.LAYOUT, ""),
    "Measures": ("`dashboards.results.weak_measures.of_group` of scores and one of their groups; one row a unit and measure.",
                 weak_measures.LAYOUT, ""),
    "Fatal accidents": ("`dashboards.results.fatal_accidents.of_year` of a year's casualties; one row an accident.",
                        fatal_accidents.LAYOUT, ""),
}  # fmt: skip
"""Heading in the document → how one gets it, its columns, what is said of further ones."""


def table(layout: FrameLayout) -> str:
    """The columns as the document lists them, but for those of indicators, which come and go with these."""
    lines = ["| column | type | measured in | |", "|---|---|---|---|"]
    for one in layout.every:
        if one.name not in BY_INDICATOR or layout is not report_frames.RANKING:
            index = " (index)" if one in layout.index else ""
            lines.append(f"| `{one.name}`{index} | `{one.dtype}` | {one.measured_in} | {one.meaning} |")
    return "\n".join(lines)


@pytest.mark.parametrize("heading", FRAMES)
def test_document_lists_every_column(heading: str) -> None:
    """How a frame is got and what stands in it is said as it is."""
    said = dict(re.findall(r"^### (.*?)\n(.*?)(?=\n### |\Z)", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S))
    where, layout, more = FRAMES[heading]
    assert said.keys() == FRAMES.keys()
    assert said[heading].strip() == "\n\n".join(filter(None, [where, table(layout), more]))


@pytest.mark.parametrize("heading", FRAMES)
def test_frames_begin_with_unit_and_period_and_keep_their_types(heading: str) -> None:
    """A frame without rows has the columns and types of any other; no column has two meanings."""
    layout = FRAMES[heading][1]
    frame = layout.frame([])
    assert list(frame.index.names[:2]) == ["sector" if heading == "Sectors" else "unit", "period"]
    told = {**dict(zip(frame.index.names, frame.index.dtypes, strict=True)), **frame.dtypes}
    assert {name: str(dtype) for name, dtype in told.items()} == {one.name: one.dtype for one in layout.every}
    assert all(one.meaning for one in layout.every)


def test_without_a_score_is_missing_what_the_document_says() -> None:
    """Where a unit that reported has no score nothing of its place is known; the intervals of its rates are all the same."""
    told = {one.name: one.meaning for one in report_frames.CHANCE}
    of_place = re.search(r"missing without a score, as all down to `(\w+)`", told["rank_low"])
    assert of_place is not None
    names = list(told)
    rates = names[names.index(of_place[1]) + 1 :]
    sums = Sums(due_cases=5, closed_cases=4)
    idle = UnitMonth("甲", "甲", may_penalise=True, state=State.REPORTED, sums=sums, plan=0)
    scheme = next(one for _text, one in shipped() if isinstance(one, RankingScheme))
    ranked = rank_group([idle], scheme)
    assert ranked[0].score is None
    found = report_frames.chance(of_group(ranked, {"甲": idle}, scheme, "2022-05", "town").units["甲"])
    assert list(found) == names
    known = [name for name in names if found[name] is not None]
    assert known == [name for name in rates if name.startswith("closed_loop_rate")]


def test_what_is_not_known_is_missing_and_never_zero() -> None:
    """Of decimals and fractions a frame has the number; of None, and of what a row leaves out, nothing."""
    layout = FrameLayout(
        (UNIT, PERIOD), (NAME, FrameColumn("n", "Int64", "", "n"), FrameColumn("share", "Float64", "", "share"))
    )
    frame = layout.frame(
        [
            {"unit": "a", "period": "2022-05", "name": "甲", "n": 3, "share": Fraction(1, 3)},
            {"unit": "b", "period": "2022-05", "name": "乙", "n": None, "share": Decimal("0.50")},
            {"unit": "c", "period": "2022-05", "name": "丙"},
        ]
    )
    assert frame.loc[("a", "2022-05"), "share"] == pytest.approx(1 / 3)
    assert frame["n"].isna().tolist() == [False, True, True]
    assert frame["share"].isna().tolist() == [False, False, True]
