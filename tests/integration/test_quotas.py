"""One account cannot fill the server: files that wait, files of a request, bytes a day; whoever sends more reads why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from data.disk import MIB
from data.intake.archive import Archive
from data.intake.quota import OverQuota, Quota
from data.people.scope import Role
from data.schema.intake import sent_today, submission
from data.settings import Settings
from data.store import reader
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_intake_web import JPEG, attach, checked, work

TODAY = date(2022, 6, 4)


@pytest.fixture
def site(installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with small bounds, on each engine."""
    return made(installation, monkeypatch, upload_waiting=3, upload_parts=4, upload_mib_a_day=2)


def send(visitor: Visitor, *sizes: int, first: int = 0) -> TestResponse:
    """Upload files of so many bytes, each another, as a browser puts them into a body."""
    head = '--x\r\nContent-Disposition: form-data; name="files"; filename="{}.xlsx"\r\n\r\n'
    parts = [
        head.format(number).encode() + bytes([number % 255 + 1]) * size + b"\r\n"
        for number, size in enumerate(sizes, start=first)
    ]
    return visitor.client.post(
        "/upload", base_url=visitor.base, data=b"".join([*parts, b"--x--\r\n"]),
        headers={"X-CSRFToken": visitor.token()}, content_type="multipart/form-data; boundary=x", buffered=True,
    )  # fmt: skip


def _rows(site: Site) -> int:
    with reader(site.door.settings.database_url).connect() as connection:
        return connection.execute(select(func.count()).select_from(submission)).scalar_one()


def _sentences(answer: TestResponse) -> list[Any]:
    return [one["refused"] for one in answer.get_json()["files"]]


def test_files_that_wait_are_bounded(site: Site) -> None:
    """Three wait; the fourth is refused with 429 and a sentence, until the worker has finished some. Others go on."""
    clerk, office = site.signed_in(Role.UNIT), site.signed_in(Role.OFFICE)
    answer = send(clerk, 10, 10, 10, 10)
    assert answer.status_code == 429
    assert answer.get_json()["received"] == 3
    assert "等待核对" in _sentences(answer)[-1]
    assert _rows(site) == 3
    assert send(office, 10, first=20).status_code == 200
    assert len(work(site)) == 4
    assert send(clerk, 10, first=9).status_code == 200


def test_check_again_waits_as_well(site: Site) -> None:
    """What is checked once more brings no bytes, but the loader has it to do: it counts among what waits."""
    clerk = site.signed_in(Role.UNIT)
    one = checked(site, clerk)
    assert send(clerk, 10, 10, 10).status_code == 200
    answer = clerk.post(f"/check-again/{one}")
    assert answer.status_code == 429
    assert "等待核对" in answer.text


def test_files_of_a_request_are_bounded(site: Site) -> None:
    """More files than a request may bring: 413, a sentence, and none of them is received; the same of 500 parts."""
    clerk = site.signed_in(Role.UNIT)
    before = Archive(site.door.settings.archive_dir).last_number()
    for number in (5, 500):
        answer = send(clerk, *[10] * number)
        assert answer.status_code == 413
        assert "请分几次发送" in answer.get_json()["error"]
    assert _rows(site) == 0
    assert Archive(site.door.settings.archive_dir).last_number() == before


def test_twelve_uploads_of_500_parts_get_their_sentence(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By default as well."""
    site = made(installation, monkeypatch)
    clerk = site.signed_in(Role.UNIT)
    for _upload in range(12):
        answer = send(clerk, *[10] * 500)
        assert (answer.status_code, "请分几次发送" in answer.get_json()["error"]) == (413, True)
    assert _rows(site) == 0


def test_bytes_of_a_day_are_bounded(site: Site) -> None:
    """2 MiB a day: what goes beyond is refused with a sentence that says how much was sent, and the next day it is taken."""
    clerk = site.signed_in(Role.UNIT)
    assert send(clerk, MIB).status_code == 200
    answer = send(clerk, MIB - 100, 200, 90, first=1)
    assert answer.status_code == 429
    assert [one is None for one in _sentences(answer)] == [True, False, True]
    assert "每天最多发送2 MiB" in _sentences(answer)[1]
    work(site)
    assert send(clerk, 200, first=5).status_code == 429
    with Quota(site.door.settings, "zhangsan", date(2022, 10, 9)).claimed(2 * MIB, waits=True):
        pass


def test_attachments_count_as_well(site: Site) -> None:
    """Workbooks and attachments together make up the day: attaching beyond it is 429, and nothing is kept."""
    clerk = site.signed_in(Role.UNIT)
    one = checked(site, clerk)

    assert attach(clerk, one, JPEG + bytes(MIB), "a.jpg").status_code == 200
    kept = sorted(site.door.settings.archive_dir.rglob("*"))
    answer = attach(clerk, one, JPEG + bytes(MIB), "b.jpg")
    assert answer.status_code == 429
    assert "每天最多发送" in answer.get_json()["error"]
    assert sorted(site.door.settings.archive_dir.rglob("*")) == kept


def test_bytes_are_counted_once_for_all_processes(installation: Settings) -> None:
    """Twenty claims at once, as of several processes: not one byte more is let through than may be; what failed is given back."""
    settings = installation.model_copy(update={"upload_mib_a_day": 1})

    def claim(_number: int) -> bool:
        try:
            with Quota(settings, "zhangsan", TODAY).claimed(MIB // 4, waits=False):
                return True
        except OverQuota:
            return False

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(claim, range(20))) == 4
    with pytest.raises(ZeroDivisionError), Quota(settings, "lisi", TODAY).claimed(MIB, waits=False):
        raise ZeroDivisionError
    with Quota(settings, "lisi", TODAY).claimed(MIB, waits=False):
        pass
    with Quota(settings, "lisi", date(2022, 6, 5)).claimed(MIB, waits=False):
        pass
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(select(sent_today).order_by(sent_today.c.account, sent_today.c.day)).all()
    assert [(row.account, row.day, row.bytes) for row in rows] == [
        ("lisi", date(2022, 6, 5), MIB), ("zhangsan", TODAY, MIB),
    ]  # fmt: skip


def test_fifty_files_of_18_mb_fill_no_disk(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default an account sends 500 MiB a day: of 50 × 18 MB the rest is refused, and the archive holds no more than that."""
    site = made(sqlite_installation, monkeypatch)
    clerk = site.signed_in(Role.UNIT)
    kept: list[int] = []
    monkeypatch.setattr(
        "dashboards.web.intake_routes.take_in", lambda *_told, **_more: kept.append(18_000_000) or _Numbered()
    )
    answers = [send(clerk, 18_000_000, first=number) for number in range(50)]
    assert [one.status_code for one in answers].count(200) == len(kept) == 500 * MIB // 18_000_000
    assert {one.status_code for one in answers} == {200, 429}
    assert sum(kept) <= 500 * MIB


class _Numbered:
    number = 1
