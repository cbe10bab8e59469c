"""The audit log: nobody changes it, whoever does is found out, and it can be taken out whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import DBAPIError

from data.doctor import examine
from data.initial import current_revision, initialise, migrate
from data.intake.archive import GENESIS, Archive
from data.intake.audit import AuditEntry, history, record, verify
from data.schema.intake import audit
from data.settings import Settings
from data.store import reader, write_transaction, writer
from etl.loading.load import Loader
from tests.conftest import ENGINES, _create_database, _drop_database, _forget
from tests.integration.doors import NOW
from tests.integration.ledgers import all_rows, ledger, send
from tests.integration.revisions import between_revisions, take_back

GUARDS = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER audit_no_replace"],
    "postgresql": ["ALTER TABLE audit DISABLE TRIGGER ALL"],
}
AGAIN = {
    "sqlite": [
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, ''); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, ''); END",
    ],
    "postgresql": ["ALTER TABLE audit ENABLE TRIGGER ALL"],
}


def note(settings: Settings, action: str = "tried", detail: Any = None, zone: str | None = None) -> None:
    """One entry more."""
    archive = Archive(settings.archive_dir)
    with write_transaction(settings.database_url) as connection:
        record(
            connection, zone or settings.zone, NOW, "zhangsan", action, "a test", detail or {}, journal=archive.last_hash()
        )  # fmt: skip


def around_the_guards(settings: Settings, *statements: str) -> None:
    """Change the audit log as somebody who owns the database can, and leave its guards as they were."""
    with write_transaction(settings.database_url) as connection:
        engine = connection.dialect.name
        for statement in (*GUARDS[engine], *statements, *AGAIN[engine]):
            connection.execute(text(statement))


def found(settings: Settings) -> list[str]:
    """What the audit log's own check finds."""
    with reader(settings.database_url).connect() as connection:
        return list(verify(connection, settings.zone, Archive(settings.archive_dir)))


@pytest.fixture
def kept(installation: Settings, tmp_path: Path) -> Settings:
    """An installation with entries before, between and after two workbooks."""
    note(installation)
    with Loader(installation) as loader:
        for book, status in ((ledger("2022-04"), "accepted"), (ledger().put({"B2": "下周"}), "rejected")):
            assert send(loader, book, tmp_path).status == status
            note(installation, detail={"面积": 1.5, "其他": [1, None, {"甲": "乙"}]})
    assert examine(installation) == ([], [])
    return installation


# The chain


def test_entries_are_chained_with_each_other_and_the_journal(kept: Settings) -> None:
    """Each entry's hash covers its fields, the hash before it and the journal's last line: computed here a second time."""
    lines = [entry.hash for entry in Archive(kept.archive_dir).entries() if entry.act == "receive"]
    with reader(kept.database_url).connect() as connection:
        rows = connection.execute(select(audit).order_by(audit.c.entry)).all()
    assert [row.entry for row in rows] == [1, 2, 3, 4, 5]
    assert [row.journal for row in rows] == [GENESIS, lines[0], lines[0], lines[1], lines[1]]
    before = "0" * 64
    for row in rows:
        content = {**row._mapping, "at": row.at.astimezone(UTC).isoformat(), "before": before}
        del content["hash"]
        canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert (row.before, row.hash) == (before, hashlib.sha256(canonical.encode()).hexdigest())
        before = row.hash


def test_each_zone_has_its_own_chain(kept: Settings) -> None:
    """Entries of another zone count from 1 and hold on to nothing of this one."""
    with write_transaction(kept.database_url) as connection:
        connection.execute(
            text("INSERT INTO zone SELECT 'other', name, timezone, month_starts_on, grace_days FROM zone")
        )
    note(kept, zone="other")
    note(kept)
    with reader(kept.database_url).connect() as connection:
        (other,) = history(connection, "other")
        assert (other.entry, other.before) == (1, GENESIS)
        assert [entry.entry for entry in history(connection, kept.zone)] == [1, 2, 3, 4, 5, 6]
    assert examine(kept) == ([], [])


def test_last_hash_is_that_of_the_last_whole_line(tmp_path: Path) -> None:
    """Without a journal there is GENESIS; a torn end is passed over and left as it is."""
    archive, journal = Archive(tmp_path), tmp_path / "journal.jsonl"
    assert archive.last_hash() == GENESIS
    for number in range(3):
        entry = archive.append("2022-06-04", "x", "receive", {"long": "字" * 30_000 * number})
        assert archive.last_hash() == entry.hash
    torn = journal.read_bytes() + b'{"number": 4'
    journal.write_bytes(torn)
    assert archive.last_hash() == entry.hash
    assert journal.read_bytes() == torn
    journal.write_bytes(b'{"number": 1')
    assert archive.last_hash() == GENESIS


