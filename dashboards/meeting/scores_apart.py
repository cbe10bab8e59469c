"""Why the first of a group leads and why the last is last: the parts of a quarter's scores beside those of the unit next to it (METHOD section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.zone.schemes import ScoresScheme

PARTS = {
    "ten_measures": "十条措施",
    "enforcement": "执法",
    "milestones": "重点任务",
    "bonus": "加分",
    "deduction": "扣分",
}
"""What a score is made of, as the annex calls it."""
MOST_CAUSES = 2
LARGE_PART = Decimal("0.25")
"""Of all points in which a unit is ahead: a part that makes less of them is no reason that is named."""
_ROUNDED = Decimal("0.01")
"""By how much parts that are not rounded may differ from the score."""
Row = Mapping[str, Any]


def apart(better: Row, worse: Row, scheme: ScoresScheme) -> dict[str, Any] | None:
    """差, by how much one score is above another, and 方面, the parts that make most of it.

    None where it cannot be said: the same score, marks that are a unit's own, a part that one of them does not have, or a score
    that was cut at 0 or 100, which its parts do not add up to.
    """
    made, other = (_parts(row, scheme) for row in (better, worse))
    gap = _exact(better["score"]) - _exact(worse["score"])
    if made is None or other is None or set(made) != set(other) or gap <= 0:
        return None
    ahead = {part: made[part] - other[part] for part in made if made[part] > other[part]}
    least = LARGE_PART * sum(ahead.values(), Decimal(0))
    causes = sorted((part for part in ahead if ahead[part] >= least), key=lambda part: -ahead[part])[:MOST_CAUSES]
    return {"差": f"{gap:.2f}", "方面": [PARTS[part] for part in causes]}


def _parts(row: Row, scheme: ScoresScheme) -> dict[str, Decimal] | None:
    """Part → the points of the score that it makes; None of a unit without a review, and where they do not add up to the score."""
    if "unreviewed" in row["flags"]:
        return None
    told = {key: row["components"].get(key) for key, weight in scheme.weights.model_dump().items() if weight}
    weights = {key: getattr(scheme.weights, key) for key, value in told.items() if value is not None}
    whole = sum(weights.values(), Decimal(0))
    made = {key: weight * _exact(told[key]) / whole for key, weight in weights.items()}
    made |= {"bonus": _exact(row["bonus"]), "deduction": -_exact(row["deduction"])}
    return made if abs(sum(made.values(), Decimal(0)) - _exact(row["score"])) < _ROUNDED else None


def next_to(rows: Sequence[Row], one: Row, *, below: bool) -> Row | None:
    """The unit with the next place, below or above; None where several share it or there is none."""
    beyond = [row for row in rows if (row["rank"] > one["rank"] if below else row["rank"] < one["rank"])]
    ends = [row["rank"] for row in beyond]
    nearest = [row for row in beyond if row["rank"] == (min(ends) if below else max(ends))]
    return nearest[0] if len(nearest) == 1 else None


def weakest(row: Row, below: Decimal) -> list[str]:
    """The reviewed measures of which a unit has the lowest share, if that is below a bound; none where more than two share it."""
    shares = {
        one["name"]: _exact(one["score"]) / _exact(one["full"])
        for one in row["measures"] or ()
        if one["review"] is not None and one["full"]
    }
    low = min(shares.values(), default=Decimal(1))
    found = [name for name, share in shares.items() if share == low and share < below]
    return found if len(found) <= MOST_CAUSES else []


def _exact(number: float | str) -> Decimal:
    return Decimal(str(number))
