"""What a scope hides, hidden once: as problems, rows and words that people wrote leave the data, before anything shows them.

Pages, grids, files, messages and JSON take what is made here, so none of them can show more than another. Two rules:

- What rests on other units' ledgers is told to the office alone (``Scope.is_told``); nobody else learns that it is there.
- Names of people are for the office and the handling unit (``Scope.sees_names``). They stand wherever a person can
  write: so to anybody else no text of a workbook is shown but that of columns which its kind declares open, no heading
  or sheet name that is not ours, no name of a file, and nothing that was written in words of one's own.

Of a table in which no column is open (tip-offs) the others learn how many rows and problems there are, and no single one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, or_

from data.intake.audit import AuditEntry
from data.intake.filing import Filing
from data.language import gettext as _
from data.people.scope import OFFICE_ACCOUNT, Scope

HIDDEN = "…"
OPEN, DOCUMENTS = "open", "documents"
"""How a column, or what a row is known by, is marked with where its table stood (written when a workbook is checked)."""
OF_OURS = frozenset(
    {"kind", "kinds", "choices", "example", "frequency", "first", "last", "month", "from_period", "received", "own", "other",
     "table", "full", "longest", "rule", "near_cell", "cell", "count", "of_many", "within", "day",
     "actual", "reported", "title", "label_cell", "item", "items", "filers", "objects"}
)  # fmt: skip
"""Parameters of sentences that hold words of ours, days and places, never text of a workbook; numbers never do."""
OF_ROWS = frozenset({"first", "near_cell", "cell", "day", "label_cell"})
"""Of these what may lead to a single row."""
DIGITS = "0123456789０１２３４５６７８９"
"""As document numbers are written."""
ACCOUNTS = ("account ", "scheme ")
"""How the audit log's subject begins where it tells of an account: its particulars are the administrator's business."""
PARTICULARS = frozenset(
    {
        "sha256",
        "version",
        "checked_against",
        "table",
        "column",
        "grounds",
        "confirmed",
        "act",
        "second",
        "submissions",
        "measure",
        "mark",
        "before",
        "valid_from",
        "known",
        "form",
        "on",
        "held_on",
    }
)
"""What else the audit log tells that nobody wrote in words of his own."""

OF_PLACES = frozenset(
    {
        "rank",
        "of",
        "rank_interval",
        "chance",
        "weights",
        "single_keys",
        "told_apart",
        "margin",
        "to_next",
        "previous",
        "correction",
    }
)
"""What of a unit's row tells of the others: where it stands among them."""

Layout = Mapping[str, Mapping[str, Any]]
Content = Mapping[str, Any]


