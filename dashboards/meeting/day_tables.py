"""The annexes of papers on what stands on a day: the table by unit, from the report as it is printed (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dashboards.meeting.plan_tables import plan_tables
from dashboards.meeting.source import Source, period_words
from dashboards.meeting.tables import WHOLE, AnnexColumn, AnnexTable, counts, of_values, shares
from dashboards.results.names import batch
from data.language import gettext as _
from data.zone.periods import parse_period

Row = Mapping[str, Any]
Values = list[Any]


def day_tables(source: Source) -> list[AnnexTable]:
    """The tables of one of these reports; a table that would have nobody in it is left out."""
    return [table for table in _TABLES[source.content["report"]](source) if table.rows]


def _frontline(source: Source) -> Iterator[AnnexTable]:
    """A table a batch: the zone, its towns, then its sectors."""
    for one in source.content["batches"]:
        if one["enterprises"]:
            caption = _("Front-line duty of %(batch)s (annex)", batch=batch(one["batch"]))
            yield of_values(caption, _OF_DUTY, list(_parts(source, one, "complete", "coverage")))


def _register(source: Source) -> Iterator[AnnexTable]:
    inspection = source.content["inspection"]
    zone = {"enterprises": source.content["enterprises"], **inspection}
    if zone["enterprises"]:
        rows = list(_parts(source, zone, "inspected", "rate"))
        high = inspection["high_risk"]
        rows.insert(1, _part(_("high-risk enterprises"), high, "inspected", "rate"))
        yield of_values(_("Enterprises inspected, by town and sector (annex)"), _OF_INSPECTION, rows)


def _parts(source: Source, zone: Row, done: str, rate: str) -> Iterator[Values]:
    yield _part(WHOLE, zone, done, rate)
    for one in zone["towns"]:
        if one["enterprises"]:
            yield _part(source.unit_name(one["unit"]), one, done, rate)
    for one in zone["sectors"]:
        if one["enterprises"]:
            yield _part(one["sector"], one, done, rate)


def _part(name: str, one: Row, done: str, rate: str) -> Values:
    return [name, one["enterprises"], one[done], one["enterprises"] - one[done], one[rate]]


_NAME = AnnexColumn("单位", 3.6, name=True)
_PART = AnnexColumn("镇街、行业领域", 3.6, name=True)
_OF_DUTY = (_PART, counts("企业", 1.5), counts("已完成", 1.5), counts("未完成", 1.5), shares("完成率", 1.5))
_OF_INSPECTION = (
    _PART,
    counts("企业", 1.5),
    counts("今年已检查", 1.5),
    counts("今年未检查", 1.5),
    shares("覆盖率", 1.5),
)


def _hazards(source: Source) -> Iterator[AnnexTable]:
    """By unit, all hazards and the major ones; then where two ledgers differ."""
    content = source.content
    units = [one for one in content["units"] if one["all"]["found"]]
    if content["zone"]["all"]["found"]:
        rows = [
            _hazard(WHOLE, content["zone"]),
            *(_hazard(source.unit_name(one["unit"]), one) for one in units),
        ]
        yield of_values(_("Hazards by unit (annex)"), _OF_HAZARDS, rows)
    differing = [
        [source.unit_name(one["unit"]), period_words(parse_period(one["month"])), one["ledger"], one["hazards"]]
        for one in content["reconciliation"]
    ]
    yield of_values(_("Major hazards in two ledgers that differ (annex)"), _OF_DIFFERENCES, differing)


def _hazard(name: str, one: Row) -> Values:
    every, major = one["all"], one["major"]
    told = [every[key] for key in ("found", "crossed_off", "open", "overdue", "on_time_rate", "crossed_off_rate")]
    return [name, *told, *(major[key] for key in ("found", "crossed_off", "open", "overdue"))]


_OF_HAZARDS = (
    _NAME, counts("发现", 1.4), counts("已销号", 1.5), counts("未销号", 1.5), counts("逾期", 1.3), shares("按期销号率", 2.2), shares("销号率", 1.6),
    counts("重大发现", 1.9), counts("重大已销号", 2.2), counts("重大未销号", 2.2), counts("重大逾期", 1.9),
)  # fmt: skip
_OF_DIFFERENCES = (_NAME, AnnexColumn("月份", 2.0), counts("检查台账重大隐患", 2.4), counts("隐患台账重大隐患", 2.4))


def _supervision(source: Source) -> Iterator[AnnexTable]:
    content = source.content
    units = [one for one in content["units"] if one["ordered"]]
    rows = [[source.unit_name(one["unit"]), *_supervised(one)] for one in units]
    if rows:
        rows.insert(0, [WHOLE, *_supervised(content["zone"])])
    yield of_values(_("Supervision by unit (annex)"), _OF_SUPERVISION, rows)


def _supervised(one: Row) -> Values:
    keys = ("ordered", "answered", "due", "answered_in_time", "in_time_rate", "overdue", "exposed", "closed")
    return [one[key] for key in keys]


_OF_SUPERVISION = (
    _NAME, counts("交办", 1.2), counts("已回复", 1.2), counts("应到期", 1.2), counts("按期回复", 1.3), shares("按期回复率", 1.5),
    counts("逾期未回复", 1.5), counts("曝光", 1.2), counts("已销号", 1.2),
)  # fmt: skip


def _tipoffs(source: Source) -> Iterator[AnnexTable]:
    """By type: there is no table by unit, for from one a case may be known."""
    rows = [
        [*(one[key] for key in ("type", "received", "closed", "substantiated", "overdue", "rewarded", "paid", "payment_rate")),
         yuan(one["reward_yuan"]), yuan(one["paid_yuan"])]
        for one in source.content["types"] if one["received"]
    ]  # fmt: skip
    yield of_values(_("Tip-offs, sanctions and crackdowns by type (annex)"), _OF_TIPOFFS, rows)


_OF_TIPOFFS = (
    AnnexColumn("类型", 2.0, name=True), counts("受理", 1.2), counts("办结", 1.2), counts("查实", 1.2), counts("超期未办结", 1.6), counts("给予奖励", 1.4),
    counts("已发放", 1.3), shares("发放率", 1.4), AnnexColumn("奖励金额（元）", 2.0), AnnexColumn("已发金额（元）", 2.0),
)  # fmt: skip


def _disasters(source: Source) -> Iterator[AnnexTable]:
    content = source.content
    units = [one for one in content["units"] if one["warnings"]]
    rows = [_warned(source.unit_name(one["unit"]), one) for one in units]
    if rows:
        rows.insert(0, _warned(WHOLE, content))
    yield of_values(_("Warnings by unit (annex)"), _OF_WARNINGS, rows)


def _warned(name: str, one: Row) -> Values:
    counted = [one[key] for key in ("warnings", "called", "answered", "fed_back")]
    return [name, *counted, one["warnings"] - one["fed_back"], one["fed_back"] / one["warnings"]]


_OF_WARNINGS = (
    _NAME, counts("预警", 1.3), counts("叫应", 1.3), counts("应答", 1.3), counts("反馈", 1.3), counts("未反馈", 1.3), shares("闭环率", 1.5),
)  # fmt: skip


def yuan(value: float) -> str:
    """An amount with its thousands apart, with fen where there are any."""
    return f"{value:,.2f}".removesuffix(".00")


_TABLES: Mapping[str, Callable[[Source], Iterator[AnnexTable]]] = {
    "frontline": _frontline,
    "hazards": _hazards,
    "supervision": _supervision,
    "tipoffs": _tipoffs,
    "disasters": _disasters,
    "register": _register,
    "plan": plan_tables,
}
