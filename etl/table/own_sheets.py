"""Sheets that we put into workbooks for people to read: they come back with the workbook and are no part of it."""

from __future__ import annotations

from data.zone.normal import compact
from etl.reading.sheets import Sheet

META = "_meta"
UNREAD = "（系统生成，报送时不读取本表）"


def is_unread(sheet: Sheet) -> bool:
    """Whether the sheet says of itself, in its first cell, that it is ours and not to be read."""
    return sheet.height > 0 and str(sheet.columns[0][0]).strip().endswith(UNREAD)


def is_ours(sheet: Sheet) -> bool:
    """Whether the program itself put the sheet into the workbook, and reads no table from it."""
    return compact(sheet.name) == META or is_unread(sheet)
