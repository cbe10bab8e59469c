"""From upload to confirmation over HTTP: previews, returns, matched headers, attachments, templates; and whoever may not."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboards.results import workbooks
from data.intake.archive import Archive
from data.intake.filing import due_reports
from data.people.accounts import Wanted
from data.people.scope import Role, Scope
from data.schema.intake import attachment, header_match, submission
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import Book, ledger, number, send
from tests.integration.scans import jpeg, pdf, png
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router

pytestmark = pytest.mark.slow

NEIGHBOUR = Wanted("wangwu", "王五", Role.UNIT, "shuanglu")
PDF, PNG, JPEG = pdf(), png(), jpeg()


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role, and one of another unit."""
    site = made(sqlite_installation, monkeypatch)
    site.door.add(NEIGHBOUR)
    return site


@pytest.fixture
def clerk(site: Site) -> Visitor:
    """A clerk of 龙滩子街道."""
    return site.signed_in(Role.UNIT)


@pytest.fixture
def neighbour(site: Site) -> Visitor:
    """A clerk of 双路街道."""
    visitor = site.visitor()
    site._let_in(visitor, site.door.sessions.open(NEIGHBOUR.name, "demo", at=site.clock.at).token)
    return visitor


def upload(visitor: Visitor, *books: Book, names: tuple[str, ...] = (), **form: str) -> list[int]:
    """Upload workbooks as the page does; their numbers."""
    files = []
    for position, book in enumerate(books):
        packed = io.BytesIO()
        book.build().save(packed)
        packed.seek(0)
        files.append((packed, names[position] if names else f"台账{position + 1}.xlsx"))
    answer = visitor.post("/upload", {"files": files, **form})
    assert answer.status_code == 200, answer.text
    return [one["receipt"] for one in answer.get_json()["files"]]


def work(site: Site) -> list[str]:
    """What the worker makes of what waits for it."""
    with Loader(site.door.settings) as loader:
        return [one.status for one in loader.take_up_pending()]


def stored(site: Site, workbook: int) -> Any:
    """A submission as the database has it."""
    with reader(site.door.settings.database_url).connect() as connection:
        return connection.execute(select(submission).where(submission.c.submission == workbook)).one()


def page(visitor: Visitor, query: str) -> str:
    """The page 数据报送 as text."""
    return json.dumps(_ask_script(visitor, _router("/submissions", query)).get_json(), ensure_ascii=False)


def checked(site: Site, clerk: Visitor, book: Book | None = None, **form: str) -> int:
    """A workbook that waits for its sender's word."""
    (one,) = upload(clerk, book or ledger(), **form)
    assert work(site) == ["checked"]
    return one


def filed(site: Site, clerk: Visitor, book: Book | None = None) -> int:
    """A workbook that was filed at once."""
    (one,) = upload(clerk, book or ledger(), straight="1")
    assert work(site) == ["accepted"]
    return one


def report_of_may(site: Site) -> str:
    """How the May ledger of 龙滩子街道 stands."""
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        zone = read_zone(connection, settings.zone)
        reports = due_reports(connection, zone, Month(2022, 5), zone.calendar.end_of(settings.today))  # type: ignore[arg-type]
    return next(one.status for one in reports if (one.unit.code, one.kind) == ("longtanzi", "enforcement"))


# The word


def test_checked_workbook_is_not_filed_before_its_senders_word(site: Site, clerk: Visitor) -> None:
    """Checked, its rows are shown and the report is still missing; confirmed, it counts as received at that moment."""
    one = checked(site, clerk, note="五月首报")
    assert report_of_may(site) == "missing"
    shown = page(clerk, f"?period=2022-05&submission={one}")
    for part in ("已核对，尚未报送", "将成为第1版", "新增", "重庆宏达机械有限公司", "五月首报", "确认报送", "不报了"):
        assert part in shown
    answer = clerk.post("/confirm", {"workbook": f"{one}:"})
    assert (answer.status_code, answer.location) == (303, f"/submissions?period=2022-05&submission={one}#one")
    assert "正在入库" in page(clerk, f"?period=2022-05&submission={one}")
    uploaded = stored(site, one).received_at
    assert work(site) == ["accepted"]
    assert report_of_may(site) == "late"
    row = stored(site, one)
    assert (row.status, row.version, row.sender) == ("accepted", 1, "zhangsan")
    assert row.received_at > uploaded


