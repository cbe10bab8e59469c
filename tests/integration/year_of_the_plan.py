"""A small year by hand in which every figure of the work plan moves: workbooks, publications and decisions in the order of their days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from dashboards.__main__ import decide, freeze
from data.intake.calendar_decisions import add_event
from data.intake.calendar_events import EventContent
from data.intake.deciding import Desk
from data.intake.inbox import Choice
from data.people.scope import OFFICE_ACCOUNT
from data.settings import Settings
from data.zone.periods import Quarter, parse_period
from etl.loading.load import Loader
from tests.integration.ledgers import Book, number, send, targets
from tests.integration.ledgers import ledger as enforcement
from tests.integration.papers import (
    accident,
    accidents,
    baseline,
    disaster,
    disasters,
    enterprises,
    frontline,
    hazards,
    self_assessment,
    supervision,
    tasks,
    tipoffs,
)

GAS = ["重庆宏达机械有限公司", "91502914MA3FQEFLC0"]
CHEMICALS = ["重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W"]
UNITS = (
    "longtanzi", "shuanglu", "tongqiao", "youting", "emergency", "economy", "construction", "transport", "market", "fire",
    "traffic_police", "social", "manufacturing", "logistics", "recycling",
)  # fmt: skip
LATE_UNIT = UNITS[-1]
"""Who files what is due for the first quarter on 29 June alone."""
Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)


@dataclass(frozen=True)
class Event:
    """Something done in the system on a day, and how."""

    day: date
    done: Callable[[Settings, Path], object]


def lived(settings: Settings, folder: Path) -> None:
    """Let all of it happen."""
    for one in sorted(events(), key=lambda one: one.day):
        one.done(settings.model_copy(update={"today": one.day}), folder)


def events() -> Iterator[Event]:
    """All of the year, in no order; a workbook is received on its day at ten."""
    yield from _register()
    yield from _inspections()
    yield from _ledgers()
    yield from _accidents()
    yield from _quarters()


def _sent(month: int, day: int, *books: Book) -> Event:
    on = date(2022, month, day)
    at = datetime(2022, month, day, 10, tzinfo=timezone(timedelta(hours=8)))

    def load(settings: Settings, folder: Path) -> None:
        with Loader(settings) as loader:
            for book in books:
                outcome = send(loader, book, folder, at=at, choice=Choice(note="更正"))
                assert (outcome.status, outcome.errors) == ("accepted", []), book.meta

    return Event(on, load)


def _register() -> Iterator[Event]:
    """One gas enterprise, and from February on one of chemicals, which no department supervises until July; their front-line duty."""

    def listed(grade: str | None, chief: str, department: str | None) -> Book:
        return enterprises(
            2022,
            "longtanzi",
            [*GAS, "城镇燃气", "龙滩子街道", "经发局", "其他", "是", "是", "是", grade, None, chief, None, None],
            [*CHEMICALS, "危险化学品", "龙滩子街道", department, "规上工业", "否", "否", "否", None, None, "否", date(2022, 2, 1), None],
        )  # fmt: skip

    yield _sent(1, 20, listed(None, "否", None))
    yield _sent(7, 15, listed("二级", "是", "经发局"))
    complete = [*GAS, None, "是", "是", "是", "是", date(2022, 3, 15), None]
    yield _sent(
        4, 4, frontline("2022-03", "longtanzi", complete, [*CHEMICALS, None, "否", "是", "否", "否", None, None])
    )
    yield _sent(7, 4, frontline("2022-06", "longtanzi", [*CHEMICALS, None, *["是"] * 4, date(2022, 6, 20), None]))


def _inspected(serial: int, month: int, day: int, of: list[str], sector: str, found: int, *rest: Any) -> list[Any]:
    """A row of 执法检查台账 of 龙滩子街道 or 通桥街道; ``rest``: 整改期限, 复查日期, 复查结论."""
    due, looked_at, said = rest or (None, None, None)
    period = f"2022-{month:02d}"
    return [
        serial, date(2022, month, day), *of, sector, "龙滩子街道", "日常检查", "张伟、李娜", number(serial, period), found, 0, due,
        found if said else 0, "否", None, None, None, looked_at, said, None,
    ]  # fmt: skip


def _inspections() -> Iterator[Event]:
    """March of 龙滩子街道, whose case is told as closed in July; May without inspections or findings until then; and last year's sums."""

    def filed(period: str, unit: str, *rows: list[Any]) -> Book:
        book = enforcement(period, unit)
        header = book.sheets["执法检查台账"][0]
        return Book({"执法检查台账": [header, *rows]}, book.meta)

    def march(*looked_at: Any) -> Book:
        case = _inspected(1, 3, 12, GAS, "城镇燃气", 2, date(2022, 3, 18), *(looked_at or (None, None)))
        return filed("2022-03", "longtanzi", case, _inspected(2, 3, 20, CHEMICALS, "危险化学品", 0))

    def may(found: int) -> Book:
        due = date(2022, 5, 20) if found else None
        first = _inspected(1, 5, 10, GAS, "城镇燃气", found, due, None, None)
        rest = [_inspected(one, 5, 10 + one, GAS, "城镇燃气", 0) for one in range(2, 6)]
        return filed("2022-05", "tongqiao", first, *rest)

    yield _sent(1, 20, baseline(2021, ["龙滩子街道", "3月", 2, 1, 1, 0, 0, 0], ["龙滩子街道", "5月", 4, 1, 1, 0, 0, 0]))
    yield _sent(4, 4, march())
    yield _sent(6, 4, filed("2022-05", "shuanglu"), may(0))
    yield _sent(7, 20, march(date(2022, 3, 27), "合格"), may(1))
    yield _sent(7, 20, filed("2022-05", "shuanglu", _inspected(9, 5, 9, GAS, "城镇燃气", 0)))
    yield Event(date(2022, 4, 6), lambda settings, _folder: _publish(settings, "ranking", "2022-03"))
    yield Event(date(2022, 6, 7), lambda settings, _folder: _publish(settings, "ranking", "2022-04"))


