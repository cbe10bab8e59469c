"""The figures of the first form: counts first, each with what it is measured by, and each a link to where it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from fractions import Fraction

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, lights, numbers, words
from dashboards.components.page_list import SUBMISSIONS
from dashboards.method.named import NotNamed
from dashboards.pages.overview import ways
from dashboards.pages.overview.message import behind, beside_the_cap, deaths_known
from dashboards.results.casualties import SectorStanding
from dashboards.results.lowest import Lowest
from dashboards.results.overview import Overview
from dashboards.results.ranking import RankedRow
from data.indicators.enforcement import OVERDUE_MAJOR
from data.language import gettext as _

Shown = str | Component


def tiles(result: Overview, *, identity: str) -> Component:
    """First how the year and the month stand, then what stands out in the month: places are shown to who sees them."""
    shown = [_deaths(result), _ledgers(result), _days(result), _closed_loop(result),
             _last(result), _zero(result), _zero_penalty(result), _overdue(result), _sectors(result)]  # fmt: skip
    return html.Dl([one for one in shown if one is not None], className="overview-tiles", id=identity)


def _tile(
    part: str, label: str, href: str, value: str, unit: str, *notes: Shown, light: Component | None = None
) -> Component:
    small = [html.Dd(note, className="tile-note") for note in notes if note]
    figure = html.Dd([html.B(value), html.Span(unit, className="tile-unit"), light], className="tile-value")
    name = html.Dt(dcc.Link(label, href=href, className="leads-on"))
    return html.Div([name, figure, *small], className=f"overview-tile tile-{part}", id=f"overview-{part}")


def _named(links: Iterable[Component]) -> Component:
    """Names in one line, each leading to its own."""
    parted: list[Shown] = []
    for link in links:
        parted += [_(", "), link]
    return html.Span(parted[1:], className="tile-names")


def _deaths(result: Overview) -> Component:
    label, href = _("Deaths this year"), ways.casualties(result)
    if not deaths_known(result):
        return _tile("deaths", label, href, numbers.NONE, "", _("no accident ledger of the year has come"))
    one = result.casualties.total
    last = max(month for month in result.casualties.ledgers if month.year == result.day.year)
    known = _("by the accident ledger of %(month)s", month=numbers.period(last))
    return _tile("deaths", label, href, numbers.count(one.deaths), _("persons (unit)"), *beside_the_cap(result),
                 *_last_year(result), known, light=lights.light(one.light))  # fmt: skip


def _last_year(result: Overview) -> list[str]:
    if result.day.year - 1 not in result.casualties.record.years:
        return []
    return [_("same time last year %(n)s", n=result.casualties.total.last_year_deaths)]


def _days(result: Overview) -> Component:
    label, href = _("Days since the last fatal accident"), f"{ways.casualties(result)}#accidents"
    days = result.casualties.total.days_since_fatal if deaths_known(result) else None
    if days is None:
        why = _("none on record") if deaths_known(result) else _("no accident ledger of the year has come")
        return _tile("days", label, href, numbers.NONE, "", why)
    last = numbers.spoken_day(result.day - timedelta(days=days))
    upto = _("counted to %(day)s", day=numbers.spoken_day(result.day))
    return _tile("days", label, href, numbers.count(days), _("days (unit)"), _("the last: %(day)s", day=last), upto)


def _ledgers(result: Overview) -> Component:
    due = result.ledgers
    came = sum(report.filing is not None for report in due)
    late = sum(report.status == "late" for report in due)
    notes = [html.Span(said, className="tile-names") for said in behind(due, result.zone)] or [
        html.Span(_("all have reported"))
    ]
    more = [_("of these late: %(n)s", n=late)] if late else []
    return _tile("ledgers", _("Ledgers of the month"), SUBMISSIONS.path + address.query(period=result.month),
                 f"{came} / {len(due)}", _("units (unit)"), *notes, *more)  # fmt: skip


def _closed_loop(result: Overview) -> Component:
    one = result.closed_loop
    label, href = _("Closed loop"), ways.ranking(result.month)
    if not one.due:
        why = _("no case fell due") if one.units else _("nobody has reported yet")
        return _tile("closed-loop", label, href, numbers.NONE, "", why)
    share = _("closed-loop rate %(share)s", share=numbers.percent(Fraction(one.closed, one.due)))
    whose = _("closed ÷ due, %(n)s units that reported", n=one.units)
    return _tile("closed-loop", label, href, f"{one.closed} / {one.due}", _("cases (unit)"), share, whose)


def _last(result: Overview) -> Component | None:
    """Who is last in each group, by the rule of the ranking's own page."""
    if not result.lowest:
        return None
    lines = [_last_of(group, one, result) for group, one in result.lowest]
    early = [_("preliminary until the deadline, %(day)s", day=numbers.day_of_year(result.ranking.deadline))]
    running = result.ranking.as_of <= result.ranking.deadline
    return _tile(
        "last", _("Last in each group"), ways.ranking(result.month), "", "", *lines, *(early if running else [])
    )


