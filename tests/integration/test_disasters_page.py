"""The page of warnings and disasters from the sample register: its figures, its lists down to the cells, and what a unit sees of it."""

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

from data.people.scope import Role
from tests.integration.page_asked import texts
from tests.integration.sample_register import EXPECTED, load
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_guessing import ask, body, page

GRID = "disasters-grid"
DAYS = sorted(key for key in EXPECTED["disasters"] if re.fullmatch(r"\d{4}-\d\d-\d\d", key))
LAST = DAYS[-1]
TOWNS = {"longtanzi": "龙滩子街道", "shuanglu": "双路街道", "tongqiao": "通桥街道", "youting": "邮亭镇"}


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledgers on the web."""
    with (
        installed(sqlite_template, tmp_path_factory.mktemp("disasters")) as settings,
        pytest.MonkeyPatch.context() as patch,
    ):
        load(settings, "灾害与预警")
        yield made(settings, patch)


def shown(site: Site, search: str, role: Role = Role.OFFICE) -> str:
    """The words of the page."""
    answer = page(site.signed_in(role), "/disasters", search)
    return "\n".join(texts(answer.get_json()["response"]["_pages_content"]["children"]))


def rows(site: Site, asked: str, role: Role = Role.OFFICE, **more: Any) -> list[dict[str, Any]]:
    """The rows that the grid gets."""
    context = {"asked": asked, "search": ""}
    request = {"startRow": 0, "endRow": 500, "sortModel": [], "filterModel": {}, "context": context, **more}
    visitor = site.signed_in(role)
    answer = ask(visitor, body(visitor, f"{GRID}.getRowsResponse", {f"{GRID}.getRowsRequest": request}))
    found: list[dict[str, Any]] = answer.get_json()["response"][GRID]["getRowsResponse"]["rowData"]
    return found


def taken_along(site: Site, name: str, asked: str, role: Role = Role.OFFICE) -> list[list[str]]:
    """The lines of a file."""
    answer = site.signed_in(role).get(f"/export/{name}.csv{asked}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


@pytest.mark.parametrize("day", DAYS)
def test_page_shows_the_expected_figures(site: Site, day: str) -> None:
    """Whole, by town, measures and people, as the samples have them; the list has as many of each, and its minutes are theirs."""
    expected = EXPECTED["disasters"][day]
    words, asked = shown(site, f"?day={day}"), f"?day={day}"
    assert f"在案预警{expected['warnings']}次" in words
    assert f"已叫应{expected['called']}次，已应答{expected['answered']}次" in words
    assert f"{expected['closed_loop_rate'] * 100:.1f}%" in words
    assert f"90%在{expected['answer_minutes']['p90']:g}分钟内" in words
    assert " ".join(f"{what}{n}" for what, n in expected["measures"].items()) in words
    assert f"{expected['moved']:,}人" in words
    assert f"{expected['dead']}人不幸遇难、{expected['missing']}人失踪" in words
    assert ("群死群伤责任事件1起" in words) is not expected["no_mass_disaster"]
    assert ("红灯" in words) is not expected["no_mass_disaster"]
    listed = rows(site, asked)
    states = Counter(row["state"]["text"] for row in listed)
    assert sum(states.values()) == expected["warnings"]
    assert (states["未叫应"], states["已反馈闭环"]) == (expected["warnings"] - expected["called"], expected["fed_back"])
    answered = [float(row["to_answer"]) for row in listed if row["to_answer"] != "—"]
    assert len(answered) == expected["answered"]
    assert len(rows(site, f"{asked}&state=in_time")) == round(expected["answered_in_time_rate"] * expected["called"])
    assert len(rows(site, f"{asked}&state=slow")) == sum(one > 30 for one in answered)
    for one in expected["units"]:
        assert len(rows(site, f"{asked}&unit={one['unit']}")) == one["warnings"]


def test_each_warning_is_a_line_of_steps_down_to_the_cell(site: Site) -> None:
    """The latest first; the cell of a step that lacks is empty, that of a late answer has its moment."""
    listed = rows(site, "?")
    assert [row["warned_at"] for row in listed] == sorted((row["warned_at"] for row in listed), reverse=True)
    seen = Counter[str]()
    for row in listed:
        steps = [step["name"] for step in row["steps"]]
        assert steps[0] == "预警"
        assert (row["steps"][-1]["tone"] == "lacking") is (row["state"]["text"] != "已反馈闭环")
        late = any(step["tone"] == "slow" for step in row["steps"])
        assert late is (row["to_answer"] != "—" and float(row["to_answer"]) > 30)
        (source,) = row["sources"]
        content = site.signed_in(Role.OFFICE).get(source["href"]).data
        if not content.startswith(b"PK") or b"opendocument" in content[:200]:
            continue
        sheet, _blank, cell = source["text"].rpartition(" ")
        value = load_workbook(io.BytesIO(content))[sheet][cell].value
        seen[row["state"]["text"]] += 1
        assert (str(value or "").strip() in {"", "/", "无", "—", "——", "-"}) is (
            row["state"]["text"] != "已反馈闭环"
        ), (row, value)
    assert len(seen) >= 3


def test_address_alone_makes_the_page_again(site: Site) -> None:
    """Day, unit, type and state stand in it; what was done after the day is not there yet; what is no day is said to be so."""
    words = shown(site, f"?day={LAST}&unit=youting&state=slow")
    assert re.search("逐次预警（邮亭镇、应答超过30分钟）", words)
    (kind,) = {row["type"] for row in rows(site, f"?day={LAST}&type={quote('高温')}")}
    assert kind == "高温"
    assert len(rows(site, f"?day={LAST}&type={quote('没有的')}")) == len(rows(site, f"?day={LAST}"))
    assert "最近一份灾害与预警台账是2022年4月的" in shown(site, "")
    assert "网址中的日期无效" in shown(site, "?day=30.4.")
    nothing = shown(site, "?day=2020-06-30")
    assert "无从得知" in nothing
    assert "尚无台账" in nothing


def test_lists_are_taken_along_as_they_are_seen(site: Site) -> None:
    """The warnings filtered and in their columns, the disasters one by one with who died, and the towns with every step."""
    model = {"to_answer": {"filterType": "number", "type": "greaterThan", "filter": 30}}
    found = rows(site, f"?day={LAST}", filterModel=model, sortModel=[{"colId": "to_answer", "sort": "desc"}])
    told = {
        "filter": model,
        "sort": [{"colId": "to_answer", "sort": "desc"}],
        "columns": ["warned_at", "to_answer", "steps"],
    }
    lines = taken_along(site, "warnings", f"?day={LAST}&grid={quote(json.dumps(told))}")
    at = next(place for place, line in enumerate(lines) if line[0] == "预警时间")
    assert [line[0] for line in lines[at + 1 : at + 1 + len(found)]] == [row["warned_at"] for row in found] != []
    assert all("超过30分钟" in line[2] for line in lines[at + 1 : at + 1 + len(found)])
    assert any("截至2022" in cell.replace(" ", "") for line in lines[:at] for cell in line)
    expected = EXPECTED["disasters"][LAST]
    lines = taken_along(site, "disasters", f"?day={LAST}")
    heads = next(line for line in lines if line[0] == "发生时间")
    struck = lines[lines.index(heads) + 1 :]
    for heading, key in (("因灾遇难", "dead"), ("失踪人数", "missing"), ("转移避险", "moved")):
        column = heads.index(heading)
        assert (
            sum(int(line[column]) for line in struck if len(line) == len(heads) and line[column].isdigit())
            == expected[key]
        )
    towns = {
        line[0]: line[2:7]
        for line in taken_along(site, "disasters-by-unit", f"?day={LAST}")
        if line[0] in TOWNS.values()
    }
    assert {name: (numbers[1], numbers[3], numbers[4], numbers[0]) for name, numbers in towns.items()} == {
        TOWNS[one["unit"]]: tuple(str(one[key]) for key in ("warnings", "called", "answered", "fed_back"))
        for one in expected["units"] if one["unit"] in TOWNS
    }  # fmt: skip


def test_unit_sees_what_it_told_alone(site: Site) -> None:
    """No warning, disaster, town or sum of another, in no part, list or file; its figures are those of its own line."""
    every = rows(site, f"?day={LAST}")
    own = rows(site, f"?day={LAST}&unit=youting", Role.UNIT)
    (line,) = (one for one in EXPECTED["disasters"][LAST]["units"] if one["unit"] == "longtanzi")
    assert len(own) == line["warnings"] < len(every)
    words = shown(site, f"?day={LAST}&unit=youting", Role.UNIT)
    assert f"在案预警{line['warnings']}次" in words
    assert "红灯" not in words
    files = [
        "".join(map("".join, taken_along(site, name, f"?day={LAST}", Role.UNIT))) for name in ("warnings", "disasters")
    ]
    assert site.signed_in(Role.UNIT).get(f"/export/disasters-by-unit.csv?day={LAST}").status_code == 404
    others = {row["warned_at"] for row in every} - {row["warned_at"] for row in own}
    for text in (words, json.dumps(own, ensure_ascii=False), *files):
        assert [name for name in (*others, "双路", "通桥", "邮亭") if name in text] == []


def test_viewer_reads_figures_and_no_file_names(site: Site) -> None:
    """Whoever reads for the committee sees every warning, without sheets and files of the units."""
    found = rows(site, f"?day={LAST}", Role.VIEWER)
    assert len(found) == EXPECTED["disasters"][LAST]["warnings"]
    assert all("href" not in source for row in found for source in row["sources"])
    words = shown(site, f"?day={LAST}", Role.VIEWER)
    assert ".xls" not in words
    assert "Sheet" not in words
