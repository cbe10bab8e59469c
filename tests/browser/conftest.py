"""A real server with the demo year, and a real Chromium that reports what goes wrong on a page."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect, sync_playwright

from data.intake.archive import Archive
from data.intake.carrying_out import waiting
from data.settings import Settings
from data.store import reader
from etl.annotate.waiting import _next as to_be_annotated
from tests.demo_year import ROOT, environment_of, made_once, settings_of
from tests.integration.sample_register import load as load_the_register

if TYPE_CHECKING:
    from tests.browser.looks import Look, Looks

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # no page lives long enough to earn what optimising it costs, nor to fill so much memory that it must be tidied
    "--js-flags=--no-opt --single-threaded-gc --min-semi-space-size=32 --max-semi-space-size=64",
)  # fmt: skip
SCREENS = ("wide-light", "wide-dark", "phone-light", "phone-dark")
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PATIENCE = 60
"""Seconds after which what does not come is given up. It protects, and no test is about it: a busy machine is slow, not wrong."""
READY = re.compile(r"http://127\.0\.0\.1:\d+")
FRAMES = 6
"""So many pictures of the page in a row must be the same: what Dash hands to the browser is drawn in the next one or two."""
AT_WORK = (
    "[data-dash-is-loading=true], [data-draws=soon], .never-asked, .dash-graph:not(:has(.main-svg, [data-draws=later]))"
)
"""What a page has while it is not yet as its reader will see it."""
SETTLED = f"""() => {{
  const page = window.store && window.store.getState();
  const open = page ? Object.entries(page.callbacks).filter(([name]) => name !== "stored" && name !== "completed") : [];
  const plain = document.readyState === "complete" && document.querySelector("#react-entry-point") === null;
  const done = plain || page && !page.isLoading && document.readyState === "complete"
    && open.every(([_name, callbacks]) => !callbacks.length)
    && document.querySelector("#react-entry-point #_pages_content > *") !== null
    && document.querySelector("{AT_WORK}") === null;
  window.stillFrames = done ? (window.stillFrames || 0) + 1 : 0;
  if (window.stillFrames < {FRAMES}) return false;
  window.stillFrames = 0;
  return true;
}}"""
"""That Dash has nothing left to ask or to show: no callback is requested, running or unanswered, every chart near to what is
seen is drawn. A page without Dash is there when it is loaded."""

DRAW_ALL = """() => {
  const waited = document.querySelector("[data-draws]") !== null;
  if (waited) window.supervision.drawAll();
  return waited;
}"""
ON_ITS_WAY = ("Execution context was destroyed", "net::ERR_ABORTED")
"""How it is told that a page was going elsewhere when it was asked to leave: before it could be asked, and after."""
GO_ON = """address => {
  history.pushState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}"""
FORGET_AND_LEAVE = (
    "() => { localStorage.clear(); sessionStorage.clear(); setTimeout(() => location.replace('about:blank'), 0); }"
)
"""It leaves once it has answered: a page that is gone answers nothing."""

expect.set_options(timeout=PATIENCE * 1000)


@dataclass
class Server:
    """A running application and the environment it was started with."""

    url: str
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        """The installation that it serves."""
        return settings_of(self.environment)


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


@dataclass
class Stage:
    """A server for many tests: each finds on it the installation that it asks for, as if nobody had been there before."""

    server: Server
    holds: Path | None = None
    """The installation that it was given last, unless somebody may have changed it since."""

    def show(self, installation: Path) -> Server:
        """The server with an installation that tests only look at."""
        if self.holds != installation:
            self._put_back(installation)
            self.holds = installation
        return self.server

    def lend(self, installation: Path) -> Server:
        """The server with an installation that the test may change."""
        self._put_back(installation)
        self.holds = None
        return self.server

    def _put_back(self, installation: Path) -> None:
        """Database and archive as they were: the server keeps nothing of them beside, and its worker has nothing to do."""
        settings = self.server.settings
        archive = Archive(settings.archive_dir)
        deadline = time.monotonic() + PATIENCE
        while not _is_idle(settings, archive):
            assert time.monotonic() < deadline, "the worker does not come to an end"
            time.sleep(0.05)
        database = settings.database_url.removeprefix("sqlite:///")
        with (
            archive.loading(),
            closing(sqlite3.connect(installation / "supervision.db")) as kept,
            closing(sqlite3.connect(database)) as served,
        ):
            kept.backup(served)
            _make_alike(installation / "archive", settings.archive_dir)


def _is_idle(settings: Settings, archive: Archive) -> bool:
    """Whether the worker has neither a workbook to load nor one to annotate."""
    with reader(settings.database_url).connect() as connection:
        found = waiting(connection, archive, settings.zone)
        left = found.waiting or found.undecided or found.untold
        return not left and to_be_annotated(connection, settings.zone) is None


def _make_alike(wanted: Path, folder: Path) -> None:
    """The files of one folder in another, and no others but locks, which somebody may hold."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".lock" and not (wanted / path.relative_to(folder)).exists():
            path.unlink()
    for path in wanted.rglob("*"):
        here = folder / path.relative_to(wanted)
        if path.is_dir():
            here.mkdir(exist_ok=True)
        elif path.suffix != ".lock" and (not here.exists() or here.read_bytes() != path.read_bytes()):
            unfinished = here.with_name(f"{here.name}.put-back")
            shutil.copy2(path, unfinished)
            unfinished.replace(here)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Choices that begin at the same address come one after the other, in whatever order, and share a visit."""
    first: dict[tuple[str, str], int] = {}
    items.sort(key=lambda item: first.setdefault(_begins(item), len(first)))


def _begins(item: pytest.Item) -> tuple[str, str]:
    """Where a choice begins; any other test by itself."""
    asked = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    begins = getattr(asked.get("choice"), "address", None)
    return (item.nodeid, "") if begins is None else (item.nodeid.partition("[")[0], begins)


@pytest.fixture(scope="session")
def demo(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The server of the demo."""
    folder = tmp_path_factory.mktemp("demo") / "served"
    shutil.copytree(nothing_sent, folder)
    for server in _serve(environment_of(folder)):
        yield Stage(server)


