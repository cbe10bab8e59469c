"""Whom to inspect next, what is issued and drawn of it, and what any list was worth are those of a second computation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import Connection, insert

from dashboards.method.next_inspections import ToInspect
from dashboards.results import issued_lists, list_held, list_judged, list_sheet, next_inspections
from dashboards.results.document_cells import understood
from dashboards.results.reading import Reading
from data.intake.issued_lists import IssuedLists, fingerprint_of
from data.people.scope import office
from data.rollup import month_ends
from data.schema.enforcement import inspection, reinspection
from data.schema.enterprises import enterprise
from data.schema.hazards import GRADES, MAJOR, hazard
from data.schema.targets import inspection_plan
from data.schema.tipoffs import TYPES, tipoff
from data.zone.periods import Month
from data.zone.schemes import NextInspections
from data.zone.zone import Zone, read_zone
from etl.reading.plain_cells import told
from etl.reading.workbook import read_workbook
from tests.integration.drawn_papers import ZONE, Kept, as_papers, copied_database, write_paper
from tests.oracle import next_inspections as oracle
from tests.oracle.next_inspections import Held, Rules
from tests.oracle.register import Asked, Paper, last_day, month

DAY = timedelta(days=1)
LAST = date(2023, 4, 10)
"""The day on which all is known."""
MONTHS = ("2023-01", "2023-02", "2023-03")
"""For which lists are made: the first as of the last day of a year, the last as of that of a short month."""
UNITS = ("longtanzi", "shuanglu", "economy")
NAMES = {
    "91502914MA3FQEFLC0": "甲公司", "91506914MAHTYUCA4W": "乙公司", "91508177MAQ2GEPXEQ": "丙公司",
    "91500000000000000A": "丁（双桥）公司", "91500000000000000B": "戊公司",
}  # fmt: skip
CODES = tuple(NAMES)
AGES = (0, 0, 1, 29, 30, 31, 60, 72, 100, 100, 200, 225, 270, 364, 365, 366, 600, 729, 730, 731, 732, 900)
"""Days before the list that decide: a month, a year, the two years that count; and days between."""
OFFSETS = (-200, -30, -1, 0, 1, 13, 14, 15, 40)
"""From the day of the list to a deadline: long over, over since yesterday, today, in just fourteen days, later."""

_LISTED = st.fixed_dictionaries({
    "territory": st.sampled_from(["longtanzi", "longtanzi", "shuanglu"]), "department": st.sampled_from([None, "economy", "economy"]),
    "sector": st.sampled_from(["industry_trade", "industry_trade", "construction"]), "size": st.sampled_from(["规上工业", "其他"]),
    "high_risk": st.booleans(), "key_industry": st.just(False), "pilot": st.just(False), "chief_engineer": st.just(False),
    "starts_on": st.just(None), "ends_on": st.sampled_from([None, None, None, date(2023, 1, 15)]),
})  # fmt: skip


@st.composite
def _inspected(draw: st.DrawFn, day: date) -> list[tuple[str, dict[str, Any], Any]]:
    """One or several inspections of an enterprise by a unit on a day; of each the unit, the row, and what 整改复查 told later."""
    on = draw(
        st.sampled_from(
            [day - timedelta(days=age) for age in AGES] + [day + DAY * ahead for ahead in (1, 5, 9, 20, 45)]
        )
    )
    unit, code = draw(st.sampled_from(UNITS)), draw(st.sampled_from([None, *CODES, *CODES]))
    found = draw(st.sampled_from([0, 0, 1, 2]))
    # Most cases are closed: where all are open, nothing but re-inspections is on a list.
    ends = [one for one in (on, on + 9 * DAY, day - 40 * DAY, day - DAY, day, day + DAY) if one >= on]
    said = st.tuples(st.sampled_from(ends), st.sampled_from(["合格", "合格", "不合格"]))
    own, again = draw(said if found and draw(st.booleans()) else st.none()), draw(st.none() | said)
    row = {
        "credit_code": code, "inspected_on": on, "hazards": found, "major_hazards": min(found, draw(st.sampled_from([0, 0, 0, 1]))),
        "rectify_by": max(on, day + DAY * draw(st.sampled_from(OFFSETS))), "due_on": max(on, day + DAY * draw(st.sampled_from(OFFSETS))),
        "reinspected_on": own and own[0], "conclusion": own and own[1],
    }  # fmt: skip
    return [(unit, row, again)] * draw(st.sampled_from([1, 1, 1, 2, 3, 4, 5]))


@st.composite
def _hazard(draw: st.DrawFn, day: date) -> tuple[str, dict[str, Any]]:
    found = day - DAY * draw(st.sampled_from([0, 20, 300]))
    gone = draw(st.sampled_from([None, day - DAY, day, day + DAY]))
    return draw(st.sampled_from(UNITS[:2])), {
        "found_on": found, "rectify_by": max(found, day + DAY * draw(st.sampled_from([-30, -1, 0, 1]))),
        "crossed_off_on": None if gone is None else max(found, gone), "grade": draw(st.sampled_from([MAJOR, *GRADES])),
        "credit_code": draw(st.sampled_from(CODES)),
    }  # fmt: skip


@st.composite
def _case(draw: st.DrawFn, day: date) -> tuple[str, dict[str, Any]]:
    """A tip-off, a sanction or a crackdown, which names somebody as it is said."""
    received = day + DAY * draw(st.sampled_from([-40, 0, 1]))
    gone = draw(st.sampled_from([None, None, day - DAY, day, day + DAY]))
    return draw(st.sampled_from(UNITS[:2])), {
        "received_on": received, "closed_on": None if gone is None else max(received, gone),
        "type": draw(st.sampled_from([*TYPES, *TYPES[:1]])),
        "object": draw(st.sampled_from([*NAMES.values(), "甲 公司", "丁(双桥)公司", "某公司"])), "substantiated": False,
        "reward_yuan": None, "paid_on": None,
    }  # fmt: skip


def _gathered(
    drawn: Sequence[tuple[str, str, dict[str, Any]]], kind: str
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """(unit, month) → the rows of that ledger, numbered."""
    ledgers: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for at, (unit, period, row) in enumerate(drawn):
        ledgers.setdefault((unit, period), []).append({"number_key": f"{kind}{at}", **row})
    return ledgers


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[Paper], str, date]:
    """Workbooks, the month whose lists are asked for, and the day on which they are: before the month, on its eve, or later."""
    of_month = draw(st.sampled_from(MONTHS))
    eve = date.fromisoformat(f"{of_month}-01") - DAY
    today = draw(st.sampled_from([eve, eve, eve - 9 * DAY, eve + 20 * DAY, LAST]) | st.dates(eve - 20 * DAY, LAST))
    day = min(eve, today)
    visits = [one for several in draw(st.lists(_inspected(day), max_size=9)) for one in several]
    inspected = _gathered([(unit, month(row["inspected_on"]), row) for unit, row, _again in visits], "检")
    numbers = {f"检{at}": (unit, again) for at, (unit, _row, again) in enumerate(visits)}
    later: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for number, (unit, again) in numbers.items():
        if again is not None:
            said = {"number_key": number, "reinspected_on": again[0], "conclusion": again[1]}
            later.setdefault((unit, month(again[0])), []).append(said)
    hazards = _gathered(
        [(unit, month(row["found_on"]), row) for unit, row in draw(st.lists(_hazard(day), max_size=2))], "患"
    )
    cases = _gathered(
        [(unit, month(min(row["received_on"], day)), row) for unit, row in draw(st.lists(_case(day), max_size=3))], "举"
    )
    listed = {code: draw(_LISTED) for code in CODES if draw(st.integers(0, 6))}
    plans = draw(st.dictionaries(st.sampled_from(UNITS), st.integers(0, 4), max_size=3))
    books: list[tuple[str, str, str, list[dict[str, Any]], list[dict[str, Any]]]] = [
        ("enterprises", "economy", "2022", [{"credit_code": code, "name": NAMES[code], **row} for code, row in listed.items()], []),
        ("targets", "emergency", of_month[:4], [
            {"unit": unit, "month": of_month, "inspections": planned} for unit, planned in plans.items()
        ], []),
        *(("enforcement", *key, inspected.get(key, []), later.get(key, [])) for key in sorted({*inspected, *later})),
        *(("hazards", *key, rows, []) for key, rows in hazards.items()),
        *(("tipoffs", *key, rows, []) for key, rows in cases.items()),
    ]  # fmt: skip
    # Most ledgers are known at once; of some it is told after the day, and some are returned.
    sent = []
    for kind, unit, period, rows, _again in books:
        received = date(2022, 1, 10) if kind in {"enterprises", "targets"} else date.fromisoformat(f"{period}-01")
        late = kind not in {"enterprises", "targets"} and draw(st.integers(0, 7)) == 0
        returned = draw(st.sampled_from([None] * 11 + [35]))
        sent.append((kind, unit, period, last_day(period) + 3 * DAY if late else received, returned, rows))
    papers = as_papers(sent)
    for paper, (*_of, again_rows) in zip(papers, books, strict=True):
        paper.again = again_rows
    return papers, of_month, today


_KEPT = {
    "enterprises": Kept(enterprise, lambda _row: {}),
    "enforcement": Kept(inspection, lambda row: {
        "enterprise": "甲", "enterprise_key": "甲", "sector": "gas", "penalised": False, "number": str(row),
    }),
    "hazards": Kept(hazard, lambda row: {
        "number": str(row), "enterprise": "甲", "description": "堵塞", "sector": "gas",
    }),
    "tipoffs": Kept(tipoff, lambda row: {"number": str(row)}),
    "targets": Kept(inspection_plan, lambda _row: {}),
}  # fmt: skip


def _write(connection: Connection, papers: Sequence[Paper]) -> Zone:
    for number, paper in enumerate(papers, start=1):
        rows, key = paper.rows, {"zone": ZONE, "submission": number}
        if paper.kind == "enforcement":
            paper.rows = [{**row, "number": row["number_key"]} for row in rows]
        elif paper.kind == "targets":
            # Its rows are of the units that are planned for, and of no period.
            paper.rows = []
        write_paper(connection, number, paper, _KEPT)
        paper.rows = rows
        for place, row in enumerate(rows if paper.kind == "targets" else (), start=2):
            connection.execute(insert(inspection_plan), {**key, "row": place, **row})
        for place, again in enumerate(paper.again, start=2):
            of = {**key, "unit": paper.unit, "period": paper.period, "row": place}
            connection.execute(insert(reinspection), {**of, "number": again["number_key"], **again})
    zone = read_zone(connection, ZONE)
    month_ends.renew(connection, zone)
    return zone


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in this process: one of its own for each takes longer than all the rest."""
    monkeypatch.setattr(list_held, "cells_of", lambda raw: understood(told(read_workbook(raw), raw)))


