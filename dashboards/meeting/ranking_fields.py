"""The fields of the month's bulletin, from the ranking as it is printed: nothing is said that the places do not bear (METHOD section 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from dashboards.meeting.source import Content, Source, head_fields
from dashboards.meeting.tables import share
from dashboards.results.headline import GroupHeadline, headline
from dashboards.results.names import flag
from dashboards.results.names import group as group_name
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.language import gettext as _
from data.zone.periods import Month
from data.zone.schemes import RankingScheme, parse

MOST_RISEN, MOST_CAUSES = 3, 2
LARGE_LOSS = Decimal("0.25")
"""Of the weight of an indicator: who lost less of it is not said to have lost points there."""
SITUATIONS = {
    "未报": "not_reported", "被退回": "refused", "待报": "awaited", "迟报": "late", "零执法": "zero_enforcement",
    "零处罚": "zero_penalty", "查不出问题": "no_problem_found", "先零后补": "zero_then_filled",
}  # fmt: skip
_FILED_OTHERWISE = frozenset({"not_reported", "awaited"})
"""Said of a unit whose ledger was refused, it is told once: as refused."""
Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the month's bulletin."""
    content, scheme = source.content, _scheme(source)
    rows = [row for group in content["groups"] for row in group["rows"]]
    situations = {name: _with(rows, key) for name, key in SITUATIONS.items()}
    overdue = _overdue(rows)
    told = [name for name in situations if name != "待报"]
    return {
        **head_fields(source),
        **situations,
        "全区": _whole(rows),
        "各组": [
            _group(group, one, scheme, comparable=_is_comparable(source, scheme))
            for group, one in _groups(content)
        ],
        "未检查的重点行业": _sectors(content),
        "行业": [_sector(one) for one in content["sectors"]],
        "逾期重大隐患": overdue,
        "有问题情形": bool(overdue) or any(situations[name] for name in told),
        "附件": [_("ranked tables of the groups"), *([_("inspections by sector")] if content["sectors"] else [])],
    }  # fmt: skip


def _scheme(source: Source) -> RankingScheme:
    scheme = parse(source.scheme_text)
    assert isinstance(scheme, RankingScheme)
    return scheme


def _groups(content: Content) -> list[tuple[Content, GroupHeadline]]:
    every = {one.group: one for one in headline(content).groups}
    return [(group, every[group["group"]]) for group in content["groups"] if group["rows"]]


def _with(rows: Sequence[Row], key: str) -> list[str]:
    """The units with a flag, by name."""
    return [
        row["name"]
        for row in rows
        if key in row["flags"] and not (key in _FILED_OTHERWISE and "refused" in row["flags"])
    ]


