"""Programs that make files of ours into others: one at a time, within a time, and gone with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Lock

from data.environment import bare_environment
from data.language import gettext as _

_ONE_AT_A_TIME = Lock()
"""Each takes up to half a gigabyte."""
PATIENCE = 20.0
"""Seconds that a request waits for its turn."""
WAITING_AT_ONCE = 3
"""Requests that wait or are served, however many ask: each holds a thread of the server meanwhile, and pages need the others."""
_WAITING = BoundedSemaphore(WAITING_AT_ONCE)


class NoConverter(Exception):
    """What would make the file is not installed here, or failed: the sentence says what is missing and what to do without it."""


@contextmanager
def its_turn(wait: float | None = None) -> Iterator[None]:
    """The one turn at a time. ``wait``: NoConverter where it does not come within so many seconds, or as many as may wait already; None: it
    is waited for as long as it takes, by who holds a place otherwise (a month's set) or holds up nobody (a command).
    """
    if wait is None:
        with _ONE_AT_A_TIME:
            yield
        return
    busy = NoConverter(_("Others are having documents made. Try again in a minute."))
    if not _WAITING.acquire(blocking=False):
        raise busy
    try:
        if not _ONE_AT_A_TIME.acquire(timeout=wait):
            raise busy
        try:
            yield
        finally:
            _ONE_AT_A_TIME.release()
    finally:
        _WAITING.release()


def came_to_its_end(asked: Sequence[str], folder: str, seconds: float, **more: str) -> bool:
    """Whether a program did what it was asked within its time; its home is the folder, and nothing that it started stays."""
    process = subprocess.Popen(  # noqa: S603  # our own document, no shell
        asked,
        env=bare_environment(HOME=folder, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
