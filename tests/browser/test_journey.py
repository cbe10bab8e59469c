"""A clerk's way through the page 数据报送 in the browser: sent, corrected, looked at, confirmed, returned, corrected again."""

from __future__ import annotations

import re
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, leave, settle
from tests.integration.ledgers import Book, ledger
from tests.integration.scans import pdf

OUTCOME = "#submissions-followed article"
ONE = "#submissions-one"
UNIT = "logistics"
MONTH = "2022-09"
PAGE = f"/submissions?period={MONTH}"


def send(page: Page, *files: Path) -> None:
    """Choose files, and wait until each has its outcome."""
    already = page.locator(OUTCOME).count()
    with page.expect_file_chooser() as chooser:
        page.locator("[data-choose-files]").first.click()
    chooser.value.set_files(files)
    expect(page.locator(OUTCOME)).to_have_count(already + len(files))
    expect(page.locator(OUTCOME, has_text="正在核对")).to_have_count(0)
    settle(page)


def press(page: Page, within: str, button: str) -> None:
    """Press a button of a form and wait for the page that it leads to."""
    leave(page.locator(within).get_by_role("button", name=button).first)
    settle(page)


def filed(page: Page) -> None:
    """Wait until the workbook that was confirmed is filed, on the page that shows it."""
    expect(page.locator(f"{ONE} h3").first).to_contain_text("已收下")
    settle(page)


def ledger_row(page: Page) -> Locator:
    """How the unit's own ledger of the month stands."""
    return page.locator(".matrix tr", has_text="执法检查台账")


def download(page: Page, link: str, path: Path) -> Path:
    """Click a link that is a file, and keep it."""
    with page.expect_download() as started:
        page.get_by_role("link", name=link).first.click()
    started.value.save_as(path)
    return path


@pytest.fixture
def clerk(own_server: Server, desk: Watched) -> Watched:
    """A clerk of 物流中心, which has not sent its September ledger."""
    desk.sign_in(own_server, "unit", unit=UNIT)
    return desk


def as_office(own_server: Server, watched: Watched, address: str) -> Page:
    """The same screen, the office before it."""
    watched.sign_in(own_server, "office")
    return watched.open(own_server, address)


def wrong() -> Book:
    """Three slips: a day outside the month, no sector, more major hazards than hazards."""
    return ledger(MONTH, UNIT).put({"B2": "2022-08-06", "E3": "工贸行业类", "K3": 9})


def test_from_a_wrong_workbook_to_a_moved_ranking(own_server: Server, clerk: Watched, tmp_path: Path) -> None:
    """Refused cell by cell, corrected in the annotated copy, looked at, confirmed; only then the report and the ranking have it."""
    page = clerk.open(own_server, PAGE)
    send(page, wrong().write(tmp_path / "物流中心9月台账.xlsx"))
    told = page.locator(OUTCOME).first
    for part in ("未通过", "B2", "E3", "K3", "工贸行业类"):
        expect(told).to_contain_text(part)
    expect(told.get_by_role("link", name="下载批注工作簿")).to_be_visible(timeout=30_000)
    assert faults(page) == []

    marked = download(page, "下载批注工作簿", tmp_path / "批注.xlsx")
    book = load_workbook(marked)
    sheet = book["执法检查台账"]
    assert [sheet[cell].comment is not None for cell in ("B2", "E3", "K3", "B3")] == [True, True, True, False]
    sheet["B2"], sheet["E3"], sheet["K3"] = "2022-09-06", "工贸", 1
    corrected = tmp_path / "物流中心9月台账（改）.xlsx"
    book.save(corrected)

    send(page, corrected)
    told = page.locator(OUTCOME).first
    expect(told).to_contain_text("已核对，尚未报送")
    expect(told).to_contain_text("新增 4")
    assert "未通过" in ledger_row(clerk.open(own_server, PAGE)).inner_text(), "a checked workbook is not filed yet"

    page.locator("#submissions-waiting").get_by_role("link", name="物流中心9月台账（改）.xlsx").click()
    settle(page)
    whole = page.locator(ONE)
    for part in (
        "执法检查台账",
        "2022年9月",
        "将成为第1版",
        "工作表“执法检查台账”，表头在第 1 行",
        "新增 4",
        "重庆宏达机械有限公司",
    ):
        expect(whole).to_contain_text(part)
    assert faults(page) == []
    press(page, ONE, "确认报送")
    filed(page)
    expect(page.locator("#submissions-waiting")).to_have_text("")
    expect(ledger_row(page)).to_contain_text("迟报")

    page = as_office(own_server, clerk, f"/ranking?period={MONTH}&group=centre")
    assert "未报" not in page.locator("#monthly-ranking-table tr", has_text="物流").inner_text()
    assert clerk.troubles == []


def test_a_form_of_ones_own_is_matched_once(own_server: Server, clerk: Watched, tmp_path: Path) -> None:
    """The clerk says which column an unknown header is; the workbook passes, and so does next time's, until it is taken back."""
    page = clerk.open(own_server, PAGE)
    own_form = ledger(MONTH, UNIT).put({"B1": "检察日期", "I1": "我们的编号"})
    send(page, own_form.write(tmp_path / "本单位的表.xlsx"))
    page.locator(OUTCOME).first.get_by_role("link", name="对应表头").click()
    settle(page)
    form = page.locator("#submissions-match")
    assert form.locator("label", has_text="检察日期").locator("select").input_value() == "inspected_on"
    form.locator("label", has_text="我们的编号").locator("select").select_option(label="检查文书号（必填）")
    assert faults(page) == []
    press(page, "#submissions-match", "记住并重新核对")
    expect(page.locator(ONE)).to_contain_text("已核对，尚未报送")
    press(page, ONE, "确认报送")
    filed(page)

    again = ledger(MONTH, UNIT).put({"B1": "检察日期", "I1": "我们的编号", "T2": "补充"})
    page = clerk.open(own_server, PAGE)
    send(page, again.write(tmp_path / "第二次.xlsx"))
    told = page.locator(OUTCOME).first
    expect(told).to_contain_text("改动 1")
    told.get_by_role("link", name="逐行查看变化").click()
    settle(page)
    remembered = page.locator("#submissions-remembered")
    remembered.locator("summary").click()
    expect(remembered).to_contain_text("“我们的编号”即“检查文书号”")
    press(page, "#submissions-remembered li:has-text('我们的编号')", "取消")
    page.locator("#submissions-remembered summary").click()
    expect(page.locator("#submissions-remembered")).not_to_contain_text("我们的编号")
    expect(page.locator("#submissions-remembered")).to_contain_text("检察日期")
    assert clerk.troubles == []


