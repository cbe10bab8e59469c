"""Nobody's request waits for a loader: a decision is queued after two seconds and carried out when its turn comes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import THREADS, keep_running
from data.doctor import examine
from data.intake import deciding
from data.intake.archive import Archive, Busy
from data.intake.carrying_out import waiting as standing
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.decisions import confirm, return_workbook, withdraw
from data.intake.presence import at_work, is_worker_there
from data.people.scope import Role
from data.schema.intake import decision, submission
from data.settings import Settings
from data.store import reader
from etl.loading import load
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import ledger, send
from tests.integration.sites import Site, made
from tests.integration.test_intake_web import page, upload, work
from tests.integration.test_rebuild import stored

NOW = datetime(2022, 6, 5, 3, tzinfo=UTC)
AT_MOST = 5
"""Seconds in which a server whose threads wait for nobody has long answered; with all of them waiting it never does."""


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role."""
    return made(sqlite_installation, monkeypatch)


@contextmanager
def loading_slowly(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker that has begun with the first of the workbooks that wait, and goes on when the block ends."""
    begun, go_on = threading.Event(), threading.Event()
    real = load.check_workbook

    def slow(*told: Any) -> Any:
        begun.set()
        go_on.wait()
        return real(*told)

    monkeypatch.setattr(load, "check_workbook", slow)

    def work_off() -> None:
        with Loader(settings) as loader:
            loader.take_up_pending()

    worker = threading.Thread(target=work_off)
    worker.start()
    begun.wait()
    try:
        yield
    finally:
        go_on.set()
        worker.join()


def rows(settings: Settings, table: Any) -> list[Any]:
    """All rows of a table."""
    with reader(settings.database_url).connect() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def test_eight_withdrawals_leave_health_a_thread(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two slow workbooks, and as many withdrawals as the server has threads: health answers, all withdrawals do, and all are done."""
    settings = site.door.settings
    office = site.signed_in(Role.OFFICE)
    numbers = upload(office, *[ledger(f"2022-{month:02}") for month in range(1, 1 + THREADS)])
    assert work(site) == ["checked"] * THREADS
    upload(office, ledger("2022-01", "youting"), ledger("2022-02", "youting"))
    visitors = [site.signed_in(Role.OFFICE) for _number in numbers]
    for visitor in visitors:
        visitor.token()
    with loading_slowly(settings, monkeypatch), ThreadPoolExecutor(THREADS) as threads:
        asked = [
            threads.submit(visitor.post, f"/withdraw/{number}")
            for visitor, number in zip(visitors, numbers, strict=True)
        ]
        health = threads.submit(site.visitor().get, "/healthz")
        assert health.result(timeout=AT_MOST).status_code == 200
        done, left = wait(asked, timeout=AT_MOST)
        assert not left
        assert {one.result().status_code for one in done} == {202}
        assert all("排队" in one.result().text for one in done)
    states = {row.submission: row.status for row in rows(settings, submission)}
    assert {states[number] for number in numbers} == {"withdrawn"}
    assert {row.outcome for row in rows(settings, decision)} == {"done"}
    assert examine(settings) == ([], [])


def test_a_queued_decision_that_became_impossible_is_shown_with_its_reason(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two words about one workbook while the loader is busy: the first is done, the second kept as refused; rebuilt alike."""
    settings = sqlite_installation
    site = made(settings, monkeypatch)
    clerk = site.signed_in(Role.UNIT)
    (number,) = upload(clerk, ledger())
    assert work(site) == ["checked"]
    monkeypatch.setattr(deciding, "PATIENCE", 0.0)
    desk = Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, "zhangsan", NOW)
    with Archive(settings.archive_dir).loading():
        assert withdraw(desk, number).queued
        with pytest.raises(Undecidable):
            withdraw(desk, number)
        assert confirm(desk, number, None).queued
        with reader(settings.database_url).connect() as connection:
            assert len(standing(connection, desk.archive, settings.zone).undecided) == 2
        assert rows(settings, decision) == []
    assert len(examine(settings)[1]) == 2
    assert work(site) == []
    assert [(row.act, row.outcome) for row in rows(settings, decision)] == [
        ("withdraw", "done"),
        ("confirm", "refused"),
    ]
    assert "未能执行" in page(clerk, f"?submission={number}")
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)
    assert examine(settings) == ([], [])


def test_a_return_is_done_after_what_came_before_it(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a correction of the same unit waits, a return is queued; when its turn comes, the corrected version counts and
    the one before can be returned no more."""
    settings = sqlite_installation
    site = made(settings, monkeypatch)
    desk = Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, "office1", NOW)
    with Loader(settings) as loader:
        assert send(loader, ledger(), tmp_path).status == "accepted"
    (first,) = [row.submission for row in rows(settings, submission)]
    upload(site.signed_in(Role.OFFICE), ledger().put({"T2": "更正"}), straight="1")
    assert return_workbook(desk, first, "与现场不符").queued
    assert work(site) == ["accepted"]
    assert [row.outcome for row in rows(settings, decision)] == ["refused"]
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)


