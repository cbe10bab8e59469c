"""How writings are compared: numbers of documents, names of enterprises, names of units (CONTRACT section 1)."""

from __future__ import annotations

import re
import unicodedata

_OPENING = re.compile(r"[\[{<〔【《「『〈〖〘〚⟨⟪⟮⦅⁽₍]")
_CLOSING = re.compile(r"[\]}>〕】》」』〉〗〙〛⟩⟫⟯⦆⁾₎]")
_DECORATION = "*★☆:#"


def plain(text: str) -> str:
    """NFKC without leading and trailing blanks: full-width digits and letters become ordinary ones."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()


def compact(text: str) -> str:
    """NFKC without any blanks, all kinds of brackets alike: equal if and only if people would say it is the same."""
    return _CLOSING.sub(")", _OPENING.sub("(", "".join(plain(text).split())))


def header_key(text: str) -> str:
    """A table's header as compared: without line breaks and without marks of required fields."""
    return compact(text.replace("\0", "")).strip(_DECORATION)


def document_key(text: str) -> str:
    """A document's or accident's number as compared; ``12.0`` typed as a number is ``12``."""
    key = compact(text)
    whole, point, rest = key.partition(".")
    return whole if point and whole.isdigit() and rest.strip("0") == "" else key
