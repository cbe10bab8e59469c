"""Whatever is in a file, what is said of it stays small: in memory, in the answer, in the database, on the page, in its copy."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, func, select, text

from dashboards.pages.submissions import follow
from data.initial import migrate
from data.people.scope import Role, Scope
from data.schema.intake import submission_problem
from data.settings import Settings
from data.store import reader
from etl.annotate import annotated
from etl.loading import recheck
from etl.loading.load import Loader
from etl.table.messages import sentence
from etl.table.problem_groups import MOST_CELLS
from tests.fetching import fetched
from tests.how_many import is_long
from tests.integration.ledgers import Book, ledger, number, send
from tests.integration.revisions import between_revisions, take_back
from tests.integration.rubbish import WRONG_COLUMNS, rubbish, wide
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_intake_web import page, work

ROOT = Path(__file__).parents[2]
MOST_MIB, MOST_SECONDS, MOST_ANSWER, MOST_GROWTH = 512, 30, 2_000_000, 1_000_000


class Measured:
    """What a command answered, and what it took: MiB of the largest of its processes, seconds of work of all."""

    def __init__(self, environment: Mapping[str, str], *command: object) -> None:
        with TemporaryFile() as told:
            process = subprocess.Popen(
                [sys.executable, "-m", "etl", *map(str, command)],
                cwd=ROOT, env={**os.environ, **environment}, stdout=told, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            _pid, status, used = os.wait4(process.pid, 0)
            self.code = process.returncode = os.waitstatus_to_exitcode(status)
            told.seek(0)
            self.answer = told.read()
        self.mib, self.seconds = used.ru_maxrss // 1024, used.ru_utime + used.ru_stime

    @property
    def file(self) -> dict[str, Any]:
        """The answer about its one file."""
        (one,) = json.loads(self.answer)["files"]
        return dict(one)


def size(settings: Settings) -> int:
    """Bytes of the database."""
    if settings.database_url.startswith("sqlite"):
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))
    with reader(settings.database_url).connect() as connection:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


FILES = {"rubbish": (rubbish, 20_000, WRONG_COLUMNS), "wide": (wide, 300, 15)}
"""How each is made, of how many rows, and how many cells of a row are wrong."""


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    """Each of them, made once."""
    folder = tmp_path_factory.mktemp("bad")

    @cache
    def bad(name: str, rows: int) -> Path:
        return FILES[name][0](folder / f"{name}{rows}.xlsx", rows)

    return bad


@pytest.mark.slow
@pytest.mark.weighed
@pytest.mark.parametrize("name", FILES)
def test_rubbish_is_answered_within_limits(
    installation: Settings, environment: dict[str, str], bad_files: Callable[[str, int], Path], name: str
) -> None:
    """Twenty thousand rows of rubbish, two hundred columns of long texts: counted whole, answered small, by parent and child alike.

    All of them on the long run; else a quarter, which are still a thousand times what an answer may name.
    """
    _make, rows, of_a_row = FILES[name]
    rows = rows if is_long() else rows // 4
    path, wrong, before = bad_files(name, rows), rows * of_a_row, size(installation)
    load = Measured(environment, "load", path, "--received-at", "2022-06-04T10:00:00+08:00", "--json")
    assert (load.code, load.file["status"]) == (1, "rejected")
    assert sum(one.get("count", 1) for one in load.file["errors"]) == wrong
    assert len(load.file["errors"]) + len(load.file["warnings"]) <= 500
    assert (load.mib < MOST_MIB, load.seconds < MOST_SECONDS, len(load.answer) < MOST_ANSWER) == (True, True, True)
    assert size(installation) - before < MOST_GROWTH
    assert (
        Measured(environment, "check", path, "--received-at", "2022-06-04T10:00:00+08:00", "--json").answer
        == load.answer
    )


def test_column_that_is_wrong_is_one_entry(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Of forty rows in which twelve cells are wrong there are twelve entries, each of a column, kept as they are told."""
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, rubbish(tmp_path / "敌.xlsx", 60), tmp_path)
    assert [(one.count, len(one.cells)) for one in outcome.errors] == [(60, MOST_CELLS)] * WRONG_COLUMNS
    assert {one.cell for one in outcome.errors} == {f"{letter}2" for letter in "BDEGJKLMNQRS"}
    with reader(sqlite_installation.database_url).connect() as connection:
        kept = connection.execute(select(submission_problem).order_by(submission_problem.c.position)).all()
    assert [(row.code, row.cell, row.cells, row.places) for row in kept] == [
        (one.code, one.cell, list(one.cells), one.count) for one in outcome.problems
    ]


