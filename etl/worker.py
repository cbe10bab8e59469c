"""Takes what staff uploaded from the inbox, one after the other: ``python -m etl.worker``."""

from __future__ import annotations

import logging
import signal
import sys
import threading

from data.archive import ArchiveError
from data.language import speak
from data.settings import Settings, SettingsError, settings
from data.store import StoreError
from data.zone import NotInitialised
from etl.annotate.waiting import annotate_next
from etl.load import Loader

log = logging.getLogger("etl.worker")
SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_AFTER_TROUBLE = 5.0


def work(configured: Settings, stop: threading.Event) -> None:
    """Finish pending receipts, then annotate, until told to stop; while the database cannot be reached, keep trying."""
    while not stop.is_set():
        try:
            with Loader(configured) as loader:
                loader.archive.sweep()
                while not stop.wait(SECONDS_BETWEEN_LOOKS):
                    if not loader.take_up_pending():
                        annotate_next(configured, loader.archive)
        except (StoreError, ArchiveError, NotInitialised) as error:
            log.warning("cannot work now, trying again: %s", error)
            stop.wait(SECONDS_AFTER_TROUBLE)


def main() -> int:
    """Work until the process is asked to end."""
    try:
        configured = settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 3
    speak(configured.language)
    logging.basicConfig(stream=sys.stderr, level=configured.log_level.upper())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(configured, stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
