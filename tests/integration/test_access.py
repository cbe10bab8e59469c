"""Each cell of the table of access is a real request of a role against real workbooks; nothing is missing from the table."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.scope import Role
from data.settings import Settings
from etl.load import Loader
from tests.integration.access_table import ALL, CALLBACKS, COMMANDS, NOTHING, OWN, PAGES, ROLES, ROUTES, VALUES, Row
from tests.integration.doors import GOOD
from tests.integration.ledgers import Book, ledger, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment
from tests.integration.sites import PEOPLE, Site, Visitor, made

OTHERS = re.compile("双路|shuanglu(?!&|\"|')|通桥|邮亭|双单乙厂|别区公司|渝双shuanglu|事9")
"""What tells of another unit, or of what happened there, wherever it stands."""


@dataclass
class Zone:
    """A running application on real workbooks of several units, and where each lies."""

    site: Site
    numbers: dict[str, int]

    def visitor(self, role: str) -> Visitor:
        """Somebody of a role."""
        return self.site.visitor() if role == "stranger" else self.site.signed_in(Role(role))

    def filled(self, text: str) -> str:
        """An address with the numbers of workbooks put in."""
        for name, number in self.numbers.items():
            text = text.replace("{" + name + "}", str(number))
        return text


@pytest.fixture(scope="module")
def zone(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """May ledgers, marks and accidents of 龙滩子街道 and 双路街道, and a workbook that is nobody's."""
    import shutil

    folder = tmp_path_factory.mktemp("access")
    shutil.copy(sqlite_template, folder / "s.db")
    installation = Settings(database_url=f"sqlite:///{folder}/s.db", archive_dir=folder / "a", today=date(2022, 10, 8))
    strange = Book({"随便": [["甲", "乙"], ["双单乙厂", 2]]})
    books = {
        "targets": targets(),
        "own": ledger("2022-05", "longtanzi"),
        "other": ledger("2022-05", "shuanglu").put({"C2": "双单乙厂"}),
        "self": self_assessment("longtanzi"),
        "self of another": self_assessment("shuanglu", mark=7),
        "review": review(),
        "office": accidents(
            "2022-06",
            accident("事1", date(2022, 5, 1), 3, department=None),
            accident("事9", date(2022, 5, 2), town="双路", department=None, 事故单位="别区公司", 行业领域="道路交通"),
        ),
        "strange": strange,
    }
    at = datetime.fromisoformat("2022-06-04T02:00:00+00:00")
    with Loader(installation) as loader:
        for name, book in books.items():
            if name == "self":
                at = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
            send(loader, book, folder, at=at, name=f"{name}.xlsx")
    with pytest.MonkeyPatch.context() as patch:
        yield Zone(made(installation, patch), {name: number for number, name in enumerate(books, start=1)})


def _ask_script(visitor: Visitor, body: dict[str, Any]) -> TestResponse:
    """A callback's request with the page's token."""
    return visitor.client.post(
        "/_dash-update-component", base_url=visitor.base, headers={"X-CSRFToken": visitor.token()}, json=body
    )


def _router(path: str, search: str) -> dict[str, Any]:
    return {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
        "state": [],
    }


def _cells(rows: tuple[Row, ...]) -> list[Any]:
    return [pytest.param(row.what, role, getattr(row, role), id=f"{role}-{row.what}") for row in rows for role in ROLES]


def _check(answer: TestResponse, expected: Any, role: str) -> None:
    """The answer is as the table says; what a unit's account gets tells nothing of the others."""
    if isinstance(expected, int):
        assert answer.status_code == expected, answer.text[-900:]
        return
    assert answer.status_code in {200, 204}, answer.text[:300]
    text = _words(answer)
    told = OTHERS.findall(text)
    if expected == ALL:
        assert told or "龙滩子" in text
    elif expected == OWN:
        assert told == [], text[:2000]
    else:
        assert [word for word in told if word not in {"shuanglu"}] == []
        assert not re.search(r"\d+\.\d\d 分|文书号", text)


def _words(answer: TestResponse) -> str:
    """The whole answer as text, whatever is escaped in it."""
    if answer.status_code == 204:
        return ""
    return json.dumps(answer.get_json(), ensure_ascii=False)