# Nobody changes it

STATEMENTS = {
    "sqlite": [
        "UPDATE audit SET actor = 'li'",
        "UPDATE audit SET detail = '{}' WHERE entry = 3",
        "DELETE FROM audit WHERE entry = 5",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT zone, entry, at, 'li', action, subject, detail, journal, before, hash FROM audit",
    ],
    "postgresql": [
        "UPDATE audit SET actor = 'li'",
        "UPDATE audit SET detail = '{}' WHERE entry = 3",
        "DELETE FROM audit WHERE entry = 5",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "TRUNCATE zone CASCADE",
        "INSERT INTO audit SELECT * FROM audit ON CONFLICT (zone, entry) DO UPDATE SET actor = 'li'",
    ],
}


def test_database_refuses_changes(kept: Settings) -> None:
    """No UPDATE, DELETE, TRUNCATE or replacing INSERT changes the audit log, on either engine; a new entry goes in."""
    before = all_rows(kept)["audit"]
    for statement in STATEMENTS[writer(kept.database_url).dialect.name]:
        with pytest.raises(DBAPIError, match="audit log"), writer(kept.database_url).begin() as connection:
            connection.execute(text(statement))
        assert all_rows(kept)["audit"] == before
    note(kept)
    assert all_rows(kept)["audit"][:-1] == before


# Whoever does is found out

