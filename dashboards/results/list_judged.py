"""A list of whom to inspect, judged by the inspections of the month that followed (METHOD section 5.7).

To a unit's account what is judged is its own alone: the enterprises that it answers for, as on its own list. Of others' it would
learn by a list of one enterprise whether anybody was there, and what they found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, and_, bindparam, func, select

from dashboards.method import list_judged as method
from dashboards.method import register as register_method
from dashboards.method.list_judged import Followed, Orders, Worth
from dashboards.method.register import Listed
from dashboards.results import register
from dashboards.results.list_held import ListHeld, held
from dashboards.results.next_inspections import day_of_list
from dashboards.results.plain_numbers import plain
from dashboards.results.reading import Reading
from data.intake import draw
from data.intake.issued_lists import IssuedLists
from data.rollup.in_force import among_ledgers, submissions_in_force
from data.schema.enforcement import inspection
from data.store import among, listed
from data.zone.periods import Month
from data.zone.zone import Zone

_FIRST, _LAST, _DAY = (bindparam(name, type_=Date) for name in ("first", "last", "day"))
Parts = Mapping[str, Worth]


@dataclass(frozen=True, slots=True)
class Judged:
    """One list, and beside it the same enterprises in other orders; ``parts`` by what they belong to: territory, size, sector."""

    of: ListHeld
    orders: Orders
    parts: Mapping[str, Parts]


@dataclass(frozen=True, slots=True)
class ListsJudged:
    """The lists of a workbook, made for a month; ``until`` is the day up to which its inspections are known to have been;
    ``names`` are the enterprises' by credit code; ``own`` is the unit whose enterprises alone are judged (None: all are).
    """

    zone: Zone
    month: Month
    as_of: date
    until: date
    judged: tuple[Judged, ...]
    names: Mapping[str, str]
    own: str | None = None

    @property
    def sha256(self) -> str:
        """The fingerprint of what stands in the workbook, whatever the file."""
        lines = draw.lines_of((one.of.unit, one.of.named) for one in self.judged)
        return draw.fingerprint([*lines, *(line for one in self.judged for line in _case_lines(one.of))])

    def drawn(self, number: str, sha256: str | None = None) -> list[str]:
        """What a number draws: of each unit a tenth of its list, and five of its cases; ``unit,place,credit code`` or ``unit,case,number``.

        ``sha256`` is the fingerprint of all lists, where these are a part of them.
        """
        whole = sha256 or self.sha256
        lots = []
        for one in self.judged:
            lines = draw.lines_of([(one.of.unit, one.of.named)])
            lots += draw.drawn(lines, whole, number, draw.a_tenth(len(lines)))
            lots += draw.drawn(_case_lines(one.of), whole, number, draw.CASES)
        return lots


def _case_lines(of: ListHeld) -> list[str]:
    return draw.case_lines(of.unit or "", of.cases)


def fetch(reading: Reading, raw: bytes, month: Month) -> ListsJudged:
    """The lists in a workbook judged by a month's inspections; NotAList where there is none in it."""
    enterprises = _enterprises(reading, month)
    return _all_judged(reading, month, held(raw, reading.zone, enterprises), enterprises)


def of_issued(reading: Reading, lists: IssuedLists) -> ListsJudged:
    """The lists of a month judged as they were issued, those that whoever asks may see: of all that stood on them, whatever the
    register has become since; without parts and names, which it tells.
    """
    frozen = [
        ListHeld(unit, codes, codes, tuple(lists.content["units"][unit]["cases"]))
        for unit, codes in lists.codes.items()
        if reading.scope.sees(unit)
    ]
    return _all_judged(reading, Month.parse(lists.month), frozen, {})


def _enterprises(reading: Reading, month: Month) -> Mapping[str, Listed]:
    """The register as of the day of a month's lists, as far as whoever asks may have it judged."""
    day, known = day_of_list(reading, month), reading.zone.calendar.end_of(reading.today)
    enterprises = register_method.register_on(reading.once(register.lists, day.year, known), day).enterprises
    own = reading.scope.unit
    if reading.scope.sees_all:
        return enterprises
    return {code: one for code, one in enterprises.items() if own in {one.territory, one.department}}


