"""The day of receipt against the period, and the days of the rows against both (CONTRACT section 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from data.store import reader
from data.zone.zone import read_zone
from etl.table.messages import sentence
from tests.integration.in_memory import Desk
from tests.integration.ledgers import Book, ledger, targets
from tests.integration.papers import accident, accidents, baseline, review, self_assessment

CHINA = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def desk(sqlite_template: Path) -> Iterator[Desk]:
    """Checks workbooks against an empty installation."""
    with reader(f"sqlite:///{sqlite_template}").connect() as connection:
        yield Desk(connection, read_zone(connection, "shuangqiao"))


def on(year: int, month: int, day: int) -> datetime:
    """Ten o'clock of a day."""
    return datetime(year, month, day, 10, tzinfo=CHINA)


def said(desk: Desk, book: Book, at: datetime) -> list[tuple[str, str | None]]:
    """Codes and cells of what is said of a workbook."""
    return [(one.code, one.cell) for one in desk.check(book, at=at).problems]


def labelled(book: Book, label: str) -> Book:
    """A workbook of a form of the office's own, with its labels above the table instead of our hidden sheet."""
    first = next(iter(book.sheets))
    unit = "应急管理局" if book.meta["unit"] == "emergency" else "龙滩子街道"
    book.sheets = {first: [["标题"], [f"填报单位：{unit}", None, label], *book.sheets[first]]}
    book.meta = {}
    return book


@pytest.mark.parametrize(
    ("book", "first"),
    [
        (ledger("2022-05"), on(2022, 5, 1)),
        (ledger("2032-05").only_headers(), on(2032, 5, 1)),
        (accidents("2022-05"), on(2022, 5, 1)),
        (self_assessment(), on(2022, 4, 1)),
        (review(), on(2022, 4, 1)),
        (targets(), on(2022, 1, 1)),
        (baseline(2021), on(2021, 1, 1)),
    ],
    ids=["enforcement", "zero", "accidents", "self_assessment", "review", "targets", "baseline"],
)
def test_period_that_has_not_begun(desk: Desk, book: Book, first: datetime) -> None:
    """Nothing can be reported of a period before its first day; that is said alone, and no cell is looked at."""
    (problem,) = desk.check(book, at=first - timedelta(days=1)).problems
    assert (problem.code, problem.parameters["rule"]) == ("out_of_period", "not_begun")
    assert str(first.date()) in sentence(problem)
    assert ("out_of_period", None) not in said(desk, book, first)


def test_period_that_has_not_begun_is_said_at_its_label(desk: Desk) -> None:
    """A label's cell is named, so that it can be marked in the workbook."""
    assert said(desk, labelled(ledger().only_headers(), "填报月份：2032年5月"), on(2022, 6, 4)) == [
        ("out_of_period", "C2")
    ]


def test_inspection_after_the_day_of_receipt(desk: Desk) -> None:
    """What lies in the month and after the day of receipt has not happened yet: refused at its cell; the day itself counts."""
    book = ledger().put({"B2": date(2022, 5, 9), "B3": date(2022, 5, 10), "B4": "2022年5月11日"})
    assert [one for one in said(desk, book, on(2022, 5, 9)) if one[0] == "out_of_period"] == [
        ("out_of_period", "B3"), ("out_of_period", "B4"),
    ]  # fmt: skip
    assert ("out_of_period", "B4") not in said(desk, book, on(2022, 5, 11))


def test_accident_after_the_day_of_receipt(desk: Desk) -> None:
    """An accident to come is none, though it lies in the year."""
    book = accidents("2022-05", accident("事1", "2022-06-05 8:00", 1))
    assert ("out_of_period", "C2") not in said(desk, book, on(2022, 6, 5))
    assert said(desk, book, on(2022, 6, 4))[0][0] == "out_of_period"


@pytest.mark.parametrize(
    ("book", "label", "parts"),
    [
        (ledger("2022-05"), "填报月份：2021年5月", ("检查日期", "2022-05", "2021-05", "C2", "都在")),
        (accidents("2022-05"), "填报月份：2021年5月", ("发生时间", "2022", "2021-05", "C2", "都在")),
        (baseline(2021, ["龙滩子街道", "2021-05", 1], ["双路街道", "2021年6月", 1]), "填报年度：2020年", ("月份", "2021", "2020", "C2", "都在")),
    ],
    ids=["enforcement", "accidents", "baseline"],
)  # fmt: skip
def test_last_years_label(desk: Desk, book: Book, label: str, parts: tuple[str, ...]) -> None:
    """Where all days lie in the same period of another year, the label is wrong, and that is said once, with its cell."""
    problems = [one for one in desk.check(labelled(book, label), at=on(2022, 6, 4)).problems if one.is_error]
    assert [one.code for one in problems] == ["out_of_period"]
    assert all(part in sentence(problems[0]) for part in parts), sentence(problems[0])


