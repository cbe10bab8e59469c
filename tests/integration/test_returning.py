"""The office returns an accepted workbook with a reason: it counts no more, what was before it counts again, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from dashboards.results import cases, ranking, ranking_printed, submissions
from data.doctor import examine
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.decisions import return_workbook
from data.people.scope import office
from data.rollup.in_force import in_force
from data.schema.intake import submission
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, parse_period
from etl.__main__ import app
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import RECEIVED, ledger, number, send
from tests.integration.test_confirming import MORE

RETURNED = datetime(2022, 6, 20, 2, tzinfo=UTC)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def counts(settings: Settings, period: str = "2022-05") -> tuple[int, int] | None:
    """(submission, version) that counts for the unit's ledger."""
    with reader(settings.database_url).connect() as connection:
        found = in_force(connection, settings.zone, "enforcement", "longtanzi", period)
    return None if found is None else tuple(found)


def give_back(settings: Settings, loader: Loader, reason: str = "第 2 行与现场不符", period: str = "2022-05") -> None:
    """The office returns what counts."""
    found = counts(settings, period)
    assert found is not None
    return_workbook(Desk(settings.database_url, loader.archive, settings.zone, "office1", RETURNED), found[0], reason)


def ranked(settings: Settings, period: str = "2022-05", **days: date) -> dict[str, Any]:
    """The unit's row of a month's ranking, of May's where none is said."""
    result = fetched(
        reader(settings.database_url),
        office(settings.zone),
        ranking.fetch,
        Month.parse(period),
        fixed_today=settings.today,
        **days,
    )
    rows = [row for group in ranking_printed.as_dict(result)["groups"] for row in group["rows"]]
    return next(row for row in rows if row["unit"] == "longtanzi")


def status(settings: Settings) -> str:
    """What has become of the unit's ledger."""
    result = fetched(
        reader(settings.database_url),
        office(settings.zone),
        submissions.fetch,
        parse_period("2022-05"),
        fixed_today=settings.today,
    )
    rows = submissions.as_dict(result)["rows"]
    return next(row["status"] for row in rows if (row["unit"], row["kind"]) == ("longtanzi", "enforcement"))


def test_returned_ledger_counts_no_more(loader: Loader, tmp_path: Path) -> None:
    """The unit has not reported any more and the matrix says 退回; known by the day before, it had."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    assert ranked(settings)["indicators"]["inspections"] == 3
    give_back(settings, loader)
    assert (counts(settings), status(settings)) == (None, "returned")
    assert ranked(settings)["indicators"] is None
    assert "not_reported" in ranked(settings)["flags"]
    assert ranked(settings, known_by=date(2022, 6, 19))["indicators"]["inspections"] == 3
    assert examine(settings) == ([], [])


def test_corrected_workbook_after_a_return_is_the_next_version(loader: Loader, tmp_path: Path) -> None:
    """Numbers of versions go on, timeliness goes by the first that was not returned; even the same bytes can come again."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    give_back(settings, loader)
    outcome = send(loader, ledger(), tmp_path, at=datetime(2022, 6, 21, 2, tzinfo=UTC))
    assert (outcome.status, outcome.version) == ("accepted", 2)
    assert (status(settings), ranked(settings)["indicators"]["timeliness"]) == ("late", 0)


def test_version_before_counts_again(loader: Loader, tmp_path: Path) -> None:
    """Returning a correction brings back what it had replaced, figures and all; after the deadline that is said."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    before = ranked(settings)
    book = ledger()
    book.put(MORE)
    send(loader, book, tmp_path, at=RECEIVED)
    corrected = ranked(settings)
    assert corrected != before
    give_back(settings, loader)
    moved = {
        "received_at": RETURNED.astimezone(RECEIVED.tzinfo).isoformat(),
        "score_before": corrected["score"],
        "rank_before": corrected["rank"],
    }
    assert ranked(settings) == {**before, "correction": moved}
    assert counts(settings) is not None
    assert counts(settings)[1] == 1


def test_ledger_that_a_later_month_refers_to_stays(loader: Loader, tmp_path: Path) -> None:
    """整改复查 of June names a case of May: May cannot be returned before June is."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    june = ledger("2022-06")
    may_case = ledger().all_sheets()["整改复查"][1][0]
    june.put({"整改复查!A2": may_case, "整改复查!B2": date(2022, 6, 21)})
    outcome = send(loader, june, tmp_path, at=datetime(2022, 7, 2, 2, tzinfo=UTC))
    assert outcome.errors == []
    with pytest.raises(Undecidable, match="2022-06"):
        give_back(settings, loader)
    give_back(settings, loader, period="2022-06")
    give_back(settings, loader)
    assert counts(settings) is None


