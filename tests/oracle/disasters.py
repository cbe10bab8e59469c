"""Warnings and disasters as METHOD section 5.6 words them, and the goal that rests on them: each figure asked anew of every row.

Written from the method alone, without a look at ours. Moments are those of the zone's clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.oracle.register import Paper, counting_papers, month

MINUTES_IN_TIME = 30
MASS = 3
OFFICE = "emergency"
STEPS = {
    "called": "called_at",
    "answered": "answered_at",
    "fed_back": "fed_back_at",
}


def counting_rows(papers: Sequence[Paper], day: date, known_by: date) -> list[tuple[str, dict[str, Any]]]:
    """(unit, row) of each thing, by unit and number: of the latest period, then the latest receipt, then the later row."""
    told = [
        (paper.period, paper.received_at, place, paper.unit, row)
        for paper in counting_papers(papers, "disasters", known_by, month(day))
        for place, row in enumerate(paper.rows)
    ]
    found = []
    for thing in {(unit, row["number"]) for *_, unit, row in told}:
        of_it = [one for one in told if (one[3], one[4]["number"]) == thing]
        latest = max(of_it, key=lambda one: one[:3])
        found.append((latest[3], latest[4]))
    return found


def is_by(moment: datetime | None, day: date) -> bool:
    """Whether it lies on the day or before it."""
    return moment is not None and moment.date() <= day


def report(papers: Sequence[Paper], day: date, known_by: date) -> dict[str, Any]:
    """What ``report disasters`` says besides its head; of ``units`` those that have warned."""
    rows = counting_rows(papers, day, known_by)
    warnings = [(unit, row) for unit, row in rows if is_by(row["warned_at"], day)]

    def part(of: list[dict[str, Any]]) -> dict[str, int]:
        return {"warnings": len(of), **{name: sum(is_by(row[step], day) for row in of) for name, step in STEPS.items()}}

    whole = part([row for _, row in warnings])
    times = sorted(row["answered_at"] - row["called_at"] for _, row in warnings if is_by(row["answered_at"], day))
    in_time = [one for one in times if one <= timedelta(minutes=MINUTES_IN_TIME)]
    disasters = [row for _, row in rows if is_by(row["happened_at"], day)]
    begun = [
        row
        for _, row in rows
        if is_by(row["happened_at"] if row["warned_at"] is None else row["warned_at"], day) and row["measures"]
    ]
    return {
        **whole,
        "closed_loop_rate": _ratio(whole["fed_back"], whole["warnings"]),
        "answer_minutes": {"median": _median(times), "p90": _p90(times)},
        "answered_in_time_rate": _ratio(len(in_time), whole["called"]),
        "measures": {one: sum(one in row["measures"].split("、") for row in begun) for one in "禁停撤疏"},
        **{key: sum(row[key] for row in disasters) for key in ("moved", "dead", "missing")},
        "helped_rate": _ratio(sum(row["helped"] for row in disasters), sum(row["in_need"] for row in disasters)),
        "no_mass_disaster": not any(is_mass(row) and is_by(time_of(row), day) for _, row in rows),
        "units": {unit: part([row for of, row in warnings if of == unit]) for unit, _ in warnings},
    }


def goal(papers: Sequence[Paper], day: date, known_by: date, unit: str | None = None) -> tuple[bool, str]:
    """The year's goal as of a day and its light; for a ``unit`` of what it filed or what struck it, else of everything."""
    rows = counting_rows(papers, day, known_by)
    struck = [
        row
        for of, row in rows
        if is_mass(row) and is_by(time_of(row), day) and time_of(row).year == day.year
        and (unit is None or unit in {of, row["territory"]})
    ]  # fmt: skip
    filed = [
        paper
        for paper in counting_papers(papers, "disasters", known_by, month(day))
        if paper.period[:4] == str(day.year) and (unit is None or paper.unit in {unit, OFFICE})
    ]
    return not struck, "red" if struck else "green" if filed else "unknown"


def is_mass(row: dict[str, Any]) -> bool:
    """A disaster with mass death for which someone is responsible (群死群伤责任事件)."""
    return bool(row["responsible"]) and row["dead"] + row["missing"] >= MASS


def time_of(row: dict[str, Any]) -> datetime:
    """When it happened; of what nobody said so of, when it was warned of."""
    found: datetime = row["warned_at"] if row["happened_at"] is None else row["happened_at"]
    return found


def _ratio(upper: int, lower: int) -> float | None:
    return upper / lower if lower else None


def _in_minutes(one: timedelta) -> float:
    return float(Fraction(int(one.total_seconds()), 60))


def _median(times: list[timedelta]) -> float | None:
    if not times:
        return None
    upper = times[len(times) // 2]
    lower = times[(len(times) - 1) // 2]
    return float(Fraction(int((lower + upper).total_seconds()), 120))


def _p90(times: list[timedelta]) -> float | None:
    """Nearest rank: the first of which at least nine tenths are no longer."""
    for one in times:
        if sum(other <= one for other in times) * 10 >= len(times) * 9:
            return _in_minutes(one)
    return None
