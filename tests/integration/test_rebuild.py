"""A database made anew from the archive and its journal equals the live one in every report, whatever happened to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboards.results import casualties, ranking, ranking_printed, scores, scores_printed, submissions
from data.doctor import examine
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import attach, confirm, decide_veto, match_headers, return_workbook, withdraw
from data.intake.inbox import Choice, take_in
from data.people.scope import office
from data.schema.intake import attachment, header_match, row_difference, submission
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter, Year, parse_period
from etl.__main__ import app
from etl.loading.load import Loader
from etl.loading.rebuild import NotRebuilt, rebuild
from tests.conftest import _forget
from tests.demo_year import environment_of, settings_of
from tests.fetching import fetched
from tests.integration.formats import xlsx
from tests.integration.ledgers import RECEIVED, all_rows, ledger, send
from tests.integration.test_confirming import MORE

pytestmark = pytest.mark.slow

OUR_OWN = {"audit", "account", "sign_in", "sign_in_failure", "sent_today", "installation", "alembic_version"}
"""Tables that a rebuild makes in its own way or not at all: the audit log anew, accounts without passwords and people's names."""


def every_report(settings: Settings, url: str) -> str:
    """All reports of the year, as JSON."""
    engine, scope, today = reader(url), office(settings.zone), settings.today
    found: list[Any] = []
    for month in range(1, 13):
        period = Month(2022, month)
        for known in (None, date(2022, 6, 10)):
            one = fetched(engine, scope, ranking.fetch, period, fixed_today=today, known_by=known)
            found.append(ranking_printed.as_dict(one))
    found += [
        scores_printed.as_dict(fetched(engine, scope, scores.fetch, Quarter(2022, q), fixed_today=today))
        for q in range(1, 5)
    ]
    found.append(casualties.as_dict(fetched(engine, scope, casualties.fetch, Year(2022), fixed_today=today)))
    for text in (*(f"2022-{month:02}" for month in range(1, 13)), "2022Q1", "2022Q2", "2022Q3", "2022", "2021"):
        found.append(
            submissions.as_dict(fetched(engine, scope, submissions.fetch, parse_period(text), fixed_today=today))
        )
    return json.dumps(found, ensure_ascii=False, default=str)


def stored(settings: Settings, url: str) -> dict[str, list[Any]]:
    """Every row of every table but those that a rebuild makes in its own way, and but the moment of checking."""
    rows = all_rows(settings.model_copy(update={"database_url": url}), but=OUR_OWN)
    checked = list(submission.c.keys()).index("checked_at")
    rows["submission"] = [(*row[:checked], *row[checked + 1 :]) for row in rows["submission"]]
    return rows


def eventful(settings: Settings, folder: Path) -> None:
    """Everything that can happen to workbooks: straight and confirmed, refused, twice the same, withdrawn, matched, returned."""
    archive = Archive(settings.archive_dir)

    def desk(day: int) -> Desk:
        return Desk(settings.database_url, archive, settings.zone, "office1", datetime(2022, 6, day, 3, tzinfo=UTC))

    with Loader(settings) as loader:

        def upload(content: bytes, day: int, **choice: Any) -> int:
            receipt = take_in(
                settings.database_url, archive, settings.zone, BytesIO(content), "五月.xlsx", "zhang",
                datetime(2022, 6, day, 2, tzinfo=UTC), Choice(**choice), "longtanzi", asks=True,
            )  # fmt: skip
            loader.take_up_pending()
            return receipt.number

        send(loader, ledger(unit="youting"), folder)
        send(loader, ledger(unit="youting"), folder)
        wrong = ledger(unit="youting")
        wrong.put({"B2": "五月初"})
        send(loader, wrong, folder, at=RECEIVED + timedelta(days=1))
        strange = ledger()
        strange.put({"J1": "当场查出的毛病"})
        upload(xlsx(strange), 6)
        match = {"table": "ledger", "header": "当场查出的毛病", "written": "当场查出的毛病", "column": "hazards"}
        match_headers(desk(6), "longtanzi", "enforcement", [match])
        first = upload(xlsx(strange), 7, note="盖章件见附件")
        confirm(desk(8), first, None)
        loader.take_up_pending()
        sha256 = archive.keep(BytesIO(b"%PDF-1.7"))
        attach(desk(8), first, sha256=sha256, file_name="盖章.pdf", media_type="application/pdf", size=8)
        withdraw(desk(9), upload(xlsx(ledger()), 9))
        again = ledger()
        again.put(MORE)
        second = upload(xlsx(again), 10)
        confirm(desk(11), second, 1)
        loader.take_up_pending()
        return_workbook(desk(12), second, "与现场不符")
        upload(xlsx(again), 13)


