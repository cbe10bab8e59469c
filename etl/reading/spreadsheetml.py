"""SpreadsheetML 2003: XML, mostly under the name .xls, as many government systems export it. calamine does not know it.

Microsoft's "XML Spreadsheet Reference" (Office XP and 2003) says what its elements and attributes mean.
"""

from __future__ import annotations

from datetime import date, datetime

from etl.reading.grid import Allowance, Grid
from etl.reading.markup import Attributes, Handlers, encoding_of, in_utf8, walk, whole
from etl.reading.moments import moment
from etl.reading.sheets import Cell, Sheet

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_PIECE = 2**16
_DAYS_OF_MERE_TIMES = (date(1899, 12, 30), date(1899, 12, 31), date(1904, 1, 1))


def read_spreadsheetml(content: bytes) -> list[Sheet]:
    """All worksheets in order; Unreadable where the XML is not well-formed or the workbook too large."""
    reader = _Reader()
    content = content.lstrip()
    encoding = encoding_of(content[:_PIECE])
    pieces = (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))
    walk(pieces if encoding is None else in_utf8(pieces, encoding), reader)
    return reader.sheets


def _ss(name: str) -> str:
    return f"{NAMESPACE} {name}"


_INDEX, _SPAN, _TYPE, _FORMULA = (_ss(name) for name in ("Index", "Span", "Type", "Formula"))
_ACROSS, _DOWN, _NAME = (_ss(name) for name in ("MergeAcross", "MergeDown", "Name"))


class _Reader(Handlers):
    """Rows and cells follow one another unless ``ss:Index`` says where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[Sheet] = []
        self._allowance = Allowance()
        self._texts: dict[str, str] = {}
        self._grid: Grid | None = None
        self._next_row = self._column = self._next_column = 0
        self._type: str | None = None
        self._value: Cell = None
        self._formula = self._in_comment = False
        self.entering = {
            _ss("Worksheet"): self._enter_sheet,
            _ss("Row"): self._enter_row,
            _ss("Cell"): self._enter_cell,
            _ss("Comment"): self._enter_comment,
            _ss("Data"): self._enter_data,
        }
        self.leaving = {
            _ss("Worksheet"): self._leave_sheet,
            _ss("Row"): self._leave_row,
            _ss("Cell"): self._leave_cell,
            _ss("Comment"): self._leave_comment,
            _ss("Data"): self._leave_data,
        }

    def _enter_sheet(self, attributes: Attributes) -> None:
        self._grid = Grid(attributes.get(_NAME, ""), self._allowance)
        self._next_row = 0

    def _leave_sheet(self) -> None:
        if self._grid is not None:
            self.sheets.append(self._grid.sheet())
        self._grid = None

    def _enter_row(self, attributes: Attributes) -> None:
        row = whole(attributes[_INDEX]) - 1 if _INDEX in attributes else self._next_row
        # ss:Span: so many rows below look alike and hold nothing.
        self._next_row = row + 1 + whole(attributes.get(_SPAN), 0)
        self._next_column = 0
        if self._grid is not None:
            self._grid.begin_row(row)

    def _leave_row(self) -> None:
        if self._grid is not None:
            self._grid.end_row()

    def _enter_cell(self, attributes: Attributes) -> None:
        self._allowance.count_element()
        self._column = whole(attributes[_INDEX]) - 1 if _INDEX in attributes else self._next_column
        across = whole(attributes.get(_ACROSS), 0)
        down = whole(attributes.get(_DOWN), 0)
        self._next_column = self._column + 1 + across
        self._formula = _FORMULA in attributes
        self._value = None
        if (across or down) and self._grid is not None:
            self._grid.merge(self._column, down + 1, across + 1)

    def _leave_cell(self) -> None:
        if self._grid is None:
            return
        if self._value is None:
            if self._formula:
                self._grid.put_broken(self._column, "")
        elif self._value != "":
            self._grid.put(self._column, self._value)

    def _enter_comment(self, _: Attributes) -> None:
        self._in_comment = True

    def _leave_comment(self) -> None:
        self._in_comment = False

    def _enter_data(self, attributes: Attributes) -> None:
        if not self._in_comment:
            self._type = attributes.get(_TYPE, "String")
            self.listen()

    def _leave_data(self) -> None:
        if self._in_comment or self._type is None or self._grid is None:
            return
        text = self.taken()
        if self._type == "Error":
            self._grid.put_broken(self._column, text.strip())
            self._value = ""
        else:
            self._value = self._typed(self._type, text)
        self._type = None

    def _typed(self, kind: str, text: str) -> Cell:
        """A value by its ``ss:Type``; None for a number or day that is not there, the text for one that is no number."""
        if kind == "String":
            return self._texts.setdefault(text, text)
        text = text.strip()
        if not text:
            return None
        if kind == "Number":
            try:
                return float(text)
            except ValueError:
                return text
        if kind == "Boolean":
            return text.lower() in ("1", "true")
        return _moment(text) if kind == "DateTime" else text


def _moment(text: str) -> Cell:
    """A day, a moment, or a mere time of day; the text where it is none."""
    found = moment(text)
    if isinstance(found, datetime) and found.date() in _DAYS_OF_MERE_TIMES:
        return found.time()
    return text if found is None else found
