"""What moved after the deadline is said; refused is not unreported; an upload confirmed within a day is in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboards.results import ranking, ranking_printed, scores, submissions
from data.doctor import examine
from data.initial import initialise
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import confirm, return_workbook
from data.intake.inbox import Choice, recall_uploads, take_in
from data.intake.intake_decisions import recall_workbooks
from data.people.scope import Role, Scope, office
from data.rollup.in_force import in_force
from data.schema.enforcement import inspection
from data.schema.intake import submission
from data.schema.zone import scheme
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Quarter, parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.formats import xlsx
from tests.integration.ledgers import NOTHING, RECEIVED, Book, ledger, send
from tests.integration.revisions import between_revisions, take_back

LATER = datetime.fromisoformat("2022-07-18T09:30:00+08:00")
WORSE = {"S2": "不合格"}
"""The re-inspection of one case did not pass after all."""


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def may(settings: Settings, unit: str = "longtanzi", period: str = "2022-05", **days: date) -> dict[str, Any]:
    """A unit's row of the ranking of a month."""
    rows = ranked(settings, office(settings.zone), period, **days)
    return rows[unit]


def ranked(settings: Settings, scope: Scope, period: str, **days: date) -> dict[str, dict[str, Any]]:
    """The rows of the ranking that a scope sees, by unit."""
    result = fetched(
        reader(settings.database_url), scope, ranking.fetch, Month.parse(period), fixed_today=settings.today, **days
    )
    return {row["unit"]: row for group in ranking_printed.as_dict(result)["groups"] for row in group["rows"]}


def of(unit: str, period: str = "2022-05", **changes: Any) -> Book:
    """A unit's ledger of the month."""
    return ledger(period, unit).put(changes)


def accept(loader: Loader, book: Book, folder: Path, at: datetime = RECEIVED) -> None:
    """Load a workbook that must be accepted."""
    outcome = send(loader, book, folder, at=at)
    assert (outcome.status, outcome.errors) == ("accepted", [])


def give_back(loader: Loader, at: datetime, unit: str = "longtanzi", period: str = "2022-05") -> None:
    """The office returns the ledger that counts."""
    settings = loader.settings
    with reader(settings.database_url).connect() as connection:
        found = in_force(connection, settings.zone, "enforcement", unit, period)
    assert found is not None
    return_workbook(
        Desk(settings.database_url, loader.archive, settings.zone, "office1", at), found.submission, "与现场不符"
    )


# 更正


def test_score_that_moved_after_the_deadline_says_from_what(loader: Loader, tmp_path: Path) -> None:
    """A corrected ledger received later: the row says what was known on the deadline's day, and when it came."""
    settings = loader.settings
    accept(loader, of("longtanzi"), tmp_path)
    accept(loader, of("shuanglu"), tmp_path)
    before = may(settings)
    assert before["correction"] is None
    accept(loader, of("longtanzi").put(WORSE), tmp_path, LATER)
    after = may(settings)
    assert after["score"] != before["score"]
    assert after["correction"] == {
        "received_at": "2022-07-18T09:30:00+08:00",
        "score_before": before["score"],
        "rank_before": before["rank"],
    }
    assert may(settings, "shuanglu")["correction"] is None
    assert may(settings, known_by=date(2022, 7, 17)) == before


def test_correction_before_the_deadline_is_none(loader: Loader, tmp_path: Path) -> None:
    """Up to the end of the deadline's day a unit may put things right without a word."""
    accept(loader, of("longtanzi"), tmp_path)
    accept(loader, of("longtanzi").put(WORSE), tmp_path, datetime.fromisoformat("2022-06-05T23:59:59+08:00"))
    assert may(loader.settings)["correction"] is None


def test_first_ledger_that_comes_late_corrects_nothing(loader: Loader, tmp_path: Path) -> None:
    """Who is late is late; a second ledger then corrects, from having had neither score nor place."""
    accept(loader, of("longtanzi"), tmp_path, LATER)
    assert (may(loader.settings)["flags"][0], may(loader.settings)["correction"]) == ("late", None)
    accept(loader, of("longtanzi").put(WORSE), tmp_path, LATER + timedelta(days=1))
    assert may(loader.settings)["correction"] == {
        "received_at": "2022-07-19T09:30:00+08:00",
        "score_before": None,
        "rank_before": None,
    }


