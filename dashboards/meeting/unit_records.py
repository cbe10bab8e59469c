"""What is on record of one unit besides its figures: open cases, accidents, what it contested, what it said before.

Records are told as they are on the day on which a paper is made, whatever is published; no person's name is among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from dashboards.meeting.source import day_words, period_words
from dashboards.meeting.tables import AnnexColumn, AnnexTable, count
from dashboards.method.replies import Stage
from dashboards.results import casualties, quarter_procedure
from dashboards.results.cases import OpenCase, UnclosedCases
from dashboards.results.casualties import AccidentRow
from dashboards.results.hiding import Viewpoint
from dashboards.results.names import kind
from dashboards.results.quarter_procedure import MarkInProcedure
from dashboards.results.reading import Reading
from data.intake.replies import replies
from data.intake.stationery import Promise, promises_of
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.periods import Month, Period, Quarter, Year, months_of, parse_period

MOST_CASES = 60
"""Cases that a paper lists; of more it says how many there are."""
Told = dict[str, Any]
_CASES = (
    AnnexColumn("序号", 0.7), AnnexColumn("检查文书号", 5.6, name=True), AnnexColumn("企业", 3.8, name=True), AnnexColumn("应闭环日", 2.1),
    AnnexColumn("情况", 1.8, name=True),
)  # fmt: skip


def cases_told(found: UnclosedCases) -> Told:
    """How many cases are open, and how many of them past their due day."""
    return {
        "截止日": day_words(found.day),
        "合计": found.total,
        "逾期": found.overdue,
        "未到期": found.total - found.overdue,
        "列出": len(found.cases),
    }


def cases_table(found: UnclosedCases, caption: str) -> AnnexTable:
    """The open cases by number, first those that fell due first."""
    rows = [
        [count(place), one.number, one.enterprise, one.due_on.isoformat(), _state(one, found.day)]
        for place, one in enumerate(found.cases, 1)
    ]
    return AnnexTable(caption, _CASES, rows)


def _state(one: OpenCase, day: date) -> str:
    """Whether its due day is past, and how many major hazards were found."""
    said = _("past its due day (case)") if one.due_on < day else _("not due yet")
    major = [_("major hazards: %(n)s (case)", n=one.major_hazards)] if one.major_hazards else []
    return "；".join([said, *major])


def accidents_of(reading: Reading, year: int, *, unit: str | None = None, enterprise: str = "") -> list[AccidentRow]:
    """The accidents of a year up to today that concern a unit, or that happened to an enterprise."""
    if year > reading.today.year:
        return []
    every = casualties.fetch(reading, Year(year)).accidents
    if unit is not None:
        return [row for row in every if row.accident.concerns(unit)]
    return [row for row in every if compact(row.accident.enterprise) == compact(enterprise)]


def accident_told(row: AccidentRow) -> Told:
    """An accident as papers tell it."""
    one = row.accident
    return {
        "编号": one.number, "日期": day_words(one.happened_on), "企业": one.enterprise, "类型": one.type, "死亡人数": one.deaths,
        "重伤人数": one.serious_injuries, "等级": one.accident_class or "", "结案": row.closed, "报告逾期": row.report_state == "overdue",
    }  # fmt: skip


def within(rows: Sequence[AccidentRow], first: date, last: date) -> list[AccidentRow]:
    """Those that happened from a day to a day."""
    return [row for row in rows if first <= row.accident.happened_on <= last]


def quarter_before(quarter: Quarter) -> Quarter:
    """The quarter before."""
    return Quarter.of(months_of(quarter)[0].plus(-1))


def contested(reading: Reading, unit: str, quarter: Quarter) -> list[Told]:
    """The marks of a quarter that a unit contested, with what became of it."""
    return [_contested(one, quarter) for one in _answered(reading, unit, quarter) if _last_contest(one) is not None]


def _answered(reading: Reading, unit: str, quarter: Quarter) -> Sequence[MarkInProcedure]:
    """A unit's marks of a quarter, where it answered to any: nobody scores a quarter for the sake of nothing."""
    bound = reading.zone.calendar.end_of(reading.today)
    if all(row.unit != unit for row in replies(reading.connection, reading.zone.code, [quarter], bound)):
        return ()
    found = quarter_procedure.fetch(reading, quarter).units.get(unit)
    return () if found is None else found.marks


