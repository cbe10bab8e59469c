"""What a workbook was not read from, its sums and its money, where people meet them: page, command line, marked workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from sqlalchemy import insert, select, update

from data.doctor import examine
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import check_again
from data.intake.inbox import Choice, Receipt, take_in
from data.intake.intake_decisions import FORGET, write_forgetting
from data.people.scope import Role
from data.schema.intake import submission, submission_problem
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import parse_period
from etl.__main__ import _print_outcome
from etl.annotate import annotated
from etl.annotate.waiting import annotate_next
from etl.checking.check import Checkup
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from etl.loading.submission_row import filed_before
from etl.table.left_out import LeftOut, Why
from tests.integration.formats import xlsx
from tests.integration.ledgers import RECEIVED, Book, ledger, send
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_annotate import LIST, RED, YELLOW, broken, colour, told
from tests.integration.test_commands import run
from tests.integration.test_intake_web import checked, filed, page, stored, work

LEDGER = "执法检查台账"
GREY = "FFE4E7EB"
LEFT_OUT = (
    LeftOut(LEDGER, Why.SIGNATURE, 12, 14),
    LeftOut("张伟的草稿", Why.UNRELATED_SHEET),
    LeftOut("整改复查", Why.NOTE, 9, 9),
)
ACCOUNT: dict[str, Any] = {
    "rows": {"seen": 8, "read": 3, "refused": 0, "headings": 2, "signature": 3},
    "cells": {"seen": 97, "read": 54, "refused": 0, "headings": 40, "signature": 3},
    "money": [{"column": "罚款金额(元)", "unit": "万元", "source": "heading", "sum": "125000"}],
}


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role."""
    return made(sqlite_installation, monkeypatch)


@pytest.fixture
def clerk(site: Site) -> Visitor:
    """A clerk of 龙滩子街道."""
    return site.signed_in(Role.UNIT)


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(sqlite_installation) as one:
        yield one


def tell(settings: Settings, number: int, **columns: object) -> None:
    """What the log keeps of a workbook."""
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(submission).where(submission.c.submission == number).values(**columns))


def hide_rows(settings: Settings, number: int) -> None:
    """The note that rows of it are hidden."""
    note = {"severity": "warning", "code": "hidden_rows", "sheet": LEDGER, "cells": [], "message": "", "parameters": {}}
    with write_transaction(settings.database_url) as connection:
        connection.execute(
            insert(submission_problem).values(zone=settings.zone, submission=number, position=900, **note)
        )


# The page


def test_page_says_what_was_not_read_and_which_money_was(site: Site, clerk: Visitor) -> None:
    """One line, the whole list and the equation behind it, and the sum with its unit."""
    one = checked(site, clerk)
    tell(site.door.settings, one, left_out=[left.as_dict() for left in LEFT_OUT], account=ACCOUNT)
    shown = page(clerk, f"?submission={one}")
    for part in (
        "行；工作表“执法检查台账”第12–14行为签名，工作表“整改复查”第9行为说明，工作表“张伟的草稿”与本表无关，未读",
        "全表 8 行 = 读取 3 + 退回 0 + 表头 2 + 签名 3",
        "全部单元格 97 个 = 读取 54 + 退回 0 + 表头 40 + 签名 3",
        "罚款金额按万元读取（按表头单位），合计 12.50 万元（125,000 元）",
    ):
        assert part in shown


def test_workbooks_from_before_say_nothing_of_it(site: Site, clerk: Visitor) -> None:
    """What was not counted when a workbook was checked is not made up."""
    one = checked(site, clerk)
    tell(site.door.settings, one, left_out=None, account=None)
    shown = page(clerk, f"?submission={one}")
    assert "已核对，尚未报送" in shown
    assert not any(word in shown for word in ("未读", "全表", "taken-for"))


