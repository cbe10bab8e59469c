"""What a hostile clerk, a stolen form or a poisoned workbook tries: none gets through, and each is answered without a trace."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.intake.archive import Archive
from data.intake.calendar_decisions import add_event, name_leader
from data.intake.calendar_events import EventContent
from data.intake.deciding import Desk
from data.people.scope import Role
from data.settings import Settings
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.integration.ledgers import LOG, NOTHING, Book, all_rows, ledger
from tests.integration.papers import (
    accident,
    accidents,
    disasters,
    enterprises,
    frontline,
    hazards,
    review,
    self_assessment,
    supervision,
    tasks,
    tipoffs,
)
from tests.integration.several_units import installed, opened
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router

EVIL = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    '=HYPERLINK("http://evil.example/","x")',
    "+cmd|' /C calc'!A0",
    "{{7*7}}%(value)s%s",
    "javascript:alert(1)",
)
TRACE = re.compile(r"Traceback|File \"|sqlite3|psycopg|SELECT |/dashboards/|/tmp/|werkzeug")
PAGES = {
    "/overview": "", "/ranking": "?period=2022-05&group=town&unit=longtanzi&measure=inspections",
    "/side-by-side": "?period=2022-05&unit=longtanzi&with_unit=shuanglu&measure=penalties",
    "/scores": "?period=2022Q2&group=town&unit=longtanzi", "/casualties": "?period=2022",
    "/frontline": "?day=2022-05-31&batch=key&town=longtanzi", "/disasters": "?day=2022-05-31&unit=longtanzi&state=not_called",
    "/inspection-lists": "?period=2022-10&unit=longtanzi",
    "/enterprise": "?q=公司&code=91502914MA3FQEFLC0", "/inspection-coverage": "?list=never",
    "/hazards": "?day=2022-05-31&grade=major&unit=longtanzi",
    "/calendar": "?month=2022-07", "/work-plan": "?day=2022-06-30&item=10.1",
    "/unit": "?period=2022-05&unit=longtanzi",
    "/supervision": "?day=2022-05-31&unit=longtanzi", "/tipoffs": "?day=2022-05-31&state=not_closed",
    "/submissions": "?period=2022-05&submission=1", "/schemes": "?scheme=monthly_ranking", "/administration": "", "/publications": "?period=2022-05&publish=2022-05",
}  # fmt: skip

WITHOUT_TEXTS = {"/administration", "/overview", "/unit", "/schemes", "/side-by-side", "/publications"}
"""Of workbooks they show figures alone, or what comes after them only (tests/browser/test_hostile_text.py)."""


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with one account of each role."""
    return made(sqlite_installation, monkeypatch)


def _quiet(answer: TestResponse) -> None:
    """No trace, no path, no statement reaches the browser."""
    assert not TRACE.search(answer.text), answer.text[:500]


BODIES: dict[str, Any] = {
    "no json": b"not json",
    "a list": b"[]",
    "empty": b"",
    "deep": b"[" * 5000 + b"]" * 5000,
    "another output": json.dumps(
        {"output": "a.b", "outputs": [], "inputs": [], "changedPropIds": [], "state": []}
    ).encode(),
    "no inputs": json.dumps({"output": ".._pages_content.children..._pages_store.data.."}).encode(),
    "large": b'{"output": "' + b"x" * 3_000_000 + b'"}',
}


