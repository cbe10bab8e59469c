"""The steps from receipt to the reward that is paid, of one type: how many cases came so far; each leads to them for who reads cases."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components.kind_rows import KindRow, kind_table
from dashboards.pages.tipoffs.chosen import kind_said
from dashboards.pages.tipoffs.query import TipoffsSeen
from dashboards.results.tipoff_list import STEPS
from data.language import gettext as _


def table(seen: TipoffsSeen, *, identity: str) -> Component:
    """One step a line, as shares of what was received."""
    one, asked = seen.report.types[seen.type], seen.asked
    reads = seen.report.cases is not None
    received = KindRow("received", _("Cases received"), one.received, one.received, None, chosen=False)
    rows = [
        KindRow(
            step,
            kind_said(step),
            getattr(one, step),
            one.received,
            asked.link(state=step, type=seen.type, via="steps") + "#cases" if reads else None,
            chosen=asked.state == step and asked.type == seen.type,
            also={"type": seen.type},
        )
        for step in STEPS
    ]
    return kind_table([received, *rows], that=_("Step"), things=_("Cases"), via="steps", identity=identity)
