"""A unit's place of a month as its papers tell it: with the caution with which the bulletin tells the group's (METHOD section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.meeting.tables import NOTHING
from dashboards.method.rankability import is_poor

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A unit among the ``scored`` ones of its group of ``units``; ``rank`` None: it has no score, and shares no place.

    ``ends``: the places that are possible; ``bears``: whether the group's order bears places at all; ``lowest`` and ``highest``: its scores.
    """

    rank: int | None
    scored: int
    units: int
    ends: tuple[int, int] | None
    bears: bool
    lowest: float | None
    highest: float | None

    @classmethod
    def of(cls, content: Content, unit: str) -> PlaceTold:
        """From a month's ranking as it is printed."""
        group = next(one for one in content["groups"] if any(row["unit"] == unit for row in one["rows"]))
        row = next(one for one in group["rows"] if one["unit"] == unit)
        scores = [one["score"] for one in group["rows"] if one["rank"] is not None and one["score"] is not None]
        has, told = row["rank"] is not None and row["score"] is not None, row.get("rank_interval")
        return cls(
            row["rank"] if has else None,
            len(scores),
            len(group["rows"]),
            None if told is None or not has else (told[0], told[1]),
            not is_poor((group.get("reliability") or {}).get("rankability")),
            min(scores, default=None),
            max(scores, default=None),
        )

    @property
    def all_tie(self) -> bool:
        """Whether every score of the group is the same, which is no order."""
        return self.scored > 1 and self.lowest == self.highest

    @property
    def is_sure(self) -> bool:
        """Whether the place can be told without caution: the group's order bears places, and no other place is possible."""
        return self.bears and (self.ends is None or self.ends[0] == self.ends[1])

    @property
    def short(self) -> str:
        """Its place, of how many with a score; whoever has no score is told none."""
        return NOTHING if self.rank is None else f"{self.rank}/{self.scored}"

    @property
    def interval(self) -> str:
        """The places that are possible."""
        return NOTHING if self.ends is None else f"{self.ends[0]}–{self.ends[1]}"

    @property
    def told(self) -> dict[str, Any]:
        """The fields of a month's figures that tell of its place."""
        return {
            "名次": self.rank, "参评": self.scored, "单位数": self.units, "全部并列": self.all_tie, "组内可分": self.bears,
            "名次可信": self.is_sure, "可能名次": [] if self.ends is None else [*self.ends],
            "最低分": "" if self.lowest is None else f"{self.lowest:.2f}",
            "最高分": "" if self.highest is None else f"{self.highest:.2f}",
        }  # fmt: skip
