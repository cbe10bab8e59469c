"""A ledger that is another one under new days and numbers is pointed out; honest months are not (CONTRACT, Warnings)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, text

from dashboards.results import workbooks
from data.initial import migrate
from data.people.scope import Role, Scope
from data.schema.enforcement import ledger_fingerprint
from data.schema.intake import submission
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.fetching import fetched
from tests.how_many import seeds
from tests.integration.ledgers import LEDGER_HEADER, NOTHING, Book, number, send
from tests.integration.revisions import between_revisions, take_back

ROWS = 40


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def month_of(chance: Random, period: str, unit: str, rows: int = ROWS, *, enterprises: int = 300) -> Book:
    """A ledger of inspections of enterprises drawn at random, with figures of their own."""
    year, month = int(period[:4]), int(period[5:])
    lines: list[list[Any]] = []
    for case in range(1, rows + 1):
        found = chance.choice((0, 0, 1, 2, 3, 4, 5))
        lines.append([
            case, date(year, month, chance.randint(1, 20)), f"重庆第{chance.randrange(enterprises)}机械有限公司", None, "工贸", "龙滩子街道", "日常检查",
            f"张伟{chance.randrange(30)}、李娜{chance.randrange(30)}", number(case, period, unit), found, min(found, chance.randint(0, 1)),
            date(year, month, 25), chance.randint(0, found), "否", *[None] * 6,
        ])  # fmt: skip
    return Book({"执法检查台账": [[*LEDGER_HEADER], *lines]}, {"kind": "enforcement", "unit": unit, "period": period})


def copied(chance: Random, book: Book, period: str, unit: str, *, edited: float = 0.1, rows: int | None = None) -> Book:
    """The same ledger for another month or unit: other days and numbers, and of each other column this share of its cells
    changed, drawn at random.
    """
    lines: list[list[Any]] = []
    taken = book.sheets["执法检查台账"][1:][:rows]
    enterprises, hazards, major, rectified = (
        set(chance.sample(range(1, len(taken) + 1), round(edited * len(taken)))) for _ in range(4)
    )
    for case, line in enumerate(taken, start=1):
        copy = [*line]
        copy[1] = date(int(period[:4]), int(period[5:]), chance.randint(1, 20))
        copy[8], copy[11] = number(case, period, unit), date(int(period[:4]), int(period[5:]), 25)
        if case in enterprises:
            copy[2] = f"重庆第{chance.randrange(300, 600)}机械有限公司"
        if case in hazards:
            copy[9] += 1
        if case in major:
            copy[10] = min(copy[9], 1 - min(copy[10], 1))
        if case in rectified:
            copy[12] = copy[9] - copy[12] if copy[9] != 2 * copy[12] else 0
        lines.append(copy)
    chance.shuffle(lines)
    return Book({"执法检查台账": [[*LEDGER_HEADER], *lines]}, {"kind": "enforcement", "unit": unit, "period": period})


def pointed_out(outcome: Outcome) -> list[str]:
    """The sentences about copies."""
    assert (outcome.errors, outcome.status) == ([], "accepted")
    return [sentence(one) for one in outcome.warnings if one.code == "probable_copy"]


@pytest.mark.parametrize("seed", seeds(2 * 3))
@pytest.mark.parametrize(
    ("period", "unit"), [("2022-05", "longtanzi"), ("2022-04", "shuanglu"), ("2022-05", "shuanglu")]
)
def test_copy_with_one_cell_in_ten_changed_is_found(
    loader: Loader, tmp_path: Path, seed: int, period: str, unit: str
) -> None:
    """Of the unit's own earlier month or of another unit's ledger: the warning names that unit, its month and the share."""
    chance = Random(seed)
    original = month_of(chance, "2022-04", "longtanzi")
    assert pointed_out(send(loader, original, tmp_path)) == []
    (said,) = pointed_out(send(loader, copied(chance, original, period, unit), tmp_path))
    assert "龙滩子街道办事处2022-04" in said
    assert 80 <= int(said.partition("%")[0].rpartition("有")[2]) < 100


def test_part_of_a_larger_ledger_is_a_copy_too(loader: Loader, tmp_path: Path) -> None:
    """The share is that of the smaller ledger: eight rows out of forty are a copy, in either direction."""
    chance = Random(5)
    original = month_of(chance, "2022-03", "longtanzi")
    send(loader, original, tmp_path)
    part = copied(chance, original, "2022-04", "shuanglu", edited=0, rows=8)
    assert len(pointed_out(send(loader, part, tmp_path))) == 1
    send(
        loader,
        copied(chance, month_of(chance, "2022-03", "tongqiao"), "2022-04", "youting", edited=0, rows=6),
        tmp_path,
    )
    assert "100%" in pointed_out(send(loader, copied(chance, original, "2022-05", "longtanzi", edited=0), tmp_path))[0]


@pytest.mark.parametrize(("edited", "rows"), [(0.45, ROWS), (0.0, 4)])
def test_what_is_no_copy(loader: Loader, tmp_path: Path, edited: float, rows: int) -> None:
    """Less than four fifths in common, or fewer than five rows: not a word."""
    chance = Random(6)
    original = month_of(chance, "2022-04", "longtanzi", rows)
    send(loader, original, tmp_path)
    assert pointed_out(send(loader, copied(chance, original, "2022-05", "shuanglu", edited=edited), tmp_path)) == []


def test_same_enterprises_with_figures_of_their_own_are_no_copy(loader: Loader, tmp_path: Path) -> None:
    """A unit that goes to the same forty enterprises every month finds other things there."""
    chance = Random(7)
    for month in range(1, 7):
        book = month_of(chance, f"2022-{month:02}", "longtanzi", enterprises=40)
        for line in book.sheets["执法检查台账"][1:]:
            line[9] = line[12] = chance.randint(1, 9)
        assert pointed_out(send(loader, book, tmp_path, at=datetime.fromisoformat("2022-07-04T10:00:00+08:00"))) == []


def test_visits_without_a_hazard_are_alike_in_any_ledger(loader: Loader, tmp_path: Path) -> None:
    """The same thirty enterprises, nothing found at most of them: it is what was found at the others that tells a copy."""
    for month in (4, 5):
        book = month_of(Random(10), f"2022-{month:02}", "longtanzi", 30, enterprises=30)
        for place, line in enumerate(book.sheets["执法检查台账"][1:]):
            line[2] = f"重庆第{place}机械有限公司"
            line[9] = line[12] = month if place < 6 else 0
            line[10] = 0
        assert pointed_out(send(loader, book, tmp_path)) == []


def test_correction_is_no_copy_of_what_it_corrects(loader: Loader, tmp_path: Path) -> None:
    """The next version of a ledger is like the one before; a ledger that was corrected away is nobody's model."""
    chance = Random(8)
    original = month_of(chance, "2022-04", "longtanzi")
    send(loader, original, tmp_path)
    original.put({"T2": "更正"})
    assert pointed_out(send(loader, original, tmp_path)) == []
    send(loader, month_of(chance, "2022-04", "longtanzi"), tmp_path)
    assert pointed_out(send(loader, copied(chance, original, "2022-05", "shuanglu"), tmp_path)) == []


