"""What stands beneath: as of when, from which ledgers, by which scheme, and how the figures are made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import asked_day, numbers
from dashboards.results.disasters import DisastersReport
from data.language import gettext as _


def basis_line(report: DisastersReport) -> Component:
    """Days, ledgers, scheme, version and hash."""
    scheme, asked = report.scheme, report.asked
    named = _(
        "%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version, hash=scheme.sha256[:8]
    )
    facts: list[Component | str] = [html.Span([_("Scheme: "), named], title=scheme.sha256)]
    if report.filed:
        first, last = numbers.period(report.filed[0]), numbers.period(report.filed[-1])
        facts.insert(0, _("Ledgers of %(first)s to %(last)s", first=first, last=last))
    return asked_day.basis(asked.as_of, asked.known_by, *facts)


def explanation(report: DisastersReport, *, identity: str) -> Component:
    """How the figures are made, and what is not computed."""
    said = [
        _("All ledgers on record count, of earlier years too; of one warning or disaster the row told last counts, whole, and of each step "
          "whether it lies before the end of the day."),
        _("Share fed back: warnings that were fed back ÷ warnings given."),
        _("Minutes to the answer: from call to answer, of those that were answered; 90% within: by the nearest rank."),
        _("Answered within %(n)s minutes: ÷ calls, answered or not. The other steps have no limit: how long they took is shown, not judged.",
          n=report.scheme.answer_minutes),
        _("The dead, the missing and people moved are those of disasters; a disaster may have come without a warning."),
        _("Measures: 禁 forbidden, 停 stopped, 撤 moved out of, 疏 led away; a row may name several."),
        _("The goal is broken where someone is responsible for a disaster with %(n)s dead and missing or more; it is judged by the year, "
          "and cannot be told as long as no ledger of the year has come.", n=report.scheme.mass_deaths),
    ]  # fmt: skip
    return html.Details(
        [html.Summary(_("How these figures are made")), html.Ul([html.Li(one) for one in said])], id=identity
    )