@pytest.mark.parametrize("name", BODIES)
def test_malformed_callback_is_answered_and_the_server_goes_on(shared_site: Site, name: str) -> None:
    """Whatever is sent instead of a callback's body: an error without a trace, and the next page comes."""
    visitor = shared_site.signed_in(Role.UNIT)
    answer = visitor.client.post(
        "/_dash-update-component", base_url=visitor.base, data=BODIES[name],
        headers={"X-CSRFToken": visitor.token(), "Content-Type": "application/json"},
    )  # fmt: skip
    assert answer.status_code == (413 if name == "large" else 400)
    _quiet(answer)
    assert visitor.get("/ranking").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2f..%2fdata/settings.py", "/bootstrap/../../__init__.py",
        "/bootstrap/%2e%2e/%2e%2e/__init__.py", "/chart-template/../../etc/passwd.json", "/original/../1", "/original/-1",
        "/original/1%00", "/original/1e3", "/original/99999999999999999999", "/_dash-component-suites/dash/../app.py",
    ],
)  # fmt: skip
def test_no_address_leads_out_of_its_folder(shared_site: Site, address: str) -> None:
    """Climbing out of assets, Bootstrap's folder or the archive finds nothing of ours."""
    answer = shared_site.signed_in(Role.VIEWER).get(address)
    assert answer.status_code in {200, 301, 302, 308, 400, 404}
    assert "create_app" not in answer.text
    assert "SUPERVISION_" not in answer.text
    _quiet(answer)


def test_callback_replayed_after_sign_out_is_refused(site: Site) -> None:
    """The very request that worked, with cookie and token of before, is nobody's after the sign-out."""
    visitor = site.signed_in(Role.OFFICE)
    body, token = _router("/ranking", "?period=2022-05"), visitor.token()
    kept = visitor.cookie("session")
    ask = {"base_url": visitor.base, "headers": {"X-CSRFToken": token}, "json": body}
    assert visitor.client.post("/_dash-update-component", **ask).status_code == 200
    visitor.post("/signout")
    visitor.client.set_cookie("session", kept or "", domain="127.0.0.1")
    assert visitor.client.post("/_dash-update-component", **ask).status_code in {400, 401}


def test_token_of_another_session_is_worth_nothing(shared_site: Site) -> None:
    """A CSRF token that somebody else's page was given does not open a callback of mine."""
    mine, others = shared_site.signed_in(Role.UNIT), shared_site.signed_in(Role.OFFICE)
    mine.token()
    answer = mine.client.post(
        "/_dash-update-component",
        base_url=mine.base,
        json=_router("/ranking", ""),
        headers={"X-CSRFToken": others.token()},
    )
    assert answer.status_code == 400
    _quiet(answer)


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("address", ["/upload", "/decide/veto", "/accounts/add", "/signout"])
def test_what_another_site_sends_is_refused(shared_site: Site, address: str, headers: dict[str, str]) -> None:
    """Even with cookie and token a request of another site's page does nothing."""
    visitor = shared_site.signed_in(Role.OFFICE)
    answer = visitor.post(address, {"reason": "x"}, headers=headers)
    assert answer.status_code in {400, 403}
    _quiet(answer)
    assert visitor.get("/ranking").status_code == 200


def _upload(visitor: Visitor, content: bytes, name: str) -> TestResponse:
    data = {"files": (io.BytesIO(content), name), "csrf_token": visitor.token()}
    return visitor.client.post("/upload", base_url=visitor.base, data=data, buffered=True)


def test_hostile_samples_sent_by_a_browser_are_refused_and_nothing_is_loaded(site: Site) -> None:
    """Each sample that must be refused, sent as a unit's clerk would: an answer by name, a refusal, no row anywhere."""
    visitor = site.signed_in(Role.UNIT)
    before = all_rows(site.door.settings, but=(*LOG, "sign_in", "sent_today"))
    names = [path for path in sorted((SAMPLES / "refused").glob("*.xlsx")) if path.stem not in {"inject", "rare"}]
    for path in names:
        answer = _upload(visitor, path.read_bytes(), path.name)
        assert (answer.status_code, answer.get_json()["files"][0]["name"]) == (200, path.name)
    with Loader(site.door.settings) as loader:
        outcomes = loader.take_up_pending()
    assert [one.status for one in outcomes] == ["rejected"] * len(names)
    assert all_rows(site.door.settings, but=(*LOG, "sign_in", "sent_today")) == before
    assert visitor.get("/submissions").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd.xlsx", "a\r\nSet-Cookie: x=1.xlsx", "<img src=x>.xlsx", "C:\\x\\y.xlsx", "." * 300 + "xlsx"],
)
def test_names_of_files_are_only_names(site: Site, name: str) -> None:
    """A path, a header or an element in a file's name comes back as the last part of it, and nowhere else."""
    answer = _upload(site.signed_in(Role.UNIT), b"PK\x03\x04", name)
    assert answer.status_code in {200, 400}
    assert "x=1" not in str(answer.headers)
    if answer.status_code == 200:
        told = answer.get_json()["files"][0]["name"]
        assert "/" not in told.replace("</", "")
        assert "\\" not in told
        assert len(told) <= 200


