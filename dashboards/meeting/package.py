"""Packages of office documents, the same bytes whenever they are made of the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_APP = "docProps/app.xml"
_NOBODY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
"""In place of what a program says there of itself, of a company and of its people."""
_MOMENTS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_LONG_AGO = rb"\g<1>2022-01-01T00:00:00Z\2"


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Parts by name as one package; of when it was written it tells nothing."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, content in parts:
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def settled(package: bytes, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """A package without the moment at which it was written; ``change`` is done to every part."""
    with zipfile.ZipFile(io.BytesIO(package)) as told:
        return packed((name, _NOBODY if name == _APP else change(told.read(name))) for name in told.namelist())


def name_it(core: Any, title: str, author: str, day: date) -> None:
    """What a file says of itself in its core properties, the same at all times; what a template or a master said there is gone."""
    core.title, core.author, core.language = title, author, "zh-CN"
    core.last_modified_by, core.revision = author, 1
    core.subject = core.keywords = core.comments = core.category = core.content_status = core.identifier = (
        core.version
    ) = ""
    core.created = core.modified = datetime.combine(day, datetime.min.time(), UTC)


def without_moments(part: bytes) -> bytes:
    """A part that tells when a library made it tells of a day long ago."""
    return _MOMENTS.sub(_LONG_AGO, part)


def with_properties(package: bytes, properties: Mapping[str, str]) -> bytes:
    """A package that says so of itself, as WPS and Word show it under its properties; what it said before is gone."""
    with zipfile.ZipFile(io.BytesIO(package)) as told:
        parts = {name: told.read(name) for name in told.namelist()}
    parts[_CUSTOM] = _properties(properties)
    parts[_TYPES] = _added(
        parts[_TYPES], "Override", "PartName", {"PartName": f"/{_CUSTOM}", "ContentType": _CUSTOM_TYPE}
    )
    relation = {"Id": "rIdCustom", "Type": _CUSTOM_RELATION, "Target": _CUSTOM}
    parts[_RELATIONS] = _added(parts[_RELATIONS], "Relationship", "Target", relation)
    return packed(parts.items())


_CUSTOM, _TYPES, _RELATIONS = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""What every property of this kind is said to be (ECMA-376 part 1, 22.3)."""


def _properties(properties: Mapping[str, str]) -> bytes:
    told = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name={quoteattr(name)}><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    return f'{head}<Properties xmlns="{namespace}" xmlns:vt="{_VALUES}">{told}</Properties>'.encode()


def _added(part: bytes, element: str, key: str, attributes: Mapping[str, str]) -> bytes:
    """An element at the end of a part, unless one with the same key is there."""
    from lxml import etree

    root = etree.fromstring(part)
    if all(one.get(key) != attributes[key] for one in root):
        etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{element}", dict(attributes))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made
