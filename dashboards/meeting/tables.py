"""The tables of a document's annex: what was ranked, as an official reads it, from the report as it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dashboards.meeting.rounding import POINTS, Number, percent, rounded
from dashboards.meeting.source import Content, day_words
from dashboards.results.exported import Written
from dashboards.results.names import flag, flags_shown
from dashboards.results.names import group as group_name
from data.language import gettext as _

NOTHING = "—"
WHOLE = "全区"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AnnexColumn:
    """A column: its head, and its share of the width; names stand at the left, figures in the middle; how its values are written.

    ``on_paper``: its share there, where it is another than in a workbook.
    """

    head: str
    width: float
    name: bool = False
    written: Written = Written.TEXT
    on_paper: float | None = None

    @property
    def share(self) -> float:
        """Its share of the width of a page."""
        return self.width if self.on_paper is None else self.on_paper


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table of texts under its caption; ``values`` are the same before they were written, where it is made of any."""

    caption: str
    columns: Sequence[AnnexColumn]
    rows: Sequence[Sequence[str]]
    values: Sequence[Sequence[Any]] = ()


def counts(head: str, width: float, on_paper: float | None = None) -> AnnexColumn:
    """A column of whole numbers."""
    return AnnexColumn(head, width, written=Written.COUNT, on_paper=on_paper)


def _points(head: str, width: float) -> AnnexColumn:
    return AnnexColumn(head, width, written=Written.AMOUNT)


def shares(head: str, width: float, on_paper: float | None = None) -> AnnexColumn:
    """A column of shares."""
    return AnnexColumn(head, width, written=Written.SHARE, on_paper=on_paper)


def of_values(caption: str, columns: Sequence[AnnexColumn], values: Sequence[Sequence[Any]]) -> AnnexTable:
    """A table of values, each written as its column says."""
    rows = [[_text(value, column.written) for value, column in zip(row, columns, strict=True)] for row in values]
    return AnnexTable(caption, columns, rows, values)


def _text(value: Any, written: Written) -> str:
    match written:
        case Written.COUNT:
            return count(value)
        case Written.AMOUNT:
            return points(value)
        case Written.SHARE:
            return share(value)
        case Written.DAY:
            return day_words(value)
    return NOTHING if value is None else value


def ranking_tables(content: Content, period: str) -> list[AnnexTable]:
    """The ranked table of each group; then the sectors."""
    tables = [
        of_values(
            _("%(group)s, %(period)s: ranked (annex)", group=group_name(group["group"]), period=period),
            _RANKING,
            [_ranked(row) for row in group["rows"]],
        )
        for group in content["groups"]
        if group["rows"]
    ]
    sectors = [_sector(row) for row in content["sectors"]]
    return [
        *tables,
        *([of_values(_("%(period)s: by sector (annex)", period=period), _SECTORS, sectors)] if sectors else []),
    ]


_RANKING = (
    counts("名次", 1.0, 1.2), AnnexColumn("单位", 3.8, name=True, on_paper=3.7), _points("得分", 1.8), counts("检查", 1.1),
    counts("有问题", 1.3), counts("隐患", 1.1), counts("处罚", 1.1), counts("应闭环", 1.3), counts("已闭环", 1.3),
    shares("计划完成率", 2.0), shares("问题发现率", 2.0), shares("闭环率", 2.0, 1.8), AnnexColumn("名次区间", 1.8, on_paper=2.0),
    counts("上月名次", 1.2, 1.1), AnnexColumn("备注", 2.8, name=True),
)  # fmt: skip
_SECTORS = (
    AnnexColumn("行业领域", 3.0, name=True), counts("检查", 1.0), counts("有问题", 1.0), counts("隐患", 1.0), counts("重大隐患", 1.0),
    counts("处罚", 1.0), counts("应闭环", 1.0), counts("已闭环", 1.0), shares("问题发现率", 1.2), shares("闭环率", 1.2),
)  # fmt: skip


def unplaced(table: AnnexTable) -> AnnexTable:
    """The same table, without places where nobody has a score: all who reported nothing share the first then, and none of them is first."""
    heads = [column.head for column in table.columns]
    if not {"名次", "得分"} <= {*heads} or any(row[heads.index("得分")] != NOTHING for row in table.rows):
        return table
    place = heads.index("名次")
    return replace(table, rows=[[*row[:place], NOTHING, *row[place + 1 :]] for row in table.rows])


