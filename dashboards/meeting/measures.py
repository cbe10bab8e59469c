"""The measures of a public body's document (GB/T 9704-2012): page, type, lines; in millimetres and points unless said otherwise."""

from __future__ import annotations

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
TEXT_WIDTH, TEXT_HEIGHT = PAGE_WIDTH - LEFT - RIGHT, PAGE_HEIGHT - TOP - BOTTOM
"""The text block: 156 × 225."""
NUMBER_BELOW_TEXT = 7.0
"""From the text block to the line of the page's number."""

LINES, CHARACTERS = 22, 28
"""Lines of a page, and characters of a line."""
POINT = 25.4 / 72
"""Millimetres of a point."""
PITCH = 28.95
"""From line to line: 22 of them are no higher than the text block."""
BODY, TITLE, NUMBER, TABLE, SMALL = 16.0, 22.0, 14.0, 10.5, 9.0
"""Sizes of type: 三号, 二号, 四号, 五号 of tables, 小五 of what is said of the document itself."""
RED_HEAD, RED_HEAD_BELOW, RULE_BELOW = 50.0, 35.0, 4.0
"""Size at most of who issues in red; millimetres from the text block's upper edge to it, and from the document number to the red rule."""
RED = "E60012"
BESIDE_TEXT = 3.0
"""Free at either side of a cell's text."""
CLOSER = -0.25
"""What is taken from the width of every character of 三号: 28 of them are 448 points wide, the line has 442."""
ADVANCE = BODY + CLOSER

SONG_TITLE, FANG_SONG, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
INSTEAD = {
    SONG_TITLE: "方正小标宋_GBK;小标宋体;STZhongsong;宋体;Noto Serif CJK SC",
    FANG_SONG: "仿宋;FangSong;STFangsong;Noto Serif CJK SC",
    KAI: "楷体;KaiTi;STKaiti;Noto Serif CJK SC",
    HEI: "SimHei;STHeiti;Noto Sans CJK SC",
    SONG: "SimSun;STSong;Noto Serif CJK SC",
}
"""What stands for a typeface where it is not installed; the first two and the third are not free, an office's machines have them."""
FOREIGN = ("Calibri", "Cambria", "等线", "DengXian")
"""Typefaces that libraries and offices' masters bring with them, and that WPS says are missing."""
NAVY = "1F3864"
LATIN = "Times New Roman"


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * 20)


def twips_of_mm(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres / POINT * 20)
