"""Texts of strangers in the encodings that Chinese offices use."""

from __future__ import annotations

import codecs
import re

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHINESE = re.compile(r"(gb[-_]?(?:k|2312|18030)|cp936|ms936|x-gbk|euc-cn)|big5(?:-hkscs)?", re.IGNORECASE)


def decoded(content: bytes, declared: str | None = None) -> str | None:
    """The text; None where it is none in any of these encodings: a character is never guessed.

    What reads as UTF-8 is UTF-8, whatever it declares of itself: no Chinese text of another encoding does.
    """
    if content.startswith(_UTF_16):
        return _decoded(content, "utf-16")
    chinese = _CHINESE.fullmatch(declared or "")
    other = "big5hkscs" if chinese is not None and chinese[1] is None else "gb18030"
    encodings = ("utf-8-sig", other)
    return next((text for text in (_decoded(content, one) for one in encodings) if text is not None), None)


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
