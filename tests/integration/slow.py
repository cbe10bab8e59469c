"""Clients that send a request byte by byte and never end it, as many as one likes, and how a server answers others meanwhile."""

from __future__ import annotations

import errno
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse

HEAD = b"GET /signin HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = (
    b"POST /signin HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 60000\r\n\r\nname="
)
PATIENCE = 5.0
"""Seconds after which an answer is not waited for any more: five times what is promised."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    cookies: list[str]
    text: str


@dataclass(frozen=True)
class Place:
    """Where a server listens on this computer."""

    port: int
    tls: bool = False

    def connect(self) -> socket.socket:
        """A new connection."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        if not self.tls:
            return plain
        anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        return anybody.wrap_socket(plain, server_hostname="127.0.0.1")

    def answer(self, request: bytes) -> Answer:
        """Send bytes on a new connection and read the answer; OSError if none comes."""
        with closing(self.connect()) as connection:
            connection.sendall(request)
            with HTTPResponse(connection) as told:
                told.begin()
                return Answer(told.status, told.msg.get_all("Set-Cookie", []), told.read().decode("utf-8", "replace"))

    def seconds_to_health(self) -> float:
        """How long ``/healthz`` takes on a new connection; infinite without an answer."""
        begun = time.monotonic()
        try:
            status = self.answer(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").status
        except (OSError, HTTPException):
            return float("inf")
        return time.monotonic() - begun if status == 200 else float("inf")


@contextmanager
def trickling(place: Place, heads: int, bodies: int) -> Iterator[list[socket.socket]]:
    """So many clients at once, each with one more byte every now and then while the block runs."""
    with ExitStack() as stack:
        connections = []
        for number in range(heads + bodies):
            connection = stack.enter_context(closing(place.connect()))
            connection.sendall(HEAD if number < heads else BODY)
            connections.append(connection)
        stop = threading.Event()
        drip = threading.Thread(target=_drip, args=(connections, stop))
        drip.start()
        try:
            yield connections
        finally:
            stop.set()
            drip.join()


def _drip(connections: list[socket.socket], stop: threading.Event) -> None:
    while not stop.wait(0.5):
        for connection in connections:
            try:
                connection.sendall(b"x")
            except OSError:  # it was let go: that is what some tests wait for
                continue


def held(connection: socket.socket) -> bool:
    """Whether the server still waits for the rest of what a client sends: nothing was answered, nothing ended."""
    connection.setblocking(False)
    try:
        connection.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return True
    except OSError as error:
        if error.errno not in {errno.ECONNRESET, errno.EPIPE}:
            raise
    finally:
        connection.settimeout(PATIENCE)
    return False