def _ranked(row: Row) -> list[Any]:
    of = row["indicators"] or {}
    counts = ("inspections", "problem_inspections", "hazards", "penalties", "due_cases", "closed_cases")
    interval, before = row["rank_interval"], row["previous"]
    return [
        row["rank"],
        row["name"],
        row["score"],
        *(of.get(key) for key in (*counts, "completion", "problem_rate", "closed_loop_rate")),
        None if interval is None else f"{interval[0]}–{interval[1]}",
        None if before is None else before["rank"],
        "；".join(map(flag, flags_shown(row["flags"]))),
    ]


def _sector(row: Row) -> list[Any]:
    counts = (
        "inspections",
        "problem_inspections",
        "hazards",
        "major_hazards",
        "penalties",
        "due_cases",
        "closed_cases",
    )
    return [row["name"], *(row[key] for key in (*counts, "problem_rate", "closed_loop_rate"))]


def scores_tables(content: Content, period: str) -> list[AnnexTable]:
    """The ranked table of each group."""
    return [
        of_values(
            _("%(group)s, %(period)s: scores (annex)", group=group_name(group["group"]), period=period),
            _SCORES,
            [_scored(row) for row in group["rows"]],
        )
        for group in content["groups"]
        if group["rows"]
    ]


_SCORES = (
    counts("名次", 1.0), AnnexColumn("单位", 4.0, name=True), _points("得分", 1.4), AnnexColumn("等次", 1.4), _points("十条措施", 1.6),
    _points("执法", 1.4), _points("重点任务", 1.6), _points("加分", 1.1), _points("扣分", 1.1), AnnexColumn("备注", 4.0, name=True),
)  # fmt: skip


def _scored(row: Row) -> list[Any]:
    remarks = [*map(flag, flags_shown(row["flags"])), *([row["veto"]] if row["veto"] else [])]
    return [
        row["rank"],
        row["name"],
        row["score"],
        row["grade"] or None,
        *(row["components"][key] for key in ("ten_measures", "enforcement", "milestones")),
        row["bonus"],
        row["deduction"],
        "；".join(remarks),
    ]


def casualties_tables(content: Content, period: str) -> list[AnnexTable]:
    """The targets by unit and by sector, of those that have one or a death; then every accident."""
    rows = [values for _scope, values in targets(content)]
    accidents = [_accident(one) for one in content["accidents"]]
    listed = [of_values(_("%(period)s: accidents (annex)", period=period), _ACCIDENTS, accidents)] if accidents else []
    return [of_values(_("%(period)s: casualty targets (annex)", period=period), _TARGETS, rows), *listed]


_TARGETS = (
    AnnexColumn("单位或行业领域", 4.0, name=True), counts("死亡人数", 1.5), counts("亡人事故起数", 1.8), counts("全年控制数", 1.6),
    counts("距控制数", 1.5), counts("去年同期死亡人数", 2.2),
)  # fmt: skip
_ACCIDENTS = (
    AnnexColumn("编号", 3.0, name=True), AnnexColumn("日期", 2.2, written=Written.DAY), AnnexColumn("类型", 2.0), counts("死亡", 1.0), counts("重伤", 1.0), AnnexColumn("等级", 1.2),
    AnnexColumn("计入指标", 1.3), AnnexColumn("结案", 1.0),
)  # fmt: skip


def targets(content: Content) -> list[tuple[str, list[Any]]]:
    """Each line of the targets, with what it is about."""
    return [
        ("全区", _target(content["zone"], "全区")),
        *(("单位", _target(one, one["name"])) for one in content["units"] if _is_told(one)),
        *(("行业领域", _target(one, one["name"])) for one in content["sectors"] if _is_told(one)),
    ]


def _is_told(row: Row) -> bool:
    return bool(row["cap"] is not None or row["deaths"] or row["last_year_deaths"])


def _target(row: Row, name: str) -> list[Any]:
    apart = None if row["cap"] is None else row["cap"] - row["deaths"]
    return [name, row["deaths"], row["fatal_accidents"], row["cap"], apart, row["last_year_deaths"]]


def _accident(row: Row) -> list[Any]:
    day = date.fromisoformat(row["date"])
    return [
        row["number"], day, row["type"] or None, row["deaths"], row["serious_injuries"],
        row["class"] or None, "是" if row["counted"] else "否", "是" if row["closed"] else "否",
    ]  # fmt: skip


def points(value: Number | None) -> str:
    """Points with two decimals."""
    return NOTHING if value is None else f"{rounded(value, POINTS)}"


def count(value: float | None) -> str:
    """A whole number; nothing where there is none."""
    return NOTHING if value is None else f"{value:d}"


def share(value: Number | None) -> str:
    """A share as per cent, the whole of it without a decimal."""
    return NOTHING if value is None else percent(value).replace(".0%", "%")