def test_straight_upload_is_filed_without_a_preview(site: Site, clerk: Visitor) -> None:
    """With the box ticked a good workbook is filed at once, a faulty one is refused as ever."""
    good, bad = upload(clerk, ledger(), ledger("2022-06").put({"E3": "没有的行业"}), straight="1")
    assert work(site) == ["accepted", "rejected"]
    assert (stored(site, good).version, stored(site, bad).version) == (1, None)


def test_a_duplicate_says_which_version_is_in_force(site: Site, clerk: Visitor) -> None:
    """The same file again: the card names the version that it repeats, and the one that counts now."""
    first, corrected = io.BytesIO(), io.BytesIO()
    ledger().build().save(first)
    ledger().put({"T2": "补充"}).build().save(corrected)
    for packed, outcome in ((first, "accepted"), (first, "duplicate"), (corrected, "accepted"), (first, "duplicate")):
        files = [(io.BytesIO(packed.getvalue()), "台账.xlsx")]
        (answer,) = clerk.post("/upload", {"files": files, "straight": "1"}).get_json()["files"]
        one = answer["receipt"]
        assert work(site) == [outcome]
        if outcome == "duplicate":
            row = stored(site, one)
            same, in_force = row.account["repeats"], row.account["in_force"]
            said = "与现行的第 1 版是同一份文件" if same == in_force else "现行的是第 2 版"
            assert said in page(clerk, f"?submission={one}")
    assert (same, in_force) == (1, 2)


def test_confirmation_of_what_has_changed_meanwhile(site: Site, clerk: Visitor) -> None:
    """Another version came in between: nothing is filed, the answer says so and offers to check it again."""
    first, second = upload(clerk, ledger(), ledger().put({"T2": "补充"}))
    assert work(site) == ["checked", "checked"]
    clerk.post("/confirm", {"workbook": f"{first}:"})
    work(site)
    shown = page(clerk, f"?submission={second}")
    assert "数据已" in shown
    assert f"/check-again/{second}" in shown
    answer = clerk.post("/confirm", {"workbook": f"{second}:"})
    assert answer.status_code == 409
    assert f'action="/check-again/{second}"' in answer.text
    again = clerk.post(f"/check-again/{second}")
    new = int(re.findall(r"submission=(\d+)", again.location)[0])
    assert new > second
    assert work(site) == ["checked"]
    assert (stored(site, second).status, stored(site, new).checked_against) == ("withdrawn", 1)
    assert "改动 1" in page(clerk, f"?submission={new}")
    assert clerk.post("/confirm", {"workbook": f"{new}:1"}).status_code == 303
    assert work(site) == ["accepted"]
    assert stored(site, new).version == 2


def test_word_given_for_another_version_than_was_looked_at(site: Site, clerk: Visitor) -> None:
    """A form that lies about the version, or was open for too long, files nothing."""
    one = checked(site, clerk)
    assert clerk.post("/confirm", {"workbook": f"{one}:7"}).status_code == 409
    assert (work(site), stored(site, one).status) == ([], "checked")


def test_several_are_confirmed_at_once_and_each_answered_by_name(site: Site, clerk: Visitor) -> None:
    """One form for two workbooks; one of them was withdrawn meanwhile, and only that one is refused."""
    first, second = upload(clerk, ledger(), ledger("2022-06"), names=("五月.xlsx", "六月.xlsx"))
    work(site)
    assert "全部确认（2 份）" in page(clerk, "")
    assert clerk.post(f"/withdraw/{second}").status_code == 303
    answer = clerk.post("/confirm", {"workbook": [f"{first}:", f"{second}:"]})
    assert answer.status_code == 409
    assert re.search(r"五月\.xlsx[\s\S]*已确认[\s\S]*六月\.xlsx[\s\S]*撤回", answer.text)
    assert work(site) == ["accepted"]
    assert "全部确认" not in page(clerk, "")


def test_withdrawn_workbook_can_be_checked_again(site: Site, clerk: Visitor) -> None:
    """Withdrawn, it is not filed, but what it was looked at for stays; its sender may change his mind."""
    one = checked(site, clerk)
    clerk.post(f"/withdraw/{one}")
    shown = page(clerk, f"?submission={one}")
    assert "已撤回" in shown
    assert "重庆宏达机械有限公司" in shown
    assert clerk.post("/confirm", {"workbook": f"{one}:"}).status_code == 409
    assert clerk.post(f"/check-again/{one}").status_code == 303
    assert work(site) == ["checked"]


