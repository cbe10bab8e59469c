"""Hazards, the drawing: month by month what was found and what was crossed off, and what was left open at the month's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import plotly.graph_objects as go

from dashboards.components import drawing, numbers, parts
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.method.hazards import BurnDownPoint
from dashboards.pages.hazards import phrases
from dashboards.pages.hazards.query import HazardsSeen
from data.language import gettext as _

HEIGHT, ABOVE, BELOW, LEFT, RIGHT = 300, 40, 28, 40, 12
"""Pixels: the whole, above the bars for the legend, below them for months, and beside them."""
TOP_ROOM = 1.15
"""So much higher than the highest mark the axis ends, for the number above it."""


class MonthOfHazards(NamedTuple):
    """What was found and crossed off in a month up to a day of it, and what was open on that day."""

    day: date
    found: int
    crossed_off: int
    open: int


def months(seen: HazardsSeen) -> list[MonthOfHazards]:
    """The months of the year up to the day; the last may not be over."""
    burn, calendar, one = seen.burn_down, seen.zone.calendar, seen.figures
    asked = seen.report.asked
    ends: list[tuple[date, BurnDownPoint]] = [(calendar.last_day(point.month), point) for point in burn.points]
    if not ends or ends[-1][0] < asked.as_of:
        ends.append((asked.as_of, BurnDownPoint(asked.month, one.found, one.crossed_off)))
    before = [burn.before, *(point for _day, point in ends)]
    return [
        MonthOfHazards(day, point.found - last.found, point.crossed_off - last.crossed_off, point.open)
        for last, (day, point) in zip(before, ends, strict=False)
    ]


def burn_down(seen: HazardsSeen) -> go.Figure:
    """Two bars a month, and a line of what was left; a click on any shows the page as of its day."""
    shown = months(seen)
    if not any(one[1:] != (0, 0, 0) for one in shown):
        return drawing.nothing(
            _("In the year so far none was found, crossed off or open, so there is nothing to draw.")
        )
    highest = max(max(one[1:]) for one in shown)
    return drawing.figure(
        [
            _bars(shown, _("Found in the month"), [one.found for one in shown], "muted", 0.55),
            _bars(shown, _("Crossed off in the month"), [one.crossed_off for one in shown], "teal", 0.85),
            _line(shown),
        ],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": ABOVE, "b": BELOW},
        barmode="group",
        bargap=0.35,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False},
        xaxis=axis(range=[0.4, 12.6], tickvals=list(range(1, 13)), ticktext=_names(), showgrid=False),
        yaxis=axis(range=[0, max(4, highest * TOP_ROOM)], nticks=5, tickformat="d"),
    )  # fmt: skip


def _names() -> list[str]:
    """Every month has a mark, every third its name, so that a phone has room."""
    return [numbers.month(number) if number % 3 == 0 or number == 1 else "" for number in range(1, 13)]


def _at(shown: Sequence[MonthOfHazards]) -> Trace:
    return {
        "x": [one.day.month for one in shown],
        "hovertext": [plain(said(one)) for one in shown],
        "customdata": [mark(day=one.day) for one in shown],
        **SAID,
    }


def _bars(shown: Sequence[MonthOfHazards], name: str, height: Sequence[int], color: str, opacity: float) -> Trace:
    marker = {"color": drawn(color), "opacity": opacity}
    return {"type": "bar", "name": name, "y": list(height), "marker": marker, **_at(shown)}


def _line(shown: Sequence[MonthOfHazards]) -> Trace:
    color = drawn("accent")
    return {
        "type": "scatter",
        "name": _("Open at the month's end"),
        "y": [one.open for one in shown],
        "mode": "lines+markers+text",
        "text": [f"<b>{numbers.count(one.open)}</b>" for one in shown],
        "textposition": "top center",
        "textfont": {"size": 13},
        "line": {"color": color, "width": 3},
        "marker": {"color": color, "size": 9},
        "cliponaxis": False,
        **_at(shown),
    }


def said(one: MonthOfHazards) -> str:
    """A month in words."""
    told = {
        "found": phrases.hazards(one.found),
        "off": phrases.hazards(one.crossed_off),
        "left": phrases.hazards(one.open),
    }
    return _("%(day)s: found in the month %(found)s, crossed off %(off)s, open %(left)s.",
             day=numbers.spoken_day(one.day), **told)  # fmt: skip


def facts(seen: HazardsSeen) -> list[str]:
    """Every month in words."""
    return [said(one) for one in months(seen)]


def answer(seen: HazardsSeen) -> str:
    """In how many months none would be open, or why that cannot be said."""
    burn, left = seen.burn_down, seen.figures.open
    if not left:
        return _("None is open: there is nothing left to cross off.")
    before, now = burn.fell_from, burn.fell_to
    told = {"from": phrases.hazards(before.open), "to": phrases.hazards(now.open),
            "begin": numbers.period(before.month), "end": numbers.period(now.month)}  # fmt: skip
    if burn.months_to_zero is not None:
        return parts.sentences(
            _("From the end of %(begin)s to that of %(end)s the open ones fell from %(from)s to %(to)s.", **told),
            _("At this pace the %(left)s that are open would be gone in %(months)s.", left=phrases.hazards(left), months=phrases.months(burn.months_to_zero)),
        )  # fmt: skip
    if before.open == now.open:
        return parts.sentences(
            _("At the end of %(end)s as many were open as at that of %(begin)s: %(to)s.", **told), _never()
        )
    return parts.sentences(
        _("From the end of %(begin)s to that of %(end)s the open ones rose from %(from)s to %(to)s.", **told), _never()
    )


def _never() -> str:
    return _("At this pace there would always be some.")


def notes() -> list[str]:
    """How it is to be read."""
    return [_("By the rows that count on the day looked at; the last month as far as it has come. Three whole months give the pace. "
              "A click on a bar or point shows the page as of its day.")]  # fmt: skip
