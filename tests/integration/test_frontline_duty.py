"""The page of front-line duty from the sample register: its figures, its list down to the cells, and what a unit sees of it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from dashboards.method.frontline import BATCHES
from dashboards.results import frontline, frontline_months
from data.people.scope import Role, Scope, office
from data.store import reader
from data.zone.periods import Year
from tests.fetching import fetched
from tests.integration import day_page
from tests.integration.sample_register import EXPECTED, load
from tests.integration.several_units import installed
from tests.integration.sites import Site, made

DAY = date(2022, 4, 30)
TODAY = date(2022, 10, 8)


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The lists and ledgers on the web."""
    with (
        installed(sqlite_template, tmp_path_factory.mktemp("frontline")) as settings,
        pytest.MonkeyPatch.context() as patch,
    ):
        load(settings, "企业名录", "一线责任制")
        yield made(settings, patch)


def shown(site: Site, search: str, role: Role = Role.OFFICE) -> str:
    """The words of the page."""
    return day_page.shown(site, "/frontline", search, role)


def rows(site: Site, asked: str, role: Role = Role.OFFICE, **more: Any) -> list[dict[str, Any]]:
    """The rows that the grid gets."""
    return day_page.rows(site, "frontline-duty-grid", asked, role, **more)


def fetch(site: Site, what: Any, day: date, scope: Scope | None = None) -> Any:
    """A result as of a day."""
    settings = site.door.settings
    return fetched(
        reader(settings.database_url), scope or office("shuangqiao"), what, Year(day.year), fixed_today=TODAY, as_of=day
    )


@pytest.mark.parametrize("batch", EXPECTED["frontline"]["2022-04-30"]["batches"], ids=lambda one: one["batch"])
def test_page_shows_the_expected_figures(site: Site, batch: dict[str, Any]) -> None:
    """Whole, towns, what lacks and who is silent, as the samples have them; the list has as many of each."""
    asked = f"?day={DAY}&batch={batch['batch']}"
    words = shown(site, asked)
    assert f"家已完成，共{batch['enterprises']}家" in words
    assert f"{batch['coverage'] * 100:.1f}%" in words
    listed = rows(site, asked)
    assert len(listed) == batch["enterprises"]
    states = Counter(row["state"]["text"] for row in listed)
    assert (states["已完成"], states["未报告"]) == (batch["complete"], batch["silent"])
    towns = Counter(row["territory"] for row in listed)
    units = {"longtanzi": "龙滩子街道", "shuanglu": "双路街道", "tongqiao": "通桥街道", "youting": "邮亭镇"}
    assert towns == {units[one["unit"]]: one["enterprises"] for one in batch["towns"]}
    for document, number in zip(
        ("岗位风险清单", "岗位职责清单", "岗位操作卡", "岗位应急处置卡"), batch["lacking"].values(), strict=True
    ):
        assert sum(document in row["lacks"] for row in listed) == number
    for kind, number in (("silent", batch["silent"]), *batch["lacking"].items()):
        assert len(rows(site, f"{asked}&state={kind}")) == number


def test_address_alone_makes_the_page_again(site: Site) -> None:
    """Day, batch and town stand in it; a month is its last day; what is no day or still to come is said to be so."""
    words = shown(site, f"?day={DAY}&batch=all&town=youting")
    assert "截至2022年4月30日" in words
    assert "全部企业、邮亭镇" in words
    assert {row["territory"] for row in rows(site, f"?day={DAY}&batch=all&town=youting")} == {"邮亭镇"}
    assert "截至2022年4月30日" in shown(site, "?period=2022-04")
    assert "网址中的日期无效" in shown(site, "?day=30.4.")
    assert "尚未到来" in shown(site, "?day=2022-12-31")
    assert "最近一份一线责任制台账是2022年4月的" in shown(site, "")
    assert "企业名录尚未报送" in shown(site, "?day=2020-06-30")


def test_each_row_leads_to_the_cell_that_told_it(site: Site) -> None:
    """Of who lacks a document the cell says that it is not there; of whom nobody told the cell of the list has the name."""
    office_ = site.signed_in(Role.OFFICE)
    seen = Counter[str]()
    for row in rows(site, f"?day={DAY}&batch=all"):
        (source,) = row["sources"]
        content = office_.get(source["href"]).data
        if not content.startswith(b"PK") or b"opendocument" in content[:200]:
            continue
        sheet, _blank, cell = source["text"].rpartition(" ")
        value = load_workbook(io.BytesIO(content))[sheet][cell].value
        state = row["state"]["text"]
        seen[state] += 1
        if state == "未完成":
            assert value in {"否", "×", "无", "N", "未完成", 0, "没有", "✗"}, (row, value)
        if state == "未报告":
            assert str(value).replace(" ", "") == row["enterprise"].replace(" ", ""), row
    assert min(seen["未完成"], seen["未报告"], seen["已完成"]) >= 5


