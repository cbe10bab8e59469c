"""Rows of tip-offs: the office and the handling unit read them; committee, administrator and other units learn how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from dashboards.results import dossier, workbooks
from data.intake.archive import Archive
from data.intake.inbox import take_in
from data.people.accounts import Wanted
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from etl.annotate.waiting import annotate_next
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.canaries import words
from tests.integration.ledgers import NOTHING, RECEIVED, Book, send
from tests.integration.papers import tipoffs
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_guessing import ask, body, enter, page

ZONE = "shuangqiao"
ROWS = re.compile("宏达|再生资源|举1|案2|现场核查|60000|2022-05-(?:04|09|20|24|25)|[BDI]3(?![0-9A-Za-z])")
"""What stands in a cell of the ledgers below, or leads to one."""
NEIGHBOUR = Wanted("wangwu", "王五", Role.UNIT, "shuanglu")
READERS = ("office1", "zhangsan")
SEERS = ("viewer1", "admin1")
FILES = ("/annotated", "/original", "template")


@dataclass
class Filed:
    """The application on three ledgers of 龙滩子街道: accepted, corrected, refused; by their numbers."""

    site: Site
    settings: Settings
    accepted: int
    corrected: int
    refused: int

    def exits(self, visitor: Visitor) -> Iterator[tuple[str, TestResponse]]:
        """Every way by which a workbook's cells are shown."""
        for number in (self.accepted, self.corrected, self.refused):
            for change in ("changed", "new"):
                search = f"?period=2022-05&submission={number}&change={change}"
                yield search, page(visitor, "/submissions", search)
            for address in (f"/original/{number}", f"/annotated/{number}"):
                yield address, visitor.get(address)
            yield "problems", visitor.get(f"/export/problems.csv?submission={number}")
            yield from self._grids(visitor, number)
        yield "workbooks", visitor.get("/export/workbooks.csv")
        yield "template", visitor.get("/template?kind=tipoffs&unit=longtanzi&period=2022-06")

    def _grids(self, visitor: Visitor, number: int) -> Iterator[tuple[str, TestResponse]]:
        for search in ("", "宏达"):
            rows = {
                "startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {},
                "context": {"asked": f"?submission={number}", "search": search},
            }  # fmt: skip
            for grid in ("submissions-grid", "submissions-problem-grid"):
                sent = body(visitor, f"{grid}.getRowsResponse", {f"{grid}.getRowsRequest": rows})
                yield f"{grid} {search}", ask(visitor, sent)


@pytest.fixture(scope="module")
def filed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filed]:
    """Two versions of May and a refused one, whose deadlines and numbers contradict each other."""
    folder = tmp_path_factory.mktemp("tipoffs")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        archive, refused = Archive(settings.archive_dir), 0
        with Loader(settings) as loader:
            for number, book in enumerate(
                (tipoffs(), tipoffs().put({"G2": 60000, "I3": "2022-05-24"}), _contradicting())
            ):
                path = book.write(folder / f"举报宏达{number}.xlsx")
                if number < 2:
                    assert send(loader, path, folder).status == "accepted"
                    continue
                with path.open("rb") as file:
                    refused = take_in(
                        settings.database_url,
                        archive,
                        ZONE,
                        file,
                        path.name,
                        "zhangsan",
                        RECEIVED,
                        NOTHING,
                        "longtanzi",
                    ).number
            loader.take_up_pending()
        while annotate_next(settings, archive):
            pass
        site = made(settings, patch)
        site.door.add(NEIGHBOUR)
        numbers = [one.number for one in reversed(_latest(settings))]
        assert numbers[-1] == refused
        yield Filed(site, settings, *numbers)


def _contradicting() -> Book:
    return tipoffs().put({"A3": "举1", "D3": None, "B3": "2022-06-01", "I2": "2022-05-03"})


def _latest(settings: Settings) -> list[workbooks.Sent]:

    return fetched(reader(settings.database_url), office(ZONE), workbooks.latest)


@pytest.mark.parametrize("name", [*SEERS, NEIGHBOUR.name])
def test_nobody_else_reads_a_row(filed: Filed, name: str) -> None:
    """Pages, grids, searches, exports, the original, the annotated copy, the template: no cell, and no way to one."""
    answers = list(filed.exits(enter(filed.site, name)))
    told = {asked: sorted(set(ROWS.findall(words(answer)))) for asked, answer in answers}
    assert {asked: found for asked, found in told.items() if found} == {}
    assert {answer.status_code for asked, answer in answers if asked.startswith(FILES)} <= {403, 404}


@pytest.mark.parametrize("name", READERS)
def test_office_and_unit_read_them(filed: Filed, name: str) -> None:
    """The same questions show both of them the rows, the changes, what is wrong and where, and every file."""
    answers = list(filed.exits(enter(filed.site, name)))
    told = "".join(words(answer) for asked, answer in answers if not asked.startswith(FILES))
    assert {"宏达", "举1", "2022-05-24", "B3"} <= set(ROWS.findall(told))
    assert {answer.status_code for asked, answer in answers if asked.startswith(FILES[1:])} == {200}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
def test_the_others_are_told_how_many(filed: Filed, role: Role) -> None:
    """So many rows, changed in so many cells, so many problems of which kind; no row, no place."""
    engine, scope = reader(filed.settings.database_url), Scope(ZONE, role, "somebody")
    corrected = fetched(engine, scope, dossier.fetch, filed.corrected)
    assert corrected is not None
    assert (corrected.sent.rows, corrected.changes.counts, corrected.changes.cells) == (2, {"changed": 2}, 2)
    assert (corrected.changes.rows, corrected.sent.opens) == ((), False)
    refused = fetched(engine, scope, dossier.fetch, filed.refused)
    assert refused is not None
    codes = sorted(one.code for one in refused.sent.problems)
    assert codes == ["duplicate_key", "inconsistent", "missing_value", "out_of_period"]
    assert {(one.cells, one.sheet) for one in refused.sent.problems} == {((), "举报与失信惩戒")}
    seen = page(enter(filed.site, "viewer1"), "/submissions", f"?period=2022-05&submission={filed.corrected}")
    assert "本表逐行内容只有安委办和本单位可以看到" in words(seen)


def test_another_unit_does_not_see_that_there_is_one(filed: Filed) -> None:
    """No workbook of tip-offs of others stands in what a unit may ask for."""
    engine, scope = reader(filed.settings.database_url), Scope(ZONE, Role.UNIT, "wangwu", "shuanglu")
    assert [fetched(engine, scope, dossier.fetch, one) for one in (filed.accepted, filed.refused)] == [None, None]
