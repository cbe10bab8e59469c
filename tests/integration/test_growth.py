"""What grows with the rows does not grow with their square: counted in the database's own steps, on any machine the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from data.rollup.enforcement import recompute
from data.settings import Settings
from data.store import reader
from data.zone.zone import read_zone
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger, number, send

_STEPS_AT_ONCE = 100
BY = date(2022, 5, 10)


def _all_looked_at_again(loader: Loader, folder: Path, unit: str, cases: int) -> None:
    """April's ledger has so many cases, due in May; May's tells of each that it was put right."""
    april, may = ledger("2022-04", unit), ledger("2022-05", unit)
    header, first = april.sheets["执法检查台账"][:2]
    numbers = [number(100 + case, "2022-04", unit) for case in range(cases)]
    rows = [[*first[:8], one, *first[9:11], BY, 0, *first[13:17], None, None, None] for one in numbers]
    told = [[one, BY, "合格", 2, *[None] * 5] for one in numbers]
    for book in (
        Book({"执法检查台账": [header, *rows]}, april.meta),
        Book({**may.sheets, "整改复查": [may.sheets["整改复查"][0], *told]}, may.meta),
    ):
        assert send(loader, book, folder).errors == []


def _steps(settings: Settings, unit: str) -> tuple[int, int, int]:
    """Hundreds of steps that SQLite takes for a unit's sums, and what they say of May: cases due, closed."""
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    with reader(settings.database_url).connect() as connection:
        zone = read_zone(connection, settings.zone)
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(count, _STEPS_AT_ONCE)
        sums = recompute(connection, zone, unit=unit)
        driver.set_progress_handler(None, 0)
    may = sums[unit, "2022-05"]
    return calls, may.due_cases, may.closed_cases


def test_sums_of_cases_that_were_looked_at_again(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Eight times as many cases, all of them with a re-inspection in a later month: about eight times the steps."""
    with Loader(sqlite_installation) as loader:
        _all_looked_at_again(loader, tmp_path, "longtanzi", 100)
        _all_looked_at_again(loader, tmp_path, "shuanglu", 800)
    few, *of_few = _steps(sqlite_installation, "longtanzi")
    many, *of_many = _steps(sqlite_installation, "shuanglu")
    assert (of_few, of_many) == ([102, 101], [802, 801])
    assert few * 6 < many < few * 12
