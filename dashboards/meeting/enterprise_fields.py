"""The interview sheet of an enterprise: what its profile knows, and what follows from it to be asked. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboards.meeting import enterprise_records as records
from dashboards.meeting import unit_records
from dashboards.meeting.source import Content, day_words, period_words
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_fields import (
    INTERVIEW,
    NoGround,
    NotSo,
    UnitPaper,
    head_of,
    is_live,
    report_of,
    stamp,
    witness_of,
)
from dashboards.method.frontline import DOCUMENTS
from dashboards.results import casualties
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.reading import Reading
from dashboards.results.scores import reason_words
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.normal import compact
from data.zone.periods import Month, Quarter, Year

WORDING = "enterprise-interview"
"""The text of the sheet, which comes with the product."""
_DOCUMENTS = dict(zip(DOCUMENTS, ("风险清单", "责任清单", "操作卡", "处置卡"), strict=True))
Told = dict[str, Any]


def interview(reading: Reading, who: str, period: Month | Quarter, basis: Publication | None = None) -> UnitPaper:
    """The sheet of an enterprise, by its credit code or its whole name; NotSo where nobody knows it."""
    try:
        profile = records.profile_of(reading, who)
    except records.Ambiguous as error:
        raise NotSo(str(error)) from error
    if profile is None:
        raise NotSo(_("There is no such unit and no such enterprise: %(value)s", value=who[:40]))
    if reading.zone.calendar.first_day(period) > reading.today:
        raise NoGround(_("The period has not begun."))
    content = report_of(reading, period, basis)
    with speaking(LANGUAGES[0]):
        return _sheet(reading, content, period, profile)


def _sheet(reading: Reading, content: Content, period: Month | Quarter, profile: EnterpriseProfile) -> UnitPaper:
    cases = records.cases_of(profile, period.year)
    listed = cases[: unit_records.MOST_CASES]
    table = records.cases_table(listed, _("Inspections and cases (table)"))
    fields: Told = {
        **head_of(reading, profile.name, period, draft=is_live(content)),
        "代码": profile.credit_code or "",
        "末位发言": _speaks(content, profile),
        "检查": _inspections(profile, period.year),
        "案件": records.cases_told(profile, len(listed)) | {"应列": len(cases)},
        "隐患": _hazards(profile),
        "处罚": [
            {
                "单位": one.unit.name, "文书号": one.number, "罚款": "" if one.fine_yuan is None else f"{one.fine_yuan.normalize():f}",
                "重大": one.major, "检查日期": [day_words(day) for day in one.inspected_on],
            }
            for one in profile.decisions
        ],
        "关闭": _closure(profile),
        "单证": _documents(profile),
        "事故": _accidents(reading, profile, period.year),
        "承诺": records.promised(reading, profile, period),
        "表": {"案件": table.caption if listed else ""},
    }  # fmt: skip
    fields["提问"] = list(questions(fields))
    who = profile.identity
    claim = None if is_live(content) else PaperClaim(INTERVIEW, str(period), who, reading.today)
    return UnitPaper(
        INTERVIEW, _("%(unit)s, %(period)s: interview sheet", unit=profile.name, period=period_words(period)), fields, content, claim,
        witness_of(reading, content, claim), reading.today, stamp([content]), within=[table] if listed else [], wording=WORDING,
    )  # fmt: skip


def _speaks(content: Content, profile: EnterpriseProfile) -> list[str]:
    """Why it speaks last by the report of the period; nothing where it does not, and of a month."""
    keys = {compact(profile.name), *(compact(one.name) for one in profile.names)}
    of_it = [one for one in content.get("last_speakers", ()) if compact(one.get("enterprise") or "") in keys]
    return [reason_words(key) for one in of_it for key in one["reasons"]]


def _inspections(profile: EnterpriseProfile, year: int) -> Told:
    """What the year's inspections come to, by unit."""
    cases = [one for one in profile.inspections if one.case.inspected_on.year == year]
    units = list(dict.fromkeys(one.unit.name for one in cases))
    return {
        "次数": len(cases), "有问题": sum(1 for one in cases if one.case.hazards), "隐患": sum(one.case.hazards for one in cases),
        "重大隐患": sum(one.case.major_hazards for one in cases), "单位": units,
        "最近": "" if profile.last_on is None else day_words(profile.last_on),
    }  # fmt: skip


def _hazards(profile: EnterpriseProfile) -> Told:
    """Hazards on record, told apart from those of inspections."""
    states = [one.state for one in profile.hazards]
    unclosed = [one for one in profile.hazards if one.state in {"overdue", "within"}]
    return {
        "合计": len(states), "未销号": len(unclosed), "逾期": states.count("overdue"), "重大未销号": sum(one.hazard.major for one in unclosed),
    }  # fmt: skip


def _closure(profile: EnterpriseProfile) -> Told:
    one, rules = profile.closure, profile.closure.scheme.near_closure
    return {
        "近": one.state == "one_short", "到": one.state == "reached", "半年内": one.within_half_year, "一年内": one.within_year,
        "半年天数": rules.half_year_days,
    }  # fmt: skip


def _documents(profile: EnterpriseProfile) -> Told | None:
    """Of the front line's four documents those that are lacking by the row that counts; None where no ledger told of it."""
    one = next((duty for duty in profile.duty if duty.counts), None)
    if one is None:
        return None
    return {
        "期间": period_words(one.period),
        "缺": [name for key, name in _DOCUMENTS.items() if not getattr(one.told, key)],
    }


def _accidents(reading: Reading, profile: EnterpriseProfile, year: int) -> list[Told]:
    """Its accidents of the year, as papers to units tell them."""
    if year > reading.today.year:
        return []
    own = {one.number for one in profile.accidents}
    every = casualties.fetch(reading, Year(year)).accidents
    return [unit_records.accident_told(row) for row in every if row.accident.number in own]


def questions(fields: Mapping[str, Any]) -> Iterator[Told]:
    """What is asked of it, each from a figure of the sheet."""
    if fields["案件"]["逾期"]:
        yield {"类": "逾期案件", "件数": fields["案件"]["逾期"]}
    if fields["隐患"]["逾期"]:
        yield {"类": "逾期隐患", "件数": fields["隐患"]["逾期"]}
    if fields["事故"]:
        yield {"类": "事故", "事故": list(_named(fields["事故"]))}
    if fields["单证"] and fields["单证"]["缺"]:
        yield {"类": "单证不全", "缺": fields["单证"]["缺"]}
    if fields["关闭"]["近"] or fields["关闭"]["到"]:
        yield {"类": "屡次处罚", **fields["关闭"]}


def _named(accidents: Sequence[Told]) -> Iterator[Told]:
    for one in accidents:
        yield {name: one[name] for name in ("日期", "类型", "编号")}
