"""Each cell of the table of access is a real request of a role against real workbooks; nothing is missing from the table."""

from __future__ import annotations

import inspect
import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import dash
import grimp
import pytest
from werkzeug.test import TestResponse

from dashboards.components.exports import OFFERS
from dashboards.results import ranking, scores
from data.intake.calendar_decisions import add_event
from data.intake.calendar_events import EventContent
from data.intake.deciding import Desk
from data.intake.decisions import MarkAnswer, add_evidence, attach, draft_document, draft_scheme, reply_to_marks
from data.intake.inbox import receipts, take_in
from data.intake.stationery import Content
from data.people.accounts import Wanted
from data.people.scope import Role, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter
from data.zone.schemes import shipped
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.access_table import (
    ALL,
    ASKED,
    CALLBACKS,
    COMMANDS,
    FIGURES,
    NOTHING,
    OWN,
    PAGES,
    ROLES,
    ROUTES,
    VALUES,
    Row,
)
from tests.integration.doors import GOOD
from tests.integration.ledgers import NOTHING as UNSAID
from tests.integration.ledgers import Book, ledger, number, send, targets
from tests.integration.papers import (
    accident,
    accidents,
    disaster,
    disasters,
    enterprises,
    hazards,
    review,
    self_assessment,
    supervision,
    tipoffs,
)
from tests.integration.sites import PEOPLE, Site, Visitor, made

pytestmark = pytest.mark.slow

TRACES = {
    "longtanzi": re.compile(
        "龙滩子|longtanzi(?!&|\"|'|[.]docx)|龙单甲厂|本区公司|渝双longtanzi|事1|甲台账|甲自评|甲退件|甲盖章|甲佐证|甲理由"
    ),
    "shuanglu": re.compile("双路|shuanglu(?!&|\"|'|[.]docx)|双单乙厂|别区公司|渝双shuanglu|事9|乙台账|乙自评"),
}
"""What tells of each of the two units, or of what happened there, wherever it stands."""
NOBODYS = re.compile("通桥|邮亭|总表|来历不明")
"""What tells of units that no account here is of, or of the office's own workbooks."""
UNIT_OF = {"unit": "longtanzi", "neighbour": "shuanglu"}
WANG = Wanted("wangwu", "王五", Role.UNIT, "shuanglu")
CLERKS = {"longtanzi": "zhangsan", "shuanglu": WANG.name}


DRAFT = next(text for text, one in shipped() if one.version == "1" and one.name == "monthly_ranking").replace(
    'version: "1"', 'version: "2022-11"'
).replace("valid_from: 2022-01-01", "valid_from: 2022-11-01")  # fmt: skip
ACCIDENTS = {"longtanzi": "事1", "shuanglu": "事9"}
FINDINGS = {"longtanzi": "督办1甲", "shuanglu": "督办9乙"}
EVENTS = {"longtanzi": "event of 龙滩子", "shuanglu": "event of 双路"}
TIPOFFS = {"longtanzi": "举报1甲", "shuanglu": "举报9乙"}
CODES = ("91502914MA3FQEFLC0", "91506914MAHTYUCA4W")


def _another(unit: str) -> str:
    return next(one for one in TRACES if one != unit)


@dataclass
class Zone:
    """A running application on real workbooks of two units, where each lies, and figures that only they have."""

    site: Site
    numbers: dict[str, int]
    figures: dict[str, dict[str, str]]

    def visitor(self, role: str) -> Visitor:
        """Somebody of a role."""
        if role == "stranger":
            return self.site.visitor()
        if role != "neighbour":
            return self.site.signed_in(Role(role))
        visitor = self.site.visitor()
        self.site._let_in(visitor, self.site.door.sessions.open(WANG.name, "demo", at=self.site.clock.at).token)
        return visitor

    def filled(self, text: str, role: str) -> str:
        """An address with the numbers of workbooks put in, and with the unit that is another one to whoever asks."""
        own = UNIT_OF.get(role, "longtanzi")
        accident = ACCIDENTS[_another(own)]
        values = {
            "own": own,
            "another": _another(own),
            "accident of another": accident,
            "event of another": str(self.numbers[EVENTS[_another(own)]]),
            **{name: str(number) for name, number in self.numbers.items()},
        }
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def figure(self, what: str, unit: str) -> str:
        """What a unit has and nobody else, and what the page or callback must show of it."""
        return self.figures[next(shown for begin, shown in FIGURES.items() if what.startswith(begin))][unit]


