"""What a sheet shows is what is read, in every file format; what is hidden in it is known."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.reading.sheets import Sheet, Shown
from etl.reading.workbook import read_workbook
from tests.integration.libreoffice import TEXTS, saved_by_libreoffice
from tests.integration.styled import STYLED, Styled, styled_xlsx
from tests.shown_numbers import DAY, SEEN

MAY, EVENING = date(2022, 5, 3), datetime.fromisoformat("2022-05-03T18:00")
PLAIN, CASES = ("General", "0", "0.00", "#,##0.00", '"¥"#,##0.00', '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '), {
    '0.00"万元"': {5.5: "5.50万元", 20000.0: "20000.00万元"},
    '"（渝双）应急检记〔2022〕"0"号"': {501.0: "（渝双）应急检记〔2022〕501号"},
    '"JD-"000': {5.0: "JD-005"},
    "000": {7.0: "007", 1234.0: 1234.0},
    "0!.0,": {20000.0: "2.0", 0.0: 0.0},
    '0!.0,"万元"': {15000.0: "1.5万元"},
    "0.00,,": {12345678.0: "12.35"},
    "0%": {0.5: "50%"},
    "0.0%": {0.125: "12.5%"},
    "0.00E+00": {202205010001.0: "2.02E+11"},
    '0"家"': {12.0: "12家"},
    "[DBNum1][$-804]General": {3.0: "三"},
    '[>=10000]0!.0,"万";0"元"': {25000.0: "2.5万", 500.0: "500元"},
    '#,##0.00"元"': {20000.0: "20,000.00元"},
    ";;;": {5.0: "", 0.0: 0.0},
    '@"街道"': {"龙滩子": "龙滩子街道"},
    "yyyy-m-d": {DAY: MAY, DAY + 0.75: EVENING},
    '[$-804]yyyy"年"m"月"d"日";@': {DAY: MAY},
    '[DBNum1][$-804]yyyy"年"m"月"d"日";@': {DAY: MAY},
    "[$-F800]dddd\\, mmmm dd\\, yyyy": {DAY: MAY},
    "[$-x-sysdate]dddd, mmmm dd, yyyy": {DAY: MAY},
    "[$-804]aaaa;@": {DAY: MAY},
    'e"年"m"月"d"日"': {DAY: MAY},
}  # fmt: skip
"""code → what is stored → what is read in a table's body; a text that differs stands for what is shown."""
LABELS: dict[str, dict[float, Any]] = {
    "0.00": {2022.1: "2022.10", 2022.05: 2022.05, 5.0: 5.0},
    "General": {2022.1: 2022.1},
    '0"月"': {5.0: "5月"},
    'yyyy"年"m"月"': {DAY: "2022年5月"},
    'yyyy"年"': {DAY: "2022年"},
    '"填报月份："yyyy"年"m"月"': {DAY: "填报月份：2022年5月"},
    'yyyy"年"m"月执法检查台账"': {DAY: "2022年5月执法检查台账"},
    'yyyy"年"m"月"d"日"': {DAY: MAY},
    "mmm-yy": {DAY: MAY},
}
"""The same among the labels above a table."""
BODY = 2_010


def _read(cell: Any) -> Any:
    return cell.text if isinstance(cell, Shown) else cell


def _book() -> Styled:
    """Labels in the first rows, and far enough below them a body of every case."""
    labels = [[(stored, code) for stored in cases] for code, cases in LABELS.items()]
    body: list[list[tuple[float | str, str]]] = [[(stored, code) for stored in cases] for code, cases in CASES.items()]
    plain: list[list[tuple[float | str, str]]] = [
        [(number, code) for number in (5.0, 2022.1, 20000.0, -12.345)] for code in PLAIN
    ]
    between: list[list[tuple[float | str, str]]] = [[(1.0, "General")] for _ in range(BODY - len(labels))]
    hidden = frozenset({1, BODY, BODY + 2, BODY + 3})
    return Styled([*labels, *between, *body, *plain], hidden)  # type: ignore[list-item]


def _assert_read(first: Sheet, rest: list[Sheet]) -> None:
    rows = first.rows()
    for row, (code, cases) in enumerate(LABELS.items()):
        assert [code, *map(_read, rows[row][: len(cases)])] == [code, *cases.values()]
    for row, (code, shown) in enumerate(CASES.items(), start=BODY):
        assert [code, *map(_read, rows[row][: len(shown)])] == [code, *shown.values()]
        stored = [cell.stored for cell in rows[row] if isinstance(cell, Shown)]
        assert stored == [
            number for number, text in shown.items() if isinstance(text, str) and not isinstance(number, str)
        ]
    for row in rows[BODY + len(CASES) :]:
        assert row[:4] == [5.0, 2022.1, 20000.0, -12.345]
    assert (first.hidden, first.hidden_rows) == (False, _book().hidden)
    assert [(sheet.hidden, sheet.rows()) for sheet in rest] == [(True, [["甲"]])]


@pytest.mark.parametrize("writer", STYLED.values(), ids=STYLED)
def test_every_format_is_read_as_it_is_shown(writer: Callable[[Styled], bytes]) -> None:
    """Numbers with words, zeros, scales and parts in their formats; days; hidden rows; a hidden sheet."""
    first, *rest = read_workbook(writer(_book())).sheets
    _assert_read(first, rest)


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    """Every format × number of the table is seen in LibreOffice as it is said here."""
    table = [(code, number, seen) for code, numbers in SEEN.items() for number, seen in numbers.items()]
    path = tmp_path / "格式.xlsx"
    path.write_bytes(styled_xlsx(Styled([[(number, code), ("。", "General")] for code, number, _ in table])))
    saved = saved_by_libreoffice(path, tmp_path / "saved", TEXTS)
    with saved.open(encoding="utf-8", newline="") as lines:
        shown = [row[0].strip() for row in csv.reader(lines)]
    assert [(code, number, text) for (code, number, _), text in zip(table, shown, strict=True)] == table


@pytest.mark.parametrize("form", ["xls", "ods", "xlsx"])
def test_what_libreoffice_saves_is_read_the_same(tmp_path: Path, form: str) -> None:
    """A workbook that an office program opened and saved in another format has the same cells, and hides the same.

    It knows no ``!`` and no year without a locale, and in OpenDocument it does not write out words around texts.
    """
    known_to_it = {
        code: cases for code, cases in CASES.items() if "!" not in code and "$-x" not in code and code[0] not in "e@"
    }
    book = Styled(
        [[(stored, code) for stored in cases] for code, cases in LABELS.items()]
        + [[(1.0, "General")]] * (BODY - len(LABELS))
        + [[(stored, code) for stored in cases] for code, cases in known_to_it.items()],
        frozenset({1, BODY}),
    )
    path = tmp_path / "格式.xlsx"
    path.write_bytes(styled_xlsx(book))
    ours = read_workbook(path.read_bytes()).sheets
    saved = read_workbook(saved_by_libreoffice(path, tmp_path / "saved", form).read_bytes()).sheets
    assert [sheet.rows() for sheet in saved] == [sheet.rows() for sheet in ours]
    assert [(sheet.hidden, sheet.hidden_rows) for sheet in saved] == [(False, book.hidden), (True, frozenset())]
