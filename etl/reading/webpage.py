"""Web pages whose table is sent as a workbook: HTML, mostly under the name .xls, as many systems export it.

The page is one sheet as it is laid out: its tables one below the other, lines of text between them as rows. What is
shown counts; scripts, styles and what a browser does not show are passed over, hidden rows are read as hidden. The
HTML standard (chapter 4.9, tables) says where cells stand; Microsoft's "Office HTML and XML Reference" what ``x:num`` is.
"""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator, Mapping
from typing import cast

from lxml import etree

from etl.reading.as_written import as_shown, as_written, note_errors
from etl.reading.grid import Allowance, within
from etl.reading.limits import LONGEST_TEXT, MOST_ROWS, Unreadable
from etl.reading.page_layout import Block, PageTable, stacked
from etl.reading.raised import raised, struck
from etl.reading.sheets import Cell, Sheet
from etl.reading.texts import decoded

WEB_PAGE = "web_page"
_PIECE = 2**16
_DEEPEST = 500
_MOST_TABLES = 20_000
_NAME = "Sheet1"
_SHEET_NAME = re.compile(r"<x:Name>\s*([^<>\[\]:*?/\\]{1,31}?)\s*</x:Name>", re.IGNORECASE)
_PART_NUMBER = re.compile(r"sheet0*(\d{1,4})\.html?$", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD = 4096
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_AS_TEXT = re.compile(r"mso-number-format\s*:\s*[\"']?\\+@", re.IGNORECASE)
_WHOLE = re.compile(r"\s*\+?(\d{1,9})")
_BREAK = "\x1e"
"""Stands for a line break of the page among pieces of text, whose own line breaks are blanks; no page holds it."""
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TABLE_TAG = re.compile(r"<t[dhr]\b|</table\b", re.IGNORECASE)
_ASIDE = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
_ASIDE_ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script", re.IGNORECASE),
    "<style": re.compile("</style", re.IGNORECASE),
}
_UNREAD = frozenset(
    {"script", "style", "title", "template", "noscript", "textarea", "select", "xml", "object", "svg", "iframe"}
)
_LINES = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "dl", "dt", "dd", "pre", "hr", "center", "form", "fieldset", "section", "article",
     "header", "footer", "main", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "address"}
)  # fmt: skip
"""Elements that begin a new line and end with one."""
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_RAISED, _STRUCK = frozenset({"sup", "sub"}), frozenset({"s", "strike", "del"})


def read_web_page(content: bytes) -> list[Sheet]:
    """The page's tables on one sheet, each page of a saved web archive on its own; Unreadable where there is no table."""
    if b"mime-version:" in content[:_HEAD].lower():
        sheets = list(_read_archive(content))
    else:
        declared = _CHARSET.search(content[:_HEAD])
        sheet = _read_page(_text(content, declared[1].decode("ascii", "replace") if declared else None), Allowance())
        sheets = [] if sheet is None else [sheet]
    if not sheets:
        raise Unreadable("not_a_workbook", WEB_PAGE)
    return sheets


def _text(content: bytes, declared: str | None) -> str:
    page = decoded(content, declared)
    if page is None:
        raise Unreadable("not_a_workbook", WEB_PAGE)
    return page.replace("\0", "")


def _read_archive(content: bytes) -> Iterator[Sheet]:
    """Pages of a web archive (.mht), which is built like a mail. The first page names the sheets that the others are."""
    names: list[str] = []
    allowance = Allowance()
    for part in email.message_from_bytes(content).walk():
        if part.get_content_type() != "text/html":
            continue
        page = _text(cast("bytes", part.get_payload(decode=True)), part.get_content_charset())
        names = names or _SHEET_NAME.findall(page)
        number = _PART_NUMBER.search(str(part.get("Content-Location", "")))
        place = int(number[1]) - 1 if number else 0
        sheet = _read_page(page, allowance, names[place] if place < len(names) else None)
        if sheet is not None:
            yield sheet


def _read_page(page: str, allowance: Allowance, name: str | None = None) -> Sheet | None:
    """The sheet of a page; None where there is no table in it."""
    _refuse_what_is_cut_off(page)
    reader = _Reader(allowance)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, no_network=True)
    try:
        for start in range(0, len(page), _PIECE):
            parser.feed(page[start : start + _PIECE].encode("utf-8", "replace"))
        parser.close()
    except etree.LxmlError as error:
        raise Unreadable("not_a_workbook", WEB_PAGE) from error
    if not reader.tables:
        return None
    named = _SHEET_NAME.search(page) if name is None else None
    return _sheet(named[1] if named else name or _NAME, reader, allowance)


