"""The year's curve with the choice of whose it is, and in words what it cannot show."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import chart, numbers, parts
from dashboards.pages.casualty_targets import figures, message, phrases
from dashboards.pages.casualty_targets.accident_list import leading
from dashboards.pages.casualty_targets.query import CasualtiesQuery
from dashboards.pages.casualty_targets.scope_view import ScopeView, narrowed
from dashboards.results.casualties import Casualties
from data.language import gettext as _

ZONE = "zone"
"""The choice of neither unit nor sector; a browser shows no empty choice."""


def card(result: Casualties, asked: CasualtiesQuery, *, scope: str, chart_identity: str) -> Component:
    """The chart of the zone, of one unit or of one sector."""
    whose = asked.unit if result.own_unit is None else result.own_unit.code
    shown = narrowed(result, whose, asked.sector)
    drawn = figures.deaths_of_the_year(shown=shown, as_of=result.as_of)
    says = _("Deaths of the year day by day, against cap, pace, last year and forecast")
    return parts.card(
        _("Deaths in the year, added up (persons): %(name)s", name=shown.name or _("the whole zone")),
        None
        if result.own_unit is not None
        else parts.chooser(scope, _("Curve of"), _choices(result), _chosen(asked), chooses="unit sector"),
        chart.graph(chart_identity, drawn, says=says, message=figures.reached(shown), via="curve"),
        _steps(shown, asked),
        *(html.P(words, className="note") for words in _remarks(result, shown)),
        name="curve-card",
        id="curve",
    )


def _steps(shown: ScopeView, asked: CasualtiesQuery) -> Component | None:
    """The accidents behind the steps as links, for keyboard and finger; none where nobody died."""
    if not shown.steps:
        return None
    links = [
        leading(
            _("%(day)s, %(n)s", day=numbers.day_of_year(one.happened_on), n=phrases.persons(one.deaths)),
            one, lambda number: asked.link(accident=number), via="curve",
        )
        for one in shown.steps
    ]  # fmt: skip
    said = html.Span(_("The accidents behind the steps:"))
    return html.P([said, *(part for one in links for part in (" ", one))], className="line-steps")


def _choices(result: Casualties) -> list[tuple[str, str]]:
    return [
        (ZONE, _("the whole zone")),
        *((f"unit={one.unit.code}", one.unit.short_name) for one in result.units),
        *((f"sector={one.sector}", _("sector %(name)s", name=one.name)) for one in result.sectors),
    ]


def _chosen(asked: CasualtiesQuery) -> str:
    if asked.unit is not None:
        return f"unit={asked.unit}"
    return ZONE if asked.sector is None else f"sector={asked.sector}"


def _remarks(result: Casualties, shown: ScopeView) -> list[str]:
    ends = _("This year's line ends at the day; the shaded part is the %(share)s forecast interval, the dashed line its "
             "median.", share="80%")  # fmt: skip
    return [
        *([] if message.is_over(result.as_of) else [ends]),
        *([_("No cap, so no line of cap and pace.")] if shown.standing.cap is None else []),
        *([_("Last year's ledgers are incomplete, so its line is left out.")] if shown.before is None else []),
    ]
