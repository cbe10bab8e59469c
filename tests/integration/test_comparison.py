"""同比: the same month of another year, from the unit's ledgers, else from sums filed as 历史数据, else not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import ranking, ranking_printed
from dashboards.results.ranking import Compared, Ranking
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import Book, ledger, send

MAY = Month(2022, 5)
HEADER = ["单位", "月份", "检查家次", "查出问题家次", "隐患数", "重大隐患数", "行政处罚", "罚款金额(元)"]


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def baseline(year: int, *rows: list[Any]) -> Book:
    """Sums of a past year, as the office files them."""
    meta = {"kind": "baseline", "unit": "emergency", "period": str(year), "template": "1"}
    return Book({"历史数据": [HEADER, *rows]}, meta)


def accept(loader: Loader, folder: Path, *books: Book) -> None:
    for book in books:
        outcome = send(loader, book, folder)
        assert (outcome.status, outcome.errors) == ("accepted", [])


def month(settings: Settings, which: Month = MAY, *, compare_with: int | None = None) -> Ranking:
    return fetched(
        reader(settings.database_url), office(settings.zone), ranking.fetch, which, fixed_today=settings.today,
        compare_with=compare_with,
    )  # fmt: skip


def of_unit(result: Ranking, unit: str = "longtanzi") -> Compared | None:
    return next(row.year_before for group in result.groups for row in group.rows if row.unit.code == unit)


def test_ledgers_of_last_year_win_over_sums(loader: Loader, tmp_path: Path) -> None:
    """Where the unit's ledger of last year's month is there, its counts are compared with, whatever the sums say."""
    sums = ["龙滩子街道办事处", "2021年5月", 99, 88, 77, 6, 55, 44000]
    accept(loader, tmp_path, ledger("2021-05"), baseline(2021, sums), ledger())
    assert of_unit(month(loader.settings)) == Compared(Month(2021, 5), False, 3, 2, 1)


def test_sums_stand_in_where_there_is_no_ledger(loader: Loader, tmp_path: Path) -> None:
    """Without last year's ledger the sums that the office filed are compared with, and the result says so."""
    accept(loader, tmp_path, baseline(2021, ["龙滩子街道办事处", "2021年5月", 20, 9, 30, 1, 4, 8000]), ledger())
    assert of_unit(month(loader.settings)) == Compared(Month(2021, 5), True, 20, 9, 4)
    assert of_unit(month(loader.settings, Month(2022, 6))) is None


def test_a_unit_of_which_nothing_is_known_is_not_compared(loader: Loader, tmp_path: Path) -> None:
    """Neither a ledger nor sums of the unit's own month: nothing to compare with, which is not a month of zeros."""
    rows = (["双路街道", "2021年5月", 20, 9, 30, 1, 4, 8000], ["龙滩子街道办事处", "2021年4月", 5, 4, 3, 2, 1, 0])
    accept(loader, tmp_path, baseline(2021, *rows), ledger(), ledger(unit="shuanglu"))
    result = month(loader.settings)
    assert of_unit(result) is None
    assert of_unit(result, "shuanglu") == Compared(Month(2021, 5), True, 20, 9, 4)


def test_a_declared_zero_of_last_year_is_a_month_of_zeros(loader: Loader, tmp_path: Path) -> None:
    """A unit that filed a ledger without rows is compared with 0, not with the office's sums."""
    sums = baseline(2021, ["龙滩子街道办事处", "2021年5月", 20, 9, 30, 1, 4, 8000])
    accept(loader, tmp_path, ledger("2021-05").only_headers(), sums, ledger())
    assert of_unit(month(loader.settings)) == Compared(Month(2021, 5), False, 0, 0, 0)


def test_another_year_can_be_chosen(loader: Loader, tmp_path: Path) -> None:
    """The year of comparison is last year unless another is asked for; those on offer are the years of which the month is known."""
    books = [baseline(year, ["龙滩子街道办事处", f"{year}年5月", year - 2000, 9, 30, 1, 4, 0]) for year in (2019, 2020)]
    accept(loader, tmp_path, *books, baseline(2018, ["龙滩子街道办事处", "2018年6月", 1, 1, 1, 0, 0, 0]), ledger())
    unasked, asked = month(loader.settings), month(loader.settings, compare_with=2019)
    assert (unasked.compared_year, of_unit(unasked)) == (2021, None)
    assert (asked.compared_year, of_unit(asked)) == (2019, Compared(Month(2019, 5), True, 19, 9, 4))
    assert unasked.comparable_years == asked.comparable_years == (2021, 2020, 2019)
    assert ranking_printed.as_dict(unasked) == ranking_printed.as_dict(asked)


def test_a_count_that_the_sums_leave_blank_stays_unknown(loader: Loader, tmp_path: Path) -> None:
    """A blank cell of the sums is no 0: the count is not known, the others are."""
    accept(loader, tmp_path, baseline(2021, ["龙滩子街道办事处", "2021年5月", 20, None, None, None, 4, None]), ledger())
    assert of_unit(month(loader.settings)) == Compared(Month(2021, 5), True, 20, None, 4)


def test_corrected_sums_replace_the_earlier(loader: Loader, tmp_path: Path) -> None:
    """A second table of the same year is the one that counts; a row that it no longer has is gone."""
    first = baseline(
        2021, ["龙滩子街道办事处", "2021年5月", 20, 9, 30, 1, 4, 0], ["双路街道", "2021年5月", 8, 7, 6, 0, 1, 0]
    )
    accept(loader, tmp_path, first, baseline(2021, ["龙滩子街道办事处", "2021年5月", 21, 9, 30, 1, 4, 0]), ledger())
    result = month(loader.settings)
    assert of_unit(result) == Compared(Month(2021, 5), True, 21, 9, 4)
    assert of_unit(result, "shuanglu") is None
