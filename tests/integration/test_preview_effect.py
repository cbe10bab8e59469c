"""What a correction does to the unit's own score is said before anybody confirms it, and is what the ranking says afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from dashboards.results import dossier, overview, ranking, row_changes, submissions, workbooks
from dashboards.results.effect import Effect
from dashboards.results.overview import ReturnedWorkbook
from data.doctor import examine
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import confirm, return_workbook, withdraw
from data.intake.inbox import Choice, take_in
from data.people.scope import Role, Scope, office
from data.schema.enforcement import enforcement_month, inspection
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import RECEIVED, Book, ledger, send

MAY = Month(2022, 5)
UNIT = Scope("shuangqiao", Role.UNIT, "zhang", "longtanzi")
VIEWER = Scope("shuangqiao", Role.VIEWER, "v")
LATER = RECEIVED + timedelta(days=1)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation, where May's ledger of 龙滩子 is in."""
    with Loader(installation) as one:
        yield one


def previewed(loader: Loader, book: Book, folder: Path) -> int:
    """A workbook that its sender is shown first."""
    settings = loader.settings
    with book.write(folder / "更正.xlsx").open("rb") as file:
        receipt = take_in(
            settings.database_url, Archive(settings.archive_dir), settings.zone, file, "更正.xlsx", "zhang", LATER, Choice(),
            "longtanzi", asks=True,
        )  # fmt: skip
    (outcome,) = loader.take_up_pending()
    assert (outcome.status, outcome.errors) == ("checked", [])
    return receipt.number


def corrected(**cells: object) -> Book:
    """May's ledger with other cells, and without the sheet that adds it up."""
    book = ledger().put(cells)
    del book.sheets["汇总"]
    return book


def desk(settings: Settings, actor: str = "zhang") -> Desk:
    return Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, actor, LATER)


def effects(settings: Settings, number: int, scope: Scope = UNIT) -> tuple[Effect, ...]:
    found = fetched(reader(settings.database_url), scope, dossier.fetch, number, fixed_today=settings.today)
    assert found is not None
    return found.effects


def scores(settings: Settings) -> dict[Month, object]:
    """The unit's score in every month since May, as the ranking has it."""
    engine, months = reader(settings.database_url), [MAY.plus(one) for one in range(6)]
    return {
        month: next(
            row.figures.score
            for group in fetched(engine, office(settings.zone), ranking.fetch, month, fixed_today=settings.today).groups
            for row in group.rows
            if row.unit.code == "longtanzi"
        )
        for month in months
    }


def stored(settings: Settings) -> tuple[object, ...]:
    """How many cases are stored, and all sums."""
    with reader(settings.database_url).connect() as connection:
        cases = connection.execute(select(func.count()).select_from(inspection)).scalar()
        return cases, connection.execute(select(enforcement_month)).all()


def test_preview_says_what_the_ranking_will(loader: Loader, tmp_path: Path) -> None:
    """Month by month from what to what; nothing is changed by looking; once confirmed the ranking says just that."""
    settings = loader.settings
    assert send(loader, ledger(), tmp_path).status == "accepted"
    before, kept = scores(settings), stored(settings)
    number = previewed(loader, corrected(S2="不合格"), tmp_path)
    assert stored(settings) == kept
    shown = effects(settings, number)
    assert shown
    assert {one.month: one.before for one in shown} == {one.month: before[one.month] for one in shown}
    confirm(desk(settings), number, 1)
    assert [one.status for one in loader.take_up_pending()] == ["accepted"]
    now = scores(settings)
    assert {one.month: one.after for one in shown} == {
        month: now[month] for month in now if now[month] != before[month]
    }
    assert effects(settings, number) == ()
    assert examine(settings)[0] == []


def test_first_workbook_and_harmless_correction_move_nothing(loader: Loader, tmp_path: Path) -> None:
    """There is no score to be moved before the first ledger, and a remark moves none."""
    number = previewed(loader, ledger(), tmp_path)
    assert effects(loader.settings, number) == ()
    confirm(desk(loader.settings), number, None)
    loader.take_up_pending()
    assert effects(loader.settings, previewed(loader, ledger().put({"T2": "更正"}), tmp_path)) == ()


def test_correction_is_told_in_five_numbers(loader: Loader, tmp_path: Path) -> None:
    """Rows new, changed, gone and the same, and the cells that changed, over all sheets; a first ledger is compared with nothing."""
    settings, engine = loader.settings, reader(loader.settings.database_url)
    first = fetched(engine, UNIT, dossier.fetch, previewed(loader, ledger(), tmp_path))
    assert first is not None
    assert (first.changes.compared, first.changes.cells) == (False, 0)
    send(loader, ledger(), tmp_path)
    changed = corrected(H2="张伟、李娜、王强", T2="更正", T3="更正", I4="（渝双）应急检记〔2022〕1号")
    number = previewed(loader, changed, tmp_path)
    found = fetched(engine, UNIT, dossier.fetch, number)
    assert found is not None
    assert found.changes.counts == {"new": 1, "changed": 2, "gone": 1, "same": 1}
    assert (found.changes.compared, found.changes.cells) == (True, 3)
    confirm(desk(settings), number, 1)
    loader.take_up_pending()
    found = fetched(engine, UNIT, dossier.fetch, number)
    assert found is not None
    assert (found.changes.compared, found.changes.cells) == (True, 3)


def test_discarded_preview_stays_to_be_seen_by_the_office(loader: Loader, tmp_path: Path) -> None:
    """Whoever looks at a preview and discards it leaves what it would have changed behind; nobody else has the list."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    number = previewed(loader, corrected(M2=1), tmp_path)
    withdraw(desk(settings), number)
    engine = reader(settings.database_url)
    assert [one.number for one in fetched(engine, office(settings.zone), workbooks.withdrawn, "2022-05")] == [number]
    assert [fetched(engine, scope, workbooks.withdrawn, "2022-05") for scope in (UNIT, VIEWER)] == [[], []]
    assert fetched(engine, office(settings.zone), row_changes.counts, [number])[number] == {"changed": 1}
    found = fetched(engine, office(settings.zone), dossier.fetch, number)
    assert found is not None
    assert [(row.before, row.after) for row in found.changes.rows] == [({"已整改隐患数": "2"}, {"已整改隐患数": "1"})]


def test_return_is_announced_with_its_reason_where_the_unit_looks_first(loader: Loader, tmp_path: Path) -> None:
    """On overview and submissions, until another workbook has come; its reason is not the committee's to read."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    engine = reader(settings.database_url)
    with engine.connect() as connection:
        number = connection.execute(select(inspection.c.submission)).scalars().first()
    assert number is not None
    return_workbook(desk(settings, "office1"), number, "与现场不符")

    def announced(scope: Scope) -> list[str]:
        found = fetched(engine, scope, overview.fetch, MAY, fixed_today=date(2022, 6, 8))
        return [one.report.return_reason for one in found.matters if isinstance(one, ReturnedWorkbook)]

    assert announced(UNIT) == announced(office(settings.zone)) == ["与现场不符"]
    assert len(announced(VIEWER)) == 1
    assert "现场" not in str(announced(VIEWER))
    result = fetched(engine, UNIT, submissions.fetch, MAY, fixed_today=settings.today)
    assert [one.return_reason for one in result.reports if one.to_be_sent_again] == ["与现场不符"]
    assert send(loader, ledger().put({"T2": "更正"}), tmp_path, at=LATER).status == "accepted"
    assert announced(UNIT) == []
