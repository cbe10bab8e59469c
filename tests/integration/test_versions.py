"""What was sent stays: duplicates, corrections, declared zeros, what was known when, and what a later month may not touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from dashboards.results import ranking, ranking_printed, submissions
from data.doctor import examine
from data.intake.archive import Archive
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import StoreError, reader, writer
from data.zone.periods import Month, parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import RECEIVED, Book, all_rows, ledger, number, send, targets

SIX_DAYS_LATER = RECEIVED + timedelta(days=6)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def accept(loader: Loader, book: Book, folder: Path, at: datetime = RECEIVED) -> int | None:
    """The version as which a workbook is accepted."""
    outcome = send(loader, book, folder, at=at)
    assert (outcome.status, outcome.errors) == ("accepted", [])
    return outcome.version


def shown(settings: Settings, month: str, **days: date) -> dict[str, dict[str, Any]]:
    """The month's ranking as it is reported: unit → its row."""
    result = fetched(
        reader(settings.database_url),
        office(settings.zone),
        ranking.fetch,
        Month.parse(month),
        fixed_today=settings.today,
        **days,
    )
    return {row["unit"]: row for group in ranking_printed.as_dict(result)["groups"] for row in group["rows"]}


def status(settings: Settings, period: str = "2022-05", unit: str = "longtanzi") -> tuple[str, int | None]:
    """What has become of a unit's ledger: its status and the version in force."""
    result = fetched(
        reader(settings.database_url),
        office(settings.zone),
        submissions.fetch,
        parse_period(period),
        fixed_today=settings.today,
    )
    return next(
        (row["status"], row["version"])
        for row in submissions.as_dict(result)["rows"]
        if (row["unit"], row["kind"]) == (unit, "enforcement")
    )


# The same again, and corrected


def test_same_bytes_again_change_nothing(loader: Loader, tmp_path: Path) -> None:
    """The same bytes again, under another name and later, are a duplicate; not one row of the database is different."""
    path = ledger().write(tmp_path / "五月.xlsx")
    assert send(loader, path, tmp_path).status == "accepted"
    before = all_rows(loader.settings)
    copy = path.rename(tmp_path / "五月再报.xlsx")
    outcome = send(loader, copy, tmp_path, at=SIX_DAYS_LATER)
    assert (outcome.status, outcome.unit, outcome.period, outcome.version, outcome.rows) == (
        "duplicate",
        "longtanzi",
        "2022-05",
        1,
        4,
    )
    assert outcome.in_force == 1
    assert all_rows(loader.settings) == before
    assert examine(loader.settings) == ([], [])


def test_same_bytes_for_another_unit_are_no_duplicate(loader: Loader, tmp_path: Path) -> None:
    """The same bytes for another unit are its own submission, as far as they may be."""
    path = Book(ledger().sheets).write(tmp_path / "五月.xlsx")
    outcomes = [
        send(loader, path, tmp_path, choice=Choice(None, unit, "2022-05"))
        for unit in ("longtanzi", "shuanglu", "longtanzi")
    ]
    assert [(one.status, one.version) for one in outcomes] == [("accepted", 1), ("accepted", 1), ("duplicate", 1)]


def test_corrected_workbook_replaces_the_rows(loader: Loader, tmp_path: Path) -> None:
    """A corrected ledger is the next version: figures come from its rows; the rows, bytes and receipt of the one before stay."""
    assert accept(loader, ledger(), tmp_path) == 1
    before, first = all_rows(loader.settings), (tmp_path / "台账.xlsx").read_bytes()
    corrected = ledger()
    del corrected.sheets["执法检查台账"][3], corrected.sheets["汇总"]
    assert accept(loader, corrected, tmp_path, SIX_DAYS_LATER) == 2
    after = all_rows(loader.settings)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["inspections"] == 2
    for name in ("inspection", "reinspection", "submission", "audit"):
        assert after[name][: len(before[name])] == before[name]
    assert [len(after["inspection"]), len(after["submission"])] == [5, 2]
    assert first in [file.read_bytes() for file in Archive(loader.settings.archive_dir).folder.rglob("originals/*/*")]
    assert status(loader.settings) == ("on_time", 2)


