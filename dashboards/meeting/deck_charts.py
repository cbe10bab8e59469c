"""The charts that a deck's wording may ask for by name, from the report as it is printed; of a large group one a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from dashboards.meeting.day_charts import day_charts
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.native_chart import NativeChart
from dashboards.meeting.pictures import MOST_BARS, picture
from dashboards.meeting.rounding import TENTH, rounded
from dashboards.meeting.source import Source
from dashboards.results.charted import compared, mean_shares
from dashboards.results.names import group as group_name
from data.language import gettext as _

SCORES, DEATHS, MEASURES = "得分", "累计死亡", "措施得分率"
"""Scores of a group that is named beside it; deaths of the year added up; how far each measure is done."""


def charts(asked: Sequence[str], source: Source) -> list[NativeChart]:
    """The chart that is asked for, page by page; none where there is nothing to show. Unfillable for one that there is not."""
    name, *named = asked
    report = source.content["report"]
    if source.is_of_a_day:
        found = [one.chart for one in day_charts(source) if one.name == tuple(asked)]
        return [page for one in found for page in _pages(one)]
    if name == SCORES and len(named) == 1 and report in {"ranking", "scores"}:
        return _scores(source, named[0])
    if name == MEASURES and report == "scores":
        return _measures(source)
    if name == DEATHS and report == "casualties":
        drawn = picture(source)
        return [] if drawn is None else [drawn]
    raise Unfillable(
        _("The wording of the deck asks for a chart that there is not: %(chart)s. There are: %(known)s.",
          chart="｜".join(asked), known=_(", ").join((SCORES, DEATHS, MEASURES)))
    )  # fmt: skip


def _pages(one: NativeChart) -> list[NativeChart]:
    """A chart of many bars as several; a line is one."""
    if one.is_line:
        return [one]
    pages = evenly(range(len(one.categories)), MOST_BARS)
    return [
        replace(
            one,
            categories=[one.categories[bar] for bar in page],
            series=[(name, [values[bar] for bar in page]) for name, values in one.series],
        )
        for page in pages
    ]


def _scores(source: Source, group: str) -> list[NativeChart]:
    rows = [row for one in source.content["groups"] if group_name(one["group"]) == group for row in compared(one)]
    return [
        NativeChart(SCORES, "bars", [row["name"] for row in page], [(SCORES, [row["score"] for row in page])], 2)
        for page in evenly(rows, MOST_BARS)
    ]


def _measures(source: Source) -> list[NativeChart]:
    shares = mean_shares(source.content)
    values = [float(rounded(100 * mean, TENTH)) for mean in shares.values()]
    return [NativeChart(MEASURES, "bars", list(shares), [("得分率（%）", values)], 1)] if shares else []


def evenly(rows: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Pages of no more than so many, none of them nearly empty."""
    pages = -(-len(rows) // most)
    ends = [round(len(rows) * page / pages) for page in range(pages + 1)] if pages else []
    return [rows[start:end] for start, end in pairwise(ends)]
