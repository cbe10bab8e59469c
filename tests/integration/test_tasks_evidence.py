"""Evidence of the plan's items: a scan that is attached to a workbook stands with its rows, for who may open it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from data.people.scope import Role
from data.schema.intake import attachment, submission
from data.store import reader
from etl.loading.load import Loader
from tests.integration import day_page
from tests.integration.ledgers import send
from tests.integration.papers import tasks
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_intake_web import PDF
from tests.integration.test_intake_web import attach as sent_from_the_page

JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
ITEM = "?day=2022-06-30&item=10.1"
SCAN = "销号单扫描件.pdf"


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Two units' workbooks on the web, with a scan to one of them."""
    folder = tmp_path_factory.mktemp("evidence")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        with Loader(settings) as loader:
            own = tasks().put({"H3": "龙滩三月的销号单"})
            other = tasks("2022Q2", "shuanglu").put({"H3": "双路的销号单"})
            for book in (own, other):
                assert send(loader, book, folder, at=JULY).status == "accepted"
        yield made(settings, patch)


def test_a_scan_stands_with_the_rows_of_its_workbook(site: Site) -> None:
    """The unit attaches it to its workbook; it and the office find words and file beside the row, all others neither."""
    with reader(site.door.settings.database_url).connect() as connection:
        table = submission.c
        number = connection.execute(select(table.submission).where(table.unit == "longtanzi")).scalar_one()
    answer = sent_from_the_page(site.signed_in(Role.UNIT), number, PDF, SCAN)
    assert answer.get_json() == {"attached": SCAN, "queued": False}
    with reader(site.door.settings.database_url).connect() as connection:
        assert connection.execute(select(attachment.c.submission)).scalars().all() == [number]
    for role, reads in ((Role.OFFICE, True), (Role.UNIT, True), (Role.VIEWER, False), (Role.ADMIN, False)):
        words = day_page.shown(site, "/work-plan", ITEM, role)
        assert "佐证" in words
        assert (role, SCAN in words, "龙滩三月的销号单" in words) == (role, reads, reads)
        assert ("双路的销号单" in words) == (role is Role.OFFICE)
    assert SCAN not in day_page.shown(site, "/work-plan", "?day=2022-06-30&item=2.1", Role.OFFICE)
