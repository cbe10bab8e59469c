"""A request reads once: few statements, however many units there are, all in one transaction that sees one state."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from dashboards.results import corrections, ranking, submissions
from dashboards.results.corrections import Ledger
from dashboards.results.reading import begin
from data.people.scope import Role, Scope, office
from data.rollup.enforcement import Recomputed, sums_of
from data.settings import Settings
from data.store import reader, writer
from data.zone.periods import Month
from data.zone.zone import GROUPS, Zone, read_zone
from etl.loading.load import Loader
from tests.how_many import seeds
from tests.integration.ledgers import ledger, send
from tests.integration.sites import Site, Visitor, made

MAY = Month(2022, 5)
END = datetime(2023, 1, 1, tzinfo=UTC)
MONTHS = [Month(2022, number) for number in range(1, 10)]
MOST = {
    "/overview": 60,
    "/overview?period=2022-12": 60,
    "/ranking": 48,
    "/ranking?period=2022-06&compare=2019": 48,
    "/scores": 62,
    "/casualties": 30,
    "/work-plan": 260,
    "/work-plan?article=2&item=2.1": 260,
    "/unit": 60,
    "/frontline": 30,
    "/disasters": 30,
    "/inspection-lists": 34,
    "/enterprise?q=有限公司": 36,
    "/inspection-coverage?list=repeated": 30,
    "/hazards": 30,
    "/calendar": 310,
    "/supervision": 20,
    "/tipoffs": 20,
    "/submissions": 28,
    "/submissions?period=2022-05&submission=50": 38,
}
"""A page by its address, and how many statements its request may ask, signing in and all; the overview asked 447."""


@pytest.fixture
def site(year_loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The demo year on the web, by a process that keeps no results."""
    return made(year_loaded, monkeypatch, kept_results_mib=0)


@contextmanager
def _heard(*engines: Engine) -> Iterator[list[str]]:
    """Every statement that is asked meanwhile."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_told: Any) -> None:
        said.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", hear)


def _page(visitor: Visitor, address: str, token: str) -> int:
    path, _sign, search = address.partition("?")
    inputs = {"pathname": path, "search": f"?{search}" if search else ""}
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in inputs.items()],
        "changedPropIds": [f"_pages_location.{name}" for name in inputs],
        "state": [],
    }
    ask = {"base_url": visitor.base, "headers": {"X-CSRFToken": token}, "json": body}
    return visitor.client.post("/_dash-update-component", **ask).status_code


@pytest.mark.parametrize("role", [Role.OFFICE, Role.UNIT])
@pytest.mark.parametrize("address", MOST)
def test_few_statements_show_a_page(site: Site, address: str, role: Role) -> None:
    """A page of a whole year of all units asks few statements, and reads its figures and the zone once."""
    visitor = site.signed_in(role)
    token = visitor.token()
    url = site.door.settings.database_url
    with _heard(reader(url), writer(url)) as said:
        assert _page(visitor, address, token) == 200
    assert len(said) <= MOST[address], (len(said), said)
    assert sum("FROM unit_alias" in one for one in said) == 1
    assert sum(one.startswith("BEGIN") for one in said) == 2, "whose session it is, and all that the page shows"


def _ledgers(connection: Connection, zone: Zone, seed: int) -> dict[tuple[str, Month], frozenset[Ledger]]:
    """(unit, month) → ledgers up to the month that might have counted; later months mostly go on from earlier ones."""
    drawn, found = random.Random(seed), {}
    for unit, of_unit in corrections.ledgers(connection, zone, END).items():
        changing = {one.period: one for one in of_unit}
        for month in MONTHS:
            if drawn.random() < 0.2:
                one = drawn.choice(of_unit)
                changing[one.period] = one
            if drawn.random() < 0.1:
                changing.pop(drawn.choice(of_unit).period, None)
            found[unit, month] = frozenset(one for one in changing.values() if one.period <= str(month))
    return found


def _of(sums: Recomputed, unit: str, month: Month) -> Recomputed:
    return {(code, at): one for (code, at), one in sums.items() if code == unit and at <= str(month)}


@pytest.mark.parametrize("seed", seeds())
def test_sums_as_they_were_are_added_up_together(year_loaded: Settings, seed: int) -> None:
    """Whatever counted at which deadline: together the sums of two units' months are those of each alone."""
    with reader(year_loaded.database_url).connect() as connection:
        zone = read_zone(connection, year_loaded.zone)
        units = random.Random(seed).sample([unit.code for unit in zone.units], 2)
        wanted = {key: one for key, one in _ledgers(connection, zone, seed).items() if key[0] in units}
        together = corrections._sums_of_each(connection, zone, wanted)
        for (unit, month), ledgers in wanted.items():
            alone = sums_of(connection, zone, {one.submission: one.period for one in ledgers})
            assert _of(together[unit, month], unit, month) == _of(alone, unit, month)


