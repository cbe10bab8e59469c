"""OpenDocument spreadsheets (.ods), read here and not by calamine: it gives neither their error values, nor formulas
without a result, nor merged cells, and lays out whatever a file says is repeated.

OASIS, Open Document Format 1.3 part 3, chapters 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from math import isfinite

from etl.reading.grid import Allowance, Grid
from etl.reading.limits import LONGEST_TEXT, Unreadable
from etl.reading.markup import Attributes, Handlers, walk, whole
from etl.reading.moments import moment
from etl.reading.raised import TextParts
from etl.reading.sheets import Cell, Sheet
from etl.reading.shown import like, moment_as_shown, number_known_as_shown
from etl.reading.styles import MOST_STYLES

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ERROR = re.compile(r"#(?:REF|VALUE|NAME|NUM|NULL|DIV/0)[!?]|#N/A|#NAME\?|Err:\d{3}")
_DURATION = re.compile(r"PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d+)?S)?")


def read_opendocument(chunks: Iterable[bytes]) -> list[Sheet]:
    """All tables of a ``content.xml`` in order; Unreadable where it is not well-formed or too large."""
    reader = _Reader()
    walk(chunks, reader)
    return reader.sheets


def _name(space: str, local: str) -> str:
    return f"{_OASIS}{space}:1.0 {local}"


_TYPE, _VALUE, _DATE_VALUE, _TIME_VALUE, _BOOLEAN_VALUE, _STRING_VALUE = (
    _name("office", f"{kind}value{suffix}")
    for kind, suffix in (("", "-type"), ("", ""), ("date-", ""), ("time-", ""), ("boolean-", ""), ("string-", ""))
)
(
    _TABLE_NAME,
    _STYLE_NAME,
    _VISIBILITY,
    _DISPLAY,
    _FORMULA,
    _ROWS_REPEATED,
    _COLUMNS_REPEATED,
    _ROWS_SPANNED,
    _COLUMNS_SPANNED,
) = (
    _name("table", name)
    for name in (
        "name",
        "style-name",
        "visibility",
        "display",
        "formula",
        "number-rows-repeated",
        "number-columns-repeated",
        "number-rows-spanned",
        "number-columns-spanned",
    )
)
_BLANKS = _name("text", "c")
_STYLE, _ROW_HEIGHT, _HEIGHT_OF_CONTENT = (
    _name("style", name) for name in ("name", "row-height", "use-optimal-row-height")
)
_TEXT_POSITION, _LINE_THROUGH = (_name("style", name) for name in ("text-position", "text-line-through-style"))
_SPAN_STYLE = _name("text", "style-name")
_ZERO_HEIGHT = re.compile(r"0+(?:\.0+)?[a-z]{2}")
_HIDDEN = frozenset({"collapse", "filter"})
_EXTENDED_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_ASIDES = (
    _name("office", "annotation"),
    *(
        _name("drawing", shape)
        for shape in ("frame", "custom-shape", "g", "rect", "line", "ellipse", "caption", "connector")
    ),
)
"""Notes and drawings, whose text is not their cell's."""
_MIDNIGHT = datetime(1900, 1, 1)  # noqa: DTZ001  # only its time of day is used
MOST_LINES = 32_767


