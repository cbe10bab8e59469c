"""How enterprises stand at the end of a month: what is kept with every load is what the rows say, and that is what METHOD says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, update

from data.rollup import month_ends, of_ledgers, of_lists
from data.rollup.month_ends import StandsAt
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise
from data.schema.hazards import GRADES, MAJOR, hazard
from data.schema.intake import submission
from data.settings import Settings
from data.store import writer
from data.zone.periods import Month, months_before
from data.zone.zone import Zone, read_zone
from tests.integration.drawn_papers import ZONE, Kept, as_papers, drawn_paper, write_paper
from tests.oracle import month_ends as oracle
from tests.oracle.register import Asked, Paper, last_day

TODAY = date(2023, 3, 10)
UNITS = ("longtanzi", "shuanglu", "economy")
CODES = ("91502914MA3FQEFLC0", "91506914MAHTYUCA4W")
MONTHS = ("2020-12", "2022-12", "2023-01", "2023-02")
"""One of two years before, whose inspections fall out of what counts, and those about a turn of the year."""
DAYS = st.sampled_from([date(2022, 12, 30), date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 28)])
AS_OF = DAYS | st.dates(date(2022, 1, 1), TODAY)
"""T: one of these days, or any of the record that a list of enterprises speaks of."""

REINSPECTED = (date(2022, 12, 31), date(2023, 1, 1), date(2023, 1, 31), date(2023, 2, 20))

_LISTED = st.fixed_dictionaries({
    "credit_code": st.sampled_from(CODES), "name": st.just("甲公司"), "sector": st.sampled_from(["gas", "construction"]),
    "territory": st.sampled_from(["longtanzi", "shuanglu"]), "department": st.sampled_from([None, "economy"]), "size": st.just("其他"),
    "key_industry": st.just(False), "high_risk": st.booleans(), "pilot": st.just(False), "chief_engineer": st.just(False),
    "starts_on": st.none() | DAYS, "ends_on": st.none() | DAYS,
})  # fmt: skip


def _spans(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of a code one row, whose days are in order."""
    one_each = {row["credit_code"]: row for row in rows}.values()
    return [row for row in one_each if (row["starts_on"] or date.min) <= (row["ends_on"] or date.max)]


@st.composite
def _case(draw: st.DrawFn, period: str, number: int) -> dict[str, Any]:
    on = draw(st.sampled_from([date.fromisoformat(f"{period}-01"), last_day(period)]))
    again = draw(st.none() | st.sampled_from([day for day in REINSPECTED if day >= on] or [on]))
    return {
        "credit_code": draw(st.sampled_from([None, *CODES, *CODES])), "inspected_on": on, "number_key": f"{period}/{number}",
        "hazards": draw(st.sampled_from([0, 1, 2, 3])), "major_hazards": draw(st.integers(0, 1)), "rectify_by": on + timedelta(days=5),
        "due_on": on + timedelta(days=draw(st.integers(5, 20))), "reinspected_on": again,
        "conclusion": None if again is None else draw(st.sampled_from(["合格", "不合格"])),
    }  # fmt: skip


_AGAIN = st.fixed_dictionaries({
    "number_key": st.builds("{}/{}".format, st.sampled_from(MONTHS), st.integers(0, 2)),
    "reinspected_on": st.sampled_from(REINSPECTED),
    "conclusion": st.sampled_from(["合格", "不合格"]),
})  # fmt: skip


@st.composite
def _hazard(draw: st.DrawFn, period: str, number: int) -> dict[str, Any]:
    found = date.fromisoformat(f"{period}-01")
    return {
        "number_key": str(number), "found_on": found, "rectify_by": found + timedelta(days=draw(st.integers(0, 40))),
        "crossed_off_on": draw(st.none() | DAYS.filter(lambda day: day >= found)), "grade": draw(st.sampled_from([*GRADES, MAJOR])),
        "credit_code": draw(st.sampled_from([None, *CODES, *CODES])),
    }  # fmt: skip


@st.composite
def _paper(draw: st.DrawFn) -> Any:
    """A workbook with what it tells of cases of other months besides."""
    kind = draw(st.sampled_from(["enterprises", "enforcement", "enforcement", "enforcement", "hazards", "hazards"]))
    if kind == "enterprises":
        of_list = st.lists(_LISTED, max_size=3).map(_spans)
        years = st.sampled_from(["2022", "2023"])
        return (draw(drawn_paper(kind, UNITS, years, st.just(date(2023, 1, 10)), of_list)), [])
    period = draw(st.sampled_from(MONTHS))
    each = _case if kind == "enforcement" else _hazard
    rows = [draw(each(period, number)) for number in range(draw(st.integers(1, 3)))]
    received = st.dates(last_day(period) + timedelta(days=1), TODAY)
    again = draw(st.lists(_AGAIN, max_size=3)) if kind == "enforcement" else []
    return (draw(drawn_paper(kind, UNITS[:1] * 3 + UNITS[1:2], st.just(period), received, st.just(rows))), again)


_ALL_LISTED = (
    ("enterprises", "economy", "2022", date(2022, 1, 10), None, [
        {
            "credit_code": code, "name": "甲公司", "sector": "gas", "territory": "longtanzi", "department": None, "size": "其他",
            "key_industry": False, "high_risk": True, "pilot": False, "chief_engineer": False, "starts_on": None, "ends_on": None,
        }
        for code in CODES
    ]),
    [],
)  # fmt: skip
_KEPT = {
    "enterprises": Kept(enterprise, lambda _row: {}),
    "enforcement": Kept(inspection, lambda row: {
        "number": str(row), "enterprise": "甲", "enterprise_key": "甲", "sector": "gas", "penalised": False,
    }),
    "hazards": Kept(hazard, lambda row: {
        "number": str(row), "enterprise": "甲", "description": "堵塞", "sector": "gas",
    }),
}  # fmt: skip


