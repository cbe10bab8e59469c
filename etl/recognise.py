"""Which kind, unit and period a workbook is: by choice, by ``_meta``, by labels above the table, by sheet or header."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from data.inbox import Choice
from data.normal import compact, plain
from data.periods import Month, Period, Quarter, Year, frequency, parse_period
from data.zone import Unit, Zone
from etl.kinds.declaration import Kind, TableSpec
from etl.kinds.registry import KINDS
from etl.layout import HEADER_WITHIN, Found, find_table, header_name, read_table
from etl.near_headers import near_headers
from etl.own_sheets import is_unread
from etl.problems import Problem
from etl.reading.workbook import Sheet, Workbook

META = "_meta"
_UNIT_LABELS = ("填报单位", "报送单位", "上报单位", "填表单位", "编报单位", "单位名称", "单位")
_UNSURE_LABELS = ("单位名称", "单位")
_PERIOD_LABELS = (
    "填报月份", "填报季度", "填报年度", "报送月份", "统计月份", "所属月份", "填报期间", "统计期间", "报告期",
    "填报月", "月份", "季度", "年度",
)  # fmt: skip
_OTHER_LABELS = (
    "填报时间",
    "填报日期",
    "填表时间",
    "填表日期",
    "填表人",
    "填报人",
    "审核人",
    "联系电话",
    "联系人",
    "负责人",
    "制表人",
    "单位负责人",
)
_LABEL = re.compile(
    rf"({'|'.join(sorted((*_UNIT_LABELS, *_PERIOD_LABELS, *_OTHER_LABELS), key=len, reverse=True))})(?:\((?:盖章|公章|章)\))?[::]"
)
_STAMP = re.compile(r"\((?:盖?公?章|加?盖章|签章)\)|[_＿]+")
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_WRITTEN_PERIODS = (
    re.compile(r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})月?(?:份)?"),
    re.compile(r"(?P<year>\d{4})年?(?=第|Q|.季)第?Q?(?P<quarter>[1-4一二三四])季?度?"),
    re.compile(r"(?P<year>\d{4})(?:年度?)?"),
)
_FEWEST_COLUMNS = 3
_NAME_COUNTS_AS = 3
_MANY_REQUIRED = 4

Remembered = Mapping[str, Mapping[str, str]]
"""Headers that a unit's clerk once said to mean a column: {table: {header as compared: column}}."""
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_NO_TABLES: Remembered = MappingProxyType({})


@dataclass(slots=True)
class Stated:
    """What one source says of a workbook; None where it says nothing. ``sure``: it can mean nothing else (单位：元 can)."""

    source: str
    kind: str | None = None
    unit: str | None = None
    period: str | None = None
    sure: bool = True


@dataclass(slots=True)
class Recognised:
    """What a workbook is. Where problems are errors the rest may be None."""

    kind: Kind | None = None
    unit: Unit | None = None
    period: Period | None = None
    found: dict[str, Found] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

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
    book = Workbook([sheet for sheet in book.sheets if not is_unread(sheet)])
    foreign = _no_workbook(book)
    if foreign is not None:
        return _as_chosen(choice, zone, foreign)
    result.kind = _kind(book, sources, result.problems)
    ambiguous: list[Problem] = []
    if result.kind is not None:
        result.found, ambiguous = locate(book, result.kind)
    sources += _labels(book, result.found)
    result.unit = _unit(sources, zone, result.problems)
    result.period = _period(sources, result.kind, result.problems)
    if result.kind is not None and result.unit is not None:
        matched_by_hand = remembered(result.unit.code, result.kind.code)
        if matched_by_hand:
            result.found, ambiguous = locate(book, result.kind, matched_by_hand)
    if result.kind is not None:
        if result.unit is not None and zone.deadline(result.kind.code, result.unit) is None:
            result.problems.append(
                Problem("not_allowed", value=result.unit.name, parameters={"kind": result.kind.title})
            )
        result.problems.extend(_missing(book, result.kind, result.found))
        result.problems.extend(ambiguous)
    return result


def _no_workbook(book: Workbook) -> Problem | None:
    """Why this is none: a web page or a text is one only where a table of a known kind stands in it (CONTRACT section 1)."""
    written_as = {sheet.written_as for sheet in book.sheets}
    if "" in written_as or not written_as:
        return None
    specs = [spec for kind in KINDS.values() for spec in kind.tables]
    if any(_found(sheet, spec) is not None for sheet in book.sheets for spec in specs):
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
    by_name = _kinds_by_sheet_name(book)
    if codes and by_name and not codes & by_name:
        codes |= by_name
    if not codes:
        codes = by_name or _kinds_by_header(book)
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


