"""What a search found: each enterprise a line that leads to its profile."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.asked import choosing
from dashboards.pages.enterprise.query import EnterpriseQuery
from dashboards.results.enterprise_search import MOST_FOUND, EnterprisesFound, FoundEnterprise, Standing
from data.language import gettext as _
from data.zone.zone import Unit, Zone

TONES = {"listed": ("good", "✓"), "former": ("calm", "◷"), "ledgers": ("warn", "?")}


def standing_tag(standing: Standing, own: Unit | None) -> Component:
    """How an enterprise stands in the register; ``own``: to a unit's account, which does not see what others' lists have."""
    if standing == "ledgers" and own is not None:
        return parts.tag(_("in the unit's own ledgers"), "calm", symbol="–")
    names = {"listed": _("in the register"), "former": _("formerly listed"), "ledgers": _("in ledgers alone")}
    tone, symbol = TONES[standing]
    return parts.tag(names[standing], tone, symbol=symbol)


def said(found: EnterprisesFound) -> str:
    """How many were found, or what to try where none was."""
    if not found.found:
        return _(
            "No enterprise that you may see is called “%(asked)s” or has such a code. Try a shorter part of its name; brackets, blanks and width do not matter.",
            asked=found.asked,
        )
    if found.more:
        return _(
            "“%(asked)s” fits more than %(most)s enterprises; here are the %(most)s nearest. Write more of the name.",
            asked=found.asked,
            most=MOST_FOUND,
        )
    return _("“%(asked)s” fits %(n)s enterprises.", asked=found.asked, n=len(found.found))


def results(
    found: EnterprisesFound, asked: EnterpriseQuery, shown: str | None, zone: Zone, own: Unit | None, *, identity: str
) -> Component:
    """The enterprises that were found, best first; ``shown`` is the one whose profile stands below."""
    lines = [_line(one, asked, zone, own, here=one.identity == shown) for one in found.found]
    return html.Ol(lines, className="found-enterprises", id=identity)


def _line(one: FoundEnterprise, asked: EnterpriseQuery, zone: Zone, own: Unit | None, *, here: bool) -> Component:
    name = choosing(one.name, asked.link(code=one.identity), {"code": one.identity}, className="unit-link")
    also = None if one.also is None else html.Small(_("also told of as “%(name)s”", name=one.also))
    where = [
        zone.unit_by_code[one.territory].short_name if one.territory is not None else None,
        zone.sectors[one.sector] if one.sector is not None else None,
    ]
    facts = [one.credit_code or _("without a credit code"), *(each for each in where if each is not None)]
    return html.Li(
        [html.Div([name, " ", standing_tag(one.standing, own), " ", also]), html.Small(" · ".join(facts))],
        className="found here" if here else "found",
    )