TAMPERING: dict[str, str] = {
    "who it was": "UPDATE audit SET actor = 'li' WHERE entry = 1",
    "when": "UPDATE audit SET at = '2022-06-01 00:00:00.000000' WHERE entry = 3",
    "what": "UPDATE audit SET action = 'nothing' WHERE entry = 5",
    "to whom": "UPDATE audit SET subject = 'nobody' WHERE entry = 3",
    "details": """UPDATE audit SET detail = '{"面积": 1.5, "其他": [1, null, {"甲": "丙"}]}' WHERE entry = 3""",
    "the journal's hash": f"UPDATE audit SET journal = '{GENESIS}' WHERE entry = 3",
    "the hash before": f"UPDATE audit SET before = '{GENESIS}' WHERE entry = 3",
    "the hash": f"UPDATE audit SET hash = '{GENESIS}' WHERE entry = 5",
    "the first is gone": "DELETE FROM audit WHERE entry = 1",
    "one between is gone": "DELETE FROM audit WHERE entry = 3",
    "one is gone and the others moved up": "UPDATE audit SET entry = entry - 10 WHERE entry > 3",
    "the end is gone": "DELETE FROM audit WHERE entry > 3",
    "all is gone": "DELETE FROM audit",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_doctor_finds_tampering(kept: Settings, what: str) -> None:
    """Any field changed, any entry gone behind the guards' back is a finding, said in Chinese."""
    around_the_guards(kept, TAMPERING[what])
    findings, _notes = examine(kept)
    assert findings
    assert all("审计日志" in finding for finding in findings)


def test_doctor_finds_two_entries_exchanged(kept: Settings) -> None:
    """The order is part of the chain."""
    moves = ("entry = 99 WHERE entry = 3", "entry = 3 WHERE entry = 5", "entry = 5 WHERE entry = 99")
    around_the_guards(kept, *(f"UPDATE audit SET {move}" for move in moves))
    assert "3" in found(kept)[0]


def rewritten(settings: Settings, forge: Callable[[AuditEntry, AuditEntry | None], AuditEntry]) -> None:
    """Every entry put in anew as ``forge`` makes it of the entry and of the forged one before, each with the hash of what it says."""
    with reader(settings.database_url).connect() as connection:
        entries = list(history(connection, settings.zone))
    forged: list[AuditEntry] = []
    for entry in entries:
        made = forge(entry, forged[-1] if forged else None)
        forged.append(replace(made, hash=made.computed_hash()))
    around_the_guards(settings, "DELETE FROM audit")
    with write_transaction(settings.database_url) as connection:
        connection.execute(insert(audit), [{name: getattr(one, name) for name in one.__slots__} for one in forged])


def test_doctor_finds_a_number_left_out(kept: Settings) -> None:
    """Numbers that leave one out are a finding, even where all hashes were computed anew over them."""
    rewritten(
        kept,
        lambda one, last: replace(one, entry=one.entry + (one.entry > 3), before=last.hash if last else GENESIS),
    )
    (finding,) = found(kept)
    assert "第 4 条" in finding


def test_doctor_finds_an_entry_with_a_hash_of_its_own(kept: Settings) -> None:
    """An entry that was changed together with its own hash is given away by the one behind it."""
    rewritten(kept, lambda one, _last: replace(one, actor="li") if one.entry == 3 else one)
    (finding,) = found(kept)
    assert "第 4 条" in finding


def test_doctor_finds_a_chain_that_was_made_anew(kept: Settings) -> None:
    """Who computes all hashes anew over a forged entry is given away by the journal, where it names no line of it."""
    with reader(kept.database_url).connect() as connection:
        entries = list(history(connection, kept.zone))
    around_the_guards(kept, "DELETE FROM audit")
    with write_transaction(kept.database_url) as connection:
        for entry in entries:
            record(connection, kept.zone, entry.at, "li", entry.action, entry.subject, entry.detail, journal="f" * 64)
    (finding,) = found(kept)
    assert "存档日志" in finding


def test_doctor_finds_a_journal_that_goes_back(kept: Settings) -> None:
    """An entry that names an earlier line of the journal than the one before it was put in later."""
    with write_transaction(kept.database_url) as connection:
        record(connection, kept.zone, NOW, "li", "forged", "a test", {}, journal=GENESIS)
    (finding,) = found(kept)
    assert "第 6 条" in finding


@pytest.mark.parametrize("guard", ["audit_no_update", "audit_no_delete"])
def test_doctor_finds_a_guard_gone(kept: Settings, guard: str) -> None:
    """Without its triggers, or with one switched off, the audit log is not what it promises."""
    postgresql = kept.database_url.startswith("postgresql")
    with write_transaction(kept.database_url) as connection:
        connection.execute(
            text(f"ALTER TABLE audit DISABLE TRIGGER {guard}" if postgresql else f"DROP TRIGGER {guard}")
        )
    (finding,) = found(kept)
    assert "触发器" in finding


# From the revision before


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a database in which nothing is."""
    name = f"test_{uuid4().hex}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        address = request.getfixturevalue("postgres_server")
        _create_database(address, name, None)
        url = f"{address}/{name}"
    yield Settings(database_url=url, archive_dir=tmp_path / "archive")
    _forget(url)
    if request.param == "postgresql":
        _drop_database(address, name)


OLD = "INSERT INTO audit VALUES (:zone, :entry, :at, 'office', 'workbook accepted', '双桥', :detail)"


def _old_entries(connection: Connection) -> None:
    connection.execute(text("INSERT INTO zone VALUES ('shuangqiao', '双桥', 'Asia/Shanghai', 1, 15)"))
    connection.execute(text("INSERT INTO zone VALUES ('other', '另一区', 'Asia/Shanghai', 1, 15)"))
    for zone, entry, at in (
        ("shuangqiao", 1, "2022-06-04 02:30:00.000000"),
        ("other", 1, "2022-06-04 02:30:00.250000"),
        ("shuangqiao", 2, "2022-06-05 00:00:00.000001"),
    ):
        detail = json.dumps({"sha256": "f" * 64, "note": "更正", "rows": [1, 2.5, None]}, ensure_ascii=False)
        connection.execute(text(OLD), {"zone": zone, "entry": entry, "at": at, "detail": detail})


def test_entries_of_an_older_version_get_their_place_in_the_chain(empty: Settings) -> None:
    """``data init`` on a database of revision 0002 keeps every entry as it was, chains it, and guards it from then on."""
    with between_revisions(empty.database_url) as connection:
        migrate(connection, "0002")
        _old_entries(connection)
        before = connection.execute(text("SELECT zone, entry, actor, subject FROM audit ORDER BY 1, 2")).all()
        assert current_revision(connection) == "0002"
    assert initialise(empty.database_url, "shuangqiao")
    with reader(empty.database_url).connect() as connection:
        assert connection.execute(text("SELECT zone, entry, actor, subject FROM audit ORDER BY 1, 2")).all() == before
        entries = list(history(connection, "shuangqiao"))
    assert [entry.at for entry in entries] == [NOW, datetime(2022, 6, 5, 0, 0, 0, 1, tzinfo=UTC)]
    assert {entry.journal for entry in entries} == {GENESIS}
    note(empty)
    for zone in ("shuangqiao", "other"):
        with reader(empty.database_url).connect() as connection:
            assert list(verify(connection, zone, Archive(empty.archive_dir))) == []
    with pytest.raises(DBAPIError, match="audit log"), writer(empty.database_url).begin() as connection:
        connection.execute(text("DELETE FROM audit"))
    initialise(empty.database_url, "shuangqiao", Archive(empty.archive_dir))
    assert examine(empty) == ([], [])


def test_migration_can_be_taken_back(empty: Settings) -> None:
    """Down to 0002 and up again: the same tables, entries and guards."""
    initialise(empty.database_url, "shuangqiao")
    note(empty)
    before = all_rows(empty)["audit"]
    with between_revisions(empty.database_url) as connection:
        take_back(connection, "0002")
        assert current_revision(connection) == "0002"
    assert initialise(empty.database_url, "shuangqiao")
    assert all_rows(empty)["audit"] == before
    assert examine(empty) == ([], [])
