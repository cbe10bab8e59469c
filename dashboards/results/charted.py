"""What of a printed report is drawn: units that are compared by their scores, how far measures are done, deaths of the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

Content = Mapping[str, Any]
Row = Mapping[str, Any]


def has_charts(content: Content) -> bool:
    """Whether there is anything to be drawn of it."""
    if content["report"] == "casualties":
        return bool(counted_deaths(content))
    return any(len(compared(group)) > 1 for group in content["groups"]) or bool(mean_shares(content))


def compared(group: Content) -> list[Row]:
    """The units of a group that have a place by their score."""
    return [row for row in group["rows"] if is_compared(row)]


def is_compared(row: Row) -> bool:
    """Whether a unit has a place by its score: a veto puts it last whatever that is."""
    return row["rank"] is not None and row["score"] is not None and not row.get("veto")


def mean_shares(content: Content) -> dict[str, Fraction]:
    """The mean share of its full mark by measure, exact, in the order of the measures; of units that have a score. A ranking has none."""
    rows = [row for group in content["groups"] for row in group["rows"] if row["score"] is not None]
    told = [one for row in rows for one in row.get("measures") or () if one["score"] is not None and one["full"]]
    shares: dict[str, list[Fraction]] = {}
    for one in sorted(told, key=lambda one: int(one["number"])):
        shares.setdefault(one["name"], []).append(Fraction(str(one["score"])) / Fraction(str(one["full"])))
    return {name: sum(each, Fraction(0)) / len(each) for name, each in shares.items()}


def counted_deaths(content: Content) -> list[tuple[date, int]]:
    """Day and deaths of each accident of the year that counts and in which somebody died."""
    year = int(content["period"])
    told = [(date.fromisoformat(one["date"]), one["deaths"]) for one in content["accidents"] if one["counted"]]
    return [(day, deaths) for day, deaths in told if day.year == year and deaths]
