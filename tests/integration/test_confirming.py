"""What comes through the page is shown to its sender first and counts on the sender's word: against what was looked at."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data.doctor import examine
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decision_checks import Outdated, Undecidable
from data.intake.decisions import attach, check_again, confirm, match_headers, withdraw
from data.intake.inbox import Choice, take_in
from data.schema.enforcement import inspection
from data.schema.intake import attachment, row_difference, submission, submission_problem
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader
from tests.integration.formats import xlsx
from tests.integration.ledgers import RECEIVED, all_rows, ledger, number, send

LATER = RECEIVED + timedelta(days=3)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def upload(
    loader: Loader, content: bytes, at: datetime = RECEIVED, *, asks: bool = True, only_unit: str | None = "longtanzi"
) -> int:
    """Send a workbook through the page; the worker looks at it."""
    settings = loader.settings
    receipt = take_in(
        settings.database_url, Archive(settings.archive_dir), settings.zone, BytesIO(content), "五月.xlsx", "zhang",
        at, Choice(note="请审"), only_unit, asks=asks,
    )  # fmt: skip
    loader.take_up_pending()
    return receipt.number


def desk(loader: Loader, at: datetime = LATER, actor: str = "zhang") -> Desk:
    """Where somebody decides."""
    return Desk(loader.settings.database_url, loader.archive, loader.settings.zone, actor, at)


def stands(settings: Settings, sent: int) -> tuple[str, int | None, int | None]:
    """A workbook's state, version and the version that it was checked against."""
    told = submission.c
    with reader(settings.database_url).connect() as connection:
        row = connection.execute(select(submission).where(told.submission == sent)).one()
    return row.status, row.version, row.checked_against


def changes(settings: Settings, sent: int) -> dict[str, int]:
    """How many rows of a workbook are new, changed, gone, the same."""
    told = row_difference.c
    with reader(settings.database_url).connect() as connection:
        rows = connection.execute(
            select(told.change, func.count()).where(told.submission == sent).group_by(told.change)
        )
        return dict(rows.all())


MORE = {"J2": 3, "汇总!B4": 6}
"""A correction: one hazard more in the first inspection."""


def test_checked_workbook_counts_for_nothing_until_its_sender_says_so(loader: Loader) -> None:
    """Checked, shown row by row, and not one row of the accepted tables touched; then confirmed, and received at that moment."""
    settings = loader.settings
    looked = ("inspection", "reinspection", "enforcement_month", "enforcement_sector", "veto_decision")
    before = {name: rows for name, rows in all_rows(settings).items() if name in looked}
    sent = upload(loader, xlsx(ledger()))
    assert stands(settings, sent) == ("checked", None, None)
    assert changes(settings, sent) == {"new": 4}
    assert {name: rows for name, rows in all_rows(settings).items() if name in looked} == before
    confirm(desk(loader), sent, None)
    assert stands(settings, sent)[0] == "confirmed"
    loader.take_up_pending()
    assert stands(settings, sent)[:2] == ("accepted", 1)
    told = submission.c
    with reader(settings.database_url).connect() as connection:
        received = connection.execute(select(told.received_at).where(told.submission == sent)).scalar_one()
        stored = connection.execute(select(func.count()).select_from(inspection)).scalar()
    assert (received, stored, changes(settings, sent)) == (LATER, 3, {})
    assert examine(settings) == ([], [])


