"""The fields of the paper on tip-offs, sanctions and crackdowns: counts and sums by type, never whom they are about (METHOD section 5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.meeting.day_fields import day_head, plain_number
from dashboards.meeting.day_tables import yuan
from dashboards.meeting.source import Source
from dashboards.meeting.tables import share

Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    told = [_type(one) for one in source.content["types"] if one["received"]]
    return {
        **day_head(source),
        "受理": sum(one["受理"] for one in told),
        "办结": sum(one["办结"] for one in told),
        "超期": sum(one["超期"] for one in told),
        "类型": told,
        "没有的类型": [one["type"] for one in source.content["types"] if not one["received"]],
    }


def _type(one: Row) -> dict[str, Any]:
    return {
        "名称": one["type"],
        "受理": one["received"],
        "办结": one["closed"],
        "查实": one["substantiated"],
        "奖励": one["rewarded"],
        "已发放": one["paid"],
        "发放率": share(one["payment_rate"]),
        "奖励金额": yuan(one["reward_yuan"]),
        "已发金额": yuan(one["paid_yuan"]),
        "办结天数中位数": None if one["median_days"] is None else plain_number(one["median_days"]),
        "超期": one["overdue"],
    }
