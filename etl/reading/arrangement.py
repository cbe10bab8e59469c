"""An Office package as other programs write it → as Excel writes it, so that all that follows finds its parts.

Programs name their entries with backslashes or in other cases, call the workbook otherwise or put it elsewhere, list
sheets that are not there, and declare other encodings than XML's own (ECMA-376 part 2 says how parts are found: by the
relationships of the package). Sheets of macros, dialogs and charts hold no table: they are left where they are, unread.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import escape

from etl.reading.book import Book, ListedSheet
from etl.reading.limits import Unreadable
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package, Relation
from etl.reading.relations import MAINS, WORKBOOK, is_utf8, read_relations, relations_of, text_of

BINARY_WORKBOOK = "xl/workbook.bin"
_ROOT_RELATIONS = "_rels/.rels"
_CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_TYPE = "http://schemas.openxmlformats.org/package/2006/content-types Override"
_WORKBOOK_TYPE = re.compile(
    r"application/vnd\.(?:ms-excel\.|openxmlformats-officedocument\.spreadsheetml\.).*\.main(?:\+xml)?"
)
_DOCUMENT = "officeDocument"
_ROOT_WITHIN = 4096
_USUAL = re.compile(
    rb'<Relationship (?:[^>]*/officeDocument"[^>]* Target="/?xl/workbook\.xml"|[^>]*Target="/?xl/workbook\.xml"[^>]*/officeDocument")'
)
_BEGINS_BOOK = b"\x83\x01"
"""The first record of a binary workbook ([MS-XLSB] 2.4.20, BrtBeginBook)."""
_ROOT = re.compile(rb"<(?:\w+:)?workbook[\s>]")
_READ = frozenset({"worksheet", "chartsheet", "dialogsheet"})
"""Relationships of sheets that calamine can be given; those of macros are not among them."""
_USED = {"sharedStrings": "xl/sharedStrings", "styles": "xl/styles"}
"""Relationships of the workbook, besides its sheets, that a reader of values follows, and what their parts are called."""


def workbook_part(package: Package) -> str | None:
    """The part that is the workbook: as the package's relationships say, else its content types, else by its usual name."""
    if WORKBOOK in package and _ROOT_RELATIONS in package and _is_usual(package.read(_ROOT_RELATIONS)):
        return WORKBOOK
    named = (found for path in _said(package) for found in [package.find(path)] if found is not None)
    return next((path for path in named if _is_workbook(package, path)), None)


def _is_usual(relations: bytes | bytearray) -> bool:
    """Whether the one workbook is named as Excel names it: a search costs a tenth of reading the relationships."""
    return relations.count(b'/officeDocument"') == 1 and b"<!" not in relations and _USUAL.search(relations) is not None


def _said(package: Package) -> Iterator[str]:
    """Where it may be, the surest first; what is not needed is not asked."""
    yield from _documents(package)
    yield from _by_content_type(package)
    yield from (WORKBOOK, BINARY_WORKBOOK)


def _is_workbook(package: Package, path: str) -> bool:
    """Whether it is no text and no set of slides: those are named by the same relationship."""
    if path.lower().endswith(".bin"):
        return package.head(path, len(_BEGINS_BOOK)) == _BEGINS_BOOK
    return _ROOT.search(package.head(path, _ROOT_WITHIN).replace(b"\0", b"")) is not None


def _documents(package: Package) -> list[str]:
    path = package.find(_ROOT_RELATIONS)
    relations = {} if path is None else read_relations(package, path, "/")
    return [one.path for one in relations.values() if one.kind == _DOCUMENT]


def _by_content_type(package: Package) -> list[str]:
    found: list[str] = []

    def override(attributes: Attributes) -> None:
        if _WORKBOOK_TYPE.fullmatch(attributes.get("ContentType", "")):
            found.append(attributes.get("PartName", "").replace("\\", "/").lstrip("/"))

    handlers = Handlers()
    handlers.entering = {_CONTENT_TYPE: override}
    path = package.find(_CONTENT_TYPES)
    if path is not None:
        walk(text_of(package, path), handlers)
    return found


def arranged(package: Package) -> Package:
    """The package itself where it is as Excel writes it; else a copy with the parts that a reader of values needs."""
    path = workbook_part(package)
    if path is None:
        raise Unreadable("not_a_workbook")
    binary = path.lower().endswith(".bin")
    relations = relations_of(package, path)
    if binary:
        plain = path == BINARY_WORKBOOK and _plainly_related(package, relations.values())
        return package if plain else _renamed(package, path, relations)
    book = Book(package, path)
    sheets = [(one, relations.get(one.identity)) for one in book.listed]
    tables = [(one, relation) for one, relation in sheets if relation is not None and _is_table(package, relation)]
    if path == WORKBOOK and len(tables) == len(sheets) and _plainly_related(package, relations.values()):
        parts = [path, *(one.path for one in relations.values() if one.kind in _USED or one.kind == "worksheet")]
        if not any(_is_foreign(package, one) for one in parts):
            return package
    return _written_anew(package, book, tables, relations)