@pytest.fixture(scope="module")
def zone(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """May ledgers, marks and accidents of 龙滩子街道 and 双路街道, and a workbook that is nobody's."""
    with _filled_zone(sqlite_template, tmp_path_factory.mktemp("access")) as filled:
        yield filled


@contextmanager
def _filled_zone(template: Path, folder: Path) -> Iterator[Zone]:
    shutil.copy(template, folder / "s.db")
    installation = Settings(database_url=f"sqlite:///{folder}/s.db", archive_dir=folder / "a", today=date(2022, 10, 8))
    numbers = _fill(installation, folder)
    with pytest.MonkeyPatch.context() as patch:
        site = made(installation, patch)
        site.door.add(WANG)
        yield Zone(site, numbers, _figures(installation))


def _fill(installation: Settings, folder: Path) -> dict[str, int]:
    """Load it all; the number of each workbook by what it is, and of an attachment."""
    first = ledger("2022-05", "longtanzi").put(
        {"C2": "龙单甲厂", "M2": 1, "N3": "否", "O3": None, "P3": None, "Q3": None}
    )
    second = ledger("2022-05", "shuanglu").put({"C2": "双单乙厂", **{f"F{row}": "双路街道" for row in (2, 3, 4)}})
    del first.sheets["汇总"]
    books = {
        "targets": (
            "6/4 10:00",
            "总表1.xlsx",
            targets().put({"检查计划!F2": 13, **{f"检查计划!{month}3": 9 for month in "FGHIJKLM"}}),
        ),
        "ledger of 龙滩子": ("6/4 10:11", "甲台账.xlsx", first),
        "ledger of 双路": ("6/4 10:22", "乙台账.xlsx", second),
        "self of 龙滩子": ("7/4 10:33", "甲自评.xlsx", self_assessment("longtanzi")),
        "self of 双路": ("7/4 10:44", "乙自评.xlsx", self_assessment("shuanglu", mark=7)),
        "review": ("7/4 11:00", "总表2.xlsx", review()),
        "accidents": ("7/4 11:00", "总表3.xlsx", accidents("2022-06", *_accidents())),
        "list of 龙滩子": (
            "7/4 11:00",
            "甲台账名录.xlsx",
            enterprises(2022, "longtanzi", _listed("龙单甲厂", "龙滩子街道", CODES[0])),
        ),
        "list of 双路": (
            "7/4 11:00",
            "乙台账名录.xlsx",
            enterprises(2022, "shuanglu", _listed("双单乙厂", "双路街道", CODES[1])),
        ),
        "hazards of 龙滩子": ("7/4 11:00", "甲台账隐患.xlsx", hazards("2022-05", "longtanzi", *_found("龙隐甲厂"))),
        "hazards of 双路": ("7/4 11:00", "乙台账隐患.xlsx", hazards("2022-05", "shuanglu", *_found("双隐乙厂"))),
        "disasters of 龙滩子": (
            "7/4 11:00",
            "甲台账灾害.xlsx",
            disasters("2022-06", "longtanzi", _struck("龙滩子街道", "龙单甲灾")),
        ),
        "disasters of 双路": (
            "7/4 11:00",
            "乙台账灾害.xlsx",
            disasters("2022-06", "shuanglu", _struck("双路街道", "双单乙灾")),
        ),
        "findings": ("7/4 11:00", "总表4.xlsx", supervision("2022-06", *_findings())),
        "tip-offs of 龙滩子": (
            "7/4 11:00",
            "甲台账举报.xlsx",
            tipoffs("2022-06", "longtanzi", _told_on(TIPOFFS["longtanzi"])),
        ),
        "tip-offs of 双路": (
            "7/4 11:00",
            "乙台账举报.xlsx",
            tipoffs("2022-06", "shuanglu", _told_on(TIPOFFS["shuanglu"])),
        ),
        "strange": ("7/4 11:00", "来历不明.xlsx", Book({"随便": [["甲", "乙"], ["双单乙厂", 2]]})),
    }
    with Loader(installation) as loader:
        for when, name, book in books.values():
            send(loader, book, folder, at=_at(when), name=name)
        refused = ledger("2022-07", "longtanzi").put({"B2": "某日"}).write(folder / "甲退件.xlsx")
        with refused.open("rb") as file:
            take_in(
                installation.database_url, loader.archive, "shuangqiao", file, refused.name, "zhangsan",
                _at("8/4 10:00"), UNSAID, "longtanzi", asks=True,
            )  # fmt: skip
        loader.take_up_pending()
        assert annotate_next(installation, loader.archive)
        scan = io.BytesIO(b"%PDF-1.7")
        desk = Desk(installation.database_url, loader.archive, "shuangqiao", "zhangsan", _at("8/4 10:00"))
        told = {
            "sha256": loader.archive.keep(scan),
            "file_name": "甲盖章.pdf",
            "media_type": "application/pdf",
            "size": 8,
        }
        received = [one.number for one in receipts(loader.archive.entries(), loader._database)]
        numbers = dict(zip((*books, "refused of 龙滩子"), received, strict=True))
        numbers["draft"] = draft_scheme(desk, DRAFT).number
        for unit, name in (("longtanzi", "龙滩子"), ("shuanglu", "双路")):
            interview = EventContent("interview", date(2022, 5, 18), f"约谈{name}", units=(unit,), note="张伟到会")
            numbers[EVENTS[unit]] = add_event(replace(desk, actor="office1"), interview).number
        numbers["document draft"] = draft_document(desk, "ranking", Content("标题｜通报")).number
        answers = [MarkAnswer(3, Decimal(8), 0)]
        replied = reply_to_marks(
            replace(desk, at=_at("7/5 9:00")), quarter=Quarter(2022, 2), unit="longtanzi", answers=answers, agrees=False,
            reason="甲理由",
        ).number  # fmt: skip
        return {
            **numbers,
            "attachment of 龙滩子": attach(desk, numbers["ledger of 龙滩子"], **told).number,
            "reply of 龙滩子": replied,
            "evidence of 龙滩子": add_evidence(desk, replied, **{**told, "file_name": "甲佐证.pdf"}).number,
        }


def _at(when: str) -> datetime:
    return datetime.strptime(f"2022/{when} +0800", "%Y/%m/%d %H:%M %z")


def _accidents() -> list[list[Any]]:
    of_first = {"事故单位": "本区公司", "行业领域": "道路交通"}
    return [
        accident("事1", date(2022, 5, 1), 3, department=None, **of_first),
        accident("事9", date(2022, 5, 2), town="双路", department=None, 事故单位="别区公司", 行业领域="道路交通"),
    ]


def _findings() -> list[list[Any]]:
    units = {"longtanzi": "龙滩子街道", "shuanglu": "双路街道"}
    return [
        [number, date(2022, 6, 6), "明查暗访", units[unit], "张伟脱岗", date(2022, 6, 20), None, "否", None, None]
        for unit, number in FINDINGS.items()
    ]


def _told_on(number: str) -> list[Any]:
    return [number, date(2022, 6, 6), "举报", "李娜商店", None, None, None, None, None, None]


def _listed(name: str, town: str, code: str) -> list[Any]:
    return [name, code, "工贸", town, None, "规上工业", "是", "否", "否", None, None, "否", None, None]


def _found(enterprise: str) -> list[list[Any]]:
    """More major hazards than the inspections of the month tell of."""
    found, due = date(2022, 5, 6), date(2022, 5, 16)
    return [
        [f"隐{number}", found, enterprise, None, "工贸", None, "未设警示", "重大", None, due, None, None, None]
        for number in range(1, 4)
    ]


def _struck(town: str, what: str) -> list[Any]:
    return disaster("灾1", "2022-06-10 02:30", "2022-06-09 22:30", 属地=town, 类型=what, 叫应时间="2022-06-09 22:40")


def _figures(installation: Settings) -> dict[str, dict[str, str]]:
    engine, scope, today = reader(installation.database_url), office("shuangqiao"), installation.today
    results: dict[str, Any] = {
        "points of the month": fetched(engine, scope, ranking.fetch, Month(2022, 5), fixed_today=today),
        "score of the quarter": fetched(engine, scope, scores.fetch, Quarter(2022, 2), fixed_today=today),
    }
    found = {
        name: {row.unit.code: str(row.figures.score) for group in result.groups for row in group.rows}
        for name, result in results.items()
    }
    return {
        **found,
        "accident": ACCIDENTS,
        "enterprise": {"longtanzi": "龙单甲厂", "shuanglu": "双单乙厂"},
        "hazard": {"longtanzi": "龙隐甲厂", "shuanglu": "双隐乙厂"},
        "disaster": {"longtanzi": "龙单甲灾", "shuanglu": "双单乙灾"},
        "finding": FINDINGS,
        "event": {"longtanzi": "约谈龙滩子", "shuanglu": "约谈双路"},
        "tip-off": TIPOFFS,
        "day of the ledger": {"longtanzi": "2022-06-04 10:11", "shuanglu": "2022-06-04 10:22"},
        "receipt of the ledger": {"longtanzi": "6月4日 10:11", "shuanglu": "6月4日 10:22"},
        "receipt of the marks": {"longtanzi": "7月4日 10:33", "shuanglu": "7月4日 10:44"},
        "account": CLERKS,
        "name": {"longtanzi": "龙滩子", "shuanglu": "双路"},
        "case": {unit: number(1, "2022-05", unit) for unit in TRACES},
    }


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


def _check(zone: Zone, answer: TestResponse, what: str, expected: Any, role: str) -> None:
    """The answer is as the table says; what a unit's account gets tells nothing of the others."""
    if isinstance(expected, int):
        assert answer.status_code == expected, answer.text[-900:]
        return
    assert answer.status_code in {200, 204}, answer.text[:300]
    text = _words(answer)
    if expected == ALL:
        missing = [unit for unit in TRACES if zone.figure(what, unit) not in text]
        assert missing == [], "figures of both units are promised"
    elif expected == ASKED:
        asked = zone.filled("{another}", role)
        assert zone.figure(what, asked) in text, "figures of the unit that was asked for are promised"
        assert zone.figure(what, _another(asked)) not in text
    elif expected == OWN:
        own = UNIT_OF[role]
        assert zone.figure(what, own) in text, "its own figures are promised"
        assert _of_others(text, own) == [], text[:2000]
    else:
        told = [word for unit in TRACES for word in _of_others(text, unit)]
        assert [word for word in told if word not in TRACES] == []
        assert not re.search(r"\d+\.\d\d 分|文书号", text)


def _of_others(text: str, own: str) -> list[str]:
    """Every trace of others than this unit."""
    return [*TRACES[_another(own)].findall(text), *NOBODYS.findall(text)]


def _words(answer: TestResponse) -> str:
    """The whole answer as text, whatever is escaped in it."""
    if answer.status_code == 204:
        return ""
    return json.dumps(answer.get_json(), ensure_ascii=False)


STARTS = (
    "subprocess.Popen",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.spawn",
)
"""What Python tells its auditors when a process is started."""


class Starts:
    """Notes every process that is started while somebody watches; Python's auditors cannot be taken away again."""

    def __init__(self) -> None:
        self._seen: list[str] | None = None
        sys.addaudithook(self._note)

    @contextmanager
    def noticed(self) -> Iterator[list[str]]:
        """What is started meanwhile."""
        self._seen = seen = []
        try:
            yield seen
        finally:
            self._seen = None

    def _note(self, event: str, _arguments: tuple[Any, ...]) -> None:
        if self._seen is not None and event in STARTS:
            self._seen.append(event)


@pytest.fixture(scope="module")
def starts() -> Starts:
    """Watches for all tests of this file."""
    return Starts()


@pytest.fixture
def nothing_starts(zone: Zone, starts: Starts) -> Iterator[None]:
    """While a page, a callback or a route is asked for, by whomever, nothing runs beside the server."""
    assert zone
    with starts.noticed() as noticed:
        yield
    assert noticed == []


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize(("what", "role", "expected"), _cells(PAGES))
def test_page(zone: Zone, what: str, role: str, expected: Any) -> None:
    """A page's component data, as the browser's script gets it."""
    path, _sign, search = zone.filled(what, role).partition("?")
    answer = _ask_script(zone.visitor(role), _router(path, f"?{search}" if search else ""))
    _check(zone, answer, what, expected, role)
    if expected == OWN and path in {"/ranking", "/scores", "/casualties"}:
        assert re.search(r"名次和其他单位的数据在发布后可见", _words(answer))


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize(("what", "role", "expected"), _cells(CALLBACKS))
def test_callback(zone: Zone, what: str, role: str, expected: Any) -> None:
    """Every other callback, with valid values; the workbooks followed are everybody's, by number."""
    answer = _ask_script(zone.visitor(role), _valid_body(zone, what, role))
    _check(zone, answer, what, expected, role)


def _valid_body(zone: Zone, what: str, role: str) -> dict[str, Any]:
    output, one = next((key, value) for key, value in _callbacks(zone).items() if _named(key, what))

    def given(part: dict[str, str]) -> dict[str, Any]:
        value = VALUES.get(part["id"])
        if isinstance(value, str | dict):
            value = json.loads(zone.filled(json.dumps(value, ensure_ascii=False), role))
        if part["id"] == "submissions-sent":
            value = [{"name": f"{n}.xlsx", "receipt": n, "refused": None} for n in zone.numbers.values()]
        if part["property"] == "search":
            value = "?period=2022-05"
        if "-asked-" in part["id"]:
            value = {"search": value}
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


def _upload(visitor: Visitor, unit: str, folder: Path, **form: str) -> TestResponse:
    path = ledger("2022-08", unit).write(folder / f"{unit}.xlsx")
    data = {"files": (io.BytesIO(path.read_bytes()), path.name), "unit": unit, "csrf_token": visitor.token(), **form}
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
    "/decide/extension": {
        "period": "2022-09",
        "kind": "enforcement",
        "unit": "longtanzi",
        "until": "2022-10-20",
        "reason": "系统维护",
    },
    "/second-account/0": {"confirmed": "yes"},
    "/schemes/form": {"scheme": "monthly_ranking", "title": "方案", "valid_from": "2022-12"},
    "/schemes/file": {"scheme": "monthly_ranking"},
    "/schemes/adopt": {"draft": "{draft}", "reason": ""},
    "/plan/check": {},
    "/plan/item": {"year": "2022", "item": "goals.1"},
    "/plan/adopt": {"text": "none", "reason": "经研究"},
    "/schemes/withdraw": {"scheme": "monthly_ranking", "version": "1", "reason": "不用"},
    "/documents/ranking": {"text": "标题｜{{ 第一名 }}"},
    "/documents/ranking/adopt": {"draft": "999999", "reason": "经研究"},
    "/promises": {"unit": "longtanzi", "period": "2022-05", "text": "甲承诺", "due": "2022-10-20"},
    "/calendar/events": {"kind": "meeting", "day": "2022-10-20", "title": "安全会议"},
    "/calendar/events/999999/change": {"kind": "meeting", "day": "2022-10-20", "title": "安全会议", "seen": "1"},
    "/calendar/events/999999/hold": {"held_on": "2022-10-01", "seen": "1"},
    "/calendar/events/999999/cancel": {"reason": "并会", "seen": "1"},
    "/calendar/leaders": {"year": "2022", "post": "管委会主任", "person": "李娜"},
    "/lists/issue": {"month": "2022-10", "seen": "what another page showed"},
    "/lists/999999/draw": {"number": "0718", "source": "双色球"},
    "/lists/999999/recheck": {"line": "longtanzi,1,91502914MA3FQEFLC0", "accurate": "yes"},
    "/lists/judge": {"month": "2022-10"},
    "/publish": {"report": "ranking", "period": "2022-05", "kind": "revision", "seen": "what another page showed"},
    "/accounts/active": {"account": "viewer1", "active": "yes"},
    "/accounts/role": {"account": "viewer1", "role": "viewer"},
}


