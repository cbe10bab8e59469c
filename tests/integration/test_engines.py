"""What one engine takes the other takes too: lengths, sizes and characters that a column's type might not hold."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from data.doctor import examine
from data.schema.enforcement import enforcement_month
from data.settings import Settings
from data.store import reader
from etl.loading.load import Loader
from tests.integration.ledgers import Book, ledger, send, targets


def _many(rows: int, hazards: int = 0, fine: int | None = None) -> Book:
    """A ledger of so many rows, each with so many hazards, or each with a decision of its own and so high a fine."""
    first = ledger().sheets["执法检查台账"][1]
    book = Book({"执法检查台账": ledger().sheets["执法检查台账"][:1]}, ledger().meta)
    for serial in range(rows):
        row = [*first[:8], f"检记{serial}号", hazards, 0, first[11] if hazards else None, hazards, "否", *[None] * 6]
        if fine is not None:
            row[13:17] = ["是", f"罚{serial}号", "罚款", fine]
        book.sheets["执法检查台账"].append(row)
    return book


def test_strange_headers(installation: Settings, tmp_path: Path) -> None:
    """A header as long as a paragraph, or with a character that no text may hold, is an unknown column and nothing worse."""
    with Loader(installation) as loader:
        for header in ("填写说明" * 40, "录入_x0000_人", "甲_xD800_乙"):
            outcome = send(loader, ledger().put({"U1": header, "U2": "x"}), tmp_path)
            assert (outcome.status, [problem.code for problem in outcome.problems]) == ("accepted", ["unknown_column"])


def test_strange_texts(installation: Settings, tmp_path: Path) -> None:
    """Long texts and characters that no text may hold, in any cell, neither stop a load nor get lost with their row."""
    strange = {
        "C2": "重庆_x0000_公司",
        "F2": "属" * 500,
        "G2": None,
        "H2": "张_x0000_伟、李娜",
        "I4": "检记_x0000_9号",
        "T2": "备" * 5000,
        "T3": "\t\n_x000B_",
    }
    with Loader(installation) as loader:
        outcome = send(loader, ledger().put(strange), tmp_path)
        assert (outcome.status, outcome.rows, outcome.problems) == ("accepted", 4, ())
        refused = send(loader, ledger().put({"E2": "渔" * 5000}), tmp_path)
        assert [problem.code for problem in refused.problems] == ["bad_choice"]


def test_sums_may_be_larger_than_any_row(installation: Settings, tmp_path: Path) -> None:
    """Rows that are each within the limits add up on either engine, however many there are."""
    with Loader(installation) as loader:
        for book, hazards, fines in (
            (_many(2200, hazards=1_000_000), 2_200_000_000, 0),
            (_many(30, fine=10_000_000_000), 0, 300_000_000_000),
        ):
            assert send(loader, book, tmp_path).status == "accepted"
            with reader(installation.database_url).connect() as connection:
                rows = connection.execute(select(enforcement_month.c.hazards, enforcement_month.c.fines_yuan)).all()
            assert (sum(row.hazards for row in rows), sum(row.fines_yuan for row in rows)) == (hazards, fines)
            assert examine(installation) == ([], [])


def test_cap_beyond_reason(installation: Settings, tmp_path: Path) -> None:
    """A change on last year that no column holds is a number that cannot be read, at its cell."""
    with Loader(installation) as loader:
        outcome = send(loader, targets().put({"C2": "同比下降99999999.99%"}), tmp_path)
    assert [(problem.code, problem.cell) for problem in outcome.problems] == [("bad_number", "C2")]
