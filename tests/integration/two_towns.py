"""An installation with May of two towns, an accident, and the year's caps and plans: what published documents are made of in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from data.settings import Settings
from etl.loading.load import Loader
from tests.integration.ledgers import RECEIVED, ledger, send, targets
from tests.integration.papers import accidents
from tests.integration.throwaway import throwaway


@contextmanager
def may_of_two_towns(template: Path, folder: Path) -> Iterator[Settings]:
    """For all tests of a module; nothing is published."""
    with throwaway(template, date(2022, 10, 8)) as settings:
        with Loader(settings) as loader:
            for book in (targets(), ledger(), ledger(unit="shuanglu"), accidents()):
                assert send(loader, book, folder, at=RECEIVED + timedelta(days=33)).status == "accepted"
        yield settings
