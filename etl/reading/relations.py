"""Which parts of an Office package are its sheets and its shared texts: the relationships of its workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass

from etl.reading.limits import MOST_SHEETS, Unreadable
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package

_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


@dataclass(frozen=True, slots=True)
class Parts:
    """Paths of the worksheets that are there → positions among all sheets; those of shared texts and styles, if they are."""

    sheets: dict[str, int]
    texts: str | None
    styles: str | None = None


def find_parts(package: Package, relations_path: str, listed: Iterable[str]) -> Parts:
    """The parts of a workbook that lists its sheets by these relationships."""
    relations: dict[str, tuple[str, str]] = {}

    def relation(attributes: Attributes) -> None:
        path = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        relations[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    handlers = Handlers()
    handlers.entering = {_RELATIONSHIP: relation}
    walk([package.read(relations_path)], handlers)
    sheets: dict[str, int] = {}
    for position, identity in enumerate(listed):
        if position >= MOST_SHEETS:
            raise Unreadable("too_large")
        kind, path = relations.get(identity, ("", ""))
        if kind == "worksheet" and path in package:
            if path in sheets:
                raise Unreadable("not_a_workbook")  # read again and again, one sheet would take any time
            sheets[path] = position
    texts, styles = (
        next((path for kind, path in relations.values() if kind == wanted and path in package), None)
        for wanted in ("sharedStrings", "styles")
    )
    return Parts(sheets, texts, styles)