@pytest.mark.parametrize(
    "days",
    [
        {"B2": date(2022, 5, 3), "B3": date(2021, 5, 4), "B4": date(2022, 5, 5)},
        {"B2": date(2022, 6, 3), "B3": date(2022, 6, 4), "B4": date(2022, 6, 4)},
        {"B2": date(2020, 5, 3), "B3": date(2022, 5, 4), "B4": date(2022, 5, 5)},
    ],
    ids=["one-right", "next-month", "two-years"],
)
def test_days_that_are_no_labels_fault(desk: Desk, days: dict[str, Any]) -> None:
    """Days of several years, or of another month, are said cell by cell."""
    book = labelled(ledger().put(days), "填报月份：2021年5月")
    assert all(
        cell and cell.startswith("B") for code, cell in said(desk, book, on(2022, 6, 4)) if code == "out_of_period"
    )


def test_last_year_chosen_when_sending(desk: Desk) -> None:
    """Without a label the choice is named."""
    book = ledger("2022-05")
    book.meta["period"] = "2021-05"
    (problem,) = [one for one in desk.check(book, at=on(2022, 6, 4)).problems if one.code == "out_of_period"]
    assert all(part in sentence(problem) for part in ("2022-05", "2021-05", "报送时的报送期"))


@pytest.mark.parametrize(("at", "warned"), [(on(2023, 5, 31), False), (on(2023, 6, 1), True), (on(2022, 6, 4), False)])
def test_old_period(desk: Desk, at: datetime, warned: bool) -> None:
    """A workbook more than a year after its period's end is accepted with a word on it."""
    assert (("old_period", None) in said(desk, ledger(), at)) == warned


@pytest.mark.parametrize(
    ("book", "last"),
    [
        (ledger("2022-05"), on(2022, 5, 31)),
        (self_assessment(), on(2022, 6, 30)),
        (accidents("2022-05"), on(2022, 5, 31)),
    ],
    ids=["enforcement", "self_assessment", "accidents"],
)
def test_early_zero(desk: Desk, book: Book, last: datetime) -> None:
    """A report of nothing before the period is over is accepted with a word on it; one with rows is not spoken of."""
    zero = book.only_headers()
    assert ("early_zero", None) in said(desk, zero, last - timedelta(days=10))
    assert ("early_zero", None) in said(desk, zero, last)
    assert ("early_zero", None) not in said(desk, zero, last + timedelta(days=1))


def test_sums_in_another_layout_are_compared(desk: Desk) -> None:
    """汇总 with its sums across, or in other words, is held against the rows; what is not understood is said."""
    right = ledger()
    figures = {row[0]: row[1] for row in right.sheets["汇总"][1:]}
    right.sheets["汇总"] = [list(figures), list(figures.values())]
    assert not {code for code, _ in said(desk, right, on(2022, 6, 4))} & {"total_mismatch", "summary_not_read"}
    right.sheets["汇总"][1][0] += 1
    assert ("total_mismatch", "A2") in said(desk, right, on(2022, 6, 4))
    other = ledger()
    other.sheets["汇总"] = [["指标", "数值"], ["检查家数（家）", "9家"], ["约谈企业", 3]]
    assert set(said(desk, other, on(2022, 6, 4))) >= {
        ("total_mismatch", "B2"), ("summary_not_read", "A3"),
    }  # fmt: skip
    in_ten_thousands = ledger()
    for figure in (2, 3):
        in_ten_thousands.sheets["汇总"] = [
            ["汇总", "单位：万元"],
            ["指标", "数值"],
            ["检查家次", 3],
            ["罚款金额", figure],
        ]
        assert (("total_mismatch", "B4") in said(desk, in_ten_thousands, on(2022, 6, 4))) == (figure == 3)
    nothing = ledger()
    nothing.sheets["汇总"] = [["情况"], ["甲", 1], ["乙", 2]]
    assert ("summary_not_read", None) in said(desk, nothing, on(2022, 6, 4))
