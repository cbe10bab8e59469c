"""What became of each receipt stands in the journal: with a digest of its rows, in the order of finishing, never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from data.doctor import examine
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import confirm
from data.intake.digest import row_tables, rows_digest, stored_digest
from data.intake.inbox import Choice, take_in
from data.intake.outcomes import PASSED_OVER
from data.schema.enforcement import inspection
from data.schema.intake import submission
from data.settings import Settings
from data.store import reader, write_transaction
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import ledger, send, targets
from tests.integration.test_rebuild import eventful, stored

FIELDS = {"receipt", "status", "kind", "unit", "period", "version", "rows", "digest"}


def outcomes(settings: Settings) -> list[dict[str, Any]]:
    """What the journal says of outcomes, in its order."""
    return [dict(entry.data) for entry in Archive(settings.archive_dir).entries() if entry.act == "outcome"]


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def test_every_outcome_is_a_line(loader: Loader, tmp_path: Path) -> None:
    """Accepted with its digest, refused and duplicate without; all name kind, unit and period."""
    may = ledger().write(tmp_path / "五月.xlsx")
    for book in (may, may, ledger("2022-06").put({"B2": "下周"})):
        send(loader, book, tmp_path)
    accepted, duplicate, refused = outcomes(loader.settings)
    assert accepted.keys() == FIELDS
    assert [one["status"] for one in (accepted, duplicate, refused)] == ["accepted", "duplicate", "rejected"]
    assert [one["version"] for one in (accepted, duplicate, refused)] == [1, 1, None]
    assert [one["digest"] is None for one in (accepted, duplicate, refused)] == [False, True, True]
    assert {(one["kind"], one["unit"]) for one in (accepted, duplicate, refused)} == {("enforcement", "longtanzi")}
    assert examine(loader.settings) == ([], [])


@pytest.mark.parametrize("book", [ledger(), ledger().only_headers(), targets()], ids=["ledger", "zero", "targets"])
def test_digest_of_what_was_written_is_that_of_what_is_stored(loader: Loader, tmp_path: Path, book: Any) -> None:
    """The database gives back rows with the same digest on every engine; a changed cell changes it."""
    send(loader, book, tmp_path)
    (told,) = outcomes(loader.settings)
    with reader(loader.settings.database_url).connect() as connection:
        assert stored_digest(connection, loader.zone.code, told["receipt"]) == told["digest"]


def test_digest_follows_every_cell(loader: Loader, tmp_path: Path) -> None:
    """One remark, one amount, one day: each changes it; put back, it is the same again."""
    send(loader, ledger(), tmp_path)
    (told,) = outcomes(loader.settings)
    with write_transaction(loader.settings.database_url) as connection:
        row = connection.execute(select(inspection).where(inspection.c.row == 3)).one()
        for column, value in (
            ("remark", "改"),
            ("fine_yuan", 20001),
            ("rectify_by", row.inspected_on),
            ("decision_key", None),
        ):
            connection.execute(update(inspection).where(inspection.c.row == 3).values({column: value}))
            assert stored_digest(connection, loader.zone.code, told["receipt"]) != told["digest"], column
            connection.execute(update(inspection).where(inspection.c.row == 3).values({column: getattr(row, column)}))
        assert stored_digest(connection, loader.zone.code, told["receipt"]) == told["digest"]


def test_digest_cannot_be_mistaken() -> None:
    """Texts that hold the signs between texts, empty ones and missing ones give different digests."""
    columns: list[list[str | None]] = [
        ["a", "b"], ["a\x1fb", ""], ["a", ""], ["a", None], ["a", "\x1e"], ["", "a\x1f"], ["\x1b?", "b"], ["\x1f", "b"],
    ]  # fmt: skip
    found = {rows_digest([(inspection, {"row": [2, 3], "number": one})]) for one in columns}
    assert len(found) == len(columns)
    assert {table.name for table in row_tables()} >= {
        "inspection",
        "reinspection",
        "self_mark",
        "accident",
        "casualty_cap",
    }


def test_a_line_that_the_power_took_along_is_written_again(loader: Loader, tmp_path: Path) -> None:
    """Lines of outcomes do not wait for the disk: where the last ones are gone, doctor says so and the next load writes the same."""
    for month in ("2022-04", "2022-05"):
        send(loader, ledger(month), tmp_path)
    before = outcomes(loader.settings)
    journal = loader.settings.archive_dir / "journal.jsonl"
    whole = journal.read_bytes()
    journal.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
    assert len(examine(loader.settings)[0]) == 1
    loader.take_up_pending()
    assert journal.read_bytes() == whole
    assert outcomes(loader.settings) == before
    assert examine(loader.settings) == ([], [])


def test_no_line_waits_for_the_disk_but_the_receipts(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load costs one wait for the journal, as before it told of outcomes."""
    waits: list[int] = []
    monkeypatch.setattr("data.intake.archive._sync", lambda file: (file.flush(), waits.append(file.fileno())))
    for month in ("2022-03", "2022-04", "2022-05"):
        send(loader, ledger(month), tmp_path)
    assert len(outcomes(loader.settings)) == 3
    assert len(waits) == 6, "each original, each receipt"


