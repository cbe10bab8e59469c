"""What the fields of all papers on what stands on a day have in common (METHOD section 5): whose, as of when, by what was known when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from dashboards.meeting.day_charts import day_charts
from dashboards.meeting.day_tables import day_tables
from dashboards.meeting.deck_words import BAR
from dashboards.meeting.pictures import picture
from dashboards.meeting.rounding import TENTH, rounded
from dashboards.meeting.source import Source, day_stamp, day_words, period_words, sender
from dashboards.meeting.tables import AnnexTable, share

Row = Mapping[str, Any]


def day_head(source: Source) -> dict[str, Any]:
    """The fields that each of these papers has."""
    as_of, tables = date.fromisoformat(source.content["as_of"]), day_tables(source)
    drawn = picture(source)
    return {
        "地区": source.zone_name,
        "期间": period_words(source.period),
        "年份": as_of.year,
        "截止日": day_words(as_of),
        "发文机关": sender(source.zone_name),
        "成文日期": day_words(source.issued_on),
        "即时情况": day_stamp(source.content),
        "附件": [*(table.caption for table in tables), *([] if drawn is None else [drawn.name])],
        "图": [BAR.join(one.name) for one in day_charts(source)],
        "表": [_as_lines(table) for table in tables],
    }


def _as_lines(table: AnnexTable) -> dict[str, Any]:
    """A table as a deck's wording has it: what stands in a line, with the mark between cells."""
    return {
        "题": table.caption,
        "表头": BAR.join(column.head for column in table.columns),
        "行": [BAR.join(row) for row in table.rows],
    }


def counted(source: Source, rows: Iterable[Row], count: str) -> list[dict[str, Any]]:
    """The units of which any is counted, most first; equal ones in the zone's order."""
    told = [{"单位": source.unit_name(row["unit"]), "件数": row[count]} for row in rows if row[count]]
    return sorted(told, key=lambda one: -one["件数"])


def furthest_behind(
    names: Sequence[str], done: Sequence[int], of: Sequence[int], most: int = 3
) -> list[dict[str, Any]]:
    """Those of the lowest share; nobody where all are equally far, where one alone has anything to do, or where more than ``most`` are last."""
    parts = [part for part in zip(names, done, of, strict=True) if part[2]]
    if not parts:
        return []
    lowest = min(parts, key=lambda part: part[1] / part[2])
    # compared crosswise, for shares that are equal may not be so as floating numbers
    last = [part for part in parts if part[1] * lowest[2] == lowest[1] * part[2]]
    if len(last) == len(parts) or len(last) > most:
        return []
    return [{"名称": name, "完成": one, "总数": all_of, "比例": share(one / all_of)} for name, one, all_of in last]


def plain_number(value: float) -> str:
    """A number to one decimal, without one where it is whole; what is not 0 is never printed as 0."""
    if 0 < value < _LEAST:
        return "不足0.1"
    return f"{rounded(value, TENTH)}".removesuffix(".0")


_LEAST = 0.05
