"""What is said of an unknown heading on the command line: which column it is, or that it is none of ours (``--match``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.intake.intake_decisions import NOT_OURS
from data.language import gettext as _
from etl.checking.locate import Remembered
from etl.checking.recognise import Recognised
from etl.kinds.kind import Kind
from etl.kinds.registry import KINDS
from etl.table.declaration import Column, TableSpec
from etl.table.headings.header import LONGEST_HEADER
from etl.table.headings.names import header_name, names_of

Headers = Callable[[str, str], Remembered]
"""The headings that were matched by hand for a unit and a kind, by code."""


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """A heading as written, and the title of the column that it is; empty where it is none of ours."""

    heading: str
    column: str


def understand(text: str) -> HeadingMatch:
    """``HEADING=COLUMN``, or ``HEADING=``; ValueError where it is neither, or no kind has the column."""
    heading, equals, column = text.rpartition("=")
    said = HeadingMatch(heading.strip(), column.strip())
    if not equals or not 0 < len(header_name(said.heading)) <= LONGEST_HEADER:
        raise ValueError(_("write it as HEADING=COLUMN, or HEADING= where the heading is none of our columns"))
    if said.column and not any(_column(spec, said.column) for kind in KINDS.values() for spec in kind.tables):
        raise ValueError(_("no table has a column “%(column)s”", column=said.column))
    return said


def with_said(known: Headers, said: Sequence[HeadingMatch]) -> Headers:
    """What is remembered, and over it what is said now."""
    if not said:
        return known

    def headers(unit: str, kind: str) -> Remembered:
        before, now = known(unit, kind), _meant(KINDS[kind], said)
        return {table: {**before.get(table, {}), **now.get(table, {})} for table in {*before, *now}}

    return headers


def to_remember(
    before: Recognised, now: Recognised, known: Remembered, said: Sequence[HeadingMatch]
) -> list[dict[str, str | None]]:
    """What a workbook makes of what was said: of headings that stand there and were not known, each in its table.

    ``before`` and ``now`` are how it is recognised without that and with it; what is ``known`` is not said again.
    """
    assert now.kind is not None
    written = {header_name(one.heading): one.heading for one in said}
    matches: list[dict[str, str | None]] = []
    for table, headers in _meant(now.kind, said).items():
        for header, column in headers.items():
            if known.get(table, {}).get(header) != column and _stands(before, now, table, header, column):
                matches.append({"table": table, "header": header, "written": written[header], "column": column})
    return matches


def _stands(before: Recognised, now: Recognised, table: str, header: str, column: str) -> bool:
    """Whether the table has the heading, as one that names none of its columns."""
    found = before.found.get(table)
    if found is not None:
        return any(header_name(written) == header for _position, written in found.unknown)
    return table in now.found and column in now.found[table].columns


def _meant(kind: Kind, said: Sequence[HeadingMatch]) -> dict[str, dict[str, str]]:
    """{table: {heading as compared: column}} for every table of a kind that has such a column."""
    meant: dict[str, dict[str, str]] = {}
    for spec in kind.tables:
        for one in said:
            column = _column(spec, one.column) if one.column else None
            if column is not None or not one.column:
                meant.setdefault(spec.key, {})[header_name(one.heading)] = NOT_OURS if column is None else column.key
    return meant


def _column(spec: TableSpec, name: str) -> Column | None:
    """The column of this title, alias or key."""
    match = names_of(spec).get(header_name(name))
    key = match.key if match is not None else name
    return next((column for column in spec.columns if column.key == key or column.title == name), None)
