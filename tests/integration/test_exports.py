"""Files that are taken along, opened again: numbers are numbers, days are days, and no text of anybody is run."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from dashboards.__main__ import freeze
from dashboards.components import exports
from dashboards.components.exports import Exported, Field, TooManyRows, Written, refuse_too_many
from dashboards.web.export_files import as_csv, as_xlsx
from data.harmless import as_typed, harmless
from data.language import speak
from data.people.scope import Role
from data.schema.intake import audit
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from etl.loading.load import Loader
from tests.how_many import cases as how_many
from tests.integration.ledgers import ledger, send
from tests.integration.sites import Site, made

EVIL = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "＝1+1",
    " =1+1",
    'x"; =1+1',
    "http://x.example",
    "3/4",
    "007",
)


def _made(rows: list[list[Any]], *fields: Written, said: tuple[str, ...] = ()) -> Exported:
    return Exported("名", "题", said, [Field(f"列{place}", one) for place, one in enumerate(fields)], rows)


def _local(*moment: int) -> datetime:
    """A moment of May 2022 as a cell holds it."""
    return datetime(2022, 5, *moment)  # type: ignore[arg-type]  # noqa: DTZ001


def _xlsx(made: Exported) -> list[list[Any]]:
    return [list(row) for row in _sheet(made).iter_rows(min_row=4)]


def _sheet(made: Exported) -> Any:
    with as_xlsx(made) as file:
        return load_workbook(file).active


def _csv(made: Exported) -> list[list[str]]:
    return _lines(made)[3:]


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula_a_number_or_a_link(text: str) -> None:
    """In a workbook and in CSV a text stays one, wherever it stands: in the title, in what is said, in a heading, in a cell."""
    made = Exported(text, text, [text], [Field(text)], [[text]])
    sheet = _sheet(made)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert as_typed(sheet["A4"].value.replace("_x000D_", "\r")).strip() == as_typed(harmless(text)).strip()
    for cell in (cell for line in _lines(made) for cell in line):
        assert not re.match(r"\s*[=+\-@＝＋－＠]", cell)


def _lines(made: Exported) -> list[list[str]]:
    return list(csv.reader(io.StringIO(_bytes(made).decode("utf-8-sig"), newline="")))


def _bytes(made: Exported) -> bytes:
    with as_csv(made) as file:
        return file.read()


def test_numbers_shares_and_days_are_what_they_are() -> None:
    """A spreadsheet computes with them: real values with formats, none of them a text; a missing one is an empty cell."""
    values = [-3, Decimal("12000.50"), Fraction(5, 8), date(2022, 5, 6), _local(6, 9, 30), None]
    made = _made([values], Written.COUNT, Written.AMOUNT, Written.SHARE, Written.DAY, Written.MOMENT, Written.COUNT)
    (cells,) = _xlsx(made)
    assert [cell.value for cell in cells] == [
        -3,
        12000.5,
        0.625,
        _local(6),
        _local(6, 9, 30),
        None,
    ]
    assert [cell.number_format for cell in cells[:5]] == ["#,##0", "#,##0.00", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    assert _csv(made) == [["-3", "12000.50", "62.5%", "2022-05-06", "2022-05-06 09:30", ""]]


def test_a_file_says_what_it_holds_in_its_head() -> None:
    """The title, then scope, filter and order in one line, then the headings, which stay in sight."""
    made = _made([["a"]], Written.TEXT, said=("全部单位", "筛选：状态 包含 未闭环"))
    sheet = _sheet(made)
    assert [sheet[f"A{row}"].value for row in (1, 2, 3, 4)] == [
        "题",
        "全部单位；筛选：状态 包含 未闭环",
        "列0",
        "a",
    ]
    speak("en")
    english = _bytes(made)
    speak("zh_CN")
    assert english.startswith('\ufeff题\r\n"全部单位; 筛选'.encode())
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A4", "A3:A4", "$1:$3")
    assert (sheet.print_area, sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == (
        "'Sheet1'!$A$1:$A$4", "landscape", "9",
    )  # fmt: skip
    assert sheet.page_setup.fitToHeight == 0
    assert _bytes(made).startswith("\ufeff题\r\n全部单位；筛选：状态 包含 未闭环\r\n列0\r\na".encode())


@settings(max_examples=how_many(), deadline=None, database=None)
@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=6))
def test_both_forms_hold_the_same_texts(rows: list[list[str]]) -> None:
    """Whatever people wrote, with line ends, quotes and half characters: a row is a row, a cell a cell."""
    kept = [[harmless(text.encode("utf-8", "replace").decode()) for text in row] for row in rows]
    assert _csv(_made(rows, Written.TEXT, Written.TEXT)) == kept


def test_more_than_a_file_takes_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says how many there are, how many a file takes, and what to do."""
    monkeypatch.setattr(exports, "MOST_EXPORTED", 10)
    refuse_too_many(10)
    with pytest.raises(TooManyRows, match=r"11 行.*10 行.*筛选"):
        refuse_too_many(11)


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """May of 龙滩子街道, with an enterprise whose name is a formula."""
    with Loader(sqlite_installation) as loader:
        told = send(loader, ledger("2022-05", "longtanzi").put({"C3": "'=HYPERLINK(1)"}), tmp_path)
    assert told.status == "accepted"
    return made(sqlite_installation, monkeypatch)


