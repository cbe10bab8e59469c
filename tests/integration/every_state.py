"""An installation in which units stand in every state that a form has words for, with figures that are rounded in print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.intake.inbox import Choice
from data.settings import Settings
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger, number, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment, tasks

IN_TIME, LATE, AFTERWARDS, OF_THE_QUARTER = (
    datetime.fromisoformat(f"2022-{day}T10:00:00+08:00") for day in ("06-04", "06-08", "06-20", "07-04")
)
CORRECTED = Choice(note="补录复查结果")
ALL_PUT_RIGHT = {"整改复查!C2": "不合格", "整改复查!D2": 2}
UNPUNISHED = {"M2": 1, "N3": "否", "O3": None, "P3": None, "Q3": None}
REFUSED = "economy"
SHARED = {"E2": "建设施工", "E3": "建设施工"}
"""Cases of another sector than the rest."""


def _many(unit: str, problems: int, period: str = "2022-05") -> Book:
    """Sixteen inspections: of every sixteenth a share ends on a 5 that is rounded up."""
    book = ledger(period, unit)
    del book.sheets["汇总"]
    head, first, _second, plain = book.sheets["执法检查台账"]
    numbered = [[place, *plain[1:8], number(place, period, unit), *plain[9:]] for place in range(1, 17)]
    found = [[*first[:8], number(place, period, unit), *first[9:]] for place in range(1, problems + 1)]
    rows = [*found, *numbered[problems:]]
    book.sheets["执法检查台账"] = [head, *([place, *row[1:]] for place, row in enumerate(rows, 1))]
    del book.sheets["整改复查"][1:]
    return book


def _one_case(unit: str, period: str = "2022-05") -> Book:
    book = ledger(period, unit)
    del book.sheets["汇总"]
    return book


def _plans() -> Book:
    book = targets()
    book.sheets["检查计划"] += [["消防大队", *[0] * 12], ["市监局", *[16] * 12], ["交巡警", *[48] * 12]]
    book.sheets["亡人指标"] += [["建设局", None, 1], ["邮亭镇", None, 0]]
    return book


def _ledgers() -> Iterator[tuple[datetime, Book]]:
    """May of every unit but one, and what stands before it."""
    yield IN_TIME, _plans()
    yield IN_TIME.replace(month=5), ledger("2022-04")
    yield IN_TIME.replace(month=5), _one_case("tongqiao", "2022-04").put(ALL_PUT_RIGHT)
    yield (
        IN_TIME.replace(month=5),
        _one_case("construction", "2022-04").put(ALL_PUT_RIGHT),
    )  # overdue, and silent in May
    yield IN_TIME.replace(month=5), _many("fire", 3, "2022-04")  # half of its score ends on a 5 too
    yield IN_TIME, ledger()
    yield LATE, _one_case("tongqiao").put({**ALL_PUT_RIGHT, **SHARED})
    yield IN_TIME, _one_case("shuanglu").put({**UNPUNISHED, **SHARED})
    yield IN_TIME, ledger(unit="youting").only_headers()  # zero enforcement
    yield IN_TIME, ledger(unit="fire").only_headers()  # nothing planned
    yield IN_TIME, ledger(unit="transport").only_headers()
    yield LATE, _one_case("transport").put({"Q3": 12345.67})  # zero first, filled later
    yield IN_TIME, _many("market", 0)  # no problem found
    yield IN_TIME, _many("traffic_police", 5)
    yield IN_TIME, _many("social", 3)
    yield IN_TIME, ledger(unit=REFUSED).put({"B2": "下周"})  # refused
    yield IN_TIME, _one_case("manufacturing")
    yield IN_TIME, _one_case("logistics")
    yield IN_TIME, _one_case("recycling").put(ALL_PUT_RIGHT)


def _quarter() -> Iterator[tuple[datetime, Book]]:
    """Marks of units' own and of the review, a bonus that is cut, a veto, a task in time, and a unit that nobody reviewed."""
    yield OF_THE_QUARTER, self_assessment("longtanzi", mark=9)
    yield OF_THE_QUARTER, self_assessment("tongqiao", mark=7).put({"E3": 7.5, "E4": 6.25})
    yield OF_THE_QUARTER, self_assessment("market", mark=6)
    judged = review(units=("龙滩子街道", "双路街道", "市监局", "交巡警")).put(
        {"C3": 8.5, "C4": 7.25, "C14": 3, "C24": 9.5}
    )
    judged.sheets["加减分与否决"] = [
        ["单位", "加分", "扣分", "一票否决", "事由"],
        ["龙滩子", 7, 1.5, "否", "示范创建"],
        ["双路", None, 0.75, "是", "瞒报事故"],
    ]
    yield OF_THE_QUARTER, judged
    yield OF_THE_QUARTER, tasks()


def _deaths() -> Iterator[tuple[datetime, Book]]:
    """Accidents of two years: above a cap, not counted, closed, with people missing, injured, and one without a death."""
    last = [accident("旧1", date(2021, 3, 1), 2), accident("旧2", date(2021, 11, 1), 1, town="邮亭镇", department=None)]
    yield OF_THE_QUARTER, accidents("2021-12", *last)
    rows: list[list[Any]] = [
        accident("事1", date(2022, 4, 1), 3, department="经发局", 重伤人数=2, **{"直接经济损失(万元)": 80.5}),
        accident("事2", date(2022, 4, 20), 1, department="经发局", 下落不明人数=1, 结案日期=date(2022, 6, 1)),
        accident("事3", date(2022, 5, 3), 1, town="双路街道", department="建设局", 行业领域="建设施工", 重伤人数=1),
        accident("事4", date(2022, 5, 9), 0, town="通桥街道", department="交通局", 行业领域="道路交通", 重伤人数=11),
        accident("事5", date(2022, 6, 2), 1, town="邮亭镇", department=None, 行业领域="道路交通", 计入指标="否"),
    ]
    yield OF_THE_QUARTER, accidents("2022-06", *rows)


def fill(settings: Settings, folder: Path) -> None:
    """Load it all, and last a ledger that moves a score after the deadline."""
    with Loader(settings) as loader:
        for place, (at, book) in enumerate([*_ledgers(), *_quarter(), *_deaths()]):
            outcome = send(loader, book, folder, at=at, name=f"{place}.xlsx")
            assert (outcome.status == "rejected") is (book.meta["unit"] == REFUSED), (place, outcome.errors)
        corrected = ledger().put({"S2": "不合格"})
        assert send(loader, corrected, folder, choice=CORRECTED, at=AFTERWARDS, name="更正.xlsx").status == "accepted"
