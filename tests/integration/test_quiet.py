"""What goes wrong is told in a sentence: no trace, path or statement to the browser; nobody's name, secret or file to the log."""

from __future__ import annotations

import io
import logging
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from werkzeug.test import TestResponse

from dashboards.results import (
    administration,
    calendar,
    casualties,
    disasters,
    enterprise_search,
    frontline,
    hazards,
    inspection_coverage,
    lists_of_month,
    overview,
    publication_list,
    ranking,
    schemes,
    scores,
    side_by_side,
    supervision,
    tipoffs,
    unit_profile,
    work_plan,
    workbooks,
)
from data.intake import decisions
from data.intake.archive import ArchiveError
from data.people.scope import Role
from data.settings import Settings
from data.store import StoreError, reader, writer
from etl.loading import load
from etl.loading.load import Loader
from tests.integration.doors import GOOD, OFFICE
from tests.integration.ledgers import ledger
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import declared, page

TRACE = re.compile(
    r"Traceback|\.py\b|sqlite|psycopg|SELECT|INSERT|no such table|/archive|/tmp/|/srv/|werkzeug|Errno|Error\b"
)
SECRET = "张三丰 13800000000 SELECT mark FROM self_mark WHERE unit = 'x' /srv/board/archive"
"""What the text of an error may hold: a person, a statement, a path."""
PAGES = {
    "/overview": (overview, "fetch"), "/ranking": (ranking, "fetch_for_group"), "/side-by-side": (side_by_side, "fetch"), "/scores": (scores, "fetch_each"),
    "/casualties": (casualties, "fetch"), "/enterprise": (enterprise_search, "fetch"), "/inspection-coverage": (inspection_coverage, "fetch"),
    "/frontline": (frontline, "fetch"), "/disasters": (disasters, "fetch"), "/hazards": (hazards, "fetch"), "/inspection-lists": (lists_of_month, "fetch"), "/supervision": (supervision, "fetch"), "/calendar": (calendar, "fetch"), "/work-plan": (work_plan, "fetch"), "/unit": (unit_profile, "fetch"), "/tipoffs": (tipoffs, "fetch"), "/submissions": (workbooks, "latest"), "/schemes": (schemes, "fetch"),
    "/administration": (administration, "accounts"),
    "/publications": (publication_list, "of_year"),
}  # fmt: skip


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with one account of each role."""
    return made(sqlite_installation, monkeypatch)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that any library logs."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def _is_a_sentence(answer: TestResponse) -> None:
    text = answer.get_data(as_text=True)
    assert answer.status_code < 400 or re.search("[\u4e00-\u9fff]", text)
    assert not TRACE.search(text), text[:600]


def _fails(error: BaseException) -> Any:
    def failing(*_arguments: Any, **_named: Any) -> None:
        raise error

    return failing


# To the browser


@pytest.mark.parametrize("path", PAGES)
def test_page_on_which_the_program_fails(
    site: Site, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture, path: str
) -> None:
    """A mistake in the program: 500 and a sentence; the log has its kind and place, not its text."""
    module, name = PAGES[path]
    monkeypatch.setattr(module, name, _fails(LookupError(SECRET)))
    answer = page(site.signed_in(Role.ADMIN), path, "")
    assert answer.status_code == 500
    _is_a_sentence(answer)
    assert "LookupError in POST /_dash-update-component" in log.text
    assert _told(log, *SECRET.split(" ")[:2], "self_mark") == []


@pytest.mark.parametrize("path", PAGES)
def test_page_whose_database_fails(site: Site, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A database out of reach says on the page what to do, and not how it is called or where it stands."""
    module, name = PAGES[path]
    monkeypatch.setattr(module, name, _fails(StoreError('connection to server at "10.1.2.3", user "board" failed')))
    answer = page(site.signed_in(Role.ADMIN), path, "")
    assert answer.status_code == 200
    _is_a_sentence(answer)
    for word in ("10.1.2.3", "connection", '\\"board'):
        assert word not in answer.text


