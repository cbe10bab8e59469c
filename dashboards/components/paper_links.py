"""The committee's papers to one unit or enterprise, as the files that there are, and what it promised: where each is to be had."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboards.components import address
from dashboards.meeting.unit_fields import INTERVIEW
from data.language import gettext as _

FORMS = ("docx", "pdf")
PROMISES = "/promises"


def link(which: str, who: str, period: object, form: str) -> str:
    """The address of a paper."""
    return f"/paper/{which}/{quote(who, safe='')}.{form}" + address.query(period=period)


def files(which: str, who: str, period: object) -> list[Component | str]:
    """A link a form, each with a blank behind it."""
    links = [
        html.A(form.upper(), href=link(which, who, period, form), className="detail published-file") for form in FORMS
    ]
    return [part for one in links for part in (one, " ")]


def promises(who: str, period: object, *, of_enterprise: bool = False) -> str:
    """The address of what a unit promised, by its code, or an enterprise, by its credit code or its whole name."""
    return PROMISES + address.query(**{"enterprise" if of_enterprise else "unit": who}, period=period)


def interview(who: str, period: object, *, of_enterprise: bool = False) -> list[Component | str]:
    """The interview sheet, and what was promised at interviews before."""
    promised = html.A(
        _("What it promised"), href=promises(who, period, of_enterprise=of_enterprise), className="detail"
    )
    return [*files(INTERVIEW, who, period), promised]
