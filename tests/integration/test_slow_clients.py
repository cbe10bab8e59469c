"""Strangers who are slow, or who send a lot: the server goes on answering, and keeps nothing of theirs.

With the nginx of deploy/nginx.conf in front of gunicorn, as an office runs it, and with waitress alone.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from waitress import wasyncore

from dashboards.web import listening
from data.settings import Settings
from tests.integration.doors import GOOD, ZHANG, Counting, Door
from tests.integration.sites import made
from tests.integration.slow import BODY, HEAD, PATIENCE, Place, held, trickling

ROOT = Path(__file__).parents[2]
MIB = 2**20
SLOW_ONES = 200
PROMISED = 1.0
"""Seconds within which the server says that it is there."""


@dataclass(frozen=True)
class Standing:
    """A server that runs, and where it lays down what it takes in."""

    place: Place
    temporary: Path

    def kept(self) -> int:
        """Bytes of bodies that lie on the disk at the moment."""
        return sum(one.stat().st_size for one in self.temporary.rglob("*") if one.is_file())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path, place: Place) -> Iterator[None]:
    """A process that answers at a place; whoever waits for it waits for its answer."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            deadline = time.monotonic() + 120
            while place.seconds_to_health() == float("inf"):
                assert process.poll() is None, log.read_text(encoding="utf-8")
                assert time.monotonic() < deadline, log.read_text(encoding="utf-8")
            yield
        finally:
            process.terminate()
            process.wait()


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> dict[str, str]:
    """An installation with one account, as the environment of a server."""
    folder = tmp_path_factory.mktemp("slow")
    shutil.copy(sqlite_template, folder / "supervision.db")
    settings = Settings(database_url=f"sqlite:///{folder}/supervision.db", archive_dir=folder / "archive")
    Door(settings, Counting()).add(ZHANG)
    (folder / "temporary").mkdir()
    return {
        **os.environ,
        "SUPERVISION_DATABASE_URL": settings.database_url,
        "SUPERVISION_ARCHIVE_DIR": str(settings.archive_dir),
        "SUPERVISION_TODAY": "2022-06-04",
        "SUPERVISION_SECRET_KEY": "a secret of a test, never of an installation",
        "SUPERVISION_SIGN_IN_RATE": "1000 per minute",
        "TMPDIR": str(folder / "temporary"),
    }


def _with_nginx(environment: dict[str, str], stack: ExitStack) -> Standing:
    """gunicorn and nginx with the very files of deploy/: filled in are addresses, ports and the certificate."""
    folder = Path(environment["TMPDIR"]).parent
    behind, secure = _free_port(), Place(_free_port(), tls=True)
    for name in ("run", "logs", "temp"):
        (folder / "nginx" / name).mkdir(parents=True)
    certificate, key = folder / "board.pem", folder / "board.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "1", "-keyout",
         str(key), "-out", str(certificate)], check=True, capture_output=True,
    )  # fmt: skip
    filled = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for told, here in (
        ("listen 80;", f"listen 127.0.0.1:{_free_port()};"), ("listen 443 ssl;", f"listen 127.0.0.1:{secure.port} ssl;"),
        ("server 127.0.0.1:8050;", f"server 127.0.0.1:{behind};"),
        ("/etc/ssl/certs/board.example.cn.pem", str(certificate)),
        ("/etc/ssl/private/board.example.cn.key", str(key)),
    ):  # fmt: skip
        assert filled.count(told) == 1, told
        filled = filled.replace(told, here)
    filled = filled.replace("board.example.cn", "127.0.0.1")
    (folder / "nginx.conf").write_text(filled, encoding="utf-8")
    proxied = {**environment, "SUPERVISION_ALLOWED_HOSTS": "127.0.0.1", "SUPERVISION_TRUSTED_PROXIES": "1"}
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "deploy/gunicorn.conf.py",
        "-b",
        f"127.0.0.1:{behind}",
        "app:server",
    ]
    stack.enter_context(_running(gunicorn, proxied, folder / "gunicorn.log", Place(behind)))
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is not installed: run `make setup-tests`, or apt-get install nginx-light"
    as_root = "user root; " if os.getuid() == 0 else ""
    nginx = [program, "-p", str(folder / "nginx"), "-c", str(folder / "nginx.conf"), "-g", f"{as_root}daemon off;"]
    stack.enter_context(_running(nginx, proxied, folder / "nginx.log", secure))
    return Standing(secure, folder / "nginx" / "temp")


