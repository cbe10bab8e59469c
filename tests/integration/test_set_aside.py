"""What the program fails on is set aside: kept, named, tried again or given up, and what is behind it goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from typer.testing import CliRunner

from dashboards.results import submissions
from data.doctor import examine
from data.intake import intake_decisions
from data.intake.archive import Archive
from data.intake.carrying_out import WRITERS, catch_up
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.decisions import confirm, discard, match_headers, retry
from data.intake.inbox import Choice, database_name, receive, take_in
from data.people.scope import office
from data.schema.enforcement import inspection
from data.schema.intake import audit, decision, submission, submission_problem
from data.settings import Settings
from data.store import StoreError, database_errors, of_the_environment, reader, writer
from data.zone.periods import Month
from etl.__main__ import app
from etl.kinds.registry import KINDS
from etl.loading import load, store_rows
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send
from tests.integration.test_outcomes import outcomes
from tests.integration.test_rebuild import stored

NOW = datetime(2022, 6, 5, 3, tzinfo=UTC)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def rows(settings: Settings) -> list[Any]:
    """The log of submissions."""
    with reader(settings.database_url).connect() as connection:
        return list(connection.execute(select(submission).order_by(submission.c.submission)))


def desk(settings: Settings) -> Desk:
    """The office's desk."""
    return Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, "office1", NOW)


def upload(
    settings: Settings,
    book: Any,
    folder: Path,
    *,
    name: str = "五月.xlsx",
    unit: str | None = "longtanzi",
    asks: bool = False,
) -> int:  # as take_in has them
    """A workbook as the page sends it."""
    path = book.write(folder / "sent.xlsx")
    return take_in(
        settings.database_url, Archive(settings.archive_dir), settings.zone, BytesIO(path.read_bytes()), name, "zhang",
        NOW, Choice(), unit, asks=asks,
    ).number  # fmt: skip


@pytest.fixture
def too_much(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Rows that the reader let through and the database refuses, as a workbook of 龙滩子 could hold them; until called."""
    real = store_rows.insert_columns

    def overflowing(connection: Any, table: Any, columns: Any) -> None:
        if table is inspection and columns["unit"][0] == "longtanzi":
            columns = {**columns, "hazards": [2**70] * len(columns["row"])}
        real(connection, table, columns)

    monkeypatch.setattr(store_rows, "insert_columns", overflowing)
    return lambda: monkeypatch.setattr(store_rows, "insert_columns", real)


def test_data_that_the_database_refuses_set_one_receipt_aside(
    loader: Loader, tmp_path: Path, too_much: Callable[[], None]
) -> None:
    """While it is written the database refuses a value; nothing of it is there, the next workbook is accepted, doctor names the one."""
    settings = loader.settings
    aside = send(loader, ledger(), tmp_path, name="坏.xlsx")
    good = send(loader, ledger(unit="youting"), tmp_path, name="好.xlsx")
    assert (aside.status, good.status) == ("set_aside", "accepted")
    assert [one.code for one in aside.errors] == ["program_error"]
    assert (aside.kind, aside.unit, aside.period, aside.version) == ("enforcement", "longtanzi", "2022-05", None)
    findings, notes = examine(settings)
    assert len(findings) == 1
    assert "坏.xlsx" in findings[0]
    assert notes == []
    assert [one["status"] for one in outcomes(settings)] == ["set_aside", "accepted"]
    assert status(settings) == {"longtanzi": "set_aside", "youting": "on_time"}
    too_much()
    retry(desk(settings), rows(settings)[0].submission)
    (again,) = loader.take_up_pending()
    assert (again.status, again.version) == ("accepted", 1)
    assert rows(settings)[0].received_at == datetime(2022, 6, 4, 2, tzinfo=UTC)
    assert status(settings) == {"longtanzi": "on_time", "youting": "on_time"}
    assert examine(settings) == ([], [])


def status(settings: Settings) -> dict[str, str]:
    """How the two units' ledgers of May stand."""
    found = fetched(
        reader(settings.database_url),
        office(settings.zone),
        submissions.fetch,
        Month(2022, 5),
        fixed_today=settings.today,
    )
    return {one.unit.code: one.status for one in found.reports if one.unit.code in {"longtanzi", "youting"}}


def test_a_sum_beyond_the_database_sets_one_receipt_aside(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the rollup's own statement fails on the values, as a sum that leaves 64 bits did, it is no outage."""
    overflow = {
        "sqlite": "SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)",
        "postgresql": "SELECT CAST(9223372036854775807 AS bigint) + 1",
    }

    def refresh(connection: Any, context: Any, _submission: int) -> None:
        if context.unit.code == "longtanzi":
            connection.execute(text(overflow[connection.dialect.name])).scalar()

    monkeypatch.setitem(KINDS, "enforcement", replace(KINDS["enforcement"], refresh=refresh))
    assert send(loader, ledger(), tmp_path).status == "set_aside"
    assert send(loader, ledger(unit="youting"), tmp_path).status == "accepted"


@pytest.mark.parametrize(
    "statement", ["SELECT CAST(:x AS INTEGER) / :y FROM missing_table", "SELECT missing_column FROM submission"]
)
def test_another_schema_is_an_outage(installation: Settings, statement: str) -> None:
    """A table or column that is not there is the installation's fault, and no workbook's."""
    with pytest.raises(StoreError), database_errors(), reader(installation.database_url).connect() as connection:
        connection.execute(text(statement), {"x": 1, "y": 1} if ":x" in statement else {})


def _sqlite(code: int, words: str = "any") -> DBAPIError:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return OperationalError("SELECT", {}, error)


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (_sqlite(sqlite3.SQLITE_FULL), True),
        (_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), True),
        (_sqlite(sqlite3.SQLITE_IOERR_WRITE), True),
        (_sqlite(sqlite3.SQLITE_READONLY), True),
        (_sqlite(sqlite3.SQLITE_CORRUPT), True),
        (_sqlite(sqlite3.SQLITE_ERROR, "integer overflow"), False),
        (_sqlite(sqlite3.SQLITE_TOOBIG), False),
        (_sqlite(sqlite3.SQLITE_CONSTRAINT_TRIGGER), False),
        *((DBAPIError("SELECT", {}, psycopg.errors.lookup(state)("any")), outage) for state, outage in (
            ("08006", True), ("53100", True), ("57P01", True), ("58030", True), ("55P03", True), ("40001", True),
            ("22003", False), ("22001", False), ("23505", False), ("54000", False),
        )),
        (DBAPIError("SELECT", {}, psycopg.OperationalError("no server")), True),
        (DataError("SELECT", {}, psycopg.DataError("NUL")), False),
    ],
)  # fmt: skip
def test_data_and_environment_are_told_apart_by_their_codes(error: DBAPIError, outage: bool) -> None:
    """Disk, lock, memory and connection are the environment's; sums, lengths and constraints the data's."""
    assert of_the_environment(error) is outage


