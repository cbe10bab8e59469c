"""The sample register's ledgers of warnings and disasters give the figures of METHOD section 5.6, day by day."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import partial
from typing import Any

from dashboards.results import casualties, disasters
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Year, parse_period
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.fetching import fetched

FOLDER = SAMPLES / "register"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["disasters"]
ORDER = [one for one in json.loads((FOLDER / "load.json").read_text(encoding="utf-8")) if "灾害与预警" in one["file"]]
LATER = date(2023, 2, 10)


def test_samples_give_the_expected_warnings_and_disasters(installation: Settings) -> None:
    """Every sample is accepted, the same bytes again are a duplicate, and every figure is the expected one, also as known by a day.

    The goal of the year is broken on the day on which the April disaster of three dead happened, and not the day before; what
    was known before the first ledger came shows it grey.
    """
    with Loader(installation) as loader:
        for one in ORDER:
            choice = Choice(one.get("kind"), one.get("unit"), one.get("period"))
            outcome = loader.load(FOLDER / one["file"], choice, datetime.fromisoformat(one["received_at"]))
            assert (one["file"], outcome.errors) == (one["file"], [])
            assert outcome.status in {"accepted", "duplicate"}
    ask = partial(fetched, reader(installation.database_url), office(installation.zone), fixed_today=LATER)
    for key, expected in EXPECTED.items():
        told = disasters.as_dict(ask(disasters.fetch, *_period(key), **_days(key)))
        assert told.pop("known_by") == (key.partition("@")[2] or LATER.isoformat())
        assert told == expected, key
    for day, known_by, goal, light in (
        (date(2022, 4, 11), LATER, True, "green"),
        (date(2022, 4, 12), LATER, False, "red"),
        (date(2022, 4, 12), date(2022, 2, 1), True, "unknown"),
    ):
        year = ask(casualties.fetch, Year(2022), as_of=day, known_by=known_by)
        assert (year.goals["no_mass_disaster"], year.goal_lights["no_mass_disaster"]) == (goal, light), day


def _period(key: str) -> tuple[Any]:
    told = key.partition("@")[0]
    return (parse_period(told[:7] if told.count("-") == 2 else told),)


def _days(key: str) -> dict[str, date]:
    told, _, known_by = key.partition("@")
    days = {"as_of": date.fromisoformat(told)} if told.count("-") == 2 else {}
    return {**days, **({"known_by": date.fromisoformat(known_by)} if known_by else {})}
