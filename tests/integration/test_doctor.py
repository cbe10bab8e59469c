"""Whoever changes what was sent, or what was made of it, behind the product's back is found out by the doctor."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, delete, func, update

from data import doctor
from data.doctor import examine
from data.intake.archive import Archive
from data.intake.inbox import Choice, take_in
from data.intake.presence import at_work
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role
from data.schema.enforcement import enforcement_month, inspection
from data.schema.enforcement_sector import enforcement_sector
from data.schema.intake import submission, submission_problem
from data.schema.zone import installation as installation_table
from data.schema.zone import scheme
from data.settings import Settings
from data.store import write_transaction
from etl.loading.load import Loader
from tests.integration.ledgers import RECEIVED, ledger, send


def _loaded(settings: Settings, folder: Path) -> Settings:
    """The installation with two months' ledgers and a workbook that was refused."""
    with Loader(settings) as loader:
        for book, status in (
            (ledger("2022-04"), "accepted"),
            (ledger(), "accepted"),
            (ledger("2022-06").put({"B2": "下周"}), "rejected"),
        ):
            assert send(loader, book, folder).status == status
    assert examine(settings) == ([], [])
    return settings


def _journal(settings: Settings) -> Path:
    return settings.archive_dir / "journal.jsonl"


FIRST_SCHEME = scheme.c.name == "monthly_ranking", scheme.c.version == "1"


def _lines(settings: Settings, change: Callable[[list[bytes]], list[bytes]]) -> None:
    _journal(settings).write_bytes(b"".join(change(_journal(settings).read_bytes().splitlines(keepends=True))))


def _original(settings: Settings) -> Path:
    return sorted(settings.archive_dir.glob("originals/*/*"))[0]


def _in_database(settings: Settings, statement: Any) -> None:
    with write_transaction(settings.database_url) as connection:
        assert connection.execute(statement).rowcount == 1


def _text_with(old: str, new: str) -> dict[str, ColumnElement[str]]:
    return {"text": func.replace(scheme.c.text, old, new)}


IN_ARCHIVE: dict[str, Callable[[Settings], object]] = {
    "an original was changed": lambda one: _original(one).write_bytes(_original(one).read_bytes() + b" "),
    "an original is gone": lambda one: _original(one).unlink(),
    "a receipt was put earlier": lambda one: _lines(
        one, lambda lines: [lines[0].replace(b"2022-06-04", b"2022-05-04"), *lines[1:]]
    ),
    "a line of the journal is gone": lambda one: _lines(one, lambda lines: [lines[0], *lines[2:]]),
    "the journal's first line is gone": lambda one: _lines(one, lambda lines: lines[1:]),
    "the journal's last line is gone": lambda one: _lines(one, lambda lines: lines[:-1]),
    "two lines were exchanged": lambda one: _lines(one, lambda lines: [lines[1], lines[0], *lines[2:]]),
    "a line is no line": lambda one: _lines(one, lambda lines: [lines[0], b"{}\n", *lines[2:]]),
    "the journal is gone": lambda one: _journal(one).unlink(),
}
IN_DATABASE: dict[str, Callable[[Settings], object]] = {
    "a sum was changed": lambda one: _in_database(
        one, update(enforcement_month).where(enforcement_month.c.month == "2022-05").values(inspections=30)
    ),
    "a sum is gone": lambda one: _in_database(one, delete(enforcement_month).where(enforcement_month.c.month == "2022-05")),
    "a sum by sector was changed": lambda one: _in_database(
        one, update(enforcement_sector).where(enforcement_sector.c.month == "2022-05").values(inspections=30)
    ),
    "a row is gone": lambda one: _in_database(one, delete(inspection).where(inspection.c.period == "2022-05", inspection.c.row == 4)),
    "a row was changed": lambda one: _in_database(
        one, update(inspection).where(inspection.c.period == "2022-05", inspection.c.row == 3).values(hazards=9)
    ),
    "a submission names other bytes": lambda one: _in_database(
        one, update(submission).where(submission.c.status == "rejected").values(sha256="0" * 64)
    ),
    "a remark was added to the scheme": lambda one: _in_database(one, update(scheme).where(*FIRST_SCHEME).values(_text_with("# 月排名", "# 月度排名"))),
    "a weight was changed": lambda one: _in_database(
        one, update(scheme).where(*FIRST_SCHEME).values(_text_with("weight: 10, target", "weight: 5, target"))
    ),
    "the scheme cannot be read": lambda one: _in_database(one, update(scheme).where(*FIRST_SCHEME).values(text="{")),
}  # fmt: skip


