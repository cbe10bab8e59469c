"""A workbook → problems, or values ready to be written. First whether it is the right workbook, then its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from data.intake.inbox import Choice
from data.zone.periods import Period
from data.zone.zone import Unit, Zone
from etl.checking.accounting import account_of, refused_rows
from etl.checking.matching import HeadingMatch, with_said
from etl.checking.new_rules import as_of_the_period
from etl.checking.personal import layout_of
from etl.checking.recognise import Recognised, recognise, said_otherwise
from etl.checking.row_doubts import in_doubt, rows_not_to_be_passed_over
from etl.checking.times import not_begun, of_another_time
from etl.kinds.kind import Kind
from etl.kinds.targets import WHOLE_ZONE
from etl.reading.sheets import SheetColumn, Workbook
from etl.table import cells
from etl.table.context import Context
from etl.table.declaration import Cells, Column
from etl.table.headings.labels import Stated, stated_within
from etl.table.headings.names import OTHER_MONEY, TEN_THOUSANDS
from etl.table.known import Known
from etl.table.layout import Table
from etl.table.left_out import LeftOut, Why
from etl.table.problem_groups import entries
from etl.table.problems import UNSEEN, Problem
from etl.table.rows.table_rows import read_table
from etl.table.rows.totals import SUMMED, check_totals
from etl.table.values import amounts, days, moments, numbers
from etl.table.values.credit_codes import credit_code
from etl.table.values.document_numbers import LONGEST, document
from etl.table.values.money_units import unit_said_below

_MOST_NOTES = 100
_MOST_ABOVE_A_HEADER = 4
"""So many rows above a header that stands there again a title and labels may be of the page that it begins."""


class FiledUnder(NamedTuple):
    """Kind, unit and period as the log names them; None of what is not known."""

    kind: str | None
    unit: str | None
    period: str | None


@dataclass(slots=True)
class Checkup:
    """What a check found. ``context`` holds the values where nothing forbids to write them.

    ``left_out`` is what was not taken as data; ``account`` are the sums, in rows and cells, that show nothing was lost.
    """

    kind: Kind | None
    unit: Unit | None
    period: Period | None
    problems: list[Problem]
    context: Context | None = None
    layout: dict[str, Any] = field(default_factory=dict)
    rows: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    account: dict[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether nothing but warnings was found."""
        return not any(problem.is_error for problem in self.problems)

    @property
    def filed_under(self) -> FiledUnder:
        """Where the log has it."""
        return FiledUnder(
            self.kind.code if self.kind else None,
            self.unit.code if self.unit else None,
            str(self.period) if self.period else None,
        )


def check_workbook(
    book: Workbook,
    choice: Choice,
    zone: Zone,
    connection: Connection,
    received_at: datetime,
    only_unit: str | None = None,
    line: int | None = None,
    said: Sequence[HeadingMatch] = (),
) -> Checkup:
    """All problems of a workbook at once; what is already explained is not repeated.

    A workbook that its sender may not send is refused and filed under no unit: what somebody else sends under its
    name must not stand in a unit's own list, nor among what the office itself has sent. ``line`` is the workbook's
    place in the journal; None: as known now. ``said`` of headings holds for this check alone.
    """
    known = Known(connection, zone.code, line)
    recognised = recognise(book, choice, zone, with_said(known.headers, said))
    foreign = None if only_unit is None else _not_the_senders(recognised, zone, only_unit)
    if foreign is not None:
        return Checkup(recognised.kind, None, recognised.period, entries([foreign]))
    checkup = Checkup(recognised.kind, recognised.unit, recognised.period, recognised.problems)
    checkup.layout = layout_of(recognised.kind, recognised.found)
    received_on = zone.calendar.day_of(received_at)
    checkup.problems.extend(not_begun(recognised, zone, received_on))
    refused: dict[str, set[int]] = {}
    if recognised.refused or recognised.kind is None or recognised.unit is None or recognised.period is None:
        tables = _tables(recognised, without_hidden=choice.without_hidden)
        checkup.problems = entries(checkup.problems)
        refused = {table.found.sheet.name: set(table.rows) for table in tables.values()}
        return _accounted(checkup, book, recognised, tables, refused)
    context = Context(zone, recognised.unit, recognised.period, received_on, known)
    context.period_from, context.loose = recognised.period_from, recognised.loose
    found = _check_content(recognised, recognised.kind, context, without_hidden=choice.without_hidden)
    found = as_of_the_period(found, zone, recognised.period)
    checkup.problems = entries(refused_rows(found, refused), context.heights)
    _leave_out_untouched(context, refused)
    checkup.context = context
    counted = {spec.key for spec in recognised.kind.tables if spec.counted}
    checkup.account["money"] = list(_amounts_read(context))
    checkup.rows = sum(len(table.rows) for key, table in context.tables.items() if key in counted)
    if checkup.accepted:
        checkup.problems.extend(of_another_time(recognised, zone, received_on, checkup.rows))
    return _accounted(checkup, book, recognised, context.tables, refused)


