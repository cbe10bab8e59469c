"""How a kind of workbook is declared: its tables, their columns, and what each cell must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

from etl.table.problems import Problem


class Cells(StrEnum):
    """What the cells of a column are."""

    SERIAL = "serial"
    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"
    QUANTITY = "quantity"
    MONEY = "money"
    MARK = "mark"
    MONTH = "month"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    SECTOR = "sector"
    UNIT = "unit"
    UNIT_OR_ZONE = "unit_or_zone"
    ACCIDENT_TYPE = "accident_type"
    DOCUMENT = "document"
    CREDIT_CODE = "credit_code"
    ANYTHING = "anything"


FREELY_WRITTEN = frozenset({Cells.SERIAL, Cells.TEXT, Cells.ANYTHING})
"""What no rule reads: a clerk may write anything there, names of people too."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` in the program, ``title`` in our template, ``aliases`` in the offices' own forms, the surest
    first: where a sheet has two of them, the earlier one is the column (企业名称 before 单位名称).

    ``other_words`` are other writings of the ``choices``, each with the choice that it means. A title that ends in （万元） says how amounts without a
    unit are meant, wherever an office's own header does not say.

    ``personal``: whether people are named in it, so that only the office and the handling unit may read it. Where
    nothing is said, a text that is freely written is taken to name people, and what must be a day, a number or a
    choice is not: a column that is forgotten hides too much, never too little.

    For our template: ``example`` is a cell as a clerk would fill it in, ``hint`` says in the form's own Chinese what
    belongs there.
    """

    key: str
    title: str
    cells: Cells = Cells.TEXT
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    other_words: tuple[tuple[str, str], ...] = ()
    not_before: str | None = None
    personal: bool | None = None
    example: str = ""
    hint: str = ""

    @property
    def names_people(self) -> bool:
        """Whether what stands in it is for the office and the handling unit alone."""
        return self.cells in FREELY_WRITTEN if self.personal is None else self.personal


class Rule(Protocol):
    """A rule between cells or rows of one table; the kinds of rule are in ``cross_field``."""

    def check(self, context: Any, table: str) -> Iterable[Problem]:
        """The problems of all rows that break it; ``context`` is the workbook's ``Context``, which is made of tables."""


@dataclass(frozen=True)
class TableSpec:
    """One table of a kind: the sheet's title in our template and its columns.

    ``beforehand`` are columns that our template fills in before the clerk does: a row with nothing else says nothing, whatever
    it tells the clerk ``beside`` them.
    ``hint`` says in the form's own Chinese what the sheet is for; a table that is not ``in_template`` is only read.
    ``rules`` are held in their order: one that sets a cell aside stands before those that would rest on it.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    required: bool = True
    counted: bool = True
    aliases: tuple[str, ...] = ()
    beforehand: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    hint: str = ""
    in_template: bool = True
    rules: tuple[Rule, ...] = ()

    @cached_property
    def prefilled(self) -> frozenset[str]:
        """The columns in which something may stand before the clerk begins, by key."""
        return frozenset((*self.beforehand, *self.beside))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The columns' titles by their keys."""
        return {column.key: column.title for column in self.columns}
