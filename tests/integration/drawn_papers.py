"""Accepted workbooks as a law draws them: given versions and moments of receipt, and written into a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from data.schema.intake import submission
from tests.oracle.register import Paper

ZONE = "shuangqiao"
Drawn = tuple[str, str, str, date, int | None, list[dict[str, Any]]]
"""Kind, unit, period, day of receipt, days until it was returned (None: never), rows."""


def as_papers(drawn: Iterable[Drawn]) -> list[Paper]:
    """Workbooks as they were drawn, with the version that each is, and no two received at one moment."""
    versions: dict[tuple[str, str, str], int] = {}
    papers = []
    for number, (kind, unit, period, received, returned_after, rows) in enumerate(drawn):
        version = versions[kind, unit, period] = versions.get((kind, unit, period), 0) + 1
        at = datetime.combine(received, time(4, number % 60), UTC)
        returned = None if returned_after is None else received + timedelta(days=returned_after)
        papers.append(Paper(kind, unit, period, version, received, at, returned, rows))
    return papers


def write(
    connection: Connection,
    papers: Iterable[Paper],
    tables: Mapping[str, Table],
    stored: Mapping[str, Callable[[int, dict[str, Any]], dict[str, Any]]],
) -> None:
    """Write them as accepted; ``stored`` says by kind what a row is in its table, by its place on the sheet."""
    for number, paper in enumerate(papers, start=1):
        returned = None if paper.returned_on is None else datetime.combine(paper.returned_on, time(5), UTC)
        connection.execute(insert(submission), {
            "zone": ZONE, "submission": number, "status": "accepted", "sha256": "0" * 64, "file_name": "表.xlsx", "sender": "office",
            "received_at": paper.received_at, "kind": paper.kind, "unit": paper.unit, "period": paper.period,
            "version": paper.version, "rows": len(paper.rows), "note": "", "returned_at": returned, "asks": False,
        })  # fmt: skip
        key = {"zone": ZONE, "submission": number, "unit": paper.unit, "period": paper.period}
        for place, row in enumerate(paper.rows, start=2):
            connection.execute(insert(tables[paper.kind]), {**key, "row": place, **stored[paper.kind](place, row)})
