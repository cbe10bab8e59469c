"""SpreadsheetML 2003: XML, mostly under the name .xls, as many government systems export it. calamine does not know it.

Microsoft's "XML Spreadsheet Reference" (Office XP and 2003) says what its elements and attributes mean.
"""

from __future__ import annotations

from datetime import date, datetime

from etl.reading.grid import Allowance, Grid
from etl.reading.limits import MOST_COLUMNS, MOST_ROWS
from etl.reading.markup import Attributes, Handlers, encoding_of, in_utf8, walk, whole
from etl.reading.moments import moment
from etl.reading.number_format import GENERAL
from etl.reading.raised import TextParts
from etl.reading.row_search import is_zero_height
from etl.reading.sheets import Cell, Sheet
from etl.reading.shown import Formats
from etl.reading.styles import MOST_STYLES

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
_ID, _PARENT, _FORMAT, _STYLE = (_ss(name) for name in ("ID", "Parent", "Format", "StyleID"))
_HIDDEN, _HEIGHT = (_ss(name) for name in ("Hidden", "Height"))
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_RAISED, _STRUCK = (
    tuple(f"http://www.w3.org/TR/REC-html40 {name}" for name in names)
    for names in (("Sup", "Sub"), ("S", "Strike", "Del"))
)
_DEFAULT = "Default"
_NAMED_FORMATS = {
    "General Number": GENERAL, "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"',
    "Medium Date": "d-mmm-yy", "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss AM/PM", "Medium Time": "h:mm AM/PM",
    "Short Time": "h:mm", "Currency": '"¥"#,##0.00', "Euro Currency": '"€"#,##0.00', "Fixed": "0.00",
    "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip


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
        self._cell: Attributes = {}
        self._formula = self._in_comment = False
        self._styles = _Styles()
        parts = TextParts(self)
        self.entering = {
            _ss("Style"): self._styles.enter_style,
            _ss("NumberFormat"): self._styles.number_format,
            f"{_EXCEL} Date1904": self._styles.count_from_1904,
            _ss("Table"): self._styles.enter_table,
            _ss("Column"): self._styles.column,
            **dict.fromkeys((f"{_EXCEL} Visible", _ss("Visible")), self._enter_visible),
            _ss("Worksheet"): self._enter_sheet,
            _ss("Row"): self._enter_row,
            _ss("Cell"): self._enter_cell,
            _ss("Comment"): self._enter_comment,
            _ss("Data"): self._enter_data,
            **dict.fromkeys((*_RAISED, *_STRUCK), parts.enter),
        }
        self.leaving = {
            **dict.fromkeys((f"{_EXCEL} Visible", _ss("Visible")), self._leave_visible),
            _ss("Worksheet"): self._leave_sheet,
            _ss("Row"): self._leave_row,
            _ss("Cell"): self._leave_cell,
            _ss("Comment"): self._leave_comment,
            _ss("Data"): self._leave_data,
            **dict.fromkeys(_RAISED, parts.leave_raised),
            **dict.fromkeys(_STRUCK, parts.leave_struck),
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
        self._styles.row = attributes.get(_STYLE)
        if self._grid is not None:
            hidden = attributes.get(_HIDDEN) == "1" or is_zero_height(attributes.get(_HEIGHT))
            self._grid.begin_row(row, hidden=hidden)

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
        self._cell = attributes
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
            seen = self._value
            if self._grid.row < self._styles.rows_heeded:
                seen = self._styles.shown(seen, self._grid.row, self._column, self._cell.get(_STYLE))
            self._grid.put(self._column, seen)

    def _enter_visible(self, _: Attributes) -> None:
        self.listen()

    def _leave_visible(self) -> None:
        if self._grid is not None:
            self._grid.hidden = self.taken().strip() in {"SheetHidden", "SheetVeryHidden"}

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


class _Styles:
    """The number formats by their style's name. A cell without a style has its row's, its column's or the default one."""

    def __init__(self) -> None:
        self.row: str | None = None
        self.rows_heeded = MOST_ROWS
        self._codes: dict[str, str] = {}
        self._style = ""
        self._columns: dict[int, str] = {}
        self._next_column = 0
        self._from_1904 = False
        self._formats: Formats | None = None
        self._numbers: dict[str, int] = {}

    def enter_style(self, attributes: Attributes) -> None:
        """A style has its parent's format until it names its own."""
        if len(self._codes) >= MOST_STYLES:
            return
        self._style = attributes.get(_ID, "")
        self._codes[self._style] = self._codes.get(attributes.get(_PARENT, ""), GENERAL)

    def number_format(self, attributes: Attributes) -> None:
        """The format of the style that was entered last."""
        if len(self._codes) >= MOST_STYLES:
            return
        code = attributes.get(_FORMAT, GENERAL)
        self._codes[self._style] = _NAMED_FORMATS.get(code, code)

    def count_from_1904(self, _: Attributes) -> None:
        """Days are counted as on a Macintosh."""
        self._from_1904 = True

    def enter_table(self, _: Attributes) -> None:
        """Another table has other columns."""
        self._columns.clear()
        self._next_column = 0

    def column(self, attributes: Attributes) -> None:
        """One or more columns side by side."""
        first = max(whole(attributes.get(_INDEX)) - 1, self._next_column)
        self._next_column = first + 1 + whole(attributes.get(_SPAN), 0)
        if _STYLE in attributes:
            columns = range(first, min(self._next_column, MOST_COLUMNS))
            self._columns |= dict.fromkeys(columns, attributes[_STYLE])

    def shown(self, cell: Cell, row: int, column: int, style: str | None) -> Cell:
        """What is read of a cell of a style of its own, or of none."""
        if self._formats is None:
            self._numbers = {name: number for number, name in enumerate(self._codes)}
            self._formats = Formats(list(self._codes.values()), from_1904=self._from_1904, days_are_known=False)
        number = self._numbers.get(style or self.row or self._columns.get(column, _DEFAULT))
        return self._formats.cell(number, cell, row) if number in self._formats.heeded_in(row) else cell


def _moment(text: str) -> Cell:
    """A day, a moment, or a mere time of day; the text where it is none."""
    found = moment(text)
    if isinstance(found, datetime) and found.date() in _DAYS_OF_MERE_TIMES:
        return found.time()
    return text if found is None else found
