"""How long until the first chart is to be seen, and after a reload: our ranking page of the demo year, and the same bars by others.

Each side serves as its makers say (``python app.py``; Vizro's ``run``; ``streamlit run``). Chromium begins with an empty cache each time; the
page tells by its own clock, which begins with the navigation, when the first bar has been painted.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from urllib.error import URLError

from playwright.sync_api import APIRequestContext, Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
PYTHON_OF_PEERS = ROOT / ".venv-bench" / "bin" / "python"
MONTH = "2022-09"
WAIT_SECONDS = 120
Seconds = dict[str, float]
"""``first``: with an empty cache; ``again``: the same page reloaded."""
PAINTED = """(() => {
  const look = () => document.querySelector(".js-plotly-plot .barlayer .point path")
    ? requestAnimationFrame(() => setTimeout(() => { window.firstChart = performance.now(); }))
    : requestAnimationFrame(look);
  look();
})()"""


def first_chart(place: Path, times: int) -> dict[str, Seconds]:
    """Side → medians of what it took, the sides in turns; ``place`` is for the demo year and is made if it is not there."""
    environment = demo_year(place)
    report = place / "report.json"
    _command(environment, "dashboards", "report", "ranking", "--period", MONTH, "--format", "json", "-o", str(report))
    vizro, streamlit, ours = free_port(), free_port(), free_port()
    sides: Mapping[str, tuple[list[str], str, Callable[[APIRequestContext, str], None]]] = {
        "product": ([sys.executable, "app.py"], f"http://127.0.0.1:{ours}/ranking?period={MONTH}", sign_in),
        "vizro": ([str(PYTHON_OF_PEERS), str(PEERS / "vizro_page.py"), str(report), str(vizro)],
                  f"http://127.0.0.1:{vizro}/", _nobody),
        "streamlit": ([str(PYTHON_OF_PEERS), "-m", "streamlit", "run", str(PEERS / "streamlit_page.py"),
                       "--server.port", str(streamlit), "--server.address", "127.0.0.1", "--server.headless", "true",
                       "--browser.gatherUsageStats", "false", "--", str(report)],
                      f"http://127.0.0.1:{streamlit}/", _nobody),
    }  # fmt: skip
    runs: dict[str, list[Seconds]] = {side: [] for side in sides}
    with ExitStack() as stack:
        for command, address, _enter in sides.values():
            stack.enter_context(serving(command, address, {**environment, "SUPERVISION_PORT": str(ours)}))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for number in range(times + 1):
            for side, (_served, address, enter) in sides.items():
                measured = _visit(browser, address, enter)
                if number:  # the first of each is to warm the servers
                    runs[side].append(measured)
        browser.close()
    return {side: {name: median(one[name] for one in done) for name in done[0]} for side, done in runs.items()}


def _visit(browser: Browser, address: str, enter: Callable[[APIRequestContext, str], None]) -> Seconds:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.add_init_script(PAINTED)
    enter(context.request, address)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    first = _painted(page)
    page.wait_for_load_state("networkidle")
    page.reload(wait_until="commit")
    again = _painted(page)
    context.close()
    return {"first": first, "again": again}


def _painted(page: Page) -> float:
    page.wait_for_function("() => window.firstChart !== undefined", timeout=WAIT_SECONDS * 1000)
    return float(page.evaluate("window.firstChart")) / 1000


def _nobody(asking: APIRequestContext, address: str) -> None:
    """A page without accounts."""


def sign_in(asking: APIRequestContext, address: str) -> None:
    """What the demo's button of the office does; it leaves a cookie, and nothing in the browser's cache."""
    root = address.partition("/ranking")[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', asking.get(f"{root}/signin").text())
    assert token
    answer = asking.post(f"{root}/signin/demo/office", form={"csrf_token": token[1]}, headers={"Origin": root})
    assert answer.ok, answer.text()


def demo_year(place: Path, checkout: Path = ROOT) -> dict[str, str]:
    """The environment of an installation with the demo year, loaded by a checkout if it is not there."""
    environment = {
        **os.environ,
        "SUPERVISION_DEMO": "1",
        "SUPERVISION_TODAY": "2022-10-08",
        "SUPERVISION_DATABASE_URL": f"sqlite:///{place / 'supervision.db'}",
        "SUPERVISION_ARCHIVE_DIR": str(place / "archive"),
    }
    if not (place / "supervision.db").exists():
        place.mkdir(parents=True, exist_ok=True)
        _command(environment, "data", "init", checkout=checkout)
        _command(environment, "etl", "demo", checkout=checkout)
    return environment


def _command(environment: Mapping[str, str], *arguments: str, checkout: Path = ROOT) -> None:
    command = [sys.executable, "-m", *arguments]
    subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True, text=True)


@contextmanager
def serving(command: list[str], address: str, environment: Mapping[str, str], checkout: Path = ROOT) -> Iterator[None]:
    """A server, once it answers."""
    process = subprocess.Popen(
        command, cwd=checkout, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not _answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} does not serve")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (URLError, OSError):
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
