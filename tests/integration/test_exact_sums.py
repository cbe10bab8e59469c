"""Amounts have a limit and sums have none: both engines add up money to the fen, beyond 64 bits too (METHOD, Conventions)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import bindparam, cast, insert, select, union_all

from data.doctor import examine
from data.schema.base import Money, exact_sum
from data.schema.enforcement import enforcement_month
from data.settings import Settings
from data.store import reader, writer
from etl.loading.load import Loader
from tests.how_many import cases
from tests.integration.ledgers import Book, ledger, places, send
from tests.integration.papers import accidents, baseline

LIMIT = 10_000_000_000
LARGEST = 2**63 - 1
"""Fen, as many as SQLite holds in one row: also what older versions took in must add up."""


def _fined(rows: int, fine: int) -> Book:
    """A ledger of so many rows, each with its own decision and so high a fine."""
    first = ledger().sheets["执法检查台账"][1]
    book = Book({"执法检查台账": ledger().sheets["执法检查台账"][:1]}, ledger().meta)
    for serial in range(rows):
        decided = ["是", f"罚{serial}号", "罚款", fine]
        book.sheets["执法检查台账"].append([*first[:8], f"检记{serial}号", 0, 0, None, 0, *decided, None, None, None])
    return book


def test_sums_are_those_of_whole_numbers(installation: Settings) -> None:
    """Whatever amounts there are, the database's sum is what Python's whole numbers come to; of none it is nothing."""
    fen = st.one_of(st.integers(0, LARGEST), st.integers(0, 10**6), st.just(LARGEST), st.none())

    @hypothesis_settings(
        max_examples=cases(), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(st.lists(fen, min_size=1, max_size=40))
    def holds(amounts: list[int | None]) -> None:
        yuan = [None if one is None else Decimal(one).scaleb(-2) for one in amounts]
        rows = [select(cast(bindparam(None, one, Money(24), unique=True), Money(24)).label("amount")) for one in yuan]
        told = union_all(*rows).subquery()
        given_amounts = [one for one in amounts if one is not None]
        with reader(installation.database_url).connect() as connection:
            total = connection.execute(select(exact_sum(told.c.amount))).scalar_one()
        assert total == (Decimal(sum(given_amounts)).scaleb(-2) if given_amounts else None)

    holds()


@pytest.mark.parametrize("yuan", ["0.00", "0.01", "92233720368547758.08", "9999999999999999999999.99"])
def test_a_stored_sum_comes_back_to_the_fen(installation: Settings, yuan: str) -> None:
    """A month's sum of fines may be as large as 24 digits: it is kept and read again on either engine."""
    names = {one.name for one in enforcement_month.columns} - {"zone", "unit", "month", "fines_yuan"}
    counts = dict.fromkeys(names, 0)
    row = {"zone": installation.zone, "unit": "longtanzi", "month": "2022-05", "fines_yuan": Decimal(yuan), **counts}
    with writer(installation.database_url).begin() as connection:
        connection.execute(insert(enforcement_month).values(row))
    with reader(installation.database_url).connect() as connection:
        assert connection.execute(select(enforcement_month.c.fines_yuan)).scalar_one() == Decimal(yuan)


@pytest.mark.parametrize(
    ("book", "changes", "place"),
    [
        (ledger, {"Q3": LIMIT + 0.01}, "Q3"),
        (ledger, {"Q3": "9999999999999"}, "Q3"),
        (ledger, {"Q3": "1000000.01万元"}, "Q3"),
        (ledger, {"整改复查!E2": "是", "整改复查!F2": "罚1号", "整改复查!H2": LIMIT + 1}, "整改复查!H2"),
        (accidents, {"L2": 1_000_001}, "L2"),
        (baseline, {"H2": LIMIT + 1}, "H2"),
        (baseline, {"C2": 1_000_001}, "C2"),
    ],
)
def test_an_amount_beyond_the_limit_is_no_number(
    sqlite_installation: Settings, tmp_path: Path, book: Callable[[], Book], changes: dict[str, object], place: str
) -> None:
    """In every kind an amount above 10,000,000,000 yuan, in its unit, is refused at its cell, in words that name the limit."""
    sent = book().put(changes)
    sent.sheets.pop("汇总", None)
    with Loader(sqlite_installation) as loader:
        outcome = send(loader, sent, tmp_path)
    assert places(outcome.problems, next(iter(sent.sheets))) == {place: "bad_number"}


def test_the_limit_itself_is_an_amount_and_sums_go_beyond_it(installation: Settings, tmp_path: Path) -> None:
    """Ten thousand million yuan is taken, in 万元 too; 汇总 and a row of sums may say what many such rows come to."""
    book = _fined(1200, LIMIT)
    book.sheets["执法检查台账"].append(["合计", *[None] * 15, 1200 * LIMIT, None, None, None])
    book.sheets["汇总"] = [["指标", "数值"], ["行政处罚", 1200], ["罚款金额(元)", 1200 * LIMIT]]
    with Loader(installation) as loader:
        outcome = send(loader, book, tmp_path)
        assert (outcome.status, {one.code for one in outcome.problems}) == (
            "accepted",
            {"nothing_found", "busy_inspectors"},
        )
        book.put({"汇总!B3": 1200 * LIMIT + 1, "Q1202": 1200 * LIMIT - 1})
        outcome = send(loader, book, tmp_path)
    assert {one.code for one in outcome.problems} >= {"total_mismatch", "table_total"}


def test_a_ledger_of_enormous_fines_is_answered_and_stops_nobody(installation: Settings, tmp_path: Path) -> None:
    """9,400 fines whose sum leaves 64 bits are refused at their cells; what others send after it is loaded."""
    with Loader(installation) as loader:
        outcome = send(loader, _fined(9400, 9_999_999_999_999), tmp_path)
        assert (outcome.status, {one.code for one in outcome.problems if one.is_error}) == ("rejected", {"bad_number"})
        assert send(loader, ledger(unit="shuanglu"), tmp_path, name="好.xlsx").status == "accepted"
    assert examine(installation) == ([], [])
