"""Scores and casualties as reports: amended figures with their history, days that matter, vetoes decided, commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from dashboards.__main__ import app
from dashboards.__main__ import decide as veto
from dashboards.results import casualties, scores
from data.doctor import examine
from data.intake import vetoes
from data.intake.archive import Archive
from data.intake.decision_checks import Undecidable
from data.intake.inbox import database_name
from data.people.scope import office
from data.settings import Settings, settings
from data.store import reader
from data.zone.periods import Quarter, Year
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import NOTHING, Book, ledger, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment

Q1, Q2 = Quarter(2022, 1), Quarter(2022, 2)


@pytest.fixture
def loader(installation: Settings) -> Iterator[Loader]:
    """Loads into the installation."""
    with Loader(installation) as one:
        yield one


def take(loader: Loader, folder: Path, received: str, book: Book) -> None:
    """Send a workbook that must be accepted, received on a day at noon."""
    outcome = send(loader, book, folder, at=datetime.fromisoformat(f"{received}T12:00:00+08:00"), choice=NOTHING)
    assert (outcome.status, outcome.errors) == ("accepted", [])


def casualty_report(settings: Settings, year: int = 2022, **days: date) -> casualties.Casualties:
    """The casualty targets of a year."""
    return fetched(
        reader(settings.database_url),
        office("shuangqiao"),
        casualties.fetch,
        Year(year),
        fixed_today=settings.today,
        **days,
    )


def score_report(settings: Settings, quarter: Quarter = Q2, **days: date) -> scores.Scores:
    """The scores of a quarter."""
    return fetched(
        reader(settings.database_url), office("shuangqiao"), scores.fetch, quarter, fixed_today=settings.today, **days
    )


def row(result: scores.Scores, unit: str) -> scores.ScoredRow:
    """One unit's row."""
    return next(one for group in result.groups for one in group.rows if one.unit.code == unit)


def test_amended_accident_supersedes_and_keeps_its_history(loader: Loader, tmp_path: Path) -> None:
    """Two dead in May's ledger are three in July's: the class rises, the quarter's veto is proposed from then on, and
    what was said before stays readable with its ledger and cell."""
    june = accident("事1", "2022-06-30 23:59", 2)
    take(loader, tmp_path, "2022-07-04", accidents("2022-06", june))
    take(loader, tmp_path, "2022-07-04", self_assessment())
    take(loader, tmp_path, "2022-08-04", accidents("2022-07", accident("事 1", "2022-06-30 23:59", 3)))
    before, after = (casualty_report(loader.settings, known_by=day) for day in (date(2022, 7, 31), date(2022, 8, 31)))
    assert [(one.total.deaths, one.accidents[0].accident.accident_class) for one in (before, after)] == [
        (2, "一般"),
        (3, "较大"),
    ]
    assert [(told.period, told.dead, told.row) for told in after.accidents[0].told] == [
        ("2022-06", 2, 2),
        ("2022-07", 3, 2),
    ]
    assert row(score_report(loader.settings, known_by=date(2022, 7, 31)), "longtanzi").figures.flags == ("unreviewed",)
    now = row(score_report(loader.settings), "longtanzi")
    assert now.figures.flags == ("unreviewed", "veto_proposed")
    assert [ground.key for ground in now.grounds] == ["accident 事 1 较大"]
    assert row(score_report(loader.settings, Quarter(2022, 3)), "longtanzi").grounds == ()


def test_last_minute_of_a_month_belongs_to_it(loader: Loader, tmp_path: Path) -> None:
    """23:59 on 31 March is the first quarter's, and counts as of that very day."""
    take(loader, tmp_path, "2022-04-03", accidents("2022-03", accident("事1", "2022-03-31 23:59", 3)))
    take(loader, tmp_path, "2022-04-03", self_assessment(quarter="2022Q1"))
    take(loader, tmp_path, "2022-07-03", self_assessment(quarter="2022Q2"))
    assert row(score_report(loader.settings, Q1), "longtanzi").grounds != ()
    assert row(score_report(loader.settings, Q2), "longtanzi").grounds == ()
    assert [casualty_report(loader.settings, as_of=date(2022, 3, day)).total.deaths for day in (30, 31)] == [0, 3]


