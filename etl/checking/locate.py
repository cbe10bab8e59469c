"""Where the tables of a kind stand in a workbook: which sheets are meant as which, and which are none of them.

A sheet named after a table, or bearing two of its required headings, is meant as that table: what stands on it is never
passed over. A hidden sheet is never data.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from data.zone.normal import compact
from etl.checking.near_headers import near_headers
from etl.kinds.kind import Kind
from etl.reading.sheets import Sheet, letters
from etl.table.declaration import TableSpec
from etl.table.headings.header import Found, find_table
from etl.table.headings.names import OTHER_MONEY
from etl.table.left_out import Why
from etl.table.own_sheets import is_ours
from etl.table.problems import Problem
from etl.table.rows.table_rows import read_table
from etl.table.sheet_names import is_named

Remembered = Mapping[str, Mapping[str, str]]
"""Headers that a unit's clerk once said to mean a column: {table: {header as compared: column}}."""
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NO_TABLES: Remembered = MappingProxyType({})
_FEWEST_COLUMNS = 3
_ENOUGH_TO_BE_MEANT = 2
_NAME_COUNTS_AS = 3
_MANY_REQUIRED = 4
_LOOKED_THROUGH = 1000


@dataclass(slots=True)
class Located:
    """The tables that were found; what is wrong with the sheets; sheets named after a table of sums in another layout."""

    found: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    loose: dict[str, Sheet] = field(default_factory=dict)


