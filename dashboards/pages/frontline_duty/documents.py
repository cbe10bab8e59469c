"""How the enterprises stand, of how many nobody told, and which of the two lists and two cards lack; each leads to those enterprises."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.part_standings import share_bar
from dashboards.method.frontline import DOCUMENTS, DUTY_STATES
from dashboards.pages.frontline_duty.query import FrontlineSeen
from dashboards.results import frontline_list
from dashboards.results.frontline import EnterpriseDuty
from dashboards.results.names import duty_document, duty_state
from data.language import gettext as _


def counts(duties: list[EnterpriseDuty]) -> Counter[str]:
    """How many stand how, and how many lack which document."""
    return Counter(kind for one in duties for kind in (one.state, *one.lacks))


def table(seen: FrontlineSeen, duties: list[EnterpriseDuty], *, identity: str) -> Component:
    """How the enterprises stand, then the documents that lack; ``duties`` are those of batch, town and sector, however they stand."""
    if not duties:
        return parts.empty(_("No enterprise of this batch is there, so no document can lack."))
    found, every = counts(duties), len(duties)
    states = [one for one in reversed(DUTY_STATES) if found[one] or one != "to_come"]
    body = [
        *(_row(seen, key, duty_state(key), found[key], every) for key in states),
        *(
            _row(seen, key, _("lacks %(document)s", document=duty_document(key)), found[key], every)
            for key in DOCUMENTS
        ),
    ]
    heads = [
        parts.head(_("Enterprises that")),
        parts.head(""),
        parts.head(_("Enterprises"), name="num"),
        parts.head(_("Share"), name="num"),
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table lacking", id=identity)


def _row(seen: FrontlineSeen, kind: str, said: str, number: int, every: int) -> Component:
    share = Fraction(number, every)
    link = choosing(said, seen.asked.link(state=kind, via="documents") + "#enterprises", {"state": kind}, className="kind-link",
                    **parts.attributes(data_via="documents"))  # fmt: skip
    here = "chosen" if seen.asked.state == kind else None
    return html.Tr(
        [
            html.Th(link, scope="row"),
            html.Td(share_bar(share), className="bar-cell"),
            html.Td(numbers.count(number), className="num"),
            html.Td(numbers.percent(share), className="num muted"),
        ],
        className=here,
    )


def of_batch(seen: FrontlineSeen) -> list[EnterpriseDuty]:
    """The enterprises of batch, town and sector, however they stand."""
    narrowing = seen.narrowing
    return frontline_list.of(seen.report, frontline_list.Narrowing(narrowing.batch, narrowing.town, narrowing.sector))
