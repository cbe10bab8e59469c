"""A chart as a figure of plotly that stands by itself: what follows from it, what it shows, the chart, and of what report it is.

It is the chart of the deck, in its colours; what plotly would take for markup in a name is shown as it was written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from dashboards.meeting import measures as of
from dashboards.meeting.chart_size import HEIGHT, WIDTH
from dashboards.meeting.native_chart import GREY, NativeChart, ink_on
from dashboards.meeting.slide_measures import ems

FACES = "Microsoft YaHei, PingFang SC, Source Han Sans SC, Noto Sans CJK SC, WenQuanYi Micro Hei, SimHei, sans-serif"
NAVY, SOFT, INK, LINE, DRAFT = (f"#{colour}" for colour in (of.NAVY, GREY, "404040", "D9D9D9", "C00000"))
SIDE, ABOVE, BELOW = 56, 152, 104
"""Pixels beside the chart, above it for two lines of what follows from it and one of what it shows, below it for the axis and the foot."""
TITLE_SIZES, SUBTITLE, FOOT, AXIS = (30, 27, 24), 19, 15, 16
LARGEST_LABEL, OF_LONG_NAMES, SMALLEST_LABEL, MOST_OF_WIDTH = 20, 15, 12, 0.42
"""Sizes of names and values beside bars: at most, at least for the sake of a long name, at least; how much of the width names may take."""
THICKEST, SHARE, SHARE_OF_STACK, _OF_PART = 46, 0.64, 0.86, 0.75
"""Of a bar: pixels, and of the room between two of them, more where its figures stand in it, which take so much of its height."""
_ROOM_FOR_VALUES, _STEPS, _ROOM_FOR_LIMIT, _NEAR = 1.14, 6, 150, 0.1
_TOKEN = re.compile("[“（《]*(?:[0-9A-Za-z.%-]{1,24}|.)[，；：、。！？）》”…]*", re.S)
"""What is not torn: a figure with its sign, and marks with what they stand at."""
_BLANK = re.compile(r"[^\S　]+")
_CUT = "……"
_LINE_HEIGHT = 1.35
Figure = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PictureWords:
    """What stands around a chart: ``title``, a sentence; ``shows``, what is drawn, of which period, in which unit; ``axis``, the
    unit alone; ``foot``, which report it is of; ``draft``, the mark of one that is not published.
    """

    title: str
    shows: str
    axis: str
    foot: str
    draft: str = ""


def figure(chart: NativeChart, words: PictureWords, highest: float) -> Figure:
    """The whole picture; ``highest`` is where values end, the same for all parts of one chart."""
    drawn = _line(chart, highest) if chart.is_line else _bars(chart, highest)
    layout = {
        "width": WIDTH,
        "height": HEIGHT,
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": FACES, "size": AXIS, "color": INK},
        "showlegend": False,
        "separators": ".,",
        "shapes": list(drawn.get("shapes", ())),
        "annotations": [*_around(chart, words, drawn["margin"]), *drawn.get("annotations", ())],
        **{name: drawn[name] for name in ("margin", "xaxis", "yaxis")},
        **drawn.get("layout", {}),
    }
    return {"data": drawn["data"], "layout": layout}


def plain(text: str) -> str:
    """Text from a workbook as plotly may show it: it renders some HTML, so there must be none in it."""
    return html.escape(_BLANK.sub(" ", text).strip(), quote=False)


def _bars(chart: NativeChart, highest: float) -> Figure:
    """A bar a line, the first on top, its value behind it; of a stack each part's value in it."""
    room = (HEIGHT - ABOVE - BELOW) / len(chart.categories)
    size = _label_size(chart.categories, room)
    names = [_shortened(name, WIDTH * MOST_OF_WIDTH / size) for name in chart.categories]
    widest = max(map(ems, names)) * size
    places = list(range(len(names)))
    lowest = min(0.0, *(value or 0.0 for _name, values in chart.series for value in values))
    is_stack = chart.kind == "stack"
    share, beyond = (SHARE_OF_STACK, 1.0) if is_stack else (SHARE, _ROOM_FOR_VALUES)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "width": min(share, THICKEST / room),
        "cliponaxis": False,
        "constraintext": "none",
    }
    held = {
        "tickvals": places,
        "ticktext": [plain(name) for name in names],
        "tickfont": {"size": size},
        "ticks": "",
        "showgrid": False,
    }
    return {
        "data": [{**bars, **part} for part in (_parts(chart, min(size, room * share * _OF_PART)) if is_stack else [_whole(chart, size)])],
        "layout": _NAMED_PARTS if is_stack else {},
        "margin": {"l": round(SIDE + widest + size), "r": SIDE, "t": ABOVE, "b": BELOW},
        "xaxis": {
            "range": [lowest * beyond, (highest or 1.0) * beyond], "gridcolor": LINE, "zeroline": True,
            "zerolinecolor": SOFT, "tickfont": {"size": AXIS, "color": SOFT}, "nticks": _STEPS + 1,
        },
        "yaxis": {**held, "range": [len(names) - 0.5, -0.5], "zeroline": False, "ticklabelstandoff": 8},
    }  # fmt: skip


