"""Casualty targets, drawings only: the year's deaths as steps, against cap, pace, last year and forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboards.components import numbers, parts
from dashboards.components.chart import plain
from dashboards.components.labels import Label, apart
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.method.casualties import Accident, elapsed
from dashboards.pages.casualty_targets import phrases
from dashboards.pages.casualty_targets.scope_view import Point, ScopeView
from data.language import gettext as _
from data.language import language

THIS_YEAR, FORECAST, LAST_YEAR = drawn("accent"), drawn("accent-soft"), drawn("muted")
CAP, PACE = drawn("bad"), drawn("teal")
HEIGHT, BELOW, ABOVE = 400, 32, 12
ROOM_FOR_LABELS = 116
LINE_HEIGHT = 17
STEP = 11
"""Pixels across of the mark on a step."""
LOWEST_TOP = 3
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass
class Drawing:
    """A figure in the making: its traces, the labels in its right margin, and where the axis ends."""

    shown: ScopeView
    as_of: date
    top: int
    figure: go.Figure = field(default_factory=go.Figure)
    margin: list[tuple[float, str, int]] = field(default_factory=list)

    @property
    def end(self) -> date:
        """The year's last day."""
        return date(self.as_of.year, 12, 31)

    def pixels(self, deaths: float) -> float:
        """How high a number of deaths stands above the axis."""
        return deaths / self.top * (HEIGHT - BELOW - ABOVE)

    def line(self, points: Sequence[Point], color: str, *, says: str | None, **look: Any) -> None:
        """One line, with what it says under the pointer; None where the marks on it say it."""
        steps = look.pop("shape", "hv")
        self.figure.add_scatter(
            x=[day.isoformat() for day, _deaths in points],
            y=[deaths for _day, deaths in points],
            mode="lines",
            line={"color": color, "shape": steps, **look},
            **_words(points, says),
        )

    def point(self, day: date, deaths: float, color: str, *, symbol: str, size: int, says: str | None = None) -> None:
        """One mark on a line; only whole deaths have words."""
        marker = {"size": size, "color": color, "symbol": symbol}
        words = _words([(day, int(deaths))], says)
        self.figure.add_scatter(
            x=[day.isoformat()], y=[deaths], mode="markers", marker=marker, cliponaxis=False, **words
        )

    def above(self, day: date, deaths: float, text: str, *, left: bool) -> None:
        """A label above a point of the chart."""
        self.figure.add_annotation(
            x=day.isoformat(), y=deaths, text=text, showarrow=False, font={"size": 13}, yanchor="bottom", yshift=6,
            xanchor="right" if left else "left", xshift=-5 if left else 5,
        )  # fmt: skip


def _words(points: Sequence[Point], says: str | None) -> dict[str, Any]:
    """What points say under the pointer."""
    if says is None:
        return {"hoverinfo": "skip"}
    told = [_under_the_pointer(day, says, deaths) for day, deaths in points]
    return {"hovertext": told, "hovertemplate": "%{hovertext}<extra></extra>"}


def _under_the_pointer(day: date, says: str, deaths: int) -> str:
    return _("%(day)s: %(line)s, %(n)s.", day=numbers.spoken_day(day), line=says, n=phrases.persons(deaths))


def reached(shown: ScopeView) -> str:
    """Where this year's line ends and where the cap is, in words."""
    day, deaths = shown.now[-1]
    cap = shown.standing.cap
    over = [] if cap is None else [_under_the_pointer(date(day.year, 12, 31), _("cap of the year"), cap)]
    return parts.sentences(_under_the_pointer(day, _("this year"), deaths), *over)


def deaths_of_the_year(*, shown: ScopeView, as_of: date) -> go.Figure:
    """This year's steps up to the day, and what they are measured by; every line says in words what it is."""
    drawing = Drawing(shown, as_of, _top(shown))
    _cap_and_pace(drawing)
    _forecast(drawing)
    _last_year(drawing)
    _this_year(drawing)
    _margin(drawing)
    _axes(drawing)
    return drawing.figure


def _top(shown: ScopeView) -> int:
    one = shown.standing
    ends = [one.deaths, one.cap or 0, *(deaths for _day, deaths in shown.before or ()), *(at.high for at in shown.fan)]
    return max(*ends, LOWEST_TOP - 1) + 1


def _forecast(drawing: Drawing) -> None:
    fan = drawing.shown.fan
    if len(fan) < 2:
        return
    low, high = [(at.day, at.low) for at in fan], [(at.day, at.high) for at in fan]
    around = [*high, *reversed(low)]
    drawing.figure.add_scatter(
        x=[day.isoformat() for day, _deaths in around], y=[deaths for _day, deaths in around],
        mode="lines", line={"width": 0}, fill="toself", fillcolor=FORECAST, hoverinfo="skip",
    )  # fmt: skip
    median = [(at.day, at.median) for at in fan]
    drawing.line(median, THIS_YEAR, says=_("forecast, median"), shape="linear", width=2, dash="dash")
    last = fan[-1]
    words = _("forecast %(n)s", n=phrases.beside_a_line(last.median))
    band = _("80%% interval %(low)s–%(high)s", low=last.low, high=last.high)
    drawing.margin.append((last.median, f"{_mark(THIS_YEAR, '┅')} {words}<br>{band}", 2))


