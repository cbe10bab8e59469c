"""The fields of the interview sheet of a unit, for a month or a quarter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dashboards.meeting import unit_records as records
from dashboards.meeting.month_place import PlaceTold
from dashboards.meeting.source import Content, period_words
from dashboards.meeting.tables import AnnexTable, count, points, share
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_fields import (
    INTERVIEW,
    MOST_LOST,
    NoGround,
    NotSo,
    Row,
    UnitPaper,
    head_of,
    is_live,
    losses_of,
    report_of,
    row_of,
    scheme_of,
    settled_row,
    stamp,
    told_of_quarter,
    witness_of,
)
from dashboards.meeting.unit_questions import Answerable, questions
from dashboards.results.cases import fetch_unclosed
from dashboards.results.names import flag
from dashboards.results.reading import Reading
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year, months_of
from data.zone.schemes import RankingScheme
from data.zone.zone import Unit


def interview(reading: Reading, who: str, period: Month | Quarter, basis: Publication | None = None) -> UnitPaper:
    """The interview sheet of a unit for a month or a quarter; NoGround where nothing is known of it then."""
    unit = reading.zone.find_unit(who)
    if unit is None:
        raise NotSo(_("There is no such unit: %(value)s", value=who[:40]))
    if reading.zone.calendar.first_day(period) > reading.today:
        raise NoGround(_("The period has not begun."))
    content = report_of(reading, period, basis)
    row = row_of(content, unit.code)
    if row is None:
        raise NoGround(_("%(unit)s is not among the units of the period.", unit=unit.name))
    with speaking(LANGUAGES[0]):
        return _sheet(reading, content, period, unit, row)


def _sheet(reading: Reading, content: Content, period: Month | Quarter, unit: Unit, row: Row) -> UnitPaper:
    quarter = period if isinstance(period, Quarter) else Quarter.of(period)
    of_quarter = _quarters_report(reading, content, period, quarter, unit.code)
    months = _months(reading, period, unit.code, content)
    used = [content, *(one for _month, one, _row in months), *([] if of_quarter is None else [of_quarter])]
    found = fetch_unclosed(reading, unit.code, records.MOST_CASES)
    first, last = reading.zone.calendar.first_day(period), reading.zone.calendar.last_day(period)
    accidents = records.accidents_of(reading, period.year, unit=unit.code)
    own = row if isinstance(period, Quarter) else None
    lost = [] if own is None else losses_of(reading, content, own)
    asked = Answerable(
        [(f"{month.month}月", one) for month, _content, one in months if month in months_of(period)],
        None if own is None else settled_row(reading, content, quarter, own),
        found.overdue,
        [records.accident_told(one) for one in records.within(accidents, first, last)],
        [records.accident_told(one) for one in accidents if one.report_state == "overdue"],
        lost,
    )
    tables = [
        AnnexTable(_("%(year)s: figures of each month", year=period_words(Year(period.year))), records.MONTHS, _lines(months)),
        *([records.cases_table(found, _("Open cases (table)"))] if found.cases else []),
    ]  # fmt: skip
    draft = stamp(used)
    fields = {
        **head_of(reading, unit.name, period, draft=draft is not None),
        "季度": isinstance(period, Quarter),
        "数字": told_of_quarter(reading, content, quarter, row)
        if isinstance(period, Quarter)
        else _of_month(content, row),
        "失分": [one.told for one in lost[:MOST_LOST]]
        if isinstance(period, Quarter)
        else _lost_indicators(reading, content, row),
        "扣分": [] if isinstance(period, Quarter) else _deductions(row),
        "案件": records.cases_told(found),
        "异议": records.contested(reading, unit.code, quarter),
        "否决": None if of_quarter is None else _veto(of_quarter, quarter, unit.code),
        "事故": [records.accident_told(one) for one in accidents],
        "提问": questions(asked),
        "说明": records.said_before(reading, unit.code, (records.quarter_before(quarter),)),
        "承诺": records.promised(reading, unit.code, period),
        "表": {"各月": tables[0].caption, "案件": tables[1].caption if found.cases else ""},
    }
    claim = None if is_live(content) else PaperClaim(INTERVIEW, str(period), unit.code, reading.today)
    return UnitPaper(
        INTERVIEW, _("%(unit)s, %(period)s: interview sheet", unit=unit.name, period=period_words(period)), fields,
        content, claim, witness_of(reading, content, claim), reading.today, draft, within=tables,
    )  # fmt: skip


def _quarters_report(reading: Reading, content: Content, period: Period, quarter: Quarter, unit: str) -> Content | None:
    """The scores in which a veto of the quarter stands; of a month's sheet None where there is none."""
    if isinstance(period, Quarter):
        return content
    found = report_of(reading, quarter)
    return found if _veto(found, quarter, unit) is not None else None