def test_an_outage_sets_nothing_aside(loader: Loader, tmp_path: Path) -> None:
    """However often it is tried: a receipt waits until the database can be used again."""
    settings = loader.settings
    upload(settings, ledger(), tmp_path)
    with writer(settings.database_url).begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
    for _try in range(5):
        with pytest.raises(StoreError):
            loader.take_up_pending()
    with writer(settings.database_url).begin() as connection:
        connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
    assert [one.status for one in loader.take_up_pending()] == ["accepted"]


class Killed(BaseException):
    """The end of a process, as its successor sees it."""


def test_three_tries_without_an_end_set_a_receipt_aside(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook on which the process dies is tried three times, then kept aside; what is behind it is loaded."""
    upload(installation, ledger(), tmp_path, name="杀.xlsx")
    upload(installation, ledger("2022-04"), tmp_path, name="好.xlsx")
    real = load.check_workbook

    def dies(book: Any, *told: Any) -> Any:
        if 1 in told:
            raise Killed
        return real(book, *told)

    monkeypatch.setattr(load, "check_workbook", dies)
    for _process in range(3):
        with pytest.raises(Killed), Loader(installation) as loader:
            loader.take_up_pending()
    with Loader(installation) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["set_aside", "accepted"]
    monkeypatch.setattr(load, "check_workbook", real)
    retry(desk(installation), 1)
    with Loader(installation) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["accepted"]
    assert examine(installation) == ([], [])


def test_what_is_confirmed_and_fails_is_set_aside_and_confirmed_again(
    loader: Loader, tmp_path: Path, too_much: Callable[[], None]
) -> None:
    """A workbook that was checked fails only as it is written: it stays confirmed by its sender's word through a retry."""
    settings = loader.settings
    number = upload(settings, ledger(), tmp_path, asks=True)
    assert [one.status for one in loader.take_up_pending()] == ["checked"]
    confirm(desk(settings), number, None)
    assert [one.status for one in loader.take_up_pending()] == ["set_aside"]
    too_much()
    retry(desk(settings), number)
    assert [one.status for one in loader.take_up_pending()] == ["accepted"]
    assert rows(settings)[0].received_at == NOW
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)


