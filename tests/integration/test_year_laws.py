"""Scores and casualties of any year equal those of the second implementation, whatever is known and by which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dashboards.results import casualties, scores, scores_printed
from dashboards.results.reading import begin
from data.doctor import examine
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.normal import compact
from data.zone.periods import Quarter, Year, parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.how_many import cases, is_long
from tests.integration.comparing import differences, named
from tests.integration.filing_ledgers import file_ledger, return_ledgers
from tests.integration.ledgers import all_rows
from tests.integration.office_acts import ActingOffice
from tests.integration.plan_samples import UNITS as FILERS
from tests.integration.plan_samples import reference
from tests.integration.plan_sources import Days, told_on
from tests.integration.renamed import RENAMED, named_back, renamed_sheets, renamed_template
from tests.integration.throwaway import save, throwaway, throwaway_copy
from tests.oracle import casualties as casualty_oracle
from tests.oracle import scores as score_oracle
from tests.oracle.plan_year import (
    REPORT_WITHIN,
    Asked,
    of_accidents,
    of_flags,
    of_inspections,
    of_quarters,
    usual_deadline,
)
from tests.oracle.ranking import Ledger
from tests.oracle.told import list_sheets, tasks_sheets
from tests.oracle.work_plan import Figure
from tests.oracle.years import (
    Review,
    YearZone,
    accidents_sheets,
    review_sheets,
    self_assessment_sheets,
    targets_received_at,
    targets_sheets,
    years,
)

EXAMPLES = settings(
    max_examples=cases(),
    derandomize=not is_long(),  # loading is dear: nearly the same zones on every short run, others on every long one
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking would load thousands of workbooks
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
PLAN = reference("work_plan_2022.yaml")
Paper = tuple[datetime, Choice, dict[str, Any] | Ledger]
"""When it comes, what it is, and its sheets; a ledger of the monthly ranking as it is brought in."""


def _papers(zone: YearZone) -> list[Paper]:
    """Every workbook of the zone with its time of receipt, earliest first."""
    targets = ((year, targets_sheets(zone, year)) for year in sorted({zone.year, *zone.caps_by_year}))
    papers: list[Paper] = [
        *(
            (targets_received_at(year), Choice("targets", "emergency", str(year)), sheets)
            for year, sheets in targets
            if sheets is not None
        ),
        *((one.received_at, Choice("enforcement", one.unit, one.period), one) for one in zone.ledgers),
        *(
            (one.received_at, Choice("self_assessment", one.unit, one.quarter), self_assessment_sheets(one))
            for one in zone.self_assessments
        ),
        *((one.received_at, Choice("review", "emergency", one.quarter), review_sheets(one)) for one in zone.reviews),
        *(
            (one.received_at, Choice("accidents", "emergency", one.period), accidents_sheets(one))
            for one in zone.accident_ledgers
        ),
        *((one.received_at, Choice("tasks", one.unit, one.quarter), tasks_sheets(one)) for one in zone.tasks),
        *(
            (one.received_at, Choice("enterprises", one.unit, one.period), list_sheets(one, FILERS))
            for one in zone.lists
        ),
    ]
    return sorted(papers, key=lambda paper: paper[0])


def _load(configured: Settings, papers: Iterable[Paper]) -> None:
    """Load each as a real workbook; every one must be accepted."""
    with Loader(configured) as loader:
        ledgers = []
        path = configured.archive_dir.parent / "paper.xlsx"
        for received_at, choice, content in papers:
            if isinstance(content, Ledger):
                file_ledger(loader, content, path)
                ledgers.append(content)
            else:
                outcome = loader.load(save(content, path), choice, received_at)
                assert (outcome.status, outcome.errors) == ("accepted", []), choice
        return_ledgers(loader, ledgers)


def _scores(configured: Settings, quarter: Quarter, known_by: date | None = None) -> dict[str, Any]:
    engine, scope = reader(configured.database_url), office(configured.zone)
    return scores_printed.as_dict(
        fetched(engine, scope, scores.fetch, quarter, fixed_today=configured.today, known_by=known_by)
    )


def _casualties(configured: Settings, year: int, as_of: date, known_by: date | None = None) -> dict[str, Any]:
    engine, scope = reader(configured.database_url), office(configured.zone)
    return casualties.as_dict(
        fetched(
            engine, scope, casualties.fetch, Year(year), fixed_today=configured.today, as_of=as_of, known_by=known_by
        )
    )


def _assert_scores(shown: dict[str, Any], zone: YearZone, today: date) -> None:
    expected = score_oracle.scores(
        zone.units, zone.self_assessments, zone.reviews, zone.ledgers, zone.plans, zone.accident_ledgers,
        zone.caps_by_year, zone.milestones(PLAN, FILERS, today), zone.quarter, today,
    )  # fmt: skip
    assert differences(_by_unit(shown["groups"]), _by_unit(expected["groups"])) == {}
    speakers = {one.get("unit") or compact(one["enterprise"]): set(one["reasons"]) for one in shown["last_speakers"]}
    assert speakers == expected["last_speakers"]


def _by_unit(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """The order of units that tie is nobody's matter."""
    return {row["unit"]: row for group in groups for row in group["rows"]}