def test_correction_that_moves_nothing_is_no_correction(loader: Loader, tmp_path: Path) -> None:
    """A remark put right moves no score; that another's late ledger takes the place meanwhile is not this unit's doing."""
    accept(loader, of("longtanzi").put(WORSE), tmp_path)
    alone = may(loader.settings)["rank"]
    accept(loader, of("longtanzi").put({**WORSE, "T2": "更正备注"}), tmp_path, LATER)
    accept(loader, of("shuanglu"), tmp_path, LATER)
    assert (alone, may(loader.settings)["rank"]) == (1, 2)
    assert may(loader.settings)["correction"] is None


def test_return_and_earlier_months_ledger_correct_too(loader: Loader, tmp_path: Path) -> None:
    """A return moves the score to none; a ledger of April that comes late moves May's cases due."""
    settings = loader.settings
    accept(loader, of("longtanzi"), tmp_path)
    before = may(settings)
    accept(loader, of("longtanzi", "2022-04").put({"L2": date(2022, 5, 3), "R2": None, "S2": None}), tmp_path, LATER)
    moved = may(settings)
    assert moved["indicators"]["due_cases"] > before["indicators"]["due_cases"]
    assert moved["correction"]["score_before"] == before["score"] != moved["score"]
    give_back(loader, LATER + timedelta(days=2))
    gone = may(settings)
    assert (gone["score"], gone["flags"][0]) == (None, "not_reported")
    assert gone["correction"] == {
        "received_at": "2022-07-20T09:30:00+08:00",
        "score_before": before["score"],
        "rank_before": before["rank"],
    }


def test_a_units_account_reads_of_its_own_score_alone(loader: Loader, tmp_path: Path) -> None:
    """Before publication no place, neither now nor before: it would tell of the others'."""
    accept(loader, of("longtanzi"), tmp_path)
    before = may(loader.settings)
    accept(loader, of("longtanzi").put(WORSE), tmp_path, LATER)
    own = Scope(loader.settings.zone, Role.UNIT, "zhang", "longtanzi")
    row = ranked(loader.settings, own, "2022-05")["longtanzi"]
    assert (row["rank"], row["correction"]["rank_before"]) == (None, None)
    assert row["correction"]["score_before"] == before["score"]


# 未通过


def test_refused_is_not_unreported(loader: Loader, tmp_path: Path) -> None:
    """The unit did send: beside awaited and not_reported it is refused, as known by any day from the refusal on."""
    settings = loader.settings
    assert send(loader, of("longtanzi", B2="下周"), tmp_path).status == "rejected"
    flags = {day: may(settings, known_by=date(2022, 6, day))["flags"] for day in (3, 4, 5, 6)}
    assert flags == {
        3: ["awaited"],
        4: ["awaited", "refused"],
        5: ["awaited", "refused"],
        6: ["not_reported", "refused"],
    }
    accept(loader, of("longtanzi"), tmp_path, LATER)
    assert "refused" not in may(settings)["flags"]
    assert may(settings, known_by=date(2022, 6, 6))["flags"] == ["not_reported", "refused"]


def test_refused_correction_of_what_counts_is_no_flag(loader: Loader, tmp_path: Path) -> None:
    """While a ledger counts nothing is unreported; once that is returned, the last one received was refused."""
    accept(loader, of("longtanzi"), tmp_path)
    send(loader, of("longtanzi", B2="下周"), tmp_path, at=RECEIVED + timedelta(hours=1))
    assert "refused" not in may(loader.settings)["flags"]
    give_back(loader, LATER)
    assert may(loader.settings)["flags"][:2] == ["not_reported", "refused"]


def test_what_one_unit_sends_in_anothers_name_is_not_the_others(loader: Loader) -> None:
    """An account of 双路街道 sends a ledger of 龙滩子街道, and rubbish in its name: nothing is said of 龙滩子街道."""
    upload(loader, xlsx(of("longtanzi")), RECEIVED, only_unit="shuanglu")
    upload(loader, b"rubbish", RECEIVED, Choice("enforcement", "longtanzi", "2022-05"), only_unit="shuanglu")
    assert may(loader.settings)["flags"] == ["not_reported"]
    assert status(loader.settings) == ("missing", None)
    upload(loader, b"rubbish", RECEIVED, Choice("enforcement", "longtanzi", "2022-05"))
    assert may(loader.settings)["flags"] == ["not_reported", "refused"]
    assert status(loader.settings) == ("rejected", None)


