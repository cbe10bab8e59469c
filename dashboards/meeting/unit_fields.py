"""The fields of the papers to one unit: the notice to speak last, and the interview sheet.

Figures are those published, or else live ones; where any of them is live the paper is a draft. Records are of the day (``unit_records``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dashboards.meeting import enterprise_records as enterprises
from dashboards.meeting import unit_records as records
from dashboards.meeting.month_place import PlaceTold
from dashboards.meeting.source import Content, day_words, period_words, sender, witness_lines
from dashboards.meeting.tables import AnnexTable, count, points, share
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_losses import PointsLost, losses
from dashboards.meeting.unit_questions import Answerable, questions
from dashboards.results import ranking, ranking_printed, scores, scores_printed
from dashboards.results.cases import UnclosedCases, fetch_unclosed
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.names import flag
from dashboards.results.published_copies import copy_for
from dashboards.results.publishing import printed, scheme_text
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import stamp_of
from dashboards.results.scores import FACTS, reason_words
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.intake.publications import Publication, revisions
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.periods import Month, Period, Quarter, Year, months_of, parse_period
from data.zone.schemes import RankingScheme, Scheme, ScoresScheme, parse
from data.zone.zone import Unit

LAST_SPEAKER, INTERVIEW = "last-speaker", "interview"
NOTICE = (
    "地区", "单位", "企业", "期间", "发文机关", "成文日期", "草稿", "原因", "会议", "数字", "失分", "案件", "事故", "说明", "承诺", "附件",
)  # fmt: skip
"""The fields of the notice to speak last, which there may be nobody to show on."""
MOST_LOST = 3
"""Parts of a quarter's score, or indicators of a month, that a paper names as those that lost most."""
Row = Mapping[str, Any]


class NoGround(Exception):
    """Nothing calls for the paper: the sentence says so."""


class NotSo(ValueError):
    """A paper that there is not: the sentence says what is wrong with what was asked."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """When and where; what is not told is left blank, to be filled in."""

    day: date | None = None
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class UnitPaper:
    """What a paper to a unit is made of.

    ``within``: tables that stand under their captions in the text; ``annexed``: those behind it. ``draft``: what every page says where
    anything is not published; ``witness``: what the paper says of the report that it rests on, ``content``, and of itself (``claim``, None
    where the report is live). ``wording``: of which text it is made, where that is not the paper's own.
    """

    which: str
    title: str
    fields: Mapping[str, Any]
    content: Content
    claim: PaperClaim | None
    witness: Sequence[str]
    day: date
    draft: str | None = None
    within: Sequence[AnnexTable] = field(default=())
    annexed: Sequence[AnnexTable] = field(default=())
    wording: str = ""


def last_speaker(
    reading: Reading, who: str, quarter: Quarter, meeting: Meeting, basis: Publication | None = None
) -> UnitPaper:
    """The notice to a unit, or to an enterprise by its name, that a quarter's scores name; NoGround where they do not."""
    content = report_of(reading, quarter, basis)
    unit = reading.zone.find_unit(who)
    found = _speaker(reading, content, quarter, who, unit)
    name = unit.name if unit is not None else str(found["enterprise"])
    with speaking(LANGUAGES[0]):
        reason = "；".join(reason_words(key) for key in found["reasons"])
        return _notice(reading, content, quarter, unit, name, reason, meeting)


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


def paper_period(which: str, text: str) -> Month | Quarter:
    """The period that a paper is asked for; NotSo where it has none such."""
    try:
        period = parse_period(text)
    except ValueError as error:
        raise NotSo(_("There is no such period: %(value)s", value=text[:40])) from error
    if isinstance(period, Quarter) or (which == INTERVIEW and isinstance(period, Month)):
        return period
    raise NotSo(
        _("The interview sheet is of a month or a quarter, such as 2022-08 or 2022Q2.")
        if which == INTERVIEW
        else _("this report is of a quarter, such as 2022Q2")
    )


def report_of(reading: Reading, period: Period, basis: Publication | None = None) -> Content:
    """The ranking of a month or the scores of a quarter: the latest revision published by the reading's day, as the account takes it along,
    or live; ``basis``: the one that is asked for.
    """
    report = "ranking" if isinstance(period, Month) else "scores"
    bound = reading.zone.calendar.end_of(reading.today)
    every = revisions(reading.connection, reading.zone.code, report, str(period))
    found = [one for one in every if one.at < bound]
    if basis is not None and (basis.report, basis.period) == (report, str(period)):
        found = [basis]
    if found:
        return printed(copy_for(found[-1], reading.scope))
    with speaking(LANGUAGES[0]):
        if isinstance(period, Month):
            return ranking_printed.as_dict(ranking.fetch(reading, period))
        assert isinstance(period, Quarter)
        return scores_printed.as_dict(scores.fetch(reading, period))


