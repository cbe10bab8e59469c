"""Whom to inspect next: lists made of real ledgers, and lists that somebody holds, judged by what followed (METHOD section 5.7)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from dashboards.__main__ import app
from dashboards.results import issued_lists, list_judged, list_sheet, next_inspections
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.list_decisions import draw_of_lists, issue_lists, record_recheck
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from data.zone.zone import read_zone
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.fetching import fetched
from tests.integration.ledgers import RECEIVED, ledger, number, send, targets
from tests.integration.papers import enterprises, hazards, tipoffs

DECIDED = datetime(2022, 7, 6, 3, tzinfo=UTC)
MARCH = datetime.fromisoformat("2022-03-04T10:00:00+08:00")
HONGDA, HUATAI, CHUANGXING = "91502914MA3FQEFLC0", "91506914MAHTYUCA4W", "91508177MAQ2GEPXEQ"


def test_hazards_and_tip_offs_reach_the_lists(sqlite_installation: Settings, tmp_path: Path) -> None:
    """An overdue major hazard of the ledger of hazards stands first; who is tipped off stays on a list beyond the cap, and it is not said why."""
    town = ("longtanzi", "2022-05")
    of_may = ledger(*reversed(town))
    row = of_may.sheets["执法检查台账"][3]
    of_may.sheets["执法检查台账"] = [of_may.sheets["执法检查台账"][0]] + [
        [at + 1, *row[1:8], f"检{at}", *row[9:]] for at in range(4)
    ]
    of_may.sheets.pop("整改复查")
    of_may.sheets.pop("汇总")
    overdue = hazards()
    overdue.put({"D3": HONGDA, "J3": date(2022, 5, 20)})
    with Loader(sqlite_installation) as loader:
        for book in (enterprises(2022, "longtanzi", *_three()), of_may, overdue):
            assert send(loader, book, tmp_path).errors == []

        def order() -> list[str]:
            made = fetched(
                reader(sqlite_installation.database_url), office(loader.zone.code), next_inspections.fetch, Month(2022, 6),
                fixed_today=date(2022, 10, 8),
            )  # fmt: skip
            return [one.enterprise.credit_code for one in made.lists["longtanzi"]]

        # The third was inspected four times by the town: it shall not come again.
        assert order() == [HONGDA, HUATAI]
        case = ["举1", date(2022, 5, 4), "举报", "重庆创兴永商贸 有限公司", *[None] * 6]
        assert send(loader, tipoffs("2022-05", "longtanzi", case), tmp_path).errors == []
        assert order() == [HONGDA, HUATAI, CHUANGXING]


def _three(town: str = "龙滩子街道") -> list[list[Any]]:
    """Three enterprises of one town; the first two have 经发局 as their department."""
    names = (
        ("重庆宏达机械有限公司", HONGDA),
        ("重庆华泰永再生资源有限公司", HUATAI),
        ("重庆创兴永商贸有限公司", CHUANGXING),
    )
    return [
        [name, code, "工贸", town, "经发局" if at < 2 else None, "其他", "否", "否", "否", None, None, "否", None, None]
        for at, (name, code) in enumerate(names)
    ]  # fmt: skip


def _installed(settings: Settings, folder: Path) -> None:
    """The register, plans, and the ledgers of May and (by 经发局) of June; in May the second case is never closed."""
    may, june = ledger(), ledger("2022-06", "economy")
    may.sheets["整改复查"] = may.sheets["整改复查"][:1]
    with Loader(settings) as loader:
        for book, at in (
            (enterprises(2022, "longtanzi", *_three()), MARCH), (targets(), MARCH), (may, RECEIVED),
            (june, datetime.fromisoformat("2022-07-04T10:00:00+08:00")),
        ):  # fmt: skip
            outcome = send(loader, book, folder, at=at)
            assert (outcome.status, outcome.errors) == ("accepted", [])


def test_lists_of_a_month(installation: Settings, tmp_path: Path) -> None:
    """As of 31 May: the major hazard that is overdue first, then who had findings; July's list knows June's ledger of the department."""
    _installed(installation, tmp_path)

    def made(month: str) -> next_inspections.InspectionLists:
        ask = office(installation.zone)
        return fetched(
            reader(installation.database_url), ask, next_inspections.fetch, Month.parse(month), fixed_today=date(2022, 10, 8)
        )  # fmt: skip

    of_july = made("2022-07")
    assert (of_july.as_of, set(of_july.lists)) == (date(2022, 6, 30), {"longtanzi", "economy"})
    town = of_july.lists["longtanzi"]
    assert [one.enterprise.credit_code for one in town] == [HUATAI, HONGDA, CHUANGXING]
    assert (town[0].why.ground, town[0].why.since) == ("overdue_major", date(2022, 5, 20))
    # The department was with the third lately, and has the others on a list of its own.
    assert {one.together_with for one in town} == {("economy",)}
    # June's ledger of the department is known since, and counts as of 30 June; of no later day anything does.
    assert [one.risk.inspections for one in town] == [2, 2, 2]
    assert made("2022-05").lists["longtanzi"][0].risk.last_on is None
    assert len(made("2022-06").lists["longtanzi"]) == 3
    # 1 October is a Saturday: the first week of its list is the next.
    assert min(one.week for one in made("2022-10").lists["longtanzi"]) == date(2022, 10, 3)


@pytest.fixture
def evaluated(
    sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> Callable[..., str]:
    """What ``evaluate`` says of a list with these rows."""
    _installed(sqlite_installation, tmp_path)
    commanded(sqlite_installation)

    def asked(rows: list[list[Any]], *arguments: str, code: int = 0) -> str:
        book = Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        path = tmp_path / "清单.xlsx"
        book.save(path)
        result = CliRunner().invoke(app, ["evaluate", str(path), *arguments])
        assert result.exit_code == code, result.output
        return result.stderr if code else result.stdout

    return asked


def test_list_that_somebody_holds_is_judged(evaluated: Callable[..., str]) -> None:
    """By codes or names, under a title, of several units; who is in no register is named, and the three numbers stand beside others."""
    rows = [
        ["龙滩子街道6月检查计划"], ["单位", "序号", "企业名称", "统一社会信用代码"],
        ["龙滩子街道办事处", 1, "重庆华泰永再生资源有限公司", None], ["龙滩子街道", 2, "创兴永", CHUANGXING.lower()],
        ["龙滩子街道", 3, "某公司", "91500000000000000A"], ["经发局", 1, "重庆宏达机械 有限公司", None],
    ]  # fmt: skip
    told = json.loads(evaluated(rows, "--period", "2022-06", "--json"))
    assert (told["period"], told["as_of"], told["until"]) == ("2022-06", "2022-05-31", "2022-06-30")
    department, town = told["lists"]
    assert (department["unit"], department["judged"], department["found"]) == ("economy", 1, 1)
    assert (town["rows"], town["judged"], town["found"], town["not_in_register"]) == (3, 2, 1, ["91500000000000000A"])
    # The finding of the 12th would have been met on that day: it stands first, as it did.
    assert town["list"] == {"days_earlier": 0, "first_half": 1, "first_tenth": 1}
    assert town["chance"] == {"days_earlier": -4, "first_half": 0.5, "first_tenth": 0.5}
    assert town["sectors"] == [{"sector": "工贸", "judged": 2, "found": 1, **town["list"]}]
    assert town["towns"][0]["unit"] == "longtanzi"
    said = evaluated(rows, "--period", "2022-06")
    assert "龙滩子街道：共3家企业" in said
    assert "没有检查的企业会查出什么，无从得知" in said
    assert number(1) not in said


def test_draw_that_anybody_can_repeat(evaluated: Callable[..., str]) -> None:
    """The lots are those of the rule as it is written down, worked out here by hand; another number draws another tenth."""
    codes = [HONGDA, HUATAI, CHUANGXING]
    rows = [["统一社会信用代码"], *([code] for code in codes)]
    asked = ("--period", "2022-06", "--json", "--draw")
    told = json.loads(evaluated(rows, *asked, "20220601"))
    lines = [f",{place},{code}" for place, code in enumerate(codes, start=1)]
    whole = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert told["sha256"] == whole
    lots = {hashlib.sha256(f"{whole},20220601,{line}".encode()).hexdigest(): line for line in lines}
    unit, place, code = lots[min(lots)].split(",")
    assert told["draw"]["drawn"] == [{"unit": unit or None, "place": int(place), "credit_code": code}]
    others = {json.dumps(json.loads(evaluated(rows, *asked, str(one)))["draw"]["drawn"]) for one in range(12)}
    assert len(others) > 1
    assert "数字" in evaluated(rows, *asked, "七", code=2)


def test_command_issues_the_running_month_or_the_next_alone(
    sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """A month that is over, or begins later than the next, is refused in the sentence of the page, and nothing is written or journalled."""
    _installed(sqlite_installation, tmp_path)
    settings = sqlite_installation.model_copy(update={"today": date(2022, 7, 6)})
    commanded(settings)
    lines = Archive(settings.archive_dir).last_number()
    file = tmp_path / "清单.xlsx"
    for month in ("2022-06", "2021-07", "2022-09"):
        refused = CliRunner().invoke(app, ["lists", "--period", month, "--issue", "-o", str(file)])
        assert refused.exit_code == 1
        assert "只能印发本月或下月的清单" in refused.stderr
        assert not file.exists()
    assert Archive(settings.archive_dir).last_number() == lines
    for month in ("2022-07", "2022-08"):
        done = CliRunner().invoke(app, ["lists", "--period", month, "--issue", "-o", str(file)])
        assert done.exit_code == 0, done.output
        assert file.exists()
    again = CliRunner().invoke(app, ["lists", "--period", "2022-07", "--issue", "-o", str(file)])
    assert (again.exit_code, "已经印发" in again.stderr) == (1, True)


def test_lists_are_issued_once_drawn_of_once_and_looked_at_again(installation: Settings, tmp_path: Path) -> None:
    """Frozen as they were; ``evaluate`` of the workbook tells the same fingerprint and lots; a database made anew has all of it."""
    _installed(installation, tmp_path)
    url = installation.database_url
    ask = partial(fetched, reader(url), office(installation.zone), fixed_today=date(2022, 7, 6))
    july, desk = Month(2022, 7), Desk(url, Archive(installation.archive_dir), installation.zone, "office1", DECIDED)
    as_of, units = ask(issued_lists.to_issue, july)
    assert as_of == "2022-06-30"
    assert {unit: len(of["list"]) for unit, of in units.items()} == {"economy": 2, "longtanzi": 3}
    # Of June's cases the first was closed on the 17th in its own row, the second on the 21st by 整改复查.
    assert units["economy"]["cases"] == [number(1, "2022-06", "economy"), number(2, "2022-06", "economy")]
    lists = issue_lists(desk, july, units, as_of).number
    line = f"longtanzi,1,{HUATAI}"
    for act, said in (
        (lambda: issue_lists(desk, july, units, as_of), "已经印发"),
        (lambda: record_recheck(desk, lists, line, accurate=True, note=""), "尚未抽查"),
        (lambda: draw_of_lists(desk, lists, "第七期", "彩票"), "只能由数字组成"),
        (lambda: draw_of_lists(desk, lists, "0718", " "), "来源"),
        (lambda: draw_of_lists(desk, lists + 1, "0718", "彩票"), "没有这份清单"),
    ):
        with pytest.raises(Undecidable, match=said):
            act()
    draw_of_lists(desk, lists, "0718", "福利彩票双色球第2022081期")
    issued = ask(issued_lists.fetch, july)
    of_list, of_cases = issued.drawn["economy"]
    assert (len(of_list), len(of_cases)) == (1, 2)
    record_recheck(desk, lists, of_list[0], accurate=False, note="名称不符")
    record_recheck(desk, lists, of_list[0], accurate=True, note="")
    record_recheck(desk, lists, of_cases[0], accurate=False, note="现场仍有隐患2处")
    not_drawn = next(one for one in issued.lists.lines["economy"] if one not in of_list)
    for act, said in (
        (lambda: draw_of_lists(desk, lists, "0719", "另一期"), "不能重抽"),
        (lambda: record_recheck(desk, lists, not_drawn, accurate=True, note=""), "没有被抽中"),
        (lambda: record_recheck(desk, lists, of_cases[1], accurate=False, note=" "), "出入"),
    ):
        with pytest.raises(Undecidable, match=said):
            act()
    accuracy = ask(issued_lists.fetch, july).accuracy["economy"]
    assert (accuracy.checked, accuracy.accurate) == (2, 1)
    assert accuracy.interval == pytest.approx((0.0945, 0.9055), abs=1e-4)
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(installation, anew)
    asked_anew = partial(fetched, reader(anew), office(installation.zone), fixed_today=date(2022, 7, 6))
    assert asked_anew(issued_lists.fetch, july) == ask(issued_lists.fetch, july)
    with reader(url).connect() as connection:
        zone = read_zone(connection, installation.zone)
    judged = ask(list_judged.fetch, list_sheet.workbook(issued.lists.content, zone, issued.lists.sha256), july)
    assert judged.sha256 == issued.lists.sha256
    assert sorted(judged.drawn("0718")) == sorted(one for of in issued.drawn.values() for lines in of for one in lines)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["序号", "名称"], [1, "某公司"]], "没有找到表头"),
        ([["企业名称"]], "清单没有内容"),
        ([["单位", "企业名称"], ["某某局", "重庆宏达机械有限公司"]], "A2 不是任何单位的名称：某某局"),
    ],
)
def test_what_is_no_list_is_refused(evaluated: Callable[..., str], rows: list[list[Any]], said: str) -> None:
    """In a sentence that says what to do."""
    assert said in evaluated(rows, "--period", "2022-06", code=1)
