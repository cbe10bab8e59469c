"""The workbook of a report: its whole table on the first sheet, and beside it sheets as a meeting reads them, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from dashboards.meeting.pictures import picture
from dashboards.meeting.source import Content, Source, period_words
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import OURS, Stationery
from dashboards.meeting.tables import NOTHING, AnnexTable, casualties_tables, ranking_tables, scores_tables, targets
from dashboards.results.charted import is_compared
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.further_sheet import FurtherSheet, SheetChart, sheet_name
from dashboards.results.names import flag, flags_shown
from dashboards.results.names import group as group_name
from dashboards.results.report_sheet import Units, as_bytes, beside_deaths, published_xlsx, report_sheet, stamp_of
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _

_CHARACTERS = 6.2
"""Of a sheet's column for a share of 1 of the width of an annex."""
_NARROWEST = 9.0
"""Characters of a column whose head has a button."""
_NAME, _MEASURE, _VETO = 24.0, 13.0, 34.0


def published_workbook(one: Publication, on: Stationery = OURS) -> bytes:
    """A publication as .xlsx, the same bytes at all times; on casualties without what is foreseen, unless the office has opted in to it."""
    return published_xlsx(one, further_of(one), beside_deaths(forecasts=on.settings.forecasts))


def live_workbook(content: Content, zone_name: str, units: Units, on: Stationery = OURS) -> bytes:
    """A live report as .xlsx, a draft; what is never published has its whole table alone. ``units`` are their names by code."""
    if content["report"] not in _SHEETS:
        return as_bytes(report_sheet(content, zone_name, units))
    further = further_sheets(Source(content, zone_name, "", ()))
    beside = beside_deaths(forecasts=on.settings.forecasts)
    return as_bytes(report_sheet(content, zone_name, units, [one.name for one in further], beside), further)


def further_of(one: Publication) -> Sequence[FurtherSheet]:
    """What is given out of a publication beside the first sheet of its workbook."""
    return further_sheets(published_source(one))


def further_sheets(source: Source) -> list[FurtherSheet]:
    """The sheets beside the first one, in the order in which they stand, in the installation's language."""
    with speaking(LANGUAGES[0]):
        return list(_SHEETS[source.content["report"]](source))


def _ranking(source: Source) -> Iterator[FurtherSheet]:
    """The ranked table of each group with its scores drawn; then the sectors."""
    tables = ranking_tables(source.content, period_words(source.period))
    groups = [group for group in source.content["groups"] if group["rows"]]
    for group, table in zip(groups, tables, strict=False):
        yield _of_group(source, group, table)
    for table in tables[len(groups) :]:
        yield FurtherSheet("行业领域", _exported(source, table.caption, _fields(table), table.values))


def _scores(source: Source) -> Iterator[FurtherSheet]:
    """The scores of each group and what they are made of, with the scores drawn; then every measure of every unit."""
    groups = [group for group in source.content["groups"] if group["rows"]]
    for group, table in zip(groups, scores_tables(source.content, period_words(source.period)), strict=True):
        yield _of_group(source, group, table)
    yield from _measures(source)


def _casualties(source: Source) -> Iterator[FurtherSheet]:
    """Deaths beside the caps, of the zone, by unit and by sector; every accident; deaths of the year added up beside the cap."""
    of, *accidents = casualties_tables(source.content, period_words(source.period))
    rows = [[scope, *values] for scope, values in targets(source.content)]
    fields = [Field("范围", width=12.0, centred=True), *_fields(of)]
    yield FurtherSheet("亡人指标", _exported(source, of.caption, fields, rows, keys=2))
    for table in accidents:
        yield FurtherSheet("事故", _exported(source, table.caption, _fields(table), table.values))
    yield from _deaths(source)


_SHEETS: Mapping[str, Callable[[Source], Iterator[FurtherSheet]]] = {
    "ranking": _ranking,
    "scores": _scores,
    "casualties": _casualties,
}


