"""A column that is missing under its name: what is kept of the workbook so that its sender can say which header it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.doctor import examine
from data.intake.inbox import Choice
from data.schema.intake import header_match, submission
from data.settings import Settings
from data.store import reader
from etl.checking.matching import HeadingMatch
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from etl.table.known import Known
from etl.table.messages import sentence
from tests.integration.formats import WRITERS, Writer
from tests.integration.ledgers import NOTHING, RECEIVED, Book, all_rows, ledger, send
from tests.integration.papers import accidents, baseline, review, self_assessment
from tests.integration.refusing import refused
from tests.integration.test_commands import run, run_json


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


def own_heading() -> Book:
    """A ledger that calls two columns otherwise: one nearly as we do, one in words of its own."""
    return ledger().put({"H1": "检察人员", "B1": "查的那天"})


def test_said_on_the_command_line(installation: Settings, environment: dict[str, str], tmp_path: Path) -> None:
    """``check --match`` holds for this once; ``load --match`` is remembered for the unit and kind, and said once only."""
    first = own_heading().write(tmp_path / "一.xlsx")
    again = own_heading().put({"T2": "再报"}).write(tmp_path / "二.xlsx")
    others = ledger(unit="shuanglu").put({"H1": "检察人员"}).write(tmp_path / "三.xlsx")
    at = ("--received-at", "2022-06-04T10:00:00+08:00", "--json")
    say = ("--match", "检察人员=检查人员", "--match", "查的那天=检查日期")
    (told,) = run_json(environment, "etl check", first, *at, code=1)["files"]
    assert [one["code"] for one in told["errors"]] == ["missing_column", "near_header"]
    assert run_json(environment, "etl check", first, *at, *say)["files"][0]["status"] == "accepted"
    assert run_json(environment, "etl check", first, *at, code=1)["files"] == [told]
    assert run_json(environment, "etl load", first, *at, *say)["files"][0]["rows"] == 4
    assert run_json(environment, "etl load", again, *at, *say)["files"][0]["status"] == "accepted"
    assert run_json(environment, "etl load", others, *at, code=1)["files"][0]["status"] == "rejected"
    with reader(installation.database_url).connect() as connection:
        kept = connection.execute(select(header_match)).all()
    assert {(one.unit, one.header, one.column) for one in kept} == {
        ("longtanzi", "检察人员", "inspectors"), ("longtanzi", "查的那天", "inspected_on"),
    }  # fmt: skip
    assert len(kept) == 2
    for wrong in ("检察人员", "检察人员=没有的列", "=检查日期"):
        run(environment, "etl check", first, "--match", wrong, code=2)


def test_dismissed_on_the_command_line(installation: Settings, environment: dict[str, str], tmp_path: Path) -> None:
    """``--match HEADING=`` says that it is none of ours: an optional column is then left out with a word, a required one missing."""
    optional = ledger().put({"H1": "检察人员"}).write(tmp_path / "一.xlsx")
    required = ledger().put({"B1": "检察日期"}).write(tmp_path / "二.xlsx")
    at = ("--received-at", "2022-06-04T10:00:00+08:00", "--json")
    (told,) = run_json(environment, "etl load", optional, *at, "--match", "检察人员=")["files"]
    assert (told["status"], [one["code"] for one in told["warnings"]]) == ("accepted", ["unknown_column"])
    (told,) = run_json(environment, "etl load", required, *at, "--match", "检察日期=", code=1)["files"]
    assert [(one["code"], one["column"]) for one in told["errors"]] == [("missing_column", "检查日期")]


def test_what_was_said_is_there_after_a_rebuild(sqlite_installation: Settings, tmp_path: Path) -> None:
    """What is said of headings is journalled before the workbook: made anew, the same is accepted and the same remembered."""
    with Loader(sqlite_installation) as loader:
        path = own_heading().write(tmp_path / "一.xlsx")
        said = [HeadingMatch("检察人员", "检查人员"), HeadingMatch("查的那天", "检查日期")]
        assert loader.remember(path, Choice(), said, RECEIVED)
        assert not loader.remember(path, Choice(), said, RECEIVED)
        assert loader.load(path, Choice(), RECEIVED).status == "accepted"
        dismissed = ledger("2022-04").put({"H1": "检查人民"}).write(tmp_path / "二.xlsx")
        assert loader.remember(dismissed, Choice(), [HeadingMatch("检查人民", "")], RECEIVED)
        assert loader.load(dismissed, Choice(), RECEIVED).status == "accepted"
    target = f"sqlite:///{tmp_path}/anew.db"
    rebuild(sqlite_installation, target)
    live = all_rows(sqlite_installation)
    anew = all_rows(sqlite_installation.model_copy(update={"database_url": target}))
    assert {name: anew[name] for name in ("header_match", "inspection", "submission_problem")} == {
        name: live[name] for name in ("header_match", "inspection", "submission_problem")
    }
    assert examine(sqlite_installation.model_copy(update={"database_url": target})) == ([], [])


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_headings_in_every_format(loader: Loader, tmp_path: Path, writer: Writer) -> None:
    """Remarks, a second alias and a heading in doubt come to the same in every format."""
    book = ledger().put(
        {
            "B1": "检查日期（必填）",
            "N1": "是否处罚（是/否）",
            "D1": "信用代码（18位）",
            "U1": "单位名称",
            **{f"U{row}": "龙滩子" for row in range(2, 5)},
        }
    )
    name = {"ods": "一.ods", "xls": "一.xls", "xlsb": "一.xlsb"}
    path = tmp_path / name.get(writer.__name__, "一.xlsx")
    path.write_bytes(writer(book))
    outcome = loader.load(path, NOTHING, RECEIVED)
    assert (outcome.status, [one.cell for one in outcome.warnings if one.code == "unknown_column"]) == (
        "accepted",
        ["U1"],
    )
    path.write_bytes(writer(book.put({"H1": "检察人员"})))
    outcome = loader.load(path, NOTHING, RECEIVED)
    assert [(one.code, one.cell) for one in outcome.errors] == [("near_header", "H1")]