def _whole(chart: NativeChart, size: float) -> Figure:
    """Bars of one series, each with its value behind it."""
    (_name, values), *_none = chart.series
    return {
        "x": list(values), "marker": {"color": NAVY}, "textposition": "outside", "textfont": {"size": size, "color": INK},
        "text": ["" if value is None else f" {value:.{chart.decimals}f}" for value in values],
    }  # fmt: skip


def _parts(chart: NativeChart, size: float) -> Iterator[Figure]:
    """A stack's parts, one series behind the other; none of nothing is written."""
    for (name, values), colour in zip(chart.series, chart.tones, strict=True):
        yield {
            "name": plain(name), "x": list(values), "marker": {"color": f"#{colour}", "line": {"color": "white", "width": 1}},
            "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "textfont": {"size": size, "color": f"#{ink_on(colour)}"},
            "text": [f"{value:.{chart.decimals}f}" if value else "" for value in values],
        }  # fmt: skip


_NAMED_PARTS = {
    "barmode": "stack", "showlegend": True,
    "legend": {
        "orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "traceorder": "normal",
        "font": {"size": AXIS, "color": INK},
    },
}  # fmt: skip
"""What the parts of a stack are called, above it at the right."""


def _line(chart: NativeChart, highest: float) -> Figure:
    """A line from point to point with its values; what does not change with time is dashed and named at its end."""
    (name, values), *steady = chart.series
    places = list(range(len(chart.categories)))
    limits = [(told, each[0]) for told, each in steady if each and each[0] is not None]
    line = {
        "type": "scatter", "mode": "lines+markers+text", "x": places, "y": list(values), "line": {"color": NAVY, "width": 4},
        "marker": {"size": 11, "color": NAVY}, "cliponaxis": False, "name": plain(name),
        "textposition": [
            _below_or_after(values, place) or _beside(value, [limit for _told, limit in limits], highest)
            for place, value in enumerate(values)
        ],
        "text": ["" if value is None else f"<b>{value:.{chart.decimals}f}</b>" for value in values],
        "textfont": {"size": LARGEST_LABEL, "color": NAVY},
    }  # fmt: skip
    tops = {
        "type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "line": {"color": SOFT, "width": 3, "dash": "dash"},
    }  # fmt: skip
    step = max(1, ceil(highest / _STEPS))
    return {
        "data": [line],
        "margin": {"l": SIDE + 24, "r": SIDE + (_ROOM_FOR_LIMIT if limits else 0), "t": ABOVE + 24, "b": BELOW},
        "shapes": [{**tops, "y0": limit, "y1": limit} for _told, limit in limits],
        "annotations": [
            {
                "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "yref": "y", "y": limit, "yanchor": "middle", "showarrow": False,
                "text": f"{plain(told)} {limit:.{chart.decimals}f}", "font": {"size": SUBTITLE, "color": INK},
            }
            for told, limit in limits
        ],
        "xaxis": {
            "range": [-0.4, max(len(places) - 0.6, 0.6)], "tickvals": places, "ticktext": [plain(one) for one in chart.categories],
            "showgrid": False, "zeroline": False, "tickfont": {"size": SUBTITLE}, "linecolor": SOFT, "showline": True,
        },
        "yaxis": {
            "range": [0, (floor(highest / step) + 1) * step], "dtick": step, "gridcolor": LINE, "zeroline": False,
            "tickfont": {"size": AXIS, "color": SOFT}, "tickformat": "d",
        },
    }  # fmt: skip


