"""What people wrote comes back in files that spreadsheets open: never as a formula, also after a round by CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from data.harmless import as_typed, harmless
from data.printing import as_csv
from data.schema.enforcement import inspection
from data.settings import Settings
from data.store import reader
from etl.annotate import annotated
from etl.loading.load import Loader
from etl.template.sheets import FIRST_ROW
from tests.integration.formats import xls
from tests.integration.ledgers import ledger, number, send
from tests.integration.libreoffice import XLSX, made_by_libreoffice
from tests.integration.test_template import made

pytestmark = pytest.mark.slow

HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1+1)", '=DDE("soffice";"x";"y")', "＝1+1", "＋1+1", "－1+1", "＠SUM(1)",
    "'=1+1", " =1+1", '=HYPERLINK("http://x")', "甲;=1+1", "甲|=1+1", '甲"=1+1', "甲\t=1+1",
)  # fmt: skip
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
WITH_FORMULAS = (
    "CSV:44,34,76,1,,0,false,true,false,false,false,0,true",
    "CSV:44/59/9/124,34,76,1,,0,false,true,false,false,false,0,true",
)
"""As CSV is opened again: commas alone, and whatever else the dialogue takes for the end of a cell; formulas are evaluated."""


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def _formulas(path: Path) -> list[str]:
    with ZipFile(path) as package:
        return [
            name
            for name in package.namelist()
            if name.startswith("xl/worksheets/") and re.search(b"<f[ >]", package.read(name))
        ]


def _opened_again(tables: list[Path], folder: Path) -> list[Path]:
    """CSV files opened again in both ways, as workbooks."""
    found = []
    for way, how in enumerate(WITH_FORMULAS):
        found += made_by_libreoffice(tables, folder / f"again{way}", XLSX, how)
    assert len(found) == len(tables) * len(WITH_FORMULAS)
    return found


def test_no_text_of_an_export_is_run(tmp_path: Path) -> None:
    """Reports and the audit log, in whatever way the CSV is opened; what reads workbooks reads what was written.

    What this asks is answered by a program that would run them: an unguarded file beside it has formulas.
    """
    path, unguarded = tmp_path / "export.csv", tmp_path / "unguarded.csv"
    path.write_text(as_csv(["name", "n"], [{"name": text, "n": -1} for text in HOSTILE]), encoding="utf-8", newline="")
    unguarded.write_text("=1+1,2\r\n甲;=1+1,2\r\n", encoding="utf-8")
    again = _opened_again([path, unguarded], tmp_path)
    assert [_formulas(one) for one in again if one.stem == path.stem] == [[], []]
    assert any(_formulas(one) for one in again if one.stem == unguarded.stem)
    with path.open(encoding="utf-8", newline="") as file:
        assert [as_typed(row["name"]) for row in csv.DictReader(file)] == list(HOSTILE)


def test_no_text_of_a_template_is_run(loader: Loader, tmp_path: Path) -> None:
    """已知企业 and the cases that are still open, by LibreOffice to CSV and back; a row chosen from it is the same enterprise."""
    one = (
        ledger("2022-05")
        .put({"C2": HOSTILE[0], "C3": HOSTILE[2], "C4": HOSTILE[5]})
        .put({"D2": None, "D3": None, "D4": None})
    )
    one.put({"I3": "=1+1号", "整改复查!A2": "=1+1号", "整改复查!C2": "不合格"})
    del one.sheets["汇总"]
    path = tmp_path / "台账.xls"
    path.write_bytes(xls(one))
    outcome = send(loader, path, tmp_path)
    assert outcome.errors == []
    form = made(loader, tmp_path, "enforcement", "2022-06", "longtanzi")
    assert _formulas(form) == []
    known = [row[0] for row in load_workbook(form)["已知企业"].iter_rows(min_row=3, values_only=True)]
    assert sorted(known) == sorted(harmless(text) for text in (HOSTILE[0], HOSTILE[2], HOSTILE[5]))
    tables = made_by_libreoffice([form], tmp_path / "tables", ALL_SHEETS)
    assert [name for name in tables if "已知企业" in name.name]
    assert [one for one in _opened_again(tables, tmp_path) if _formulas(one)] == []
    book = load_workbook(form)
    sheet, again = book["执法检查台账"], book["整改复查"]
    filled = {"检查日期": "2022-06-03", "被检查单位": harmless(HOSTILE[0]), "行业领域": "工贸", "检查文书号": number(9, "2022-06"),
              "发现隐患数": 0, "是否处罚": "否"}  # fmt: skip
    titles = {str(cell.value).lstrip("*"): cell.column for cell in sheet[FIRST_ROW - 1]}
    for title, value in filled.items():
        cell = sheet.cell(FIRST_ROW, titles[title], value)
        cell.data_type = "s" if isinstance(value, str) else "n"
    looked = {str(cell.value).lstrip("*"): cell.column for cell in again[FIRST_ROW - 1]}
    again.cell(FIRST_ROW, looked["复查日期"], "2022-06-03")
    again.cell(FIRST_ROW, looked["复查结论"], "合格")
    assert again.cell(FIRST_ROW, looked["检查文书号"]).value == "'=1+1号"
    book.save(form)
    outcome = send(loader, form, tmp_path)
    assert (outcome.errors, outcome.status) == ([], "accepted")
    with reader(loader.settings.database_url).connect() as connection:
        names = (
            connection.execute(select(inspection.c.enterprise).where(inspection.c.period == "2022-06")).scalars().all()
        )
    assert names == [HOSTILE[0]]


def test_no_text_of_an_annotated_workbook_is_run(loader: Loader, tmp_path: Path) -> None:
    """The sender's own texts and the list of problems, by LibreOffice to CSV and back."""
    cells = {f"T{row}": text for row, text in enumerate(HOSTILE[:3], start=2)}
    come_back = []
    for name in ("台账.xlsx", "台账.xls"):
        book = ledger("2022-05").put({"B2": HOSTILE[0], "E3": HOSTILE[3], "J4": HOSTILE[1], **cells})
        path = tmp_path / name
        if name.endswith("xls"):
            path.write_bytes(xls(book))
        else:
            made_book = book.build()
            for sheet in made_book:
                for row in sheet:
                    for cell in row:
                        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
            made_book.save(path)
        outcome = send(loader, path, tmp_path)
        assert outcome.status == "rejected"
        back = tmp_path / f"{path.suffix[1:]}-back.xlsx"
        back.write_bytes(annotated(path.read_bytes(), outcome.problems))
        assert _formulas(back) == []
        values = {cell.value for sheet in load_workbook(back) for row in sheet for cell in row}
        assert {harmless(text) for text in cells.values()} <= values
        come_back.append(back)
    tables = made_by_libreoffice(come_back, tmp_path / "tables", ALL_SHEETS)
    assert all(any(one.name.startswith(back.stem) for one in tables) for back in come_back)
    assert [one for one in _opened_again(tables, tmp_path) if _formulas(one)] == []