def _cases(site: Site, form: str, **grid: Any) -> Any:
    query = {"period": "2022-05", "unit": "longtanzi", "measure": "inspections"}
    more = {"grid": json.dumps(grid)} if grid else {}
    return site.signed_in(Role.OFFICE).get(f"/export/cases.{form}?{urlencode({**query, **more})}")


def test_cases_are_exported_as_they_are_seen(site: Site) -> None:
    """Filter, search, order, columns and what is chosen: the file holds them and says them, under a name of page and period."""
    grid = {
        "columns": ["hazards", "enterprise", "inspected_on"], "sort": [{"colId": "hazards", "sort": "desc"}], "chosen": [],
        "filter": {"hazards": {"filterType": "number", "type": "greaterThan", "filter": 0}}, "search": "重庆",
    }  # fmt: skip
    everything = load_workbook(io.BytesIO(_cases(site, "xlsx").data)).active
    assert everything.max_row == 6
    assert {cell.data_type for cell in everything["B"] if cell.value} == {"s"}
    last = everything.cell(3, everything.max_column).coordinate.rstrip("3")
    assert (everything.auto_filter.ref, everything.print_area) == (f"A3:{last}6", f"'Sheet1'!$A$1:${last}$6")
    answer = _cases(site, "xlsx", **{**grid, "search": ""})
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0] == ("隐患数", "被检查单位", "检查日期")
    assert [row[0] for row in rows[1:]] == [3, 2]
    assert rows[1][1:] == ("'=HYPERLINK(1)", _local(12))
    said = sheet["A2"].value
    assert all(
        words in said for words in ("全部单位", "筛选：隐患数大于 0", "按“隐患数”从高到低排序", "共 2 件", "2022-10-08")
    )
    name = unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])
    assert name == "2022年5月-龙滩子街道-检查家次-案件明细.xlsx"
    searched = _cases(site, "csv", **grid).data.decode("utf-8-sig").splitlines()
    assert "搜索：“重庆”" in searched[1]
    assert searched[3:] == ["2,重庆宏达机械有限公司,2022-05-06"]
    chosen = _cases(site, "csv", columns=["hazards"], chosen=["1-4"]).data.decode("utf-8-sig").splitlines()
    assert chosen[3:] == ["0"]
    assert "仅所选的 1 条" in chosen[1]


STRANGE: tuple[dict[str, Any], ...] = (
    {"columns": ["inspectors"]}, {"sort": [{"colId": "inspectors", "sort": "asc"}]}, {"sort": [{"colId": "number", "sort": "down"}]},
    {"filter": {"inspectors": {"filterType": "text", "type": "contains", "filter": "张"}}}, {"search": "x" * 300}, {"chosen": "all"},
    {"search": "\0"}, {"filter": [1]},
)  # fmt: skip


@pytest.mark.parametrize("grid", STRANGE, ids=str)
def test_an_address_that_no_page_makes_is_refused(site: Site, grid: dict[str, Any]) -> None:
    """Columns that the list does not show, other orders, too long a search: 400, and nothing of the data."""
    assert _cases(site, "csv", **grid).status_code == 400


def test_a_standing_is_exported_in_the_order_in_which_it_is_seen(site: Site) -> None:
    """Sorted by units from the last: the place is still the method's, and the file says how it is sorted."""
    office = site.signed_in(Role.OFFICE)
    address = "/export/ranking.xlsx?period=2022-05&group=town"
    usual, sorted_ = (
        load_workbook(io.BytesIO(office.get(f"{address}{more}").data)).active for more in ("", "&sort=unit&down=1")
    )
    places = [[row[0].value for row in sheet.iter_rows(min_row=4)] for sheet in (usual, sorted_)]
    names = [[row[1].value for row in sheet.iter_rows(min_row=4)] for sheet in (usual, sorted_)]
    assert dict(zip(names[0], places[0], strict=True)) == dict(zip(names[1], places[1], strict=True))
    assert names[1] == ["邮亭镇", "通桥街道", "双路街道", "龙滩子街道"]
    assert "按名次排列" in usual["A2"].value
    assert "按“单位”既定顺序的倒序排序" in sorted_["A2"].value
    assert office.get(f"{address}&sort=nothing").status_code == 400
    share = next(cell for cell in usual[3] if cell.value == "问题发现率").column
    assert usual.cell(4, share).number_format == "0.0%"