def row_of(content: Content, unit: str) -> Row | None:
    """A unit's row in a report."""
    return next((row for group in content["groups"] for row in group["rows"] if row["unit"] == unit), None)


def is_live(content: Content) -> bool:
    """Whether it is no publication."""
    return content["published"] is None


def _speaker(reading: Reading, content: Content, quarter: Quarter, who: str, unit: Unit | None) -> Row:
    """How a report names who speaks last; before everybody's time to file has passed only for what is a fact already."""
    named = [_as_far_as_settled(reading, content, quarter, one) for one in content["last_speakers"]]
    of_unit = [one for one in named if unit is not None and one.get("unit") == unit.code and one["reasons"]]
    of_enterprise = [one for one in named if compact(one.get("enterprise") or "") == compact(who) and one["reasons"]]
    found = of_unit if unit is not None else of_enterprise
    if found:
        return found[0]
    if unit is None:
        raise NotSo(_("There is no such unit, and no such enterprise speaks last: %(value)s", value=who[:40]))
    raise NoGround(_("%(unit)s is not among those who speak last for %(period)s.", unit=unit.name, period=str(quarter)))


def _as_far_as_settled(reading: Reading, content: Content, quarter: Quarter, one: Row) -> Row:
    if not is_live(content) or _is_settled(reading, quarter):
        return one
    return {**one, "reasons": [key for key in one["reasons"] if key in FACTS]}


def _is_settled(reading: Reading, quarter: Quarter) -> bool:
    """Whether everybody's time to file has passed, so that who is missing may be blamed."""
    bound = reading.zone.calendar.end_of(reading.today)
    return reading.today > reading.zone.last_due_day("self_assessment", quarter, bound)


def head_of(reading: Reading, name: str, period: Period, *, draft: bool) -> dict[str, Any]:
    """The fields that every paper has."""
    zone = reading.zone.name
    return {
        "地区": zone,
        "单位": name,
        "期间": period_words(period),
        "发文机关": sender(zone),
        "成文日期": day_words(reading.today),
        "草稿": draft,
    }


def _notice(
    reading: Reading, content: Content, quarter: Quarter, unit: Unit | None, name: str, reason: str, meeting: Meeting
) -> UnitPaper:
    row = None if unit is None else row_of(content, unit.code)
    profile = None if unit is not None else _profile_of(reading, name)
    cases, listed = (
        _cases_of_unit(reading, unit, name)
        if unit is not None
        else _cases_of_enterprise(reading, name, profile, quarter)
    )
    promised = [] if profile is None else enterprises.promised(reading, profile, quarter)
    calendar = reading.zone.calendar
    of_year = records.accidents_of(reading, quarter.year, unit=None if unit is None else unit.code, enterprise=name)
    accidents = records.within(of_year, calendar.first_day(quarter), calendar.last_day(quarter))
    quarters = (records.quarter_before(quarter), quarter)
    annexed = [listed] if listed.rows else []
    fields = {
        **head_of(reading, name, quarter, draft=is_live(content)),
        "企业": unit is None,
        "原因": reason,
        "会议": {"日期": "" if meeting.day is None else day_words(meeting.day), "时间": meeting.time, "地点": meeting.place},
        "数字": None if row is None else _of_quarter(reading, content, quarter, row),
        "失分": [] if row is None else [one.told for one in _lost(reading, content, row)[:MOST_LOST]],
        "案件": cases,
        "事故": [records.accident_told(one) for one in accidents],
        "承诺": promised if unit is None else records.promised(reading, unit.code, quarter),
        "说明": [] if unit is None else records.said_before(reading, unit.code, quarters),
        "附件": [one.caption for one in annexed],
    }  # fmt: skip
    who = name if unit is None else unit.code
    claim = None if is_live(content) else PaperClaim(
        LAST_SPEAKER, str(quarter), who, reading.today, meeting.day, meeting.time, meeting.place
    )  # fmt: skip
    return UnitPaper(
        LAST_SPEAKER, _("%(unit)s, %(period)s: notice to speak last", unit=name, period=period_words(quarter)), fields,
        content, claim, witness_of(reading, content, claim), reading.today, stamp([content]), annexed=annexed,
    )  # fmt: skip


def _cases_of_unit(reading: Reading, unit: Unit, name: str) -> tuple[dict[str, Any], AnnexTable]:
    """The open cases of a unit: how many, and by number."""
    found = fetch_unclosed(reading, unit.code, records.MOST_CASES)
    return records.cases_told(found), records.cases_table(found, _("%(unit)s: open cases (annex)", unit=name))


