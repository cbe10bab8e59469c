"""Problems and what was left out → marks in a workbook: colours and comments at the cells, and the sheet 问题清单 with all
of them.

Colours are never alone: a comment begins with 错误, 提示 or 未读. A workbook that comes back with marks of an earlier time
loses those first, so that what was put right is no longer shown as wrong.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from data.harmless import as_typed
from etl.annotate import words
from etl.annotate.rebuilding import at, put_text_or_value
from etl.annotate.unread import grey, take_back
from etl.annotate.words import AUTHOR, ERROR, HEADER, LEFT_OUT, LIST, WARNING
from etl.reading.limits import MOST_COLUMNS
from etl.table.headings.header import HEADER_WITHIN
from etl.table.headings.names import header_name
from etl.table.own_sheets import UNREAD
from etl.template.colours import GREY, LINK, RED, YELLOW
from etl.template.sheet_layout import BOX, LINE_HEIGHT, print_landscape, width_of

_COLOURS = {ERROR: RED, WARNING: YELLOW, LEFT_OUT: GREY}
_MOST_COMMENTS = 2_000
_MOST_LISTED = 5_000
_WIDTHS = (8, 20, 10, 20, 30, 70)
_REMEMBERED = len(HEADER) + 1
"""The hidden column in which a row remembers how its cell was coloured before."""
_OURS = re.compile(rf"^(?:{ERROR}|{WARNING}|{LEFT_OUT})：.*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Note:
    """One problem at one cell; ``cell`` is None for what has no place on the sheet.

    ``more`` are places with the same problem that are marked nowhere: they are told after the last one that is.
    """

    kind: str
    sheet: str | None
    cell: str | None
    column: str
    value: str
    message: str
    more: int = 0


def mark(
    book: Workbook,
    problems: Sequence[Mapping[str, Any]],
    left_out: Sequence[Mapping[str, Any]] = (),
    anchor: Mapping[str, str] | None = None,
) -> None:
    """Mark every problem (error, sheet, cells, count, column, headers, value, message) in place, and list them all first.

    ``headers`` are the writings of the column's header, of a problem that has no cell of its own. What was left out
    (see ``etl.annotate.unread``) comes after the problems, whose colours stay. ``anchor`` is what the workbook carries of the
    journal (journal, former): the last line of the list, and properties of the document.
    """
    _remove_earlier_marks(book)
    notes = [_at_header(book, note, problem["headers"]) for problem in problems for note in _notes(problem)]
    notes.sort(key=lambda note: note.kind != ERROR)
    remembered = _mark_cells(book, notes)
    _add_list(book, [*notes, *_mark_left_out(book, left_out)], remembered, anchor)


def _mark_left_out(book: Workbook, left_out: Sequence[Mapping[str, Any]]) -> list[Note]:
    """Make it grey, with a comment at the first cell of each place."""
    notes: list[Note] = []
    for one, cell in grey(book, left_out):
        place = None if cell is None else cell.coordinate
        notes.append(Note(LEFT_OUT, one["sheet"], place, one["column"] or "", "", one["message"]))
        if cell is not None and len(notes) < _MOST_COMMENTS:
            _comment(cell, notes[-1:])
    return notes


def _notes(problem: Mapping[str, Any]) -> Iterator[Note]:
    kind = ERROR if problem["error"] else WARNING
    column, value, message = problem["column"] or "", problem["value"] or "", problem["message"]
    cells = problem["cells"] or [None]
    *before, last = cells
    for cell in before:
        yield Note(kind, problem["sheet"], cell, column, value, message)
    yield Note(kind, problem["sheet"], last, column, value, message, max(0, problem["count"] - len(cells)))


def _at_header(book: Workbook, note: Note, headers: Sequence[str]) -> Note:
    """A problem of a whole column stands at the column's header, where the sheet has that header."""
    sheet = _sheet(book, note)
    if sheet is None or not headers:
        return note
    for row in sheet.iter_rows(max_row=HEADER_WITHIN, max_col=MOST_COLUMNS):
        for cell in row:
            if isinstance(cell.value, str) and header_name(cell.value) in headers:
                return replace(note, cell=cell.coordinate)
    return note


