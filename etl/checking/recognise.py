"""Which kind, unit and period a workbook is: by choice, by ``_meta``, by labels above the table, by sheet or header."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.intake.inbox import Choice
from data.language import N_
from data.zone.normal import compact, plain
from data.zone.periods import Month, Period, frequency
from data.zone.zone import Unit, Zone
from etl.checking.locate import Remembered, hidden, locate, shown, table_on
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.reading.sheets import Sheet, Workbook
from etl.table.headings.header import Found
from etl.table.headings.labels import Stated, agree, labels, period_within, titles, understand_period, understand_unit
from etl.table.own_sheets import META
from etl.table.problems import Problem, Said
from etl.table.sheet_names import is_titled


@dataclass(slots=True)
class Recognised:
    """What a workbook is. Where problems are errors the rest may be None.

    ``loose`` are sheets named after a table of sums in another layout; ``unit_from`` and ``period_from`` are the sources that named the unit and the period.
    """

    kind: Kind | None = None
    unit: Unit | None = None
    period: Period | None = None
    found: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    loose: dict[str, Sheet] = field(default_factory=dict)
    unit_from: Stated | None = None
    period_from: Stated | None = None

    @property
    def refused(self) -> bool:
        """Whether this is not the right workbook, so that its cells need not be looked at."""
        return any(problem.is_error for problem in self.problems)


def nothing_remembered(_unit: str, _kind: str) -> Remembered:
    """What is remembered where nobody has ever matched a column by hand."""
    return {}


def recognise(
    book: Workbook, choice: Choice, zone: Zone, remembered: Callable[[str, str], Remembered] = nothing_remembered
) -> Recognised:
    """Tell kind, unit and period; every source that speaks must agree with the others.

    ``remembered`` gives, for a unit and a kind (by code), the headers that were once matched by hand: they help to
    find the columns, and never to tell what the workbook is.
    """
    result = Recognised()
    sources = [Stated("choice", choice.kind, choice.unit, choice.period), _meta(book)]
    foreign = _no_workbook(book)
    if foreign is not None:
        return _as_chosen(choice, zone, foreign)
    result.kind = _kind(book, sources, result.problems)
    tables: list[Problem] = []
    if result.kind is not None:
        tables = _locate(result, book, result.kind, {})
    sources += labels(shown(book.sheets), result.found)
    sources += titles(result.found, zone)
    result.unit = _unit(sources, zone, result)
    result.period = _period(result, sources)
    if result.kind is not None and result.unit is not None:
        matched_by_hand = remembered(result.unit.code, result.kind.code)
        if matched_by_hand:
            tables = _locate(result, book, result.kind, matched_by_hand)
        if zone.deadline(result.kind.code, result.unit) is None:
            result.problems.append(
                Problem("not_allowed", value=result.unit.name, parameters={"kind": result.kind.title})
            )
    result.problems.extend(tables)
    return result


def _locate(result: Recognised, book: Workbook, kind: Kind, remembered: Remembered) -> list[Problem]:
    located = locate(book.sheets, kind, remembered)
    result.found, result.loose = located.found, located.loose
    return located.problems


def _no_workbook(book: Workbook) -> Problem | None:
    """Why this is none: a web page or a text is one only where a table of a known kind stands in it (CONTRACT section 1)."""
    written_as = {sheet.written_as for sheet in book.sheets}
    if "" in written_as or not written_as:
        return None
    specs = [spec for kind in KINDS.values() for spec in kind.tables]
    if any(table_on(sheet, spec) is not None for sheet in book.sheets for spec in specs):
        return None
    return Problem("not_a_workbook", parameters={"rule": written_as.pop()})


def _as_chosen(choice: Choice, zone: Zone, problem: Problem) -> Recognised:
    """What says nothing itself is filed under what its sender chose."""
    return Recognised(
        KINDS.get(choice.kind or ""),
        zone.find_unit(choice.unit) if choice.unit else None,
        understand_period(choice.period) if choice.period else None,
        problems=[problem],
    )


def _kind(book: Workbook, sources: Sequence[Stated], problems: list[Problem]) -> Kind | None:
    stated = [(source.source, source.kind) for source in sources if source.kind]
    for _source, code in stated:
        if code not in KINDS:
            problems.append(Problem("unknown_kind", value=code, parameters={"kinds": _titles(KINDS.values())}))
            return None
    codes = {code for _source, code in stated}
    sheets = shown(book.sheets)
    by_name = _kinds_by_sheet_name(sheets)
    if codes and by_name and not codes & by_name:
        codes |= by_name
    if not codes:
        codes = by_name or _kinds_by_header(sheets) or _kinds_by_header(hidden(book.sheets))
    if len(codes) == 1:
        return KINDS[codes.pop()]
    if codes:
        problems.append(
            Problem(
                "conflict", parameters={"rule": "two_kinds", "values": _titles(KINDS[code] for code in sorted(codes))}
            )
        )
    else:
        problems.append(Problem("unknown_kind", parameters={"kinds": _titles(KINDS.values())}))
    return None


def _titles(kinds: Iterable[Kind]) -> str:
    return "、".join(f"{kind.title}（{kind.code}）" for kind in kinds)


def _kinds_by_sheet_name(sheets: Sequence[Sheet]) -> set[str]:
    return {
        kind.code
        for kind in KINDS.values()
        if any(is_titled(sheet, spec) for spec in kind.tables if spec.required for sheet in sheets)
    }


def _kinds_by_header(sheets: Sequence[Sheet]) -> set[str]:
    """The kinds whose required tables the workbook has best, told by the header alone."""
    shares = {kind.code: _share(sheets, kind) for kind in KINDS.values()}
    best = max(shares.values())
    return {code for code, share in shares.items() if share == best} if best > 0 else set()


def _share(sheets: Sequence[Sheet], kind: Kind) -> float:
    shares = []
    for spec in kind.tables:
        if spec.required:
            columns = [len(found.columns) for sheet in sheets if (found := table_on(sheet, spec)) is not None]
            shares.append(max(columns, default=0) / len(spec.columns))
    return sum(shares) / len(shares)


def _meta(book: Workbook) -> Stated:
    sheet = next((sheet for sheet in book.sheets if compact(sheet.name) == META), None)
    columns = sheet.columns[:2] if sheet is not None else []
    pairs = zip(*columns, strict=True) if len(columns) > 1 else ()
    said = {compact(name): _said(cell) for name, cell in pairs if isinstance(name, str)}
    return Stated("meta", said.get("kind"), said.get("unit"), said.get("period"))


def _said(cell: Any) -> str | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return str(Month.of(cell))
    return plain(cell) or None if isinstance(cell, str) else None


def _unit(sources: Sequence[Stated], zone: Zone, result: Recognised) -> Unit | None:
    """The unit that all sources name; a title's counts where nothing else speaks, and contradicts like any other."""
    said = [(source, understand_unit(source.unit, zone)) for source in sources if source.unit]
    units = {unit.code: unit for source, unit in said if unit is not None and source.source != "title"}
    strange = [source.unit for source, unit in said if unit is None and source.sure and source.source != "title"]
    if not strange:
        units |= {unit.code: unit for _source, unit in said if unit is not None}
    if len(units) > 1:
        named = [(source, unit.name) for source, unit in said if unit is not None]
        result.problems.append(_conflict("two_units", named))
        return None
    if not units or strange:
        result.problems.append(Problem("unknown_unit", value=strange[0] if strange else None))
        return None
    speaking = [source for source, unit in said if unit is not None]
    result.unit_from = next((one for one in speaking if one.place is not None), speaking[0])
    return units.popitem()[1]


