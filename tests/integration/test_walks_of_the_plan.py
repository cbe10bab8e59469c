"""Every article of the work plan, its goals and its safeguards: what is sent or done moves it, and a page shows it moved.

The table at the top reads as the plan does. Each walk begins on the same installation, asks for a page as a browser does, sends one
real workbook through the loader or does one thing over the web, and asks for the page again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboards.components.plan_origins import ActOfTheSystem, Columns, held, origin_of
from data.intake.inbox import Choice
from data.people.scope import Role
from data.settings import Settings
from data.zone.work_plan import PlanItem, shipped
from etl.loading.load import Loader
from tests.integration.ledgers import Book, send
from tests.integration.page_asked import content
from tests.integration.page_elements import page_element, with_identity
from tests.integration.papers import accident, accidents, disaster, self_assessment, tasks
from tests.integration.several_units import opened
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_publications_web import publish
from tests.integration.year_of_walks import (
    ASPECTS,
    BASE,
    GAS,
    HOST,
    LEADERS,
    TO_VETO,
    TODAY,
    duty,
    found,
    inspected,
    inspections,
    listed,
    one_dead,
    scores_published,
    spoken_last,
    supervised,
    tipped_off,
    told,
    vetoed,
    warned,
)

DAY, SENT_ON = "2022-06-30", "2022-07-04"
"""The day looked at, and the day on which workbooks come."""
((_TEXT, PLAN),) = shipped()
JULY = datetime.fromisoformat("2022-07-04T10:00:00+08:00")


@dataclass(frozen=True)
class Seen:
    """A page, and what a reader finds there before the walk and after it, never both at once; ``before`` is empty where nothing stood."""

    address: str
    before: str
    after: str


@dataclass(frozen=True)
class Walk:
    """From what is sent or done to where it is seen; ``part`` is an article of the plan, its goals or a safeguard."""

    part: str
    what: str
    sends: Callable[[], Book] | None
    does: Callable[[Visitor], Any] | None
    seen: tuple[Seen, ...]


def sent(part: str, what: str, book: Callable[[], Book], *seen: Seen) -> Walk:
    """A workbook."""
    return Walk(part, what, book, None, seen)


def done(part: str, what: str, does: Callable[[Visitor], Any], *seen: Seen) -> Walk:
    """Something that the office does over the web."""
    return Walk(part, what, None, does, seen)


def item(of: str, before: str, after: str, day: str = DAY) -> Seen:
    """How far an item has come (进度) on the plan's page."""
    return Seen(f"/work-plan?day={day}&item={of}", f"进度：{before}；", f"进度：{after}；")