def _sheet(book: Workbook, note: Note) -> Worksheet | None:
    found = book[note.sheet] if note.sheet in book.sheetnames else None
    return found if isinstance(found, Worksheet) else None


def _mark_cells(book: Workbook, notes: Iterable[Note]) -> dict[tuple[str | None, str | None], str]:
    """Colour and comment every cell; by the problem's place what was coloured, and how it was before, as JSON."""
    by_cell: dict[tuple[str | None, str], list[Note]] = defaultdict(list)
    cells: dict[tuple[str | None, str], Cell] = {}
    for note in notes:
        sheet = _sheet(book, note)
        if note.cell is not None and sheet is not None:
            cell = _top_left(sheet, note.cell)
            by_cell[note.sheet, cell.coordinate].append(note)
            cells[note.sheet, cell.coordinate] = cell
    remembered: dict[tuple[str | None, str | None], str] = {}
    for number, (place, cell) in enumerate(cells.items()):
        here = by_cell[place]
        remembered |= {(note.sheet, note.cell): json.dumps([cell.coordinate, _fill_as_list(cell)]) for note in here}
        kind = ERROR if any(note.kind == ERROR for note in here) else WARNING
        cell.fill = PatternFill("solid", fgColor=_COLOURS[kind])
        if number < _MOST_COMMENTS:
            _comment(cell, here)
    return remembered


def _top_left(sheet: Worksheet, name: str) -> Cell:
    """The cell itself, or the one that is seen in its place where it is merged."""
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if name in area)
        return at(sheet, merged.min_row, merged.min_col)
    return cast("Cell", cell)