class _Reader(Handlers):
    """Rows and cells follow one another; one element may stand for many. Tables within cells are passed over."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._allowance = Allowance()
        self._texts: dict[str, str] = {}
        self._grid: Grid | None = None
        self._tables = self._asides = 0
        self._next_row = self._column = 0
        self._cell: Attributes = {}
        self._lines: list[str] = []
        self._style = ""
        self._unseen: set[str] = set()
        self._raised: set[str] = set()
        self._struck: set[str] = set()
        self._spans: list[str] = []
        self._parts = TextParts(self)
        self._groups: list[bool] = []
        self.entering = {
            _name("style", "style"): self._enter_style,
            _name("style", "table-properties"): self._sheet_style,
            _name("style", "table-row-properties"): self._row_style,
            _name("style", "text-properties"): self._text_style,
            _name("table", "table-row-group"): self._enter_group,
            _name("table", "table"): self._enter_table,
            _name("table", "table-row"): self._enter_row,
            _name("table", "table-cell"): self._enter_cell,
            _name("table", "covered-table-cell"): self._enter_cell,
            **dict.fromkeys(_ASIDES, self._enter_aside),
            _name("text", "p"): self._enter_line,
            _name("text", "span"): self._enter_span,
            _name("text", "s"): self._blanks,
            _name("text", "tab"): self._tab,
            _name("text", "line-break"): self._line_break,
        }
        self.leaving = {
            _name("table", "table-row-group"): self._leave_group,
            _name("table", "table"): self._leave_table,
            _name("table", "table-row"): self._leave_row,
            _name("table", "table-cell"): self._leave_cell,
            _name("table", "covered-table-cell"): self._leave_cell,
            **dict.fromkeys(_ASIDES, self._leave_aside),
            _name("text", "p"): self._leave_line,
            _name("text", "span"): self._leave_span,
        }

    def _enter_style(self, attributes: Attributes) -> None:
        self._style = attributes.get(_STYLE, "")

    def _sheet_style(self, attributes: Attributes) -> None:
        if attributes.get(_DISPLAY) == "false":
            self._hide_style()

    def _row_style(self, attributes: Attributes) -> None:
        own_height = attributes.get(_HEIGHT_OF_CONTENT) != "true"
        if own_height and _ZERO_HEIGHT.fullmatch(attributes.get(_ROW_HEIGHT, "")):
            self._hide_style()

    def _text_style(self, attributes: Attributes) -> None:
        """A style of parts of a text that are raised, lowered or struck out."""
        if len(self._raised) + len(self._struck) < MOST_STYLES:
            if attributes.get(_TEXT_POSITION, "0%").split(" ")[0] not in {"0%", "0"}:
                self._raised.add(self._style)
            if attributes.get(_LINE_THROUGH, "none") != "none":
                self._struck.add(self._style)

    def _enter_span(self, attributes: Attributes) -> None:
        self._spans.append(attributes.get(_SPAN_STYLE, ""))
        self._parts.enter(attributes)

    def _leave_span(self) -> None:
        style = self._spans.pop()
        self._parts.leave(is_raised=style in self._raised, is_struck=style in self._struck)

    def _hide_style(self) -> None:
        if len(self._unseen) < MOST_STYLES:
            self._unseen.add(self._style)

    def _enter_group(self, attributes: Attributes) -> None:
        self._groups.append(attributes.get(_DISPLAY) == "false")

    def _leave_group(self) -> None:
        self._groups.pop()

    def _enter_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables == 1:
            self._grid = Grid(attributes.get(_TABLE_NAME, ""), self._allowance)
            self._grid.hidden = attributes.get(_STYLE_NAME) in self._unseen
            self._next_row = 0

    def _leave_table(self) -> None:
        self._tables -= 1
        if self._tables == 0 and self._grid is not None:
            self.sheets.append(self._grid.sheet())
            self._grid = None

    def _enter_row(self, attributes: Attributes) -> None:
        if self._tables == 1 and self._grid is not None:
            times = whole(attributes.get(_ROWS_REPEATED))
            hidden = attributes.get(_VISIBILITY) in _HIDDEN or attributes.get(_STYLE_NAME) in self._unseen
            self._grid.begin_row(self._next_row, times, hidden=hidden or any(self._groups))
            self._next_row += times
            self._column = 0

    def _leave_row(self) -> None:
        if self._tables == 1 and self._grid is not None:
            self._grid.end_row()

    def _enter_cell(self, attributes: Attributes) -> None:
        if self._tables == 1:
            self._allowance.count_element()
            self._cell = attributes
            self._lines = []

    def _leave_cell(self) -> None:
        if self._tables != 1 or self._grid is None:
            return
        attributes, column, lines = self._cell, self._column, self._lines
        times = whole(attributes.get(_COLUMNS_REPEATED))
        self._column += times
        if not attributes and not lines:
            return
        text = "\n".join(lines)
        error = self._error(attributes, lines, text)
        if error is not None:
            self._grid.put_broken(column, error, times)
        else:
            cell = self._typed(attributes, text, like(self._grid.row), written=bool(lines))
            if cell != "":
                self._grid.put(column, cell, times)
        rows, columns = whole(attributes.get(_ROWS_SPANNED)), whole(attributes.get(_COLUMNS_SPANNED))
        if rows > 1 or columns > 1:
            self._grid.merge(column, rows, columns)

    @staticmethod
    def _error(attributes: Attributes, lines: list[str], text: str) -> str | None:
        """The error value of a formula, "" where it has no result; None where it has one.

        The format knows no type for errors: LibreOffice writes a text or 0 with the error as the text that is shown.
        """
        if _FORMULA not in attributes:
            return None
        if _ERROR.fullmatch(text) or attributes.get(_EXTENDED_TYPE) == "error":
            return text
        stated = (_VALUE, _DATE_VALUE, _TIME_VALUE, _BOOLEAN_VALUE, _STRING_VALUE)
        has_result = bool(lines) or any(name in attributes for name in stated)
        # A formula whose result is an empty text says that it is a text; one never computed has no type at all.
        return None if has_result or attributes.get(_TYPE) == "string" else ""

    def _typed(self, attributes: Attributes, text: str, row: int, *, written: bool) -> Cell:
        """A value by its ``office:value-type``; what does not read as that type is its text.

        The text of a cell, where one is ``written``, is what is seen of it.
        """
        try:
            match attributes.get(_TYPE):
                case "float" | "percentage" | "currency":
                    number = float(attributes[_VALUE])
                    as_it_is = not written or text == attributes[_VALUE] or not isfinite(number)
                    return number if as_it_is else number_known_as_shown(number, text.strip(), row)
                case "date":
                    found = moment(attributes[_DATE_VALUE])
                    if found is None:
                        return self._shared(text)
                    return moment_as_shown(found, text.strip(), row) if text else found
                case "time":
                    return _time(attributes[_TIME_VALUE])
                case "boolean":
                    return attributes[_BOOLEAN_VALUE] == "true"
        except (KeyError, ValueError):
            return self._shared(text)
        return self._shared(attributes.get(_STRING_VALUE, text))

    def _shared(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _enter_aside(self, _: Attributes) -> None:
        self._asides += 1

    def _leave_aside(self) -> None:
        self._asides -= 1

    @property
    def _in_cell_text(self) -> bool:
        return self._tables == 1 and not self._asides

    def _enter_line(self, _: Attributes) -> None:
        if self._in_cell_text:
            self.listen()

    def _leave_line(self) -> None:
        if self._in_cell_text:
            self._lines.append(self.taken())
            if len(self._lines) > MOST_LINES:
                raise Unreadable("too_large")

    def _blanks(self, attributes: Attributes) -> None:
        times = whole(attributes.get(_BLANKS))
        if times > LONGEST_TEXT:
            raise Unreadable("too_large")
        self.hear(" " * times)

    def _tab(self, _: Attributes) -> None:
        self.hear("\t")

    def _line_break(self, _: Attributes) -> None:
        self.hear("\n")


def _time(text: str) -> time | timedelta:
    """A time of day; from 24 hours on a span."""
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return (_MIDNIGHT + span).time() if span < timedelta(days=1) else span
