"""隐患整治, 督查督办, 举报惩戒 and 灾害预警 from the sample register: the same words, rows and cells on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from data.people.scope import Role
from data.settings import Settings
from tests.integration.day_page import rows, shown
from tests.integration.sample_register import load
from tests.integration.sites import made

PAGES = {
    "/hazards": "hazards-grid", "/supervision": "supervision-grid", "/tipoffs": "tipoffs-grid", "/disasters": "disasters-grid",
}  # fmt: skip
ASKED = ("?day=2022-04-30", "?day=2022-03-15")
ROLES = (Role.OFFICE, Role.UNIT, Role.VIEWER)
FILES = (
    "hazards-by-unit",
    "hazards-ledgers",
    "hazards-lowered",
    "supervision-by-unit",
    "tipoffs-by-type",
    "disasters-by-unit",
)


def told(settings: Settings) -> dict[str, list[str]]:
    """By page, day and role the words of the page and the rows of its grid; by file its lines."""
    with pytest.MonkeyPatch.context() as patch:
        site = made(settings, patch)
        found = {}
        for path, grid in PAGES.items():
            for asked in ASKED:
                for role in ROLES:
                    listed = [
                        json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows(site, grid, asked, role)
                    ]
                    found[f"{path}{asked} {role}"] = [*shown(site, path, asked, role).split("\n"), *listed]
        for name in FILES:
            answer = site.signed_in(Role.OFFICE).get(f"/export/{name}.csv{ASKED[0]}")
            assert answer.status_code == 200
            found[name] = answer.get_data().decode("utf-8-sig").split("\r\n")
    return found


def test_pages_and_their_cells_are_the_same_on_both_databases(
    sqlite_copy: str, postgresql_copy: str, tmp_path: Path
) -> None:
    """Whole pages, and every row of their grids with the cell to which it leads, to who sees all, one unit, and no name."""
    found = []
    for url in (sqlite_copy, postgresql_copy):
        settings = Settings(database_url=url, archive_dir=tmp_path / url.partition(":")[0], today=date(2022, 10, 8))
        load(settings, "重大隐患", "督查", "举报", "灾害与预警")
        found.append(told(settings))
    on_sqlite, on_postgresql = found
    assert on_sqlite.keys() == on_postgresql.keys()
    for key, lines in on_sqlite.items():
        assert lines == on_postgresql[key], key
    cells = [line for key, lines in on_sqlite.items() if key.startswith("/") for line in lines if line.startswith("{")]
    assert len([line for line in cells if '"href": "/original/' in line]) > 100
