"""Searches over a sheet's rows: they find the cells to be looked at and the hidden rows that a parser of the XML finds."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.markup import walk
from etl.reading.shown import LABELS_WITHIN, WRITTEN_WITHIN, Formats
from etl.reading.xlsx import _PlainWriter, _Scan

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LETTERS = "ABCD"
FORMATS = Formats(["General", "0.00", 'yyyy"年"m"月"', '0"家"', "@", "000"])
ALL_HEEDED_ABOVE = Formats(['yyyy"年"m"月"', "0.00", "yyyy-mm-dd", '0"家"', "@", "000"])
"""Here a cell that names no style is to be looked at too, as long as it stands among the labels."""
PLACES = st.sampled_from(
    [1, 2, LABELS_WITHIN, LABELS_WITHIN + 1, WRITTEN_WITHIN - 1, WRITTEN_WITHIN, WRITTEN_WITHIN + 1, 5_000, 199_999]
)
CELLS = st.sampled_from(
    ['<c r="{}"><v>5</v></c>', '<c r="{}" s="9"><v>5</v></c>', '<c r="{}" t="str" s="3"><v>5</v></c>', '<c r="{}" s="4" t="s"><v>0</v></c>']
    + [f'<c r="{{}}" s="{style}"><v>5</v></c>' for style in range(6)]
    + [f'<c r="{{}}" s="{style}"/>' for style in range(6)]
)  # fmt: skip
ROWS = st.sampled_from(['', ' hidden="1"', ' hidden="0"', ' ht="0" customHeight="1"', ' ht="0.75"', ' spans="1:3" hidden="true" ht="14.25"'])  # fmt: skip
SHEETS = st.dictionaries(PLACES, st.tuples(ROWS, st.lists(CELLS, max_size=4)), max_size=7)


def _xml(rows: dict[int, tuple[str, list[str]]]) -> bytes:
    written = "".join(
        f'<row r="{number}"{said}>{"".join(cell.format(letter + str(number)) for letter, cell in zip(LETTERS, cells, strict=False))}</row>'
        for number, (said, cells) in sorted(rows.items())
    )
    return f'<worksheet xmlns="{MAIN}"><cols><col min="1" hidden="1"/></cols><sheetData>{written}</sheetData></worksheet>'.encode()


def _scanned(xml: bytes, size: int, formats: Formats) -> _Scan:
    scan = _Scan(formats)
    for start in range(0, len(xml), size):
        if not scan.feed(xml[start : start + size]):
            break
    scan.finish()
    return scan


def _parsed(xml: bytes, formats: Formats) -> _PlainWriter:
    writer = _PlainWriter(io.BytesIO(), 10_000, formats)
    walk([xml], writer)
    return writer


@given(SHEETS, st.integers(1, 400), st.sampled_from([FORMATS, ALL_HEEDED_ABOVE]))
def test_searches_find_what_the_parser_finds(
    rows: dict[int, tuple[str, list[str]]], size: int, formats: Formats
) -> None:
    """Wherever the pieces end and the rows stand: the same cells with the same styles, and the same hidden rows."""
    xml = _xml(rows)
    scan, writer = _scanned(xml, size, formats), _parsed(xml, formats)
    assert scan.plain
    assert scan.rows.noted.rows == writer.noted.rows
    assert scan.rows.hidden == writer.hidden


@given(SHEETS)
def test_many_styles_are_found_as_few_are(rows: dict[int, tuple[str, list[str]]]) -> None:
    """With more styles than are looked for by name every cell is looked at."""
    many = Formats(["General", *(f'0"{number}"' for number in range(100))])
    xml = _xml(rows)
    assert _scanned(xml, 300, many).rows.noted.rows == _parsed(xml, many).noted.rows


@pytest.mark.parametrize(
    "row",
    ['<row hidden="1"><c r="A1"><v>5</v></c></row>', '<row r="1"><c r="A1" s=\'3\'><v>5</v></c></row>'],
)
def test_what_the_searches_would_not_find_goes_through_the_parser(row: str) -> None:
    """A hidden row without its number, a style in apostrophes."""
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'.encode()
    assert not _scanned(xml, 1000, FORMATS).plain
    assert _parsed(xml, FORMATS).noted.rows or _parsed(xml, FORMATS).hidden


def test_where_every_cell_has_a_style_that_counts_the_parser_looks() -> None:
    """A cell without a style has the first one."""
    words = Formats(['0"家"'])
    xml = f'<worksheet xmlns="{MAIN}"><sheetData><row r="9000"><c r="A9000"><v>5</v></c></row></sheetData></worksheet>'.encode()
    assert not _scanned(xml, 1000, words).plain
    assert _parsed(xml, words).noted.rows == {8999: ((0, 0),)}
