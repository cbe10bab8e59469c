"""Which parts of an Office package are its sheets and its shared texts: the relationships of its workbook."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from etl.reading.limits import MOST_SHEETS, Unreadable
from etl.reading.markup import Attributes, Handlers, encoding_of, in_utf8, walk
from etl.reading.package import Package, Relation

WORKBOOK = "xl/workbook.xml"
MAINS = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
RELATION_IDS = tuple(
    f"{space} id"
    for space in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_HEAD = 256


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    """Paths of the worksheets that are there → positions among all sheets; those of shared texts and styles, if they are."""

    sheets: dict[str, int]
    texts: str | None
    styles: str | None = None


def is_utf8(package: Package, path: str) -> bool:
    """Whether a part's XML is in an encoding that every reader knows."""
    return encoding_of(package.head(path, _HEAD)) is None


def text_of(package: Package, path: str) -> Iterable[bytes]:
    """A part's XML in such an encoding, as a stream."""
    encoding = encoding_of(package.head(path, _HEAD))
    return package.stream(path) if encoding is None else in_utf8(package.stream(path), encoding)


def whole_text_of(package: Package, path: str) -> Iterable[bytes | bytearray]:
    """The same of a part that is read as a whole, and kept where it is small: it is asked for several times."""
    content = package.read(path)
    encoding = encoding_of(bytes(content[:_HEAD]))
    return [content] if encoding is None else in_utf8([bytes(content)], encoding)


def relations_of(package: Package, path: str) -> dict[str, Relation]:
    """The relationships of a part by their names; none where it has none."""
    folder, name = posixpath.split(path)
    found = package.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    return {} if found is None else read_relations(package, found, f"/{folder}")


def read_relations(package: Package, path: str, folder: str) -> dict[str, Relation]:
    """The relationships in a part; what they name lies in ``folder`` unless it says otherwise."""
    known = package.relations.get(path)
    if known is not None:
        return known
    relations = package.relations[path] = {}

    def relation(attributes: Attributes) -> None:
        written = attributes.get("Target", "")
        target = posixpath.normpath(posixpath.join(folder, written.replace("\\", "/"))).lstrip("/")
        if package.find(target) is None and package.find(unquote(target)) is not None:
            target = unquote(target)
        plain = "\\" not in written and "%" not in written and "./" not in written
        relations[attributes.get("Id", "")] = Relation(attributes.get("Type", "").rpartition("/")[2], target, plain)

    handlers = Handlers()
    handlers.entering = {_RELATIONSHIP: relation}
    walk(whole_text_of(package, path), handlers)
    return relations


def find_parts(package: Package, relations_path: str, listed: Iterable[str]) -> WorkbookParts:
    """The parts of a workbook that lists its sheets by these relationships."""
    relations = read_relations(package, relations_path, "/xl")
    sheets: dict[str, int] = {}
    for position, identity in enumerate(listed):
        if position >= MOST_SHEETS:
            raise Unreadable("too_large")
        relation = relations.get(identity)
        if relation is not None and relation.kind == "worksheet" and relation.path in package:
            if relation.path in sheets:
                raise Unreadable("not_a_workbook")  # read again and again, one sheet would take any time
            sheets[relation.path] = position
    texts, styles = (
        next((one.path for one in relations.values() if one.kind == wanted and one.path in package), None)
        for wanted in ("sharedStrings", "styles")
    )
    return WorkbookParts(sheets, texts, styles)