def _assert_found(settings: Settings) -> None:
    findings, _ = examine(settings)
    assert findings
    assert all(re.search("[\u4e00-\u9fff]", finding) for finding in findings)


@pytest.mark.parametrize("what", IN_ARCHIVE)
def test_doctor_finds_in_the_archive(sqlite_installation: Settings, tmp_path: Path, what: str) -> None:
    """What was changed in the originals or the journal is a finding, said in Chinese; before it there was none."""
    IN_ARCHIVE[what](_loaded(sqlite_installation, tmp_path))
    _assert_found(sqlite_installation)


@pytest.mark.parametrize("what", IN_DATABASE)
def test_doctor_finds_in_the_database(installation: Settings, tmp_path: Path, what: str) -> None:
    """What was changed in the rows, their sums or the scheme is a finding, said in Chinese; before it there was none."""
    IN_DATABASE[what](_loaded(installation, tmp_path))
    _assert_found(installation)


def test_torn_last_line_is_no_finding(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A last line that the power cut short was never acknowledged: the doctor passes it over, the next load goes on behind the whole ones."""
    loaded = _loaded(sqlite_installation, tmp_path)
    whole = _journal(loaded).read_bytes()
    _journal(loaded).write_bytes(whole + whole.splitlines()[-1][:100])
    assert examine(loaded) == ([], [])
    with Loader(loaded) as loader:
        assert send(loader, ledger("2022-03"), tmp_path).status == "accepted"
    assert _journal(loaded).read_bytes().startswith(whole)
    assert examine(loaded) == ([], [])


def test_what_is_done_meanwhile_is_no_finding(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A load, an upload and an account made between the doctor's look at the rows and its look at the journal."""
    loaded = _loaded(installation, tmp_path)
    looked = doctor._journalled

    def meanwhile(*asked: Any) -> Any:
        with Loader(loaded) as loader:
            assert send(loader, ledger("2022-03"), tmp_path).status == "accepted"
        wanted = Wanted("zhang", "张三", Role.VIEWER)
        Accounts.of(loaded).add_without_password(wanted, by="office", at=RECEIVED)
        archive = Archive(loaded.archive_dir)
        with (tmp_path / "台账.xlsx").open("rb") as file:
            take_in(loaded.database_url, archive, loaded.zone, file, "台账.xlsx", "zhang", RECEIVED, Choice())
        return looked(*asked)

    with monkeypatch.context() as patched:
        patched.setattr(doctor, "_journalled", meanwhile)
        with at_work(loaded.archive_dir):
            assert examine(loaded) == ([], [])
    with at_work(loaded.archive_dir):
        findings, notes = examine(loaded)
    assert findings == []
    assert len(notes) == 1


def test_receipts_from_before_digests_are_counted_and_compared_on_request(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation older than the lines of outcomes: the doctor says how far it looks, --deep names row and column."""
    with monkeypatch.context() as patched, Loader(installation) as loader:
        patched.setattr("etl.loading.load.tell", lambda *_told, **_named: None)
        send(loader, ledger("2022-04"), tmp_path)
    settled = Archive(installation.archive_dir).last_number()
    _in_database(installation, update(installation_table).values(settled=settled))
    findings, (note,) = examine(installation)
    assert findings == []
    assert "较早的1件" in note
    assert examine(installation, deep=True) == ([], [])
    _in_database(installation, update(inspection).where(inspection.c.row == 3).values(remark="改过"))
    assert examine(installation) == ([], [note])
    (finding,), _notes = examine(installation, deep=True)
    assert finding == "检查 1 3 的备注：数据库为 改过，按存档和日志重建为 空。"


def test_what_an_older_program_read_is_compared_by_its_rows(installation: Settings, tmp_path: Path) -> None:
    """A workbook from before it was kept what its cells were taken for: how it was read may differ, no row of it may."""
    with Loader(installation) as loader:
        send(loader, ledger("2022-04").put({"D4": None}), tmp_path)
    _in_database(installation, update(submission).values(left_out=None, account=None, layout={}))
    _in_database(installation, delete(submission_problem))
    assert examine(installation, deep=True) == ([], [])
    _in_database(installation, update(submission).values(left_out=[]))
    assert {"layout", "account"} == {
        word for finding in examine(installation, deep=True)[0] for word in ("layout", "account") if word in finding
    }
    _in_database(installation, update(submission).values(left_out=None))
    _in_database(installation, update(inspection).where(inspection.c.row == 3).values(remark="改过"))
    assert any("备注" in finding for finding in examine(installation, deep=True)[0])
