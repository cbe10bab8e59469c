"""Major hazards that a later ledger told of as ordinary: listed by themselves, with both cells, for as long as they stay ordinary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.people.scope import Role
from etl.loading.load import Loader
from tests.integration.day_page import shown
from tests.integration.ledgers import RECEIVED, Book, send
from tests.integration.papers import hazards
from tests.integration.several_units import installed
from tests.integration.sites import Site, made

SHEET = "重大隐患台账"
HEADING = "由重大改为一般"
JULY, AUGUST = (datetime.fromisoformat(f"2022-0{n}-04T10:00:00+08:00") for n in (7, 8))


def row(
    number: str, grade: str, enterprise: str = "重庆华泰永再生资源有限公司", unit_has: str = "消防通道堵塞"
) -> list[Any]:
    """A hazard found in May and open."""
    return [number, date(2022, 5, 12), enterprise, None, "消防", None, unit_has, grade, None, date(2022, 5, 28), None, None, None]  # fmt: skip


BOOKS: tuple[tuple[Book, datetime], ...] = (
    (hazards("2022-05", "longtanzi", row("甲1", "重大"), row("甲2", "重大"), row("甲3", "一般"), row("甲4", "重大"), row("甲5", "重大")), RECEIVED),
    (hazards("2022-05", "tongqiao", row("甲1", "一般", "通桥某厂"), row("乙9", "重大", "通桥独有厂", "通桥自己写的")), RECEIVED),
    (hazards("2022-06", "longtanzi", row("甲6", "一般"), row("甲1", "一般"), row("甲2", "一般"), row("甲3", "重大")), JULY),
    (hazards("2022-06", "tongqiao", row("乙9", "一般", "通桥独有厂", "通桥自己写的")), JULY),
    (hazards("2022-07", "longtanzi", row("甲2", "重大"), row("甲1", "一般"), row("甲3", "一般")), AUGUST),
)  # fmt: skip
"""甲1 and 乙9 lowered in June, 甲2 lowered and raised again, 甲3 raised and lowered in July, 甲4 and 甲5 major all the time."""


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The ledgers on the web."""
    folder = tmp_path_factory.mktemp("lowered")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        with Loader(settings) as loader:
            for place, (book, at) in enumerate(BOOKS):
                assert send(loader, book, folder, at=at, name=f"{place}.xlsx").status == "accepted"
        yield made(settings, patch)


def listed(site: Site, search: str = "", role: Role = Role.OFFICE) -> list[list[str]]:
    """The rows of the file of them; without its head and what it says of itself."""
    answer = site.signed_in(role).get(f"/export/hazards-lowered.csv?day=2022-09-30{search}")
    assert answer.status_code == 200
    lines = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    return [
        line for line in lines[1:] if len(line) > 4 and line[0] in {"甲1", "甲2", "甲3", "甲4", "甲5", "乙9", "甲6"}
    ]


def test_each_is_listed_with_both_cells_until_it_is_major_again(site: Site) -> None:
    """Which ledger told of it as major and which as ordinary, when each came, and the cell of each; raised again it is none of them."""
    found = {line[0]: line for line in listed(site)}
    assert set(found) == {"甲1", "甲3", "乙9"}
    before, after = found["甲1"][3:5]
    for part in ("2022年5月台账，2022-06-04收到", f"{SHEET} H2"):
        assert part in before
    for part in ("2022年6月台账，2022-07-04收到", f"{SHEET} H3"):
        assert part in after
    raised, lowered = found["甲3"][3:5]
    assert "2022年6月台账" in raised
    assert f"{SHEET} H5" in raised
    assert "2022年7月台账" in lowered
    assert f"{SHEET} H4" in lowered


def test_page_lists_them_beside_the_major_ones(site: Site) -> None:
    """Whether all grades or the major ones alone are looked at; as of June there is what June's ledgers told."""
    for grade in ("", "&grade=major"):
        words = shown(site, "/hazards", f"?day=2022-09-30{grade}")
        assert words.index("重大隐患逐条") < words.index(HEADING)
        part = words[words.index(HEADING) : words.index("隐患清单")]
        assert all(number in part for number in ("甲1", "甲3", "乙9"))
        assert "甲2" not in part
    june = shown(site, "/hazards", "?day=2022-06-30")
    part = june[june.index(HEADING) : june.index("隐患清单")]
    assert "甲2" in part
    assert "甲3" not in part
    assert HEADING not in shown(site, "/hazards", "?day=2022-05-31"), "nothing was lowered by then"
    assert HEADING not in shown(site, "/hazards", "?day=2022-09-30&sector=gas")


def test_choice_of_a_unit_narrows_them(site: Site) -> None:
    """On the page and in the file."""
    assert [line[0] for line in listed(site, "&unit=tongqiao")] == ["乙9"]
    words = shown(site, "/hazards", "?day=2022-09-30&unit=tongqiao")
    part = words[words.index(HEADING) : words.index("隐患清单")]
    assert "乙9" in part
    assert "甲1" not in part


def test_unit_sees_its_own_and_others_read_no_words(site: Site) -> None:
    """An account of a unit learns nothing of another's; the committee no description and no way to the original."""
    assert {line[0] for line in listed(site, "&unit=tongqiao", Role.UNIT)} == {"甲1", "甲3"}
    words = shown(site, "/hazards", "?day=2022-09-30", Role.UNIT)
    assert HEADING in words
    assert [told for told in ("乙9", "通桥独有厂", "通桥自己写的") if told in words] == []
    assert "消防通道堵塞" in words
    theirs = shown(site, "/hazards", "?day=2022-09-30", Role.VIEWER)
    assert HEADING in theirs
    assert [told for told in ("消防通道堵塞", "通桥自己写的", "0.xlsx") if told in theirs] == []
