"""Digits in the numerals that number formats ask for (``[DBNum1]`` 一二三, ``[DBNum2]`` 壹贰叁, ``[DBNum3]`` １２３)."""

from __future__ import annotations

_FIGURES = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_PLACES = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_GROUPS = ("", "万", "亿", "万亿")


def spelled(text: str, numerals: int) -> str:
    """Every digit by itself: 二〇二二."""
    return text.translate(str.maketrans("0123456789", _FIGURES[numerals]))


def counted(text: str, numerals: int) -> str:
    """A number as it is spoken: 十二, 一百二十三, with what follows its point digit by digit."""
    whole, point, decimals = text.partition(".")
    if not whole.isdigit() or len(whole) > 4 * len(_GROUPS):
        return spelled(text, numerals)
    return _spoken(whole, numerals) + point + spelled(decimals, numerals)


def without_one_ten(text: str) -> str:
    """Days and months are 十二, where a number is 一十二."""
    return text[1:] if text.startswith(("一十", "壹拾")) else text


def _spoken(digits: str, numerals: int) -> str:
    figures, places = _FIGURES[numerals], _PLACES[numerals]
    zero = figures[0]
    written = ""
    skipped = False
    groups = [digits[max(0, end - 4) : end] for end in range(len(digits), 0, -4)][::-1]
    for number, group in enumerate(groups):
        for place, digit in enumerate(group):
            if digit == "0":
                skipped = bool(written)
                continue
            written += (zero if skipped else "") + figures[int(digit)] + places[len(group) - 1 - place]
            skipped = False
        if group.strip("0"):
            written += _GROUPS[len(groups) - 1 - number]
    return written or zero
