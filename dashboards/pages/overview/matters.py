"""What needs a decision or action now: each matter as a tag, a sentence, and the address where it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, corrections, numbers, parts, words
from dashboards.components.page_list import RANKING, SCORES, SUBMISSIONS
from dashboards.method.casualties import NearClosure
from dashboards.pages.overview import ways
from dashboards.pages.overview.message import names, whom
from dashboards.results.casualties import AccidentRow
from dashboards.results.overview import (
    ClosureDue,
    ClosureNear,
    ContestedMarks,
    Corrected,
    MarksToAnswer,
    Matter,
    MissingReports,
    NotReviewed,
    OverdueReport,
    Overview,
    ProposedVeto,
    Publishable,
    RefusedWorkbook,
    ReturnedWorkbook,
    StillMissing,
    UnclearCap,
)
from data.language import gettext as _
from data.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter as it is shown."""

    symbol: str
    word: str
    tone: str
    sentence: str
    href: str


def matter_list(matters: Sequence[Matter], result: Overview, *, none: str, identity: str) -> Component:
    """Some matters, the most urgent first; without any, a sentence."""
    if not matters:
        return parts.empty(none)
    return html.Ul([_item(_line(one, result)) for one in matters], className="overview-matters", id=identity)


def _item(line: MatterLine) -> Component:
    mark = parts.tag(line.word, line.tone, symbol=line.symbol)
    return html.Li([mark, dcc.Link(line.sentence, href=line.href, className="leads-on")])


def _line(matter: Matter, result: Overview) -> MatterLine:
    match matter:
        case ProposedVeto():
            return _veto(matter)
        case OverdueReport():
            return _overdue(matter, result)
        case RefusedWorkbook():
            return _refused(matter, result.zone)
        case ReturnedWorkbook():
            return _returned(matter)
        case MissingReports():
            return _missing(matter)
        case StillMissing():
            return _unsettled(matter.row, result)
        case ClosureDue():
            return _closure(matter.enterprise, result)
        case ClosureNear():
            return _near(matter.enterprises, result)
        case NotReviewed():
            return _unreviewed(matter)
        case ContestedMarks():
            return _contested(matter)
        case MarksToAnswer():
            return _to_answer(matter)
        case Publishable():
            return _publishable(matter)
        case Corrected():
            return _corrected(matter)
        case UnclearCap():
            sentence = _("The zone's cap of %(year)s is a change on last year, whose ledgers are incomplete: send them.",
                         year=matter.year.year)  # fmt: skip
            return MatterLine(
                "?", _("cap unknown"), "warn", sentence, SUBMISSIONS.path + address.query(period=matter.year)
            )


def _veto(matter: ProposedVeto) -> MatterLine:
    unit = matter.row.unit
    grounds = _("; ").join(ground.sentence for ground in matter.row.grounds)
    sentence = _("%(unit)s, %(quarter)s: a veto is proposed and not decided (%(grounds)s).", unit=unit.short_name,
                 quarter=numbers.period(matter.quarter), grounds=grounds)  # fmt: skip
    href = SCORES.path + address.query(period=matter.quarter, group=unit.group, unit=unit.code) + "#replies"
    return MatterLine("?", _("to be decided"), "bad", sentence, href)


def _overdue(matter: OverdueReport, result: Overview) -> MatterLine:
    sentence = _("%(accident)s: the investigation report was due on %(day)s, %(n)s days ago.",
                 accident=_accident(matter.row, result.zone), day=_day(matter.row.report_due),
                 n=matter.days)  # fmt: skip
    return MatterLine("!", _("report overdue"), "bad", sentence, _accidents(result))


def _day(day: date) -> str:
    return numbers.day_of_year(day)


def _accident(row: AccidentRow, zone: Zone) -> str:
    one = row.accident
    return _("%(number)s (%(day)s, %(unit)s, %(type)s)", number=one.number, day=_day(one.happened_on),
             unit=zone.unit_by_code[one.territory].short_name, type=one.type)  # fmt: skip


def _accidents(result: Overview) -> str:
    return f"{ways.casualties(result)}#accidents"


def _refused(matter: RefusedWorkbook, zone: Zone) -> MatterLine:
    report = matter.report
    came = numbers.NONE if report.undone_came is None else numbers.moment(report.undone_came, zone)
    sentence = _("%(period)s, %(kind)s: the workbook of %(unit)s that came %(moment)s was refused and none has replaced it.",
                 period=numbers.period(matter.period), kind=words.kind(report.kind),
                 unit=report.unit.short_name, moment=came)  # fmt: skip
    href = SUBMISSIONS.path + address.query(period=matter.period, submission=report.undone) + "#one"
    return MatterLine("!", _("refused"), "bad", sentence, href)


