"""Which measure is weakest in every unit? Units × measures as shares of the full mark, with the means at their edges."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn, scale
from dashboards.results.weak_measures import MeasureMark, UnitMarks, WeakMeasures
from data.language import gettext as _
from data.zone.schemes import Measure
from data.zone.zone import Unit

ROW, LETTER, ABOVE, LEFT = 36, 16, 66, 112
"""Pixels: of a measure, of a letter of the units' names, above for their bars, for the measures' names."""
LETTERS = 8
"""So many letters of a measure's name stand on a line."""
BAR = 0.3
"""How much of a cell's width or height the bars at the edges take."""
MAP, EDGE = (0.0, 0.8), (0.84, 1.0)
"""What the map and the means at its right take of the width."""


def figure(*, marks: WeakMeasures) -> go.Figure:
    """The weakest measure on top; a frame is the weakest of a unit, bars at the edges the means."""
    if not marks.units:
        return drawing.nothing(message(marks))
    measures, units = in_order(marks), marks.units
    rows, columns = len(measures), len(units)
    height, under = ROW * rows, LETTER * max(len(one.unit.short_name) for one in units) + 10
    top = height / (height + ABOVE)
    over, beside = [-0.5, columns - 0.5], [rows - 0.5, -0.5]
    named_units = [upright(one.unit.short_name) for one in units]
    named_measures = [_label(one) for one in measures]
    return drawing.figure(
        [_map(marks, measures), _words(marks, measures), _means(marks, measures), _totals(marks)],
        height=height + ABOVE + under + 8,
        margin={"l": LEFT, "r": 8, "t": 8, "b": under},
        shapes=_frames(units, measures),
        xaxis=_edge(domain=MAP, range=over, tickvals=list(range(columns)), ticktext=named_units),
        yaxis=_edge(domain=[0, top], range=beside, tickvals=list(range(rows)), ticktext=named_measures),
        xaxis2=_edge(domain=EDGE, range=[0, 160], anchor="y2", visible=False),
        yaxis2=_edge(domain=[0, top], range=beside, anchor="x2", visible=False),
        xaxis3=_edge(domain=MAP, range=over, anchor="y3", visible=False),
        yaxis3=_edge(domain=[top + 0.02, 1], range=[0, 150], anchor="x3", visible=False),
        annotations=[
            _at_the_edge(_("mean"), x=EDGE[0], y=top, xanchor="left"),
            _at_the_edge(_("all measures"), x=0, y=top + 0.02, xanchor="right", xshift=-6),
        ],
    )  # fmt: skip


def _at_the_edge(words: str, **place: Any) -> dict[str, Any]:
    return {"text": plain(words), "xref": "paper", "yref": "paper", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 12}, **place}  # fmt: skip


def _edge(**look: Any) -> dict[str, Any]:
    return axis(showgrid=False, tickfont={"size": 12}, **look)


def in_order(marks: WeakMeasures) -> list[Measure]:
    """The measures, the weakest mean first."""
    return sorted(marks.measures, key=lambda one: (marks.means.get(one.number, Fraction(1)), one.number))


def upright(name: str) -> str:
    """A name letter under letter, so that narrow columns have room for it."""
    return "<br>".join(plain(letter) for letter in name)


def _label(measure: Measure) -> str:
    name = f"{measure.number} {measure.name}"
    lines = [name[at : at + LETTERS] for at in range(0, len(name), LETTERS)]
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1][:-1]}…"]
    return "<br>".join(plain(line) for line in lines) + " "


def _of(one: UnitMarks, measure: Measure) -> MeasureMark:
    return one.by_number[measure.number]


def _map(marks: WeakMeasures, measures: Sequence[Measure]) -> Trace:
    """The darker, the more is missing to the full mark."""
    return {
        "type": "heatmap",
        "z": [[float(100 * (1 - _of(one, measure).share)) for one in marks.units] for measure in measures],
        "zmin": 0,
        "zmax": 100,
        "colorscale": scale("bad"),
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "hovertext": [[plain(said(one, _of(one, measure))) for one in marks.units] for measure in measures],
        "customdata": [
            [mark(unit=one.unit.code, period=marks.quarter, measure=measure.number) for one in marks.units]
            for measure in measures
        ],
        **SAID,
    }


def _words(marks: WeakMeasures, measures: Sequence[Measure]) -> Trace:
    cells = [
        (at, row, one, _of(one, measure)) for row, measure in enumerate(measures) for at, one in enumerate(marks.units)
    ]
    return {
        "type": "scatter",
        "x": [at for at, _row, _one, _mark in cells],
        "y": [row for _at, row, _one, _mark in cells],
        "text": [_cell(one, of_measure) for _at, _row, one, of_measure in cells],
        "mode": "text",
        "textfont": {"size": 12},
        "hoverinfo": "skip",
    }


def _cell(one: UnitMarks, of_measure: MeasureMark) -> str:
    share = numbers.whole(100 * of_measure.share)
    return f"<b>{share}</b>" if of_measure in one.weakest else share