def _publish(settings: Settings, report: str, period: str) -> None:
    freeze(settings, report, parse_period(period), None, reason="", mistake=False)


def _ledgers() -> Iterator[Event]:
    """Hazards, supervision, tip-offs, warnings and disasters."""
    hazard = ["隐1", date(2022, 1, 5), *GAS, "道路交通", "龙滩子街道", "护栏缺失", "重大"]
    yield _sent(2, 3, hazards("2022-01", "longtanzi", [*hazard, None, date(2022, 2, 20), None, None, None]))
    yield _sent(
        5, 3, hazards("2022-04", "longtanzi", [*hazard, "部门级", date(2022, 2, 20), None, date(2022, 4, 15), None])
    )

    first = ["督1", date(2022, 3, 10), "明查暗访", "龙滩子街道", "未闭环", date(2022, 3, 20)]
    second = ["督2", date(2022, 3, 12), "交叉督查", "双路街道", "脱岗", None, None, "否", None, None]
    third = [
        "督3",
        date(2022, 4, 8),
        "督办交办",
        "经发局",
        "未整改",
        date(2022, 4, 20),
        date(2022, 4, 21),
        "是",
        None,
        None,
    ]
    yield _sent(4, 4, supervision("2022-03", [*first, None, "否", None, None], second))
    yield _sent(5, 3, supervision("2022-04", [*first, date(2022, 3, 19), "否", None, None], third))
    more = (["督4", date(2022, 5, 10), "明查暗访"], ["督5", date(2022, 5, 11), "交叉督查"])
    yield _sent(
        6, 3, supervision("2022-05", *([*one, "邮亭镇", "未整改", None, None, "是", None, None] for one in more))
    )

    tip, sanction = ["举1", date(2022, 1, 10), "举报", "甲"], ["失1", date(2022, 1, 10), "失信惩戒", "乙"]
    yield _sent(
        3,
        3,
        tipoffs(
            "2022-02", "longtanzi", [*tip, None, "是", 500, None, None, None], [*sanction, None, "是", *[None] * 4]
        ),
    )
    yield _sent(5, 3, tipoffs(
        "2022-04", "longtanzi", [*tip, None, "是", 500, date(2022, 4, 10), date(2022, 4, 9), None],
        [*sanction, None, "是", None, None, date(2022, 4, 20), None],
        ["打1", date(2022, 4, 12), "打非", "丙", "工贸", *[None] * 5], ["打2", date(2022, 4, 13), "打非", "丁", "危险化学品", *[None] * 5],
        ["打3", date(2022, 4, 13), "打非", "戊", "电力", *[None] * 5],
    ))  # fmt: skip
    yield _sent(7, 4, tipoffs(
        "2022-06", "longtanzi", ["打4", date(2022, 6, 1), "打非", "己", "烟花爆竹", *[None] * 5],
        *([f"举{one}", date(2022, 6, 5), "举报", "庚", *[None] * 6] for one in (2, 3, 4)),
    ))  # fmt: skip

    def january(answered: str, helped: int) -> Book:
        steps = {"叫应时间": "2022-01-15 10:05", "应答时间": answered, "反馈时间": "2022-01-15 12:00", "熔断措施": "停"}
        return disasters(
            "2022-01",
            "longtanzi",
            disaster("警1", "2022-01-15 20:00", "2022-01-15 10:00", 需救助人数=10, 已保障人数=helped, **steps),
        )

    called = {"叫应时间": "2022-04-10 09:05", "应答时间": "2022-04-10 09:20", "熔断措施": "撤、疏"}
    mass = disaster("灾1", "2022-04-12 03:00", 类型="滑坡", 死亡人数=2, 失踪人数=1, 责任事件="是")
    yield _sent(2, 3, january("2022-01-15 10:50", 4))
    yield _sent(5, 3, disasters("2022-04", "longtanzi", disaster("警2", None, "2022-04-10 09:00", **called), mass))
    fed_back = {**called, "反馈时间": "2022-05-02 08:00"}
    yield _sent(6, 3, disasters("2022-05", "longtanzi", disaster("警2", None, "2022-04-10 09:00", **fed_back)))
    yield _sent(7, 20, january("2022-01-15 10:20", 10))