def test_made_anew_in_the_order_of_outcomes(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Of two versions that wait for their turn the one finished first is the first version, whatever the order of receipt."""
    settings = sqlite_installation
    archive = Archive(settings.archive_dir)
    with Loader(settings) as loader:
        receipts = []
        for cell in ("甲", "乙"):
            path = ledger().put({"T2": cell}).write(tmp_path / f"{cell}.xlsx")
            receipts.append(
                take_in(
                    settings.database_url, archive, settings.zone, BytesIO(path.read_bytes()), path.name, "zhang",
                    datetime(2022, 6, 4, tzinfo=UTC), Choice(), None,
                )
            )  # fmt: skip
        for receipt in reversed(receipts):
            loader.take_up(receipt)
    rebuild(settings, f"sqlite:///{tmp_path / 'anew.db'}")
    live = stored(settings, settings.database_url)
    assert stored(settings, f"sqlite:///{tmp_path / 'anew.db'}") == live
    assert [row.version for row in _rows(settings)] == [2, 1]


def test_what_waits_stays_waiting_when_made_anew(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A receipt without an outcome is no more in the new database than in the live one; the next load takes it up."""
    settings = sqlite_installation
    archive = Archive(settings.archive_dir)
    with Loader(settings) as loader:
        send(loader, ledger("2022-04"), tmp_path)
        path = ledger().write(tmp_path / "五月.xlsx")
        take_in(
            settings.database_url, archive, settings.zone, BytesIO(path.read_bytes()), path.name, "zhang",
            datetime(2022, 6, 4, tzinfo=UTC), Choice(), "longtanzi", asks=True,
        )  # fmt: skip
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)
    moved = settings.model_copy(update={"database_url": target})
    with Loader(moved) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["checked"]
    desk = Desk(target, archive, settings.zone, "zhang", datetime(2022, 6, 5, tzinfo=UTC))
    confirm(desk, _rows(moved)[-1].submission, None)
    with Loader(moved) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["accepted"]
    assert examine(moved) == ([], [])


def test_a_journal_of_before_outcomes_is_made_anew(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the journal tells of duplicates alone, as it once did, each receipt is loaded where it stands."""
    settings = sqlite_installation

    def passed_over(archive: Archive, database: str, at: datetime, receipt: int, status: str, **_more: Any) -> None:
        if status == "duplicate":
            archive.append(at.isoformat(), database, PASSED_OVER, {"receipt": receipt, "same_as": 1})

    with monkeypatch.context() as before:
        before.setattr("etl.loading.load.tell", passed_over)
        before.setattr("data.intake.carrying_out.tell_untold", lambda *_asked: None)
        eventful(settings, tmp_path)
    assert outcomes(settings) == []
    rebuild(settings, f"sqlite:///{tmp_path / 'anew.db'}")
    assert stored(settings, f"sqlite:///{tmp_path / 'anew.db'}") == stored(settings, settings.database_url)


def _rows(settings: Settings) -> list[Any]:
    with reader(settings.database_url).connect() as connection:
        return list(connection.execute(select(submission).order_by(submission.c.submission)))
