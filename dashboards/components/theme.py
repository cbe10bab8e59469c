"""Colours of the product, read from assets/10_tokens.css, and the Plotly template made of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

TOKENS = Path(__file__).parents[2] / "assets" / "10_tokens.css"
FONT = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif'
THEMES = ("light", "dark")
PAPER = "paper"
"""The light theme on white: of pictures that are kept."""
SIDE_BY_SIDE = ("accent", "teal", "warn")
"""Tokens of what stands together in a chart, in this order; told apart also by who sees no red or no green."""
COOKIE = "theme"
"""The browser remembers its choice here, so that the server draws charts in it from the first moment."""


@cache
def tokens(theme: str) -> Mapping[str, str]:
    """Name → colour of one theme, as the style sheet has them."""
    blocks = re.findall(r"^(\S[^{]*?)\s*\{(.*?)\}", TOKENS.read_text(encoding="utf-8"), re.M | re.S)
    chosen = next(body for selector, body in blocks if ("dark" in selector) == (theme == "dark"))
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", chosen))


def drawn(name: str) -> str:
    """The colour of a line or mark that is drawn once for light and dark."""
    return tokens(THEMES[0])[f"drawn-{name}"]


def scale(name: str) -> list[tuple[float, str]]:
    """From hardly anything to nearly the whole colour of a mark: seen on either page, and words stay legible on it."""
    red, green, blue = (int(drawn(name)[at : at + 2], 16) for at in (1, 3, 5))
    return [(0.0, f"rgba({red}, {green}, {blue}, 0.06)"), (1.0, f"rgba({red}, {green}, {blue}, 0.7)")]


def known(theme: str | None) -> str:
    """A theme that exists; light for anything else."""
    return theme if theme in THEMES else THEMES[0]


@cache
def template(theme: str) -> go.layout.Template:
    """What every chart looks like: figures say what is drawn, this says in which colours."""
    color = tokens(theme)
    axis = {
        "gridcolor": color["line"],
        "linecolor": color["line"],
        "zerolinecolor": color["line"],
        "automargin": True,
        "title": {"font": {"color": color["muted"]}},
    }
    connector = {"line": {"color": color["muted"], "width": 1, "dash": "dot"}}
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 14, "color": color["ink"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": [color[name] for name in SIDE_BY_SIDE],
            "hoverlabel": {
                "bgcolor": color["surface"],
                "bordercolor": color["line"],
                "font": {"family": FONT, "color": color["ink"]},
            },
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": color["muted"], "activecolor": color["accent"]},
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "separators": ".,",
        },
        data={
            # What is not lifted is a part of the whole all the same, and stays to be read.
            "bar": [{"unselected": {"marker": {"opacity": 0.45}}}],
            "scatter": [{"unselected": {"marker": {"opacity": 0.6}, "textfont": {"color": color["muted"]}}}],
            "waterfall": [
                {
                    "increasing": {"marker": {"color": color["accent"]}},
                    "decreasing": {"marker": {"color": color["bad"]}},
                    "totals": {"marker": {"color": color["teal"]}},
                    "connector": connector,
                }
            ],
        },
    )


@cache
def as_sent(name: str) -> Mapping[str, Any]:
    """The same as plain values; nobody changes them."""
    sent: Mapping[str, Any] = template(name).to_plotly_json()
    return sent


def template_json(name: str) -> str:
    """A template as the browser takes it: when the reader switches light and dark, and for a picture that is kept."""
    if name != PAPER:
        return json.dumps(as_sent(name))
    made = json.loads(template_json(THEMES[0]))
    made["layout"]["paper_bgcolor"] = tokens(THEMES[0])["paper"]
    return json.dumps(made)
