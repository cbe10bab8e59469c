"""Ranking, scores, casualties and cases as frames: their columns, and how a result's rows fill them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dashboards.method.rates import RATES
from dashboards.method.single_keys import SINGLE_KEYS
from dashboards.results.frames import FLAGS, GROUP, NAME, PERIOD, UNIT, FrameColumn, FrameLayout
from data.indicators.declaration import Indicator, Ratio, Sum
from data.indicators.enforcement import FINES, INDICATORS

if TYPE_CHECKING:
    from pandas import DataFrame

    from dashboards.results.cases import CasePage
    from dashboards.results.casualties import Casualties
    from dashboards.results.chance import RowChance
    from dashboards.results.ranking import Ranking
    from dashboards.results.scores import Scores
    from dashboards.results.sectors import Sectors


def _indicator(one: Indicator) -> FrameColumn:
    if one is FINES:
        return FrameColumn(one.key, "Float64", "yuan", one.name)
    if isinstance(one.made_of, Sum):
        return FrameColumn(one.key, "Int64", "count", one.name)
    return FrameColumn(one.key, "Float64", "share" if isinstance(one.made_of, Ratio) else "0, ½ or 1", one.meaning)


RANK = FrameColumn("rank", "Int64", "place", "place in the group; missing where there is none")
OF = FrameColumn("of", "Int64", "units", "how many of the group are ranked")
SCORE = FrameColumn("score", "Float64", "points, 0–100", "missing where there is none")

CHANCE = (
    FrameColumn("rank_low", "Int64", "place", "better end of the place's 90 % interval; missing without a score, as all down to `to_next_inspections`"),
    FrameColumn("rank_high", "Int64", "place", "worse end of it"),
    FrameColumn("chance_first", "Float64", "probability, 0–1", "that nobody is ahead"),
    FrameColumn("chance_last", "Float64", "probability, 0–1", "that nobody with a score is behind"),
    FrameColumn("told_apart", "boolean", "", "whether it is reliably told apart from the unit next below"),
    FrameColumn("margin", "Int64", "cases", "due cases that would put the unit next below ahead; missing if none would"),
    FrameColumn("weights_same", "Float64", "share, 0–1", "of other weights by which it keeps its place"),
    FrameColumn("weights_within_one", "Float64", "share, 0–1", "of other weights by which it keeps it give or take one"),
    *(FrameColumn(f"place_by_{key}", "Int64", "place", f"place by `{key}` alone") for key in SINGLE_KEYS),
    FrameColumn("to_next_cases", "Int64", "cases", "due cases more closed in time that would have lifted it; missing if none would"),
    FrameColumn("to_next_inspections", "Int64", "inspections", "planned inspections more that would have lifted it"),
    *(
        FrameColumn(f"{rate}_{end}", "Float64", "share, 0–1", f"{said} end of the 95 % interval of `{rate}`; missing where the rate is undefined")
        for rate in RATES
        for end, said in (("low", "lower"), ("high", "upper"))
    ),
)  # fmt: skip
RANKING = FrameLayout((UNIT, PERIOD), (NAME, GROUP, RANK, OF, SCORE, FLAGS, *CHANCE, *map(_indicator, INDICATORS)))
SECTORS = FrameLayout(
    (FrameColumn("sector", "string", "", "code of the sector"), PERIOD),
    (
        FrameColumn("sector_name", "string", "", "its name"),
        FrameColumn("inspections", "Int64", "inspections", "inspections of the month"),
        FrameColumn("problem_inspections", "Int64", "inspections", "those of them that found a hazard"),
        FrameColumn("hazards", "Int64", "hazards", "hazards found"),
        FrameColumn("major_hazards", "Int64", "hazards", "major ones among them"),
        FrameColumn("penalties", "Int64", "decisions", "decisions first told in the month, each by its first case"),
        FrameColumn("due_cases", "Int64", "cases", "cases due in the month"),
        FrameColumn("closed_cases", "Int64", "cases", "those of them closed by the due day"),
        FrameColumn("problem_rate", "Float64", "share, 0–1", "inspections with problems ÷ inspections"),
        FrameColumn("closed_loop_rate", "Float64", "share, 0–1", "closed ÷ due"),
        FrameColumn("without_inspection", "boolean", "", "whether it is a key sector of the plan that nobody inspected"),
    ),
)  # fmt: skip
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
            **chance(row.chance),
            **(row.figures.indicators or {}),
        }
        for group in result.groups
        for row in group.rows
    )


def chance(one: RowChance) -> dict[str, Any]:
    """How sure a unit's place is, by the names of ``CHANCE``; what is not there is None."""
    place, weights = one.place, one.weights
    needed = {lift.indicator: lift.needed for lift in one.to_next or ()}
    return {
        "rank_low": None if place is None else place.low,
        "rank_high": None if place is None else place.high,
        "chance_first": None if place is None else place.first,
        "chance_last": None if place is None else place.last,
        "told_apart": one.told_apart,
        "margin": one.margin,
        "weights_same": None if weights is None else weights.same,
        "weights_within_one": None if weights is None else weights.within_one,
        **{f"place_by_{key}": (one.single_keys or {}).get(key) for key in SINGLE_KEYS},
        "to_next_cases": needed.get("closed_loop_rate"),
        "to_next_inspections": needed.get("completion"),
        **{
            f"{rate}_{end}": None if interval is None else interval[number]
            for rate in RATES
            for interval in [(one.intervals or {}).get(rate)]
            for number, end in enumerate(("low", "high"))
        },
    }


def sectors(result: Sectors) -> DataFrame:
    """One row a sector."""
    return SECTORS.frame(
        {
            "sector": one.code, "period": str(result.month), "sector_name": one.name, **asdict(one.sums),
            "problem_rate": one.problem_rate, "closed_loop_rate": one.closed_loop_rate,
            "without_inspection": one.code in result.without_inspection,
        }
        for one in result.rows
    )  # fmt: skip


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