def _of_group(source: Source, group: Content, table: AnnexTable) -> FurtherSheet:
    """A group's table, who shares a place marked, and its scores as bars in the order of the places."""
    heads = [column.head for column in table.columns]
    name, score, remarks = heads.index("单位"), heads.index("得分"), heads.index("备注")
    ties = Counter(row["rank"] for row in group["rows"] if row["score"] is not None)
    rows = [list(values) for values in table.values]
    for values, row in zip(rows, group["rows"], strict=True):
        said = [flag(one) for one in flags_shown(row["flags"])]
        tied = row["score"] is not None and ties[row["rank"]] > 1
        values[remarks] = "；".join([*(["并列"] if tied else []), *said])
    fields = _fields(table)
    if any(row.get("veto") for row in group["rows"]):
        # words of its own, for they are left out of copies for other accounts as a whole
        fields.append(Field("否决事由", width=_VETO))
        for values, row in zip(rows, group["rows"], strict=True):
            values.append(row["veto"] or "")
    made = _exported(source, table.caption, fields, rows, keys=name + 1)
    compared = len(list(takewhile(is_compared, group["rows"])))
    title = _(
        "%(group)s, %(period)s: scores (chart)", group=group_name(group["group"]), period=period_words(source.period)
    )
    chart = SheetChart("bars", title, name, [score], compared, decimals=2) if compared > 1 else None
    return FurtherSheet(sheet_name(group_name(group["group"])), made, chart)


def _measures(source: Source) -> Iterator[FurtherSheet]:
    """A line for each unit, a column for each of the ten measures with its full mark; of one that filed nothing no marks are told."""
    every = [(group, row) for group in source.content["groups"] for row in group["rows"]]
    told = {int(one["number"]): one for _group, row in every for one in row["measures"] or ()}
    if not told:
        return
    numbers = sorted(told)
    heads = [f"{number}. {told[number]['name']}\n（{told[number]['full']:g}分）" for number in numbers]
    fields = [
        Field("分组", width=12.0, centred=True),
        Field("单位", width=_NAME),
        *(Field(head, Written.AMOUNT, _MEASURE) for head in heads),
        Field("十条措施", Written.AMOUNT, _MEASURE),
    ]
    rows = []
    for group, row in every:
        scores = {int(one["number"]): one["score"] for one in row["measures"] or ()}
        total = row["components"]["ten_measures"]
        marks = [None if total is None else scores.get(number) for number in numbers]
        rows.append([group_name(group["group"]), row["name"], *marks, total])
    title = _("%(period)s: scores of the ten measures (sheet)", period=period_words(source.period))
    yield FurtherSheet("十条措施", _exported(source, title, fields, rows, keys=2))


def _deaths(source: Source) -> Iterator[FurtherSheet]:
    """Month by month what the chart of the bulletin shows."""
    shown = picture(source)
    if shown is None:
        return
    fields = [
        Field("月份", width=14.0, centred=True),
        *(Field(name, Written.COUNT, 24.0) for name, _values in shown.series),
    ]
    rows = [list(told) for told in zip(shown.categories, *(values for _name, values in shown.series), strict=True)]
    chart = SheetChart("line", shown.title, 0, range(1, len(fields)), len(rows))
    yield FurtherSheet("累计死亡", _exported(source, shown.title, fields, rows), chart)


def _fields(table: AnnexTable) -> list[Field]:
    """The columns of an annex as those of a sheet; a day is a text there: it is compared as it is read."""
    return [
        Field(
            column.head,
            Written.TEXT if column.written is Written.DAY else column.written,
            max(_NARROWEST, 2 * len(column.head) + 1, round(_CHARACTERS * column.width)),
            centred=not column.name,
        )
        for column in table.columns
    ]


def _exported(
    source: Source, title: str, fields: Sequence[Field], rows: Sequence[Sequence[Any]], keys: int = 1
) -> Exported:
    """A table that says first what it is; where there is no value it says so, as documents do."""
    as_of = _("as of %(day)s", day=source.content["as_of"])
    return Exported(
        name=title,
        title=f"{source.zone_name}{title}",
        said=[stamp_of(source.content), as_of],
        fields=fields,
        rows=[[_cell(value) for value in row] for row in rows],
        keys=keys,
    )


def _cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return NOTHING if value is None else value
