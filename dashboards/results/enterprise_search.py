"""Enterprises found by a part of a name or a credit code: those of today's register first, then former ones, then those that only ledgers know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select, case, exists, func, or_, select, true

from dashboards.method.register import Register
from dashboards.results import enterprise_books
from dashboards.results.enterprise_books import ListedRow, ToldName, books
from dashboards.results.reading import Reading, kept
from dashboards.results.record_list import ByCode
from dashboards.results.register_today import knows_more
from data.rollup.enterprise_names import WITHOUT_CODE, bare_key, name_key
from data.schema.enforcement import inspection
from data.schema.enterprises import enterprise, enterprise_inspected, enterprise_name
from data.store import PlaceOf, among, listed

MOST_FOUND = 20
_AT_ONCE, _MORE_AT_ONCE = 50, 200
Standing = Literal["listed", "former", "ledgers"]
"""In the register of today; in a list of some year; told of by ledgers alone."""
STANDINGS: tuple[Standing, ...] = ("listed", "former", "ledgers")


@dataclass(frozen=True, slots=True)
class FoundEnterprise:
    """An enterprise that was found. ``identity`` is its credit code, or its name as compared where nobody told one.

    ``also`` is the name by which it was found, where that is another; ``sector`` and ``territory`` are those of the list.
    """

    identity: str
    name: str
    standing: Standing
    also: str | None = None
    sector: str | None = None
    territory: str | None = None

    @property
    def credit_code(self) -> str | None:
        """Its code, where one was told."""
        return self.identity if is_code(self.identity) else None


@dataclass(frozen=True, slots=True)
class EnterprisesFound:
    """The best ``MOST_FOUND``; ``more``: whether others fit as well."""

    asked: str
    found: tuple[FoundEnterprise, ...]
    more: bool


def is_code(identity: str) -> bool:
    """Whether an identity is a credit code: codes have 18 letters and digits, and no name is written so."""
    return len(identity) == 18 and identity.isascii() and identity.isalnum()


@kept
def fetch(reading: Reading, asked: str) -> EnterprisesFound:
    """The enterprises of whose names or codes what is asked for is a part; full width or not, with or without brackets and blanks."""
    sought = bare_key(name_key(asked))
    if not sought:
        return EnterprisesFound(asked, (), more=False)
    found = _Found()
    few = _few(reading, sought)
    if few is not None:
        found.is_enough(_looked_up(reading, few, sought))
        return EnterprisesFound(asked, *found.best())
    for known in _known_to(reading):
        for some in _some_at_a_time(reading, _statement(reading.zone.code, sought, known)):
            if found.is_enough(_looked_up(reading, [_Candidate(*row) for row in some], sought)):
                return EnterprisesFound(asked, *found.best())
    return EnterprisesFound(asked, *found.best())


def _few(reading: Reading, sought: str) -> list[_Candidate] | None:
    """All names that fit, in their order, where they are few: whether a unit may know of them is then asked of each that is looked up,
    and not of all names in two statements. None where there are more, and for who may know of all.
    """
    unit = reading.scope.unit
    if unit is None:
        return None
    fit = select(enterprise_name).where(*_fits(reading.zone.code, sought)).limit(_AT_ONCE + 1).subquery()
    row = enterprise.c
    concerns = exists().where(row.zone == fit.c.zone, row.credit_code == fit.c.credit_code, _theirs(unit))
    rows = reading.connection.execute(_ordered(fit, sought, case((concerns, 0), else_=1))).all()
    return [_Candidate(*row) for row in rows] if len(rows) <= _AT_ONCE else None


def _some_at_a_time(reading: Reading, statement: Select[Any]) -> Iterator[Sequence[Any]]:
    """What is found, the first of it by a statement of its own: a database that need find no more does not put all in order."""
    first = reading.connection.execute(statement.limit(_AT_ONCE), _given(reading)).all()
    yield first
    if len(first) == _AT_ONCE:
        yield from reading.connection.execute(statement.offset(_AT_ONCE), _given(reading)).partitions(_MORE_AT_ONCE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name of the directory in which the text was found; ``listed``: a list of some year has its code."""

    key: str
    credit_code: str
    name: str
    listed: int


