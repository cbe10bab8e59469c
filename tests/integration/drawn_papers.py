"""Accepted workbooks as a law draws them, with versions and returns, written into a database as they would lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st
from sqlalchemy import Connection, Table, insert

from data.rollup import told_columns
from data.schema.intake import submission
from data.store import writer
from tests.oracle.register import Paper

ZONE = "shuangqiao"


class Kept(NamedTuple):
    """Where the rows of a kind lie, and what of them no law draws, by the row's place on the sheet."""

    table: Table
    more: Callable[[int], Mapping[str, Any]]


def drawn_paper(
    kind: str,
    units: Sequence[str],
    periods: st.SearchStrategy[str],
    received: st.SearchStrategy[date],
    rows: st.SearchStrategy[list[dict[str, Any]]],
) -> st.SearchStrategy[Any]:
    """One workbook: kind, unit, period, day of receipt, days until it was returned if it was, rows."""
    return st.tuples(st.just(kind), st.sampled_from(units), periods, received, st.none() | st.integers(0, 60), rows)


def as_papers(drawn: Sequence[Any]) -> list[Paper]:
    """Workbooks as they were drawn, with the version that each is, and no two received at one moment."""
    versions: dict[tuple[str, str, str], int] = {}
    papers = []
    for number, (kind, unit, period, received, returned_after, rows) in enumerate(drawn):
        version = versions[kind, unit, period] = versions.get((kind, unit, period), 0) + 1
        at = datetime.combine(received, time(4, number % 60), UTC)
        returned = None if returned_after is None else received + timedelta(days=returned_after)
        papers.append(Paper(kind, unit, period, version, received, at, returned, rows))
    return papers


@contextmanager
def copied_database(template: Path, folder: Path) -> Iterator[Connection]:
    """A copy of an initialised database, in which each case is written and taken back."""
    path = folder / "supervision.db"
    path.write_bytes(template.read_bytes())
    engine = writer(f"sqlite:///{path}")
    with engine.connect() as one:
        yield one
    engine.dispose()


def write_papers(connection: Connection, papers: Sequence[Paper], kept: Mapping[str, Kept]) -> None:
    """Write workbooks and their rows; ``kept`` is told for every kind among them."""
    for number, paper in enumerate(papers, start=1):
        write_paper(connection, number, paper, kept)


def write_paper(connection: Connection, number: int, paper: Paper, kept: Mapping[str, Kept]) -> None:
    """Write one of them under its number."""
    returned = None if paper.returned_on is None else datetime.combine(paper.returned_on, time(5), UTC)
    connection.execute(insert(submission), {
        "zone": ZONE, "submission": number, "status": "accepted", "sha256": "0" * 64, "file_name": "表.xlsx", "sender": "office",
        "received_at": paper.received_at, "kind": paper.kind, "unit": paper.unit, "period": paper.period,
        "version": paper.version, "rows": len(paper.rows), "note": "", "returned_at": returned, "asks": False,
    })  # fmt: skip
    key = {"zone": ZONE, "submission": number, "unit": paper.unit, "period": paper.period}
    table, more = kept[paper.kind]
    for place, row in enumerate(paper.rows, start=2):
        connection.execute(insert(table), {**key, "row": place, **more(place), **row})
    if paper.kind in told_columns.KINDS:
        told_columns.keep(connection, ZONE, paper.kind, number)
