"""The hazards at the enterprise, as units told of them in their ledgers of hazards."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.components.lights import HAZARD_TONES
from dashboards.results.enterprise_hazards import EnterpriseHazard
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.names import hazard_state
from data.language import gettext as _
from data.schema.hazards import GENERAL, MAJOR


def table(profile: EnterpriseProfile, *, identity: str) -> Component:
    """A row a hazard; a sentence where none is told of."""
    if not profile.hazards and profile.own_unit is not None:
        unit = profile.own_unit.short_name
        return parts.empty(_("%(unit)s told of no hazard there in its ledgers of hazards.", unit=unit))
    if not profile.hazards:
        return parts.empty(_("No ledger of hazards tells of it by its credit code."))
    heads = [
        parts.head(_("Number of the hazard"), _("Unit")),
        parts.head(_("Grade of the hazard"), _("Responsible level")),
        parts.head(_("Found on")),
        parts.head(_("Deadline of rectification")),
        parts.head(_("Crossed off on")),
        parts.head(_("State")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one) for one in profile.hazards]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _row(one: EnterpriseHazard) -> Component:
    of, (tone, symbol) = one.hazard, HAZARD_TONES[one.state]
    grade = MAJOR if of.major else GENERAL
    return html.Tr(
        [
            parts.cell(_("Number of the hazard"), html.Div(one.texts.number), html.Small(one.unit.short_name)),
            parts.cell(_("Grade of the hazard"), html.Div(grade), html.Small(of.level or "")),
            parts.cell(_("Found on"), numbers.day(of.found_on), name="day"),
            parts.cell(_("Deadline of rectification"), numbers.day(of.rectify_by), name="day"),
            parts.cell(_("Crossed off on"), numbers.day(of.crossed_off_on), name="day"),
            parts.cell(_("State"), parts.tag(hazard_state(one.state), tone, symbol=symbol)),
            parts.cell(_("Where it stands"), told_source.in_list(one.place, one.place.cell("number")), name="sources"),
        ]
    )
