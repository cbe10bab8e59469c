"""The plan's items as pages list them: narrowed to an article, a unit or a state, and what of them is behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from dashboards.method import work_plan as method
from dashboards.method.work_plan import FURTHEST_BEHIND, Due, DueState, ItemStanding, PlanFinding, TaskRow
from dashboards.results import attachments, told_rows
from dashboards.results.attachments import Attached
from dashboards.results.hiding import Viewpoint
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from dashboards.results.work_plan import PlanReport
from data.rollup.in_force import in_ledgers
from data.schema.tasks import task_progress
from data.store import listed

STATES: tuple[DueState, ...] = FURTHEST_BEHIND
_URGENT: Mapping[DueState | None, int] = {"overdue": 0, "due": 1, "late": 3, "done": 4, "upcoming": 2, None: 5}


@dataclass(frozen=True, slots=True)
class ItemsNarrowed:
    """Which items are listed: of an article, filed by a unit, with a due day in a state; None of each: all."""

    article: str | None = None
    unit: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class DuePair:
    """An item's due day, and how it stands; ``behind``: the units in that state where it is overdue or due, in the zone's order."""

    one: ItemStanding
    due: Due
    behind: tuple[str, ...]


def of(report: PlanReport, narrowed: ItemsNarrowed) -> list[ItemStanding]:
    """The items, what is furthest behind first, then in the plan's order; of one unit as it stands with them."""
    found = [
        one
        for one in _of_unit(report.standing.items, narrowed.unit)
        if narrowed.article in {None, one.item.article}
        and (narrowed.state is None or any(due.state == narrowed.state for due in one.dues))
    ]
    places = {item.number: place for place, item in enumerate(report.plan.items)}
    return sorted(found, key=lambda one: (_urgency(one), places[one.item.number]))


def _of_unit(items: Iterable[ItemStanding], unit: str | None) -> Iterator[ItemStanding]:
    for one in items:
        own = one if unit is None else method.of_one_unit(one, unit)
        if own is not None:
            yield own


def _urgency(one: ItemStanding) -> tuple[int, date]:
    """What is overdue longest first, then what is due next."""
    ahead = [(_URGENT[due.state], due.day) for due in one.dues if due.state in {"overdue", "due", "upcoming"}]
    return min(ahead, default=(_URGENT[one.dues[-1].state if one.dues else None], date.max))


def counts(items: Iterable[ItemStanding]) -> Counter[DueState]:
    """How many (item, due day) pairs are in which state."""
    return Counter(due.state for one in items for due in one.dues if due.state is not None)


def by_article(items: Sequence[ItemStanding]) -> dict[tuple[str, date], Counter[DueState]]:
    """(article, due day) → its pairs by state."""
    found: dict[tuple[str, date], Counter[DueState]] = {}
    for one in items:
        for due in one.dues:
            if due.state is not None:
                found.setdefault((one.item.article, due.day), Counter())[due.state] += 1
    return found


def by_unit(report: PlanReport) -> dict[str, dict[str, Counter[DueState]]]:
    """Unit → article → its own (item, due day) pairs by state; the system's items are of no unit."""
    found: dict[str, dict[str, Counter[DueState]]] = {}
    for one in report.standing.items:
        for unit in one.units:
            own = found.setdefault(unit.unit, {}).setdefault(one.item.article, Counter())
            own.update(due.state for due in unit.dues if due.state is not None)
    order = [unit.code for unit in report.zone.units if unit.code in found]
    return {code: found[code] for code in order}


def pairs(items: Iterable[ItemStanding], *states: DueState) -> list[DuePair]:
    """The pairs in one of some states, the earliest due day first."""
    found = [
        DuePair(one, due, tuple(unit.unit for unit in one.units if unit.dues[place].state == due.state))
        for one in items
        for place, due in enumerate(one.dues)
        if due.state in states
    ]
    return sorted(found, key=lambda pair: pair.due.day)


def findings_of(report: PlanReport, number: str, unit: str | None) -> list[PlanFinding]:
    """What was told of an item that does not fit the plan."""
    return [one for one in report.standing.findings if one.number == number and unit in {None, one.unit}]


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What shows that a row is true: 佐证材料 as its reader may read it, and what is attached to its workbook, for who may open that."""

    words: str
    attached: tuple[Attached, ...]


def evidence(
    reading: Reading, rows: Sequence[TaskRow], told: Mapping[tuple[int, int], ToldRow]
) -> dict[tuple[int, int], RowEvidence]:
    """What each of some rows is shown by; ``told`` is where they stand."""
    own = task_progress.c
    opened = {number for (number, _row), one in told.items() if one.opens}
    files = attachments.beside(reading, opened) if opened else {}
    written = reading.connection.execute(
        select(own.submission, own.row, own.evidence).where(in_ledgers(task_progress), own.evidence.is_not(None)),
        {"zone": reading.zone.code, "ledgers": listed(sorted({row.submission for row in rows}))},
    )
    words = {(one.submission, one.row): one.evidence for one in written}
    return {
        (row.submission, row.row): RowEvidence(
            Viewpoint(reading.scope.sees_names(row.unit)).words(words.get((row.submission, row.row), "")),
            tuple(files.get(row.submission, ())),
        )
        for row in rows
    }


def sources(reading: Reading, rows: Sequence[TaskRow]) -> dict[tuple[int, int], ToldRow]:
    """Where rows stand in their workbooks."""
    return told_rows.fetch(reading, told_rows.LEDGER, [(row.submission, row.row) for row in rows])
