"""The quarterly scores as CONTRACT prints them."""

from __future__ import annotations

from typing import Any

from dashboards.results.plain_numbers import plain
from dashboards.results.report_head import report_head
from dashboards.results.scores import ScoredRow, Scores, Speaker, reason_words


def as_dict(result: Scores) -> dict[str, Any]:
    """The report as CONTRACT prints it: plain numbers, ratios unrounded."""
    return {
        **report_head("scores", result.quarter, result),
        "groups": [
            {"group": group.group, "rows": [_row_as_dict(row) for row in group.rows]} for group in result.groups
        ],
        "last_speakers": [_speaker_as_dict(one) for one in result.speakers],
    }


def _row_as_dict(row: ScoredRow) -> dict[str, Any]:
    one = row.figures
    return {
        "unit": one.unit,
        "name": one.name,
        "rank": one.rank,
        "of": one.of,
        "score": plain(one.score),
        "grade": one.grade,
        "flags": list(one.flags),
        "components": {key: plain(value) for key, value in one.components.items()},
        "measures": [
            {
                "number": part.number,
                "name": part.name,
                "full": plain(part.full),
                "self": plain(part.own),
                "review": plain(part.review),
                "score": plain(part.score),
            }
            for part in one.measures
        ],
        "bonus": plain(one.bonus),
        "bonus_cut": plain(one.cut),
        "deduction": plain(one.deduction),
        "veto": one.veto,
    }


def _speaker_as_dict(one: Speaker) -> dict[str, Any]:
    who = {"unit": one.unit} if one.unit is not None else {"enterprise": one.enterprise}
    return {**who, "reason": "；".join(reason_words(key) for key in one.reasons), "reasons": list(one.reasons)}