@pytest.fixture(scope="module")
def connection(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    with copied_database(sqlite_template, tmp_path_factory.mktemp("laws")) as one:
        yield one


_EXACT = ("credit_code", "place", "ground", "since", "inspections", "found", "last_on", "week", "together_with")
_NEAR = ("mean", "low", "high", "urgency")


def _exact(one: ToInspect) -> dict[str, Any]:
    return {
        "credit_code": one.enterprise.credit_code, "place": one.place, "ground": one.why.ground, "since": one.why.since,
        "inspections": one.risk.inspections, "found": one.risk.found, "last_on": one.risk.last_on, "week": one.week,
        "together_with": list(one.together_with),
    }  # fmt: skip


def _near(one: ToInspect) -> list[float]:
    return [getattr(one.risk, name) for name in _NEAR]


def _alone(code: str, high_risk: bool = False) -> dict[str, Any]:
    return {
        "credit_code": code, "name": NAMES[code], "territory": "longtanzi", "department": None, "sector": "construction", "size": "其他",
        "high_risk": high_risk, "key_industry": False, "pilot": False, "chief_engineer": False, "starts_on": None, "ends_on": None,
    }  # fmt: skip


def _seen(at: int, code: str, on: date, found: int = 0, due_on: date | None = None) -> dict[str, Any]:
    """An inspection; its case was closed unless it is told when it is due."""
    closed = found and due_on is None
    return {
        "number_key": f"检{at}", "credit_code": code, "inspected_on": on, "hazards": found, "major_hazards": 0, "rectify_by": due_on or on,
        "due_on": due_on or on, "reinspected_on": on if closed else None, "conclusion": "合格" if closed else None,
    }  # fmt: skip


def _sent(*rows: dict[str, Any], more: Sequence[Any] = ()) -> tuple[list[Paper], str, date]:
    """All five enterprises of one town, where the third and the fourth are of high risk, and what was done there; asked on the eve of March."""
    listed = [_alone(code, high_risk=2 <= at < 4) for at, code in enumerate(sorted(CODES))]
    ledgers = _gathered([("longtanzi", month(row["inspected_on"]), row) for row in rows], "检")
    known = date(2022, 1, 10)
    return as_papers([
        ("enterprises", "economy", "2022", known, None, listed), *more,
        *(("enforcement", *key, known, None, some) for key, some in ledgers.items()),
    ]), "2023-03", EVE  # fmt: skip


def _planned(inspections: int) -> Any:
    plan = {"unit": "longtanzi", "month": "2023-03", "inspections": inspections}
    return ("targets", "emergency", "2023", date(2023, 1, 10), None, [plan])


EVE = date(2023, 2, 28)
FIRST, SECOND, THIRD, FOURTH, _FIFTH = sorted(CODES)
TIED = _sent(_seen(0, FIRST, EVE - 270 * DAY), _seen(1, SECOND, EVE - 225 * DAY, 1))
"""Share × time of the first two is one number, which a machine rounds otherwise each time: their codes decide."""
OFTEN = [_seen(at, FIRST, date(2023, 1, 1) + at * DAY) for at in range(4)]
_TOLD_OF = {
    "number_key": "举0", "received_on": EVE, "closed_on": None, "object": NAMES[FIRST], "substantiated": False, "reward_yuan": None,
    "paid_on": None,
}  # fmt: skip
TOO_OFTEN, TIPPED_OFF, SANCTIONED = (
    _sent(*OFTEN, more=[("tipoffs", "shuanglu", "2023-02", EVE, None, [{**_TOLD_OF, "type": one}])] if one else [])
    for one in (None, *TYPES[:2])
)
"""Four times this year is enough, from 1 January on; unless somebody told of it, which a sanction that is under way is not."""
DUE = _sent(
    *(_seen(at, code, EVE - 100 * DAY, 1, EVE + DAY * days) for at, (code, days) in enumerate(
        ((FIRST, 15), (SECOND, 14), (THIRD, -90), (FOURTH, 0)))),
    more=[_planned(4)],
)  # fmt: skip
"""Due in fifteen days, in just fourteen, three months ago, today; one never inspected; and a plan that has one place less."""
NO_PLACE = _sent(more=[_planned(0)])
"""Nobody was ever inspected, two of high risk among them, and nobody is planned to be."""
BY_ANOTHER = _sent(more=[
    ("enforcement", "shuanglu", "2023-01", EVE - 20 * DAY, None, [_seen(at, code, EVE - days * DAY)
                                                                  for at, (code, days) in enumerate(((FIRST, 30), (SECOND, 31)))]),
])  # fmt: skip
"""Another unit was at the first just thirty days ago, and at the second the day before."""
FOLLOWED = _sent(
    *(_seen(at, code, EVE + day * DAY, found) for at, (code, day, found) in enumerate(
        ((FIRST, 3, 0), (FIRST, 3, 1), (SECOND, 2, 0), (SECOND, 9, 1), (THIRD, 20, 1), (FOURTH, 1, 0)))),
)  # fmt: skip
"""In March the first was inspected twice on one day, of which one found something; the second found something the second time alone."""


SCHEMES = st.sampled_from([
    None,
    NextInspections(),
    NextInspections(months=2, length_without_plan=2, most_by_one_unit=2, lately_days=0, soon_days=15),
    NextInspections(prior_strength=Decimal(1), interval=Decimal("0.95"), most_years=Decimal(1), most_by_one_unit=1),
])  # fmt: skip
"""What is in force, and others, each of which would say something else."""


def _rules(scheme: NextInspections | None) -> Rules:
    if scheme is None:
        return Rules()
    return Rules(
        scheme.months, int(scheme.prior_strength), Fraction(scheme.interval), scheme.soon_days, int(scheme.most_years),
        scheme.most_by_one_unit, scheme.lately_days, scheme.length_without_plan,
    )  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@example(TIED, None)
@example(TOO_OFTEN, None)
@example(TIPPED_OFF, None)
@example(SANCTIONED, None)
@example(DUE, None)
@example(NO_PLACE, None)
@example(BY_ANOTHER, None)
@given(registers(), SCHEMES)
def test_lists_are_those_of_a_second_computation(
    connection: Connection, drawn: tuple[list[Paper], str, date], scheme: NextInspections | None
) -> None:
    """Shares with their intervals, grounds, orders, who is left out, who goes together and in which week."""
    papers, of_month, today = drawn
    with connection.begin() as transaction:
        _write(connection, papers)
        found = next_inspections.fetch(Reading(connection, office(ZONE), today), Month.parse(of_month), by=scheme)
        transaction.rollback()
    asked = Asked(min(date.fromisoformat(f"{of_month}-01") - DAY, today), today, {})
    expected = oracle.lists(papers, asked, of_month, _rules(scheme))
    assert found.as_of == asked.day
    assert {unit: [_exact(one) for one in some] for unit, some in found.lists.items()} == {
        unit: [{name: one[name] for name in _EXACT} for one in some] for unit, some in expected.items()
    }
    near = [number for unit in expected for one in found.lists[unit] for number in _near(one)]
    assert near == pytest.approx(
        [float(one[name]) for some in expected.values() for one in some for name in _NEAR], abs=1e-9
    )


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@example(FOLLOWED, "7")
@given(registers(), st.integers(0, 99_999).map(str))
def test_issued_lists_are_drawn_of_and_judged_as_a_second_computation_does(
    connection: Connection, drawn: tuple[list[Paper], str, date], number: str
) -> None:
    """Frozen as they were, the closed cases of the month beside them; what followed is known later, and so is what was corrected."""
    papers, of_month, today = drawn
    period = Month.parse(of_month)
    with connection.begin() as transaction:
        zone = _write(connection, papers)
        as_of, units = issued_lists.to_issue(Reading(connection, office(ZONE), today), period)
        content = {"month": of_month, "as_of": as_of, "units": units}
        lists = IssuedLists(1, of_month, fingerprint_of(content), content, "office", datetime(2023, 1, 1, tzinfo=UTC))
        later = Reading(connection, office(ZONE), LAST)
        judged = list_judged.as_dict(list_judged.of_issued(later, lists), number)
        raw = list_sheet.workbook(content, zone, lists.sha256)
        any_row = any(of["list"] for of in units.values())
        of_workbook = list_judged.as_dict(list_judged.fetch(later, raw, period), number) if any_row else None
        transaction.rollback()
    asked = Asked(date.fromisoformat(as_of), today, {})
    made, closed = oracle.lists(papers, asked, of_month, Rules()), oracle.closed_cases(papers, asked)
    held = [
        Held(unit, [one["credit_code"] for one in made.get(unit, [])], closed.get(unit, []))
        for unit in sorted({*made, *closed})
    ]
    assert {unit: ([one["credit_code"] for one in of["list"]], of["cases"]) for unit, of in units.items()} == {
        one.unit: (one.named, one.cases) for one in held
    }
    assert lists.sha256 == oracle.fingerprint(held)
    assert lists.drawn(number) == oracle.drawn(held, lists.sha256, number)
    known = Asked(date.fromisoformat(f"{of_month}-01") - DAY, LAST, dict(zone.sectors))
    # What stood on a list as issued is judged, whatever has become of the register.
    first = oracle.first_inspections(papers, known, of_month)
    for of, one in zip(judged["lists"], held, strict=True):
        assert {name: of[name] for name in ("list", "longest_not_seen", "chance")} == oracle.three_orders(
            papers, known, one.named, first
        )
    if of_workbook is not None:
        assert of_workbook == oracle.evaluate(
            papers, known, of_month, [one for one in held if one.named or one.cases], number
        )


_HELD = st.dictionaries(
    st.sampled_from([None, *UNITS]),
    st.tuples(st.lists(st.sampled_from([*CODES, *CODES, "91500000000000000X"]), min_size=1, max_size=14),
              st.lists(st.integers(1, 30).map("第{}号".format), max_size=8, unique=True)),
    min_size=1, max_size=3,
)  # fmt: skip


def _workbook(lists: Mapping[str | None, tuple[list[str], list[str]]], zone: Zone) -> bytes:
    book, file = Workbook(), BytesIO()
    book.worksheets[0].append(["单位", "统一社会信用代码"])
    book.create_sheet().append(["单位", "检查文书号"])
    for unit, rows in lists.items():
        name = unit and zone.unit_by_code[unit].name
        for sheet, named in zip(book.worksheets, rows, strict=True):
            for one in named:
                sheet.append([name, one])
    book.save(file)
    return file.getvalue()


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture], deadline=None)
@example(FOLLOWED, {"longtanzi": ([FOURTH, THIRD, FIRST, SECOND], [])}, "7")
@given(registers(), _HELD, st.integers(0, 99_999).map(str))
def test_any_list_is_judged_as_a_second_computation_does(
    connection: Connection,
    drawn: tuple[list[Paper], str, date],
    lists: dict[str | None, tuple[list[str], list[str]]],
    number: str,
) -> None:
    """Whatever it names and however often, of whatever unit; while the month runs and after it; by town, size and sector."""
    papers, of_month, _asked_on = drawn
    eve = date.fromisoformat(f"{of_month}-01") - DAY
    for today in (LAST, eve + 10 * DAY):
        with connection.begin() as transaction:
            zone = _write(connection, papers)
            reading = Reading(connection, office(ZONE), today)
            found = list_judged.fetch(reading, _workbook(lists, zone), Month.parse(of_month))
            judged = list_judged.as_dict(found, number)
            transaction.rollback()
        held = [Held(unit, named, cases) for unit, (named, cases) in lists.items()]
        assert judged == oracle.evaluate(papers, Asked(eve, today, dict(zone.sectors)), of_month, held, number)