def test_what_a_cell_says_is_cut(sqlite_installation: Settings, tmp_path: Path) -> None:
    """A cell, a unit and a heading of thirty thousand characters are shown by their beginning, whoever asks."""
    long = "字" * 30_000
    with Loader(sqlite_installation) as loader:
        told = send(loader, ledger().put({"B2": long, "U1": long, "I3": long}), tmp_path).problems
        book = Book({"执法检查台账": [[f"填报单位：{long}"], *ledger().sheets["执法检查台账"]]})
        told += send(loader, book, tmp_path).problems
    assert {one.code for one in told} >= {"bad_date", "unknown_column", "unknown_unit"}
    with reader(sqlite_installation.database_url).connect() as connection:
        kept = connection.execute(select(submission_problem)).all()
    for row in kept:
        assert len(json.dumps(row._mapping["parameters"])) + len(row.value or "") + len(row.column or "") < 10_000


@pytest.mark.parametrize(
    ("cell", "value"), [("C2", "ﷺ" * 60), ("C2", "某" * 1_001), ("T2", "ﷺ" * 280), ("T3", "长" * 5_001)]
)
def test_texts_have_an_end(sqlite_installation: Settings, tmp_path: Path, cell: str, value: str) -> None:
    """A name or remark longer than anybody's is refused at its cell, measured as it is compared: ﷺ is eighteen characters."""
    with Loader(sqlite_installation) as loader:
        (one,) = send(loader, ledger().put({cell: value}), tmp_path).errors
        assert (one.code, one.cell, "精简" in sentence(one)) == ("bad_choice", cell, True)
        assert send(loader, ledger().put({cell: value[: len(value) * 9 // 10]}), tmp_path).errors == []


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with an account of each role."""
    return made(sqlite_installation, monkeypatch)


@pytest.fixture
def clerk(site: Site) -> Visitor:
    """A clerk of 龙滩子街道."""
    return site.signed_in(Role.UNIT)


@pytest.fixture
def asked(site: Site) -> Iterator[list[str]]:
    """The statements with which pages ask for problems."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "submission_problem.message" in statement:
            statements.append(statement)

    engine = reader(site.door.settings.database_url)
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def sent(site: Site, clerk: Visitor, path: Path) -> int:
    """The number of an uploaded workbook that the worker has refused."""
    files = {"files": [(io.BytesIO(path.read_bytes()), path.name)]}
    answer = clerk.post("/upload", files)
    assert work(site) == ["rejected"]
    return int(answer.get_json()["files"][0]["receipt"])


def test_page_of_rubbish_is_small_and_asks_once(site: Site, clerk: Visitor, asked: list[str], tmp_path: Path) -> None:
    """A thousand rows of rubbish: a page below 300 KB that says how many cells, made of one look at what was found."""
    one = sent(site, clerk, rubbish(tmp_path / "敌.xlsx", 1_000))
    shown = page(clerk, f"?period=2022-05&submission={one}")
    assert len(shown.encode()) < 300_000
    assert len(asked) == 1
    assert all(part in shown for part in ("12,000处", "“检查日期”一列有1,000格须更正", "另有994处"))


def test_receipt_that_is_told_often_is_asked_for_once(
    site: Site, clerk: Visitor, asked: list[str], tmp_path: Path
) -> None:
    """A browser that hands back one receipt two hundred times gets one card, made of one look, and no more than it can read."""
    one = sent(site, clerk, rubbish(tmp_path / "敌.xlsx", 30))
    files = follow.understood([{"name": "敌.xlsx", "receipt": one, "refused": None}] * 200)
    office = Scope("shuangqiao", Role.OFFICE, "office1")
    found = fetched(reader(site.door.settings.database_url), office, follow.look_up, files)
    assert (len(files), len(asked), found[one].errors.places) == (1, 1, 30 * WRONG_COLUMNS)


def test_more_entries_than_a_page_has_room_for(site: Site, clerk: Visitor, tmp_path: Path) -> None:
    """Entries beyond the fiftieth are on the next pages, each with its address; of another number there is the last page."""
    book = ledger()
    rows = book.sheets["执法检查台账"]
    rows.extend([*rows[3][:8], number(case), *rows[3][9:]] for case in range(10, 25))
    book.put({f"{letter}{row}": f"x{row}" for letter in "BDEGJKLMNQRS" for row in range(5, 14)})
    one = sent(site, clerk, book.write(tmp_path / "敌.xlsx"))
    first, second, last = (page(clerk, f"?period=2022-05&submission={one}&problems={n}") for n in (1, 2, 999))
    assert "第 1–50 条" in first
    assert "第 51–100 条" in second
    assert f"submission={one}&problems=2#one" in first
    assert "S13" in last
    assert "S13" not in first


def test_annotated_workbook_marks_the_first_and_counts_the_rest(sqlite_installation: Settings, tmp_path: Path) -> None:
    """The first fifty cells of each entry are marked and listed; the list says of how many more they stand."""
    path = rubbish(tmp_path / "敌.xlsx", 120)
    with Loader(sqlite_installation) as loader:
        problems = send(loader, path, tmp_path).problems
    book = load_workbook(io.BytesIO(annotated(path.read_bytes(), problems)))
    marked = [cell.coordinate for row in book["执法检查台账"].iter_rows() for cell in row if cell.comment is not None]
    assert sorted(marked) == sorted(cell for one in problems for cell in one.cells)
    listed = list(book["问题清单"].iter_rows(min_row=4, values_only=True))
    assert len(listed) == len(marked)
    assert f"错误 {120 * WRONG_COLUMNS} 处" in book["问题清单"]["A2"].value
    assert sum("另有 70 处" in row[5] for row in listed) == WRONG_COLUMNS


def test_problems_of_before_stay_readable(installation: Settings, tmp_path: Path) -> None:
    """What an older program kept, with all its cells, is counted by the migration and shown like any other."""
    with Loader(installation) as loader:
        send(loader, ledger().put({"B2": "无期", "E2": "渔业", "E3": "渔业"}), tmp_path)
    cells = [f"E{row}" for row in range(2, 302)]
    with between_revisions(installation.database_url) as connection:
        own = submission_problem.c
        connection.execute(submission_problem.update().where(own.code == "bad_choice").values(cells=cells))
        take_back(connection, "0006")
        migrate(connection, "0009")
        places = dict(connection.execute(select(own.code, func.sum(own.places)).group_by(own.code)).all())  # type: ignore[arg-type]
    assert places == {"bad_date": 1, "bad_choice": 300}


def test_recheck_names_nothing_that_was_told(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Notes of more cells than an entry names are no news when the workbook is checked again."""
    book = ledger()
    rows = book.sheets["执法检查台账"]
    rows.extend(
        [case, rows[3][1], f"企业{case}", None, *rows[3][4:7], "张伟", number(case), *rows[3][9:]]
        for case in range(10, 90)
    )
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, Book({"执法检查台账": rows}, book.meta), tmp_path)
    assert (outcome.status, {one.code: one.count for one in outcome.warnings}["few_inspectors"]) == ("accepted", 80)
    assert [one.problems for one in recheck.recheck(sqlite_installation)] == [()]
