"""An installation that stays for all tests of a module, on either engine: what many of them only look at is loaded once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from data.settings import Settings
from tests.conftest import _create_database, _drop_database, _forget


@contextmanager
def lasting(request: pytest.FixtureRequest, engine: str, folder: Path) -> Iterator[Settings]:
    """A copy of the engine's template, with its archive in the folder."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), folder / "supervision.db")
        url = f"sqlite:///{folder / 'supervision.db'}"
    else:
        address, name = request.getfixturevalue("postgres_server"), f"test_{uuid4().hex}"
        _create_database(address, name, "template_ready")
        url = f"{address}/{name}"
    try:
        yield Settings(database_url=url, archive_dir=folder / "archive", today=date(2022, 10, 8))
    finally:
        _forget(url)
        if engine != "sqlite":
            _drop_database(address, name)
