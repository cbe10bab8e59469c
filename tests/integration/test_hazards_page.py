"""The page of hazards from the sample register: its figures, its histories and its list down to the cells, and what each role reads of it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from dashboards.results import hazard_history, hazards
from dashboards.results.hazard_history import HazardTold
from dashboards.results.hazard_list import level_key
from data.people.scope import Role, Scope, office
from data.store import reader
from data.zone.periods import Year
from tests.fetching import fetched
from tests.integration import day_page
from tests.integration.sample_register import EXPECTED, load
from tests.integration.several_units import installed
from tests.integration.sites import Site, made

DAY = date(2022, 4, 30)
ASKED = f"?day={DAY}"
TODAY = date(2022, 10, 8)
REPORT = EXPECTED["hazards"][str(DAY)]
DESCRIBED = ("粉尘清扫不及时", "消防通道堵塞", "有限空间未设警示", "燃气报警器失效")


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledgers of hazards and of inspections on the web."""
    folder = tmp_path_factory.mktemp("hazards")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        load(settings, "重大隐患", "执法检查")
        yield made(settings, patch)


def shown(site: Site, search: str, role: Role = Role.OFFICE) -> str:
    """The words of the page."""
    return day_page.shown(site, "/hazards", search, role)


def rows(site: Site, asked: str, role: Role = Role.OFFICE, **more: Any) -> list[dict[str, Any]]:
    """The rows that the grid gets."""
    return day_page.rows(site, "hazards-grid", asked, role, **more)


