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
import pytest
from docx import Document
from pptx import Presentation

from dashboards.__main__ import freeze
from data.people.scope import Role
from data.zone.periods import parse_period
from tests.integration.rendered import pages_seen
from tests.integration.several_units import installed
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
NOT_IN = {("pptx", "ranking"): {"rank"}, ("pptx", "scores"): {"rank"}}
"""What a deck shows by the order of its bars."""
REPORTS = (("ranking", "2022-06", None), ("scores", "2022Q2", None), ("casualties", "2022", date(2022, 6, 30)))


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Several units with figures of their own; June, its quarter and its casualties are published."""
    with installed(sqlite_template, tmp_path_factory.mktemp("same")) as settings, pytest.MonkeyPatch.context() as patch:
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
    """The tables of a page's components."""
    return [[_texts(row) for row in _parts(table, "Tr")] for table in _parts(json.loads(text), "Table")]


def _parts(told: Any, kind: str) -> list[Any]:
    """Components of a kind, wherever they lie."""
    if isinstance(told, list):
        return [one for part in told for one in _parts(part, kind)]
    if not isinstance(told, dict):
        return []
    return [told] if told.get("type") == kind else [one for part in told.values() for one in _parts(part, kind)]


def _texts(row: Any) -> list[str]:
    cells = row["props"]["children"]
    return ["".join(_words(cell["props"].get("children"))) for cell in cells if isinstance(cell, dict)]


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, str | int | float):
        yield str(told)
    elif isinstance(told, list):
        for one in told:
            yield from _words(one)
    elif isinstance(told, dict):
        yield from _words(told.get("props", {}).get("children"))


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
    printed = "".join(page.text for page in pages_seen(files["pdf"])).replace("\n", "").replace(" ", "")
    for name, figures in wanted.items():
        assert any(line in printed for line in _as_printed(report, name, figures)), name


def _as_printed(report: str, name: str, figures: dict[str, Any]) -> list[str]:
    """How a row of the annex reads in a PDF."""
    if report != "casualties":
        return [f"{figures['rank']}{name}{figures['score']:.2f}"]
    return [f"{name}{figures['deaths']}{fatal}{figures.get('cap', '—')}" for fatal in range(1, 10)]
