"""Enterprises one by one from the sample register: found, shown whole, and listed by who was not inspected and who repeatedly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dashboards.method.next_inspections import Risk, Standings, rank
from dashboards.results import enterprise_profile, enterprise_search, inspection_coverage, register, register_today
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.reading import Reading
from dashboards.results.register_today import RegisteredToday
from data.doctor import examine
from data.intake.deciding import Desk
from data.intake.decisions import return_workbook
from data.intake.inbox import Choice
from data.people.scope import Role, Scope, office
from data.rollup import enterprises_inspected, register_entries
from data.schema.enforcement import inspection
from data.schema.intake import submission
from data.settings import Settings
from data.store import reader
from data.zone.periods import Year
from data.zone.schemes import NextInspections
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.fetching import fetched
from tests.integration.ledgers import send
from tests.integration.page_asked import texts
from tests.integration.papers import hazards
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_guessing import ask, body, page

TODAY = date(2022, 5, 10)
FOLDER = SAMPLES / "register"
RETURNED = datetime.fromisoformat("2022-05-09T10:00:00+08:00")
REPEATED = "91505785MAC2YXQAA9"
"""重庆永创佳机械有限公司: listed by two units, inspected by two."""
FORMER = "91502745MA64E59W4P"


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The register of both years, the ledgers of inspections and those of front-line duty of two months, on the web."""
    with (
        installed(sqlite_template, tmp_path_factory.mktemp("enterprises")) as settings,
        pytest.MonkeyPatch.context() as patch,
    ):
        own = settings.model_copy(update={"today": TODAY})
        with Loader(own) as loader:
            for one in json.loads((FOLDER / "load.json").read_text(encoding="utf-8")):
                if re.search("企业名录|执法检查|2022-0[34]-一线责任制台账-(双路|通桥)", one["file"]):
                    choice = Choice(one.get("kind"), one.get("unit"), one.get("period"))
                    told = loader.load(FOLDER / one["file"], choice, datetime.fromisoformat(one["received_at"]))
                    assert (told.status, told.errors) == ("accepted", []), one["file"]
        yield made(own, patch)


def seen(site: Site, what: Any, *asked: Any, scope: Scope | None = None, today: date = TODAY) -> Any:
    """A result as an account sees it."""
    settings = site.door.settings
    return fetched(reader(settings.database_url), scope or office(settings.zone), what, *asked, fixed_today=today)


def of(unit: str) -> Scope:
    """The account of a unit."""
    return Scope("shuangqiao", Role.UNIT, "clerk", unit)


def shown(site: Site, path: str, search: str, role: Role = Role.OFFICE) -> str:
    """The words of a page."""
    answer = page(site.signed_in(role), path, search)
    return "\n".join(texts(answer.get_json()["response"]["_pages_content"]["children"]))


def test_found_by_a_part_of_a_name_or_a_code(site: Site) -> None:
    """Brackets, blanks and width do not matter; those of the register come first, then former ones, then what only ledgers know."""
    names = {
        text: [one.name for one in seen(site, enterprise_search.fetch, text).found]
        for text in ("重庆（双桥）恒永", "重庆[双桥]恒永", "重庆双桥恒永", " 重庆 (双桥) 恒永 ", "恒永化工")
    }
    assert {tuple(found) for text, found in names.items() if text != "恒永化工"} == {("重庆（双桥）恒永化工有限公司",)}
    assert names["恒永化工"] == names["重庆双桥恒永"]
    by_code = {
        text: [one.identity for one in seen(site, enterprise_search.fetch, text).found]
        for text in ("5785mac2", "５７８５ＭＡＣ２")
    }
    assert set(map(tuple, by_code.values())) == {(REPEATED,)}
    many = seen(site, enterprise_search.fetch, "公司")
    assert (len(many.found), many.more, {one.standing for one in many.found}) == (20, True, {"listed"})
    order = [
        one.standing
        for text in ("物流", "化工", "商贸", "建筑")
        for one in seen(site, enterprise_search.fetch, text).found
    ]
    assert {"listed", "former", "ledgers"} == set(order)
    for text in ("物流", "化工", "商贸", "建筑"):
        standings = [
            enterprise_search.STANDINGS.index(one.standing) for one in seen(site, enterprise_search.fetch, text).found
        ]
        assert standings == sorted(standings)
    assert [seen(site, enterprise_search.fetch, text).found for text in ("", "  ", "（", "%", "zzz", "x" * 500)] == [
        ()
    ] * 6