def _period(result: Recognised, sources: Sequence[Stated]) -> Period | None:
    """The period that all sources name; a title's counts where nothing else speaks, and contradicts like any other."""
    every = result.kind.frequency if result.kind is not None else None
    firm = [(one, _understood(one)) for one in sources if one.period and one.source != "title"]
    of_titles = [(one, _understood(one)) for one in sources if one.period and one.source == "title"]
    speaking = firm or [(one, period) for one, period in of_titles if period and frequency(period) == every]
    periods = {period for _source, period in speaking if period is not None}
    strange = [one for one, period in speaking if period is None]
    period = next(iter(periods)) if len(periods) == 1 else None
    against = [] if period is None else _against(period, sources, of_titles)
    if len(periods) > 1 or against:
        named = [(one, _written(one)) for one, found in speaking if found is not None]
        result.problems.append(_conflict("two_periods", [*named, *((one, _written(one)) for one in against)]))
        return None
    if period is None or strange or (every is not None and frequency(period) != every):
        parameters: dict[str, str | int] = {"frequency": every} if every is not None else {}
        if strange and not strange[0].sure:
            parameters["rule"] = "period_january_or_october"
        value = strange[0].period if strange else str(period or "") or None
        result.problems.append(Problem("unknown_period", value=value, parameters=parameters))
        return None
    result.period_from = next((one for one, _period in speaking if one.place is not None), speaking[0][0])
    return period


