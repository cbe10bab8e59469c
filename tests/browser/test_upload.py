"""Sending workbooks in the browser: several at once, each answered by name, every problem by cell."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, settle
from tests.conftest import SAMPLES
from tests.integration.ledgers import ledger

OUTCOME = "#submissions-followed article"


def _send(page: Page, files: list[Path], *, straight: bool = True) -> None:
    page.get_by_label("没有错误就直接报送，不再预览").set_checked(straight)
    already = page.locator(OUTCOME).count()
    with page.expect_file_chooser() as chooser:
        page.locator("[data-choose-files]").first.click()
    chooser.value.set_files(files)
    expect(page.locator(OUTCOME)).to_have_count(already + len(files))
    expect(page.locator(OUTCOME, has_text="正在核对")).to_have_count(0)
    settle(page)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    good = ledger("2022-09", "logistics").write(tmp_path / "物流中心9月台账.xlsx")
    three = tmp_path / "龙滩子5月-三处错误.xlsx"
    shutil.copy(SAMPLES / "refused" / "three.xlsx", three)
    lock = tmp_path / "~$物流中心9月台账.xlsx"
    lock.write_bytes(b"in use")
    text = tmp_path / "说明.xlsx"
    text.write_text("这不是工作簿", encoding="utf-8")
    return [good, three, lock, text]


def test_several_files_at_once_each_get_their_answer(own_server: Server, desk: Watched, files: list[Path]) -> None:
    """The good ledger is accepted, the faulty one says cell by cell what is wrong, the lock file is refused by name;
    the matrix and the ranking then show the unit that was missing."""
    page = desk.open(own_server, "/submissions?period=2022-09")
    row = page.locator("#submissions-matrix tr", has_text="物流中心")
    assert "未报" in row.inner_text()
    _send(page, files)
    texts = page.locator(OUTCOME).all_inner_texts()
    answers = {
        path.name: next(text for text in texts if re.search(rf"(?<!\$){re.escape(path.name)}", text)) for path in files
    }
    assert "已收下" in answers["物流中心9月台账.xlsx"]
    assert "未通过" in answers["龙滩子5月-三处错误.xlsx"]
    for cell in ("B2", "E3", "J3"):
        assert cell in answers["龙滩子5月-三处错误.xlsx"]
    assert "昨天" in answers["龙滩子5月-三处错误.xlsx"]
    assert "~$" in answers["~$物流中心9月台账.xlsx"]
    assert "文本或 CSV 文件" in answers["说明.xlsx"]
    assert faults(page) == []
    page = desk.open(own_server, "/submissions?period=2022-09")
    expect(page.locator("#submissions-matrix tr", has_text="物流中心")).to_contain_text("迟报")
    page = desk.open(own_server, "/ranking?period=2022-09&group=centre")
    assert "未报" not in page.locator("#monthly-ranking-table tr", has_text="物流中心").inner_text()
    assert desk.troubles == []


def test_same_file_again_changes_nothing(own_server: Server, desk: Watched, files: list[Path]) -> None:
    """A workbook that was received already is said to be so, and is no new version."""
    page = desk.open(own_server, "/submissions?period=2022-09")
    _send(page, files[:1])
    page = desk.open(own_server, "/submissions?period=2022-09")
    _send(page, files[:1])
    expect(page.locator(OUTCOME).first).to_contain_text("没有改变任何数据")


def test_earlier_workbook_shows_its_problems_again(server: Server, desk: Watched) -> None:
    """The refused ledger of September is one click away in the matrix, with its cells and sentences."""
    page = desk.open(server, "/submissions?period=2022-09")
    row = page.locator("#submissions-matrix tr", has_text="建管局")
    row.locator("td", has_text="未通过").get_by_role("link").click()
    settle(page)
    assert "submission=" in page.url
    text = page.locator("#submissions-one").inner_text()
    assert "未通过" in text
    assert "整改期限" in text
    assert faults(page) == []
    assert desk.troubles == []


def test_script_in_a_workbook_is_only_text(own_server: Server, desk: Watched, tmp_path: Path) -> None:
    """What a workbook says is shown as text, in problems, cases and titles: no element of it comes to life."""
    book = ledger("2022-09", "logistics")
    evil = "<img src=x onerror=\"document.title='broken'\">"
    book.put({"C2": f"重庆{evil}公司", "T2": evil, "E3": evil})
    page = desk.open(own_server, "/submissions?period=2022-09")
    _send(page, [book.write(tmp_path / "a.xlsx")])
    expect(page.locator(OUTCOME).first).to_contain_text(evil)
    book.put({"E3": "工贸"})
    _send(page, [book.write(tmp_path / "b.xlsx")])
    page = desk.open(own_server, "/ranking?period=2022-09&group=centre&unit=logistics&measure=inspections")
    assert evil in page.locator(".cases").first.inner_text()
    page.locator("#cases").scroll_into_view_if_needed()  # a grid is mounted when somebody comes near it
    expect(page.locator(".record-grid")).to_contain_text(evil)
    assert page.locator("img[src='x']").count() == 0
    assert "broken" not in page.title()
    assert desk.troubles == []
