"""``python -m tests.benchmarks.another_unit OLD``: choosing another unit on the ranking, here and in an older checkout beside it.

The demo year through each checkout's own ETL, one Chromium, the checkouts in turns. A click on a unit's name begins it; it
ends when the bars of the waterfall are painted that belong to the unit. What came over the line until the page rests is counted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.first_chart import ROOT, demo_year, free_port, serving, sign_in

GROUP = "department"
TIMES = 15
UNMEASURED = 3
PAINTED = """(before) => {
  const unit = document.querySelector("#unit h2"), bars = window.waterfall();
  if (!unit || unit.textContent === before.unit || !bars || bars === before.bars) return false;
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - window.clickedAt))));
}"""
BEFORE = """() => {
  window.waterfall = () => [...document.querySelectorAll("#monthly-ranking-waterfall .point path")]
    .map((path) => path.getAttribute("d")).join();
  window.addEventListener("click", () => { window.clickedAt = performance.now(); }, { capture: true, once: true });
  return { unit: document.querySelector("#unit h2").textContent, bars: window.waterfall() };
}"""
Measured = dict[str, float]


def another_unit(checkouts: dict[str, Path]) -> dict[str, Measured]:
    """Checkout → medians of seconds until the waterfall is painted, and of bytes on the line and unpacked."""
    with TemporaryDirectory(prefix="supervision-bench-") as place, ExitStack() as stack:
        pages = {}
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, checkout in checkouts.items():
            port = free_port()
            environment = {**demo_year(Path(place) / name, checkout), "SUPERVISION_PORT": str(port)}
            address = f"http://127.0.0.1:{port}/ranking?period=2022-09&group={GROUP}"
            stack.enter_context(serving([sys.executable, "app.py"], address, environment, checkout))
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            sign_in(context.request, address)
            pages[name] = context.new_page()
            pages[name].goto(address)
            pages[name].wait_for_load_state("networkidle")
            pages[name].wait_for_function("""() => {
              const chart = document.querySelector("#monthly-ranking-waterfall");
              if (chart) chart.scrollIntoView();
              return Boolean(chart);
            }""")
            pages[name].wait_for_selector("#monthly-ranking-waterfall .point path", state="attached")
            pages[name].wait_for_load_state("networkidle")
        found: dict[str, list[Measured]] = {name: [] for name in pages}
        for turn in range(TIMES + UNMEASURED):
            for name, page in pages.items():
                measured = _choose(page, 1 + turn % 3)
                if turn >= UNMEASURED:
                    found[name].append(measured)
        browser.close()
    return {name: {key: median(one[key] for one in all_of) for key in all_of[0]} for name, all_of in found.items()}


def _choose(page: Page, place: int) -> Measured:
    with _counted(page) as count:
        before = page.evaluate(BEFORE)
        page.locator("#monthly-ranking-table .unit-link").nth(place).click()
        seconds = page.wait_for_function(PAINTED, arg=before, polling="raf").json_value() / 1000
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(700)
    return {"seconds": seconds, **count}


@contextmanager
def _counted(page: Page) -> Iterator[Measured]:
    """Bytes that come meanwhile, as they are sent and unpacked."""
    count: Measured = {"sent": 0, "unpacked": 0}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def add(key: str, of: str, event: dict[str, float]) -> None:
        count[key] += event[of]

    session.on("Network.loadingFinished", lambda event: add("sent", "encodedDataLength", event))
    session.on("Network.dataReceived", lambda event: add("unpacked", "dataLength", event))
    yield count
    session.detach()


def main() -> None:
    """Print both and their ratios."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.another_unit", description=__doc__)
    parser.add_argument(
        "old", type=Path, help="an older checkout of this repository, with an environment of its own or this one's"
    )
    measured = another_unit({"now": ROOT, "before": parser.parse_args().old})
    ratio = {key: measured["now"][key] / measured["before"][key] for key in measured["now"]}
    sys.stdout.write(json.dumps({**measured, "ratio": ratio}, indent=1) + os.linesep)


if __name__ == "__main__":
    main()
