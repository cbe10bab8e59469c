"""Schemes, the page: what holds for everybody to read; drafts and their effect for the office and the administrator."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import address, parts, scheme_words
from dashboards.components.friendly import friendly
from dashboards.components.page_list import SCHEMES, register_page
from dashboards.pages.schemes.adopting import adoption
from dashboards.pages.schemes.drafts import draft_list
from dashboards.pages.schemes.effect import effect
from dashboards.pages.schemes.effect_today import effect_today
from dashboards.pages.schemes.values import change_list, value_table
from dashboards.pages.schemes.versions import version_table
from dashboards.results import scheme_effect, scheme_effect_today, schemes
from dashboards.results.reading import Reading
from dashboards.results.schemes import DraftLooked, Versions
from dashboards.web.context import current
from data.intake.scheme_decisions import NAMES, OF_A_DAY
from data.language import gettext as _
from data.zone.periods import Period, parse_period

MESSAGE, TABS, VALUES, DRAFTS, CHANGES, PERIOD, EFFECT, ADOPT, VERSIONS = (
    f"schemes-{part}"
    for part in ("message", "tabs", "values", "drafts", "changes", "period", "effect", "adopt", "versions")
)

register_page(SCHEMES, __name__)


@friendly
def layout(**query: Any) -> Component:
    """The versions of one scheme; a draft beside what holds, where one is looked at."""
    with current().reading() as reading:
        return _page(query, reading)


def _page(query: dict[str, Any], reading: Reading) -> Component:
    asked = address.text(query.get("scheme"))
    name = asked if asked in NAMES else NAMES[0]
    found = schemes.fetch(reading, name)
    number = address.number(query.get("draft"))
    looked = None if number is None else schemes.draft(reading, number)
    if looked is not None and looked.draft.scheme.name != name:
        looked = None
    return html.Div(
        [
            html.Div(html.H1(SCHEMES.title), className="page-top"),
            parts.key_message(_message(reading), tone="first", id=MESSAGE),
            parts.tabs([(scheme_words.scheme(one), SCHEMES.path + address.query(scheme=one), one == name) for one in NAMES],
                       label=_("Schemes"), identity=TABS),
            *(_for_who_prepares(found, looked, query, reading) if reading.scope.prepares_schemes else []),
            parts.card(_holds(found), value_table(found.present, identity=VALUES), id="present"),
            parts.card(_("All versions"), version_table(found, reading.zone, identity=VERSIONS), id="versions"),
        ],
        className="page schemes",
    )  # fmt: skip


def _message(reading: Reading) -> str:
    said = [
        _("%(what)s, version %(version)s", what=scheme_words.scheme(name), version=one.version)
        for name, one in schemes.present(reading).items()
    ]
    return _("In force today: %(schemes)s.", schemes=_("; ").join(said))


def _holds(found: Versions) -> str:
    one = found.present
    return _("In force: %(title)s, version %(version)s, from %(begin)s on", title=one.title, version=one.version,
             begin=scheme_words.begins(one))  # fmt: skip


def _for_who_prepares(
    found: Versions, looked: DraftLooked | None, query: dict[str, Any], reading: Reading
) -> list[Component]:
    way = "/schemes/form" + address.query(scheme=found.name)
    begin = html.A(_("Draft a new version"), href=way, className="btn btn-primary")
    listed = draft_list(found.drafts, looked.draft if looked else None, reading.zone, identity=DRAFTS)
    begun = [parts.card(_("Drafts"), html.P(begin, className="scheme-acts"), listed, id="drafts")]
    if looked is None:
        return begun
    return [*begun, _draft_card(looked, query, reading)]


def _draft_card(looked: DraftLooked, query: dict[str, Any], reading: Reading) -> Component:
    one = looked.draft.scheme
    heading = _("Draft: %(title)s, version %(version)s, from %(begin)s on", title=one.title, version=one.version,
                begin=scheme_words.begins(one))  # fmt: skip
    against = _("Against %(title)s, version %(version)s, which it would follow:", title=looked.before.title,
                version=looked.before.version)  # fmt: skip
    return parts.card(
        heading,
        html.P(against, className="note before-table"),
        change_list(looked.changes, id=CHANGES),
        *_effect(looked, query, reading),
        adoption(looked, reading.scope, identity=ADOPT),
        id="draft",
    )


def _effect(looked: DraftLooked, query: dict[str, Any], reading: Reading) -> list[Component]:
    one = looked.draft.scheme
    if one.name in OF_A_DAY:
        heading = html.H3(_("What it would change today"))
        return [heading, *effect_today(scheme_effect_today.fetch(reading, one), identity=EFFECT)]
    known = scheme_effect.periods(reading, one.name)
    chosen = _asked(address.text(query.get("period")), known) or scheme_effect.usual(reading, one.name)
    heading = html.H3(_("What it would have done"))
    if chosen is None:
        return [
            heading,
            parts.empty(_("Nothing is known of any past period yet: the effect is shown once workbooks are there.")),
        ]
    return [heading, *effect(scheme_effect.fetch(reading, one, chosen), known, period=PERIOD, identity=EFFECT)]


def _asked(told: str | None, known: list[Period]) -> Period | None:
    try:
        period = None if told is None else parse_period(told)
    except ValueError:
        return None
    return period if period in known else None
