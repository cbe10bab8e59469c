"""Takes what staff uploaded from the inbox, one after the other: ``python -m etl.worker``."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from datetime import date, datetime

from data.archive import ArchiveError
from data.language import speak
from data.retention import sweep
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
    swept: date | None = None
    while not stop.is_set():
        try:
            with Loader(configured) as loader:
                loader.archive.sweep()
                while not stop.wait(SECONDS_BETWEEN_LOOKS):
                    if not loader.take_up_pending() and not annotate_next(configured, loader.archive):
                        swept = _sweep_daily(configured, loader.now(), swept)
        except (StoreError, ArchiveError, NotInitialised) as error:
            log.warning("cannot work now, trying again: %s", error)
            stop.wait(SECONDS_AFTER_TROUBLE)


def _sweep_daily(configured: Settings, now: datetime, swept: date | None) -> date:
    """Once a day, when nothing else is to be done, what is kept no longer is let go; the day of the last time."""
    if now.date() != swept:
        try:
            sweep(configured, now)
        except ArchiveError as error:
            log.warning("nothing is let go today: %s", error)
    return now.date()


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