def _kinds_by_sheet_name(book: Workbook) -> set[str]:
    names = {compact(sheet.name) for sheet in book.sheets}
    return {
        kind.code
        for kind in KINDS.values()
        if any(compact(spec.title) in names for spec in kind.tables if spec.required)
    }


def _kinds_by_header(book: Workbook) -> set[str]:
    """The kinds whose required tables the workbook has best, told by the header alone."""
    shares = {kind.code: _share(book, kind) for kind in KINDS.values()}
    best = max(shares.values())
    return {code for code, share in shares.items() if share == best} if best > 0 else set()


def _share(book: Workbook, kind: Kind) -> float:
    shares = []
    for spec in kind.tables:
        if spec.required:
            columns = [len(found.columns) for sheet in book.sheets if (found := _found(sheet, spec)) is not None]
            shares.append(max(columns, default=0) / len(spec.columns))
    return sum(shares) / len(shares)


def _found(sheet: Sheet, spec: TableSpec, remembered: Mapping[str, str] = _NO_HEADERS) -> Found | None:
    """The table on this sheet if there is enough of it to be one."""
    found = find_table(sheet, spec, remembered)
    if found is None or (len(found.columns) < min(_FEWEST_COLUMNS, len(spec.columns)) and not _is_named(sheet, spec)):
        return None
    required = sum(1 for column in spec.columns if column.required)
    present = required - len(found.missing)
    return found if _is_named(sheet, spec) or present * 2 >= required else None


def _is_named(sheet: Sheet, spec: TableSpec) -> bool:
    return compact(sheet.name) in {compact(name) for name in (spec.title, *spec.aliases)}


def locate(book: Workbook, kind: Kind, remembered: Remembered = _NO_TABLES) -> tuple[dict[str, Found], list[Problem]]:
    """Where each table of the kind stands: the sheet that knows most of its columns; a sheet holds one table.

    An empty copy of a filled table is passed over. Of two sheets that are the same table, both with rows, nobody but
    the sender knows which one counts, or whether both do: that is a problem.
    """
    located: dict[str, Found] = {}
    problems: list[Problem] = []
    taken: set[int] = set()
    for spec in kind.tables:
        candidates = [
            found
            for sheet in book.sheets
            if id(sheet) not in taken and compact(sheet.name) != META
            for found in [_found(sheet, spec, remembered.get(spec.key, _NO_HEADERS))]
            if found is not None and (spec.required or _is_named(sheet, spec) or not found.missing)
        ]
        if not candidates:
            continue
        best = max(candidates, key=_weight)
        alike = [one for one in candidates if one is best or _alike(best, one)]
        if len(alike) > 1:
            alike = [one for one in alike if read_table(one).rows] or [best]
            best = best if best in alike else max(alike, key=_weight)
        if len(alike) > 1:
            names = "、".join(f"“{one.sheet.name}”" for one in alike)
            parameters = {"rule": "two_sheets", "values": names, "table": spec.title}
            problems.append(Problem("conflict", parameters=parameters))
        located[spec.key] = best
        taken.update(id(one.sheet) for one in candidates if one is best or _alike(best, one))
    return located, problems


def _alike(best: Found, other: Found) -> bool:
    """Whether another sheet is the table as much as the best one is, not a list that merely shares some columns."""
    spec = best.spec
    named = _is_named(other.sheet, spec)
    if not spec.required and (named != _is_named(best.sheet, spec) or not (spec.counted or named)):
        return False
    required = sum(1 for column in spec.columns if column.required)
    may_lack = len(best.missing) + (1 if required >= _MANY_REQUIRED else 0)
    return len(other.missing) <= may_lack and len(other.columns) * 4 >= len(best.columns) * 3


def _weight(found: Found) -> int:
    return len(found.columns) + (_NAME_COUNTS_AS if _is_named(found.sheet, found.spec) else 0)


def _missing(book: Workbook, kind: Kind, found: dict[str, Found]) -> Iterator[Problem]:
    for spec in kind.tables:
        if spec.key in found:
            table = found[spec.key]
            near = {one.key: one for one in near_headers(table)} if table.missing else {}
            for column in table.missing:
                suggested: dict[str, str | int] = {}
                if column.key in near:
                    one = near[column.key]
                    suggested = {
                        "rule": "near_header",
                        "near": one.header,
                        "near_cell": table.header_cell(one.position),
                    }
                yield Problem("missing_column", table.sheet.name, None, column.title, parameters=suggested)
        elif spec.required:
            sheet = next((sheet for sheet in book.sheets if _is_named(sheet, spec)), None)
            if sheet is None:
                yield Problem("missing_sheet", parameters={"sheet": spec.title})
            else:
                for column in spec.columns:
                    if column.required:
                        yield Problem("missing_column", sheet.name, None, column.title)


