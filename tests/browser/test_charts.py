"""Charts in a real browser: what the first visit fetches, that bars are drawn as bars, and pictures that are kept."""

from __future__ import annotations

import re
import shutil
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboards.components.traces import TRACES
from dashboards.web import plotly_js
from tests.browser.conftest import ROOT, Server, Watched, a_context, draw_all, settle

FIRST_VISIT = ROOT / "docs" / "pages-first-visit.md"
LINE = re.compile(r"^\| `([^`]+)` \| ([\d.]+) \| .+ \|$", re.M)
"""A file's line: its name, its size in kB, its reason."""
FETCHED = """() => performance.getEntries().filter(one => one.encodedBodySize !== undefined).map(one => (
  {address: new URL(one.name).pathname, size: one.encodedBodySize, moved: one.transferSize}))"""
ROOM = """names => names.map(name => {
  const chart = document.querySelector(`#monthly-ranking-${name} .js-plotly-plot`), given = chart.layout.margin, used = chart._fullLayout._size;
  return used.l === given.l && used.b === given.b;
})"""
"""Whether a chart's labels and ticks have room as it is sent."""
ANSWERS = ("ranking", "_dash-layout", "_dash-dependencies", "_dash-update-component")
"""What is made anew each time; all else is a file, and kept."""

built = pytest.mark.skipif(
    plotly_js.built() is None and shutil.which("npm") is None, reason="without npm Dash's own plotly.js is served"
)


OF_THE_WINDOW = {"assets/favicon.svg"}
"""What a browser without a window has no place for."""


@pytest.fixture
def newcomer(chromium: Browser, server: Server) -> Iterator[Watched]:
    """Somebody whose browser has none of our files yet."""
    with a_context(chromium) as context:
        yield Watched(context.new_page())


def _name(address: str) -> str:
    """A file's name without what changes with its content, and without where it is."""
    short = address.removeprefix("/_dash-component-suites/").removeprefix("/")
    return re.sub(r"-[0-9a-f]{16}\.js$", ".js", re.sub(r"\.v\d+_\w+?m\d+", "", short))


def _listed() -> dict[str, float]:
    return {name: float(size) for name, size in LINE.findall(FIRST_VISIT.read_text(encoding="utf-8"))}


@built
def test_first_visit_fetches_what_is_listed_and_the_second_nothing_of_it(server: Server, newcomer: Watched) -> None:
    """Every file of the list once, none besides, none larger; after that no file is asked for again but for one."""
    page = newcomer.open(server, "/ranking")
    fetched = [(_name(one["address"]), one["size"] / 1000) for one in page.evaluate(FETCHED)]
    files = [name for name, _size in fetched if name != "_dash-update-component"]  # the page, and the rows of its grid
    assert len(set(files)) == len(files), "something was fetched twice"
    listed = _listed()
    assert [name for name, _size in fetched if sum(fnmatch(name, line) for line in listed) != 1] == []
    sums = {line: sum(size for name, size in fetched if fnmatch(name, line)) for line in listed}
    assert [line for line, size in sums.items() if size == 0 and line not in OF_THE_WINDOW] == []
    assert {line: size for line, size in sums.items() if size > 1.1 * listed[line] + 0.2 and line not in ANSWERS} == {}
    page.reload()
    settle(page)
    again = {_name(one["address"]) for one in page.evaluate(FETCHED) if one["moved"]}
    assert again <= {*ANSWERS, "dash/dcc/async-graph.js"}


@built
def test_bars_are_drawn_as_bars_by_a_build_that_knows_what_is_listed(server: Server, desk: Watched) -> None:
    """A build that lacks a kind of trace draws a waterfall as a line, without an error: so the bars are counted."""
    page = draw_all(desk.open(server, "/ranking?period=2022-09&group=town&unit=longtanzi"))
    known = page.evaluate("Object.keys(Plotly.PlotSchema.get().traces)")
    assert sorted(known) == sorted(TRACES)
    labels = page.locator("#monthly-ranking-waterfall .yaxislayer-above .ytick").count()
    assert labels > 5
    assert page.locator("#monthly-ranking-waterfall .waterfalllayer .point path").count() == labels
    assert page.locator("#monthly-ranking-bars .barlayer .point path").count() == 4
    assert page.evaluate(ROOM, ["bars", "waterfall"]) == [True, True], "what has too little room is drawn twice"
    assert desk.troubles == []


@pytest.mark.parametrize("form", ["PNG", "SVG"])
def test_a_picture_says_what_it_shows_of_when_and_from_whom(
    server: Server, desk: Watched, tmp_path: Path, form: str
) -> None:
    """A chart that is kept needs no page around it: heading, page, period, source and that it is a draft are in it."""
    page = desk.open(server, "/casualties?period=2022")
    chart = page.locator("#curve .chart")
    with page.expect_download() as download:
        chart.get_by_role("button", name=form).press("Enter")
    assert (
        download.value.suggested_filename == f"亡人指标_2022年_2022-10-08_全年累计死亡人数（人）：全区.{form.lower()}"
    )
    saved = tmp_path / "picture"
    download.value.save_as(saved)
    if form == "PNG":
        width, height = struct.unpack(">II", saved.read_bytes()[16:24])
        drawn = chart.locator(".main-svg").first.bounding_box()
        assert drawn is not None
        assert width == 2 * max(960, round(drawn["width"]))
        assert height > 2 * drawn["height"]
    else:
        words = "".join(ET.parse(saved).getroot().itertext())
        for part in (
            "亡人指标",
            "2022年",
            "草稿，数据截至2022-10-08，未发布",
            "来源：",
            "双桥",
            "2022年10月8日",
            "今年",
        ):
            assert part in words
    assert desk.troubles == []
