"""A web page's table is one sheet as it is laid out: spans, tables within tables, what is shown and what is not."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reading.limits import Unreadable
from etl.reading.sheets import Sheet, Shown
from etl.reading.webpage import read_web_page


def page(html: str) -> Sheet:
    """The one sheet of a page."""
    (sheet,) = read_web_page(html.encode())
    return sheet


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><tr><td>a<td>b<tr><td>c</table>", [["a", "b"], ["c", ""]]),
        ("<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d</table>", [["a", "b", ""], ["", "c", "d"]]),
        ("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>", [["a", "b"], ["", "c"], ["", "d"]]),
        ("<table><thead><tr><th rowspan=9>a<th>b</thead><tbody><tr><td>c<td>d</table>", [["a", "b"], ["c", "d"]]),
        ("<table><tr><td>a<td rowspan=2>b<tr><td colspan=5>c<td>d</table>", [["a", "b", ""], ["c", "", "d"]]),
        ("<table><tr><td colspan=1000000>a<tr><td>b<td>c</table>", [["a", ""], ["b", "c"]]),
        ("<table><caption>t</caption><tr><td>a</table>", [["t"], ["a"]]),
        ("<h3>t</h3>u<p>v<table><tr><td>a</table>w", [["t"], ["u"], ["v"], ["a"], ["w"]]),
        ("<table><tr><td>a</table><br><table><tr><td>b<td>c</table>", [["a", ""], ["b", "c"]]),
        ("<table><tr><tr><td>a</table>", [[""], ["a"]]),
        ("<table><tr><td>m<td><table><tr><td>a<td>b<tr><td>c</table><tr><td>n</table>",
         [["m", "a", "b"], ["", "c", ""], ["n", "", ""]]),
        ("<table><tr><td>x<table><tr><td>a</table>y<td>z</table>", [["x", "z"], ["a", ""], ["y", ""]]),
        ("<table><tr><td> a&nbsp;\n b<br>c<p>d</p><td>&lt;&#20013;&gt;</table>", [["a  b\nc\nd", "<中>"]]),
        ("<table><tr><td>a<sup>1</sup><b>b</b><span style='display: none'>no</span></table>", [["a¹b"]]),
        ("<script>var a='<table><tr><td>1</table>'</script><style>td{}</style><!--<table><tr><td>2</table>--><table><tr><td>a</table>", [["a"]]),
        ("<table><tr><td>#N/A<td>'007<td>=\"08\"<td>2022.1<td>2022.10</table>", [["#N/A", "007", "08", 2022.1, "2022.10"]]),
        ("<tr><td>a<tr><td>b</table>", [["a"], ["b"]]),
        ("<table><tr>" + "<td>" * 300 + "<tr><td>a</table>", [[""], ["a"]]),
    ],
)  # fmt: skip
def test_where_cells_stand_and_what_is_in_them(html: str, rows: list[list[Any]]) -> None:
    """As browsers and Excel lay it out; lines outside tables are rows; what is not shown is not there."""
    assert page(html).rows() == rows


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('x:num="12500">12,500.00', 12500.0),
        ('x:num="55000">5.50万元', Shown(55000.0, "5.50万元")),
        ('x:num="7">007', Shown(7.0, "007")),
        ('x:num="5.6">6', Shown(5.6, "6")),
        ('x:num="44682">2022/5/1', "2022/5/1"),
        ("x:num>12", "12"),
        ("x:str>2022.1", "2022.1"),
        ("style='mso-number-format:\"\\@\"'>2022.1", "2022.1"),
        ('x:num="x">12', "12"),
    ],
)
def test_what_excels_own_pages_say_of_a_number(cell: str, value: Any) -> None:
    """What is shown counts; where another number is stored, that is handed on beside it."""
    assert page(f"<table><tr><td {cell}</td></tr></table>").rows() == [[value]]


def test_what_the_sheet_is_called_and_what_is_hidden_in_it() -> None:
    """Its name is Excel's; rows that a browser does not show are hidden rows, whatever hides them; errors are broken cells."""
    sheet = page(
        "<!--[if gte mso 9]><xml><x:Name>整改复查</x:Name></xml><![endif]--><p>t<table><tr><td>a<tr style='DISPLAY:NONE'><td>b"
        "<tr hidden><td>c<tbody style='display:none'><tr><td>d</tbody><tr><td style='display:none'>#REF!</table>"
        "<div style='display:none'><table><tr><td>e</table>f</div>"
    )
    assert sheet.name == "整改复查"
    assert [row[0] for row in sheet.rows()] == ["t", "a", "b", "c", "d", "#REF!", "e", "f"]
    assert sheet.hidden_rows == {2, 3, 4, 6, 7}
    assert sheet.broken == {"A6": "#REF!"}


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<html>no table</html>", "not_a_workbook"),
        ("<table><tr><td>1<td>2", "not_a_workbook"),
        ("<table><tr><td>1<td>2<!--</table>-->", "not_a_workbook"),
        ("<table><tr><td>1" + "<b>" * 600 + "</table>", "not_a_workbook"),
        ("<table><tr>" + "<td>1" * 201 + "</table>", "too_large"),
        ("<table></table>" * 20_001, "too_large"),
        ("<table><tr><td>" + "a" * (2**20 + 1) + "</table>", "too_large"),
    ],
)
def test_pages_that_are_refused(html: str, code: str) -> None:
    """Without a table, cut off, deeper or larger than any honest one."""
    with pytest.raises(Unreadable) as refusal:
        read_web_page(html.encode())
    assert refusal.value.code == code


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="'=#\x1e"), max_size=4
).filter(lambda text: not text.replace("-", "").replace(".", "").isdigit())
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def _html(rows: list[list[str]]) -> str:
    return f"<table>{''.join('<tr>' + ''.join(f'<td>{escape(cell)}</td>' for cell in row) + '</tr>' for row in rows)}</table>"