def test_one_enterprise_whole(site: Site) -> None:
    """What lists, ledgers and documents told of it, by every unit, each with the cell; and its chance of a finding is that of the lists."""
    one: EnterpriseProfile = seen(site, enterprise_profile.fetch, REPEATED)
    assert [(row.listed.unit, row.counts) for row in one.listings] == [("emergency", False), ("shuanglu", True)]
    assert [(told.unit.code, told.inspections, told.hazards, told.major_hazards) for told in one.by_unit] == [
        ("longtanzi", 2, 4, 0), ("social", 1, 6, 1)
    ]  # fmt: skip
    assert [(told.case.inspected_on.isoformat(), told.outcome) for told in one.inspections] == [
        ("2022-04-23", "overdue"), ("2022-04-15", "overdue"), ("2022-01-12", "no_hazards")
    ]  # fmt: skip
    assert [(str(told.period), told.told.risk_list, told.counts) for told in one.duty] == [
        ("2022-04", True, True), ("2022-03", False, False)
    ]  # fmt: skip
    assert (one.closure.state, one.decisions, one.accidents) == ("far", [], ())
    risk, expected = one.risk, seen(site, _expected)
    assert risk is not None
    assert (risk.inspections, risk.found, risk.last_on) == (expected.inspections, expected.found, expected.last_on)
    assert (risk.mean, risk.low, risk.high) == pytest.approx((expected.mean, expected.low, expected.high))


def _expected(reading: Reading) -> Risk:
    """The same read another way, as of today: ranked among all of the register as lists of whom to inspect are."""
    own = inspection.c
    told = select(own.credit_code, own.hazards, own.inspected_on).where(own.credit_code.is_not(None))
    rows = reading.connection.execute(told).all()
    listed = register.fetch(reading, Year(2022), as_of=TODAY).register.enterprises.values()
    of = [[(hazards, on) for code, hazards, on in rows if code == one.credit_code] for one in listed]
    standings = Standings(
        credit_code=[one.credit_code for one in listed],
        territory=[one.territory for one in listed],
        department=[one.department for one in listed],
        sector=[one.sector for one in listed],
        high_risk=[one.high_risk for one in listed],
        inspections=[len(some) for some in of],
        found=[sum(1 for hazards, _on in some if hazards) for some in of],
        last_on=[max((on for _hazards, on in some), default=None) for some in of],
        due_on=[None] * len(of),
        major_by=[None] * len(of),
    )
    place = standings.credit_code.index(REPEATED)
    return rank(standings, TODAY, NextInspections()).risks([place])[place]


def test_lists_are_those_of_the_register_report(site: Site) -> None:
    """As many were not inspected, and repeatedly, as the report of the register says; each leads to its cells."""
    live = seen(site, register.fetch, Year(2022))
    now: inspection_coverage.InspectionCoverage = seen(site, inspection_coverage.fetch)
    never, repeated = (seen(site, entries_of, one) for one in ("never", "repeated"))
    assert (len(never), len(repeated)) == (live.whole.enterprises - live.whole.inspected, live.repeated)
    assert [now.number(inspection_coverage.wanted_of(one)) for one in inspection_coverage.LISTS] == [
        len(never),
        len(repeated),
    ]
    assert seen(site, inspection_coverage.first, now, inspection_coverage.wanted_of("never"), 100) == never
    assert (now.all.high_risk, dict(now.sectors)) == (
        live.high_risk, {sector: now.sectors[sector] for sector in live.sectors}
    )  # fmt: skip
    assert {sector: one.whole for sector, one in now.sectors.items()} == dict(live.sectors)
    assert {town: one.whole for town, one in now.towns.items()} == dict(live.towns)
    risky = [one.high_risk for one in never]
    assert risky == sorted(risky, reverse=True)
    assert [one.credit_code for one in repeated] == [REPEATED]
    words = shown(site, "/inspection-coverage", "?list=repeated")
    assert "8天内2个单位检查2次" in words
    rows = grid_rows(site, "?list=repeated")
    assert [[link["text"] for link in row["run"]] for row in rows] == [["2022-04-15 社事局", "2022-04-23 龙滩子街道"]]
    assert all(link["href"].startswith("/original/") for row in rows for link in (*row["run"], *row["sources"]))


