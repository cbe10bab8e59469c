"""What stands in a form in which a publication is given out, as a person reads it there: its tables, its charts, its words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import openpyxl
import pypdfium2
from docx import Document
from lxml import etree
from pptx import Presentation
from pptx.chart.chart import Chart

from tests.integration.rendered import pages_seen

Table = list[list[str]]
"""Its head and its rows, as texts."""
HEAD_ROW = 3
"""Of a sheet: title and what is said of the table stand above."""
CATEGORY = "图"
"""Head of what stands at the bars or points of a chart, which has none."""
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PAGE_NUMBER = re.compile(r"— \d+ —")


@dataclass(frozen=True)
class FormRead:
    """A form: its tables, charts as tables of what they are drawn of, and its sentences, a line each."""

    tables: list[Table]
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What is told beside slides."""


def from_csv(raw: bytes) -> FormRead:
    """With the mark of UTF-8 that WPS needs; what it says of itself is no figure."""
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    return FormRead([[row for row in rows if not row[0].startswith("#")]])


def first_sheet(raw: bytes) -> FormRead:
    """All columns, without the last line, which says which publication it is."""
    table, *_further = _sheets(raw)
    return FormRead([[row for row in table if not row[0].startswith("#")]])


def further_sheets(raw: bytes) -> FormRead:
    """What stands beside it."""
    return FormRead(_sheets(raw)[1:])


def _sheets(raw: bytes) -> list[Table]:
    return [
        [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW, values_only=True)]
        for sheet in openpyxl.load_workbook(io.BytesIO(raw))
    ]  # fmt: skip


def from_docx(raw: bytes) -> FormRead:
    """The annexes, the chart by the numbers that are kept with it, and the text."""
    document = Document(io.BytesIO(raw))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = [package.read(name) for name in package.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    charts = [_kept_with(etree.fromstring(part)) for part in parts]
    return FormRead([*tables, *charts], [one.text for one in document.paragraphs if one.text.strip()])


def _kept_with(chart: Any) -> Table:
    series = [
        [[value.text for value in part.iter(f"{_CHART}v")] for part in (one.find(f"{_CHART}{name}") for name in ("tx", "cat", "val"))]
        for one in chart.iter(f"{_CHART}ser")
    ]  # fmt: skip
    head = [CATEGORY, *(name for (name,), _categories, _values in series)]
    return [head, *map(list, zip(series[0][1], *(values for _name, _categories, values in series), strict=True))]


def from_pptx(raw: bytes) -> FormRead:
    """Tables, charts, and what slides and their notes say."""
    tables, words, notes = [], [], []
    for slide in Presentation(io.BytesIO(raw)).slides:
        for shape in slide.shapes:
            if shape.has_table:
                tables.append([[cell.text for cell in row.cells] for row in shape.table.rows])
            elif shape.has_chart:
                tables.append(_drawn_of(shape.chart))
            elif shape.has_text_frame:
                words += shape.text_frame.text.splitlines()
        notes += slide.notes_slide.notes_text_frame.text.splitlines() if slide.has_notes_slide else []
    return FormRead(tables, words, notes)


def _drawn_of(chart: Chart) -> Table:
    plot = chart.plots[0]
    rows = zip(plot.categories, *(series.values for series in plot.series), strict=True)
    return [[CATEGORY, *(series.name for series in plot.series)], *([str(one) for one in row] for row in rows)]


def from_page(text: str) -> FormRead:
    """The tables of a page, whose markup is sent as [element, attributes, what is in it …]; parts of a cell have a blank between."""
    return FormRead([[_cells(row) for row in _elements(table, "tr")] for table in _elements(json.loads(text), "table")])


def _elements(told: Any, name: str) -> list[Any]:
    """Elements of a name, wherever they lie."""
    if isinstance(told, list) and told and told[0] == name:
        return [told]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [one for part in parts for one in _elements(part, name)]


def _cells(row: Any) -> list[str]:
    return [" ".join(_words(cell[2:])) for cell in row[2:] if isinstance(cell, list)]


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, list) and len(told) > 1 and isinstance(told[1], dict):
        yield from _words(told[2:])
    elif isinstance(told, list):
        for one in told:
            yield from _words(one)
    elif told is not None:
        yield str(told)


def printed(pdf: bytes) -> str:
    """All that is read in a PDF, cell by cell as it was written, without blanks and without the numbers of pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        lines = [line.strip() for page in document for line in page.get_textpage().get_text_range().splitlines()]
    finally:
        document.close()
    return "".join("".join(line.split()) for line in lines if not _PAGE_NUMBER.fullmatch(line))


def printed_rows(pdf: bytes) -> list[str]:
    """The same of a printed sheet, line by line as it is seen: a wide table goes on over several pages, which repeat whose a row is."""
    return [re.sub(r"\s", "", line.text) for page in pages_seen(pdf) for line in page.lines]


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet as it is seen: whose it is, and its numbers one behind the other."""

    whose: str
    numbers: str


def rows_as_seen(raw: bytes) -> list[SheetRow]:
    """Every row of every sheet, each number by the format of its cell; ``whose``: the columns that stay in sight."""
    return [
        SheetRow("".join(cells[:keys]), only_numbers("".join(cells[keys:])))
        for sheet in openpyxl.load_workbook(io.BytesIO(raw))
        for keys in [_frozen_columns(sheet)]
        for cells in ([_as_seen(cell) for cell in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1))
        if any(cells) and not cells[0].startswith("#")
    ]


def only_numbers(told: str) -> str:
    """What of a line may be part of a number: words beside it may be broken over lines."""
    return re.sub(r"[^\d.,%–-]", "", told)


def _frozen_columns(sheet: Any) -> int:
    place = re.match(r"[A-Z]+", sheet.freeze_panes or "A")
    return openpyxl.utils.column_index_from_string(place[0]) - 1 if place else 0


def _as_seen(cell: Any) -> str:
    """As LibreOffice prints it: half up, and a share only once it is multiplied, so that 0.7665 may be 76.6%, not being quite 76.65."""
    if not isinstance(cell.value, int | float):
        return "" if cell.value is None else "".join(str(cell.value).split())
    decimals = {"#,##0": "1", "#,##0.00": "0.01", "0.0%": "0.1"}.get(cell.number_format)
    if decimals is None:
        return f"{Decimal(str(cell.value)).normalize():f}"
    of_share = cell.number_format.endswith("%")
    exact = Decimal(str(cell.value * 100 if of_share else cell.value)).quantize(Decimal(decimals), ROUND_HALF_UP)
    return f"{exact:,}%" if of_share else f"{exact:,}"