def _tables(recognised: Recognised, *, without_hidden: bool) -> dict[str, Table]:
    return {key: read_table(found, without_hidden=without_hidden) for key, found in recognised.found.items()}


def _accounted(
    checkup: Checkup,
    book: Workbook,
    recognised: Recognised,
    tables: Mapping[str, Table],
    refused: Mapping[str, Set[int]],
) -> Checkup:
    """The checkup with what every row and cell of the workbook was taken for."""
    account = account_of(book, recognised.found, tables, refused)
    checkup.left_out, checkup.account = account.left_out, account.as_dict() | checkup.account
    return checkup


def _amounts_read(context: Context) -> Iterator[dict[str, str]]:
    """Of every column of money in which unit it was read, and what it comes to: what a clerk checks at a glance."""
    for (table, key), reader in context.amounts.items():
        found = context.tables[table].found
        account = reader.account(found.spec.titles[key], context.column(table, key))
        if account is not None:
            yield {"sheet": found.sheet.name, **account}


def _not_the_senders(recognised: Recognised, zone: Zone, only_unit: str) -> Problem | None:
    """Why an account that sends for one unit alone may not send this; also where that unit is the office's own."""
    if recognised.unit is not None and recognised.unit.code != only_unit:
        rule = {"rule": "of_another_unit", "own": zone.unit_by_code[only_unit].name}
        return Problem("not_allowed", value=recognised.unit.name, parameters=rule)
    if recognised.kind is not None and zone.only_office_files(recognised.kind.code):
        return Problem("not_allowed", parameters={"rule": "only_the_office", "kind": recognised.kind.title})
    return None


def _check_content(recognised: Recognised, kind: Kind, context: Context, *, without_hidden: bool) -> Iterator[Problem]:
    """Every problem as it is found: nobody holds all of them, for rubbish has hundreds of thousands."""
    wrong: set[tuple[str | None, str | None]] = set()
    for spec in kind.tables:
        if spec.key in recognised.found:
            table = read_table(recognised.found[spec.key], without_hidden=without_hidden)
            context.tables[spec.key] = table
            context.heights[table.found.sheet.name] = len(table.rows)
            yield from _units_said_below(table)
            yield from said_otherwise(recognised, _stated_within(table, context.zone), context.zone)
            yield from _noted(_unknown_columns(table), wrong)
            yield from _noted(in_doubt(table, _check_cells(context, table)), wrong)
    yield from _noted(_check_rules(kind, context), wrong)
    _mark_columns(context, wrong)
    yield from kind.check_sums(context)
    for table in context.tables.values():
        yield from check_totals(context, table)
        yield from rows_not_to_be_passed_over(table)


def _units_said_below(table: Table) -> Iterator[Problem]:
    """Amounts are in the unit that a remark below them says, where nothing above says one; it may be none of ours."""
    found, notes = table.found, table.left.get(Why.NOTE, [])[:_MOST_NOTES]
    for key in found.money:
        money = unit_said_below(found, key, notes)
        if money is None:
            continue
        found.money[key] = money
        found.ten_thousands = found.ten_thousands - {key} | ({key} if money.unit == TEN_THOUSANDS else set())
        if money.unit in OTHER_MONEY:
            yield Problem(
                "near_header", found.sheet.name, money.cell, found.spec.titles[key], money.unit, {"rule": "other_money"}
            )


