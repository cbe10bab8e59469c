"""The pages of supervision and tip-offs from the sample register: figures, lists down to the cells, and who sees which row."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook

from data.people.accounts import Wanted
from data.people.scope import Role
from data.store import reader
from data.zone.zone import Zone, read_zone
from tests.integration.page_asked import texts
from tests.integration.sample_register import EXPECTED, load
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import ask, body, enter, page

DAY = "2022-04-30"
BUREAU = Wanted("wangwu", "王五", Role.UNIT, "shuanglu")
OF_THE_OFFICE = Wanted("zhaoliu", "赵六", Role.UNIT, "emergency")
OFFICE, UNIT, COMMITTEE = "office1", "zhangsan", ("viewer1", "admin1")


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledgers of both kinds on the web, with accounts of three units."""
    with (
        installed(sqlite_template, tmp_path_factory.mktemp("cases")) as settings,
        pytest.MonkeyPatch.context() as patch,
    ):
        load(settings, "督查台账", "举报与失信惩戒")
        one = made(settings, patch)
        one.door.add(BUREAU)
        one.door.add(OF_THE_OFFICE)
        yield one


@pytest.fixture(scope="module")
def zone(site: Site) -> Zone:
    """The zone, for its names."""
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        return read_zone(connection, settings.zone)


def shown(site: Site, path: str, search: str, name: str = OFFICE) -> str:
    """The words of a page."""
    answer = page(enter(site, name), path, search)
    return "\n".join(texts(answer.get_json()["response"]["_pages_content"]["children"]))


def rows(site: Site, grid: str, asked: str, name: str = OFFICE, **more: Any) -> list[dict[str, Any]]:
    """The rows that a grid gets."""
    found = _answered(enter(site, name), grid, asked, **more).get_json()["response"][grid]["getRowsResponse"]["rowData"]
    return list(found)


def _answered(visitor: Visitor, grid: str, asked: str, *, search: str = "", **more: Any) -> Any:
    request = {
        "startRow": 0, "endRow": 500, "sortModel": [], "filterModel": {}, "context": {"asked": asked, "search": search}, **more,
    }  # fmt: skip
    return ask(visitor, body(visitor, f"{grid}.getRowsResponse", {f"{grid}.getRowsRequest": request}))


def exported(site: Site, name: str, asked: str, account: str = OFFICE) -> list[list[str]]:
    """The lines of a file."""
    answer = enter(site, account).get(f"/export/{name}.csv?{asked}")
    assert answer.status_code == 200, answer.text[:300]
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_findings_are_as_many_as_expected(site: Site, zone: Zone) -> None:
    """In all, by unit, by method and by what became of them, as the samples have them; overdue ones first, longest first."""
    expected = EXPECTED["supervision"][DAY]
    whole = expected["zone"]
    words = shown(site, "/supervision", f"?day={DAY}")
    assert (
        f"到期应回复{whole['due']}个，按期回复{whole['answered_in_time']}个（{whole['in_time_rate'] * 100:.1f}%）"
        in words
    )
    every = rows(site, "supervision-grid", f"?day={DAY}")
    assert len(every) == whole["ordered"]
    late = [int(row["overdue"]) for row in every if row["state"]["tone"] == "bad"]
    assert late == sorted(late, reverse=True)
    assert late == [int(row["overdue"]) for row in every[: whole["overdue"]]]
    for kind, key in (("overdue", "overdue"), ("exposed", "exposed"), ("closed", "closed")):
        assert len(rows(site, "supervision-grid", f"?day={DAY}&state={kind}")) == whole[key]
    counted = Counter(row["supervised"] for row in every)
    assert counted == Counter(
        {zone.unit_by_code[one["unit"]].short_name: one["ordered"] for one in expected["units"] if one["ordered"]}
    )
    by_unit = exported(site, "supervision-by-unit", f"day={DAY}")
    head = next(at for at, line in enumerate(by_unit) if line[:1] == ["被督查单位"])
    told = {line[0]: (line[1], line[5]) for line in by_unit[head + 1 :] if line and line[0] in counted}
    assert told == {
        zone.unit_by_code[one["unit"]].short_name: (str(one["ordered"]), str(one["overdue"]))
        for one in expected["units"]
        if one["ordered"]
    }
    for one in expected["methods"]:
        assert len(rows(site, "supervision-grid", f"?day={DAY}&method={one['method']}")) == one["ordered"]