def _assert_casualties(shown: dict[str, Any], zone: YearZone, as_of: date) -> None:
    asked = (zone.units, zone.sectors, zone.accident_ledgers, zone.caps_by_year, zone.year, as_of)
    expected = casualty_oracle.casualties(*asked)
    either = casualty_oracle.alternatives(*asked)
    _take_either(shown["zone"], expected["zone"], either[casualty_oracle.ZONE])
    if tuple(shown["light_reasons"]) in either[casualty_oracle.ZONE]["light_reasons"]:
        expected["light_reasons"] = shown["light_reasons"]
    if shown["goal_lights"]["within_cap"] in either[casualty_oracle.ZONE]["within_cap_light"]:
        expected["goal_lights"]["within_cap"] = shown["goal_lights"]["within_cap"]
    for key, scoped in (("units", "unit"), ("sectors", "sector")):
        for one, other in zip(shown[key], expected[key], strict=True):
            assert one[scoped] == other[scoped]
            _take_either(one, other, either[casualty_oracle.Scope(**{scoped: one[scoped]})])
    for one in (shown, expected):
        one["accidents"] = {accident["number"]: accident for accident in one["accidents"]}
    assert differences(shown, expected) == {}


def _take_either(shown: dict[str, Any], expected: dict[str, Any], either: dict[str, Any]) -> None:
    """Where a probability lies on a level to the last digits, both neighbours are right."""
    for key in ("median", "low", "high"):
        if shown["year_end"][key] in either[key]:
            expected["year_end"][key] = shown["year_end"][key]
    if shown["light"] in either["light"]:
        expected["light"] = shown["light"]


@dataclass
class Drawn:
    """A generated year, an installation into which it was loaded by time of receipt, and chances for what else a law draws."""

    zone: YearZone
    loaded: Settings
    chance: int

    @cached_property
    def scores(self) -> dict[str, Any]:
        """The quarter's scores known today, computed once for all laws."""
        return _scores(self.loaded, self.quarter)

    @property
    def quarter(self) -> Quarter:
        """The quarter that the year is about."""
        quarter = parse_period(self.zone.quarter)
        assert isinstance(quarter, Quarter)
        return quarter

    def random(self, law: str) -> Random:
        """What a law draws from."""
        return Random(f"{law}{self.chance}")


@pytest.fixture(scope="module")
def drawn(sqlite_template: Path) -> Iterator[list[Drawn]]:
    """The years for which the laws must hold, each drawn and loaded once for both; nobody changes these installations."""
    found: list[Drawn] = []
    with ExitStack() as stack:

        @EXAMPLES
        @given(zone=years(PLAN, FILERS), chance=st.integers(0, 2**32))
        def draw(zone: YearZone, chance: int) -> None:
            configured = stack.enter_context(throwaway(sqlite_template, zone.today))
            _load(configured, _papers(zone))
            found.append(Drawn(zone, configured, chance))

        draw()
        assert len(found) >= cases()
        before = [all_rows(one.loaded) for one in found]
        yield found
        assert [all_rows(one.loaded) for one in found] == before


