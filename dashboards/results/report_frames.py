"""Ranking, scores, casualties and cases as frames: their columns, and how a result's rows fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboards.results.frames import FLAGS, GROUP, NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from data.indicators.declaration import Indicator, Ratio, Sum
from data.indicators.enforcement import FINES, INDICATORS

if TYPE_CHECKING:
    from pandas import DataFrame

    from dashboards.results.cases import CasePage
    from dashboards.results.casualties import Casualties
    from dashboards.results.ranking import Ranking
    from dashboards.results.scores import Scores


def _indicator(one: Indicator) -> FrameColumn:
    if one is FINES:
        return FrameColumn(one.key, "Float64", "yuan", one.name)
    if isinstance(one.made_of, Sum):
        return FrameColumn(one.key, "Int64", "count", one.name)
    return FrameColumn(one.key, "Float64", "share" if isinstance(one.made_of, Ratio) else "0, ½ or 1", one.meaning)


RANK = FrameColumn("rank", "Int64", "place", "place in the group; missing where there is none")
OF = FrameColumn("of", "Int64", "units", "how many of the group are ranked")
SCORE = FrameColumn("score", "Float64", "points, 0–100", "missing where there is none")

RANKING = FrameLayout((UNIT, PERIOD), (NAME, GROUP, RANK, OF, SCORE, FLAGS, *map(_indicator, INDICATORS)))
SCORES = FrameLayout(
    (UNIT, PERIOD),
    (
        NAME, GROUP, RANK, OF, SCORE,
        FrameColumn("grade", "string", "", "优秀, 良好, 合格, 不合格 or 否决"),
        FrameColumn("ten_measures", "Float64", "points, 0–100", "marks of the ten measures"),
        FrameColumn("enforcement", "Float64", "points, 0–100", "mean of the quarter's months"),
        FrameColumn("milestones", "Float64", "points, 0–100", "milestones done in time"),
        FrameColumn("bonus", "Float64", "points", "what counts of the bonus given"),
        FrameColumn("deduction", "Float64", "points", "taken off"),
        FrameColumn("vetoed", "boolean", "", "whether a veto stands"),
        FLAGS,
    ),
)  # fmt: skip
CASUALTIES = FrameLayout(
    (UNIT, PERIOD),
    (
        NAME,
        FrameColumn("deaths", "Int64", "persons", "deaths that count, up to the day asked for"),
        FrameColumn("fatal_accidents", "Int64", "accidents", "accidents in which they died"),
        FrameColumn("cap", "Int64", "persons", "cap of the year; missing where none is set"),
        FrameColumn("remaining", "Int64", "persons", "cap less deaths"),
        FrameColumn("progress", "Float64", "share", "deaths ÷ cap"),
        FrameColumn("elapsed", "Float64", "share, 0–1", "how much of the year is over"),
        FrameColumn("pace", "Float64", "persons", "cap × elapsed"),
        FrameColumn("days_since_fatal", "Int64", "days", "since the last fatal accident; missing if there was none"),
        FrameColumn("last_year_deaths", "Int64", "persons", "deaths of last year to the same day"),
        FrameColumn("breach_probability", "Float64", "probability, 0–1", "that the year ends above the cap"),
        FrameColumn("year_end_median", "Int64", "persons", "the year's total as foreseen"),
        FrameColumn("year_end_low", "Int64", "persons", "lower end of its 80 % interval"),
        FrameColumn("year_end_high", "Int64", "persons", "upper end of its 80 % interval"),
        FrameColumn("light", "string", "", "`green`, `yellow`, `orange`, `red`; missing without a cap"),
    ),
)  # fmt: skip
CASES = FrameLayout(
    (UNIT, PERIOD, FrameColumn("number", "string", "", "number of the document")),
    (
        FrameColumn("inspected_on", "datetime64[s]", "", "day of the inspection"),
        FrameColumn("enterprise", "string", "", "who was inspected"),
        FrameColumn("sector", "string", "", "name of the sector"),
        FrameColumn("hazards", "Int64", "hazards", "hazards found"),
        FrameColumn("major_hazards", "Int64", "hazards", "major ones among them"),
        FrameColumn("rectified", "Int64", "hazards", "rectified, as last told"),
        FrameColumn("rectify_by", "datetime64[s]", "", "deadline"),
        FrameColumn("due_on", "datetime64[s]", "", "deadline with the days of grace"),
        FrameColumn("last_reinspected_on", "datetime64[s]", "", "last re-inspection told of"),
        FrameColumn("conclusion", "string", "", "its conclusion"),
        FrameColumn("closed", "boolean", "", "whether it was closed by the due day; missing without a due day"),
        FrameColumn("overdue", "boolean", "", "whether a major hazard is past its due day at the month's end"),
        FrameColumn("fine_yuan", "Float64", "yuan", "fines told of the case"),
    ),
)  # fmt: skip


def ranking(result: Ranking) -> DataFrame:
    """One row a unit."""
    return RANKING.frame(
        {
            **{key: getattr(row.figures, key) for key in ("rank", "score")},
            **_of_unit(row, str(result.month), group.group),
            "of": row.figures.of or None,
            "flags": " ".join(row.figures.flags),
            **(row.figures.indicators or {}),
        }
        for group in result.groups
        for row in group.rows
    )


def scores(result: Scores) -> DataFrame:
    """One row a unit."""
    return SCORES.frame(
        {
            **{key: getattr(row.figures, key) for key in ("rank", "score", "grade", "bonus", "deduction")},
            **_of_unit(row, str(result.quarter), group.group),
            "of": row.figures.of or None,
            **row.figures.components,
            "vetoed": row.figures.veto is not None,
            "flags": " ".join(row.figures.flags),
        }
        for group in result.groups
        for row in group.rows
    )


def _of_unit(row: Any, period: str, group: str) -> dict[str, str]:
    return {"unit": row.unit.code, "period": period, "name": row.unit.short_name, "group": group}


def casualties(result: Casualties) -> DataFrame:
    """One row a unit; the zone's own figures are no sum of them, for an accident counts for two."""
    alike = [one.name for one in CASUALTIES.columns if not one.name.startswith(("name", "year_end"))]
    return CASUALTIES.frame(
        {
            **{key: getattr(one.standing, key) for key in alike},
            **_of_unit(one, str(result.year), one.unit.group),
            **{f"year_end_{key}": getattr(one.standing.year_end, key) for key in ("median", "low", "high")},
        }
        for one in result.units
    )


def cases(page: CasePage) -> DataFrame:
    """One row a case of the page."""
    alike = [one.name for one in (*CASES.index[2:], *CASES.columns)]
    return CASES.frame(
        {"unit": page.unit, "period": page.period, **{key: getattr(case, key) for key in alike}} for case in page.cases
    )
