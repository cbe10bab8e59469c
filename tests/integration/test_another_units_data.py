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
from werkzeug.test import TestResponse

from data.accounts import Wanted
from data.scope import TOLD_TO_THE_OFFICE, Role
from etl.annotate.waiting import annotate_next
from etl.load import Loader
from tests.integration.canaries import Planted, everything, words
from tests.integration.ledgers import LEDGER_HEADER, Book, ledger, number, send
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import enter

ROWS = 8
OFTEN_NEW = re.compile(
    r'\d{2}:\d{2}(?::\d{2})?|"_csrf_token[^"]*"|value="[^"]{40,}"|"value": "[^"]{40,}"|Set-Cookie[^\n]*\n|Date:[^\n]*\n|Content-Length:[^\n]*\n'
    r"|csrf_token=[^;\"]+|nonce-[^']+"
)
"""Times, tokens, and the length that goes with them."""


def _large(unit: str, *, like_another: bool) -> Book:
    """A ledger of eight inspections; ``like_another``: with the numbers and figures that the unit itself will send."""
    book = ledger("2022-05", unit)
    del book.sheets["汇总"], book.sheets["整改复查"]
    model, rows = book.sheets["执法检查台账"][1], []
    of = "longtanzi" if like_another else unit
    for case in range(1, ROWS + 1):
        row = [*model]
        row[0], row[8], row[3] = case, number(case, unit=of), None
        row[2] = f"重庆第{case}机械厂" if like_another or unit == "longtanzi" else f"邮亭第{case}养殖场"
        row[9], row[12] = case % 3 + 1, case % 3 + 1
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
        yield site, Planted(settings, [1, 2, 3, 4, 5], 1)


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
    return f"{answer.status_code} {OFTEN_NEW.sub('', str(answer.headers))} {names} {cells}"


def test_account_learns_nothing_of_another_units_ledger(sqlite_template: Path, tmp_path: Path) -> None:
    """Guessed numbers and a copied ledger get the same answers as those that nobody else has; the office sees them."""
    with _world(sqlite_template, tmp_path / "alike", alike=True) as (site, planted):
        alike, office = _got(site, planted, "zhangsan"), "".join(_got(site, planted, "office1").values())
        committee = "".join(_got(site, planted, "viewer1").values())
    with _world(sqlite_template, tmp_path / "other", alike=False) as (site, planted):
        other = _got(site, planted, "zhangsan")
    assert {asked: (told, other[asked]) for asked, told in alike.items() if told != other[asked]} == {}
    assert "其他单位" not in "".join(alike.values())
    assert "双路街道办事处也报过" in office or "双路" in office
    assert all(said in office for said in ("也报过", "复制"))
    assert "也报过" not in committee


def test_annotated_workbook_holds_nothing_of_the_offices_warnings(sqlite_template: Path, tmp_path: Path) -> None:
    """A workbook with nothing but such warnings gets none; one with others gets it without these; both may open it."""
    with _world(sqlite_template, tmp_path / "alike", alike=True) as (site, _planted):
        for name in ("zhangsan", "office1"):
            visitor = enter(site, name)
            answers = {number: visitor.get(f"/annotated/{number}") for number in (2, 3, 4, 5)}
            assert {number: answer.status_code for number, answer in answers.items()} == {
                2: 404,
                3: 404,
                4: 200,
                5: 200,
            }
            told = str([[cell.value for row in load_workbook(BytesIO(answers[5].data))["问题清单"] for cell in row]])
            assert "陌生列" in told
            assert "双路" not in told
            assert {"Last-Modified", "ETag"}.isdisjoint(answers[5].headers.keys())


def test_codes_of_the_office_are_warnings_of_ours() -> None:
    """What is told to the office alone is named by codes that there are."""
    from etl.problems import WARNINGS

    assert set(WARNINGS) > TOLD_TO_THE_OFFICE
