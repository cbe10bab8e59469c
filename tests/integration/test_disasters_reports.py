"""``report disasters`` by command in every form, and the goal of no mass disaster on pages and in publications."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from dashboards.__main__ import app, freeze
from dashboards.components.disaster_words import mass_disasters
from dashboards.pages.casualty_targets.goals import goal_list
from dashboards.results import casualties, disasters
from dashboards.results.publishing import moved_by, overtaken
from dashboards.results.reading import begin
from data.intake.publications import revisions
from data.people.scope import Role, Scope
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Year
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import Book, send
from tests.integration.papers import accidents, disaster
from tests.integration.papers import disasters as ledger

YEAR, DAY = Year(2022), date(2022, 6, 30)
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
KEY = "no_mass_disaster"


def mass(period: str = "2022-06") -> Book:
    """A landslide of June, of which two died, one is missing, and someone is responsible."""
    people = {"死亡人数": 2, "失踪人数": 1, "责任事件": "是"}
    return ledger(period, "longtanzi", disaster("灾9", "2022-06-18 03:20", 类型="滑坡", **people))


@pytest.fixture
def loader(sqlite_installation: Settings, tmp_path: Path) -> Iterator[Loader]:
    """An installation with an accident ledger of May and a town's warnings of May."""
    with Loader(sqlite_installation) as one:
        for book in (accidents(), ledger()):
            assert send(one, book, tmp_path).status == "accepted"
        yield one


def test_disasters_in_every_form(loader: Loader, commanded: Callable[[Settings], None], tmp_path: Path) -> None:
    """JSON as the contract has it, the same figures as table, CSV and workbook; up to a day, as known by a day; never published."""
    commanded(loader.settings)

    def told(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["report", "disasters", "--period", "2022-05", *arguments])
        assert result.exit_code == code, result.stderr
        return result.stderr if code else result.stdout

    content = json.loads(told("--format", "json"))
    assert list(content) == [
        "report", "period", "as_of", "known_by", "warnings", "called", "answered", "fed_back", "closed_loop_rate", "answer_minutes",
        "answered_in_time_rate", "measures", "moved", "dead", "missing", "helped_rate", "no_mass_disaster", "units",
    ]  # fmt: skip
    assert (content["as_of"], content["known_by"]) == ("2022-05-31", "2022-10-08")
    assert (content["answer_minutes"], content["helped_rate"]) == ({"median": 25, "p90": 25}, 0.3)
    assert (content["closed_loop_rate"], content["measures"]) == (0.5, {"禁": 0, "停": 1, "撤": 1, "疏": 0})
    assert content["units"][0] == {"unit": "longtanzi", "warnings": 2, "called": 1, "answered": 1, "fed_back": 1}
    on_the_9th = json.loads(told("--format", "json", "--as-of", "2022-05-09"))
    assert [on_the_9th[key] for key in ("warnings", "answered", "fed_back", "moved", "helped_rate")] == [
        1,
        1,
        0,
        0,
        None,
    ]
    nothing = json.loads(told("--format", "json", "--known-by", "2022-06-03"))
    assert (nothing["warnings"], nothing["closed_loop_rate"], nothing["answer_minutes"]["p90"]) == (0, None, None)
    lines = list(csv.DictReader(io.StringIO(told("--format", "csv"))))
    assert [(one["scope"], one["code"], one["warnings"], one["dead"]) for one in lines[:2]] == [
        ("zone", "", "2", "1"), ("unit", "longtanzi", "2", ""),
    ]  # fmt: skip
    assert "双桥经开区" in told()
    told("--format", "xlsx", "-o", str(tmp_path / "灾害.xlsx"))
    rows = list(load_workbook(tmp_path / "灾害.xlsx").worksheets[0].iter_rows(values_only=True))
    head = dict(zip(rows[2], rows[3], strict=True))
    assert rows[0][0] == "双桥经开区2022年5月灾害与预警"
    expected = {
        "范围": "全区",
        "预警次数": 2,
        "预警闭环率": 0.5,
        "按时应答率": 1,
        "熔断措施“撤”": 1,
        "未发生因灾群死群伤责任事件": "是",
    }
    assert {key: head[key] for key in expected} == expected
    assert "不发布" in told("--published", code=1)


