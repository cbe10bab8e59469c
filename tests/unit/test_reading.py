"""Looking through workbooks: what is found does not depend on how the file is written or where its pieces end."""

from __future__ import annotations

import io
import struct
import zipfile
from array import array
from datetime import date, datetime, time
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading import xlsx
from etl.reading.container import FileFormat, format_of, package_format
from etl.reading.grid import Allowance, Grid, blanks_down_to_broken, within
from etl.reading.limits import Unreadable, is_beyond, is_stray
from etl.reading.markup import Handlers, walk
from etl.reading.moments import moment
from etl.reading.opendocument import read_opendocument
from etl.reading.package import Package
from etl.reading.sheets import ColumnCoder, Sheet, SheetColumn, assembled, in_parts, letters
from etl.reading.spreadsheetml import read_spreadsheetml
from etl.reading.xls import shared_texts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SS = "urn:schemas-microsoft-com:office:spreadsheet"


def scanned(xml: bytes, size: int) -> xlsx._Scan:
    """The searches over a sheet that comes in pieces of so many bytes."""
    scan = xlsx._Scan()
    for start in range(0, len(xml), size):
        if not scan.feed(xml[start : start + size]):
            break
    scan.finish()
    return scan


def rewritten(xml: bytes) -> tuple[xlsx._PlainWriter, bytes]:
    """The same sheet through the parser, and what it writes anew."""
    target = io.BytesIO()
    writer = xlsx._PlainWriter(target, 10_000)
    walk([xml], writer)
    return writer, target.getvalue()


def sheet(*rows: str, tail: str = "") -> bytes:
    """A sheet's XML as Excel writes it."""
    body = "".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(rows, start=1))
    return f'<?xml version="1.0"?>\n<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{tail}</worksheet>'.encode()


CELLS = (
    '<c r="{place}" t="e"><v>#REF!</v></c>', '<c r="{place}" s="3" t="e"><f>A1</f><v>#N/A</v></c>', '<c r="{place}"><f>A1</f></c>',
    '<c r="{place}"><f>A1</f><v/></c>', '<c r="{place}"><f t="shared" si="0"/><v></v></c>', '<c r="{place}" t="str"><f>A1</f><v></v></c>',
    '<c r="{place}"><f>A1</f><v>7</v></c>', '<c r="{place}" t="s"><v>0</v></c>', '<c r="{place}" s="1"/>', "",
    '<c r="{place}" t="inlineStr"><is><t>f甲&lt;f&gt;</t></is></c>', '<c r="{place}" t="b"><f>TRUE()</f><v>1</v></c>',
)  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(CELLS), max_size=6), max_size=5), st.integers(1, 300))
def test_searches_find_what_the_parser_finds(rows: list[list[str]], size: int) -> None:
    """Wherever the pieces end, the searches over bytes give the same broken cells as a parser of the same XML."""
    xml = sheet(
        *(
            "".join(cell.format(place=f"{letters(column)}{row}") for column, cell in enumerate(cells))
            for row, cells in enumerate(rows, start=1)
        )
    )
    scan = scanned(xml, size)
    assert (scan.plain, scan.far) == (True, False)
    assert scan.broken == rewritten(xml)[0].broken