def _all_judged(
    reading: Reading, month: Month, lists: Sequence[ListHeld], enterprises: Mapping[str, Listed]
) -> ListsJudged:
    connection, zone = reading.connection, reading.zone
    calendar, day = zone.calendar, day_of_list(reading, month)
    known = calendar.end_of(reading.today)
    given = {
        "zone": zone.code,
        "ledgers": listed(submissions_in_force(connection, zone.code, "enforcement", known_by=known)),
        "codes": listed(sorted({code for one in lists for code in one.codes})),
    }
    until = min(calendar.last_day(month), reading.today)
    followed = _followed(connection, given, calendar.first_day(month), until)
    last_on = _last_on(connection, given, day)
    judged = tuple(_judged(one, followed, last_on, enterprises) for one in lists)
    names = {code: one.name for code, one in enterprises.items()}
    return ListsJudged(zone, month, day, until, judged, names, reading.scope.unit)


def _followed(connection: Connection, given: Mapping[str, Any], first: date, last: date) -> dict[str, Followed]:
    """The first inspection of each enterprise on the lists in a month, whoever made it."""
    own = inspection.c
    rows = connection.execute(
        select(own.credit_code, own.inspected_on, own.hazards > 0).where(
            _on_the_lists(), own.inspected_on.between(_FIRST, _LAST)
        ),
        {**given, "first": first, "last": last},
    )
    return method.first_of_each(Followed(code, on, bool(found)) for code, on, found in rows)


def _last_on(connection: Connection, given: Mapping[str, Any], day: date) -> dict[str, date]:
    """When each enterprise had last been inspected on the day as of which the list is made."""
    own = inspection.c
    rows = connection.execute(
        select(own.credit_code, func.max(own.inspected_on))
        .where(_on_the_lists(), own.inspected_on <= _DAY)
        .group_by(own.credit_code),
        {**given, "day": day},
    )
    return dict(map(tuple, rows.all()))


def _on_the_lists() -> ColumnElement[bool]:
    return and_(among(inspection.c.credit_code, "codes"), among_ledgers(inspection))


def _judged(
    of: ListHeld, followed: Mapping[str, Followed], last_on: Mapping[str, date], enterprises: Mapping[str, Listed]
) -> Judged:
    def by(field: str) -> Parts:
        part_of = {code: getattr(enterprises[code], field) for code in of.codes if code in enterprises}
        return {part: method.worth(codes, followed) for part, codes in method.parts_by(of.codes, part_of).items()}

    return Judged(
        of=of,
        orders=Orders(
            method.worth(of.codes, followed),
            method.worth(method.longest_not_seen(of.codes, last_on), followed),
            method.by_chance(of.codes, followed),
        ),
        parts={field: by(field) for field in ("territory", "size", "sector")},
    )


def as_dict(result: ListsJudged, number: str | None) -> dict[str, Any]:
    """The judgement as the command prints it: ratios unrounded, sectors by their Chinese names; with a number what it draws."""
    lots = {} if number is None else {"draw": {"number": number, "drawn": [_line(one) for one in result.drawn(number)]}}
    return {
        "report": "evaluate",
        "period": str(result.month),
        "as_of": result.as_of.isoformat(),
        "until": result.until.isoformat(),
        "sha256": result.sha256,
        "lists": [_list_as_dict(result.zone, one) for one in result.judged],
        **lots,
    }


def _line(text: str) -> dict[str, Any]:
    """A line that was drawn: of a list, or a case."""
    line = draw.taken_apart(text)
    of = {"unit": line.unit or None}
    return {**of, "case": line.named} if line.place is None else {**of, "place": line.place, "credit_code": line.named}


def _list_as_dict(zone: Zone, one: Judged) -> dict[str, Any]:
    return {
        "unit": one.of.unit,
        "rows": len(one.of.named),
        "not_in_register": list(one.of.unknown),
        "judged": one.orders.listed.judged,
        "found": one.orders.listed.found,
        "list": _numbers(one.orders.listed),
        "longest_not_seen": _numbers(one.orders.longest_not_seen),
        "chance": _numbers(one.orders.by_chance),
        "towns": _parts("unit", one.parts["territory"], {}),
        "sizes": _parts("size", one.parts["size"], {}),
        "sectors": _parts("sector", one.parts["sector"], zone.sectors),
    }


def _parts(name: str, parts: Parts, names: Mapping[str, str]) -> Sequence[dict[str, Any]]:
    return [
        {name: names.get(part, part), "judged": one.judged, "found": one.found, **_numbers(one)}
        for part, one in parts.items()
    ]


def _numbers(one: Worth) -> dict[str, Any]:
    """METHOD's three numbers."""
    return {name: plain(getattr(one, name)) for name in ("days_earlier", "first_half", "first_tenth")}