def _send(zone: Zone, visitor: Visitor, what: str, role: str, folder: Path) -> TestResponse:
    match what:
        case "/upload of 龙滩子":
            return _upload(visitor, "longtanzi", folder)
        case "/upload of 双路":
            return _upload(visitor, "shuanglu", folder)
        case "/upload of the office":
            return _upload(visitor, "emergency", folder, kind="review")
        case "/confirm":
            return visitor.post(what, {"workbook": f"{zone.numbers['ledger of 龙滩子']}:1"})
        case "/accounts/reset of a unit":
            return visitor.post("/accounts/reset", {"account": "zhangsan"})
        case "/accounts/reset of the office":
            return visitor.post("/accounts/reset", {"account": "office1"})
        case "/accounts/unlock of a unit":
            return visitor.post("/accounts/unlock", {"account": "zhangsan"})
        case "/accounts/unlock of the office":
            return visitor.post("/accounts/unlock", {"account": "office1"})
        case "/accounts/add":
            return visitor.post(what, {"name": f"new-{role}", "display_name": "新人", "role": "viewer"})
        case "/signin/demo/<role>":
            return visitor.post("/signin/demo/office")
        case "/reply of 龙滩子":
            return visitor.post("/reply?period=2022Q2&unit=longtanzi&mark=5:8:0:0", {"agrees": "yes"})
        case "/decide/mark of 龙滩子":
            asked = zone.filled("/decide/mark?period=2022Q2&unit=longtanzi&mark=3:8:{reply of 龙滩子}:0", role)
            return visitor.post(asked, {"outcome": "uphold", "reason": "经研究维持"})
    form = {
        key: zone.filled(value, role) if isinstance(value, str) else value for key, value in FORMS.get(what, {}).items()
    }
    return visitor.post(what, form)


