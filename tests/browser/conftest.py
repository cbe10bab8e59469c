"""A real server with the demo year, and a real Chromium that reports what goes wrong on a page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
TODAY = "2022-10-08"
PATIENCE = 60
"""Seconds after which what does not come is given up. It protects, and no test is about it: a busy machine is slow, not wrong."""
READY = re.compile(r"http://127\.0\.0\.1:\d+")
FRAMES = 6
"""So many pictures of the page in a row must be the same: what Dash hands to the browser is drawn in the next one or two."""
SETTLED = f"""() => {{
  const page = window.store && window.store.getState();
  const open = page ? Object.entries(page.callbacks).filter(([name]) => name !== "stored" && name !== "completed") : [];
  const plain = document.readyState === "complete" && document.querySelector("#react-entry-point") === null;
  const done = plain || page && !page.isLoading && document.readyState === "complete"
    && open.every(([_name, callbacks]) => !callbacks.length)
    && document.querySelector("#react-entry-point #_pages_content > *") !== null
    && document.querySelector("[data-dash-is-loading=true], .dash-graph:not(:has(.main-svg))") === null;
  window.stillFrames = done ? (window.stillFrames || 0) + 1 : 0;
  if (window.stillFrames < {FRAMES}) return false;
  window.stillFrames = 0;
  return true;
}}"""
"""That Dash has nothing left to ask or to show: no callback is requested, running or unanswered, every chart is drawn.
A page without Dash is there when it is loaded."""

expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Server:
    """A running application and the environment it was started with."""

    url: str
    environment: dict[str, str]


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SUPERVISION_DATABASE_URL": f"sqlite:///{folder}/supervision.db",
        "SUPERVISION_ARCHIVE_DIR": str(folder / "archive"),
        "SUPERVISION_TODAY": TODAY,
        "SUPERVISION_PORT": "0",
        "SUPERVISION_DEMO": "1",
    }


def _command(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)


def _serve(environment: dict[str, str]) -> Iterator[Server]:
    """The application on a port that is its own from the first moment; it says itself where, when it answers."""
    log = Path(environment["SUPERVISION_ARCHIVE_DIR"]).parent / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            yield Server(_ready(process, log), environment)
        finally:
            process.terminate()
            process.wait()


def _ready(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server tells once it listens."""
    while (told := READY.search(log.read_text(encoding="utf-8"))) is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
            pytest.fail(log.read_text(encoding="utf-8"))
    return told[0]


@pytest.fixture(scope="session")
def nothing_sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installation as ``data init`` makes it; to copy from."""
    folder = tmp_path_factory.mktemp("nothing-sent")
    _command(_environment(folder), "data", "init")
    return folder


@pytest.fixture(scope="session")
def demo_year(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo year, loaded through the real ETL; to copy from."""
    folder = tmp_path_factory.mktemp("demo-year") / "loaded"
    shutil.copytree(nothing_sent, folder)
    _command(_environment(folder), "etl", "demo")
    return folder


def _serve_copy(installation: Path, folder: Path) -> Iterator[Server]:
    shutil.copytree(installation, folder)
    yield from _serve(_environment(folder))