def _as_text(book: Book, path: Path) -> Path:
    """The workbook with what begins like a formula kept as text, as WPS writes a cell formatted so."""
    made_of = book.build()
    for sheet in made_of.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    cell.data_type = "s"
    made_of.save(path)
    return path


@pytest.fixture(scope="module")
def poison(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installation in which every text column of every kind has what a page, a chart or a spreadsheet might run."""
    folder, books = tmp_path_factory.mktemp("poison"), tmp_path_factory.mktemp("books")
    with installed(sqlite_template, folder) as settings:
        evil = iter(EVIL * 20)
        may = ledger("2022-05", "longtanzi")
        may.put({f"{column}{row}": next(evil) for column in "CFHPT" for row in (2, 3, 4)})
        may.put({"I4": f"（渝）{EVIL[0]}〔2022〕9号", "O3": EVIL[1]})
        own = self_assessment("longtanzi").put(
            {f"{column}{row}": next(evil) for column in "CFGH" for row in range(2, 12)}
        )
        marks = review().put({f"D{row}": next(evil) for row in range(2, 22)})
        marks.put(
            {
                "加减分与否决!E2": EVIL[0],
                "加减分与否决!A3": "双路街道",
                "加减分与否决!D3": "是",
                "加减分与否决!E3": EVIL[2],
            }
        )
        ledger_rows = [
            accident(
                EVIL[index], date(2022, 5, index + 1), 3 if index == 0 else 1, 事故单位=EVIL[index], 备注=EVIL[index]
            )
            for index in range(len(EVIL))
        ]
        listed = enterprises().put({"A2": EVIL[0], "A3": EVIL[1], "A4": EVIL[1], "J2": EVIL[2], "K2": EVIL[4]})
        unseen = [
            EVIL[0],
            "91508433MANQQUQNC1",
            "工贸",
            "双路街道",
            None,
            "其他",
            "否",
            "否",
            "否",
            None,
            None,
            "否",
            None,
            None,
        ]
        never = enterprises(2022, "shuanglu", unseen)
        duty = frontline().put({"A2": EVIL[0], "A3": EVIL[1], "I2": EVIL[5]})
        ordered = supervision().put({"A2": f"1{EVIL[0]}", "E2": EVIL[1], "E3": EVIL[2], "J3": EVIL[3]})
        told_on = tipoffs().put({"A2": f"2{EVIL[1]}", "D2": EVIL[0], "D3": EVIL[4], "J3": EVIL[5]})
        found = hazards().put(
            {
                "A3": EVIL[3] + "1",
                "C2": EVIL[0],
                "C3": EVIL[1],
                "G2": EVIL[2],
                "G3": EVIL[4],
                "I3": EVIL[5],
                "M3": EVIL[0],
            }
        )
        struck = disasters().put({"A2": EVIL[0], "C2": EVIL[1], "C3": EVIL[4], "P3": EVIL[2]})
        planned = tasks().put(
            {"B3": EVIL[0], "G2": EVIL[1], "G3": EVIL[2], "H2": EVIL[3], "H3": EVIL[4], "I3": EVIL[5]}
        )
        at = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
        with Loader(settings) as loader:
            for number, book in enumerate(
                (
                    may,
                    own,
                    marks,
                    accidents("2022-06", *ledger_rows),
                    listed,
                    never,
                    duty,
                    struck,
                    planned,
                    found,
                    ordered,
                    told_on,
                )
            ):
                outcome = loader.load(_as_text(book, books / f"=1+1<b>{number}.xlsx"), NOTHING, at)
                assert outcome.errors == [], outcome.errors
        desk = Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, "office1", at)
        for text in EVIL:
            add_event(desk, EventContent("meeting", date(2022, 7, 14), text, place=text, note=text))
        name_leader(desk, 2022, "管委会主任", EVIL[0])
    return folder


@pytest.fixture
def poisoned(poison: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application on a copy of it, with one account of each role."""
    folder = tmp_path / "poisoned"
    shutil.copytree(poison, folder)
    with opened(folder) as settings:
        yield made(settings, monkeypatch)


def _parts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a nested answer with the way to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _parts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _parts(item, f"{path}[{index}]")
    else:
        yield path, value


@pytest.mark.parametrize("path", PAGES)
def test_text_of_a_workbook_stays_text_on_every_page(poisoned: Site, path: str) -> None:
    """It stands only where the browser escapes it: never in raw HTML, never as an address, in charts only as entities.

    What a mark stands for is what an address says, as it is; so nothing of it may be among the words of a chart.
    """
    answer = _ask_script(poisoned.signed_in(Role.OFFICE), _router(path, PAGES[path]))
    assert answer.status_code == 200, answer.text[:500]
    seen = 0
    for where, value in _parts(answer.get_json()):
        key = where.rsplit(".", 1)[-1]
        assert "dangerously" not in where.lower()
        assert "srcdoc" not in where.lower()
        assert not (key == "type" and value in {"Markdown", "Iframe", "Script", "DangerouslySetInnerHTML"})
        if not isinstance(value, str):
            continue
        if ".figure." in where and ".customdata[" not in where:
            assert "%{customdata" not in value
            assert "<img" not in value
            assert "<script" not in value
        if key in {"href", "src", "action"}:
            assert not value.strip().lower().startswith(("javascript:", "http:", "//"))
        seen += "=1+1<b>" in value or any(evil[:12] in value for evil in EVIL)
    assert seen or path in WITHOUT_TEXTS, "the page must show what was typed, as text"


def _harmless(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "\t", "\r")] == []
    assert [cell for row in rows for cell in row if cell[:1] == "-" and not re.fullmatch(r"-[\d.]+", cell)] == []