def entries_of(reading: Reading, which: inspection_coverage.Which) -> tuple[RegisteredToday, ...]:
    """All enterprises of a list."""
    rule = inspection_coverage.fetch(reading).scheme.repeated
    return register_today.every(reading, rule, inspection_coverage.wanted_of(which))


def grid_rows(site: Site, asked: str, role: Role = Role.OFFICE) -> list[dict[str, Any]]:
    """The rows that a grid of the page gets."""
    which = "repeated" if "repeated" in asked else "never"
    grid = f"inspection-coverage-{which}-grid"
    request = {
        "startRow": 0,
        "endRow": 100,
        "sortModel": [],
        "filterModel": {},
        "context": {"asked": asked, "search": ""},
    }
    visitor = site.signed_in(role)
    answer = ask(visitor, body(visitor, f"{grid}.getRowsResponse", {f"{grid}.getRowsRequest": request}))
    found: list[dict[str, Any]] = answer.get_json()["response"][grid]["getRowsResponse"]["rowData"]
    return found


def test_a_unit_sees_what_it_told_itself(site: Site) -> None:
    """Of an enterprise that two units list and two inspect each sees its own; a stranger does not learn that it is there."""
    whole: EnterpriseProfile = seen(site, enterprise_profile.fetch, REPEATED)
    for unit in ("longtanzi", "social", "shuanglu", "emergency"):
        own: EnterpriseProfile = seen(site, enterprise_profile.fetch, REPEATED, scope=of(unit))
        assert {one.unit.code for one in own.inspections} <= {unit}
        assert len(own.inspections) == sum(1 for one in whole.inspections if one.unit.code == unit)
        assert {row.listed.unit for row in own.listings} <= {unit}
        assert {one.unit.code for one in own.duty} <= {unit}
        assert (own.risk, own.differs) == (None, ())
    assert seen(site, enterprise_profile.fetch, REPEATED, scope=of("youting")) is None
    assert seen(site, enterprise_search.fetch, "永创佳", scope=of("youting")).found == ()
    assert [one.identity for one in seen(site, enterprise_search.fetch, "永创佳", scope=of("longtanzi")).found] == [
        REPEATED
    ]
    lists: inspection_coverage.InspectionCoverage = seen(site, inspection_coverage.fetch, scope=of("shuanglu"))
    assert set(lists.towns) == {"shuanglu"}
    assert lists.all.repeated == 0
    words = shown(site, "/enterprise", f"?code={REPEATED}", Role.UNIT)
    assert "龙滩子街道" in words
    assert "社事局" not in words
    for untold in ("仅见于台账", "各单位名录均未列入", "按未完成计"):
        assert untold not in words


def test_names_of_people_are_the_offices_and_their_units(site: Site) -> None:
    """Whom a list names as responsible stands there for the office and the unit that listed it, for nobody else."""
    heads = {row.listed.unit: row.head for row in seen(site, enterprise_profile.fetch, REPEATED).listings}
    assert all(heads.values())
    for role in (Role.VIEWER, Role.ADMIN):
        told = seen(site, enterprise_profile.fetch, REPEATED, scope=Scope("shuangqiao", role, "reader"))
        assert {row.head for row in told.listings} == {"…"}
        assert not any(row.place.opens for row in told.listings)
        assert heads["shuanglu"] not in shown(site, "/enterprise", f"?code={REPEATED}", role)
    own = seen(site, enterprise_profile.fetch, REPEATED, scope=of("shuanglu"))
    assert [row.head for row in own.listings] == [heads["shuanglu"]]