def test_nobody_decides_for_another_unit(site: Site, clerk: Visitor, neighbour: Visitor) -> None:
    """A neighbour does not even learn that the workbook is there; viewer and administrator may look and not decide."""
    one = checked(site, clerk)
    before = stored(site, one)
    acts = ("withdraw", "check-again", "match", "forget-header", "attach")
    for address in [f"/{act}/{one}" for act in acts]:
        assert neighbour.post(address).status_code == 404
        for role in (Role.VIEWER, Role.ADMIN):
            assert site.signed_in(role).post(address).status_code == 403
    assert neighbour.post("/confirm", {"workbook": f"{one}:"}).status_code == 404
    assert site.signed_in(Role.VIEWER).post("/confirm", {"workbook": f"{one}:"}).status_code == 403
    assert stored(site, one) == before
    assert '"/confirm"' in page(clerk, f"?submission={one}")
    assert '"/confirm"' not in page(site.signed_in(Role.VIEWER), f"?submission={one}")
    assert str(one) not in re.findall(r"submission=(\d+)", page(neighbour, f"?submission={one}"))


def test_one_foreign_workbook_among_several_confirms_none(site: Site, clerk: Visitor, neighbour: Visitor) -> None:
    """Of a form in which a number of another unit was smuggled in, nothing is done."""
    (theirs,) = upload(neighbour, ledger(unit="shuanglu"))
    (mine,) = upload(clerk, ledger())
    work(site)
    answer = clerk.post("/confirm", {"workbook": [f"{mine}:", f"{theirs}:"]})
    assert answer.status_code == 404
    assert {stored(site, one).status for one in (mine, theirs)} == {"checked"}


def test_office_confirms_for_a_unit(site: Site, clerk: Visitor) -> None:
    """The office may give the word too, and the log says who did."""
    one = checked(site, clerk)
    assert site.signed_in(Role.OFFICE).post("/confirm", {"workbook": f"{one}:"}).status_code == 303
    work(site)
    assert stored(site, one).sender == "office1"
    assert ("office1", "workbook confirmed", f"submission {one}") in site.door.acts()


EMPTY = object()
"""A file of no bytes, made anew for each request."""
HOSTILE: dict[str, list[dict[str, Any]]] = {
    "/confirm": [
        {}, {"workbook": ""}, {"workbook": "x"}, {"workbook": "1"}, {"workbook": "-1:"}, {"workbook": "１:"},
        {"workbook": "99999999999:1"}, {"workbook": "1:x"}, {"workbook": ["1:"] * 300}, {"workbook": "999999999:"},
    ],
    "/withdraw/{one}": [{"x": "y"}],
    "/withdraw/0": [{}],
    "/check-again/99999999999999999999": [{}],
    "/return/{one}": [{}, {"reason": " \t\n"}, {"reason": "因" * 501}, {"reason": "\0"}],
    "/match/{one}": [{}, {"ledger.B": "inspected_on"}, {"x.y": "z"}],
    "/forget-header/{one}": [{}, {"table": "ledger", "header": "x" * 900}],
    "/attach/{one}": [{}, {"file": "x"}, {"file": EMPTY}],
    "/attach/0": [{}],
}  # fmt: skip


@pytest.mark.parametrize("address", HOSTILE)
@pytest.mark.parametrize("role", [Role.UNIT, Role.OFFICE])
def test_what_no_form_of_ours_sends_is_refused(site: Site, address: str, role: Role) -> None:
    """Every act with fields that are missing, wrong or too long: a Chinese sentence, no error of the server, nothing changed."""
    clerk = site.signed_in(Role.UNIT)
    one = filed(site, clerk)
    before, acts = stored(site, one), site.door.acts()
    for form in HOSTILE[address]:
        sent = {name: (io.BytesIO(), "a.pdf") if value is EMPTY else value for name, value in form.items()}
        answer = site.signed_in(role).post(address.replace("{one}", str(one)), sent)
        assert answer.status_code in {400, 403, 404, 409}, (form, answer.status_code)
        assert re.search("[\u4e00-\u9fff]", answer.text)
    assert stored(site, one) == before
    signed_in = {"signed in"}
    assert [act for act in site.door.acts() if act[1] not in signed_in] == [
        act for act in acts if act[1] not in signed_in
    ]


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_another_sites_form_decides_nothing(site: Site, clerk: Visitor, headers: dict[str, str]) -> None:
    """Even with cookie and token."""
    one = checked(site, clerk)
    for address, form in (("/confirm", {"workbook": f"{one}:"}), (f"/withdraw/{one}", {})):
        assert clerk.post(address, form, headers=headers).status_code == 403
    assert clerk.client.post("/confirm", base_url=clerk.base, data={"workbook": f"{one}:"}).status_code == 400
    assert stored(site, one).status == "checked"


# What changes