def test_missing_person_is_dead_from_the_first_day_and_provisional_for_thirty(loader: Loader, tmp_path: Path) -> None:
    """下落不明 counts as a death and towards the class; on the road the time is seven days."""
    book = accidents(
        "2022-05",
        accident("工1", date(2022, 5, 1), 2, 下落不明人数=1),
        accident("路1", date(2022, 5, 1), 0, 行业领域="道路交通", 下落不明人数=1),
    )
    take(loader, tmp_path, "2022-06-03", book)
    for day, provisional in ((7, [1, 1]), (8, [1, 0]), (30, [1, 0]), (31, [0, 0])):
        result = casualty_report(loader.settings, as_of=date(2022, 5, day))
        assert [one.accident.provisional for one in result.accidents] == provisional, day
        assert result.total.deaths == 4
    assert [one.accident.accident_class for one in result.accidents] == ["较大", "一般"]


def test_struck_off_accident_stays_listed_and_no_longer_counts(loader: Loader, tmp_path: Path) -> None:
    """核销 in a later ledger takes the death off the cap; the accident stays, with both ledgers' words."""
    take(loader, tmp_path, "2022-04-03", accidents("2022-03", accident("事1", date(2022, 3, 1))))
    take(loader, tmp_path, "2022-05-03", accidents("2022-04", accident("事1", date(2022, 3, 1), 认定状态="核销")))
    result = casualty_report(loader.settings)
    assert (result.total.deaths, result.total.days_since_fatal) == (0, None)
    assert [(told.period, told.status) for told in result.accidents[0].told] == [
        ("2022-03", "快报"),
        ("2022-04", "核销"),
    ]


def test_caps_of_zone_unit_and_sector(loader: Loader, tmp_path: Path) -> None:
    """Each scope has its own cap; who has none has no light and is no less listed."""
    take(loader, tmp_path, "2022-01-12", targets())
    result = casualty_report(loader.settings)
    assert result.total.cap == 6
    assert {one.unit.code: one.standing.cap for one in result.units if one.standing.cap is not None} == {"longtanzi": 2}
    assert {one.sector: one.standing.cap for one in result.sectors if one.standing.cap is not None} == {
        "construction": 2
    }
    assert [one.standing.light for one in result.units if one.standing.cap is None] == [None] * 14


def test_change_on_last_year_needs_last_years_december(loader: Loader, tmp_path: Path) -> None:
    """同比下降50% of three deaths is one; while last year's December ledger is missing the cap is unclear, not 0."""
    take(loader, tmp_path, "2022-01-12", targets().put({"亡人指标!C2": "同比下降50%"}))
    last_year = [accident(f"事{n}", date(2021, n, 1)) for n in (1, 2, 3)]
    take(loader, tmp_path, "2021-12-04", accidents("2021-11", *last_year))
    before = casualty_report(loader.settings)
    assert (before.total.cap, before.cap_unclear, before.total.light) == (None, True, None)
    take(loader, tmp_path, "2022-01-04", accidents("2021-12", *last_year))
    after = casualty_report(loader.settings)
    assert (after.total.cap, after.cap_unclear) == (1, False)


def test_years_on_record_are_those_with_a_december_ledger(loader: Loader, tmp_path: Path) -> None:
    """A past year counts towards the rate only with its whole ledger; one without rows counts as a year without accidents."""
    take(loader, tmp_path, "2020-12-04", accidents("2020-11", accident("事1", date(2020, 5, 1))))
    take(loader, tmp_path, "2022-01-04", accidents("2021-12").only_headers())
    result = casualty_report(loader.settings)
    assert result.record.years == (2021,)
    assert result.total.days_since_fatal == (date(2022, 10, 8) - date(2020, 5, 1)).days