def punished(settings: Settings, period: str) -> tuple[int, str]:
    """行政处罚 and 罚款金额 of the unit in a month."""
    indicators = ranked(settings, period)["indicators"]
    return indicators["penalties"], str(indicators["fines_yuan"])


def behind_penalties(settings: Settings, period: str) -> list[tuple[str, tuple[str, ...]]]:
    """The cases behind 行政处罚 of a month, each with its decisions, as the page lists them."""
    engine, scope = reader(settings.database_url), office(settings.zone)
    page = fetched(
        engine, scope, cases.fetch, "longtanzi", Month.parse(period), "penalties", fixed_today=settings.today
    )
    return [(case.number, case.decisions) for case in page.cases]


def test_what_a_returned_ledger_told_of_a_penalty_goes_with_it(loader: Loader, tmp_path: Path) -> None:
    """June tells that May's case was penalised, July only the fine and a further decision: without June neither counts.

    Whoever had sent the same without June's ledger would be where the unit is now (METHOD 2: in order of period).
    """
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    june = ledger("2022-06").put(
        {"整改复查!A2": number(1), "整改复查!B2": None, "整改复查!C2": None, "整改复查!D2": None}
    )
    june.put({"整改复查!E2": "是", "整改复查!F2": "罚〔2022〕61号", "整改复查!G2": "罚款", "整改复查!H2": None})
    july = ledger("2022-07").put(
        {"整改复查!A2": number(1), "整改复查!B2": None, "整改复查!C2": None, "整改复查!D2": None}
    )
    july.put({"整改复查!H2": 4321})
    july.put({"整改复查!A3": number(1), "整改复查!F3": "罚〔2022〕71号", "整改复查!H3": 1234})
    assert send(loader, june, tmp_path, at=datetime(2022, 7, 2, 2, tzinfo=UTC)).errors == []
    assert send(loader, july, tmp_path, at=datetime(2022, 8, 2, 2, tzinfo=UTC)).errors == []
    before = punished(settings, "2022-06"), punished(settings, "2022-07")
    assert before == ((2, "20000.0"), (2, "21234.0"))
    assert (number(1), ("罚〔2022〕61号", "罚〔2022〕71号")) in behind_penalties(settings, "2022-07")
    give_back(settings, loader, period="2022-06")
    assert punished(settings, "2022-07") == (1, "20000.0")
    assert [case for case, _ in behind_penalties(settings, "2022-07")] == [number(2, "2022-07")]
    assert send(loader, june, tmp_path, at=datetime(2022, 8, 3, 2, tzinfo=UTC)).errors == []
    assert (punished(settings, "2022-06"), punished(settings, "2022-07")) == before
    assert examine(settings) == ([], [])


def test_ledger_whose_former_cases_another_month_reported_stays(loader: Loader, tmp_path: Path) -> None:
    """A case left out of May's correction and reported in June would count twice if May's correction were returned."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    send(loader, ledger().put({"I4": "（渝双）应急检记〔2022〕99号"}), tmp_path, at=RECEIVED)
    june = ledger("2022-06").put({"I4": number(3)})
    assert send(loader, june, tmp_path, at=datetime(2022, 7, 2, 2, tzinfo=UTC)).errors == []
    with pytest.raises(Undecidable, match="2022-06"):
        give_back(settings, loader)
    assert counts(settings)[1] == 2
    give_back(settings, loader, period="2022-06")
    give_back(settings, loader)
    assert counts(settings)[1] == 1


def test_return_needs_a_reason_and_something_that_counts(loader: Loader, tmp_path: Path) -> None:
    """No reason, no return; and what does not count cannot be returned, nor returned twice."""
    settings = loader.settings
    send(loader, ledger(), tmp_path)
    with pytest.raises(Undecidable, match="退回"):
        give_back(settings, loader, "  ")
    found = counts(settings)
    give_back(settings, loader)
    desk = Desk(settings.database_url, loader.archive, settings.zone, "office1", RETURNED)
    with pytest.raises(Undecidable):
        return_workbook(desk, found[0], "再退一次")
    told = submission.c
    with reader(settings.database_url).connect() as connection:
        row = connection.execute(select(told.returned_by, told.return_reason, told.status)).one()
    assert tuple(row) == ("office1", "第 2 行与现场不符", "accepted")


def test_command_returns_with_a_reason(loader: Loader, tmp_path: Path, commanded: Callable[[Settings], None]) -> None:
    """The command line acts as the office; wrong usage is a sentence."""
    settings = loader.settings
    commanded(settings)
    send(loader, ledger(), tmp_path)
    order = ["return", "enforcement", "--unit", "龙滩子街道", "--period", "2022-05", "--reason", "数据不实"]
    done = CliRunner().invoke(app, order)
    assert (done.exit_code, counts(settings)) == (0, None), done.output
    assert CliRunner().invoke(app, order).exit_code == 2
