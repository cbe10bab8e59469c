"""What was refused is kept for thirty days; then its bytes go, its receipt stays, and everything else is as it was."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.doctor import examine
from data.intake import retention
from data.intake.archive import Archive
from data.intake.retention import sweep
from data.people.scope import Role
from data.schema.intake import attachment, submission_problem
from data.settings import Settings
from data.store import reader
from etl import worker
from etl.annotate.waiting import annotate_next
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import all_rows, ledger
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_intake_web import JPEG, PDF, attach, checked, filed, page, stored, upload, work
from tests.integration.test_quotas import send

CHECKED = datetime(2022, 10, 8, tzinfo=UTC)
LATER = CHECKED + timedelta(days=32)


@pytest.fixture
def site(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role, on each engine."""
    return made(installation, monkeypatch)


@pytest.fixture
def clerk(site: Site) -> Visitor:
    """A clerk of 龙滩子街道."""
    return site.signed_in(Role.UNIT)


def refused(site: Site, clerk: Visitor, size: int = 100) -> int:
    """A file that is no workbook, refused by the worker."""
    number: int = send(clerk, size).get_json()["files"][0]["receipt"]
    assert work(site) == ["rejected"]
    return number


def aged(site: Site) -> Archive:
    """The archive as if all of it had been laid down long ago."""
    archive = Archive(site.door.settings.archive_dir)
    for one in archive.folder.glob("originals/*/*"):
        os.utime(one, (0, 0))
    return archive


def kept(site: Site, number: int) -> Path:
    """Where the bytes of a workbook lie."""
    return Archive(site.door.settings.archive_dir).path_of(stored(site, number).sha256)


def _problems(site: Site, number: int) -> list[Any]:
    with reader(site.door.settings.database_url).connect() as connection:
        rows = select(submission_problem).where(submission_problem.c.submission == number)
        return list(connection.execute(rows).all())


def test_refused_is_let_go_after_thirty_days(site: Site, clerk: Visitor) -> None:
    """Its bytes and what was made of them are gone, its receipt and outcome stay; download, page and command say so."""
    number = refused(site, clerk)
    annotate_next(site.door.settings, Archive(site.door.settings.archive_dir))
    aged(site)
    assert sweep(site.door.settings, CHECKED + timedelta(days=29)) == 0
    assert clerk.get(f"/original/{number}").status_code == 200
    assert sweep(site.door.settings, LATER) == 1
    assert sweep(site.door.settings, LATER) == 0
    row = stored(site, number)
    assert (row.status, row.forgotten_at, row.file_name) == ("rejected", LATER, "0.xlsx")
    assert list((site.door.settings.archive_dir / "originals").glob("*/*")) == []
    for address in (f"/original/{number}", f"/annotated/{number}"):
        answer = clerk.get(address)
        assert (answer.status_code, "不再保留" in answer.text) == (410, True)
    shown = page(clerk, f"?submission={number}")
    assert "不再保留" in shown
    assert f"/original/{number}" not in shown
    assert f"/check-again/{number}" not in shown
    again = clerk.post(f"/check-again/{number}")
    assert (again.status_code, "不再保留" in again.text) == (409, True)
    assert examine(site.door.settings) == ([], [])


def test_what_is_needed_stays(site: Site, clerk: Visitor) -> None:
    """Accepted, waiting for a word, withdrawn, attached, refused lately: nothing of it is let go, whatever its age."""
    one = filed(site, clerk)
    assert attach(clerk, one, PDF, "盖章件.pdf").status_code == 200
    waits = checked(site, clerk, ledger(period="2022-04"))
    gone = checked(site, clerk, ledger(period="2022-03"))
    assert clerk.post(f"/withdraw/{gone}").status_code == 303
    (both,) = (stored(site, refused(site, clerk)),)
    archive = aged(site)
    before = sorted(archive.folder.glob("originals/*/*"))
    with reader(site.door.settings.database_url).connect() as connection:
        attached = connection.execute(select(attachment.c.sha256)).scalar_one()
    assert sweep(site.door.settings, LATER) == 1
    left = sorted(archive.folder.glob("originals/*/*"))
    assert set(before) - set(left) == {archive.path_of(both.sha256)}
    assert {archive.path_of(attached), kept(site, one), kept(site, waits), kept(site, gone)} <= set(left)
    assert examine(site.door.settings)[0] == []


def test_bytes_of_an_attachment_stay_though_they_were_refused_as_a_workbook(site: Site, clerk: Visitor) -> None:
    """The same bytes, once refused and once attached: they are needed, so the refused one can be opened as well."""
    one = filed(site, clerk)
    content = JPEG + bytes(10)
    number: int = clerk.post("/upload", {"files": [(io.BytesIO(content), "a.xlsx")]}).get_json()["files"][0]["receipt"]
    assert work(site) == ["rejected"]
    assert attach(clerk, one, content, "a.jpg").status_code == 200
    aged(site)
    assert sweep(site.door.settings, LATER) == 0
    assert clerk.get(f"/original/{number}").data == content


