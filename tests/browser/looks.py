"""How pages look in both themes: of each size a page is visited once, and then switched to the other theme as a reader does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.browser.appearance import faults
from tests.browser.conftest import PATIENCE, Server, Watched, settle

BEGINS = {"wide": "light", "phone": "dark"}
"""In which theme a page is opened on a screen of this size: so it is opened in each, and switched to each."""
OTHER = {"light": "dark", "dark": "light"}
_BEFORE = (
    "() => document.querySelectorAll('.js-plotly-plot').forEach(one => { one.templateBefore = one.layout.template; })"
)
_REDRAWN = """theme => document.documentElement.getAttribute("data-bs-theme") === theme
  && [...document.querySelectorAll(".js-plotly-plot")].every(one => one.layout.template !== one.templateBefore)"""


@dataclass(frozen=True)
class Look:
    """What was wrong with a page in a theme, by its looks and besides, and where an element stood that was asked for."""

    theme: str
    faults: list[str]
    troubles: list[str]
    box: dict[str, float] | None


class Looks:
    """The pages that were visited already; what they show nobody changes."""

    def __init__(self, screens: Callable[[str], Watched]) -> None:
        self._screens = screens
        self._seen: dict[tuple[str, str, str], dict[str, Look]] = {}

    def at(self, server: Server, address: str, screen: str, element: str | None = None) -> Look:
        """How an address looks to the office on a screen (``wide-light``); ``element``: where it stands."""
        size, theme = screen.split("-")
        key = (server.url + address, size, element or "")
        if key not in self._seen:
            watched = self._screens(f"{size}-{BEGINS[size]}")
            watched.open(server, address)
            first = self._look(watched, BEGINS[size], element)
            _switch(watched.page, OTHER[BEGINS[size]])
            second = self._look(watched, OTHER[BEGINS[size]], element)
            self._seen[key] = {one.theme: one for one in (first, second)}
        return self._seen[key][theme]

    def _look(self, watched: Watched, theme: str, element: str | None) -> Look:
        page = watched.page
        assert page.locator("html").get_attribute("data-bs-theme") == theme
        box: Any = None if element is None else page.locator(element).bounding_box()
        return Look(theme, faults(page), [*watched.troubles], box)


def _switch(page: Page, theme: str) -> None:
    """Press the button of the themes, and wait until every chart is drawn in the other one."""
    page.evaluate(_BEFORE)
    page.locator("[data-switch-theme]").click()
    page.wait_for_function(_REDRAWN, arg=theme, timeout=PATIENCE * 1000)
    settle(page)