def _veto(content: Content, quarter: Quarter, unit: str) -> dict[str, Any] | None:
    """A veto that was decided, or is proposed."""
    row = row_of(content, unit)
    if row is None or not (row["veto"] or "veto_proposed" in row["flags"]):
        return None
    return {
        "期间": period_words(quarter),
        "已定": bool(row["veto"]),
        "原因": row["veto"] or "",
        "已发布": not is_live(content),
    }


def _months(reading: Reading, period: Period, unit: str, content: Content) -> list[tuple[Month, Content, Row]]:
    """The months of the year to the end of a period, or to the present one, of which anything is known; those of the period in any case."""
    known = {*reading.months, *months_of(period)}
    upto = min(months_of(period)[-1], reading.present_month)
    found = []
    for month in months_of(Year(period.year)):
        if month in known and month <= upto:
            told = content if month == period else report_of(reading, month)
            row = row_of(told, unit)
            if row is not None:
                found.append((month, told, row))
    return found


def _lines(months: Sequence[tuple[Month, Content, Row]]) -> list[list[str]]:
    """The table of the months."""
    mixed = len({is_live(content) for _month, content, _row in months}) > 1
    return [
        _line(month, row, PlaceTold.of(content, row["unit"]), unpublished=mixed and is_live(content))
        for month, content, row in months
    ]


def _line(month: Month, row: Row, placed: PlaceTold, *, unpublished: bool) -> list[str]:
    """A month's line; that it is not published is said beside others that are, else the paper's every page says so."""
    of = row["indicators"] or {}
    remarks = [
        *(flag(one) for one in row["flags"]),
        *([_("place for orientation only")] if placed.rank is not None and not placed.is_sure else []),
        *([_("not published")] if unpublished else []),
    ]
    return [
        f"{month.month}月", placed.short, placed.interval, points(row["score"]), count(of.get("inspections")), share(of.get("problem_rate")),
        share(of.get("closed_loop_rate")), count(of.get("overdue_major")), "；".join(remarks),
    ]  # fmt: skip


def _of_month(content: Content, row: Row) -> dict[str, Any]:
    of = row["indicators"] or {}
    keys = {
        "检查": "inspections", "有问题": "problem_inspections", "隐患": "hazards", "重大隐患": "major_hazards", "处罚": "penalties",
        "应闭环": "due_cases", "已闭环": "closed_cases", "逾期重大隐患": "overdue_major",
    }  # fmt: skip
    return {
        "得分": "" if row["score"] is None else points(row["score"]),
        **PlaceTold.of(content, row["unit"]).told,
        "已报": row["indicators"] is not None,
        **{said: of.get(key) or 0 for said, key in keys.items()},
        "标注": [flag(one) for one in row["flags"]],
    }


def _lost_indicators(reading: Reading, content: Content, row: Row) -> list[dict[str, str]]:
    """The indicators that lost most points of a month."""
    scheme = scheme_of(reading, content)
    assert isinstance(scheme, RankingScheme)
    told = row["points"] or {}
    had = {
        key: (Decimal(str(told[key])), part.weight)
        for key, part in scheme.indicators.items()
        if told.get(key) is not None
    }
    lost = {key: weight - got for key, (got, weight) in had.items() if weight > got}
    most = sorted(lost, key=lambda key: -lost[key])[:MOST_LOST]
    return [_loss(_(INDICATOR_BY_KEY[key].name), had[key][0], had[key][1], lost[key]) for key in most]


def _loss(name: str, got: float | Decimal, full: float | Decimal, gone: float | Decimal) -> dict[str, str]:
    return {"名称": name, "得分": points(got), "满分": points(full), "失分": points(gone)}


def _deductions(row: Row) -> list[dict[str, str]]:
    return [
        {"名称": flag(key), "分值": f"{abs(value):.2f}"} for key, value in (row["deductions"] or {}).items() if value
    ]