def test_refused_correction_leaves_the_version_in_force(loader: Loader, tmp_path: Path) -> None:
    """A correction that is refused changes no figure; what was accepted stays accepted, and the next good one is version 2."""
    accept(loader, ledger(), tmp_path)
    before = shown(loader.settings, "2022-05")
    assert send(loader, ledger().put({"B2": "下周"}), tmp_path).status == "rejected"
    assert (shown(loader.settings, "2022-05"), status(loader.settings)) == (before, ("on_time", 1))
    assert accept(loader, ledger().put({"T2": "更正"}), tmp_path) == 2


def test_corrected_targets_change_the_plan(loader: Loader, tmp_path: Path) -> None:
    """A corrected plan is the plan: completion follows it."""
    accept(loader, ledger(), tmp_path)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["completion"] is None
    accept(loader, targets(), tmp_path)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["completion"] == 0.75
    accept(loader, targets().put({"检查计划!F2": 6}), tmp_path)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["completion"] == 0.5


# What was known when


def test_known_by_shows_the_earlier_state(loader: Loader, tmp_path: Path) -> None:
    """As known by a day a report sees what had been received by its end: nothing yet, the first version, the second."""
    accept(loader, ledger(), tmp_path, RECEIVED)
    accept(
        loader, ledger().put({"J4": 1, "L4": date(2022, 5, 30), "汇总!B3": 3, "汇总!B4": 6}), tmp_path, SIX_DAYS_LATER
    )
    known = {day: shown(loader.settings, "2022-05", known_by=date(2022, 6, day))["longtanzi"] for day in (3, 4, 9, 10)}
    assert {day: row["indicators"] and row["indicators"]["hazards"] for day, row in known.items()} == {
        3: None,
        4: 5,
        9: 5,
        10: 6,
    }
    assert known[3]["flags"] == ["awaited"]
    assert known[10]["indicators"] == shown(loader.settings, "2022-05")["longtanzi"]["indicators"]


def test_missing_ledger_is_awaited_until_its_deadline(loader: Loader) -> None:
    """Without a ledger a unit is awaited to the end of the 5th, and has not reported from the 6th."""
    flags = [shown(loader.settings, "2022-05", known_by=date(2022, 6, day))["longtanzi"]["flags"] for day in (5, 6)]
    assert flags == [["awaited"], ["not_reported"]]


@pytest.mark.parametrize(
    ("received", "timeliness"),
    [
        ("2022-06-05T23:59:59+08:00", 1),
        ("2022-06-06T00:00:00+08:00", 0.5),
        ("2022-06-10T23:59:59+08:00", 0.5),
        ("2022-06-11T00:00:00+08:00", 0),
    ],
)
def test_deadline_is_a_zone_day(loader: Loader, tmp_path: Path, received: str, timeliness: float) -> None:
    """In time is up to the end of the 5th in the zone, half up to five days later, nothing after."""
    accept(loader, ledger(), tmp_path, datetime.fromisoformat(received))
    row = shown(loader.settings, "2022-05")["longtanzi"]
    assert (row["indicators"]["timeliness"], "late" in row["flags"]) == (timeliness, timeliness < 1)
    assert status(loader.settings) == ("on_time" if timeliness == 1 else "late", 1)


# Zeros


def test_declared_zero(loader: Loader, tmp_path: Path) -> None:
    """A ledger without rows is a report: 零执法 where inspections were planned, nothing planned where none were."""
    accept(loader, targets(), tmp_path)
    for unit in ("longtanzi", "shuanglu"):
        assert accept(loader, ledger(unit=unit).only_headers(), tmp_path) == 1
    rows = shown(loader.settings, "2022-05")
    assert (
        "zero_enforcement" in rows["longtanzi"]["flags"],
        rows["longtanzi"]["score"],
        rows["longtanzi"]["rank"],
    ) == (True, 0, 1)
    assert ("nothing_planned" in rows["shuanglu"]["flags"], rows["shuanglu"]["score"], rows["shuanglu"]["rank"]) == (
        True,
        None,
        None,
    )