ADDRESSES = {
    "/<path:path>": "/ranking",
    "/template of 龙滩子": "/template?kind=enforcement&unit=longtanzi&period=2022-07",
    "/template of the office": "/template?kind=review&unit=emergency&period=2022Q2",
    "/promises of 龙滩子": "/promises?unit=longtanzi&period=2022-05",
    "/promises of an enterprise": "/promises?enterprise=nobody&period=2022-05",
    "/schemes/form of the ranking": "/schemes/form?scheme=monthly_ranking",
    **{
        f"/paper/{paper}.docx": f"/paper/{paper}.docx?period=2022Q2"
        for paper in (
            "interview/longtanzi",
            "interview/shuanglu",
            "interview/nobody",
            "last-speaker/tongqiao",
            "last-speaker/longtanzi",
        )
    },
    "/export/ranking.xlsx": "/export/ranking.xlsx?period=2022-05&group=town",
    "/export/ranking-sectors.csv": "/export/ranking-sectors.csv?period=2022-05",
    "/export/ranking-methods.csv": "/export/ranking-methods.csv?period=2022-05",
    "/export/side-by-side.csv": "/export/side-by-side.csv?period=2022-05&unit=longtanzi&with_unit=shuanglu",
    "/export/scores.xlsx": "/export/scores.xlsx?period=2022Q2&group=town",
    "/export/scores-year.xlsx": "/export/scores-year.xlsx?period=2022Q2&group=town",
    "/export/casualties-by-unit.csv": "/export/casualties-by-unit.csv?period=2022",
    "/export/casualties-by-sector.csv": "/export/casualties-by-sector.csv?period=2022",
    "/export/cases.xlsx of 龙滩子": "/export/cases.xlsx?period=2022-05&unit=longtanzi&measure=inspections",
    "/export/workbooks.csv of 龙滩子": "/export/workbooks.csv?submission={ledger of 龙滩子}",
    "/export/workbooks.csv of the office": "/export/workbooks.csv?submission={accidents}",
    "/export/problems.xlsx of 龙滩子": "/export/problems.xlsx?submission={refused of 龙滩子}",
    "/export/problems.csv of nothing": "/export/problems.csv",
    "/export/cases.csv of 双路": "/export/cases.csv?period=2022-05&unit=shuanglu&measure=inspections",
}
"""What stands in the table by a name."""