def _alone(environment: dict[str, str], stack: ExitStack) -> Standing:
    """``python app.py``: waitress, without anything in front."""
    place = Place(_free_port())
    alone = {**environment, "SUPERVISION_PORT": str(place.port), "SUPERVISION_HTTPS": "0"}
    log = Path(environment["TMPDIR"]).parent / "alone.log"
    stack.enter_context(_running([sys.executable, "app.py"], alone, log, place))
    return Standing(place, Path(environment["TMPDIR"]))


SERVERS: dict[str, Callable[[dict[str, str], ExitStack], Standing]] = {"nginx": _with_nginx, "alone": _alone}


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, environment: dict[str, str]) -> Iterator[Standing]:
    """Each way in which the application is run."""
    with ExitStack() as stack:
        yield SERVERS[request.param](environment, stack)


class Browser:
    """Somebody's cookies, and requests that are sent as bytes."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.cookies: dict[str, str] = {}

    @property
    def scheme(self) -> str:
        """How addresses of the place begin."""
        return "https" if self.place.tls else "http"

    def head(self, method: str, path: str, length: int, *more: str) -> bytes:
        """A request's head, with the cookies."""
        told = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        come_from = f"Referer: {self.scheme}://127.0.0.1/"
        lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", come_from, *more]
        lines.append(f"Content-Length: {length}")
        return "\r\n".join([*lines, *([f"Cookie: {told}"] if told else []), "", ""]).encode()

    def ask(self, method: str, path: str, body: bytes = b"", *more: str) -> tuple[int, str]:
        """Status and text of an answer; its cookies are kept."""
        answer = self.place.answer(self.head(method, path, len(body), *more) + body)
        for cookie in answer.cookies:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.text

    def sign_in(self) -> str:
        """Sign in as the clerk; the token of the pages."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask("GET", "/signin")[1])
        assert found
        form = f"name=zhangsan&password={GOOD.replace(' ', '+')}&csrf_token={found[1]}".encode()
        status, text = self.ask("POST", "/signin", form, "Content-Type: application/x-www-form-urlencoded")
        assert status == 303, text
        self.ask("GET", "/password")
        return self.cookies["_csrf_token"]


def _file(size: int) -> tuple[str, bytes]:
    """A form with one file: its type, and the bytes."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
        + bytes(size)
        + b"\r\n--x--\r\n"
    )
    return "Content-Type: multipart/form-data; boundary=x", body


