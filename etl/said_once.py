"""What a clerk writes once for several rows: merged cells down a column, and 同上."""

from __future__ import annotations

from etl.reading.sheets import Sheet, SheetColumn

_DITTO = ("同上", "同 上", "同　上", "上同", "〃", "々", '"', "″", "''", "“", "”")
_AROUND = ("", " ", "\u3000")
REPEATED = frozenset(f"{before}{mark}{after}" for mark in _DITTO for before in _AROUND for after in _AROUND)


def merged_filled(sheet: Sheet, first: int) -> tuple[list[SheetColumn], set[int]]:
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
