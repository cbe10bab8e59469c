"""Typefaces in a whole presentation: nothing that a library or an office's master brings is left of those that WPS would miss."""

from __future__ import annotations

import re
from typing import Any

from dashboards.meeting import blank_slides
from dashboards.meeting import measures as of
from dashboards.meeting.native_chart import in_our_faces

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_FOREIGN = re.compile("|".join(of.FOREIGN))
_OF_THEMES = {
    "+mj-lt": of.LATIN,
    "+mn-lt": of.LATIN,
    "+mj-cs": of.LATIN,
    "+mn-cs": of.LATIN,
    "+mj-ea": of.HEI,
    "+mn-ea": of.SONG,
}
_DROPPED = ("printerSettings", "thumbnail")


def put_right(presentation: Any, *, own: bool) -> None:
    """Every part: themes, workbooks of charts, and what names a typeface. On our own slides no text goes by the theme either."""
    package = presentation.part.package
    _drop(presentation.part)
    _drop(package)
    for part in list(package.iter_parts()):
        name = str(part.partname)
        if "/theme/" in name:
            _set(
                part,
                blank_slides.theme() if own or _is_the_librarys(part) else _mended(part.blob),
            )
        elif name.endswith(".xlsx"):
            _set(part, in_our_faces(part.blob))
        elif name == "/docProps/app.xml":
            _set(part, _APPLICATION)
        elif getattr(part, "_element", None) is not None:
            _name_faces(part._element, own=own or "/notes" in name)  # noqa: SLF001  # parts of this library have no other way in


_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
"""What the library says of a presentation of its own is not true of this one."""


def _is_the_librarys(theme: Any) -> bool:
    """Whether it was made just now, for notes: of one that was read nothing is parsed."""
    return getattr(theme, "_element", None) is not None


def _drop(of_part: Any) -> None:
    """Printer's settings and a picture of somebody else's first slide."""
    relations = of_part._rels  # noqa: SLF001
    for key in [key for key, one in relations.items() if any(word in one.reltype for word in _DROPPED)]:
        relations.pop(key)


def _set(part: Any, content: bytes) -> None:
    from pptx.opc.package import XmlPart
    from pptx.oxml import parse_xml

    if isinstance(part, XmlPart):
        part._element = parse_xml(content)  # noqa: SLF001
    else:
        part._blob = content  # noqa: SLF001


def _mended(theme: bytes) -> bytes:
    """An office's theme with its own typefaces, but for those that are foreign, missing, or meant for other scripts."""
    from lxml import etree

    root = etree.fromstring(theme)
    for kind, east_asian in (("majorFont", of.HEI), ("minorFont", of.SONG)):
        for fonts in root.iter(f"{_MAIN}{kind}"):
            for script in fonts.findall(f"{_MAIN}font"):
                fonts.remove(script)
            for slot, instead in (("latin", of.LATIN), ("ea", east_asian), ("cs", of.LATIN)):
                one = fonts.find(f"{_MAIN}{slot}")
                if one is not None and (not one.get("typeface") or _FOREIGN.search(one.get("typeface"))):
                    one.attrib.clear()
                    one.set("typeface", instead)
    _name_faces(root, own=False)
    for one in root.iter(f"{_MAIN}fontScheme", f"{_MAIN}theme"):
        if _FOREIGN.search(one.get("name", "")):
            one.set("name", of.SONG)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _name_faces(element: Any, *, own: bool) -> None:
    """Foreign typefaces by ours; where the slides are ours those of the theme too, by their names."""
    for slot, instead in (
        ("latin", of.LATIN),
        ("ea", of.SONG),
        ("cs", of.LATIN),
        ("sym", of.LATIN),
        ("buFont", of.LATIN),
    ):
        for one in element.iter(f"{_MAIN}{slot}"):
            face = one.get("typeface", "")
            if _FOREIGN.search(face):
                one.attrib.clear()
                one.set("typeface", instead)
            elif own and face in _OF_THEMES:
                one.set("typeface", _OF_THEMES[face])
