"""Workbooks that come out the same to the last byte: what changes by itself can't be compared."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

_PROPERTIES = "docProps/core.xml"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def save(book: Workbook, path: Path, moment: datetime) -> None:
    """Write the workbook as if it had been made, changed and packed at this moment."""
    book.properties.created = moment
    packed = BytesIO()
    book.save(packed)
    _repack(packed, path, moment)


def _repack(packed: BytesIO, path: Path, moment: datetime) -> None:
    stamp = moment.timetuple()[:6]
    with ZipFile(packed) as source, ZipFile(path, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, (stamp[0], stamp[1], stamp[2], stamp[3], stamp[4], stamp[5]))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, _timeless(name, source.read(name), moment))


def _timeless(name: str, content: bytes, moment: datetime) -> bytes:
    """The library stamps the hour of saving into the properties; ours goes in its place."""
    if name != _PROPERTIES:
        return content
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
