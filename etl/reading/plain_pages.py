"""The words of one PDF as they are seen, for whoever may not read documents: ``python -m etl.reading.plain_pages MEBIBYTES SECONDS``.

The bytes come on standard input; the answer is JSON: page by page the words, what hinders that they are read, what lies over them, and a small
picture of the page. Whatever is no PDF has no answer: the process ends with 1, as it does at its limits.
"""

from __future__ import annotations

import base64
import ctypes
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from etl.reading.colours import WHITE, Colour, can_be_read
from etl.reading.limits import Unreadable
from etl.reading.plain_cells import limited, put_out

MOST_PAGES, MOST_OBJECTS, MOST_CHARACTERS, MOST_STRANGE = 200, 50_000, 200_000, 40
LARGEST_SIDE = 3_000.0
"""Points of a page's side: A0 is 3,370, A4 842."""
PICTURE, _FINE = 0.6, 2.0
"""Pixels a point: of the small picture, and of the one in which letters are looked for."""
_SMALLEST, _FAINTEST, _LEAST_INK = 4.0, 64, 235
"""Points below which no letter is read; of 255 how opaque it is; how light the darkest point of a letter may be."""
_COVERED, _WRITTEN_OVER, _EDGE, _HAIR, _THIN, _LETTER, _THICK = 0.15, 0.5, 0.15, 0.3, 2.5, 24.0, 3.0
"""Of a text, how much of it is laid over, or written over by another; how far from its edges a line may run. Points: below the first nothing is
seen, below the second a shape is a line, up to the third it may be a letter, from the last on a line covers.
"""
_MOST_CORNERS = 60
"""Of a drawing: with more of them it may be letters."""
_UNSEEN_MODES = frozenset({3, 7})
_LINK = 2
_ENCRYPTED = 4
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class PageOfPdf:
    """``text``: its words, a line a line; ``strange``: what hinders that they are read, or lies there besides; ``pictures``: how many;
    ``picture``: the page, small and grey: wide, high, and its points, packed.
    """

    text: str
    strange: list[str] = field(default_factory=list)
    pictures: int = 0
    picture: tuple[int, int, str] = (0, 0, "")


@dataclass(slots=True)
class PdfWords:
    """The pages; ``producer``: which program says that it made it; ``besides``: what the whole document holds besides pages; ``locked``: it
    asks for a password; ``too_long``: it has more pages than a document of ours ever has.
    """

    pages: list[PageOfPdf] = field(default_factory=list)
    producer: str = ""
    fonts: list[str] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    locked: bool = False
    too_long: bool = False