def test_changes_are_shown_row_by_row_and_names_to_few(site: Site, clerk: Visitor) -> None:
    """Old and new of a changed cell, a row that is gone, a new one; inspectors' names for the unit and the office alone."""
    filed(site, clerk)
    book = ledger().put({"H2": "欧阳独行、李娜"})
    book.sheets["执法检查台账"][3][8] = "新的文书〔2022〕7号"
    one = checked(site, clerk, book)
    counts = page(clerk, f"?submission={one}")
    assert all(part in counts for part in ("改动 1", "减少 1", "新增 1", "不变 2"))
    for visitor, sees in ((clerk, True), (site.signed_in(Role.OFFICE), True), (site.signed_in(Role.VIEWER), False)):
        changed = page(visitor, f"?submission={one}&change=changed")
        assert ("欧阳独行" in changed, "张伟" in changed) == (sees, sees)
        assert number(1) in changed
        assert "上一版第 4 行" in page(visitor, f"?submission={one}&change=gone")
        assert "新的文书〔2022〕7号" in page(visitor, f"?submission={one}&change=new")


def test_changes_are_read_page_by_page(site: Site, clerk: Visitor) -> None:
    """Of 120 rows the third page has the last 20; a page that is not there is the last, a change that is not is the first."""
    book = ledger()
    del book.sheets["整改复查"], book.sheets["汇总"]
    first = book.sheets["执法检查台账"][3]
    book.sheets["执法检查台账"][1:] = [
        [place + 1, *first[1:8], f"号〔2022〕{place + 1}号", *first[9:]] for place in range(120)
    ]
    one = checked(site, clerk, book)
    shown = page(clerk, f"?submission={one}&change=new&page=3")
    assert "第 101–120 行，共 120 行" in shown
    assert "号〔2022〕101号" in shown
    assert "号〔2022〕100号" not in shown
    assert "第 101–120 行" in page(clerk, f"?submission={one}&change=new&page=999")
    for odd in ("&change=x&page=-1", "&change=changed&page=1.5", "&page=%00", "&page=99999999999999"):
        assert "共 120 行" in page(clerk, f"?submission={one}{odd}")


def test_accepted_version_tells_what_it_changed(site: Site, clerk: Visitor) -> None:
    """A filed correction still shows old and new, and every version with its sender and state."""
    filed(site, clerk)
    two = filed(site, clerk, ledger().put({"T2": "补充说明"}))
    shown = page(clerk, f"?submission={two}")
    assert all(part in shown for part in ("改动 1", "补充说明", "历次版本", "第1版", "已被替换", "zhangsan"))
    assert "zhangsan" not in page(site.signed_in(Role.VIEWER), f"?submission={two}")


# Returned


def test_return_is_told_to_the_unit_and_the_version_before_counts_again(site: Site, clerk: Visitor) -> None:
    """Who, when, why and what to do stand with the workbook; the matrix points to it; a second return is refused."""
    first = filed(site, clerk)
    two = filed(site, clerk, ledger().put({"T2": "错误的补充"}))
    office = site.signed_in(Role.OFFICE)
    assert f"/return/{two}" in page(office, f"?submission={two}")
    assert f"/return/{first}" not in page(office, f"?submission={first}")
    assert "/return/" not in page(clerk, f"?submission={two}")
    assert clerk.post(f"/return/{two}", {"reason": "自己退回"}).status_code == 403
    assert office.post(f"/return/{two}", {"reason": " "}).status_code == 409
    assert office.post(f"/return/{two}", {"reason": "备注与检查文书不符，请核对后重报"}).status_code == 303
    shown = page(clerk, f"?period=2022-05&submission={two}")
    for part in ("已退回", "安委办（office1）", "2022-10-08", "备注与检查文书不符，请核对后重报", "重新上传"):
        assert part in shown
    assert "office1" not in page(site.signed_in(Role.VIEWER), f"?submission={two}")
    assert "后来的一份已退回" in page(clerk, "?period=2022-05")
    assert report_of_may(site) == "late"
    assert office.post(f"/return/{two}", {"reason": "再退"}).status_code == 409
    assert office.post(f"/return/{first}", {"reason": "也退"}).status_code == 303
    assert report_of_may(site) == "returned"
    assert "查看退回理由并改正" in page(clerk, "?period=2022-05")


# Headers


def own_form() -> Book:
    """Two headers of the unit's own: one nearly ours, one that only a person can know."""
    return ledger().put({"B1": "检察日期", "I1": "我们的编号"})


def refused_own_form(site: Site, clerk: Visitor) -> int:
    (one,) = upload(clerk, own_form())
    assert work(site) == ["rejected"]
    return one


