"""The quarterly scores of the ten measures, as page, command and documents all take them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select

from dashboards.method import scores as method
from dashboards.method.casualties import Accident, deaths_of
from dashboards.method.ranking import RankedUnit
from dashboards.method.scores import ScoredUnit, UnitQuarter
from dashboards.results import accident_record
from dashboards.results.hiding import Reader
from dashboards.results.ranking import InMonth, of_months, plain, shown_flags, without_rank
from dashboards.results.report_head import report_head
from data.intake.decisions import Desk, Taken, Undecidable, decide_veto
from data.intake.filing import Filing, Undone, filings, undone
from data.intake.vetoes import veto_decisions
from data.language import gettext as _
from data.people.scope import Scope, office
from data.rollup.in_force import submissions_in_force
from data.schema.quarterly import review_extra, review_mark, self_mark
from data.settings import Settings
from data.store import database_errors, reader
from data.zone.accident_class import LARGER, at_least
from data.zone.clock import Clock
from data.zone.normal import compact
from data.zone.periods import Month, Quarter, months_of
from data.zone.schemes import ScoresScheme, scores_scheme
from data.zone.zone import GROUPS, Unit, Zone, read_zone

Marks = Mapping[str, Mapping[int, Row[Any]]]
"""unit → measure → the row of its workbook."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a veto is proposed; ``key`` names the fact, so that a decision covers this one and no later one."""

    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The office's decision on a proposed veto."""

    confirmed: bool
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MeasureNotes:
    """What unit and committee wrote beside the marks of one measure."""

    done: str | None
    evidence: str | None
    own_reason: str | None
    review_reason: str | None


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """One unit in its group: scores with what stands beside them; ``opens``: whether its workbook may be opened.

    ``undone`` is the self-assessment received last, where nothing counts because it was refused or set aside;
    ``months`` are the months behind ``enforcement`` as the monthly ranking has them.
    """

    figures: ScoredUnit
    unit: Unit
    filing: Filing | None
    grounds: tuple[Ground, ...]
    decided: tuple[Decided, ...]
    extras: tuple[str, ...]
    notes: Mapping[int, MeasureNotes]
    speaks: tuple[str, ...]
    opens: bool = False
    undone: Undone | None = None
    months: Mapping[str, InMonth] = field(default_factory=dict)

    @property
    def shown_flags(self) -> tuple[str, ...]:
        """The flags as people read them: of whoever sent something that was refused nobody says 未报."""
        unreported = "not_reported" in self.figures.flags
        return shown_flags(self.figures.flags, self.undone if unreported else None)


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """One group, best first."""

    group: str
    rows: tuple[ScoredRow, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks last at the next safety meeting, and why: a unit by code, or an enterprise by name."""

    unit: str | None
    enterprise: str | None
    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one quarter; ``own_only``: one unit's without its place, for the quarter is not published.

    ``decides``: whether the reader's account may decide on proposed vetoes.
    """

    zone: Zone
    quarter: Quarter
    as_of: date
    known_by: date
    scheme: ScoresScheme
    groups: tuple[ScoredGroup, ...]
    speakers: tuple[Speaker, ...]
    self_deadline: date
    review_deadline: date
    reviewed: bool
    own_only: bool = False
    decides: bool = False
    published: int | None = None

    def group(self, name: str) -> ScoredGroup:
        """One group by name; the first for a name that is none."""
        return next((group for group in self.groups if group.group == name), self.groups[0])

    @property
    def settled(self) -> bool:
        """Whether the quarter is over and everybody's time to file has passed, so that who is missing may be blamed."""
        return self.as_of > self.self_deadline


def fetch(
    engine: Engine,
    scope: Scope,
    quarter: Quarter,
    *,
    fixed_today: date | None = None,
    as_of: date | None = None,
    known_by: date | None = None,
) -> Scores:
    """Read marks, months and accidents of a quarter that were known by a day, score every unit and rank each group."""
    with database_errors(), engine.connect() as connection:
        zone = read_zone(connection, scope.zone)
        known_by = known_by or Clock(zone.calendar, fixed_today).today()
        as_of = min(as_of or known_by, known_by)
        basis = _read(connection, zone, quarter, known_by, as_of)
    groups = tuple(_group(basis, name, scope) for name in GROUPS)
    rows = [row for group in groups for row in group.rows]
    return Scores(
        zone=zone,
        quarter=quarter,
        as_of=as_of,
        known_by=known_by,
        scheme=basis.scheme,
        groups=groups,
        speakers=(*_speaking_units(rows), *_speaking_enterprises(basis, scope)),
        self_deadline=zone.due_day("self_assessment", quarter),
        review_deadline=zone.due_day("review", quarter),
        reviewed=bool(basis.reviewed),
        own_only=not scope.sees_all,
        decides=scope.decides,
    )


def _group(basis: _Basis, name: str, scope: Scope) -> ScoredGroup:
    scored = _rank(basis, name)
    rows = tuple(_row(basis, one, scored, scope) for one in scored if scope.sees(one.unit))
    return ScoredGroup(name, rows if scope.sees_all else tuple(_without_rank(row) for row in rows))


def _without_rank(row: ScoredRow) -> ScoredRow:
    """A unit's own scores before they are published: its place, also the last, would tell of the others'."""
    return replace(
        row,
        figures=replace(row.figures, rank=None, of=0),
        speaks=tuple(key for key in row.speaks if key != "lowest"),
        months={month: without_rank(one) for month, one in row.months.items()},
    )


@dataclass(frozen=True, slots=True)
class _Basis:
    """All that was read."""

    zone: Zone
    quarter: Quarter
    scheme: ScoresScheme
    filed: Mapping[str, Filing]
    own: Marks
    reviewed: Marks
    extras: Mapping[str, Sequence[Row[Any]]]
    undone: Mapping[tuple[str, str], Undone]
    months: Mapping[tuple[str, Month], InMonth]
    accidents: Sequence[Accident]
    deaths: Mapping[str, int]
    caps: Mapping[str, int]
    decisions: Mapping[str, Sequence[Row[Any]]]


def _read(connection: Connection, zone: Zone, quarter: Quarter, known_by: date, as_of: date) -> _Basis:
    bound = zone.calendar.end_of(known_by)
    first, last = zone.calendar.first_day(quarter), min(zone.calendar.last_day(quarter), as_of)
    known = accident_record.read(connection, zone, bound, last)
    this_year = [one for one in known.upto(last).accidents if one.happened_on.year == quarter.year]
    caps = accident_record.read_caps(connection, zone, quarter.year, known, bound).numbers
    filed = filings(connection, zone, "self_assessment", [quarter], bound)
    decisions: dict[str, list[Row[Any]]] = defaultdict(list)
    for decision in veto_decisions(connection, zone.code, quarter, bound):
        decisions[decision.unit].append(decision)
    return _Basis(
        zone=zone,
        quarter=quarter,
        scheme=scores_scheme(connection, zone.code, zone.calendar.last_day(quarter)),
        filed={unit: filing for (unit, _period), filing in filed.items()},
        own=_marks(_rows(connection, zone, self_mark, "self_assessment", quarter, bound)),
        reviewed=_marks(_rows(connection, zone, review_mark, "review", quarter, bound)),
        extras=_by_unit(_rows(connection, zone, review_extra, "review", quarter, bound)),
        undone=undone(connection, zone, "self_assessment", [quarter], bound),
        months=of_months(connection, zone, months_of(quarter), known_by=known_by, as_of=as_of),
        accidents=[one for one in this_year if one.counted and one.happened_on >= first],
        deaths={unit.code: deaths_of(one for one in this_year if one.concerns(unit.code)) for unit in zone.units},
        caps={unit: cap for (unit, sector), cap in caps.items() if unit is not None and sector is None},
        decisions=decisions,
    )


def _rows(
    connection: Connection, zone: Zone, table: Table, kind: str, quarter: Quarter, bound: datetime
) -> Sequence[Row[Any]]:
    period = str(quarter)
    in_force = submissions_in_force(connection, zone.code, kind, known_by=bound, first=period, last=period)
    return connection.execute(
        select(table)
        .where(table.c.zone == zone.code, table.c.submission.in_(in_force))
        .order_by(table.c.submission, table.c.row)
    ).all()


def _by_unit(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.unit].append(row)
    return found


def _marks(rows: Iterable[Row[Any]]) -> dict[str, dict[int, Row[Any]]]:
    return {unit: {row.measure: row for row in marks} for unit, marks in _by_unit(rows).items()}


def _rank(basis: _Basis, group: str) -> list[ScoredUnit]:
    units = [unit for unit in basis.zone.units_of(basis.quarter) if unit.group == group]
    return method.rank_group([_unit_quarter(basis, unit) for unit in units], basis.scheme)


def _unit_quarter(basis: _Basis, unit: Unit) -> UnitQuarter:
    code = unit.code
    extras = basis.extras.get(code, ())
    own = {number: row.mark for number, row in basis.own.get(code, {}).items()}
    return UnitQuarter(
        unit=code,
        name=unit.name,
        own=own if code in basis.filed else None,
        reviewed={number: row.mark for number, row in basis.reviewed.get(code, {}).items()},
        months=tuple(
            _month(month, basis.months[code, month].figures)
            for month in months_of(basis.quarter)
            if (code, month) in basis.months
        ),
        bonus=sum((row.bonus for row in extras), Decimal(0)),
        deduction=sum((row.deduction for row in extras), Decimal(0)),
        veto=_veto(basis, code),
        veto_proposed=bool(_undecided(basis, code)),
        fatal_accidents=sum(one.fatal and one.concerns(code) for one in basis.accidents),
    )


def _month(month: Month, ranked: RankedUnit) -> method.Month:
    """A month's score: 0 where nothing was reported, none where the monthly ranking gives none."""
    if "not_reported" in ranked.flags:
        return method.Month(str(month), Decimal(0), reported=False)
    return method.Month(str(month), ranked.score, reported=ranked.score is not None)


def _veto(basis: _Basis, unit: str) -> str | None:
    """Why the unit is vetoed: by the review, or by a decision of the office; None if it is not."""
    rows = [row for row in basis.extras.get(unit, ()) if row.veto]
    said = [row.reason for row in rows if row.reason]
    said += [decision.reason for decision in basis.decisions.get(unit, ()) if decision.confirmed]
    if not rows and not said:
        return None
    return "；".join(said) or _("veto")


def _grounds(basis: _Basis, unit: str) -> list[Ground]:
    """Facts that propose a veto: accidents of class 较大 or above in the quarter, deaths above the year's cap."""
    grave = [one for one in basis.accidents if one.concerns(unit) and at_least(one.accident_class, LARGER)]
    grounds = [
        Ground(
            f"accident {one.number} {one.accident_class}",
            _("accident %(number)s of class %(class)s on %(day)s", number=one.number, day=one.happened_on.isoformat(),
              **{"class": one.accident_class}),
        )
        for one in grave
    ]  # fmt: skip
    cap, deaths = basis.caps.get(unit), basis.deaths.get(unit, 0)
    if cap is not None and deaths > cap:
        said = _("%(deaths)s deaths this year, above the cap of %(cap)s", deaths=deaths, cap=cap)
        grounds.append(Ground(f"deaths {deaths} cap {cap}", said))
    return grounds


def _undecided(basis: _Basis, unit: str) -> list[Ground]:
    decided = {key for decision in basis.decisions.get(unit, ()) for key in decision.grounds}
    return [ground for ground in _grounds(basis, unit) if ground.key not in decided]


def _row(basis: _Basis, one: ScoredUnit, group: Sequence[ScoredUnit], scope: Scope) -> ScoredRow:
    decisions = basis.decisions.get(one.unit, ())
    reader = Reader(scope.sees_names(one.unit))
    return ScoredRow(
        figures=one if one.veto is None else replace(one, veto=reader.words(one.veto)),
        unit=basis.zone.unit_by_code[one.unit],
        filing=reader.filing(basis.filed.get(one.unit)),
        grounds=tuple(_undecided(basis, one.unit)) if "veto_proposed" in one.flags else (),
        decided=tuple(
            Decided(row.confirmed, reader.words(row.reason), reader.account(row.actor), row.at) for row in decisions
        ),
        extras=tuple(reader.words(row.reason) for row in basis.extras.get(one.unit, ()) if row.reason and not row.veto),
        notes=_notes(basis, one, reader),
        speaks=method.reasons_to_speak(one, group, basis.scheme),
        opens=scope.sees_names(one.unit),
        undone=basis.undone.get((one.unit, str(basis.quarter))),
        months={str(month): found for (unit, month), found in basis.months.items() if unit == one.unit},
    )


def _notes(basis: _Basis, one: ScoredUnit, reader: Reader) -> dict[int, MeasureNotes]:
    own, reviewed = basis.own.get(one.unit, {}), basis.reviewed.get(one.unit, {})
    return {
        part.number: MeasureNotes(
            reader.cell(getattr(own.get(part.number), "done", None)),
            reader.cell(getattr(own.get(part.number), "evidence", None)),
            reader.cell(getattr(own.get(part.number), "reason", None)),
            reader.cell(getattr(reviewed.get(part.number), "reason", None)),
        )
        for part in one.measures
    }


def _speaking_units(rows: Iterable[ScoredRow]) -> list[Speaker]:
    return [Speaker(row.unit.code, None, row.unit.name, row.speaks) for row in rows if row.speaks]


def _speaking_enterprises(basis: _Basis, scope: Scope) -> list[Speaker]:
    """Enterprises with so many fatal accidents in the quarter, of those the scope sees, that they speak as well."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in basis.accidents:
        if one.fatal and (scope.sees_all or (scope.unit is not None and one.concerns(scope.unit))):
            names[compact(one.enterprise)].append(one.enterprise)
    many = [told for told in names.values() if len(told) >= basis.scheme.speaking_last.fatal_accidents]
    return [Speaker(None, told[-1], told[-1], ("many_accidents",)) for told in many]


def decide(
    configured: Settings,
    quarter: Quarter,
    unit: str,
    *,
    confirmed: bool,
    reason: str,
    actor: str,
    seen: Collection[str] | None = None,
) -> Taken:
    """The office's decision on the veto proposed for a unit as it stands now; Undecidable where none is.

    On the office itself it is only proposed, and waits for a second account.

    ``seen`` are the keys of the grounds that the deciding person had before them: of others nobody may decide unread.
    """
    result = fetch(reader(configured.database_url), office(configured.zone), quarter, fixed_today=configured.today)
    named = result.zone.find_unit(unit)
    rows = [row for group in result.groups for row in group.rows if named is not None and row.unit.code == named.code]
    grounds = [ground.key for row in rows for ground in row.grounds]
    if grounds and seen is not None and set(seen) != set(grounds):
        raise Undecidable(_("The facts have changed since the page was opened. Read them again, then decide."))
    at = Clock(result.zone.calendar, configured.today).now()
    return decide_veto(
        Desk.of(configured, actor, at),
        quarter=quarter,
        unit=rows[0].unit.code if rows else unit,
        confirmed=confirmed,
        grounds=grounds,
        reason=reason,
    )


def reason_words(key: str) -> str:
    """A reason for speaking last, in words."""
    names = {
        "many_accidents": _("several fatal accidents in the quarter"),
        "vetoed": _("vetoed"),
        "lowest": _("lowest score of its group"),
        "not_reported": _("no report"),
    }
    return names[key]


def as_dict(result: Scores) -> dict[str, Any]:
    """The report as CONTRACT prints it: plain numbers, ratios unrounded."""
    return {
        **report_head("scores", result.quarter, result, sha256=None),
        "groups": [
            {"group": group.group, "rows": [_row_as_dict(row) for row in group.rows]} for group in result.groups
        ],
        "last_speakers": [_speaker_as_dict(one) for one in result.speakers],
    }


def _row_as_dict(row: ScoredRow) -> dict[str, Any]:
    one = row.figures
    return {
        "unit": one.unit,
        "name": one.name,
        "rank": one.rank,
        "of": one.of,
        "score": plain(one.score),
        "grade": one.grade,
        "flags": list(one.flags),
        "components": {key: plain(value) for key, value in one.components.items()},
        "measures": [
            {
                "number": part.number,
                "name": part.name,
                "full": plain(part.full),
                "self": plain(part.own),
                "review": plain(part.review),
                "score": plain(part.score),
            }
            for part in one.measures
        ],
        "bonus": plain(one.bonus),
        "bonus_cut": plain(one.cut),
        "deduction": plain(one.deduction),
        "veto": one.veto,
    }


def _speaker_as_dict(one: Speaker) -> dict[str, Any]:
    who = {"unit": one.unit} if one.unit is not None else {"enterprise": one.enterprise}
    return {**who, "reason": "；".join(reason_words(key) for key in one.reasons), "reasons": list(one.reasons)}
