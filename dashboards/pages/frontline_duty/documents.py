"""How the enterprises stand, of how many nobody told, and which of the two lists and two cards lack; each leads to those enterprises."""

from __future__ import annotations

from dataclasses import replace

from dash.development.base_component import Component

from dashboards.components import parts
from dashboards.components.kind_rows import KindRow, kind_table
from dashboards.method.frontline import DOCUMENTS, DUTY_STATES
from dashboards.pages.frontline_duty.query import FrontlineSeen
from dashboards.results import frontline_list
from dashboards.results.frontline import ListedDuties
from dashboards.results.names import duty_document, duty_state
from data.language import gettext as _


def table(seen: FrontlineSeen, duties: ListedDuties, *, identity: str) -> Component:
    """How the enterprises stand, then the documents that lack; ``duties`` are those of batch, town and sector, however they stand."""
    if not len(duties):
        return parts.empty(_("No enterprise of this batch is there, so no document can lack."))
    found, every = frontline_list.counts(duties), len(duties)
    states = [one for one in reversed(DUTY_STATES) if found[one] or one != "to_come"]
    said = [
        *((key, duty_state(key)) for key in states),
        *((key, _("lacks %(document)s", document=duty_document(key))) for key in DOCUMENTS),
    ]
    rows = [
        KindRow(
            key,
            words,
            found[key],
            every,
            seen.asked.link(state=key, via="documents") + "#enterprises",
            seen.asked.state == key,
        )
        for key, words in said
    ]
    return kind_table(rows, that=_("Enterprises that"), things=_("Enterprises"), via="documents", identity=identity)


def of_batch(seen: FrontlineSeen) -> ListedDuties:
    """The enterprises of batch, town and sector, however they stand."""
    return replace(seen.narrowing, kind=None).of(seen.report)
