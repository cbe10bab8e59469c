"""Offices send many formats under many names: the content decides (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from data.schema.enforcement import inspection
from data.settings import Settings
from data.store import reader
from etl.load import Loader
from tests.integration.formats import ods, xlsx, xlsx_from_1904
from tests.integration.ledgers import Book, ledger, send


@pytest.mark.parametrize("form", [xlsx, xlsx_from_1904, ods])
@pytest.mark.parametrize("name", ["台账.xls", "台账.et", "台账"])
def test_content_decides_and_not_the_name(
    sqlite_installation: Settings, tmp_path: Path, form: Callable[[Book], bytes], name: str
) -> None:
    """A workbook in any format and under any name gives the same rows, dates and money included."""
    (tmp_path / name).write_bytes(form(ledger()))
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, tmp_path / name, tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())
    told = inspection.c
    with reader(sqlite_installation.database_url).connect() as connection:
        rows = connection.execute(select(told.inspected_on, told.rectify_by, told.fine_yuan).order_by(told.row)).all()
    assert [tuple(row) for row in rows] == [
        (date(2022, 5, 6), date(2022, 5, 16), None),
        (date(2022, 5, 12), date(2022, 5, 20), Decimal(20000)),
        (date(2022, 5, 20), None, None),
    ]