class _Found:
    """What was found so far, each enterprise once, by the best of its names."""

    def __init__(self) -> None:
        self._by_standing: dict[Standing, dict[str, FoundEnterprise]] = {standing: {} for standing in STANDINGS}

    def is_enough(self, candidates: Iterable[FoundEnterprise]) -> bool:
        """Take more of them; whether none that comes later could be among the best.

        Those whose code any list has come first, so that what only ledgers know tells that all of these were seen.
        """
        ledgers_begin = False
        for one in candidates:
            self._by_standing[one.standing].setdefault(one.identity, one)
            ledgers_begin = ledgers_begin or one.standing == "ledgers"
        enough = len(self._by_standing["listed"]) > MOST_FOUND
        return enough or (ledgers_begin and len(self._all()) > MOST_FOUND)

    def best(self) -> tuple[tuple[FoundEnterprise, ...], bool]:
        """The best of them, and whether there are more."""
        found = self._all()
        return tuple(found[:MOST_FOUND]), len(found) > MOST_FOUND

    def _all(self) -> list[FoundEnterprise]:
        return [one for standing in STANDINGS for one in self._by_standing[standing].values()]


def _statement(zone: str, sought: str, known: ColumnElement[bool]) -> Select[Any]:
    """The names and codes of which it is a part: those with a code in any list first, the nearest and shortest first."""
    return _ordered(enterprise_name, sought).where(*_fits(zone, sought), known)


def _fits(zone: str, sought: str) -> tuple[ColumnElement[bool], ...]:
    own = enterprise_name.c
    in_name, in_code = _places(enterprise_name, sought)
    return own.zone == zone, or_(in_name > 0, in_code > 0)


def _places(names: FromClause, sought: str) -> tuple[PlaceOf, PlaceOf]:
    """Where a name and a code have what is sought."""
    return PlaceOf(names.c.bare_key, sought), PlaceOf(names.c.credit_code, sought.upper())


def _ordered(names: FromClause, sought: str, *before: ColumnElement[int]) -> Select[Any]:
    """Names in the order in which they are shown; ``before``: what comes before that."""
    own = names.c
    in_name, in_code = _places(names, sought)
    near = case(
        (or_(own.bare_key == sought, own.credit_code == sought.upper()), 0),
        (or_(in_name == 1, in_code == 1), 1),
        else_=2,
    )
    in_a_list = exists().where(enterprise.c.zone == own.zone, enterprise.c.credit_code == own.credit_code)
    any_list = case((in_a_list, 1), else_=0).label("listed")
    return select(own.name_key, own.credit_code, own.name, any_list).order_by(
        *before, any_list.desc(), near, func.length(own.name_key), ByCode(own.name_key), own.credit_code
    )


def _known_to(reading: Reading) -> list[ColumnElement[bool]]:
    """Of which names whoever asks may know, one kind after the other: a unit first of enterprises that concern it, then of those of
    which it told. Which of their names it may read is asked of each that is found.
    """
    unit, zone = reading.scope.unit, reading.zone.code
    if unit is None:
        return [true()]
    own, row = enterprise_name.c, enterprise.c
    # A list of codes that is made once: the same asked for each name that fits takes three times as long.
    concerning = select(row.credit_code).where(row.zone == zone, _theirs(unit))
    return [own.credit_code.in_(concerning), or_(own.credit_code == WITHOUT_CODE, *_told_by(reading, unit))]


def _theirs(unit: str) -> ColumnElement[bool]:
    """Whether a row of a list concerns a unit."""
    row = enterprise.c
    return or_(row.unit == unit, row.territory == unit, row.department == unit)


def _told_by(reading: Reading, unit: str) -> Iterator[ColumnElement[bool]]:
    """Whether a unit's own ledgers have a name's code; of inspections, of which there are most, as it is kept wherever that is today's."""
    own, zone = enterprise_name.c, reading.zone.code
    for table, name, _ledgers in books(reading).by_code:
        if table is inspection and not knows_more(reading, "enforcement"):
            seen = enterprise_inspected.c
            yield exists().where(seen.zone == zone, seen.unit == unit, seen.credit_code == own.credit_code)
        else:
            of_books = select(table.c.credit_code).where(table.c.zone == zone, among(table.c.submission, name))
            yield own.credit_code.in_(of_books)


