"""The rows of the ledgers that count, column by column, in the order in which they supersede each other (METHOD section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, select

from dashboards.method.columns import Coded, Flags, Numbers, Places, SameByValue, coded
from data.rollup.in_force import in_ledgers, submissions_in_force
from data.rollup.told_columns import BETWEEN, KINDS, ROWS, WORDS, Content, read
from data.schema.intake import submission
from data.store import listed
from data.zone.periods import Month
from data.zone.zone import Zone


class ToldBook(NamedTuple):
    """A workbook that counts; ``submission`` is its number, ``first`` the place of its first row among those of all, of ``size``."""

    submission: int
    unit: str
    period: str
    first: int
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class ToldColumns(SameByValue):
    """The rows of some workbooks, one workbook after the other; within each as they stand on the sheet.

    ``book``: of each row the place of its workbook among ``books``; ``rows``: its days, numbers and choices, ``words``: of each
    workbook what the choices are, ``kept``: of each its columns of texts (``data.rollup.told_columns``).
    """

    books: tuple[ToldBook, ...]
    book: Numbers
    rows: NDArray[Any]
    words: tuple[Mapping[str, Sequence[str | None]], ...]
    kept: tuple[Mapping[str, bytes], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def numbers(self, name: str, places: Places) -> Numbers:
        """A column of days, moments or numbers, of the rows at these places."""
        found: Numbers = self.rows[name][places]
        return found

    def flags(self, name: str, places: Places) -> Flags:
        """A column of 是 and 否."""
        found: Flags = self.rows[name][places] != 0
        return found

    def coded(self, name: str, places: Places) -> Coded[str]:
        """A column of choices that is never empty."""
        found = self.coded_or_empty(name, places)
        return Coded(found.codes, tuple(one or "" for one in found.names))

    def coded_or_empty(self, name: str, places: Places) -> Coded[str | None]:
        """A column of choices: each workbook numbers its own."""
        names: dict[str | None, int] = {}
        local = [words[name] for words in self.words]
        codes = np.array([names.setdefault(word, len(names)) for words in local for word in words], dtype=np.int32)
        before = np.cumsum([0, *map(len, local)])[:-1]
        return Coded(codes[self.rows[name][places] + before[self.book[places]]], tuple(names))

    def units(self, places: Places) -> Coded[str]:
        """Which unit told of each of these rows."""
        of_books = coded(one.unit for one in self.books)
        return Coded(of_books.codes[self.book[places]], of_books.names)

    def row_keys(self, places: Places) -> list[tuple[int, int]]:
        """Of each of these rows its workbook's number, and its row there."""
        books = (self.books[at].submission for at in self.book[places].tolist())
        return list(zip(books, self.numbers("row", places).tolist(), strict=True))

    def texts_of(self, name: str) -> list[list[bytes]]:
        """A column of texts, of each workbook apart, as they are kept: alike where the texts are."""
        return [one[name].split(BETWEEN) if book.size else [] for book, one in zip(self.books, self.kept, strict=True)]

    def texts(self, name: str, places: Places) -> list[str]:
        """The texts at some few places."""
        split: dict[int, list[bytes]] = {}
        found = []
        for place in places.tolist():
            book = int(self.book[place])
            if book not in split:
                split[book] = self.kept[book][name].split(BETWEEN)
            found.append(split[book][place - self.books[book].first].decode())
        return found


def ledgers_read(
    connection: Connection,
    zone: Zone,
    kind: str,
    last: Month,
    bound: datetime,
    texts: Iterable[str],
    unit: str | None = None,
) -> ToldColumns:
    """The ledgers of a monthly kind up to a month, known before an instant; of all units, or of one."""
    in_force = submissions_in_force(connection, zone.code, kind, unit=unit, known_by=bound, last=str(last))
    return read_books(connection, zone, kind, in_force, texts)


def read_books(
    connection: Connection, zone: Zone, kind: str, numbers: Iterable[int], texts: Iterable[str]
) -> ToldColumns:
    """Some workbooks of a kind, by their numbers: in order of period, then receipt."""
    asked = {"zone": zone.code, "ledgers": listed(numbers)}
    sent = sorted(
        connection.execute(_sent(), asked).all(), key=lambda one: (one.period, one.received_at, one.submission)
    )
    told = [(one.submission, one.unit, one.period) for one in sent]
    kept = read(connection, zone.code, [number for number, _unit, _period in told], (ROWS, WORDS, *texts))
    return _told(np.dtype([(name, f"<{letter}") for name, letter in KINDS[kind].formats.items()]), told, kept)


def _told(form: np.dtype[Any], told: Sequence[tuple[int, str, str]], kept: Mapping[int, Content]) -> ToldColumns:
    contents = [kept[number] for number, _unit, _period in told]
    sizes = [len(one[ROWS]) // form.itemsize for one in contents]
    firsts = accumulate(sizes, initial=0)
    return ToldColumns(
        books=tuple(ToldBook(*one, first, size) for one, first, size in zip(told, firsts, sizes, strict=False)),
        book=np.repeat(np.arange(len(told), dtype=np.int32), sizes),
        rows=np.frombuffer(b"".join(one.pop(ROWS) for one in contents), dtype=form),
        words=tuple(json.loads(one.pop(WORDS)) for one in contents),
        kept=tuple(contents),
    )


@cache
def _sent() -> Select[Any]:
    own = submission.c
    return select(own.submission, own.unit, own.period, own.received_at).where(in_ledgers(submission))