class ReadableProblem(NamedTuple):
    """A problem as it may be read: where it is, and what its sentence is filled with."""

    cells: Sequence[str]
    sheet: str | None
    column: str | None
    value: str | None
    near: str | None
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """How one reader reads what one unit sent; ``names``: whether names of people may be read."""

    names: bool

    def cell(self, text: str | None) -> str | None:
        """A short text that a person wrote."""
        return text if self.names or not text else HIDDEN

    def file(self, name: str) -> str:
        """How a clerk called a file."""
        return name if self.names else HIDDEN

    def account(self, name: str) -> str:
        """Which account of the office acted; to others it is the office."""
        return name if self.names else OFFICE_ACCOUNT

    def words(self, text: str) -> str:
        """A note, a reason, a remark: whole sentences of a person."""
        return text if self.names or not text else _("(for the office and the unit concerned only)")

    def document(self, number: str) -> str:
        """A document's number; a text without any digit is none, and was meant for another column."""
        return number if self.names or _has_digit(number) else HIDDEN

    def document_in(self, column: ColumnElement[str]) -> ColumnElement[str]:
        """``document`` of a column, in SQL: what is hidden is neither found nor put in its order.

        Numbers in the digits of other languages are hidden here although ``document`` shows them: never too little.
        """
        if self.names:
            return column
        return case((or_(*(column.contains(digit) for digit in DIGITS)), column), else_=HIDDEN)

    def filing(self, filed: Filing | None) -> Filing | None:
        """What was filed, without the file's name."""
        return filed if filed is None or self.names else replace(filed, file_name=HIDDEN)

    def layout(self, layout: Layout) -> Layout:
        """Where the tables stood: sheets under our titles, headings of nobody's unnamed."""
        if self.names:
            return layout
        return {
            key: {**told, "sheet": told.get("table", HIDDEN), "unknown": [[at, HIDDEN] for at, _h in told.get("unknown", ())]}
            for key, told in layout.items()
        }  # fmt: skip

    def left_out(self, left_out: Sequence[Mapping[str, Any]], layout: Layout) -> tuple[Mapping[str, Any], ...]:
        """What was not taken as data: sheets that were read under our titles, others unnamed."""
        if self.names:
            return tuple(left_out)
        titles = _our_titles(layout)
        return tuple({**one, "sheet": titles.get(one["sheet"], HIDDEN)} for one in left_out)

    def sums(self, account: Mapping[str, Any], layout: Layout) -> Mapping[str, Any]:
        """The sums by what cells were taken for; the money's sheets under our titles."""
        if self.names or not account:
            return account
        titles = _our_titles(layout)
        sums = [{**one, "sheet": titles.get(one.get("sheet", ""), HIDDEN)} for one in account.get("money", ())]
        return {**account, "money": sums}

    def texts(self, texts: Mapping[str, str] | None, table: Mapping[str, Any]) -> dict[str, str]:
        """A row's texts by column; ``table`` is what the layout says of its table, nothing where it says nothing."""
        shown = dict(texts or {})
        if self.names:
            return shown
        documents, opened = set(table.get(DOCUMENTS, ())), set(table.get(OPEN, ()))
        return {
            title: (self.document(text) if title in documents else text) if title in opened else HIDDEN
            for title, text in shown.items()
        }

    def tells_rows(self, table: Mapping[str, Any]) -> bool:
        """Whether single rows of a table may be shown, whatever is hidden in them: not where nothing would be left."""
        return self.names or table.get(OPEN) != []

    def identity(self, text: str, table: Mapping[str, Any]) -> str:
        """What a row is known by."""
        marked = table.get("known_by")
        if self.names or marked == OPEN or not text:
            return text
        return self.document(text) if marked == DOCUMENTS else HIDDEN

    def problem(self, row: Any, layout: Layout) -> ReadableProblem:
        """A problem's place and particulars; ``layout`` is that of its workbook, as it was stored."""
        parameters: Mapping[str, Any] = row.parameters
        if self.names:
            return ReadableProblem(row.cells, row.sheet, row.column, row.value, parameters.get("near"), parameters)
        column = row.column if row.column in _titles(layout) else self.cell(row.column)
        table = next((told for told in layout.values() if told.get("sheet") == row.sheet), {})
        sheet, told_by_row = table.get("table"), self.tells_rows(table)
        hidden = frozenset() if told_by_row else OF_ROWS
        shown = {
            key: value if _is_ours(key, value) and key not in hidden else HIDDEN for key, value in parameters.items()
        }
        shown["column"] = column or ""
        if row.code == "missing_sheet":
            shown["sheet"] = parameters.get("sheet", HIDDEN)
        cells = row.cells if told_by_row else ()
        return ReadableProblem(cells, sheet or self.cell(row.sheet), column, self.cell(row.value), None, shown)


def _is_ours(key: str, value: Any) -> bool:
    return isinstance(value, int | float | None) or key in OF_OURS


def _our_titles(layout: Layout) -> dict[str, str]:
    """What the sheets that were read as tables are called with us."""
    return {told["sheet"]: told.get("table", HIDDEN) for told in layout.values()}


def _titles(layout: Layout) -> set[str]:
    return {title for told in layout.values() for title in told.get("titles", {}).values()}


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def table_of(layout: Layout, title: str) -> Mapping[str, Any]:
    """What a workbook's layout says of the table with this title; nothing where it does not have it."""
    return next((told for told in layout.values() if told.get("table") == title), {})


def as_published(content: Content, scope: Scope) -> Content:
    """What was published as an account reads it: all of it, but the words in which a veto was decided.

    All of it is public with the publication, as it is in the copies that are given out: also which workbooks stand behind
    it by their hashes, what was extended, and what moved a revision.
    """
    if content["report"] != "scores":
        return content
    groups = [{**group, "rows": [_with_veto(row, scope) for row in group["rows"]]} for group in content["groups"]]
    return {**content, "groups": groups}


def _with_veto(row: Content, scope: Scope) -> Content:
    return row if row["veto"] is None else {**row, "veto": Viewpoint(scope.sees_names(row["unit"])).words(row["veto"])}


def beside_live(content: Content, scope: Scope) -> Content:
    """What of a report may be set beside the live one: to a unit's account its own row, and nothing that hangs on the others.

    Live places of a unit move with the others' figures, whether or not the month is published.
    """
    if scope.sees_all:
        return content
    return {
        "report": content["report"],
        "groups": [
            {"group": group["group"], "rows": [_alone(row) for row in group["rows"] if scope.sees(row["unit"])]}
            for group in content.get("groups", ())
        ],
        "units": [_alone(one) for one in content.get("units", ()) if scope.sees(one["unit"])],
    }


def _alone(row: Content) -> Content:
    return {key: value for key, value in row.items() if key not in OF_PLACES}


def audit_entries(entries: Iterable[AuditEntry]) -> Iterable[AuditEntry]:
    """The audit log for who reads no names of people: of workbooks and decisions without files' names and own words."""
    for entry in entries:
        if entry.subject.startswith(ACCOUNTS):
            yield entry
        else:
            yield replace(entry, detail={key: _particular(key, value) for key, value in entry.detail.items()})


def _particular(key: str, value: Any) -> Any:
    return value if key in PARTICULARS or not value or isinstance(value, int | float) else HIDDEN
