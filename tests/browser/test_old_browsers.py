"""Where a page would stay white its reader is told why: a browser that is too old, and one without JavaScript."""

from __future__ import annotations

from contextlib import closing

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, Watched, a_context

OLD = "delete Element.prototype.replaceChildren;"
"""What Chromium 86 was the first to have."""


def test_an_old_browser_is_told(chromium: Browser, server: Server) -> None:
    """From the first page on, instead of a page that never comes."""
    with closing(a_context(chromium)) as context:
        context.add_init_script(OLD)
        page = context.new_page()
        watched = Watched(page)
        watched.sign_in(server, "office")
        page.goto(f"{server.url}/overview")
        expect(page.locator(".too-old-note")).to_be_visible()
        expect(page.locator(".too-old-note")).to_contain_text("Chromium 86")


def test_a_browser_without_javascript_is_told(chromium: Browser, server: Server) -> None:
    """Signing in works without; the pages behind it say what they need."""
    with closing(a_context(chromium, java_script_enabled=False)) as context:
        page = context.new_page()
        Watched(page).sign_in(server, "office")
        page.goto(f"{server.url}/overview")
        expect(page.locator(".browser-note", has_text="JavaScript")).to_be_visible()
        expect(page.locator(".too-old-note")).to_be_hidden()
