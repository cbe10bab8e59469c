"""The fields of the quarter's bulletin, from the scores as they are printed (METHOD section 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboards.meeting.filling import listed
from dashboards.meeting.rounding import percent, rounded
from dashboards.meeting.scores_apart import apart, next_to, weakest
from dashboards.meeting.source import Content, Source, head_fields, period_words
from dashboards.method.named import named_of
from dashboards.results.charted import compared, mean_shares
from dashboards.results.names import group as group_name
from dashboards.results.publishing import UNSURE
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.schemes import ScoresScheme, parse

MEASURED = ("优秀", "良好", "合格", "不合格")
GRADES = (*MEASURED, "否决")
MOST_WEAK = 2
_ENDS = "。；;.， "
"""What a reason that stands within a sentence does not end with."""
_BETWEEN = "；"
"""What stands between the reasons of one who speaks last for several."""
WEAK_BELOW = Decimal("0.8")
"""Of a measure's full mark: a measure of which the mean is no lower is no weak one."""
_PAIR = 2
_AS_PRINTED = Decimal("0.001")
"""To what a share is rounded that is printed as per cent with one decimal."""
Row = Mapping[str, Any]


def fields(source: Source) -> dict[str, Any]:
    """All fields of the quarter's bulletin."""
    content, scheme = source.content, _scheme(source)
    rows = [row for group in content["groups"] for row in group["rows"]]
    names = {row["unit"]: row["name"] for row in rows}
    return {
        **head_fields(source),
        "单位数": len(rows),
        "有得分": sum(row["score"] is not None for row in rows),
        "等次": [
            {"名称": grade, "单位": found} for grade in GRADES if (found := [row["name"] for row in rows if row["grade"] == grade])
        ],
        "各组": [_group(group, scheme) for group in content["groups"] if group["rows"]],
        "等次上升": _risen(source, rows),
        "未报": _with(rows, "not_reported"),
        "未评审": _with(rows, "unreviewed"),
        "待报": _with(rows, "awaited"),
        "拟否决": _with(rows, "veto_proposed"),
        "否决": [{"单位": row["name"], "原因": row["veto"].rstrip(_ENDS)} for row in rows if row["veto"]],
        "薄弱措施": _weak(content),
        "措施": [{"名称": name, "得分率": percent(mean)} for name, mean in mean_shares(content).items()],
        "末位发言": _speakers(content["last_speakers"], names),
        "附件": [_("tables of scores of the groups")],
    }  # fmt: skip


def _scheme(source: Source) -> ScoresScheme:
    scheme = parse(source.scheme_text)
    assert isinstance(scheme, ScoresScheme)
    return scheme


def _risen(source: Source, rows: Sequence[Row]) -> dict[str, Any] | None:
    """Whose grade is better than in the quarter before as it was published, by the same scheme, reviewed and on no thin basis both times; None without any.

    A veto is no measure of how well something was done: neither that there was one nor that there is none any more is a rise.
    """
    before = source.quarter_before
    if before is None or before["scheme"] != source.content["scheme"]["sha256"]:
        return None
    steps = {grade: step for step, grade in enumerate(reversed(MEASURED))}
    told = [(row, before["grades"].get(row["unit"])) for row in rows if not UNSURE & set(row["flags"])]
    risen = [
        {"单位": row["name"], "上季": grade, "本季": row["grade"]}
        for row, grade in told
        if grade in steps and row["grade"] in steps and steps[row["grade"]] > steps[grade]
    ]
    return {"期间": period_words(parse_period(before["period"])), "单位": risen} if risen else None


def _speakers(told: Sequence[Row], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Who speaks last, by reason."""
    by_reason: dict[str, list[str]] = {}
    for one in told:
        by_reason.setdefault(one["reason"], []).append(one.get("enterprise") or names.get(one["unit"], one["unit"]))
    return [{"原因": listed(reason.split(_BETWEEN)), "单位": found} for reason, found in by_reason.items()]


def _with(rows: Sequence[Row], flag: str) -> list[str]:
    return [row["name"] for row in rows if flag in row["flags"]]


def _group(group: Content, scheme: ScoresScheme) -> dict[str, Any]:
    """Who leads and who is last of those without a veto, by the rule of all places: a veto puts a unit last whatever its score."""
    rows = compared(group)
    named = named_of({"rows": rows})
    scores = [row["score"] for row in rows]
    return {
        "名称": group_name(group["group"]),
        "单位": len(group["rows"]),
        "参评": len(rows),
        "全部并列": len(rows) > 1 and len(set(scores)) == 1,
        "首位": _with_reason(_end(rows, named.first, scores), _leads(rows, named.first, scheme)),
        "末位": _with_reason(_end(rows, named.last, scores), _is_behind(rows, named.last, scheme)),
        "否决": [row["name"] for row in group["rows"] if row["veto"]],
    }


def _end(rows: Sequence[Row], units: Sequence[str], scores: Sequence[float]) -> dict[str, Any] | None:
    """``同分``: others have the same score, and another place by what tells ties apart."""
    found = [row for row in rows if row["unit"] in units]
    if not found:
        return None
    return {
        "单位": [row["name"] for row in found],
        "得分": f"{found[0]['score']:.2f}",
        "同分": scores.count(found[0]["score"]) > len(found),
        "未评审": any("unreviewed" in row["flags"] for row in found),
    }


def _with_reason(end: dict[str, Any] | None, reason: Mapping[str, Any]) -> dict[str, Any] | None:
    return None if end is None else {**end, **reason}


def _leads(rows: Sequence[Row], units: Sequence[str], scheme: ScoresScheme) -> dict[str, Any]:
    """``领先``: of one that is first alone, by how much and in what before the next; else None."""
    first = _alone(rows, units)
    second = None if first is None else next_to(rows, first, below=True)
    return {"领先": None if first is None or second is None else apart(first, second, scheme)}


def _is_behind(rows: Sequence[Row], units: Sequence[str], scheme: ScoresScheme) -> dict[str, Any]:
    """``落后``: of one that is last alone, by how much and in what behind the one before, else None: of two it is said of the first.
    ``薄弱措施``: the measures that it did least.
    """
    last = _alone(rows, units)
    before = None if last is None or len(rows) == _PAIR else next_to(rows, last, below=False)
    return {
        "落后": None if last is None or before is None else apart(before, last, scheme),
        "薄弱措施": [] if last is None else weakest(last, WEAK_BELOW),
    }


def _alone(rows: Sequence[Row], units: Sequence[str]) -> Row | None:
    found = [row for row in rows if row["unit"] in units]
    return found[0] if len(found) == 1 else None


def _weak(content: Content) -> list[dict[str, str]]:
    """The measures with the lowest mean share, of those that are weak as it is printed."""
    means = mean_shares(content)
    weak = [(mean, name) for name, mean in means.items() if rounded(mean, _AS_PRINTED) < WEAK_BELOW]
    return [{"名称": name, "得分率": percent(mean)} for mean, name in sorted(weak)[:MOST_WEAK]]
