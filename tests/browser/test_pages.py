"""Every page as a committee member sees it: on a desk and on a phone, light and dark, with and without data."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboards.results import ranking
from data.intake.archive import Archive
from data.people.scope import office
from data.store import reader
from data.zone.periods import Month
from tests.browser.appearance import faults
from tests.browser.conftest import ROOT, Server, Watched, settle
from tests.browser.looks import Look
from tests.fetching import fetched

ADDRESSES = (
    "/ranking",
    "/ranking?period=2022-06&group=town&unit=youting&measure=due_cases",
    "/ranking?period=2022-08&group=department&unit=market&measure=overdue_major",
    "/ranking?period=2022-09&group=centre&unit=logistics&measure=inspections",
    "/ranking?period=2022-10",
    "/ranking?period=2031-13&group=nobody&unit=%3Cscript%3E&measure=x",
    "/submissions",
    "/submissions?period=2022-09",
    "/submissions?period=2022",
    "/submissions?period=2022-05&submission=999999",
    "/side-by-side?period=2022-08&unit=longtanzi&with_unit=youting&measure=due_cases",
    "/side-by-side?lang=en&period=2022-08&unit=tongqiao",
    "/inspection-lists",
    "/inspection-lists?lang=en&period=2023-05&unit=nobody",
    "/publications",
    "/publications?period=2022&publish=2022-10",
    "/publications?lang=en&publish=2022Q3&entry=999999",
    "/nowhere",
    "/overview?lang=en",
    "/casualties?lang=en",
    "/frontline?day=2022-09-30&batch=all",
    "/frontline?lang=en&day=x",
    "/disasters?day=2022-09-30&unit=youting",
    "/enterprise?q=%E5%85%AC%E5%8F%B8",
    "/enterprise?lang=en&code=nobody",
    "/inspection-coverage",
    "/inspection-coverage?lang=en&list=x&unit=nowhere",
    "/hazards?day=2022-09-30",
    "/supervision?day=2022-09-30",
    "/calendar?month=2022-06",
    "/work-plan?day=2022-09-30",
    "/unit?period=2022-09&unit=construction",
    "/calendar?lang=en&month=2022-10&new=speech&quarter=2022Q2&unit=social",
    "/tipoffs?lang=en&day=2022-09-30",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_looks_as_it_should(look: Callable[..., Look], address: str) -> None:
    """Nothing is cut off, overlaps, overflows or stays undrawn; no error, no other host."""
    seen = look(address)
    assert seen.faults == []
    assert seen.troubles == []


@pytest.mark.parametrize(
    "address",
    ["/ranking", "/submissions", "/ranking?period=2022-03&unit=youting", "/side-by-side", "/inspection-lists"],
)
def test_empty_installation_says_why_and_what_to_do(bare_server: Server, desk: Watched, address: str) -> None:
    """Where nothing was ever sent a page is no empty box: it says so, and where to send workbooks."""
    page = desk.open(bare_server, address)
    assert faults(page) == []
    assert desk.troubles == []
    assert "报送" in page.locator("main").inner_text()
    assert page.locator("a[href^='/submissions'], [data-choose-files]").count() > 0


def test_first_page_is_the_overview_with_its_main_message(server: Server, desk: Watched) -> None:
    """The address without a path leads to the overview; its main message tells deaths and cap and is seen at once."""
    page = desk.open(server, "/")
    assert "/overview" in page.url
    message = page.locator("#overview-message")
    assert message.bounding_box()["y"] < 300  # type: ignore[index]
    assert re.search(r"累计死亡5人，全年指标6人，未超过.*2022年9月", message.inner_text().replace("\n", ""))


def test_ranking_begins_with_its_main_message(server: Server, desk: Watched) -> None:
    """The ranking's main message names the first and is seen at once."""
    message = desk.open(server, "/ranking").locator("#monthly-ranking-message")
    assert message.bounding_box()["y"] < 300  # type: ignore[index]
    assert re.search(r"2022年9月.*第1", message.inner_text().replace("\n", ""))


def _result(server: Server, month: str) -> ranking.Ranking:
    url = server.environment["SUPERVISION_DATABASE_URL"]
    return fetched(reader(url), office("shuangqiao"), ranking.fetch, Month.parse(month))