_SAME_DAY: list[Any] = [
    _ALL_LISTED,
    (("enforcement", "longtanzi", "2022-12", date(2023, 1, 4), None, [{
        "credit_code": CODES[0], "inspected_on": date(2022, 12, 31), "number_key": "2022-12/0", "hazards": 1, "major_hazards": 1,
        "rectify_by": date(2023, 1, 5), "due_on": date(2023, 1, 15), "reinspected_on": date(2023, 1, 1), "conclusion": "合格",
    }]), []),
    (("enforcement", "longtanzi", "2023-01", date(2023, 2, 4), None, []),
     [{"number_key": "2022-12/0", "reinspected_on": date(2023, 1, 1), "conclusion": "不合格"}]),
]  # fmt: skip
"""What 整改复查 told of the day on which the case's own row says that it was passed counts."""
_OF_ANOTHER: list[Any] = [
    _ALL_LISTED,
    (("enforcement", "longtanzi", "2023-02", date(2023, 3, 4), None, []), []),
    *(
        (("hazards", "longtanzi", period, date(2023, 2, 20), None, [{
            "number_key": "0", "found_on": date(2022, 12, 1), "rectify_by": date(2022, 12, 9), "crossed_off_on": None,
            "grade": MAJOR, "credit_code": code,
        }]), [])
        for period, code in zip(("2022-12", "2023-01"), CODES, strict=True)
    ),
]  # fmt: skip
"""January's ledger says that December's hazard is at another enterprise: at the first one it is no more."""


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@example(_SAME_DAY, date(2023, 1, 31), TODAY, 24)
@example(_OF_ANOTHER, date(2023, 1, 31), TODAY, 24)
@given(
    st.lists(_paper(), min_size=3, max_size=8).map(lambda drawn: [_ALL_LISTED, *drawn]),
    AS_OF,
    st.just(TODAY) | st.dates(date(2023, 1, 1), TODAY),
    st.sampled_from([24, 2]),
)
def test_what_is_kept_is_what_the_rows_say(
    installation: Settings, drawn: list[Any], day: date, known_by: date, window: int
) -> None:
    """After every load and every return; and what the rows say, of any day and as known by any, is that of a second computation."""
    papers = as_papers([paper for paper, _again in drawn])
    for paper, (_paper_drawn, again) in zip(papers, drawn, strict=True):
        paper.again = again
    with writer(installation.database_url).connect() as connection, connection.begin() as transaction:
        zone = read_zone(connection, ZONE)
        for number, paper in enumerate(papers, start=1):
            _load(connection, zone, number, paper)
            assert month_ends.differing(connection, zone) == []
        for number, paper in enumerate(papers, start=1):
            if paper.returned_on is not None:
                _return(connection, zone, number, paper)
                assert month_ends.differing(connection, zone) == []
        kept = {
            month: _by_code(month_ends.kept(connection, ZONE, month)) for month in month_ends.months(connection, ZONE)
        }
        counting = month_ends.ledgers(connection, zone, day, zone.calendar.end_of(known_by))
        told = month_ends.recompute(connection, zone, day, counting, window=window)
        transaction.rollback()
    asked = Asked(day, known_by, {})
    assert _by_code(month_ends.columns(told)) == oracle.standings(papers, asked, months_before(day, window))
    for month, of_month in kept.items():
        end = zone.calendar.last_day(month)
        at_the_end = oracle.standings(papers, Asked(end, date.max, {}), months_before(end, month_ends.WINDOW))
        assert of_month == at_the_end


def _load(connection: Connection, zone: Zone, number: int, paper: Paper) -> None:
    """Write a workbook as if it counted from now on, and recompute as a load does."""
    write_paper(connection, number, _standing(paper), _KEPT)
    for place, again in enumerate(paper.again, start=2):
        key = {"zone": ZONE, "submission": number, "unit": paper.unit, "period": paper.period, "row": place}
        connection.execute(insert(reinspection), {**key, "number": again["number_key"], **again})
    _refresh(connection, zone, paper)


def _standing(paper: Paper) -> Paper:
    return Paper(
        paper.kind, paper.unit, paper.period, paper.version, paper.received_on, paper.received_at, None, paper.rows
    )


def _return(connection: Connection, zone: Zone, number: int, paper: Paper) -> None:
    returned = zone.calendar.end_of(paper.returned_on - timedelta(days=1)) if paper.returned_on else None
    of_it = submission.c.zone == ZONE, submission.c.submission == number
    connection.execute(update(submission).where(*of_it).values(returned_at=returned))
    _refresh(connection, zone, paper)


def _refresh(connection: Connection, zone: Zone, paper: Paper) -> None:
    if paper.kind == "enterprises":
        of_lists.refresh(connection, zone, paper.unit)
    elif paper.kind == "hazards":
        month_ends.refresh_of_hazards(connection, zone, paper.unit, Month.parse(paper.period))
    else:
        of_ledgers.refresh(connection, zone, paper.unit, Month.parse(paper.period))


_ROW = ("credit_code", "submission", "row")
_TOLD = [name for name in StandsAt._fields if name not in _ROW]


def _by_code(columns: dict[str, Sequence[Any]]) -> dict[str, dict[str, Any]]:
    """Credit code → what is told of it; by which row it is in the register follows from who answers for it."""
    rows = zip(*(columns[name] for name in _TOLD), strict=True)
    return {code: dict(zip(_TOLD, row, strict=True)) for code, row in zip(columns["credit_code"], rows, strict=True)}
