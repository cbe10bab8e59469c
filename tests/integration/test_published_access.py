"""What a unit's account gets before and after publication, cell by cell; and that nothing of it tells of the others' figures.

Before publication a unit sees its own figures and no place. Once a report is published it sees that, as it was published, and
beside it its own live figures: never others' live ones, nor a live place, nor what lies behind figures of others.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from werkzeug.test import TestResponse

from dashboards.results import ranking
from data.intake.deciding import Desk
from data.intake.decisions import extend, return_workbook
from data.intake.publications import fingerprint
from data.people.scope import office
from data.store import reader
from data.zone.periods import parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.canaries import Planted, everything
from tests.integration.ledgers import Book, ledger, send, targets
from tests.integration.packages import parts
from tests.integration.papers import accident, accidents, review, self_assessment
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import Zone, _filled_zone
from tests.integration.test_another_units_data import _comparable, _first_difference
from tests.integration.test_guessing import ask, body, declared, enter, last_of_ranking, page
from tests.integration.test_publications_web import laid_down
from tests.integration.test_publishing import BY_THE_OFFICE, LATER, publish
from tests.integration.undrawn import leave_undrawn

pytestmark = pytest.mark.slow

OWN, ALL, NEITHER, NONE = "own", "all", "neither", 404
POINTS, SCORE, NAME = "points of the month", "score of the quarter", "name"
PLACE = "place"


class Cell(NamedTuple):
    """What a unit's account asks for, what it gets before and after publication, and by which figure that is told."""

    what: str
    before: str | int
    after: str | int
    by: str = POINTS