TABLES = ("account", "audit", "enforcement_month", "installation", "sign_in", "submission", "unit", "zone")


@pytest.mark.parametrize("table", TABLES)
def test_database_without_a_table(site: Site, table: str) -> None:
    """Half a database: every page, form, upload and download is answered with a sentence."""
    visitors = [site.signed_in(role) for role in (Role.OFFICE, Role.ADMIN)]
    tokens = [visitor.token() for visitor in visitors if declared(visitor.client)]
    _drop(site.door.settings.database_url, table)
    for visitor, token in zip(visitors, tokens, strict=True):
        for answer in _everything(visitor, token):
            assert answer.status_code in {200, 302, 303, 400, 403, 404, 409, 500, 503}
            _is_a_sentence(answer)


def _drop(url: str, table: str) -> None:
    for engine in (writer(url), reader(url)):
        engine.dispose()
    connection = sqlite3.connect(url.removeprefix("sqlite:///"))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(f"DROP TABLE {table}")
    connection.commit()
    connection.close()


def _everything(visitor: Visitor, token: str) -> Iterator[TestResponse]:
    def post(address: str, **form: Any) -> TestResponse:
        return visitor.client.post(address, base_url=visitor.base, data={"csrf_token": token, **form}, buffered=True)

    for path in PAGES:
        yield page(visitor, path, "")
    for address in ("/signin", "/overview", "/original/1", "/audit.csv", "/password", "/_dash-layout"):
        yield visitor.get(address)
    yield post("/upload", files=(io.BytesIO(b"x"), "a.xlsx"))
    yield post("/decide/veto", period="2022Q2", unit="longtanzi", confirmed="no", reason="理由")
    yield post("/accounts/reset", account="zhangsan")
    yield post("/accounts/add", name="new1", display_name="新", role="viewer")
    yield post("/signin", name="zhangsan", password=GOOD)
    yield post("/password", old="a", new="b", again="b")


def test_archive_that_cannot_be_written(site: Site, log: pytest.LogCaptureFixture) -> None:
    """An upload that cannot be kept is said to be so, by name, without the folder; the log has the reason."""
    visitor = site.signed_in(Role.OFFICE)
    token = visitor.token()
    archive = site.door.settings.archive_dir
    rmtree(archive)
    archive.write_text("no folder")
    files = {"files": (io.BytesIO(b"PK"), "龙滩子台账.xlsx"), "csrf_token": token}
    answer = visitor.client.post("/upload", base_url=visitor.base, data=files, buffered=True)
    (told,) = answer.get_json()["files"]
    assert (answer.status_code, told["name"], told["receipt"]) == (200, "龙滩子台账.xlsx", None)
    assert "未能存档" in told["refused"]
    _is_a_sentence(answer)
    assert str(archive) not in answer.text
    assert "not kept" in log.text


