"""The fields of the paper on hazards, from the report as it is printed (METHOD section 5.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.meeting.day_fields import counted, day_head, plain_number
from dashboards.meeting.source import Source, period_words
from dashboards.meeting.tables import share
from data.zone.periods import parse_period

Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    content = source.content
    graded = {
        grade: counted(source, [{"unit": one["unit"], **one[grade]} for one in content["units"]], "overdue")
        for grade in ("all", "major")
    }
    levels = [one for one in content["levels"] if one["all"]["open"]]
    to_zero = content["months_to_zero"]
    return {
        **day_head(source),
        "全部": _told(content["zone"]["all"]),
        "重大": _told(content["zone"]["major"]),
        "逾期单位": graded["all"],
        "逾期重大隐患": graded["major"],
        "各单位": [_of_unit(source, one) for one in content["units"] if one["all"]["found"]],
        "责任层级": [{"名称": one["level"] or "未填层级", "未销号": one["all"]["open"]} for one in levels],
        "清零月数": plain_number(to_zero) if to_zero else None,
        "台账不一致": [
            {
                "单位": source.unit_name(one["unit"]),
                "月份": period_words(parse_period(one["month"])),
                "检查台账": one["ledger"],
                "隐患台账": one["hazards"],
            }
            for one in content["reconciliation"]
        ],
    }


def _of_unit(source: Source, one: Row) -> dict[str, Any]:
    return {
        "单位": source.unit_name(one["unit"]),
        "发现": one["all"]["found"],
        "销号率": share(one["all"]["crossed_off_rate"]),
        "未销号": one["all"]["open"],
        "逾期": one["all"]["overdue"],
        "重大未销号": one["major"]["open"],
        "重大逾期": one["major"]["overdue"],
    }


def _told(one: Row) -> dict[str, Any]:
    return {
        "发现": one["found"],
        "今年发现": one["found_this_year"],
        "上年结转": one["carried_over"],
        "已销号": one["crossed_off"],
        "未销号": one["open"],
        "逾期": one["overdue"],
        "到期": one["due"],
        "按期销号": one["on_time"],
        "按期销号率": share(one["on_time_rate"]),
        "销号率": share(one["crossed_off_rate"]),
        "存在天数中位数": None if one["median_age"] is None else plain_number(one["median_age"]),
        "超过180天": one["ages"]["over_180"],
    }
