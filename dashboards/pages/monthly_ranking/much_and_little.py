"""Who inspects much and finds little? Inspections and problem rate of every unit, with the medians of the group."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import axis
from dashboards.components.marks import mark
from dashboards.components.named_points import HIGHEST, LOWEST, NamedPoint, percent, percent_axis, trace
from dashboards.components.theme import drawn
from dashboards.results.found_rates import FoundRate, FoundRates
from data.indicators.enforcement import PROBLEM_INSPECTIONS
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT = 340, 26, 50, 48, 62
PLOT = HEIGHT - ABOVE - BELOW
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000)


def figure(*, found: FoundRates, chosen: str | None) -> go.Figure:
    """One point a unit: to the right who inspects more, above who finds more; a diamond inspects much and finds little."""
    many, rate = found.median_inspections, found.median_rate
    if many is None or rate is None:
        return drawing.nothing(message(found))
    most = 1.18 * found.units[0].inspections
    return drawing.figure(
        [trace(_points(found), chosen=chosen, most=most, height=PLOT)],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        shapes=_medians(many, rate, most),
        annotations=_median_labels(many, rate),
        xaxis=axis(
            range=[0, most],
            title={"text": _("Inspections of the month"), "standoff": 6, "font": {"size": 13}},
            showgrid=False,
            ticks="outside",
            tick0=0,
            dtick=_step(most),
        ),
        yaxis=percent_axis(),
    )


def _points(found: FoundRates) -> list[NamedPoint]:
    odd = {one.unit.code for one in found.much_and_little}
    return [
        NamedPoint(
            code=one.unit.code, name=one.unit.short_name, number=one.inspections, rate=one.rate,
            odd=one.unit.code in odd, said=said(one, found),
            leads_to=mark(unit=one.unit.code, period=found.month, measure=PROBLEM_INSPECTIONS.key),
        )
        for one in found.units
    ]  # fmt: skip


def _step(most: float) -> int:
    """Whole inspections, and not more than about six ticks."""
    return next((step for step in STEPS if most <= 6 * step), STEPS[-1])


def _medians(many: Fraction, rate: Fraction, most: float) -> list[dict[str, Any]]:
    line = {"color": drawn("teal"), "width": 1.5, "dash": "dot"}
    return [
        {"type": "line", "x0": float(many), "x1": float(many), "y0": LOWEST, "y1": HIGHEST, "line": line, "layer": "below"},
        {"type": "line", "x0": 0, "x1": most, "y0": percent(rate), "y1": percent(rate), "line": line, "layer": "below"},
        {"type": "rect", "x0": float(many), "x1": most, "y0": LOWEST, "y1": percent(rate), "line": {"width": 0},
         "fillcolor": drawn("accent-soft"), "opacity": 0.35, "layer": "below"},
    ]  # fmt: skip


def _median_labels(many: Fraction, rate: Fraction) -> list[dict[str, Any]]:
    """The medians where nothing else stands: above the chart and at its right."""
    same = {"showarrow": False, "font": {"size": 12}}
    middle = _("median %(n)s", n=median_words(many))
    beside = f"{_('median')}<br>{numbers.percent(rate)}"
    return [
        {"text": plain(middle), "x": float(many), "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", **same},
        {"text": beside, "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "align": "left", "y": percent(rate), **same},
    ]  # fmt: skip


def median_words(many: Fraction) -> str:
    """A median of counts: 18 or 18.5."""
    return f"{many.numerator:,}" if many.denominator == 1 else f"{float(many):,.1f}"


def said(one: FoundRate, found: FoundRates) -> str:
    """A unit beside the middle of its group, as a sentence."""
    return _(
        "%(unit)s: %(inspections)s inspections, %(problems)s of them found problems (%(rate)s); medians of the group: "
        "%(many)s inspections, %(middle)s.",
        unit=one.unit.short_name, inspections=numbers.count(one.inspections), problems=numbers.count(one.problem_inspections),
        rate=numbers.percent(one.rate), many=median_words(found.median_inspections or Fraction(0)),
        middle=numbers.percent(found.median_rate),
    )  # fmt: skip


def message(found: FoundRates) -> str:
    """Who inspects more than the middle and finds less; or why that cannot be said."""
    period = numbers.period(found.month)
    if not found.units:
        return _("%(period)s: no inspection of the group is on record, so there is nothing to compare; it appears once "
                 "ledgers are accepted.", period=period)  # fmt: skip
    if len(found.units) == 1:
        (one,) = found.units
        return _("Only %(unit)s inspected in %(period)s (%(inspections)s inspections, %(problems)s found problems), so there is "
                 "nobody to compare it with.", unit=one.unit.short_name, period=period,
                 inspections=numbers.count(one.inspections), problems=numbers.count(one.problem_inspections))  # fmt: skip
    odd = found.much_and_little
    if not odd:
        return _("No unit both inspects more than the median and finds less than it.")
    named = _("; ").join(
        _("%(unit)s (%(inspections)s inspections, %(problems)s found problems, %(rate)s)", unit=one.unit.short_name,
          inspections=numbers.count(one.inspections), problems=numbers.count(one.problem_inspections), rate=numbers.percent(one.rate))
        for one in odd
    )  # fmt: skip
    return _("Inspects more than the median and finds less than it: %(named)s.", named=named)


def notes(found: FoundRates) -> list[str]:
    """How the chart is to be read, and who is not on it."""
    if not found.units:
        return []
    reading = _(
        "Lower right: inspects much, finds little. Whether that is good order or careless looking, the cases tell."
    )
    rest = _(", ").join(unit.short_name for unit in found.others)
    return [reading, *([_("Not drawn, without an inspection on record: %(units)s.", units=rest)] if rest else [])]
