"""The sample workbooks of the plan's items, loaded as offices sent them: every report and every milestone is the expected one."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import scores, work_plan
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Quarter, Year
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import send
from tests.integration.papers import self_assessment
from tests.integration.plan_samples import EXPECTED, FOLDER, ORDER, approximately

LATER = date(2023, 2, 10)
APRIL = datetime.fromisoformat("2022-04-05T10:00:00+08:00")


@pytest.fixture
def loaded(installation: Settings) -> Settings:
    """An installation into which the samples came, in their order."""
    settings = installation.model_copy(update={"today": LATER})
    with Loader(settings) as loader:
        for one in ORDER:
            outcome = loader.load(FOLDER / one["file"], Choice(), datetime.fromisoformat(one["received_at"]))
            assert (outcome.status, outcome.errors) == ("accepted", []), one["file"]
    return settings


def test_reports_and_milestones_are_the_expected_ones(loaded: Settings) -> None:
    """Each item that units tell of with each unit and due day, each article all of whose items are told of, each unit's component."""
    engine, scope = reader(loaded.database_url), office(loaded.zone)
    for day, expected in EXPECTED["plan"].items():
        found = work_plan.as_dict(
            fetched(engine, scope, work_plan.fetch, Year(2022), as_of=date.fromisoformat(day), fixed_today=LATER)
        )
        assert (found["period"], found["as_of"]) == (expected["period"], expected["as_of"])
        told = {one["number"]: one for one in found["items"]}
        assert [one for one in EXPECTED["numbers"] if one not in told] == []
        for one in expected["items"]:
            assert _comparable(told[one["number"]], one) == approximately(one), (day, one["number"])
        articles = {one["article"]: one for one in found["articles"]}
        for one in expected["articles"]:
            assert {name: articles[one["article"]][name] for name in one} == one, day
    for quarter, components in EXPECTED["milestones"].items():
        result = fetched(engine, scope, scores.fetch, Quarter.parse(quarter), fixed_today=LATER)
        rows = {row.unit.code: row.figures.components["milestones"] for group in result.groups for row in group.rows}
        shown = {unit: None if value is None else float(value) for unit, value in rows.items()}
        assert shown == approximately(components), quarter


def test_milestones_are_a_tenth_of_the_score(loaded: Settings, tmp_path: Path) -> None:
    """Of 90 points of the measures and no ledger: 0.7 × 90 + 0.2 × 0 + 0.1 × the milestones, whoever told nothing has 0 of them."""
    with Loader(loaded) as loader:
        for unit in ("construction", "shuanglu", "longtanzi"):
            assert send(loader, self_assessment(unit, "2022Q1"), tmp_path, at=APRIL).status == "accepted"
    engine, scope = reader(loaded.database_url), office(loaded.zone)
    result = fetched(engine, scope, scores.fetch, Quarter(2022, 1), fixed_today=LATER)
    rows = {row.unit.code: row.figures for group in result.groups for row in group.rows}
    assert rows["shuanglu"].components["ten_measures"] == 90
    found = [str(rows[unit].score) for unit in ("construction", "shuanglu", "longtanzi")]
    assert found == ["66.33", "73.00", "63.00"]


def _comparable(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Of an item what the samples tell of; units without figures may be left out there."""
    named = {one["unit"] for one in expected["units"]}
    left_out = [one for one in found["units"] if one["unit"] not in named]
    assert all(one["numerator"] is None and one["denominator"] is None for one in left_out), left_out
    return {
        **{name: found[name] for name in expected},
        "units": [one for one in found["units"] if one["unit"] in named],
    }