def test_returned_with_a_reason_and_corrected(own_server: Server, clerk: Watched, tmp_path: Path) -> None:
    """The office returns a filed ledger; the unit reads who, when, why; the corrected one shows what changes and counts."""
    page = clerk.open(own_server, PAGE)
    send(page, ledger(MONTH, UNIT).write(tmp_path / "九月.xlsx"))
    press(page, OUTCOME, "确认报送")
    filed(page)
    address = page.url.removeprefix(own_server.url).removesuffix("#one")

    page = as_office(own_server, clerk, address)
    page.locator(f"{ONE} summary", has_text="退回这份工作簿").click()
    page.locator("#submissions-return-reason").fill("第2行复查结论与现场不符，请核实后重报")
    press(page, "#submissions-return", "退回")
    expect(page.locator(".returned-notice")).to_contain_text("第2行复查结论与现场不符")

    clerk.sign_in(own_server, "unit", unit=UNIT)
    page = clerk.open(own_server, PAGE)
    row = ledger_row(page)
    expect(row).to_contain_text("退回")
    row.get_by_role("link").last.click()
    settle(page)
    notice = page.locator(".returned-notice")
    for part in ("安委办", "2022-10-08", "第2行复查结论与现场不符，请核实后重报", "重新上传"):
        expect(notice).to_contain_text(part)
    assert faults(page) == []

    send(page, ledger(MONTH, UNIT).put({"S2": "不合格", "M2": 1}).write(tmp_path / "九月重报.xlsx"))
    press(page, OUTCOME, "确认报送")
    filed(page)
    history = page.locator("#submissions-history").inner_text()
    assert re.search(r"第2版[\s\S]*计入[\s\S]*第1版[\s\S]*退回", history), history
    assert clerk.troubles == []


def test_several_files_are_confirmed_at_once(own_server: Server, desk: Watched, tmp_path: Path) -> None:
    """Two good workbooks and a lock file: the lock file is refused by name, the others wait and are confirmed with one button."""
    page = desk.open(own_server, PAGE)
    first = ledger(MONTH, UNIT).write(tmp_path / "物流9月.xlsx")
    second = ledger(MONTH, "tongqiao").write(tmp_path / "通桥9月.xlsx")
    lock = Path(shutil.copy(first, tmp_path / "~$物流9月.xlsx"))
    send(page, first, lock, second)
    assert "关闭" in page.locator(OUTCOME, has_text="~$物流9月.xlsx").inner_text()
    waiting = page.locator("#submissions-waiting")
    expect(waiting).to_contain_text("有 2 份已核对、尚未报送")
    assert faults(page) == []
    press(page, "#submissions-waiting", "全部确认（2 份）")
    answers = page.locator("#answers").inner_text()
    assert all(name in answers for name in ("物流9月.xlsx", "通桥9月.xlsx", "已确认"))
    page = desk.open(own_server, PAGE)
    expect(page.locator("#submissions-waiting")).to_have_text("")
    assert desk.troubles == []


def test_template_filled_in_and_its_stamped_scan(own_server: Server, clerk: Watched, tmp_path: Path) -> None:
    """The template of the page, filled in, says itself what it is; a stamped scan goes with it and comes back as it was."""
    page = clerk.open(own_server, PAGE)
    with page.expect_download() as started:
        page.locator(".templates form", has_text="执法检查台账").get_by_role("button", name="下载").click()
    template = tmp_path / started.value.suggested_filename
    started.value.save_as(template)
    assert template.name == "2022年9月-物流中心-执法检查台账.xlsx"
    book = load_workbook(template)
    sheet = book["执法检查台账"]
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号")
    for column, value in enumerate(ledger(MONTH, UNIT).sheets["执法检查台账"][3], start=1):
        sheet.cell(top + 1, column).value = value
    book.save(template)
    send(page, template)
    told = page.locator(OUTCOME).first
    expect(told).to_contain_text("已核对，尚未报送")
    told.get_by_role("link", name=template.name).click()
    settle(page)

    scan, text = tmp_path / "盖章扫描件.pdf", tmp_path / "说明.pdf"
    scan.write_bytes(pdf())
    text.write_bytes(b"no scan at all")
    for path, answer in ((text, "只能添加完整的 PDF、JPEG 或 PNG 文件"), (scan, "盖章扫描件.pdf")):
        with page.expect_file_chooser() as chooser:
            page.get_by_role("button", name="添加附件").click()
        with page.expect_navigation() if path is scan else nullcontext():
            chooser.value.set_files(path)
        expect(page.locator("#submissions-attached")).to_contain_text(answer)
    settle(page)
    assert faults(page) == []
    assert download(page, "盖章扫描件.pdf", tmp_path / "again.pdf").read_bytes() == scan.read_bytes()
    assert [one for one in clerk.troubles if "400" not in one] == []
