"""How far several things had come at the end of each month of a year, as shares, up to the day looked at; when each is due, and what that asks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.labels import Label, apart
from dashboards.components.marks import mark
from dashboards.components.point_labels import text_width
from dashboards.components.theme import drawn

HEIGHT, ABOVE, BELOW, LEFT, BESIDE, LINE = 300, 44, 28, 44, 12, 36
"""Pixels: the whole, above and below the lines, for percentages on the left, between line and name, and of a name's two lines."""
QUARTERS = (3, 6, 9, 12)
"""The months whose ends have a mark on the axis."""


@dataclass(frozen=True, slots=True)
class SharePoint:
    """A share on a day, and the same as a sentence; None where there was nothing to have a share of."""

    day: date
    share: Fraction | None
    said: str


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One thing: its name, the points of its line, the day by which it is due, and whether it stands in front."""

    name: str
    points: Sequence[SharePoint]
    due: date
    front: bool

    @property
    def known(self) -> list[SharePoint]:
        """The points that have a share."""
        return [one for one in self.points if one.share is not None]


def figure(lines: Sequence[ShareLine], year: int, *, without: str) -> go.Figure:
    """The lines over the year, the one in front last; a dashed line leads from it to all on its due day. ``without``: why there is none."""
    shown = sorted((one for one in lines if one.known), key=lambda one: one.front)
    if not shown:
        return drawing.nothing(without)
    first, last = date(year, 1, 1), date(year, 12, 31)
    dues = sorted({one.due for one in lines if first <= one.due <= last})
    return drawing.figure(
        [part for one in shown for part in (*_way_to_go(one), _line(one))],
        height=HEIGHT,
        margin={"l": LEFT, "r": _room(shown), "t": ABOVE, "b": BELOW},
        shapes=[_due_line(day, any(one.front and one.due == day for one in lines)) for day in dues],
        annotations=[*(_due_words(day, at) for at, day in enumerate(dues)), *_names(shown)],
        xaxis=axis(
            type="date",
            range=[first.isoformat(), last.isoformat()],
            tickvals=[_end(year, month).isoformat() for month in QUARTERS],
            ticktext=[numbers.month(month) for month in QUARTERS],
            showgrid=False,
        ),
        yaxis=axis(range=[0, 104], tickvals=[0, 25, 50, 75, 100], ticktext=["0%", "25%", "50%", "75%", "100%"]),
    )


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _room(shown: Sequence[ShareLine]) -> int:
    """Pixels for the names beside the lines."""
    return ceil(max(text_width(one.name) for one in shown)) + BESIDE


def _color(one: ShareLine) -> str:
    return drawn("accent") if one.front else drawn("muted")


def _line(one: ShareLine) -> Trace:
    color = _color(one)
    return {
        "type": "scatter",
        "x": [point.day.isoformat() for point in one.known],
        "y": [_height(point) for point in one.known],
        "mode": "lines+markers",
        "line": {"color": color, "width": 4 if one.front else 1.5},
        "marker": {"color": color, "size": 9 if one.front else 6},
        "cliponaxis": False,
        "hovertext": [plain(point.said) for point in one.known],
        "customdata": [mark(day=point.day) for point in one.known],
        **SAID,
    }


def _height(point: SharePoint) -> float:
    return round(float(point.share or 0) * 100, 2)


def _way_to_go(one: ShareLine) -> list[Trace]:
    """From where the line in front stands to all on its due day; nothing where it is there, or the day is past."""
    now = one.known[-1]
    if not one.front or now.share == 1 or now.day >= one.due:
        return []
    way = {
        "type": "scatter",
        "x": [now.day.isoformat(), one.due.isoformat()],
        "y": [_height(now), 100],
        "mode": "lines",
        "line": {"color": drawn("teal"), "width": 2, "dash": "dash"},
        "hoverinfo": "skip",
    }
    return [way]


def _due_line(day: date, front: bool) -> dict[str, Any]:
    line = {"color": drawn("teal") if front else drawn("muted"), "width": 1.5 if front else 1, "dash": "dot"}
    return {"type": "line", "x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1, "yref": "paper", "line": line,
            "layer": "below"}  # fmt: skip


def _due_words(day: date, at: int) -> dict[str, Any]:
    """A due day above its line; every second one higher, so that there is room on a phone."""
    return {"text": numbers.day_of_year(day), "x": day.isoformat(), "y": 1, "yref": "paper", "yanchor": "bottom",
            "xanchor": "right" if day.month == 12 else "center", "yshift": 2 if at % 2 else 18, "showarrow": False,
            "font": {"size": 12}}  # fmt: skip


def _names(shown: Sequence[ShareLine]) -> list[dict[str, Any]]:
    """Each line's name at its end, with how far it has come."""
    tall = HEIGHT - ABOVE - BELOW
    labels = [
        Label(_named(one), _height(one.known[-1]) / 104 * tall, LINE)
        for one in sorted(shown, key=lambda one: one.known[-1].share or 0)
    ]
    return [
        {"text": label.text, "showarrow": False, "align": "left", "font": {"size": 13}, "xref": "paper", "x": 1,
         "xanchor": "left", "xshift": 8, "yref": "paper", "y": 0, "yanchor": "middle", "yshift": middle}
        for label, middle in zip(labels, apart(labels, top=tall), strict=True)
    ]  # fmt: skip


def _named(one: ShareLine) -> str:
    said = f"{plain(one.name)}<br>{numbers.percent(one.known[-1].share)}"
    return f"<b>{said}</b>" if one.front else said