def shown(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets that may be data: what their sender sees, and did not get from us to be read."""
    return [sheet for sheet in sheets if not sheet.hidden and not is_ours(sheet)]


def hidden(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets of the office's own that their sender does not see."""
    return [sheet for sheet in sheets if sheet.hidden and not is_ours(sheet)]


def why_no_table(sheet: Sheet) -> Why:
    """Why a sheet on which no table of the kind was found is none."""
    if is_ours(sheet):
        return Why.OWN_SHEET
    return Why.HIDDEN_SHEET if sheet.hidden else Why.UNRELATED_SHEET


def table_on(sheet: Sheet, spec: TableSpec, remembered: Mapping[str, str] = _NO_HEADERS) -> Found | None:
    """The table on this sheet if there is enough of it to tell by it what the workbook is."""
    found = find_table(sheet, spec, remembered)
    if found is None or is_named(sheet, spec):
        return found
    if len(found.columns) < min(_FEWEST_COLUMNS, len(spec.columns)):
        return None
    return found if found.bears * 2 >= found.bears + len(found.missing) else None


def _meant(sheet: Sheet, spec: TableSpec, remembered: Mapping[str, str]) -> Found | None:
    """The table on this sheet if it is meant as that: by its name, or by two of the required headings."""
    found = table_on(sheet, spec, remembered)
    if found is None:
        found = find_table(sheet, spec, remembered)
        if found is None or found.bears < _ENOUGH_TO_BE_MEANT:
            return None
    if not spec.counted and found.twice:
        return None
    if found.missing and not spec.required and (not spec.counted or not is_named(sheet, spec)):
        return None
    return found


def locate(sheets: Sequence[Sheet], kind: Kind, remembered: Remembered = _NO_TABLES) -> Located:
    """Where each table of the kind stands: the sheet that knows most of its columns; a sheet holds one table.

    An empty copy of a filled table is passed over. Of two sheets that are the same table, both with rows, nobody but
    the sender knows which one counts, or whether both do: that is a problem. So is a filled table that is hidden where
    the one that is shown is empty.
    """
    located = Located()
    taken: set[int] = set()
    seen, unseen_sheets = shown(sheets), hidden(sheets)
    for spec in kind.tables:
        candidates = _with_headers(_of_the_table(seen, spec, kind, remembered, taken))
        if candidates:
            best, problem = _the_one(candidates)
            located.found[spec.key] = best
            located.problems.extend([problem] if problem else [])
            taken.update(id(one.sheet) for one in candidates if _is_table(one, best))
        unseen = _of_the_table(unseen_sheets, spec, kind, remembered, taken)
        taken.update(id(one.sheet) for one in unseen)
        located.problems.extend(_not_shown(unseen, located.found.get(spec.key)))
    for spec in kind.tables:
        for sheet in seen:
            if id(sheet) not in taken and is_named(sheet, spec) and not spec.counted and _says_something(sheet):
                located.loose.setdefault(spec.key, sheet)
                taken.add(id(sheet))
    located.problems[:0] = _missing(seen, kind, located.found, taken)
    located.problems.extend(problem for found in located.found.values() for problem in _headings_in_doubt(found))
    return located


def _with_headers(candidates: Sequence[Found]) -> Sequence[Found]:
    """Without those whose header is none where another sheet has one: a word of a row (罚款) may be a heading's too."""
    enough = [one for one in candidates if one.bears >= min(_ENOUGH_TO_BE_MEANT, one.bears + len(one.missing))]
    return enough or candidates


def _is_table(one: Found, best: Found) -> bool:
    return one is best or one.spec.counted or is_named(one.sheet, one.spec)


def _the_one(candidates: Sequence[Found]) -> tuple[Found, Problem | None]:
    """Which of the sheets is the table, and what is wrong where several are."""
    best = max(candidates, key=_weight)
    alike = [one for one in candidates if _is_table(one, best)]
    if len(alike) == 1:
        return best, None
    filled = [one for one in alike if has_rows(one)]
    if filled and best not in filled:
        best = max(filled, key=_weight)
    if len(filled) < 2:
        return best, None
    names = "、".join(f"“{one.sheet.name}”" for one in filled)
    return best, Problem("conflict", parameters={"rule": "two_sheets", "values": names, "table": best.spec.title})


def _of_the_table(
    sheets: Sequence[Sheet], spec: TableSpec, kind: Kind, remembered: Remembered, taken: Set[int]
) -> list[Found]:
    """The table on each of the sheets that are meant as it, and were not taken for one before it."""
    headers = remembered.get(spec.key, _NO_HEADERS)
    meant = (_meant(sheet, spec, headers) for sheet in sheets if id(sheet) not in taken)
    return [found for found in meant if found is not None and not _is_anothers(found, kind, remembered)]


def _not_shown(unseen: Sequence[Found], found: Found | None) -> Iterator[Problem]:
    """Hidden sheets with rows of a table, where the one that is shown has none."""
    filled = [one for one in unseen if one.spec.counted and has_rows(one)]
    if filled and (found is None or not has_rows(found)):
        names = "、".join(f"“{one.sheet.name}”" for one in filled)
        parameters = {"rule": "hidden_table", "values": names, "table": filled[0].spec.title}
        yield Problem("conflict", filled[0].sheet.name, parameters=parameters)


def has_rows(found: Found) -> bool:
    """Whether the table holds more than what our template fills in beforehand."""
    table = read_table(found)
    told = [column for key, column in table.cells.items() if key not in found.spec.prefilled]
    cells = (column.cells[code] for column in told for code in set(column.codes))
    return any(cell is not None and cell != "" and not (isinstance(cell, str) and cell.isspace()) for cell in cells)


def _is_anothers(found: Found, kind: Kind, remembered: Remembered) -> bool:
    """Whether the sheet is rather another table of the kind: by its name, or because it has more of that one.

    What lacks next to nothing of the table is that table, whatever it is called.
    """
    spec = found.spec
    may_lack = 1 if found.bears + len(found.missing) >= _MANY_REQUIRED else 0
    if is_named(found.sheet, spec) or len(found.missing) <= may_lack:
        return False
    others = [one for one in kind.tables if one is not spec]
    if any(is_named(found.sheet, one) for one in others):
        return True
    return any(
        not other.missing and _share(other) > _share(found)
        for one in others
        for other in [table_on(found.sheet, one, remembered.get(one.key, _NO_HEADERS))]
        if other is not None
    )


def _share(found: Found) -> float:
    return len(found.columns) / len(found.spec.columns)


def _weight(found: Found) -> int:
    return len(found.columns) + (_NAME_COUNTS_AS if is_named(found.sheet, found.spec) else 0)


def _says_something(sheet: Sheet) -> bool:
    """Whether there is a row of more than one cell that is no label: 无 alone says that there is nothing."""
    for row in sheet.rows(_LOOKED_THROUGH):
        filled = [cell for cell in row if cell not in ("", None) and str(cell).strip()]
        if len(filled) > 1 and not any(":" in compact(cell) for cell in filled if isinstance(cell, str)):
            return True
    return False


def _missing(sheets: Sequence[Sheet], kind: Kind, found: Mapping[str, Found], taken: set[int]) -> Iterator[Problem]:
    """Tables and columns that are not there: of sheets with a header, and of those that are only named after a table."""
    for spec in kind.tables:
        if spec.key in found:
            yield from _missing_columns(found[spec.key])
        headless = [
            sheet
            for sheet in sheets
            if id(sheet) not in taken
            and is_named(sheet, spec)
            and spec.counted
            and (_says_something(sheet) or (spec.required and spec.key not in found))
        ]
        for sheet in headless:
            for column in spec.columns:
                if column.required:
                    yield Problem("missing_column", sheet.name, None, column.title, parameters={"rule": "no_header"})
        if spec.required and spec.key not in found and not headless:
            yield Problem("missing_sheet", parameters={"sheet": spec.title})


def _missing_columns(table: Found) -> Iterator[Problem]:
    """``near_header`` for each heading that may be a column which the table lacks, else ``missing_column``."""
    near = {one.key: one for one in near_headers(table)}
    for column in table.missing:
        if column.key not in near:
            yield Problem("missing_column", table.sheet.name, None, column.title)
    for key in sorted(near, key=lambda key: near[key].position):
        one = near[key]
        cell = table.header_cell(one.position)
        yield Problem("near_header", table.sheet.name, cell, table.spec.titles[key], one.header)


def _headings_in_doubt(table: Found) -> Iterator[Problem]:
    """Columns that stand there twice, said once; amounts in a unit that no amount of ours is in."""
    if table.twice:
        first = table.twice[0]
        cells = "、".join(table.header_cell(position) for position in first.positions)
        parameters: dict[str, str | int] = {"rule": "columns_twice", "values": cells, "columns": len(table.twice)}
        cell = table.header_cell(first.positions[1])
        yield Problem("conflict", table.sheet.name, cell, table.spec.titles[first.key], parameters=parameters)
    for key, money in table.money.items():
        if money.unit in OTHER_MONEY:
            cell = money.cell or f"{letters(table.columns[key])}{table.header_bottom + 1}"
            yield Problem(
                "near_header", table.sheet.name, cell, table.spec.titles[key], money.unit, {"rule": "other_money"}
            )