def test_page_prints_the_figures_of_the_report(server: Server, desk: Watched) -> None:
    """Rank, unit and score in the page's table are those of the one computation, in its order, group by group."""
    desk.open(server, "/ranking?period=2022-08")
    for group in ("town", "department", "centre"):
        page = desk.go_on(server, f"/ranking?period=2022-08&group={group}")
        shown = page.locator("#monthly-ranking-table tbody tr").all_inner_texts()
        rows = _result(server, "2022-08").group(group).rows
        assert len(shown) == len(rows)
        for text, row in zip(shown, rows, strict=True):
            assert row.unit.short_name in text
            assert (str(row.figures.score) if row.figures.score is not None else "未报") in text
            if row.figures.rank is not None:
                assert text.strip().startswith(str(row.figures.rank))


def test_score_is_taken_apart_down_to_the_cell_and_the_original(server: Server, desk: Watched, tmp_path: Path) -> None:
    """From a unit's name to its score's parts, to its cases, to the original workbook, byte for byte."""
    page = desk.open(server, "/ranking?period=2022-08&group=department")
    page.locator("#monthly-ranking-table .unit-link", has_text="市场监管局").click()
    settle(page)
    assert "unit=market" in page.url
    page.get_by_role("link", name="应闭环", exact=True).click()
    settle(page)
    assert "measure=due_cases" in page.url
    row = next(row for row in _result(server, "2022-08").group("department").rows if row.unit.code == "market")
    due = row.figures.indicators["due_cases"]  # type: ignore[index]
    page.locator("#cases").scroll_into_view_if_needed()
    expect(page.locator(".record-count")).to_have_text(f"共 {due} 条")
    source = page.locator(".record-links a[href^='/original/']").first
    assert re.search(r" [A-Z]+\d+$", source.inner_text().strip())
    with page.expect_download() as download:
        source.click()
    saved = tmp_path / "original"
    download.value.save_as(saved)
    assert download.value.suggested_filename.endswith(".xlsx")
    with saved.open("rb") as file:
        sha256 = Archive(tmp_path / "again").keep(file)
    assert Archive(Path(server.environment["SUPERVISION_ARCHIVE_DIR"])).path_of(sha256).exists()
    assert desk.troubles == []


def test_parts_of_a_score_add_up_on_the_page(server: Server, desk: Watched) -> None:
    """The points printed for one unit, less its deductions, are its score: the page closes its own arithmetic."""
    page = desk.open(server, "/ranking?period=2022-09&group=town&unit=longtanzi")
    row = next(row for row in _result(server, "2022-09").group("town").rows if row.unit.code == "longtanzi")
    line = page.locator(".sum-line").inner_text()
    assert str(row.figures.score) in line
    assert Decimal(re.findall(r"\d+\.\d\d", line)[-1]) == row.figures.score


def test_address_carries_period_and_group(server: Server, desk: Watched) -> None:
    """Choosing a group and a month changes the address, so that a link shows what its sender saw."""
    page = desk.open(server, "/ranking?period=2022-08")
    page.get_by_role("link", name="部门组").click()
    settle(page)
    assert "group=department" in page.url
    assert "period=2022-08" in page.url
    seen = page.locator("#monthly-ranking-message").inner_text()
    again = desk.open(server, page.url.removeprefix(server.url))
    assert again.locator("#monthly-ranking-message").inner_text() == seen


def test_dark_is_remembered(server: Server, desk: Watched) -> None:
    """The choice of dark survives a new page."""
    page = desk.open(server, "/ranking")
    before = page.locator("html").get_attribute("data-bs-theme")
    page.get_by_role("button", name=re.compile("深色|浅色")).click()
    settle(page)
    after = page.locator("html").get_attribute("data-bs-theme")
    assert after != before
    assert desk.open(server, "/submissions").locator("html").get_attribute("data-bs-theme") == after


def test_server_refuses_to_listen_elsewhere(tmp_path: Path) -> None:
    """The demo serves no other address than the loopback: the server does not start, and says why."""
    environment = {
        "SUPERVISION_HOST": "0.0.0.0",
        "SUPERVISION_DEMO": "1",
        "PATH": "/usr/bin:/bin",
        "SUPERVISION_ARCHIVE_DIR": str(tmp_path),
    }
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 3
    assert "127.0.0.1" in ended.stderr
    assert "Traceback" not in ended.stderr
