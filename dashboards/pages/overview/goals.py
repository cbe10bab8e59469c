"""The plan's four goals, each with a light of its own."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import lights
from dashboards.method.casualties import Goal
from dashboards.pages.overview.message import deaths_known
from dashboards.results.overview import Overview
from data.language import gettext as _
from data.schema import STORED_KINDS


def goal_list(result: Overview, *, identity: str) -> Component:
    """One line a goal: light, name, and why; without an accident ledger of the year none can be judged."""
    shine = result.casualties.goal_lights
    lines = [
        html.Li([lights.goal(shine[key]), html.Span(words), *_note(key, result)]) for key, words in _names().items()
    ]
    return html.Ul(lines, className="overview-goals", id=identity)


def _names() -> dict[Goal, str]:
    return {
        "no_major_accident": _("No accident of the larger class or above"),
        "within_cap": _("Deaths not above the year's cap"),
        "no_stability_incident": _("No stability incident caused by a safety event"),
        "no_mass_disaster": _("No natural disaster with mass death or injury for which someone is responsible"),
    }


def _note(key: Goal, result: Overview) -> list[Component]:
    """Why a light is as it is: deaths, pace and chance beside the cap, and what no ledger tells yet."""
    if key == "within_cap" and deaths_known(result):
        return [
            html.Small(said) for said in lights.reasons_of_the_cap(result.casualties.total, result.casualties.scheme)
        ]
    if key != "no_mass_disaster" or "disasters" in STORED_KINDS:
        return []
    return [html.Small(_("The disaster ledger is not in use yet: this cannot be told."))]