def _ask(zone: Zone, visitor: Visitor, what: str, role: str, folder: Path) -> TestResponse:
    """A route by its method, with a valid form where it takes one."""
    method, _blank, address = zone.filled(what, role).partition(" ")
    if address == "/may-send":  # a script asks it, with the page's token
        return visitor.get(address, headers={"X-CSRFToken": visitor.token()})
    if method == "GET":
        return visitor.get(zone.filled(ADDRESSES.get(address, address), role))
    return _send(zone, visitor, address, role, folder)


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize(("what", "role", "expected"), _cells(ROUTES))
def test_route(zone: Zone, tmp_path: Path, what: str, role: str, expected: Any) -> None:
    """Every route by its method; what is refused is said in Chinese and tells nothing of the others."""
    answer = _ask(zone, zone.visitor(role), what, role, tmp_path)
    _check(zone, answer, what, expected, role)
    if answer.status_code in {403, 404} and role != "stranger":
        assert re.search("[\u4e00-\u9fff]", answer.text)
        assert _of_others(answer.text, UNIT_OF.get(role, "longtanzi")) == []


@pytest.mark.parametrize("role", ["unit", "neighbour", "viewer", "office"])
def test_one_workbook_is_followed_by_who_sees_it(zone: Zone, role: str) -> None:
    """The callback that shows the workbook of the address: the other unit's is not there, not even as being none."""
    body = _valid_body(zone, "..submissions-one.children", role)
    search = zone.filled("?period=2022-05&submission={ledger of 双路}", role)
    body["state"] = [{**part, "value": search} for part in body["state"]]
    text = _words(_ask_script(zone.visitor(role), body))
    shown = zone.figures["receipt of the ledger"]["shuanglu"] in text
    assert shown is (role != "unit")
    if role in UNIT_OF:
        assert _of_others(text, UNIT_OF[role]) == []