def test_an_inspection_without_a_code_is_known_by_its_name(site: Site) -> None:
    """It stands with the enterprise that alone is called so, marked, and counts in none of the register's figures."""
    found = seen(site, enterprise_search.fetch, "瑞宏丰物流").found
    assert len(found) == 1
    one: EnterpriseProfile = seen(site, enterprise_profile.fetch, found[0].identity)
    assert any(told.by_name for told in one.inspections)
    words = shown(site, "/enterprise", "?q=瑞宏丰物流")
    assert "按名称" in words


def test_a_page_without_anything_says_what_to_do(site: Site) -> None:
    """Nothing asked, nothing found, nobody of this code: each is a sentence."""
    assert "请在上方输入企业名称" in shown(site, "/enterprise", "")
    assert "没有可查看的企业名称或代码含有“天外飞仙”" in shown(site, "/enterprise", "?q=天外飞仙")
    assert "没有可查看的企业代码" in shown(site, "/enterprise", "?code=91500000000000000X")
    assert "曾在册" in shown(site, "/enterprise", f"?code={FORMER}")


def test_what_is_kept_follows_a_return(installation: Settings) -> None:
    """On every engine: found, shown and listed; a ledger or list that is returned takes with it what is kept of its enterprises."""
    settings = installation.model_copy(update={"today": TODAY})
    engine, zone = reader(settings.database_url), settings.zone
    with Loader(settings) as loader:
        for one in json.loads((FOLDER / "load.json").read_text(encoding="utf-8")):
            if re.search("2022-企业名录-双路|执法检查|2022-04-一线责任制台账-双路", one["file"]):
                choice = Choice(one.get("kind"), one.get("unit"), one.get("period"))
                at = datetime.fromisoformat(one["received_at"])
                assert loader.load(FOLDER / one["file"], choice, at).status == "accepted"
        for scope in (office(zone), of("shuanglu")):
            look = partial(fetched, engine, scope, fixed_today=TODAY)
            assert look(enterprise_search.fetch, "永创佳").found[0].identity == REPEATED
            assert look(enterprise_profile.fetch, REPEATED).standing == "listed"
            lists = look(inspection_coverage.fetch)
            assert lists.all.repeated == (1 if scope.sees_all else 0)
            found = look(inspection_coverage.first, lists, inspection_coverage.wanted_of("repeated"), 5)
            assert len(found) == lists.all.repeated
        for kind in ("enforcement", "enterprises"):
            with engine.connect() as connection:
                of_kind = select(submission.c.submission).where(submission.c.kind == kind)
                numbers = sorted(connection.execute(of_kind).scalars(), reverse=True)
            for number in numbers:
                desk = Desk(settings.database_url, loader.archive, zone, "office1", RETURNED)
                return_workbook(desk, number, "重报")
            assert examine(settings)[0] == []
        with engine.connect() as connection:
            assert enterprises_inspected.kept(connection, zone) == {}
            assert register_entries.kept(connection, zone) == []


def test_hazards_of_an_enterprise(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Those that ledgers of hazards tell of by its code, each with its cell; a search finds it though no list has it; a stranger sees none."""
    with Loader(sqlite_installation) as loader:
        assert send(loader, hazards(), tmp_path).status == "accepted"
    url, code = sqlite_installation.database_url, "91506914MAHTYUCA4W"

    def ask(scope: Scope, what: Any, asked: str) -> Any:
        return fetched(reader(url), scope, what, asked, fixed_today=date(2022, 6, 10))

    for scope in (office(sqlite_installation.zone), of("longtanzi")):
        assert [one.identity for one in ask(scope, enterprise_search.fetch, "华泰永").found] == [code]
        (one,) = ask(scope, enterprise_profile.fetch, code).hazards
        assert (one.unit.code, one.texts.number, one.state, one.hazard.major) == (
            "longtanzi",
            "龙隐〔2022〕2号",
            "overdue",
            True,
        )
        assert (one.place.sheet, one.place.cell("number")) == ("重大隐患台账", "A3")
    assert ask(of("youting"), enterprise_search.fetch, "华泰永").found == ()
    assert ask(of("youting"), enterprise_profile.fetch, code) is None