@pytest.mark.slow
def test_every_score_and_every_casualty_figure_is_the_oracles(drawn: list[Drawn]) -> None:
    """Known today and by an earlier day, as of every interesting day, each figure equals the second implementation's."""
    for one in drawn:
        zone, configured, quarter = one.zone, one.loaded, one.quarter
        with named(zone):
            _assert_scores(one.scores, zone, zone.today)
            for day in zone.days:
                _assert_casualties(_casualties(configured, zone.year, day), zone, day)
            days = [day for day in zone.days if day <= zone.today] or [zone.today]
            known_by = one.random("known by").choice(days)
            before = zone.known_by(known_by)
            _assert_scores(_scores(configured, quarter, known_by), before, known_by)
            _assert_casualties(_casualties(configured, zone.year, zone.days[-1], known_by), before, zone.days[-1])
            assert examine(configured) == ([], [])
    assert [one for one in _milestones_scored(drawn) if 0 < one < 100]


def _milestones_scored(drawn: list[Drawn]) -> list[float]:
    """Every unit's milestones that went into a score."""
    rows = [row for one in drawn for group in one.scores["groups"] for row in group["rows"]]
    told = [row["components"]["milestones"] for row in rows if row["score"] is not None]
    return [one for one in told if one is not None]


@pytest.fixture(scope="module")
def otherwise(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty installation whose units have other codes, names, short names and aliases."""
    return renamed_template(sqlite_template, tmp_path_factory.mktemp("renamed"))


def _renamed(paper: Paper) -> Paper:
    """The same paper with units by their other names."""
    at, choice, content = paper
    code = RENAMED[str(choice.unit)].code
    if isinstance(content, Ledger):
        return at, replace(choice, unit=code), replace(content, unit=code)
    return at, replace(choice, unit=code), renamed_sheets(content)


@pytest.mark.slow
def test_neither_order_of_loading_nor_names_of_units_matter(drawn: list[Drawn], otherwise: Path) -> None:
    """Kinds and senders in any order, where units have other codes, names and aliases, give the reports of loading by time of
    receipt, to the last figure.
    """
    for one in drawn:
        zone, papers = one.zone, _papers(one.zone)
        senders = sorted({(str(it.kind), str(it.unit)) for _at, it, _sheets in papers})
        one.random("order").shuffle(senders)
        shuffled = [paper for sender in senders for paper in papers if (paper[1].kind, paper[1].unit) == sender]
        with named(zone), throwaway(otherwise, zone.today) as other:
            _load(other, map(_renamed, shuffled))
            assert differences(named_back(_scores(other, one.quarter)), one.scores) == {}
            last = zone.days[-1]
            after, before = (_casualties(it, zone.year, last) for it in (other, one.loaded))
            assert differences(named_back(after), before) == {}


@pytest.mark.slow
def test_other_groups_never_move_a_groups_scores(drawn: list[Drawn], sqlite_template: Path) -> None:
    """Marks, components, places and grades of a group are the same where nobody else files, plans, tells of the plan's items or is reviewed."""
    for one in drawn:
        zone = one.zone
        group = one.random("group").choice(sorted({unit.group for unit in zone.units}))
        own = {unit.code for unit in zone.units if unit.group == group}
        alone = replace(
            zone,
            ledgers=tuple(it for it in zone.ledgers if it.unit in own),
            plans={key: plan for key, plan in zone.plans.items() if key[0] in own},
            self_assessments=tuple(it for it in zone.self_assessments if it.unit in own),
            reviews=tuple(_of_units(it, own) for it in zone.reviews),
            tasks=tuple(it for it in zone.tasks if it.unit in own),
        )
        with named(zone), throwaway(sqlite_template, zone.today) as other:
            _load(other, _papers(alone))
            after, before = (_of_group(it, group) for it in (_scores(other, one.quarter), one.scores))
            assert differences(after, before) == {}


def _of_units(paper: Review, units: Collection[str]) -> Review:
    """A review of some units alone."""
    marks = {key: mark for key, mark in paper.marks.items() if key[0] in units}
    return replace(paper, marks=marks, extras=tuple(it for it in paper.extras if it.unit in units))


def _of_group(report: dict[str, Any], group: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = next(one["rows"] for one in report["groups"] if one["group"] == group)
    return rows


Told = dict[str, set[Figure | None]]
"""Source → all that was found of it."""


@pytest.mark.slow
def test_every_source_of_the_plan_is_the_oracles(drawn: list[Drawn]) -> None:
    """Accidents, rankings, scores, speeches, vetoes and filings as the plan asks for them, through the year in which the office decides
    and publishes: on days about all that happens and falls due, each with one before it, as known then or later.
    """
    told: Told = defaultdict(set)
    for one in drawn:
        with named(one.zone), throwaway_copy(one.loaded, one.zone.today) as other:
            _assert_sources_of_the_plan(other, one, told)
    assert {source for source, figures in told.items() if len(figures - {None}) < 2} == set()


@pytest.mark.slow
def test_postgresql_says_the_same_of_the_plan(drawn: list[Drawn], postgresql_copy: str, tmp_path: Path) -> None:
    """The same of the fullest of these years, loaded and acted in on the other database."""
    one = max(drawn, key=lambda one: len(_papers(one.zone)))
    configured = Settings(database_url=postgresql_copy, archive_dir=tmp_path / "archive", today=one.zone.today)
    with named(one.zone):
        _load(configured, _papers(one.zone))
        _assert_sources_of_the_plan(configured, one, defaultdict(set))


def _assert_sources_of_the_plan(configured: Settings, one: Drawn, told: Told) -> None:
    chance = one.random("plan")
    acting = ActingOffice(configured, one.zone, PLAN, FILERS, chance)
    acting.act()
    days = _days_asked(acting)
    later = date(one.zone.year + 1, 2, 28)
    for of_all, about, known in (
        *[(True, [_days_of_flags(acting) or days[0]], [[later]])] * 3,
        *[(True, days, [[later], days[0]])] * 2,
        *[(False, days, [[later], days[0]])] * 6,
    ):
        day, known_by = (chance.choice(chance.choice(one)) for one in (about, known))
        before = chance.choice([one for one in chain(*days) if one.year == day.year and one <= day])
        expected: Days = {}
        for asked in (Asked(acting.zone, acting.done, one, known_by) for one in (day, before)):
            more = of_flags(asked) if of_all else {}  # takes the product longer than all else
            expected[asked.day] = {**of_accidents(asked), **of_inspections(asked), **of_quarters(asked), **more}
        with begin(reader(configured.database_url), office(configured.zone), later) as reading:
            assert told_on(reading, day, known_by, expected) == expected, (day, known_by)
        for source, figure in ((source, figure) for found in expected.values() for source, figure in found.items()):
            told[source].add(figure)


def _days_asked(acting: ActingOffice) -> tuple[list[date], ...]:
    """Those on which something came, was done or fell due; the turns of months with what is due after them; those of quarters; each
    with the days beside it.
    """
    zone, done = acting.zone, acting.done
    days = {*acting.received(), *done.returned.values(), *(one.on for one in (*done.published, *done.decided))}
    days |= {day for one in done.spoken for day in (one.held_on, one.recorded_on)}
    days |= {day for one in done.longer for day in (one.until, one.decided_on)}
    rows = [row for ledger in zone.accident_ledgers for row in ledger.accidents]
    days |= {row.happened_on for row in rows} | {row.extended_to or row.happened_on + REPORT_WITHIN for row in rows}
    months, quarters = (
        {date(zone.year, month, day) for month in range(1, 13, step) for day in (1, 5)} | {date(zone.year + 1, 1, 5)}
        for step in (1, 3)
    )
    turns, ends = _and_beside(months, zone.year), _and_beside(quarters, zone.year)
    return _and_beside(days, zone.year) or turns, turns, ends


def _days_of_flags(acting: ActingOffice) -> list[date]:
    """Those about which the months of which something was filed become the last that were due."""
    of_year = {one.period for one in acting.zone.ledgers if one.period.startswith(str(acting.zone.year))}
    return _and_beside({usual_deadline(month) + timedelta(days=1) for month in of_year}, acting.zone.year)


def _and_beside(days: Collection[date], year: int) -> list[date]:
    about = {day + timedelta(days=away) for day in days for away in (-1, 0, 1)}
    return sorted(day for day in about if date(year, 1, 1) <= day <= date(year + 1, 1, 31))