CELLS = (
    #    what is asked                                                       before  after
    Cell("/ranking?period=2022-05",                                          OWN,    ALL),
    Cell("/ranking?period=2022-05&published=1",                              OWN,    ALL),
    Cell("/ranking?period=2022-05&published=7",                              OWN,    ALL),
    Cell("/ranking?period=2022-05&unit={another}&measure=penalties",         OWN,    ALL),
    Cell("/ranking?period=2022-04",                                          OWN,    OWN, NAME),
    Cell("/scores?period=2022Q2",                                            OWN,    ALL, SCORE),
    Cell("/scores?period=2022Q2&published=1&unit={another}",                 OWN,    ALL, SCORE),
    Cell("/scores?period=2022Q1",                                            OWN,    ALL, NAME),
    Cell("/casualties?period=2022&as_of=2022-06-30",                         OWN,    ALL, NAME),
    Cell("/casualties?period=2022&as_of=2022-06-30&published=1",             OWN,    ALL, NAME),
    Cell("/overview?period=2022-05",                                         NEITHER, NEITHER),
    Cell("/side-by-side?period=2022-05&unit={own}&with_unit={another}",      OWN,    OWN),
    Cell("/publications?period=2022",                                        OWN,    OWN, NAME),
    Cell("/publications?period=2022",                                        NEITHER, NEITHER),
    Cell("/publications?period=2022-05&entry={publication of the month}",    OWN,    ALL, NAME),
    Cell("/publications?period=2022-05&entry={publication of the month}",    NEITHER, ALL),
    Cell("/publications?period=2022Q2&entry={publication of the quarter}",   NEITHER, ALL, SCORE),
    Cell("/publications?period=2022-05&publish=2022-05",                     NEITHER, NEITHER),
    Cell("GET /published/{publication of the month}.json",                   NONE,   ALL),
    Cell("GET /published/{publication of the month}.csv",                    NONE,   ALL),
    Cell("GET /published/{publication of the month}.xlsx",                   NONE,   ALL),
    Cell("GET /published/{publication of the month}.docx",                   NONE,   ALL, NAME),
    Cell("GET /published/{publication of the month}.pptx",                   NONE,   ALL, NAME),
    Cell("GET /published/{publication of the month}.svg",                    NONE,   ALL, NAME),
    Cell("GET /published/{publication of the quarter}.json",                 NONE,   ALL, SCORE),
    Cell("GET /published/{publication of the quarter}.csv",                  NONE,   ALL, SCORE),
    Cell("GET /published/{publication of the quarter}.xlsx",                 NONE,   ALL, SCORE),
    Cell("GET /published/{publication of the quarter}.docx",                 NONE,   ALL, SCORE),
    Cell("GET /published/{publication of the quarter}.pptx",                 NONE,   ALL, SCORE),
    Cell("POST /verify/document a true copy",                                NEITHER, NEITHER),
    Cell("POST /verify/document an altered copy",                            NEITHER, ALL),
    Cell("POST /verify/document an altered deck",                            NEITHER, ALL),
    Cell("/submissions?period=2022-05",                                      OWN,    OWN, NAME),
    Cell("/submissions?period=2022-05&submission={ledger of another}",       OWN,    OWN, NAME),
    Cell("GET /export/ranking.csv?period=2022-05",                           OWN,    OWN),
    Cell("GET /export/ranking.csv?period=2022-05&published=1",               OWN,    ALL),
    Cell("GET /export/ranking-sectors.csv?period=2022-05",                   NONE,   NONE),
    Cell("GET /export/ranking-methods.csv?period=2022-05",                   NONE,   NONE),
    Cell("GET /export/side-by-side.csv?period=2022-05&unit={own}&with_unit={another}",    OWN,  OWN),
    Cell("GET /export/scores.csv?period=2022Q2",                             OWN,    OWN, SCORE),
    Cell("GET /export/scores-year.csv?period=2022Q2",                        OWN,    ALL, SCORE),
    Cell("GET /export/scores.csv?period=2022Q2&published=1",                 OWN,    ALL, SCORE),
    Cell("GET /export/casualties-by-unit.csv?period=2022&as_of=2022-06-30",  OWN,    OWN, NAME),
    Cell("GET /export/casualties-by-unit.csv?period=2022&as_of=2022-06-30&published=1",   OWN,  ALL, NAME),
    Cell("GET /export/casualties-by-sector.csv?period=2022&as_of=2022-06-30",             NONE, NONE),
    Cell("GET /export/casualties-by-sector.csv?period=2022&as_of=2022-06-30&published=1", NONE, 200),
    Cell("GET /export/cases.csv?period=2022-05&unit={another}&measure=inspections",       NONE, NONE),
    Cell("GET /original/{ledger of another}",                                NONE,   NONE),
    Cell("..monthly-ranking-top-part ?period=2022-05",                       OWN,    ALL),
    Cell("..monthly-ranking-top-part ?period=2022-05&published=1",           OWN,    ALL),
    Cell("..monthly-ranking-unit-part ?period=2022-05&unit={another}",       OWN,    OWN),
    Cell("..quarterly-scores-top-part ?period=2022Q2&published=1",           OWN,    ALL, SCORE),
    Cell("..casualty-targets-top-part ?period=2022&as_of=2022-06-30",        OWN,    ALL, NAME),
    Cell("..overview-top-part ?period=2022-05",                              NEITHER, NEITHER),
    Cell("..overview-further-part ?period=2022-05",                          OWN,    OWN),
)  # fmt: skip
BEHIND = {
    "longtanzi": re.compile("龙单甲厂|本区公司|渝双longtanzi|事1|甲台账|甲自评|甲退件|甲盖章"),
    "shuanglu": re.compile("双单乙厂|别区公司|渝双shuanglu|事9|乙台账|乙自评"),
}
"""What lies behind the figures of each of the two: cases, enterprises, accidents, files. Publication opens none of it to the other."""
LEDGERS = {"longtanzi": "龙滩子", "shuanglu": "双路"}