TELLS_OF_PLACES = re.compile(
    "名次可靠吗|这个名次有多牢靠|怎样本可更靠前|与下一名|分得出|分不出|居首|居末|区间|换一组权重|单看一项|超出了?偶然|不足5家|闭环率最低|重点行业领域"
)
"""Words of what a unit's account must not be told before publication: of its place, of its neighbours, of all units together."""


@pytest.mark.parametrize("role", ["viewer", "unit", "neighbour", "office"])
def test_what_tells_of_places_is_for_who_sees_them(zone: Zone, role: str) -> None:
    """Intervals, chances, margins, advice and sectors: the page has them for who sees all units, and a unit's account finds none
    on it, nor in a part that it asks for, nor in a file; what its own indicators lack it is told.
    """
    address = "?period=2022-05&group=town&unit=longtanzi&rate=problem_rate"
    texts = [_words(_ask_script(zone.visitor(role), _router("/ranking", address)))]
    for what in ("..monthly-ranking-unit-part.children", "..monthly-ranking-funnel-part.children",
                 "..monthly-ranking-last-part.children", "..monthly-ranking-top-part.children"):  # fmt: skip
        texts.append(_words(_ask_script(zone.visitor(role), _valid_body(zone, what, role))))
    texts.append(zone.visitor(role).get("/export/ranking.csv?period=2022-05&group=town").text)
    if role in UNIT_OF:
        assert [found for text in texts for found in TELLS_OF_PLACES.findall(text)] == []
        assert "差" in texts[0]
    else:
        assert all(TELLS_OF_PLACES.search(text) for text in texts)


EXPORTS = (
    "ranking?period=2022-05&group=town", "side-by-side?period=2022-05&unit={own}&with_unit={another}",
    "side-by-side?period=2022-05&unit={another}&with_unit={own}", "scores?period=2022Q2&group=town", "scores-year?period=2022Q2&group=town",
    "casualties-by-unit?period=2022",
    "frontline-by-town?batch=key", "frontline-by-sector?batch=key", "frontline-enterprises?batch=key",
    "hazards-by-unit?", "hazards-by-sector?", "hazards-by-level?", "hazards-ledgers?", "hazards-list?", "hazards-list?unit={another}",
    "hazards-lowered?", "hazards-lowered?unit={another}",
    "disasters-by-unit?day=2022-06-30", "disasters-by-type?day=2022-06-30", "disasters?day=2022-06-30&unit={another}", "warnings?day=2022-06-30",
    "work-plan-items?", "work-plan-items?unit={another}",
    "supervision-by-unit?", "supervision-by-method?", "supervision-findings?", "supervision-findings?unit={another}",
    "tipoffs-by-type?", "tipoffs-by-unit?", "tipoffs-cases?", "tipoffs-cases?unit={another}",
    "casualties-by-sector?period=2022", "ranking-sectors?period=2022-05", "ranking-methods?period=2022-05", "cases?period=2022-05&unit={own}&measure=inspections",
    "cases?period=2022-05&unit={another}&measure=inspections", "audit?", "accidents?period=2022",
    "enterprise-inspections?code=91502914MA3FQEFLC0", "coverage-towns?", "coverage-sectors?", "not-inspected?", "inspected-repeatedly?",
    "workbooks?", "workbooks?submission={ledger of 龙滩子}", "problems?submission={refused of 龙滩子}",
)  # fmt: skip


