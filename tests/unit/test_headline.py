"""What a publication says first, made of its printed report."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.components.published_words import lines
from dashboards.method.conclusions import changed, conclusions
from dashboards.results.headline import headline
from tests.unit.test_recognise import ZONE


def _content(rankability: float | None) -> dict[str, Any]:
    row = {"flags": [], "chance": {"first": 0.5, "last": 0.9}}
    rows = [
        {**row, "unit": "shuanglu", "name": "双路街道", "rank": 1, "score": 92.35, "told_apart": True},
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


def test_who_may_be_last_is_not_named_alone() -> None:
    """As on the ranking's page: all whose interval of places reaches the last; the first with a word on how sure it is."""
    content = _content(0.8)
    first, last, _absent = content["groups"][0]["rows"]
    first |= {"told_apart": False, "rank_interval": [1, 2]}
    last |= {"chance": {"first": 0.4, "last": 0.6}, "rank_interval": [1, 2]}
    assert lines(headline(content), ZONE) == [
        "镇街组：双路街道第一（92.35分），与下一名分不出先后；末位不能只点一家，可能居末的有：双路街道、龙滩子街道；未报：应急局。"
    ]
    assert changed(_content(0.8), content) == [
        {"conclusion": "town.last", "before": ["longtanzi"], "after": []},
        {"conclusion": "town.may_be_last", "before": [], "after": ["shuanglu", "longtanzi"]},
    ]


def test_who_sent_nothing_concludes_no_last_place() -> None:
    """Where the order bears no places nobody led and nobody was last; who did not report stands on a line of its own."""
    assert conclusions(_content(0.4)) == {
        "town.first": [], "town.last": [], "town.may_be_last": [], "town.not_reported": ["emergency"],
    }  # fmt: skip
