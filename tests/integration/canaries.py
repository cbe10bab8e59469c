"""Workbooks of every kind in which people are named wherever a clerk can write, and all that an account can ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from openpyxl import Workbook
from werkzeug.test import TestResponse

from dashboards.results.cases import MEASURES
from data.intake.archive import Archive
from data.intake.calendar_decisions import add_event, cancel_event, name_leader
from data.intake.calendar_events import EventContent
from data.intake.deciding import Desk
from data.intake.decisions import (
    MarkAnswer,
    add_evidence,
    attach,
    decide_mark,
    decide_veto,
    reply_to_marks,
    return_workbook,
)
from data.intake.inbox import Choice, take_in
from data.settings import Settings
from data.zone.periods import Quarter
from etl.annotate.waiting import annotate_next
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger
from tests.integration.papers import accident, accidents, review, self_assessment, supervision, tasks, tipoffs
from tests.integration.sites import Visitor
from tests.integration.test_guessing import FOLLOW, SHOWN_AFTER, ask, body, declared, page

ZONE = "shuangqiao"
AT = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
CANARY = re.compile("欧阳[a-z]+[0-9]*")
"""Every name here begins alike and goes on with where it was written."""
PERIODS = {"month": "2022-05", "quarter": "2022Q2", "year": "2022"}
OFFICE_KINDS = frozenset({"targets", "review", "accidents", "baseline", "supervision"})
ALL_CHANGES = ("changed", "gone", "new", "same")
ADDRESSES = {
    "/overview": ("period=2022-05",),
    "/ranking": tuple(f"period=2022-05&unit=longtanzi&measure={one}" for one in (
        "inspections", "problem_inspections", "major_hazards", "penalties", "due_cases", "closed_cases", "overdue_major")),
    "/scores": ("period=2022Q2&group=town&unit=longtanzi",),
    "/casualties": ("period=2022", "period=2022&unit=longtanzi"),
    "/frontline": ("day=2022-06-30&batch=all", "day=2022-06-30&batch=all&state=silent"),
    "/inspection-lists": ("period=2022-06&unit=longtanzi",),
    "/hazards": ("day=2022-06-30", "day=2022-06-30&grade=major"),
    "/disasters": ("day=2022-06-30", "day=2022-06-30&unit=longtanzi&state=not_called"),
    "/work-plan": ("day=2022-06-30", "day=2022-06-30&item=10.1", "day=2022-06-30&unit=longtanzi"),
    "/calendar": ("month=2022-06", "month=2022-06&kind=interview"),
    "/unit": ("period=2022-06&unit=longtanzi",),
    "/supervision": ("day=2022-06-30", "day=2022-06-30&state=overdue", "day=2022-06-30&unit=longtanzi"),
    "/tipoffs": ("day=2022-06-30", "day=2022-06-30&unit=longtanzi&state=not_closed"),
    "/submissions": ("period=2022-05", "period=2022Q2", "period=2022"),
    "/publications": ("period=2022", "period=2022&publish=2022-05"),
    "/administration": ("", "account=zhangsan"),
}  # fmt: skip


@dataclass
class Planted:
    """An installation full of names; ``attached`` is the attachment's number, ``evidence`` that of a reply's file."""

    settings: Settings
    numbers: list[int]
    attached: int
    evidence: int = 0
    events: tuple[int, ...] = ()


def spoiled(kind: Kind) -> Workbook:
    """A workbook of a kind with a name in every cell of every column, under headings and sheets of ours, and beside them."""
    letters = count(1)
    book = Workbook()
    book.remove(book.worksheets[0])
    for spec in kind.tables:
        sheet = book.create_sheet(spec.title)
        titles = [column.title for column in spec.columns]
        sheet.append([*titles, f"欧阳heading{next(letters)}"])
        for _row in range(2):
            sheet.append([*(f"欧阳cell{next(letters)}" for _title in titles), f"欧阳beside{next(letters)}"])
    other = book.create_sheet("欧阳sheet")
    other.append(["欧阳other"])
    return book


def spoken(with_number: str = "欧阳number") -> Book:
    """A ledger that is accepted, with people in its remarks, in other free columns, and where the document's number belongs."""
    book = ledger("2022-05", "longtanzi")
    del book.sheets["汇总"]
    book.sheets["执法检查台账"][0].append("欧阳heading")
    return book.put(
        {"H3": "欧阳alone", "F2": "欧阳territory", "P3": "欧阳penalty", "T2": "欧阳remark", "T4": "欧阳remarks", "U2": "欧阳beside",
         "I4": with_number, "整改复查!I2": "欧阳again", "整改复查!G2": "欧阳again"}
    )  # fmt: skip


def _renamed(book: Book) -> Book:
    """The ledger's sheet under another name: it is found by its header."""
    return Book(
        {f"欧阳{'sheet' if name == '执法检查台账' else 'looks'}": rows for name, rows in book.sheets.items()}, book.meta
    )