@pytest.mark.parametrize("asked", EXPORTS)
@pytest.mark.parametrize("role", ["viewer", "unit", "neighbour", "office"])
def test_a_file_tells_no_more_than_the_page(zone: Zone, role: str, asked: str) -> None:
    """What is taken along is narrowed to the scope as the page is: others' figures, places, names of people and of files."""
    name, _sign, query = zone.filled(asked, role).partition("?")
    answer = zone.visitor(role).get(f"/export/{name}.csv?{query}")
    if role in UNIT_OF:
        assert _of_others(answer.text, UNIT_OF[role]) == []
    elif name in {"ranking", "side-by-side", "scores", "scores-year", "cases", "workbooks", "problems"}:
        assert len(answer.text.splitlines()) > 3
    if role == "viewer":
        assert not re.search("张伟|李娜|台账.xlsx", answer.text)


def test_every_offer_of_a_file_is_in_the_table(zone: Zone) -> None:
    """Nothing can be taken along that nobody thought of whom it is for."""
    assert zone.site.server
    assert {asked.partition("?")[0] for asked in EXPORTS} == set(OFFERS)
    told = {row.what.removeprefix("GET /export/").partition(".")[0] for row in ROUTES if "/export/" in row.what}
    assert told - {"nothing"} == set(OFFERS)


@pytest.mark.parametrize("role", ["viewer", "unit", "neighbour", "office", "admin"])
def test_a_grid_gives_the_rows_that_its_reader_may_see(zone: Zone, role: str) -> None:
    """The cases of one's own unit, or of any for who sees all; original and file's name only to who may open it."""
    body = _valid_body(zone, "monthly-ranking-grid.getRowsResponse", role)
    body["inputs"][0]["value"]["context"]["asked"] = zone.filled("?period=2022-05&unit={own}&measure=inspections", role)
    text = _words(_ask_script(zone.visitor(role), body))
    assert ("龙单甲厂" in text) is (role != "neighbour")
    assert ("/original/" in text) is (role not in {"viewer", "admin"})
    assert ("台账.xlsx" in text) is (role not in {"viewer", "admin"})
    if role in UNIT_OF:
        assert _of_others(text, UNIT_OF[role]) == []


def test_no_route_and_no_callback_is_missing_from_the_table(zone: Zone) -> None:
    """What the application answers, it answers by the table; and the table names nothing that is not there."""
    rules = {rule.rule for rule in zone.site.server.url_map.iter_rules()}
    rules -= {"/_dash-update-component", "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"}
    named = {re.sub(r"^\w+ ", "", row.what) for row in ROUTES}
    named = {address if "{" in address else address.split(" of ")[0] for address in named}
    filled = {
        r"/(original|receipt|annotated|withdraw|check-again|return|retry|discard|match|forget-header|attach|second-account)/({[^}]+}|\d+)": r"/\1/<int:number>",
        r"/attachment/({[^}]+}|\d+)": "/attachment/<int:entry>",
        r"/attach/evidence/({[^}]+}|\d+)": "/attach/evidence/<int:number>",
        r"^/evidence/({[^}]+}|\d+)": "/evidence/<int:entry>",
        r"/bootstrap/bootstrap\.min\.css": "/bootstrap/<path:name>",
        r"/chart-template/dark\.json": "/chart-template/<name>.json",
        r"/assets/first\.js": "/assets/<path:filename>",
        r"/export/[a-z-]+\.(xlsx|csv)": "/export/<name>.<form>",
        r"/schemes/text/draft/({[^}]+}|\d+)": "/schemes/text/draft/<int:number>",
        r"/schemes/text/monthly_ranking/1": "/schemes/text/<name>/<version>",
        r"/calendar/events/999999/(change|hold|cancel)": r"/calendar/events/<int:number>/\1",
        r"/calendar/(1900|2022)\.ics": "/calendar/<int:year>.ics",
        r"/lists/999999/(draw|recheck)": r"/lists/<int:entry>/\1",
        r"/lists/2022-10\.xlsx": "/lists/<month>.xlsx",
        r"/plan/2022\.(xlsx|yaml)": "/plan/<int:year>.<form>",
        r"/plan/item\?.*": "/plan/item",
        r"/published/999999/(pages|number)": r"/published/<int:entry>/\1",
        r"/draft/ranking/2023-05/pages": "/draft/<report>/<period>/pages",
        r"/documents/draft/({[^}]+}|\d+)": "/documents/draft/<int:number>",
        r"/documents/ranking": "/documents/<name>",
        r"/published/999999\.json": "/published/<int:entry>.<form>",
        r"/material/2022-05\.zip": "/material/<month>.zip",
        r"/plotly-js/nothing\.js": "/plotly-js/<name>",
        r"/paper/[a-z/-]+\.docx": "/paper/<which>/<path:asked>",
    }
    for written, rule in filled.items():
        named = {re.sub(written, rule, address) for address in named}
    demo_only = {"/signin/demo/<role>"}
    assert rules | demo_only == named | ({"/signin/oidc", "/signin/oidc/back"} & rules)
    callbacks = set(_callbacks(zone))
    assert {key for key in callbacks if not any(_named(key, row.what) for row in CALLBACKS)} == set()
    assert [row.what for row in CALLBACKS if not any(_named(key, row.what) for key in callbacks)] == []


