"""Which lists of enterprises make the register: of each unit the one of the latest year (METHOD section 5.1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from data.rollup.in_force import stands
from data.schema.intake import submission


def registers_in_force(
    connection: Connection, zone: str, year: int, known_by: datetime | None = None, before: int | None = None
) -> list[int]:
    """Of each unit its latest list of a year up to this one, in the last version that was accepted and not returned.

    ``known_by`` is the first instant that is no longer known, ``before`` the journal's line of a workbook that is looked at as
    it was when it came: of lists that came after it nothing is known.
    """
    own = submission.c
    lists = [own.zone == zone, own.kind == "enterprises", own.status == "accepted", own.period <= f"{year:04d}"]
    lists.append(stands(known_by))
    if known_by is not None:
        lists.append(own.received_at < known_by)
    if before is not None:
        lists.append(own.submission < before)
    rows = connection.execute(select(own.unit, own.submission).where(*lists).order_by(own.period, own.version))
    latest: dict[str, int] = dict(map(tuple, rows.all()))
    return sorted(latest.values())
