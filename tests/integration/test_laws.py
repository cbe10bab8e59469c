"""Laws that hold for any zone: the product equals the oracle, whatever the order, the day known by, or what comes later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboards.method.frozen import figures
from dashboards.results import case_chain, inspection_days, places, ranking, ranking_printed
from dashboards.results.case_chain import BROKEN
from dashboards.results.reading import Reading, begin
from data.doctor import examine
from data.intake.inbox import Choice
from data.people.scope import office
from data.rollup.enforcement import kept
from data.schema.enforcement import Sums
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.how_many import cases, is_long
from tests.integration.chances import assert_chances, assert_sectors_add_up
from tests.integration.comparing import comparable, differences, named
from tests.integration.filing_ledgers import extend_deadline, file_ledger, file_refused, return_ledgers
from tests.integration.ledgers import all_rows
from tests.integration.renamed import RENAMED, named_back, renamed_template
from tests.integration.throwaway import save, throwaway
from tests.oracle import ranking as oracle
from tests.oracle.sectors import FIGURES, sectors
from tests.oracle.zones import SECTORS, UNITS, Zone, method_of, sector_of, targets_sheets, zones

CHANCE = {"rank_interval", "chance", "weights", "single_keys", "intervals", "to_next", "told_apart", "margin"}
Figures = dict[tuple[str, str], Any]
EXAMPLES = settings(
    max_examples=cases(),
    derandomize=not is_long(),  # loading is dear: nearly the same zones on every short run, others on every long one
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
    office_code: str = "emergency",
) -> None:
    """Bring in the year's plans and these ledgers as real workbooks, every one accepted, and those that are refused."""
    folder = configured.archive_dir.parent
    with Loader(configured) as loader:
        for year in sorted({int(period[:4]) for period in zone.periods}):
            sheets = targets_sheets(zone, year)
            if sheets is not None:
                choice = Choice("targets", office_code, str(year))
                path = save({**sheets, "亡人指标": [["单位", "全年亡人指标"], ["全区", 3]]}, folder / f"{year}.xlsx")
                assert loader.load(path, choice, _in_january(year)).errors == []
        ledgers = list(ledgers)
        for ledger in ledgers:
            file_ledger(loader, ledger, folder / "ledger.xlsx")
        for refusal in refusals:
            file_refused(loader, refusal, folder / "refused.xlsx")
        return_ledgers(loader, ledgers)
        for extension in zone.extensions:
            extend_deadline(loader, extension)


def _whole_report(configured: Settings, period: str, known_by: date | None = None) -> dict[str, Any]:
    return ranking_printed.as_dict(_result(configured, period, known_by))


def _result(configured: Settings, period: str, known_by: date | None) -> ranking.Ranking:
    return fetched(
        reader(configured.database_url),
        office(configured.zone),
        ranking.fetch,
        Month.parse(period),
        fixed_today=configured.today,
        known_by=known_by,
    )


def _report(configured: Settings, period: str, known_by: date | None = None) -> Figures:
    return _comparable(_whole_report(configured, period, known_by)["groups"])


def _but_for_chance(figures: Figures) -> Figures:
    """What the oracle of the ranking itself tells of."""
    return {key: value for key, value in figures.items() if key[1] not in CHANCE}


def _expected(
    zone: Zone,
    ledgers: Sequence[oracle.Ledger],
    period: str,
    today: date,
    refusals: Sequence[oracle.Refusal] = (),
) -> Figures:
    return _comparable(oracle.ranking(UNITS, ledgers, zone.plans, period, today, refusals, zone.extensions)["groups"])


def _comparable(groups: list[dict[str, Any]]) -> Figures:
    """(unit, key) → figure, numbers to twelve places: the order of units that tie is nobody's matter."""
    return {
        (row["unit"], key): comparable(value) for group in groups for row in group["rows"] for key, value in row.items()
    }