def test_matched_headers_are_remembered_for_unit_and_kind(
    site: Site, clerk: Visitor, neighbour: Visitor, tmp_path: Path
) -> None:
    """Said once, the workbook passes; so does the next one of this unit, and no other unit's; taken back, it is refused again."""
    one = refused_own_form(site, clerk)
    shown = page(clerk, f"?submission={one}")
    assert all(
        part in shown for part in ("未能识别的表头", "检察日期", "我们的编号", "检查文书号（必填）", "inspected_on")
    )
    assert "未能识别的表头" not in page(site.signed_in(Role.VIEWER), f"?submission={one}")
    form = {"ledger.B": "inspected_on", "ledger.I": "number"}
    answer = clerk.post(f"/match/{one}", form)
    assert answer.status_code == 303
    new = int(re.findall(r"submission=(\d+)", answer.location)[0])
    assert new > one
    assert work(site) == ["checked"]
    assert "“我们的编号”即“检查文书号”" in page(clerk, f"?submission={new}")
    assert "“我们的编号”即" not in page(site.signed_in(Role.VIEWER), f"?submission={new}")
    assert clerk.post("/confirm", {"workbook": f"{new}:"}).status_code == 303
    assert work(site) == ["accepted"]

    upload(clerk, own_form().put({"T2": "再报"}))
    upload(neighbour, ledger(unit="shuanglu").put({"I1": "我们的编号"}))
    assert work(site) == ["checked", "rejected"]
    assert clerk.post(f"/forget-header/{new}", {"table": "ledger", "header": "我们的编号"}).status_code == 303
    assert "“我们的编号”" not in page(clerk, f"?submission={new}")
    upload(clerk, own_form().put({"T2": "三报"}))
    assert work(site) == ["rejected"]


def test_heading_is_said_to_be_none_of_ours(site: Site, clerk: Visitor) -> None:
    """A heading that only looks like a column is dismissed once on the page: from then on it is left out with a word."""
    (one,) = upload(clerk, ledger().put({"H1": "检察人员"}))
    assert work(site) == ["rejected"]
    shown = page(clerk, f"?submission={one}")
    assert all(part in shown for part in ("检察人员", "检查人员", "不是本表的列"))
    assert clerk.post(f"/match/{one}", {"ledger.H": "!"}).status_code == 303
    assert work(site) == ["checked"]
    (again,) = upload(clerk, ledger().put({"H1": "检察人员", "T2": "再报"}))
    assert work(site) == ["checked"]
    assert "“检察人员”不是本表的列" in page(clerk, f"?submission={again}")
    assert clerk.post(f"/forget-header/{again}", {"table": "ledger", "header": "检察人员"}).status_code == 303
    upload(clerk, ledger().put({"H1": "检察人员", "T2": "三报"}))
    assert work(site) == ["rejected"]


def test_heading_near_a_column_is_answered_with_yes_or_no(site: Site, clerk: Visitor) -> None:
    """Two buttons for the heading that is near; each answer is kept by itself, and a no can be taken back too."""
    one = refused_own_form(site, clerk)
    shown = page(clerk, f"?submission={one}")
    assert (shown.count("就是“检查日期”列"), shown.count("不是，忽略该列")) == (1, 1)
    for answer, kept in (("!", ""), ("inspected_on", "inspected_on")):
        assert clerk.post(f"/match/{one}", {"ledger.B": answer}).status_code == 303
        assert work(site) == ["rejected"]
        with reader(site.door.settings.database_url).connect() as connection:
            rows = connection.execute(select(header_match).order_by(header_match.c.entry)).all()
        assert (rows[-1].written, rows[-1].column) == ("检察日期", kept)
        if not kept:
            one = max(row.submission for row in all_submissions(site))
            assert "“检察日期”不是本表的列" in page(clerk, f"?submission={one}")


def all_submissions(site: Site) -> Sequence[Any]:
    with reader(site.door.settings.database_url).connect() as connection:
        return connection.execute(select(submission)).all()


@pytest.mark.parametrize(
    "form",
    [
        {"ledger.B": "-", "ledger.I": "-"},
        {"ledger.B": "enterprise"},
        {"ledger.B": "no_such_column"},
        {"ledger.C": "inspected_on"},
        {"follow_ups.B": "inspected_on"},
        {"ledger.B": "number", "ledger.I": "number"},
    ],
)  # fmt: skip
def test_only_unknown_headers_and_missing_columns_are_matched(site: Site, clerk: Visitor, form: dict[str, str]) -> None:
    """No choice, a column that is there, one that is none, a known header, another table, one column twice: 400, nothing kept."""
    one = refused_own_form(site, clerk)
    assert clerk.post(f"/match/{one}", form).status_code == 400
    with reader(site.door.settings.database_url).connect() as connection:
        assert connection.execute(select(header_match)).all() == []
    assert work(site) == []