@pytest.mark.parametrize(
    ("year", "asked", "day"),
    [
        (2022, None, date(2022, 10, 8)),
        (2021, None, date(2021, 12, 31)),
        (2023, None, date(2023, 1, 1)),
        (2021, date(2022, 5, 1), date(2021, 12, 31)),
    ],
)
def test_day_of_the_report_stays_within_its_year(
    installation: Settings, year: int, asked: date | None, day: date
) -> None:
    """A past year is seen as of its end, one to come as of its first day."""
    days = {} if asked is None else {"as_of": asked}
    assert casualty_report(installation, year, **days).as_of == day


def test_enterprise_with_two_fatal_accidents_speaks_last(loader: Loader, tmp_path: Path) -> None:
    """The same enterprise under two writings of its name; its territory speaks as well, a single accident does not."""
    book = accidents(
        "2022-06",
        accident("1", date(2022, 4, 2), 事故单位="裕蔚（重庆）建设有限公司"),
        accident("2", date(2022, 6, 2), 事故单位="裕蔚(重庆)建设有限公司 ", department=None),
        accident("3", date(2022, 6, 3), town="双路", 事故单位="另一公司", department=None),
        accident("4", date(2022, 3, 31), town="双路", 事故单位="另一公司", department=None),
    )
    take(loader, tmp_path, "2022-07-04", book)
    take(loader, tmp_path, "2022-07-04", review(units=("龙滩子街道", "双路街道"), mark=10))
    speakers = score_report(loader.settings).speakers
    prone = {one.unit or one.enterprise: one.name for one in speakers if "many_accidents" in one.reasons}
    assert prone == {"longtanzi": "龙滩子街道办事处", "裕蔚(重庆)建设有限公司": "裕蔚(重庆)建设有限公司"}


# Vetoes


@pytest.fixture
def proposed(loader: Loader, tmp_path: Path) -> Settings:
    """An installation in which a veto is proposed for 龙滩子街道 in 2022Q2."""
    take(loader, tmp_path, "2022-07-03", accidents("2022-06", accident("事1", date(2022, 6, 1), 3, department=None)))
    take(loader, tmp_path, "2022-07-04", review())
    return loader.settings


def decide(settings: Settings, *, confirmed: bool, reason: str = "经研究", unit: str = "龙滩子") -> None:
    """The office decides."""
    veto(settings, Q2, unit, confirmed=confirmed, reason=reason)


def test_confirmed_proposal_is_a_veto_with_its_reason(proposed: Settings) -> None:
    """Graded 否决 and ranked behind the scored, with the office's reason; the flag is gone, the decision is on file."""
    decide(proposed, confirmed=True, reason=" 较大事故，负有责任 ")
    one = row(score_report(proposed), "longtanzi")
    assert (one.figures.grade, one.figures.veto, one.figures.rank, one.figures.flags) == (
        "否决",
        "较大事故，负有责任",
        2,
        (),
    )
    assert [(made.confirmed, made.reason) for made in one.decided] == [(True, "较大事故，负有责任")]
    assert examine(proposed) == ([], [])


def test_dismissed_proposal_is_gone_until_new_facts_propose_it_again(
    loader: Loader, proposed: Settings, tmp_path: Path
) -> None:
    """What was decided covers the facts decided on: another accident is another proposal."""
    decide(proposed, confirmed=False)
    assert row(score_report(proposed), "longtanzi").figures.flags == ()
    more = accidents("2022-07", accident("事2", date(2022, 6, 9), 0, department=None, 重伤人数=10))
    take(loader, tmp_path, "2022-08-03", more)
    again = row(score_report(proposed), "longtanzi")
    assert again.figures.flags == ("veto_proposed",)
    assert [ground.key for ground in again.grounds] == ["accident 事2 较大"]