def test_whoever_may_not_wait_is_told_at_once(tmp_path: Path) -> None:
    """The right to load in no time is had or not; who waits for it passes before who comes later."""
    archive = Archive(tmp_path)
    with archive.loading(), pytest.raises(Busy), archive.loading(0):
        pass
    with archive.loading(0):
        pass


def test_readiness_follows_the_worker(site: Site) -> None:
    """``/readyz`` needs no account: 503 with a sentence while nobody loads, 200 when a worker is there, however many are."""
    folder = site.door.settings.archive_dir
    visitor = site.visitor()
    absent = visitor.get("/readyz")
    assert (absent.status_code, "导入程序没有运行" in absent.text) == (503, True)
    with at_work(folder):
        with at_work(folder):
            assert visitor.get("/readyz").status_code == 200
        assert visitor.get("/readyz").status_code == 200
    assert not is_worker_there(folder)
    assert visitor.get("/healthz").status_code == 200


def test_absence_of_the_worker_is_a_finding_and_a_line_to_the_office(site: Site) -> None:
    """Where uploads wait and nobody loads, the doctor says so; the office's page has it in one line, a unit's has not."""
    upload(site.signed_in(Role.UNIT), ledger())
    assert any("导入程序没有运行" in finding for finding in examine(site.door.settings)[0])
    said = {role: page(site.signed_in(role), "") for role in (Role.OFFICE, Role.UNIT)}
    assert "导入程序没有运行" in said[Role.OFFICE]
    assert "导入程序没有运行" not in said[Role.UNIT]
    with at_work(site.door.settings.archive_dir):
        assert examine(site.door.settings)[0] == []
        assert "导入程序没有运行" not in page(site.signed_in(Role.OFFICE), "")


def test_a_worker_that_ends_is_started_again(tmp_path: Path) -> None:
    """A process that ends is followed by another one, and the last one is ended with whoever keeps it running."""
    lives = tmp_path / "lives"
    script = (
        "import sys, time, pathlib; file = pathlib.Path(sys.argv[1]); "
        "lives = len(file.read_text()) if file.exists() else 0; file.write_text('x' * (lives + 1)); "
        "sys.exit(1) if lives < 2 else time.sleep(600)"
    )
    stop = threading.Event()
    keeper = threading.Thread(
        target=keep_running, args=([sys.executable, "-c", script, str(lives)], stop), kwargs={"first_pause": 0.0}
    )
    keeper.start()
    try:
        _until(lambda: lives.exists() and len(lives.read_text()) == 3)
    finally:
        stop.set()
        keeper.join()
    assert not keeper.is_alive()


def test_a_worker_is_seen_from_outside_until_it_is_killed(environment: dict[str, str], tmp_path: Path) -> None:
    """The process itself: there while it lives, gone when the system ends it."""
    folder = Path(environment["SUPERVISION_ARCHIVE_DIR"])
    with subprocess.Popen([sys.executable, "-m", "etl.worker"], cwd=Path(__file__).parents[2]) as worker:
        try:
            _until(lambda: is_worker_there(folder))
        finally:
            worker.send_signal(signal.SIGKILL)
    _until(lambda: not is_worker_there(folder))


def _until(true: Callable[[], bool]) -> None:
    """Wait for a condition that comes; who waits a minute waits in vain."""
    moment, until = threading.Event(), time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        moment.wait(0.05)