# Attachments


def attach(visitor: Visitor, one: int, content: bytes, name: str) -> TestResponse:
    """Send a file to a workbook, as a browser puts it into a body."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    headers = {"X-CSRFToken": visitor.token()}
    return visitor.client.post(
        f"/attach/{one}", base_url=visitor.base, data=body, headers=headers, buffered=True,
        content_type="multipart/form-data; boundary=x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "name", "media"),
    [(PDF, "盖章件.pdf", "application/pdf"), (PNG, "照片.png", "image/png"), (JPEG, "照片.jpeg", "image/jpeg")],
)
def test_scan_is_kept_and_given_back(
    site: Site, clerk: Visitor, neighbour: Visitor, content: bytes, name: str, media: str
) -> None:
    """The unit and the office get the very bytes, as a file to be saved; nobody else learns its name."""
    one = checked(site, clerk)
    assert attach(clerk, one, content, f"扫描/../{name}").get_json() == {"attached": name, "queued": False}
    with reader(site.door.settings.database_url).connect() as connection:
        row = connection.execute(select(attachment)).one()
    assert (row.file_name, row.media_type, row.size) == (name, media, len(content))
    for visitor, status in (
        (clerk, 200), (site.signed_in(Role.OFFICE), 200), (neighbour, 404), (site.signed_in(Role.VIEWER), 404),
        (site.signed_in(Role.ADMIN), 404),
    ):  # fmt: skip
        answer = visitor.get(f"/attachment/{row.entry}")
        assert answer.status_code == status
        assert (name in page(visitor, f"?submission={one}")) == (status == 200)
    answer = clerk.get(f"/attachment/{row.entry}")
    assert answer.data == content
    assert answer.mimetype == media
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert unquote(answer.headers["Content-Disposition"]) == f"attachment; filename*=UTF-8''{name}"
    assert "附件 1 件" in page(site.signed_in(Role.VIEWER), f"?submission={one}")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "盖章件.pdf"),
        (b"MZ\x90\x00", "照片.png"),
        (b"<svg xmlns='x' onload='alert(1)'/>", "图.jpg"),
        (b"", "空.pdf"),
        (b"PK\x03\x04", "台账.xlsx"),
        (JPEG[:12] + b"<script>new ActiveXObject('WScript.Shell')</script>", "整改照片.hta"),
        (PNG[:-4], "照片.png"),
    ],
)
def test_what_is_no_scan_is_not_attached(site: Site, clerk: Visitor, content: bytes, name: str) -> None:
    """The content decides, not the name."""
    one = checked(site, clerk)
    answer = attach(clerk, one, content, name)
    assert answer.status_code == 400
    assert re.search("[\u4e00-\u9fff]", answer.get_json()["error"])
    with reader(site.door.settings.database_url).connect() as connection:
        assert connection.execute(select(attachment)).all() == []


@pytest.mark.parametrize(
    ("content", "told", "saved", "media"),
    [
        (JPEG, "整改照片.hta", "整改照片.jpg", "image/jpeg"),
        (jpeg(b"<html><script>alert(1)</script>"), "整改照片.html", "整改照片.jpg", "image/jpeg"),
        (PDF, "盖章件.pdf.js", "盖章件.pdf", "application/pdf"),
        (PNG, "CON.png", "_CON.png", "image/png"),
    ],
)
def test_attachment_is_saved_under_its_own_ending(
    site: Site, clerk: Visitor, content: bytes, told: str, saved: str, media: str
) -> None:
    """Whatever it was called, it comes back named by its content, to be saved; the log keeps what was told."""
    one = checked(site, clerk)
    assert attach(clerk, one, content, told).status_code == 200
    with reader(site.door.settings.database_url).connect() as connection:
        row = connection.execute(select(attachment)).one()
    assert row.file_name == told
    answer = clerk.get(f"/attachment/{row.entry}")
    assert unquote(answer.headers["Content-Disposition"]) == f"attachment; filename*=UTF-8''{saved}"
    assert answer.mimetype == media
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("told", "saved"),
    [("九月台账.xlsx.exe", "九月台账.xlsx"), ("台账\u202exslx.scr", "台账xslx.xlsx"), ("NUL.hta", "_NUL.xlsx")],
)
def test_original_is_saved_under_its_own_ending(site: Site, clerk: Visitor, told: str, saved: str) -> None:
    """A workbook that came under a program's name comes back as what it is."""
    (one,) = upload(clerk, ledger(), names=(told,))
    answer = clerk.get(f"/original/{one}")
    assert unquote(answer.headers["Content-Disposition"]) == f"attachment; filename*=UTF-8''{saved}"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_attachment_has_a_largest_size_and_a_workbook(site: Site, clerk: Visitor) -> None:
    """Up to 20 MiB, and only with what was checked or filed."""
    one = checked(site, clerk)
    assert attach(clerk, one, pdf(20 * 2**20), "大.pdf").status_code == 400
    assert attach(clerk, one, pdf(22 * 2**20), "更大.pdf").status_code == 413
    assert attach(clerk, one, pdf(3 * 2**20), "不大.pdf").status_code == 200
    clerk.post(f"/withdraw/{one}")
    assert attach(clerk, one, PDF, "迟.pdf").status_code == 409


