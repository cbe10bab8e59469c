"""The monthly ranking as CONTRACT prints it, and as one line a unit."""

from __future__ import annotations

from typing import Any

from dashboards.method.rescored import Lift
from dashboards.results.chance import RowChance
from dashboards.results.corrections import Correction
from dashboards.results.plain_numbers import plain
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking
from dashboards.results.report_head import report_head
from dashboards.results.sectors import SectorMonth


def as_dict(ranking: Ranking) -> dict[str, Any]:
    """The ranking as CONTRACT prints it: plain numbers, ratios unrounded."""
    by_sector = ranking.sectors
    return {
        **report_head("ranking", ranking.month, ranking),
        "groups": [
            {
                "group": group.group,
                "reliability": _reliability(group),
                "rows": [_row_as_dict(row, ranking) for row in group.rows],
            }
            for group in ranking.groups
        ],
        "sectors": [] if by_sector is None else [_sector(one) for one in by_sector.rows],
        "key_sectors_without_inspection": [] if by_sector is None else list(by_sector.without_inspection),
    }


def _reliability(group: RankedGroup) -> dict[str, Any] | None:
    one = group.reliability
    return None if one is None else {"pairs": one.pairs, "reliable": one.reliable, "rankability": one.rankability}


def _sector(one: SectorMonth) -> dict[str, Any]:
    sums = one.sums
    return {
        "sector": one.code,
        "name": one.name,
        "inspections": sums.inspections,
        "problem_inspections": sums.problem_inspections,
        "hazards": sums.hazards,
        "major_hazards": sums.major_hazards,
        "penalties": sums.penalties,
        "due_cases": sums.due_cases,
        "closed_cases": sums.closed_cases,
        "problem_rate": plain(one.problem_rate),
        "closed_loop_rate": plain(one.closed_loop_rate),
    }


def _row_as_dict(row: RankedRow, ranking: Ranking) -> dict[str, Any]:
    one = row.figures
    previous = row.previous
    return {
        "unit": one.unit,
        "name": one.name,
        "rank": one.rank,
        "of": one.of,
        "score": plain(one.score),
        "flags": list(one.flags),
        "indicators": None if one.indicators is None else {key: plain(value) for key, value in one.indicators.items()},
        "points": {key: plain(value) for key, value in one.points.items()},
        "deductions": {key: plain(value) for key, value in one.deductions.items()},
        "basis": plain(one.basis),
        **_chance(row.chance),
        "previous": None if previous is None else {"rank": previous.rank, "score": plain(previous.score)},
        "correction": None if row.correction is None else _correction_as_dict(row.correction, ranking),
    }


def _chance(one: RowChance) -> dict[str, Any]:
    """How sure the place is, and what would have moved it."""
    place, weights = one.place, one.weights
    return {
        "rank_interval": None if place is None else [place.low, place.high],
        "chance": None if place is None else {"first": place.first, "last": place.last},
        "weights": None if weights is None else {"same": weights.same, "within_one": weights.within_one},
        "single_keys": None if one.single_keys is None else dict(one.single_keys),
        "intervals": None
        if one.intervals is None
        else {rate: None if interval is None else list(interval) for rate, interval in one.intervals.items()},
        "to_next": None if one.to_next is None else [_lift(lift) for lift in one.to_next],
        "told_apart": one.told_apart,
        "margin": one.margin,
    }


def _lift(one: Lift) -> dict[str, Any]:
    return {"indicator": one.indicator, "needed": one.needed, "score": plain(one.score), "rank": one.rank}


def _correction_as_dict(one: Correction, ranking: Ranking) -> dict[str, Any]:
    return {
        "received_at": one.received_at.astimezone(ranking.timezone).isoformat(),
        "score_before": plain(one.score_before),
        "rank_before": one.rank_before,
    }
