"""However an office lays its workbook out, the same rows are read from it (CONTRACT, Taken as it comes)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from data.schema import metadata
from data.schema.told_columns import told_column
from data.settings import Settings
from data.store import reader
from data.zone.zone import read_zone
from etl.checking.check import Checkup
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.reading.workbook import Sheet
from etl.table.left_out import Why
from tests.how_many import cases, seeds
from tests.integration.generated_layouts import Laid, as_an_office, plainly, truth
from tests.integration.generated_rows import strewn
from tests.integration.in_memory import Desk, to_be_stored
from tests.integration.ledgers import LOG, all_rows, send

SEEDS = st.integers(0, 2**32)
NOT_COMPARED = (*LOG, told_column.name)
"""What says who sent what when, and the same rows column by column, with their numbers on the sheet."""


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
@settings(max_examples=cases())
@given(seed=SEEDS)
def test_nothing_is_passed_over(desk: Desk, kind: str, seed: int) -> None:
    """Notes, signatures, headers again, sums, examples, headings, prefilled rows, hidden rows and further sheets: every
    row of data is read where it stands, every other one named for what it is, and the sums of both balance.
    """
    chance = Random(seed)
    told = truth(chance, kind)
    expected = desk.accepted(plainly(told, desk.zone).book)
    laid = strewn(chance, told, plainly(told, desk.zone))
    seen = desk.accepted(laid.book)
    assert to_be_stored(seen) == to_be_stored(expected)
    assert "table_total" not in {one.code for one in seen.problems}
    read, left = _read(seen), _left(seen)
    for sheet, rows in laid.data.items():
        assert [row for row in rows if row not in left[sheet]] == read[sheet]
        assert all(left[sheet][row] in whys for row, whys in laid.others[sheet].items() if whys)
        assert not set(read[sheet]) & set(left[sheet])
    assert {one.sheet: one.why for one in seen.left_out if one.rows is None and one.column is None} == laid.sheets
    hidden = {
        sheet.name for sheet in laid.book.sheets if sheet.hidden_rows & {row - 1 for row in read.get(sheet.name, ())}
    }
    assert {one.sheet for one in seen.problems if one.code == "hidden_rows"} == hidden
    for sums in (seen.account["rows"], seen.account["cells"]):
        assert sums["seen"] == sum(number for name, number in sums.items() if name != "seen")


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=cases())
@given(seed=SEEDS)
def test_a_row_less_is_a_row_less(desk: Desk, kind: str, seed: int) -> None:
    """Emptying one row of data takes that row away and moves no other; a cell that it must have makes it a problem there."""
    chance = Random(seed)
    told = truth(chance, kind)
    laid = strewn(chance, told, plainly(told, desk.zone), unlabelled=False)
    before = _read(desk.check(laid.book))
    sheet = chance.choice([one for one in laid.book.sheets if before.get(one.name)])
    row = chance.choice(before[sheet.name])
    kept = [list(cells) for cells in sheet.rows()]
    _replace(sheet, [[""] * len(cells) if number == row - 1 else cells for number, cells in enumerate(kept)])
    after = desk.check(laid.book)
    assert _read(after) == {**before, sheet.name: [one for one in before[sheet.name] if one != row]}
    assert row not in _left(after)[sheet.name]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", seeds(len(KINDS)))
def test_real_files_tell_the_same(sqlite_installation: Settings, tmp_path: Path, kind: str, seed: int) -> None:
    """The same holds of files: what an office saved is loaded to the rows of the plain workbook before it."""
    chance = Random(f"{kind}{seed}")
    with Loader(sqlite_installation) as loader:
        told = truth(chance, kind)
        assert send(loader, plainly(told, loader.zone).book, tmp_path, name="本.xlsx").status == "accepted"
        before = all_rows(sqlite_installation, but=NOT_COMPARED)
        outcome = send(loader, _saved(as_an_office(chance, told, loader.zone), tmp_path / "发.xlsx"), tmp_path)
        assert (outcome.errors, outcome.status, outcome.version) == ([], "accepted", 2)
        after = all_rows(sqlite_installation, but=NOT_COMPARED)
    for name in before:
        new = [row for row in after[name] if row not in before[name]]
        assert sorted(_without_place(name, new)) == sorted(
            _without_place(name, before[name][-len(new) :] if new else [])
        )


def _read(checkup: Checkup) -> dict[str, list[int]]:
    """The data rows that were read, by sheet."""
    assert checkup.context is not None
    return {table.found.sheet.name: list(table.rows) for table in checkup.context.tables.values()}


def _left(checkup: Checkup) -> defaultdict[str, dict[int, Why]]:
    """The rows that were left out, by sheet; each for one reason."""
    left: defaultdict[str, dict[int, Why]] = defaultdict(dict)
    for one in checkup.left_out:
        for row in range(one.first or 0, (one.last or one.first or -1) + 1):
            assert row not in left[one.sheet]
            left[one.sheet][row] = one.why
    return left


def _replace(sheet: Sheet, rows: list[list[Any]]) -> None:
    sheet.columns = Sheet.of(sheet.name, rows).columns
    sheet.header_area = None


def _saved(laid: Laid, path: Path) -> Path:
    book = load_workbook(laid.book.write(path))
    for name, merges in laid.merged.items():
        for (top, left), (bottom, right) in merges:
            book[name].merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def _without_place(table: str, rows: list[tuple[object, ...]]) -> list[str]:
    """Rows of a table without what says which row of which workbook they are."""
    kept = [at for at, name in enumerate(metadata.tables[table].c.keys()) if name not in {"submission", "row"}]
    return [repr([row[at] for at in kept]) for row in rows]
