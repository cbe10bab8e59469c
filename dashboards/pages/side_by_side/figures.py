"""Side by side, drawings only: from no difference to the difference of two scores, a bar for each thing that makes it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.horizontal_bars import WITH_WORDS, laid
from dashboards.components.marks import mark
from dashboards.method.steps import ZERO
from dashboards.pages.side_by_side.message import cause_name
from dashboards.pages.side_by_side.words import called
from dashboards.results.cases import measure_behind
from dashboards.results.side_by_side import Cause, SideBySide
from data.language import gettext as _

LEAST_SPAN = 2
"""Points that the axis spans at least: a difference of a tenth is not drawn as a cliff."""
ROOM, EDGE = 0.6, 0.1
"""Of the span, where words stand behind bars, on a phone too; of that room, where none do."""


def drawn_causes(both: SideBySide) -> list[Cause]:
    """The causes that differ, the largest first."""
    return sorted((one for one in both.causes if one.amount), key=lambda one: -abs(one.amount))


def difference_bars(both: SideBySide) -> go.Figure:
    """A waterfall from 0 to the difference; without one a sentence that says why."""
    shown, difference = drawn_causes(both), both.difference
    if difference is None:
        return drawing.nothing(
            _("Without two scores by the same rule there is no difference to take apart: see the figures in the table.")
        )
    if not shown:
        return drawing.nothing(_("No difference: every indicator has the same points on both sides."))
    bars = {
        "type": "waterfall",
        "y": list(range(len(shown) + 1)),
        "x": [*(float(one.amount) for one in shown), float(difference)],
        "measure": [*("relative" for _one in shown), "total"],
        "customdata": [*(mark(measure=measure_behind(one.key)) for one in shown), {}],
        "text": [*(f" {numbers.signed(one.amount)} " for one in shown), f" <b>{numbers.signed(difference)}</b> "],
        "hovertext": [*(plain(said(one, both)) for one in shown), plain(_together(both))],
        **WITH_WORDS,
    }
    together = _("Left less right")
    labels = [*(f"{plain(_short(one))} " for one in shown), f"<b>{together}</b> "]
    ends = list(_reach(shown, difference))
    axis = {"range": ends, "zeroline": True, "zerolinewidth": 2, "showgrid": False, "ticks": "outside"}
    return laid([bars], labels, xaxis=axis)


def _short(one: Cause) -> str:
    """A cause where there is little room; which indicators it is stands beneath."""
    return _("Scored on one side") if one.uneven else cause_name(one)


def _reach(shown: Sequence[Cause], difference: Decimal) -> tuple[float, float]:
    """From where to where the axis goes: behind the end of every bar there is room for its words."""
    ends = [ZERO]
    for one in shown:
        ends.append(ends[-1] + one.amount)
    low, high = float(min(ends)), float(max(ends))
    room = ROOM * max(high - low, LEAST_SPAN)
    amounts = [difference, *(one.amount for one in shown)]
    left = room if any(amount < 0 for amount in amounts) else EDGE * room
    right = room if any(amount >= 0 for amount in amounts) else EDGE * room
    return low - left, high + right


def said(one: Cause, both: SideBySide) -> str:
    """A cause as a sentence, with the points of both sides where it is a step of either."""
    told = {"step": cause_name(one), "points": numbers.signed(one.amount)}
    if one.uneven:
        return _("%(step)s: %(points)s points.", **told)
    left, right = (side.steps.get(one.key, ZERO) for side in (both.left, both.right))
    return _("%(step)s: %(left)s %(a)s points, %(right)s %(b)s points, a difference of %(points)s points.", **told,
             left=called(both.left, both), a=numbers.points(left), right=called(both.right, both),
             b=numbers.points(right))  # fmt: skip


def _together(both: SideBySide) -> str:
    return _("Together: %(left)s %(a)s points, %(right)s %(b)s points, a difference of %(points)s points.",
             left=called(both.left, both), a=numbers.points(both.left.score), right=called(both.right, both),
             b=numbers.points(both.right.score), points=numbers.signed(both.difference or ZERO))  # fmt: skip


def answer(both: SideBySide) -> str:
    """What the picture says, as a sentence."""
    amounts = [one.amount for one in both.causes]
    up, down = sum((one for one in amounts if one > 0), ZERO), -sum((one for one in amounts if one < 0), ZERO)
    told = {"left": called(both.left, both), "right": called(both.right, both)}
    if not down:
        return _("%(left)s gains %(up)s points over %(right)s and loses none.", up=numbers.points(up), **told)
    if not up:
        return _("%(left)s loses %(down)s points to %(right)s and gains none.", down=numbers.points(down), **told)
    return _("%(left)s gains %(up)s points over %(right)s and loses %(down)s: together %(points)s.", **told,
             up=numbers.points(up), down=numbers.points(down), points=numbers.signed(up - down))  # fmt: skip


def alike(both: SideBySide) -> list[str]:
    """What has the same points on both sides and is not drawn."""
    same = [cause_name(one) for one in both.causes if not one.amount]
    return (
        [_("The same points on both sides: %(indicators)s.", indicators=_(", ").join(same))]
        if same and drawn_causes(both)
        else []
    )
