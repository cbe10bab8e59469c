"""By what a unit's score of a quarter lost points: every measure, enforcement, milestones and deductions, in points of the score itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboards.meeting.tables import points
from data.zone.schemes import ScoresScheme

MEASURE, ENFORCEMENT, MILESTONES, DEDUCTION = "措施", "执法", "重点任务", "扣分"
"""Kinds of what a score is made of, as papers name them."""
_PARTS = {"enforcement": ENFORCEMENT, "milestones": MILESTONES}
_FULL = Decimal(100)
"""The full mark of enforcement and of milestones, and of all measures together."""
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PointsLost:
    """``got`` of ``full`` marks of its own; ``gone``: points of the quarter's score that it cost."""

    kind: str
    name: str
    got: Decimal
    full: Decimal
    gone: Decimal

    @property
    def told(self) -> dict[str, str]:
        """As papers tell it."""
        return {"类": self.kind, "名称": self.name, "得分": points(self.got), "满分": points(self.full), "失分": points(self.gone)}  # fmt: skip


def losses(row: Row, scheme: ScoresScheme) -> list[PointsLost]:
    """All that cost a unit points, most first, of as much in the order of the score; nothing of a unit that has no score."""
    if row["score"] is None:
        return []
    weights = scheme.weights.model_dump()
    whole = sum((weight for key, weight in weights.items() if row["components"].get(key) is not None), Decimal(0))
    every = [*_of_parts(row, weights, whole), *_of_deductions(row)] if whole else [*_of_deductions(row)]
    return sorted((one for one in every if one.gone > 0), key=lambda one: -one.gone)


def _of_parts(row: Row, weights: Mapping[str, Decimal], whole: Decimal) -> Iterator[PointsLost]:
    of = row["components"]
    if of.get("ten_measures") is not None:
        for one in row["measures"] or ():
            if one["score"] is not None and one["full"]:
                got, full = Decimal(str(one["score"])), Decimal(str(one["full"]))
                yield PointsLost(MEASURE, one["name"], got, full, (full - got) * weights["ten_measures"] / whole)
    for key, kind in _PARTS.items():
        if of.get(key) is not None:
            got = Decimal(str(of[key]))
            yield PointsLost(kind, kind, got, _FULL, (_FULL - got) * weights[key] / whole)


def _of_deductions(row: Row) -> Sequence[PointsLost]:
    taken = Decimal(str(row["deduction"] or 0))
    return [PointsLost(DEDUCTION, DEDUCTION, Decimal(0), Decimal(0), taken)]