def pages_of(content: bytes) -> PdfWords:
    """A PDF's words. Unreadable where it is none."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if pdf.FPDF_GetLastError() == _ENCRYPTED:
            return PdfWords(locked=True)
        raise Unreadable("not_a_workbook") from error
    found = PdfWords(producer=document.get_metadata_dict().get("Producer", "")[:200])
    if len(document) > MOST_PAGES:
        found.too_long = True
        return found
    found.besides = list(_of_the_whole(document))
    fonts: set[str] = set()
    characters = 0
    for number in range(len(document)):
        found.pages.append(_page(document[number], fonts))
        characters += len(found.pages[-1].text)
        if characters > MOST_CHARACTERS:
            raise Unreadable("too_large")
    found.fonts = sorted(fonts)
    return found


def _of_the_whole(document: Any) -> Iterator[str]:
    if document.get_formtype():
        yield "form"
    if pdf.FPDFDoc_GetJavaScriptActionCount(document):
        yield "script"
    if document.count_attachments():
        yield "attachment"


class _Seen:
    """What one page has painted so far."""

    def __init__(self) -> None:
        self.strange: list[str] = []
        self.texts: list[Box] = []
        self.grounds: list[tuple[Box, Colour]] = []
        self.pictures = 0

    def tell(self, what: str) -> None:
        if what not in self.strange and len(self.strange) < MOST_STRANGE:
            self.strange.append(what)


def _page(page: Any, fonts: set[str]) -> PageOfPdf:
    if max(page.get_size()) > LARGEST_SIDE:
        raise Unreadable("too_large")
    seen = _Seen()
    if page.get_rotation() == 180:
        seen.tell("turned")
    page.set_rotation(0)
    area: Box = page.get_cropbox()
    for number, one in enumerate(page.get_objects(max_depth=1)):
        if number >= MOST_OBJECTS:
            raise Unreadable("too_large")
        _object(one, area, seen, fonts)
    for place in range(pdf.FPDFPage_GetAnnotCount(page)):
        note = pdf.FPDFPage_GetAnnot(page, place)
        if pdf.FPDFAnnot_GetSubtype(note) != _LINK:
            seen.tell("annotation")
        pdf.FPDFPage_CloseAnnot(note)
    words = page.get_textpage()
    _look_for_letters(page, words, area, seen)
    return PageOfPdf(words.get_text_range(), seen.strange, seen.pictures, _picture(page))


def _object(one: Any, area: Box, seen: _Seen, fonts: set[str]) -> None:
    box: Box = one.get_bounds()
    if one.type == pdf.FPDF_PAGEOBJ_TEXT:
        _text(one, box, area, seen, fonts)
    elif one.type == pdf.FPDF_PAGEOBJ_PATH:
        _path(one, box, seen)
    elif one.type == pdf.FPDF_PAGEOBJ_IMAGE:
        seen.pictures += 1
        if _over(box, seen.texts, _COVERED):
            seen.tell("over")
        seen.grounds.append((box, WHITE))
    else:
        seen.tell("form object" if one.type == pdf.FPDF_PAGEOBJ_FORM else "shading")


def _text(one: Any, box: Box, area: Box, seen: _Seen, fonts: set[str]) -> None:
    fonts.add(one.get_font().get_base_name())
    if pdf.FPDFTextObj_GetTextRenderMode(one) in _UNSEEN_MODES:
        seen.tell("unseen")
    colour, alpha = _colour(one)
    ground = next((each for place, each in reversed(seen.grounds) if _holds(place, box)), WHITE)
    if alpha < _FAINTEST or not can_be_read(colour, [ground]):
        seen.tell("unseen")
    size = ctypes.c_float()
    pdf.FPDFTextObj_GetFontSize(one, size)
    matrix = one.get_matrix()
    scale = max(abs(matrix.a), abs(matrix.b)), max(abs(matrix.c), abs(matrix.d))
    if size.value * min(scale) < _SMALLEST:
        seen.tell("unseen")
    if matrix.a <= 0 or matrix.d <= 0:
        seen.tell("turned letters")
    if box[2] > box[0] and box[3] > box[1]:
        if _over(box, seen.texts, _WRITTEN_OVER):
            seen.tell("over")
        if not _overlap(box, area):
            seen.tell("outside")
        seen.texts.append(box)


def _path(one: Any, box: Box, seen: _Seen) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdf.FPDFPath_GetDrawMode(one, fill, stroke)
    corners = pdf.FPDFPath_CountSegments(one)
    if corners > _MOST_CORNERS or (fill.value and _is_round(one, corners)):
        seen.tell("drawing")
    wide, high = box[2] - box[0], box[3] - box[1]
    colour, alpha = _colour(one)
    if fill.value and alpha and wide > _THIN and high > _THIN:
        if _over(box, seen.texts, _COVERED):
            seen.tell("over")
        seen.grounds.append((box, colour))
    width = ctypes.c_float()
    pdf.FPDFPageObj_GetStrokeWidth(one, width)
    if stroke.value and width.value >= _THICK and _over(box, seen.texts, 0.0):
        seen.tell("over")
    is_line = bool(stroke.value and not fill.value) or min(wide, high) <= _THIN
    if (fill.value or stroke.value) and is_line and _crosses(box, seen.texts):
        seen.tell("crossed")
    if (fill.value or stroke.value) and _is_as_small_as_a_letter(wide, high, filled=bool(fill.value)):
        seen.tell("drawing")


def _is_round(one: Any, corners: int) -> bool:
    return any(
        pdf.FPDFPathSegment_GetType(pdf.FPDFPath_GetPathSegment(one, at)) == pdf.FPDF_SEGMENT_BEZIERTO
        for at in range(corners)
    )


def _colour(one: Any) -> tuple[Colour, int]:
    parts = [ctypes.c_uint() for _channel in range(4)]
    if not pdf.FPDFPageObj_GetFillColor(one, *parts):
        return (0.0, 0.0, 0.0), 255
    red, green, blue, alpha = (each.value for each in parts)
    return (red / 255, green / 255, blue / 255), alpha


def _overlap(one: Box, other: Box) -> float:
    """What two have in common, in square points."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _over(box: Box, texts: Sequence[Box], share: float) -> bool:
    """Whether more than such a share of a text that was written before lies below."""
    return any(_overlap(box, one) > share * (one[2] - one[0]) * (one[3] - one[1]) for one in texts)


