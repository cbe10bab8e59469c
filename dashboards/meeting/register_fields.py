"""The fields of the paper on how far enterprises are inspected, from the register as it is printed (METHOD sections 5.1 and 5.7)."""

from __future__ import annotations

from typing import Any

from dashboards.meeting.day_fields import day_head, furthest_behind
from dashboards.meeting.source import Source
from dashboards.meeting.tables import share


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    content, inspection = source.content, source.content["inspection"]
    high = inspection["high_risk"]
    findings = [one["code"] for one in content["findings"]]
    towns, sectors = inspection["towns"], inspection["sectors"]
    return {
        **day_head(source),
        "企业": content["enterprises"],
        "已检查": inspection["inspected"],
        "覆盖率": share(inspection["rate"]),
        "未检查": inspection["never"],
        "重复检查": inspection["repeated"],
        "高危": {
            "企业": high["enterprises"], "已检查": high["inspected"], "未检查": high["enterprises"] - high["inspected"],
            "覆盖率": share(high["rate"]),
        },
        "落后镇街": _behind([source.unit_name(one["unit"]) for one in towns], towns),
        "落后行业": _behind([one["sector"] for one in sectors], sectors),
        "未检查的行业": [one["sector"] for one in sectors if one["enterprises"] and not one["inspected"]],
        "重复登记": findings.count("listed_twice"),
        "不在名录": findings.count("not_in_register"),
    }  # fmt: skip


def _behind(names: list[str], parts: list[Any]) -> list[dict[str, Any]]:
    return furthest_behind(names, [one["inspected"] for one in parts], [one["enterprises"] for one in parts])