def test_number_written_otherwise_proposes_nothing_anew(loader: Loader, tmp_path: Path) -> None:
    """A later ledger that writes the accident's number with other brackets and blanks tells of the same accident: what was decided stands."""
    first = accident("渝安〔2022〕3号", date(2022, 6, 1), 3, department=None)
    take(loader, tmp_path, "2022-07-03", accidents("2022-06", first))
    take(loader, tmp_path, "2022-07-04", review())
    decide(loader.settings, confirmed=False)
    same = accident("渝安 (2022) 3号", date(2022, 6, 1), 3, department=None)
    take(loader, tmp_path, "2022-08-03", accidents("2022-07", same))
    assert row(score_report(loader.settings), "longtanzi").figures.flags == ()
    worse = accident("渝安（2022）3号", date(2022, 6, 1), 10, department=None)
    take(loader, tmp_path, "2022-09-03", accidents("2022-08", worse))
    again = row(score_report(loader.settings), "longtanzi")
    assert (again.figures.flags, [ground.key for ground in again.grounds]) == (
        ("veto_proposed",),
        ["accident 渝安（2022）3号 重大"],
    )


def test_decision_is_not_known_before_it_is_taken(proposed: Settings) -> None:
    """A report known by an earlier day still shows the proposal."""
    decide(proposed, confirmed=True)
    assert row(score_report(proposed, known_by=date(2022, 10, 7)), "longtanzi").figures.flags == ("veto_proposed",)


@pytest.mark.parametrize(("unit", "reason"), [("longtanzi", "  "), ("shuanglu", "经研究"), ("nobody", "经研究")])
def test_nothing_is_decided_without_a_reason_or_a_proposal(proposed: Settings, unit: str, reason: str) -> None:
    """A blank reason, a unit without a proposal, no unit at all: a sentence, and nothing in journal or database."""
    lines = len(list(Archive(proposed.archive_dir).entries()))
    with pytest.raises(Undecidable, match=r"[\u4e00-\u9fff]"):
        decide(proposed, confirmed=True, unit=unit, reason=reason)
    assert len(list(Archive(proposed.archive_dir).entries())) == lines


def test_decision_cut_short_is_pointed_out_and_written_by_the_next_load(
    loader: Loader, proposed: Settings, tmp_path: Path
) -> None:
    """A line in the journal without its row (the power failed in between) is a note of doctor's until it is written."""
    archive = Archive(proposed.archive_dir)
    with reader(proposed.database_url).connect() as connection:
        database = database_name(connection, proposed.zone)
    told = {
        "period": "2022Q2",
        "unit": "longtanzi",
        "confirmed": True,
        "grounds": ["accident 事1 较大"],
        "reason": "经研究",
        "actor": "office",
    }
    archive.append("2022-10-08T02:00:00+00:00", database, vetoes.DECIDE, told)
    findings, notes = examine(proposed)
    assert (findings, len(notes)) == ([], 1)
    take(loader, tmp_path, "2022-10-08", ledger("2022-09"))
    assert examine(proposed) == ([], [])
    assert row(score_report(proposed), "longtanzi").figures.grade == "否决"


# Commands


def run(*arguments: str) -> tuple[int, str]:
    """Exit code and standard output of ``python -m dashboards …``, with the settings of the environment as it is now."""
    settings.cache_clear()
    result = CliRunner().invoke(app, arguments)
    settings.cache_clear()
    return result.exit_code, result.stdout


@pytest.fixture
def filled(loader: Loader, tmp_path: Path, environment: dict[str, str]) -> Settings:
    """A quarter with marks and accidents, and the environment of commands."""
    take(loader, tmp_path, "2022-01-12", targets())
    take(loader, tmp_path, "2022-07-03", accidents("2022-06"))
    take(loader, tmp_path, "2022-07-04", self_assessment())
    take(loader, tmp_path, "2022-07-05", review())
    return loader.settings


SCORE_KEYS = {
    "unit",
    "name",
    "rank",
    "of",
    "score",
    "grade",
    "flags",
    "components",
    "measures",
    "bonus",
    "deduction",
    "veto",
}
STANDING_KEYS = {
    "deaths", "fatal_accidents", "cap", "remaining", "progress", "elapsed", "pace", "days_since_fatal", "last_year_deaths",
    "breach_probability", "year_end", "light",
}  # fmt: skip
ACCIDENT_KEYS = {
    "number",
    "date",
    "unit",
    "sector",
    "type",
    "deaths",
    "serious_injuries",
    "loss_yuan",
    "class",
    "counted",
    "status",
    "closed",
}


