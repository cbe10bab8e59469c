"""The findings of supervision as a list to be searched, filtered and sorted, each with the row that told of it last.

They are at hand and not in SQL: which ledger's row counts is the method's, and the figures of the report were made from the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboards.method import supervision as method
from dashboards.method.columns import Flags
from dashboards.method.supervision import OUTCOMES, FindingColumns, FindingOutcome
from dashboards.results import supervision, told_rows, told_texts
from dashboards.results.columns_at_hand import (
    ColumnAtHand,
    ValuesAtHand,
    chosen_places,
    coded_values,
    day_values,
    number_values,
    text_values,
)
from dashboards.results.hiding import Viewpoint
from dashboards.results.names import finding_outcome
from dashboards.results.reading import Reading
from dashboards.results.record_list import Holds, RowsWanted
from dashboards.results.supervision import FindingTold, FoundFindings, SupervisionReport
from dashboards.results.told_rows import ToldRow
from data.language import gettext as _
from data.schema.supervision import METHODS, supervision_finding

BESIDE_OUTCOMES = ("exposed", "closed", "not_closed")
KINDS_OF_FINDING = (*OUTCOMES, *BESIDE_OUTCOMES)
"""By what findings are chosen: what became of them, whether they were exposed, and whether they are crossed off."""


@dataclass(frozen=True, slots=True)
class FindingsNarrowed:
    """Which findings are wanted: of a unit, a method and a kind (``KINDS_OF_FINDING``) where they are named."""

    unit: str | None = None
    method: str | None = None
    kind: str | None = None

    def of(self, report: SupervisionReport) -> FoundFindings:
        """The findings of a report that are wanted, in its order."""
        found, day = report.findings, report.asked.as_of
        if self.unit is not None:
            found = found.at(found.columns.supervised.among([self.unit]))
        if self.method is not None:
            found = found.at(found.columns.method.among([self.method]))
        return found if self.kind is None else found.at(_of_kind(found.columns, self.kind, day))


def _of_kind(own: FindingColumns, kind: str, day: date) -> Flags:
    if kind == "exposed":
        return own.exposed
    if kind in BESIDE_OUTCOMES:
        closed = own.closed_by(day)
        return closed if kind == "closed" else ~closed
    fits: Flags = method.outcomes(own, day) == [*map(str, OUTCOMES)].index(kind)
    return fits


def counts(found: FoundFindings, day: date) -> dict[str, int]:
    """How many of some findings are of each kind on a day."""
    return {kind: int(_of_kind(found.columns, kind, day).sum()) for kind in KINDS_OF_FINDING}


def outcomes_by_day(found: FoundFindings, day: date) -> list[tuple[date, FindingOutcome, int]]:
    """What became of the findings that were ordered on each day, as they stand on a day: ordered on, outcome, how many."""
    codes = found.columns.ordered_on.astype(np.int64) * len(OUTCOMES) + method.outcomes(found.columns, day)
    told, numbers = np.unique(codes, return_counts=True)
    return [
        (date.fromordinal(one // len(OUTCOMES)), OUTCOMES[one % len(OUTCOMES)], number)
        for one, number in zip(told.tolist(), numbers.tolist(), strict=True)
    ]


def rows(
    reading: Reading, report: SupervisionReport, narrowing: FindingsNarrowed, wanted: RowsWanted
) -> tuple[int, list[FindingTold]]:
    """How many of them a list wants, and those of the range; Unasked where it has no such column, filter or order."""
    found = narrowing.of(report)
    total, places = chosen_places(len(found), columns(reading, report, found), wanted)
    return total, supervision.rows(reading, found.at(places), report.asked.as_of)


def columns(reading: Reading, report: SupervisionReport, found: FoundFindings) -> list[ColumnAtHand]:
    """What a list of these findings may be filtered and sorted by; by the findings' words for who reads them."""
    own, day = found.columns, report.asked.as_of
    units = {unit.code: unit.short_name for unit in report.zone.units}
    outcomes, now = method.outcomes(own, day), day.toordinal()
    states: dict[str, str] = {one: finding_outcome(one) for one in OUTCOMES}

    def written(name: str) -> ValuesAtHand:
        texts = told_texts.of_books(reading, supervision_finding, name, found.told)
        pairs = zip(map(texts.__getitem__, found.told.row_keys(found.places)), own.supervised.values(), strict=True)
        return text_values(_as_read(reading, name, text, unit) for text, unit in pairs)

    words = [ColumnAtHand("finding", Holds.TEXT, lambda: written("finding"), searched=True)]
    return [
        ColumnAtHand("number", Holds.TEXT, lambda: written("number"), searched=True),
        ColumnAtHand("ordered_on", Holds.DAY, lambda: day_values(own.ordered_on)),
        ColumnAtHand("supervised", Holds.CHOICE, lambda: coded_values(own.supervised), units, searched=True),
        ColumnAtHand("method", Holds.CHOICE, lambda: coded_values(own.method), {one: one for one in METHODS}, searched=True),
        *(words if report.reads_words else []),
        ColumnAtHand("state", Holds.CHOICE, lambda: ValuesAtHand(outcomes, OUTCOMES), states),
        ColumnAtHand("overdue", Holds.NUMBER, lambda: number_values(now - own.due_on, outcomes == OUTCOMES.index("overdue"))),
        ColumnAtHand("due_on", Holds.DAY, lambda: day_values(own.due_on)),
        ColumnAtHand("answered_on", Holds.DAY, lambda: day_values(own.answered_on)),
        ColumnAtHand("exposed", Holds.CHOICE, lambda: flag_values(own.exposed), yes_or_no()),
        ColumnAtHand("closed_on", Holds.DAY, lambda: day_values(own.closed_on)),
    ]  # fmt: skip


def _as_read(reading: Reading, name: str, text: str | None, unit: str) -> str | None:
    names = reading.scope.sees_names(unit)
    if name == "number":
        return Viewpoint(names).document(text or "")
    return text if names else None


def flag_values(flags: Flags) -> ValuesAtHand:
    """What is either so or not, by the codes of ``yes_or_no``."""
    return ValuesAtHand(flags.astype(np.int32), ("no", "yes"))


def yes_or_no() -> dict[str, str]:
    """What is either so or not: code → words."""
    return {"yes": _("yes"), "no": _("no")}


def sources(reading: Reading, shown: Iterable[FindingTold]) -> Mapping[tuple[int, int], ToldRow]:
    """By workbook and row where each of these findings is told of."""
    return told_rows.fetch(reading, told_rows.LEDGER, [(one.submission, one.row) for one in shown])


def cell_of(one: FindingTold, source: ToldRow) -> str:
    """The cell to look at: of the deadline that is past, else of the answer; else of the number."""
    wanted = ("due_on",) if one.outcome == "overdue" else ("answered_on",) if one.told.answered_on else ()
    return source.cell(*wanted, "number")
