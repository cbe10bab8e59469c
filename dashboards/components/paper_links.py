"""The committee's papers to one unit or enterprise, as the files that there are: where each is taken along."""

from __future__ import annotations

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from dashboards.components import address

FORMS = ("docx", "pdf")


def link(which: str, who: str, period: object, form: str) -> str:
    """The address of a paper."""
    return f"/paper/{which}/{quote(who, safe='')}.{form}" + address.query(period=period)


def files(which: str, who: str, period: object) -> list[Component | str]:
    """A link a form, each with a blank behind it."""
    links = [
        html.A(form.upper(), href=link(which, who, period, form), className="detail published-file") for form in FORMS
    ]
    return [part for one in links for part in (one, " ")]