DRAFTS = {
    "ranking": ("period=2022-05&group=town", ["ranking 2022-05"]),
    "ranking-sectors": ("period=2022-05", ["ranking 2022-05"]),
    "ranking-methods": ("period=2022-05", ["ranking 2022-05"]),
    "cases": ("period=2022-05&unit=longtanzi&measure=inspections", ["ranking 2022-05"]),
    "side-by-side": ("period=2022-05&unit=longtanzi", ["ranking 2022-05", "ranking 2022-04"]),
    "scores": ("period=2022Q2&group=town", ["scores 2022Q2"]),
    "scores-year": ("period=2022Q2&group=town", ["scores 2022Q1", "scores 2022Q2", "scores 2022Q3", "scores 2022Q4"]),
    "casualties-by-unit": ("period=2022&as_of=2022-06-30", ["casualties 2022 2022-06-30"]),
    "casualties-by-sector": ("period=2022&as_of=2022-06-30", ["casualties 2022 2022-06-30"]),
    "accidents": ("period=2022&as_of=2022-06-30", ["casualties 2022 2022-06-30"]),
}
"""Every export of figures that are published once: its address, and whose drafts it holds."""
NEVER_PUBLISHED = {
    **dict.fromkeys(
        ("work-plan-items", "supervision-by-unit", "supervision-by-method", "supervision-findings", "tipoffs-by-type", "tipoffs-by-unit", "tipoffs-cases"),
        "day=2022-10-08",
    ),
    **dict.fromkeys(("frontline-by-town", "frontline-by-sector", "frontline-enterprises"), "day=2022-10-08&batch=all"),
    **dict.fromkeys(("disasters-by-unit", "disasters-by-type", "disasters", "warnings"), "day=2022-10-08"),
    "workbooks": "", "problems": "submission=1", "audit": "", "enterprise-inspections": "code=91502914MA3FQEFLC0",
    **dict.fromkeys(("coverage-towns", "coverage-sectors", "not-inspected", "inspected-repeatedly"), ""),
    **dict.fromkeys(("hazards-by-unit", "hazards-by-sector", "hazards-by-level", "hazards-ledgers", "hazards-list", "hazards-lowered"), "day=2022-10-08"),
}  # fmt: skip


def _head(site: Site, name: str, asked: str) -> tuple[str, str]:
    """What a file says first of itself, in both forms the same, and what stands at the foot of its printed pages."""
    account = site.signed_in(Role.ADMIN if name == "audit" else Role.OFFICE)
    sheet = load_workbook(io.BytesIO(account.get(f"/export/{name}.xlsx?{asked}").data)).worksheets[0]
    lines = account.get(f"/export/{name}.csv?{asked}").data.decode("utf-8-sig").splitlines()
    assert next(csv.reader([lines[1]])) == [sheet["A2"].value]
    return sheet["A2"].value, sheet.oddFooter.left.text


def _opened(site: Site) -> list[str]:
    """The drafts that somebody opened, as the audit log has them."""
    with reader(site.door.settings.database_url).connect() as connection:
        of = select(audit.c.subject).where(audit.c.action == "draft opened").order_by(audit.c.entry)
        return list(connection.execute(of).scalars())


def test_every_file_says_whether_it_is_a_draft(site: Site) -> None:
    """Of all that any page offers: a draft, on every printed page, and who takes it along is put on record; or what it is instead."""
    assert {*DRAFTS, *NEVER_PUBLISHED} == set(exports.OFFERS)
    for name, (asked, reports) in DRAFTS.items():
        before = len(_opened(site))
        said, foot = _head(site, name, asked)
        assert re.match(r"草稿，数据截至2022-10-08，未发布", said), (name, said)
        assert foot.startswith("草稿，数据截至2022-10-08，未发布"), (name, foot)
        assert _opened(site)[before:] == 2 * reports, name
    before = len(_opened(site))
    for name, asked in NEVER_PUBLISHED.items():
        said, foot = _head(site, name, asked)
        assert re.match("即时情况，不作发布；截至2022-10-08；依据截至 2022-10-08 收到的材料；", said), (name, said)
        assert foot == "即时情况，不作发布"
    assert len(_opened(site)) == before


def test_file_of_published_figures_says_which_publication(site: Site) -> None:
    """Live ones that are the same, frozen ones, and of several months or quarters each; then one that has moved."""
    settings = site.door.settings
    for report, period, day in (
        ("ranking", "2022-05", None),
        ("scores", "2022Q2", None),
        ("casualties", "2022", date(2022, 6, 30)),
    ):
        freeze(settings, report, parse_period(period), day, reason="提前", mistake=False)
    several = {
        "side-by-side": "2022年5月：与第1次发布一致；2022年4月：草稿，",
        "scores-year": "草稿，数据截至2022-10-08，未发布（",
    }
    for name, (asked, _reports) in DRAFTS.items():
        said, foot = _head(site, name, asked)
        assert said.startswith(several.get(name, "与第1次发布一致")), (name, said)
        assert foot.startswith(several.get(name, "与第1次发布一致")), (name, foot)
    for name in ("ranking", "scores", "casualties-by-unit", "casualties-by-sector"):
        said, foot = _head(site, name, f"{DRAFTS[name][0]}&published=1")
        assert said.startswith("已发布（第1次）；指纹")
        assert foot == "已发布（第1次）"
