"""The lists of enterprises of 2022: a row an enterprise, more where it moved; who was late, who was wrong, who is silent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from etl.demo.layouts.forms import ENTERPRISES
from etl.demo.layouts.tables import Facts, Paper
from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.register_changes import changes, listed, lister
from etl.demo.registered import Registered
from etl.demo.reports import Report, arriving, corrected, plainly, received
from etl.demo.sendings import Slip, usual_receipt
from etl.demo.workdays import YEAR

_MADE_OUT = date(YEAR, 3, 23)


def reports() -> list[Report]:
    """One list a town and a department, but for one that never sends its own; one of them twice."""
    return [report for office in OFFICES if office.group != "centre" for report in _reports(office)]


def rows_of(office: Office, *, in_july: bool = False) -> tuple[Facts, ...]:
    """What this office lists in March, or would in July."""
    own = [one for one in listed() if lister(one) == office.short]
    return (*(row for one in own for row in _rows(one, in_july=in_july)), *_doubles(office))


def _reports(office: Office) -> list[Report]:
    moment = usual_receipt(f"{YEAR}|{office.code}|enterprises|receipt", _MADE_OUT)
    usual = Report(Paper(ENTERPRISES, office, None, rows_of(office), moment.date()), moment)
    return _TALES.get(office.code, plainly)(usual)


def _never(_usual: Report) -> list[Report]:
    return []


def _again_in_july(usual: Report) -> list[Report]:
    """Three have closed and two have opened since March: the whole list once more."""
    later = received(usual, "2022-07-08 15:12", "second version")
    paper = replace(later.paper, rows=rows_of(usual.paper.office, in_july=True))
    return [usual, replace(later, paper=paper, addition="（7月更新）")]


def _mistakes(rows: Sequence[Facts]) -> list[Slip]:
    """A digit lost, a size that is none, the code of the row above pasted once more."""
    first, second, third = ({name: str(fact) for name, fact in row.items()} for row in rows[:3])
    return [
        Slip(first["企业名称"], "统一社会信用代码", first["统一社会信用代码"][:-1]),
        Slip(second["企业名称"], "规模", "大型"),
        Slip(third["企业名称"], "统一社会信用代码", second["统一社会信用代码"]),
    ]


_TALES: Mapping[str, Callable[[Report], list[Report]]] = {
    # The traffic police take it that the transport bureau lists all carriers, and so it does.
    "traffic_police": _never,
    "construction": corrected("2022-03-28 10:05", "2022-03-30 16:20", _mistakes),
    "fire": arriving("2022-04-07 09:40", "late"),
    "shuanglu": _again_in_july,
}


def _rows(one: Registered, *, in_july: bool) -> list[Facts]:
    """An enterprise's row; two where it has moved, none before it opened."""
    row, changed = _row(one), changes()
    if one.code in changed.moved:
        day, before = changed.moved[one.code]
        return [{**row, "属地": before, "终止日期": day - timedelta(days=1)}, {**row, "起始日期": day}]
    if one.code in changed.opened:
        return [{**row, "起始日期": changed.opened[one.code]}] if in_july else []
    closed = changed.closed.get(one.code)
    return [{**row, "终止日期": closed} if closed and (in_july or closed < _MADE_OUT) else row]


def _doubles(office: Office) -> list[Facts]:
    """What a department lists and this town too."""
    told = changes().doubles
    also = [(one, *told[one.code]) for one in listed() if one.code in told]
    return [difference({**_row(one), "属地": town}) for one, town, difference in also if town == office.short]


def _row(one: Registered) -> Facts:
    return {
        "企业名称": one.name,
        "统一社会信用代码": one.code,
        "行业领域": one.sector,
        "属地": one.town,
        "行业主管部门": one.department,
        "规模": one.size,
        "重点行业": one.key_industry,
        "高危": one.high_risk,
        "试点": one.pilot,
        "标准化等级": one.grade,
        "主要负责人": one.head,
        "总工程师": one.chief_engineer,
    }
