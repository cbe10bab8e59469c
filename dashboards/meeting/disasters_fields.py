"""The fields of the paper on warnings and disasters, from the report as it is printed (METHOD section 5.6)."""

from __future__ import annotations

from typing import Any

from dashboards.meeting.day_fields import day_head, plain_number
from dashboards.meeting.source import Source
from dashboards.meeting.tables import share


def fields(source: Source) -> dict[str, Any]:
    """All fields of the paper."""
    content = source.content
    minutes = content["answer_minutes"]
    return {
        **day_head(source),
        "有记录": any_record(content),
        "预警": content["warnings"],
        "叫应": content["called"],
        "应答": content["answered"],
        "反馈": content["fed_back"],
        "未反馈": content["warnings"] - content["fed_back"],
        "闭环率": share(content["closed_loop_rate"]),
        "应答分钟": None if minutes["median"] is None else {
            "中位数": plain_number(minutes["median"]), "九成以内": plain_number(minutes["p90"]),
        },
        "按时应答率": None if content["answered_in_time_rate"] is None else share(content["answered_in_time_rate"]),
        "熔断措施": [{"名称": name, "次数": number} for name, number in content["measures"].items() if number],
        "转移": content["moved"],
        "死亡": content["dead"],
        "失踪": content["missing"],
        "救助率": None if content["helped_rate"] is None else share(content["helped_rate"]),
        "未发生群死群伤": content["no_mass_disaster"],
        "未闭环单位": [
            {"单位": source.unit_name(one["unit"]), "件数": one["warnings"] - one["fed_back"], "预警": one["warnings"]}
            for one in sorted(content["units"], key=lambda one: one["fed_back"] - one["warnings"])
            if one["warnings"] > one["fed_back"]
        ],
    }  # fmt: skip


def any_record(content: Any) -> bool:
    """Whether any row tells of a warning or of a disaster."""
    told = ("warnings", "moved", "dead", "missing")
    return (
        any(content[key] for key in told)
        or any(content["measures"].values())
        or content["helped_rate"] is not None
        or not content["no_mass_disaster"]
    )