@pytest.mark.parametrize("filled", ["rows", "second looks"])
def test_zero_that_is_filled_later_counts_from_then(loader: Loader, tmp_path: Path, filled: str) -> None:
    """Who declares zero in time and fills it later is as late as the filling, with rows of either sheet; a correction of rows is not."""
    accept(loader, ledger("2022-04"), tmp_path, RECEIVED - timedelta(days=31))
    accept(loader, ledger().only_headers(), tmp_path, RECEIVED)
    later = ledger()
    if filled == "second looks":
        del later.sheets["执法检查台账"][1:], later.sheets["汇总"]
        later.put({"整改复查!A2": number(1, "2022-04"), "整改复查!D2": 2})
    assert accept(loader, later, tmp_path, SIX_DAYS_LATER) == 2
    row = shown(loader.settings, "2022-05")["longtanzi"]
    assert (row["indicators"]["timeliness"], row["flags"][0], row["flags"][-1]) == (0.5, "late", "zero_then_filled")
    accept(loader, ledger("2022-04").put({"T2": "更正"}), tmp_path, SIX_DAYS_LATER)
    assert "zero_then_filled" not in shown(loader.settings, "2022-04")["longtanzi"]["flags"]


# Months


def test_later_month_changes_nothing_of_an_earlier_one(loader: Loader, tmp_path: Path) -> None:
    """A later ledger with news of April's cases (a failed second look, more put right, a penalty) leaves April and May as they were."""
    accept(loader, targets(), tmp_path)
    for month in ("2022-04", "2022-05"):
        accept(loader, ledger(month), tmp_path)
    before = {month: shown(loader.settings, month) for month in ("2022-03", "2022-04", "2022-05")}
    news = [number(1, "2022-04"), date(2022, 4, 18), "不合格", 1, "是", "罚〔2022〕99号", "罚款", 50000, None]
    june = ledger("2022-06")
    june.sheets["整改复查"].append(news)
    accept(loader, june, tmp_path, datetime.fromisoformat("2022-07-04T10:00:00+08:00"))
    assert {month: shown(loader.settings, month) for month in before} == before
    assert shown(loader.settings, "2022-06")["longtanzi"]["indicators"]["penalties"] == 2
    assert examine(loader.settings) == ([], [])


def test_corrected_earlier_month_changes_later_ones(loader: Loader, tmp_path: Path) -> None:
    """A corrected April whose case now falls due in May changes May's figures as well."""
    for month in ("2022-04", "2022-05"):
        accept(loader, ledger(month), tmp_path)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["due_cases"] == 2
    accept(loader, ledger("2022-04").put({"L2": date(2022, 5, 5)}), tmp_path)
    assert shown(loader.settings, "2022-05")["longtanzi"]["indicators"]["due_cases"] == 3
    assert shown(loader.settings, "2022-04")["longtanzi"]["indicators"]["due_cases"] == 1
    assert examine(loader.settings) == ([], [])


# The journal comes first


def test_receipt_is_journalled_before_any_row(loader: Loader, tmp_path: Path) -> None:
    """Where the database fails in the middle of a load nothing of it is there, but the receipt and the original are; the next load takes it up."""
    settings = loader.settings
    before = all_rows(settings)
    with writer(settings.database_url).begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_away"))
    with pytest.raises(StoreError):
        send(loader, ledger(), tmp_path, name="五月.xlsx")
    with writer(settings.database_url).begin() as connection:
        connection.execute(text("ALTER TABLE audit_away RENAME TO audit"))
    assert all_rows(settings) == before
    (entry,) = Archive(settings.archive_dir).entries()
    assert (entry.act, entry.data["file_name"]) == ("receive", "五月.xlsx")
    assert Archive(settings.archive_dir).read(entry.data["sha256"]) == (tmp_path / "五月.xlsx").read_bytes()
    findings, notes = examine(settings)
    assert (findings, len(notes)) == ([], 1)
    accept(loader, ledger("2022-04"), tmp_path)
    assert [status(settings, month) for month in ("2022-04", "2022-05")] == [("late", 1), ("on_time", 1)]
    assert examine(settings) == ([], [])
