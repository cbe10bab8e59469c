"""The office edits a year's plan on the page: as a workbook, as text, one item in a form; looked at first, then adopted with a reason."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape

import openpyxl
import pytest
from openpyxl import Workbook
from werkzeug.test import TestResponse

from data.doctor import examine
from data.intake.plan_decisions import versions
from data.people.scope import Role
from data.settings import Settings
from data.store import reader
from data.zone.work_plan import WorkPlan
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_plan_versions import PLAN_2023, TEXT, configured
from tests.integration.test_schemes import form_of, page

Change = Callable[[Workbook], None]


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site whose plan is the program's."""
    configured(sqlite_installation)
    return made(sqlite_installation, monkeypatch)


def plans(site: Site, year: int = 2022) -> list[WorkPlan]:
    """The versions of a year's plan."""
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        return [one.plan for one in versions(connection, settings.zone, year)]


def handed_in(visitor: Visitor, raw: bytes, name: str = "工作要点.xlsx") -> TestResponse:
    """A file handed in to be checked."""
    answer = visitor.post("/plan/check", {"file": (io.BytesIO(raw), name)}, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # of a large body a file, which the test client leaves open
    return answer


def edited(visitor: Visitor, change: Change) -> bytes:
    """The plan's workbook of 2022 taken along and changed in a spreadsheet."""
    with visitor.get("/plan/2022.xlsx") as taken:
        assert taken.status_code == 200
        book = openpyxl.load_workbook(io.BytesIO(taken.data))
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell_of(book: Workbook, number: str, heading: str) -> str:
    """Where a field of an item stands on the sheet 任务."""
    sheet = book["任务"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "编号")
    column = next(cell.column_letter for cell in head if cell.value == heading)
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == number)
    return f"{column}{row}"


def put(number: str, heading: str, value: object) -> Change:
    """Type something into a field of an item."""

    def change(book: Workbook) -> None:
        book["任务"][cell_of(book, number, heading)] = value

    return change


