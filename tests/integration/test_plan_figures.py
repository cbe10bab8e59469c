"""What the system knows of the plan's items: each figure moves by what was sent or decided, and the item's state with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from dashboards.method import work_plan as method
from dashboards.method.work_plan import Figure, ItemStanding
from dashboards.results import plan_told, work_plan
from dashboards.results.day_reports import day_asked
from dashboards.results.plan_denominators import PlanDenominators
from dashboards.results.plan_figures import SOURCES, PlanFigures
from dashboards.results.reading import Reading, begin
from data.intake.calendar_events import Speech
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Year
from data.zone.plan_sources import DENOMINATORS, reached_item
from data.zone.work_plan import WorkPlan
from tests.integration.several_units import installed
from tests.integration.year_of_the_plan import Q1, Q2, lived

LATER = "2023-02-10"
STATES = {"done": "x", "late": "l", "due": "d", "overdue": "o", "upcoming": "u", None: "-"}
"""How the table below writes each due day's state, in the order of the due days."""
Line = tuple[str, str, tuple[int, int | None] | None, str]
"""As of which day, as known by which; numerator and denominator, None: nothing on record; the states."""
TABLE: dict[str, list[Line]] = {
    "goals.1": [
        ("2022-12-31", "2022-04-03", None, "-"),
        ("2022-05-19", LATER, (0, None), "u"), ("2022-05-20", LATER, (1, None), "u"),
        ("2022-12-30", "2022-06-02", (0, None), "d"), ("2022-12-31", "2022-06-02", (0, None), "x"), ("2022-12-31", LATER, (1, None), "d"),
    ],
    "goals.2": [
        ("2022-12-31", "2022-04-03", None, "-"), ("2022-12-31", "2022-06-02", (2, 3), "x"), ("2022-12-31", LATER, (5, 3), "d"),
    ],
    "goals.3": [
        ("2022-05-19", LATER, (0, None), "u"), ("2022-05-20", LATER, (1, None), "u"),
        ("2022-12-31", "2022-06-02", (0, None), "x"), ("2022-12-31", LATER, (1, None), "d"),
    ],
    "goals.4": [
        ("2022-12-31", "2022-02-02", None, "-"), ("2022-04-11", LATER, (0, None), "u"), ("2022-04-12", LATER, (1, None), "u"),
        ("2022-12-31", "2022-04-20", (0, None), "x"), ("2022-12-31", LATER, (1, None), "d"),
    ],
    "1.4": [
        ("2022-03-31", "2022-01-19", None, "----"), ("2022-01-31", "2022-07-01", (0, None), "uuuu"),
        ("2022-02-01", "2022-07-01", (1, None), "uuuu"), ("2022-03-31", "2022-07-01", (1, None), "duuu"),
        ("2022-04-01", "2022-07-01", (1, None), "ouuu"), ("2022-04-01", LATER, (0, None), "xuuu"),
    ],
    "2.3": [
        ("2022-04-05", LATER, None, "---"), ("2022-04-06", LATER, (14, 15), "uuu"), ("2022-06-28", LATER, (14, 15), "duu"),
        ("2022-06-29", LATER, (15, 15), "duu"), ("2022-06-30", LATER, (15, 15), "xuu"), ("2022-06-30", "2022-06-28", (14, 15), "duu"),
        ("2022-07-05", LATER, (15, 15), "xuu"), ("2022-07-06", LATER, (0, 15), "xuu"),
    ],
    "2.4": [("2022-06-28", LATER, (0, 3), "duu"), ("2022-06-29", LATER, (1, 3), "xuu"), ("2022-07-01", "2022-06-28", (0, 3), "ouu")],
    "2.6": [("2022-03-31", "2022-07-01", (0, 2), "u"), ("2022-03-31", LATER, (1, 2), "x")],
    "3.1": [
        ("2022-03-31", LATER, (2, 3), "duuu"), ("2022-04-08", LATER, (1, 3), "ouuu"), ("2022-05-10", LATER, (2, 3), "ouuu"),
        ("2022-05-11", LATER, (3, 3), "lxuu"), ("2022-06-30", LATER, (3, 3), "lxuu"), ("2022-07-01", LATER, (0, 3), "oxuu"),
        ("2022-07-01", "2022-04-03", None, "----"),
    ],
    "3.3": [("2022-04-07", LATER, (0, 2), "uu"), ("2022-04-08", LATER, (1, 2), "xu"), ("2022-05-10", LATER, (2, 2), "xx")],
    "3.4": [
        ("2022-03-19", LATER, (0, 0), "----"), ("2022-03-31", LATER, (0, 1), "duuu"), ("2022-04-01", "2022-05-02", (0, 1), "ouuu"),
        ("2022-04-01", LATER, (1, 1), "luuu"), ("2022-04-20", LATER, (1, 2), "ouuu"),
    ],
    "3.5": [
        ("2022-06-28", LATER, None, "---"), ("2022-06-29", LATER, (0, 16), "duu"), ("2022-07-01", LATER, (0, 16), "ouu"),
        ("2022-07-02", "2022-07-02", (0, 16), "ouu"), ("2022-07-02", LATER, (16, 16), "luu"),
    ],
    "3.6": [
        ("2022-04-03", LATER, None, "----"), ("2022-06-02", LATER, (0, 0), "----"), ("2022-06-03", LATER, (0, 2), "-duu"),
        ("2022-06-19", LATER, (0, 2), "-duu"), ("2022-06-20", LATER, (1, 2), "-duu"), ("2022-07-09", LATER, (1, 2), "-ouu"),
        ("2022-07-10", LATER, (2, 2), "-luu"), ("2022-07-10", "2022-07-09", (1, 2), "-ouu"),
    ],
    "4.3": [("2022-03-30", LATER, (1, 2), "u"), ("2022-03-31", LATER, (2, 2), "x"), ("2022-03-31", "2022-04-03", (0, 2), "u")],
    "4.5": [
        ("2022-03-31", LATER, (0, 1), "duuu"), ("2022-04-01", "2022-05-02", (0, 1), "ouuu"), ("2022-04-01", LATER, (1, 1), "luuu"),
    ],
    "4.6": [("2022-03-31", "2022-07-01", (0, 1), "u"), ("2022-03-31", LATER, (1, 1), "x")],
    "5.1": [
        ("2022-03-14", LATER, (0, 1), "u"), ("2022-03-15", LATER, (1, 1), "x"), ("2022-06-30", "2022-04-03", (0, 1), "d"),
        ("2022-07-01", "2022-04-03", (0, 1), "o"), ("2022-07-01", LATER, (1, 1), "x"),
    ],
    "5.2": [("2022-01-31", LATER, (0, 1), "u"), ("2022-06-19", LATER, (1, 2), "u"), ("2022-06-20", LATER, (2, 2), "x")],
    "5.3": [("2022-06-19", LATER, (1, 2), "u"), ("2022-06-20", LATER, (2, 2), "x"), ("2022-06-20", "2022-01-19", None, "-")],
    "6.1": [
        ("2022-03-31", "2022-04-03", None, "----"), ("2022-03-30", LATER, (0, 0), "----"), ("2022-03-31", "2022-07-01", (0, 1), "duuu"),
        ("2022-04-01", "2022-07-01", (0, 1), "ouuu"), ("2022-04-01", LATER, (1, 1), "xuuu"), ("2022-06-30", LATER, (1, 2), "xduu"),
        ("2022-07-01", LATER, (1, 2), "xouu"),
    ],
    "6.2": [
        ("2022-06-05", LATER, None, "---------"), ("2022-06-06", "2022-07-01", (1, None), "x-duuuuuu"),
        ("2022-07-01", "2022-07-01", (1, None), "x-oduuuuu"), ("2022-07-01", LATER, (0, None), "x-xduuuuu"),
    ],
    "6.3": [
        ("2022-03-31", "2022-04-03", (0, 2), "u"), ("2022-03-20", LATER, None, "-"), ("2022-03-31", LATER, (2, 2), "x"),
        ("2022-05-15", LATER, (2, 2), "x"), ("2022-05-31", "2022-07-01", (7, 6), "x"), ("2022-05-31", LATER, (8, 6), "x"),
        ("2022-03-31", "2022-01-19", None, "-"),
    ],
    "6.4": [
        ("2022-04-05", LATER, (0, 9), "duuuuuuuu"), ("2022-04-06", LATER, (1, 9), "xuuuuuuuu"), ("2022-06-06", LATER, (1, 9), "xoduuuuuu"),
        ("2022-06-07", LATER, (2, 9), "xlduuuuuu"), ("2022-06-07", "2022-06-06", (1, 9), "xoduuuuuu"),
    ],
    "6.5": [
        ("2022-06-05", LATER, None, "----"), ("2022-06-06", "2022-07-01", (1, None), "-duu"),
        ("2022-07-01", "2022-07-01", (1, None), "-ouu"), ("2022-07-01", LATER, (0, None), "-xuu"),
    ],
    "7.1": [
        ("2022-03-10", LATER, (0, 0), "----"), ("2022-03-11", LATER, (1, 1), "duuu"), ("2022-03-31", "2022-06-02", (0, 1), "duuu"),
        ("2022-03-31", LATER, (1, 1), "xuuu"), ("2022-04-10", "2022-06-02", (0, 1), "ouuu"), ("2022-04-11", "2022-06-02", (1, 2), "ouuu"),
        ("2022-07-18", "2022-12-19", (2, 2), "xxuu"), ("2022-12-31", "2022-12-19", (2, 3), "xxod"), ("2022-12-31", LATER, (3, 3), "xxxx"),
    ],
    "7.2": [("2022-04-11", "2022-06-02", (1, 2), "ouuu"), ("2022-04-11", LATER, (2, 2), "xuuu")],
    "7.3": [("2022-12-31", "2022-12-19", (2, 3), "d"), ("2022-12-30", LATER, (3, 3), "d"), ("2022-12-31", LATER, (3, 3), "x")],
    "7.4": [("2022-03-31", LATER, (1, 2), "duuu"), ("2022-05-04", LATER, (1, 2), "ouuu"), ("2022-05-05", LATER, (2, 2), "luuu")],
    "7.5": [("2022-05-05", LATER, (0, None), ""), ("2022-05-06", LATER, (1, None), "")],
    "7.7": [
        ("2022-05-06", LATER, (1, 2), "u"), ("2022-05-07", LATER, (2, 2), "u"), ("2022-12-31", "2022-12-19", (2, 3), "d"),
        ("2022-12-31", LATER, (3, 3), "x"),
    ],
    "8.3": [("2022-04-01", LATER, (1, None), "ouuu"), ("2022-04-19", LATER, (1, None), "ouuu"), ("2022-04-20", LATER, (0, None), "luuu")],
    "8.7": [("2022-06-04", LATER, (1, 4), "u"), ("2022-06-05", LATER, (4, 4), "x")],
    "8.8": [
        ("2022-03-31", "2022-03-02", None, "----"), ("2022-03-11", LATER, (0, None), "duuu"), ("2022-03-12", LATER, (1, None), "duuu"),
        ("2022-04-01", LATER, (1, None), "ouuu"), ("2022-04-09", LATER, (0, None), "luuu"),
    ],
    "8.9": [("2022-03-31", LATER, (0, 1), "duuu"), ("2022-04-09", LATER, (0, 1), "ouuu"), ("2022-04-10", LATER, (1, 1), "luuu")],
    "8.11": [("2022-04-12", LATER, (1, 3), "u"), ("2022-04-13", LATER, (2, 3), "u"), ("2022-06-01", LATER, (3, 3), "x")],
    "11.1": [("2022-04-14", LATER, (0, 1), "ouuu"), ("2022-04-15", LATER, (1, 1), "luuu"), ("2022-04-15", "2022-02-02", None, "----")],
    "11.2": [
        ("2022-02-20", LATER, (0, None), "uuuu"), ("2022-02-21", LATER, (1, None), "uuuu"), ("2022-04-14", LATER, (1, None), "ouuu"),
        ("2022-04-15", LATER, (0, None), "luuu"), ("2022-04-15", "2022-02-02", None, "----"),
    ],
    "11.3": [("2022-03-11", LATER, (0, 1), "u"), ("2022-03-12", LATER, (1, 1), "x"), ("2022-03-12", "2022-04-03", (0, 1), "u")],
    "11.6": [("2022-04-15", LATER, (1, 1), "u"), ("2022-12-31", "2022-05-02", (0, 1), "d"), ("2022-12-31", LATER, (1, 1), "x")],
    "11.16": [("2022-01-31", LATER, (0, 0), "-"), ("2022-03-19", LATER, (0, 1), "u"), ("2022-03-20", LATER, (1, 1), "x")],
    "11.17": [("2022-06-19", LATER, (0, 1), "u"), ("2022-06-20", LATER, (1, 1), "x")],
    "12.2": [("2022-06-09", LATER, (0, 4), "u"), ("2022-06-10", LATER, (1, 4), "u"), ("2022-06-12", LATER, (2, 4), "x")],
    "15.4": [("2022-03-31", LATER, (1, 2), "u"), ("2022-06-20", LATER, (2, 2), "x")],
    "16.2": [("2022-08-31", LATER, (2, 4), "u"), ("2022-09-01", LATER, (4, 4), "x")],
    "17.3": [
        ("2022-01-14", LATER, (0, 0), "----"), ("2022-07-01", "2022-07-01", (4, 10), "oouu"), ("2022-07-01", LATER, (10, 10), "xxuu"),
    ],
    "18.4": [
        ("2022-03-31", LATER, (1, 1), "xuuu"), ("2022-04-10", LATER, (1, 2), "xuuu"), ("2022-05-01", LATER, (1, 2), "xuuu"),
        ("2022-05-02", LATER, (2, 2), "xuuu"), ("2022-07-01", "2022-06-02", (1, 2), "xouu"), ("2022-07-01", LATER, (2, 2), "xxuu"),
    ],
    "18.5": [("2022-07-01", "2022-07-01", (1, 2), "oouu"), ("2022-07-01", LATER, (2, 2), "xxuu")],
    "18.7": [("2022-01-15", "2022-02-02", None, ""), ("2022-01-14", LATER, (0, None), ""), ("2022-04-10", LATER, (2, None), "")],
    "safeguards.1.1": [
        ("2022-04-05", LATER, None, "---"), ("2022-04-06", LATER, (14, 15), "uuu"), ("2022-06-29", LATER, (15, 15), "duu"),
        ("2022-06-30", LATER, (15, 15), "xuu"), ("2022-07-06", LATER, (2, 15), "xuu"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The year as it went, for tests that read it."""
    with installed(sqlite_template, tmp_path_factory.mktemp("plan")) as settings:
        lived(settings, tmp_path_factory.mktemp("books"))
        yield settings


@pytest.fixture
def reading(year: Settings) -> Iterator[Reading]:
    """The office's reading of February 2023, when all is known."""
    with begin(reader(year.database_url), office(year.zone), date.fromisoformat(LATER)) as one:
        yield one


def plan_of(reading: Reading) -> WorkPlan:
    """The shipped plan as the installation has it."""
    found = plan_told.plan_known(reading.connection, reading.zone, 2022, reading.now)
    assert found is not None
    return found


def figures(reading: Reading, as_of: str, known_by: str = LATER) -> PlanFigures:
    """What the system knows as of a day, as known by one."""
    days = date.fromisoformat(as_of), date.fromisoformat(known_by)
    return PlanFigures(reading, day_asked(reading, Year(2022), *days))


def stood(reading: Reading, number: str, as_of: str, known_by: str) -> ItemStanding:
    """An item of the system's as the report of a day has it; all others but those that it rests on are left out."""
    plan, known = plan_of(reading), figures(reading, as_of, known_by)
    one, asked = plan.item_by_number[number], known.asked
    alone = plan.model_copy(update={"items": (*(plan.item_by_number[of] for of in one.items_named), one)})
    rows = plan_told.rows_until(reading, asked.as_of, asked.bound)
    return method.standing(alone, reading.zone, rows, PlanDenominators(reading, asked.bound), asked.as_of, known).items[
        -1
    ]


def as_lines(reading: Reading, number: str, lines: list[Line]) -> list[Line]:
    """What is told of an item on the days of some lines of the table."""
    told: list[Line] = []
    for as_of, known_by, _figure, _states in lines:
        one = stood(reading, number, as_of, known_by)
        figure = None if one.numerator is None else (_whole(one.numerator), _whole(one.denominator))
        told.append((as_of, known_by, figure, "".join(STATES[due.state] for due in one.dues)))
    return told


def _whole(number: Fraction | None) -> int:
    assert number is None or number.denominator == 1
    return None if number is None else int(number)


@pytest.mark.parametrize("number", TABLE)
def test_each_figure_moves_with_what_happened(reading: Reading, number: str) -> None:
    """Day by day, and as it was known: numerator, denominator and every due day's state, on both sides of each edge."""
    assert as_lines(reading, number, TABLE[number]) == TABLE[number]


def test_table_has_every_item_of_the_system(reading: Reading) -> None:
    """All 49, and each of them stands there with two figures at least."""
    own = [item.number for item in plan_of(reading).items if not item.is_told]
    assert set(own) == set(TABLE)
    assert len(own) == 49
    assert [number for number, lines in TABLE.items() if len({line[2] for line in lines}) < 2] == []


def test_report_says_the_same(reading: Reading) -> None:
    """The whole plan of a day has each of the system's items as it stands alone, without units, and counts its due days in its article."""
    report = work_plan.fetch(reading, Year(2022), as_of=date(2022, 7, 1))
    own = {one.item.number: one for one in report.standing.items if not one.item.is_told}
    assert own == {number: stood(reading, number, "2022-07-01", LATER) for number in TABLE}
    (fifth,) = (one for one in report.standing.articles if one.article == "5")
    assert dict(fifth.counts) == {"done": 3, "late": 0, "due": 0, "overdue": 0, "upcoming": 0}


def test_rectification_is_of_due_cases(reading: Reading) -> None:
    """No item of the shipped plan asks for it; what was put right of what was found, in the months that are over."""
    source = "ranking.rectification_rate"
    assert figures(reading, "2022-03-31", "2022-07-01")(source, date(2022, 3, 31)) == Figure(Fraction(0), Fraction(2))
    assert figures(reading, "2022-04-30")(source, date(2022, 3, 31)) == Figure(Fraction(2), Fraction(2))


def test_last_speakers_are_those_whose_speech_is_recorded(reading: Reading) -> None:
    """Each speech counts once, from the day on which it was held, for its own quarter and speaker; who did not have to speak for none."""
    held = date(2022, 6, 30)
    speeches = [
        Speech(Q1, "longtanzi", None, held), Speech(Q1, "longtanzi", None, held), Speech(Q2, "shuanglu", None, held),
        Speech(Q1, None, "重庆宏达机械 有限公司", held), Speech(Q1, None, "重庆创兴永商贸有限公司", held), Speech(Q1, "tongqiao", None, date(2022, 7, 1)),
    ]  # fmt: skip
    asked = figures(reading, "2022-07-01").asked
    known = PlanFigures(reading, asked, lambda _connection, zone, _bound: speeches if zone == "shuangqiao" else [])
    told = [
        known("scores.last_speakers.spoken_rate", date(2022, month, day)) for month, day in ((6, 29), (6, 30), (7, 1))
    ]
    assert told == [Figure(Fraction(number), Fraction(16)) for number in (0, 2, 3)]


def test_every_source_is_answered_on_an_empty_installation(sqlite_installation: Settings) -> None:
    """Before anything was sent nothing is on record of most; what is due or published counts as none, and no goal is green."""
    with begin(reader(sqlite_installation.database_url), office(sqlite_installation.zone), date(2022, 10, 8)) as one:
        told = {source: figures(one, "2022-06-30", "2022-10-08")(source, date(2022, 6, 30)) for source in SOURCES}
    known = {source: figure for source, figure in told.items() if figure is not None}
    nothing = Figure(Fraction(0))
    assert known == {
        "ranking.published_months": nothing,
        "scores.published_quarters": nothing,
        "submissions.self_assessment.rate": Figure(Fraction(0), Fraction(15)),
        "submissions.tasks.rate": Figure(Fraction(0), Fraction(15)),
    }


def test_every_denominator_is_answered(reading: Reading) -> None:
    """Whatever a plan may name as what a ratio is divided by has a number."""
    given = PlanDenominators(reading, reading.now)
    told = {name: given(name, "longtanzi", date(2022, 3, 31)) for name in DENOMINATORS}
    assert told == {
        "register.territory": 2, "register.department": 0, "register.high_risk": 1, "register.sectors.建设施工": 0, "enforcement.inspections": 2,
    }  # fmt: skip


def test_shipped_plan_names_what_there_is(reading: Reading) -> None:
    """Each source of the system's items is one that is answered, or tells of another item."""
    sources = {item.source for item in plan_of(reading).items if not item.is_told}
    assert sources - set(SOURCES) == {"plan.12.1.reached_rate", "plan.16.1.reached_rate"}
    assert {reached_item(source) for source in sources - set(SOURCES)} == {"12.1", "16.1"}


def test_postgresql_says_the_same(postgresql_copy: str, tmp_path: Path) -> None:
    """The whole table, on the other database."""
    settings = Settings(database_url=postgresql_copy, archive_dir=tmp_path / "archive", today=date(2022, 10, 8))
    lived(settings, tmp_path)
    with begin(reader(postgresql_copy), office(settings.zone), date.fromisoformat(LATER)) as one:
        assert {number: as_lines(one, number, lines) for number, lines in TABLE.items()} == TABLE
