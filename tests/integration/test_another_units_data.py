"""Two installations that differ in another unit's ledger alone: what a unit's account gets of them is the same to the byte.

In the one the neighbour reported other cases; in the other the very numbers, enterprises and figures that the unit is
going to send. The office is told of it, the unit's account learns nothing: no warning, not their count, no other card,
no other annotated workbook, no other header of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from data.initial import migrate
from data.people.accounts import Wanted
from data.people.scope import Role
from data.schema.intake import submission
from data.store import reader
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from tests.integration.canaries import Planted, everything, words
from tests.integration.ledgers import LEDGER_HEADER, Book, ledger, number, send
from tests.integration.revisions import between_revisions, take_back
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import enter, page

ROWS = 8
OFTEN_NEW = re.compile(
    r'\d{2}:\d{2}(?::\d{2})?|"_csrf_token[^"]*"|value="[^"]{40,}"|"value": "[^"]{40,}"|Set-Cookie[^\n]*\n|Date:[^\n]*\n|Content-Length:[^\n]*\n'
    r"|csrf_token=[^;\"]+|nonce-[^']+|\"end_id\":\"[^\"]+\"|~[0-9a-f]{64}|'sha256-[^']+'|日志 \d+:[0-9a-f]{64}"
)
"""Times, tokens, what a server draws at its start, the length that goes with them, and where a copy is anchored in the journal."""


def _large(unit: str, *, like_another: bool) -> Book:
    """A ledger of eight inspections; ``like_another``: with the numbers and figures that the unit itself will send."""
    book = ledger("2022-05", unit)
    del book.sheets["汇总"], book.sheets["整改复查"]
    models, rows = book.sheets["执法检查台账"][1:], []
    of = "longtanzi" if like_another else unit
    for case in range(1, ROWS + 1):
        row = [*models[0]]
        row[0], row[8], row[2:4] = case, number(case, unit=of), models[case % 3][2:4]
        row[9] = row[12] = case % 3 + (1 if of == "longtanzi" else 9)
        rows.append(row)
    book.sheets["执法检查台账"] = [[*LEDGER_HEADER], *rows]
    return book


@contextmanager
def _world(template: Path, folder: Path, *, alike: bool) -> Iterator[tuple[Site, Planted]]:
    """The neighbour's ledger is in; the unit has an accepted, a checked and a refused one, as if it guessed at numbers."""
    folder.mkdir()
    with installed(template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        with Loader(settings) as loader:
            assert send(loader, _large("shuanglu", like_another=alike), folder, name="邻居.xlsx").errors == []
        site = made(settings, patch)
        site.door.add(Wanted("wangwu", "王五", Role.UNIT, "shuanglu"))
        visitor = enter(site, "zhangsan")
        _upload(visitor, _large("longtanzi", like_another=True), folder, straight="1")
        _upload(visitor, _large("longtanzi", like_another=True).put({"T2": "再报"}), folder)
        _upload(visitor, _large("longtanzi", like_another=True).put({"B3": "某日", "T3": "退"}), folder)
        _upload(visitor, _large("longtanzi", like_another=True).put({"U1": "陌生列", "U2": "值"}), folder)
        with Loader(settings) as loader:
            statuses = [one.status for one in loader.take_up_pending()]
            assert statuses == ["accepted", "checked", "rejected", "checked"]
            while annotate_next(settings, loader.archive):
                pass
        with reader(settings.database_url).connect() as connection:
            numbers = list(
                connection.execute(select(submission.c.submission).order_by(submission.c.submission)).scalars()
            )
        assert len(numbers) == 5
        yield site, Planted(settings, numbers, numbers[0])


def _upload(visitor: Visitor, book: Book, folder: Path, **form: str) -> None:
    content = book.write(folder / "台账.xlsx").read_bytes()
    files = {"files": (BytesIO(content), "台账.xlsx"), **form}
    assert visitor.post("/upload", files, content_type="multipart/form-data").status_code == 200


def _got(site: Site, planted: Planted, name: str) -> dict[str, str]:
    return {asked: _comparable(answer) for asked, answer in everything(enter(site, name), planted)}


def _comparable(answer: TestResponse) -> str:
    """Status, headers and content, without times and tokens; of a workbook what stands in it."""
    content = answer.get_data()
    if not content.startswith(b"PK"):
        return f"{answer.status_code} {OFTEN_NEW.sub('', words(answer))}"
    with ZipFile(BytesIO(content)) as package:
        names = sorted(package.namelist())
    cells = [[cell.value for cell in row] for sheet in load_workbook(BytesIO(content)) for row in sheet]
    return f"{answer.status_code} {OFTEN_NEW.sub('', f'{answer.headers} {names} {cells}')}"


def _cards(visitor: Visitor, planted: Planted) -> list[TestResponse]:
    return [page(visitor, "/submissions", f"?period=2022-05&submission={number}") for number in planted.numbers[1:]]


def _first_difference(asked: str, one: str, other: str) -> tuple[str, str, str]:
    at = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return asked, one[max(0, at - 80) : at + 80], other[max(0, at - 80) : at + 80]


def test_account_learns_nothing_of_another_units_ledger(sqlite_template: Path, tmp_path: Path) -> None:
    """Guessed numbers and a copied ledger get the same answers as those that nobody else has; the office sees them."""
    with _world(sqlite_template, tmp_path / "alike", alike=True) as (site, planted):
        alike = _got(site, planted, "zhangsan")
        office, committee = ("".join(map(words, _cards(enter(site, name), planted))) for name in ("office1", "viewer1"))
    with _world(sqlite_template, tmp_path / "other", alike=False) as (site, planted):
        other = _got(site, planted, "zhangsan")
    assert [_first_difference(asked, told, other[asked]) for asked, told in alike.items() if told != other[asked]] == []
    assert [said for said in ("也由双路", "疑似照抄") if said not in office] == []
    assert [said for said in ("也由双路", "疑似照抄", "报送过") if said in committee] == []
    assert "双路" not in "".join(alike.values())


def test_annotated_workbook_holds_nothing_of_the_offices_warnings(sqlite_template: Path, tmp_path: Path) -> None:
    """A workbook with nothing but such warnings gets none; one with others gets it without these; both may open it."""
    with _world(sqlite_template, tmp_path / "alike", alike=True) as (site, planted):
        for name in ("zhangsan", "office1"):
            visitor = enter(site, name)
            answers = [visitor.get(f"/annotated/{number}") for number in planted.numbers[1:]]
            assert [answer.status_code for answer in answers] == [404, 404, 200, 200]
            told = str([[cell.value for row in load_workbook(BytesIO(answers[3].data))["问题清单"] for cell in row]])
            assert "陌生列" in told
            assert "双路" not in told
            assert {"Last-Modified", "ETag"}.isdisjoint(answers[3].headers.keys())


def test_workbooks_annotated_before_are_made_again(sqlite_template: Path, tmp_path: Path) -> None:
    """The migration takes back those in which another unit is named, and no others; the worker makes them anew."""
    with _world(sqlite_template, tmp_path / "alike", alike=True) as (_site, planted):
        url = planted.settings.database_url
        columns = submission.c
        with between_revisions(url) as connection:
            take_back(connection, "0013-1")
            first, last = planted.numbers[0], planted.numbers[-1]
            connection.execute(update(submission).where(columns.submission == last).values(annotated="0" * 64))
            connection.execute(update(submission).where(columns.submission == first).values(annotated="1" * 64))
            migrate(connection, "0013")
            marked = connection.execute(select(columns.submission, columns.annotated))
            kept = {row.submission: row.annotated for row in marked}
        assert (kept[first], kept[last]) == ("1" * 64, None)
