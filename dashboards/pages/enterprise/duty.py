"""The four documents of front-line duty, month by month as ledgers told of them."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.method.frontline import DOCUMENTS
from dashboards.results.enterprise_profile import DutyOfMonth, EnterpriseProfile
from data.language import gettext as _


def documents() -> dict[str, str]:
    """The two lists and two cards."""
    return {
        "risk_list": _("list of risks of posts"),
        "duty_list": _("list of duties of posts"),
        "operation_card": _("operation card of posts"),
        "response_card": _("emergency card of posts"),
    }


def table(profile: EnterpriseProfile, *, identity: str) -> Component:
    """A row a month and unit; a sentence where nobody told."""
    if not profile.duty:
        own = profile.own_unit
        if own is not None:
            return parts.empty(_("%(unit)s told nothing of its documents.", unit=own.short_name))
        return parts.empty(_("No ledger of front-line duty tells of it: it counts as not complete."))
    heads = [
        parts.head(_("Month"), _("Unit")),
        *(parts.head(name) for name in documents().values()),
        parts.head(_("Complete since")),
        parts.head(_("State")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one) for one in profile.duty]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases duty-months", id=identity
    )


def _row(one: DutyOfMonth) -> Component:
    return html.Tr(
        [
            parts.cell(_("Month"), html.Div(numbers.period(one.period)), html.Small(one.unit.short_name)),
            *(parts.cell(name, _has(has=getattr(one.told, key))) for key, name in documents().items()),
            parts.cell(_("Complete since"), numbers.day(one.told.completed_on), name="day"),
            parts.cell(_("State"), parts.tag(_("counts today"), "good", symbol="✓") if one.counts else numbers.NONE),
            parts.cell(
                _("Where it stands"), told_source.in_list(one.place, one.place.cell(*_to_look_at(one))), name="sources"
            ),
        ]
    )


def _has(*, has: bool) -> Component:
    return parts.tag(_("there"), "good", symbol="✓") if has else parts.tag(_("lacks (document)"), "bad", symbol="✗")


def _to_look_at(one: DutyOfMonth) -> list[str]:
    """The first document that lacks, else the day, else the name."""
    return [*(key for key in DOCUMENTS if not getattr(one.told, key)), "completed_on", "enterprise"]