def _stated_within(table: Table, zone: Zone) -> list[Stated]:
    """What is said where a further page of the table begins: it may be another one's, of another unit or period."""
    heads = {row for why in (Why.TITLE, Why.SECTION, Why.NOTE) for row in table.left.get(why, ())}
    above: set[int] = set()
    for header in table.left.get(Why.HEADER_AGAIN, ()):
        above.update(row for row in range(header - _MOST_ABOVE_A_HEADER, header) if row in heads)
    labelled = [row - 1 for row in table.left.get(Why.TITLE, ())]
    return stated_within(table.found.sheet, labelled, [row - 1 for row in sorted(above)], zone)


def _noted(problems: Iterable[Problem], wrong: set[tuple[str | None, str | None]]) -> Iterator[Problem]:
    """The problems; in ``wrong`` the sheets and columns with errors among them."""
    for problem in problems:
        if problem.is_error:
            wrong.add((problem.sheet, problem.column))
        yield problem


def _leave_out_untouched(context: Context, refused: Mapping[str, Set[int]]) -> None:
    """Rows in which only what our template fills in beforehand is filled: what they name was checked, they say nothing.

    One that names what cannot be is refused.
    """
    for key, table in context.tables.items():
        spec = table.found.spec
        if not spec.beforehand:
            continue
        told = [
            context.column(key, column.key)
            for column in spec.columns
            if column.key not in spec.prefilled and column.cells is not Cells.SERIAL
        ]
        wrong = refused.get(table.found.sheet.name, frozenset())
        kept = [
            index
            for index, row in enumerate(zip(*told, strict=True))
            if row.count(None) < len(row) or table.rows[index] in wrong
        ]
        if len(kept) < len(table.rows):
            table.keep(kept)
            columns = context.values[key]
            columns.update({name: [values[index] for index in kept] for name, values in columns.items()})


def _check_rules(kind: Kind, context: Context) -> Iterator[Problem]:
    """What no cell shows alone: the rules declared with the tables, then those particular to the kind."""
    kind.prepare(context)
    for key, table in context.tables.items():
        for rule in table.found.spec.rules:
            yield from rule.check(context, key)
    yield from kind.check(context)


def _mark_columns(context: Context, wrong: Set[tuple[str | None, str | None]]) -> None:
    """Columns in which a rule found an error count as complained of, so that their sums are not judged as well."""
    for key, table in context.tables.items():
        for column in table.found.spec.columns:
            if (table.found.sheet.name, column.title) in wrong:
                context.wrong[key].setdefault(column.key, set()).add(-1)


def _unknown_columns(table: Table) -> Iterator[Problem]:
    found = table.found
    for position, header in found.unknown:
        yield Problem("unknown_column", found.sheet.name, found.header_cell(position), header, header)


def _check_cells(context: Context, table: Table) -> Iterator[Problem]:
    """Every cell of every known column, by the column's type."""
    spec = table.found.spec
    values = context.values.setdefault(spec.key, {})
    wrong = context.wrong.setdefault(spec.key, {})
    for column in spec.columns:
        if column.key not in table.found.columns or column.cells is Cells.SERIAL:
            continue
        raw = table.cells[column.key]
        broken = dict(_formula_errors(table, column))
        checked = _checked(context, table, column, raw, values)
        complaints = wrong.setdefault(column.key, set())
        for index, error in sorted(broken.items()):
            complaints.add(index)
            checked.values[index] = None
            yield _at(table, column, index, "formula_error", error or None, {})
        for index, code, parameters in checked.problems:
            if index not in broken:
                complaints.add(index)
                yield _at(table, column, index, code, raw[index], parameters)
        if column.required:
            for index, value in enumerate(checked.values):
                if value is None and index not in complaints:
                    complaints.add(index)
                    yield _missing(table, column, index, raw[index])
        values[column.key] = checked.values
        if column.cells is Cells.DOCUMENT:
            yield from _long_when_compared(context, table, column)


def _long_when_compared(context: Context, table: Table, column: Column) -> Iterator[Problem]:
    """Numbers that are short as written and long as compared: one character may stand for eighteen, and an index ends."""
    name = table.found.spec.key
    keys = context.keys(name, column.key)
    for index, key in enumerate(keys):
        if key is not None and len(key) > LONGEST:
            context.wrong[name][column.key].add(index)
            keys[index] = context.values[name][column.key][index] = None
            raw = table.cells[column.key][index]
            yield _at(table, column, index, "bad_choice", raw, {"longest": LONGEST})


