"""The fields of the paper on casualties, from the targets as they are printed (METHOD section 4).

Of people who died is spoken with respect: never what is "left" of a cap, and a forecast or a chance of a breach only where the office
has decided that its documents tell of them (``DocumentSettings.forecasts``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor
from typing import Any

from dashboards.meeting.source import Source, day_words, head_fields
from data.language import gettext as _
from data.zone.accident_class import LARGER, at_least

RED, ABOVE_PACE = "red", "above_pace"
"""The light that stands in documents, for no reason of it is a forecast; and the one reason besides that is none either."""
Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    content = source.content
    zone = content["zone"]
    counted = [one for one in content["accidents"] if one["counted"]]
    fatal = [one for one in counted if one["deaths"]]
    return {
        **head_fields(source),
        "死亡人数": zone["deaths"],
        "亡人事故": zone["fatal_accidents"],
        "下落不明": sum(one["missing"] for one in fatal),
        "去年同期": zone["last_year_deaths"],
        "当年": source.issued_on.year == source.period.year,
        "控制数": zone["cap"],
        "有分控制数": any(one["cap"] is not None for one in (*content["units"], *content["sectors"])),
        "距控制数": None if zone["cap"] is None else zone["cap"] - zone["deaths"],
        "无事故天数": zone["days_since_fatal"],
        "超控制数单位": _above(content["units"]),
        "超控制数行业": _above(content["sectors"]),
        "达控制数单位": _at(content["units"]),
        "达控制数行业": _at(content["sectors"]),
        "单位": [_row(one, one["name"]) for one in content["units"] if one["deaths"]],
        "行业": [_row(one, one["name"]) for one in content["sectors"] if one["deaths"]],
        "事故": [_accident(one) for one in fatal],
        "较大及以上事故": [_accident(one) for one in counted if one["class"] and at_least(one["class"], LARGER)],
        "红灯": zone["light"] == RED,
        "进度控制数": floor(zone["pace"]) if ABOVE_PACE in content["light_reasons"] else None,
        "预测": _forecast(zone) if source.stationery.settings.forecasts else None,
        "未结案": sum(not one["closed"] for one in fatal),
        "附件": [_("table of casualty targets"), *([_("table of accidents")] if content["accidents"] else [])],
    }


def _forecast(zone: Row) -> dict[str, Any] | None:
    """The year's end as foreseen, and the chance of more deaths than the cap in percent; None where nothing is foreseen."""
    end, chance = zone["year_end"], zone["breach_probability"]
    if end["median"] is None:
        return None
    told = {name: end[key] for name, key in (("低", "low"), ("中", "median"), ("高", "high"))}
    return {**told, "超控可能": None if chance is None else round(chance * 100)}


def _above(rows: Sequence[Row]) -> list[str]:
    """Who has more deaths than its cap."""
    return [row["name"] for row in rows if row["cap"] is not None and row["deaths"] > row["cap"]]


def _at(rows: Sequence[Row]) -> list[str]:
    """Who has as many deaths as its cap, and any."""
    return [row["name"] for row in rows if row["deaths"] and row["deaths"] == row["cap"]]


def _row(row: Row, name: str) -> dict[str, Any]:
    return {"名称": name, "死亡人数": row["deaths"], "控制数": row["cap"], "去年同期": row["last_year_deaths"]}


def _accident(one: Row) -> dict[str, Any]:
    return {
        "日期": day_words(date.fromisoformat(one["date"])),
        "类型": one["type"] or _("accident"),
        "等级": one["class"],
        "死亡人数": one["deaths"],
        "下落不明": one["missing"],
        "重伤人数": one["serious_injuries"],
        "编号": one["number"],
        "结案": one["closed"],
    }