WALKS = (
    sent("goals", "生产安全事故台账：一起死亡三人的事故", lambda: accidents("2022-06", one_dead(), accident("事2", date(2022, 6, 12), 3)),
         item("goals.1", "0起", "1起"), item("goals.2", "16.7%", "66.7%"),
         Seen(f"/casualties?period=2022&as_of={DAY}", "不出现较大及以上亡人事故●绿灯", "不出现较大及以上亡人事故■红灯")),
    sent("goals", "灾害与预警台账：死亡三人的责任事件", lambda: warned(None, 4, disaster("灾2", "2022-06-12 03:00", 死亡人数=3, 责任事件="是")),
         item("goals.4", "0起", "1起"), Seen(f"/disasters?day={DAY}", "因灾群死群伤责任事件●绿灯", "因灾群死群伤责任事件■红灯")),
    sent("1", "重点任务进展：每名领导的两份清单", lambda: told("1.1", "emergency", *((one, 2, 2) for one in LEADERS)),
         item("1.1", "0/5份", "5/5份"), Seen("/calendar?period=2022-06", "0份 …12月31日前应2份", "2份 ✓12月31日前应2份")),
    sent("1", "重点任务进展：听取每名领导的履职报告", lambda: told("1.2", "emergency", *((one, 2, 1) for one in LEADERS)),
         Seen("/calendar?period=2022-06", "0次 ✗6月30日前应1次", "1次 ✓6月30日前应1次")),
    done("1", "日历：写明谁任管委会主任", lambda office: office.post(
        "/calendar/leaders", {"year": "2022", "post": "管委会主任", "person": "李娜"}),
         Seen("/calendar?period=2022-06", "", "管委会主任 李娜")),
    sent("2", "十条措施自评：一个单位的自评表", lambda: self_assessment("longtanzi", "2022Q1"),
         item("2.3", "0/15", "1/15", SENT_ON), Seen("/submissions?period=2022Q1", "应报31份，未报31", "迟报1、未报30")),
    done("2", "发布季度绩效", scores_published, item("2.4", "0/3次", "1/3次", TODAY), Seen("/publications?period=2022", "2022年还没有发布过。", "最近发布：2022年第2季度 季度绩效")),
    sent("3", "督查台账：又用了交叉督查和督办交办", lambda: supervised(
        ["督2", date(2022, 6, 9), "交叉督查", "双路街道", "脱岗", None, None, "是", None, None],
        ["督3", date(2022, 6, 10), "督办交办", "经发局", "未整改", None, None, "否", None, None]),
         item("3.1", "1/3种", "3/3种"), item("3.3", "0/2件", "1/2件"),
         Seen(f"/supervision?day={DAY}", "督查发现问题1个", "督查发现问题3个")),
    done("3", "日历：登记末位发言", spoken_last, item("3.5", "尚无记录", "1/15", TODAY), Seen("/calendar?period=2022-10", "", "末位发言（龙滩子街道）")),
    Walk("3", "确认一票否决", lambda: accidents("2022-06", one_dead(), accident("事2", date(2022, 6, 12), 3)), vetoed,
         (item("3.6", "0/0", "1/4", TODAY), Seen(TO_VETO, "", "龙滩子街道被一票否决"))),
    done("3", "日历：安排调度会议", lambda office: office.post(
        "/calendar/events", {"kind": "meeting", "day": "2022-10-20", "title": "四季度调度会议"}),
         Seen("/calendar?period=2022-10", "", "四季度调度会议")),
    sent("4", "企业名录：高危企业设了总工程师", lambda: listed("是", "二级"),
         item("4.6", "0/1", "1/1"), Seen(f"/enterprise?code={GAS[1]}", "高危重点行业试点—", "高危重点行业试点有总工程师")),
    sent("5", "一线责任制台账：最后一张卡齐了", lambda: duty("是"),
         item("5.1", "0/1", "1/1"), item("5.3", "0/2", "1/2"),
         Seen(f"/frontline?day={DAY}", "试点企业◷临近期限0家已完成", "试点企业✓全部完成1家已完成")),
    sent("6", "执法检查台账：零执法单位补报了检查", lambda: inspections(inspected(6, 2, date(2022, 5, 16), date(2022, 5, 15), "合格")),
         item("6.1", "0/0", "1/1"), item("6.2", "1家", "0家"),
         Seen("/ranking?period=2022-05", "龙滩子街道迟报零执法", "期限后更正：龙滩子街道")),
    done("6", "发布月度执法排名", publish,
         item("6.4", "0/9次", "1/9次", TODAY), Seen("/publications?period=2022", "2022年还没有发布过。", "最近发布：2022年5月 月度执法排名")),
    sent("7", "生产安全事故台账：一案双查、追责、挂牌、结案", lambda: accidents("2022-06", one_dead(
        调查报告日期=date(2022, 5, 4), 一案双查="是", 追责人数=2, 挂牌督办日期=date(2022, 3, 9), 结案日期=date(2022, 5, 20))),
         item("7.1", "0/1", "1/1"), item("7.2", "0/1", "1/1"), item("7.3", "0/1", "1/1"), item("7.4", "0/1", "1/1"), item("7.7", "0/1", "1/1"),
         Seen(f"/casualties?period=2022&as_of={DAY}", "一案双查✗未开展", "一案双查✓已开展")),
    sent("8", "举报与失信惩戒：奖励发放了", lambda: tipped_off(date(2022, 6, 12)),
         item("8.9", "0/1", "1/1"), Seen(f"/tipoffs?day={DAY}", "已发放0件0元", "已发放1件500元")),
    sent("9", "重点任务进展：聘任技术检查员和社会监督员", lambda: told("9.2", "emergency", ("技术检查员", 5, 5), ("社会监督员", 10, 4)),
         item("9.2", "0/2人", "1/2人")),
    sent("10", "重点任务进展：三年行动任务销号", lambda: told("10.1", "longtanzi", (None, 4, 3)),
         item("10.1", "0/73项", "3/73项")),
    sent("11", "重大隐患台账：重大隐患销号", lambda: found("部门级", date(2022, 6, 20)),
         item("11.1", "0/1", "1/1"), item("11.2", "1条", "0条"),
         Seen(f"/hazards?day={DAY}", "在册隐患1处，已销号0处", "1处在册隐患已全部销号")),
    sent("11", "执法检查台账：检查了城镇燃气企业", lambda: inspections(inspected(6, 0)),
         item("11.3", "0/1", "1/1"), Seen("/inspection-coverage", "本年已检查0家（0.0%）", "本年已检查1家（50.0%）")),
    sent("12", "重点任务进展：一个街道八个方面齐备", lambda: told("12.1", "longtanzi", *((one, 1, 1) for one in ASPECTS)),
         item("12.1", "0/32方面", "8/32方面"), item("12.2", "0/4", "1/4")),
    sent("13", "重点任务进展：桥梁隧道在线监测", lambda: told("13.4", "transport", ("桥梁隧道", 8, 3)),
         item("13.4", "0/8处", "3/8处")),
    sent("14", "重点任务进展：安全生产月", lambda: told("14.1", "emergency", ("安全生产月", 1, 1)),
         item("14.1", "0/2次", "1/2次")),
    sent("15", "重点任务进展：现场处置方案演练", lambda: told("15.5", "shuanglu", (None, 2, 1)),
         item("15.5", "0/30次", "1/30次")),
    sent("15", "一线责任制台账：岗位应急处置卡", lambda: duty("是"), item("15.4", "0/2", "1/2")),
    sent("16", "重点任务进展：综合应急救援队伍", lambda: told("16.1", "youting", (None, 1, 1)),
         item("16.1", "0/4支", "1/4支"), item("16.2", "0/4", "1/4")),
    sent("17", "灾害与预警台账：受灾群众都有保障", lambda: warned(None, 10),
         item("17.3", "4/10", "10/10"), Seen(f"/disasters?day={DAY}", "救助保障率40.0%", "救助保障率100.0%")),
    sent("18", "灾害与预警台账：叫应后应答", lambda: warned("2022-06-10 10:20", 4),
         item("18.5", "0/1", "1/1"), Seen(f"/disasters?day={DAY}", "已叫应未应答1次", "叫应到应答用时中位数15分钟")),
    sent("19", "重点任务进展：跨区域联合演练", lambda: told("19.3", "emergency", (None, 1, 1)),
         item("19.3", "0/1次", "1/1次")),
    sent("safeguards.1", "重点任务进展：一个单位报送了", lambda: tasks("2022Q1", "fire").only_headers(),
         item("safeguards.1.1", "0/15", "1/15", SENT_ON), Seen("/submissions?period=2022Q1", "应报31份，未报31", "迟报1、未报30")),
    sent("safeguards.2", "重点任务进展：安全专项资金支出", lambda: told("safeguards.2.1", "emergency", (None, 200, 86.5)),
         item("safeguards.2.1", "0/200万元", "86.5/200万元")),
    sent("safeguards.3", "重点任务进展：应急系统干部培训", lambda: told("safeguards.3.2", "emergency", (None, 40, 25)),
         item("safeguards.3.2", "0/40人次", "25/40人次")),
)  # fmt: skip