@pytest.mark.parametrize(
    "xml",
    [
        sheet('<c t="n" r="A1"><v>1</v></c>'), sheet("<c r='A1'><v>1</v></c>"), sheet("<c><v>1</v></c>"), sheet("<c\nr='A1'><v>1</v></c>"),
        sheet('<c r="A1"><!-- --><v>1</v></c>'), sheet('<c r="A1" t="str"><v><![CDATA[1]]></v></c>'), sheet('<c r="$A$1"><v>1</v></c>'),
        sheet('<c r="A1"><v>1</v></c>').replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"<x:?", b"<?").replace(b"xmlns", b"xmlns:x"),
        sheet('<c r="A1"><v>1</v></c>').decode().encode("utf-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [7, 10_000])
def test_other_writings_go_through_the_parser(xml: bytes, size: int) -> None:
    """What the searches would not understand is told from what Excel writes, and gives the same cell."""
    assert not scanned(xml, size).plain
    assert b'<c r="A1"' in rewritten(xml)[1]
    assert scanned(rewritten(xml)[1], size).plain


@pytest.mark.parametrize(
    ("cell", "far"),
    [
        ('<c r="GS1"><v> </v></c>', True), ('<c r="GS1" s="1"/>', False), ('<c r="GR1"><v>1</v></c>', False), ('<c r="A200000"><v>1</v></c>', False),
        ('<c r="A200001" t="str"><v> </v></c>', True), ('<c r="XFD1048576" t="s"><v>4</v></c>', True), ('<c r="GS1"></c>', True),
        ('<c r="AY10000"><v>1</v></c>', True), ('<c r="AX10000"><v>1</v></c>', False), ('<c r="AY9999"><v>1</v></c>', False),
        ('<c r="A10000" s="1"/><c r="AY10000"><v>1</v></c><c r="AZ10000" s="1"/>', True),
        ('<c r="A10000"><v>1</v></c><c r="AY10000"><v>1</v></c>', False),
    ],
)  # fmt: skip
def test_what_lies_far_outside_is_written_anew_without_it(cell: str, far: bool) -> None:
    """Blanks beyond the limits and lone characters far down and right are left out; what has a neighbour stays."""
    xml = sheet('<c r="A1"><v>1</v></c>').replace(b"</sheetData>", f'<row r="77">{cell}</row></sheetData>'.encode())
    assert scanned(xml, 10_000).far == far
    if far:
        assert rewritten(xml)[1].count(b"<c ") == 1


@pytest.mark.parametrize(
    "cell",
    ['<c r="GS1"><v>1</v></c>', '<c r="B200001" t="inlineStr"><is><t>x</t></is></c>', '<c r="XFD1048576"><v>0</v></c>'],
)
def test_values_beyond_the_limits_are_too_large(cell: str) -> None:
    """Both ways refuse a value outside."""
    for refuse in (lambda xml: scanned(xml, 10_000), rewritten):
        with pytest.raises(Unreadable, match="too_large"):
            refuse(sheet(cell))


def test_rewriting_keeps_what_is_read() -> None:
    """Values, styles, blanks around texts, special characters and merged cells are there afterwards; readings aids are not."""
    xml = sheet(
        '<c r="A1" t="inlineStr"><is><r><t xml:space="preserve"> 甲</t></r><r><t>&amp;乙</t></r><rPh><t>jia</t></rPh></is></c><c r="B1" s="5"><v>3</v></c>',
        tail='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    )
    written = rewritten(xml)[1].decode()
    assert '<c r="A1" t="str"><v xml:space="preserve"> 甲&amp;乙</v></c><c r="B1" s="5" t="n">' in written
    assert '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>' in written


def _continued_texts(*pieces: bytes) -> bytes:
    first, *others = pieces
    stream = struct.pack("<HHII", 0xFC, len(first) + 8, 3, 3) + first
    return (
        stream
        + b"".join(struct.pack("<HH", 0x3C, len(piece)) + piece for piece in others)
        + struct.pack("<HH", 0x0A, 0)
    )


def test_shared_texts_of_xls_go_on_in_other_records() -> None:
    """A text may change from one byte a character to two where its record ends; marks of its parts are passed over."""
    rich = struct.pack("<HBHI", 2, 1 | 4 | 8, 1, 3) + "甲乙".encode("utf-16-le")
    stream = _continued_texts(
        struct.pack("<HB", 5, 0) + b"abc",
        b"\1" + "丙丁".encode("utf-16-le") + rich,
        b"\0\0\0\0" + b"xyz" + struct.pack("<HB", 1, 0) + b"z",
    )
    assert list(shared_texts(stream)) == ["abc丙丁", "甲乙", "z"]


def test_shared_texts_cut_off_are_no_workbook() -> None:
    """A text that is longer than its records ends nowhere."""
    with pytest.raises(Unreadable, match="not_a_workbook"):
        list(shared_texts(_continued_texts(struct.pack("<HB", 50, 0) + b"abc")))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022-05-03", date(2022, 5, 3)), ("2022-05-03T00:00:00.000", date(2022, 5, 3)),
        ("2022-05-03T08:30", datetime.fromisoformat("2022-05-03T08:30")), ("2022-05-03T23:59:59.5", datetime.fromisoformat("2022-05-03T23:59:59.5")), ("2022-02-30", None), ("3 May", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_moments(text: str, found: Any) -> None:
    """Days and moments as XML has them; what is none is not guessed at."""
    assert moment(text) == found
    assert type(moment(text)) is type(found)


def spreadsheetml(rows: str) -> bytes:
    """One sheet of SpreadsheetML."""
    return f'<Workbook xmlns="{SS}" xmlns:ss="{SS}"><Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def test_places_in_spreadsheetml() -> None:
    """Rows and cells stand where ss:Index says, behind merged ones and below alike ones; a lone time is a time."""
    (found,) = read_spreadsheetml(
        spreadsheetml(
            '<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
            '<Row ss:Span="1"/><Row><Cell ss:Index="2"><Data ss:Type="DateTime">1899-12-31T08:30:00.000</Data></Cell></Row>'
            '<Row ss:Index="6"><Cell/><Cell><Data ss:Type="Number">1.5</Data></Cell></Row>'
        )
    )
    assert found.rows() == [
        ["a", "", "", True], ["", "", "", ""], ["", "", "", ""], ["", time(8, 30), "", ""], ["", "", "", ""], ["", 1.5, "", ""],
    ]  # fmt: skip
    assert found.merged == [((0, 0), (0, 2))]


def test_comments_in_spreadsheetml_are_no_values() -> None:
    """What somebody noted on a cell has the elements of a value, and is neither this cell's nor the next one's."""
    note = '<Comment><ss:Data ss:Type="Error">#N/A</ss:Data></Comment>'
    cell = '<Cell><Data ss:Type="String">{}</Data>' + note + "</Cell>"
    (found,) = read_spreadsheetml(spreadsheetml(f"<Row>{cell.format('a')}{cell.format('b')}</Row>"))
    assert (found.rows(), found.broken) == ([["a", "b"]], {})


@pytest.mark.parametrize("blanks", [0, 1, 2, 3])
def test_texts_of_two_bytes_across_pieces(blanks: int) -> None:
    """A long document in GBK is the same text wherever its pieces end; a wrong byte in it is no workbook."""
    long = spreadsheetml(
        " " * blanks + f'<Row><Cell><Data ss:Type="String">{"甲" * 100_000}</Data></Cell></Row>'
    ).decode()
    declared = f'<?xml version="1.0" encoding="gb2312"?>{long}'.encode("gbk")
    assert read_spreadsheetml(b"\r\n" + declared)[0].rows() == [["甲" * 100_000]]
    with pytest.raises(Unreadable, match="not_a_workbook"):
        read_spreadsheetml(declared.replace("甲".encode("gbk"), b"\xff\xff", 1))


def opendocument(rows: str) -> bytes:
    """One table of an OpenDocument content.xml."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
    )
    return f'<office:document-content {spaces}><table:table table:name="表">{rows}</table:table></office:document-content>'.encode()


def test_repetitions_and_texts_in_opendocument() -> None:
    """Repeated rows and cells are laid out; notes and drawings are not the cell's text; blanks and breaks are characters."""
    (found,) = read_opendocument(
        [
            opendocument(
                '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/></table:table-row>'
                '<table:table-row table:number-rows-repeated="2"/>'
                '<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
                '<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame><text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p><text:p>d</text:p></table:table-cell>'
                '<table:table-cell office:value-type="time" office:time-value="PT26H00M00S"/></table:table-row>'
            )
        ]
    )
    assert found.rows(4) == [[7.0, 7.0], [7.0, 7.0], ["", ""], ["", ""]]
    assert found.rows()[4][0] == "a  b\nc\nd"
    assert found.rows()[4][1].total_seconds() == 26 * 3600


def test_blank_rows_reach_down_to_broken_cells() -> None:
    """A row of nothing but formulas without results is a row."""
    assert blanks_down_to_broken(1, 2, {"B3": ""}) == [["", ""], ["", ""]]
    assert blanks_down_to_broken(1, 2, {"B1": "#N/A"}) == []
    assert blanks_down_to_broken(0, 0, {"B3": ""}) == []


def test_merged_cells_end_with_the_sheet() -> None:
    """Merged cells are cut off where the rows end; such as overlap by far are no workbook."""
    assert within([((0, 0), (9, 0)), ((5, 0), (6, 0))], 2, 2) == [((0, 0), (1, 0))]
    with pytest.raises(Unreadable, match="not_a_workbook"):
        within([((0, 0), (9, 0))] * 3, 2, 2)


@pytest.mark.parametrize("row", [0, 9_998, 9_999, 199_999, 200_000, 1_048_575])
@pytest.mark.parametrize("column", [0, 49, 50, 199, 200, 16_383])
def test_no_cell_beyond_the_limits_enters_a_grid(row: int, column: int) -> None:
    """A lone value is laid out, passed over as a stray one, or too large: never two of these."""
    grid = Grid("表", Allowance())
    grid.begin_row(row)
    if is_beyond(row, column):
        with pytest.raises(Unreadable, match="too_large"):
            grid.put(column, "x")
        grid.put(column, " ")
    else:
        grid.put(column, "x")
    grid.end_row()
    assert grid.sheet().height == (0 if is_beyond(row, column) or is_stray(row, column) else row + 1)


def _package(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        for name in names:
            package.writestr(name, b"x")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["xl/workbook.xml"], FileFormat.XLSX), (["xl/workbook.bin"], FileFormat.XLSB), (["content.xml", "mimetype"], FileFormat.OPEN_DOCUMENT),
        (["xl/workbook.xml", "content.xml"], "not_a_workbook"), (["xl/workbook.xml", "xl/workbook.bin"], "not_a_workbook"), (["a"], "not_a_workbook"),
    ],
)  # fmt: skip
def test_a_package_has_one_format(names: list[str], expected: FileFormat | str) -> None:
    """What could be read as several formats is refused: the scan of one would say nothing of the other."""
    content = _package(*names)
    assert format_of(content) is FileFormat.PACKAGE
    if isinstance(expected, FileFormat):
        assert package_format(Package(content)) is expected
    else:
        with pytest.raises(Unreadable, match=expected):
            package_format(Package(content))


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<?xml version='1.0'?>", SS.encode()]),
)
def test_any_bytes_have_a_format_or_are_refused(content: bytes, start: bytes) -> None:
    """Nothing that anybody sends makes the recognition fail otherwise than by refusing."""
    try:
        assert isinstance(format_of(start + content), FileFormat)
    except Unreadable as refusal:
        assert refusal.code == "not_a_workbook"  # noqa: PT017  # a refusal is as good as a format


def test_an_element_far_down_ends_the_parsing() -> None:
    """Depth is limited before memory is."""
    with pytest.raises(Unreadable, match="not_a_workbook"):
        walk([b"<a>" * 1000], Handlers())
    walk([b"<a>" * 100 + b"</a>" * 100], Handlers())


def test_texts_are_escaped_as_they_come() -> None:
    """A header's special characters survive the way through a rewritten sheet."""
    text = "罚款<万元>&\"'"
    written = rewritten(sheet(f'<c r="A1" t="str"><v>{escape(text)}</v></c>'))[1].decode()
    assert escape(text) in written


def _altered(packed: bytes, size: int | None = None, crc: int | None = None) -> bytes:
    """A package of one stored entry whose directory says another size or checksum."""
    at = packed.index(b"PK\1\2")
    changed = bytearray(packed)
    if size is not None:
        changed[at + 24 : at + 28] = struct.pack("<I", size)
    if crc is not None:
        changed[at + 16 : at + 20] = struct.pack("<I", crc)
    return bytes(changed)


@pytest.mark.parametrize("lie", [{"size": 0}, {"size": 2**31}, {"crc": 1}])
def test_an_entry_is_what_its_directory_says(lie: dict[str, int]) -> None:
    """A part of another size or another checksum than stated is refused once it is unpacked, whatever comes of it."""
    honest = _package("a")
    assert b"".join(Package(honest).stream("a")) == b"x"
    with pytest.raises(Unreadable, match="not_a_workbook"):
        b"".join(Package(_altered(honest, **lie)).stream("a"))


def test_two_entries_of_one_name_are_refused() -> None:
    """Readers do not agree on which of the two is meant."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = _package("a", "a")
    with pytest.raises(Unreadable, match="not_a_workbook"):
        Package(twice)


def test_what_parts_unpack_to_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a part again costs nothing of the limit; parts together may not exceed it."""
    monkeypatch.setattr("etl.reading.package.LARGEST_UNPACKED", 2)
    package = Package(_package("a", "b", "c"))
    for _ in range(3):
        assert bytes(package.read("a")) == b"x"
    assert bytes(package.read("b")) == b"x"
    with pytest.raises(Unreadable, match="too_large"):
        package.measure_rest()


NOON = datetime(2022, 5, 1, 12)  # noqa: DTZ001  # a cell says no time zone


@given(st.lists(st.sampled_from(["", "甲", "1", 0.0, 1.0, 2, True, False, date(2022, 5, 1), NOON])), st.data())
def test_column_is_what_was_put_into_it(cells: list[Any], data: st.DataObject) -> None:
    """In whatever portions they come, the cells of a column are those that came, each of its own type: 1 is not True."""
    coder, column = ColumnCoder(), SheetColumn([], array("B"))
    left = cells
    while left:
        size = data.draw(st.integers(1, len(left)))
        column.extend(*coder.code(left[:size]))
        left = left[size:]
    assert [(type(cell), cell) for cell in column] == [(type(cell), cell) for cell in cells]
    assert len(column.cells) == len({(isinstance(cell, bool), cell) for cell in cells})
    rows = sorted(data.draw(st.sets(st.sampled_from(range(len(cells)))))) if cells else []
    assert list(column.select(rows)) == [cells[row] for row in rows]
    assert column.rows_with({"甲", ""}) == [row for row, cell in enumerate(cells) if cell in ("甲", "")]


@pytest.mark.parametrize("different", [255, 256, 257, 65_535, 65_536, 65_537])
def test_column_of_ever_more_different_cells(different: int) -> None:
    """However many different cells a column has, and whenever they come: all rows keep theirs, and 同上 finds the one above."""
    cells = [*map(float, range(different - 1)), "同上", *map(float, range(9))]
    sheet = Sheet.of("表", [[cell] for cell in cells])
    (column,) = sheet.columns
    assert list(column) == cells
    assert list(column.repeated({"同上"})) == [*cells[: different - 1], cells[different - 2], *cells[different:]]
    (below,) = Sheet.of("表", [["同上"], *([cell] for cell in cells)]).columns
    assert list(below.repeated({"同上"}))[:2] == ["", 0.0]
    assert assembled(in_parts(sheet)).sheets[0].rows() == sheet.rows() == [[cell] for cell in cells]
