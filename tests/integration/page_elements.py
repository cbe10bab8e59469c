"""The elements of a page as it is sent, whether Dash keeps them as components or they are plain markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Element:
    """An element by its tag, its properties, and what stands in it."""

    tag: str
    properties: Mapping[str, Any]
    within: list[Any]

    @property
    def text(self) -> str:
        """All that is read in it."""
        return "".join(one if isinstance(one, str) else one.text for one in self.within)

    def all(self, tag: str) -> list[Element]:
        """Every element of a tag in it, in order."""
        return [one for one in below(self) if one.tag == tag]

    @property
    def facts(self) -> dict[str, str]:
        """Its terms with what is told of each."""
        pairs = zip(self.all("dt"), self.all("dd"), strict=True)
        return {term.text: told.text for term, told in pairs}


def page_element(sent: Any) -> Element:
    """A page, from what its router is sent."""
    return Element("page", {}, list(_within(sent)))


def below(element: Element) -> Iterator[Element]:
    """Every element in another, in the order of reading."""
    for one in element.within:
        if isinstance(one, Element):
            yield one
            yield from below(one)


def with_identity(element: Element, identity: str) -> Element:
    """The one with an identity."""
    (found,) = [one for one in below(element) if one.properties.get("id") == identity]
    return found


def _within(part: Any) -> Iterator[Element | str]:
    if isinstance(part, list):
        for one in part:
            yield from _within(one)
    elif isinstance(part, dict):
        properties = part["props"]
        if "tree" in properties:
            yield from map(_of_markup, properties["tree"])
        else:
            tag = str(part["type"]).lower()
            yield Element(tag, properties, list(_within(properties.get("children"))))
    elif part is not None:
        yield str(part)


def _of_markup(node: Any) -> Element | str:
    if not isinstance(node, list):
        return str(node)
    tag, properties, *rest = node
    return Element(tag, properties or {}, [_of_markup(one) for one in rest])
