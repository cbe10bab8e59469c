"""The overview's main message: deaths against the cap, the month's ledgers, how much waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboards.components import lights, numbers
from dashboards.results.overview import Overview
from data.intake.filing import DueReport, Status
from data.language import gettext as _
from data.zone.zone import Unit, Zone

NAMES_SHOWN = 6


def main_message(result: Overview) -> str:
    """One sentence a subject; it says so where nothing is known, for no ledger is not zero deaths."""
    return " ".join(_("%(said)s.", said=said) for said in (_deaths(result), ledgers(result), _waiting(result)))


def names(units: Iterable[Unit]) -> str:
    """The units' short names; of many the first, and how many there are."""
    every = [unit.short_name for unit in units]
    shown = _(", ").join(every[:NAMES_SHOWN])
    return shown if len(every) <= NAMES_SHOWN else _("%(names)s and others, %(n)s units", names=shown, n=len(every))


def whom(units: Sequence[Unit], *, due: int) -> str:
    """Some of the units that should have filed: by name, or how many where it is all of them."""
    return _("all %(n)s units", n=due) if len(units) == due > 1 else names(units)


def deaths_known(result: Overview) -> bool:
    """Whether any accident ledger of the year has come."""
    return any(month.year == result.day.year for month in result.casualties.ledgers)


def _deaths(result: Overview) -> str:
    day = numbers.spoken_day(result.day)
    one = result.casualties.total
    if not deaths_known(result):
        return _("%(day)s: no accident ledger of the year has come, so deaths are not known", day=day)
    if one.cap is None:
        return _("%(day)s: %(deaths)s deaths this year, no cap on file", day=day, deaths=one.deaths)
    shines = lights.word(one.light) if one.light is not None else numbers.NONE
    said = _("%(day)s: %(deaths)s deaths this year, cap %(cap)s, %(kept)s, %(light)s", day=day, deaths=one.deaths,
             cap=one.cap, kept=lights.against_the_cap(one), light=shines)  # fmt: skip
    why = _(", ").join(lights.in_short(one))
    return _("%(said)s (%(why)s)", said=said, why=why) if why else said


def beside_the_cap(result: Overview) -> list[str]:
    """The cap, why the light is as it is, and the chance of exceeding the cap by the year's end."""
    one = result.casualties.total
    if one.cap is None:
        return [_("no cap on file")]
    cap = _("cap %(cap)s, %(kept)s", cap=one.cap, kept=lights.against_the_cap(one))
    chance = [] if lights.is_told_the_chance(one) else [lights.breach(one)]
    return [cap, *lights.why(one, result.casualties.scheme, result.larger_accidents), *chance]


def ledgers(result: Overview) -> str:
    """How many ledgers of the month came, and who is behind."""
    due = result.ledgers
    came = sum(report.filing is not None for report in due)
    month = numbers.period(result.month)
    counted = _("%(month)s: %(came)s of %(due)s enforcement ledgers came", month=month, came=came, due=len(due))
    return _("; ").join([counted, *behind(due, result.zone)])


def behind(due: Sequence[DueReport], zone: Zone) -> list[str]:
    """Who has not reported, who was refused (with when it came), who is awaited: by name."""
    missing, awaited = _with(due, "missing"), _with(due, "awaited")
    refused = _(", ").join(_came(report, zone) for report in due if report.status == "rejected")
    aside = _with(due, "set_aside")
    return [
        *([_("not reported: %(units)s", units=missing)] if missing else []),
        *([_("refused and not replaced: %(units)s", units=refused)] if refused else []),
        *([_("sent, the program failed on it: %(units)s", units=aside)] if aside else []),
        *([_("still awaited: %(units)s", units=awaited)] if awaited else []),
    ]


def _came(report: DueReport, zone: Zone) -> str:
    if report.undone_came is None:
        return report.unit.short_name
    came = numbers.moment(report.undone_came, zone)
    return _("%(unit)s (came %(moment)s)", unit=report.unit.short_name, moment=came)


def _with(due: Sequence[DueReport], status: Status) -> str:
    return whom([report.unit for report in due if report.status == status], due=len(due))


def _waiting(result: Overview) -> str:
    if not result.matters:
        return _("nothing waits for a decision")
    decide, act = len(result.decisions), len(result.actions)
    if not decide:
        return _("To be dealt with: %(act)s", act=act)
    return _("To be decided: %(decide)s, to be dealt with: %(act)s", decide=decide, act=act)
