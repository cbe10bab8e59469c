"""A template or a master that is handed in: what of it is refused before any library opens it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from dashboards.meeting import wording
from dashboards.meeting.blank_slides import blank_slides
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.office_file import DOCX, LARGEST_UNPACKED, PPTX, check

Parts = dict[str, bytes]
TEMPLATE = wording.as_template(wording.lines("标题｜通报"))


def changed(change: Callable[[Parts], object]) -> bytes:
    """A good template with something in it."""
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as told:
        parts = {name: told.read(name) for name in told.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, part in parts.items():
            written.writestr(name, part)
    return file.getvalue()


def relation(kind: str, mode: str = "External") -> bytes:
    """A part that relates to something elsewhere."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="http://10.0.0.1/x" TargetMode="{mode}"/></Relationships>'
    ).encode()


def test_good_files_are_taken() -> None:
    """Ours, and one with a link that a reader may follow."""
    check(TEMPLATE, DOCX)
    check(blank_slides(), PPTX)
    check(changed(lambda parts: parts.update({"word/_rels/footer.xml.rels": relation("hyperlink")})), DOCX)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "不是Word 文档"),
        (b"PK\x03\x04 broken", "不是Word 文档"),
        (blank_slides(), "不是Word 文档"),
        (changed(lambda parts: parts.update({"word/_rels/settings.xml.rels": relation("attachedTemplate")})), "引用了外部"),
        (changed(lambda parts: parts.update({"word/_rels/document.xml.rels": relation("image")})), "引用了外部"),
        (changed(lambda parts: parts.update({"word/_rels/document.xml.rels": relation("image", "external")})), "引用了外部"),
        (changed(lambda parts: parts.update({"word/vbaProject.bin": b"x"})), "宏"),
        (changed(lambda parts: parts.update({"word/embeddings/oleObject1.bin": b"x"})), "宏"),
        (changed(lambda parts: parts.update({"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"})), "宏"),
        (changed(lambda parts: parts.update({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})), "不能安全地读取"),
        (changed(lambda parts: parts.update({"word/styles.xml": "<!DOCTYPE a>".encode("utf-16")})), "不能安全地读取"),
        (changed(lambda parts: parts.update({"word/media/a.png": bytes(LARGEST_UNPACKED)})), "太大"),
        (changed(lambda parts: parts.update({"word/document.xml": b"<a>" + b"{{ x }}" * 2001 + b"</a>"})), "最多2000处"),
        (changed(lambda parts: parts.update({"word/document.xml": b"<a>{{<b/>r x }}</a>"})), "文字里不能用"),
        (changed(lambda parts: parts.update({"word/document.xml": b"<a " * 200_000 + b"{{r x }}"})), "文字里不能用"),
        (changed(lambda parts: parts.update({"word/document.xml": b"<a>" + b"<p/>" * 2_200_000 + b"</a>"})), "太大"),
        (changed(lambda parts: parts.update({f"word/p{number}.xml": b"" for number in range(2001)})), "太大"),
    ],
    ids=range(17),
)  # fmt: skip
def test_what_would_fetch_run_or_swell_is_refused(raw: bytes, said: str) -> None:
    """By a sentence that says what to do."""
    with pytest.raises(Unfillable, match=said):
        check(raw, DOCX)
