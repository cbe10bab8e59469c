"""Screens of 1920 × 1080 and the meeting room's projector: everything grows, and still stands where it is pointed at."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Page, expect

from tests.browser.appearance import faults
from tests.browser.conftest import WIDE, Server, Watched, settle

LARGE, PROJECTED = {"width": 1920, "height": 1080}, {"width": 2560, "height": 1440}
MOST_LETTERS = 100
"""Of the widest line of words, as on a desk: more are not found again at the beginning of the next line."""
MEASURED = """() => {
  const box = (which) => document.querySelector(which).getBoundingClientRect();
  const words = parseFloat(getComputedStyle(document.body).fontSize);
  return [words, box(".page").width, box("#monthly-ranking-bars .main-svg").width, box("#monthly-ranking-bars .main-svg").height,
    box("#monthly-ranking-bars .ytick text").height, box(".key-message").width / words];
}"""
WAITING = """() => {
  const drawn = [...document.querySelectorAll(".js-plotly-plot")], charts = [...document.querySelectorAll(".dash-graph")];
  drawn.forEach((chart) => window.Plotly.react(chart, chart.data, { ...chart.layout, meta: "late" }));
  window.dispatchEvent(new Event("beforeprint"));
  const late = drawn.filter((chart) => chart._fullLayout.meta !== "late").length;
  const left = charts.filter((chart) => !chart.querySelector(".main-svg")).length;
  window.dispatchEvent(new Event("afterprint"));
  return [charts.length, late, left];
}"""


class Measured(NamedTuple):
    """Sizes in pixels: of letters, the page, a chart, its words; and how many letters the main sentence has room for in a line."""

    letters: float
    page: float
    chart: float
    height: float
    chart_words: float
    line: float


def measured(page: Page, size: dict[str, int]) -> Measured:
    """The page on a screen of this size."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.wait_for_function("width => window.innerWidth === width", arg=size["width"])
    settle(page)
    page.wait_for_function("""() => [...document.querySelectorAll(".js-plotly-plot")]
      .every((one) => Math.abs(one._fullLayout.width - parseFloat(getComputedStyle(one).width)) < 2)""")
    return Measured(*page.evaluate(MEASURED))


def test_a_page_grows_with_the_screen(desk: Watched, server: Server) -> None:
    """Words, page and charts are larger by a fifth and more on each, lines hold no more words than on a desk, nothing is cut off, a bar
    is met where it stands; on a desk nothing is enlarged.
    """
    page = desk.open(server, "/ranking?period=2022-09")
    try:
        sizes = [measured(page, size) for size in (WIDE, LARGE, PROJECTED)]
        assert (sizes[0].letters, page.evaluate("matchMedia('print').matches")) == (15, False)
        for smaller, larger in pairwise(sizes):
            assert all(wide >= 1.19 * narrow for narrow, wide in zip(smaller[:5], larger[:5], strict=True)), (
                smaller,
                larger,
            )
        assert max(one.line for one in sizes) < MOST_LETTERS
        assert all(one.page > 0.9 * size["width"] for one, size in zip(sizes, (WIDE, LARGE, PROJECTED), strict=True))
        measured(page, LARGE)
        assert faults(page) == []
        bar = page.locator("#monthly-ranking-bars .barlayer .point path").nth(1)
        bar.scroll_into_view_if_needed()
        where = bar.bounding_box()
        assert where is not None
        page.mouse.move(where["x"] + where["width"] * 0.9, where["y"] + where["height"] / 2)
        page.mouse.click(where["x"] + where["width"] * 0.9, where["y"] + where["height"] / 2)
        expect(page).to_have_url(re.compile(r"unit=\w+&via=bars|via=bars&unit=\w+"))
        settle(page)
    finally:
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert desk.troubles == []


def test_charts_that_wait_for_their_turn_are_printed(desk: Watched, server: Server) -> None:
    """Charts are drawn when they come near, one after the other; whoever prints at once gets them all."""
    page = desk.open(server, "/ranking?period=2022-09")
    expect(page.locator("[data-draws=later]").first).to_be_attached()
    charts, late, left = page.evaluate(WAITING)
    assert charts > 3
    assert (late, left) == (0, 0)
