"""The fields of the paper on supervision, from the report as it is printed (METHOD section 5.4)."""

from __future__ import annotations

from typing import Any

from dashboards.meeting.day_fields import counted, day_head
from dashboards.meeting.source import Source
from dashboards.meeting.tables import share


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    zone, units = source.content["zone"], source.content["units"]
    return {
        **day_head(source),
        "交办": zone["ordered"],
        "已回复": zone["answered"],
        "到期": zone["due"],
        "按期回复": zone["answered_in_time"],
        "按期回复率": share(zone["in_time_rate"]),
        "逾期": zone["overdue"],
        "曝光": zone["exposed"],
        "已销号": zone["closed"],
        "未销号": zone["ordered"] - zone["closed"],
        "方式": [{"名称": one["method"], "交办": one["ordered"]} for one in source.content["methods"] if one["ordered"]],
        "逾期单位": counted(source, units, "overdue"),
        "曝光单位": counted(source, units, "exposed"),
        "被督查单位数": sum(1 for one in units if one["ordered"]),
    }  # fmt: skip