def _last_of(group: str, one: Lowest, result: Overview) -> Component:
    of = html.Span(words.group(group), className="tile-of")
    if not one.rows:
        return html.Span([of, " ", not_named(one.why)])
    named = [_unit(row, result) for row in one.rows]
    if not one.sure:
        return html.Span([of, " ", _named(named), " ", _("one of these: not to be named alone")])
    score = _("%(score)s points", score=numbers.points(one.rows[0].figures.score))
    return html.Span([of, " ", _named(named), " ", score])


def not_named(why: NotNamed | None) -> str:
    """Why nobody of a group is named last."""
    reasons: dict[NotNamed | None, str] = {
        "nobody_scored": _("nobody has a score yet"),
        "only_one": _("one unit alone has a score: nobody is named"),
        "all_tie": _("all have the same score: nobody is named"),
        "thin_basis": _("the lowest score rests on a thin basis: nobody is named"),
        "not_sure": _("nobody is likely enough to be last to be named alone"),
    }
    return reasons.get(why, "")


def _unit(row: RankedRow, result: Overview) -> Component:
    return dcc.Link(row.unit.short_name, href=ways.unit(result.month, row.unit))


def _zero(result: Overview) -> Component:
    none = _("every unit that reported inspected somebody")
    return _counted("zero", _("Zero enforcement"), result.zero_enforcement, none, result)


def _zero_penalty(result: Overview) -> Component:
    none = _("every unit that found problems and may penalise did so")
    return _counted("zero-penalty", _("Zero penalties"), result.zero_penalty, none, result)


def _counted(part: str, label: str, rows: Sequence[RankedRow], none: str, result: Overview) -> Component:
    """How many units of those that reported have a flag, and which."""
    href = ways.ranking(result.month)
    if not result.closed_loop.units:
        return _tile(part, label, href, numbers.NONE, "", _("nobody has reported yet"))
    who = _named(_unit(row, result) for row in rows) if rows else none
    return _tile(part, label, href, numbers.count(len(rows)), _("units (unit)"), who)


def _overdue(result: Overview) -> Component:
    """Cases of major hazards overdue at the month's end, by unit: also of who has not reported the month."""
    rows, label = result.overdue_major, _("Overdue major hazards")
    if not rows:
        known = any(row.filing for row in result.rows)
        return _tile("overdue", label, ways.ranking(result.month), "0" if known else numbers.NONE,
                     _("cases (unit)") if known else "", _("none is overdue") if known else _("nobody has reported yet"))  # fmt: skip
    total = sum(row.counts.overdue_major for row in rows)
    links = [
        dcc.Link(_("%(unit)s %(count)s", unit=row.unit.short_name, count=row.counts.overdue_major),
                 href=ways.cases(result.month, row.unit, OVERDUE_MAJOR.key))
        for row in rows
    ]  # fmt: skip
    of = _("%(n)s units, at the end of the month", n=len(rows))
    return _tile("overdue", label, ways.cases(result.month, rows[0].unit, OVERDUE_MAJOR.key), numbers.count(total),
                 _("cases (unit)"), _named(links), of)  # fmt: skip


def _sectors(result: Overview) -> Component | None:
    """Sectors above their cap, and those that will probably be."""
    sectors = result.casualties.sectors
    if not sectors:
        return None
    label, href = _("Sectors above their cap"), f"{ways.casualties(result)}#casualty-targets-sectors"
    capped = [one for one in sectors if one.standing.cap is not None]
    if not deaths_known(result) or not capped:
        why = _("no sector has a cap") if deaths_known(result) else _("no accident ledger of the year has come")
        return _tile("sectors", label, href, numbers.NONE, "", why)
    above = [one for one in capped if "deaths_above_cap" in one.standing.reasons]
    likely = [one for one in capped if one not in above and "breach_likely" in one.standing.reasons]
    said = [
        *(_sector(one, _above(one), result) for one in above),
        *(_sector(one, lights.breach(one.standing), result) for one in likely),
    ]
    rest = [] if said else [_("none of the %(n)s sectors with a cap", n=len(capped))]
    return _tile("sectors", label, href, numbers.count(len(above)), _("sectors (unit)", n=len(above)), *said, *rest)


def _sector(one: SectorStanding, said: str, result: Overview) -> Component:
    link = dcc.Link(one.name, href=f"{ways.casualties(result, sector=one.sector)}#curve")
    return html.Span([html.Span(link, className="tile-names"), " ", said])


def _above(one: SectorStanding) -> str:
    return _("%(deaths)s deaths, cap %(cap)s", deaths=one.standing.deaths, cap=one.standing.cap)
