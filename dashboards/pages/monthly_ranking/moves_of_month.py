"""What moved since last month? Every unit's score then and now, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.labels import Label, apart
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.results.places import Move, PlacesOfYear, moves
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT, LINE = 340, 18, 34, 58, 168, 18
PLOT = HEIGHT - ABOVE - BELOW
LEAST_SPAN = Decimal(10)
"""Points that the axis spans at least: a difference of a tenth is not drawn as a cliff."""


def figure(*, year: PlacesOfYear, chosen: str | None) -> go.Figure:
    """Two columns of scores, the month before and the month; up is better."""
    moved = moves(year)
    if not moved:
        return drawing.nothing(message(year))
    scores = [one.score or Decimal(0) for move in moved for one in (move.before, move.now)]
    middle = (min(scores) + max(scores)) / 2
    reach = max(max(scores) - min(scores), LEAST_SPAN) / 2 * Decimal("1.08")
    low, high = float(middle - reach), float(middle + reach)
    in_front_last = sorted(moved, key=lambda one: one.unit.code == chosen)
    months = (moved[0].before.month, moved[0].now.month)
    return drawing.figure(
        [_line(one, front=one.unit.code == chosen) for one in in_front_last],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        annotations=[*_labels(moved, chosen, low, high, left=True), *_labels(moved, chosen, low, high, left=False)],
        xaxis=axis(range=[-0.06, 1.06], tickvals=[0, 1], ticktext=[numbers.month(one.month) for one in months]),
        yaxis=axis(range=[low, high], visible=False),
    )


def _line(one: Move, *, front: bool) -> Trace:
    color = drawn("accent") if front else drawn("muted")
    return {
        "type": "scatter",
        "x": [0, 1],
        "y": [float(place.score or 0) for place in (one.before, one.now)],
        "mode": "lines+markers",
        "line": {"color": color, "width": 4 if front else 1.8},
        "marker": {"color": color, "size": 11 if front else 8},
        "cliponaxis": False,
        "hovertext": [plain(said(one))] * 2,
        "customdata": [mark(unit=one.unit.code, period=place.month) for place in (one.before, one.now)],
        **SAID,
    }


def said(one: Move) -> str:
    """How a unit moved, as a sentence."""
    return _(
        "%(unit)s: %(before)s points in %(then)s, %(now)s points in %(month)s, a change of %(points)s points.",
        unit=one.unit.short_name, before=numbers.points(one.before.score), then=numbers.period(one.before.month),
        now=numbers.points(one.now.score), month=numbers.period(one.now.month), points=numbers.signed(one.points),
    )  # fmt: skip


def _labels(moved: Sequence[Move], chosen: str | None, low: float, high: float, *, left: bool) -> list[dict[str, Any]]:
    labels = [
        Label(_label(one, left=left, bold=one.unit.code == chosen), PLOT * (_score(one, left=left) - low) / (high - low), LINE)
        for one in moved
    ]  # fmt: skip
    side = {"x": 0, "xanchor": "right", "xshift": -8} if left else {"x": 1, "xanchor": "left", "xshift": 8}
    return [
        {"text": label.text, "showarrow": False, "align": side["xanchor"], "font": {"size": 13}, "xref": "x",
         "yref": "paper", "y": 0, "yanchor": "middle", "yshift": middle, **side}
        for label, middle in zip(labels, apart(labels, top=PLOT), strict=True)
    ]  # fmt: skip


def _score(one: Move, *, left: bool) -> float:
    return float((one.before if left else one.now).score or 0)


def _label(one: Move, *, left: bool, bold: bool) -> str:
    if left:
        text = numbers.points(one.before.score)
    else:
        text = f"{numbers.points(one.now.score)} {plain(one.unit.short_name)} {numbers.signed(one.points)}"
    return f"<b>{text}</b>" if bold else text


def message(year: PlacesOfYear) -> str:
    """Who gained and who lost most; or why two months cannot be compared."""
    if len(year.months) < 2:
        return _(
            "There is no month before this one on record, so nothing can have moved yet; once two months have ledgers it stands here."
        )
    before, now = (numbers.period(month) for month in year.months[-2:])
    if year.rule_changed:
        return _("%(before)s and %(now)s were scored by different rules, so their scores are not compared; see the places.",
                 before=before, now=now)  # fmt: skip
    moved = moves(year)
    if not moved:
        return _("No unit of the group has a score in both %(before)s and %(now)s; who is missing has to send its ledger.",
                 before=before, now=now)  # fmt: skip
    up, down = [one for one in moved if one.points > 0], [one for one in moved if one.points < 0]
    return " ".join(
        [
            _("Of %(n)s units with a score in both months %(up)s rose, %(down)s fell, %(same)s stayed.", n=len(moved),
              up=len(up), down=len(down), same=len(moved) - len(up) - len(down)),
            _most(up, _("Risen most: %(units)s (%(points)s points).")) if up else _("None rose."),
            _most(down, _("Fallen most: %(units)s (%(points)s points).")) if down else _("None fell."),
        ]
    )  # fmt: skip


def _most(moved: Sequence[Move], sentence_of: str) -> str:
    most = max(abs(one.points) for one in moved)
    named = [one for one in moved if abs(one.points) == most]
    return sentence_of % {"units": _(", ").join(one.unit.short_name for one in named),
                          "points": numbers.signed(named[0].points)}  # fmt: skip


def left_out(year: PlacesOfYear) -> list[str]:
    """Who is not drawn, for a score of one of the two months is missing."""
    shown = {one.unit.code for one in moves(year)}
    rest = [one.unit.short_name for one in year.units if one.unit.code not in shown]
    if not shown or not rest:
        return []
    return [_("Not drawn, without a score in one of the two months: %(units)s.", units=_(", ").join(rest))]
