"""One enterprise, whole: a function of its address, ``?q=`` a part of a name or a code, ``?code=`` the enterprise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import dash_bootstrap_components as dbc
import scipy.special  # type: ignore[import-untyped]  # noqa: F401  # what an interval of a profile takes, loaded before anybody waits for it
from dash import html
from dash.development.base_component import Component

from dashboards.components import address, numbers, paper_links, parts
from dashboards.components.asked import levels, part
from dashboards.components.exports import offer
from dashboards.components.grid import export_links
from dashboards.components.page_list import ENTERPRISE, register_page
from dashboards.pages.enterprise import (
    accidents,
    duty,
    export,
    figures_of_it,
    found_list,
    hazards_of_it,
    inspections,
    listings,
    message,
)
from dashboards.pages.enterprise.query import LONGEST_ASKED, EnterpriseSeen, look
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.reading import Reading
from dashboards.web.following import follows, page_of
from dashboards.web.sent import Query
from data.language import gettext as _
from data.zone.periods import Quarter

SEARCH, FOUND, MESSAGE, FIGURES, PAPERS, LISTINGS, NAMES, UNITS, INSPECTIONS, DECISIONS, DUTY, ACCIDENTS, HAZARDS = (
    f"enterprise-{part}"
    for part in (
        "search",
        "found",
        "message",
        "figures",
        "papers",
        "listings",
        "names",
        "units",
        "inspections",
        "decisions",
        "duty",
        "accidents",
        "hazards",
    )
)
TOP, OF_SEARCH, OF_ENTERPRISE = (f"enterprise-{part}-part" for part in ("top", "search", "profile"))
LEVELS = (("q",), ("code",))


register_page(ENTERPRISE, __name__)


@page_of(ENTERPRISE, LEVELS)
def layout(query: Query, reading: Reading) -> Component:
    """Look once, then draw everything from it."""
    seen = look(query, reading)
    return html.Div(
        [
            levels(ENTERPRISE, *LEVELS),
            part(TOP, _top(seen)),
            part(OF_SEARCH, *_of_search(seen, reading)),
            part(OF_ENTERPRISE, *_of_enterprise(seen, reading)),
        ],
        className="page",
    )


@follows(ENTERPRISE, 0, TOP)
def of_another_search(query: Query, reading: Reading) -> Sequence[Any]:
    """The field in which somebody seeks."""
    return (_top(look(query, reading)),)


@follows(ENTERPRISE, 1, OF_SEARCH, OF_ENTERPRISE)
def of_another_enterprise(query: Query, reading: Reading) -> Sequence[Any]:
    """What was found, and the profile."""
    seen = look(query, reading)
    return _of_search(seen, reading), _of_enterprise(seen, reading)


def _top(seen: EnterpriseSeen) -> Component:
    words = _("Part of a name or of a credit code")
    field = dbc.Input(
        id=SEARCH, type="search", value=seen.asked.q or "", placeholder=words, maxLength=LONGEST_ASKED, autoComplete="off",
        debounce=True,
    )  # fmt: skip
    search = html.Label(
        [html.Span(_("Find an enterprise")), field], className="enterprise-search", **parts.choice("q", "code")
    )
    return html.Div([html.H1(ENTERPRISE.title), search], className="page-top")


def _of_search(seen: EnterpriseSeen, reading: Reading) -> list[Component]:
    found = seen.found
    if seen.asked.q is None:
        return []
    if not found.found:
        return [parts.empty(found_list.said(found))]
    shown = None if seen.profile is None else seen.profile.identity
    own = reading.zone.unit_by_code.get(reading.scope.unit or "")
    listed = found_list.results(found, seen.asked, shown, reading.zone, own, identity=FOUND)
    return [
        parts.card(
            _("What was found"), html.P(found_list.said(found), className="note before-table", role="status"), listed
        )
    ]


def _of_enterprise(seen: EnterpriseSeen, reading: Reading) -> list[Component]:
    profile = seen.profile
    if profile is not None:
        return [
            _head(profile),
            parts.key_message(message.main_message(profile), tone="first", id=MESSAGE),
            *_own_only(profile),
            *([] if (differing := listings.differing(profile)) is None else [differing]),
            parts.card(_("At a glance"), figures_of_it.tiles(profile, identity=FIGURES), *_papers(profile, reading)),
            *_sections(profile),
            parts.card(None, _basis(profile)),
        ]
    if seen.asked.code is not None:
        return [parts.key_message(message.unknown(seen.asked.code), tone="warn")]
    if seen.asked.q is None:
        return [parts.empty(_("Write a part of an enterprise's name, or of its credit code, above: its inspections by every unit, "
                              "its documents, accidents and penalties come together here."))]  # fmt: skip
    return []


def _papers(profile: EnterpriseProfile, reading: Reading) -> list[Component]:
    """To whoever calls in: the interview sheet of the quarter of the month that ended last, and what was promised before."""
    if not reading.scope.calls_in:
        return []
    quarter = Quarter.of(reading.present_month.plus(-1))
    sheet = paper_links.interview(profile.identity, quarter, of_enterprise=True)
    named = _("Interview sheet, %(period)s: ", period=numbers.period(quarter))
    return [html.P([named, *sheet], className="note by-hand", id=PAPERS)]


def _head(profile: EnterpriseProfile) -> Component:
    entry, zone = profile.entry, profile.zone
    facts = [profile.credit_code or _("without a credit code")]
    if entry is not None:
        department = (
            []
            if entry.department is None
            else [_("supervised by %(unit)s", unit=zone.unit_by_code[entry.department].short_name)]
        )
        facts += [zone.unit_by_code[entry.territory].short_name, zone.sectors[entry.sector], entry.size, *department]
    risky = parts.tag(_("high risk"), "warn", symbol="▲") if entry is not None and entry.high_risk else None
    return html.Div(
        [
            html.H2([profile.name, " ", found_list.standing_tag(profile.standing, profile.own_unit), " ", risky]),
            html.P(" · ".join(facts), className="note"),
        ],
        className="enterprise-head",
    )  # fmt: skip


def _own_only(profile: EnterpriseProfile) -> list[Component]:
    own = profile.own_unit
    if own is None:
        return []
    return [
        parts.empty(
            _(
                "You see what %(unit)s itself told of it: other units' lists, inspections and ledgers are not shown.",
                unit=own.name,
            )
        )
    ]


def _sections(profile: EnterpriseProfile) -> list[Component]:
    """What is told of the enterprise, subject by subject."""
    return [
        parts.card(_("Register: how lists have it"), _framed(listings.table(profile, identity=LISTINGS))),
        _inspections(profile),
        html.Div(
            [
                parts.card(
                    _("Penalty decisions and fines"), _framed(inspections.decisions(profile, identity=DECISIONS))
                ),
                parts.card(_("Accidents of the enterprise"), _framed(accidents.table(profile, identity=ACCIDENTS))),
            ],
            className="two-columns",
        ),
        parts.card(_("Hazards in the ledgers of hazards"), _framed(hazards_of_it.table(profile, identity=HAZARDS))),
        parts.card(_("Front-line duty, month by month"), _framed(duty.table(profile, identity=DUTY))),
        parts.card(_("Names under which ledgers know it"), listings.names(profile, identity=NAMES)),
    ]


def _framed(content: Component) -> Component:
    return html.Div(content, className="table-frame")


def _inspections(profile: EnterpriseProfile) -> Component:
    heading = (
        _("Inspections by every unit")
        if profile.own_unit is None
        else _("Inspections by %(unit)s", unit=profile.own_unit.short_name)
    )
    if not profile.inspections:
        return parts.card(heading, parts.empty(_("No ledger that counts has an inspection of it.")))
    latest = [
        html.P(_("The latest %(n)s of %(all)s; the export has all.", n=inspections.MOST_SHOWN,
                 all=numbers.count(len(profile.inspections))), className="note before-table")
    ] if len(profile.inspections) > inspections.MOST_SHOWN else []  # fmt: skip
    files = html.Div(export_links(export.INSPECTIONS, address.query(code=profile.identity)), className="export-line")
    return parts.card(
        heading,
        _framed(inspections.by_unit(profile, identity=UNITS)),
        html.H3(_("One by one")),
        *latest,
        _framed(inspections.table(profile, identity=INSPECTIONS)),
        files,
        id="inspections",
    )


def _basis(profile: EnterpriseProfile) -> Component:
    rules = profile.closure.scheme.near_closure
    facts = [
        _("As of %(day)s, as known on that day; shown, never scored.", day=numbers.spoken_day(profile.as_of)),
        _("Near closure: penalised with a major hazard %(half)s times in %(days)s days or %(year)s times in a year "
          "(Work Safety Law, article 113); days are those of inspection.", half=rules.within_half_year,
          days=rules.half_year_days, year=rules.within_year),
        _("Inspections without a credit code are shown where their name is this enterprise's alone, and count in no figure of "
          "the register."),
    ]  # fmt: skip
    return html.P([html.Span(fact) for fact in facts], className="basis-line")


offer(export.INSPECTIONS, export.inspections)