def _holds(ground: Box, text: Box) -> bool:
    across, down = (text[0] + text[2]) / 2, (text[1] + text[3]) / 2
    return ground[0] <= across <= ground[2] and ground[1] <= down <= ground[3]


def _crosses(line: Box, texts: Sequence[Box]) -> bool:
    """Whether a line goes through the middle of a text."""
    for left, bottom, right, top in texts:
        aside, above = _EDGE * (right - left), _EDGE * (top - bottom)
        if line[0] < right - aside and line[2] > left + aside and line[1] < top - above and line[3] > bottom + above:
            return True
    return False


def _is_as_small_as_a_letter(wide: float, high: float, *, filled: bool) -> bool:
    """Whether what is drawn may be a letter, or a part of one: a stroke is at once, of what is filled a bar of a chart is none."""
    if max(wide, high) > _LETTER:
        return False
    return _HAIR < min(wide, high) < _THIN if filled else max(wide, high) > _THIN


def _look_for_letters(page: Any, words: Any, area: Box, seen: _Seen) -> None:
    """Every letter that is told must be seen where it stands, whatever hides it: what lies over it, a layer, what it is clipped to."""
    bitmap = page.render(scale=_FINE, grayscale=True, may_draw_forms=False, draw_annots=False)
    points, stride = bytes(bitmap.buffer), bitmap.stride
    for place in range(words.count_chars()):
        if not chr(pdf.FPDFText_GetUnicode(words, place)).strip() or pdf.FPDFText_IsGenerated(words, place) == 1:
            continue
        left, bottom, right, top = words.get_charbox(place, loose=True)
        first, last = (round((edge - area[0]) * _FINE) for edge in (left, right))
        above, below = (round((area[3] - edge) * _FINE) for edge in (top, bottom))
        if last <= 0 or below <= 0 or first >= bitmap.width or above >= bitmap.height:
            seen.tell("outside")
            continue
        rows = range(max(above, 0), min(below + 1, bitmap.height))
        begin, end = max(first, 0), min(last + 1, bitmap.width)
        inks = [(min(row), max(row)) for at in rows if (row := points[at * stride + begin : at * stride + end])]
        if (
            not inks
            or min(low for low, _high in inks) > _LEAST_INK
            or min(low for low, _high in inks) == max(high for _low, high in inks)
        ):
            seen.tell("unseen")
    bitmap.close()


def _picture(page: Any) -> tuple[int, int, str]:
    bitmap = page.render(scale=PICTURE, grayscale=True)
    rows = bytes(bitmap.buffer)
    points = b"".join(rows[at * bitmap.stride : at * bitmap.stride + bitmap.width] for at in range(bitmap.height))
    made = bitmap.width, bitmap.height, base64.b64encode(zlib.compress(points, 1)).decode()
    bitmap.close()
    return made


def main(memory_mib: int, seconds: float) -> int:
    """Read one PDF and tell its words."""
    limited(memory_mib, seconds)
    return put_out(asdict(pages_of(sys.stdin.buffer.read())))


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
    except BaseException as error:  # noqa: BLE001  # what no PDF is, and a panic of the reader, mean one thing
        sys.exit(error.code if isinstance(error, SystemExit) else 1)
