"""A ledger that is probably a copy of another one: the same enterprises with the same figures, under new days and numbers.

Ledgers that may share many enterprises are told by their fingerprints, of which a thousand are compared in a
millisecond; only these are read and compared row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from operator import attrgetter
from typing import Any, NamedTuple
from zlib import crc32

from data.zone.normal import compact
from etl.table.context import Context
from etl.table.known import LedgerRow, OtherLedger
from etl.table.problems import Problem

FEWEST_ROWS = 5
"""Two ledgers of fewer rows may well be alike by chance."""
COPIED_SHARE = 0.8
"""Of the smaller ledger's enterprises, and of the figures beside them: a copy with one cell in ten changed stays above."""
SAMPLE = 256
"""Enterprises that stand for a ledger; nearly every ledger has fewer, and is then seen as a whole."""
BITS = 4096
"""Of which two ledgers of 256 enterprises that share none have 16 in common by chance: far below what is worth reading."""
MOST_ROWS = 10_000
"""A ledger of more rows is nobody's handiwork; it is not compared."""
_ROWS_TO_READ = 20_000
WORTH_READING = 0.5


class _Like(NamedTuple):
    """A row as far as a copy keeps it."""

    key: str
    name: str
    hazards: int
    major: int
    rectified: int


def fingerprint(enterprises: Iterable[str]) -> bytes:
    """A bit for each of at most SAMPLE enterprises; two ledgers choose the same ones among those that they share."""
    hashes = sorted({crc32(one.encode()) for one in set(enterprises)})
    bits = 0
    for one in hashes[:SAMPLE]:
        bits |= 1 << one % BITS
    return bits.to_bytes(BITS // 8)


def check_copy(context: Context, enterprises: Sequence[str]) -> Iterator[Problem]:
    """``probable_copy``, with the ledger in force that it is most like: of another month, or of another unit."""
    if not FEWEST_ROWS <= len(enterprises) <= MOST_ROWS:
        return
    ours: list[_Like] = []
    closest: tuple[float, OtherLedger] | None = None
    for other, rows in _worth_reading(context, fingerprint(enterprises)):
        ours = ours or _rows_of(context, enterprises)
        theirs = [_like(row) for row in rows]
        share = _likeness(ours, theirs) if len(theirs) >= FEWEST_ROWS else 0
        if share and (closest is None or share > closest[0]):
            closest = share, other
    if closest is not None:
        share, other = closest
        yield Problem(
            "probable_copy",
            context.tables["ledger"].found.sheet.name,
            parameters={
                "unit": context.zone.unit_by_code[other.unit].name,
                "month": other.period,
                "share": f"{int(share * 100)}%",
            },
        )


def _worth_reading(context: Context, bits: bytes) -> Iterator[tuple[OtherLedger, Sequence[LedgerRow]]]:
    """Ledgers that share at least half of the enterprises, those that share most first, as far as there is time."""
    candidates = [
        other
        for other in context.known.ledgers_like(bits, WORTH_READING)
        if (other.unit, other.period) != (context.unit.code, str(context.period))
        and FEWEST_ROWS <= other.rows <= MOST_ROWS
    ]
    left = _ROWS_TO_READ
    for other in sorted(candidates, key=lambda one: (-one.shared, one.submission)):
        left -= other.rows
        if left < 0:
            return
        yield other, context.known.ledger_rows(other.submission)


def _rows_of(context: Context, enterprises: Sequence[str]) -> list[_Like]:
    columns = [context.column("ledger", key) for key in ("enterprise", "hazards", "major_hazards", "rectified")]
    return [
        _Like(key, compact(name or ""), hazards or 0, major or 0, rectified or 0)
        for key, name, hazards, major, rectified in zip(enterprises, *columns, strict=True)
    ]


def _like(row: LedgerRow) -> _Like:
    return _Like(row.enterprise_key, compact(row.enterprise), row.hazards, row.major_hazards, row.rectified or 0)


_FIGURES = 3
_TIERS: tuple[tuple[int, Callable[[_Like], Hashable]], ...] = tuple(
    (number, attrgetter(by, *figures))
    for number in range(_FIGURES, -1, -1)
    for by in ("key", "name")
    for figures in combinations(("hazards", "major", "rectified"), number)
)
"""How rows are paired, those first that are most alike: one enterprise (by code or name) and so many figures equal."""


def _likeness(ours: Sequence[_Like], theirs: Sequence[_Like]) -> float:
    """What share of the smaller ledger the other one has; 0 where it is no copy.

    Both must hold: the smaller ledger's enterprises stand in the other one, and the figures of the rows so paired are
    equal, also of those alone in which anything was found (two visits without a hazard are alike in any ledger).
    """
    smaller = min(len(ours), len(theirs))
    pairs = equal = telling = telling_equal = 0
    for figures, tier in _TIERS:
        common = Counter(map(tier, ours)) & Counter(map(tier, theirs))
        found = common.total()
        silent = sum(number for what, number in common.items() if not any(_figures(what))) if figures == _FIGURES else 0
        pairs += found
        equal += figures * found
        telling += found - silent
        telling_equal += figures * (found - silent)
        ours, theirs = _without(ours, tier, common), _without(theirs, tier, common)
    enough = (
        pairs >= COPIED_SHARE * smaller
        and equal >= COPIED_SHARE * _FIGURES * pairs
        and telling_equal >= COPIED_SHARE * _FIGURES * telling
    )
    return (pairs + equal) / ((1 + _FIGURES) * smaller) if enough else 0


def _figures(what: Any) -> tuple[int, ...]:
    """The figures in what a tier compares; before them stands the enterprise."""
    return tuple(what[1:])


def _without(rows: Sequence[_Like], tier: Callable[[_Like], Hashable], common: Counter[Hashable]) -> list[_Like]:
    left = Counter(common)
    rest = []
    for row in rows:
        if left[tier(row)] > 0:
            left[tier(row)] -= 1
        else:
            rest.append(row)
    return rest
