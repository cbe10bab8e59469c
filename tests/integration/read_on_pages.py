"""What a reader of a bulletin would lose on its rendered pages, beside the .docx that they were rendered from; each finds nothing in a good one."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, repeat
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dashboards.meeting import measures as of
from dashboards.meeting.blank_paper import BODY, CAPTION, DAY, FIRST, SECOND, TITLE
from dashboards.meeting.paper import LANDSCAPE_WIDTH
from tests.integration.rendered import Line, PageSeen

ON_EVERY_PAGE = re.compile(r"—\d+—|草稿，未发布")
FIGURE = re.compile(r"[\d.–%-]*\d[\d.–%-]*")
BROKEN = re.compile(r"[0-9.]\n[0-9.]")
MILLIMETRE = 1.0
"""What a rendered page may differ from the standard: typefaces are others where the office's are not installed."""
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def close(text: str) -> str:
    """A text without blanks and ends of lines, and without what stands on every page."""
    return ON_EVERY_PAGE.sub("", "".join(text.split()))


def lying(pages: Sequence[PageSeen]) -> list[PageSeen]:
    """The pages of the annex."""
    return [page for page in pages if page.width > page.height]


def upright(pages: Sequence[PageSeen]) -> list[PageSeen]:
    """The pages of the body, without the imprint's."""
    return [page for page in pages[:-1] if page.width < page.height and page.lines]


def in_text(page: PageSeen) -> list[Line]:
    """The lines of the text block."""
    above, below = (of.RIGHT, of.LEFT) if page.width > page.height else (of.TOP, of.BOTTOM)
    return [line for line in page.lines if above - MILLIMETRE < line.middle < page.height - below + MILLIMETRE]


def paragraphs(document: bytes, *styles: str) -> list[str]:
    """The paragraphs outside tables, of these styles or of all, without blanks; none of nothing."""
    every = Document(io.BytesIO(document)).paragraphs
    told = [close(one.text) for one in every if not styles or (one.style is not None and one.style.style_id in styles)]
    return [one for one in told if one]


def unprinted(document: bytes, pages: Sequence[PageSeen]) -> list[str]:
    """Paragraphs that are not read whole, over the ends of lines and pages."""
    told = close("".join(line.text for page in pages for line in page.lines))
    return [one for one in paragraphs(document) if one not in told]


def broken_figures(document: bytes, pages: Sequence[PageSeen]) -> list[list[str]]:
    """Rows of tables whose figures do not stand in one line, each whole."""
    lines = [line.text for page in lying(pages) for line in page.lines]
    rows = [row for table in Document(io.BytesIO(document)).tables for row in table.rows]
    told = [[cell.text for cell in row.cells if FIGURE.fullmatch(cell.text)] for row in rows]
    return [each for each in told if not any(re.search(".*".join(map(re.escape, each)), line) for line in lines)]


def broken_in_text(pages: Sequence[PageSeen]) -> list[str]:
    """Numbers that go on in the next line of the body."""
    return [found for page in upright(pages) for found in BROKEN.findall("\n".join(one.text for one in in_text(page)))]


def unread_columns(document: bytes, pages: Sequence[PageSeen]) -> list[tuple[str, str]]:
    """Columns of which not every cell is read, each behind the one above it and within the sides of the column: head, what is missing."""
    lost = []
    for table, edges in _tables(document):
        for at, column in enumerate(table.columns):
            head, *cells = (close(cell.text) for cell in column.cells)
            told = "".join(_within(page, edges[at], edges[at + 1]) for page in lying(pages)).replace(head, "")
            if "".join(cells).replace(head, "") not in told:
                lost.append((head, next((one for one in cells if one not in told), "".join(cells))))
    return lost


def torn_heads(document: bytes, pages: Sequence[PageSeen]) -> list[str]:
    """Heads of two characters that stand in two lines, one below the other."""
    return [
        head
        for table, edges in _tables(document)
        for at, head in enumerate(close(cell.text) for cell in table.rows[0].cells)
        if len(head) == 2
        and not any(head in _between(line, edges[at], edges[at + 1]) for page in lying(pages) for line in in_text(page))
    ]


def pages_without_head(document: bytes, pages: Sequence[PageSeen]) -> list[int]:
    """Pages of the annex on which a table goes on and its head does not stand above it."""
    found = []
    for table, edges in _tables(document):
        head, *rows = ([close(cell.text) for cell in row.cells] for row in table.rows)
        for number, page in enumerate(pages, 1):
            columns = [_within(page, left, right) for left, right in pairwise(edges)]
            if any(map(_stands_in, repeat(columns), rows)) and not _stands_in(columns, head):
                found.append(number)
    return found


