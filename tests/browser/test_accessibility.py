"""What axe-core finds on the pages: nothing that would keep anybody from using them, in both themes and both languages.

axe-core comes with axe-playwright-python and is run in the page. All of its rules that rest on WCAG 2.2 A and AA, and its
best practice, are asked; what no screen reader is shown (Plotly's own drawing, which the chart's label tells) it passes over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from dashboards.components.page_list import PAGES
from tests.browser.conftest import PHONE, Server, Watched, _watch, a_context, settle

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("zh", "light"), ("en", "dark"))
HARMLESS = frozenset({"minor"})
"""Impacts that keep nobody from anything. The order asks for none that are serious or critical; there are no moderate ones either."""
ADDRESSES = (
    "/overview?period=2022-08",
    "/ranking?period=2022-08&group=department&unit=market&measure=due_cases",
    "/ranking?period=2022-10",
    "/side-by-side?period=2022-08&unit=longtanzi&with_unit=market",
    "/scores?period=2022Q2&group=town&unit=youting",
    "/casualties?period=2022&as_of=2022-09-30&unit=shuanglu",
    "/frontline?day=2022-09-30&batch=key",
    "/hazards?day=2022-09-30",
    "/disasters?day=2022-09-30",
    "/supervision?day=2022-09-30",
    "/work-plan?day=2022-09-30&article=2&item=2.1",
    "/work-plan?day=2022-09-30&item=3.4",
    "/unit?period=2022-09&unit=longtanzi",
    "/calendar?month=2022-10&new=speech&quarter=2022Q2&unit=social",
    "/tipoffs?day=2022-09-30",
    "/submissions?period=2022-09",
    "/inspection-lists?period=2022-10",
    "/publications?period=2022&publish=2022-09",
    "/schemes?scheme=quarterly_scores",
    "/administration",
    "/nowhere",
    "/enterprise?q=公司",
    "/inspection-coverage?list=repeated",
)
OUTCOMES = ("accepted", "rejected")
"""Of workbooks; each has a page of its own."""
PLAIN = (
    "/signin",
    "/password",
    "/schemes/form?scheme=monthly_ranking",
    "/documents/ranking",
    "/documents/settings",
    "/promises?unit=shuanglu&period=2022-05",
    "/promises?enterprise=91500111MAYP2357X3&period=2022Q2",
    "/original/999999",
    "/verify",
)
"""Pages without a script: what is asked of strangers, and what refuses."""
STRANGERS = "/signin"
"""What nobody sees who is signed in."""
ON_A_PHONE = (ADDRESSES[1], ADDRESSES[3], *ADDRESSES[6:13])
"""Those that a phone shows in another form: cards in place of rows, lists in place of grids."""

OF_EACH_KIND = """
(() => {
  const numbers = new Map(), kinds = new Map(), found = new Map();
  const number = (painted) => numbers.get(painted) ?? numbers.set(painted, numbers.size + 1).size;
  const kind = (element) => {
    if (!element) return 0;
    if (!kinds.has(element)) {
      const style = getComputedStyle(element);
      kinds.set(element, number([
        kind(element.parentElement), element.tagName, element.getAttribute("class"), style.color, style.backgroundColor,
        style.backgroundImage, style.opacity, style.position, style.fontSize, style.fontWeight, style.textShadow,
      ].join()));
    }
    return kinds.get(element);
  };
  for (const element of document.querySelectorAll("body, body *")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const words = [...element.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.textContent.trim());
    const own = `${kind(element)} ${words} ${element.disabled}`;
    const [first] = found.get(own) ?? [element];
    found.set(own, [first, element]);
  }
  for (const ends of found.values()) ends.forEach((one) => one.setAttribute("data-of-its-kind", ""));
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-of-its-kind]" }] });
})();
"""
"""Contrast is nine tenths of what axe-core does, and most of that for hundreds of cells that are painted alike, from the page's
ground up to the text, by every style that makes a contrast: it is asked of the first and the last of them alone."""


@dataclass(frozen=True)
class Eye:
    """Somebody who looks at pages for axe-core; nothing moves while it looks."""

    watched: Watched
    server: Server

    def faults(self, address: str) -> list[str]:
        """In Chinese in the light, and in English in the dark: words do not hang on the theme, nor colours on the language."""
        found = []
        for language, theme in LOOKS:
            self.watched.page.emulate_media(color_scheme=theme)
            self.watched.begin()
            page = self.open(address, language)
            assert page.locator("html").get_attribute("data-bs-theme") == theme
            found += [f"{language} {theme}: {one}" for one in (*self.judged(page), *self.silent(page))]
        return found

    def open(self, address: str, language: str) -> Page:
        """The page with all that can be opened on it: notes, and lists as grids."""
        address += f"{'&' if '?' in address else '?'}lang={language}"
        page = self.watched.page
        if address.startswith(STRANGERS):
            page.goto(self.server.url + address)
        else:
            self.watched.open(self.server, address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        for a_list in page.locator(".record-list").filter(visible=True).all():
            a_list.scroll_into_view_if_needed()
            is_empty = a_list.locator(".list-form .empty-note").count() > 0  # without rows it has no grid
            if not self.on_a_phone and not is_empty:
                expect(a_list).to_have_attribute("aria-busy", "false")
        settle(page)
        return page

    @property
    def on_a_phone(self) -> bool:
        """Whether the screen is narrow."""
        return self.watched.page.viewport_size == PHONE

    def judged(self, page: Page) -> list[str]:
        """What axe-core finds on the page as it stands."""
        axe = Axe(AXE_SCRIPT + OF_EACH_KIND)
        found = axe.run(page, options={"resultTypes": ["violations"], "runOnly": RULES}).response["violations"]
        return [
            f"{one['impact']} {one['id']}: {node['target']} {node['html'][:120]}"
            for one in found
            if one["impact"] not in HARMLESS
            for node in one["nodes"]
        ]

    def silent(self, page: Page) -> list[str]:
        """The charts whose label is but a name, and not what they say."""
        labels = page.locator("[role=figure]").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        return [
            f"chart without its message: {one}" for one in labels if not one.rstrip().endswith((".", "。", "；", ";"))
        ]


@pytest.fixture(scope="module")
def screens_at_rest(chromium: Browser) -> Iterator[dict[str, Watched]]:
    """A desk and a phone on which nothing moves: a colour that is still changing is no colour."""
    contexts = {
        "desk": a_context(chromium, color_scheme="light", reduced_motion="reduce"),
        "phone": a_context(chromium, color_scheme="dark", reduced_motion="reduce", viewport=PHONE),
    }
    yield {name: _watch(context.new_page()) for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture
def desk_eye(screens_at_rest: dict[str, Watched], server: Server) -> Eye:
    """Looks at 1366×768."""
    screens_at_rest["desk"].begin()
    return Eye(screens_at_rest["desk"], server)


@pytest.fixture
def phone_eye(screens_at_rest: dict[str, Watched], server: Server) -> Eye:
    """Looks at phone width, in the dark."""
    screens_at_rest["phone"].begin()
    return Eye(screens_at_rest["phone"], server)


def test_every_page_is_looked_at() -> None:
    """No page escapes."""
    assert {page.path for page in PAGES} <= {one.partition("?")[0] for one in ADDRESSES}


@pytest.mark.parametrize("address", [*ADDRESSES, *PLAIN])
def test_nothing_keeps_anybody_out(desk_eye: Eye, address: str) -> None:
    """Neither contrast nor names nor structure, light and dark, Chinese and English."""
    assert desk_eye.faults(address) == []


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_page_of_a_workbook_keeps_nobody_out(desk_eye: Eye, outcome: str) -> None:
    """What became of a workbook: its problems, its changes, what can be done with it."""
    assert desk_eye.faults(_workbook(desk_eye.server, outcome)) == []


@pytest.mark.parametrize("address", ON_A_PHONE)
def test_nothing_keeps_anybody_out_on_a_phone(phone_eye: Eye, address: str) -> None:
    """Rows that became cards are still rows with names."""
    assert phone_eye.judged(phone_eye.open(address, "zh")) == []


def _workbook(server: Server, outcome: str) -> str:
    """The address of a ledger with this outcome."""
    database = server.environment["SUPERVISION_DATABASE_URL"].removeprefix("sqlite:///")
    asked = "SELECT min(submission), period FROM submission WHERE status = ? AND kind = 'enforcement'"
    with closing(sqlite3.connect(database)) as connection:
        number, period = connection.execute(asked, (outcome,)).fetchone()
    return f"/submissions?period={period}&submission={number}"
