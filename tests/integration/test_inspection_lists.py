"""检查建议 over HTTP: each account sees its list, the office issues, draws and records once, and any list is judged without a word of others."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from werkzeug.test import TestResponse

from dashboards.results import list_judged, lists_worth
from data.intake import issued_lists
from data.intake.issued_lists import IssuedLists
from data.people.accounts import Wanted
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import all_rows, ledger, send
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router
from tests.integration.test_next_inspections import CHUANGXING, HONGDA, HUATAI, _installed

LI = Wanted("lisi", "李四", Role.UNIT, "economy")
JULY = {"month": "2022-07"}


@pytest.fixture
def settings(sqlite_installation: Settings, tmp_path: Path) -> Settings:
    """Three enterprises of 龙滩子街道, two of them supervised by 经发局, and their inspections up to June, on 6 July."""
    _installed(sqlite_installation, tmp_path)
    return sqlite_installation.model_copy(update={"today": date(2022, 7, 6)})


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on it, with an account of 经发局 besides."""
    found = made(settings, monkeypatch)
    found.door.add(LI)
    return found


def department(site: Site) -> Visitor:
    """Somebody of 经发局."""
    visitor = site.visitor()
    site._let_in(visitor, site.door.sessions.open(LI.name, "demo", at=site.clock.at).token)
    return visitor


def page(visitor: Visitor, search: str = "", path: str = "/inspection-lists") -> str:
    """What a page says at an address, as its script gets it."""
    answer = _ask_script(visitor, _router(path, search))
    assert answer.status_code == 200
    return json.dumps(answer.get_json(), ensure_ascii=False)


def issue(visitor: Visitor, **form: str) -> TestResponse:
    """Look at the month's lists, then send the page's form, as it is or with other fields."""
    return visitor.post("/lists/issue", {**JULY, "seen": draft_seen(visitor), **form})


def draft_seen(visitor: Visitor) -> str:
    """By what the form of the page knows the draft that it shows; nothing where there is no form."""
    seen = re.search(r'"value": "([0-9a-f]{64})", "type": "hidden", "name": "seen"', page(visitor))
    return seen[1] if seen else ""


def issued(settings: Settings) -> IssuedLists:
    """July's lists as they were issued."""
    with reader(settings.database_url).connect() as connection:
        found = issued_lists.of_month(connection, settings.zone, "2022-07")
    assert found is not None
    return found


def judged(visitor: Visitor, content: bytes, **form: str) -> TestResponse:
    """Lay a list down to have it judged."""
    told = {"document": (io.BytesIO(content), "清单.xlsx"), "csrf_token": visitor.token(), "month": "2022-06", **form}
    return visitor.client.post("/lists/judge", base_url=visitor.base, data=told, buffered=True)


def listing(*codes: str) -> bytes:
    """A list of these enterprises."""
    book, file = Workbook(), io.BytesIO()
    for row in (["统一社会信用代码"], *([code] for code in codes)):
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def named(answer: TestResponse) -> Sequence[Any]:
    """The units and enterprises in a month's workbook."""
    rows = list(load_workbook(io.BytesIO(answer.data)).worksheets[0].iter_rows(min_row=4, max_col=3, values_only=True))
    return [(unit, place) for unit, place, _name in rows]


