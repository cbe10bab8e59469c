"""The drafts that wait to be looked at or adopted."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, scheme_words
from dashboards.components.page_list import SCHEMES
from data.intake.scheme_decisions import Draft
from data.language import gettext as _
from data.zone.zone import Zone


def draft_list(drafts: Sequence[Draft], chosen: Draft | None, zone: Zone, *, identity: str) -> Component:
    """One line a draft, the latest first, with the ways to its effect, to the form over it and to its YAML."""
    if not drafts:
        return parts.empty(
            _(
                "No draft is kept. A draft changes no figure; it is shown what it would have done before anybody adopts it."
            )
        )
    return html.Ul([_line(one, chosen, zone) for one in drafts], className="scheme-drafts", id=identity)


def _line(one: Draft, chosen: Draft | None, zone: Zone) -> Component:
    name = one.scheme.name
    here = chosen is not None and chosen.number == one.number
    said = _("%(title)s, version %(version)s, from %(begin)s on", title=one.scheme.title, version=one.scheme.version,
             begin=scheme_words.begins(one.scheme))  # fmt: skip
    kept = _("%(actor)s, %(moment)s", actor=one.actor, moment=numbers.instant(one.at, zone))
    look = SCHEMES.path + address.query(scheme=name, draft=one.number) + "#draft"
    ways = [
        dcc.Link(_("See its effect"), href=look),
        html.A(_("Go on with it"), href="/schemes/form" + address.query(scheme=name, draft=one.number)),
        html.A("YAML", href=f"/schemes/text/draft/{one.number}", download=""),
    ]
    return html.Li([html.B(said), html.Small(kept), *ways], className="chosen" if here else None)