def _means(marks: WeakMeasures, measures: Sequence[Measure]) -> Trace:
    shares = [marks.means[one.number] for one in measures]
    return {
        **_bars(shares),
        "orientation": "h",
        "x": [float(100 * share) for share in shares],
        "y": list(range(len(measures))),
        "xaxis": "x2",
        "yaxis": "y2",
        "hovertext": [plain(_of_measure(marks, one)) for one in measures],
        "customdata": [mark(period=marks.quarter, measure=one.number) for one in measures],
    }


def _totals(marks: WeakMeasures) -> Trace:
    shares = [one.share for one in marks.units]
    return {
        **_bars(shares),
        "x": list(range(len(marks.units))),
        "y": [float(100 * share) for share in shares],
        "xaxis": "x3",
        "yaxis": "y3",
        "hovertext": [plain(_of_unit(one)) for one in marks.units],
        "customdata": [mark(unit=one.unit.code, period=marks.quarter) for one in marks.units],
    }


def _bars(shares: Sequence[Fraction]) -> Trace:
    """Bars with their percentages behind them."""
    return {
        "type": "bar",
        "marker": {"color": drawn("muted")},
        "width": BAR,
        "opacity": 0.8,
        "text": [numbers.whole(100 * share) for share in shares],
        "textposition": "outside",
        "textfont": {"size": 12},
        "textangle": 0,
        "cliponaxis": False,
        "constraintext": "none",
        **SAID,
    }


def _frames(units: Sequence[UnitMarks], measures: Sequence[Measure]) -> list[dict[str, Any]]:
    """A frame around the weakest measure of each unit."""
    line = {"color": drawn("bad"), "width": 2}
    return [
        {"type": "rect", "x0": at - 0.47, "x1": at + 0.47, "y0": row - 0.45, "y1": row + 0.45, "line": line}
        for at, one in enumerate(units)
        for row, measure in enumerate(measures)
        if _of(one, measure) in one.weakest
    ]


def said(one: UnitMarks, of_measure: MeasureMark) -> str:
    """One mark as a sentence."""
    told = {"unit": one.unit.short_name, "number": of_measure.number, "name": of_measure.name,
            "score": numbers.decimal(of_measure.score), "full": numbers.decimal(of_measure.full),
            "share": numbers.percent(of_measure.share)}  # fmt: skip
    if of_measure in one.weakest:
        return _(
            "%(unit)s, measure %(number)s %(name)s: %(score)s of %(full)s points (%(share)s), its weakest.", **told
        )
    return _("%(unit)s, measure %(number)s %(name)s: %(score)s of %(full)s points (%(share)s).", **told)


def _of_measure(marks: WeakMeasures, one: Measure) -> str:
    return _("Measure %(number)s %(name)s: mean of %(n)s units %(share)s of the full mark.", number=one.number, name=one.name,
             n=len(marks.units), share=numbers.percent(marks.means[one.number]))  # fmt: skip


def _of_unit(one: UnitMarks) -> str:
    score, full = (sum(parts) for parts in zip(*((mark.score, mark.full) for mark in one.marks), strict=True))
    return _("%(unit)s: all measures together %(score)s of %(full)s points (%(share)s).", unit=one.unit.short_name,
             score=numbers.decimal(score), full=numbers.decimal(full), share=numbers.percent(one.share))  # fmt: skip


def message(marks: WeakMeasures) -> str:
    """Which measure is the weakest in most units; or why that cannot be said."""
    period = numbers.period(marks.quarter)
    if not marks.units:
        return _("%(period)s: no unit of the group has marks yet; they appear once self-assessments or the review are accepted.",
                 period=period)  # fmt: skip
    weakest = marks.weakest_in
    if not weakest:
        return _(
            "%(period)s: in every unit with marks all measures have the same share of their full marks.", period=period
        )
    most = max(len(units) for units in weakest.values())
    named = [(one, weakest[one.number]) for one in marks.measures if len(weakest.get(one.number, ())) == most]
    if most == 1 and len(named) > 1:
        return _("%(period)s: every unit is weakest elsewhere: %(named)s.", period=period, named=_("; ").join(
            _("%(measure)s (%(units)s)", measure=_measure(one), units=_names(units)) for one, units in named))  # fmt: skip
    said_of = _("; ").join(_("%(measure)s (%(n)s of %(of)s units: %(units)s)", measure=_measure(one), n=len(units),
                             of=len(marks.units), units=_names(units)) for one, units in named)  # fmt: skip
    return _("%(period)s: weakest most often is %(named)s.", period=period, named=said_of)


def _measure(one: Measure) -> str:
    return _("measure %(number)s %(name)s", number=one.number, name=one.name)


def _names(units: Sequence[Unit]) -> str:
    return _(", ").join(unit.short_name for unit in units)


def facts(marks: WeakMeasures) -> list[str]:
    """The weakest of every unit, in words."""
    return [said(one, weak) for one in marks.units for weak in one.weakest]


def notes(marks: WeakMeasures) -> list[str]:
    """How the map is to be read, and who is not on it."""
    if not marks.units:
        return []
    reading = _("Numbers are percent of the full mark; framed and bold: the weakest of the unit. Bars at the edges: means of the "
                "measures, and of each unit all measures together.")  # fmt: skip
    rest = _names(marks.unmarked)
    return [reading, *([_("Without marks: %(units)s.", units=rest)] if rest else [])]
