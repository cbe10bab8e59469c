"""Script in every text that people can send, shown by a real browser on every page: it stays text, nothing of it comes to life."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ROOT, Server, Watched, draw_all, leave, settle
from tests.integration.ledgers import Book, ledger, targets
from tests.integration.papers import (
    accident,
    accidents,
    disasters,
    enterprises,
    hazards,
    review,
    self_assessment,
    supervision,
    tasks,
    tipoffs,
)

ALIVE = "document.title='alive'"
EVIL = (
    f'<img src=x onerror="{ALIVE}">',
    f'"><svg onload="{ALIVE}">',
    f'</script><script>{ALIVE}</script>',
    f"<a href=\"javascript:{ALIVE}\">点这里</a>",
    f'{{{{constructor.constructor("{ALIVE}")()}}}}',
    '<iframe srcdoc="<script>parent.document.title=1</script>"></iframe>',
)  # fmt: skip
COMES_TO_LIFE = (
    "img[src='x'], svg[onload], iframe, a[href^='javascript'], main script, [onerror], [onclick], object, embed"
)
STRANGE = "%3Cimg+src%3Dx+onerror%3D%22document.title%3D%27alive%27%22%3E"
UNITS_PAGES = (
    "/overview?period=2022-06",
    "/ranking?period=2022-05&group=town&unit=longtanzi&measure=inspections",
    "/scores?period=2022Q2&group=town&unit=longtanzi",
    "/casualties?period=2022",
    "/submissions?period=2022-05&submission=3",
)
ADDRESSES = {
    "office": (
        *UNITS_PAGES,
        "/overview?period=2022-05",
        "/ranking?period=2022-05&group=town&unit=longtanzi&measure=penalties",
        "/scores?period=2022Q2&group=town&unit=shuanglu",
        "/casualties?period=2022&unit=longtanzi",
        "/submissions?period=2022Q2&submission=11",
        "/unit?period=2022-05&unit=longtanzi",
        "/hazards?day=2022-05-31&grade=major&unit=longtanzi",
        "/enterprise?q=%E5%85%AC%E5%8F%B8&code=91502914MA3FQEFLC0",
        "/supervision?day=2022-05-31&unit=longtanzi",
        "/tipoffs?day=2022-05-31",
        "/disasters?day=2022-05-31&unit=longtanzi",
        "/work-plan?day=2022-06-30&item=10.1",
        *(f"{path}?period={STRANGE}&unit={STRANGE}&group={STRANGE}" for path in ("/ranking", "/scores", "/casualties")),
    ),
    "unit": UNITS_PAGES,
    "admin": ("/administration", f"/administration?account={STRANGE}"),
}
"""The pages on which each role reads what was written."""


def _books() -> Iterator[tuple[str, Book]]:
    """A workbook of every kind whose text columns are script, and one that is refused with script in its problems."""
    evil = itertools.cycle(EVIL)
    may = ledger("2022-05", "longtanzi")
    may.put({f"{column}{row}": next(evil) for column in "CHPT" for row in (2, 3, 4)})
    may.put({"I4": EVIL[0], "O3": EVIL[1], "整改复查!I2": EVIL[2]})
    own = self_assessment("longtanzi").put({f"{column}{row}": next(evil) for column in "CFGH" for row in range(2, 12)})
    marks = review().put({f"D{row}": next(evil) for row in range(2, 22)})
    marks.put({"加减分与否决!E2": EVIL[0]}).put(
        {f"加减分与否决!{cell}3": value for cell, value in (("A", "双路街道"), ("D", "是"), ("E", EVIL[1]))}
    )
    rows = [
        accident(text, date(2022, 5, day), 3 if day == 1 else 1, 事故单位=text, 备注=text)
        for day, text in enumerate(EVIL, start=1)
    ]
    refused = ledger("2022-05", "shuanglu").put({"B2": EVIL[0], "E3": EVIL[1], "J3": EVIL[2], "Z1": EVIL[3]})
    listed = enterprises().put({"A2": EVIL[0], "A3": EVIL[1], "A4": EVIL[1], "J2": EVIL[2]})
    found = hazards().put({"A3": EVIL[3] + "1", "C2": EVIL[0], "C3": EVIL[1], "G2": EVIL[2], "I3": EVIL[4]})
    ordered = supervision().put({"A2": f"1{EVIL[0]}", "E2": EVIL[1], "E3": EVIL[2], "J3": EVIL[3]})
    told_on = tipoffs().put({"A2": f"2{EVIL[1]}", "D2": EVIL[0], "D3": EVIL[4]})
    struck = disasters().put({"A2": EVIL[0], "C2": EVIL[1], "C3": EVIL[4], "P3": EVIL[2]})
    planned = tasks().put({"B3": EVIL[0], "G2": EVIL[1], "H2": EVIL[3], "I3": EVIL[2]})
    of_assessment = targets(), may, own, marks, accidents("2022-06", *rows)
    for number, book in enumerate((*of_assessment, listed, found, ordered, told_on, struck, planned, refused)):
        name = EVIL[number % 2].replace("/", "").replace("\0", "")
        yield f"{number}{name}.xlsx", book


def _run(server: Server, *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=server.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode in {0, 1}, ended.stderr
    return ended.stdout


@pytest.fixture
def poisoned(empty_server: Server, tmp_path: Path) -> Server:
    """An installation into which somebody wrote script wherever text may be written."""
    folder = tmp_path / "books"
    folder.mkdir()
    paths = [str(book.write(folder / name)) for name, book in _books()]
    told = _run(empty_server, "etl", "load", *paths, "--received-at", "2022-07-04T10:00:00+08:00", "--json")
    assert sorted(one["status"] for one in json.loads(told)["files"]) == ["accepted"] * 11 + ["rejected"]
    _run(
        empty_server, "data", "users", "add", "evil", "--role", "unit", "--unit", "longtanzi", "--display", EVIL[0][:60]
    )
    return empty_server


def _decide(page: Page, server: Server) -> None:
    """Script as the reason of a decision, sent by the page's own form."""
    page.goto(f"{server.url}/scores?period=2022Q2&group=town&unit=longtanzi")
    settle(page)
    page.locator("textarea[name=reason]").fill(EVIL[0])
    leave(page.locator("button[name=confirmed][value=no]"))