def test_list_is_filtered_and_taken_along_as_it_is_seen(site: Site) -> None:
    """By town, sector and state as by what lacks; the file has the same rows in the same columns, and says of when it is."""
    asked = f"?day={DAY}&batch=all&state=operation_card"
    model = {"territory": {"filterType": "text", "type": "contains", "filter": "通桥"}}
    found = rows(site, asked, filterModel=model, sortModel=[{"colId": "enterprise", "sort": "desc"}])
    assert found
    assert [row["enterprise"] for row in found] == sorted((row["enterprise"] for row in found), reverse=True)
    told = {
        "filter": model,
        "sort": [{"colId": "enterprise", "sort": "desc"}],
        "columns": ["enterprise", "lacks", "sources"],
    }
    address = f"/export/frontline-enterprises.csv{asked}"
    answer = site.signed_in(Role.OFFICE).get(f"{address}&grid={quote(json.dumps(told, ensure_ascii=False))}")
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    at = next(place for place, line in enumerate(lines) if line[:2] == ["企业名称", "缺项"])
    assert [line[:2] for line in lines[at + 1 : at + 1 + len(found)]] == [
        [row["enterprise"], row["lacks"]] for row in found
    ]
    assert any("截至2022-04-30" in cell.replace(" ", "") for line in lines[:at] for cell in line)


def test_unit_sees_its_own_enterprises_alone(site: Site) -> None:
    """Those that lie there; no town, enterprise or file of another, in no part, list or file; the figures are of its own."""
    others = {row["enterprise"] for row in rows(site, f"?day={DAY}&batch=all") if row["territory"] != "龙滩子街道"}
    own = rows(site, f"?day={DAY}&batch=all&town=youting", Role.UNIT)
    batch = next(one for one in EXPECTED["frontline"]["2022-04-30"]["batches"] if one["batch"] == "all")
    whole = next(one for one in batch["towns"] if one["unit"] == "longtanzi")
    assert len(own) == whole["enterprises"]
    assert {row["territory"] for row in own} == {"龙滩子街道"}
    words = shown(site, f"?day={DAY}&batch=all&town=youting", Role.UNIT)
    assert f"家已完成，共{whole['enterprises']}家" in words
    file = site.signed_in(Role.UNIT).get(f"/export/frontline-enterprises.csv?day={DAY}&batch=all").text
    for text in (words, file, json.dumps(own, ensure_ascii=False)):
        assert [name for name in (*others, "双路", "通桥", "邮亭") if name in text] == []


def test_department_sees_whom_it_supervises(site: Site) -> None:
    """Wherever they lie; the year of its line is theirs too."""
    scope = Scope("shuangqiao", Role.UNIT, "x", "economy")
    report, year = fetch(site, frontline.fetch, DAY, scope), fetch(site, frontline_months.fetch, DAY, scope)
    assert {one.listed.department for one in report.duties.rows} == {"economy"}
    assert len({one.listed.territory for one in report.duties.rows}) > 1
    assert {one.batch: one.coverage for one in report.batches} == year.coverages[-1]


def test_each_point_of_the_year_is_the_report_as_of_its_day(site: Site) -> None:
    """All as known by the same day; the last point is the day itself, and the pace what came in the weeks before it."""
    day = date(2022, 5, 10)
    year = fetch(site, frontline_months.fetch, day)
    assert year.days == (date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31), DAY, day)
    for one, coverages in zip(year.days, year.coverages, strict=True):
        assert {each.batch: each.coverage for each in fetch(site, frontline.fetch, one).batches} == coverages
    before = {one.batch: one.coverage.complete for one in fetch(site, frontline.fetch, date(2022, 4, 12)).batches}
    assert {batch: before[batch] + 4 * year.pace[batch] for batch in BATCHES} == {
        batch: year.coverages[-1][batch].complete for batch in BATCHES
    }
    assert set(fetch(site, frontline_months.fetch, date(2022, 1, 28)).pace.values()) == {None}