@pytest.mark.parametrize(("what", "role", "expected"), _cells(PAGES))
def test_page(zone: Zone, what: str, role: str, expected: Any) -> None:
    """A page's component data, as the browser's script gets it."""
    path, _sign, search = zone.filled(what).partition("?")
    answer = _ask_script(zone.visitor(role), _router(path, f"?{search}" if search else ""))
    _check(answer, expected, role)
    if role == "office" and expected == ALL and path not in {"/administration", "/submissions"}:
        assert OTHERS.search(_words(answer)), "the office must see what the unit's account may not"
    if expected == OWN and path in {"/ranking", "/scores", "/casualties"}:
        assert "龙滩子街道" in _words(answer)
        assert re.search(r"位次和其他单位的数据在公布后可见", _words(answer))


@pytest.mark.parametrize(("what", "role", "expected"), _cells(CALLBACKS))
def test_callback(zone: Zone, what: str, role: str, expected: Any) -> None:
    """Every other callback, with valid values; the workbooks followed are everybody's, by number."""
    answer = _ask_script(zone.visitor(role), _valid_body(zone, what))
    _check(answer, expected, role)


def _valid_body(zone: Zone, what: str) -> dict[str, Any]:
    output, one = next((key, value) for key, value in _callbacks(zone).items() if _named(key, what))

    def given(part: dict[str, str]) -> dict[str, Any]:
        value = VALUES.get(part["id"])
        if part["id"] == "submissions-sent":
            value = [{"name": f"{n}.xlsx", "receipt": n, "refused": None} for n in zone.numbers.values()]
        if part["property"] == "search":
            value = "?period=2022-05"
        if part["property"] == "disabled":
            value = True
        return {**part, "value": value}

    parts = [part.rsplit(".", 1) for part in output.strip(".").split("...")]
    outputs: Any = [{"id": identity, "property": name.split("@")[0]} for identity, name in parts]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else {**outputs[0], "property": parts[0][1]},
        "inputs": [given(part) for part in one["inputs"]],
        "state": [given(part) for part in one.get("state", [])],
        "changedPropIds": [f"{part['id']}.{part['property']}" for part in one["inputs"]],
    }


def _callbacks(zone: Zone) -> dict[str, dict[str, Any]]:
    """Every callback by its output, as the browser's script is told of them."""
    told = zone.visitor("office").get("/_dash-dependencies").get_json()
    return {one["output"]: one for one in told if not one["clientside_function"]}


def _named(key: str, what: str) -> bool:
    """``a.href`` names the callback of exactly that output, ``a.href@`` its second one."""
    return key.startswith(what) if what.endswith("@") or what.startswith("..") else key == what


def _upload(visitor: Visitor, unit: str, folder: Path) -> TestResponse:
    path = ledger("2022-08", unit).write(folder / f"{unit}.xlsx")
    data = {"files": (io.BytesIO(path.read_bytes()), path.name), "unit": unit, "csrf_token": visitor.token()}
    return visitor.client.post("/upload", base_url=visitor.base, data=data, buffered=True)


FORMS: dict[str, dict[str, Any]] = {
    "/signin": {"name": "viewer1", "password": GOOD},
    "/password": {"old": "falsch", "new": "x", "again": "x"},
    "/decide/veto": {
        "period": "2022Q2",
        "unit": "longtanzi",
        "confirmed": "no",
        "reason": "经研究不予否决",
        "ground": ["accident 事1 较大", "deaths 3 cap 2"],
    },
    "/accounts/active": {"account": "viewer1", "active": "yes"},
    "/accounts/role": {"account": "viewer1", "role": "viewer"},
}


def _send(zone: Zone, visitor: Visitor, what: str, role: str, folder: Path) -> TestResponse:
    match what:
        case "/upload of its own":
            return _upload(visitor, "longtanzi", folder)
        case "/upload of another":
            return _upload(visitor, "shuanglu", folder)
        case "/accounts/reset of a unit":
            return visitor.post("/accounts/reset", {"account": "zhangsan"})
        case "/accounts/reset of the office":
            return visitor.post("/accounts/reset", {"account": "office1"})
        case "/accounts/add":
            return visitor.post(what, {"name": f"new-{role}", "display_name": "新人", "role": "viewer"})
        case "/signin/demo/<role>":
            return visitor.post("/signin/demo/office")
    return visitor.post(what, FORMS.get(what, {}))


