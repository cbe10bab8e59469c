"""The year's main message: deaths against the cap, how it stands with the pace, and the light with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import reduce

from dashboards.components import lights, numbers, parts
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.scope_view import larger_accidents, missing
from dashboards.results.casualties import Casualties
from data.language import gettext as _
from data.zone.accident_class import CLASSES, spoken


def main_message(result: Casualties) -> str:
    """One or two sentences; numbers before percentages."""
    first = _("; ").join([clauses([_toll(result), *_cap(result)]), *_outlook(result)])
    whose = "" if result.own_unit is None else _("%(unit)s, ", unit=result.own_unit.name)
    return whose + parts.sentences(_("%(when)s: %(said)s.", when=when(result), said=first), _larger(result))


def clauses(said: Sequence[str]) -> str:
    """Parts of a sentence one behind the other; not an enumeration, which Chinese writes with another comma."""
    return reduce(lambda before, after: _("%(before)s, %(after)s", before=before, after=after), said)


def when(result: Casualties) -> str:
    """2022年截至10月8日, or 2022年全年."""
    day = result.as_of
    if is_over(day):
        return _("%(year)s, the whole year", year=day.year)
    return _("%(year)s up to %(day)s", year=day.year, day=numbers.day_of_year(day))


def is_over(day: date) -> bool:
    """Whether nothing of the year is still to come."""
    return (day.month, day.day) == (12, 31)


def _toll(result: Casualties) -> str:
    one = result.total
    if not one.deaths:
        return _("no fatal accident")
    counted = _("%(accidents)s fatal accidents, %(deaths)s deaths", accidents=one.fatal_accidents, deaths=one.deaths)
    return counted + missing_words(result)


def missing_words(result: Casualties) -> str:
    """（含下落不明1人，暂计） behind a number of deaths; nothing where nobody is missing."""
    lost, provisional = missing(result)
    if not lost:
        return ""
    if provisional == lost:
        return _(" (%(n)s of them missing, provisional)", n=lost)
    if provisional:
        return _(" (%(n)s of them missing, %(provisional)s provisional)", n=lost, provisional=provisional)
    return _(" (%(n)s of them missing)", n=lost)


def _cap(result: Casualties) -> list[str]:
    one = result.total
    if one.cap is None:
        return [no_cap(unclear=result.cap_unclear)]
    return [_("cap of the year %(cap)s", cap=one.cap), lights.against_the_cap(one)]


def no_cap(*, unclear: bool) -> str:
    """Why there is no cap."""
    if unclear:
        return _("no cap: it was given as a change on last year, whose ledgers are incomplete")
    return _("no cap was set")


def _outlook(result: Casualties) -> list[str]:
    one = result.total
    if one.pace is None or is_over(result.as_of):
        return []
    ahead = _("ahead of it") if one.deaths > one.pace else _("not ahead of it")
    pace = _("by the pace %(most)s at most, %(ahead)s", most=phrases.persons(lights.within(one)), ahead=ahead)
    if phrases.exceeded(one):
        return [pace]
    return [pace, _("chance of exceeding the cap by the year's end %(chance)s", chance=phrases.breach(one))]


def _larger(result: Casualties) -> str:
    """What alone turns the light red whatever the numbers are; the other reasons are said already."""
    found = Counter(accident.accident_class for accident in larger_accidents(result))
    happened = [_("%(n)s accidents of class %(class)s", **{"n": found[name], "class": spoken(name)})
                for name in reversed(CLASSES) if found[name]]  # fmt: skip
    return _("%(said)s.", said=clauses(happened)) if happened else ""


def nothing_known(result: Casualties, today: date) -> str:
    """Why a year without an accident ledger has no figures: no ledger is not zero deaths."""
    year = result.year.year
    if year > today.year:
        return _("The year %(year)s has not begun: there are no figures yet.", year=year)
    return _("No accident ledger of %(year)s has come: how many died is not known (no ledger is not zero deaths).",
             year=year)  # fmt: skip


def what_is_known(result: Casualties, deaths_last_year: int | None) -> str:
    """What may be said of such a year all the same: its cap, and the year before."""
    known = [] if result.total.cap is None else [_("cap of the year %(cap)s", cap=result.total.cap)]
    if deaths_last_year is not None:
        known.append(_("deaths of the year before (%(year)s): %(n)s", year=result.year.year - 1, n=deaths_last_year))
    return _("%(said)s.", said=clauses(known)) if known else ""


def unfit_day(unfit: str, result: Casualties) -> str:
    """Why the day of the address was not taken, and which is shown."""
    why = {
        "no_year": _("The address names no valid period."),
        "no_day": _("The address names no valid day."),
        "other_year": _("The day of the address does not lie in the year."),
        "still_to_come": _("The day of the address is still to come."),
    }
    return parts.sentences(why[unfit], _("Shown as of %(day)s.", day=numbers.spoken_day(result.as_of)))