@pytest.mark.usefixtures("filled")
def test_reports_in_json_have_the_contracts_keys() -> None:
    """Every key of CONTRACT section 2 is there, for scores and for casualties."""
    code, text = run("report", "scores", "--period", "2022Q2", "--format", "json")
    told = json.loads(text)
    assert code == 0
    assert {"report", "period", "as_of", "published", "scheme", "groups", "last_speakers"} <= told.keys()
    rows = [one for group in told["groups"] for one in group["rows"]]
    assert all(one.keys() >= SCORE_KEYS for one in rows)
    assert {part for one in rows for measure in one["measures"] for part in measure} == {
        "number",
        "name",
        "full",
        "self",
        "review",
        "score",
    }
    code, text = run("report", "casualties", "--period", "2022", "--as-of", "2022-06-30", "--format", "json")
    told = json.loads(text)
    assert (code, told["as_of"], told["zone"]["elapsed"]) == (0, "2022-06-30", 0.5)
    assert told["goals"].keys() == {"no_major_accident", "within_cap", "no_stability_incident", "no_mass_disaster"}
    assert told["goal_lights"] == {
        "no_major_accident": "green", "within_cap": told["zone"]["light"], "no_stability_incident": "green",
        "no_mass_disaster": "unknown",
    }  # fmt: skip
    assert isinstance(told["light_reasons"], list)
    for one in (told["zone"], *told["units"], *told["sectors"]):
        assert one.keys() >= STANDING_KEYS
    assert all(one.keys() >= ACCIDENT_KEYS for one in told["accidents"])
    assert [(one["date"], one["deaths"], one["loss_yuan"]) for one in told["accidents"]] == [
        ("2022-03-06", 1, 800000),
        ("2022-05-09", 0, None),
    ]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("arguments", [("scores", "--period", "2022Q2"), ("casualties", "--period", "2022")])
def test_reports_as_table_and_csv_print_the_same_figures(arguments: Sequence[str], tmp_path: Path) -> None:
    """Each figure of the JSON stands in the table and in the CSV file that Excel opens."""
    told = json.loads(run("report", *arguments, "--format", "json")[1])
    path = tmp_path / "out.csv"
    assert run("report", *arguments, "--format", "csv", "-o", str(path))[0] == 0
    shown = (run("report", *arguments)[1], path.read_text(encoding="utf-8-sig"))
    rows: list[dict[str, Any]] = told.get("units") or [one for group in told["groups"] for one in group["rows"]]
    for text in shown:
        assert all(one["name"] in text for one in rows)
        assert "nan" not in text.lower()
    scored = [one["score"] for one in rows if one.get("score") is not None]
    assert all(f"{score:.2f}" in shown[0] for score in scored)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "scores", "--period", "2022-05"), ("report", "scores", "--period", "2022"), ("report", "casualties", "--period", "2022Q2"),
        ("report", "casualties", "--period", "2022", "--as-of", "2021-12-31"), ("report", "casualties", "--period", "2022", "--as-of", "31.12."),
        ("veto", "longtanzi", "--period", "2022Q2", "--confirm", "--reason", "经研究"), ("veto", "nobody", "--period", "2022Q2", "--dismiss", "--reason", "无"),
    ],
)  # fmt: skip
def test_wrong_usage_is_exit_code_2(arguments: Sequence[str]) -> None:
    """A period of another kind, a day outside the year, a veto that nobody proposed."""
    assert run(*arguments)[0] == 2


def test_veto_by_command(proposed: Settings, environment: dict[str, str]) -> None:
    """The command line acts as the office: it confirms with a reason, once."""
    arguments = ("veto", "龙滩子街道", "--period", "2022Q2", "--confirm", "--reason", "较大事故")
    assert run(*arguments)[0] == 0
    assert row(score_report(proposed), "longtanzi").figures.veto == "较大事故"
    assert run(*arguments)[0] == 2
