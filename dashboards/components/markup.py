"""What of a page nobody fills and nothing reads is sent as plain markup: one component, however many elements it has.

Dash keeps every component by itself and asks each of them at each change of any. A table of fifteen units has eight hundred, and none
of them ever changes without the whole. ``assets/12_markup.js`` makes the elements that Dash would have made of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from copy import copy
from itertools import groupby
from typing import Any

from dash import dcc
from dash.development.base_component import Component

ELEMENTS = "dash_html_components"
KEPT = frozenset({"Select", "Textarea"})
"""Elements whose value is somebody's, who may be about to change it: Dash holds it for them."""
WILD = ("data-", "aria-")
"""How properties begin that any element may have."""
LINK = "link"
"""In place of a tag: a link to another page, which Dash opens in place."""
Node = str | int | float | list[Any]
"""Text, or an element: its tag, its properties as React names them, and what stands in it."""


class Markup(Component):
    """Elements side by side; ``tree`` are their nodes."""

    _namespace = "supervision"
    _type = "Markup"

    def __init__(self, tree: Sequence[Node]) -> None:
        self._prop_names = self.available_properties = ["tree"]
        self._children_props = self._base_nodes = []
        self._valid_wildcard_attributes = self.available_wildcard_properties = []
        self.tree = tree  # Dash's own way looks on every disk for a package of this namespace first


class _Plain:
    """A node that can be sent as markup."""

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node


def lean(content: Any, live: Collection[str]) -> Any:
    """The same content, with markup in place of whatever holds no component that does something.

    ``live`` are the identities that callbacks read or fill; what is given stays as it is.
    """
    made = _made(content, live)
    return made if isinstance(content, list | tuple) else next(iter(made), None)


def _made(content: Any, live: Collection[str]) -> list[Any]:
    return list(_joined(_each(one, live) for one in _listed(content)))


def _listed(content: Any) -> Iterator[Any]:
    for one in content if isinstance(content, list | tuple) else (content,):
        if isinstance(one, list | tuple):
            yield from _listed(one)
        elif one is not None:
            yield one


def _each(one: Any, live: Collection[str]) -> Any:
    """A component as it must be sent, or as a node."""
    if not isinstance(one, Component):
        return _Plain(one)
    inside = [_each(child, live) for child in _listed(getattr(one, "children", None))]
    tag = _tag(one, live)
    if tag is not None and all(isinstance(child, _Plain) for child in inside):
        return _Plain([tag, _properties(one), *(child.node for child in inside)])
    if not inside:
        return one
    kept = copy(one)
    kept.children = list(_joined(inside))
    return kept


def _tag(one: Component, live: Collection[str]) -> str | None:
    """The element that a component is and nothing else."""
    if getattr(one, "id", None) in live:
        return None
    if isinstance(one, dcc.Link):
        return LINK
    return one._type.lower() if one._namespace == ELEMENTS and one._type not in KEPT else None  # noqa: SLF001  # what each component of Dash says of itself


def _properties(one: Component) -> dict[str, Any]:
    """What was given to a component but its children. Dash's own answer asks it for every property that it could have."""
    given = vars(one)
    properties = {name: given[name] for name in one._prop_names if name in given}  # noqa: SLF001  # what each component of Dash says of itself
    properties |= {name: value for name, value in given.items() if name.startswith(WILD)}
    properties.pop("children", None)
    return properties


def _joined(made: Iterator[Any] | Sequence[Any]) -> Iterator[Any]:
    """Neighbours that are plain in one; text alone needs no component."""
    for plain, some in groupby(made, key=lambda one: isinstance(one, _Plain)):
        if not plain:
            yield from some
            continue
        nodes = [one.node for one in some]
        if any(isinstance(node, list) for node in nodes):
            yield Markup(nodes)
        else:
            yield from nodes