def test_slow_clients_keep_nobody_waiting(server: Standing) -> None:
    """200 clients whose heads and bodies trickle: the server says within a second that it is there, again and again.

    It always answers; of eight answers one may come late, where the machine itself has other things to do.
    """
    with trickling(server.place, SLOW_ONES // 2, SLOW_ONES // 2) as slow:
        waits = [server.place.seconds_to_health() for _ in range(8)]
        assert sum(held(one) for one in slow) >= SLOW_ONES * 0.9
    assert max(waits) < float("inf"), waits
    assert sorted(waits)[-2] < PROMISED, waits


@pytest.mark.parametrize("path", ["/upload", "/attach/1", "/_dash-update-component", "/signin"])
def test_large_body_of_a_stranger_is_refused_before_it_is_taken(server: Standing, path: str) -> None:
    """Of 300 MB that a stranger announces, the answer comes after the first kilobytes, and nothing is laid on the disk."""
    before = server.kept()
    content_type, _body = _file(0)
    answer = server.place.answer(Browser(server.place).head("POST", path, 300 * MIB, content_type) + bytes(64 * 1024))
    assert answer.status in {401, 413}
    assert server.kept() < before + MIB


def test_stranger_within_the_bounds_of_a_file_is_told_to_sign_in(server: Standing) -> None:
    """Of 20 MB to the route of uploads the answer is 401 with a sentence, while most of it has not been sent."""
    answer = server.place.answer(
        Browser(server.place).head("POST", "/upload", 20 * MIB, _file(0)[0]) + bytes(32 * 1024)
    )
    assert answer.status == 401
    assert "登录" in json.loads(answer.text)["error"]


def test_body_without_a_length_is_bounded(server: Standing) -> None:
    """A body in chunks that never ends, from a stranger: refused when it is more than a form."""
    head = b"POST /signin HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunk = b"10000\r\n" + bytes(65536) + b"\r\n"
    assert server.place.answer(head + chunk * 4).status == 413


def test_file_comes_in_with_session_and_token_alone(server: Standing) -> None:
    """3 MiB: taken of a clerk with the page's token, refused before it is taken without the token or without the session."""
    browser = Browser(server.place)
    token = browser.sign_in()
    content_type, body = _file(3 * MIB)
    status, text = browser.ask("POST", "/upload", body, content_type, f"X-CSRFToken: {token}")
    assert (status, json.loads(text)["received"]) == (200, 1)
    answer = server.place.answer(browser.head("POST", "/upload", len(body), content_type) + body[: 2**15])
    assert answer.status in {400, 403}
    assert "刷新页面" in json.loads(answer.text)["error"]
    left = browser.cookies.copy()
    form = f"csrf_token={token}".encode()
    assert browser.ask("POST", "/signout", form, "Content-Type: application/x-www-form-urlencoded")[0] == 303
    browser.cookies = left
    told = (content_type, f"X-CSRFToken: {token}")
    assert server.place.answer(browser.head("POST", "/upload", len(body), *told) + body[: 2**15]).status == 401


def test_more_than_a_request_takes_is_refused_in_json(server: Standing) -> None:
    """Whoever is signed in and sends more than 200 MiB at once reads a sentence."""
    browser = Browser(server.place)
    told = (_file(0)[0], f"X-CSRFToken: {browser.sign_in()}")
    answer = server.place.answer(browser.head("POST", "/upload", 300 * MIB, *told) + bytes(2**15))
    assert answer.status == 413
    assert "请分几次发送" in json.loads(answer.text)["error"]


# waitress, turn by turn


@pytest.fixture
def turning(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[listening.Server]:
    """A server whose loop a test turns itself."""
    site = made(sqlite_installation, monkeypatch)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        server = listening.server_on(listener, site.server, threads=2, proxied=False)
        yield server
        server.task_dispatcher.shutdown()
        wasyncore.close_all(server._map)


def _turn_until(server: listening.Server, done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 12 * PATIENCE
    while not done():
        assert time.monotonic() < deadline
        wasyncore.loop(timeout=0.05, use_poll=True, map=server._map, count=1)


@pytest.mark.parametrize("sent", [HEAD, BODY])
def test_who_is_too_slow_is_let_go(turning: listening.Server, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    """A head or a body that never ends: after its time the connection is closed, though another byte comes every now and then.

    A kilobyte a second would be no slow client: a byte comes when the last one is 20 ms old, however fast the loop turns.
    """
    monkeypatch.setattr(listening, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(listening, "BODY_SECONDS", 0.5)
    port = int(turning.effective_port)
    with closing(Place(port).connect()) as slow:
        slow.sendall(sent)
        _turn_until(turning, lambda: len(turning.active_channels) == 1)

        last = time.monotonic()

        def gone() -> bool:
            nonlocal last
            if held(slow) and time.monotonic() > last + 0.02:
                slow.sendall(b"x")
                last = time.monotonic()
            return not turning.active_channels

        _turn_until(turning, gone)


def test_a_body_has_time_by_its_size() -> None:
    """A head has 10 seconds; a body 20, and one for every kilobyte that has come."""
    request = listening.Incoming(listening.Adjustments())
    request.begun = 100.0
    assert not request.too_slow(109.0)
    assert request.too_slow(111.0)
    request.head_read = 105.0
    assert not request.too_slow(124.0)
    assert request.too_slow(126.0)
    request.body_bytes_received = 10 * 1024
    assert not request.too_slow(134.0)
    assert request.too_slow(136.0)
