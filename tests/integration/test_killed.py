"""Nothing lost, nothing half: a load that is killed leaves the old state or the new one, and succeeds when asked again."""

from __future__ import annotations

import json
import logging
import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pytest

from dashboards.results import ranking, ranking_printed, submissions
from data.doctor import examine
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader, writer
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.benchmarks.ledgers import write_ledger
from tests.fetching import fetched
from tests.how_many import cases, is_long
from tests.integration.killing import STAGES, Ended, Kill, run_load

log = logging.getLogger(__name__)

KILLS = cases(28, 120) // len(STAGES)
"""In each stage."""
WHOLE_LOADS = 3
ROWS = 5000 if is_long() else 2500
"""So many that inspectors are too busy: a load writes problems too."""
MAY = Month(2022, 5)
RECEIVED_AT = "2022-06-06T10:00:00+08:00"
CLOCK_COLUMNS = {
    ("submission", "checked_at"),
    ("audit", "at"),
    ("audit", "hash"),
    ("installation", "settled"),
    ("installation", "data_version"),
}
"""The time of day goes on between two loads, an audit entry's hash covers it, and a line of a load that was cut short is
one more in the journal; every state of the data has a version of its own. All else must be equal."""


@dataclass(frozen=True, slots=True)
class State:
    """All that can be seen of an installation: every row of every table, and the reports."""

    tables: Mapping[str, list[tuple[Any, ...]]]
    reports: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An installation with earlier ledgers, and the correction that is loaded into copies of it over and over."""

    folder: Path
    workbook: Path
    environment: Mapping[str, str]

    def copy(self, folder: Path) -> Settings:
        """An installation of its own in the old state."""
        shutil.copytree(self.folder, folder)
        return _settings(folder)

    def load(self, settings: Settings, kill: Kill | None = None) -> Ended:
        """Load the correction from the command line."""
        place = {
            "SUPERVISION_DATABASE_URL": settings.database_url,
            "SUPERVISION_ARCHIVE_DIR": str(settings.archive_dir),
            "SUPERVISION_TODAY": str(settings.today),
        }
        return run_load(self.workbook, RECEIVED_AT, {**self.environment, **place}, kill)


@dataclass(frozen=True, slots=True)
class Expected:
    """The only two states that there may be, and how long each stage lasts."""

    old: State
    new: State
    windows: Mapping[str, float]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Prepared:
    """Two months of one unit and one of another are loaded; modules compile once, into a folder of the test."""
    folder = tmp_path_factory.mktemp("killed")
    before = _load_earlier_ledgers(folder, sqlite_template)
    correction = write_ledger(folder / "更正.xlsx", "emergency", MAY, ROWS, seed=2)
    return Prepared(
        before, correction, {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    )


@pytest.fixture(scope="module")
def expected(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Expected:
    """Old and new state, and the stages of a few whole loads."""
    folder = tmp_path_factory.mktemp("whole")
    copies = [prepared.copy(folder / str(number)) for number in range(WHOLE_LOADS)]
    old = _state(copies[0])
    loads = [prepared.load(copy) for copy in copies]
    assert [load.code for load in loads] == [0] * WHOLE_LOADS, loads[0].log
    new = _state(copies[0])
    for copy in copies:
        _forget(copy)
    return Expected(old, new, {stage: median(load.seconds(stage) for load in loads) for stage in STAGES})


def test_old_and_new_state_differ_where_a_load_writes(expected: Expected) -> None:
    """The comparison can tell the two states apart, by every table that a load writes and by the reports."""
    written = {
        "submission",
        "submission_problem",
        "audit",
        "inspection",
        "ledger_fingerprint",
        "enforcement_month",
        "enforcement_sector",
        "enterprise_inspected",
        "enterprise_name",
        "row_difference",
    }
    assert set(_differences(expected.old, expected.new)) == written | {"ranking", "submissions"}


@pytest.mark.slow
def test_load_killed_at_any_moment_leaves_old_or_new_and_then_succeeds(
    prepared: Prepared, expected: Expected, tmp_path: Path
) -> None:
    """Kills over the measured duration of a load, each stage its share: old state or new, doctor clean, then loaded."""
    stages = [stage for stage in STAGES for _ in range(KILLS)]
    with ThreadPoolExecutor(2) as pool:
        trials = [
            pool.submit(_try, prepared, expected, tmp_path / str(number), stage, Random(f"kill {number}"))
            for number, stage in enumerate(stages)
        ]
        counted = Counter(trial.result() for trial in trials)
    log.info("kills by stage: %s", dict(counted))
    assert counted == Counter(stages)
    assert set(counted) == set(STAGES), f"a stage without a kill: {counted}"


def _try(prepared: Prepared, expected: Expected, folder: Path, stage: str, chance: Random) -> str:
    """Kill a load in a stage, look at what it left, load again; returns the stage in which it died."""
    settings = prepared.copy(folder)
    kill = Kill(stage, chance.uniform(0, expected.windows[stage]))
    ended = prepared.load(settings, kill)
    assert ended.killed_in == stage, (kill, ended.log)
    _check_left_behind(expected, settings, kill)
    again = prepared.load(settings)
    assert again.code == 0, (kill, again.log)
    assert _differences(expected.new, _state(settings)) == [], kill
    assert examine(settings) == ([], []), kill
    _forget(settings)
    return stage


def _check_left_behind(expected: Expected, settings: Settings, kill: Kill) -> None:
    """The doctor looks first: it must cope with what a crash leaves beside the database."""
    assert examine(settings)[0] == [], kill
    left = _state(settings)
    if left != expected.new:
        assert _differences(expected.old, left) == [], kill


def _load_earlier_ledgers(folder: Path, template: Path) -> Path:
    """April and a first May of the unit, and May of another; the folder of this installation is the one to copy."""
    before = folder / "before"
    before.mkdir()
    shutil.copy(template, before / "supervision.db")
    settings = _settings(before)
    ledgers = (
        ("emergency", MAY.plus(-1), 700, "2022-05-04"),
        ("emergency", MAY, 900, "2022-06-03"),
        ("youting", MAY, 300, "2022-06-04"),
    )
    with Loader(settings) as loader:
        for unit, month, rows, day in ledgers:
            path = write_ledger(folder / f"{unit}-{month}.xlsx", unit, month, rows, seed=1)
            outcome = loader.load(path, Choice(), datetime.fromisoformat(f"{day}T09:00:00+08:00"))
            assert outcome.status == "accepted", outcome.problems
    _forget(settings)
    return before


def _settings(folder: Path) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'supervision.db'}", archive_dir=folder / "archive", today=date(2022, 10, 8)
    )


def _database(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _state(settings: Settings) -> State:
    engine, scope = reader(settings.database_url), office(settings.zone)
    sent = fetched(engine, scope, submissions.fetch, MAY, fixed_today=settings.today)
    months = (MAY.plus(-1), MAY, MAY.plus(1))
    ranked = [fetched(engine, scope, ranking.fetch, month, fixed_today=settings.today) for month in months]
    reports = {"ranking": [ranking_printed.as_dict(one) for one in ranked], "submissions": submissions.as_dict(sent)}
    return State(_tables(_database(settings)), json.loads(json.dumps(reports)))


def _tables(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(database)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _rows(connection, name) for name in names}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    wanted = ", ".join(f'"{column}"' for column in columns if (table, column) not in CLOCK_COLUMNS)
    return list(connection.execute(f'SELECT {wanted} FROM "{table}" ORDER BY {wanted}'))


def _differences(one: State, other: State) -> list[str]:
    """Names of the tables and reports that are not equal."""
    assert one.tables.keys() == other.tables.keys()
    tables = [name for name in one.tables if one.tables[name] != other.tables[name]]
    return tables + [name for name in one.reports if one.reports[name] != other.reports[name]]


def _forget(settings: Settings) -> None:
    for engine in (writer(settings.database_url), reader(settings.database_url)):
        engine.dispose()