def test_cases_are_as_many_as_expected(site: Site) -> None:
    """Of each type received, closed, substantiated, rewarded, paid and overdue, and the sums, as the samples have them."""
    types = exported(site, "tipoffs-by-type", f"day={DAY}")
    head = next(at for at, line in enumerate(types) if line[:1] == ["事项类型"])
    for one, line in zip(EXPECTED["tipoffs"][DAY]["types"], types[head + 1 :], strict=False):
        told = dict(zip(types[head], line, strict=True))
        assert (told["事项类型"], int(told["受理"]), float(told["已发放金额(元)"])) == (
            one["type"],
            one["received"],
            one["paid_yuan"],
        )
        asked = f"?day={DAY}&type={one['type']}"
        found = rows(site, "tipoffs-grid", asked)
        assert len(found) == one["received"]
        assert (
            sum(float(row["reward_yuan"].replace(",", "")) for row in found if row["reward_yuan"] != "—")
            == one["reward_yuan"]
        )
        for key in ("closed", "substantiated", "rewarded", "paid", "overdue"):
            assert len(rows(site, "tipoffs-grid", f"{asked}&state={key}")) == one[key], (one["type"], key)
        open_ones = rows(site, "tipoffs-grid", f"{asked}&state=not_closed")
        assert len(open_ones) == one["received"] - one["closed"]
    words = shown(site, "/tipoffs", f"?day={DAY}")
    assert "举报19件，办结12件，查实4件；应奖励4件1,100元，已发放3件900元（75.0%）" in words


def test_address_alone_makes_the_pages_again(site: Site) -> None:
    """Day, unit, method, type and state stand in it; a month is its last day; what is no day or still to come is said to be so."""
    assert "问题清单：通桥街道、交叉督查、已销号" in shown(
        site, "/supervision", f"?day={DAY}&unit=tongqiao&method=交叉督查&state=closed"
    )
    assert "事项清单：打非、双路街道、未办结" in shown(
        site, "/tipoffs", f"?day={DAY}&type=打非&unit=shuanglu&state=not_closed"
    )
    for path, nothing in (("/supervision", "尚未收到督查台账"), ("/tipoffs", "没有举报、失信惩戒和打非事项")):
        assert "截至2022年4月30日" in shown(site, path, "?period=2022-04")
        assert "网址中的日期无效" in shown(site, path, "?day=30.4.&state=x&unit=x&type=x&page=99")
        assert "尚未到来" in shown(site, path, "?day=2022-12-31")
        assert nothing in shown(site, path, "?day=2020-06-30")
    assert "最近一份督查台账是2022年4月的" in shown(site, "/supervision", "")


@pytest.mark.parametrize(("grid", "column"), [("supervision-grid", "due_on"), ("tipoffs-grid", "object")])
def test_each_row_leads_to_the_cell_that_told_it(site: Site, grid: str, column: str) -> None:
    """Of what is overdue the cell is that of the deadline; of a case that of its object."""
    visitor, looked_at = enter(site, OFFICE), 0
    for row in rows(site, grid, f"?day={DAY}"):
        (source,) = row["sources"]
        content = visitor.get(source["href"]).data
        if (
            content[:2] != b"PK"
            or b"opendocument" in content[:200]
            or (row["state"]["tone"] != "bad" and column == "due_on")
        ):
            continue
        sheet, _blank, cell = source["text"].rpartition(" ")
        value = load_workbook(io.BytesIO(content))[sheet][cell].value
        told = _day(value) if column == "due_on" else str(value)
        assert told == row[column], (row, value)
        looked_at += 1
    assert looked_at >= 3


def _day(value: object) -> str:
    """A day as clerks write it, as a grid shows it."""
    figures = re.sub(r"^(\d{4})(\d\d)(\d\d)$", r"\1 \2 \3", str(value).partition(" ")[0])
    return "-".join(f"{int(one):02}" for one in re.findall(r"\d+", figures))


def test_list_is_filtered_and_taken_along_as_it_is_seen(site: Site) -> None:
    """By state, unit and what is searched; the file has the same rows in the same columns, and says of when it is."""
    model = {"state": {"filterType": "text", "type": "contains", "filter": "逾期"}}
    sort = [{"colId": "ordered_on", "sort": "asc"}]
    found = rows(site, "supervision-grid", f"?day={DAY}", filterModel=model, sortModel=sort)
    assert found
    told = json.dumps({"filter": model, "sort": sort, "columns": ["number", "finding", "sources"]}, ensure_ascii=False)
    lines = exported(site, "supervision-findings", f"day={DAY}&grid={quote(told)}")
    at = next(place for place, line in enumerate(lines) if line[:2] == ["问题编号", "发现问题"])
    assert [line[:2] for line in lines[at + 1 : at + 1 + len(found)]] == [
        [row["number"], row["finding"]] for row in found
    ]
    assert any("截至2022-04-30" in cell.replace(" ", "") for line in lines[:at] for cell in line)


