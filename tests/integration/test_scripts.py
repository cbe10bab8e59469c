"""Which scripts a page brings along: AG Grid's is on none, and is given to a list that asks for it."""

from __future__ import annotations

import re

import pytest

from dashboards.components.grid import _script
from data.people.scope import Role
from tests.integration.sites import Site


@pytest.mark.parametrize("path", ["/overview", "/ranking", "/administration", "/signin"])
def test_no_page_brings_the_grids_script(shared_site: Site, path: str) -> None:
    """1.3 MB that only record lists need are fetched when a list needs them."""
    frame = shared_site.signed_in(Role.ADMIN).get(path).text
    assert [
        address for address in re.findall(r'src="([^"]+)"', frame) if "grid.min" in address or "community" in address
    ] == []


def test_the_grids_script_is_where_lists_say(shared_site: Site) -> None:
    """Under its version, so that browsers keep it; with the policy of all other scripts."""
    answer = shared_site.visitor().get(_script())
    assert answer.status_code == 200
    assert len(answer.data) > 10**6
    assert "max-age" in answer.headers["Cache-Control"]
