"""Cells of formats that know texts alone (web pages, CSV): each is the text that is seen, unless that can mean only one thing."""

from __future__ import annotations

import re
from contextlib import suppress

from etl.reading.sheets import Cell, Sheet, Shown, letters

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_DECIMAL = re.compile(r"-?(?:0|[1-9]\d{0,11})\.\d{0,5}[1-9]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_DAY = re.compile(r"[年月日时分/:]|\d-\d")


def as_written(text: str) -> Cell:
    """What a text stands for: itself, without the marks by which programs keep it a text (``="007"``, ``'007``).

    A decimal number is a number, as every program takes it that opens the file: 2022.1 may have been 2022.10 once.
    """
    kept = _TEXT_FORMULA.fullmatch(text)
    if kept is not None:
        return kept[1].replace('""', '"')
    if text.startswith("'"):
        return text[1:]
    return float(text) if _DECIMAL.fullmatch(text) else text


def as_shown(text: str, stored: str) -> Cell:
    """A number of Excel's own web pages (``x:num``), beside the text that its format made of it."""
    number = None
    with suppress(ValueError):
        number = float(stored)
    if number is None or _DAY.search(text):
        return text
    plain = _NUMBER.fullmatch(text) is not None and float(text.replace(",", "")) == number
    return number if plain else Shown(number, text)


def note_errors(sheet: Sheet) -> None:
    """Error values that stand in the sheet as texts become what they are in a workbook: broken cells."""
    for position, column in enumerate(sheet.columns):
        for row in column.rows_with(_ERRORS):
            sheet.broken[f"{letters(position)}{row + 1}"] = column[row]
