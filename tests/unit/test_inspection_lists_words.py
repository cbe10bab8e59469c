"""检查建议 in sentences: one reason an enterprise, that blames nobody, and a main message that counts each enterprise once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

import pytest

from dashboards.components import list_words
from dashboards.components.asked_period import AskedPeriod
from dashboards.method.list_judged import Worth
from dashboards.pages.inspection_lists import message, phrases
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.lists_of_month import ListsOfMonth, OnList
from data.zone.periods import Month
from data.zone.schemes import EnterprisesScheme, shipped
from data.zone.zone import Zone

SCHEME = next(one for _text, one in shipped() if isinstance(one, EnterprisesScheme)).next_inspections
UNITS = tuple(SimpleNamespace(code=code, name=f"{code}单位", short_name=code) for code in ("甲", "乙", "丙"))
ZONE = cast("Zone", SimpleNamespace(units=UNITS, unit_by_code={one.code: one for one in UNITS}))
JUNE = Month(2022, 6)


def on_list(code: str = "A", **changes: Any) -> OnList:
    """An enterprise that was inspected four times, last a year before the list."""
    usual: dict[str, Any] = {
        "place": 1, "credit_code": code, "name": f"{code}公司", "sector": "industry_trade", "ground": "likely", "since": None,
        "inspections": 4, "found": 2, "mean": 0.4643, "low": 0.3, "high": 0.628, "last_on": date(2021, 5, 31),
        "week": date(2022, 5, 30), "together_with": (),
    }  # fmt: skip
    return OnList(**(usual | changes))


def of(lists: dict[str, tuple[OnList, ...]] | None = None, **changes: Any) -> ListsOfMonth:
    """June's lists, not issued."""
    usual: dict[str, Any] = {
        "zone": ZONE, "month": JUNE, "as_of": date(2022, 5, 31), "today": date(2022, 6, 2), "scheme": SCHEME, "standing": "open",
        "any_register": True, "lists": lists or {}, "sha256": "", "issue": None,
    }  # fmt: skip
    return ListsOfMonth(**(usual | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ground": "overdue_major", "since": date(2022, 5, 20)}, "重大隐患逾期未销号，期限5月20日"),
        ({"ground": "overdue_major", "since": date(2021, 12, 20)}, "重大隐患逾期未销号，期限2021年12月20日"),
        ({"ground": "reinspection_due", "since": date(2022, 6, 10)}, "应于6月10日前复查"),
        ({"ground": "reinspection_due", "since": date(2022, 5, 3)}, "复查逾期，原应于5月3日前复查"),
        ({"ground": "high_risk_never", "last_on": None}, "高危企业，从未检查"),
        ({}, "近24个月检查4次、查出问题2次，再查预计可能查出问题46%（80%区间30%–63%），已365天未检查"),
        ({"inspections": 0, "found": 0, "last_on": date(2019, 5, 31)}, "近24个月没有检查，再查预计可能查出问题46%（80%区间30%–63%），已1,096天未检查"),
        ({"inspections": 0, "found": 0, "last_on": None}, "从未检查，再查预计可能查出问题46%（80%区间30%–63%）"),
    ],
)  # fmt: skip
def test_why_in_one_sentence(changes: dict[str, Any], said: str) -> None:
    """By the ground, with its day; what is expected is said to be possible, and with its interval."""
    assert phrases.why(on_list(**changes), of()) == said


def test_main_message_counts_each_enterprise_once() -> None:
    """On several lists an enterprise is one; grounds that nobody stands for are not named; a draft says so, and what is past too."""
    grave = on_list("A", ground="overdue_major", since=date(2022, 5, 20), together_with=("乙",))
    new = on_list("B", ground="high_risk_never", last_on=None, week=date(2022, 6, 6))
    found = of({"甲": (grave, new), "乙": (grave,), "丙": ()})
    seen = ListsSeen(AskedPeriod(JUNE), UNITS[0], found)  # type: ignore[arg-type]  # a unit as far as it is read here
    said = message.main_message(seen, found, None)
    assert said == (
        "2022年6月：2家单位有建议清单，共2家企业，其中重大隐患逾期未销号1家、高危从未检查1家。"
        "尚未印发：这是截至2022年5月31日的草稿，还可能变动。"
    )
    assert message.main_message(seen, of({"甲": (new,)}), "甲").startswith(
        "甲单位2022年6月建议检查企业1家，其中高危从未检查1家。"
    )
    assert message.main_message(seen, of({"甲": (on_list(),)}), None).startswith(
        "2022年6月：1家单位有建议清单，共1家企业。"
    )
    assert "不能再印发" in message.state(of(standing="past"))
    assert "没有名录" in message.nothing(of(any_register=False))
    assert [(joint.one.credit_code, joint.units) for joint in found.joint] == [("A", ("甲", "乙"))]


def test_who_was_there_lately_goes_along_without_a_list_of_its_own() -> None:
    """A joint inspection names them in the zone's order; the week decides which comes first, then how many go."""
    late = on_list("C", week=date(2022, 6, 13), together_with=("丙",))
    two, three = on_list("A", together_with=("丙",)), on_list("B", together_with=("丙", "乙"))
    found = of({"甲": (late, two, three, on_list("D"))})
    assert [(joint.one.credit_code, joint.units) for joint in found.joint] == [
        ("B", ("甲", "乙", "丙")), ("A", ("甲", "丙")), ("C", ("甲", "丙")),
    ]  # fmt: skip


def test_numbers_of_a_judgement() -> None:
    """Days with one decimal and a true minus, shares as whole percent; a dash where there is nothing to judge by."""
    assert list_words.cells(Worth(4, 2, Fraction(-9, 4), Fraction(1, 3), Fraction(0))) == ["−2.3", "33%", "0%"]
    assert list_words.cells(Worth(1, 0, None, None, Fraction(0))) == ["—", "—", "0%"]