def test_committee_reads_no_name_of_a_sheet(site: Site, clerk: Visitor) -> None:
    """Rows and what they are, as on the card itself; a sheet goes by our title or by none."""
    one = checked(site, clerk)
    sums = [{**money, "sheet": sheet} for money in ACCOUNT["money"] for sheet in (LEDGER, "张伟的罚款")]
    tell(site.door.settings, one, left_out=[left.as_dict() for left in LEFT_OUT], account={**ACCOUNT, "money": sums})
    shown = page(site.signed_in(Role.VIEWER), f"?submission={one}")
    assert "工作表“执法检查台账”第12–14行为签名" in shown
    assert "工作表“…”与本表无关" in shown
    assert not any(name in shown for name in ("张伟的草稿", "张伟的罚款"))


def test_let_go_workbook_keeps_no_names_of_sheets(site: Site, clerk: Visitor) -> None:
    """With the bytes of a refused workbook goes what was found in it."""
    one = checked(site, clerk)
    settings = site.door.settings
    tell(settings, one, left_out=[left.as_dict() for left in LEFT_OUT], account=ACCOUNT)
    archive = Archive(settings.archive_dir)
    at = datetime(2022, 10, 8, tzinfo=UTC).isoformat()
    with write_transaction(settings.database_url) as connection:
        write_forgetting(connection, settings.zone, archive.append(at, "test", FORGET, {"submissions": [one]}))
    row = stored(site, one)
    assert (row.left_out, row.account) == ([], None)


# Hidden rows


def test_hidden_rows_are_left_out_by_a_choice_that_is_kept(site: Site, clerk: Visitor, tmp_path: Path) -> None:
    """Left out and counted again, each time checked anew; the journal has the choice, and a rebuilt database too."""
    settings = site.door.settings
    one = checked(site, clerk)
    assert "隐藏行" not in page(clerk, f"?submission={one}")
    hide_rows(settings, one)
    assert "隐藏行不计入，重新核对" in page(clerk, f"?submission={one}")
    assert "隐藏行不计入" not in page(site.signed_in(Role.VIEWER), f"?submission={one}")

    answer = clerk.post(f"/check-again/{one}", {"without_hidden": "without"})
    assert answer.status_code == 303
    assert work(site) == ["checked"]
    two = max(numbers(settings))
    assert stored(site, two).choice["without_hidden"] is True
    assert "隐藏行也计入，重新核对" in page(clerk, f"?submission={two}")

    clerk.post(f"/check-again/{two}")
    work(site)
    three = max(numbers(settings))
    assert stored(site, three).choice["without_hidden"] is True, "what was chosen stays chosen"
    assert clerk.post(f"/check-again/{three}", {"without_hidden": "perhaps"}).status_code == 400

    clerk.post(f"/check-again/{three}", {"without_hidden": "with"})
    work(site)
    four = max(numbers(settings))
    assert stored(site, four).choice == stored(site, one).choice
    kept = [entry.data["choice"].get("without_hidden") for entry in Archive(settings.archive_dir).entries()
            if entry.act == "receive"]  # fmt: skip
    assert kept == [None, True, True, None]

    rebuild(settings, target := f"sqlite:///{tmp_path}/anew.db")
    anew = settings.model_copy(update={"database_url": target})
    assert dict(chosen(anew)) == dict(chosen(settings))
    assert examine(anew) == ([], [])


def test_workbook_that_counts_is_read_again_with_the_other_choice_alone(site: Site, clerk: Visitor) -> None:
    """Filed at once with its hidden rows, it need not be changed to lose them; without another choice it is not checked again."""
    one = filed(site, clerk)
    hide_rows(site.door.settings, one)
    assert "隐藏行不计入，重新核对" in page(clerk, f"?submission={one}")
    assert clerk.post(f"/check-again/{one}").status_code == 409
    assert clerk.post(f"/check-again/{one}", {"without_hidden": "without"}).status_code == 303
    assert stored(site, max(numbers(site.door.settings))).choice["without_hidden"] is True
    assert stored(site, one).status == "accepted"


def numbers(settings: Settings) -> list[int]:
    return [number for number, _choice in chosen(settings)]


def chosen(settings: Settings) -> list[tuple[int, Any]]:
    """What was chosen of each workbook."""
    with reader(settings.database_url).connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(select(submission.c.submission, submission.c.choice))]


