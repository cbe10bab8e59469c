"""What every chart has in common: what it is drawn with, its colours, what can be zoomed, and what stands under the pointer."""

from __future__ import annotations

import itertools
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from dash import html
from plotly.offline import get_plotlyjs_version

from dashboards.components import chart, theme
from dashboards.components.drawing import nothing
from dashboards.components.horizontal_bars import waterfall
from dashboards.components.traces import TRACES, NotBuiltIn
from dashboards.method.steps import Step
from dashboards.web import plotly_js
from dashboards.web.plotly_js.build import HERE, entry
from tests.unit.seeing import apart
from tests.unit.test_casualty_targets_page import drawn as year_drawn

ROOT = Path(__file__).parents[2]
TELLABLE = 15
"""ΔE*ab from which two marks beside each other are told apart without looking twice."""
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|rgba?\([^)]*\)")
TRANSPARENT = "rgba(0,0,0,0)"


@pytest.mark.parametrize("trace", ["pie", "box", "scattergl", "histogram", "scatterpolar"])
def test_nothing_is_drawn_that_the_browser_does_not_know(trace: str) -> None:
    """A kind of trace that is not built in is drawn as a line, without an error: so nobody gets as far as to send one."""
    with pytest.raises(NotBuiltIn, match=trace):
        chart.graph("x", go.Figure([{"type": trace}]), says="x")


def test_what_is_built_in_is_drawn() -> None:
    """Every trace of the list may be on a page."""
    for trace in TRACES:
        assert (
            chart.graph("x", go.Figure([{"type": trace}]), says="x").children[0].children.figure.data[0].type == trace
        )


