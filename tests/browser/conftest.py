"""A real server with the demo year, and a real Chromium that reports what goes wrong on a page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
TODAY = "2022-10-08"


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
        "SUPERVISION_PORT": str(_free_port()),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)


def _serve(environment: dict[str, str]) -> Iterator[Server]:
    url = f"http://127.0.0.1:{environment['SUPERVISION_PORT']}"
    log = Path(environment["SUPERVISION_ARCHIVE_DIR"]).parent / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            while not _answers(url):
                assert process.poll() is None, log.read_text(encoding="utf-8")
            yield Server(url, environment)
        finally:
            process.terminate()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (URLError, ConnectionError):
        return False


@pytest.fixture(scope="session")
def demo_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo year, loaded through the real ETL."""
    folder = tmp_path_factory.mktemp("demo-year")
    environment = _environment(folder)
    _command(environment, "data", "init")
    _command(environment, "etl", "demo")
    return folder


@pytest.fixture(scope="session")
def server(demo_year: Path) -> Iterator[Server]:
    """The demo year on a server; tests only look."""
    yield from _serve(_environment(demo_year))


@pytest.fixture
def own_server(demo_year: Path, tmp_path: Path) -> Iterator[Server]:
    """The demo year on a server of one test, which may change it."""
    shutil.copytree(demo_year, tmp_path / "own")
    yield from _serve(_environment(tmp_path / "own"))


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """A server on which nothing was ever sent."""
    environment = _environment(tmp_path)
    _command(environment, "data", "init")
    yield from _serve(environment)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is not installed: run `make setup-tests`, or apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and what went wrong on it besides its looks."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    def open(self, server: Server, address: str) -> Page:
        """Go to an address of the server and wait until all callbacks have answered."""
        self.page.goto(server.url + address)
        settle(self.page)
        return self.page


def settle(page: Page) -> None:
    """Wait until nothing is loading and every chart is drawn."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-dash-is-loading=true]")).to_have_count(0)
    expect(page).not_to_have_title("Updating...")
    expect(page.locator(".dash-graph:not(:has(.main-svg))")).to_have_count(0)


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


@pytest.fixture(params=["wide-light", "wide-dark", "phone-light", "phone-dark"])
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Watched]:
    """A page at 1366×768 and at phone width, light and dark."""
    size, scheme = str(request.param).split("-")
    viewport = WIDE if size == "wide" else PHONE
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, locale="zh-CN")  # type: ignore[arg-type]
    yield _watch(context.new_page())
    context.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Watched]:
    """A page on a clerk's screen."""
    context = chromium.new_context(viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]
    yield _watch(context.new_page())
    context.close()
