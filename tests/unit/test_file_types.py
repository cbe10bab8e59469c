"""What may be attached is told by the whole content, and never by a name or by a few first bytes."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.web.file_types import attachable, workbook_endings
from tests.integration.scans import chunk, jpeg, pdf, png, segment

WHOLE = {"application/pdf": pdf(), "image/png": png(), "image/jpeg": jpeg()}


@pytest.mark.parametrize("media", WHOLE)
def test_a_whole_file_is_what_it_is(media: str) -> None:
    """Each type is known from its own structure."""
    assert attachable(WHOLE[media]) == media


@pytest.mark.parametrize("media", WHOLE)
@given(cut=st.integers(1, 10**6))
def test_a_part_of_a_file_is_none(media: str, cut: int) -> None:
    """However much of it there is: what lost its end is no scan (but for the line end behind a document)."""
    content = WHOLE[media]
    kept = content[: -(cut % (len(content) - 1)) - 1]
    assert attachable(kept) in ({None, media} if kept == content.rstrip() else {None})


@pytest.mark.parametrize("media", WHOLE)
def test_first_bytes_alone_are_none(media: str) -> None:
    """A program behind the first bytes of a picture or document is refused."""
    for size in (4, 8, 12):
        assert attachable(WHOLE[media][:size] + b"<script>new ActiveXObject('WScript.Shell')</script>") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        png() + b"<script>",
        png()[:-1] + b"\0",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13) + chunk(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8" + segment(0xDA, b"x") + b"\xff\xd9",
        b"\xff\xd8\xff\xe0\xff\xff",
        b"\xff\xd8\xff\xe0\0\0",
        b"%PDF-1.7\n",
        b"<html>" + pdf(),
        pdf() + b"<script>",
        pdf().replace(b"startxref", b"startxxxx"),
    ],
)
def test_what_has_not_the_structure_is_none(content: bytes) -> None:
    """Signatures without what belongs behind them, wrong checksums, sizes beyond the end, something before or behind."""
    assert attachable(content) is None


def test_pictures_with_more_in_them_stay_pictures() -> None:
    """A comment may hold a page's text, and telephones write behind the end: the type is the picture's all the same."""
    assert attachable(jpeg(b"<html><script>alert(1)</script>")) == "image/jpeg"
    assert attachable(jpeg() + b"MPF\0" * 40) == "image/jpeg"
    assert attachable(pdf() + b"\r\n\0\0") == "application/pdf"


@given(st.binary(max_size=400))
def test_anything_is_answered(content: bytes) -> None:
    """Whatever bytes there are, there is an answer and no error, also behind each signature."""
    for beginning in (b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4", b"PK\x03\x04"):
        attachable(beginning + content)
        assert workbook_endings(io.BytesIO(beginning + content))


def _package(*names: str) -> bytes:
    kept = io.BytesIO()
    with ZipFile(kept, "w") as package:
        for name in names:
            package.writestr(name, b"x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (_package("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (_package("[Content_Types].xml", "xl\\workbook.xml", "XL/vbaProject.bin"), "xlsm"),
        (_package("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
        (_package("mimetype", "content.xml"), "ods"),
        (_package("[Content_Types].xml", "word/document.xml"), "docx"),
        (_package("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        (_package("setup.exe"), "zip"),
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"<html><table><tr><td>1</td></tr></table>", "xls"),
        ("检查日期,被检查单位\n".encode(), "csv"),
        (b"MZ\x90\0\x03", "bin"),
        (b"", "bin"),
        (pdf(), "pdf"),
    ],
)
def test_what_was_sent_as_a_workbook_is_named_by_its_content(content: bytes, ending: str) -> None:
    """The first ending is the content's own; what is no workbook gets one that runs nothing."""
    assert workbook_endings(io.BytesIO(content))[0] == ending
