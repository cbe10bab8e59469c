"""What is published of a period, and what of it stands otherwise at present, as far as who asks may see either.

Frozen content is read as it is: nothing here computes a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from dashboards.method.conclusions import changed
from dashboards.method.frozen import ABSENT, figures, moved
from dashboards.results import publishing
from dashboards.results.hiding import as_published, beside_live
from dashboards.results.reading import Reading, kept
from data.intake.publications import Publication, of_one_day, revisions_of_each
from data.people.scope import Scope
from data.schema.intake import submission
from data.zone.periods import Period

Whose = Literal["unit", "sector", "zone", "report"]
FOLLOWS = frozenset(
    {"points", "basis", "of", "single_keys", "to_next", "margin", "previous", "correction", "pace", "elapsed"}
)
"""Figures that move with others and say nothing more: they are counted, and not told one by one."""
FLAGS = "flags"
FIRST = ("rank", "score", "grade", "light", "deaths")
"""What is told first of a unit."""


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure that stands otherwise at present: whose, by code, which (``indicators.due_cases``), as published and live.

    Of ``flags`` those that went and those that came, as tuples: their places in a list tell nothing.
    """

    whose: Whose
    code: str
    figure: str
    published: Any
    live: Any


@dataclass(frozen=True, slots=True)
class WorkbookBehind:
    """A workbook behind a report, by the number of its receipt."""

    number: int
    received_at: datetime
    returned_at: datetime | None
    rows: Mapping[str, int] = field(default_factory=dict, compare=False, hash=False)
    """Its rows by what they were taken for."""


@dataclass(frozen=True, slots=True)
class Mover:
    """What has come or gone since: a workbook (``gone``, ``came``), a deadline (``before``, ``after``: days, or ``ABSENT``), the
    decisions on vetoes or contested marks, a month's publication, the scheme.
    """

    what: Literal["workbook", "extension", "vetoes", "marks", "own_review", "month", "scheme"]
    kind: str = ""
    period: str = ""
    unit: str = ""
    gone: WorkbookBehind | None = None
    came: WorkbookBehind | None = None
    before: str = ABSENT
    after: str = ABSENT


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """A report of a period between first figures and final ones; all but ``revisions`` is narrowed to what its reader sees.

    ``day``: of casualties the day that was asked for; ``last_day``: the last on which it is published only with a reason;
    ``moved`` and what follows are of the latest revision beside the live figures of the same day, as they are on ``as_of``.
    """

    report: str
    period: Period
    as_of: date
    last_day: date | None
    day: date | None = None
    revisions: tuple[Publication, ...] = ()
    moved: tuple[MovedFigure, ...] = ()
    following: int = 0
    movers: tuple[Mover, ...] = ()
    conclusions: tuple[Mapping[str, Any], ...] = ()

    @property
    def latest(self) -> Publication | None:
        """The revision that holds."""
        return self.revisions[-1] if self.revisions else None

    @property
    def of_another_day(self) -> bool:
        """Whether what is published are casualties of another day than was asked for."""
        return self.latest is not None and self.day is not None and self.latest.day != self.day.isoformat()

    @property
    def differs(self) -> bool:
        """Whether the live figures are others than those published last."""
        return bool(self.moved or self.following)

    @property
    def draft(self) -> bool:
        """Whether the live figures are no published ones."""
        return self.latest is None or self.differs or self.of_another_day

    @property
    def final_from(self) -> date | None:
        """The first day on which it is published without a reason; None where it has come."""
        still = self.last_day is not None and self.as_of <= self.last_day
        return self.last_day + timedelta(days=1) if still and self.last_day is not None else None

    def revision(self, number: int | None) -> Publication | None:
        """One revision by its number; None where there is none."""
        return next((one for one in self.revisions if one.revision == number), None)


Asked = tuple[str, Period, date | None]
"""A report of a period; of casualties as of a day."""


def fetch(reading: Reading, report: str, period: Period, day: date | None = None) -> PublishedPeriod:
    """Read what is published of a period, and set it beside the live figures; of casualties what is published as of a day,
    else of the latest day that is.
    """
    return fetch_each(reading, ((report, period, day),))[0]


@kept
def fetch_each(reading: Reading, asked: tuple[Asked, ...]) -> tuple[PublishedPeriod, ...]:
    """The same of several reports, read together."""
    of_each = revisions_of_each(
        reading.connection, reading.zone.code, [(report, str(period)) for report, period, _day in asked]
    )
    return tuple(_state(reading, one, of_each[one[0], str(one[1])]) for one in asked)


def _state(reading: Reading, asked: Asked, every: Sequence[Publication]) -> PublishedPeriod:
    report, period, day = asked
    found = of_one_day(every, "" if day is None else day.isoformat()) or ([] if day is None else of_one_day(every))
    last_day = None if found else publishing.final_from(reading, report, period)
    state = PublishedPeriod(report, period, reading.today, last_day, day)
    if not found:
        return state
    shown = tuple(replace(one, content=as_published(one.content, reading.scope)) for one in found)
    return _beside(reading, replace(state, revisions=shown), found[-1])


def _beside(reading: Reading, state: PublishedPeriod, last: Publication) -> PublishedPeriod:
    day = date.fromisoformat(last.day) if last.day else None
    now = publishing.live(reading, state.report, state.period, day)
    then, live = (figures(beside_live(content, reading.scope)) for content in (last.content, now))
    every = figures_moved(moved(then, live))
    told = [one for one in every if not follows(one)]
    if not every:
        return state
    return replace(
        state,
        moved=tuple(sorted(told, key=_order)),
        following=len(every) - len(told),
        movers=tuple(_movers(reading, publishing.moved_by(reading, last))),
        conclusions=tuple(changed(last.content, now)) if reading.scope.sees_all else (),
    )


