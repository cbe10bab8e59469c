"""The inspections of an enterprise as a file: all of them, each with the cell that tells of it."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.components import numbers, original
from dashboards.components.exports import Exported, Field, NothingToExport, Written, as_it_stands, scope_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import ENTERPRISE
from dashboards.pages.enterprise.inspections import cell_of, outcome_said
from dashboards.pages.enterprise.message import main_message
from dashboards.pages.enterprise.query import look
from dashboards.results.enterprise_inspections import InspectedEnterprise
from dashboards.results.reading import Reading
from data.language import gettext as _
from data.zone.periods import parse_period

INSPECTIONS = "enterprise-inspections"


def inspections(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The inspections that whoever asks may see, the latest first."""
    profile = look(asked, reading).profile
    if profile is None:
        raise NothingToExport
    title = " ".join([ENTERPRISE.title, profile.name, _("inspections of an enterprise")])
    return Exported(
        name=f"{title} {profile.as_of.isoformat()}".replace(" ", "-"),
        title=title,
        said=[*as_it_stands(reading), scope_said(reading), main_message(profile)],
        fields=[
            Field(_("Inspected on"), Written.DAY),
            Field(_("Unit")),
            Field(_("Document number")),
            Field(_("Hazards"), Written.COUNT),
            Field(_("Major hazards"), Written.COUNT),
            Field(_("Due day"), Written.DAY),
            Field(_("Last re-inspection"), Written.DAY),
            Field(_("State")),
            Field(_("Penalty decisions")),
            Field(_("Fine (yuan)"), Written.AMOUNT),
            Field(_("Where it stands")),
        ],
        rows=[_row(one) for one in profile.inspections],
    )


def _row(one: InspectedEnterprise) -> list[object]:
    case = one.case
    return [
        case.inspected_on,
        one.unit.short_name,
        case.number,
        case.hazards,
        case.major_hazards,
        case.due_on,
        case.last_reinspected_on,
        outcome_said(one.outcome),
        _(", ").join(case.decisions),
        case.fine_yuan,
        _("; ").join(
            f"{numbers.period(parse_period(told.period))} {original.name(told.file_name, opens=one.opens)} {told.sheet} {cell_of(told)}"
            for told in case.told
        ),
    ]