def exported(site: Site, name: str, asked: str, role: Role = Role.OFFICE) -> list[list[str]]:
    """The lines of a file."""
    answer = site.signed_in(role).get(f"/export/{name}.csv{asked}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize("grade", ["all", "major"])
def test_page_and_list_have_the_expected_figures(site: Site, grade: str) -> None:
    """Whole, by unit, by sector and by age, as the samples have them: the list holds as many of each as the figures say."""
    one, asked = REPORT["zone"][grade], f"{ASKED}&grade={grade}"
    said = shown(site, asked)
    kind = "在册隐患" if grade == "all" else "在册重大隐患"
    assert f"截至2022年4月30日：{kind}{one['found']}处，已销号{one['crossed_off']}处" in said
    assert f"其中逾期{one['overdue']}处" in said
    assert f"到期{one['due']}处中{one['on_time']}处按期" in said
    listed = rows(site, asked)
    states = Counter(row["state"]["text"] for row in listed)
    assert (len(listed), states["逾期未销号"]) == (one["found"], one["overdue"])
    assert states["逾期未销号"] + states["期限内未销号"] == one["open"] == len(rows(site, f"{asked}&state=open"))
    for key, parts in (("unit", REPORT["units"]), ("sector", REPORT["sectors"])):
        names = Counter(row[key] for row in listed)
        assert sorted(names.values()) == sorted(part[grade]["found"] for part in parts if part[grade]["found"])
    for band, number in one["ages"].items():
        assert len(rows(site, f"{asked}&age={band}")) == number
    levels = {part["level"]: part[grade]["found"] for part in REPORT["levels"] if part[grade]["found"]}
    assert Counter(None if row["level"] == "—" else row["level"] for row in listed) == levels


def test_two_ledgers_beside_each_other(site: Site) -> None:
    """The differences are those of the samples, month by month, and of a unit alone where one is chosen."""
    lines = exported(site, "hazards-ledgers", ASKED)
    at = next(place for place, line in enumerate(lines) if line[0] == "单位")
    told = [(int(one["ledger"]), int(one["hazards"])) for one in REPORT["reconciliation"]]
    assert [(int(line[2]), int(line[3])) for line in lines[at + 1 :] if len(line) > 3] == told
    assert all(int(line[4]) == int(line[3]) - int(line[2]) for line in lines[at + 1 :] if len(line) > 4)
    of_one = [one for one in REPORT["reconciliation"] if one["unit"] == "economy"]
    lines = exported(site, "hazards-ledgers", f"{ASKED}&unit=economy")
    assert sum(line[:1] == ["经发局"] for line in lines) == len(of_one) > 0


def test_address_alone_makes_the_page_again(site: Site) -> None:
    """Day, grade, part and state stand in it; a level by its own name, however long; what is no day is said to be none."""
    of_level = f"{ASKED}&level={level_key('部门级')}"
    words, listed = shown(site, of_level), rows(site, of_level)
    assert {row["level"] for row in listed} == {"部门级"}
    assert "责任层级：部门级" in words
    assert {row["unit"] for row in rows(site, f"{ASKED}&unit=youting&state=overdue")} == {"邮亭镇"}
    assert "截至2022年4月30日" in shown(site, "?period=2022-04")
    assert "网址中的日期无效" in shown(site, "?day=30.4.")
    assert "最近一份重大隐患台账是2022年4月的" in shown(site, "")
    assert "重大隐患台账尚未报送" in shown(site, "?day=2020-06-30")


def test_each_row_leads_to_the_cell_that_told_it(site: Site) -> None:
    """Of an open one the cell has its deadline, of one crossed off that day."""
    visitor, seen = site.signed_in(Role.OFFICE), 0
    for row in rows(site, ASKED)[::4]:
        (source,) = row["sources"]
        content = visitor.get(source["href"]).data
        if not content.startswith(b"PK") or b"opendocument" in content[:200]:
            continue
        sheet, _blank, cell = source["text"].rpartition(" ")
        value = load_workbook(io.BytesIO(content))[sheet][cell].value
        wanted = row["rectify_by"] if row["crossed_off_on"] == "—" else row["crossed_off_on"]
        if isinstance(value, datetime):
            assert value.date().isoformat() == wanted
            seen += 1
    assert seen >= 5


def test_histories_tell_every_row_in_order_and_what_it_changed(site: Site) -> None:
    """All ledgers in force up to the day's month; each change stands between its row and the one before; the last row is the one that counts."""
    told = _histories(site, office("shuangqiao"))
    assert len(told) == REPORT["zone"]["major"]["found"]
    moved = 0
    for one in told:
        periods = [step.telling.period for step in one.steps]
        assert periods == sorted(periods)
        last = one.steps[-1].telling
        assert (last.submission, last.row) == (one.hazard.submission, one.hazard.row)
        value = {
            field: getattr(one.steps[0].telling, field) for field in ("rectify_by", "level", "grade", "crossed_off_on")
        }
        for step in one.steps[1:]:
            value |= {change.field: change.after for change in step.changes if change.field in value}
            moved += any(change.field == "rectify_by" for change in step.changes)
        assert value == {field: getattr(last, field) for field in value}
    assert moved
    words = "".join(shown(site, f"{ASKED}&grade=major&majors={page}") for page in range(5))
    assert words.count("整改期限由") == moved
    assert words.index("已逾期") < words.index("按期销号", words.index("重大隐患逐条"))


def _histories(site: Site, scope: Scope) -> list[HazardTold]:
    url = site.door.settings.database_url

    def told(reading: Any) -> list[HazardTold]:
        report = hazards.fetch(reading, Year(DAY.year), as_of=DAY)
        return hazard_history.fetch(reading, report, [one for one in report.found.rows if one.major])

    return fetched(reader(url), scope, told, fixed_today=TODAY)


def test_descriptions_are_for_the_office_and_the_unit_that_told(site: Site) -> None:
    """The committee reads them in no part, list, search, order or file; numbers and enterprises it does read."""
    mine = rows(site, ASKED)
    assert {one["description"] for one in mine} >= set(DESCRIBED)
    for role in (Role.VIEWER, Role.ADMIN):
        theirs = rows(site, ASKED, role)
        assert {(one["description"], one["sources"][0].get("href")) for one in theirs} == {("…", None)}
        assert [one["enterprise"] for one in theirs] == [one["enterprise"] for one in mine]
        filters = {"description": {"filterType": "text", "type": "contains", "filter": "粉尘"}}
        assert rows(site, ASKED, role, filterModel=filters) == rows(site, ASKED, role, search="粉尘清扫") == []
        file = str(exported(site, "hazards-list", ASKED, role))
        for text in (shown(site, f"{ASKED}&grade=major", role), file, json.dumps(theirs, ensure_ascii=False)):
            assert [words for words in DESCRIBED if words in text] == []
    assert len(rows(site, ASKED, search="粉尘清扫")) == sum("粉尘清扫" in one["description"] for one in mine) > 0


def test_unit_sees_what_it_told_alone(site: Site) -> None:
    """Its own figures, list, histories and file, with its own words; of the others nothing, whatever the address asks for."""
    whole = next(one for one in REPORT["units"] if one["unit"] == "longtanzi")["all"]
    others = {one["enterprise"] for one in rows(site, ASKED) if one["unit"] != "龙滩子街道"}
    own = rows(site, f"{ASKED}&unit=youting", Role.UNIT)
    assert (len(own), {one["unit"] for one in own}) == (whole["found"], {"龙滩子街道"})
    assert "…" not in {one["description"] for one in own}
    words = shown(site, f"{ASKED}&unit=youting", Role.UNIT)
    assert f"龙滩子街道办事处截至2022年4月30日：在册隐患{whole['found']}处" in words
    file = str(exported(site, "hazards-list", f"{ASKED}&unit=youting", Role.UNIT))
    both = others - {one["enterprise"] for one in own}
    for text in (words, file, json.dumps(own, ensure_ascii=False)):
        assert [name for name in both if name in text] == []
    for text in (words, str(exported(site, "hazards-ledgers", ASKED, Role.UNIT))):
        assert [name for name in ("双路", "通桥", "邮亭", "经发局", "社事局") if name in text] == []
    assert site.signed_in(Role.UNIT).get(f"/export/hazards-by-unit.csv{ASKED}").status_code == 404


def test_list_is_taken_along_as_it_is_seen(site: Site) -> None:
    """Filtered, sorted, in the columns that are shown; the file says as of when and what was chosen."""
    asked = f"{ASKED}&state=overdue"
    model = {"enterprise": {"filterType": "text", "type": "contains", "filter": "公司"}}
    order = [{"colId": "days_overdue", "sort": "desc"}]
    found = rows(site, asked, filterModel=model, sortModel=order)
    days = [int(one["days_overdue"]) for one in found]
    assert days == sorted(days, reverse=True)
    told = json.dumps({"filter": model, "sort": order, "columns": ["number", "days_overdue"]}, ensure_ascii=False)
    lines = exported(site, "hazards-list", f"{asked}&grid={quote(told)}")
    at = lines.index(["隐患编号", "逾期天数"])
    assert [line[:2] for line in lines[at + 1 : at + 1 + len(found)]] == [
        [one["number"], one["days_overdue"]] for one in found
    ]
    head = "".join(cell for line in lines[:at] for cell in line).replace(" ", "")
    assert "截至2022-04-30" in head
    assert "逾期未销号" in head