def said(answer: TestResponse) -> str:
    """What a page says."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", unescape(answer.text)))


def adopt(visitor: Visitor, looked: TestResponse, reason: str) -> TestResponse:
    """Adopt what is looked at."""
    form = {**form_of(looked, "plan-adopt"), "reason": reason}
    return visitor.post("/plan/adopt", form, content_type="multipart/form-data")


def test_a_plan_goes_to_a_workbook_and_comes_back_unchanged(site: Site) -> None:
    """All 133 items with every field, articles, leaders and clauses: nothing of it is changed by taking it along."""
    office = site.signed_in(Role.OFFICE)
    answer = handed_in(office, edited(office, lambda _book: None))
    assert answer.status_code == 200
    assert "没有改动" in said(answer)
    assert "plan-adopt" not in answer.text


def test_a_workbook_is_looked_at_and_adopted_with_a_reason(site: Site) -> None:
    """Field by field what is changed, whose milestones of which quarter move; with a reason it holds and stands in the list."""
    office = site.signed_in(Role.OFFICE)

    def change(book: Workbook) -> None:
        put("1.3", "期限", "2022-06-30")(book)
        put("1.3", "任务", "责任清单和重点工作清单（改）")(book)
        book["工作要点"]["B8"] = "是"
        assert book["工作要点"]["A8"].value == "已确认"

    looked = handed_in(office, edited(office, change))
    text = said(looked)
    assert "修改1项" in text
    assert re.search("任务 1.3 期限 2022-12-31 2022-06-30", text)
    assert re.search("已确认 否 是", text)
    assert re.search(r"2022年第2季度 .*龙滩子街道 0/\d+ → 0/\d+", text)
    assert "2022年第1季度" not in text
    assert len(plans(site)) == 1, "nothing is kept before it is adopted"
    without = adopt(office, looked, " ")
    assert without.status_code == 400
    assert "请写明修改工作要点的理由" in said(without)
    assert adopt(office, without, "安委会议定").status_code == 303
    now = plans(site)[-1]
    assert (now.confirmed, now.item_by_number["1.3"].title) == (True, "责任清单和重点工作清单（改）")
    assert [str(day) for day in now.item_by_number["1.3"].dues] == ["2022-06-30"]
    told = "".join(page(office, "/work-plan"))
    assert "第2版，133项任务：office1" in told
    assert "安委会议定" in told
    again = adopt(office, looked, "再来一次")
    assert again.status_code == 409
    assert "已采用另一版" in said(again)
    assert examine(site.door.settings) == ([], [])


@pytest.mark.parametrize(
    ("number", "heading", "value", "sentence"),
    [
        ("1.3", "报送单位", "龙滩子街道、月球街道", "没有单位“月球街道”"),
        ("1.3", "期限", "年底", "期限：请写日期，如 2022-10-01"),
        ("1.3", "目标", "很多", "≥"),
        ("1.4", "来源", "register.moon", "没有名为“register.moon”的数据"),
        ("13.4", "分母", "register.sectors.月球", "没有行业领域“月球”"),
        ("1.3", "计算方式", "随便", "只能是"),
        ("1.3", "频次", "每天", "只能是"),
    ],
)
def test_each_fault_is_told_at_its_cell(site: Site, number: str, heading: str, value: str, sentence: str) -> None:
    """The cell, the item, and what is wrong; nothing can be adopted."""
    office = site.signed_in(Role.OFFICE)
    places: list[str] = []

    def change(book: Workbook) -> None:
        put(number, heading, value)(book)
        places.append(cell_of(book, number, heading))

    answer = handed_in(office, edited(office, change))
    assert answer.status_code == 400
    assert f"任务!{places[0]}：任务{number}：" in said(answer)
    assert sentence in said(answer)
    assert "plan-adopt" not in answer.text


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "请先选择文件"),
        (b"PK\x03\x04 nothing", "无法作为工作簿读取"),
        (b"\xff\xfe\x00", "既不是工作簿"),
        (b"year: 2023", "名称：此处未填"),
        (b"x" * 1_900_000, "过大"),
    ],
)
def test_what_is_no_plan_has_a_sentence(site: Site, raw: bytes, sentence: str) -> None:
    """Whatever file it is."""
    answer = handed_in(site.signed_in(Role.OFFICE), raw)
    assert answer.status_code == 400
    assert sentence in said(answer)


def test_a_workbook_without_its_sheets_or_columns_is_refused(site: Site) -> None:
    """Which are missing is said by name."""
    office = site.signed_in(Role.OFFICE)

    def without(book: Workbook) -> None:
        del book["原文条款"]

    assert "缺少工作表：原文条款" in said(handed_in(office, edited(office, without)))

    def renamed(book: Workbook) -> None:
        sheet = book["任务"]
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == "佐证").value = "证明"

    assert "缺少列：佐证" in said(handed_in(office, edited(office, renamed)))


def test_the_next_year_s_plan_is_handed_in_as_text(site: Site) -> None:
    """To the letter, its comments too; a year that had none says so before, and all of its items are new."""
    office = site.signed_in(Role.OFFICE)
    looked = handed_in(office, PLAN_2023.read_bytes(), "2023.yaml")
    assert "2023年尚无工作要点：共5项任务" in said(looked)
    assert adopt(office, looked, "新年度").status_code == 303
    assert office.get("/plan/2023.yaml").text == TEXT
    assert office.get("/plan/2023.yaml?version=2").status_code == 404


def typed_in(answer: TestResponse) -> dict[str, str]:
    """The form over an item, its long fields too."""
    long = dict(re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>([^<]*)</textarea>', unescape(answer.text)))
    return {**form_of(answer, "plan-item-form"), **long}


def test_one_item_is_changed_in_a_form(site: Site) -> None:
    """What is typed is looked at like a file; what cannot be comes back as it was typed, with the reason."""
    office = site.signed_in(Role.OFFICE)
    form = typed_in(office.get("/plan/item?year=2022&item=1.3"))
    assert form["filed_by"] == "各单位"
    wrong = office.post("/plan/item", {**form, "filed_by": "月球街道", "title": "新名"})
    assert wrong.status_code == 400
    assert "没有单位“月球街道”" in said(wrong)
    assert typed_in(wrong)["title"] == "新名"
    looked = office.post("/plan/item", {**form, "title": "新名"})
    assert "修改1项" in said(looked)
    assert adopt(office, looked, "改名").status_code == 303
    assert plans(site)[-1].item_by_number["1.3"].title == "新名"
    assert "修改这项任务" in "".join(page(office, "/work-plan?item=1.3"))


def test_only_the_office_adopts_and_units_see_no_editing(site: Site) -> None:
    """An administrator looks and cannot adopt; units and viewers get neither form nor file; a broken form adopts nothing."""
    admin, unit, office = (site.signed_in(role) for role in (Role.ADMIN, Role.UNIT, Role.OFFICE))
    looked = handed_in(admin, PLAN_2023.read_bytes())
    assert "由安委办采用" in said(looked)
    form = form_of(handed_in(office, PLAN_2023.read_bytes()), "plan-adopt")
    refused = admin.post("/plan/adopt", {**form, "csrf_token": admin.token(), "reason": "改"})
    assert refused.status_code == 403
    for who in (unit, site.signed_in(Role.VIEWER)):
        assert "编辑工作要点" not in "".join(page(who, "/work-plan"))
        assert who.get("/plan/2022.xlsx").status_code == 403
        assert handed_in(who, PLAN_2023.read_bytes()).status_code == 403
        assert who.get("/plan/item?year=2022&item=1.3").status_code == 403
    assert office.post("/plan/adopt", {**form, "text": "AAAA", "reason": "改"}).status_code == 400
    assert plans(site, 2023) == []