def _meta(book: Workbook) -> Stated:
    sheet = next((sheet for sheet in book.sheets if compact(sheet.name) == META), None)
    columns = sheet.columns[:2] if sheet is not None else []
    pairs = zip(*columns, strict=True) if len(columns) > 1 else ()
    said = {compact(name): _said(cell) for name, cell in pairs if isinstance(name, str)}
    return Stated("meta", said.get("kind"), said.get("unit"), said.get("period"))


def _said(cell: Any) -> str | None:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return str(Month.of(cell))
    return plain(cell) or None if isinstance(cell, str) else None


def _labels(book: Workbook, found: dict[str, Found]) -> list[Stated]:
    """What the labelled cells above the tables say, and above no table at all where none was found."""
    areas = [table.sheet.rows(table.header_top) for table in found.values()]
    if not areas:
        areas = [sheet.rows(HEADER_WITHIN) for sheet in book.sheets]
    stated: list[Stated] = []
    for rows in areas:
        for row in rows:
            for label, value in _labelled(row):
                if label in _UNIT_LABELS:
                    named = _STAMP.sub("", _text(value)).strip(" :()")
                    stated.append(Stated("label", unit=named, sure=label not in _UNSURE_LABELS))
                elif label in _PERIOD_LABELS:
                    stated.append(Stated("label", period=_text(value)))
    return [one for one in stated if one.unit or one.period]


def _text(value: Any) -> str:
    if isinstance(value, date):
        return str(Month.of(value))
    if isinstance(value, float):
        return f"{value:g}"
    return compact(value) if isinstance(value, str) else ""


def _labelled(row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """(label, value) of one row: ``label：value`` in a cell, several in one cell, or the value in the next cell."""
    for position, cell in enumerate(row):
        if not isinstance(cell, str) or not cell:
            continue
        written = compact(cell)
        parts = list(_LABEL.finditer(written))
        alone = _STAMP.sub("", header_name(cell))
        if not parts and alone in (*_UNIT_LABELS[:-2], *_PERIOD_LABELS[:-3]):
            yield alone, _next_filled(row, position)
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            value: Any = written[part.end() : following.start() if following else len(written)]
            if not value and following is None:
                value = _next_filled(row, position)
            yield part[1], value


def _next_filled(row: Sequence[Any], position: int) -> Any:
    following = next((cell for cell in row[position + 1 :] if cell not in ("", None)), "")
    return "" if isinstance(following, str) and _LABEL.match(compact(following)) else following


def _unit(sources: Sequence[Stated], zone: Zone, problems: list[Problem]) -> Unit | None:
    said = [source.unit for source in sources if source.unit]
    units = {unit.code: unit for unit in map(zone.find_unit, said) if unit is not None}
    strange = [source.unit for source in sources if source.unit and source.sure and zone.find_unit(source.unit) is None]
    if len(units) > 1:
        names = "、".join(unit.name for unit in units.values())
        problems.append(Problem("conflict", parameters={"rule": "two_units", "values": names}))
        return None
    if not units or strange:
        problems.append(Problem("unknown_unit", value=strange[0] if strange else None))
        return None
    return units.popitem()[1]


def _period(sources: Sequence[Stated], kind: Kind | None, problems: list[Problem]) -> Period | None:
    said = [source.period for source in sources if source.period]
    periods = {period for period in map(understand_period, said) if period is not None}
    strange = [text for text in said if understand_period(text) is None]
    every = kind.frequency if kind is not None else None
    if len(periods) > 1:
        values = "、".join(str(period) for period in sorted(periods, key=str))
        problems.append(Problem("conflict", parameters={"rule": "two_periods", "values": values}))
        return None
    period = periods.pop() if periods else None
    if period is None or strange or (every is not None and frequency(period) != every):
        parameters: dict[str, str | int] = {"frequency": every} if every is not None else {}
        problems.append(
            Problem("unknown_period", value=strange[0] if strange else str(period or "") or None, parameters=parameters)
        )
        return None
    return period


def understand_period(text: str) -> Period | None:
    """A period in any writing of CONTRACT: ``2022-05``, 2022年5月, 2022年第2季度, 2022年."""
    written = compact(text).upper()
    try:
        return parse_period(written)
    except ValueError:
        pass
    for form in _WRITTEN_PERIODS:
        match = form.fullmatch(written)
        if match is None:
            continue
        parts = match.groupdict()
        year = int(parts["year"])
        if parts.get("month"):
            month = int(parts["month"])
            return Month(year, month) if 1 <= month <= 12 else None
        return Quarter(year, _QUARTERS[parts["quarter"]]) if parts.get("quarter") else Year(year)
    return None