def _refuse_what_is_cut_off(page: str) -> None:
    """A table that does not end was not saved to its end: rows would be missing, and nobody could see it."""
    last = ""
    for match in _TABLE_TAG.finditer(_without_asides(page)):
        last = match[0]
    if last and not last.startswith("</"):
        raise Unreadable("not_a_workbook", "cut_off")


def _without_asides(page: str) -> str:
    """The page without comments, scripts and styles; one without an end takes the rest with it, as browsers have it."""
    kept: list[str] = []
    at = 0
    while found := _ASIDE.search(page, at):
        kept.append(page[at : found.start()])
        end = _ASIDE_ENDS[found[0].lower()].search(page, found.end())
        if end is None:
            return "".join(kept)
        at = end.end()
    return "".join([*kept, page[at:]])


def _sheet(name: str, reader: _Reader, allowance: Allowance) -> Sheet:
    laid = stacked(reader.blocks, reader.hidden_lines)
    while laid.rows and not any(cell != "" for cell in laid.rows[-1]):
        laid.rows.pop()
    height, width = len(laid.rows), laid.width
    allowance.laid_out -= height * width
    if allowance.laid_out < 0:
        raise Unreadable("too_large")
    merged = [(start, (bottom, min(right, width - 1))) for start, (bottom, right) in laid.merged]
    sheet = Sheet.of_ragged(name, laid.rows)
    sheet.written_as = WEB_PAGE
    sheet.merged = within(merged, height, width)
    sheet.hidden_rows = frozenset(row for row in laid.hidden if row < height)
    note_errors(sheet)
    return sheet


class _Cell:
    """A cell that is open: its text so far, and the tables in it."""

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.blocks: list[Block] = []


class _Open:
    """A table that is open, with its row and cell if there are any."""

    def __init__(self, table: PageTable) -> None:
        self.table = table
        self.in_row = False
        self.cell: _Cell | None = None


