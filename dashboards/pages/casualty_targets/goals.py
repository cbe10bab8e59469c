"""The plan's four goals, each with a light of its own: symbol, word and the fact behind it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, words
from dashboards.components.disaster_words import mass_disasters
from dashboards.method.casualties import Accident, Goal, breaks_the_goal
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.message import no_cap
from dashboards.pages.casualty_targets.scope_view import larger_accidents
from dashboards.results.casualties import Casualties
from data.language import gettext as _
from data.zone.accident_class import spoken


def goal_list(result: Casualties, *, identity: str) -> Component:
    """The goals side by side."""
    facts: dict[Goal, Component | str | list[Component | str]] = {
        "no_major_accident": _larger(result),
        "within_cap": _cap(result),
        "no_stability_incident": _stability(result),
        "no_mass_disaster": [html.Div(said) for said in mass_disasters(result.disasters, result.zone)],
    }
    items = [
        html.Li([html.Div(name, className="goal-name"), lights.goal(result.goal_lights[key]), html.Div(facts[key], className="goal-fact")],
                className="goal")
        for key, name in words.goals().items()
    ]  # fmt: skip
    return html.Ul(items, className="goals", id=identity)


def _larger(result: Casualties) -> list[Component | str]:
    found = larger_accidents(result)
    deadly = [one for one in found if breaks_the_goal(one)]
    shown: list[Component | str] = [html.Div(html.A(_named(result, one), href="#accidents")) for one in found]
    if deadly:
        return shown
    return [_("none happened") if not found else _("of this class, but nobody died:"), *shown]


def _named(result: Casualties, one: Accident) -> str:
    return _("%(day)s %(unit)s: %(type)s, class %(class)s, %(deaths)s deaths, %(injured)s seriously injured", **{
        "day": numbers.day(one.happened_on), "unit": result.zone.unit_by_code[one.territory].short_name,
        "type": one.type, "class": spoken(one.accident_class), "deaths": one.deaths, "injured": one.serious_injuries,
    })  # fmt: skip


def _cap(result: Casualties) -> str:
    one = result.total
    if one.cap is None:
        return no_cap(unclear=result.cap_unclear)
    counted = _("%(deaths)s of %(cap)s", deaths=phrases.persons(one.deaths), cap=phrases.persons(one.cap))
    return _("; ").join([counted, *lights.reasons_of_the_cap(one, result.scheme)])


def _stability(result: Casualties) -> list[Component | str]:
    found = [row.accident for row in result.accidents if row.accident.stability]
    if not found:
        return [_("none happened")]
    return [html.Div(html.A(_named(result, one), href="#accidents")) for one in found]
