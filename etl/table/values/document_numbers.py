"""Numbers of documents, cases and accidents: what somebody wrote there, and nothing that only stands in its place (CONTRACT section 1).

Figures are counted by these numbers (a decision's fine once, a case's re-inspections together), so two cells that both say
暂无 would be one case, and one that a spreadsheet turned into a date would be a case that nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from data.zone.normal import compact, plain
from etl.reading.sheets import Shown
from etl.table.cells import DIGITS_LOST_FROM, Wrong, digits, is_empty, says, seen, text

LONGEST = 200
_USUAL = re.compile(
    r"[^\W\d_]*(?:[(（][^\W\d_]*[)）])?[^\W\d_]*[〔\[（(【]\d{4}[〕\]）)】]第?\d{1,9}(?:-\d{1,9})?号|[A-Za-z]*\d{1,20}(?:-\d{1,9})*"
)
"""Nearly all are written so: nothing in them needs a closer look."""
_LONGEST_USUAL = 40
_NUMERALS = "〇零○一二三四五六七八九十百"
_BRACKETED_YEAR = r"\((?:(?:19|20)?\d\d|[〇零○一二三四五六七八九]{4})?年?度?\)"
_YEAR = re.compile(_BRACKETED_YEAR)
_SERIAL = re.compile(rf"\d|[{_NUMERALS}]+号|第[{_NUMERALS}]+")
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+E[+-]?|E[+-])\d{1,3}", re.IGNORECASE)
_WRITTEN_DAY = re.compile(
    r"\d{4}/\d{1,2}/\d{1,2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{4}[-/]\d{1,2}[-/]\d{1,2}\d\d?:\d\d(?::\d\d)?"
    r"|\d{1,2}-(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)(?:-\d\d)?|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)-\d\d",
    re.IGNORECASE,
)
"""As spreadsheets show the days that they made of 5-1 or 2022/5: what CSV and web pages keep of them."""
_LETTER = re.compile(r"[A-Z]", re.IGNORECASE)
_NO_WORDS = frozenset(
    {"NA", "N/A", "NONE", "NULL", "NIL", "TBD", "NO", "YES", "Y", "N", "X", "XX", "XXX", "XXXX", "OK"}
)
_STANDS_FOR_ONE = re.compile(
    r"(?:已立案|已结案|立案|决定书?|文书|文号|编号)?[,、:;]?(?:[详参]?见|同(?:上|前|左|右)|待|暂|尚未|还未|未[下出办录取编作]|正在|另行|补办|后补).*"
)
_SAYS_WHEN_OR_HOW_MANY = re.compile(r".*\d月(?:\d{1,2}日|份|底|初|中旬|上旬|下旬)?[^\d号]*|共?\d+[份个张页起件次]")
_REMARK = re.compile(r"\([^()\d]*\)$")
_LACKING = re.compile(rf"(?:{_BRACKETED_YEAR}字?第?|第)[\W_X〇零]*号", re.IGNORECASE)
_SEPARATORS = re.compile(r"[、,;|&+\r\n\t/ ]|(?<=号)(?:以及|[和及与至到~—-])")
_BETWEEN_NUMBERS = "、,;|&"
_RANGE = "~—-"
_COMPLETE = re.compile(rf".*[\d{_NUMERALS}A-Z]号?", re.IGNORECASE)
_RUNS = re.compile(r"\d+")
_TWICE = re.compile(r"\((?:19|20)\d\d\)第?\d+号.*\((?:19|20)\d\d\)第?\d+号")


def document(required: bool) -> Callable[[Any], str | None]:
    """How the number of a document, case or accident is read, as it is seen; Wrong('bad_document_number') for what is none.

    Where it is ``required`` 无 is no answer; elsewhere it says that there is none.
    """

    def understand(cell: Any) -> str | None:
        if cell.__class__ is str and len(cell) <= _LONGEST_USUAL and _USUAL.fullmatch(cell):
            return cell
        _refuse_converted(cell)
        if is_empty(cell):
            if required and says(cell) == "无":
                raise Wrong("bad_document_number", reason="placeholder")
            return None
        written = _not_too_long(_as_number(cell) or text(cell) or "")
        if isinstance(cell, str | Shown):
            _refuse_what_is_none(written)
        return written or None

    return understand


def _as_number(cell: Any) -> str | None:
    """A number whose format only parts its thousands; None for anything else."""
    if isinstance(cell, Shown) and cell.text.replace(",", "").strip() == digits(float(cell.stored)):
        return digits(float(cell.stored))
    return None


def _not_too_long(written: str) -> str:
    if len(written) > LONGEST:
        raise Wrong("bad_choice", longest=LONGEST)
    return written


def _refuse_converted(cell: Any) -> None:
    """What a spreadsheet made of a number that was typed: a day, a time, a truth value, a number without its last digits."""
    if isinstance(seen(cell), date | datetime | time | timedelta):
        raise Wrong("bad_document_number", reason="turned_into_date")
    if isinstance(cell, bool):
        raise Wrong("bad_document_number", reason="placeholder")
    number = cell.stored if isinstance(cell, Shown) else cell
    if isinstance(number, float | int) and not abs(number) < DIGITS_LOST_FROM:
        raise Wrong("bad_document_number", reason="lost_digits")


def _refuse_what_is_none(written: str) -> None:
    key = _not_too_long(compact(written))
    if _SCIENTIFIC.fullmatch(key):
        raise Wrong("bad_document_number", reason="lost_digits")
    if _WRITTEN_DAY.fullmatch(key):
        raise Wrong("bad_document_number", reason="turned_into_date")
    without_years = _YEAR.sub("", key)
    if _lacks_serial(key, without_years):
        raise Wrong("bad_document_number", reason="without_serial")
    if _is_placeholder(key, without_years):
        raise Wrong("bad_document_number", reason="placeholder")
    if _is_several(written, key):
        raise Wrong("bad_document_number", reason="several_numbers")


def _lacks_serial(key: str, without_years: str) -> bool:
    """``渝安监罚〔2022〕号``, ``〔2022〕第__号``: the form of a number with nothing in it."""
    if "号" in key and _LACKING.search(key):
        return True
    return without_years != key and not _SERIAL.search(without_years) and not _LETTER.search(without_years)


def _is_placeholder(key: str, without_years: str) -> bool:
    """Words that stand where a number will: no digit, or one that belongs to what they say (待5月出, 见第3页)."""
    if _SAYS_WHEN_OR_HOW_MANY.fullmatch(key):
        return True
    if _SERIAL.search(without_years) and not (without_years == key and _STANDS_FOR_ONE.fullmatch(key)):
        return False
    return not _LETTER.search(key) or key.upper().strip("()./?") in _NO_WORDS or bool(_STANDS_FOR_ONE.fullmatch(key))


def _is_several(written: str, key: str) -> bool:
    """Two complete numbers, or one and the serial of another: each ends as a number ends, or both are of one shape."""
    if _TWICE.search(key) or "号等" in key:
        return True
    ordinary = plain(written)
    cuts = list(_SEPARATORS.finditer(ordinary))
    if not cuts:
        return False
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(ordinary)]
    parts = [compact(ordinary[start:end]) for start, end in zip(starts, ends, strict=True)]
    return any(
        _are_two(before, after, cut[0])
        for before, after, cut in zip(parts, parts[1:], cuts, strict=False)
        if before and after
    )


def _are_two(before: str, after: str, cut: str) -> bool:
    if not (_complete(before) and _complete(after)):
        return False
    if cut in _BETWEEN_NUMBERS:
        return True
    if _REMARK.sub("", before).endswith("号"):
        return cut not in _RANGE or after.endswith("号")
    same_shape = _RUNS.sub("0", before) == _RUNS.sub("0", after)
    return same_shape and (cut in "\r\n" or not before.isdigit())


def _complete(part: str) -> bool:
    """Whether there is a serial in it besides the year, and it ends there."""
    part = _REMARK.sub("", part)
    if part.count("(") != part.count(")"):
        return False
    return bool(_SERIAL.search(_YEAR.sub("", part)) and _COMPLETE.fullmatch(part))
