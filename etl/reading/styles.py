"""Which number format each style of a workbook names: those of Excel's own list, and those that the workbook defines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.number_format import GENERAL
from etl.reading.relations import MAINS

MOST_STYLES = 65_536
"""Excel knows no more styles: what goes on after them shows its numbers as they are."""
_MONTH, _DAY, _SHORT_DAY = 'yyyy"年"m"月"', 'yyyy"年"m"月"d"日"', 'm"月"d"日"'
_HALF_DAY, _HALF_DAY_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
BUILT_IN: Mapping[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _MONTH, 28: _SHORT_DAY, 29: _SHORT_DAY, 30: "m-d-yy", 31: _DAY, 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: _HALF_DAY, 35: _HALF_DAY_SECONDS, 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _MONTH, 51: _SHORT_DAY, 52: _MONTH, 53: _SHORT_DAY, 54: _SHORT_DAY, 55: _HALF_DAY, 56: _HALF_DAY_SECONDS,
    57: _MONTH, 58: _SHORT_DAY,
}  # fmt: skip
"""Formats that a workbook names by number alone, as a Chinese Excel shows them (ECMA-376 part 1, 18.8.30)."""


def codes_of(named: Iterable[int], own: Mapping[int, str]) -> list[str]:
    """The code of each style that names a format by number. One that is defined nowhere, as WPS leaves such, says nothing."""
    return [own.get(number) or BUILT_IN.get(number, GENERAL) for number in islice(named, MOST_STYLES)]


def read_styles(content: bytes | bytearray) -> list[str]:
    """The format of each style of an .xlsx, in order."""
    own: dict[int, str] = {}
    named: list[int] = []
    inside = False

    def format_(attributes: Attributes) -> None:
        number = attributes.get("numFmtId", "")
        if number.isascii() and number.isdigit():
            own[int(number[:9])] = attributes.get("formatCode", "")

    def begin(_: Attributes) -> None:
        nonlocal inside
        inside = True

    def end() -> None:
        nonlocal inside
        inside = False

    def style(attributes: Attributes) -> None:
        if inside and len(named) < MOST_STYLES:
            number = attributes.get("numFmtId", "0")
            named.append(int(number[:9]) if number.isascii() and number.isdigit() else 0)

    handlers = Handlers()
    for main in MAINS:
        handlers.entering |= {f"{main} numFmt": format_, f"{main} cellXfs": begin, f"{main} xf": style}
        handlers.leaving |= {f"{main} cellXfs": end}
    walk([content], handlers)
    return codes_of(named, own)