def _profile_of(reading: Reading, name: str) -> EnterpriseProfile | None:
    """What is known of an enterprise; None where its name does not tell which one it is."""
    try:
        return enterprises.profile_of(reading, name)
    except enterprises.Ambiguous:
        return None


def _cases_of_enterprise(
    reading: Reading, name: str, profile: EnterpriseProfile | None, quarter: Quarter
) -> tuple[dict[str, Any], AnnexTable]:
    """The same of an enterprise, and what inspections of the year found there; nothing where it is not known which one it is."""
    caption = _("%(unit)s: inspections and cases (annex)", unit=name)
    if profile is None:
        return records.cases_told(UnclosedCases(reading.today)) | {"查明": False}, AnnexTable(caption, (), [])
    listed = enterprises.cases_of(profile, quarter.year)[: records.MOST_CASES]
    return enterprises.cases_told(profile, len(listed)) | {"查明": True}, enterprises.cases_table(listed, caption)


def _sheet(reading: Reading, content: Content, period: Month | Quarter, unit: Unit, row: Row) -> UnitPaper:
    quarter = period if isinstance(period, Quarter) else Quarter.of(period)
    of_quarter = _quarters_report(reading, content, period, quarter, unit.code)
    months = _months(reading, period, unit.code, content)
    used = [content, *(one for _month, one, _row in months), *([] if of_quarter is None else [of_quarter])]
    found = fetch_unclosed(reading, unit.code, records.MOST_CASES)
    first, last = reading.zone.calendar.first_day(period), reading.zone.calendar.last_day(period)
    accidents = records.accidents_of(reading, period.year, unit=unit.code)
    own = row if isinstance(period, Quarter) else None
    lost = [] if own is None else _lost(reading, content, own)
    asked = Answerable(
        [(f"{month.month}月", one) for month, _content, one in months if month in months_of(period)],
        None if own is None else _settled_row(reading, content, quarter, own),
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
        "数字": _of_quarter(reading, content, quarter, row) if isinstance(period, Quarter) else _of_month(content, row),
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


def witness_of(reading: Reading, content: Content, claim: PaperClaim | None) -> list[str]:
    """What it says, small, on its last page: of the report, and of itself."""
    return [*witness_lines(content, reading.zone.name), *([] if claim is None else [claim.line])]


def stamp(used: Sequence[Content]) -> str | None:
    """What every page says where any figure of it is live."""
    live = [one for one in used if is_live(one)]
    return stamp_of(live[0]) if live else None


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


def _settled_row(reading: Reading, content: Content, quarter: Quarter, row: Row) -> Row:
    """Before everybody's time to file has passed who has not filed is awaited, and has no place."""
    if not is_live(content) or _is_settled(reading, quarter) or "not_reported" not in row["flags"]:
        return row
    return {**row, "rank": None, "flags": ["awaited", *(one for one in row["flags"] if one != "not_reported")]}


def _of_quarter(reading: Reading, content: Content, quarter: Quarter, told: Row) -> dict[str, Any]:
    row = _settled_row(reading, content, quarter, told)
    parts = {"十条措施": "ten_measures", "执法": "enforcement", "重点任务": "milestones"}
    of = row["components"]
    return {
        "得分": "" if row["score"] is None else points(row["score"]),
        "名次": row["rank"],
        "参评": row["of"],
        "等次": row["grade"] or "",
        "分项": [{"名称": said, "得分": points(of[key])} for said, key in parts.items() if of.get(key) is not None],
        "加分": points(row["bonus"]) if row["bonus"] else "",
        "扣分": points(row["deduction"]) if row["deduction"] else "",
        "否决": row["veto"] or "",
        "标注": [flag(one) for one in row["flags"]],
    }


def _scheme_of(reading: Reading, content: Content) -> Scheme:
    """The scheme by which a report was scored."""
    published = content.get("publication")
    return parse(
        published["scheme_text"]
        if published
        else scheme_text(reading.connection, reading.zone.code, content["scheme"]["sha256"])
    )


def _lost(reading: Reading, content: Content, row: Row) -> list[PointsLost]:
    """All that cost a unit points of a quarter's score, most first."""
    scheme = _scheme_of(reading, content)
    assert isinstance(scheme, ScoresScheme)
    return losses(row, scheme)


def _lost_indicators(reading: Reading, content: Content, row: Row) -> list[dict[str, str]]:
    """The indicators that lost most points of a month."""
    scheme = _scheme_of(reading, content)
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
