"""An installation in which several units have figures of their own, and the marks by which one knows whose they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data.schema.intake import submission
from data.settings import Settings
from data.store import reader, writer
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment

RECEIVED = datetime.fromisoformat("2022-07-04T10:00:00+08:00")


@dataclass(frozen=True)
class Marks:
    """What gives away whose a figure is: ``names`` everywhere, ``figures`` and ``people`` where these may be seen."""

    code: str
    names: tuple[str, ...]
    enterprise: str
    accident: str
    inspector: str
    file: str

    @property
    def figures(self) -> tuple[str, ...]:
        """Traces of what the unit reported, however a page shows them."""
        return (self.enterprise, self.accident, self.file, f"双{self.code}")

    @property
    def all(self) -> tuple[str, ...]:
        """Every trace of the unit."""
        return (self.code, *self.names, *self.figures, self.inspector)


LONGTANZI = Marks("longtanzi", ("龙滩子",), "宏达锻造", "龙事甲1", "欧阳独行", "甲台账")
TONGQIAO = Marks("tongqiao", ("通桥",), "永泰再生", "通事乙2", "司马独行", "乙台账")
SHUANGLU = Marks("shuanglu", ("双路",), "创兴商贸", "双事丙3", "诸葛独行", "丙台账")
UNITS = (LONGTANZI, TONGQIAO, SHUANGLU)
OWN_CELLS: dict[str, dict[str, Any]] = {
    "longtanzi": {},
    "tongqiao": {"整改复查!C2": "不合格", "整改复查!D2": 2},
    "shuanglu": {"M2": 1, "N3": "否", "O3": None, "P3": None, "Q3": None},
}
"""What makes the ledgers differ, so that every unit has another score."""
CLERKS = {"longtanzi": "zhangsan", "tongqiao": "tongqiao-clerk"}
"""Accounts of two units, each of which is the other's stranger."""
OFFICE_FILE = "办公室总表"
NOWHERE = "来历不明"
"""File of a workbook of which nobody can tell whose it is."""


def marked_ledger(marks: Marks) -> Book:
    """The ledger of May with the unit's own enterprise, an inspector who went alone, and a score like no other's."""
    book = ledger("2022-05", marks.code)
    del book.sheets["汇总"]
    book.put({f"C{row}": marks.enterprise for row in (2, 3, 4)}).put({"H3": marks.inspector})
    return book.put(OWN_CELLS[marks.code])


def _accident(marks: Marks, day: int, dead: int) -> list[Any]:
    more = {"事故单位": marks.enterprise}
    return accident(marks.accident, date(2022, 5, day), dead, town=marks.names[0], department=None, **more)


def _books() -> Iterator[tuple[str, Book]]:
    yield f"{OFFICE_FILE}1.xlsx", targets()
    for marks in UNITS:
        yield f"{marks.file}1.xlsx", marked_ledger(marks)
    for marks, mark in ((LONGTANZI, 9), (TONGQIAO, 7)):
        yield f"{marks.file}2.xlsx", self_assessment(marks.code, mark=mark)
    yield f"{OFFICE_FILE}2.xlsx", review(units=("龙滩子街道", "双路街道"))
    rows = [_accident(LONGTANZI, 1, 3), _accident(TONGQIAO, 2, 1), _accident(SHUANGLU, 3, 1)]
    yield f"{OFFICE_FILE}3.xlsx", accidents("2022-06", *rows)


def fill(settings: Settings, folder: Path) -> dict[str, int]:
    """Load it all, and a workbook that nobody knows; each file's number by its name."""
    with Loader(settings) as loader:
        for name, book in _books():
            assert send(loader, book, folder, at=RECEIVED, name=name).errors == [], name
        unknown = Book({"Sheet1": [["甲", "乙"], [1, 2]]})
        assert send(loader, unknown, folder, at=RECEIVED, name=f"{NOWHERE}.xlsx").status == "rejected"
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(select(submission.c.file_name, submission.c.submission))
        return {row.file_name: row.submission for row in rows}


@contextmanager
def installed(template: Path, folder: Path) -> Iterator[Settings]:
    """An initialised installation on SQLite in a folder, for all tests of a module."""
    shutil.copy(template, folder / "supervision.db")
    with opened(folder) as settings:
        yield settings


@contextmanager
def opened(folder: Path) -> Iterator[Settings]:
    """The installation that lies in a folder; closed, it may be copied."""
    path = folder / "supervision.db"
    settings = Settings(database_url=f"sqlite:///{path}", archive_dir=folder / "archive", today=date(2022, 10, 8))
    try:
        yield settings
    finally:
        for engine in (writer(settings.database_url), reader(settings.database_url)):
            engine.dispose()
