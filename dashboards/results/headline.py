"""What a printed report says first: who leads, who is last, who is missing, or deaths against the cap. Of a live one as of a frozen one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.method.named import named_of
from dashboards.method.rankability import is_poor

Content = Mapping[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GroupHeadline:
    """One group of a ranking or of a quarter's scores; units by code.

    ``last`` are those that may be named last, by the rule of ``dashboards.method.named``; ``may_be_last`` those of
    whom none is to be named alone. ``first_apart``: whether the first is reliably told from the next.
    ``told_apart``: whether the order of a ranking bears places at all (METHOD section 2, ``rankability``).
    """

    group: str
    scored: int
    first: tuple[str, ...]
    first_score: float | None
    last: tuple[str, ...]
    last_score: float | None
    not_reported: tuple[str, ...]
    refused: tuple[str, ...]
    awaited: tuple[str, ...]
    may_be_last: tuple[str, ...] = ()
    first_apart: bool = True
    told_apart: bool = True


@dataclass(frozen=True, slots=True)
class Headline:
    """Of a report: its groups, who speaks last by name; of casualties deaths, cap and light."""

    groups: tuple[GroupHeadline, ...] = ()
    speakers: tuple[str, ...] = ()
    deaths: int | None = None
    cap: int | None = None
    light: str | None = None


def headline(content: Content) -> Headline:
    """Of a report as it is printed."""
    if content["report"] == "casualties":
        zone = content["zone"]
        return Headline(deaths=zone["deaths"], cap=zone["cap"], light=zone["light"])
    groups = tuple(_group(one) for one in content["groups"] if one["rows"])
    names = {row["unit"]: row["name"] for group in content["groups"] for row in group["rows"]}
    told = content.get("last_speakers", ())
    speakers = (one["enterprise"] if "enterprise" in one else names.get(one["unit"], one["unit"]) for one in told)
    return Headline(groups, tuple(speakers))


def _group(group: Content) -> GroupHeadline:
    rows, named = group["rows"], named_of(group)
    of = {row["unit"]: row for row in rows}
    return GroupHeadline(
        group["group"],
        sum(row["rank"] is not None and row["score"] is not None for row in rows),
        named.first,
        of[named.first[0]]["score"] if named.first else None,
        named.last,
        of[named.last[0]]["score"] if named.last else None,
        _codes([row for row in _with(rows, "not_reported") if "refused" not in row["flags"]]),
        _codes(_with(rows, "refused")),
        _codes([row for row in _with(rows, "awaited") if "refused" not in row["flags"]]),
        may_be_last=named.may_be_last,
        first_apart=not named.first or of[named.first[-1]].get("told_apart") is not False,
        told_apart=not is_poor(group.get("reliability", {}).get("rankability")),
    )


def _with(rows: Sequence[Row], flag: str) -> list[Row]:
    return [row for row in rows if flag in row["flags"]]


def _codes(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row["unit"] for row in rows)
