"""How the office edits the year's plan: taken along as a workbook or as text, changed, handed in, looked at and adopted; and its versions."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.components.markup import Markup
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results.reading import Reading
from dashboards.web.plan_routes import CHECK, FILE, ITEM
from dashboards.web.token import token_field_of_a_kept_part
from data.intake import plan_decisions
from data.intake.plan_decisions import PlanVersion
from data.language import gettext as _
from data.zone.zone import Zone


def part(seen: PlanSeen, reading: Reading, *, identity: str) -> list[Component]:
    """For whoever prepares schemes alone; of a year without a plan the way to its first."""
    if not reading.scope.prepares_schemes:
        return []
    year = seen.asked.day.year
    found = plan_decisions.versions(reading.connection, reading.zone.code, year)
    form = html.Form(
        [
            token_field_of_a_kept_part(),
            Markup([["input", {
                "type": "file", "name": FILE, "id": f"{identity}-file", "required": True, "className": "form-control",
                "accept": ".xlsx,.yaml,.yml", **parts.attributes(aria_label=_("Workbook or YAML file of a plan")),
            }]]),
            html.Button(_("Check it, and see what it would change"), type="submit", className="btn btn-outline-primary"),
        ],
        method="post", action=CHECK, encType="multipart/form-data", id=f"{identity}-form",
    )  # fmt: skip
    return [
        parts.card(
            _("Edit the plan of %(year)s", year=year),
            html.P(_("Take the plan along, edit it in WPS, hand it in: first all faults are told with their cells and what it would change, "
                     "then it is adopted with a reason. Another year's plan is handed in here too.")),
            *_files(found, year),
            form,
            html.Ul([html.Li(_version(one, reading.zone)) for one in reversed(found)], className="plan-versions"),
            id="editing", name="plan-editing",
        )
    ]  # fmt: skip


def _files(found: list[PlanVersion], year: int) -> list[Component]:
    if not found:
        return [parts.empty(_("No work plan of %(year)s is known: the office adds it.", year=year))]
    ways = [(_("Take it along as a workbook (.xlsx)"), "xlsx"), (_("as text (YAML)"), "yaml")]
    links = [
        html.A(words, href=f"/plan/{year}.{form}", download="", className="btn btn-outline-primary")
        for words, form in ways
    ]
    return [html.Div(links, className="export-line")]


def _version(one: PlanVersion, zone: Zone) -> list[Component | str]:
    said = _("version %(n)s, %(items)s items", n=one.version, items=len(one.plan.items))
    told = (
        _("%(version)s: came with the program", version=said)
        if one.at is None
        else _("%(version)s: %(actor)s, %(at)s, %(reason)s", version=said, actor=one.actor,
               at=numbers.instant(one.at, zone), reason=one.reason)
    )  # fmt: skip
    return [
        told,
        " ",
        html.A("YAML", href=f"/plan/{one.plan.year}.yaml" + address.query(version=one.version), download=""),
    ]


def of_item(seen: PlanSeen, reading: Reading) -> Component | None:
    """The way to the form over the item that is looked at."""
    if seen.report is None or seen.asked.item is None or not reading.scope.prepares_schemes:
        return None
    way = ITEM + address.query(year=seen.report.plan.year, item=seen.asked.item)
    return html.P(html.A(_("Change this item"), href=way))