def _at(table: Table, column: Column, index: int, code: str, raw: object, parameters: dict[str, str | int]) -> Problem:
    value, unseen = cells.told(raw)
    if unseen:
        parameters = {**parameters, UNSEEN: 1}
    return Problem(code, table.found.sheet.name, table.cell(column.key, index), column.title, value, parameters)


def _missing(table: Table, column: Column, index: int, raw: object) -> Problem:
    """What must be filled in; of a number that is said not to be there (无) that 0 is to be written.

    A cell may say 同上 where nothing is above: a document has no number by that.
    """
    own = table.found.sheet.columns[table.found.columns[column.key]][table.rows[index] - 1]
    if raw == "" and cells.text(own) is not None:
        document = column.cells is Cells.DOCUMENT
        code, reason = ("bad_document_number", "placeholder") if document else ("missing_value", "nothing_above")
        return _at(table, column, index, code, own, {"reason": reason})
    asked: dict[str, str | int] = {"rule": "none_or_zero"} if cells.says(raw) and column.cells in SUMMED else {}
    return _at(table, column, index, "missing_value", raw, asked)


def _formula_errors(table: Table, column: Column) -> Iterator[tuple[int, str]]:
    """(index, error value) of cells whose formula came to nothing that a reader of values sees; "" without a result."""
    if table.found.sheet.broken:
        for index in range(len(table.rows)):
            error = table.found.sheet.broken.get(table.cell(column.key, index))
            if error is not None:
                yield index, error


def _checked(
    context: Context, table: Table, column: Column, raw: SheetColumn, values: dict[str, list[Any]]
) -> cells.Checked[Any]:
    if column.cells in {Cells.DATE, Cells.MOMENT}:
        not_before = values.get(column.not_before) if column.not_before else None
        calendar, period = context.zone.calendar, context.period
        understand, with_years = (
            (days.day_in, days.with_years) if column.cells is Cells.DATE else (moments.moment_in, moments.with_years)
        )
        checked: cells.Checked[Any] = cells.check_column(raw, understand(calendar.timezone))
        return with_years(checked, calendar.first_day(period), calendar.last_day(period), not_before)
    return cells.check_column(raw, _understanding(context, table, column))


def _understanding(context: Context, table: Table, column: Column) -> Callable[[Any], Any]:
    """How one cell of the column is read."""
    zone = context.zone
    match column.cells:
        case Cells.COUNT:
            return numbers.count
        case Cells.QUANTITY:
            return numbers.quantity
        case Cells.MONEY:
            reader = amounts.Amounts(column.key in table.found.ten_thousands)
            context.amounts[table.found.spec.key, column.key] = reader
            return reader
        case Cells.FLAG:
            return cells.flag
        case Cells.CHOICE:
            return cells.choice(column.choices, dict(column.other_words))
        case Cells.CHOICES:
            return cells.several(column.choices, dict(column.other_words))
        case Cells.SECTOR:
            return cells.named(zone.sector_names, zone.sectors.values())
        case Cells.UNIT:
            return cells.named(zone.unit_names, (unit.name for unit in zone.units))
        case Cells.UNIT_OR_ZONE:
            names = {**zone.unit_names, WHOLE_ZONE: WHOLE_ZONE}
            return cells.named(names, (WHOLE_ZONE, *(unit.name for unit in zone.units)))
        case Cells.ACCIDENT_TYPE:
            return cells.named(zone.accident_types, dict.fromkeys(zone.accident_types.values()))
        case Cells.MARK:
            return numbers.mark
        case Cells.MONTH:
            return days.month(context.period.year)
        case Cells.DOCUMENT:
            return document(column.required)
        case Cells.CREDIT_CODE:
            return credit_code
        case Cells.ANYTHING:
            return lambda cell: None if cells.is_empty(cell) else cell
        case _:
            return cells.text_up_to(cells.LONGEST_NAME if column.required else cells.LONGEST_TEXT)
