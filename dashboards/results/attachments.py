"""Stamped scans and evidence that came with a workbook; names may stand in them, as in the workbook itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select

from dashboards.results import workbooks
from dashboards.results.workbooks import LARGEST_NUMBER, Sent
from data.people.scope import Scope
from data.schema.intake import attachment
from data.store import database_errors


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment; ``entry`` is its number, ``size`` in bytes."""

    entry: int
    submission: int
    sha256: str
    file_name: str
    media_type: str
    size: int
    at: datetime


def count(engine: Engine, scope: Scope, sent: Sent) -> int:
    """How many there are with a workbook that the scope sees."""
    table = attachment.c
    statement = select(func.count()).where(table.zone == scope.zone, table.submission == sent.number)
    with database_errors(), engine.connect() as connection:
        return connection.execute(statement).scalar_one()


def of(engine: Engine, scope: Scope, sent: Sent) -> list[Attached]:
    """The attachments of a workbook, in the order in which they came; none for who may not open its original."""
    if not sent.opens:
        return []
    table = attachment.c
    statement = (
        select(attachment).where(table.zone == scope.zone, table.submission == sent.number).order_by(table.entry)
    )
    with database_errors(), engine.connect() as connection:
        return [
            Attached(row.entry, row.submission, row.sha256, row.file_name, row.media_type, row.size, row.at)
            for row in connection.execute(statement)
        ]


def one(engine: Engine, scope: Scope, entry: int) -> Attached | None:
    """An attachment that the scope may open; None for any other."""
    if entry > LARGEST_NUMBER:
        return None
    table = attachment.c
    wanted = select(table.submission).where(table.zone == scope.zone, table.entry == entry)
    with database_errors(), engine.connect() as connection:
        number = connection.execute(wanted).scalar()
    sent = None if number is None else workbooks.original(engine, scope, number)
    if sent is None:
        return None
    return next((found for found in of(engine, scope, sent) if found.entry == entry), None)
