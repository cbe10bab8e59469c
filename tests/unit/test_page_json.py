"""What is sent of a page is what Plotly would have written, byte for byte."""

from __future__ import annotations

from collections import namedtuple
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from dash import dcc, html
from dash.dependencies import Output
from hypothesis import given
from hypothesis import strategies as st
from plotly.io.json import to_json_plotly

from dashboards.web.page_json import page_json


class _Said(StrEnum):
    YES = "是"


_Pair = namedtuple("_Pair", ("one", "other"))  # what has no types of its own is the harder case


def _figure() -> go.Figure:
    drawn = go.Figure(go.Bar(x=["一月", "二月"], y=[1, 2.5], customdata=[["a"], [None]], hovertext=["<b>甲</b>", "乙"]))
    return drawn.update_layout(title="死亡人数 </script>", xaxis={"range": [date(2022, 1, 1), date(2022, 2, 1)]})


PAGES: dict[str, Any] = {
    "components in components": html.Div(
        [html.P("双桥"), None, 3, [html.B("重")], html.Div(html.A("见", href="/ranking?unit=a&b=1"), id={"kind": "x", "n": 1})]
    ),
    "a chart": html.Div(dcc.Graph(id="chart", figure=_figure(), config={"locales": {"zh-CN": {}}})),
    "a figure alone": _figure(),
    "a part of a figure": {"layout": _figure().layout, "bars": list(_figure().data)},
    "an answer": {"multi": True, "response": {"a": {"children": html.Ul([html.Li(str(n)) for n in range(3)])}}},
    "what ends a script": html.Script("</script><!-- \u2028 \u2029 -->"),
    "values": {
        "rows": html.Div([1.0, -0.0, float("nan"), float("inf"), Decimal("2.50"), True, date(2022, 5, 1)]),
        "at": datetime(2022, 5, 1, 8, tzinfo=UTC), 7: "seven", None: "none", "pair": _Pair(1, html.P("x")), "said": _Said.YES,
    },
    "numpy": html.Div([np.float64(0.1), np.int64(3), np.array([1.5, np.nan]), np.array(["2022-05-01"], dtype="datetime64[D]")]),
    "dates alone": {"on": date(2022, 5, 1), "at": datetime(2022, 5, 1, 8, 0, 1, 5)},  # noqa: DTZ001  # without a zone, too
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_bytes_are_the_same(page: Any) -> None:
    """Pages with all that may stand in one."""
    assert page_json(page) == to_json_plotly(page)


def test_what_cannot_be_written_is_refused_alike() -> None:
    """Dash says of it which component holds what, and for that waits for the same error."""
    for write in (page_json, to_json_plotly):
        with pytest.raises(TypeError):
            write(html.Div([Output("a", "b")]))


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.decimals(-1000, 1000, places=2) | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc甲<", max_size=3), inner) | st.builds(html.Div, inner),
)  # fmt: skip


@given(_VALUES)
def test_any_values_are_written_alike(value: Any) -> None:
    """However they are put into one another."""
    assert page_json(value) == to_json_plotly(value)
