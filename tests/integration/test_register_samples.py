"""The sample register: workbooks as offices send them give the reports of METHOD section 5, day by day."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import casualties
from dashboards.results.day_report_list import day_report
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Period, Year, parse_period
from tests.fetching import fetched
from tests.integration.sample_register import EXPECTED, FOLDER, ORDER, load

LATER = date(2023, 2, 10)


def test_samples_give_the_expected_reports(installation: Settings) -> None:
    """Every sample is accepted, and every figure and finding is the expected one, as of each day and as known by each."""
    load(installation)
    ask = partial(fetched, reader(installation.database_url), office(installation.zone), fixed_today=LATER)
    for report, by_days in EXPECTED.items():
        for key, expected in by_days.items():
            period, days = _asked(key)
            told = ask(day_report, report, period, **days)
            assert _plain(told, expected) == _approximately(expected), (report, key)
    # The goal of the year is broken on the day of the April disaster of three dead; before the first ledger came it was grey.
    for day, known_by, goal, light in (
        (date(2022, 4, 11), LATER, True, "green"),
        (date(2022, 4, 12), LATER, False, "red"),
        (date(2022, 4, 12), date(2022, 2, 1), True, "unknown"),
    ):
        year = ask(casualties.fetch, Year(2022), as_of=day, known_by=known_by)
        assert (year.goals["no_mass_disaster"], year.goal_lights["no_mass_disaster"]) == (goal, light), day


def _asked(key: str) -> tuple[Period, dict[str, date]]:
    """A key of what is expected: the period, and the days that are said of it."""
    told, _, known_by = key.partition("@")
    days = {"known_by": date.fromisoformat(known_by)} if known_by else {}
    try:
        return parse_period(told), days
    except ValueError:
        return parse_period(told[:7]), {**days, "as_of": date.fromisoformat(told)}


def _plain(told: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """What is printed as JSON has it, of the keys that are expected; the day as known by which is told besides."""
    assert told.keys() - expected.keys() <= {"known_by"}
    printed: dict[str, Any] = json.loads(json.dumps({key: told[key] for key in expected}))
    return printed


def _approximately(expected: Any) -> Any:
    """The same with ratios as they may be rounded by who computed them."""
    if isinstance(expected, dict):
        return {key: _approximately(value) for key, value in expected.items()}
    if isinstance(expected, list):
        return [_approximately(one) for one in expected]
    return pytest.approx(expected, abs=1e-12) if isinstance(expected, float) else expected


def test_samples_are_all_there() -> None:
    """The order names each workbook."""
    assert {one["file"] for one in ORDER} == {path.name for path in Path(FOLDER).glob("202*")}
