"""Takes what staff uploaded from the inbox, one after the other, in turn between units: ``python -m etl.worker``."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from data.intake.archive import ArchiveError
from data.intake.presence import at_work
from data.intake.retention import sweep
from data.language import speak
from data.settings import Settings, SettingsError, settings
from data.store import StoreError
from data.zone.zone import NotInitialised
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader

log = logging.getLogger("etl.worker")
SECONDS_BETWEEN_LOOKS = 0.5
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
MOST_SECONDS_OF_WORK = 900
"""Of the processor's time for one workbook, all but its reading, which has limits of its own: then the process is ended by
the system. After three such tries the workbook is set aside."""


def work(configured: Settings, stop: threading.Event) -> None:
    """Finish pending receipts, then annotate, until told to stop.

    While database or archive cannot be used nothing is set aside: it keeps trying, later and later.
    """
    pause = FIRST_PAUSE
    swept: date | None = None
    while not stop.is_set():
        try:
            with at_work(configured.archive_dir), Loader(configured) as loader:
                loader.archive.sweep()
                while not stop.wait(SECONDS_BETWEEN_LOOKS):
                    _work_off(configured, loader, stop)
                    swept = _sweep_daily(configured, loader.now(), swept)
                    pause = FIRST_PAUSE
        except (StoreError, ArchiveError, NotInitialised) as error:
            log.warning("cannot work now, trying again in %.0f s: %s", pause, error)
            _wait(configured, stop, pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _work_off(configured: Settings, loader: Loader, stop: threading.Event) -> None:
    """All receipts that wait, one after the other; then one annotated workbook."""
    while not stop.is_set():
        with _bounded():
            outcome = loader.take_up_next()
        if outcome is None:
            annotate_next(configured, loader.archive)
            return


def _wait(configured: Settings, stop: threading.Event, seconds: float) -> None:
    """Wait, and be seen as a worker meanwhile where the archive can be used."""
    try:
        with at_work(configured.archive_dir):
            stop.wait(seconds)
    except ArchiveError:
        stop.wait(seconds)


@contextmanager
def _bounded() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS_OF_WORK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


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