# Annotated and templates


def test_annotated_workbook_is_as_open_as_the_original(site: Site, clerk: Visitor, neighbour: Visitor) -> None:
    """Made by the worker after the refusal, named like the original, for the unit and the office alone."""
    (one,) = upload(clerk, ledger().put({"E3": "没有的行业"}), names=("五月台账.xlsx",))
    assert work(site) == ["rejected"]
    assert clerk.get(f"/annotated/{one}").status_code == 404
    assert "下载批注工作簿" not in page(clerk, f"?submission={one}")
    settings = site.door.settings
    assert annotate_next(settings, Archive(settings.archive_dir))
    answer = clerk.get(f"/annotated/{one}")
    assert unquote(answer.headers["Content-Disposition"]).endswith("''五月台账-批注.xlsx")
    assert load_workbook(io.BytesIO(answer.data))["执法检查台账"]["E3"].comment is not None
    assert "下载批注工作簿" in page(clerk, f"?submission={one}")
    for visitor in (neighbour, site.signed_in(Role.VIEWER), site.signed_in(Role.ADMIN)):
        assert visitor.get(f"/annotated/{one}").status_code == 404
        assert "/annotated/" not in page(visitor, f"?submission={one}")


def test_file_that_was_changed_in_the_archive_is_given_to_nobody(site: Site, clerk: Visitor) -> None:
    """Original, marked workbook and scan are compared with their SHA-256 as they go out: a sentence instead of other bytes."""
    (one,) = upload(clerk, ledger().put({"E3": "没有的行业"}), names=("五月台账.xlsx",))
    assert work(site) == ["rejected"]
    settings = site.door.settings
    archive = Archive(settings.archive_dir)
    assert annotate_next(settings, archive)
    attach(clerk, checked(site, clerk), PDF, "盖章件.pdf")
    with reader(settings.database_url).connect() as connection:
        sent = connection.execute(select(submission).where(submission.c.submission == one)).one()
        scan = connection.execute(select(attachment)).one()
    for address, sha256 in (
        (f"/original/{one}", sent.sha256), (f"/annotated/{one}", sent.annotated), (f"/attachment/{scan.entry}", scan.sha256),
    ):  # fmt: skip
        assert clerk.get(address).status_code == 200, address
        path = archive.path_of(sha256)
        path.chmod(0o600)
        path.write_bytes(b"other bytes")
        answer = clerk.get(address)
        assert answer.status_code == 500, address
        assert "不予下载" in answer.get_data(as_text=True)
        assert b"other bytes" not in answer.data
        path.unlink()
        assert clerk.get(address).status_code == 404, address


def test_annotated_workbook_of_a_straight_upload_is_waited_for(site: Site, clerk: Visitor) -> None:
    """Refused without a preview it gets its annotated workbook all the same: the page knows that it is on its way."""
    (one,) = upload(clerk, ledger().put({"E3": "没有的行业"}), straight="1")
    assert work(site) == ["rejected"]
    settings = site.door.settings
    to_come = []
    for _ in range(2):
        sent = fetched(reader(settings.database_url), Scope(settings.zone, Role.OFFICE, "zhangsan"), workbooks.one, one)
        assert sent is not None
        assert sent.checked_at is not None
        to_come.append(sent.annotation_to_come(sent.checked_at))
        annotate_next(settings, Archive(settings.archive_dir))
    assert to_come == [True, False]


