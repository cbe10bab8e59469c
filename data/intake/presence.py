"""Whether a worker is there that loads what is uploaded: it holds a lock as long as it lives, and the system lets go of it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.intake.archive import archive_errors
from data.private import make_folder, open_file

_NAME, _ASKING = "worker.lock", "asking.lock"


@contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Be seen as a worker; several may be."""
    with archive_errors():
        make_folder(folder)
        held = open_file(folder / _NAME, "a")
    with held:
        fcntl.flock(held, fcntl.LOCK_SH)
        yield


def is_worker_there(folder: Path) -> bool:
    """Whether any worker lives. Those who ask do so one after the other, or each would take the other for a worker."""
    try:
        with (folder / _NAME).open("r") as held, open_file(folder / _ASKING, "a") as asking:
            fcntl.flock(asking, fcntl.LOCK_EX)
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