def _accidents() -> Iterator[Event]:
    """Two dead one by one in the first quarter, three at once in the second: above the zone's cap, and grounds for two vetoes."""
    followed = {
        "调查报告日期": date(2022, 4, 1),
        "一案双查": "是",
        "追责人数": 2,
        "挂牌督办日期": date(2022, 3, 1),
        "结案日期": date(2022, 4, 2),
    }
    second = accident("事2", date(2022, 2, 10), **followed)
    then = {"调查报告日期": date(2022, 3, 10), "一案双查": "是", "追责人数": 1, "挂牌督办日期": date(2022, 5, 5)}
    then |= {"移送司法日期": date(2022, 5, 6), "结案日期": date(2022, 5, 7)}
    more = {"引发稳定问题": "是", "事故单位": "重庆创兴永商贸有限公司"}
    grave = accident("事3", date(2022, 5, 20), 3, **more)
    more |= {
        "调查报告日期": date(2022, 7, 18),
        "一案双查": "是",
        "追责人数": 3,
        "挂牌督办日期": date(2022, 6, 1),
        "结案日期": date(2022, 12, 1),
    }
    last = accident("事3", date(2022, 5, 20), 3, **more)
    yield _sent(1, 20, _targets())
    yield _sent(4, 4, accidents("2022-03", accident("事1", date(2022, 1, 10)), second))
    yield _sent(6, 3, accidents("2022-05", accident("事1", date(2022, 1, 10), **then), second, grave))
    yield _sent(12, 20, accidents("2022-11", accident("事1", date(2022, 1, 10), **then), second, last))
    for day, unit, confirmed in ((date(2022, 6, 20), "longtanzi", False), (date(2022, 7, 10), "economy", True)):
        yield Event(day, lambda settings, _folder, unit=unit, confirmed=confirmed: _decide(settings, unit, confirmed))


def _targets() -> Book:
    """The zone's cap of three, and no plan of nothing for anybody."""
    book = targets().put({"C2": 3})
    return Book({name: rows[:2] for name, rows in book.sheets.items()}, book.meta)


def _decide(settings: Settings, unit: str, confirmed: bool) -> None:
    taken = decide(settings, Q2, unit, confirmed=confirmed, reason="经调查核实")
    assert (taken.proposed, taken.queued) == (False, False)


def _quarters() -> Iterator[Event]:
    """What is due for the first quarter, of one unit late; its scores published; and what two towns tell of the plan's items."""
    others = [unit for unit in UNITS if unit != LATE_UNIT]
    yield _sent(4, 4, *(self_assessment(unit, "2022Q1") for unit in others), *(_nothing_told(unit) for unit in others))
    yield _sent(6, 29, self_assessment(LATE_UNIT, "2022Q1"), _nothing_told(LATE_UNIT))
    yield Event(date(2022, 6, 29), lambda settings, _folder: _publish(settings, "scores", "2022Q1"))
    yield Event(date(2022, 7, 3), lambda settings, _folder: _spoken(settings, date(2022, 7, 2)))
    aspects = ("机构设置", "职能职责", "人员配备", "设施装备", "执法检查", "监管监控", "工作制度", "救援队伍")
    for unit, day in (("longtanzi", 10), ("shuanglu", 12)):
        rows = [["12.1", aspect, 1, 1, None, date(2022, 6, day), "已验收", None, None] for aspect in aspects]
        team = ["16.1", None, 1, 1, None, date(2022, 6, day), "已批复", None, None]
        yield _sent(7, 4, tasks("2022Q2", unit, *rows, team))
    for unit in ("tongqiao", "youting"):
        yield _sent(10, 4, tasks("2022Q3", unit, ["16.1", None, 1, 1, None, date(2022, 9, 1), "已批复", None, None]))


def _spoken(settings: Settings, held_on: date) -> None:
    """All that had to spoke last on a day, as the office records it the day after: every unit, and the enterprise of two accidents."""
    desk = Desk.of(settings, OFFICE_ACCOUNT, datetime(2022, 7, 3, 2, tzinfo=UTC))
    for units, enterprise in (*(((unit,), "") for unit in UNITS), ((), GAS[0])):
        add_event(
            desk, EventContent("speech", held_on, "末位发言", units=units, quarter=Q1, enterprise=enterprise), held_on
        )


def _nothing_told(unit: str) -> Book:
    return tasks("2022Q1", unit).only_headers()
