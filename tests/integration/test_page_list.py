"""The one list of pages: every page is on it, the navigation follows it, and no page escapes the tests that try every page."""

from __future__ import annotations

from pathlib import Path

import dash
import pytest

from app import create_app
from dashboards.components.page_list import PAGES, Page
from data.people.scope import Role
from data.settings import Settings
from tests.integration import access_table, test_attacks, test_quiet
from tests.integration.access_table import NOTHING

FOLDERS = Path(__file__).parents[2] / "dashboards" / "pages"
UNLISTED = {"not_found"}
"""What is shown where there is no page."""


def test_every_folder_is_one_line_of_the_list() -> None:
    """A page is one folder and one line."""
    folders = {path.parent.name for path in FOLDERS.glob("*/page.py")}
    assert [page.folder for page in PAGES if page.folder not in folders] == []
    assert folders - UNLISTED == {page.folder for page in PAGES}
    assert len({page.path for page in PAGES}) == len(PAGES) == len({page.title for page in PAGES})


def test_dash_serves_what_is_listed(sqlite_installation: Settings) -> None:
    """Each at its address, under its name and title, in the order of the list."""
    create_app(sqlite_installation.model_copy(update={"demo": True}))
    registered = [page for page in dash.page_registry.values() if page["path"] != "/404"]
    assert [(page["path"], page["name"], page["title"]()) for page in registered] == [
        (page.path, page.name, page.title) for page in PAGES
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.folder)
def test_no_page_escapes(page: Page) -> None:
    """Who may open it is a row of the table of accesses; attacks and failures are tried on it as on all others."""
    rows = [row for row in access_table.PAGES if row.what.partition("?")[0] == page.path]
    assert rows
    for row in rows:
        for role in Role:
            assert (getattr(row, role.value) == NOTHING) == (role not in page.roles), (row.what, role)
    assert page.path in test_attacks.PAGES
    assert page.path in test_quiet.PAGES
