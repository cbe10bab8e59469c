"""How writings are compared: numbers of documents, names of enterprises, names of units (CONTRACT section 1)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_OPENING = "[{<〔【《「『〈〖〘〚⟨⟪⟮⦅⁽₍"
_CLOSING = "]}>〕】》」』〉〗〙〛⟩⟫⟯⦆⁾₎"
_ASCII_BRACKETS = str.maketrans("[{<]}>", "((()))")
_BETWEEN = "\0"
"""No blank, alike in every form, composed with nothing: what stands on either side is compared as if it were alone."""
_DECORATION = "*★☆:#"
_LONGEST_REMEMBERED = 64
"""Headers and names of enterprises come again with every workbook; whole paragraphs do not, and would fill the memory."""


def plain(text: str) -> str:
    """NFKC without leading and trailing blanks: full-width digits and letters become ordinary ones."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def compact(text: str) -> str:
    """NFKC without any blanks, all kinds of brackets alike: equal if and only if people would say it is the same."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _compacted(text)


def _compacted(text: str) -> str:
    if text.isascii():
        return "".join(text.split()).translate(_ASCII_BRACKETS)
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


def document_key(text: str) -> str:
    """A document's or accident's number as compared; ``12.0`` typed as a number is ``12``."""
    return _whole(compact(text))


def document_keys(texts: Sequence[str]) -> list[str]:
    """``document_key`` of every text."""
    return [_whole(key) if "." in key else key for key in compact_each(texts)]


def _whole(key: str) -> str:
    whole, point, rest = key.partition(".")
    return whole if point and whole.isdigit() and rest.strip("0") == "" else key