def figures_moved(pairs: Mapping[str, tuple[Any, Any]]) -> list[MovedFigure]:
    """Each figure that is another, by what ``moved`` says of its place."""
    every = [_figure(place, *pair) for place, pair in pairs.items()]
    plain = [one for one in every if one.figure.partition("[")[0] != FLAGS]
    flags: dict[tuple[Whose, str], tuple[list[str], list[str]]] = {}
    for one in every:
        if one.figure.startswith(f"{FLAGS}["):
            went, came = flags.setdefault((one.whose, one.code), ([], []))
            went += [one.published] if one.published != ABSENT else []
            came += [one.live] if one.live != ABSENT else []
    together = [
        MovedFigure(*of, FLAGS, _without(went, came), _without(came, went))
        for of, (went, came) in flags.items()
        if set(went) != set(came)
    ]
    return [*plain, *together]


def _without(flags: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag not in others)


def _figure(place: str, published: Any, live: Any) -> MovedFigure:
    match place.split("."):
        case ["groups", _group, "rows", unit, *figure]:
            return MovedFigure("unit", unit, ".".join(figure), published, live)
        case ["units", unit, *figure]:
            return MovedFigure("unit", unit, ".".join(figure), published, live)
        case ["sectors", sector, *figure]:
            return MovedFigure("sector", sector, ".".join(figure), published, live)
        case ["zone", *figure]:
            return MovedFigure("zone", "", ".".join(figure), published, live)
    return MovedFigure("report", "", place, published, live)


def follows(one: MovedFigure) -> bool:
    """Whether a figure only moves with others and says nothing more."""
    return one.figure.partition(".")[0].partition("[")[0] in FOLLOWS


def _order(one: MovedFigure) -> tuple[int, str, int]:
    place = FIRST.index(one.figure) if one.figure in FIRST else len(FIRST)
    return ("zone", "unit", "sector", "report").index(one.whose), one.code, place


def _movers(reading: Reading, moved_by: Iterable[Mapping[str, Any]]) -> Iterator[Mover]:
    """What moved a report, each once, as far as the reader may know."""
    told = causes_seen_by(reading.scope, list(moved_by))
    known = workbooks_behind(reading, told)
    once: dict[Mover, None] = {}
    for one in told:
        match re.split(r"[.[]", one["what"]):
            case ["submissions", kind, period, unit]:
                gone, came = (known.get((one[end], kind, period, unit)) for end in ("before", "after"))
                once[Mover("workbook", kind, period, unit, gone, came)] = None
            case ["extensions", kind, period, unit]:
                days = {"before": one["before"], "after": one["after"]}
                once[Mover("extension", kind, period, unit, **days)] = None
            case ["months", period]:
                once[Mover("month", period=period)] = None
            case ["scheme"]:
                once[Mover("scheme")] = None
            case ["vetoes", *_line]:
                once[Mover("vetoes")] = None
            case ["marks", *_line]:
                once[Mover("marks")] = None
            case [publishing.OWN_REVIEW, *_line]:
                once[Mover("own_review")] = None
    yield from once


def causes_seen_by(scope: Scope, causes: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Of what came or went what a scope may know: all, or what its unit sent and how long it had, the scheme, and what is
    published itself.
    """
    if scope.sees_all:
        return causes
    return [one for one in causes if _open(one["what"], scope.unit)]


def _open(what: str, unit: str | None) -> bool:
    kind, _dot, rest = what.partition(".")
    of = rest.rpartition(".")[2]
    match kind:
        case "scheme" | "months":
            return True
        case "submissions":
            return of == unit
        case "extensions":
            return of in {unit, publishing.ALL_UNITS}
    return False


def counts_again(gone: WorkbookBehind, came: WorkbookBehind) -> bool:
    """Whether a version that was there before took the place of one that was returned: no correction came."""
    return gone.returned_at is not None and came.number < gone.number


Key = tuple[str, str, str, str]


def workbooks_behind(reading: Reading, changes: Iterable[Mapping[str, Any]]) -> dict[Key, WorkbookBehind]:
    """The workbooks that came or went by what moved a report (``publishing.moved_by``), those that the reader may see."""
    seen = [
        one
        for one in changes
        if one["what"].startswith("submissions.") and reading.scope.sees(one["what"].rpartition(".")[2])
    ]
    hashes = {one[end] for one in seen for end in ("before", "after")} - {ABSENT}
    return workbooks(reading, hashes) if hashes else {}


def workbooks(reading: Reading, hashes: Iterable[str]) -> dict[Key, WorkbookBehind]:
    """(SHA-256, kind, period, unit) → the workbook of it that was accepted; of several the last."""
    table = submission.c
    statement = (
        select(
            table.submission,
            table.sha256,
            table.kind,
            table.period,
            table.unit,
            table.received_at,
            table.returned_at,
            table.account,
        )
        .where(table.zone == reading.zone.code, table.status == "accepted", table.sha256.in_(sorted(set(hashes))))
        .order_by(table.submission)
    )
    return {
        (row.sha256, row.kind, row.period, row.unit): WorkbookBehind(
            row.submission, row.received_at, row.returned_at, (row.account or {}).get("rows", {})
        )
        for row in reading.connection.execute(statement)
    }