@pytest.fixture(scope="module")
def before(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """Two towns with ledgers, marks and accidents, and nothing published."""
    with _filled_zone(sqlite_template, tmp_path_factory.mktemp("before")) as zone:
        yield zone


@pytest.fixture(scope="module")
def after(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """The same once May, the second quarter and the half-year's casualties are published."""
    with _filled_zone(sqlite_template, tmp_path_factory.mktemp("after")) as zone:
        settings = zone.site.door.settings
        zone.numbers["publication of the month"] = publish(settings).entry
        zone.numbers["publication of the quarter"] = publish(settings, "scores", parse_period("2022Q2")).entry
        publish(settings, "casualties", parse_period("2022"), date(2022, 6, 30))
        yield zone


@pytest.fixture(scope="module")
def copies(after: Zone) -> dict[str, bytes]:
    """A true copy of the published month, one in which both units' scores are altered, and a deck in which they are."""
    true = after.visitor("office").get(f"/published/{after.numbers['publication of the month']}.csv").data
    altered = true
    for score in (after.figures[POINTS][unit] for unit in LEDGERS):
        assert altered.count(f",{score},".encode()) == 1
        altered = altered.replace(f",{score},".encode(), b",12.34,")
    deck = after.visitor("office").get(f"/published/{after.numbers['publication of the month']}.pptx").data
    return {"a true copy": true, "an altered copy": altered, "an altered deck": _with_other_scores(after, deck)}


def _with_other_scores(zone: Zone, deck: bytes) -> bytes:
    """The deck with other bars, and other numbers of them in its titles."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as told, zipfile.ZipFile(file, "w") as written:
        for name in told.namelist():
            text = told.read(name)
            if name.startswith(("ppt/charts/chart", "ppt/slides/slide")):
                for score in (zone.figures[POINTS][unit] for unit in LEDGERS):
                    text = text.replace(score.encode(), b"12.34")
            written.writestr(name, text)
    return file.getvalue()


def _asked(zone: Zone, visitor: Visitor, what: str, own: str, copies: dict[str, bytes]) -> TestResponse:
    another = next(one for one in LEDGERS if one != own)
    told = {"own": own, "another": another, "ledger of another": str(zone.numbers[f"ledger of {LEDGERS[another]}"])}
    nothing = {f"publication of the {of}": 999_999 for of in ("month", "quarter")}
    for name, value in {**nothing, **zone.numbers, **told}.items():
        what = what.replace("{" + name + "}", str(value))
    if what.startswith("GET "):
        return visitor.get(what.removeprefix("GET "))
    if what.startswith("POST /verify/document "):
        return laid_down(visitor, copies[what.removeprefix("POST /verify/document ")])
    if what.startswith(".."):
        output, search = what.split(" ")
        return _part(visitor, output, search)
    path, _sign, search = what.partition("?")
    return page(visitor, path, f"?{search}")


def _part(visitor: Visitor, output: str, search: str) -> TestResponse:
    whole, asked = next(
        (one["output"], one["inputs"][0]["id"]) for one in declared(visitor.client) if one["output"].startswith(output)
    )
    return ask(visitor, body(visitor, whole, {f"{asked}.data": {"search": search}}))


def _text(answer: TestResponse) -> str:
    if answer.is_json:
        return json.dumps(answer.get_json(), ensure_ascii=False)
    if answer.data.startswith(b"PK"):
        return "".join(content.decode("utf-8", "replace") for _name, content in parts(answer.data))
    return answer.get_data().decode()


@pytest.mark.parametrize("role", ["unit", "neighbour"])
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.what} {cell.by}")
@pytest.mark.parametrize("stage", ["before", "after"])
def test_cell(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    cell: Cell,
    role: str,
    copies: dict[str, bytes],
) -> None:
    """What the table says, and nothing that lies behind figures of the other unit, published or not."""
    leave_undrawn(monkeypatch)
    zone: Zone = request.getfixturevalue(stage)
    own = {"unit": "longtanzi", "neighbour": "shuanglu"}[role]
    other = next(one for one in LEDGERS if one != own)
    answer, expected = _asked(zone, zone.visitor(role), cell.what, own, copies), getattr(cell, stage)
    if isinstance(expected, int):
        assert answer.status_code == expected
        return
    text = _text(answer)
    assert answer.status_code == 200, text[:300]
    assert (zone.figures[cell.by][own] in text) == (expected != NEITHER)
    assert (zone.figures[cell.by][other] in text) == (expected == ALL)
    assert BEHIND[other].findall(text) == []


def test_all_that_is_frozen_is_everybodys_and_the_copy_proves_itself(sqlite_template: Path, tmp_path: Path) -> None:
    """A revision after another unit's correction and longer time: the unit's copy holds the office's to the byte, with what moved
    it; its fingerprint can be worked out from it; the page says the same; neither opens the other's workbook.
    """
    with _filled_zone(sqlite_template, tmp_path) as zone:
        settings = zone.site.door.settings
        publish(settings)
        with Loader(settings) as loader:
            worse = ledger(unit="shuanglu").put({"S2": "不合格"})
            del worse.sheets["汇总"]
            assert send(loader, worse, tmp_path, choice=BY_THE_OFFICE, at=LATER, name="乙更正.xlsx").errors == []
            desk = Desk(settings.database_url, loader.archive, settings.zone, "office1", LATER)
            told = {"kind": "enforcement", "unit": "shuanglu", "until": date(2022, 6, 10), "reason": "双路停电"}
            extend(desk, period=parse_period("2022-05"), **told)
            own_ledger, correction = zone.numbers["ledger of 龙滩子"], _number_of(loader, "乙更正.xlsx")
        one = publish(settings, reason="更正")
        clerk = zone.visitor("unit")
        for form in ("json", "csv", "xlsx"):
            own = clerk.get(f"/published/{one.entry}.{form}").data
            assert own == zone.visitor("office").get(f"/published/{one.entry}.{form}").data
            assert "文件原样" in laid_down(clerk, own, f"通报.{form}").text
        content = json.loads(clerk.get(f"/published/{one.entry}.json").data)
        assert content.pop("sha256") == fingerprint(content) == one.sha256
        held = content["publication"]
        assert held["submissions"]["enforcement"]["2022-05"].keys() == {"longtanzi", "shuanglu"}
        assert held["extensions"] == {"enforcement": {"2022-05": {"shuanglu": "2022-06-10"}}}
        assert {cause["what"].rpartition(".")[2] for cause in held["moved_by"]} == {"shuanglu"}
        text = _text(page(clerk, "/publications", f"?period=2022-05&entry={one.entry}"))
        assert "双路街道2022年5月执法检查台账的报送期限延至2022年6月10日" in text
        account = _text(last_of_ranking(clerk, "?period=2022-05&published=2"))
        for shown in (text, account, json.dumps(content, ensure_ascii=False)):
            assert BEHIND["shuanglu"].findall(shown) == []
            assert "双路停电" not in shown
        assert [f"submission={number}" in account for number in (own_ledger, correction)] == [True, False]


def test_unit_reads_its_place_once_published(before: Zone, after: Zone) -> None:
    """Neither that it has one, nor what would have lifted it, stands there before; then both do, from the published content."""
    points = before.figures[POINTS]
    role = {"longtanzi": "unit", "shuanglu": "neighbour"}[min(LEDGERS, key=lambda unit: float(points[unit]))]
    for zone, is_there in ((before, False), (after, True)):
        text = _text(page(zone.visitor(role), "/ranking", "?period=2022-05"))
        assert (re.search("发布得分 .*，第2名（共", text) is not None) == is_there
        assert ("怎样本可更靠前" in text) == is_there
        assert ("名次和其他单位的数据在发布后可见" in text) != is_there


# What others' figures do to what a unit gets


def _books(others: int) -> Iterator[tuple[str, Book]]:
    """The unit's own workbooks first, so that their numbers are the same; then the others', of which there are two kinds."""
    own_review = review(units=("龙滩子街道办事处",))
    yield "指标.xlsx", targets()
    yield "甲.xlsx", ledger()
    yield "甲四月.xlsx", ledger("2022-04")
    yield "甲自评.xlsx", self_assessment("longtanzi")
    if others == 1:
        yield "乙.xlsx", ledger(unit="shuanglu")
        yield "评审.xlsx", own_review
        yield "事故.xlsx", accidents("2022-06", _own_accident())
        return
    worse = ledger(unit="shuanglu").put({"S2": "不合格", "J2": 9, "M2": 0})
    del worse.sheets["汇总"]
    yield "乙.xlsx", worse
    yield "丙.xlsx", ledger(unit="youting")
    yield "乙四月.xlsx", ledger("2022-04", "shuanglu")
    yield "乙自评.xlsx", self_assessment("shuanglu", mark=4)
    yield "评审.xlsx", review(mark=8)
    yield (
        "事故.xlsx",
        accidents("2022-06", _own_accident(), _another_accident(2)),
    )


def _own_accident() -> list[object]:
    return accident("事1", date(2022, 5, 1), 1, department=None)


def _another_accident(injured: int) -> list[object]:
    """Nobody died: how many die in an accident is of the whole zone in the forecast of every unit (METHOD section 4)."""
    return accident("事9", date(2022, 5, 2), 0, town="双路", department=None, 重伤人数=injured)


@contextmanager
def _world(template: Path, folder: Path, others: int) -> Iterator[tuple[Site, Planted]]:
    folder.mkdir()
    with installed(template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        with Loader(settings) as loader:
            for name, book in _books(others):
                assert send(loader, book, folder, name=name, at=LATER).errors == [], name
        yield made(settings, patch), Planted(settings, [2, 3, 4], 1)


MORE = (
    "/export/ranking.csv?period=2022-05&published=1", "/export/ranking.csv?period=2022-04", "/export/scores.csv?period=2022Q2&published=1",
    "/export/side-by-side.csv?period=2022-05&unit=longtanzi&with_unit=shuanglu", "/export/ranking-sectors.csv?period=2022-05",
    "/export/casualties-by-unit.csv?period=2022", "/export/casualties-by-unit.csv?period=2022&as_of=2022-06-30&published=1",
    "/export/cases.csv?period=2022-05&unit=shuanglu&measure=inspections",
)  # fmt: skip
SEARCHES = {
    "overview": "?period=2022-05", "monthly-ranking": "?period=2022-05&unit=shuanglu&published=1", "quarterly-scores": "?period=2022Q2",
    "casualty-targets": "?period=2022&as_of=2022-06-30", "side-by-side": "?period=2022-05&unit=longtanzi&with_unit=shuanglu",
}  # fmt: skip


def _all_that(site: Site, planted: Planted) -> dict[str, str]:
    """All that the unit's account can get: pages, exports, grids, and every part of a page that a choice fills."""
    visitor = enter(site, "zhangsan")
    got = {asked: _comparable(answer) for asked, answer in everything(visitor, planted)}
    got |= {address: _comparable(visitor.get(address)) for address in MORE}
    for search in ("?period=2022-05&published=1", "?period=2022-04", "?period=2022-06"):
        got[f"/ranking{search}"] = _comparable(page(visitor, "/ranking", search))
    for one in declared(visitor.client):
        asked = one["inputs"][0]["id"]
        about = next((search for name, search in SEARCHES.items() if asked.startswith(f"{name}-asked-")), None)
        if about is not None:
            given = {f"{asked}.data": {"search": about}}
            got[one["output"]] = _comparable(ask(visitor, body(visitor, one["output"], given)))
    return got


STATUS = re.compile("发布后(数据)?有变动")
"""That figures have moved since: of each publication everybody may know it, by its fingerprint without an account (CONTRACT section 2, ``/verify``)."""


def _said(answer: str) -> set[str]:
    """The words of an answer, piece by piece."""
    return set(re.findall(r'"([^"]*[一-鿿][^"]*)"', answer))


def _differing(one: dict[str, str], other: dict[str, str]) -> list[tuple[str, str, str]]:
    assert one.keys() == other.keys()
    return [_first_difference(asked, told, other[asked]) for asked, told in one.items() if told != other[asked]]


def test_attack_nothing_before_publication_tells_of_others(sqlite_template: Path, tmp_path: Path) -> None:
    """Two databases that differ in other units' workbooks alone give the account the same answers, to the byte."""
    got = []
    for others in (1, 2):
        with _world(sqlite_template, tmp_path / str(others), others) as (site, planted):
            got.append(_all_that(site, planted))
            places = fetched(
                reader(planted.settings.database_url), office("shuangqiao"), ranking.fetch, parse_period("2022-05"),
                fixed_today=planted.settings.today,
            )  # fmt: skip
            row = next(row for row in places.groups[0].rows if row.unit.code == "longtanzi")
            got[-1][PLACE] = f"{row.figures.rank} {row.figures.of} {row.chance.to_next} {row.chance.margin}"
    one, other = got
    assert one.pop(PLACE) != other.pop(PLACE), "the others' workbooks do move the unit's place"
    assert _differing(one, other) == []


def test_attack_nothing_after_publication_tells_of_what_moved_since(sqlite_template: Path, tmp_path: Path) -> None:
    """Once all is published others' ledgers come and go: the account goes on to see what was published, and nothing of that."""
    with _world(sqlite_template, tmp_path / "after", 2) as (site, planted):
        settings = planted.settings
        publish(settings)
        publish(settings, "scores", parse_period("2022Q2"))
        publish(settings, "casualties", parse_period("2022"), date(2022, 6, 30))
        before = _all_that(site, planted)
        with Loader(settings) as loader:
            better = ledger(unit="youting").put({"R3": date(2022, 5, 25), "S3": "合格", "T3": "补"})
            del better.sheets["汇总"]
            assert send(loader, better, tmp_path, choice=BY_THE_OFFICE, at=LATER, name="丙更正.xlsx").errors == []
            late = accidents("2022-06", _own_accident(), _another_accident(5))
            assert send(loader, late, tmp_path, at=LATER, name="事故更正.xlsx").errors == []
            desk = Desk(settings.database_url, loader.archive, settings.zone, "office1", LATER)
            return_workbook(desk, _number_of(loader, "乙.xlsx"), "与现场不符")
        office1 = _text(page(enter(site, "office1"), "/ranking", "?period=2022-05"))
        assert "发布后有变动" in office1
        after = _all_that(site, planted)
        told = {asked: _said(after[asked]) - _said(before[asked]) for asked, *_ in _differing(before, after)}
        assert {asked.partition("?")[0] for asked in told} == {"/publications"}
        assert [one for said in told.values() for one in said if STATUS.search(one) is None] == []


def _number_of(loader: Loader, name: str) -> int:
    return next(entry.number for entry in loader.archive.entries() if entry.data.get("file_name") == name)
