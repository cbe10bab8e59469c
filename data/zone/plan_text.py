"""A work plan's YAML made of its content, and what its parts are called in workbooks, forms and sentences (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from data.zone.work_plan import Clause, PlanItem, WorkPlan

WIDTH = 160
HEADINGS: Mapping[str, str] = {
    "number": "编号", "article": "条目", "title": "任务", "sentence": "原文", "target_from": "目标依据", "filed_by": "报送单位",
    "object": "对象", "unit_of_measure": "计量单位", "frequency": "频次", "dues": "期限", "target": "目标", "each": "每个对象",
    "of": "分母", "holds": "到期判定", "source": "来源", "adds": "计算方式", "typed": "填报数", "evidence": "佐证",
}  # fmt: skip
"""Field of an item, in the order of the workbook's columns → its heading."""
PARTS: Mapping[str, str] = {
    "plan": "名称", "number": "文号", "year": "年度", "adopted_on": "录入日期", "confirmed": "已确认", "leaders": "领导",
    "articles": "条目", "items": "任务", "clauses": "原文条款", "no_duty": "不含任务的原文",
}  # fmt: skip
"""Part of a plan → what it is called."""


class _Dumper(yaml.SafeDumper):
    """Items and clauses a line each, as far as they fit, and nothing that stands for something else: people read it too."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _flow(dumper: _Dumper, content: _OneLine) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", content, flow_style=True)


class _OneLine(dict[str, Any]):
    """What is written between braces."""


_Dumper.add_representer(_OneLine, _flow)


def written(content: Mapping[str, Any]) -> str:
    """The YAML of a plan's content."""
    one_line = {
        **content,
        **{part: [_OneLine(one) for one in content[part]] for part in ("items", "clauses") if part in content},
    }
    return str(
        yaml.dump(one_line, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=False)
    )


def content_of(plan: WorkPlan) -> dict[str, Any]:
    """A plan as its YAML tells it, without what only helps to read it; what is parsed of it is the same plan."""
    return {
        "plan": plan.plan,
        "number": plan.number,
        "year": plan.year,
        "adopted_on": plan.adopted_on,
        "confirmed": plan.confirmed,
        "leaders": list(plan.leaders),
        "articles": dict(plan.articles),
        "items": [item_content(item) for item in plan.items],
        "clauses": [_clause(one) for one in plan.clauses],
        "no_duty": list(plan.no_duty),
    }


def item_content(item: PlanItem) -> dict[str, Any]:
    """An item as the YAML tells it."""
    told = {name: _value(getattr(item, name)) for name in HEADINGS}
    if item.target is None or isinstance(item.target, tuple | dict):
        target = told["target"]
    else:
        target = f"{'≤' if item.at_most else '≥'} {told['target']}"
    shown = {**told, "target": target, "typed": None if item.typed is None else item.typed.model_dump()}
    left_out = {"each": 1, "of": None, "holds": False, "typed": None}
    return {name: value for name, value in shown.items() if name not in left_out or value != left_out[name]}


def _clause(one: Clause) -> dict[str, Any]:
    return {"article": one.article, "clause": one.clause, "items": list(one.items)}


def _value(value: Any) -> Any:
    """A value as YAML has it: whole numbers as such, lists, names with their numbers."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    if isinstance(value, dict):
        return {name: _value(one) for name, one in value.items()}
    return value
