"""The sample register: workbooks as offices send them give the register and front-line duty of METHOD section 5, day by day."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import frontline, register
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Period, parse_period
from data.zone.zone import read_zone
from etl.reading.reader import Reader
from tests.fetching import fetched
from tests.integration.sample_register import EXPECTED, FOLDER, ORDER, load

LATER = date(2023, 2, 10)
Told = set[tuple[str, str]]


def test_samples_give_the_expected_register_and_front_line_duty(installation: Settings) -> None:
    """Every sample is accepted, and every figure of both reports is the expected one, as of each day and as known by each.

    Enterprises that only a ledger of hazards tells of are no finding yet: of the expected ones those alone may be missing.
    """
    load(installation)
    ask = partial(fetched, reader(installation.database_url), office(installation.zone), fixed_today=LATER)
    for key, expected in EXPECTED["frontline"].items():
        period, days = _asked(key)
        told = frontline.as_dict(ask(frontline.fetch, period, **days))
        assert _plain(told, expected) == _approximately(expected), key
    of_hazards = _told_in_hazards(installation)
    for key, whole in EXPECTED["register"].items():
        period, days = _asked(key)
        expected = dict(whole)
        told = register.as_dict(ask(register.fetch, period, **days))
        listed, told_of = _findings(told.pop("findings"))
        expected_listed, expected_of = _findings(expected.pop("findings"))
        assert _plain(told, expected) == _approximately(expected), key
        assert listed == expected_listed, key
        assert told_of <= expected_of, key
        assert expected_of - told_of <= of_hazards, key


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


def _findings(told: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], Told]:
    """Those listed twice, in order; and of those in no register who told of which code."""
    assert [(one["code"], one["credit_code"]) for one in told] == sorted(
        (one["code"], one["credit_code"]) for one in told
    )
    listed = [one for one in told if one["code"] == "listed_twice"]
    return listed, {(one["credit_code"], unit) for one in told[len(listed) :] for unit in one["units"]}


def _told_in_hazards(settings: Settings) -> Told:
    """Which unit's workbooks of hazards hold which texts that are as long as a credit code."""
    with reader(settings.database_url).connect() as connection:
        zone = read_zone(connection, settings.zone)
    told: Told = set()
    with Reader(settings.reader_memory_mib, settings.reader_seconds) as books:
        for path in sorted(FOLDER.glob("*重大隐患*")):
            unit = zone.find_unit(path.stem.split("-")[3])
            assert unit is not None
            texts = {cell for sheet in books.read(path).sheets for column in sheet.columns for cell in column.cells}
            told |= {(text.replace(" ", "").upper(), unit.code) for text in texts if isinstance(text, str)}
    return told


def test_samples_are_all_there() -> None:
    """The order names each workbook but those of hazards."""
    there = {path.name for path in Path(FOLDER).glob("202*")} - {path.name for path in Path(FOLDER).glob("*重大隐患*")}
    assert {one["file"] for one in ORDER} == there
