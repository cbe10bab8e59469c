"""A list of whom to inspect that somebody holds: ours as issued, a town's own plan, any workbook that names enterprises in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.method.register import Listed
from dashboards.results.cell_places import address
from dashboards.results.document_cells import AnotherFormat, SheetCells, cells_of
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.zone import Zone

CODES = ("统一社会信用代码", "信用代码", "社会信用代码")
NAMES = ("企业名称", "被检查单位", "单位名称")
UNITS = ("单位", "检查单位", "填报单位")
NUMBERS = ("检查文书号",)
"""Headings by which a list is known; of each sort the first stands in ours."""
_HEADER_WITHIN = 15
LARGEST = 20 * 2**20
"""Bytes of a workbook that is taken."""
MOST_ROWS = 20_000


class NotAList(ValueError):
    """What cannot be taken as a list; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class ListHeld:
    """A list of one unit (None: it names none): what its rows name in order, the credit code or else the name, of them the
    credit codes of enterprises that can be judged, and the numbers of the cases beside it that may be drawn.
    """

    unit: str | None
    named: tuple[str, ...]
    codes: tuple[str, ...]
    cases: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """What of it names no enterprise that can be judged."""
        known = frozenset(self.codes)
        return tuple(one for one in self.named if one not in known)


@dataclass(frozen=True, slots=True)
class _Header:
    """Where a table's heading stands, and its columns, counted from 0; None: there is no such column."""

    row: int
    code: int | None = None
    name: int | None = None
    unit: int | None = None
    number: int | None = None


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
    tables = [found for sheet in cells.sheets if (found := _table(sheet)) is not None]
    lists = next((one for one in tables if one[1].code is not None or one[1].name is not None), None)
    if lists is None:
        raise NotAList(
            _("No heading names enterprises: the list needs a column of credit codes or of names of enterprises.")
        )
    numbers = next((_numbers(*one, zone) for one in tables if one[1].number is not None), {})
    return _lists(*lists, zone, enterprises, numbers)


def _table(sheet: SheetCells) -> tuple[SheetCells, _Header] | None:
    """A sheet with a heading that names enterprises, or cases; None where it has none."""
    for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        titles = [compact(cell) if isinstance(cell, str) else "" for cell in row]
        header = _Header(at, *(_column(titles, known) for known in (CODES, NAMES, UNITS, NUMBERS)))
        if not header.code is header.name is header.number is None:
            return sheet, header
    return None


def _numbers(sheet: SheetCells, header: _Header, zone: Zone) -> dict[str | None, list[str]]:
    """Unit → the numbers of its cases."""
    found: dict[str | None, list[str]] = {}
    for at, row in enumerate(sheet.rows[header.row + 1 :], start=header.row + 1):
        if header.number is not None and header.number < len(row) and row[header.number] is not None:
            found.setdefault(_unit(row, at, header, zone), []).append(str(row[header.number]))
    return found


def _column(titles: Sequence[str], known: Sequence[str]) -> int | None:
    return next((titles.index(title) for title in known if title in titles), None)


def _lists(
    sheet: SheetCells,
    header: _Header,
    zone: Zone,
    enterprises: Mapping[str, Listed],
    numbers: Mapping[str | None, Sequence[str]],
) -> list[ListHeld]:
    by_name: dict[str, list[str]] = {}
    for code, one in enterprises.items():
        by_name.setdefault(compact(one.name), []).append(code)
    named: dict[str | None, list[str]] = {}
    for at, row in _rows(sheet, header):
        code, name = _text(row, header.code).upper(), _text(row, header.name)
        alike = by_name.get(name, [])
        told = alike[0] if not code and len(alike) == 1 else code or name
        named.setdefault(_unit(row, at, header, zone), []).append(told)
    if not named:
        raise NotAList(_("The list has no rows."))
    return [
        _held(unit, named.get(unit, ()), enterprises, numbers.get(unit, ()))
        for unit in sorted({*named, *numbers}, key=lambda unit: unit or "")
    ]


def _held(unit: str | None, named: Sequence[str], enterprises: Mapping[str, Listed], cases: Sequence[str]) -> ListHeld:
    return ListHeld(unit, tuple(named), tuple(one for one in named if one in enterprises), tuple(cases))


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
