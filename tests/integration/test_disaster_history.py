"""What earlier ledgers told of a warning or disaster: every row with its cell, and what each changed; the last one alone counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from data.people.scope import Role
from etl.loading.load import Loader
from tests.integration.day_page import shown
from tests.integration.ledgers import RECEIVED, Book, send
from tests.integration.papers import disaster, disasters
from tests.integration.several_units import installed
from tests.integration.sites import Site, made

HEADING = "多次填报的预警和灾害"
SHEET = "灾害与预警台账"
JULY, AUGUST = (datetime.fromisoformat(f"2022-0{n}-04T10:00:00+08:00") for n in (7, 8))
WARNED = "2022-05-09 22:30"
PEOPLE: dict[str, Any] = {"转移人数": 0, "死亡人数": 0, "失踪人数": 0, "需救助人数": 0, "已保障人数": 0}


def row(number: str, happened: str | None = None, warned: str | None = WARNED, **told: Any) -> list[Any]:
    """A warning, a disaster, or both."""
    return disaster(number, happened, warned, **{**PEOPLE, **told})


BOOKS: tuple[tuple[Book, datetime], ...] = (
    (disasters("2022-05", "longtanzi", row("灾1"), row("灾2", "2022-05-20 08:00", None, 死亡人数=1), row("灾3")), RECEIVED),
    (disasters("2022-05", "tongqiao", row("灾1", 类型="通桥独有灾", 属地="通桥街道")), RECEIVED),
    (disasters("2022-06", "longtanzi", row("灾4", None, "2022-06-01 07:00"), row("灾1", 叫应时间="2022-05-09 22:40", 应答时间="2022-05-09 23:05"),
               row("灾2", "2022-05-20 08:00", None, 死亡人数=2, 责任事件="是")), JULY),
    (disasters("2022-06", "tongqiao", row("灾1", 类型="通桥独有灾", 属地="通桥街道")), JULY),
    (disasters("2022-07", "longtanzi", row("灾1", 叫应时间="2022-05-09 22:50", 应答时间="2022-05-09 23:05", 反馈时间="2022-05-10 06:00")), AUGUST),
)  # fmt: skip
"""灾1 was called, answered and fed back month by month, its call corrected; 灾2 is a disaster without a warning; 灾3 and 灾4 stand once."""


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledgers on the web."""
    folder = tmp_path_factory.mktemp("history")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        with Loader(settings) as loader:
            for place, (book, at) in enumerate(BOOKS):
                outcome = send(loader, book, folder, at=at, name=f"{place}.xlsx")
                assert outcome.status == "accepted", [one.code for one in outcome.errors]
        yield made(settings, patch)


def told(site: Site, search: str = "?day=2022-09-30", role: Role = Role.OFFICE) -> str:
    """The words of that part of the page; none where there is no such part."""
    words = shown(site, "/disasters", search, role)
    assert "统计至" in words
    assert "90%在" in words
    assert "%%" not in words
    return words[words.index(HEADING) : words.index("统计至")] if HEADING in words else ""


def in_order(text: str, *parts: str) -> bool:
    """Whether the parts stand in a text one after the other."""
    at = 0
    for one in parts:
        at = text.find(one, at)
        if at < 0:
            return False
        at += len(one)
    return True


def test_every_row_stands_with_what_it_changed_and_its_cell(site: Site) -> None:
    """Told first, filled in, corrected, told again: in the order of the ledgers; what was told once is not there."""
    words = told(site, "?day=2022-09-30&unit=longtanzi")
    assert in_order(
        words, "灾1", "台账记录3行", "2022年5月", "首次填报：预警时间2022-05-09 22:30", "2022年6月", "补填叫应时间：2022-05-09 22:40（F3）",
        "补填应答时间：2022-05-09 23:05（G3）", "2022年7月", "叫应时间由2022-05-09 22:40改为2022-05-09 22:50（F2）", "补填反馈时间：2022-05-10 06:00（H2）",
    ), words  # fmt: skip
    assert in_order(
        words, "灾2", "台账记录2行", "发生时间2022-05-20 08:00", "死亡人数由1改为2（K4）", "责任事件由否改为是（M4）"
    ), words
    assert "灾3" not in words
    assert "灾4" not in words
    assert in_order(told(site, "?day=2022-09-30&unit=tongqiao"), "灾1", "再次填报，无变化。")


def test_later_ledgers_are_not_seen_on_an_earlier_day(site: Site) -> None:
    """As of June nothing of July's; as of May nothing is told of twice."""
    june = told(site, "?day=2022-06-30&unit=longtanzi")
    assert "台账记录2行" in june
    assert "反馈时间" not in june
    assert told(site, "?day=2022-05-31") == ""


def test_choices_narrow_it(site: Site) -> None:
    """A kind of warning leaves out disasters without one; a type those of others."""
    closed = told(site, "?day=2022-09-30&state=closed")
    assert "灾1" in closed
    assert "灾2" not in closed
    assert "通桥" not in closed
    assert "龙滩子" not in told(site, "?day=2022-09-30&type=通桥独有灾")


def test_unit_sees_its_own_alone(site: Site) -> None:
    """Of another unit's thing with the same number nothing."""
    own = told(site, "?day=2022-09-30", Role.UNIT)
    assert "台账记录3行" in own
    assert [one for one in ("通桥", "通桥独有灾") if one in own] == []
    theirs = told(site, "?day=2022-09-30", Role.VIEWER)
    assert "台账记录3行" in theirs
    assert ".xlsx" not in theirs
