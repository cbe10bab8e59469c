"""The demo year's register and front-line duty go in as any others, and what went otherwise with them shows in the reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboards.results import frontline, register, submissions
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Year
from etl.demo import FURTHER, Parcel, write_further
from etl.demo.register_changes import changes, listed
from etl.demo.registered import unlisted
from etl.loading.load import Loader
from etl.loading.outcome import Outcome
from tests.fetching import fetched
from tests.integration.several_units import installed

TODAY = date(2022, 10, 8)
DUE = date(2022, 9, 30)
Loaded = list[tuple[Parcel, Outcome]]


@pytest.fixture(scope="module")
def settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation of the module's own."""
    with installed(sqlite_template, tmp_path_factory.mktemp("demo-register")) as one:
        yield one


@pytest.fixture(scope="module")
def loaded(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Every list and ledger of these kinds, in order of receipt, and what was said of it."""
    parcels = write_further(tmp_path_factory.mktemp("sent"), FURTHER)
    with Loader(settings) as loader:
        loader.expect(parcel.path for parcel in parcels)
        return [(parcel, loader.load(parcel.path, Choice(), parcel.received_at)) for parcel in parcels]


def test_all_are_taken_but_those_that_were_to_be_refused(loaded: Loaded) -> None:
    """Whatever its layout a workbook is known for what it is; what is refused is refused for what its clerk mistyped."""
    for parcel, outcome in loaded:
        assert outcome.status == ("rejected" if parcel.story == "refused" else "accepted"), parcel.path.name
        assert outcome.unit == parcel.sender
        assert {one.code for one in outcome.warnings} <= {"check_digit", "not_in_register"}
    refused = {outcome.kind: {one.code for one in outcome.errors} for _parcel, outcome in loaded if outcome.errors}
    assert refused == {
        "enterprises": {"bad_credit_code", "bad_choice", "duplicate_key"}, "frontline": {"bad_credit_code", "inconsistent"},
        "hazards": {"bad_choice", "inconsistent"}, "disasters": {"inconsistent"}, "tipoffs": {"bad_choice", "duplicate_key"}, "supervision": {"bad_choice", "bad_date"},
        "tasks": {"bad_choice", "bad_number"},
    }  # fmt: skip


def test_register_is_that_of_the_zone(settings: Settings, loaded: Loaded) -> None:
    """On 30 September: who closed is out, who opened or moved is in once, doubles and the unlisted are findings."""
    found = fetched(reader(settings.database_url), office(settings.zone), register.fetch, Month(2022, 9), fixed_today=TODAY)  # fmt: skip
    assert found.register.enterprises.keys() == {one.code for one in listed()} - changes().closed.keys()
    assert {one.credit_code for one in found.register.listed_twice} == changes().doubles.keys()
    assert {name for one in found.register.listed_twice for name in one.differs} == {
        "name", "sector", "territory", "size",
    }  # fmt: skip
    assert found.not_listed.keys() & unlisted()
    filed = fetched(reader(settings.database_url), office(settings.zone), submissions.fetch, Year(2022), fixed_today=TODAY)  # fmt: skip
    stood = {one.unit.code: one.status for one in filed.reports if one.kind == "enterprises"}
    assert {code: status for code, status in stood.items() if status != "on_time"} == {
        "fire": "late", "traffic_police": "missing",
    }  # fmt: skip


def test_front_line_duty_is_on_its_way(settings: Settings, loaded: Loaded) -> None:
    """Nearly all pilots by the end of June, the rest of them late; four in five of the key batch by the end of September."""
    found = fetched(reader(settings.database_url), office(settings.zone), frontline.fetch, Month(2022, 9), fixed_today=TODAY)  # fmt: skip
    pilot, key, everybody = frontline.as_dict(found)["batches"]
    assert pilot["enterprises"] > 50
    assert 0.85 <= pilot["on_due_day"] < pilot["coverage"] < 1
    assert (pilot["silent"], pilot["state"]) == (0, "overdue")
    assert 0.75 <= key["coverage"] <= 0.85
    assert 0 < key["silent"] < everybody["silent"]
    assert 0.5 <= everybody["coverage"] <= 0.7
    assert all(many > 0 for many in everybody["lacking"].values())