@pytest.fixture
def new(tmp_path: Path) -> Callable[[str], str]:
    """Addresses of databases that do not exist yet."""
    return lambda name: f"sqlite:///{tmp_path / name}"


def test_rebuilt_equals_live_row_by_row(installation: Settings, tmp_path: Path, new: Callable[[str], str]) -> None:
    """After an eventful month every stored row, every report, and what waits for its sender are the same, on each engine."""
    eventful(installation, tmp_path)
    live = stored(installation, installation.database_url)
    assert live["attachment"]
    assert live["header_match"]
    assert live["row_difference"]
    lines = Archive(installation.archive_dir).last_hash()
    target = new("anew.db")
    assert rebuild(installation, target) > 10
    rebuilt = stored(installation, target)
    for name, rows in live.items():
        assert rebuilt[name] == rows, name
    assert every_report(installation, target) == every_report(installation, installation.database_url)
    assert Archive(installation.archive_dir).last_hash() == lines
    assert examine(installation.model_copy(update={"database_url": target})) == ([], [])
    assert {attachment.name, header_match.name, row_difference.name} <= set(rebuilt)


def test_rebuilt_database_can_take_the_live_ones_place(
    sqlite_installation: Settings, tmp_path: Path, new: Callable[[str], str]
) -> None:
    """The journal goes on with the new database as if it were the old one: the next workbook is the next line."""
    eventful(sqlite_installation, tmp_path)
    rebuild(sqlite_installation, new("anew.db"))
    moved = sqlite_installation.model_copy(update={"database_url": new("anew.db")})
    with Loader(moved) as loader:
        assert send(loader, ledger("2022-06", "youting"), tmp_path, at=datetime(2022, 7, 2, tzinfo=UTC)).status == (
            "accepted"
        )
    assert examine(moved) == ([], [])


def test_rebuilding_into_a_filled_database_is_refused(sqlite_installation: Settings, tmp_path: Path) -> None:
    """The live database itself, or any that holds workbooks, is not touched."""
    with Loader(sqlite_installation) as loader:
        send(loader, ledger(), tmp_path)
    before = all_rows(sqlite_installation)
    with pytest.raises(NotRebuilt):
        rebuild(sqlite_installation, sqlite_installation.database_url)
    assert all_rows(sqlite_installation) == before


def test_veto_and_command(
    sqlite_installation: Settings, tmp_path: Path, commanded: Callable[[Settings], None], new: Callable[[str], str]
) -> None:
    """``etl rebuild --into`` writes decisions of the office too; into a filled database it is wrong usage."""
    settings = sqlite_installation
    with Loader(settings) as loader:
        send(loader, ledger(), tmp_path)
    desk = Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, "office1", RECEIVED)
    decide_veto(
        desk, quarter=Quarter(2022, 2), unit="longtanzi", confirmed=True, grounds=["accident 1"], reason="经研究"
    )
    commanded(settings)
    done = CliRunner().invoke(app, ["rebuild", "--into", new("anew.db")])
    assert done.exit_code == 0, done.output
    assert stored(settings, new("anew.db"))["veto_decision"] == stored(settings, settings.database_url)["veto_decision"]
    assert stored(settings, new("anew.db"))["veto_decision"]
    assert CliRunner().invoke(app, ["rebuild", "--into", settings.database_url]).exit_code == 2


def test_demo_year_made_anew_equals_the_live_one_in_every_report(
    demo_year: Path, tmp_path: Path, commanded: Callable[[Settings], None], new: Callable[[str], str]
) -> None:
    """Five hundred workbooks, refused and corrected ones among them, through the command; all reports and rows are the same."""
    installation = settings_of(environment_of(shutil.copytree(demo_year, tmp_path / "year")))
    commanded(installation)
    done = CliRunner().invoke(app, ["rebuild", "--into", new("anew.db")])
    assert done.exit_code == 0, done.output
    live = installation.database_url
    assert every_report(installation, new("anew.db")) == every_report(installation, live)
    before = stored(installation, live)
    assert stored(installation, new("anew.db")) == before
    assert len(before["submission"]) > 500
    assert examine(installation) == ([], []), "a year of workbooks is found well"
    for url in (live, new("anew.db")):
        _forget(url)
