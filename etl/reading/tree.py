"""A part of an Office package as a tree, for parts that are small and in which it matters what stands in what: slides, charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat  # by ``markup.hardened`` alone

from etl.reading.limits import DEEPEST, LONGEST_TEXT, Unreadable
from etl.reading.markup import Attributes, hardened

MOST_NODES = 400_000
"""Of one part: a slide of ours has some thousands."""


@dataclass(slots=True)
class Node:
    """An element: its name (``a:t``, of a namespace that is none of these four ``?:t``), attributes by their local names, text."""

    name: str
    attributes: Attributes
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def every(self, *names: str) -> Iterator[Node]:
        """Itself and all within that are called so, in their order."""
        if self.name in names:
            yield self
        for one in self.children:
            yield from one.every(*names)

    def child(self, *path: str) -> Node | None:
        """The first one at the end of a path of names; None where there is none."""
        found: Node | None = self
        for name in path:
            found = None if found is None else next((one for one in found.children if one.name == name), None)
        return found


def tree_of(chunks: Iterable[bytes | bytearray]) -> Node:
    """The tree of a document. Unreadable where it is none or goes beyond a limit."""
    parser = hardened()
    root = Node("", {})
    open_ones = [root]
    number = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal number
        number += 1
        if number > MOST_NODES or len(open_ones) > DEEPEST:
            raise Unreadable("too_large")
        made = Node(_short(name), {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        open_ones[-1].children.append(made)
        open_ones.append(made)

    def hear(text: str) -> None:
        open_ones[-1].text += text
        if len(open_ones[-1].text) > LONGEST_TEXT:
            raise Unreadable("too_large")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_ones.pop()
    parser.CharacterDataHandler = hear
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("not_a_workbook") from error
    return root.children[0]


_NAMESPACES = {
    f"{begins}/{middle}": short
    for begins, middle, short in (
        ("http://schemas.openxmlformats.org", "presentationml/2006/main", "p"),
        ("http://purl.oclc.org/ooxml", "presentationml/main", "p"),
        ("http://schemas.openxmlformats.org", "drawingml/2006/main", "a"),
        ("http://purl.oclc.org/ooxml", "drawingml/main", "a"),
        ("http://schemas.openxmlformats.org", "drawingml/2006/chart", "c"),
        ("http://purl.oclc.org/ooxml", "drawingml/chart", "c"),
        ("http://schemas.openxmlformats.org", "markup-compatibility/2006", "mc"),
    )
}


def _short(name: str) -> str:
    space, _blank, local = name.rpartition(" ")
    return f"{_NAMESPACES.get(space, '?')}:{local}"