def _understood(one: Stated) -> Period | None:
    """The period that a source names; a number that is January or October is neither."""
    if one.period is None or not one.sure:
        return None
    return understand_period(one.period) or (period_within(one.period) if one.source == "label" else None)


def _against(
    period: Period, sources: Sequence[Stated], of_titles: Sequence[tuple[Stated, Period | None]]
) -> list[Stated]:
    """The titles that name another period."""
    others = [one for one, named in of_titles if named is not None and not agree(named, period)]
    months = [one for one in sources if one.month is not None]
    several = [one for one in sources if one.months is not None and not one.months.meet(period)]
    return [*others, *(one for one in months if isinstance(period, Month) and one.month != period.month), *several]


def said_otherwise(recognised: Recognised, stated: Sequence[Stated], zone: Zone) -> Iterator[Problem]:
    """What labels and titles within a table say against the workbook's unit and period."""
    unit, period = recognised.unit, recognised.period
    if unit is not None and recognised.unit_from is not None:
        units = [(one, understand_unit(one.unit, zone)) for one in stated if one.unit]
        strange = [(one, other.name) for one, other in units if other is not None and other.code != unit.code]
        if strange:
            yield _conflict("two_units", [(recognised.unit_from, unit.name), *strange])
    if period is not None and recognised.period_from is not None:
        named = [(one, _understood(one)) for one in stated if one.period]
        others = _against(period, stated, named)
        if others:
            firm = recognised.period_from
            yield _conflict("two_periods", [(firm, _written(firm)), *((one, _written(one)) for one in others)])


def _written(one: Stated) -> str | Said:
    if one.months is not None:
        months = ("first", str(one.months.first)), ("last", str(one.months.last))
        return ((N_("months %(first)s to %(last)s"), months),)
    return one.period or ((N_("month %(month)s"), (("month", one.month),)),)


def _conflict(rule: str, named: Sequence[tuple[Stated, str | Said]]) -> Problem:
    """What does not agree, each with the place where it stands, so that the clerk need not look for it."""
    values = tuple(dict.fromkeys(_at(one, value) for one, value in named))
    return Problem("conflict", parameters={"rule": rule, "values": values})


def _at(one: Stated, value: str | Said) -> tuple[str, tuple[tuple[str, Any], ...]]:
    written = ("value", value)
    if one.place is not None:
        place = ("sheet", one.place.sheet), ("cell", one.place.cell)
        titled = one.source == "title"
        message = N_("“%(value)s” (title, %(sheet)s %(cell)s)") if titled else N_("“%(value)s” (%(sheet)s %(cell)s)")
        return message, (written, *place)
    if one.source == "meta":
        return N_("“%(value)s” (hidden sheet _meta: for this our template was made)"), (written,)
    return N_("“%(value)s” (chosen when sending)"), (written,)