@pytest.mark.parametrize(("what", "role", "expected"), _cells(ROUTES))
def test_route(zone: Zone, tmp_path: Path, what: str, role: str, expected: Any) -> None:
    """Every route by its method, with a valid form where it takes one."""
    method, _blank, address = zone.filled(what).partition(" ")
    visitor = zone.visitor(role)
    if method == "GET":
        answer = visitor.get("/ranking" if address == "/<path:path>" else address)
    else:
        answer = _send(zone, visitor, address, role, tmp_path)
    _check(answer, expected, role)
    if answer.status_code in {403, 404} and role != "stranger":
        assert re.search("[\u4e00-\u9fff]", answer.text)
        assert not OTHERS.search(answer.text)


def test_no_route_and_no_callback_is_missing_from_the_table(zone: Zone) -> None:
    """What the application answers, it answers by the table; and the table names nothing that is not there."""
    rules = {rule.rule for rule in zone.site.server.url_map.iter_rules()}
    rules -= {"/_dash-update-component", "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"}
    named = {re.sub(r"^\w+ ", "", row.what).split(" of ")[0].replace("first.js", "<path:filename>") for row in ROUTES}
    shortened = {
        "/original/<int:number>": {one for one in named if one.startswith("/original/")},
        "/bootstrap/<path:name>": {"/bootstrap/bootstrap.min.css"},
        "/chart-template/<name>.json": {"/chart-template/dark.json"},
    }
    for rule, shown in shortened.items():
        named = (named - shown) | ({rule} if shown else set())
    demo_only = {"/signin/demo/<role>"}
    assert rules | demo_only == named | ({"/signin/oidc", "/signin/oidc/back"} & rules)
    callbacks = set(_callbacks(zone))
    assert {key for key in callbacks if not any(_named(key, row.what) for row in CALLBACKS)} == set()
    assert [row.what for row in CALLBACKS if not any(_named(key, row.what) for key in callbacks)] == []


def test_figures_that_differ_are_really_there(zone: Zone) -> None:
    """The table's proof has something to find: the other unit's ledger, accident and workbook are in the office's pages."""
    visitor = zone.visitor("office")
    pages = {
        "/ranking": "?period=2022-05&unit=shuanglu",
        "/casualties": "?period=2022",
        "/submissions": "?period=2022-05",
    }
    found = {
        path: set(OTHERS.findall(_words(_ask_script(visitor, _router(path, search))))) for path, search in pages.items()
    }
    assert {"双路", "双单乙厂"} <= found["/ranking"]
    assert {"事9", "别区公司"} <= found["/casualties"]
    assert "双路" in found["/submissions"]
    assert set(PEOPLE) == set(Role)
    assert NOTHING != OWN


def test_every_command_acts_as_the_office() -> None:
    """No command is missing from the table, and none asks for an account."""
    import typer.main

    from dashboards.__main__ import app as dashboards_app
    from data.__main__ import app as data_app
    from etl.__main__ import app as etl_app

    rooms = {"dashboards": dashboards_app, "data": data_app, "etl": etl_app}
    groups = {room: typer.main.get_command(app) for room, app in rooms.items()}
    commands = {f"{room} {name}" for room, group in groups.items() for name in getattr(group, "commands", {})}
    assert commands == set(COMMANDS)
    assert set(COMMANDS.values()) == {"office"}


@pytest.mark.parametrize("report", ["ranking", "scores", "casualties", "submissions"])
def test_a_report_by_command_is_the_offices(
    zone: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: str
) -> None:
    """The command line prints every unit's figures, as the office's pages do."""
    from typer.testing import CliRunner

    from dashboards.__main__ import app
    from data.settings import settings

    for name in ("database_url", "archive_dir", "today"):
        monkeypatch.setenv(f"SUPERVISION_{name.upper()}", str(getattr(zone.site.door.settings, name)))
    period = {"ranking": "2022-05", "scores": "2022Q2", "casualties": "2022", "submissions": "2022-05"}[report]
    settings.cache_clear()
    path = tmp_path / "out.json"
    result = CliRunner().invoke(app, ["report", report, "--period", period, "--format", "json", "-o", str(path)])
    settings.cache_clear()
    assert result.exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "longtanzi" in text
    assert "shuanglu" in text
