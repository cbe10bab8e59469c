"""The main message: how far warnings were called through, how soon they were answered, where they got stuck, and what disasters cost."""

from __future__ import annotations

from dashboards.components import numbers, parts
from dashboards.components.part_standings import PartLine, furthest_behind_first
from dashboards.method.disasters import Called
from dashboards.method.warning_steps import by_type
from dashboards.pages.disasters import phrases
from dashboards.pages.disasters.query import LONGEST_TYPE, DisastersSeen
from dashboards.results.disasters import DisastersReport
from data.language import gettext as _

MOST_TYPES = 12
"""So many types have a line; who writes free text may write hundreds."""


def main_message(report: DisastersReport) -> str:
    """Some short sentences; numbers before percentages, the dead and missing last and by themselves."""
    return _as_of(report, parts.sentences(*_warnings(report), _cost(report)))


def _as_of(report: DisastersReport, said: str) -> str:
    day = numbers.spoken_day(report.asked.as_of)
    if report.own_unit is None:
        return _("Up to %(day)s: %(said)s", day=day, said=said)
    return _("%(unit)s, up to %(day)s: %(said)s", unit=report.own_unit.name, day=day, said=said)


def _warnings(report: DisastersReport) -> list[str]:
    one = report.standing.whole
    if not one.warnings:
        return [_("no warning is on record.")]
    told = {"n": phrases.times(one.warnings), "closed": phrases.times(one.fed_back)}
    if one.fed_back == one.warnings:
        return [_("all %(n)s that warnings were given they were fed back.", **told), _answers(report)]
    share = numbers.percent(report.standing.closed_loop_rate)
    return [
        _("of %(n)s that warnings were given, %(closed)s they were fed back (%(share)s).", **told, share=share),
        _stuck(one),
        _answers(report),
        behind(report),
    ]


def _stuck(one: Called) -> str:
    """At which step the others stopped; of no step that none stopped at."""
    gaps = (
        (one.warnings - one.called, _("not called")),
        (one.called - one.answered, _("unanswered")),
        (one.answered - one.fed_back, _("not fed back")),
    )
    said = _(", ").join(_("%(state)s %(n)s", state=state, n=phrases.times(n)) for n, state in gaps if n)
    return _("The others stopped: %(where)s.", where=said)


def _answers(report: DisastersReport) -> str:
    one, limit = report.standing, report.scheme.answer_minutes
    if one.median_minutes is None:
        return ""
    return _(
        "From call to answer %(median)s at the median; of %(called)s calls %(in_time)s were answered within %(limit)s minutes (%(share)s).",
        median=phrases.minutes(one.median_minutes), called=numbers.count(one.whole.called),
        in_time=numbers.count(one.answered_in_time), limit=limit, share=numbers.percent(one.answered_in_time_rate),
    )  # fmt: skip


def behind(report: DisastersReport) -> str:
    """Who has the least share fed back; nothing where that is more than one, or of a unit by itself."""
    lines = [line for line in furthest_behind_first(by_unit(report)) if line.of]
    if report.own_unit is not None or len(lines) < 2 or lines[0].share == lines[1].share:
        return ""
    return _("Furthest behind: %(unit)s (%(done)s of %(of)s fed back).", unit=lines[0].name, done=numbers.count(lines[0].done),
             of=numbers.count(lines[0].of))  # fmt: skip


def _cost(report: DisastersReport) -> str:
    one = report.standing
    lost = phrases.deaths(one.dead, one.missing)
    mass = _("Mass disasters for which someone is responsible: %(n)s.", n=numbers.count(one.mass_disasters))
    said = [*([_("In disasters %(lost)s.", lost=lost)] if lost else []), *([mass] if one.mass_disasters else [])]
    return parts.sentences(*said) if said else ""


def by_unit(report: DisastersReport) -> list[PartLine]:
    """The towns, and whoever else told of warnings, in the zone's order."""
    zone = report.zone
    there = {
        unit.code for unit in zone.units_of(report.asked.month) if unit.group == "town"
    } | report.standing.units.keys()
    return [
        _line(
            unit.code,
            unit.short_name,
            report.standing.units.get(unit.code, Called(0, 0, 0, 0)),
            place,
            confirmed=unit.confirmed,
        )
        for place, unit in enumerate(zone.units)
        if unit.code in there
    ]


def by_type_lines(report: DisastersReport) -> list[PartLine]:
    """The types of which there were most warnings, each as one thing."""
    found = by_type(report.warnings.columns, report.end)
    return [
        _line(name, name, one, place) for place, (name, one) in enumerate(found.items()) if len(name) <= LONGEST_TYPE
    ]


def _line(code: str, name: str, one: Called, place: int, *, confirmed: bool = True) -> PartLine:
    return PartLine(
        code, name, one.fed_back, one.warnings, place, confirmed, {"called": one.called, "answered": one.answered}
    )


def nothing_known(seen: DisastersSeen) -> str:
    """Why there is nothing to tell of: no ledger is no proof, ledgers without a row are."""
    report = seen.report
    day, own = numbers.spoken_day(report.asked.as_of), report.own_unit
    if not report.filed:
        said = _(
            "No ledger of warnings and disasters has been sent up to %(day)s: whether there was any cannot be told.",
            day=day,
        )
    else:
        said = _("The ledgers up to %(month)s tell of no warning and no disaster by %(day)s.",
                 month=numbers.period(report.filed[-1]), day=day)  # fmt: skip
    return said if own is None else _("%(unit)s: %(said)s", unit=own.name, said=said)


def ledgers_said(report: DisastersReport) -> str:
    """That no ledger is of the month before the day: what came since cannot be seen; else nothing."""
    if not report.filed or report.filed[-1] >= report.asked.month.plus(-1):
        return ""
    return _("The last ledger of warnings and disasters is that of %(period)s: what came since is not known.",
             period=numbers.period(report.filed[-1]))  # fmt: skip