def _overdue(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Who has major hazards overdue, and how many; last those who filed nothing: of them earlier ledgers tell that there are, but no number is printed."""
    told = [
        {
            "单位": row["name"],
            "件数": None if row["indicators"] is None else row["indicators"]["overdue_major"],
            "未报": "not_reported" in row["flags"],
            "被退回": "refused" in row["flags"],
        }
        for row in rows
        if "overdue_major" in row["flags"]
    ]
    return sorted(told, key=lambda one: one["件数"] is None)


def _whole(rows: Sequence[Row]) -> dict[str, int]:
    """Sums of the zone: of those who reported."""
    told = [row["indicators"] for row in rows if row["indicators"] is not None]
    keys = {
        "检查": "inspections", "有问题": "problem_inspections", "隐患": "hazards", "重大隐患": "major_hazards",
        "处罚": "penalties", "应闭环": "due_cases", "已闭环": "closed_cases",
    }  # fmt: skip
    return {
        "应报": len(rows),
        "已报": len(told),
        **{name: sum(one[key] or 0 for one in told) for name, key in keys.items()},
    }


def _sectors(content: Content) -> list[str]:
    names = {one["sector"]: one["name"] for one in content["sectors"]}
    return [names.get(code, code) for code in content["key_sectors_without_inspection"]]


def _sector(one: Row) -> dict[str, Any]:
    """A sector as a table says it: what was inspected and found there, shares as per cent."""
    counts = {
        "检查": "inspections",
        "有问题": "problem_inspections",
        "隐患": "hazards",
        "重大隐患": "major_hazards",
        "处罚": "penalties",
    }
    shares = {"问题发现率": "problem_rate", "闭环率": "closed_loop_rate"}
    return {
        "名称": one["name"],
        **{name: one[key] for name, key in counts.items()},
        **{name: share(one[key]) for name, key in shares.items()},
    }


def _is_comparable(source: Source, scheme: RankingScheme) -> bool:
    """Whether the month before was scored by the same scheme."""
    period = source.period
    assert isinstance(period, Month)
    return scheme.valid_from < date(period.year, period.month, 1)


def _group(group: Content, named: GroupHeadline, scheme: RankingScheme, *, comparable: bool) -> dict[str, Any]:
    of = {row["unit"]: row for row in group["rows"]}
    scored = [row for row in group["rows"] if row["rank"] is not None and row["score"] is not None]
    scores = [row["score"] for row in scored]
    first = [row for row in scored if row["rank"] == 1]
    by_keys = bool(first) and scores.count(first[0]["score"]) > len(first)
    return {
        "名称": group_name(group["group"]),
        "单位": len(group["rows"]),
        "参评": len(scored),
        "全部并列": len(scored) > 1 and (len(first) == len(scored) or len(set(scores)) == 1),
        "名次可信": named.told_apart,
        "最高分": _points(max(scores, default=None)),
        "最低分": _points(min(scores, default=None)),
        "首位": None if not first else {
            "单位": [row["name"] for row in first],
            "得分": _points(first[0]["score"]),
            "可靠": named.first_apart,
            "同分": by_keys,
            "依据不足": any("thin_basis" in row["flags"] for row in first),
            "满分": _full(first[0], scheme) if len(first) == 1 else [],
        },
        "末位": None if not named.last else {
            "单位": [of[unit]["name"] for unit in named.last],
            "得分": _points(named.last_score),
            "同分": scores.count(named.last_score) > len(named.last),
            "失分": _lost(of[named.last[0]], scheme) if len(named.last) == 1 else [],
        },
        "可能末位": [of[unit]["name"] for unit in named.may_be_last],
        "上升": _risen(scored) if comparable and named.told_apart else [],
    }  # fmt: skip


def _points(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _full(row: Row, scheme: RankingScheme) -> list[str]:
    """Indicators of which a unit has every point."""
    return [_name(key) for key, part in scheme.indicators.items() if _lost_of(row, key, part.weight) == 0]


def _lost(row: Row, scheme: RankingScheme) -> list[str]:
    """By what most points were lost: indicators of which a good part of the weight, and deductions."""
    losses = {
        _name(key): lost
        for key, part in scheme.indicators.items()
        if (lost := _lost_of(row, key, part.weight)) is not None and lost >= LARGE_LOSS * part.weight and lost > 0
    }
    losses |= {
        _("deduction for %(what)s", what=flag(key)): Decimal(str(taken))
        for key, taken in row["deductions"].items()
        if taken
    }
    return sorted(losses, key=lambda what: -losses[what])[:MOST_CAUSES]


def _lost_of(row: Row, key: str, weight: Decimal) -> Decimal | None:
    points = row["points"].get(key)
    return None if points is None else weight - Decimal(str(points))


def _name(key: str) -> str:
    return _(INDICATOR_BY_KEY[key].name)


def _risen(scored: Sequence[Row]) -> list[dict[str, Any]]:
    """Who rose most, by places: those alone whose whole interval of places lies before the place of the month before."""
    risen = [(row["previous"]["rank"] - row["rank"], row) for row in scored if _has_risen(row)]
    ordered = sorted(risen, key=lambda one: (-one[0], one[1]["rank"]))[:MOST_RISEN]
    return [{"单位": row["name"], "上月": row["previous"]["rank"], "本月": row["rank"]} for _rise, row in ordered]


def _has_risen(row: Row) -> bool:
    """Against as many that are ranked: a place among others says nothing. (How many were is not printed; a place beyond tells.)"""
    before, interval = row["previous"], row["rank_interval"]
    return bool(before and before["score"] is not None and interval and interval[1] < before["rank"] <= row["of"])