def test_figures_tell_the_units_apart(zone: Zone) -> None:
    """The table's proof has something to find: no figure of one unit is part of the other's, nor a number that pages are full of."""
    assert set(FIGURES.values()) == set(zone.figures)
    for figures in zone.figures.values():
        first, second = (figures[unit] for unit in TRACES)
        assert first not in second
        assert second not in first
        assert not first.endswith(".00")
        assert not second.endswith(".00")
    assert set(PEOPLE) == set(Role)
    assert {ALL, OWN, NOTHING} <= {getattr(row, role) for row in PAGES for role in ROLES}


def test_no_request_starts_a_process(starts: Starts) -> None:
    """What is asked for above is watched (`nothing_starts`): a process that is started would be noticed."""
    with starts.noticed() as noticed:
        subprocess.run([sys.executable, "-c", ""], check=True)
    assert noticed


COMMANDS_OF = (
    "data.__main__", "data.people.users", "data.plans", "data.command", "etl.__main__", "dashboards.__main__", "dashboards.commands.asked",
    "dashboards.commands.calendar", "dashboards.commands.lists", "dashboards.commands.origins", "dashboards.commands.putting_out", "dashboards.commands.reports",
)  # fmt: skip
"""The modules in which commands are."""
TEMPLATES = "etl.template"
"""The one thing that app.py hands to the pages: what makes a workbook to fill in."""


STARTERS = {"subprocess", "multiprocessing", "pty"}
START_OTHERS = {"dashboards.results.document_cells", "dashboards.meeting.converting"}
"""The modules that start a process for a request, each always the same command within limits: a reader with a stranger's document on
its standard input, and LibreOffice and Chromium with documents and charts of ours.
"""


def test_nothing_that_answers_a_request_reaches_a_command(zone: Zone) -> None:
    """No route's and no callback's module imports, however far and however late, a command, the loader or what starts processes."""
    graph = grimp.build_graph("data", "etl", "dashboards", include_external_packages=True, cache_dir=None)
    server = zone.site.server
    callbacks = server.view_functions["/_dash-layout"].__self__.callback_map.values()
    functions = [
        *server.view_functions.values(),
        *server.before_request_funcs[None],
        *server.after_request_funcs[None],
        *(one["callback"] for one in callbacks if "callback" in one),
        *(page["layout"] for page in dash.page_registry.values()),
    ]
    modules = {inspect.unwrap(one).__module__ for one in functions} & graph.modules
    assert {"dashboards.web.intake_routes", "dashboards.web.decision_routes", "dashboards.web.signin.routes"} <= modules
    assert {f"dashboards.pages.{page}.page" for page in ("overview", "submissions", "administration")} <= modules
    reached = modules.union(*(graph.find_upstream_modules(module) for module in modules))
    assert {"data.store", "data.people.accounts"} <= reached
    assert {name for name in reached if name == "etl" or name.startswith("etl.")} == set()
    reached |= graph.find_upstream_modules(TEMPLATES)
    assert {one for one in reached if graph.find_modules_directly_imported_by(one) & STARTERS} == START_OTHERS
    reached -= set().union(*(graph.find_upstream_modules(one) for one in START_OTHERS))
    assert reached & {*COMMANDS_OF, *STARTERS} == set()
    assert {*COMMANDS_OF} <= graph.modules


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


@pytest.mark.parametrize("report", ["ranking", "scores", "casualties", "submissions", "register"])
def test_a_report_by_command_is_the_offices(
    zone: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, report: str
) -> None:
    """The command line prints every unit's figures, as the office's pages do."""
    from typer.testing import CliRunner

    from dashboards.__main__ import app
    from data.settings import settings

    for name in ("database_url", "archive_dir", "today"):
        monkeypatch.setenv(f"SUPERVISION_{name.upper()}", str(getattr(zone.site.door.settings, name)))
    period = {"ranking": "2022-05", "scores": "2022Q2", "casualties": "2022"}.get(report, "2022-05")
    settings.cache_clear()
    path = tmp_path / "out.json"
    result = CliRunner().invoke(app, ["report", report, "--period", period, "--format", "json", "-o", str(path)])
    settings.cache_clear()
    assert result.exit_code == 0
    text = path.read_text(encoding="utf-8")
    assert "longtanzi" in text
    assert "shuanglu" in text


@pytest.mark.parametrize(
    "address",
    ["/original/{n}", "/receipt/{n}", "/annotated/{n}", "/attachment/{n}", "/evidence/{n}", "/schemes/text/draft/{n}", "/documents/draft/{n}",
     "/documents/draft/{n}/held", "/published/{n}.json", "/published/{n}/pages"],
)  # fmt: skip
def test_a_number_larger_than_any_line_is_nobodys(zone: Zone, address: str) -> None:
    """More digits than a table has room for: not there, as any other number that was never given."""
    assert zone.visitor("office").get(address.replace("{n}", str(10**20))).status_code == 404