def test_more_units_ask_no_more_statements(year_loaded: Settings) -> None:
    """What counted at their deadlines is asked of all units with as many statements as of the one that changed most."""
    engine = reader(year_loaded.database_url)
    with engine.connect() as connection:
        zone = read_zone(connection, year_loaded.zone)
        wanted = _ledgers(connection, zone, seed=0)
        asked = {}
        for units in [{unit for unit, _month in wanted}, *({unit} for unit, _month in wanted)]:
            with _heard(engine) as said:
                corrections._sums_of_each(
                    connection, zone, {key: one for key, one in wanted.items() if key[0] in units}
                )
            asked[frozenset(units)] = len(said)
    assert max(asked.values()) == asked[frozenset(unit for unit, _month in wanted)]


@pytest.mark.parametrize("scope", [office("shuangqiao"), Scope("shuangqiao", Role.UNIT, "unit1", "emergency")])
def test_a_group_asked_for_alone_is_the_same_and_of_the_others_nothing_is_drawn(
    year_loaded: Settings, scope: Scope
) -> None:
    """All that the month says of a group is said to who asks for it alone; of the others all but how sure places are."""
    with begin(reader(year_loaded.database_url), scope) as reading:
        whole = ranking.fetch(reading, MAY)
    for asked in GROUPS:
        with begin(reader(year_loaded.database_url), scope) as reading:
            found = ranking.fetch_for_group(reading, MAY, asked)
        assert found.group(asked) == whole.group(asked)
        for one in GROUPS:
            assert [row.figures for row in found.group(one).rows] == [row.figures for row in whole.group(one).rows]
        assert {one.group for one in found.groups if one.chance is not None} == ({asked} if scope.sees_all else set())
        assert found.sectors is None


def test_reading_sees_one_state(installation: Settings, tmp_path: Path) -> None:
    """What is loaded while a page is made stands on the next one, not on half of this."""
    engine, scope = reader(installation.database_url), office(installation.zone)
    with Loader(installation) as loader:
        assert send(loader, ledger(unit="shuanglu"), tmp_path).status == "accepted"
        with begin(engine, scope, installation.today) as reading:
            before = submissions.fetch(reading, MAY)
            assert send(loader, ledger(), tmp_path).status == "accepted"
            assert submissions.fetch(reading, MAY) == before
            assert _reported(ranking.fetch(reading, MAY)) == ["shuanglu"]
    with begin(engine, scope, installation.today) as reading:
        assert submissions.fetch(reading, MAY) != before
        assert _reported(ranking.fetch(reading, MAY)) == ["longtanzi", "shuanglu"]


def _reported(result: ranking.Ranking) -> list[str]:
    return sorted(row.unit.code for group in result.groups for row in group.rows if row.filing is not None)


def test_day_of_a_reading_stands(sqlite_installation: Settings) -> None:
    """A reading that began before midnight ends on the same day; without a fixed day it has the real one."""
    engine, scope = reader(sqlite_installation.database_url), office(sqlite_installation.zone)
    with begin(engine, scope) as reading:
        assert reading.now == reading.now
        assert reading.today == reading.zone.calendar.day_of(reading.now)
        assert abs((datetime.now(UTC) - reading.now).total_seconds()) < 60
    with begin(engine, scope, sqlite_installation.today) as reading:
        assert reading.today == sqlite_installation.today