def _last_year(drawing: Drawing) -> None:
    before = drawing.shown.before
    if before is None:
        return
    moved = [(_in_year(day, drawing.as_of.year), deaths) for day, deaths in before]
    drawing.line(moved, LAST_YEAR, says=_("last year"), width=2)
    words = _("last year %(n)s", n=phrases.beside_a_line(before[-1][1]))
    drawing.margin.append((before[-1][1], f"{_mark(LAST_YEAR)} {words}", 1))


def _in_year(day: date, year: int) -> date:
    """The same month and day of a year; 28 February for the 29th."""
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _cap_and_pace(drawing: Drawing) -> None:
    one, first = drawing.shown.standing, date(drawing.as_of.year, 1, 1)
    if one.cap is None or one.pace is None:
        return
    drawing.line([(first, one.cap), (drawing.end, one.cap)], CAP, says=_("cap of the year"), width=2.5)
    named = _("cap %(n)s", n=phrases.beside_a_line(one.cap))
    drawing.margin.append((one.cap, f"{_mark(CAP)} {named}", 1))
    drawing.line(
        [(first, 0), (drawing.end, one.cap)], PACE, says=_("pace"), shape="linear", width=1.8, dash="dot"
    )  # fmt: skip
    if drawing.as_of < drawing.end:
        drawing.point(drawing.as_of, float(one.pace), PACE, symbol="diamond-open", size=9)
        words = _("pace %(n)s (short)", n=phrases.beside_a_line(one.pace))
        drawing.margin.append((one.cap, f"{_mark(PACE, '┉')} {words}", 1))


def _late(day: date) -> bool:
    """Whether a label at this day has more room to its left."""
    return elapsed(day) > 0.5


def _this_year(drawing: Drawing) -> None:
    now = drawing.shown.now
    drawing.line(now, THIS_YEAR, says=None, width=4)
    _steps(drawing)
    day, deaths = now[-1]
    drawing.point(day, deaths, THIS_YEAR, symbol="circle", size=10, says=_("this year"))
    named = _("this year %(n)s", n=phrases.beside_a_line(deaths))
    words = f"<b>{named}</b>"
    if day == drawing.end:
        drawing.margin.append((deaths, f"{_mark(THIS_YEAR)} {words}", 1))
    else:
        drawing.above(day, deaths, words, left=_late(day))


def _steps(drawing: Drawing) -> None:
    """A mark on each step, which leads to the accident behind it."""
    told = drawing.shown.steps
    points = drawing.shown.now[1:-1] if told else ()
    drawing.figure.add_scatter(
        x=[day.isoformat() for day, _deaths in points],
        y=[deaths for _day, deaths in points],
        mode="markers",
        marker={"size": STEP, "color": THIS_YEAR},
        cliponaxis=False,
        hovertext=[step_said(one, deaths) for one, (_day, deaths) in zip(told, points, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=[
            mark(unit=one.territory, department=one.department, sector=one.sector, accident=one.number) for one in told
        ],
    )


def step_said(one: Accident, deaths: int) -> str:
    """A step of the line as a sentence: the accident, and how many have died up to it."""
    said = _("%(day)s, %(enterprise)s: %(persons)s died, %(sum)s in the year so far. Choose it to open the accident.",
             day=numbers.spoken_day(one.happened_on), enterprise=one.enterprise, persons=phrases.persons(one.deaths),
             sum=phrases.persons(deaths))  # fmt: skip
    return plain(said)


def _mark(color: str, sign: str = "━") -> str:
    return f'<span style="color:{color}">{sign}</span>'


def _margin(drawing: Drawing) -> None:
    """The lines' names at their right ends."""
    labels = [Label(text, drawing.pixels(at), LINE_HEIGHT * lines) for at, text, lines in drawing.margin]
    for label, middle in zip(labels, apart(labels, top=drawing.pixels(drawing.top)), strict=True):
        drawing.figure.add_annotation(
            text=label.text, showarrow=False, align="left", font={"size": 13}, xref="paper", x=1, xanchor="left",
            xshift=6, yref="paper", y=0, yanchor="middle", yshift=middle,
        )  # fmt: skip


def _axes(drawing: Drawing) -> None:
    year = drawing.as_of.year
    drawing.figure.update_layout(height=HEIGHT, margin={"r": ROOM_FOR_LABELS, "t": ABOVE, "b": BELOW, "l": 28})
    ends = [date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat()]
    drawing.figure.update_xaxes(
        type="date", range=ends, minallowed=ends[0], maxallowed=ends[1], nticks=7, automargin=False, showgrid=False, ticks="outside",
        tickformatstops=[
            {"dtickrange": [None, "M1"], "value": "%-m-%-d"},
            {"dtickrange": ["M1", None], "value": numbers.MONTH_OF_AXIS[language()]},
        ],
    )  # fmt: skip
    drawing.figure.update_yaxes(
        range=[0, drawing.top], fixedrange=True, tick0=0, dtick=_step(drawing.top), automargin=False, zeroline=True
    )


def _step(top: int) -> int:
    """Whole persons, and not more than about a dozen lines."""
    return next((step for step in STEPS if top <= 12 * step), top)