def _label_size(names: Sequence[str], room: float) -> float:
    """As large as the bars and the longest name leave room for."""
    longest = max(map(ems, names), default=1.0)
    return max(SMALLEST_LABEL, min(LARGEST_LABEL, room * 0.72, max(OF_LONG_NAMES, WIDTH * MOST_OF_WIDTH / longest)))


def _below_or_after(values: Sequence[float | None], place: int) -> str:
    """Where a point's value stands to which the line has fallen: below a lowest one, else behind it, for before it is the line."""
    before, value = values[place - 1] if place else None, values[place]
    after = values[place + 1] if place + 1 < len(values) else None
    if before is None or value is None or value >= before:
        return ""
    return "bottom center" if after is not None and after > value else "top right"


def _beside(value: float | None, limits: Sequence[float], highest: float) -> str:
    """Where a point's value stands, of a line that never falls: before and above it, unless a limit runs there."""
    crossed = value is not None and any(0 < limit - value < highest * _NEAR for limit in limits)
    return "bottom right" if crossed else "top left"


def _shortened(name: str, most: float) -> str:
    """A name that would leave no room for its bar, cut."""
    if ems(name) <= most:
        return name
    while name and ems(name + _CUT) > most:
        name = name[:-1]
    return name + _CUT


def _around(chart: NativeChart, words: PictureWords, margin: Figure) -> Iterator[Figure]:
    """Title, what is shown, axis, foot, and over all that it is a draft."""
    at_left, top = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": SIDE - margin["l"]}, margin["t"]
    lines, size = _title(words.title)
    above = {"yref": "paper", "y": 1, "yanchor": "top", "align": "left", "showarrow": False, **at_left}
    told = "<br>".join(f"<b>{plain(line)}</b>" for line in lines)
    yield {**above, "yshift": top - 22, "text": told, "font": {"size": size, "color": NAVY}}
    yield {
        **above, "yshift": top - 30 - len(lines) * size * _LINE_HEIGHT, "text": plain(words.shows),
        "font": {"size": SUBTITLE, "color": INK},
    }  # fmt: skip
    below = {"yref": "paper", "y": 0, "showarrow": False}
    if not chart.is_line:
        yield {
            **below, "xref": "paper", "x": 1, "xanchor": "right", "yanchor": "top", "yshift": -30, "text": plain(words.axis),
            "font": {"size": AXIS, "color": SOFT},
        }  # fmt: skip
    else:
        yield {**above, "yshift": 38, "text": plain(words.axis), "font": {"size": AXIS, "color": SOFT}}
    yield {
        **below, **at_left, "yanchor": "bottom", "yshift": 18 - margin["b"], "text": plain(words.foot),
        "font": {"size": FOOT, "color": DRAFT if words.draft else SOFT},
    }  # fmt: skip
    if words.draft:
        yield {
            "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False, "text": plain(words.draft), "textangle": -25,
            "font": {"size": 230, "color": DRAFT}, "opacity": 0.1,
        }  # fmt: skip


def _title(text: str) -> tuple[list[str], int]:
    """A title in as few lines as it takes, smaller before it is cut."""
    room = WIDTH - 2 * SIDE
    for size in TITLE_SIZES:
        lines = broken(text, room / size)
        if len(lines) <= 2:
            return lines, size
    first, second, *_more = lines
    return [first, _shortened(second + _CUT, room / size - 2) if second else second], size


def broken(text: str, most: float) -> list[str]:
    """Text in lines of no more than so many ems, no figure torn; a mark does not begin a line."""
    lines = [""]
    for one in _TOKEN.findall(text):
        if lines[-1] and ems(lines[-1] + one) > most:
            lines.append("")
        lines[-1] += one
    return lines
