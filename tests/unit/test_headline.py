"""What a publication says first, made of its printed report."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.components.published_words import lines
from dashboards.results.headline import headline
from tests.unit.test_recognise import ZONE


def _content(rankability: float | None) -> dict[str, Any]:
    row = {"flags": [], "chance": {"first": 0.5, "last": 0.9}}
    rows = [
        {**row, "unit": "shuanglu", "name": "双路街道", "rank": 1, "score": 92.35},
        {**row, "unit": "longtanzi", "name": "龙滩子街道", "rank": 2, "score": 91.12},
        {"unit": "emergency", "name": "应急局", "rank": 3, "score": None, "flags": ["not_reported"], "chance": None},
    ]
    reliability = {"pairs": 1, "reliable": 0, "rankability": rankability}
    return {"report": "ranking", "groups": [{"group": "town", "rows": rows, "reliability": reliability}]}


@pytest.mark.parametrize(
    ("rankability", "said"),
    [
        (0.8, "镇街组：双路街道第一（92.35分）；龙滩子街道末位（91.12分）；未报：应急局。"),
        (None, "镇街组：双路街道第一（92.35分）；龙滩子街道末位（91.12分）；未报：应急局。"),
        (0.49, "镇街组：2家得分接近，名次分不开，不宜论先后；未报：应急局。"),
    ],
)
def test_no_places_where_the_order_bears_none(rankability: float | None, said: str) -> None:
    """The page of publications names nobody first or last where the ranking itself speaks of groups (METHOD section 2)."""
    assert lines(headline(_content(rankability)), ZONE) == [said]
