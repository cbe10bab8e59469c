"""Which unknown header is probably a missing column under a slip of the pen: a suggestion for people, never a match.

What a program takes for nearly right it must not take in silence: the clerk is told, and says it once.
"""

from __future__ import annotations

from typing import NamedTuple

from etl.layout import Found, bare, header_name, names_of

NEAR_ENOUGH = 0.7
"""Share of a name that is left by typing, leaving out or swapping characters: one slip in four or five characters
(检察日期 for 检查日期), two in seven; of two or three characters every one counts, so that 分值 is never 产值."""
_TURNING = frozenset("不未无没非否")


class Near(NamedTuple):
    """A header that may be a missing column."""

    key: str
    position: int
    header: str


def near_headers(found: Found) -> list[Near]:
    """For each missing column at most one header, each header for one column; the nearest first.

    A header that is nearer to the name of a column which the sheet has (a second 复查曰期) is nobody's.
    """
    if not found.unknown or len(found.columns) == len(found.spec.columns):
        return []
    near = [
        (nearness, key, position, header)
        for position, header in found.unknown
        for nearness, key in [_nearest(found, header_name(header))]
        if nearness >= NEAR_ENOUGH and key not in found.columns
    ]
    chosen: dict[str, Near] = {}
    for _, key, position, header in sorted(near, key=lambda one: (-one[0], one[2])):
        chosen.setdefault(key, Near(key, position, header))
    return list(chosen.values())


def _nearest(found: Found, header: str) -> tuple[float, str]:
    """How near the nearest name of the table comes, and its column; of names as near, one of a missing column."""
    from rapidfuzz.distance import OSA

    names = names_of(found.spec)
    writings = {header, bare(header)[0]}
    if not writings.isdisjoint(names):
        return 0, ""
    return max(
        (
            (
                OSA.normalized_similarity(written, name, score_cutoff=NEAR_ENOUGH),
                match.key not in found.columns,
                match.key,
            )
            for written in writings
            for name, match in names.items()
            if _TURNING.intersection(written) == _TURNING.intersection(name)
        ),
        default=(0, False, ""),
    )[::2]
