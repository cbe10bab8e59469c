"""Whose rate differs by more than chance? Every unit by how many cases it has, within the limits of a funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers, words
from dashboards.components.drawing import Trace, axis
from dashboards.components.marks import mark
from dashboards.components.named_points import NamedPoint, percent_axis, trace
from dashboards.components.theme import drawn
from dashboards.method.funnel import SMALLEST_GROUP, Funnel
from dashboards.results.cases import measure_behind
from dashboards.results.group_funnel import GroupFunnel, UnitInFunnel
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT = 360, 26, 50, 48, 62
PLOT = HEIGHT - ABOVE - BELOW
STEPS = 60
"""At how many numbers of cases the limits are worked out, at most."""


def figure(*, found: GroupFunnel, chosen: str | None) -> go.Figure:
    """One point a unit, to the right who has more cases; a diamond lies outside the limits."""
    if found.funnel is None:
        return drawing.nothing(message(found))
    most = 1.18 * found.units[0].found.share.of
    return drawing.figure(
        [*_limits(found.funnel, most), trace(_points(found), chosen=chosen, most=most, height=PLOT)],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        annotations=_labels(found.funnel, most),
        xaxis=axis(
            range=[0, most],
            title={"text": _base(found.rate), "standoff": 6, "font": {"size": 13}},
            showgrid=False,
            ticks="outside",
            rangemode="tozero",
            nticks=6,
        ),
        yaxis=percent_axis(),
    )


def _base(rate: str) -> str:
    """What a rate is a share of."""
    bases = {
        "problem_rate": _("Inspections of the month"),
        "penalty_rate": _("Inspections with problems"),
        "closed_loop_rate": words.indicator("due_cases"),
        "rectification_rate": _("Hazards of due cases"),
    }
    return bases[rate]


def _limits(funnel: Funnel, most: float) -> list[Trace]:
    """The pooled rate, and what chance allows beside it, as lines over all numbers of cases."""
    top = max(int(most), 1)
    at = sorted({1, *range(1, top + 1, max(top // STEPS, 1)), top})
    bounds = [funnel.limits(of) for of in at]
    return [
        _line([0, most], [float(100 * funnel.pooled)] * 2, drawn("teal"), "dot"),
        *(
            _line(at, [100 * bound[wide][end] for bound in bounds], drawn("muted"), dash)
            for wide, dash in ((0, "dash"), (1, "solid"))
            for end in (0, 1)
        ),
    ]


def _line(across: Sequence[float], up: Sequence[float], color: str, dash: str) -> Trace:
    line = {"color": color, "width": 1.3, "dash": dash}
    return {"type": "scatter", "x": list(across), "y": list(up), "mode": "lines", "line": line, "hoverinfo": "skip"}


def _points(found: GroupFunnel) -> list[NamedPoint]:
    return [
        NamedPoint(
            code=one.unit.code, name=one.unit.short_name, number=one.found.share.of, rate=one.found.rate,
            odd=one.found.outside, said=said(one, found),
            leads_to=mark(unit=one.unit.code, period=found.month, measure=measure_behind(found.rate)),
        )
        for one in found.units
    ]  # fmt: skip


def _labels(funnel: Funnel, most: float) -> list[dict[str, Any]]:
    """The names of the lines, at their right ends."""
    inner, outer = funnel.limits(max(int(most), 1))
    same = {"showarrow": False, "font": {"size": 12}, "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4}
    whole_group = _("pooled")
    pooled = f"{whole_group}<br>{numbers.percent(funnel.pooled)}"
    return [
        {"text": pooled, "align": "left", "y": float(100 * funnel.pooled), **same},
        *({"text": "99.8%", "y": 100 * end, **same} for end in outer if abs(end - float(funnel.pooled)) > 0.12),
        *(
            {"text": "95%", "y": 100 * end, **same}
            for end, further in zip(inner, outer, strict=True)
            if abs(end - float(funnel.pooled)) > 0.12 and abs(end - further) > 0.06
        ),
    ]


def said(one: UnitInFunnel, found: GroupFunnel) -> str:
    """A unit beside what chance allows of so many cases, as a sentence."""
    low, high = (_share(end) for end in one.found.outer)
    where = _("outside") if one.found.outside else _("within")
    return _(
        "%(unit)s: %(rate)s %(count)s of %(of)s (%(share)s); of so many cases chance alone leads to %(low)s to %(high)s: %(where)s.",
        unit=one.unit.short_name, rate=words.indicator(found.rate), count=numbers.count(one.found.share.count),
        of=numbers.count(one.found.share.of), share=numbers.percent(one.found.rate), low=low, high=high, where=where,
    )  # fmt: skip


def _share(value: float) -> str:
    return f"{100 * value:.0f}%"


def message(found: GroupFunnel, others: Sequence[GroupFunnel] = ()) -> str:
    """Who lies outside the limits; or why that cannot be said."""
    rate = words.indicator(found.rate)
    if found.funnel is None:
        return _("%(rate)s: fewer than %(n)s units of the group have it in %(period)s, too few to say what chance makes of it; "
                 "look at the counts in the table.", rate=rate, n=SMALLEST_GROUP, period=numbers.period(found.month))  # fmt: skip
    parts = [
        _("%(rate)s: beyond chance: %(units)s", rate=rate, units=_named(found.outside)) if found.outside
        else _("%(rate)s: no unit differs from the group by more than chance", rate=rate),
        *([_("to be watched: %(units)s", units=_named(found.noticed))] if found.noticed else []),
        *(_("%(rate)s: %(units)s, too", rate=words.indicator(one.rate), units=_named(one.outside)) for one in others),
    ]  # fmt: skip
    return _("%(said)s.", said=_("; ").join(parts))


def _named(units: Sequence[UnitInFunnel]) -> str:
    return _(", ").join(
        _("%(unit)s (%(count)s of %(of)s)", unit=one.unit.short_name, count=numbers.count(one.found.share.count),
          of=numbers.count(one.found.share.of))
        for one in units
    )  # fmt: skip


def notes(found: GroupFunnel) -> list[str]:
    """How the chart is to be read, what may be concluded, and who is not on it."""
    if found.funnel is None:
        return []
    rest = _(", ").join(unit.short_name for unit in found.others)
    return [
        _("Between the lines a unit differs from the group's pooled rate by no more than chance, which is neither to be praised "
          "nor blamed; outside them ask why: the chart does not say whether it is work, mix of cases or reporting."),
        *([_("Units differ among each other by more than chance explains (overdispersion): the limits are %(times)s times as wide.",
             times=f"{found.funnel.widened:.2f}")] if found.funnel.overdispersed else []),
        *([_("Not drawn, without the rate: %(units)s.", units=rest)] if rest else []),
    ]  # fmt: skip
