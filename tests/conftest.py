"""Fixtures that all tests share: an installation of its own for each, on every engine that the product promises."""

from __future__ import annotations

import gc
import json
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from data.initial import initialise
from data.language import speak
from data.settings import Settings, settings
from data.store import reader, writer
from tests.demo_year import environment_of, made_once, run_command
from tests.how_many import cases
from tests.postgres import postgres
from tests.put_back import PutBack, administering
from tests.warm import Warm

SAMPLES = Path(__file__).parent / "samples"
ENGINES = ("sqlite", "postgresql")
UNTIL = pytest.StashKey[float | None]()

# How long a case takes says nothing about the law: a busy machine would fail it.
hypothesis.settings.register_profile(
    "tests", deadline=None, max_examples=cases(long=1000), suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long a run may take that is looked at while one works."""
    parser.addoption("--within", type=float, metavar="SECONDS", help="begin no further test after so many seconds")


def pytest_configure(config: pytest.Config) -> None:
    """From here on the time counts, and what could be let go is looked for seldom: a twentieth of all work was that.

    Tests are thousands of objects that stay, and whatever they make is gone without it when nobody has it any more.
    """
    gc.set_threshold(50_000, 20, 20)
    within = config.getoption("--within")
    config.stash[UNTIL] = None if within is None else time.monotonic() + within


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where the time is up, what is left is said to be skipped; never a unit test."""
    until = item.config.stash[UNTIL]
    if until is not None and time.monotonic() > until and item.path.parent.name != "unit":
        pytest.skip("the time of --within is up: make test runs it")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Files with slow tests come first, in whatever order, so that all workers end at about the same time.

    Where the time is bounded, unit tests do: they are quick, and all of them are wanted.
    """
    if config.stash[UNTIL] is not None:
        items.sort(key=lambda item: item.path.parent.name != "unit")
        return
    slow = {item.path for item in items if item.get_closest_marker("slow") or item.path.parent.name == "browser"}
    items.sort(key=lambda item: item.path not in slow)


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: nobody need look through them again for what could be let go."""
    gc.freeze()


@pytest.fixture(autouse=True)
def _chinese() -> None:
    speak("zh_CN")


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Commands start with everything imported."""
    with Warm().attached() as starters:
        yield starters


@pytest.fixture(autouse=True)
def _cold_where_the_start_is_tested(request: pytest.FixtureRequest) -> Iterator[None]:
    """Unit tests start nothing."""
    if request.path.parent.name == "unit":
        yield
        return
    starters: Warm = request.getfixturevalue("warm")
    starters.cold = request.node.get_closest_marker("cold") is not None
    yield
    starters.cold = False


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL with the database ``template_ready`` initialised, to copy from."""
    with postgres() as address:
        _create_database(address, "template_ready", None)
        initialise(f"{address}/template_ready", "shuangqiao")
        _forget(f"{address}/template_ready")
        yield address


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An initialised SQLite file, to copy from."""
    path = tmp_path_factory.mktemp("template") / "ready.db"
    initialise(f"sqlite:///{path}", "shuangqiao")
    _forget(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


@pytest.fixture(params=ENGINES)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings of an initialised, empty installation; every test that asks for it runs on each engine.

    All of an engine have the same address, one after the other: what SQLAlchemy has made of a statement is kept by address.
    """
    url: str = request.getfixturevalue(f"{request.param}_copy")
    return Settings(database_url=url, archive_dir=tmp_path / "archive", today=date(2022, 10, 8))


@pytest.fixture(scope="session")
def sqlite_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQLite file of the test that runs lies."""
    return tmp_path_factory.mktemp("place") / "supervision.db"


@pytest.fixture
def sqlite_copy(sqlite_template: Path, sqlite_place: Path) -> Iterator[str]:
    """The address of an initialised SQLite file."""
    url = f"sqlite:///{sqlite_place}"
    shutil.copy(sqlite_template, sqlite_place)
    yield url
    _forget(url)
    for left in sqlite_place.parent.iterdir():
        left.unlink()


@pytest.fixture(scope="session")
def _postgresql(postgres_server: str) -> Iterator[PutBack]:
    """The PostgreSQL database of the test that runs."""
    kept = PutBack(postgres_server, "under_test", "template_ready")
    kept.copy()
    yield kept
    kept.drop()


@pytest.fixture
def postgresql_copy(request: pytest.FixtureRequest, _postgresql: PutBack) -> Iterator[str]:
    """The address of an initialised PostgreSQL database."""
    if request.node.get_closest_marker("weighed"):
        _postgresql.copy()
    yield _postgresql.url
    _postgresql.put_back()


@pytest.fixture(scope="session")
def nothing_sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installation as ``data init`` makes it; to copy from."""

    def make(folder: Path) -> None:
        folder.mkdir()
        run_command(environment_of(folder), "data", "init")

    return made_once(tmp_path_factory, "nothing-sent", make)


@pytest.fixture(scope="session")
def demo_year(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo year, loaded through the real ETL; to copy from."""

    def make(folder: Path) -> None:
        shutil.copytree(nothing_sent, folder)
        run_command(environment_of(folder), "etl", "demo")

    return made_once(tmp_path_factory, "demo-year", make)


@pytest.fixture
def commanded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Settings], None]]:
    """Lets commands run in this process speak to an installation."""

    def speak_to(installation: Settings) -> None:
        for name in ("database_url", "archive_dir", "today"):
            monkeypatch.setenv(f"SUPERVISION_{name.upper()}", str(getattr(installation, name)))
        settings.cache_clear()

    yield speak_to
    settings.cache_clear()


@pytest.fixture
def sqlite_installation(tmp_path: Path, sqlite_copy: str) -> Settings:
    """The same on SQLite alone, for what does not touch the engine."""
    return Settings(database_url=sqlite_copy, archive_dir=tmp_path / "archive", today=date(2022, 10, 8))


@pytest.fixture
def environment(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The installation as the environment of a command."""
    variables = {
        "SUPERVISION_DATABASE_URL": installation.database_url,
        "SUPERVISION_ARCHIVE_DIR": str(installation.archive_dir),
        "SUPERVISION_TODAY": str(installation.today),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture(scope="session")
def sample_order() -> list[tuple[Path, datetime]]:
    """The sample workbooks, in the order and with the times of their receipt."""
    listed: list[dict[str, Any]] = json.loads((SAMPLES / "load.json").read_text(encoding="utf-8"))
    return [(SAMPLES / item["file"], datetime.fromisoformat(item["received_at"])) for item in listed]


def _forget(url: str) -> None:
    for engine in (writer(url), reader(url)):
        engine.dispose()


def _create_database(address: str, name: str, template: str | None) -> None:
    """An empty database, or a copy: of files, which costs a fifth of writing every page to the log."""
    copied = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
    with administering(address) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')


def _drop_database(address: str, name: str) -> None:
    with administering(address) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