def test_goal_is_grey_until_a_ledger_comes_and_red_once_it_is_broken(loader: Loader, tmp_path: Path) -> None:
    """Each light with its reason in words, for who reads for all, for the town and for a department whose ledgers cannot tell."""
    empty = goals_of(loader, known_by=date(2022, 6, 3))
    assert empty == (True, "unknown", ["本年尚未收到灾害与预警台账，无从判断"])
    assert goals_of(loader) == (True, "green", ["截至2022年5月的台账，没有发生"])
    assert send(loader, mass(), tmp_path, at=JULY).status == "accepted"
    assert goals_of(loader, as_of=date(2022, 6, 17)) == (True, "green", ["截至2022年6月的台账，没有发生"])
    broken = (False, "red", ["2022-06-18 龙滩子街道：滑坡，死亡2人，失踪1人"])
    assert goals_of(loader) == goals_of(loader, unit="longtanzi") == broken
    assert goals_of(loader, unit="shuanglu") == goals_of(loader, unit="economy") == empty
    assert goals_of(loader, year=Year(2021)) == empty, "silence of a year is no proof"


def goals_of(
    loader: Loader, *, unit: str | None = None, year: Year = YEAR, **days: date
) -> tuple[bool | None, str, list[str]]:
    """The goal, its light and its reason in words as the page has them."""
    scope = Scope(loader.zone.code, Role.OFFICE if unit is None else Role.UNIT, "x", unit)
    with begin(reader(loader.settings.database_url), scope, loader.settings.today) as reading:
        found = casualties.fetch(reading, year, **{"as_of": date(year.year, 6, 30), **days})
        said = mass_disasters(found.disasters, found.zone)
        assert said[0] in json.dumps(
            goal_list(found, identity="goals").to_plotly_json(), default=_parts, ensure_ascii=False
        )
        return found.goals[KEY], found.goal_lights[KEY], said


def _parts(one: Any) -> Any:
    return one.to_plotly_json()


def test_publication_keeps_its_goal_and_the_next_says_what_changed(loader: Loader, tmp_path: Path) -> None:
    """Frozen green stays green; the live figures overtake it, by that very ledger; a revision is red; a rebuild has all of it."""
    settings = loader.settings
    first = freeze(settings, "casualties", YEAR, DAY, reason="", mistake=False)
    assert first.content["goal_lights"][KEY] == "green"
    assert set(first.content["publication"]["submissions"]) == {"accidents", "disasters"}
    assert send(loader, mass(), tmp_path, at=JULY).status == "accepted"
    office = Scope(settings.zone, Role.OFFICE, "x")
    with begin(reader(settings.database_url), office, settings.today) as reading:
        assert revisions(reading.connection, settings.zone, "casualties", "2022", "2022-06-30") == [first]
        assert overtaken(reading, first) == {f"goals.{KEY}": (True, False), f"goal_lights.{KEY}": ("green", "red")}
        assert [one["what"] for one in moved_by(reading, first)] == ["submissions.disasters.2022-06.longtanzi"]
    second = freeze(settings, "casualties", YEAR, DAY, reason="灾情", mistake=False)
    assert second.content["publication"]["conclusions_changed"] == [
        {"conclusion": f"goal.{KEY}", "before": "green", "after": "red"}
    ]
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, anew)
    reports = []
    for url in (settings.database_url, anew):
        with begin(reader(url), office, settings.today) as reading:
            reports.append(disasters.as_dict(disasters.fetch(reading, Month(2022, 6))))
            assert revisions(reading.connection, settings.zone, "casualties", "2022", "2022-06-30") == [first, second]
    assert reports[0] == reports[1]
    assert reports[0]["dead"] == 3
