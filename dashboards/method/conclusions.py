"""What a publication concludes: who led, who was last, who speaks, which light. Derived from what it froze, never typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.method.named import named_of

Content = Mapping[str, Any]


def conclusions(content: Content) -> dict[str, Any]:
    """The conclusions of a printed report, by name (``town.first``, ``zone.light``): units by code, in order."""
    if content["report"] == "casualties":
        return {
            "zone.light": content["zone"]["light"],
            **{f"goal.{name}": light for name, light in content["goal_lights"].items()},
            **{f"{one['unit']}.light": one["light"] for one in content["units"]},
        }
    found: dict[str, Any] = {}
    for group in content["groups"]:
        named = named_of(group)
        found[f"{group['group']}.first"] = list(named.first)
        found[f"{group['group']}.last"] = list(named.last)
        found[f"{group['group']}.may_be_last"] = list(named.may_be_last)
        found[f"{group['group']}.not_reported"] = [
            row["unit"] for row in group["rows"] if "not_reported" in row["flags"]
        ]
        if content["report"] == "scores":
            found |= {f"{row['unit']}.grade": row["grade"] for row in group["rows"]}
    if content["report"] == "scores":
        found["last_speakers"] = [one.get("unit") or one.get("enterprise") for one in content["last_speakers"]]
    return found


def changed(before: Content, after: Content) -> list[dict[str, Any]]:
    """The conclusions that two publications of the same period do not share: ``[{"conclusion", "before", "after"}]``."""
    then, now = conclusions(before), conclusions(after)
    names = dict.fromkeys([*then, *now])
    return [
        {"conclusion": name, "before": then.get(name), "after": now.get(name)}
        for name in names
        if then.get(name) != now.get(name)
    ]
