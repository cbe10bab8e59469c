"""The sample half-year: workbooks as offices send them, in the order they came in, give the figures of METHOD."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import casualties, ranking, ranking_printed, scores
from data.doctor import examine
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter, Year
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.fetching import fetched
from tests.integration.chances import assert_chances, assert_sectors_add_up

EXPECTED: dict[str, Any] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))["ranking"]
REFUSED: dict[str, Any] = json.loads((SAMPLES / "refused" / "expected.json").read_text(encoding="utf-8"))
CHANCES_OF_JUNE = {
    "manufacturing": {"first": 0.5115, "last": 0.17425},
    "logistics": {"first": 0.381, "last": 0.18225},
    "recycling": {"first": 0.1085, "last": 0.644},
}
"""As numpy draws them from METHOD's seed: the same on both engines, and with whatever comes to be changed."""


def test_half_year_of_samples_gives_the_expected_rankings(
    installation: Settings, sample_order: list[tuple[Path, datetime]]
) -> None:
    """Every sample is accepted, and every rank, score, flag and indicator of six months is the expected one."""
    with Loader(installation) as loader:
        outcomes = [loader.load(path, Choice(), received_at) for path, received_at in sample_order]
    assert [(one.file, one.errors) for one in outcomes if one.status != "accepted"] == []
    for month, groups in EXPECTED.items():
        result = fetched(
            reader(installation.database_url),
            office(installation.zone),
            ranking.fetch,
            Month.parse(month),
            fixed_today=installation.today,
        )
        report = ranking_printed.as_dict(result)
        assert_chances(report)
        assert_sectors_add_up(installation, report)
        shown = {group["group"]: group["rows"] for group in report["groups"]}
        for group, rows in groups.items():
            assert [_comparable(row) for row in shown[group]] == [_comparable(row) for row in rows], (month, group)
    assert {row["unit"]: row["chance"] for row in shown["centre"]} == CHANCES_OF_JUNE
    _assert_scores_and_casualties(installation)
    assert examine(installation)[0] == []


def _assert_scores_and_casualties(installation: Settings) -> None:
    """What the half-year's marks and accidents come to, worked out by hand from the workbooks.

    Nobody files anything of the plan: its milestones are 0, a tenth of the score (82.83 × 0.9).
    13 counted fatal accidents in 3 past years and this half: P(0) = (7/8)^13.5, and one more death breaks the cap of 6.
    """
    engine, scope = reader(installation.database_url), office(installation.zone)
    zone = fetched(
        engine, scope, casualties.fetch, Year(2022), fixed_today=installation.today, as_of=date(2022, 6, 30)
    ).total
    assert (zone.deaths, zone.fatal_accidents, zone.cap, zone.last_year_deaths, zone.light) == (6, 4, 6, 2, "orange")
    assert zone.breach_probability == pytest.approx(1 - (7 / 8) ** 13.5, abs=1e-12)
    result = fetched(engine, scope, scores.fetch, Quarter(2022, 2), fixed_today=installation.today)
    rows = {row.unit.code: row.figures for group in result.groups for row in group.rows}
    assert (str(rows["shuanglu"].score), rows["shuanglu"].grade, rows["shuanglu"].rank) == ("74.55", "合格", 1)
    assert (rows["transport"].grade, rows["transport"].veto, rows["transport"].rank) == ("否决", "瞒报事故", 8)
    assert (rows["recycling"].score, rows["recycling"].flags) == (None, ("not_reported",))
    assert (rows["emergency"].bonus, rows["youting"].deduction) == (2, 3)


def _comparable(row: dict[str, Any]) -> dict[str, Any]:
    figures = row["indicators"]
    return {
        **{key: row[key] for key in ("unit", "rank", "score", "flags")},
        "indicators": None
        if figures is None
        else {key: value if value is None else pytest.approx(value, abs=1e-12) for key, value in figures.items()},
    }


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_refused_samples_are_refused_for_what_is_wrong(installation: Settings, name: str) -> None:
    """Each faulty workbook gets the expected codes, at the expected cells, and nothing else; the two strange ones pass."""
    expected = REFUSED[name]
    with Loader(installation) as loader:
        outcome = loader.load(SAMPLES / "refused" / name, Choice(), datetime.fromisoformat("2022-06-04T10:00:00+08:00"))
    if expected is None:
        assert (outcome.status, outcome.errors) == ("accepted", [])
    elif isinstance(expected, str):
        assert outcome.status == "rejected"
        assert [problem.code for problem in outcome.errors] == [expected]
    else:
        assert outcome.status == "rejected"
        assert {problem.cell: problem.code for problem in outcome.errors} == expected