def _same(shown: Figures, expected: Figures) -> None:
    """Say only what differs."""
    assert shown.keys() == expected.keys()
    assert {key: (value, expected[key]) for key, value in shown.items() if value != expected[key]} == {}


@dataclass(frozen=True)
class Drawn:
    """A generated zone, an installation into which it was loaded by time of receipt, and chances for what else a law draws."""

    zone: Zone
    loaded: Settings
    chance: int
    reports: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False)

    def report(self, period: str) -> dict[str, Any]:
        """What is reported of a month of it today, computed once for all laws."""
        if period not in self.reports:
            self.reports[period] = _whole_report(self.loaded, period)
        return self.reports[period]

    def random(self, law: str) -> Random:
        """What a law draws from."""
        return Random(f"{law}{self.chance}")


@pytest.fixture(scope="module")
def drawn(sqlite_template: Path) -> Iterator[list[Drawn]]:
    """The zones for which the laws must hold, each drawn and loaded once for all of them; nobody changes these installations."""
    found: list[Drawn] = []
    with ExitStack() as stack:

        @EXAMPLES
        @given(zone=zones(), chance=st.integers(0, 2**32))
        def draw(zone: Zone, chance: int) -> None:
            configured = stack.enter_context(throwaway(sqlite_template, zone.today))
            _load(configured, zone, zone.ledgers, zone.refusals)
            found.append(Drawn(zone, configured, chance))

        draw()
        assert len(found) >= cases()
        before = [all_rows(one.loaded) for one in found]
        yield found
        assert [all_rows(one.loaded) for one in found] == before


@pytest.mark.slow
def test_every_figure_is_the_oracles(drawn: list[Drawn]) -> None:
    """In every month, known today or by an earlier day, each row equals the second implementation's; sums hold."""
    for one in drawn:
        with named(one.zone):
            zone, configured = one.zone, one.loaded
            for period in zone.periods:
                shown = _but_for_chance(_comparable(one.report(period)["groups"]))
                _same(shown, _expected(zone, zone.ledgers, period, zone.today, zone.refusals))
            known_by = zone.today - timedelta(days=one.random("known by").randint(1, 60))
            received = oracle.known_by(zone.ledgers, known_by)
            refused = [it for it in zone.refusals if it.received_at.astimezone(oracle.ZONE_TIME).date() <= known_by]
            extended = tuple(one for one in zone.extensions if one.decided_at.date() <= known_by)
            plans = {key: plan for key, plan in zone.plans.items() if known_by >= _in_january(int(key[1][:4])).date()}
            for period in zone.periods:
                shown = _but_for_chance(_report(configured, period, known_by))
                known = replace(zone, plans=plans, extensions=extended)
                _same(shown, _expected(known, received, period, known_by, refused))
            assert examine(configured) == ([], [])


@pytest.mark.slow
def test_chances_and_sectors_are_the_oracles(drawn: list[Drawn]) -> None:
    """How sure places are, what would have lifted whom, what hangs on the weights, and every figure of every sector.

    In a month of each zone, known today and by an earlier day.
    """
    for one in drawn:
        zone, random = one.zone, one.random("chance")
        with named(zone):
            period, day = random.choice(zone.periods), zone.today - timedelta(days=random.randint(1, 60))
            for known_by, ledgers in ((None, zone.ledgers), (day, oracle.known_by(zone.ledgers, day))):
                report = _whole_report(one.loaded, period, known_by) if known_by else one.report(period)
                assert_chances(report)
                _assert_sectors(report, sectors(UNITS, ledgers, period, sector_of))
                assert_sectors_add_up(one.loaded, report)
                _assert_methods(_result(one.loaded, period, known_by), sectors(UNITS, ledgers, period, method_of))


def _assert_methods(result: ranking.Ranking, expected: Mapping[str, dict[str, Any]]) -> None:
    """The same by way of inspecting: every figure of each that has any case."""
    assert result.sectors is not None
    told = {
        one.code: {
            **asdict(one.sums),
            **{name: None if rate is None else float(rate) for name, rate in (("problem_rate", one.problem_rate), ("closed_loop_rate", one.closed_loop_rate))},
        }
        for one in result.sectors.methods
    }  # fmt: skip
    assert comparable(told) == comparable({name: one for name, one in expected.items() if any(one.values())})


