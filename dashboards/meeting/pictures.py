"""The one chart of a document, as data: scores of the largest group, or the year's deaths month by month beside the cap."""

from __future__ import annotations

from datetime import date

from dashboards.meeting.day_charts import day_charts
from dashboards.meeting.native_chart import NativeChart
from dashboards.meeting.source import Source, period_words
from dashboards.results.charted import compared, counted_deaths
from dashboards.results.names import group as group_name

MOST_BARS = 25
"""More could not be told apart on a page: of a larger group the table alone stands."""


def picture(source: Source) -> NativeChart | None:
    """The chart; None where there is nothing to compare."""
    if source.is_of_a_day:
        every = day_charts(source)
        return every[0].chart if every and len(every[0].chart.categories) <= MOST_BARS else None
    if source.content["report"] == "casualties":
        return _deaths(source)
    return _scores(source)


def _scores(source: Source) -> NativeChart | None:
    every = [(group, compared(group)) for group in source.content["groups"]]
    fitting = [(group, rows) for group, rows in every if 1 < len(rows) <= MOST_BARS]
    if not fitting:
        return None
    group, rows = max(fitting, key=lambda one: len(one[1]))
    title = f"{group_name(group['group'])}{period_words(source.period)}得分（分）"
    return NativeChart(
        title, "bars", [row["name"] for row in rows], [("得分", [row["score"] for row in rows])], decimals=2
    )


def _deaths(source: Source) -> NativeChart | None:
    """Deaths from January to the month of the day as of which it is told, added up."""
    content = source.content
    year = source.period.year
    counted = counted_deaths(content)
    if not counted:
        return None
    last = date.fromisoformat(content["as_of"])
    months = range(1, (last.month if last.year == year else 12) + 1)
    told = [sum(deaths for day, deaths in counted if day.month <= month) for month in months]
    cap = content["zone"]["cap"]
    capped = [] if cap is None else [("全年控制数", [cap for _month in months])]
    return NativeChart(
        f"{period_words(source.period)}累计死亡人数（人）",
        "line",
        [f"{month}月" for month in months],
        [("累计死亡人数", told), *capped],
    )