def _last_contest(one: MarkInProcedure) -> quarter_procedure.Reply | None:
    reply = one.reply
    return None if reply is None or reply.agrees else reply


def _contested(one: MarkInProcedure, quarter: Quarter) -> Told:
    reply = _last_contest(one)
    assert reply is not None
    decided = one.decision if one.stage is Stage.DECIDED else None
    return {
        "类": "异议", "期间": period_words(quarter), "措施": one.name, "评审": f"{reply.mark:.2f}", "理由": reply.reason,
        "日期": day_words(reply.at.date()), "已决定": decided is not None, "维持": decided is not None and decided.upheld,
        "决定": "" if decided is None else f"{decided.mark:.2f}",
    }  # fmt: skip


def said_before(reading: Reading, unit: str, quarters: Collection[Quarter]) -> list[Told]:
    """What a unit gave as reasons in some quarters, and the deadlines that were extended for it."""
    marks = [told for quarter in sorted(quarters) for told in contested(reading, unit, quarter)]
    return [*marks, *_extended(reading, unit, quarters)]


def promised(reading: Reading, unit: str, period: Period) -> list[Told]:
    """What a unit promised at its last interview, over a period before this one; ``已到期``: whether its day has passed."""
    every = promises_of(reading.connection, reading.zone.code, unit)
    return last_promised(reading, every, period, Viewpoint(reading.scope.sees_names(unit)))


def last_promised(reading: Reading, promises: Sequence[Promise], period: Period, reader: Viewpoint) -> list[Told]:
    """Of what was promised what was at the last interview before a period, as far as it was on record by the reading's day."""
    first = reading.zone.calendar.first_day(period)
    bound = reading.zone.calendar.end_of(reading.today)
    every = [one for one in promises if one.at < bound]
    past = [one for one in every if reading.zone.calendar.last_day(parse_period(one.period)) < first]
    last = max((reading.zone.calendar.last_day(parse_period(one.period)) for one in past), default=None)
    return [
        {
            "期间": period_words(parse_period(one.period)), "承诺": reader.words(one.text), "至": "" if one.due is None else day_words(one.due),
            "已到期": one.due is not None and one.due < reading.today,
        }
        for one in reversed(past)
        if reading.zone.calendar.last_day(parse_period(one.period)) == last
    ]  # fmt: skip


def _extended(reading: Reading, unit: str, quarters: Collection[Quarter]) -> Iterator[Told]:
    reader = Viewpoint(reading.scope.sees_names(unit))
    bound = reading.zone.calendar.end_of(reading.today)
    for one in reading.zone.extensions:
        if one.unit == unit and one.at < bound and _quarter_of(parse_period(one.period)) in quarters:
            yield {
                "类": "延期", "报表": kind(one.kind), "期间": period_words(parse_period(one.period)), "至": day_words(one.until),
                "理由": reader.words(one.reason),
            }  # fmt: skip


def _quarter_of(period: Period) -> Quarter | None:
    if isinstance(period, Month):
        return Quarter.of(period)
    return period if isinstance(period, Quarter) else None


MONTHS = (
    AnnexColumn("月份", 1.0), AnnexColumn("名次", 1.2), AnnexColumn("可能名次", 1.4), AnnexColumn("得分", 1.3), AnnexColumn("检查", 1.0), AnnexColumn("问题发现率", 1.6),
    AnnexColumn("闭环率", 1.3), AnnexColumn("逾期重大隐患", 1.6), AnnexColumn("备注", 3.2, name=True),
)  # fmt: skip
