"""What is sent of a page: markup where nothing is filled or read, components where something is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component
from hypothesis import given
from hypothesis import strategies as st

from dashboards.components.markup import Markup, lean
from dashboards.components.parts import attributes

LIVE = {"part", "field"}


def test_a_table_is_one_component() -> None:
    """Whatever stands in it, with what React is told of each element."""
    table = html.Table(
        html.Tbody(
            [
                html.Tr(
                    [html.Td("1", className="num"), html.Td(["交通局", html.Br(), None])], **attributes(data_unit="t")
                )
            ]
        )
    )
    sent = lean([table], LIVE)
    assert [type(one) for one in sent] == [Markup]
    row = ["tr", {"data-unit": "t"}, ["td", {"className": "num"}, "1"], ["td", {}, "交通局", ["br", {}]]]
    assert sent[0].tree == [["table", {}, ["tbody", {}, row]]]


def test_what_callbacks_fill_or_read_stays_a_component() -> None:
    """It and everything around it, for Dash must find it; what stands beside it does not."""
    sent = lean(html.Section([html.H2("队伍"), html.P("说明"), html.Div("旧", id="part"), "末尾"]), LIVE)
    assert isinstance(sent, html.Section)
    heading, part, end = sent.children
    assert isinstance(heading, Markup)
    assert heading.tree == [["h2", {}, "队伍"], ["p", {}, "说明"]]
    assert isinstance(part, html.Div)
    assert part.children == ["旧"]
    assert end == "末尾"


def test_charts_lists_and_fields_stay_components() -> None:
    """Dash draws a chart, fetches for a store, and holds what somebody types."""
    kept = [dcc.Graph(), dcc.Store(id="stored"), html.Select([html.Option("五月")]), dcc.Input(type="hidden")]
    sent = lean(kept, LIVE)
    assert [type(one) for one in sent] == [dcc.Graph, dcc.Store, html.Select, dcc.Input]


def test_a_link_to_another_page_is_followed_in_place() -> None:
    """It is told from one to a file, which the browser itself must follow."""
    (sent,) = lean([html.P([dcc.Link("排名", href="/ranking"), html.A("下载", href="/export/ranking.csv")])], LIVE)
    assert sent.tree == [
        ["p", {}, ["link", {"href": "/ranking"}, "排名"], ["a", {"href": "/export/ranking.csv"}, "下载"]]
    ]


def test_what_was_given_stays_as_it_was() -> None:
    """A layout may be kept and sent again."""
    part = html.Div(html.P("说明"), id="part")
    frame = html.Main([part])
    lean(frame, LIVE)
    assert frame.children == [part]
    assert isinstance(part.children, html.P)


def _components(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    identity = st.sampled_from(["part", "field", "other", None])
    kind = st.sampled_from([html.Div, html.Td, html.Span, html.Select])
    made = st.builds(
        lambda kind, content, id_: kind(content) if id_ is None else kind(content, id=id_),
        kind,
        st.lists(inside),
        identity,
    )
    return made | st.lists(inside, max_size=3)


def _as_shown(part: Any) -> Iterator[Any]:
    """Elements and texts in the order of the page, whoever makes them."""
    if isinstance(part, Markup):
        for node in part.tree:
            yield from _nodes_shown(node)
    elif isinstance(part, Component):
        yield part._type.lower(), getattr(part, "id", None)
        yield from _as_shown(getattr(part, "children", None))
        yield "end"
    elif isinstance(part, list):
        for one in part:
            yield from _as_shown(one)
    elif part is not None:
        yield part


def _nodes_shown(node: Any) -> Iterator[Any]:
    if not isinstance(node, list):
        yield node
        return
    yield node[0], node[1].get("id")
    for one in node[2:]:
        yield from _nodes_shown(one)
    yield "end"


@given(st.lists(st.recursive(st.sampled_from(["文", 1, None]), _components, max_leaves=20)))
def test_nothing_is_lost_and_nothing_moves(content: list[Any]) -> None:
    """The same elements and texts stand in the same order, and what is filled or read is never markup."""
    sent = lean(content, LIVE)
    assert list(_as_shown(sent)) == list(_as_shown(content))
    assert not [node for node in _markup_in(sent) if node[1].get("id") in LIVE]


def _markup_in(part: Any) -> Iterator[list[Any]]:
    if isinstance(part, Markup):
        yield from (node for tree in part.tree for node in _elements(tree))
    elif isinstance(part, list):
        for one in part:
            yield from _markup_in(one)
    elif isinstance(part, Component):
        yield from _markup_in(getattr(part, "children", None))


def _elements(node: Any) -> Iterator[list[Any]]:
    if isinstance(node, list):
        yield node
        for one in node[2:]:
            yield from _elements(one)