@pytest.fixture(scope="module")
def begun(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with what every walk begins with; to copy from."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copy(sqlite_template, folder / "supervision.db")
    with opened(folder) as settings, Loader(settings) as loader:
        for book in BASE:
            outcome = send(loader, book(), folder, at=JULY)
            assert (outcome.status, outcome.errors) == ("accepted", []), book().meta
    return folder


@pytest.fixture
def site(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application on a copy of it."""
    folder = tmp_path / "walk"
    shutil.copytree(begun, folder)
    with opened(folder) as settings:
        yield made(settings, monkeypatch)


def load(settings: Settings, book: Book, folder: Path) -> None:
    """Send a workbook as the office does."""
    with Loader(settings) as loader:
        outcome = send(loader, book, folder, at=JULY, choice=Choice(note="更正"))
    assert (outcome.status, outcome.errors) == ("accepted", [])


def read(visitor: Visitor, address: str) -> str:
    """What can be read at an address; of an item of the plan its card, each fact with what is told of it."""
    visitor.token()
    page = page_element(content(visitor.client, address, HOST))
    if "&item=" not in address:
        return page.text
    card = with_identity(page, "item")
    return "".join(f"{term}：{words}；" for term, words in card.facts.items())


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.part}-{walk.what}")
def test_what_is_sent_or_done_is_seen_moving(walk: Walk, site: Site, tmp_path: Path) -> None:
    """Before, a page says one thing; after, another."""
    office = site.signed_in(Role.OFFICE)
    before = [read(office, one.address) for one in walk.seen]
    if walk.sends is not None:
        load(site.door.settings, walk.sends(), tmp_path)
    if walk.does is not None:
        assert walk.does(office).status_code == 303
    after = [read(office, one.address) for one in walk.seen]
    for one, then, now in zip(walk.seen, before, after, strict=True):
        assert (one.before in then, one.after in then) == (True, False), (one, then)
        assert (one.after in now, bool(one.before) and one.before in now) == (True, False), (one, now)


def items_of(walk: Walk) -> list[PlanItem]:
    """The items that a walk moves."""
    return [PLAN.item_by_number[one.address.partition("&item=")[2]] for one in walk.seen if "&item=" in one.address]


def test_no_part_of_the_plan_is_without_a_walk() -> None:
    """The goals, each of the nineteen articles and each safeguard: an item of it moves, and every walk is of its part."""
    moved = {one.article for walk in WALKS for one in items_of(walk)}
    assert (
        moved == set(PLAN.articles) == {"goals", *map(str, range(1, 20)), *(f"safeguards.{one}" for one in (1, 2, 3))}
    )
    assert [walk.what for walk in WALKS if {one.article for one in items_of(walk)} - {walk.part}] == []
    assert [walk.part for walk in WALKS] == sorted((walk.part for walk in WALKS), key=list(PLAN.articles).index)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"{walk.part}-{walk.what}")
def test_a_walk_goes_the_way_that_the_document_tells(walk: Walk) -> None:
    """What it sends is of a kind that docs/work-plan.md names for each item; what the system knows is seen on the page named there."""
    pages = {one.address.partition("?")[0] for one in walk.seen if "&item=" not in one.address}
    for moved in items_of(walk):
        kinds = {one.kind for one in held(moved) if isinstance(one, Columns)}
        assert walk.sends is None or walk.sends().meta["kind"] in kinds, moved.number
        assert walk.does is None or any(isinstance(one, ActOfTheSystem) for one in held(moved)), moved.number
        if not moved.is_told:
            assert pages <= {origin_of(moved.source).page.path}, moved.number
