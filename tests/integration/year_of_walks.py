"""What the walks of the plan begin with, what they send and what they do: one year with a thing not done yet in each ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from werkzeug.test import TestResponse

from tests.integration.ledgers import Book, number, targets
from tests.integration.ledgers import ledger as enforcement
from tests.integration.page_asked import content
from tests.integration.page_elements import page_element, with_identity
from tests.integration.papers import (
    accident,
    accidents,
    baseline,
    disaster,
    disasters,
    enterprises,
    frontline,
    hazards,
    supervision,
    tasks,
    tipoffs,
)
from tests.integration.sites import Visitor
from tests.integration.test_publications_web import publish

HOST = "127.0.0.1"
TODAY = "2022-10-08"
TO_VETO = "/scores?period=2022Q2&group=town&unit=longtanzi"
GAS = ("重庆宏达机械有限公司", "91502914MA3FQEFLC0")
CHEMICALS = ("重庆华泰永再生资源有限公司", "91506914MAHTYUCA4W")
LEADERS = ("党工委书记", "管委会主任", "常务副主任", "分管安全生产副主任", "分管建设副主任")
ASPECTS = ("机构设置", "职能职责", "人员配备", "设施装备", "执法检查", "监管监控", "工作制度", "救援队伍")


def told(of: str, unit: str, *rows: tuple[str | None, float, float], on: date = date(2022, 6, 20)) -> Book:
    """重点任务进展 of the second quarter, of one item: rows of 对象, 应完成数, 已完成数."""
    return tasks(
        "2022Q2", unit, *([of, about, owed, has, None, on, "已完成", "文件", None] for about, owed, has in rows)
    )


def inspected(day: int, found: int, *rest: Any) -> list[Any]:
    """A row of 龙滩子街道's 执法检查台账 of May, of the gas enterprise; ``rest``: 整改期限, 复查日期, 复查结论."""
    due, looked_at, said = rest or (None, None, None)
    return [
        1, date(2022, 5, day), *GAS, "城镇燃气", "龙滩子街道", "日常检查", "张伟、李娜", number(1), found, 0, due, found if said else 0, "否",
        None, None, None, looked_at, said, None,
    ]  # fmt: skip


def inspections(*rows: list[Any]) -> Book:
    """龙滩子街道's ledger of May with these inspections; none: a declared zero."""
    book = enforcement().only_headers()
    book.sheets["执法检查台账"] += rows
    return book


def listed(chief: str, grade: str | None) -> Book:
    """龙滩子街道's 企业名录: a gas enterprise of high risk, one of chemicals."""
    return enterprises(
        2022,
        "longtanzi",
        [*GAS, "城镇燃气", "龙滩子街道", "经发局", "其他", "是", "是", "是", grade, None, chief, None, None],
        [*CHEMICALS, "危险化学品", "龙滩子街道", "应急局", "规上工业", "否", "否", "否", None, None, "否", None, None],
    )  # fmt: skip


def one_dead(**more: Any) -> list[Any]:
    """An accident of March."""
    return accident("事1", date(2022, 3, 6), 1, **more)


def found(level: str | None, crossed_off: date | None) -> Book:
    """龙滩子街道's 重大隐患台账 of June: a major hazard."""
    return hazards(
        "2022-06",
        "longtanzi",
        ["隐1", date(2022, 5, 6), *GAS, "城镇燃气", "龙滩子街道", "阀门泄漏", "重大", level, date(2022, 5, 31), None, crossed_off, None],
    )  # fmt: skip


def warned(answered: str | None, helped: int, *more: list[Any]) -> Book:
    """龙滩子街道's 灾害与预警台账 of June: a warning that was called through, a flood with ten people in need, and more."""
    return disasters(
        "2022-06",
        "longtanzi",
        disaster("警1", None, "2022-06-10 10:00", 叫应时间="2022-06-10 10:05", 应答时间=answered, 熔断措施="停"),
        disaster("灾1", "2022-06-11 03:00", 需救助人数=10, 已保障人数=helped),
        *more,
    )


def tipped_off(paid_on: date | None) -> Book:
    """龙滩子街道's 举报与失信惩戒 of June: a tip-off that is to be rewarded."""
    return tipoffs(
        "2022-06",
        "longtanzi",
        ["举1", date(2022, 5, 10), "举报", "甲厂", "工贸", "是", 500, paid_on, date(2022, 6, 1), None],
    )


def duty(card: str) -> Book:
    """龙滩子街道's 一线责任制台账 of June: whether the gas enterprise has its last card."""
    return frontline(
        "2022-06", "longtanzi", [*GAS, None, *["是"] * 3, card, date(2022, 6, 15) if card == "是" else None, None]
    )


def supervised(*more: list[Any]) -> Book:
    """督查台账 of June: a finding of 明查暗访, and more."""
    first = ["督1", date(2022, 6, 2), "明查暗访", "龙滩子街道", "未闭环", date(2022, 6, 20), None, "否", None, None]
    return supervision("2022-06", first, *more)


def scores_published(office: Visitor) -> TestResponse:
    """The quarter that is over."""
    return publish(office, report="scores", period="2022Q2", reason="会议定于今日")


def spoken_last(office: Visitor) -> TestResponse:
    """A town that has to speak last of it did so today, as the calendar records."""
    assert scores_published(office).status_code == 303
    speech = {
        "kind": "speech",
        "day": TODAY,
        "held_on": TODAY,
        "title": "末位发言",
        "unit-longtanzi": "on",
        "quarter": "2022Q2",
    }
    return office.post("/calendar/events", speech)


def vetoed(office: Visitor) -> TestResponse:
    """The veto that an accident of three dead proposes against its town."""
    page = page_element(content(office.client, TO_VETO, HOST))
    form = with_identity(page, "quarterly-scores-form").all("input")
    grounds = [one.properties["value"] for one in form if one.properties["name"] == "ground"]
    decision = {"period": "2022Q2", "unit": "longtanzi", "ground": grounds, "confirmed": "yes", "reason": "经调查核实"}
    return office.post("/decide/veto", decision)


BASE = (
    targets, lambda: listed("否", None), lambda: baseline(2021, ["龙滩子街道", "5月", 4, 1, 1, 0, 0, 0]), inspections,
    lambda: accidents("2022-06", one_dead()), lambda: found(None, None), lambda: warned(None, 4), lambda: tipped_off(None),
    lambda: duty("否"), supervised,
)  # fmt: skip
"""What every walk begins with: a year in which each ledger has told of something that is not done yet."""