def plant(settings: Settings, folder: Path) -> Planted:
    """Load, check, refuse, return and decide on everything that can hold a name."""
    archive = Archive(settings.archive_dir)
    numbers: list[int] = []

    def upload(path: Path, sender: str, choice: Choice, *, asks: bool) -> None:
        only = None if sender == "office1" else "longtanzi"
        with path.open("rb") as file:
            receipt = take_in(
                settings.database_url, archive, ZONE, file, path.name, sender, AT, choice, only, asks=asks
            )
        numbers.append(receipt.number)

    def send(book: Book | Workbook, sender: str, kind: str | None = None, *, asks: bool = False) -> None:
        path = folder / f"欧阳file{len(numbers)}.xlsx"
        (book.build() if isinstance(book, Book) else book).save(path)
        period = None if kind is None else PERIODS[KINDS[kind].frequency]
        unit = None if kind is None else ("emergency" if kind in OFFICE_KINDS else "longtanzi")
        upload(path, sender, Choice(kind, unit, period, "欧阳note"), asks=asks)

    for number, one in enumerate(
        (spoken(), _renamed(spoken("欧阳other")).put({"欧阳sheet!T3": "欧阳changed"}), spoken("欧阳third"))
    ):
        if number == 2:
            del one.sheets["整改复查"]
        send(one, "zhangsan")
    own = self_assessment("longtanzi")
    own.put({f"{letter}{row}": f"欧阳own{letter.lower()}{row}" for letter in "CFGH" for row in range(2, 12)})
    send(own, "zhangsan")
    judged = review().put({f"D{row}": f"欧阳review{row}" for row in range(2, 12)})
    judged.sheets["加减分与否决"] += [["龙滩子", None, None, "是", "欧阳veto"]]
    judged.put({"加减分与否决!E2": "欧阳bonus"})
    send(judged, "office1")
    send(accidents("2022-06", accident("事1", date(2022, 5, 1), 3, 备注="欧阳accident")), "office1")
    for kind in KINDS.values():
        send(spoiled(kind), "office1" if kind.code in OFFICE_KINDS else "zhangsan", kind.code, asks=True)
    send(Book({"欧阳sheet": [["欧阳a", "欧阳b"], ["欧阳c", 1]]}), "zhangsan")
    send(spoken("欧阳fourth"), "zhangsan", asks=True)
    for told in (1, 2):
        send(tipoffs().put({"A2": f"欧阳case{told}", "D2": f"欧阳object{told}", "J3": f"欧阳tip{told}"}), "zhangsan")
    send(
        supervision().put({"A3": "欧阳unnumbered", "E2": "欧阳finding", "E3": "欧阳finding", "J2": "欧阳reminded"}),
        "office1",
    )
    parts = {"B3": "欧阳part", "G2": "欧阳progress", "G3": "欧阳progress", "H3": "欧阳shown", "I3": "欧阳trouble"}
    send(tasks().put(parts), "zhangsan")
    with Loader(settings) as loader:
        outcomes = {outcome.file: outcome for outcome in loader.take_up_pending()}
        while annotate_next(settings, loader.archive):
            pass
    first = [outcomes[f"欧阳file{place}.xlsx"] for place in (*range(6), *range(len(numbers) - 4, len(numbers)))]
    assert {outcome.status for outcome in first} == {"accepted"}, [outcome.errors for outcome in first]
    desk = Desk(settings.database_url, archive, ZONE, "office1", AT)
    told = {
        "sha256": archive.keep(BytesIO(b"%PDF-1.7")),
        "file_name": "欧阳scan.pdf",
        "media_type": "application/pdf",
        "size": 8,
    }
    attached = attach(desk, numbers[1], **told).number
    return_workbook(desk, numbers[2], "欧阳reason")
    decide_veto(
        desk,
        quarter=Quarter(2022, 2),
        unit="longtanzi",
        confirmed=True,
        grounds=["accident 事1 较大事故"],
        reason="欧阳decision",
    )
    clerk, answers = replace(desk, actor="zhangsan"), [MarkAnswer(3, Decimal(8), 0)]
    of = {"quarter": Quarter(2022, 2), "unit": "longtanzi"}
    replied = reply_to_marks(clerk, answers=answers, agrees=False, reason="欧阳reply", **of).number
    evidence = add_evidence(clerk, replied, **{**told, "file_name": "欧阳evidence.pdf"}).number
    marks = {"before": Decimal(8), "mark": Decimal(9), "full": Decimal(10)}
    decide_mark(desk, reply=replied, replaces=0, reason="欧阳decided", **marks)
    return Planted(settings, numbers, attached, evidence, _events(desk))


def _events(desk: Desk) -> tuple[int, ...]:
    """Of the calendar: one of a unit that takes place, one that does not; and who holds a post."""
    interview = EventContent("interview", date(2022, 6, 10), "约谈", units=("longtanzi",), note="欧阳invited")
    held = add_event(desk, interview, date(2022, 6, 10)).number
    other = add_event(desk, replace(interview, day=date(2022, 6, 20), note="欧阳excused")).number
    cancel_event(desk, other, other, "欧阳ill")
    name_leader(desk, 2022, "管委会主任", "欧阳leader")
    return held, other