def _comment(cell: Cell, notes: Sequence[Note]) -> None:
    ours = "\n".join(dict.fromkeys(f"{note.kind}：{' '.join(note.message.split())}" for note in notes))
    before = cell.comment
    text = ILLEGAL_CHARACTERS_RE.sub("", ours if before is None else f"{before.text.rstrip()}\n{ours}")
    author = AUTHOR if before is None else before.author
    cell.comment = Comment(text, author, height=max(80, 24 * (len(text) // 22 + text.count("\n") + 1)), width=320)


def _fill_as_list(cell: Cell) -> list[Any] | None:
    """A plain colour, so that it can be put back; None for anything else (no colour, or a gradient)."""
    kind = getattr(cell.fill, "fill_type", None)
    return None if kind is None else [kind, _colour(cell.fill.fgColor), _colour(cell.fill.bgColor)]


def _colour(colour: Color) -> list[Any]:
    return [colour.type, colour.value, colour.tint]


def _fill_from_list(told: list[Any] | None) -> PatternFill:
    if told is None:
        return PatternFill()
    kind, *colours = told
    front, back = (Color(**{name: value}, tint=tint) for name, value, tint in colours)
    return PatternFill(kind, fgColor=front, bgColor=back)


def _remembered(row: Sequence[Any]) -> tuple[tuple[str, str], PatternFill] | None:
    """What a row of an earlier list remembers: sheet and cell, and the fill before; None where that is not to be read."""
    try:
        cell, told = json.loads(row[_REMEMBERED - 1])
        return (as_typed(str(row[1])), str(cell)), _fill_from_list(told)
    except (ValueError, TypeError, IndexError):
        return None


def _remove_earlier_marks(book: Workbook) -> None:
    """Take back our colours and comments of an earlier time; cells that were moved meanwhile lose the colour alone."""
    lists = [
        sheet for sheet in book.worksheets if sheet.title.startswith(LIST) and str(sheet["A1"].value).endswith(UNREAD)
    ]
    if not lists:
        return
    rows = (row for sheet in lists for row in sheet.iter_rows(min_row=4, values_only=True))
    before = dict(found for row in rows if (found := _remembered(row)) is not None)
    for sheet in lists:
        book.remove(sheet)
    for sheet in book.worksheets:
        take_back(sheet)
        for cell in sheet._cells.values():  # noqa: SLF001  # rows would be filled up to the farthest cell
            if isinstance(cell, MergedCell):
                continue
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.value in _COLOURS.values():
                cell.fill = before.get((sheet.title, cell.coordinate), PatternFill())
            if cell.comment is not None and _OURS.search(cell.comment.text):
                left = _OURS.sub("", cell.comment.text).strip()
                cell.comment = Comment(left, cell.comment.author) if left else None


def _add_list(
    book: Workbook,
    notes: Sequence[Note],
    remembered: Mapping[tuple[str | None, str | None], str],
    anchor: Mapping[str, str] | None,
) -> None:
    sheet: Worksheet = book.create_sheet(LIST, 0)
    errors = sum(1 + note.more for note in notes if note.kind == ERROR)
    warnings = sum(1 + note.more for note in notes if note.kind == WARNING)
    unread = sum(note.kind == LEFT_OUT for note in notes)
    sheet["A1"] = f"{LIST}{UNREAD}"
    sheet["A1"].font = Font(bold=True, size=14)
    told = words.found(errors, warnings, unread)
    if len(notes) > _MOST_LISTED:
        told += words.first_listed(_MOST_LISTED)
    elif any(note.more for note in notes):
        told += words.MANY_ALIKE
    sheet["A2"] = told
    for position, (title, width) in enumerate(zip(HEADER, _WIDTHS, strict=True), start=1):
        cell = at(sheet, 3, position)
        cell.value = title
        cell.font, cell.border = Font(bold=True), BOX
        sheet.column_dimensions[cell.column_letter].width = width
    sheet.column_dimensions["G"].hidden = True
    for row, note in enumerate(notes[:_MOST_LISTED], start=4):
        for position, text in enumerate(
            (note.kind, note.sheet or "", note.cell or "", note.column, note.value, _told(note)), start=1
        ):
            cell = at(sheet, row, position)
            put_text_or_value(cell, text)
            cell.border, cell.alignment = BOX, Alignment(vertical="top", wrap_text=True)
        widest = zip((note.value, _told(note)), _WIDTHS[-2:], strict=True)
        sheet.row_dimensions[row].height = LINE_HEIGHT * max(
            width_of(text) // (width - 2) + 1 for text, width in widest
        )
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=_COLOURS[note.kind])
        if note.cell is not None and _sheet(book, note) is not None:
            _link(at(sheet, row, 3), f"{quote_sheetname(note.sheet or '')}!{note.cell}")
            sheet.cell(row, _REMEMBERED, remembered.get((note.sheet, note.cell)) or None)
    if anchor is not None:
        _carry(book, at(sheet, 5 + min(len(notes), _MOST_LISTED), 1), anchor)
    sheet.freeze_panes = "A4"
    print_landscape(sheet)
    _show(book, sheet)


def _carry(book: Workbook, cell: Cell, anchor: Mapping[str, str]) -> None:
    """The journal's line and head and the publication before, beside whatever properties the sender's workbook has."""
    cell.value = words.witness(anchor["journal"], anchor["former"])
    properties: Any = book.custom_doc_props  # type: ignore[attr-defined]  # openpyxl's types do not know of them
    for name, value in ((f"supervision.{name}", value) for name, value in anchor.items()):
        if name in properties.names:
            del properties[name]
        properties.append(StringProperty(name=name, value=value))


def _told(note: Note) -> str:
    return words.and_more(note.message, note.more) if note.more else note.message


def _link(cell: Cell, place: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
    cell.font = Font(color=LINK, underline="single")


def _show(book: Workbook, sheet: Worksheet) -> None:
    """Open on this sheet alone: with two sheets selected an office program writes into both."""
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = book.sheetnames.index(sheet.title)
    sheet.sheet_view.tabSelected = True
