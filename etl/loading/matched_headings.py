"""What somebody says of headings that stand in a workbook unknown is remembered for its unit and kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from data.intake.deciding import Desk
from data.intake.decisions import match_headers
from data.intake.inbox import Choice
from data.people.scope import OFFICE_ACCOUNT
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.zone import Zone
from etl.checking.matching import HeadingMatch, to_remember, with_said
from etl.checking.recognise import recognise
from etl.reading.limits import Unreadable
from etl.reading.reader import Reader
from etl.table.known import Known


def remember_headings(
    settings: Settings,
    zone: Zone,
    books: Reader,
    path: Path,
    choice: Choice,
    said: Sequence[HeadingMatch],
    at: datetime,
) -> bool:
    """Journal what is said of headings of a workbook, for its unit and kind; whether any of it is new.

    It is journalled before the workbook is, so that a rebuild comes to the same.
    """
    try:
        book = books.read(path)
    except Unreadable:
        return False
    with database_errors(), reader(settings.database_url).connect() as connection:
        known = Known(connection, zone.code).headers
        before = recognise(book, choice, zone, known)
        now = recognise(book, choice, zone, with_said(known, said))
        if now.unit is None or now.kind is None:
            return False
        unit, kind = now.unit.code, now.kind.code
        matches = to_remember(before, now, known(unit, kind), said)
    if matches:
        match_headers(Desk.of(settings, OFFICE_ACCOUNT, at), unit, kind, matches)
    return bool(matches)