def _send(page: Page, server: Server, folder: Path) -> None:
    """Script as file name and note of an upload."""
    page.goto(f"{server.url}/submissions?period=2022-05")
    settle(page)
    page.locator("details summary").first.click()
    page.locator("#submissions-note").fill(EVIL[0])
    path = ledger("2022-06", "longtanzi").put({"C2": EVIL[0]}).write(folder / f"{EVIL[0]}.xlsx")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-choose-files]").first.click()
    chooser.value.set_files(path)
    page.locator("#submissions-followed article").first.wait_for()
    settle(page)


def _alive(page: Page) -> list[str]:
    """What of the script came to life on the page."""
    found = page.eval_on_selector_all(COMES_TO_LIFE, "nodes => nodes.map(node => node.outerHTML.slice(0, 80))")
    return [*found, *(["the title"] if "alive" in page.title() or page.title() == "1" else [])]


def _point_at_charts(page: Page) -> None:
    """Texts under the pointer are made only when it is there."""
    for chart in draw_all(page).locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        if box is not None:
            page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.3)


def test_script_in_any_text_stays_text_on_every_page(poisoned: Server, desk: Watched, tmp_path: Path) -> None:
    """Workbooks, file names, notes, reasons, persons' names, addresses: no element, no dialog, no error, no other host."""
    desk.sign_in(poisoned, "office")
    _decide(desk.page, poisoned)
    _send(desk.page, poisoned, tmp_path)
    assert _alive(desk.page) == []
    seen = ""
    for role, addresses in ADDRESSES.items():
        desk.sign_in(poisoned, role, **({"unit": "longtanzi"} if role == "unit" else {}))
        for address in addresses:
            page = desk.open(poisoned, address)
            _point_at_charts(page)
            assert _alive(page) == [], (role, address)
            seen += page.locator("main").inner_text()
    assert [evil for evil in EVIL[:2] if evil not in seen] == []
    assert desk.dialogs == []
    assert desk.troubles == []


def test_what_comes_to_life_is_noticed(desk: Watched) -> None:
    """The look at a page finds each of the texts where a page renders it."""
    with closing(desk.page.context.new_page()) as page:
        for evil in EVIL:
            if evil.startswith("{{"):
                continue  # runs only in template engines of the browser, which there are none of
            page.set_content(f"<main>{evil}</main>")
            assert _alive(page) != [], evil
