"""The figures of a publication, read back out of every form in which it is given out: they are the same in all of them."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document
from pptx import Presentation

from dashboards.__main__ import freeze
from data.people.scope import Role
from data.zone.periods import parse_period
from tests.integration.several_units import fill, installed
from tests.integration.sites import Site, made
from tests.integration.test_access import _ask_script, _router

Table = list[list[str]]
"""Its head and its rows, as texts."""
NAMES = frozenset({"name", "名称", "单位", "单位或行业领域"})
COLUMNS = {
    "rank": {"rank", "名次"}, "score": {"score", "得分"}, "deaths": {"deaths", "死亡", "死亡人数"},
    "cap": {"cap", "全年指标", "全年控制数", "控制数"}, "last_year_deaths": {"last_year_deaths", "上年同期死亡", "去年同期死亡人数", "去年同期"},
}  # fmt: skip
"""Figure → how each form calls its column."""
OF = {"ranking": ("rank", "score"), "scores": ("rank", "score"), "casualties": ("deaths", "cap", "last_year_deaths")}
NOT_IN = {("pptx", "ranking"): {"rank"}, ("pptx", "scores"): {"rank"}, ("page", "casualties"): {"last_year_deaths"}}
"""What a deck shows by the order of its bars, and what the short table of a page leaves out."""
REPORTS = (("ranking", "2022-05", None), ("scores", "2022Q2", None), ("casualties", "2022", date(2022, 6, 30)))


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Several units with figures of their own; nothing published."""
    folder = tmp_path_factory.mktemp("same")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        fill(settings, folder)
        yield made(settings, patch)


def from_csv(raw: bytes) -> list[Table]:
    """With the mark of UTF-8 that WPS needs."""
    assert raw.startswith(b"\xef\xbb\xbf")
    return [[row for row in csv.reader(io.StringIO(raw.decode("utf-8-sig"))) if not row[0].startswith("#")]]


def from_xlsx(raw: bytes) -> list[Table]:
    """Every sheet, from its head on."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    return [
        [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True)]
        for sheet in book
    ]


def from_docx(raw: bytes) -> list[Table]:
    """The annex."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(raw)).tables]


def from_pptx(raw: bytes) -> list[Table]:
    """Tables, and charts as what they are drawn of."""
    found: list[Table] = []
    for shape in (shape for slide in Presentation(io.BytesIO(raw)).slides for shape in slide.shapes):
        if shape.has_table:
            found.append([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif shape.has_chart:
            plot = shape.chart.plots[0]
            rows = zip(plot.categories, *(series.values for series in plot.series), strict=True)
            found.append(
                [["单位", *(series.name for series in plot.series)], *([str(one) for one in row] for row in rows)]
            )
    return found


def from_page(text: str) -> list[Table]:
    """The tables of a page, whose markup is sent as [element, attributes, what is in it …]."""
    return [[_cells(row) for row in _elements(table, "tr")] for table in _elements(json.loads(text), "table")]


def _elements(told: Any, name: str) -> list[Any]:
    """Elements of a name, wherever they lie."""
    if isinstance(told, list) and told and told[0] == name:
        return [told]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [one for part in parts for one in _elements(part, name)]


def _cells(row: Any) -> list[str]:
    return ["".join(_words(cell[2:])) for cell in row[2:] if isinstance(cell, list)]


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, list) and len(told) > 1 and isinstance(told[1], dict):
        yield from _words(told[2:])
    elif isinstance(told, list):
        for one in told:
            yield from _words(one)
    elif told is not None:
        yield str(told)


def told(tables: list[Table]) -> dict[tuple[str, str], set[Any]]:
    """(name, figure) → every value that is told of it, numbers as numbers."""
    found: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for head, *rows in filter(None, tables):
        name = next((place for place, one in enumerate(head) if one in NAMES), None)
        places = {key: place for key, called in COLUMNS.items() for place, one in enumerate(head) if one in called}
        for row in rows if name is not None else ():
            for key, place in places.items():
                if place < len(row):
                    found[row[name], key].add(_number(row[place]))
    return found


def _number(text: str) -> Any:
    try:
        return Decimal(text).normalize()
    except InvalidOperation:
        return text


def expected(content: Any) -> dict[str, dict[str, Any]]:
    """Of each unit that has figures what the JSON says."""
    report = content["report"]
    rows = content["units"] if report == "casualties" else [row for group in content["groups"] for row in group["rows"]]
    told_of = [
        row
        for row in rows
        if (row["deaths"] if report == "casualties" else row["score"] is not None and not row.get("veto"))
    ]
    assert len(told_of) > 1
    return {row["name"]: {key: row[key] for key in OF[report] if row[key] is not None} for row in told_of}


READERS: dict[str, Callable[[bytes], list[Table]]] = {
    "csv": from_csv,
    "xlsx": from_xlsx,
    "docx": from_docx,
    "pptx": from_pptx,
}


@pytest.mark.parametrize(("report", "period", "day"), REPORTS, ids=[one for one, _period, _day in REPORTS])
def test_every_form_tells_the_same_figures(site: Site, report: str, period: str, day: date | None) -> None:
    """Each unit's, in JSON, CSV, workbook, bulletin, deck, PDF and on the page; nowhere is another one told of it."""
    one = freeze(site.door.settings, report, parse_period(period), day, reason="月度通报", mistake=False)
    desk = site.signed_in(Role.OFFICE)
    files = {form: desk.get(f"/published/{one.entry}.{form}").data for form in ("json", "pdf", *READERS)}
    wanted = expected(json.loads(files["json"]))
    tables = {form: read(files[form]) for form, read in READERS.items()}
    page = _ask_script(desk, _router("/publications", f"?period={period}&entry={one.entry}"))
    tables["page"] = from_page(page.text)
    for form, found in tables.items():
        values = told(found)
        for name, figures in wanted.items():
            keys = figures.keys() - NOT_IN.get((form, report), set())
            differing = {key: values[name, key] for key in keys if values[name, key] != {_number(str(figures[key]))}}
            assert differing == {}, f"{form}: {name}"
    printed = _printed(files["pdf"])
    for name, figures in wanted.items():
        assert any(line in printed for line in _as_printed(report, name, figures)), name


def _printed(pdf: bytes) -> str:
    """All that is read in a PDF, cell by cell, without blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()


def _as_printed(report: str, name: str, figures: dict[str, Any]) -> list[str]:
    """How a row of the annex reads in a PDF."""
    if report != "casualties":
        return [f"{figures['rank']}{name}{figures['score']:.2f}"]
    return [f"{name}{figures['deaths']}{fatal}{figures.get('cap', '—')}" for fatal in range(1, 10)]
