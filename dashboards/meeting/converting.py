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
WAITING_AT_ONCE = 3
"""However many ask: each holds a thread of the server meanwhile, and pages need the others."""
_WAITING = BoundedSemaphore(WAITING_AT_ONCE)


class NoConverter(Exception):
    """What would make the file is not installed here, or failed: the sentence says what is missing and what to do without it."""


@contextmanager
def its_turn(wait: float | None = None) -> Iterator[None]:
    """The one turn at a time; NoConverter where too many wait for it already, or it does not come within so many seconds."""
    busy = NoConverter(_("Others are having documents made. Try again in a minute."))
    if not _WAITING.acquire(blocking=False):
        raise busy
    try:
        if not _ONE_AT_A_TIME.acquire(timeout=-1 if wait is None else wait):
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
