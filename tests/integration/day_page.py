"""A page of what stands on a day, asked as its browser asks: the words that it shows, and the rows that its grid gets."""

from __future__ import annotations

from typing import Any

from data.people.scope import Role
from tests.integration.page_asked import texts
from tests.integration.sites import Site
from tests.integration.test_guessing import ask, body, page


def shown(site: Site, path: str, search: str, role: Role = Role.OFFICE) -> str:
    """The words of a page."""
    answer = page(site.signed_in(role), path, search)
    return "\n".join(texts(answer.get_json()["response"]["_pages_content"]["children"]))


def rows(
    site: Site, grid: str, asked: str, role: Role = Role.OFFICE, search: str = "", **more: Any
) -> list[dict[str, Any]]:
    """The rows that a grid gets."""
    context = {"asked": asked, "search": search}
    request = {"startRow": 0, "endRow": 500, "sortModel": [], "filterModel": {}, "context": context, **more}
    visitor = site.signed_in(role)
    answer = ask(visitor, body(visitor, f"{grid}.getRowsResponse", {f"{grid}.getRowsRequest": request}))
    found: list[dict[str, Any]] = answer.get_json()["response"][grid]["getRowsResponse"]["rowData"]
    return found
