"""The key figures of the day, and what became of the findings that are chosen, each leading to them in the list."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import key_figures, numbers, parts
from dashboards.components.key_figures import key_figure
from dashboards.components.kind_rows import KindRow, kind_table
from dashboards.pages.supervision.chosen import kind_said
from dashboards.pages.supervision.query import SupervisionSeen
from dashboards.results import supervision_list
from dashboards.results.supervision import SupervisionReport
from dashboards.results.supervision_list import KINDS_OF_FINDING
from data.language import gettext as _


def tiles(report: SupervisionReport, *, identity: str) -> Component:
    """What was found first, then what became of it."""
    whole = report.whole
    of_due = _("%(done)s of %(of)s due", done=numbers.count(whole.answered_in_time), of=numbers.count(whole.due))
    left = _("%(n)s not crossed off", n=numbers.count(whole.ordered - whole.closed))
    shown = [
        key_figure(_("Findings ordered"), numbers.count(whole.ordered), name="figure-first"),
        key_figure(_("Share of answers in time"), numbers.percent(whole.in_time_rate), of_due),
        key_figure(_("Answers received"), numbers.count(whole.answered)),
        key_figure(
            _("Overdue and unanswered"),
            numbers.count(whole.overdue),
            _longest(report),
            tone="bad" if whole.overdue else "",
        ),
        key_figure(_("Exposed"), numbers.count(whole.exposed)),
        key_figure(_("Findings crossed off"), numbers.count(whole.closed), left),
    ]
    return key_figures.key_figures(shown, identity=identity)


def _longest(report: SupervisionReport) -> str:
    return _("the longest for %(days)s days", days=report.longest.days) if report.longest else ""


def kinds(seen: SupervisionSeen, *, identity: str) -> Component:
    """How the findings of unit and method stand; each kind leads to its findings."""
    found = seen.whole_part.of(seen.report)
    if not len(found):
        return parts.empty(_("No finding fits what is chosen. Let a choice go above."))
    counted, asked = supervision_list.counts(found, seen.report.asked.as_of), seen.asked
    rows = [
        KindRow(
            kind, kind_said(kind), counted[kind], len(found), asked.link(state=kind, via="kinds") + "#findings", asked.state == kind
        )
        for kind in KINDS_OF_FINDING
    ]  # fmt: skip
    return kind_table(rows, that=_("Findings that are"), things=_("Findings ordered"), via="kinds", identity=identity)