@pytest.fixture
def server(demo: Stage, demo_year: Path) -> Server:
    """The demo year on a server; tests only look."""
    return demo.show(demo_year)


@pytest.fixture(scope="session")
def register_year(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample lists of enterprises, ledgers of front-line duty, of hazards, warnings and disasters, supervision and tip-offs; to copy from."""

    def make(folder: Path) -> None:
        shutil.copytree(nothing_sent, folder)
        load_the_register(
            settings_of(environment_of(folder)),
            "企业名录",
            "一线责任制",
            "重大隐患",
            "灾害与预警",
            "督查台账",
            "举报与失信惩戒",
        )

    return made_once(tmp_path_factory, "register-year", make)


@pytest.fixture
def register_server(demo: Stage, register_year: Path) -> Server:
    """The same on a server; tests only look."""
    return demo.show(register_year)


@pytest.fixture
def own_server(demo: Stage, demo_year: Path) -> Server:
    """The demo year on a server, for a test that may change it."""
    return demo.lend(demo_year)


@pytest.fixture
def bare_server(demo: Stage, nothing_sent: Path) -> Server:
    """A server on which nothing was ever sent; tests only look."""
    return demo.show(nothing_sent)


@pytest.fixture
def empty_server(demo: Stage, nothing_sent: Path) -> Server:
    """The same for a test that may change it."""
    return demo.lend(nothing_sent)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without the window that nobody sees, where that build is installed: it costs a fifth less."""
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
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
    dialogs: list[str] = field(default_factory=list)
    role: str = "office"
    signed_in_at: str = ""

    def open(self, server: Server, address: str) -> Page:
        """Go to an address of the server, signed in, and wait until all callbacks have answered."""
        if self.signed_in_at != server.url:
            self.sign_in(server, self.role)
        self.page.goto(server.url + address)
        settle(self.page)
        return self.page

    def go_on(self, server: Server, address: str) -> Page:
        """Go from a page of the server to another one as a link or the way back leads there: its scripts run already."""
        assert self.signed_in_at == server.url
        assert self.page.url.startswith(server.url)
        self.page.evaluate(GO_ON, address)
        settle(self.page)
        return self.page

    def begin(self) -> None:
        """Be a new page of a new browser, but for the scripts that it need not load again."""
        self.forget()
        self.page.mouse.move(0, 0)
        self.role, self.signed_in_at = "office", ""
        self.troubles.clear()
        self.dialogs.clear()

    def forget(self) -> None:
        """Nobody is signed in, and nothing is remembered."""
        self._rest()
        self.page.context.clear_cookies()

    def _rest(self) -> None:
        """Leave a page, which would ask on as somebody who is not signed in any more; it leaves by itself, for a browser
        that is told to go begins another process for the next page.

        Whoever had it before may have left it on its way to another: then that one is left.
        """
        while urlsplit(self.page.url).scheme == "http":
            try:
                with self.page.expect_navigation(url="about:blank"):
                    self.page.evaluate(FORGET_AND_LEAVE)
            except Error as error:
                if not any(words in error.message for words in ON_ITS_WAY):
                    raise
                self.page.wait_for_load_state()

    def sign_in(self, server: Server, role: str, **form: str) -> None:
        """What the demo's button for a role does."""
        self._rest()
        self.page.context.clear_cookies(name="session")
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


def arrive(page: Page, address: str) -> None:
    """Wait until a step has its address and the page has said all that belongs to it: what is touched before is drawn anew."""
    page.wait_for_url(address)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page is there, nothing is asked or loading and every chart near to what is seen is drawn.

    A quiet network says nothing: a busy browser may not yet have begun to ask.
    """
    page.wait_for_function(SETTLED)


def draw_all(page: Page) -> Page:
    """Have every chart drawn, as if the reader had looked at the whole page."""
    if page.evaluate(DRAW_ALL):
        settle(page)
    return page


def _watch(page: Page) -> Watched:
    watched = Watched(page)
    page.on("console", lambda message: watched.troubles.append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (watched.dialogs.append(dialog.message), dialog.dismiss()))
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
def screens(chromium: Browser) -> Iterator[Callable[[str], Watched]]:
    """A page at 1366×768 and at phone width, light and dark: kept, so that its scripts are loaded once."""
    kept: dict[str, Watched] = {}

    def screen_of(name: str) -> Watched:
        if name not in kept:
            size, scheme = name.split("-")
            context = a_context(chromium, viewport=WIDE if size == "wide" else PHONE, color_scheme=scheme)
            kept[name] = _watch(context.new_page())
        kept[name].begin()
        return kept[name]

    yield screen_of
    for watched in kept.values():
        watched.page.context.close()


@pytest.fixture(scope="session")
def looks(screens: Callable[[str], Watched]) -> Looks:
    """How the pages of the demo year look."""
    from tests.browser.looks import Looks

    return Looks(screens)


@pytest.fixture(params=SCREENS)
def look(request: pytest.FixtureRequest, looks: Looks, server: Server) -> Callable[..., Look]:
    """How an address of the demo year looks at 1366×768 and at phone width, light and dark (``looks.Visit``)."""
    from tests.browser.looks import Visit

    return lambda address, **visit: looks.at(server, Visit("demo year", address, **visit), str(request.param))


@pytest.fixture(params=SCREENS)
def bare_look(request: pytest.FixtureRequest, looks: Looks, bare_server: Server) -> Callable[..., Look]:
    """The same where nothing was ever sent."""
    from tests.browser.looks import Visit

    return lambda address, **visit: looks.at(bare_server, Visit("nothing sent", address, **visit), str(request.param))


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, screens: Callable[[str], Watched]) -> Watched:
    """A page at 1366×768 and at phone width, light and dark; nobody is signed in yet."""
    return screens(str(request.param))


@pytest.fixture
def desk(screens: Callable[[str], Watched]) -> Watched:
    """A page on a clerk's screen."""
    return screens("wide-light")
