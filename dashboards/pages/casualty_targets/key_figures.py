"""The year's key figures, each with what it is compared to; numbers first, percentages small beneath."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import lights, numbers
from dashboards.components.key_figures import key_figure, key_figures
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.message import is_over, missing_words, no_cap
from dashboards.pages.casualty_targets.scope_view import same_day_known
from dashboards.results.casualties import Casualties
from data.language import gettext as _


def tiles(result: Casualties, *, identity: str) -> Component:
    """Deaths first, then what they are measured by."""
    shown = [*_toll(result), *_measured(result), *_before(result), *_to_come(result)]
    return key_figures(shown, identity=identity)


def _toll(result: Casualties) -> list[Component]:
    one = result.total
    return [
        key_figure(
            _("Deaths"), phrases.persons(one.deaths), missing_words(result).strip(" （）()"), name="figure-first"
        ),
        key_figure(_("Fatal accidents"), phrases.accidents(one.fatal_accidents)),
    ]


def _measured(result: Casualties) -> list[Component]:
    one = result.total
    if one.cap is None:
        why = no_cap(unclear=True) if result.cap_unclear else _("no cap was set")
        return [key_figure(_("Cap of the year"), numbers.NONE, why)]
    used = "" if one.progress is None else _("used %(share)s", share=numbers.percent(one.progress))
    return [
        key_figure(_("Cap of the year"), phrases.persons(one.cap)),
        key_figure(_("Left of the cap"), phrases.remaining(one), used, tone="bad" if phrases.exceeded(one) else ""),
        key_figure(_("Pace to the day"), phrases.persons(one.pace), _against_pace(result), _elapsed(result)),
    ]


def _against_pace(result: Casualties) -> str:
    one = result.total
    if one.pace is None:
        return ""
    most = lights.within(one)
    if one.deaths > most:
        return _(
            "%(most)s at most by it; %(n)s more (worse)",
            most=phrases.persons(most),
            n=phrases.persons(one.deaths - most),
        )
    return _("%(most)s at most by it; not exceeded (better)", most=phrases.persons(most))


def _elapsed(result: Casualties) -> str:
    return _("%(share)s of the year", share=numbers.percent(result.total.elapsed))


def _before(result: Casualties) -> list[Component]:
    one = result.total
    since = key_figure(_("Since the last fatal accident"), phrases.days(one.days_since_fatal), _last_fatal(result))
    if not same_day_known(result):
        return [key_figure(_("Same time last year"), numbers.NONE, _("last year's ledgers are incomplete")), since]
    return [
        key_figure(_("Same time last year"), phrases.persons(one.last_year_deaths), against_last_year(result)),
        since,
    ]


def against_last_year(result: Casualties) -> str:
    """Fewer or more deaths than last year, as persons, never as a percentage."""
    difference = result.total.deaths - result.total.last_year_deaths
    if difference < 0:
        return _("%(n)s fewer (better)", n=-difference)
    return _("%(n)s more (worse)", n=difference) if difference else _("as many as last year")


def _last_fatal(result: Casualties) -> str:
    fatal = [one.happened_on for one in result.record.accidents if one.counted and one.fatal]
    return numbers.day(max(fatal)) if fatal else _("none on record")


def _to_come(result: Casualties) -> list[Component]:
    one, end = result.total, result.total.year_end
    if is_over(result.as_of):
        return []
    interval = _("80%% interval %(low)s–%(high)s persons", low=end.low, high=end.high)
    forecast = key_figure(_("Forecast for the year's end"), phrases.persons(end.median), _("median"), interval)
    if one.cap is None:
        return [forecast]
    chance = key_figure(_("Chance of exceeding the cap"), phrases.breach(one), _("deaths by 31 December above the cap"))
    return [forecast, chance]
