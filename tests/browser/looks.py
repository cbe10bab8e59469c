"""How pages look on both sizes of screen and in both themes: a page is visited once, switched to the other theme and put on a screen
of the other size, as its reader may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from playwright.sync_api import Page

from tests.browser.appearance import faults
from tests.browser.conftest import PATIENCE, PHONE, SCREENS, WIDE, Server, Watched, settle

SIZES = {"wide": WIDE, "phone": PHONE}
ORDERS = (
    ("wide-light", "wide-dark", "phone-dark", "phone-light"),
    ("phone-dark", "phone-light", "wide-light", "wide-dark"),
)
"""The first is how a page is opened, half of them on a desk and half on a phone; each theme is switched to."""
_BEFORE = (
    "() => document.querySelectorAll('.js-plotly-plot').forEach(one => { one.templateBefore = one.layout.template; })"
)
_REDRAWN = """theme => document.documentElement.getAttribute("data-bs-theme") === theme
  && [...document.querySelectorAll(".js-plotly-plot")].every(one => one.layout.template !== one.templateBefore)"""
_AS_WIDE_AS_ITS_PLACE = """width => window.innerWidth === width && [...document.querySelectorAll(".js-plotly-plot")]
  .every(one => Math.abs(one._fullLayout.width - parseFloat(getComputedStyle(one).width)) < 2)"""

Does = Callable[[Page], object]
Reads = Callable[[Page], Any]


@dataclass(frozen=True)
class Look:
    """What was wrong with a page on a screen, by its looks and besides, and what was read there."""

    screen: str
    faults: list[str]
    troubles: list[str]
    read: Any


@dataclass(frozen=True)
class Visit:
    """An address of an installation, as a role opens it; what is done there first, and read on each screen."""

    installation: str
    address: str
    role: str = "office"
    does: Does | None = None
    reads: Reads | None = None


class Looks:
    """The pages that were visited already; what they show nobody changes."""

    def __init__(self, screens: Callable[[str], Watched]) -> None:
        self._screens = screens
        self._seen: dict[Visit, dict[str, Look]] = {}

    def at(self, server: Server, visit: Visit, screen: str) -> Look:
        """How an address looks on a screen (``wide-light``)."""
        if visit not in self._seen:
            self._seen[visit] = {one.screen: one for one in self._all(server, visit)}
        return self._seen[visit][screen]

    def _all(self, server: Server, visit: Visit) -> Iterator[Look]:
        order = ORDERS[crc32(visit.address.encode()) % len(ORDERS)]
        assert sorted(order) == sorted(SCREENS)
        watched = self._screens(order[0])
        watched.role = visit.role
        page = watched.open(server, visit.address)
        if visit.does is not None:
            visit.does(page)
            settle(page)
        at = order[0]
        try:
            for screen in order:
                _go(page, at, screen)
                at = screen
                yield _look(watched, screen, visit.reads)
        finally:
            page.set_viewport_size(SIZES[order[0].partition("-")[0]])  # type: ignore[arg-type]


def faults_on_each_screen(page: Page, at: str) -> dict[str, list[str]]:
    """What is wrong with a page on each screen, onto which it is put one after the other, and back onto the one that it is on."""
    order = ORDERS[0][ORDERS[0].index(at) :] + ORDERS[0][: ORDERS[0].index(at)]
    found, before = {}, at
    for screen in order:
        _go(page, before, screen)
        found[screen], before = faults(page), screen
    _go(page, before, at)
    return found


def _look(watched: Watched, screen: str, reads: Reads | None) -> Look:
    page = watched.page
    assert page.locator("html").get_attribute("data-bs-theme") == screen.partition("-")[2]
    read = None if reads is None else reads(page)
    return Look(screen, faults(page), [*watched.troubles], read)


def _go(page: Page, before: str, screen: str) -> None:
    """From one screen to the next: of another size, or in the other theme."""
    (size, theme), (old_size, old_theme) = screen.split("-"), before.split("-")
    if size != old_size:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.wait_for_function(_AS_WIDE_AS_ITS_PLACE, arg=SIZES[size]["width"], timeout=PATIENCE * 1000)
        settle(page)
    if theme != old_theme:
        _switch(page, theme)


def _switch(page: Page, theme: str) -> None:
    """Press the button of the themes, and wait until every chart is drawn in the other one; pages without a button get it from first.js."""
    page.evaluate(_BEFORE)
    button = page.locator("[data-switch-theme]")
    if button.count():
        button.click()
    else:
        page.evaluate("theme => window.supervision.showTheme(theme)", theme)
    page.wait_for_function(_REDRAWN, arg=theme, timeout=PATIENCE * 1000)
    settle(page)