def test_line_of_another_database_keeps_its_bytes(site: Site, clerk: Visitor) -> None:
    """Two databases may share an archive: what another one received is not ours to let go."""
    number = refused(site, clerk)
    archive = aged(site)
    archive.append(LATER.isoformat(), "another", "receive", {"sha256": stored(site, number).sha256})
    assert sweep(site.door.settings, LATER) == 0
    assert kept(site, number).is_file()


def test_what_came_again_is_kept_again(site: Site, clerk: Visitor) -> None:
    """After it was let go the same file is sent once more: it has its bytes again, and the doctor misses them if they go."""
    refused(site, clerk)
    aged(site)
    assert sweep(site.door.settings, LATER) == 1
    again = refused(site, clerk)
    assert kept(site, again).is_file()
    assert examine(site.door.settings)[0] == []
    kept(site, again).unlink()
    (finding,) = examine(site.door.settings)[0]
    assert stored(site, again).sha256 in finding


def test_what_was_laid_down_just_now_stays(site: Site, clerk: Visitor) -> None:
    """Bytes that came again within the day may be of a receipt that is being journalled: they are not touched."""
    number = refused(site, clerk)
    assert sweep(site.door.settings, LATER) == 0
    assert kept(site, number).is_file()


def test_original_that_is_missing_without_a_line_is_found(site: Site, clerk: Visitor) -> None:
    """Whoever removes bytes by hand is told on: only what the journal lets go is gone on purpose."""
    number = refused(site, clerk)
    kept(site, number).unlink()
    (finding,) = examine(site.door.settings)[0]
    assert stored(site, number).sha256 in finding


def test_killed_between_line_and_bytes(site: Site, clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line stands, the bytes are still there: the next sweep writes the row and removes them."""
    number = refused(site, clerk)
    aged(site)

    def killed(self: Path, missing_ok: bool = False) -> None:  # Path's own signature
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(KeyboardInterrupt):
            sweep(site.door.settings, LATER)
    assert kept(site, number).is_file()
    assert stored(site, number).forgotten_at is None
    work(site)
    assert stored(site, number).forgotten_at == LATER
    assert sweep(site.door.settings, LATER) == 0
    assert not kept(site, number).exists()


def test_rebuilt_database_comes_to_the_same(site: Site, clerk: Visitor, tmp_path: Path) -> None:
    """A database made anew after bytes were let go equals the live one, row by row: the journal keeps each outcome."""
    filed(site, clerk)
    refused(site, clerk)
    (wrong,) = upload(clerk, ledger("2022-06").put({"E3": "没有的行业"}))
    assert work(site) == ["rejected"]
    assert _problems(site, wrong)
    aged(site)
    assert sweep(site.door.settings, LATER) == 2
    assert (stored(site, wrong).status, stored(site, wrong).period, _problems(site, wrong)) == (
        "rejected",
        "2022-06",
        [],
    )
    filed(site, clerk, ledger(period="2022-04"))
    into = f"sqlite:///{tmp_path}/new.db"
    rebuild(site.door.settings, into)
    made_anew = site.door.settings.model_copy(update={"database_url": into})
    told = ("submission", "submission_problem", "row_difference", "decision", "attachment")
    live, new = all_rows(site.door.settings), all_rows(made_anew)
    assert {name: new[name] for name in told} == {name: live[name] for name in told}
    assert examine(made_anew)[0] == []


def test_what_came_before_outcomes_were_told_is_rebuilt_as_well(
    site: Site, clerk: Visitor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receipt whose outcome has no line gets one before its bytes go: without them nothing else would tell of it."""
    with monkeypatch.context() as patched:
        patched.setattr("etl.loading.load.tell", lambda *_told, **_more: None)
        number = refused(site, clerk)
    aged(site)
    assert sweep(site.door.settings, LATER) == 1
    into = f"sqlite:///{tmp_path}/new.db"
    rebuild(site.door.settings, into)
    made_anew = site.door.settings.model_copy(update={"database_url": into})
    assert stored(site, number).status == "rejected"
    assert all_rows(made_anew)["submission"] == all_rows(site.door.settings)["submission"]


def test_damaged_journal_stops_no_worker(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the journal cannot be read nothing is let go; that is logged, and the day's work goes on."""
    journal = site.door.settings.archive_dir / "journal.jsonl"
    journal.parent.mkdir(exist_ok=True)
    journal.write_bytes(b"nonsense\n")
    assert worker._sweep_daily(site.door.settings, CHECKED, None) == CHECKED.date()
    assert "nothing is let go today" in caplog.text


def test_worker_sweeps_once_a_day(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once on each day, not at every look."""
    swept: list[datetime] = []
    monkeypatch.setattr(worker, "sweep", lambda _settings, now: swept.append(now))
    day = None
    for hour in (1, 2, 30):
        day = worker._sweep_daily(site.door.settings, CHECKED + timedelta(hours=hour), day)
    assert swept == [CHECKED + timedelta(hours=1), CHECKED + timedelta(hours=30)]


def test_portions(site: Site, clerk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many are let go in portions, each under the lock for a moment only."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for size in (10, 20, 30, 40, 50):
        refused(site, clerk, size)
    aged(site)
    assert sweep(site.door.settings, LATER) == 5