def everything(visitor: Visitor, planted: Planted) -> Iterator[tuple[str, TestResponse]]:
    """(what was asked, the answer): every page, callback, file and message that names a workbook or shows figures."""
    for path, searches in ADDRESSES.items():
        for search in searches:
            yield f"{path}?{search}", page(visitor, path, f"?{search}")
    last = {"calendar-asked-0-later.data": {"search": "?month=2022-06"}}
    yield "duties", ask(visitor, body(visitor, "..calendar-duties-part.children..", last))
    for number in planted.events:
        yield f"event {number}", page(visitor, "/calendar", f"?month=2022-06&event={number}")
    for number in planted.numbers:
        for change in ALL_CHANGES:
            search = f"?period=2022-05&submission={number}&change={change}&page=1"
            yield f"/submissions{search}", page(visitor, "/submissions", search)
        one = next(
            each["output"]
            for each in declared(visitor.client)
            if each["output"].startswith("..submissions-one.children")
        )
        yield (
            f"follow {number}",
            ask(
                visitor,
                body(
                    visitor,
                    one,
                    {"submissions-one-tick.n_intervals": 1, "submissions-address.search": f"?submission={number}"},
                ),
            ),
        )
        for address in (f"/original/{number}", f"/annotated/{number}"):
            yield address, visitor.get(address)
        for address in (
            "confirm",
            f"withdraw/{number}",
            f"return/{number}",
            f"match/{number}",
            f"check-again/{number}",
        ):
            if planted.numbers.index(number) in {1, 7}:
                yield f"POST /{address}", visitor.post(f"/{address}", {"workbook": f"{number}:", "reason": ""})
    sent = [{"name": "", "receipt": number, "refused": None} for number in planted.numbers]
    yield "receipts", ask(visitor, body(visitor, FOLLOW, {"submissions-sent.data": sent}))
    after = next(each["output"] for each in declared(visitor.client) if each["output"].startswith(SHOWN_AFTER))
    yield (
        "after",
        ask(visitor, body(visitor, after, {"submissions-period.value": "2022-05", "submissions-tick.disabled": True})),
    )
    for kind, period in (
        ("enforcement", "2022-06"),
        ("self_assessment", "2022Q2"),
        ("tipoffs", "2022-06"),
        ("tasks", "2022Q3"),
    ):
        yield f"template {kind}", visitor.get(f"/template?kind={kind}&unit=longtanzi&period={period}")
    yield from grids(visitor, planted)
    yield from (
        (address, visitor.get(address))
        for address in (
            f"/attachment/{planted.attached}",
            f"/evidence/{planted.evidence}",
            "/audit.csv",
            "/calendar/2022.ics",
            "/export/audit.csv",
            "/export/accidents.csv?period=2022",
            "/export/workbooks.csv",
            "/export/supervision-findings.csv?day=2022-06-30",
            "/export/tipoffs-cases.csv?day=2022-06-30",
            "/export/work-plan-items.csv?day=2022-06-30",
            *(f"/export/problems.csv?submission={number}" for number in planted.numbers),
            *(f"/export/workbooks.csv?submission={number}" for number in planted.numbers),
            "/export/ranking.csv?period=2022-05&group=town",
            "/export/scores.csv?period=2022Q2&group=town",
            *(f"/export/cases.csv?{CASES_OF}&measure={measure}" for measure in MEASURES),
            "/_dash-layout",
            "/_dash-dependencies",
            "/healthz",
            "/nowhere",
        )
    )


def grids(visitor: Visitor, planted: Planted) -> Iterator[tuple[str, TestResponse]]:
    """The rows of every grid, those found by a name too: what is hidden is not found."""
    for search in ("", "欧阳"):
        for grid, asked in (
            ("monthly-ranking-grid", f"?{CASES_OF}&measure=inspections"),
            ("administration-grid", "?"),
            ("casualty-targets-grid", "?period=2022"),
            ("frontline-duty-grid", "?day=2022-06-30&batch=all"),
            ("hazards-grid", "?day=2022-06-30"),
            ("disasters-grid", "?day=2022-06-30"),
            ("supervision-grid", "?day=2022-06-30"),
            ("tipoffs-grid", "?day=2022-06-30"),
            ("submissions-grid", "?"),
            *(("submissions-problem-grid", f"?submission={number}") for number in planted.numbers),
        ):
            rows = {
                "startRow": 0,
                "endRow": 500,
                "sortModel": [],
                "filterModel": {},
                "context": {"asked": asked, "search": search},
            }
            told = body(visitor, f"{grid}.getRowsResponse", {f"{grid}.getRowsRequest": rows})
            yield f"{grid} {asked} {search}", ask(visitor, told)


CASES_OF = "period=2022-05&unit=longtanzi"


def words(answer: TestResponse) -> str:
    """All of an answer, its headers too, with nothing escaped."""
    told = (
        json.dumps(answer.get_json(), ensure_ascii=False)
        if answer.is_json
        else answer.get_data().decode("utf-8", "replace")
    )
    return unquote(str(answer.headers)) + told