@pytest.mark.parametrize("error", [ArchiveError(SECRET), StoreError(SECRET)])
def test_decision_that_cannot_be_kept(site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """A decision that was not written is said to be so, without what the disk or the database said."""
    monkeypatch.setattr(decisions, "decide_veto", _fails(error))
    form = {"period": "2022Q2", "unit": "longtanzi", "confirmed": "no", "reason": "理由"}
    answer = site.signed_in(Role.OFFICE).post("/decide/veto", form)
    assert answer.status_code == 503
    _is_a_sentence(answer)
    assert "SELECT" not in answer.text


# To the log


def _told(log: pytest.LogCaptureFixture, *words: str) -> list[str]:
    """Which of the words stand in the log."""
    return [word for word in words if word and word in log.text]


def _send(visitor: Visitor, path: Path, note: str = "") -> TestResponse:
    files = {
        "files": (io.BytesIO(path.read_bytes()), path.name),
        "note": note,
        "straight": "1",
        "csrf_token": visitor.token(),
    }
    return visitor.client.post("/upload", base_url=visitor.base, data=files, buffered=True)


def test_a_day_at_the_office_leaves_nobody_in_the_log(
    site: Site, tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    """Sign-in right and wrong, upload, loading, refusal, reset: no name, password, token, note or file name is logged."""
    visitor = site.visitor()
    visitor.sign_in("zhangsan", "wrong-cabinet-93-river")
    visitor.sign_in("13800000000", "somebody-elses-secret")
    visitor.sign_in("zhangsan", GOOD)
    _send(visitor, ledger("2022-05").put({"H3": "欧阳独行"}).write(tmp_path / "王五的台账.xlsx"), "李四代报")
    _send(visitor, ledger("2022-06").put({"C2": None, "H2": "司马独行"}).write(tmp_path / "赵六的台账.xlsx"))
    with Loader(site.door.settings) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["accepted", "rejected"]
    for path in PAGES:
        assert page(visitor, path, "").status_code == 200
    first = site.door.accounts.reset_password("viewer1", **OFFICE)
    site.visitor().sign_in("viewer1", first)
    secrets = [GOOD, "wrong-cabinet-93-river", "somebody-elses-secret", "13800000000", first]
    tokens = [visitor.cookie("session") or "", visitor.cookie("_csrf_token") or "", _token(visitor)]
    assert all(tokens)
    people = ["张三", "王五", "赵六", "李四", "欧阳独行", "司马独行", "台账.xlsx", "看客"]
    assert _told(log, *secrets, *tokens, *people) == []


def _token(visitor: Visitor) -> str:
    with visitor.client.session_transaction(base_url=visitor.base) as session:
        return str(session["_user_id"])


def test_workbook_on_which_the_program_fails(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, log: pytest.LogCaptureFixture
) -> None:
    """The loader's log has kind and place of the mistake, not what the workbook held; the sender reads a sentence."""
    visitor = site.signed_in(Role.UNIT)
    _send(visitor, ledger("2022-05").write(tmp_path / "王五的台账.xlsx"))
    monkeypatch.setattr(load, "check_workbook", _fails(LookupError(SECRET)))
    with Loader(site.door.settings) as loader:
        (outcome,) = loader.take_up_pending()
    assert [problem.code for problem in outcome.errors] == ["program_error"]
    assert "LookupError" in log.text
    assert "load.py" in log.text
    assert _told(log, *SECRET.split(" ")[:2], "王五") == []
    answer = page(visitor, "/submissions", "?submission=1")
    assert answer.status_code == 200
    _is_a_sentence(answer)


def test_statements_are_never_logged(site: Site, log: pytest.LogCaptureFixture) -> None:
    """Even where everything is logged, the database's statements, their parameters and rows are not."""
    site.visitor().sign_in("zhangsan", GOOD)
    assert [record.name for record in log.records if record.name.startswith("sqlalchemy")] == []
    assert all(engine.hide_parameters for engine in map(_engine_of, (writer, reader), [site] * 2))


def _engine_of(engine: Any, site: Site) -> Any:
    return engine(site.door.settings.database_url)


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
def test_command_logs_no_statements_either(sqlite_installation: Settings, tmp_path: Path, level: str) -> None:
    """A command that logs everything names its steps, not the persons in the workbook."""
    path = ledger("2022-05").put({"H3": "欧阳独行"}).write(tmp_path / "台账.xlsx")
    environment = {
        "SUPERVISION_DATABASE_URL": sqlite_installation.database_url, "SUPERVISION_LOG_LEVEL": level,
        "SUPERVISION_ARCHIVE_DIR": str(sqlite_installation.archive_dir), "PATH": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "etl", "load", str(path)]
    ended = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    assert "stage committing" in ended.stderr
    assert "INSERT" not in ended.stderr
    assert "欧阳独行" not in ended.stderr