def test_each_sees_its_list_and_who_should_go_together(site: Site) -> None:
    """The office all, with reasons; a unit's account its own alone, whatever it asks for; a month that cannot be shown says why."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    shown = page(desk, "?month=2022-07&unit=longtanzi")
    for words in ("2022年7月：2家单位有建议清单，共3家企业，其中重大隐患逾期未销号1家", "尚未印发：这是截至2022年6月30日的草稿",
                  "重大隐患逾期未销号，期限5月20日", "近24个月检查2次、查出问题", "80%区间", "6月27日当周", "经发局", HUATAI,
                  "3家企业同时在几家单位的清单上", "印发2022年7月清单", "/lists/2022-07.xlsx?unit=longtanzi"):  # fmt: skip
        assert words in shown, words
    assert named(desk.get("/lists/2022-07.xlsx")) == [
        ("经发局", 1),
        ("经发局", 2),
        ("龙滩子街道", 1),
        ("龙滩子街道", 2),
        ("龙滩子街道", 3),
    ]
    assert named(desk.get("/lists/2022-07.xlsx?unit=economy")) == [("经发局", 1), ("经发局", 2)]
    own = page(clerk, "?month=2022-07&unit=economy")
    assert "龙滩子街道办事处2022年7月建议检查企业3家" in own
    assert "/lists/issue" not in own
    other = page(department(site), "?month=2022-07&unit=longtanzi")
    assert "经济发展局2022年7月建议检查企业2家" in other
    assert CHUANGXING not in other
    drafted = department(site).get("/lists/2022-07.xlsx")
    assert named(drafted) == [("经发局", 1), ("经发局", 2)]
    assert "%E8%8D%89%E7%A8%BF" in drafted.headers["Content-Disposition"]
    assert "2022年9月尚未开始" in page(desk, "?period=2022-09")
    assert "本月没有印发，也不能再印发" in page(desk, "?period=2022-06")
    assert "2022年4月早于系统中最早的报表" in page(desk, "?period=2022-04")
    assert "1950年1月早于" in page(desk, "?period=1950-01")
    assert site.signed_in(Role.VIEWER).get("/lists/0001-01.xlsx").status_code == 400


def test_lists_are_issued_drawn_of_and_looked_at_again_on_the_page(site: Site, settings: Settings) -> None:
    """By the office alone and once; each unit reads its own lines, outcomes and all that it takes to draw them again."""
    desk, clerk, viewer = (site.signed_in(role) for role in (Role.OFFICE, Role.UNIT, Role.VIEWER))
    assert issue(desk, seen=64 * "0").status_code == 409
    over = issue(desk, month="2022-06")
    assert (over.status_code, "只能印发本月或下月的清单" in over.text) == (409, True)
    assert "尚未开始" in issue(desk, month="2022-09").text
    assert issue(clerk).status_code == issue(viewer).status_code == 403
    form = {"seen": draft_seen(desk)}
    answer = issue(desk, **form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/inspection-lists?period=2022-07#issue")
    lists = issued(settings)
    assert "已经印发" in issue(desk, **form).text
    assert "office1已于" in page(desk)
    for words in ("安委办已于", lists.sha256, "尚未抽查"):
        assert words in page(clerk), words
    assert "office1" not in page(clerk)

    at = f"/lists/{lists.entry}"
    numbered = {"number": "0718", "source": "双色球第2022081期"}
    assert clerk.post(f"{at}/draw", numbered).status_code == 403
    assert "只能由数字组成" in desk.post(f"{at}/draw", {**numbered, "number": "七"}).text
    assert desk.post(f"{at}/draw", numbered).status_code == 303
    assert "不能重抽" in desk.post(f"{at}/draw", numbered).text
    (line,), _cases = lists.drawn("0718")["longtanzi"]
    (others,), _of_others = lists.drawn("0718")["economy"]
    lot = hashlib.sha256(f"{lists.sha256},0718,{line}".encode()).hexdigest()
    for words in (
        "0718",
        "双色球第2022081期",
        f"{lists.sha256},0718,{line}",
        lot,
        "尚未复核",
        "龙滩子街道：抽中待复核",
    ):
        assert words in page(clerk), words
    assert f'action": "{at}/recheck' not in page(clerk).replace('\\"', '"')
    assert others not in page(clerk, "?unit=economy")
    assert f"{at}/recheck" in page(desk, "?unit=economy")

    outcome = {"line": line, "accurate": "no", "note": "现场仍有隐患2处"}
    assert clerk.post(f"{at}/recheck", outcome).status_code == 403
    assert desk.post(f"{at}/recheck", {**outcome, "accurate": "perhaps"}).status_code == 400
    assert "出入" in desk.post(f"{at}/recheck", {**outcome, "note": " "}).text
    assert "没有被抽中" in desk.post(f"{at}/recheck", {**outcome, "line": "longtanzi,99,X"}).text
    answer = desk.post(f"{at}/recheck", outcome)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/inspection-lists?period=2022-07&unit=longtanzi#issue",
    )
    for visitor, reads in ((desk, True), (clerk, True), (viewer, False), (department(site), False)):
        assert ("现场仍有隐患2处" in page(visitor, "?unit=longtanzi")) is reads
    for visitor, told in ((clerk, True), (viewer, True), (department(site), False)):
        assert ("0%（0%–79%）" in page(visitor, "?unit=longtanzi")) is told
    for visitor, told in ((desk, True), (clerk, True), (department(site), False)):
        ranked = page(visitor, "?period=2022-07&unit=longtanzi", "/ranking")
        assert ("本月清单抽查复核1条，属实0条，准确率0%（95%区间0%–79%）" in ranked) is told
        assert ("复核属实0/1（0%–79%）" in ranked) is told
    assert "本月清单抽查复核" not in page(desk, "?period=2022-06&unit=longtanzi", "/ranking")


def test_any_list_is_judged_and_nothing_of_it_is_kept(site: Site, settings: Settings) -> None:
    """Three numbers beside two other orders, and what a number draws; a unit has its own enterprises judged, and learns nothing of others."""
    desk, other = site.signed_in(Role.OFFICE), department(site)
    before, kept = all_rows(settings), sorted(settings.archive_dir.rglob("*"))
    whole = listing(HUATAI, CHUANGXING, HONGDA)
    told = judged(desk, whole, number="20220601").text
    for words in ("共3家企业，截至2022-06-30其中3家受检", "按清单次序", "按最久未检查次序", "随机次序", "按属地、规模和行业",
                  "只能评价受检的企业", "工贸", "按数字抽中"):  # fmt: skip
        assert words in told, words
    own = judged(other, whole, number="20220601").text
    assert "截至2022-06-30其中2家受检" in own
    assert "不在名录或不属于经济发展局、不作评价：1家" in own
    assert "创兴永" not in own
    assert "创兴永" in told
    alone = judged(other, listing(CHUANGXING)).text
    assert "0家受检" in alone
    assert "<table" not in alone
    assert re.findall(r"<code>[^<]{64}</code>", told) == re.findall(r"<code>[^<]{64}</code>", own)

    assert issue(desk).status_code == 303
    lists = issued(settings)
    part = judged(other, other.get("/lists/2022-07.xlsx").data, month="2022-07", number="7", sha=lists.sha256).text
    (line,), cases = lists.drawn("7")["economy"]
    assert all(f"<code>{one}</code>" in part for one in (line, *cases))
    before, kept = all_rows(settings), sorted(settings.archive_dir.rglob("*"))
    for content, form, said in (
        (b"", {}, "工作簿"), (b"PK\x03\x04", {}, "工作簿"), (whole, {"month": "2022-13"}, "没有这个"), (whole, {"month": "2023-01"}, "尚未开始"),
        (whole, {"number": "x"}, "数字"), (whole, {"sha": "x"}, "64位"), (listing(), {}, "没有内容"),
    ):  # fmt: skip
        answer = judged(other, content, **form)
        assert (answer.status_code, said in answer.text) == (400, True), answer.text[-900:]
    large = {"data": b" " * (2 * 2**20 + 1), "content_type": "multipart/form-data; boundary=x"}
    assert other.client.post("/lists/judge", base_url=other.base, **large).status_code == 413
    assert (all_rows(settings), sorted(settings.archive_dir.rglob("*"))) == (before, kept)


def test_past_lists_are_judged_as_they_were_issued(site: Site, settings: Settings, tmp_path: Path) -> None:
    """July's lists in August, by July's ledger: as the workbook of them is judged, all together and unit by unit."""
    assert issue(site.signed_in(Role.OFFICE)).status_code == 303
    lists = issued(settings)
    with Loader(settings) as loader:
        book = ledger("2022-07", "economy")
        assert send(loader, book, tmp_path, at=datetime.fromisoformat("2022-08-04T10:00:00+08:00")).status == "accepted"
    ask = partial(fetched, reader(settings.database_url), fixed_today=date(2022, 8, 10))
    (july,) = ask(office(settings.zone), lists_worth.fetch).months
    assert (july.month, set(july.units)) == (Month(2022, 7), {"economy", "longtanzi"})
    assert july.whole.rows == 5
    assert july.whole.orders.listed.found == sum(one.orders.listed.found for one in july.units.values()) > 0
    file = site.signed_in(Role.OFFICE).get("/lists/2022-07.xlsx").data
    by_file = ask(office(settings.zone), list_judged.fetch, file, Month(2022, 7))
    assert by_file.sha256 == lists.sha256
    assert {one.of.unit: one.orders for one in by_file.judged} == {unit: one.orders for unit, one in july.units.items()}
    (own,) = ask(Scope(settings.zone, Role.UNIT, "lisi", "economy"), lists_worth.fetch).months
    assert set(own.units) == {"economy"}
    assert own.whole.orders == july.units["economy"].orders
    assert (
        fetched(
            reader(settings.database_url), office(settings.zone), lists_worth.fetch, fixed_today=date(2022, 7, 31)
        ).months
        == ()
    )
