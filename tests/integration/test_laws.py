"""Laws that hold for any zone: the product equals the oracle, whatever the order, the day known by, or what comes later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboards.results import ranking
from data.doctor import examine
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.how_many import cases, is_long
from tests.integration.comparing import comparable
from tests.integration.filing_ledgers import file_ledger, file_refused, return_ledgers
from tests.integration.throwaway import save, throwaway
from tests.oracle import ranking as oracle
from tests.oracle.zones import UNITS, Zone, targets_sheets, zones

Figures = dict[tuple[str, str], Any]
EXAMPLES = settings(
    max_examples=cases(),
    derandomize=not is_long(),  # loading is dear: the same zones on every short run, others on every long one
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking would load thousands of workbooks
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)


def _in_january(year: int) -> datetime:
    """When the office files the year's plans."""
    return datetime.fromisoformat(f"{year}-01-10T09:00:00+08:00")


def _load(
    configured: Settings,
    zone: Zone,
    ledgers: Iterable[oracle.Ledger],
    refusals: Iterable[oracle.Refusal] = (),
) -> None:
    """Bring in the year's plans and these ledgers as real workbooks, every one accepted, and those that are refused."""
    folder = configured.archive_dir.parent
    with Loader(configured) as loader:
        for year in sorted({int(period[:4]) for period in zone.periods}):
            sheets = targets_sheets(zone, year)
            if sheets is not None:
                choice = Choice("targets", "emergency", str(year))
                path = save({**sheets, "亡人指标": [["单位", "全年亡人指标"], ["全区", 3]]}, folder / f"{year}.xlsx")
                assert loader.load(path, choice, _in_january(year)).errors == []
        ledgers = list(ledgers)
        for ledger in ledgers:
            file_ledger(loader, ledger, folder / "ledger.xlsx")
        for refusal in refusals:
            file_refused(loader, refusal, folder / "refused.xlsx")
        return_ledgers(loader, ledgers)


def _report(configured: Settings, period: str, known_by: date | None = None) -> Figures:
    result = fetched(
        reader(configured.database_url),
        office(configured.zone),
        ranking.fetch,
        Month.parse(period),
        fixed_today=configured.today,
        known_by=known_by,
    )
    return _comparable(ranking.as_dict(result)["groups"])


def _expected(
    zone: Zone,
    ledgers: Sequence[oracle.Ledger],
    period: str,
    today: date,
    refusals: Sequence[oracle.Refusal] = (),
) -> Figures:
    return _comparable(oracle.ranking(UNITS, ledgers, zone.plans, period, today, refusals)["groups"])


def _comparable(groups: list[dict[str, Any]]) -> Figures:
    """(unit, key) → figure, numbers to twelve places: the order of units that tie is nobody's matter."""
    return {
        (row["unit"], key): comparable(value) for group in groups for row in group["rows"] for key, value in row.items()
    }


def _same(shown: Figures, expected: Figures) -> None:
    """Say only what differs."""
    assert shown.keys() == expected.keys()
    assert {key: (value, expected[key]) for key, value in shown.items() if value != expected[key]} == {}


@pytest.mark.slow
@EXAMPLES
@given(zone=zones(), data=st.data())
def test_every_figure_is_the_oracles(sqlite_template: Path, zone: Zone, data: st.DataObject) -> None:
    """In every month, known today or by an earlier day, each row equals the second implementation's; sums hold."""
    with throwaway(sqlite_template, zone.today) as configured:
        _load(configured, zone, zone.ledgers, zone.refusals)
        for period in zone.periods:
            _same(_report(configured, period), _expected(zone, zone.ledgers, period, zone.today, zone.refusals))
        known_by = zone.today - timedelta(days=data.draw(st.integers(1, 60)))
        received = oracle.known_by(zone.ledgers, known_by)
        refused = [one for one in zone.refusals if one.received_at.astimezone(oracle.ZONE_TIME).date() <= known_by]
        plans = {key: plan for key, plan in zone.plans.items() if known_by >= _in_january(int(key[1][:4])).date()}
        for period in zone.periods:
            shown = _report(configured, period, known_by)
            _same(shown, _expected(replace(zone, plans=plans), received, period, known_by, refused))
        assert examine(configured) == ([], [])


@pytest.mark.slow
@EXAMPLES
@given(zone=zones(), data=st.data())
def test_order_of_units_does_not_matter(sqlite_template: Path, zone: Zone, data: st.DataObject) -> None:
    """Loading one unit after the other, in any order, gives the reports of loading by time of receipt."""
    order = data.draw(st.permutations([unit.code for unit in zone.units]))
    by_unit = [ledger for unit in order for ledger in zone.ledgers if ledger.unit == unit]
    with throwaway(sqlite_template, zone.today) as one, throwaway(sqlite_template, zone.today) as other:
        _load(one, zone, zone.ledgers)
        _load(other, zone, by_unit)
        for period in zone.periods:
            _same(_report(one, period), _report(other, period))


@pytest.mark.slow
@EXAMPLES
@given(zone=zones())
def test_a_later_months_ledger_changes_nothing_earlier(sqlite_template: Path, zone: Zone) -> None:
    """The reports of the months before the last are the same with and without the last month's ledgers."""
    last = zone.periods[-1]
    with throwaway(sqlite_template, zone.today) as without, throwaway(sqlite_template, zone.today) as whole:
        _load(without, zone, [ledger for ledger in zone.ledgers if ledger.period < last])
        _load(whole, zone, zone.ledgers)
        for period in zone.periods[:-1]:
            _same(_report(without, period), _report(whole, period))
