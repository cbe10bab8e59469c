"""Fifty people at one server, each of whom wants another month every five seconds, and how long they wait for it.

They ask on a schedule and not when the answer before is there, as people do; each waits from the moment at which it
wanted to ask, so that a server that falls behind is not spared the questions.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, RemoteDisconnected
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from data.people.accounts import AccountRefused, Accounts, Wanted
from data.people.scope import Role
from data.people.sessions import Sessions
from data.settings import Settings
from data.zone.periods import Month

Waited = dict[str, float]
FOLLOWS = re.compile(r"monthly-ranking-asked-\d")
"""What the page's script tells another month to."""
ROOT = Path(__file__).parents[2]
EVERY = 5.0
"""Seconds after which each viewer wants another month."""
VIEWERS = 50
ALONE = 40
"""Changes of the one viewer that the fifty are compared with."""
TODAY = "2022-10-08"
MONTHS = [Month(2022, number) for number in range(1, 10)]
PASSWORD = "tulip cabinet 93 river"
PEOPLE = (
    Wanted("viewer1", "查看", Role.VIEWER),
    Wanted("unit1", "单位", Role.UNIT, "longtanzi"),
    Wanted("office1", "安委办", Role.OFFICE),
)
SERVERS: dict[str, Callable[[int], list[str]]] = {
    "python app.py": lambda _port: [sys.executable, "app.py"],
    "gunicorn": lambda port: [
        sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}", "app:server",
    ],
}  # fmt: skip


@dataclass
class Viewer:
    """Somebody with a browser: one connection that stays open, and its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def sign_in(self, name: str) -> None:
        """Fill in the form."""
        token = re.findall(r'name="csrf_token" value="([^"]+)"', self._ask("GET", "/signin"))[0]
        form = urlencode({"name": name, "password": PASSWORD, "csrf_token": token})
        self._ask("POST", "/signin", form, {"Content-Type": "application/x-www-form-urlencoded"})
        self._ask("GET", "/ranking")
        callbacks = json.loads(self._ask("GET", "/_dash-dependencies"))
        self._follow = [one for one in callbacks if FOLLOWS.fullmatch(one["inputs"][0]["id"])]

    def choose(self, month: Month) -> None:
        """Another month of the ranking, as the page's script asks for it: what stands further down waits until somebody
        comes near. OSError, HTTPException or ValueError where it is not what comes.
        """
        told = "".join(self._answer_of(callback, f"?period={month}") for callback in self._follow)
        if str(month) not in told:
            raise ValueError(month)

    def _answer_of(self, callback: dict[str, Any], search: str) -> str:
        outputs = [part.rsplit(".", 1) for part in callback["output"].strip(".").split("...")]
        (asked,) = callback["inputs"]
        body = {
            "output": callback["output"],
            "outputs": [{"id": identity, "property": name} for identity, name in outputs],
            "inputs": [{**asked, "value": {"search": search}}],
            "changedPropIds": [f"{asked['id']}.{asked['property']}"],
            "state": [],
        }
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookies["_csrf_token"]}
        return self._ask("POST", "/_dash-update-component", json.dumps(body), headers)

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict[str, str] | None = None) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Cookie": cookies, "Accept-Encoding": "gzip", **(headers or {})}
        reused = self._connection.sock is not None
        try:
            answer, content = self._answer(method, path, body, told)
        except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
            if not reused:
                raise
            answer, content = self._answer(method, path, body, told)
        self._remember(answer)
        text = (gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else content).decode()
        if answer.status not in {200, 302, 303}:
            raise ValueError(f"{path}: {answer.status} {text[:200]}")
        return text

    def _answer(self, method: str, path: str, body: str | None, told: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        """One request; without an answer the next begins a connection, as browsers do where a server let an idle one go."""
        try:
            self._connection.request(method, path, body, told)
            answer = self._connection.getresponse()
            return answer, answer.read()
        except OSError:
            self._connection.close()
            raise

    def _remember(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookies.update({name: one.value for name, one in SimpleCookie(line).items()})


def waits(server: str, folder: Path, rounds: int) -> Waited:
    """Seconds that one viewer waits, and fifty: median and 95th percentile; how many answers there were, and how many failed."""
    settings = Settings(database_url=f"sqlite:///{folder / 'supervision.db'}", archive_dir=folder / "archive")
    _let_in(settings)
    with _served(server, settings) as port:
        viewers = [Viewer(port) for _number in range(VIEWERS)]
        for number, viewer in enumerate(viewers):
            viewer.sign_in(PEOPLE[number % len(PEOPLE)].name)
        alone = [_seconds(viewers[0], month) for month in _months(0, ALONE)]
        many = _all(viewers, rounds)
    found = [one for one in many if one is not None]
    return {
        "alone": median(one for one in alone if one is not None),
        "median": median(found),
        "p95": quantiles(found, n=20)[-1],
        "answers": len(many),
        "failed": alone.count(None) + many.count(None),
    }


def _all(viewers: Sequence[Viewer], rounds: int) -> list[float | None]:
    begin = time.monotonic() + 1.0

    def look(number: int) -> list[float | None]:
        """One viewer's hour: the first wish a little after the others' first, then every five seconds."""
        first, found = begin + number * EVERY / len(viewers), []
        for turn, month in enumerate(_months(number, rounds)):
            wanted = first + turn * EVERY
            time.sleep(max(0.0, wanted - time.monotonic()))
            found.append(_seconds(viewers[number], month, wanted))
        return found

    with ThreadPoolExecutor(len(viewers)) as pool:
        return [one for of_viewer in pool.map(look, range(len(viewers))) for one in of_viewer]


def _months(number: int, times: int) -> list[Month]:
    return Random(number).choices(MONTHS, k=times)


def _seconds(viewer: Viewer, month: Month, wanted: float | None = None) -> float | None:
    """From when the month was wanted to the whole answer; None where it is none."""
    begun = time.monotonic() if wanted is None else wanted
    try:
        viewer.choose(month)
    except (OSError, HTTPException, ValueError) as error:
        sys.stderr.write(f"{error!r}\n")
        return None
    return time.monotonic() - begun


def _let_in(settings: Settings) -> None:
    """An account of each role, with a password of its own."""
    accounts, sessions = Accounts.of(settings), Sessions.of(settings)
    at = datetime.now(UTC)
    for wanted in PEOPLE:
        with suppress(AccountRefused):  # it is there from the run before
            first = accounts.add(wanted, by="office", at=at)
            sessions.change_password(sessions.sign_in(wanted.name, first, at=at).token, first, PASSWORD, at=at)


@contextmanager
def _served(server: str, settings: Settings) -> Iterator[int]:
    """The server, once it answers; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    told = {
        "DATABASE_URL": settings.database_url, "ARCHIVE_DIR": str(settings.archive_dir), "TODAY": TODAY, "PORT": str(port),
        "SECRET_KEY": "s" * 48, "HTTPS": "0", "ALLOWED_HOSTS": "127.0.0.1", "SIGN_IN_RATE": "1000 per minute",
    }  # fmt: skip
    environment = {**os.environ, **{f"SUPERVISION_{name}": value for name, value in told.items()}}
    process = subprocess.Popen(SERVERS[server](port), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None:
                raise RuntimeError(f"{server} ended with {process.returncode}")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
