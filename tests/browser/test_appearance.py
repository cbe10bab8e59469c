"""The eye that judges pages sees what it should: each fault on a page made for it, and none on a good one."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.appearance import faults
from tests.browser.conftest import PHONE

GOOD = "<p>第一行</p><p>第二行</p><div style='overflow-x:auto' data-scrolls><p style='width:900px'>可以横向滚动的表</p></div>"
FAULTY = {
    "wider than the screen": "<p style='width:600px;background:red'>很宽</p>",
    "cut off": "<p style='width:40px;overflow:hidden;white-space:nowrap'>这一行被截断了看不全</p>",
    "overlap": "<p style='position:absolute;top:20px'>甲乙丙丁</p><p style='position:absolute;top:22px'>戊己庚辛</p>",
    "chart without a mark": "<div class='dash-graph' id='empty'></div>",
    "says NaN": "<p>得分 NaN</p>",
    "says None": "<p>位次：None</p>",
}


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page of no server; each test sets what stands on it."""
    with closing(chromium.new_page(viewport=PHONE)) as page:  # type: ignore[arg-type]
        yield page


@pytest.mark.parametrize("fault", FAULTY)
def test_each_fault_is_seen(page: Page, fault: str) -> None:
    """A page with one fault is reported for it."""
    page.set_content(FAULTY[fault])
    assert any(line.startswith(fault) for line in faults(page)), faults(page)


def test_a_good_page_has_no_faults(page: Page) -> None:
    """Ordinary text, and a table that may be scrolled, are not reported."""
    page.set_content(GOOD)
    assert faults(page) == []
