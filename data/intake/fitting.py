"""What the tables can hold, asked before anything is journalled: a line of the journal stands for good, so its row must too.

The limits are the columns' own. SQLite does not enforce them and PostgreSQL does: both refuse the same, here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table

from data.language import gettext as _

_NO_TEXT = {"\0", *map(chr, range(0xD800, 0xE000))}
"""What PostgreSQL takes in no text, and UTF-8 has no writing for."""
_SHOWN = 40


class Unfit(ValueError):
    """Something that no row can hold; the text says which and what to do."""


def check_row(table: Table, row: Mapping[str, Any]) -> None:
    """Unfit unless every value fits its column of the table: its length, its size, its characters."""
    for name, value in row.items():
        _check(table.c[name], value)


def check_texts(told: Any) -> None:
    """Unfit where a text, however deep it lies, has a character that no text may hold."""
    for text in _texts(told):
        if not _NO_TEXT.isdisjoint(text):
            shown = without_unwritable(text)[:_SHOWN]
            raise Unfit(_("“%(value)s” contains a character that cannot be kept. Type it again.", value=shown))


def without_unwritable(text: str) -> str:
    """A text without the characters that no text may hold."""
    return text if _NO_TEXT.isdisjoint(text) else "".join(one for one in text if one not in _NO_TEXT)


def _check(column: Column[Any], value: Any) -> None:
    check_texts(value)
    kind = column.type
    if isinstance(value, str) and isinstance(kind, String) and kind.length is not None and len(value) > kind.length:
        raise Unfit(
            _("“%(value)s…” has %(length)s characters, as they are kept and compared; at most %(longest)s fit. Shorten it.",
              value=value[:_SHOWN], length=len(value), longest=kind.length)
        )  # fmt: skip
    if isinstance(value, int) and isinstance(kind, Integer):
        largest = 2**63 if isinstance(kind, BigInteger) else 2**31
        if not -largest <= value < largest:
            raise Unfit(_("The number %(value)s is too large.", value=str(value)[:_SHOWN]))
    if value is None and not column.nullable and column.default is None:
        raise Unfit(_("“%(column)s” is missing.", column=column.name))


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        yield from _of_each([*told.keys(), *told.values()])
    elif isinstance(told, list | tuple):
        yield from _of_each(told)


def _of_each(many: Iterable[Any]) -> Iterator[str]:
    for one in many:
        yield from _texts(one)
