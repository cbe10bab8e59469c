"""How sheets that we make for people look: widths of texts, lines around cells, and how they are printed."""

from __future__ import annotations

from unicodedata import east_asian_width

from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from etl.template.colours import RULE

_A4 = 9
LINE_HEIGHT = 16
FONT, BOLD = Font(name="宋体", size=11), Font(name="宋体", size=11, bold=True)
_LINE = Side(style="thin", color=RULE)
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def print_landscape(sheet: Worksheet) -> None:
    """A4 across, all columns on one page's width."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def width_of(text: str) -> int:
    """How many columns of a fixed-width font the longest line of a text takes: a Chinese character takes two."""
    lines = text.splitlines() or [""]
    return max(sum(2 if east_asian_width(character) in "WF" else 1 for character in line) for line in lines)
