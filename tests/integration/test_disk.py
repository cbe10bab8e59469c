"""A full disk: uploads are refused with a sentence before it is full, and nothing of what could not be kept is left behind."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import func, select

from data import disk
from data.disk import MIB
from data.doctor import examine
from data.intake import archive as archive_module
from data.intake.archive import Archive, ArchiveError
from data.people.scope import Role
from data.schema.intake import attachment, sent_today, submission
from data.settings import Settings
from data.store import reader
from tests.integration.sites import Site, made
from tests.integration.test_intake_web import PDF, attach, checked, page
from tests.integration.test_quotas import send

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role."""
    return made(sqlite_installation, monkeypatch)


def _leave(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _folder: _Usage(100 * 2**30, 0, free))


def _count(site: Site, table: Any) -> int:
    with reader(site.door.settings.database_url).connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _files(site: Site) -> list[str]:
    """All that lies in the archive, but for locks."""
    folder = site.door.settings.archive_dir
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file() and one.suffix != ".lock")


def test_below_the_floor_nothing_is_taken_in(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """With 499 MiB free an upload and an attachment get 507 and a sentence; no row, no line, no bytes, nothing counted."""
    clerk = site.signed_in(Role.UNIT)
    one = checked(site, clerk)
    kept, rows, counted = _files(site), _count(site, submission), _count(site, sent_today)
    journal = (site.door.settings.archive_dir / "journal.jsonl").read_bytes()
    _leave(monkeypatch, 499 * MIB)
    for size in (10, 3 * MIB):
        answer = send(clerk, size)
        assert answer.status_code == 507
        assert "磁盘空间不足" in answer.text or "磁盘空间不足" in str(answer.get_json())
    assert attach(clerk, one, PDF, "a.pdf").status_code == 507
    assert (_files(site), _count(site, submission), _count(site, attachment)) == (kept, rows, 0)
    assert _count(site, sent_today) == counted
    assert (site.door.settings.archive_dir / "journal.jsonl").read_bytes() == journal
    _leave(monkeypatch, 501 * MIB)
    assert send(clerk, 10).status_code == 200
    assert send(clerk, 2 * MIB).status_code == 507


def test_doctor_and_the_office_are_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """While uploads are refused for want of room, ``data doctor`` finds it and the office and administrators read it; units do not."""
    assert examine(site.door.settings)[0] == []
    assert "磁盘空间不足" not in page(site.signed_in(Role.OFFICE), "?period=2022-05")
    _leave(monkeypatch, 20 * MIB)
    (finding,) = examine(site.door.settings)[0]
    assert "仅剩20 MiB" in finding
    for role in (Role.OFFICE, Role.ADMIN):
        assert "仅剩20 MiB" in page(site.signed_in(role), "?period=2022-05")
    assert "仅剩" not in page(site.signed_in(Role.UNIT), "?period=2022-05")


class _Failing(io.BytesIO):
    """A source whose second portion finds the disk full."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 0:
            raise FULL
        return super().read(size)


def test_original_that_finds_the_disk_full_leaves_nothing(tmp_path: Path) -> None:
    """The half that was written is removed, whatever stopped the writing."""
    archive = Archive(tmp_path / "archive")
    with pytest.raises(ArchiveError):
        archive.keep(_Failing(bytes(2 * MIB)))
    assert [one for one in archive.folder.rglob("*") if one.is_file()] == []


def test_line_that_finds_the_disk_full_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of which only half could be written is taken back whole, and the next one follows the one before it."""
    archive = Archive(tmp_path / "archive")
    first = archive.append("2022-06-04T10:00:00+08:00", "x", "receive", {"sha256": "a"})
    written, real = archive.folder / "journal.jsonl", os.write
    before = written.read_bytes()

    def half(handle: int, line: Any) -> int:
        if len(line) < 40:
            raise FULL
        return real(handle, line[: len(line) // 2])

    monkeypatch.setattr(archive_module.os, "write", half)
    with pytest.raises(ArchiveError):
        archive.append("2022-06-04T10:00:01+08:00", "x", "receive", {"sha256": "b"})
    monkeypatch.undo()
    assert written.read_bytes() == before
    second = archive.append("2022-06-04T10:00:02+08:00", "x", "receive", {"sha256": "c"})
    assert (second.number, second.before) == (2, first.hash)


def test_upload_whose_line_cannot_be_written_leaves_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes were kept, the journal's line was not: they are removed, no row stands, and the day's bytes are given back."""
    clerk = site.signed_in(Role.UNIT)
    with monkeypatch.context() as patched:
        patched.setattr(archive_module.os, "write", lambda *_told: (_ for _ in ()).throw(FULL))
        answer = send(clerk, 1000)
    assert answer.get_json()["received"] == 0
    assert "未能存档" in answer.get_json()["files"][0]["refused"]
    assert [one for one in _files(site) if "originals" in one] == []
    assert _count(site, submission) == 0
    with reader(site.door.settings.database_url).connect() as connection:
        assert connection.execute(select(sent_today.c.bytes)).scalar_one() == 0
    assert send(clerk, 1000).get_json()["received"] == 1


def test_bytes_that_were_there_before_stay(tmp_path: Path) -> None:
    """What somebody else's line names is not taken back with a failed upload of the same bytes."""
    archive = Archive(tmp_path / "archive")
    sha256 = archive.keep(io.BytesIO(b"same"))
    with pytest.raises(ZeroDivisionError), archive.keeping(io.BytesIO(b"same")):
        raise ZeroDivisionError
    assert archive.read(sha256) == b"same"
    named = hashlib.sha256(b"named").hexdigest()
    with pytest.raises(KeyError), archive.keeping(io.BytesIO(b"named")):
        raise KeyError(archive.append("2022-06-04T10:00:00+08:00", "x", "attach", {"sha256": named}))
    assert archive.read(named) == b"named"


def test_room_is_asked_of_every_folder(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The least of the archive's, the database's and the temporary folder counts; a folder that is not yet made is the one above."""
    asked: list[Path] = []

    def usage(folder: Path) -> _Usage:
        asked.append(Path(folder))
        return _Usage(0, 0, 10 * MIB if Path(folder) == Path(tempfile.gettempdir()) else 2**40)

    monkeypatch.setattr(disk.shutil, "disk_usage", usage)
    assert disk.shortage(sqlite_installation) is not None
    assert disk.shortage(sqlite_installation.model_copy(update={"least_free_mib": 0})) is None
    assert sqlite_installation.archive_dir.parent in asked
