"""Programs that make files of ours into others: one at a time, within a time, and gone with all that they started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock

from data.environment import bare_environment

ONE_AT_A_TIME = Lock()
"""Each takes up to half a gigabyte."""


class NoConverter(Exception):
    """What would make the file is not installed here, or failed: the sentence says what is missing and what to do without it."""


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
