"""The main message: where the unit stands in the month and the quarter, its deaths, and what it owes."""

from __future__ import annotations

from dashboards.components import lights, numbers, parts
from dashboards.components.ranking_words import flag_words
from dashboards.results.ranking import shown_flags
from dashboards.results.unit_profile import UnitProfile
from data.language import gettext as _


def main_message(one: UnitProfile) -> str:
    """Some short sentences; a place only to who sees places."""
    said = [_month(one), _quarter(one), _deaths(one), _unfiled(one)]
    return _("%(unit)s: %(said)s", unit=one.unit.name, said=parts.sentences(*said))


def _month(one: UnitProfile) -> str:
    month = numbers.period(one.month)
    if one.row is None:
        return _("no unit of %(month)s.", month=month)
    figures = one.row.figures
    last = one.row.undone
    beside = _(", ").join(flag_words(flag, last, one.zone) for flag in shown_flags(figures.flags, last))
    score = numbers.points(figures.score)
    if figures.score is None:
        return _("%(month)s without a score (%(why)s).", month=month, why=beside or numbers.NONE)
    told = _("%(month)s %(score)s points", month=month, score=score)
    if one.places and figures.rank is not None:
        told = _("%(told)s, place %(rank)s of %(of)s", told=told, rank=figures.rank, of=figures.of)
    return _("%(told)s (%(beside)s).", told=told, beside=beside) if beside else _("%(told)s.", told=told)


def _quarter(one: UnitProfile) -> str:
    if one.last_quarter is None:
        return ""
    quarter, row = one.last_quarter
    period = numbers.period(quarter)
    if row.figures.score is None:
        return _("%(quarter)s without a score.", quarter=period)
    told = _("%(quarter)s %(score)s points", quarter=period, score=numbers.points(row.figures.score))
    if one.places and row.figures.rank is not None:
        told = _("%(told)s, place %(rank)s of %(of)s", told=told, rank=row.figures.rank, of=row.figures.of)
    return _("%(told)s.", told=told)


def _deaths(one: UnitProfile) -> str:
    if one.deaths is None:
        return ""
    standing = one.deaths.standing
    if standing.cap is None:
        return _("%(deaths)s deaths this year, no cap on file.", deaths=standing.deaths)
    return _("%(deaths)s deaths this year, cap %(cap)s, %(kept)s.", deaths=standing.deaths, cap=standing.cap,
             kept=lights.against_the_cap(standing))  # fmt: skip


def _unfiled(one: UnitProfile) -> str:
    owed = [report for _period, report in one.unfiled if report.status != "late"]
    if not owed:
        return _("Nothing that it has to send is missing.")
    return _("%(n)s workbooks are missing or have to be sent again.", n=len(owed))