def _assert_sectors(report: dict[str, Any], expected: Mapping[str, dict[str, Any]]) -> None:
    told = {row["name"]: row for row in report["sectors"]}
    nothing = {**dict.fromkeys(FIGURES, 0), "problem_rate": None, "closed_loop_rate": None}
    assert list(told) == sorted(told, key=lambda name: _by_closed_loop(told[name]))
    for name in SECTORS:
        shown = {key: value for key, value in told[name].items() if key not in {"sector", "name"}}
        assert comparable(shown) == comparable(expected.get(name, nothing)), name
    unlooked = {told[name]["sector"] for name in SECTORS[:5] if not told[name]["inspections"]}
    assert set(report["key_sectors_without_inspection"]) == unlooked


def _by_closed_loop(row: Mapping[str, Any]) -> tuple[bool, float]:
    rate = row["closed_loop_rate"]
    return rate is None, -(rate or 0)


@pytest.fixture(scope="module")
def otherwise(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty installation whose units have other codes, names, short names and aliases."""
    return renamed_template(sqlite_template, tmp_path_factory.mktemp("renamed"))


def _renamed(zone: Zone) -> Zone:
    """The same zone by the other names."""
    codes = {code: unit.code for code, unit in RENAMED.items()}
    return replace(
        zone,
        units=tuple(RENAMED[unit.code] for unit in zone.units),
        ledgers=tuple(replace(it, unit=codes[it.unit]) for it in zone.ledgers),
        refusals=tuple(replace(it, unit=codes[it.unit]) for it in zone.refusals),
        plans={(codes[unit], month): plan for (unit, month), plan in zone.plans.items()},
        extensions=tuple(replace(it, unit=codes.get(it.unit or "")) for it in zone.extensions),
    )


@pytest.mark.slow
def test_neither_order_nor_names_of_units_matter(drawn: list[Drawn], otherwise: Path) -> None:
    """Loading one unit after the other, in any order, where units have other codes, names and aliases, gives the reports of
    loading by time of receipt, to the last figure.
    """
    for one in drawn:
        zone = _renamed(one.zone)
        order = [unit.code for unit in zone.units]
        one.random("order").shuffle(order)
        by_unit = [ledger for unit in order for ledger in zone.ledgers if ledger.unit == unit]
        with named(one.zone), throwaway(otherwise, zone.today) as other:
            _load(other, zone, by_unit, zone.refusals, RENAMED["emergency"].code)
            for period in zone.periods:
                assert differences(named_back(_whole_report(other, period)), one.report(period)) == {}


@pytest.mark.slow
def test_a_later_months_ledger_changes_nothing_earlier(drawn: list[Drawn], sqlite_template: Path) -> None:
    """The reports of the months before the last are the same with and without the last month's ledgers."""
    for one in drawn:
        zone, last = one.zone, one.zone.periods[-1]
        with named(zone), throwaway(sqlite_template, zone.today) as without:
            _load(without, zone, [ledger for ledger in zone.ledgers if ledger.period < last], zone.refusals)
            for period in zone.periods[:-1]:
                _same(_report(without, period), _comparable(one.report(period)["groups"]))


def _of_group(report: dict[str, Any], group: str) -> dict[str, Any]:
    """All that is printed of one group."""
    found: dict[str, Any] = next(one for one in report["groups"] if one["group"] == group)
    return found


def _own_record(group: dict[str, Any]) -> Figures:
    """All of a group's rows, but whether it had a place without a score last month: that tells that somebody of the zone filed."""
    return {
        key: None if key[1] == "previous" and value is not None and value["score"] is None else value
        for key, value in _comparable([group]).items()
    }


@pytest.mark.slow
def test_other_groups_never_move_a_group(drawn: list[Drawn], sqlite_template: Path) -> None:
    """Scores, places, what would have lifted whom, margins and chances of a group are the same where nobody else files, plans,
    is refused or has longer.
    """
    for one in drawn:
        zone = one.zone
        group = one.random("group").choice(sorted({unit.group for unit in zone.units}))
        own = {unit.code for unit in UNITS if unit.group == group}
        alone = replace(
            zone,
            plans={key: plan for key, plan in zone.plans.items() if key[0] in own},
            extensions=tuple(it for it in zone.extensions if it.unit is None or it.unit in own),
        )
        ledgers, refusals = ([it for it in each if it.unit in own] for each in (zone.ledgers, zone.refusals))
        with named(zone), throwaway(sqlite_template, zone.today) as other:
            _load(other, alone, ledgers, refusals)
            for period in zone.periods:
                told, before = (_of_group(it, group) for it in (_whole_report(other, period), one.report(period)))
                _same(_own_record(told), _own_record(before))
                assert told["reliability"] == before["reliability"]


@pytest.mark.slow
def test_what_publications_are_compared_with_are_the_figures_of_the_ranking(drawn: list[Drawn]) -> None:
    """Without what is drawn and without the months before, each month has the figures that the page and the command show."""
    for one in drawn:
        with begin(reader(one.loaded.database_url), office(one.loaded.zone), one.loaded.today) as reading:
            for month in map(Month.parse, one.zone.periods):
                counted = figures(ranking_printed.as_dict(ranking.counted(reading, month)))
                assert counted == figures(one.report(str(month)))


@pytest.mark.slow
def test_pictures_add_up_to_the_ranking(drawn: list[Drawn]) -> None:
    """Places are those of each month's ranking; a unit's days and its chain of cases add up to the sums that are ranked."""
    for one in drawn:
        with (
            named(one.zone),
            begin(reader(one.loaded.database_url), office(one.loaded.zone), one.loaded.today) as reading,
        ):
            last = Month.parse(one.zone.periods[-1])
            _places_are_the_rankings(reading, last)
            sums = kept(reading.connection, reading.zone)
            for unit in one.zone.units:
                _days_and_chain_add_up(reading, unit.code, last, sums)


def _places_are_the_rankings(reading: Reading, last: Month) -> None:
    shown = ranking.fetch(reading, last)
    for group in shown.groups:
        year = places.of_year(shown, group)
        drawn_places = {
            (one.unit.code, place.month): (place.rank, place.score) for one in year.units for place in one.places
        }
        ranked = {
            (row.unit.code, month): (row.figures.rank, row.figures.score)
            for month in year.months
            for row in ranking.fetch(reading, month).group(group.group).rows
        }
        assert drawn_places == {key: ranked.get(key, (None, None)) for key in drawn_places}


def _days_and_chain_add_up(reading: Reading, unit: str, last: Month, sums: dict[tuple[str, str], Sums]) -> None:
    days, chain = inspection_days.fetch(reading, unit, last), case_chain.fetch(reading, unit, last)
    assert days is not None
    assert chain is not None
    of_months = [sums.get((unit, str(one.month)), Sums()) for one in days.months]
    assert [one.inspections for one in days.months] == [one.inspections for one in of_months]
    assert [sum(day.problem_inspections for day in one.days.values()) for one in days.months] == [
        one.problem_inspections for one in of_months
    ]
    assert chain.inspections == sum(one.inspections for one in of_months)
    assert chain.with_problems == sum(one.problem_inspections for one in of_months)
    if all(month >= str(days.months[0].month) for code, month in sums if code == unit):
        due, closed = (sum(getattr(one, name) for one in of_months) for name in ("due_cases", "closed_cases"))
        assert closed <= chain.ended("passed") <= closed + chain.with_problems - due
        assert chain.ended(*BROKEN) <= due - closed
        assert not chain.penalised or any(one.penalties for one in of_months)
