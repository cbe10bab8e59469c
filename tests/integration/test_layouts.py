"""However an office lays its workbook out, the same rows are read from it (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.settings import Settings
from data.store import reader
from data.zone import read_zone
from etl.kinds.registry import KINDS
from etl.load import Loader
from tests.how_many import cases, seeds
from tests.integration.generated_layouts import Laid, as_an_office, plainly, truth
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import all_rows, send

SEEDS = st.integers(0, 2**32)


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=cases())
@given(seed=SEEDS)
def test_every_layout_tells_the_same(desk: Desk, kind: str, seed: int) -> None:
    """Titles, header rows, order, aliases, levels, sums, signatures, merges, 同上, writings: the rows stay what they are."""
    chance = Random(seed)
    told = truth(chance, kind)
    plain, office = plainly(told, desk.zone), as_an_office(chance, told, desk.zone)
    expected = desk.accepted(plain.book)
    seen = desk.accepted(office.book, merged=office.merged)
    assert (seen.kind, seen.unit, seen.period) == (expected.kind, expected.unit, expected.period)
    assert to_be_stored(seen) == to_be_stored(expected)
    assert seen.rows == expected.rows
    assert {one.code for one in seen.problems} <= {"unknown_column", *(one.code for one in expected.problems)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", seeds(len(KINDS)))
def test_real_files_tell_the_same(sqlite_installation: Settings, tmp_path: Path, kind: str, seed: int) -> None:
    """The same holds of files: what an office saved is loaded to the rows of the plain workbook before it."""
    chance = Random(f"{kind}{seed}")
    log = ("submission", "submission_problem", "audit")
    with Loader(sqlite_installation) as loader:
        told = truth(chance, kind)
        assert send(loader, plainly(told, loader.zone).book, tmp_path, name="本.xlsx").status == "accepted"
        before = all_rows(sqlite_installation, but=log)
        outcome = send(loader, _saved(as_an_office(chance, told, loader.zone), tmp_path / "发.xlsx"), tmp_path)
        assert (outcome.errors, outcome.status, outcome.version) == ([], "accepted", 2)
        after = all_rows(sqlite_installation, but=log)
    for name in before:
        new = [row for row in after[name] if row not in before[name]]
        assert sorted(_without_place(name, new)) == sorted(
            _without_place(name, before[name][-len(new) :] if new else [])
        )


def _saved(laid: Laid, path: Path) -> Path:
    book = load_workbook(laid.book.write(path))
    for name, merges in laid.merged.items():
        for (top, left), (bottom, right) in merges:
            book[name].merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def _without_place(table: str, rows: list[tuple[object, ...]]) -> list[str]:
    """Rows of a table whose key is (zone, submission, row), without the last two; others as they are."""
    return [repr(row[:1] + row[3:]) for row in rows]