class _Reader:
    """Takes a page's elements as they come; the parser closes what the page leaves open."""

    def __init__(self, allowance: Allowance) -> None:
        self.blocks: list[Block] = []
        self.hidden_lines: list[int] = []
        self.tables = 0
        self._allowance = allowance
        self._open: list[_Open] = []
        self._text: list[str] = []
        self._length = 0
        self._depth = 0
        self._unread = 0
        self._unseen = 0
        self._unseen_within: _Cell | None = None
        self._raised = self._struck = 0
        self._texts: dict[str, str] = {}
        self._entering: dict[str, Callable[[Mapping[str, str]], None]] = {
            "table": self._enter_table,
            "tr": self._enter_row,
            "td": self._enter_cell,
            "th": self._enter_cell,
            "caption": self._enter_cell,
            **dict.fromkeys(_GROUPS, self._enter_group),
            **dict.fromkeys(_LINES, self._break_line),
        }
        self._leaving: dict[str, Callable[[], None]] = {
            "table": self._leave_table,
            "tr": self._leave_row,
            "td": self._leave_cell,
            "th": self._leave_cell,
            "caption": self._leave_row,
            **dict.fromkeys(_GROUPS, self._leave_group),
            **dict.fromkeys(_LINES - {"br"}, self._break_line),
        }

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("not_a_workbook", WEB_PAGE)
        if self._unread or tag in _UNREAD:
            self._unread += 1
            return
        if self._unseen:
            self._unseen += 1
        elif (attributes and tag not in {"td", "th", "col"}) and (
            "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style", ""))
        ):
            self._unseen, self._unseen_within = 1, self._cell
        self._count_part(tag, 1)
        enter = self._entering.get(tag)
        if enter is not None:
            enter(attributes)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._unread:
            self._unread -= 1
            return
        self._count_part(tag, -1)
        leave = self._leaving.get(tag)
        if leave is not None:
            leave()
        if self._unseen:
            self._unseen -= 1

    def _count_part(self, tag: str, more: int) -> None:
        """Within how many elements the text is raised or struck out."""
        if tag in _RAISED:
            self._raised += more
        elif tag in _STRUCK:
            self._struck += more

    def data(self, text: str) -> None:
        """A piece of text. What is not shown within a cell is none of it; what is in a hidden row is in a hidden row."""
        if self._unread or (self._unseen and self._cell is not None and self._cell is self._unseen_within):
            return
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise Unreadable("too_large")
        text = text.replace(_BREAK, "")
        text = raised(text) if self._raised else text
        self._text.append(struck(text) if self._struck else text)

    def close(self) -> None:
        """The page ends."""
        while self._open:
            self._leave_table()
        self._end_line()

    @property
    def _cell(self) -> _Cell | None:
        return self._open[-1].cell if self._open else None

    def _taken(self) -> str:
        """The text gathered, which is then forgotten: blanks run together, lines are those of the page."""
        if not self._text:
            return ""
        written = "".join(self._text)
        self._text.clear()
        self._length = 0
        text = self._texts.get(written)
        if text is None:
            lines = (_BLANKS.sub(" ", line).replace("\xa0", " ").strip() for line in written.split(_BREAK))
            text = self._texts[written] = "\n".join(lines).strip("\n")
        return text

    def _break_line(self, _: Mapping[str, str] | None = None) -> None:
        if self._cell is not None:
            self._text.append(_BREAK)
        else:
            self._end_line()

    def _end_line(self) -> None:
        """A line of text outside all cells is a row of its own; one between the rows of a table stands below the table."""
        text = self._taken()
        if not text:
            return
        blocks = self._around
        if self._unseen and blocks is self.blocks:
            self.hidden_lines.append(len(blocks))
        blocks.append(text)
        if len(blocks) > MOST_ROWS:
            raise Unreadable("too_large")

    @property
    def _around(self) -> list[Block]:
        """What lies around the table that is open or is about to be: the page, or a cell of another table."""
        return next((one.cell.blocks for one in reversed(self._open) if one.cell is not None), self.blocks)

    def _enter_table(self, _: Mapping[str, str]) -> None:
        self._end_line()
        table = PageTable(self._allowance)
        if self._open and self._cell is None:
            self._enter_cell({})
        if self.tables >= _MOST_TABLES:
            raise Unreadable("too_large")
        self._around.append(table)
        self._open.append(_Open(table))
        self.tables += 1

    def _leave_table(self) -> None:
        self._leave_row()
        if self._open:
            self._open.pop()

    def _enter_group(self, _: Mapping[str, str]) -> None:
        self._leave_row()
        if self._open:
            self._open[-1].table.end_group()

    def _leave_group(self) -> None:
        self._enter_group({})

    def _enter_row(self, _: Mapping[str, str]) -> None:
        if not self._open:
            self._enter_table({})  # a piece of a table, as some systems export it
        self._leave_row()
        one = self._open[-1]
        one.in_row = True
        one.table.begin_row(hidden=bool(self._unseen))

    def _leave_row(self) -> None:
        self._leave_cell()
        if self._open:
            self._open[-1].in_row = False

    def _enter_cell(self, attributes: Mapping[str, str]) -> None:
        self._leave_cell()
        if not self._open or not self._open[-1].in_row:
            self._enter_row({})
        self._open[-1].cell = _Cell(attributes)

    def _leave_cell(self) -> None:
        cell = self._cell
        if cell is None:
            if self._text:
                self._end_line()
            return
        text = self._taken()
        one = self._open[-1]
        one.cell = None
        rows = columns = 1
        if cell.attributes:
            rows, columns = (_span(cell.attributes, name) for name in ("rowspan", "colspan"))
        if cell.blocks:
            value, blocks = "", [*cell.blocks, text] if text else cell.blocks
        else:
            value, blocks = _value(text, cell.attributes) if text else "", []
        one.table.put(value, rows or MOST_ROWS, columns or 1, blocks)


def _span(attributes: Mapping[str, str], name: str) -> int:
    """How many rows or columns a cell spans; 0 stands for all that are left."""
    written = _WHOLE.match(attributes.get(name, "1"))
    return int(written[1]) if written else 1


def _value(text: str, attributes: Mapping[str, str]) -> Cell:
    """A cell by what is shown of it."""
    if attributes.get("x:num"):
        return as_shown(text, attributes["x:num"])
    if "x:str" in attributes or _AS_TEXT.search(attributes.get("style", "")):
        return text
    return as_written(text)
