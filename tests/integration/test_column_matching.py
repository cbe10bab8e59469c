"""A column that is missing under its name: what is kept of the workbook so that its sender can say which header it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.schema.intake import submission
from data.settings import Settings
from data.store import reader
from etl.known import Known
from etl.load import Loader
from etl.messages import sentence
from tests.integration.ledgers import Book, ledger, send
from tests.integration.papers import accidents, baseline, review, self_assessment
from tests.integration.refusing import refused


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def kept(settings: Settings) -> dict[str, Any]:
    """What is kept of where the last workbook's tables stood."""
    with reader(settings.database_url).connect() as connection:
        statement = select(submission.c.layout).order_by(submission.c.submission.desc()).limit(1)
        layout: dict[str, Any] = connection.execute(statement).scalar_one()
        return layout


def test_refused_workbook_keeps_where_its_columns_stood(loader: Loader, tmp_path: Path) -> None:
    """Refused for a heading in doubt, it is kept which headers are unknown and which columns are missing, sheet by sheet."""
    book = ledger().put({"B1": "检察\n日期", "H1": "谁查的", "整改复查!I1": "说的"})
    (problem,) = refused(loader, book, tmp_path).errors
    assert (problem.code, problem.column, problem.cell) == ("near_header", "检查日期", "B1")
    assert all(part in sentence(problem) for part in ("检查日期", "检察 日期", "--match", "数据报送"))
    layout = kept(loader.settings)
    assert (layout["ledger"]["sheet"], layout["ledger"]["header_row"]) == ("执法检查台账", 1)
    assert layout["ledger"]["unknown"] == [["B", "检察 日期"], ["H", "谁查的"]]
    assert layout["ledger"]["missing"] == ["inspected_on", "inspectors"]
    assert layout["follow_ups"]["unknown"] == [["I", "说的"]]
    assert layout["follow_ups"]["missing"] == ["remark"]


def test_optional_column_is_not_lost_by_a_slip(loader: Loader, tmp_path: Path) -> None:
    """A header that is nearly an optional column's is asked about as well; one that is like none is left out with a word."""
    (problem,) = refused(loader, ledger().put({"T1": "备住", "H1": "检察人员"}), tmp_path).errors
    assert (problem.code, problem.column, problem.cell, problem.value) == ("near_header", "检查人员", "H1", "检察人员")
    assert kept(loader.settings)["ledger"]["missing"] == ["inspectors", "remark"]
    assert kept(loader.settings)["ledger"]["required"] == []
    outcome = send(loader, ledger().put({"T1": "备住"}), tmp_path)
    assert [(one.code, one.cell) for one in outcome.warnings] == [("unknown_column", "T1")]


@pytest.mark.parametrize(
    ("book", "cell", "slip", "title"),
    [
        (self_assessment(), "E1", "自平分数", "自评分"),
        (review(), "C1", "评审得份", "评审得分"),
        (accidents(), "B1", "发生时问", "发生时间"),
        (baseline(), "B1", "统计月分", "月份"),
    ],
)  # fmt: skip
def test_near_header_of_every_kind(
    loader: Loader, tmp_path: Path, book: Book, cell: str, slip: str, title: str
) -> None:
    """The question comes for every kind of workbook, and is told once, without missing values below it."""
    (problem,) = refused(loader, book.put({cell: slip}), tmp_path).errors
    assert (problem.code, problem.column, problem.value, problem.cell) == ("near_header", title, slip, cell)


def test_what_was_matched_by_hand_is_loaded(loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a header that the unit once matched by hand the same workbook is accepted, its rows read from that column."""
    book = ledger().put({"B1": "查的那天"})
    refused(loader, book, tmp_path)
    known = {("longtanzi", "enforcement"): {"ledger": {"查的那天": "inspected_on"}}}
    monkeypatch.setattr(Known, "headers", lambda _self, unit, kind: known.get((unit, kind), {}))
    outcome = send(loader, book, tmp_path)
    assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())
    assert kept(loader.settings)["ledger"]["columns"]["inspected_on"] == "B"


def test_two_ledgers_in_a_workbook_are_refused(loader: Loader, tmp_path: Path) -> None:
    """Two sheets with rows that are both the ledger are refused as a whole, naming both, for one would be lost in silence."""
    book = ledger()
    book.sheets = {"上半月": book.sheets["执法检查台账"], "下半月": ledger("2022-04").sheets["执法检查台账"]}
    (problem,) = refused(loader, book, tmp_path).errors
    assert problem.code == "conflict"
    assert all(part in sentence(problem) for part in ("上半月", "下半月", "执法检查台账"))
