"""The plan's four goals, each with a light of its own, why it is as it is, and the way to what it rests on."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import lights, numbers
from dashboards.components.disaster_words import mass_disasters
from dashboards.method.casualties import Goal, breaks_the_goal
from dashboards.pages.overview.message import deaths_known
from dashboards.pages.overview.ways import casualties
from dashboards.results.overview import Overview
from data.language import gettext as _
from data.zone.accident_class import spoken


def goal_list(result: Overview, *, identity: str) -> Component:
    """One line a goal: light, name, and why; without an accident ledger of the year none can be judged."""
    shine = result.casualties.goal_lights
    there = casualties(result)
    lines = [
        html.Li([
            lights.goal(shine[key]),
            dcc.Link(words, href=f"{there}#{_place(key)}"),
            html.Small(_("; ").join(reasons(key, result)), className="goal-why"),
        ])
        for key, words in _names().items()
    ]  # fmt: skip
    return html.Ul(lines, className="overview-goals", id=identity)


def _names() -> dict[Goal, str]:
    return {
        "no_major_accident": _("No accident of the larger class or above"),
        "within_cap": _("Deaths not above the year's cap"),
        "no_stability_incident": _("No stability incident caused by a safety event"),
        "no_mass_disaster": _("No natural disaster with mass death or injury for which someone is responsible"),
    }


def _place(key: Goal) -> str:
    return "curve" if key == "within_cap" else "accidents" if key != "no_mass_disaster" else "casualty-targets-goals"


def reasons(key: Goal, result: Overview) -> list[str]:
    """Why the light of a goal is as it is; of what no ledger tells, that none does."""
    if key == "no_mass_disaster":
        return mass_disasters(result.casualties.disasters, result.zone)
    if not deaths_known(result):
        return [_("no accident ledger of the year has come")]
    match key:
        case "no_major_accident":
            return _larger(result)
        case "within_cap":
            one = result.casualties.total
            return lights.why_of_the_cap(one, result.casualties.scheme) or [_("no cap on file")]
        case "no_stability_incident":
            return _stability(result)


def _larger(result: Overview) -> list[str]:
    found = result.larger_accidents
    if not found:
        return [_("none happened")]
    named = [
        _("%(day)s %(unit)s, class %(class)s", **{"day": numbers.day_of_year(one.happened_on),
          "unit": result.zone.unit_by_code[one.territory].short_name, "class": spoken(one.accident_class)})
        for one in found
    ]  # fmt: skip
    if any(breaks_the_goal(one) for one in found):
        return named
    return [_("of this class, but nobody died: %(which)s", which=_("; ").join(named))]


def _stability(result: Overview) -> list[str]:
    found = [row.accident for row in result.casualties.accidents if row.accident.stability]
    return [_("%(day)s %(unit)s", day=numbers.day_of_year(one.happened_on),
              unit=result.zone.unit_by_code[one.territory].short_name) for one in found] or [_("none happened")]  # fmt: skip