def test_what_the_program_failed_on_is_no_refusal(loader: Loader, tmp_path: Path) -> None:
    """Set aside by our own fault: not refused, and the page has it to say 待处理."""
    settings = loader.settings
    send(loader, of("longtanzi", B2="下周"), tmp_path)
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(submission).values(status="set_aside"))
    result = fetched(
        reader(settings.database_url), office(settings.zone), ranking.fetch, Month(2022, 5), fixed_today=settings.today
    )
    row = next(row for row in result.group("town").rows if row.unit.code == "longtanzi")
    assert row.figures.flags == ("not_reported",)
    assert ranking.shown_flags(row.figures.flags, row.undone) == ("set_aside",)


def test_quarter_knows_what_was_refused_and_corrected(loader: Loader, tmp_path: Path) -> None:
    """The months behind the quarter: one refused, one corrected; the page reads both there."""
    settings = loader.settings
    send(loader, of("longtanzi", "2022-04", B2="下周"), tmp_path)
    accept(loader, of("longtanzi"), tmp_path)
    accept(loader, of("longtanzi").put(WORSE), tmp_path, LATER)
    result = fetched(
        reader(settings.database_url), office(settings.zone), scores.fetch, Quarter(2022, 2), fixed_today=settings.today
    )
    row = next(row for row in result.group("town").rows if row.unit.code == "longtanzi")
    assert row.months["2022-04"].undone is not None
    assert row.months["2022-05"].correction is not None
    assert [(one.month, one.reported) for one in row.figures.months] == [
        ("2022-04", False),
        ("2022-05", True),
        ("2022-06", False),
    ]


# An upload and its sender's word


def upload(
    loader: Loader, content: bytes, at: datetime, choice: Choice = NOTHING, *, only_unit: str = "longtanzi"
) -> int:
    """Send a workbook through the page; the worker looks at it."""
    settings = loader.settings
    receipt = take_in(
        settings.database_url, Archive(settings.archive_dir), settings.zone, BytesIO(content), "五月.xlsx", "zhang",
        at, choice, only_unit, asks=True,
    )  # fmt: skip
    loader.take_up_pending()
    return receipt.number


def say_the_word(loader: Loader, number: int, at: datetime) -> None:
    """The sender confirms; the worker loads."""
    settings = loader.settings
    confirm(Desk(settings.database_url, loader.archive, settings.zone, "zhang", at), number, None)
    loader.take_up_pending()


def status(settings: Settings, **days: date) -> tuple[str, str | None]:
    """What has become of the unit's ledger, and when it was received."""
    result = fetched(
        reader(settings.database_url),
        office(settings.zone),
        submissions.fetch,
        parse_period("2022-05"),
        fixed_today=settings.today,
        **days,
    )
    rows = submissions.as_dict(result)["rows"]
    row = next(row for row in rows if (row["unit"], row["kind"]) == ("longtanzi", "enforcement"))
    return row["status"], row["received_at"]


EVENING = datetime.fromisoformat("2022-06-05T22:00:00+08:00")


@pytest.mark.parametrize(
    ("after", "timeliness", "said"),
    [
        (timedelta(hours=10), 1, ("on_time", "2022-06-05T22:00:00+08:00")),
        (timedelta(hours=24), 1, ("on_time", "2022-06-05T22:00:00+08:00")),
        (timedelta(hours=24, seconds=1), 0.5, ("late", "2022-06-06T22:00:01+08:00")),
    ],
)
def test_upload_confirmed_within_a_day_is_in_time_by_its_upload(
    loader: Loader, after: timedelta, timeliness: float, said: tuple[str, str]
) -> None:
    """In time by the moment of the upload if its sender's word comes within 24 hours, else by that word."""
    settings = loader.settings
    number = upload(loader, xlsx(of("longtanzi")), EVENING)
    say_the_word(loader, number, EVENING + after)
    assert (may(settings)["indicators"]["timeliness"], status(settings)) == (timeliness, said)
    assert examine(settings) == ([], [])


