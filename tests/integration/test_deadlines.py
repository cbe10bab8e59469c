"""What is due, what is due only where something changed, and what never is: nobody owes a form that says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select, update

from dashboards.results import overview, submissions
from dashboards.results.overview import MissingReports
from data.initial import initialise, migrate
from data.intake.filing import DueReport
from data.people.scope import office
from data.schema.zone import deadline
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Period, Year
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send
from tests.integration.papers import baseline
from tests.integration.revisions import take_back

CONDITIONAL = {"frontline": "changed", "hazards": "changed", "tipoffs": "changed", "baseline": "optional"}


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def conditions(settings: Settings) -> dict[str, str]:
    """Kind → condition of its deadline, of those that do not bind always."""
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(select(deadline).where(deadline.c.condition != "always")).all()
    assert all((row.due_day is None) == (row.condition == "optional") for row in rows)
    return {row.kind: row.condition for row in rows}


def reports_of(settings: Settings, period: Period, kind: str) -> list[DueReport]:
    result = fetched(
        reader(settings.database_url), office(settings.zone), submissions.fetch, period, fixed_today=settings.today
    )
    return [one for one in result.reports if one.kind == kind]


def test_shipped_deadlines_have_their_conditions(installation: Settings) -> None:
    """Registers of things are told of where they change, past sums only where ledgers are not to be had."""
    assert conditions(installation) == CONDITIONAL


def test_an_older_database_learns_the_conditions(installation: Settings) -> None:
    """A database of before gets them by ``data init``, and with them the work plan that it had no table for; then there is nothing to do."""
    with write_transaction(installation.database_url) as connection:
        take_back(connection, "0006")
        migrate(connection)
    assert conditions(installation) == CONDITIONAL
    assert initialise(installation.database_url, installation.zone) == ["参考数据：work_plan 新增 1 行"]
    assert initialise(installation.database_url, installation.zone) == []


def test_past_sums_are_never_due_and_seen_where_they_came(loader: Loader, tmp_path: Path) -> None:
    """历史数据 is missing nowhere, not on the overview either; once it came the page shows it, and no report counts it."""
    settings = loader.settings
    assert reports_of(settings, Year(2021), "baseline") == []
    outcome = send(loader, baseline(2021, ["龙滩子街道办事处", "2021年5月", 20, 9, 30, 1, 4, 0]), tmp_path)
    assert outcome.status == "accepted"
    (came,) = reports_of(settings, Year(2021), "baseline")
    assert (came.unit.code, came.status, came.deadline) == ("emergency", "on_time", None)
    result = fetched(
        reader(settings.database_url), office(settings.zone), submissions.fetch, Year(2021), fixed_today=settings.today
    )
    assert "baseline" not in {row["kind"] for row in submissions.as_dict(result)["rows"]}
    found = fetched(
        reader(settings.database_url),
        office(settings.zone),
        overview.fetch,
        Month(2021, 12),
        fixed_today=settings.today,
    )
    assert "baseline" not in {one.kind for one in found.matters if isinstance(one, MissingReports)}


def test_what_is_due_only_when_changed_is_never_missing(loader: Loader, tmp_path: Path) -> None:
    """Who is silent has nothing to tell; who sent something is listed, in time or late, and so is what was refused."""
    settings = loader.settings
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(deadline).where(deadline.c.kind == "enforcement").values(condition="changed"))
    assert reports_of(settings, Month(2022, 5), "enforcement") == []
    with Loader(settings) as fresh:
        assert send(fresh, ledger(), tmp_path).status == "accepted"
        assert send(fresh, ledger(unit="shuanglu").put({"B2": "没有日期"}), tmp_path).status == "rejected"
    stood = {one.unit.code: (one.status, one.deadline) for one in reports_of(settings, Month(2022, 5), "enforcement")}
    assert stood == {"longtanzi": ("on_time", date(2022, 6, 5)), "shuanglu": ("rejected", date(2022, 6, 5))}