def _stands_in(columns: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row of a table is read in the columns of a page."""
    return all(cell in column for column, cell in zip(columns, row, strict=True))


def beside_the_page(pages: Sequence[PageSeen]) -> list[str]:
    """Lines that leave the text block, to the right or below: of the annex, and of the body."""
    return [
        line.text
        for page in pages
        for line in in_text(page)
        if max(one.right for one in line.characters) > page.width - (of.BOTTOM if page.width > page.height else of.RIGHT) + MILLIMETRE
        or max(one.bottom for one in line.characters) > page.height - of.LEFT + of.NUMBER_BELOW_TEXT
    ]  # fmt: skip


def too_near_the_number(pages: Sequence[PageSeen]) -> list[str]:
    """Numbers of pages that stand otherwise than 7 mm below the text block."""
    return [
        line.text
        for page in pages
        for line in page.lines
        if re.fullmatch(r"—\d+—", line.text)
        and not 5 < line.characters[0].top - (page.height - (of.LEFT if page.width > page.height else of.BOTTOM)) < 10
    ]


def headings_alone(document: bytes, pages: Sequence[PageSeen]) -> list[str]:
    """Headings and captions in the last line of their page."""
    heads = {
        *paragraphs(document, FIRST, SECOND, CAPTION, TITLE),
        "附件",
        *(f"附件{number}" for number in range(1, 10)),
    }
    last = [lines[-1].text for page in pages[:-1] if (lines := in_text(page))]
    return [one for one in last if one in heads]


def signature_alone(document: bytes, pages: Sequence[PageSeen]) -> bool:
    """Whether nothing of the body's text stands on the page that is signed."""
    (day,) = paragraphs(document, DAY)
    page = next(page for page in upright(pages) if any(line.text == day for line in page.lines))
    first = in_text(page)[0].text
    return not any(first in one for one in paragraphs(document, BODY)) and first not in paragraphs(
        document, FIRST, SECOND, TITLE
    )


def blank_pages(pages: Sequence[PageSeen]) -> list[int]:
    """Pages without a word, counted from the end: one before the imprint may be."""
    return [at - len(pages) for at, page in enumerate(pages) if not page.lines]


def tables_of_nothing(document: bytes) -> int:
    """Tables without a row, or with one in which nothing is said."""
    rows = [[cell.text for cell in row.cells] for table in Document(io.BytesIO(document)).tables for row in table.rows]
    heads = len(Document(io.BytesIO(document)).tables)
    return sum(not any(row) for row in rows) + (heads if len(rows) == heads else 0)


def chart_of(document: bytes) -> tuple[list[str], list[tuple[str, list[float]]]] | None:
    """Categories and series of the chart; None without one."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        if "word/charts/chart1.xml" not in package.namelist():
            return None
        root = etree.fromstring(package.read("word/charts/chart1.xml"))
    told = [(_texts(one, "tx")[0], [float(value) for value in _texts(one, "val")]) for one in root.iter(f"{_CHART}ser")]
    return _texts(next(root.iter(f"{_CHART}ser")), "cat"), told


def unread_on_chart(document: bytes, pages: Sequence[PageSeen]) -> list[str]:
    """Names and values that are not read whole on the chart's page, or leave its frame; of a line the names of its series, and of its axis that
    no number stands there twice.
    """
    drawn = chart_of(document)
    if drawn is None:
        return []
    categories, series = drawn
    page = lying(pages)[-1]
    if series[0][0] != "得分":
        wanted = [*categories, *(name for name, _values in series if len(series) > 1)]
        axis = [line.text for line in in_text(page) if line.text.isdigit()]
        lost = [one for one in wanted if close(one) not in "".join(line.text for line in in_text(page))]
        return [*lost, *(one for one, times in Counter(axis).items() if times > 1)]
    written = [(line, found[0]) for line in in_text(page) if (found := re.search(r"\d+\.\d\d$", line.text))]
    left = min((line.characters[-len(value)].left for line, value in written), default=0.0)
    frame = page.width - of.BOTTOM
    outside = [value for line, value in written if line.characters[-1].right > frame]
    names, told = _within(page, 0, left), {value for _line, value in written}
    values = [f"{value:.2f}" for value in series[0][1]]
    return [
        *(one for one in categories if close(one) not in names),
        *(one for one in values if one not in told),
        *outside,
    ]


def _texts(series: Any, part: str) -> list[str]:
    return [one.text or "" for each in series.findall(f"{_CHART}{part}") for one in each.iter(f"{_CHART}v")]


def tables(document: bytes) -> list[Any]:
    """All tables of the annex."""
    return list(Document(io.BytesIO(document)).tables)


def _tables(document: bytes) -> Iterator[tuple[Any, list[float]]]:
    """Each table of the annex, with the edges of its columns in millimetres from the left of the page: it stands in the middle of the line."""
    for table in Document(io.BytesIO(document)).tables:
        widths = [int(one.get(qn("w:w"))) / 20 * of.POINT for one in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        left = of.TOP + (LANDSCAPE_WIDTH - sum(widths)) / 2
        yield table, [left + before for before in accumulate(widths, initial=0.0)]


def _within(page: PageSeen, left: float, right: float) -> str:
    """What is read between two places of a page's width, line by line."""
    return "".join(_between(line, left, right) for line in in_text(page))


def _between(line: Line, left: float, right: float) -> str:
    """The same of one line."""
    return "".join(one.text for one in line.characters if left <= (one.left + one.right) / 2 <= right)