def test_template_is_filled_beforehand_with_the_units_own_cases(
    site: Site, clerk: Visitor, neighbour: Visitor, tmp_path: Path
) -> None:
    """A clerk gets the template of the own unit and kinds, with the own open cases in it; the office those of all."""
    open_case = {"整改复查!A2": None, "整改复查!B2": None, "整改复查!C2": None, "整改复查!D2": None}
    filed(site, clerk, ledger().put(open_case))
    filed(site, neighbour, ledger(unit="shuanglu").put(open_case))
    answer = clerk.get("/template?kind=enforcement&unit=longtanzi&period=2022-06")
    assert unquote(answer.headers["Content-Disposition"]).endswith("''2022年6月-龙滩子街道-执法检查台账.xlsx")
    book = load_workbook(io.BytesIO(answer.data))
    assert [row[1].value for row in book["_meta"].iter_rows()][:3] == ["enforcement", "longtanzi", "2022-06"]
    told = " ".join(str(cell) for row in book["整改复查"].iter_rows(values_only=True) for cell in row if cell)
    assert number(2) in told
    assert "shuanglu" not in told
    assert neighbour.get("/template?kind=enforcement&unit=longtanzi&period=2022-06").status_code == 403
    assert site.signed_in(Role.OFFICE).get("/template?kind=enforcement&unit=shuanglu&period=2022-06").status_code == 200
    assert "/template" in page(clerk, "?period=2022-06")
    assert "/template" not in page(site.signed_in(Role.VIEWER), "?period=2022-06")


@pytest.mark.parametrize(
    "query",
    [
        "", "kind=enforcement", "kind=x&unit=longtanzi&period=2022-06", "kind=enforcement&unit=x&period=2022-06",
        "kind=enforcement&unit=longtanzi&period=2022", "kind=enforcement&unit=longtanzi&period=2022-13",
        "kind=review&unit=longtanzi&period=2022Q2", "kind=enforcement&unit=%00&period=%FF",
    ],
)  # fmt: skip
def test_template_that_nobody_files(site: Site, query: str) -> None:
    """A sentence that says what does not fit."""
    answer = site.signed_in(Role.OFFICE).get(f"/template?{query}")
    assert answer.status_code == 400
    assert re.search("[\u4e00-\u9fff]", answer.text)


# On the page


def test_page_follows_only_ones_own_workbook(site: Site, clerk: Visitor, neighbour: Visitor) -> None:
    """The callback that follows the workbook of the address gives a neighbour nothing, whatever the address says."""
    one = checked(site, clerk)

    def followed(visitor: Visitor) -> str:
        body = {
            "output": "..submissions-one.children...submissions-one-tick.disabled..",
            "outputs": [
                {"id": "submissions-one", "property": "children"}, {"id": "submissions-one-tick", "property": "disabled"},
            ],
            "inputs": [{"id": "submissions-one-tick", "property": "n_intervals", "value": 1}],
            "state": [{"id": "_pages_location", "property": "search", "value": f"?submission={one}"}],
            "changedPropIds": ["submissions-one-tick.n_intervals"],
        }  # fmt: skip
        answer = _ask_script(visitor, body)
        assert answer.status_code == 200
        return answer.text

    assert "children" in followed(clerk)
    assert "children" not in followed(neighbour)


def test_workbook_loaded_by_command_is_checked_again_as_its_units(site: Site, clerk: Visitor, tmp_path: Path) -> None:
    """What the office loaded for a unit its clerk may match and have checked, and is then tied to the clerk's unit."""
    with Loader(site.door.settings) as loader:
        assert send(loader, own_form(), tmp_path).status == "rejected"
    with reader(site.door.settings.database_url).connect() as connection:
        one = connection.execute(select(submission.c.submission)).scalar_one()
    answer = clerk.post(f"/match/{one}", {"ledger.B": "inspected_on", "ledger.I": "number"})
    new = int(re.findall(r"submission=(\d+)", answer.location)[0])
    assert (stored(site, one).only_unit, stored(site, new).only_unit) == (None, "longtanzi")
    assert work(site) == ["checked"]


def test_workbook_of_nobody_is_its_senders_alone(site: Site, clerk: Visitor, neighbour: Visitor) -> None:
    """A workbook of another unit is refused and filed under none: only who sent it decides, the office may look at it."""
    (one,) = upload(clerk, ledger(unit="shuanglu"))
    assert work(site) == ["rejected"]
    assert stored(site, one).unit is None
    assert neighbour.post(f"/check-again/{one}").status_code == 404
    office = site.signed_in(Role.OFFICE)
    assert "未通过" in page(office, f"?submission={one}")
    assert office.post(f"/check-again/{one}").status_code == 403
    assert clerk.post(f"/check-again/{one}").status_code == 303
    assert work(site) == ["rejected"]
