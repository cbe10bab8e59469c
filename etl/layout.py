"""Cells → table: which rows below a header are data (CONTRACT, Taken as it comes).

Offices put titles above, totals and signatures below, merge what belongs together, number the columns,
and leave a stray character far down. All of that is recognised here, once, for every kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from data.normal import compact
from etl.header import Found
from etl.reading.sheets import Sheet, SheetColumn, letters

_DITTO = ("同上", "同 上", "同　上", "上同", "〃", "々", '"', "″", "''", "“", "”")
_AROUND = ("", " ", "\u3000")
_REPEATED = frozenset(f"{before}{mark}{after}" for mark in _DITTO for before in _AROUND for after in _AROUND)
_TOTAL = re.compile(r"(?:本?(?:月|页|期|季|季度|年|年度|表)?)(小计|合计|累计|总计|共计)[::]?")
_SIGNATURE = re.compile(
    r"(?:填表人|填报人|制表人|审核人|审批人|复核人|经办人|联系人|联系电话|单位负责人|分管领导|主要领导|单位\((?:盖章|公章|签章)\)).*"
    r"|(?:填报单位|制表|审核|负责人|填表日期|填报日期|填报时间|制表日期|注|说明|备注|填表说明|填报说明)(?:\(.*?\))?[::].*"
)
_SIGNATURE_STARTS = frozenset("填制审复经联单分主负注说备") | {""}
_CHINESE_NUMBERS = "甲乙丙丁戊己庚辛壬癸"
_LABEL_WITHIN = 4
_ENOUGH_TO_BE_A_ROW = 3
_NO_TEXT = frozenset({""})


@dataclass(slots=True)
class Table:
    """The data rows of a found table, column by column.

    ``rows`` are the row numbers that the clerk sees; ``cells[key][i]`` belongs to ``rows[i]``.
    ``totals`` are rows of sums that were left out: (label, clerk's row, {key: value}, data rows above it).
    """

    found: Found
    rows: list[int]
    cells: dict[str, SheetColumn]
    totals: list[tuple[str, int, dict[str, Any], int]]

    def cell(self, key: str, index: int) -> str:
        """Name of the cell (``B3``) of a data row's column."""
        return f"{letters(self.found.columns[key])}{self.rows[index]}"

    def keep(self, indices: Sequence[int]) -> None:
        """Leave out all data rows but these."""
        self.rows = [self.rows[index] for index in indices]
        self.cells = {key: column.select(indices) for key, column in self.cells.items()}


def read_table(found: Found) -> Table:
    """The data rows below the header, with merged cells and 同上 filled in, totals and signatures left out.

    Below a signature only a row with all its required cells counts: a note there is none, a forgotten row is one.
    """
    sheet, first = found.sheet, found.header_bottom + 1
    identifying = [position for key, position in found.columns.items() if key != "serial"]
    required = [found.columns[one.key] for one in found.spec.columns if one.required and one.key in found.columns]
    needed = required[:4] or [-1]
    width = len(found.columns) + len(found.unknown)
    columns, covered = _merged_filled(sheet, first)
    coded = [(column.cells, column.codes) for column in columns]
    labelled = sorted(found.columns.values())[:_LABEL_WITHIN][-1] + 1
    labels = _total_labels(set[Any]().union(*(column.cells for column in columns[:labelled])))
    signers = {cell for cell in columns[0].cells if _may_sign(cell)}
    kept: list[int] = []
    totals: list[tuple[str, int, dict[str, Any], int]] = []
    after_gap = signed = False
    below_signature = len(required) >= _ENOUGH_TO_BE_A_ROW
    body = range(first, sheet.height)
    unsure = body if len(required) < 2 else _unsure(body, columns, needed, labels.keys() | signers, covered, labelled)
    sure_from = first
    for number in [*unsure, sheet.height]:
        if sure_from < number:
            if not signed or below_signature:
                kept.extend(range(sure_from, number))
            after_gap = False
        sure_from = number + 1
        if number == sheet.height:
            break
        row = [cells[codes[number]] for cells, codes in coded]
        if not labels.keys().isdisjoint(row[:labelled]):
            label = next(labels[cell] for cell in row[:labelled] if cell in labels)
            sums = {key: row[position] for key, position in found.columns.items()}
            totals.append((label, number + 1, sums, len(kept)))
            continue
        if row[0] in signers and _ends_table(row):
            signed = True
            continue
        lacking = any(row[position] == "" for position in needed)
        if not kept and not lacking and _counts_columns(row, width):
            continue
        if signed and (lacking or not below_signature):
            continue
        if lacking or number in covered or (after_gap and len(required) < 2):
            filled = _filled(sheet, number, identifying)
            if not filled or (filled == 1 and after_gap):
                after_gap = True
                continue
        kept.append(number)
        after_gap = False
    cells = {key: columns[position].select(kept).repeated(_REPEATED) for key, position in found.columns.items()}
    return Table(found, [number + 1 for number in kept], cells, totals)


def _blank(cell: Any) -> bool:
    return cell == "" or cell is None or (isinstance(cell, str) and not cell.strip())


def _filled(sheet: Sheet, number: int, positions: Sequence[int]) -> int:
    """How many cells of the row count as filled; a formula without a stored value was meant to be."""
    filled = sum(1 for position in positions if not _blank(sheet.columns[position][number]))
    if sheet.broken:
        filled += sum(1 for position in positions if f"{letters(position)}{number + 1}" in sheet.broken)
    return filled


def _unsure(
    body: range,
    columns: Sequence[SheetColumn],
    needed: Sequence[int],
    words: Set[Any],
    covered: Set[int],
    labelled: int,
) -> Sequence[int]:
    """The rows that must be looked at: all others have every required cell and nothing strange.

    The first complete row may number the columns.
    """
    lacking = {row for position in needed for row in columns[position].rows_with(_NO_TEXT)}
    first_complete = next((row for row in body if row not in lacking), body.start)
    strange = {first_complete, *lacking, *covered}
    for column in columns[:labelled]:
        strange.update(column.rows_with(words))
    return sorted(row for row in strange if row in body)


def _total_labels(cells: Iterable[Any]) -> dict[Any, str]:
    """The cells that say 小计, 合计 and the like → which of them."""
    labels = ((cell, _TOTAL.fullmatch(compact(cell))) for cell in cells if isinstance(cell, str) and "计" in cell)
    return {cell: match[1] for cell, match in labels if match}


def _may_sign(first: Any) -> bool:
    """Whether a row that begins so can be a signature; most rows begin with a number or a day."""
    return first is None or (first.__class__ is str and (not first or first.lstrip()[:1] in _SIGNATURE_STARTS))


def _ends_table(row: Sequence[Any]) -> bool:
    first = next((cell for cell in row if not _blank(cell)), "")
    return isinstance(first, str) and bool(_SIGNATURE.fullmatch(compact(first)))


def _counts_columns(row: Sequence[Any], width: int) -> bool:
    """A row under the header that only numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 …; of two columns both."""
    cells = [
        compact(f"{cell:g}" if isinstance(cell, float) else str(cell)).strip("()") for cell in row if not _blank(cell)
    ]
    letters_first = [cell for cell in cells if cell in _CHINESE_NUMBERS]
    numbers = [cell for cell in cells if cell not in _CHINESE_NUMBERS]
    return (
        len(cells) >= min(3, width)
        and letters_first == list(_CHINESE_NUMBERS[: len(letters_first)])
        and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    )


def _merged_filled(sheet: Sheet, first: int) -> tuple[list[SheetColumn], set[int]]:
    """The sheet's columns, with the value of a merged cell in every row that it spans (first column only).

    And the rows from ``first`` on that hold such a value: what a clerk wrote there is on the sheet's own columns.
    """
    columns = list(sheet.columns)
    covered: set[int] = set()
    for (top, left), (bottom, _) in sheet.merged:
        if top >= first and bottom > top and top < sheet.height and left < len(columns):
            if columns[left] is sheet.columns[left]:
                columns[left] = columns[left].select(range(sheet.height))
            codes, below = columns[left].codes, range(top + 1, min(bottom + 1, sheet.height))
            for number in below:
                codes[number] = codes[top]
            covered.update(below)
    return columns, covered
