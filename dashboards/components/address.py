"""Addresses: everything on a page is in its own, so that a link shows what its sender saw."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode


def query(**parts: object) -> str:
    """``?period=2022-08&group=town``, without the parts that are None."""
    return "?" + urlencode({key: str(value) for key, value in parts.items() if value is not None})


def changed(search: str | None, **parts: object) -> str:
    """An address' query with some parts replaced, or dropped where None."""
    return query(**{**parsed(search), **parts})


def parsed(search: str | None) -> dict[str, str]:
    """The parts of an address' query; of a part given twice the last."""
    return dict(parse_qsl((search or "").lstrip("?")))


def text(value: object) -> str | None:
    """A part of the query as one text; of a part given twice the last."""
    chosen = value[-1] if isinstance(value, list) and value else value
    return chosen if isinstance(chosen, str) and chosen else None


def number(value: object) -> int | None:
    """A part of the query as a count from 0; None for anything else."""
    chosen = text(value)
    return int(chosen) if chosen is not None and chosen.isascii() and chosen.isdigit() and len(chosen) < 10 else None
