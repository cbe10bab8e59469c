"""What a page says of what is published: first figures or final ones, what moved since, and the frozen figures themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.pages.monthly_ranking import account
from dashboards.results import published, report_account
from dashboards.results.published import PublishedPeriod
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send, targets
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import enter, last_of_ranking, page, words
from tests.integration.test_publishing import BY_THE_OFFICE, LATER, WORSE, give_back, publish
from tests.unit.test_recognise import ZONE

MAY = parse_period("2022-05")
RANKING = "?period=2022-05&group=town"


@dataclass
class Published:
    """The application on two towns' May, and who loads into it."""

    site: Site
    loader: Loader

    @property
    def settings(self) -> Settings:
        """Those of the installation."""
        return self.loader.settings

    def office(self) -> Visitor:
        """Somebody of the office."""
        return enter(self.site, "office1")

    def state(self, report: str = "ranking", period: str = "2022-05", day: date | None = None) -> PublishedPeriod:
        """What is published of a period, as the office sees it."""
        engine, scope = reader(self.settings.database_url), office(self.settings.zone)
        asked = report, parse_period(period), day
        return fetched(engine, scope, published.fetch, *asked, fixed_today=self.settings.today)


@pytest.fixture
def zone(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Published]:
    """May of two towns, and the year's caps and plans."""
    with Loader(sqlite_installation) as loader:
        for name, book in (("指标", targets()), ("龙滩子", ledger()), ("双路", ledger(unit="shuanglu"))):
            assert send(loader, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
        yield Published(made(sqlite_installation, monkeypatch), loader)


def shown(visitor: Visitor, path: str, search: str) -> str:
    """A page's words, without marks."""
    answer = json.dumps(page(visitor, path, search).get_json(), ensure_ascii=False)
    return re.sub(r"<[^>]*>", "", answer)


def links(visitor: Visitor, path: str, search: str) -> str:
    """A page as it is sent, with its addresses."""
    return json.dumps(page(visitor, path, search).get_json(), ensure_ascii=False).replace("&amp;", "&")


def exported(visitor: Visitor, address: str) -> str:
    """A file's text."""
    return visitor.get(address).get_data().decode("utf-8-sig")


def test_first_figures_say_so_with_the_day(zone: Published) -> None:
    """Each page says 初步 until it is published, the overview of all three; its exports say that they are a draft."""
    visitor = zone.office()
    for path, search in (("/ranking", RANKING), ("/scores", "?period=2022Q2"), ("/casualties", "?period=2022")):
        text = shown(visitor, path, search)
        assert "初步" in text, path
        assert "定稿" not in text.replace("发布后即为定稿", ""), path
    assert shown(visitor, "/overview", "?period=2022-05").count("初步") == 3
    for name in ("ranking", "ranking-sectors"):
        assert "草稿，数据截至2022-10-08，未发布" in exported(visitor, f"/export/{name}.csv{RANKING}")
    assert zone.state(period="2022-09").final_from is None or zone.state(period="2022-09").final_from > date(
        2022, 10, 5
    )
    early = zone.settings.model_copy(update={"today": date(2022, 6, 3)})
    found = fetched(
        reader(early.database_url), office(early.zone), published.fetch, "ranking", MAY, fixed_today=early.today
    )
    assert found.final_from == date(2022, 6, 6)


def test_published_and_live_stand_beside_each_other(zone: Published, tmp_path: Path) -> None:
    """What moved, which workbook moved it, which conclusions changed; the frozen figures at an address of their own."""
    visitor = zone.office()
    one = publish(zone.settings)
    assert "与当前数据一致" in shown(visitor, "/ranking", RANKING)
    assert "定稿" in shown(visitor, "/overview", "?period=2022-05")
    scores = {row["unit"]: row["score"] for row in one.content["groups"][0]["rows"]}
    outcome = send(zone.loader, ledger().put(WORSE), tmp_path, choice=BY_THE_OFFICE, at=LATER)
    assert outcome.status == "accepted"
    give_back(zone.loader, "shuanglu")

    text, sent = shown(visitor, "/ranking", RANKING), links(visitor, "/ranking", RANKING)
    assert "发布后有变动" in text
    moved = {(each.code, each.figure): (each.published, each.live) for each in zone.state().moved}
    assert moved["longtanzi", "indicators.closed_cases"] == (2, 1)
    assert moved["longtanzi", "score"][0] == scores["longtanzi"]
    assert f"{scores['longtanzi']:.2f}" in text
    movers = {each.unit: each for each in zone.state().movers}
    assert movers["longtanzi"].came is not None
    assert movers["shuanglu"].came is None
    for number in (movers["longtanzi"].came.number, movers["shuanglu"].gone.number):  # type: ignore[union-attr]
        assert f"submission={number}#one" in sent
    assert re.search("双路街道，执法检查台账2022年5月：.*退回", text)
    assert re.search("镇街组未报：.* → ", text)

    frozen = shown(visitor, "/ranking", f"{RANKING}&published=1")
    assert one.sha256[:16] in frozen
    live = moved["longtanzi", "score"][1]
    standing = frozen[: frozen.index("发布与现状")]
    assert (f"{scores['shuanglu']:.2f}" in standing, f"{live:.2f}" in standing) == (True, False)
    file = exported(visitor, f"/export/ranking.csv{RANKING}&published=1")
    assert one.sha256 in file
    assert f"{scores['shuanglu']:.2f}" in file
    assert "草稿" not in file
    assert "发布后有变动" in exported(visitor, f"/export/ranking.csv{RANKING}")
    assert "没有第7次发布" in shown(visitor, "/ranking", f"{RANKING}&published=7")


def test_return_is_no_correction(zone: Published, tmp_path: Path) -> None:
    """Both pages say which version was returned and which counts again."""
    visitor = zone.office()
    outcome = send(zone.loader, ledger().put(WORSE), tmp_path, choice=BY_THE_OFFICE, at=LATER)
    assert outcome.status == "accepted"
    one = publish(zone.settings)
    give_back(zone.loader, "longtanzi")
    (mover,) = zone.state().movers
    assert mover.gone is not None
    assert mover.came is not None
    gone, came = (f"第{each.number}号工作簿" for each in (mover.gone, mover.came))
    live = shown(visitor, "/ranking", RANKING)
    assert re.search(f"龙滩子街道，执法检查台账2022年5月：.*{gone}.*退回.*；.*{came}.*重新计入", live)
    told = shown(visitor, "/publications", f"?period=2022&entry={one.entry}")
    assert f"龙滩子街道2022年5月执法检查台账：{gone}已退回，{came}重新计入" in told
    assert "有更正版" not in told


def test_revision_says_what_it_is_and_the_former_stays(zone: Published) -> None:
    """修订 and 更正 are told apart, each revision stays at its address, and the older one says that it is superseded."""
    visitor = zone.office()
    publish(zone.settings)
    give_back(zone.loader, "shuanglu")
    publish(zone.settings, reason="双路台账退回", mistake=True)
    text = shown(visitor, "/ranking", RANKING)
    assert "第2次发布" in text
    assert "更正" in text
    assert not zone.state().differs
    assert "已有第2次发布" in shown(visitor, "/ranking", f"{RANKING}&published=1")


@pytest.mark.parametrize(
    ("report", "period", "day", "path", "search"),
    [
        ("scores", "2022Q2", None, "/scores", "?period=2022Q2&group=town"),
        ("casualties", "2022", date(2022, 6, 30), "/casualties", "?period=2022&as_of=2022-06-30"),
    ],
)
def test_quarter_and_casualties_say_the_same(
    zone: Published, report: str, period: str, day: date | None, path: str, search: str
) -> None:
    """定稿 with its day, and the frozen figures with their fingerprint; another day of the year is still a draft."""
    visitor = zone.office()
    one = publish(zone.settings, report, parse_period(period), day)
    assert "与当前数据一致" in shown(visitor, path, search)
    assert one.sha256[:16] in shown(visitor, path, f"{search}&published=1")
    if day is not None:
        other = shown(visitor, path, "?period=2022&as_of=2022-07-31")
        assert "初步" in other
        assert "2022年6月30日" in other


def numbers_without_a_way(shown: Any) -> list[str]:
    """The numbers of what is shown that are no links."""
    if isinstance(shown, dcc.Link | html.A):
        return []
    if isinstance(shown, Component):
        return numbers_without_a_way(getattr(shown, "children", None))
    if isinstance(shown, list | tuple):
        return [number for part in shown for number in numbers_without_a_way(part)]
    return re.findall(r"\d+", str(shown or ""))


def test_account_closes_and_leads_to_each_workbook(zone: Published) -> None:
    """Every row and cell of every workbook behind the month; what was frozen is what stood there; each leads to its workbook."""
    engine, scope = reader(zone.settings.database_url), office(zone.settings.zone)
    live = fetched(engine, scope, report_account.live, MAY, fixed_today=zone.settings.today)
    assert live is not None
    assert (live.whole.workbooks, live.whole.difference) == (3, 0)
    assert [each.difference for each in live.parts] == [0, 0]
    assert live.whole.rows["seen"] > 20
    one = publish(zone.settings)
    frozen = fetched(engine, scope, report_account.frozen, one, MAY, fixed_today=zone.settings.today)
    assert frozen == live
    card = account.card(live, ZONE, identity="it")
    assert numbers_without_a_way(card) == []
    assert numbers_without_a_way(html.P(["3 ", html.A("4")])) == ["3"]
    assert {each.unit for each in live.workbooks} == {"longtanzi", "shuanglu"}
    for search in (RANKING, f"{RANKING}&published=1"):
        visitor = zone.office()
        sent = words(last_of_ranking(visitor, search)).replace("&amp;", "&")
        assert "对账单" in sent
        for each in live.workbooks:
            assert f"submission={each.workbook.number}#one" in sent
    give_back(zone.loader, "shuanglu")
    again = fetched(engine, scope, report_account.frozen, one, MAY, fixed_today=zone.settings.today)
    assert again.parts == frozen.parts, "what was frozen stays"


def test_unit_reads_what_would_have_lifted_it(zone: Published, tmp_path: Path) -> None:
    """In numbers, from the published content: its live figures have no place, and a correction leaves what was published."""
    for book in (ledger().put(WORSE), ledger(unit="shuanglu").put(WORSE)):
        assert send(zone.loader, book, tmp_path).status == "accepted"
    visitor = enter(zone.site, "zhangsan")
    said = re.compile("多闭环1件应闭环案件：82[.]50 → 95[.]00分，第2 → 第1")
    assert said.search(shown(visitor, "/ranking", "?period=2022-05")) is None
    publish(zone.settings)
    assert said.search(shown(visitor, "/ranking", "?period=2022-05"))
    corrected = ledger().put({"H2": "李娜、张伟"})  # other bytes than the first, whichever second wrote them
    assert send(zone.loader, corrected, tmp_path, choice=BY_THE_OFFICE, at=LATER).status == "accepted"
    text = shown(visitor, "/ranking", "?period=2022-05")
    assert said.search(text)
    assert "发布得分 82.50，第2名" in text
    assert "已发布后有变动" in text
    assert "得分 95.00；名次以发布的为准" in text
    assert "结论有哪些变化" not in text, "who leads by the live figures is not for a unit"
