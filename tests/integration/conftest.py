"""What all integration tests share besides: the children that read workbooks for loaders, an application to ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.settings import Settings
from tests.integration.lending import Lender
from tests.integration.several_units import installed, opened
from tests.integration.sites import Site, made


@pytest.fixture(scope="session", autouse=True)
def _lender() -> Iterator[None]:
    lender = Lender()
    with pytest.MonkeyPatch.context() as patch:
        lender.attach(patch)
        yield
    lender.end()


@pytest.fixture(scope="module")
def shared_site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application with one account of each role, for tests that change nothing: they ask, or sign in at most."""
    with (
        installed(sqlite_template, tmp_path_factory.mktemp("shared")) as settings,
        pytest.MonkeyPatch.context() as patch,
    ):
        yield made(settings, patch)


@pytest.fixture(scope="module")
def year_loaded(demo_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The demo year, loaded, in an installation of the module's own."""
    folder = tmp_path_factory.mktemp("of-a-module") / "year"
    shutil.copytree(demo_year, folder)
    with opened(folder) as settings:
        yield settings