def test_choice_of_an_older_line_is_understood(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A line from before the choice was there counts hidden rows, and checked again without saying so it still does."""
    settings = sqlite_installation
    archive, at = Archive(settings.archive_dir), RECEIVED
    old = Choice(kind="enforcement")
    assert "without_hidden" not in old.as_stored()
    source = io.BytesIO(xlsx(ledger()))
    receipt = take_in(settings.database_url, archive, settings.zone, source, "五月.xlsx", "zhang", at, old, asks=True)
    with Loader(settings) as loader:
        loader.take_up_pending()
        again = check_again(Desk.of(settings, "zhang", at), receipt.number)
        assert again.choice == old
        without = check_again_when_taken_up(loader, settings, again.number)
    assert without.choice == replace(old, without_hidden=True)


def check_again_when_taken_up(loader: Loader, settings: Settings, number: int) -> Any:
    loader.take_up_pending()
    return check_again(Desk.of(settings, "zhang", RECEIVED), number, without_hidden=True)


@pytest.mark.parametrize("command", ["check", "load"])
def test_command_line_leaves_hidden_rows_out(environment: dict[str, str], tmp_path: Path, command: str) -> None:
    """``--without-hidden`` goes with the choice into the journal."""
    path = ledger().write(tmp_path / "台账.xlsx")
    run(environment, f"etl {command}", path, "--without-hidden", "--received-at", RECEIVED.isoformat())
    entries = Archive(Path(environment["SUPERVISION_ARCHIVE_DIR"])).entries()
    kept = [entry.data["choice"].get("without_hidden") for entry in entries if entry.act == "receive"]
    assert kept == ([True] if command == "load" else [])


@pytest.mark.parametrize(("hides", "chosen", "same"), [(False, True, True), (True, False, True), (True, True, False)])
def test_same_bytes_with_another_choice_are_no_duplicate(
    loader: Loader, tmp_path: Path, *, hides: bool, chosen: bool, same: bool
) -> None:
    """Where rows are hidden, taking them out is another reading of the same bytes; where none are, nothing changes."""
    outcome = send(loader, ledger(), tmp_path)
    zone = loader.zone
    left_out = [LeftOut(LEDGER, Why.HIDDEN_ROWS, 3, 3)] if hides else []
    unit, period = zone.unit_by_code["longtanzi"], parse_period("2022-05")
    checkup = Checkup(KINDS["enforcement"], unit, period, [], left_out=left_out)
    receipt = Receipt(99, outcome.sha256, "五月.xlsx", "office", RECEIVED, Choice(without_hidden=chosen))
    with reader(loader.settings.database_url).connect() as connection:
        filed = filed_before(connection, zone.code, receipt, checkup)
    assert (filed.same is not None) == same


# The command line


def test_command_line_says_it_below_the_outcome(
    loader: Loader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was not read and the money, each in a line; of a duplicate nothing again, and of rows nothing where there is nothing."""
    outcome = send(loader, ledger(), tmp_path)
    _print_outcome(outcome)
    plain = capsys.readouterr().out
    assert "未读" not in plain
    told_more = replace(outcome, left_out=LEFT_OUT[:2], account=ACCOUNT, layout={"ledger": {"sheet": LEDGER}})
    _print_outcome(told_more)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == [
        f"  读取{outcome.rows}行；第12–14行为签名，工作表“张伟的草稿”与本表无关，未读",
        "  罚款金额按万元读取（按表头单位），合计 12.50 万元（125,000 元）",
    ]
    _print_outcome(replace(told_more, status="duplicate"))
    assert [line.partition(" ")[0] for line in capsys.readouterr().out.splitlines()] == [f"{outcome.file}:", ""]


# The marked workbook


def signed() -> Book:
    """A ledger with an error, a warning, signatures below it, a column and a sheet of the office's own."""
    book = broken().put({"U1": "经办科室", "U2": "安办", "A8": "填表人：张伟", "C8": "审核人：李娜", "A9": "联系电话"})
    book.sheets["内部核算"] = [["草稿"], [5]]
    return book


MARKED = (
    LeftOut(LEDGER, Why.SIGNATURE, 8, 9),
    LeftOut(LEDGER, Why.UNKNOWN_COLUMN, column="U"),
    LeftOut("内部核算", Why.UNRELATED_SHEET),
    LeftOut(LEDGER, Why.SERIAL, column="A"),
    LeftOut("没有的表", Why.HIDDEN_SHEET),
)


def marked(loader: Loader, path: Path, left_out: tuple[LeftOut, ...]) -> Workbook:
    """The workbook with its problems and what was left out marked, as openpyxl has it."""
    outcome = loader.check(path, Choice(), RECEIVED)
    content = annotated(path.read_bytes(), outcome.problems, left_out=left_out, layout=outcome.layout)
    return load_workbook(io.BytesIO(content))


def test_what_was_left_out_is_grey_and_said(loader: Loader, tmp_path: Path) -> None:
    """Its cells light grey, a comment at the first one, a row of the list; errors and colours of the sender's own stay."""
    path = signed().write(tmp_path / "台账.xlsx")
    own = load_workbook(path)
    own[LEDGER]["C8"].fill = PatternFill("solid", fgColor="FF00B0F0")
    own.save(path)
    book = marked(loader, path, MARKED)
    sheet = book[LEDGER]
    assert [colour(sheet[cell]) for cell in ("A8", "C8", "A9", "U2", "B8")] == [GREY, "FF00B0F0", GREY, GREY, None]
    assert sheet["A8"].comment.text == "未读：第8–9行为签名"
    assert sheet["A9"].comment is None
    assert (colour(sheet["U1"]), colour(sheet["B2"]), colour(sheet["A2"])) == (YELLOW, RED, None)
    assert sheet["U1"].comment.text.splitlines()[-1] == "未读：U列不是本表的列"
    assert book["内部核算"].sheet_properties.tabColor.rgb == GREY
    assert book["内部核算"]["A1"].comment.text == "未读：工作表“内部核算”与本表无关"
    unread = [(row[0], row[1], row[2], row[5]) for row in told(book) if row[0] == "未读"]
    assert unread == [
        ("未读", LEDGER, "A8", "第8–9行为签名"), ("未读", LEDGER, "U1", "U列不是本表的列"),
        ("未读", "内部核算", "A1", "工作表“内部核算”与本表无关"), ("未读", "没有的表", None, "工作表“没有的表”已隐藏"),
    ]  # fmt: skip
    assert [row[0] for row in told(book)][-4:] == ["未读"] * 4
    assert "未读 4 处（灰色" in book[LIST]["A2"].value


def test_grey_of_an_earlier_time_is_taken_back(loader: Loader, tmp_path: Path) -> None:
    """Sent back as it is it says the same; marked again, what is read by now is as it was."""
    path = signed().write(tmp_path / "台账.xlsx")
    before = loader.check(path, Choice(), RECEIVED)
    book = marked(loader, path, MARKED)
    book.save(path)
    assert loader.check(path, Choice(), RECEIVED).problems == before.problems
    again = marked(loader, path, MARKED[:1])
    sheet = again[LEDGER]
    assert [colour(sheet[cell]) for cell in ("A8", "A9", "U2")] == [GREY, GREY, None]
    assert sheet["A8"].comment.text.count("未读") == 1
    assert "未读" not in sheet["U1"].comment.text
    assert again["内部核算"].sheet_properties.tabColor is None
    assert again["内部核算"]["A1"].comment is None


def test_uploads_marked_workbook_has_it_too(site: Site, clerk: Visitor) -> None:
    """What the log keeps is what the worker marks."""
    settings = site.door.settings
    one = checked(site, clerk, ledger().put({"D4": None, "A9": "填表人：张伟"}))
    tell(settings, one, left_out=[LeftOut(LEDGER, Why.SIGNATURE, 9, 9).as_dict()])
    assert annotate_next(settings, Archive(settings.archive_dir))
    kept = Archive(settings.archive_dir).read(stored(site, one).annotated)
    sheet = load_workbook(io.BytesIO(kept))[LEDGER]
    assert (colour(sheet["A9"]), sheet["A9"].comment.text) == (GREY, "未读：第9行为签名")