def test_new_version_keeps_what_it_changed(loader: Loader, tmp_path: Path) -> None:
    """Of a correction every row is told: new, changed with old and new text, gone; after confirming what stayed is dropped."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    book = ledger()
    book.put({**MORE, "I4": number(77)})
    sent = upload(loader, xlsx(book))
    assert stands(settings, sent) == ("checked", None, 1)
    found = changes(settings, sent)
    assert (found["changed"], found["new"], found["gone"]) == (1, 1, 1)
    assert found["same"] == 2
    told = row_difference.c
    with reader(settings.database_url).connect() as connection:
        rows = {
            row.change: row
            for row in connection.execute(select(row_difference).where(told.submission == sent, told.change != "same"))
        }
    assert (rows["changed"].before, rows["changed"].after) == ({"发现隐患数": "2"}, {"发现隐患数": "3"})
    assert rows["new"].identity == number(77)
    assert rows["new"].before is None
    assert rows["gone"].identity == number(3)
    confirm(desk(loader), sent, 1)
    loader.take_up_pending()
    assert stands(settings, sent)[:2] == ("accepted", 2)
    assert changes(settings, sent) == {"changed": 1, "new": 1, "gone": 1}


def test_word_holds_only_for_what_was_looked_at(loader: Loader, tmp_path: Path) -> None:
    """Another version came in between: the confirmation is refused, and checking again leads to a new preview."""
    settings = loader.settings
    sent = upload(loader, xlsx(ledger()))
    other = ledger()
    other.put(MORE)
    send(loader, other, tmp_path)
    with pytest.raises(Outdated, match="数据"):
        confirm(desk(loader), sent, None)
    again = check_again(desk(loader), sent).number
    loader.take_up_pending()
    assert stands(settings, sent)[0] == "withdrawn"
    assert stands(settings, again) == ("checked", None, 1)
    confirm(desk(loader), again, 1)
    loader.take_up_pending()
    assert stands(settings, again)[:2] == ("accepted", 2)


def test_version_that_overtakes_a_confirmation_refuses_it(loader: Loader, tmp_path: Path) -> None:
    """A version received before the confirmation and loaded after it: what was confirmed is refused, nothing half done."""
    settings = loader.settings
    sent = upload(loader, xlsx(ledger()))
    other = ledger()
    other.put(MORE)
    take_in(
        settings.database_url, loader.archive, settings.zone, BytesIO(xlsx(other)), "另一份.xlsx", "office1", RECEIVED,
        Choice(), None,
    )  # fmt: skip
    confirm(desk(loader), sent, None)
    loader.take_up_pending()
    told = submission_problem.c
    with reader(settings.database_url).connect() as connection:
        codes = connection.execute(select(told.code).where(told.submission == sent, told.severity == "error")).scalars()
        assert list(codes) == ["outdated"]
    assert stands(settings, sent)[:2] == ("rejected", None)
    assert changes(settings, sent) == {}, "what was shown does not hold any more"


def test_withdrawn_workbook_is_over(loader: Loader) -> None:
    """Its sender takes it back: it never counts, its preview stays to be read, and nobody can confirm it any more."""
    settings = loader.settings
    sent = upload(loader, xlsx(ledger()))
    withdraw(desk(loader), sent)
    assert (stands(settings, sent)[0], changes(settings, sent)) == ("withdrawn", {"new": 4})
    with pytest.raises(Undecidable):
        confirm(desk(loader), sent, None)
    assert examine(settings) == ([], [])


def test_straight_upload_is_loaded_at_once(loader: Loader) -> None:
    """Who asks for no preview gets none."""
    assert stands(loader.settings, upload(loader, xlsx(ledger()), asks=False))[:2] == ("accepted", 1)


def test_matched_header_is_remembered_for_the_unit_and_kind(loader: Loader) -> None:
    """A header that no alias knows: refused; matched once by hand, this workbook and later ones are read; others' are not."""
    settings = loader.settings
    strange = ledger()
    strange.put({"J1": "当场查出的毛病"})
    first = upload(loader, xlsx(strange))
    assert stands(settings, first)[0] == "rejected"
    match = {"table": "ledger", "header": "当场查出的毛病", "written": "当场查出的毛病", "column": "hazards"}
    match_headers(desk(loader), "longtanzi", "enforcement", [match])
    again = check_again(desk(loader), first).number
    loader.take_up_pending()
    assert stands(settings, again)[0] == "checked"
    june = ledger("2022-06")
    june.put({"J1": "当场查出的毛病"})
    assert stands(settings, upload(loader, xlsx(june), LATER + timedelta(days=30)))[0] == "checked"
    of_another = ledger(unit="youting")
    of_another.put({"J1": "当场查出的毛病"})
    assert stands(settings, upload(loader, xlsx(of_another), only_unit="youting"))[0] == "rejected"
    match_headers(desk(loader), "longtanzi", "enforcement", [{**match, "column": None}])
    assert stands(settings, upload(loader, xlsx(strange), LATER))[0] == "rejected"


def test_attachment_is_kept_with_the_workbook(loader: Loader) -> None:
    """A stamped scan belongs to its workbook; ``doctor`` misses it when its bytes are gone."""
    settings = loader.settings
    sent = upload(loader, xlsx(ledger()))
    sha256 = loader.archive.keep(BytesIO(b"%PDF-1.7 stamped"))
    attach(desk(loader), sent, sha256=sha256, file_name="盖章.pdf", media_type="application/pdf", size=16)
    with reader(settings.database_url).connect() as connection:
        row = connection.execute(select(attachment.c.submission, attachment.c.file_name)).one()
    assert tuple(row) == (sent, "盖章.pdf")
    assert examine(settings) == ([], [])
    loader.archive.path_of(sha256).unlink()
    findings, _notes = examine(settings)
    assert [sha256 in finding for finding in findings] == [True]


def test_what_a_killed_upload_left_is_swept_and_nothing_else(loader: Loader, tmp_path: Path) -> None:
    """Half-kept bytes of yesterday go; what is being kept now and every original stay."""
    upload(loader, xlsx(ledger()))
    originals = loader.archive.path_of("aa").parent.parent
    old, young = originals / "1-1.part", originals / "2-2.part"
    for left in (old, young):
        left.write_bytes(b"half")
    yesterday = time.time() - 2 * 86_400
    os.utime(old, (yesterday, yesterday))
    before = set(originals.rglob("*"))
    assert loader.archive.sweep() == 1
    assert set(originals.rglob("*")) == before - {old}
