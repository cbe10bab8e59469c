"""What whoever opens an .xlsx sees of its sheets: not what is stored in their cells, but whether it can be read.

A true number in a format that writes another, in white letters, in a column without width, under a picture or another cell
is not the number that a reader finds there. Widths, frozen rows, filters that hide nothing, fonts and colours hinder nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from etl.reading.arrangement import workbook_part
from etl.reading.book import Book, ListedSheet
from etl.reading.cell_looks import LetterParts, Letters, Looks, hindrance, number, read_indexed, read_looks, under
from etl.reading.colours import Palette, read_theme
from etl.reading.limits import Unreadable
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.number_format import GENERAL, NumberFormat, number_format
from etl.reading.package import Package, Relation
from etl.reading.page_texts import PAGE_TEXTS, literal
from etl.reading.relations import MAINS, RELATION_IDS, relations_of, text_of, whole_text_of
from etl.reading.row_search import is_hidden
from etl.reading.sheet_charts import SeenChart, charts_on, is_empty
from etl.reading.sheets import Cell, Shown, letters, row_and_column
from etl.reading.styles import read_styles

LOWEST, NARROWEST = 6.0, 1.0
"""Points of a row, and characters of a column, below which nobody sees that there is one."""
MOST_CELLS, _MOST_ROWS, _MOST_COLUMNS = 500_000, 2**20, 2**14
_MOST_MERGED = 10_000
_LARGEST_PART = 8 * 2**20
_VISIBLE, _TRUE = "visible", frozenset({"1", "true"})
_LATER_MAIN = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_LATER_REFERENCE = "http://schemas.microsoft.com/office/excel/2006/main sqref"
_ANCHOR = re.compile(
    rb"<(?:\w{1,9}:)?from>\s*<(?:\w{1,9}:)?col>(\d{1,5})</[^>]*>(?:\s*<[^>]*>[^<]*</[^>]*>)?\s*<(?:\w{1,9}:)?row>(\d{1,7})<"
)
_COMMENT = re.compile(rb"""<(?:\w{1,9}:)?comment\s[^>]*?ref=["']([A-Z]{1,3}\d{1,7})["']""")
_TABLE = re.compile(rb"""<(?:\w{1,9}:)?table\s[^<>]*?\bref=["']([A-Z0-9:]{2,30})["']""")
_TABLE_STYLE = re.compile(rb"""<(?:\w{1,9}:)?tableStyleInfo\s[^<>]*?\bname=["']([^"'<>]{1,300})["']""")
_LITERAL, _FILLED = re.compile(r'"[^"]*"?|[\\!_].'), re.compile(r"\*[^ \u00a0]")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_ABOVE = frozenset({"drawing", "legacyDrawing", "picture", "oleObject", "control"})
"""Elements of a sheet for what lies on its cells."""
_PRINTED_PICTURES = frozenset({"legacyDrawingHF", "drawingHF"})
_FETCHED = frozenset({"queryTable", "pivotTable"})
"""Parts of a sheet that fetch its cells from elsewhere, when they are opened or later."""
Place = tuple[int, int]
"""Row and column, counted from 0."""
Area = tuple[Place, Place]


@dataclass(slots=True)
class SeenSheet:
    """A sheet that is seen. ``shown``: cell → the number's text; ``hindered``: cell → why what it holds is not what is read
    there, as ``cell_looks.hindrance`` has it, or ``format``, ``formula``, ``condition``, ``covered`` (by another cell), ``above``
    (a picture, a note or the like lies there), ``zero`` (not shown).

    ``hidden_rows`` and ``hidden_columns`` are counted from 0; ``charts`` lie on its cells; ``printed`` are the words at the head
    and the foot of its pages, ``printed_picture`` says whether a picture is printed there.
    """

    name: str
    shown: dict[str, str] = field(default_factory=dict)
    hindered: dict[str, str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    charts: list[SeenChart] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    printed_picture: bool = False


@dataclass(slots=True)
class SeenBook:
    """The sheets that are seen, in their order; ``beside`` are those of them that hold no table."""

    sheets: list[SeenSheet]
    beside: list[str]


def seen_book(package: Package, rows: Callable[[str], list[list[Cell]]]) -> SeenBook:
    """How the visible sheets look; ``rows`` gives what is stored in a sheet by its name. Unreadable where there is none, or where
    two have one name: programs do not agree on which is meant.
    """
    path = workbook_part(package)
    if path is None or not path.lower().endswith(".xml"):
        raise Unreadable("not_a_workbook")
    book, related = Book(package, path), relations_of(package, path)
    visible = [one for one in book.listed if one.state == _VISIBLE] or book.listed[:1]
    sheets = [one for one in visible if _is_sheet(related.get(one.identity))]
    if not sheets or len({one.name for one in book.listed}) < len(book.listed):
        raise Unreadable("not_a_workbook")
    looking = _Looking(package, related)
    found = [_seen(package, one.name, related[one.identity].path, looking, rows(one.name)) for one in sheets]
    return SeenBook(found, [one.name for one in _no_tables(visible, sheets)])


def _seen(package: Package, name: str, path: str, looking: _Looking, rows: list[list[Cell]]) -> SeenSheet:
    part = package.find(path)
    if part is None:
        raise Unreadable("not_a_workbook")
    sheet = _SheetXml(looking)
    walk(whole_text_of(package, part), sheet)
    sheet.conditions += _of_tables(package, part, looking)
    found = SeenSheet(name)
    found.printed, found.printed_picture = sheet.printed, sheet.printed_picture
    found.hidden_rows, found.hidden_columns = sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)
    _look_at_cells(found, sheet, looking, rows)
    for place in _lying_above(package, part, sheet, found.charts):
        found.hindered.setdefault(place, "above")
    if any(one.kind in _FETCHED for one in relations_of(package, part).values()):
        found.hindered.setdefault("A1", "formula")
    return found


def _is_sheet(relation: Relation | None) -> bool:
    return relation is not None and relation.kind == "worksheet"


def _no_tables(visible: list[ListedSheet], sheets: list[ListedSheet]) -> list[ListedSheet]:
    return [one for one in visible if one not in sheets]


class _Looking:
    """What of a workbook is the same for all its sheets: formats, looks, and the letters of parts of its texts."""

    def __init__(self, package: Package, related: Mapping[str, Relation]) -> None:
        parts = {one.kind: package.find(one.path) for one in related.values()}
        styles, theme, texts = (parts.get(name) for name in ("styles", "theme", "sharedStrings"))
        self.formats: list[str] = []
        self.looks = Looks()
        named = {} if theme is None else read_theme([package.read(theme)])
        self.palette = Palette(named)
        if styles is not None:
            text = list(whole_text_of(package, styles))
            self.palette = Palette(named, read_indexed(text))
            self.formats = read_styles(b"".join(text))
            self.looks = read_looks(text, self.palette)
        self._of_formats = [[Letters(one) for one in self.palette.of_format(code)] for code in self.formats]
        self.runs = {} if texts is None else _runs(package, texts, self.palette)

    def format(self, style: int) -> NumberFormat:
        """The number format of a style."""
        return number_format(self.formats[style] if style < len(self.formats) else GENERAL)

    def fills(self, style: int) -> bool:
        """Whether the number format of a style fills its cell with a character that is read with the number."""
        return style < len(self.formats) and _FILLED.search(_LITERAL.sub("", self.formats[style])) is not None

    def letters_of_format(self, style: int) -> list[Letters]:
        """The letters in which the number format of a style writes, where it names their colour."""
        return self._of_formats[style] if style < len(self._of_formats) else []


def _of_tables(package: Package, path: str, looking: _Looking) -> list[_Condition]:
    """What the styles of a sheet's tables change, those that the workbook itself defines: their parts are as rules are."""
    found: list[_Condition] = []
    for relation in relations_of(package, path).values():
        table = package.find(relation.path) if relation.kind == "table" else None
        text = b"" if table is None else bytes(package.read(table, _LARGEST_PART))
        area, style = _TABLE.search(text), _TABLE_STYLE.search(text)
        if area and style:
            areas = _areas(area[1].decode())
            found += [
                _Condition(areas, number)
                for number in looking.looks.tables.get(unescape(style[1].decode("utf-8", "replace")), ())
            ]
    return found


def _runs(package: Package, path: str, palette: Palette) -> dict[int, list[Letters]]:
    """Number of a shared text → the letters of its parts, of those texts that have parts of their own."""
    reader = _Texts(palette)
    walk(text_of(package, path), reader)
    return reader.runs


class _Texts(Handlers):
    """The parts of shared texts."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.runs: dict[int, list[Letters]] = {}
        self._number = -1
        part = LetterParts(palette)

        def item(_: Attributes) -> None:
            self._number += 1

        def leave() -> None:
            self.runs.setdefault(self._number, []).append(part.letters)

        for main in MAINS:
            self.entering |= {f"{main} si": item, f"{main} rPr": part.begin, f"{main} color": part.colour,
                              f"{main} sz": part.size, f"{main} rFont": part.name}  # fmt: skip
            self.leaving |= {f"{main} rPr": leave}


@dataclass(slots=True)
class _CellXml:
    """A cell as it is written, without its value."""

    style: int = 0
    text: bool = False
    shared: bool = False
    formula: bool = False
    again: bool = False
    """Whether the sheet tells of the same cell twice: which of them is seen programs do not agree on."""
    runs: list[Letters] = field(default_factory=list)


@dataclass(slots=True)
class _Condition:
    """A rule of a conditional format: where, what it changes (None: it is of another kind), whether it leaves the value out."""

    areas: list[Area]
    changes: int | None = None
    without_value: bool = False
    unknown: bool = False


class _SheetXml(Handlers):
    """One sheet's XML: what its rows, columns, cells and rules say, but for the values."""

    def __init__(self, looking: _Looking) -> None:
        super().__init__()
        self.cells: dict[Place, _CellXml] = {}
        self.merged: list[Area] = []
        self.conditions: list[_Condition] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.shows_zeros = True
        self.lies_above: list[tuple[str, str]] = []
        self.printed: list[str] = []
        self.printed_picture = False
        self._looking = looking
        self._row = self._column = -1
        self._cell = _CellXml()
        self._letters = LetterParts(looking.palette)
        self._begins: Place = (0, 0)
        self._narrow = self._low = False
        self._measured: set[int] = set()
        self._given: set[int] = set()
        self._areas: list[Area] = []
        actions: dict[str, tuple[Callable[[Attributes], None] | None, Callable[[], None] | None]] = {
            "sheetView": (self._view, None),
            "pane": (self._pane, None),
            "sheetFormatPr": (self._usual, None),
            "col": (self._columns, None),
            "row": (self._enter_row, None),
            "c": (self._enter_cell, None),
            "f": (self._formula, None),
            "v": (self._listen, self._value),
            "rPr": (self._letters.begin, self._part),
            "color": (self._letters.colour, None),
            "sz": (self._letters.size, None),
            "rFont": (self._letters.name, None),
            "mergeCell": (self._merge, None),
            "conditionalFormatting": (self._ranges, None),
            "cfRule": (self._rule, None),
            "dataBar": (self._drawn_rule, None),
            "iconSet": (self._drawn_rule, None),
            "sheetData": (None, self._after_cells),
        }
        actions |= {name: (lambda attributes, name=name: self._above(name, attributes), None) for name in _ABOVE}  # type: ignore[misc]
        actions |= dict.fromkeys(PAGE_TEXTS, (self._listen, self._page_text))
        actions |= dict.fromkeys(_PRINTED_PICTURES, (self._picture_on_pages, None))
        for main in MAINS:
            self.entering |= {f"{main} {name}": enter for name, (enter, _) in actions.items() if enter}
            self.leaving |= {f"{main} {name}": leave for name, (_, leave) in actions.items() if leave}
        self.entering |= {
            f"{_LATER_MAIN} conditionalFormatting": self._later_rules,
            f"{_LATER_MAIN} dxf": self._later_look,
            _LATER_REFERENCE: self._listen,
        }
        self.leaving |= {_LATER_REFERENCE: self._later_ranges}

    def _listen(self, _: Attributes) -> None:
        self.listen()

    def _view(self, attributes: Attributes) -> None:
        self.shows_zeros = self.shows_zeros and attributes.get("showZeros", "1") not in {"0", "false"}
        self._begins = _place(attributes.get("topLeftCell", "A1"))

    def _pane(self, attributes: Attributes) -> None:
        """What stays in sight begins where the sheet was scrolled to: what is before it nobody can reach."""
        if attributes.get("state") in {"frozen", "frozenSplit"}:
            row, column = self._begins
            self.hidden_rows |= set(range(min(row, _MOST_ROWS) if number(attributes.get("ySplit")) else 0))
            self.hidden_columns |= set(range(min(column, _MOST_COLUMNS) if number(attributes.get("xSplit")) else 0))

    def _usual(self, attributes: Attributes) -> None:
        width = number(attributes.get("defaultColWidth"))
        self._narrow = width is not None and width < NARROWEST
        height = number(attributes.get("defaultRowHeight"))
        told = attributes.get("customHeight") in _TRUE and height is not None and height < LOWEST
        self._low = told or attributes.get("zeroHeight") in _TRUE

    def _columns(self, attributes: Attributes) -> None:
        first, last = (_whole(attributes.get(end)) for end in ("min", "max"))
        span = range(max(first, 1) - 1, min(last, _MOST_COLUMNS))
        self._given |= set(span)
        width = number(attributes.get("width"))
        if attributes.get("hidden") in _TRUE or (width is not None and width < NARROWEST):
            self.hidden_columns |= set(span)

    def _enter_row(self, attributes: Attributes) -> None:
        self._row = _whole(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        height = number(attributes.get("ht"))
        if height is not None:
            self._measured.add(self._row)
        if is_hidden(attributes) or (height is not None and height < LOWEST):
            self.hidden_rows.add(self._row)

    def _enter_cell(self, attributes: Attributes) -> None:
        self._row, self._column = _place(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        kind = attributes.get("t", "n")
        again = (self._row, self._column) in self.cells
        self._cell = _CellXml(_whole(attributes.get("s")), kind in {"s", "str", "inlineStr"}, kind == "s", again=again)
        self.cells[self._row, self._column] = self._cell
        if len(self.cells) > MOST_CELLS:
            raise Unreadable("too_large")

    def _formula(self, _: Attributes) -> None:
        self._cell.formula = True

    def _value(self) -> None:
        told = self.taken()
        if self._cell.shared:
            self._cell.runs = self._looking.runs.get(_whole(told.strip()), [])

    def _part(self) -> None:
        self._cell.runs = [*self._cell.runs, self._letters.letters]

    def _page_text(self) -> None:
        text = literal(self.taken())
        if text:
            self.printed.append(text)

    def _picture_on_pages(self, _: Attributes) -> None:
        self.printed_picture = True

    def _merge(self, attributes: Attributes) -> None:
        self.merged += _areas(attributes.get("ref", ""))
        if len(self.merged) > _MOST_MERGED:
            raise Unreadable("too_large")

    def _ranges(self, attributes: Attributes) -> None:
        self._areas = _areas(attributes.get("sqref", ""))

    def _rule(self, attributes: Attributes) -> None:
        changes = attributes.get("dxfId")
        self.conditions.append(_Condition(self._areas, None if changes is None else _whole(changes)))

    def _drawn_rule(self, attributes: Attributes) -> None:
        if self.conditions:
            self.conditions[-1].without_value = attributes.get("showValue") in {"0", "false"}

    def _later_rules(self, _: Attributes) -> None:
        self.conditions.append(_Condition([]))

    def _later_look(self, _: Attributes) -> None:
        """Rules in the writing of later versions carry their looks with them; nothing of ours is written so."""
        if self.conditions:
            self.conditions[-1].unknown = True

    def _later_ranges(self) -> None:
        told = self.taken()
        if self.conditions:
            self.conditions[-1].areas = _areas(told)

    def _after_cells(self) -> None:
        if self._narrow:
            self.hidden_columns |= {column for _row, column in self.cells} - self._given
        if self._low:
            self.hidden_rows |= {row for row, _column in self.cells} - self._measured

    def _above(self, name: str, attributes: Attributes) -> None:
        identity = next((attributes[key] for key in RELATION_IDS if key in attributes), "")
        self.lies_above.append((name, identity))


def _look_at_cells(found: SeenSheet, sheet: _SheetXml, looking: _Looking, rows: list[list[Cell]]) -> None:
    covered = _covered(sheet.merged, sheet.cells)
    for place, cell in sheet.cells.items():
        stored = _stored(rows, place)
        if stored in (None, "") and not cell.formula:
            continue
        at = f"{letters(place[1])}{place[0] + 1}"
        style, look = looking.format(cell.style), looking.looks.of(cell.style)
        if isinstance(stored, int | float) and not isinstance(stored, bool):
            found.shown[at] = style.shown(float(stored))
        why = (
            "covered" if place in covered or cell.again
            else "formula" if cell.formula
            else "format" if cell.text and style.hides_texts
            else "repeated" if looking.fills(cell.style)
            else "zero" if stored == 0 and not isinstance(stored, bool) and not sheet.shows_zeros
            else hindrance(look, *cell.runs, *looking.letters_of_format(cell.style))
        )  # fmt: skip
        if why is None and any(_is_changed(rule, place, looking, cell) for rule in sheet.conditions):
            why = "condition"
        if why is not None:
            found.hindered[at] = why


def _is_changed(rule: _Condition, place: Place, looking: _Looking, cell: _CellXml) -> bool:
    """Whether a condition could make of a cell what is not read as it stands; whether it holds is no matter."""
    if not any(_within(place, area) for area in rule.areas):
        return False
    if rule.without_value or rule.unknown:
        return True
    changes = looking.looks.conditions
    if rule.changes is None or rule.changes >= len(changes):
        return False
    change = changes[rule.changes]
    look = under(change, looking.looks.of(cell.style))
    return change.other_text or hindrance(look, *cell.runs) is not None


def _stored(rows: list[list[Cell]], place: Place) -> Cell:
    row, column = place
    cell = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    return cell.stored if isinstance(cell, Shown) else cell


def _covered(merged: list[Area], cells: Mapping[Place, _CellXml]) -> set[Place]:
    """The cells over which another one is spread."""
    return (
        {place for place in cells if any(place != area[0] and _within(place, area) for area in merged)}
        if merged
        else set()
    )


def _within(place: Place, area: Area) -> bool:
    (top, left), (bottom, right) = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _lying_above(package: Package, path: str, sheet: _SheetXml, charts: list[SeenChart]) -> Iterator[str]:
    """The cells at which pictures, notes and the like begin; where nothing says so the first one. Charts are put into their list."""
    related = relations_of(package, path)
    for name, identity in sheet.lies_above:
        if name == "legacyDrawing":
            notes = [one for one in related.values() if one.kind in {"comments", "threadedComment"}]
            yield from {place for one in notes for place in _found(package, one, _COMMENT)} or {"A1"}
        else:
            relation = related.get(identity)
            anchors = [] if relation is None else _found(package, relation, _ANCHOR)
            part = None if relation is None or name != "drawing" else package.find(relation.path)
            if part is not None and not anchors and is_empty(package, part):
                continue
            drawn = charts_on(package, part) if anchors and part is not None else []
            charts += drawn
            at_charts = Counter(f"{letters(one.begins[1])}{one.begins[0] + 1}" for one in drawn)
            yield from (Counter(anchors) - at_charts) if drawn else anchors or ["A1"]


def _found(package: Package, relation: Relation, pattern: re.Pattern[bytes]) -> list[str]:
    path = package.find(relation.path)
    if path is None or not path.lower().endswith(".xml"):
        return []
    text = bytes(package.read(path, _LARGEST_PART))
    found = [match.groups() for match in pattern.finditer(text)]
    return [f"{letters(int(one[0]))}{int(one[1]) + 1}" if len(one) == 2 else one[0].decode() for one in found]  # fmt: skip


def _place(name: str) -> Place:
    if _RANGE.fullmatch(name) is None:
        raise Unreadable("not_a_workbook")
    return row_and_column(name.replace("$", ""))


def _areas(told: str) -> list[Area]:
    found: list[Area] = []
    for match in _RANGE.finditer(told.upper()):
        first = row_and_column(f"{match[1]}{match[2]}")
        last = first if match[3] is None else row_and_column(f"{match[3]}{match[4]}")
        found.append(
            ((min(first[0], last[0]), min(first[1], last[1])), (max(first[0], last[0]), max(first[1], last[1])))
        )
    return found


def _whole(told: str | None) -> int:
    return int(told) if told is not None and told.isascii() and told.isdigit() and len(told) < 10 else 0