def test_a_receipt_that_no_column_takes_is_set_aside(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name longer than its column, or with what no text may hold, that an older program journalled: it stops nothing."""
    settings = loader.settings
    monkeypatch.setattr("data.intake.inbox.check_row", lambda *_told: None)
    with Archive(settings.archive_dir).loading():
        path = ledger().write(tmp_path / "a.xlsx")
        with path.open("rb") as file:
            sha256 = loader.archive.keep(file)
        with reader(settings.database_url).connect() as connection:
            database = database_name(connection, settings.zone)
        receive(loader.archive, database, sha256, "长\0" * 400 + ".xlsx", "zhang", NOW, Choice(note="\0"), "longtanzi")
    (outcome,) = loader.take_up_pending()
    assert outcome.status in {"set_aside", "accepted"}, "SQLite takes any length"
    assert loader.take_up_pending() == []
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"


def test_discarded_with_a_reason(loader: Loader, tmp_path: Path, too_much: Callable[[], None]) -> None:
    """Given up, it is no finding any more and can neither be tried nor given up again; the audit says who and why."""
    settings = loader.settings
    assert too_much
    send(loader, ledger(), tmp_path)
    number = rows(settings)[0].submission
    with pytest.raises(Undecidable):
        discard(desk(settings), number, "  ")
    discard(desk(settings), number, "已改报纸质")
    assert rows(settings)[0].status == "discarded"
    assert rows(settings)[0].return_reason == "已改报纸质"
    for again in (lambda: retry(desk(settings), number), lambda: discard(desk(settings), number, "再次")):
        with pytest.raises(Undecidable):
            again()
    assert examine(settings) == ([], [])
    with reader(settings.database_url).connect() as connection:
        actions = list(connection.execute(select(audit.c.action).order_by(audit.c.entry)).scalars())
    assert actions == ["workbook set_aside", "workbook discarded"]
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)


def test_a_decision_that_cannot_be_written_holds_nothing_up(
    loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line stands in the journal and its row never can: it is kept as set aside, said, and what is behind it goes on."""
    settings = loader.settings

    def refused(connection: Any, zone: str, entry: Any) -> Any:
        connection.execute(
            insert(submission_problem).values(
                zone=zone, submission=1, position=1, severity="error", code="x", cells=[], message="x", parameters={}
            )
        )

    match = {"table": "ledger", "header": "ﷺ" * 20, "written": "ﷺ", "column": "hazards"}
    send(loader, ledger("2022-04"), tmp_path)
    with monkeypatch.context() as broken:
        broken.setitem(WRITERS, intake_decisions.MATCH, refused)  # type: ignore[arg-type]  # a dict, told as a Mapping
        with pytest.raises(Undecidable):
            match_headers(desk(settings), "longtanzi", "enforcement", [match])
    assert send(loader, ledger(), tmp_path).status == "accepted"
    with reader(settings.database_url).connect() as connection:
        (kept,) = connection.execute(select(decision)).all()
    assert (kept.act, kept.outcome) == ("match_header", "set_aside")
    findings, _notes = examine(settings)
    assert len(findings) == 1
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, target)
    assert stored(settings, target) == stored(settings, settings.database_url)
    discard(desk(settings), kept.entry, "已重新对照")
    assert examine(settings) == ([], [])


def test_a_journalled_decision_left_by_a_dead_process_is_set_aside_as_well(loader: Loader, tmp_path: Path) -> None:
    """What an older program journalled without asking the schema is found by the next load, which goes on."""
    settings = loader.settings
    with reader(settings.database_url).connect() as connection:
        database = database_name(connection, settings.zone)
    told = {
        "unit": "nobody",
        "kind": "enforcement",
        "table": "ledger",
        "header": "x",
        "written": "x",
        "column": None,
        "actor": "office1",
    }
    loader.archive.append(NOW.isoformat(), database, "match_header", told)
    assert send(loader, ledger(), tmp_path).status == "accepted"
    catch_up(settings.database_url, loader.archive, settings.zone)
    assert len(examine(settings)[0]) == 1


def test_commands_say_and_decide(
    sqlite_installation: Settings, tmp_path: Path, commanded: Callable[[Settings], None], too_much: Callable[[], None]
) -> None:
    """``load`` ends with 1 and ``set_aside``; ``check`` says so before; ``status`` shows it; ``retry --all`` and ``discard`` work."""
    commanded(sqlite_installation)
    run = CliRunner().invoke
    for name, month in (("五月.xlsx", "2022-05"), ("四月.xlsx", "2022-04")):
        ledger(month).write(tmp_path / name)
    done = run(app, ["load", str(tmp_path / "五月.xlsx"), str(tmp_path / "四月.xlsx"), "--json"])
    assert done.exit_code == 1, done.output
    assert {one["status"] for one in json.loads(done.stdout)["files"]} == {"set_aside"}
    found = run(app, ["status", "--period", "2022-05", "--json"])
    assert {"longtanzi": "set_aside"}.items() <= {
        one["unit"]: one["status"] for one in json.loads(found.stdout)["rows"] if one["kind"] == "enforcement"
    }.items()
    number = next(row.submission for row in rows(sqlite_installation) if row.period == "2022-04")
    assert run(app, ["discard", str(number)]).exit_code == 2
    assert run(app, ["discard", str(number), "--reason", "不再需要"]).exit_code == 0
    assert run(app, ["retry"]).exit_code == 2
    assert run(app, ["retry", "--all"]).exit_code == 1
    too_much()
    assert run(app, ["retry", "--all"]).exit_code == 0
    assert [row.status for row in rows(sqlite_installation)].count("accepted") == 1