def test_no_cell_of_the_audits_export_is_a_formula(poisoned: Site) -> None:
    """The audit of poisoned names opens in Excel as text."""
    assert poisoned.signed_in(Role.OFFICE).get("/audit.csv").status_code == 403
    _harmless(poisoned.signed_in(Role.ADMIN).get("/audit.csv").text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ranking", "2022-05"),
        ("scores", "2022Q2"),
        ("casualties", "2022"),
        ("submissions", "2022-05"),
        ("register", "2022-05"),
    ],
)
def test_no_cell_of_a_reports_export_is_a_formula(
    poisoned: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str]
) -> None:
    """What the command writes as CSV opens in Excel as text, names and reasons too."""
    from typer.testing import CliRunner

    from dashboards.__main__ import app
    from data.settings import settings

    for name in ("database_url", "archive_dir", "today"):
        monkeypatch.setenv(f"SUPERVISION_{name.upper()}", str(getattr(poisoned.door.settings, name)))
    settings.cache_clear()
    path = tmp_path / "out.csv"
    result = CliRunner().invoke(
        app, ["report", arguments[0], "--period", arguments[1], "--format", "csv", "-o", str(path)]
    )
    settings.cache_clear()
    assert result.exit_code == 0
    _harmless(path.read_text(encoding="utf-8-sig"))


@pytest.mark.parametrize(
    "address", ["/nowhere", "/original/12345", "/audit.csv", "/decide/veto", "/upload", "/password/x"]
)
def test_errors_tell_a_sentence_and_no_more(shared_site: Site, address: str) -> None:
    """Wrong address, wrong method, not allowed: Chinese words, nothing of the inside."""
    answer = shared_site.signed_in(Role.UNIT).get(address)
    _quiet(answer)
    if answer.status_code >= 400:
        assert re.search("[\u4e00-\u9fff]", answer.text)
