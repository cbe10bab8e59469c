"""A new rule is silent before its period, warns in it, and refuses from the next one on; stored workbooks can be re-checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from typer.testing import CliRunner

from data.schema.zone import rule_start
from data.settings import Settings
from data.store import write_transaction
from etl.__main__ import app
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.integration.ledgers import all_rows, ledger, send

RULE = "hazards_without_deadline"


def without_deadline(settings: Settings, folder: Path, month: str) -> Outcome:
    """A ledger with hazards and no 整改期限, sent at the month's end."""
    book = ledger(month)
    book.put({"L2": None})
    with Loader(settings) as loader:
        return send(loader, book, folder, at=datetime(2022, 9, 2, tzinfo=UTC))


def begins(settings: Settings, period: str) -> None:
    """The rule is new in a period."""
    with write_transaction(settings.database_url) as connection:
        connection.execute(insert(rule_start).values(zone=settings.zone, rule=RULE, warns_in=period))


def test_new_rule_warns_before_it_refuses(sqlite_installation: Settings, tmp_path: Path) -> None:
    """May: silent; June, where it begins: a warning that says from when it refuses; July: refused."""
    begins(sqlite_installation, "2022-06")
    may, june, july = (without_deadline(sqlite_installation, tmp_path, f"2022-{month:02}") for month in (5, 6, 7))
    assert (may.status, may.problems) == ("accepted", ())
    assert (june.status, [problem.code for problem in june.warnings]) == ("accepted", ["inconsistent"])
    assert "2022-07" in sentence(june.warnings[0])
    assert (july.status, [problem.code for problem in july.errors]) == ("rejected", ["inconsistent"])


def test_rule_without_a_beginning_holds(sqlite_installation: Settings, tmp_path: Path) -> None:
    """What is not listed has always been in force."""
    assert without_deadline(sqlite_installation, tmp_path, "2022-05").status == "rejected"


def test_recheck_names_what_would_not_pass_today(
    sqlite_installation: Settings, tmp_path: Path, commanded: Callable[[Settings], None]
) -> None:
    """A rule that comes later finds the stored workbook again, cell and all, and changes nothing; others are not named."""
    settings = sqlite_installation
    commanded(settings)
    begins(settings, "2022-08")
    assert without_deadline(settings, tmp_path, "2022-05").status == "accepted"
    with Loader(settings) as loader:
        send(loader, ledger("2022-06"), tmp_path, at=datetime(2022, 9, 2, tzinfo=UTC))
    fine = CliRunner().invoke(app, ["recheck"])
    assert fine.exit_code == 0, fine.output
    with write_transaction(settings.database_url) as connection:
        connection.execute(rule_start.delete())
    before = all_rows(settings)
    found = CliRunner().invoke(app, ["recheck", "--json"])
    assert found.exit_code == 1
    files = json.loads(found.stdout)["files"]
    assert [(one["period"], [(p["code"], p["cell"]) for p in one["problems"]]) for one in files] == [
        ("2022-05", [("inconsistent", "L2")])
    ]
    assert all_rows(settings) == before
    assert CliRunner().invoke(app, ["recheck", "--period", "2022-06"]).exit_code == 0
