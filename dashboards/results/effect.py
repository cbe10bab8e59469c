"""What a checked correction would do to its unit's own scores, month by month, before anybody confirms it.

The loader stores the correction, looks at the sums and takes it back (``submission.foreseen``); here they are scored as
any others, so that the preview says what the ranking will.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from dashboards.results.ranking_basis import Basis, read_as_they_are, score_of
from dashboards.results.reading import Reading
from dashboards.results.workbooks import Sent
from data.intake.filing import filing_with
from data.rollup.enforcement import of_told
from data.schema.intake import submission
from data.zone.periods import Month

STILL_SHOWN = frozenset({"checked", "confirmed"})
"""Of what counts by now the ranking itself tells; what was withdrawn was looked at when others' news was not in yet."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A month's score of the unit as it is, and as it would be; None where there is none."""

    month: Month
    before: Decimal | None
    after: Decimal | None


def of_preview(reading: Reading, sent: Sent) -> tuple[Effect, ...]:
    """The months whose score the correction would move, the workbook's own first; none where it moves none."""
    if sent.unit is None or sent.period is None or sent.status not in STILL_SHOWN:
        return ()
    foreseen = _foreseen(reading, sent.number) if reading.scope.sees(sent.unit) else None
    if not foreseen:
        return ()
    months = _months(Month.parse(sent.period), reading.present_month)
    now = read_as_they_are(reading, months)
    then = _as_it_would_be(reading.connection, now, sent, foreseen)
    scores = ((one, score_of(now, sent.unit, one), score_of(then, sent.unit, one)) for one in months)
    return tuple(Effect(one, before, after) for one, before, after in scores if before != after)


def _foreseen(reading: Reading, number: int) -> Mapping[str, Mapping[str, Any]] | None:
    table = submission.c
    asked = select(table.foreseen).where(table.zone == reading.scope.zone, table.submission == number)
    found: Mapping[str, Mapping[str, Any]] | None = reading.connection.execute(asked).scalar()
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
