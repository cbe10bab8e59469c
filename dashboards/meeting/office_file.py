"""A .docx or .pptx that an office hands in as its own: looked at before any library opens it, and LibreOffice after that.

What would fetch something from elsewhere, run something, or be too large unpacked is refused by a sentence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from dashboards.meeting.filling import Unfillable
from data.language import gettext as _

MOST_PARTS, LARGEST_UNPACKED = 2000, 40 * 2**20
_RUNS = re.compile(r"vbaproject|activex|/embeddings/.*\.bin$|oleobject", re.IGNORECASE)
_ELSEWHERE = re.compile(rb"""<Relationship\b[^>]*?TargetMode\s*=\s*["']External["'][^>]*>""", re.IGNORECASE)
_HYPERLINK = b"/hyperlink"
_DOCTYPE = b"<!DOCTYPE"


class PackageKind(NamedTuple):
    """A kind of file: its ending, the part that it must have, and how people call it."""

    ending: str
    needed: str
    called: Callable[[], str]


DOCX = PackageKind("docx", "word/document.xml", lambda: _("Word document (.docx)"))
PPTX = PackageKind("pptx", "ppt/presentation.xml", lambda: _("presentation (.pptx)"))


def check(raw: bytes, kind: PackageKind) -> None:
    """Unfillable with a sentence for what cannot be taken as a template."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as told:
            _check_parts(told, kind)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unfillable(
            _("The file is no %(kind)s: save it as one and hand it in again.", kind=kind.called())
        ) from error


def _check_parts(told: zipfile.ZipFile, kind: PackageKind) -> None:
    every = told.infolist()
    if kind.needed not in told.namelist():
        raise Unfillable(_("The file is no %(kind)s: save it as one and hand it in again.", kind=kind.called()))
    if len(every) > MOST_PARTS or sum(one.file_size for one in every) > LARGEST_UNPACKED:
        raise Unfillable(_("The file is too large unpacked. Make pictures in it smaller."))
    for one in every:
        if _RUNS.search(one.filename):
            raise Unfillable(
                _("The file has macros or embedded programs (%(part)s). Save it without them.", part=one.filename)
            )
        if one.filename.endswith((".xml", ".rels")):
            _check_text(one.filename, _read(told, one))


def _read(told: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """A part, no more of it than its entry promises."""
    with told.open(one) as part:
        return part.read(one.file_size + 1)


def _check_text(name: str, part: bytes) -> None:
    if _DOCTYPE in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unfillable(_("The file cannot be read safely (%(part)s). Save it anew in WPS or Word.", part=name))
    if b"macroEnabled" in part and name == "[Content_Types].xml":
        raise Unfillable(_("The file has macros or embedded programs (%(part)s). Save it without them.", part=name))
    if name.endswith(".rels") and any(_HYPERLINK not in one for one in _ELSEWHERE.findall(part)):
        raise Unfillable(
            _("The file refers to something outside of itself (%(part)s): a linked picture or template. Put it in, or take it out.", part=name)
        )  # fmt: skip
