"""Sheets that we put into workbooks for people to read: they come back with the workbook and are no part of it."""

from __future__ import annotations

from etl.reading.sheets import Sheet

UNREAD = "（系统生成，报送时不读取本表）"


def is_unread(sheet: Sheet) -> bool:
    """Whether the sheet says of itself, in its first cell, that it is ours and not to be read."""
    return sheet.height > 0 and str(sheet.columns[0][0]).strip().endswith(UNREAD)
