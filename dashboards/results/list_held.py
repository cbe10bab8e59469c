"""A list of whom to inspect that somebody holds: ours as issued, a town's own plan, any workbook that names enterprises in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.method.register import Listed
from dashboards.results.cell_places import address
from dashboards.results.document_cells import AnotherFormat, DocumentCells, SheetCells, cells_of
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.zone import Zone

_CODES = ("统一社会信用代码", "信用代码", "社会信用代码")
_NAMES = ("企业名称", "被检查单位", "单位名称")
_UNITS = ("单位", "检查单位", "填报单位")
_HEADER_WITHIN = 15
LARGEST = 20 * 2**20
"""Bytes of a workbook that is taken."""
MOST_ROWS = 20_000


class NotAList(ValueError):
    """What cannot be taken as a list; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ListHeld:
    """A list of one unit (None: it names none): credit codes in order, and the texts of rows that name no enterprise of the register."""

    unit: str | None
    codes: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.codes) + len(self.unknown)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a table's heading stands, and its columns, counted from 0; None: there is no such column."""

    row: int
    code: int | None
    name: int | None
    unit: int | None


def held(raw: bytes, zone: Zone, enterprises: Mapping[str, Listed]) -> list[ListHeld]:
    """The lists in a workbook, one a unit that it names, in the order of units; NotAList with the sentence why there is none.

    An enterprise is known by its credit code, else by its name where the register has it once.
    """
    if len(raw) > LARGEST:
        raise NotAList(_("The list is larger than 20 MiB."))
    try:
        cells = cells_of(raw)
    except AnotherFormat as error:
        raise NotAList(_("The list is no .xlsx workbook: save it as .xlsx and try again.")) from error
    if cells is None:
        raise NotAList(_("The list cannot be read as a workbook."))
    sheet, header = _table(cells)
    return _lists(sheet, header, zone, enterprises)


def _table(cells: DocumentCells) -> tuple[SheetCells, _Header]:
    """The first sheet with a heading that names enterprises."""
    for sheet in cells.sheets:
        for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
            titles = [compact(cell) if isinstance(cell, str) else "" for cell in row]
            header = _Header(at, _column(titles, _CODES), _column(titles, _NAMES), _column(titles, _UNITS))
            if header.code is not None or header.name is not None:
                return sheet, header
    raise NotAList(
        _("No heading names enterprises: the list needs a column of credit codes or of names of enterprises.")
    )


def _column(titles: Sequence[str], known: Sequence[str]) -> int | None:
    return next((titles.index(title) for title in known if title in titles), None)


def _lists(sheet: SheetCells, header: _Header, zone: Zone, enterprises: Mapping[str, Listed]) -> list[ListHeld]:
    by_name: dict[str, list[str]] = {}
    for code, one in enterprises.items():
        by_name.setdefault(compact(one.name), []).append(code)
    codes: dict[str | None, list[str]] = {}
    unknown: dict[str | None, list[str]] = {}
    for at, row in _rows(sheet, header):
        unit = _unit(row, at, header, zone)
        codes.setdefault(unit, [])
        code, name = _text(row, header.code).upper(), _text(row, header.name)
        named = by_name.get(name, [])
        if code in enterprises:
            codes[unit].append(code)
        elif not code and len(named) == 1:
            codes[unit].append(named[0])
        else:
            unknown.setdefault(unit, []).append(code or name)
    if not codes:
        raise NotAList(_("The list has no rows."))
    return [
        ListHeld(unit, tuple(codes[unit]), tuple(unknown.get(unit, ())))
        for unit in sorted(codes, key=lambda unit: unit or "")
    ]


def _rows(sheet: SheetCells, header: _Header) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows that name an enterprise, each with its place."""
    rows = sheet.rows[header.row + 1 :]
    if len(rows) > MOST_ROWS:
        raise NotAList(_("A list has at most %(most)s rows; this one has %(n)s.", most=MOST_ROWS, n=len(rows)))
    for at, row in enumerate(rows, start=header.row + 1):
        if _text(row, header.code) or _text(row, header.name):
            yield at, row


def _text(row: Sequence[Any], column: int | None) -> str:
    if column is None or column >= len(row) or row[column] is None:
        return ""
    return compact(str(row[column]))


def _unit(row: Sequence[Any], at: int, header: _Header, zone: Zone) -> str | None:
    if header.unit is None or not _text(row, header.unit):
        return None
    found = zone.find_unit(str(row[header.unit]))
    if found is None:
        place = address(at, header.unit)
        raise NotAList(_("%(cell)s names no unit: %(text)s", cell=place, text=row[header.unit]))
    return found.code