def _returned(matter: ReturnedWorkbook) -> MatterLine:
    report = matter.report
    sentence = _("%(period)s, %(kind)s: the office returned the workbook of %(unit)s: %(reason)s Correct it and send it again.",
                 period=numbers.period(matter.period), kind=words.kind(report.kind), unit=report.unit.short_name,
                 reason=report.return_reason)  # fmt: skip
    href = SUBMISSIONS.path + address.query(period=matter.period, submission=report.undone) + "#one"
    return MatterLine("↩", _("returned"), "bad", sentence, href)


def _missing(matter: MissingReports) -> MatterLine:
    who = whom(matter.units, due=matter.due)
    sentence = _("%(period)s, %(kind)s: not reported by %(units)s (due %(day)s).", period=numbers.period(matter.period),
                 kind=words.kind(matter.kind), units=who, day=_day(matter.deadline))  # fmt: skip
    return MatterLine("✗", _("missing"), "bad", sentence, SUBMISSIONS.path + address.query(period=matter.period))


def _unsettled(row: AccidentRow, result: Overview) -> MatterLine:
    sentence = _("%(accident)s: %(n)s missing, counted as dead for now; settle it when the time is over.",
                 accident=_accident(row, result.zone), n=row.accident.provisional)  # fmt: skip
    return MatterLine("…", _("provisional"), "warn", sentence, _accidents(result))


def _closure(one: NearClosure, result: Overview) -> MatterLine:
    sentence = _("%(enterprise)s: penalised with a major hazard %(half)s times in %(days)s days, %(year)s in a year: "
                 "closure is to be asked for (Work Safety Law, article 113).", enterprise=one.enterprise,
                 half=one.within_half_year, days=result.casualties.scheme.near_closure.half_year_days,
                 year=one.within_year)  # fmt: skip
    return MatterLine("!", _("ask for closure"), "warn", sentence, _closures(result))


def _near(enterprises: Sequence[NearClosure], result: Overview) -> MatterLine:
    sentence = _("%(n)s enterprises: one more penalty with a major hazard and closure is to be asked for "
                 "(%(enterprises)s).", n=len(enterprises),
                 enterprises=_(", ").join(one.enterprise for one in enterprises))  # fmt: skip
    return MatterLine("…", _("near closure"), "calm", sentence, _closures(result))


def _closures(result: Overview) -> str:
    return f"{ways.casualties(result)}#casualty-targets-closure"


def _corrected(matter: Corrected) -> MatterLine:
    said = _("; ").join(
        _("%(unit)s %(change)s", unit=unit.short_name, change=corrections.change(ranked, moved))
        for unit, ranked, moved in matter.rows
    )
    sentence = _("%(period)s: corrected after the deadline: %(said)s.", period=numbers.period(matter.month), said=said)
    unit = matter.rows[0][0]
    href = RANKING.path + address.query(period=matter.month, group=unit.group, unit=unit.code)
    return MatterLine("≠", _("corrected"), "warn", sentence, href)


def _unreviewed(matter: NotReviewed) -> MatterLine:
    sentence = _("%(quarter)s: not reviewed, or not wholly: %(units)s (due %(day)s).", units=names(matter.units),
                 quarter=numbers.period(matter.quarter), day=_day(matter.deadline))  # fmt: skip
    return MatterLine("…", _("unreviewed"), "warn", sentence, SCORES.path + address.query(period=matter.quarter))


def _contested(matter: ContestedMarks) -> MatterLine:
    sentence = _("%(quarter)s: %(n)s marks are contested and not decided (%(units)s; %(when)s).", n=matter.marks,
                 quarter=numbers.period(matter.quarter), units=names(matter.units), when=_when(matter.due, past=matter.past))  # fmt: skip
    unit = matter.units[0]
    href = SCORES.path + address.query(period=matter.quarter, group=unit.group, unit=unit.code) + "#replies"
    return MatterLine("?", _("to be decided"), "bad", sentence, href)


def _to_answer(matter: MarksToAnswer) -> MatterLine:
    sentence = _("%(quarter)s: %(n)s reviewed marks wait for the reply of %(unit)s (%(when)s).", n=matter.marks,
                 quarter=numbers.period(matter.quarter), unit=matter.unit.short_name, when=_when(matter.due, past=matter.past))  # fmt: skip
    unit = matter.unit
    href = SCORES.path + address.query(period=matter.quarter, group=unit.group, unit=unit.code) + "#replies"
    return MatterLine("…", _("to be answered"), "warn", sentence, href)


def _when(due: date, *, past: bool) -> str:
    """Until when something waits, or since when it is overdue."""
    return _("was due on %(day)s", day=_day(due)) if past else _("by %(day)s", day=_day(due))


def _publishable(matter: Publishable) -> MatterLine:
    named = _(", ").join(numbers.period(quarter) for quarter in matter.quarters)
    sentence = _(
        "%(quarters)s: review, reply and decision are in, or their days have passed; it can be published.",
        quarters=named,
    )
    href = SCORES.path + address.query(period=matter.quarters[0]) + "#procedure"
    return MatterLine("…", _("publication"), "calm", sentence, href)
