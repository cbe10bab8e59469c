"""The heads and feet of a sheet's printed pages: what stands there in words, apart from numbers of pages, days, and how it looks."""

from __future__ import annotations

import re

PAGE_TEXTS = frozenset(f"{which}{where}" for which in ("odd", "even", "first") for where in ("Header", "Footer"))
"""Elements of a sheet that hold them (ECMA-376 part 1, 18.3.1.46)."""
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d{2}[+-]\d{3}|\d{1,3}|&|.)?', re.DOTALL)
_AND = "&&"


def literal(text: str) -> str:
    """The words of a head or foot, left, middle and right one after the other: without its codes, no blank beside another."""
    return " ".join(_CODE.sub(lambda code: "&" if code[0] == _AND else " ", text).split())