def test_build_is_of_the_version_that_dash_would_load_and_of_the_list() -> None:
    """Another plotly package takes another plotly.js: its pin is changed with it, and the lock names every byte."""
    pinned = json.loads((HERE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert pinned["plotly.js"] == get_plotlyjs_version()
    locked = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked["node_modules/plotly.js"]["version"] == pinned["plotly.js"]
    assert [name for name, one in locked.items() if name and not one.get("integrity")] == []
    assert set(re.findall(r"plotly\.js/lib/(\w+)", entry())) == {"core", *TRACES} - {"scatter"}


@pytest.mark.parametrize(
    "said",
    ['{"plotly.js": "1.0.0", "traces": ["bar"]}', "[]", "no json", None],
    ids=["older", "other", "broken", "none"],
)
def test_build_of_anything_else_is_not_served(tmp_path: Path, said: str | None) -> None:
    """After an update without a new build, Dash's own plotly.js draws: never one that lacks a kind of trace."""
    (tmp_path / plotly_js.SCRIPT).write_text("x", encoding="utf-8")
    if said is not None:
        (tmp_path / plotly_js.LABEL).write_text(said, encoding="utf-8")
    assert plotly_js.built(tmp_path) is None
    (tmp_path / plotly_js.LABEL).write_text(json.dumps(plotly_js.label()), encoding="utf-8")
    assert plotly_js.built(tmp_path) is not None


def _colours(part: Any) -> set[str]:
    return set(COLOUR.findall(json.dumps(part)))


@pytest.mark.parametrize("name", theme.THEMES)
def test_template_has_the_colours_of_the_style_sheet(name: str) -> None:
    """What charts look like is made of the tokens of the theme, those of the style sheet as it is now."""
    sheet = (ROOT / "assets" / "10_tokens.css").read_text(encoding="utf-8")
    light, dark = sheet.split("[data-bs-theme")
    used = _colours(json.loads(theme.template_json(name))) - {TRANSPARENT}
    assert used <= set(COLOUR.findall(dark if name == "dark" else light))
    assert json.loads(theme.template_json(name))["layout"]["font"]["color"] == theme.tokens(name)["ink"]


def test_pictures_are_on_white() -> None:
    """What is kept looks as on the light page, on white paper."""
    paper, light = (json.loads(theme.template_json(name))["layout"] for name in (theme.PAPER, "light"))
    assert paper.pop("paper_bgcolor") == theme.tokens("light")["paper"]
    del light["paper_bgcolor"]
    assert paper == light


def test_scripts_name_no_colour() -> None:
    """Scripts of ours take colours from the style sheet or the template."""
    scripts = sorted((ROOT / "assets").glob("*.js"))
    assert scripts
    assert [
        found for path in scripts for found in re.findall(r"#[0-9a-fA-F]{6}\b|rgba?\(", path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("name", theme.THEMES)
def test_colours_beside_each_other_are_told_apart_without_red_or_green(name: str) -> None:
    """Of marks that stand together, and of the steps of a waterfall, no two look alike to any eye."""
    layout = theme.template(name).layout
    steps = theme.template(name).data.waterfall[0]
    waterfall = [part.marker.color for part in (steps.increasing, steps.decreasing, steps.totals)]
    for together in (layout.colorway, waterfall):
        for one, other in itertools.combinations(together, 2):
            assert apart(one, other) >= TELLABLE, (one, other)


def test_lines_of_a_colour_that_may_look_alike_are_dashed_otherwise() -> None:
    """The year's lines are told by colour, or else by how they are dashed; each has its name at its end besides."""
    lines = [line for line in year_drawn().data if line.mode == "lines" and line.line.width]
    assert len(lines) == 5
    for one, other in itertools.combinations(lines, 2):
        colours = one.line.color, other.line.color
        assert apart(*colours) >= TELLABLE or one.line.dash != other.line.dash, colours


def _tools(figure: go.Figure) -> Any:
    return chart.graph("x", figure, says="x").children[0].children.config["modeBarButtons"]


def test_zoom_is_there_where_there_is_something_to_zoom() -> None:
    """Neither bars whose axes are held fast nor a sentence have tools; a line over time has them."""
    bars = waterfall(steps=[Step("inspections", Decimal(3), Decimal(20))], score=Decimal(3), name=str)
    for held in (bars, nothing("没有")):
        assert _tools(held) is False
    assert _tools(go.Figure(go.Scatter(x=[1, 2], y=[3, 4]))) == [list(chart.ZOOM)]


def test_zoom_is_kept_while_the_axes_mean_the_same() -> None:
    """An axis that is drawn anew with the same ends is the same to ``35_zoom.js``, whatever the other is; another year's is not."""
    told = ((2022, 9), (2022, 5), (2021, 5))
    drawn = [
        chart.dressed(
            go.Figure(layout={"xaxis": {"range": [f"{year}-01-01", f"{year}-12-31"]}, "yaxis": {"range": [0, top]}})
        ).layout
        for year, top in told
    ]
    assert drawn[0].xaxis.uirevision == drawn[1].xaxis.uirevision != drawn[2].xaxis.uirevision
    assert drawn[0].yaxis.uirevision != drawn[1].yaxis.uirevision == drawn[2].yaxis.uirevision


def test_a_chart_has_the_look_of_the_theme_and_plotly_takes_it() -> None:
    """Neither a score taken apart nor the theme is checked where it is put together: both are what Plotly knows."""
    bars = waterfall(steps=[Step("inspections", Decimal(3), Decimal(20))], score=Decimal(3), name=str)
    drawn = chart.dressed(bars)
    assert drawn.layout.template == theme.template("light")
    assert go.Figure(drawn.to_plotly_json()).to_plotly_json() == drawn.to_plotly_json()


def test_every_step_of_a_score_is_a_sentence_with_its_points_before_their_share() -> None:
    """Under the pointer stands what a bar is, in words; percentages come after what they are of."""
    steps = [Step("timeliness", Decimal("12.50"), Decimal(20)), Step("zero_penalty", Decimal("-5.00"))]
    said = waterfall(
        steps=steps, score=Decimal("7.50"), name=lambda key: {"timeliness": "及时"}.get(key, "零处罚")
    ).data[0]
    assert said.hovertemplate == "%{hovertext}<extra></extra>"
    assert list(said.hovertext) == ["及时：得12.50分，满分20分（62.5%）。", "零处罚：−5.00分。", "合计：得分7.50分。"]


def test_a_chart_can_be_kept_by_mouse_finger_and_key() -> None:
    """Real buttons stand with every chart, one for each form, each saying what it does."""
    kept = chart.graph("x", go.Figure(go.Bar()), says="x").children[-1]
    buttons = [one for one in kept.children if isinstance(one, html.Button)]
    assert [one.children for one in buttons] == ["PNG", "SVG"]
    assert all("图片" in one.title for one in buttons)


def test_a_chart_tells_its_message_to_who_cannot_see_it() -> None:
    """Its label is its name and what follows from it; without data the sentence that stands in its place, as it was written."""
    bars = go.Figure(go.Bar(x=[1]))
    assert (
        getattr(chart.graph("x", bars, says="得分", message="市场监管局第1。"), "aria-label") == "得分：市场监管局第1。"
    )
    empty = nothing("甲 & 乙没有得分。")
    assert getattr(chart.graph("x", empty, says="得分", message="x"), "aria-label") == "得分：甲 & 乙没有得分。"


def test_the_keyboard_finds_the_marks_that_say_something() -> None:
    """Where marks have words under the pointer they are one stop of the Tab key; a sentence is none."""
    walked = [
        getattr(part, "role", None)
        for figure in (go.Figure(go.Bar(x=[1], hovertext=["一"])), nothing("没有"))
        for part in chart.graph("x", figure, says="x").children
    ]
    assert walked.count("listbox") == 1
