"""The sample register: ledgers of supervision and of tip-offs as offices send them give the expected figures, day by day."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from dashboards.results.day_report_list import day_report
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.test_register_samples import (
    EXPECTED,
    FOLDER,
    LATER,
    ORDER,
    OTHER_KINDS,
    _approximately,
    _asked,
    _plain,
)


def test_samples_give_the_expected_supervision_and_tip_offs(installation: Settings) -> None:
    """Every sample is accepted, and every figure of both reports is the expected one, as of each day and as known by each."""
    own = [one for one in ORDER if any(kind in one["file"] for kind in OTHER_KINDS)]
    with Loader(installation) as loader:
        for one in own:
            choice = Choice(one.get("kind"), one.get("unit"), one.get("period"))
            outcome = loader.load(FOLDER / one["file"], choice, datetime.fromisoformat(one["received_at"]))
            assert (one["file"], outcome.status, outcome.errors) == (one["file"], "accepted", [])
    ask = partial(fetched, reader(installation.database_url), office(installation.zone), fixed_today=LATER)
    for report in ("supervision", "tipoffs"):
        for key, expected in EXPECTED[report].items():
            period, days = _asked(key)
            told = ask(day_report, report, period, **days)
            assert _plain(told, expected) == _approximately(expected), key
