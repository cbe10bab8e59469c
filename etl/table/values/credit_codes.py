"""Unified social credit codes (GB 32100-2015) as cells hold them."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import mul
from typing import Any

from data.zone.normal import has_marks, plain, visible
from etl.reading.sheets import Shown
from etl.table.cells import DIGITS_LOST_FROM, Wrong, is_empty, is_long

_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES = {character: value for value, character in enumerate(_CODE_CHARACTERS)}
_CODE_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_CODE = re.compile(rf"[{_CODE_CHARACTERS}]{{18}}")


def credit_code(cell: Any) -> str | None:
    """A unified social credit code of 18 characters (GB 32100-2015); the check digit is not judged here."""
    if isinstance(cell, str) and _CODE.fullmatch(cell):
        code = cell
    elif is_empty(cell):
        return None
    else:
        code = _code_written_otherwise(cell)
    if code.isdigit() and code.endswith("000") and not check_digit_holds(code):
        raise Wrong("bad_credit_code", reason="number")
    return code


def _code_written_otherwise(cell: Any) -> str:
    written = cell.text if isinstance(cell, Shown) and abs(cell.stored) < DIGITS_LOST_FROM else cell
    if not isinstance(written, str):
        raise Wrong("bad_credit_code", reason="number")
    if is_long(written):
        raise Wrong("bad_credit_code", reason="length", length=len(written))
    if has_marks(written):
        marks = {one for one in visible(written) if has_marks(one)}
        raise Wrong("bad_credit_code", reason="characters", characters="".join(sorted(marks)))
    code = "".join(plain(written).split()).upper()
    if not _CODE.fullmatch(code):
        if re.fullmatch(r"[\d.]+E\+?\d+", code):
            raise Wrong("bad_credit_code", reason="number")
        if len(code) != 18:
            raise Wrong("bad_credit_code", reason="length", length=len(code))
        raise Wrong(
            "bad_credit_code", reason="characters", characters="".join(sorted(set(code) - set(_CODE_CHARACTERS)))
        )
    return code


@lru_cache(maxsize=2**14)
def check_digit_holds(code: str) -> bool:
    """Whether the 18th character is the one that GB 32100-2015 computes from the others."""
    total: int = sum(map(mul, map(_CODE_VALUES.__getitem__, code), _CODE_WEIGHTS))
    return _CODE_VALUES[code[17]] == (31 - total % 31) % 31