def _is_table(package: Package, relation: Relation) -> bool:
    return relation.kind in _READ and package.find(relation.path) is not None


def _plainly_related(package: Package, relations: Iterable[Relation]) -> bool:
    """Whether every part that is there is named here as it is written there, so that all readers find it alike."""
    return package.plainly_named and all(one.plain and package.find(one.path) in {None, one.path} for one in relations)


def _is_foreign(package: Package, path: str) -> bool:
    return path in package and not is_utf8(package, path)


def _written_anew(
    package: Package, book: Book, tables: list[tuple[ListedSheet, Relation]], relations: dict[str, Relation]
) -> Package:
    """The workbook with its sheets, styles and shared texts, each in UTF-8 under the name that Excel gives it."""
    sheets = [(one, relation) for one, relation in tables if relation.kind == "worksheet"]
    if not sheets:
        raise Unreadable("not_a_workbook")
    parts: dict[str, str] = {}
    listed: list[str] = []
    related: list[str] = []
    for number, (one, relation) in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _part(package, relation)
        state = one.state if one.state in {"hidden", "veryHidden"} else "visible"
        listed.append(f'<sheet name="{escape(one.name)}" sheetId="{number}" state="{state}" r:id="rId{number}"/>')
        related.append(_relationship(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml"))
    for kind, name in _USED.items():
        part = next((one for one in relations.values() if one.kind == kind and package.find(one.path)), None)
        if part is not None:
            parts[f"{name}.xml"] = _part(package, part)
            related.append(_relationship(kind, kind, f"{posixpath.basename(name)}.xml"))
    if len(set(parts.values())) < len(parts):
        raise Unreadable("not_a_workbook")  # read again and again, one sheet would take any time
    days = ' date1904="1"' if book.from_1904 else ""
    text = f'<workbook xmlns="{MAINS[0]}" xmlns:r="{_OFFICE}"><workbookPr{days}/><sheets>{"".join(listed)}</sheets></workbook>'
    written = {WORKBOOK: text, "xl/_rels/workbook.xml.rels": _relationships(related)}
    written |= {
        _ROOT_RELATIONS: _relationships([_relationship("rId1", _DOCUMENT, WORKBOOK)]),
        _CONTENT_TYPES: _content_types(parts),
    }
    return _packed(package, written, parts)


def _renamed(package: Package, path: str, relations: dict[str, Relation]) -> Package:
    """A binary workbook under its usual name; its list of sheets names relationships, which stay as they are."""
    parts = {BINARY_WORKBOOK: path}
    related: list[str] = []
    for identity, relation in relations.items():
        if relation.kind in {*_USED, "worksheet"} and package.find(relation.path):
            folder = "xl/worksheets/" if relation.kind == "worksheet" else "xl/"
            name = (
                f"{folder}{relation.kind}{len(parts)}.bin"
                if relation.kind == "worksheet"
                else f"{_USED[relation.kind]}.bin"
            )
            parts[name] = _part(package, relation)
            related.append(_relationship(identity, relation.kind, name.removeprefix("xl/")))
    if len(set(parts.values())) < len(parts):
        raise Unreadable("not_a_workbook")
    return _packed(package, {"xl/_rels/workbook.bin.rels": _relationships(related)}, parts)


def _part(package: Package, relation: Relation) -> str:
    found = package.find(relation.path)
    if found is None:
        raise Unreadable("not_a_workbook")
    return found


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def _relationship(identity: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{escape(identity)}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relationships(related: Iterable[str]) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(related)}</Relationships>'


def _content_types(parts: Iterable[str]) -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    kinds = {WORKBOOK: "sheet.main+xml", "xl/sharedStrings.xml": "sharedStrings+xml", "xl/styles.xml": "styles+xml"}
    listed = "".join(
        f'<Override PartName="/{name}" ContentType="{main}{kinds.get(name, "worksheet+xml")}"/>'
        for name in (WORKBOOK, *parts)
    )
    relations = f'<Default Extension="rels" ContentType="{_RELATIONS_TYPE}"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{relations}{listed}</Types>'


_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def _packed(package: Package, written: dict[str, str], parts: dict[str, str]) -> Package:
    """A package of these texts and of these parts of another one; what is left of that is unpacked to see how much it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name, text in written.items():
            copy.writestr(name, text)
        for name, path in parts.items():
            chunks: Iterator[bytes] | Iterable[bytes]
            chunks = package.stream(path) if name.endswith(".bin") else text_of(package, path)
            with copy.open(name, "w") as target:
                for chunk in chunks:
                    target.write(chunk)
    package.measure_rest()
    return Package(packed.getvalue())