def _filled(rows: list[list[str]]) -> dict[tuple[int, int], str]:
    return {(number, place): cell for number, row in enumerate(rows) for place, cell in enumerate(row) if cell}


@given(TABLES, TABLES, st.integers(0, 3))
def test_tables_within_tables_stand_where_they_would_without(
    first: list[list[str]], second: list[list[str]], deep: int
) -> None:
    """Two tables are one below the other, however many tables of one cell lie around them."""
    html = _html(first) + _html(second)
    for _ in range(deep):
        html = f"<table><tr><td>{html}</td></tr></table>"
    sheet = page(html)
    assert _filled(sheet.rows()) == _filled([*first, *second])


@st.composite
def tilings(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A rectangle cut into spans: (row, column, rows, columns) of each, in the order in which a page writes them."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    tiles = []
    for row, column in sorted(free):
        if (row, column) not in free:
            continue
        rows, columns = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        while any((row, column + n) not in free for n in range(columns)):
            columns -= 1
        free -= {(row + m, column + n) for m in range(rows) for n in range(columns)}
        tiles.append((row, column, rows, columns))
    return height, width, tiles


@given(tilings())
def test_spans_put_every_cell_in_its_place(tiling: tuple[int, int, list[tuple[int, int, int, int]]]) -> None:
    """However a rectangle is cut into spans, each cell is found at its corner, and merged as far as it spans."""
    height, _, tiles = tiling
    lines = ["".join(f"<td rowspan={rows} colspan={columns}>t{row}.{column}</td>" for row, column, rows, columns in tiles if row == line)
             for line in range(height)]  # fmt: skip
    sheet = page(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
    assert _filled(sheet.rows()) == {(row, column): f"t{row}.{column}" for row, column, _, _ in tiles}
    spanned = {
        ((row, column), (row + rows - 1, column + columns - 1))
        for row, column, rows, columns in tiles
        if (rows, columns) != (1, 1)
    }
    lowest, right = max(row for row, *_ in tiles), len(sheet.columns) - 1
    assert {(start, (min(end[0], lowest), min(end[1], right))) for start, end in spanned} == set(sheet.merged) | {
        (start, end) for start, end in ((s, (min(e[0], lowest), min(e[1], right))) for s, e in spanned) if start == end
    }