def test_unit_sees_the_findings_in_it_alone(site: Site) -> None:
    """With what they say, and without a way into the office's workbook, of the office's own unit too; of others nothing anywhere."""
    every = rows(site, "supervision-grid", f"?day={DAY}")
    own = rows(site, "supervision-grid", f"?day={DAY}&unit=tongqiao", UNIT)
    assert {row["number"] for row in own} == {row["number"] for row in every if row["supervised"] == "龙滩子街道"}
    assert all(row["finding"] not in {"—", "…"} and "href" not in row["sources"][0] for row in own)
    others = {row["number"] for row in every} - {row["number"] for row in own}
    file = "\n".join(map(str, exported(site, "supervision-findings", f"day={DAY}&unit=tongqiao", UNIT)))
    for text in (
        shown(site, "/supervision", f"?day={DAY}&unit=tongqiao", UNIT),
        file,
        json.dumps(own, ensure_ascii=False),
    ):
        assert [one for one in (*others, "通桥", "双路", "交叉督查，", ".xlsx") if one in text] == []
    for row in rows(site, "supervision-grid", f"?day={DAY}", OF_THE_OFFICE.name):
        assert "href" not in row["sources"][0]


def test_committee_sees_how_findings_stand_and_not_what_they_say(site: Site) -> None:
    """All rows without their words, which are neither searched, sorted nor filtered by, and in no file; and it is told why."""
    said = {row["finding"] for row in rows(site, "supervision-grid", f"?day={DAY}")}
    for name in COMMITTEE:
        found = rows(site, "supervision-grid", f"?day={DAY}", name)
        assert len(found) == EXPECTED["supervision"][DAY]["zone"]["ordered"]
        words = shown(site, "/supervision", f"?day={DAY}", name)
        assert "只有安委办和被督查单位可以看到，这里不列" in words
        file = str(exported(site, "supervision-findings", f"day={DAY}", name))
        for text in (words, file, json.dumps([{**row, "finding": None} for row in found], ensure_ascii=False)):
            assert [one for one in said if one in text] == []
        assert {row["finding"] for row in found} == {"—"}
        visitor = enter(site, name)
        assert rows(site, "supervision-grid", f"?day={DAY}", name, search=next(iter(said))) == []
        assert (
            _answered(
                visitor, "supervision-grid", f"?day={DAY}", sortModel=[{"colId": "finding", "sort": "asc"}]
            ).status_code
            == 400
        )


@pytest.mark.parametrize("name", [*COMMITTEE, UNIT, BUREAU.name])
def test_nobody_else_gets_a_case(site: Site, name: str) -> None:
    """Committee and administrator get counts and the reason, a unit its own cases; of others' no number, object, cell or file in any answer."""
    every = rows(site, "tipoffs-grid", f"?day={DAY}")
    mine = {UNIT: "龙滩子街道", BUREAU.name: "双路街道"}.get(name)
    visitor, answers = enter(site, name), []
    for asked in ("", "&unit=market", "&type=举报&state=rewarded", "&state=overdue&page=1"):
        answers.append(shown(site, "/tipoffs", f"?day={DAY}{asked}", name))
    found = rows(site, "tipoffs-grid", f"?day={DAY}&unit=market", name)
    for search in ("公司", every[0]["object"]):
        answers.append(_answered(visitor, "tipoffs-grid", f"?day={DAY}", search=search).text)
    file = visitor.get(f"/export/tipoffs-cases.csv?day={DAY}")
    answers += [file.text, visitor.get(f"/export/tipoffs-by-unit.csv?day={DAY}").text, str(found)]
    hidden = {row["object"] for row in every if row["unit"] != mine} - {
        row["object"] for row in every if row["unit"] == mine
    }
    assert [one for text in answers for one in hidden if one in text or json.dumps(one)[1:-1] in text] == []
    if mine is None:
        assert (found, file.status_code) == ([], 404)
        assert "为保护举报人，具体事项只有安委办和办理单位可以看到" in answers[0]
        assert "举报19件" in answers[0]
    else:
        assert [row["number"] for row in found] == [row["number"] for row in every if row["unit"] == mine]
        assert all("href" in row["sources"][0] for row in found)
        assert [unit for unit in ("双路", "龙滩子", "市场监管局") if unit not in mine and unit in answers[0]] == []
