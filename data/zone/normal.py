"""How writings are compared: numbers of documents, names of enterprises, names of units (CONTRACT section 1).

Every comparison goes through ``plain`` or ``compact``: characters that cannot be seen count in none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_OPENING = "[{<〔【《「『〈〖〘〚⟨⟪⟮⦅⁽₍"
_CLOSING = "]}>〕】》」』〉〗〙〛⟩⟫⟯⦆⁾₎"
_ASCII_BRACKETS = str.maketrans("[{<]}>", "((()))")
_BETWEEN = "\ufffd"
"""No blank, seen by everybody, alike in every form, composed with nothing: what stands on either side is compared as if it were alone."""
_DECORATION = "*★☆:#"
_LONGEST_REMEMBERED = 64
"""Headers and names of enterprises come again with every workbook; whole paragraphs do not, and would fill the memory."""


_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Unicode's category Cf, what it calls default-ignorable (fillers, joiners, selectors), controls that are no blanks, and a blank
in Braille. Blanks that look like one (non-breaking, thin, full-width) are blanks."""
_UNSEEN_THOUGH_PRINTABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Those of them that Python calls printable; all others are told by ``isprintable``, which is ten times as fast."""


def visible(text: str) -> str:
    """The text without the characters that nobody sees: who copied a zero-width space has written the same."""
    if text.isprintable() and (text.isascii() or not _UNSEEN_THOUGH_PRINTABLE.search(text)):
        return text
    return _UNSEEN.sub("", text)


def has_unseen(text: str) -> bool:
    """Whether characters stand in it that nobody sees."""
    return len(visible(text)) < len(text)


def has_marks(text: str) -> bool:
    """Whether something in it becomes a digit that is none: ``5①`` is no 51 but five with a note (full-width digits are digits)."""
    return not text.isascii() and any(one.isnumeric() and not one.isdecimal() and _is_no_numeral(one) for one in text)


@lru_cache(maxsize=256)
def _is_no_numeral(character: str) -> bool:
    return any(one.isdecimal() for one in unicodedata.normalize("NFKC", character))


def plain(text: str) -> str:
    """NFKC of what is visible, without blanks around it: full-width digits and letters become ordinary ones."""
    seen = visible(text)
    return (seen if seen.isascii() else unicodedata.normalize("NFKC", seen)).strip()


def compact(text: str) -> str:
    """NFKC without any blanks, all kinds of brackets alike: equal if and only if people would say it is the same."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _compacted(text)


def _compacted(text: str) -> str:
    if text.isascii():
        return "".join(visible(text).split()).translate(_ASCII_BRACKETS)
    alike = "".join(plain(text).split())
    # One by one: in a text of millions of characters, nearly all of them none of these, ten times as fast as one pass.
    for bracket in _OPENING:
        alike = alike.replace(bracket, "(")
    for bracket in _CLOSING:
        alike = alike.replace(bracket, ")")
    return alike


_remembered = lru_cache(maxsize=8192)(_compacted)


def compact_each(texts: Sequence[str]) -> list[str]:
    """``compact`` of every text, in one pass over all of them: a ledger has a hundred thousand numbers of documents."""
    joined = compact(_BETWEEN.join(texts)).split(_BETWEEN)
    return joined if len(joined) == len(texts) else [compact(text) for text in texts]


def header_key(text: str) -> str:
    """A table's header as compared: without line breaks and without marks of required fields."""
    return _remembered_header(text) if len(text) <= _LONGEST_REMEMBERED else _header_compacted(text)


def _header_compacted(text: str) -> str:
    return compact(text.replace("\0", "")).strip(_DECORATION)


_remembered_header = lru_cache(maxsize=8192)(_header_compacted)


def header_keys(texts: Sequence[str]) -> list[str]:
    """``header_key`` of every text."""
    cleared = [text.replace("\0", "") if "\0" in text else text for text in texts]
    return [key.strip(_DECORATION) for key in compact_each(cleared)]


def document_key(text: str) -> str:
    """A document's or accident's number as compared; ``12.0`` typed as a number is ``12``."""
    return _whole(compact(text))


def document_keys(texts: Sequence[str]) -> list[str]:
    """``document_key`` of every text."""
    return [_whole(key) if "." in key else key for key in compact_each(texts)]


def _whole(key: str) -> str:
    whole, point, rest = key.partition(".")
    return whole if point and whole.isdigit() and rest.strip("0") == "" else key