def test_what_is_known_when_goes_by_the_word(loader: Loader) -> None:
    """As known by the day of the upload the ledger is awaited, before the word and after it; it is no correction."""
    settings = loader.settings
    number = upload(loader, xlsx(of("longtanzi")), EVENING)
    before = may(settings, known_by=date(2022, 6, 5))
    assert before["flags"] == ["awaited"]
    say_the_word(loader, number, EVENING + timedelta(hours=10))
    assert may(settings, known_by=date(2022, 6, 5)) == before
    assert status(settings, known_by=date(2022, 6, 5)) == ("awaited", None)
    assert (may(settings)["flags"], may(settings)["correction"]) == ([], None)


# A database of before


def test_database_of_before_is_brought_up_to_date(loader: Loader, tmp_path: Path) -> None:
    """Far due days, the sums that rest on them, the moments of upload and the rule of 2025: all there after ``data init``."""
    settings = loader.settings
    number = upload(loader, xlsx(of("longtanzi", L2=date(2023, 2, 1), R2=None, S2=None)), EVENING)
    say_the_word(loader, number, EVENING + timedelta(hours=10))
    expected = {month: may(settings, period=month) for month in ("2022-05", "2022-08", "2022-09")}
    assert expected["2022-08"]["indicators"] is None
    with between_revisions(settings.database_url) as connection:
        assert due(connection) == {date(2022, 8, 14), date(2022, 5, 30)}
        take_back(connection, "0006")
        assert due(connection) == {date(2023, 2, 11), date(2022, 5, 30)}
        connection.execute(scheme.delete().where(scheme.c.version == "2025"))
    made = initialise(settings.database_url, settings.zone)
    assert [line.partition("：")[2].partition(" ")[0] for line in made] == ["0006", "scheme", "work_plan"], made
    assert recall_uploads(settings.database_url, loader.archive, settings.zone) == 1
    assert recall_uploads(settings.database_url, loader.archive, settings.zone) == 0
    with write_transaction(settings.database_url) as connection:
        recall_workbooks(connection, loader.archive, settings.zone)
    assert initialise(settings.database_url, settings.zone) == []
    assert {month: may(settings, period=month) for month in expected} == expected
    with reader(settings.database_url).connect() as connection:
        assert due(connection) == {date(2022, 8, 14), date(2022, 5, 30)}
    assert examine(settings) == ([], [])


def due(connection: Any) -> set[date]:
    """The due days of all cases with hazards."""
    rows = connection.execute(select(inspection.c.due_on).where(inspection.c.due_on.is_not(None)))
    return set(rows.scalars())


# From 2025 on


def test_from_2025_on_inspections_do_not_score(loader: Loader, tmp_path: Path) -> None:
    """Who inspected nobody has no score and no place; completion is shown and not scored; the month of before is as ever."""
    settings = loader.settings.model_copy(update={"today": date(2025, 4, 20)})
    for period, at in (("2024-12", "2025-01-03"), ("2025-01", "2025-02-03")):
        received = datetime.fromisoformat(f"{at}T10:00:00+08:00")
        accept(loader, of("longtanzi", period), tmp_path, received)
        accept(loader, ledger(period, "shuanglu").only_headers(), tmp_path, received)
    then, now = (ranked(settings, office(settings.zone), period) for period in ("2024-12", "2025-01"))
    assert (then["shuanglu"]["score"], then["shuanglu"]["rank"]) == (0.0, 2)
    assert (now["shuanglu"]["score"], now["shuanglu"]["rank"]) == (None, None)
    assert now["shuanglu"]["flags"] == ["zero_enforcement"]
    assert "completion" in then["longtanzi"]["points"]
    assert list(now["longtanzi"]["points"]) == [
        "closed_loop_rate",
        "rectification_rate",
        "problem_rate",
        "penalty_rate",
        "timeliness",
    ]
    quarter = fetched(
        reader(settings.database_url), office(settings.zone), scores.fetch, Quarter(2025, 1), fixed_today=settings.today
    )
    row = next(row for row in quarter.group("town").rows if row.unit.code == "shuanglu")
    assert [one.score for one in row.figures.months] == [None, 0, 0]