def _given(reading: Reading) -> dict[str, str]:
    if reading.scope.unit is None:
        return {}
    return {name: listed(ledgers) for _table, name, ledgers in books(reading).by_code}


def _looked_up(reading: Reading, candidates: Sequence[_Candidate], sought: str) -> Iterator[FoundEnterprise]:
    """What became of these names: of each that whoever asks may know and that is told of today, its enterprise."""
    keys = {one.key for one in candidates if not one.credit_code}
    twins = _codes_called(reading, keys)
    codes = {one.credit_code for one in candidates if one.credit_code}.union(*twins.values())
    found = _LookedUp(reading, codes, keys)
    for one in candidates:
        if one.credit_code:
            enterprise_found = found.with_code(one, sought)
        elif any(found.is_known(code) for code in twins.get(one.key, ())):
            enterprise_found = None
        else:
            enterprise_found = found.without_code(one)
        if enterprise_found is not None:
            yield enterprise_found


def _codes_called(reading: Reading, keys: set[str]) -> dict[str, set[str]]:
    """The codes under which enterprises of these names were told of elsewhere."""
    own, found = enterprise_name.c, dict[str, set[str]]()
    rows = reading.connection.execute(
        select(own.name_key, own.credit_code).where(
            own.zone == reading.zone.code, among(own.name_key, "keys"), own.credit_code != WITHOUT_CODE
        ),
        {"keys": listed(keys)},
    )
    for key, code in rows:
        found.setdefault(key, set()).add(code)
    return found


class _LookedUp:
    """What lists and ledgers say today of some enterprises, as far as whoever asks may know of it."""

    def __init__(self, reading: Reading, codes: set[str], keys: set[str]) -> None:
        self._sees_all = reading.scope.sees_all
        told = enterprise_books.listed_rows(reading, codes)
        self._register: Register = enterprise_books.register_today(
            reading, (row for rows in told.values() for row in rows)
        )
        self._rows = {
            code: visible
            for code, rows in told.items()
            if (visible := [row for row in rows if enterprise_books.concerns(reading, row.listed)])
        }
        # Of those that a list has, the office need not be told how ledgers call them: there may be a hundred rows of each.
        asked = codes - self._rows.keys() if self._sees_all else codes
        self._names = enterprise_books.ledger_names(reading, asked, keys)
        self._accidents = (
            {name_key(one.accident.enterprise) for one in enterprise_books.accidents(reading)} if keys else set()
        )

    def is_known(self, code: str) -> bool:
        """Whether a list or a ledger tells of it."""
        return code in self._rows or code in self._names.of_codes

    def with_code(self, one: _Candidate, sought: str) -> FoundEnterprise | None:
        code = one.credit_code
        rows, told = self._rows.get(code, []), self._names.of_codes.get(code, [])
        if not self._may_read(one, rows, told) and sought.upper() not in code:
            return None
        if not rows:
            return FoundEnterprise(code, told[0].name, "ledgers", _also(one, told[0].name, sought)) if told else None
        entry = self._register.enterprises.get(code)
        shown = entry if entry is not None and self._sees_all else rows[0].listed
        standing: Standing = "former" if entry is None else "listed"
        return FoundEnterprise(
            code, shown.name, standing, _also(one, shown.name, sought), shown.sector, shown.territory
        )

    def without_code(self, one: _Candidate) -> FoundEnterprise | None:
        if one.key not in self._names.of_keys and one.key not in self._accidents:
            return None
        return FoundEnterprise(one.key, one.name, "ledgers")

    def _may_read(self, one: _Candidate, rows: Sequence[ListedRow], told: Sequence[ToldName]) -> bool:
        """Whether the name is one that whoever asks may read: a unit not how others' ledgers write it."""
        return self._sees_all or one.key in {*(name_key(row.listed.name) for row in rows), *(name.key for name in told)}


def _also(one: _Candidate, shown: str, sought: str) -> str | None:
    """The name by which an enterprise was found, where its own does not tell why."""
    tells = sought in bare_key(name_key(shown)) or sought.upper() in one.credit_code
    return None if tells else one.name
