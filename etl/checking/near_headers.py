"""Which unknown header is probably a missing column under a slip of the pen: a question for people, never a match.

What a program takes for nearly right it must not take in silence: the clerk is asked, and says it once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.table.declaration import Cells
from etl.table.headings.header import Found
from etl.table.headings.names import header_name, names_of, stems

NEAR_ENOUGH = 0.7
"""Share of a name that is left by typing, leaving out or swapping characters: one slip in four or five characters
(检察日期 for 检查日期), two in seven; of two or three characters every one counts, so that 分值 is never 产值."""
_TURNING = frozenset("不未无没非否")
_OF_A_YEAR = re.compile(r"^(?:(?:19|20)\d\d年度?|本年度?|今年|上年度?|去年)(?=.{2})")
_WHOLE_NAME = 4
"""A name of so many characters within a heading half of which it is: 实际罚款金额, 复查日期及说明."""
_HALF = 0.5
_THIRD = 1 / 3
"""A heading that ends in a short name of amounts, a third of which it is: 实际罚款, 当月收缴罚款. Amounts are never lost by a warning."""


class Near(NamedTuple):
    """A header that may be a missing column."""

    key: str
    position: int
    header: str


def near_headers(found: Found) -> list[Near]:
    """For each missing column at most one header, each header for one column; the nearest first.

    A header that is nearer to the name of a column which the sheet has (a second 复查曰期) is nobody's, and so is one
    of which somebody said that it is none of ours.
    """
    if not found.unknown or len(found.columns) == len(found.spec.columns):
        return []
    near = [
        (nearness, key, position, header)
        for position, header in found.unknown
        if header_name(header) not in found.not_ours
        for nearness, key in [_nearest(found, header_name(header))]
        if nearness >= NEAR_ENOUGH and key and key not in found.columns
    ]
    chosen: dict[str, Near] = {}
    for _, key, position, header in sorted(near, key=lambda one: (-one[0], one[2])):
        chosen.setdefault(key, Near(key, position, header))
    return list(chosen.values())


def _nearest(found: Found, header: str) -> tuple[float, str]:
    """How near the nearest name of the table comes, and its column; of names as near, one of a missing column."""
    near = list(_nearnesses(found, stems(header) | stems(_OF_A_YEAR.sub("", header))))
    if any(nearness == 1 and there for nearness, there, _ in near):
        return 0, ""
    nearness, lacking, key = max(((nearness, not there, key) for nearness, there, key in near), default=(0, False, ""))
    return nearness, key if lacking else ""


def _nearnesses(found: Found, writings: set[str]) -> Iterator[tuple[float, bool, str]]:
    """(how near, whether the sheet has the column, column) of every name that comes near enough."""
    from rapidfuzz.distance import OSA

    amounts = {column.key for column in found.spec.columns if column.cells is Cells.MONEY}
    for written in writings:
        turning = _TURNING.intersection(written)
        for name, match in names_of(found.spec).items():
            if turning != _TURNING.intersection(name):
                continue
            nearness = OSA.normalized_similarity(written, name, score_cutoff=NEAR_ENOUGH)
            if len(name) >= _WHOLE_NAME and name in written and len(name) >= len(written) * _HALF:
                nearness = max(nearness, NEAR_ENOUGH)
            if match.key in amounts and len(name) > 1 and written.endswith(name) and len(name) >= len(written) * _THIRD:
                nearness = max(nearness, NEAR_ENOUGH)
            if nearness >= NEAR_ENOUGH:
                yield nearness, match.key in found.columns, match.key
