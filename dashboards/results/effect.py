"""What a checked correction would do to its unit's own scores, month by month, before anybody confirms it.

The loader stores the correction, looks at the sums and takes it back (``submission.foreseen``); here they are scored as
any others, so that the preview says what the ranking will.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, select

from dashboards.results.ranking import Basis, read_basis, score_of
from dashboards.results.workbooks import Sent
from data.intake.filing import filing_with
from data.people.scope import Scope
from data.rollup.enforcement import of_told
from data.schema.intake import submission
from data.store import database_errors
from data.zone.clock import Clock
from data.zone.periods import Month
from data.zone.zone import read_zone

STILL_SHOWN = frozenset({"checked", "confirmed"})
"""Of what counts by now the ranking itself tells; what was withdrawn was looked at when others' news was not in yet."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A month's score of the unit as it is, and as it would be; None where there is none."""

    month: Month
    before: Decimal | None
    after: Decimal | None


def of_preview(engine: Engine, scope: Scope, sent: Sent, *, fixed_today: date | None = None) -> tuple[Effect, ...]:
    """The months whose score the correction would move, the workbook's own first; none where it moves none."""
    if sent.unit is None or sent.period is None or sent.status not in STILL_SHOWN or not scope.sees(sent.unit):
        return ()
    with database_errors(), engine.connect() as connection:
        foreseen = _foreseen(connection, scope.zone, sent.number)
        if not foreseen:
            return ()
        zone = read_zone(connection, scope.zone)
        today = Clock(zone.calendar, fixed_today).today()
        month = Month.parse(sent.period)
        months = _months(month, zone.calendar.month_of(today))
        now = read_basis(connection, zone, months, today)
        then = _as_it_would_be(connection, now, sent, foreseen)
    scores = ((one, score_of(now, sent.unit, one), score_of(then, sent.unit, one)) for one in months)
    return tuple(Effect(one, before, after) for one, before, after in scores if before != after)


def _foreseen(connection: Connection, zone: str, number: int) -> Mapping[str, Mapping[str, Any]] | None:
    asked = select(submission.c.foreseen).where(submission.c.zone == zone, submission.c.submission == number)
    found: Mapping[str, Mapping[str, Any]] | None = connection.execute(asked).scalar()
    return found


def _months(first: Month, last: Month) -> list[Month]:
    """From the workbook's month on: a case that it tells otherwise may fall due later."""
    months = [first]
    while months[-1] < last:
        months.append(months[-1].plus(1))
    return months


def _as_it_would_be(connection: Connection, now: Basis, sent: Sent, foreseen: Mapping[str, Mapping[str, Any]]) -> Basis:
    """The same with this unit's sums and receipts as the correction makes them."""
    assert sent.unit is not None
    assert sent.period is not None
    kept = {key: one for key, one in now.sums.items() if key[0] != sent.unit or key[1] < sent.period}
    told = {(sent.unit, month): one for month, one in of_told(foreseen).items()}
    filed = {**now.filed, (sent.unit, sent.period): filing_with(connection, now.zone.code, sent.number)}
    return replace(now, sums={**kept, **told}, filed=filed)