@pytest.fixture(scope="session")
def server(demo_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo year on a server; tests only look."""
    yield from _serve_copy(demo_year, tmp_path_factory.mktemp("server") / "shown")


@pytest.fixture
def own_server(demo_year: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo year on a server of one test, which may change it."""
    yield from _serve_copy(demo_year, tmp_path / "own")


@pytest.fixture(scope="session")
def bare_server(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on which nothing was ever sent; tests only look."""
    yield from _serve_copy(nothing_sent, tmp_path_factory.mktemp("bare") / "shown")


@pytest.fixture
def empty_server(nothing_sent: Path, tmp_path: Path) -> Iterator[Server]:
    """The same of one test, which may change it."""
    yield from _serve_copy(nothing_sent, tmp_path / "empty")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is not installed: run `make setup-tests`, or apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=PATIENCE * 1000)
        yield browser
        browser.close()


def a_context(browser: Browser, **options: Any) -> BrowserContext:
    """Somebody's browser, as patient as a test must be."""
    context = browser.new_context(locale="zh-CN", **{"viewport": WIDE, **options})
    context.set_default_timeout(PATIENCE * 1000)
    return context


def token_in(document: str) -> str:
    """The token against forged requests that a page's forms carry."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', document)
    assert found, document
    return found[1]


@dataclass
class Watched:
    """A page, and what went wrong on it besides its looks. Whoever looks is the office unless the test says otherwise."""

    page: Page
    troubles: list[str] = field(default_factory=list)
    role: str = "office"
    signed_in_at: str = ""

    def open(self, server: Server, address: str) -> Page:
        """Go to an address of the server, signed in, and wait until all callbacks have answered."""
        if self.signed_in_at != server.url:
            self.sign_in(server, self.role)
        self.page.goto(server.url + address)
        settle(self.page)
        return self.page

    def forget(self) -> None:
        """Be nobody again: a browser that is kept for several tests keeps its cookies too."""
        self.page.context.clear_cookies(name="session")
        self.signed_in_at = ""

    def sign_in(self, server: Server, role: str, **form: str) -> None:
        """What the demo's button for a role does."""
        self.forget()
        token = token_in(self.page.request.get(f"{server.url}/signin").text())
        sent = {"csrf_token": token, **form}
        answer = self.page.request.post(f"{server.url}/signin/demo/{role}", form=sent, max_redirects=0)
        assert answer.status == 303, answer.text()
        self.role, self.signed_in_at = role, server.url


class Caller:
    """Somebody who asks a server without a browser, signed in by the demo's button for a role."""

    def __init__(self, server: Server, role: str = "office") -> None:
        self.server = server
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self.ask(f"/signin/demo/{role}", {"csrf_token": token_in(self.ask("/signin")[1])})
        self.token = next(str(cookie.value) for cookie in self._jar if cookie.name == "_csrf_token")

    def ask(
        self, address: str, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and text of an answer; with a form it is sent by POST."""
        body = None if form is None else urllib.parse.urlencode(form).encode()
        asked = urllib.request.Request(self.server.url + address, body, {"Origin": self.server.url, **(headers or {})})
        try:
            with self._opener.open(asked, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()


def leave(what: Locator) -> None:
    """Click on what leads away from a page, and wait until the next one is there: until then one would look at the old one."""
    with what.page.expect_navigation():
        what.click()


def settle(page: Page) -> None:
    """Wait until the page is there, nothing is asked or loading and every chart is drawn.

    A quiet network says nothing: a busy browser may not yet have begun to ask.
    """
    page.wait_for_function(SETTLED)


def _watch(page: Page) -> Watched:
    watched = Watched(page)
    page.on("console", lambda message: watched.troubles.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: watched.troubles.append(str(error)))
    page.on("request", lambda request: _only_ours(watched, request.url))
    page.on(
        "response",
        lambda answer: watched.troubles.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None,
    )
    return watched


def _only_ours(watched: Watched, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1":
        watched.troubles.append(f"asks another host: {url}")


@pytest.fixture(scope="session")
def screens(chromium: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """A browser at 1366×768 and at phone width, light and dark: kept, so that its scripts are loaded once."""
    kept: dict[str, BrowserContext] = {}

    def screen_of(name: str) -> BrowserContext:
        if name not in kept:
            size, scheme = name.split("-")
            viewport = WIDE if size == "wide" else PHONE
            kept[name] = a_context(chromium, viewport=viewport, color_scheme=scheme)
        return kept[name]

    yield screen_of
    for context in kept.values():
        context.close()


@pytest.fixture(params=["wide-light", "wide-dark", "phone-light", "phone-dark"])
def screen(request: pytest.FixtureRequest, screens: Callable[[str], BrowserContext]) -> Iterator[Watched]:
    """A new page at 1366×768 and at phone width, light and dark; nobody is signed in yet."""
    context = screens(str(request.param))
    context.clear_cookies(name="session")
    page = context.new_page()
    yield _watch(page)
    page.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Watched]:
    """A page on a clerk's screen."""
    context = a_context(chromium)
    yield _watch(context.new_page())
    context.close()
