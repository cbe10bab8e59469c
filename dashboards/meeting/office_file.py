"""A .docx or .pptx that an office hands in as its own: looked at before any library opens it, and LibreOffice after that.

What would fetch something from elsewhere, run something, or be too large unpacked is refused by a sentence.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from dashboards.meeting.filling import Unfillable
from data.language import gettext as _

MOST_PARTS, LARGEST_UNPACKED, LARGEST_XML = 2000, 40 * 2**20, 8 * 2**20
"""Parts of a file; bytes of all of them, and of those that libraries take apart."""
MOST_TAGS = 2000
"""Fields and conditions of a template: what fills it in looks for the end of each."""
_TAGS = re.compile(rb"\{[{%#]")
_OTHER_TAGS = re.compile(rb"\{[{%]-?\s*(?:r|tr|tc|hm|vm|cellbg|colspan)\b")
"""Those by which the library that fills in would change rows, cells and runs: no wording needs them."""
_RUNS = re.compile(r"vbaproject|activex|/embeddings/.*\.bin$|oleobject", re.IGNORECASE)
_LINKS = frozenset({"hyperlink", "hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""Elements of links that people follow; LibreOffice fetches whatever else names a relation that leads out, also one that is said to be a link."""
_DOCTYPE, _OF_TWO_BYTES = b"<!DOCTYPE", b"\0"
"""What no part of an office's file has; and what stands in every part that is not in UTF-8, so that the first is not hidden in it."""


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
    texts = sum(one.file_size for one in every if one.filename.endswith((".xml", ".rels")))
    if len(every) > MOST_PARTS or sum(one.file_size for one in every) > LARGEST_UNPACKED or texts > LARGEST_XML:
        raise Unfillable(_("The file is too large unpacked. Make pictures in it smaller."))
    for one in every:
        if _RUNS.search(one.filename):
            raise Unfillable(
                _("The file has macros or embedded programs (%(part)s). Save it without them.", part=one.filename)
            )
        if one.filename.endswith((".xml", ".rels")):
            _check_text(told, one.filename, _read(told, one))


def _read(told: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """A part, no more of it than its entry promises."""
    with told.open(one) as part:
        return part.read(one.file_size + 1)


def _check_text(told: zipfile.ZipFile, name: str, part: bytes) -> None:
    if _DOCTYPE in part or _OF_TWO_BYTES in part:
        raise _not_safely(name)
    if b"macroEnabled" in part and name == "[Content_Types].xml":
        raise Unfillable(_("The file has macros or embedded programs (%(part)s). Save it without them.", part=name))
    if name.startswith("word/") and name.endswith(".xml"):
        _check_tags(part)
    if name.endswith(".rels") and _leads_elsewhere(told, name, part):
        raise Unfillable(
            _("The file refers to something outside of itself (%(part)s): a linked picture or template. Put it in, or take it out.", part=name)
        )  # fmt: skip


def _check_tags(part: bytes) -> None:
    """What a part asks to be filled in, wherever programs have cut it into runs."""
    plain = re.sub(rb"<[^<>]*>", b"", part)
    if len(_TAGS.findall(plain)) > MOST_TAGS:
        raise Unfillable(_("A template has up to %(n)s fields and conditions.", n=MOST_TAGS))
    found = _OTHER_TAGS.search(plain)
    if found is not None:
        raise Unfillable(_("The template uses %(tag)s, which a wording cannot have.", tag=found[0].decode("ascii")))


def _leads_elsewhere(told: zipfile.ZipFile, name: str, part: bytes) -> bool:
    """Whether relations lead out of the file, links that people follow apart: read as the libraries read them, however they are written."""
    outside = [one for one in _parsed(name, part).iter() if (one.get("TargetMode") or "").lower() == "external"]
    if any(not (one.get("Type") or "").endswith("/hyperlink") for one in outside):
        return True
    source = name.replace("_rels/", "").removesuffix(".rels")
    links = {one.get("Id") for one in outside}
    if not links or source not in told.namelist():
        return False
    every = _parsed(source, told.read(source)).iter("*")
    return any(not links.isdisjoint(one.values()) and one.tag.rpartition("}")[2] not in _LINKS for one in every)


def _parsed(name: str, part: bytes) -> Any:
    from lxml import etree

    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _not_safely(name) from error


def _not_safely(name: str) -> Unfillable:
    return Unfillable(_("The file cannot be read safely (%(part)s). Save it anew in WPS or Word.", part=name))
