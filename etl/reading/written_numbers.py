"""Numbers in one way of writing them, and formats that write a figure of their own; of the charts of all documents."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_IN_BRACKETS, _WITH_LITERALS = re.compile(r"\[[^\]]*\]"), re.compile(r'["\\1-9]')


def plain_number(words: str) -> str:
    """A number in one way of writing it; other words as they are."""
    if not _NUMBER.fullmatch(words):
        return words
    told = float(words)
    return f"{told:.10g}" if math.isfinite(told) else words


def writes_a_figure(code: str) -> bool:
    """Whether a number format writes a figure that is none of the number's."""
    return bool(_WITH_LITERALS.search(_IN_BRACKETS.sub("", code)))