def test_only_the_office_reads_whose_ledger_it_is(loader: Loader, tmp_path: Path) -> None:
    """The office reads which ledger it resembles; the unit's account is not told that it resembles any."""
    chance = Random(9)
    original = month_of(chance, "2022-04", "longtanzi")
    send(loader, original, tmp_path)
    outcome = send(loader, copied(chance, original, "2022-05", "shuanglu"), tmp_path)
    assert len(pointed_out(outcome)) == 1
    engine = reader(loader.settings.database_url)
    with engine.connect() as connection:
        second = connection.execute(select(func.max(submission.c.submission))).scalar_one()
    for scope, knows in (
        (Scope("shuangqiao", Role.UNIT, "u", "shuanglu"), False),
        (Scope("shuangqiao", Role.OFFICE, "o"), True),
    ):
        sent = fetched(engine, scope, workbooks.one, second)
        assert sent is not None
        said = [one.sentence for one in sent.problems if one.code == "probable_copy"]
        assert len(said) == knows
        assert ("龙滩子" in repr(sent), "2022-04" in repr(said)) == (knows, knows)


def test_samples_hold_no_copy(sqlite_installation: Settings, sample_order: list[tuple[Path, datetime]]) -> None:
    """A half-year of honest ledgers, loaded in order, has not one probable copy and nobody in too many places."""
    with Loader(sqlite_installation) as loader:
        for path, received_at in sample_order:
            outcome = loader.load(path, received_at=received_at, choice=NOTHING)
            assert not {one.code for one in outcome.problems} & {"probable_copy", "busy_inspectors"}


def test_migration_makes_the_fingerprints_that_a_load_makes(loader: Loader, tmp_path: Path) -> None:
    """Of ledgers loaded before there were any: taken back a revision and forward again, each has the same bits."""
    for rows, unit in ((40, "longtanzi"), (300, "shuanglu")):
        send(loader, month_of(Random(11), "2022-04", unit, rows, enterprises=2000), tmp_path)
    url = loader.settings.database_url
    with between_revisions(url) as connection:
        in_order = select(ledger_fingerprint).order_by(*ledger_fingerprint.primary_key.columns)
        before = connection.execute(in_order).all()
        take_back(connection, "0005")
        assert connection.execute(text("SELECT max(size) FROM ledger_sample")).scalar_one() == 256
        migrate(connection, "0006")
        assert connection.execute(in_order).all() == before
    assert len(before) == 2
