"""The queue turns between units: nobody waits behind more than one workbook of each other, and nothing is lost on the way."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data.doctor import examine
from data.intake import queue
from data.intake.archive import Archive
from data.intake.carrying_out import waiting
from data.intake.inbox import Choice, Receipt, take_in
from data.intake.queue import next_in_turn
from data.schema.zone import installation
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import ledger
from tests.integration.test_outcomes import outcomes
from tests.integration.test_rebuild import every_report, stored

AT = datetime(2022, 6, 4, tzinfo=UTC)
PARTIES = ("", "longtanzi", "shuanglu", "youting", "tongqiao")
ARRIVALS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from(PARTIES)), min_size=1, max_size=40)
"""(how many are finished before it comes, whose it is), in the order of receipt."""


def _receipt(number: int, party: str) -> Receipt:
    return Receipt(number, "", "", "", AT, Choice(), party or None)


@given(ARRIVALS)
def test_a_unit_waits_behind_one_workbook_of_each_other(arrivals: list[tuple[int, str]]) -> None:
    """Whatever comes when: between a unit's head of the queue and its turn each other party is served once at most, and
    within a unit the order of receipt stays."""
    served: dict[str, int] = {}
    pending: list[Receipt] = []
    since: dict[str, Counter[str]] = {}
    finished: list[Receipt] = []

    def finish_one() -> None:
        receipt = next_in_turn(pending, served)
        assert receipt.line == min(one.line for one in pending if one.party == receipt.party)
        served[receipt.party] = len(finished) + 1
        pending.remove(receipt)
        finished.append(receipt)
        for party in {one.party for one in pending} - {receipt.party}:
            since.setdefault(party, Counter())[receipt.party] += 1
            assert since[party][receipt.party] <= 1
        since[receipt.party] = Counter()

    for number, (before, party) in enumerate(arrivals, start=1):
        for _one in range(min(before, len(pending))):
            finish_one()
        if all(one.party != party for one in pending):
            since[party] = Counter()
        pending.append(_receipt(number, party))
    while pending:
        finish_one()
    assert len(finished) == len(arrivals)


def _upload(settings: Settings, folder: Path, unit: str, month: str) -> int:
    path = ledger(month, unit).write(folder / f"{unit}-{month}.xlsx")
    return take_in(
        settings.database_url, Archive(settings.archive_dir), settings.zone, BytesIO(path.read_bytes()), path.name, unit,
        AT, Choice(), unit,
    ).number  # fmt: skip


MONTHS = ("2022-01", "2022-02", "2022-03", "2022-04", "2022-05")


def test_one_workbook_does_not_wait_behind_many_of_another(installation: Settings, tmp_path: Path) -> None:
    """Five of one unit were there first; another's single one is the second that is finished, and the figures are the same."""
    many = [_upload(installation, tmp_path, "longtanzi", month) for month in MONTHS]
    one = _upload(installation, tmp_path, "youting", "2022-05")
    with Loader(installation) as loader:
        assert {outcome.status for outcome in loader.take_up_pending()} == {"accepted"}
    order = [told["receipt"] for told in outcomes(installation)]
    assert order == [many[0], one, *many[1:]]
    assert examine(installation) == ([], [])
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(installation, target)
    assert stored(installation, target) == stored(installation, installation.database_url)
    assert every_report(installation, target) == every_report(installation, installation.database_url)


def test_between_two_workbooks_others_may_load(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who asks for the right to load while one workbook is loaded gets it before the next one is, however fast that follows."""
    for month in MONTHS[:3]:
        _upload(sqlite_installation, tmp_path, "longtanzi", month)
    archive = Archive(sqlite_installation.archive_dir)
    seen: list[int] = []
    with Loader(sqlite_installation) as loader:
        while loader.take_up_next() is not None:
            with archive.loading(0):
                seen.append(len(outcomes(sqlite_installation)))
    assert seen == [1, 2, 3]


def test_what_is_looked_at_does_not_grow_with_the_journal(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line up to which everything is done goes along, so that few lines behind it are read for each workbook."""
    read: list[int] = []
    real = Archive.entries_after

    def counted(archive: Archive, number: int) -> list[object]:
        found = real(archive, number)
        read.append(len(found))
        return list(found)

    monkeypatch.setattr(queue.Archive, "entries_after", counted)
    with Loader(sqlite_installation) as loader:
        for month in MONTHS:
            loader.load(ledger(month).write(tmp_path / f"{month}.xlsx"), Choice(), AT)
    assert max(read) <= 4
    with reader(sqlite_installation.database_url).connect() as connection:
        assert connection.execute(select(installation.c.settled)).scalar_one() >= 2 * len(MONTHS) - 4
        found = waiting(connection, Archive(sqlite_installation.archive_dir), sqlite_installation.zone)
    assert not found.waiting
    assert not found.undecided
    assert not found.untold
