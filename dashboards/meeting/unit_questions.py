"""What is asked of a unit in an interview: every question follows from a figure, and none is asked without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dashboards.meeting.ranking_fields import SITUATIONS
from dashboards.meeting.unit_losses import ENFORCEMENT, MILESTONES, PointsLost

CLOSED_LOOP_BELOW = 0.8
"""Of the cases that fell due in a month: who closed no smaller share of them in time is not asked about it."""
LARGE_LOSS = 0.25
"""Of a measure's full mark: who lost less is not asked about it."""
MOST_COSTLY = 3
"""Parts of a quarter's score that are asked about for having cost most points, however small a part of their own mark."""
ABOVE_REVIEW = 0.2
"""Of a measure's full mark: who marked itself higher than the review by less is not asked about it."""
Row = Mapping[str, Any]
Question = dict[str, Any]
_OF_A_MONTH = tuple(name for name in SITUATIONS if name != "待报")


@dataclass(frozen=True, slots=True)
class Answerable:
    """What questions are made of: the unit's ``months`` as the ranking prints them, by name; of a ``quarter`` its row of the scores.

    ``lost``: all that cost points of the quarter, most first; ``overdue``: cases open past their due day; ``accidents``: those within the period; ``late_reports``: accidents whose report is overdue.
    """

    months: Sequence[tuple[str, Row]]
    quarter: Row | None = None
    overdue: int = 0
    accidents: Sequence[Row] = field(default=())
    late_reports: Sequence[Row] = field(default=())
    lost: Sequence[PointsLost] = field(default=())


def questions(asked: Answerable) -> list[Question]:
    """All that is to be asked, in the order in which it is."""
    return [*_of_months(asked.months), *_of_quarter(asked.quarter), *_of_parts(asked.lost), *_of_records(asked)]


def _of_months(months: Sequence[tuple[str, Row]]) -> Iterator[Question]:
    for name in _OF_A_MONTH:
        yield from _if_any(name, [_month(month, row) for month, row in months if _has(row, name)])
    yield from _if_any("闭环率低", [_month(month, row) for month, row in months if _is_low(row)])
    overdue = [_month(month, row) for month, row in months if "overdue_major" in row["flags"] and row["indicators"]]
    yield from _if_any("逾期重大隐患", overdue)


def _if_any(name: str, months: list[dict[str, Any]]) -> Iterator[Question]:
    if months:
        yield {"类": name, "各月": months}


def _has(row: Row, name: str) -> bool:
    """Whether a month has a situation; a ledger that was refused is told as that alone."""
    flags = row["flags"]
    if SITUATIONS[name] == "not_reported" and "refused" in flags:
        return False
    return SITUATIONS[name] in flags


def _is_low(row: Row) -> bool:
    of = row["indicators"]
    if not of or not of["due_cases"] or of["closed_loop_rate"] is None:
        return False
    return bool(of["closed_loop_rate"] < CLOSED_LOOP_BELOW)


def _month(name: str, row: Row) -> dict[str, Any]:
    of = row["indicators"] or {}
    keys = {
        "检查": "inspections", "有问题": "problem_inspections", "处罚": "penalties", "应闭环": "due_cases",
        "已闭环": "closed_cases", "逾期重大隐患": "overdue_major",
    }  # fmt: skip
    return {"月": name, **{said: of.get(key) or 0 for said, key in keys.items()}}


def _of_quarter(row: Row | None) -> Iterator[Question]:
    if row is None:
        return
    if "not_reported" in row["flags"]:
        yield {"类": "未报自评"}
    marks = [one for one in row["measures"] or () if one["score"] is not None and one["full"]]
    lost = [_mark(one) for one in marks if one["full"] - one["score"] >= LARGE_LOSS * one["full"]]
    if lost:
        yield {"类": "措施失分", "措施": lost}
    high = [_mark(one) for one in marks if _is_above_review(one)]
    if high:
        yield {"类": "自评偏高", "措施": high}
    if row["veto"]:
        yield {"类": "否决", "原因": row["veto"]}
    elif "veto_proposed" in row["flags"]:
        yield {"类": "拟否决"}


def _of_parts(lost: Sequence[PointsLost]) -> Iterator[Question]:
    """Enforcement and milestones: each that lost a good part of its mark, or is among what cost most points of the quarter's score."""
    for kind in (ENFORCEMENT, MILESTONES):
        for place, one in enumerate(lost):
            if one.kind == kind and (place < MOST_COSTLY or one.full - one.got >= Decimal(str(LARGE_LOSS)) * one.full):
                yield one.told


def _is_above_review(one: Row) -> bool:
    own, review = one["self"], one["review"]
    return own is not None and review is not None and own - review >= ABOVE_REVIEW * one["full"]


def _mark(one: Row) -> dict[str, str]:
    keys = {"得分": "score", "满分": "full", "自评": "self", "评审": "review"}
    return {
        "名称": one["name"],
        **{said: "" if one[key] is None else f"{one[key]:.2f}" for said, key in keys.items()},
    }


def _of_records(asked: Answerable) -> Iterator[Question]:
    if asked.overdue:
        yield {"类": "逾期案件", "件数": asked.overdue}
    if asked.accidents:
        yield {"类": "事故", "事故": list(asked.accidents)}
    if asked.late_reports:
        yield {"类": "调查报告逾期", "事故": list(asked.late_reports)}
