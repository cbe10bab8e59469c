"""waitress, as it can stand before strangers: a body is bounded before it is kept, and whoever is slow is let go.

waitress takes a whole body in before it calls the application, lets anybody be slow for ever as long as bytes trickle,
and stops to answer at 100 connections. Here a body of more than a few kilobytes waits until the application has said
how much of it is taken (by a thread, for it asks the database; whoever is reading others goes on), and a head or a body
that takes too long is cut off.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from dashboards.web.admission import SMALL_BODY, asked_ahead

CONNECTIONS = 500
"""Held at once; whoever comes then waits until one is free."""
HEAD_SECONDS = 10
"""For all of a request's head."""
BODY_SECONDS = 20
SLOWEST = 1024
"""For a body: 20 seconds, and one more for each kilobyte that has come."""
IDLE_SECONDS = 60
"""Without a request, or without taking in the answer."""
LINGERING_SECONDS = 5
"""For what is still on its way when a body was refused: the answer is lost if the connection ends before that."""
LARGEST_HEAD = 32 * 2**10
_NO_LIMIT = 2**62
Judge = Callable[[str, str, dict[str, str]], int]


class Incoming(HTTPRequestParser):  # type: ignore[misc]  # waitress ships no types
    """A request that is being received; ``largest`` is how much of its body is taken, once the application was asked."""

    largest: int = SMALL_BODY
    asked = False
    cut_off = False

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.begun = time.monotonic()
        self.head_read: float | None = None

    def received(self, data: bytes) -> int:
        """Take in what came; how much of it belonged to this request."""
        consumed = super().received(data)
        if self.headers_finished and self.head_read is None:
            self.head_read = time.monotonic()
        return int(consumed)

    @property
    def size(self) -> int:
        """Bytes of the body: as announced, or as many as have come."""
        return int(max(self.content_length, self.body_bytes_received))

    def cut(self) -> None:
        """Complete as it stands, without its body: the application sees how large it was to be, and refuses it."""
        self.close()
        self.headers.update(CONTENT_LENGTH=str(self.size), CONNECTION="close")
        self.body_rcv, self.completed, self.cut_off = None, True, True

    def too_slow(self, now: float) -> bool:
        """Whether the head, or the body, has taken too long."""
        if self.head_read is None:
            return now > self.begun + HEAD_SECONDS
        return bool(now > self.head_read + BODY_SECONDS + self.body_bytes_received / SLOWEST)


class Connection(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection that stops reading while the application is asked about a body, and outlives a refusal for a moment."""

    parser_class = Incoming
    request: Incoming | None
    asking = False
    refused = False
    lingers_until: float | None = None

    def readable(self) -> bool:
        """Whether more may come now."""
        return not self.asking and bool(super().readable())

    def received(self, data: bytes) -> bool:
        """Take in what came; of a body that is not small only after the application was asked."""
        if self.lingers_until is not None:
            return True
        took = bool(super().received(data))
        present = self.request
        if present is not None and present.headers_finished and present.size > present.largest:
            if present.asked:
                self.finish(present)
            else:
                self.asking = present.asked = True
                self.server.add_task(Question(self, present))
        return took

    def finish(self, request: Incoming) -> None:
        """Take no more of a request and let the application answer it."""
        with self.requests_lock:
            request.cut()
            self.request, self.refused = None, True
            self.requests.append(request)
            if len(self.requests) == 1:
                self.server.add_task(self)

    def handle_close(self) -> None:
        """End the connection; after a refusal only when what is on its way has come, or a moment later."""
        if not self.refused or self.lingers_until is not None or not self.connected:
            super().handle_close()
            return
        self.lingers_until = time.monotonic() + LINGERING_SECONDS
        self.will_close = False
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:  # the other side has gone already
            super().handle_close()

    def overdue(self, now: float) -> bool:
        """Whether it has taken too long: a request on its way, or what was still to come after a refusal."""
        if self.lingers_until is not None:
            return now > self.lingers_until
        return self.request is not None and not self.asking and bool(self.request.too_slow(now))


class Question:
    """Asks the application how much of a body is taken; a task of waitress's threads."""

    def __init__(self, connection: Connection, request: Incoming) -> None:
        self._connection, self._request = connection, request

    def service(self) -> None:
        """Ask, then let the connection go on, or end what it receives."""
        connection, request = self._connection, self._request
        try:
            request.largest = connection.server.judge(request.command, request.path, request.headers)
        finally:
            if request.size > request.largest:
                connection.finish(request)
            connection.asking = False
            connection.server.pull_trigger()

    def cancel(self) -> None:
        """The server ends."""
        self._connection.cancel()


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress ships no types
    """waitress's server, with the application's word on bodies and an eye on whoever is slow."""

    channel_class = Connection
    judge: Judge

    def maintenance(self, now: float) -> None:
        """Let go whoever is idle, or too slow."""
        super().maintenance(now)
        present = time.monotonic()
        for connection in self.active_channels.values():
            if connection.overdue(present):
                connection.refused, connection.will_close = False, True


def server_on(listener: socket.socket, app: Flask, *, threads: int, proxied: bool) -> Server:
    """A server that answers with the application on a bound socket, once it is told to run.

    ``proxied``: whether headers of a proxy in front are believed.
    """
    adjustments = Adjustments(
        sockets=[listener], threads=threads, clear_untrusted_proxy_headers=not proxied, connection_limit=CONNECTIONS,
        asyncore_use_poll=True, channel_timeout=IDLE_SECONDS, cleanup_interval=1, max_request_header_size=LARGEST_HEAD,
        max_request_body_size=_NO_LIMIT,
    )  # fmt: skip
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    told: Any = (listener.family, listener.type, listener.proto, listener.getsockname())
    server = Server(
        app, {}, True, listener, dispatcher=dispatcher, adj=adjustments, bind_socket=False, sockinfo=told
    )  # fmt: skip
    server.judge = lambda method, path, headers: asked_ahead(app, method, path, headers)
    return server
