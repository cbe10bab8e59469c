"""The office's own of its documents, as rows: drafts of wordings and masters, versions adopted, document numbers, and what units and enterprises promised.

A version holds for whatever is published after it: the lines of the journal stand in one order, so that a document that is
made again of an old publication is made as it was.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, null, or_, select

from data.intake.archive import LAST_LINE, Entry
from data.intake.audit import Act
from data.language import gettext as _
from data.schema.enterprises import enterprise_name
from data.schema.publications import publication
from data.schema.stationery import document_draft, document_number, document_version, enterprise_promise, unit_promise
from data.schema.zone import unit
from data.store import among, listed
from data.zone.periods import Year, parse_period

DRAFT, ADOPT, NUMBER, PROMISE = "draft_document", "adopt_document", "number_document", "record_promise"
ENTERPRISE_PROMISE = "enterprise_promise"
SETTINGS, MASTER = "settings", "master"
PAPERS = ("ranking", "scores", "casualties", "last-speaker", "interview")
"""Documents whose wording is a text of paragraphs, or a .docx."""
DECKS = ("ranking-deck", "scores-deck", "casualties-deck")
DOCUMENTS = (*PAPERS, *DECKS, MASTER, SETTINGS)
"""What there are versions of: wordings of papers and of decks, the master that slides are laid on, and what all share."""
LONGEST_TEXT = 60_000
LARGEST_FILE = 1_500 * 2**10
MOST_DRAFTS = 5
SHIPPED = 0
"""The draft that stands for what the product comes with."""
_DRAFTED = ("document", "text", "file", "file_name", "sha256", "actor")
ROWS: Mapping[str, tuple[Table, Mapping[str, str]]] = MappingProxyType(
    {
        DRAFT: (document_draft, {one: one for one in _DRAFTED}),
        ADOPT: (document_version, {one: one for one in ("document", "draft", "reason", "actor")}),
        NUMBER: (document_number, {one: one for one in ("publication", "number", "actor")}),
        PROMISE: (unit_promise, {one: one for one in ("unit", "period", "text", "due", "actor")}),
        ENTERPRISE_PROMISE: (
            enterprise_promise,
            {one: one for one in ("enterprise", "name", "period", "text", "due", "actor")},
        ),
    }
)
"""What is told in an act's line, by the column of the table that keeps it."""


@dataclass(frozen=True, slots=True)
class Content:
    """A wording as text, or a .docx or .pptx as it was handed in: one of the two is empty."""

    text: str = ""
    file: bytes = b""
    file_name: str = ""

    @property
    def sha256(self) -> str:
        """Of the file, or of the text in UTF-8."""
        return hashlib.sha256(self.file or self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A draft that is kept: its line, of which document, what it holds, who kept it and when."""

    number: int
    document: str
    content: Content
    sha256: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A version that was adopted, without what it holds; ``draft`` 0: what the product comes with holds again."""

    number: int
    document: str
    draft: int
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Promise:
    """What a unit or an enterprise promised when it was interviewed over a period; ``due``: by which day, where one was said.

    ``who``: a unit's code; an enterprise's credit code, or its name as compared, and ``enterprise`` what it was called then.
    """

    number: int
    who: str
    enterprise: str | None
    period: str
    text: str
    due: date | None
    at: datetime


def told_of(document: str, content: Content) -> dict[str, str]:
    """What the line of a draft tells."""
    file = base64.b64encode(content.file).decode()
    return {"document": document, "text": content.text, "file": file, "file_name": content.file_name, "sha256": content.sha256}  # fmt: skip


def write_draft(connection: Connection, zone: str, entry: Entry) -> Act:
    """The draft's row."""
    told = _write(connection, zone, entry)
    return Act("document drafted", f"document {told['document']}", {"sha256": told["sha256"]})


def write_adoption(connection: Connection, zone: str, entry: Entry) -> Act:
    """The version's row."""
    told = _write(connection, zone, entry)
    return Act("document adopted", f"document {told['document']}", {"draft": told["draft"], "reason": told["reason"]})


def write_number(connection: Connection, zone: str, entry: Entry) -> Act:
    """The number's row."""
    told = _write(connection, zone, entry)
    return Act("document numbered", f"publication {told['publication']}", {"number": told["number"]})


def write_promise(connection: Connection, zone: str, entry: Entry) -> Act:
    """The promise's row."""
    told = _write(connection, zone, entry)
    return Act("promise recorded", f"{told['unit']} {told['period']}", {"due": told["due"]})


def write_enterprise_promise(connection: Connection, zone: str, entry: Entry) -> Act:
    """The row of an enterprise's promise."""
    told = _write(connection, zone, entry)
    return Act("promise recorded", f"{told['enterprise']} {told['period']}", {"due": told["due"]})


WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = MappingProxyType(
    {
        DRAFT: write_draft,
        ADOPT: write_adoption,
        NUMBER: write_number,
        PROMISE: write_promise,
        ENTERPRISE_PROMISE: write_enterprise_promise,
    }
)


def _write(connection: Connection, zone: str, entry: Entry) -> Mapping[str, Any]:
    table, names = ROWS[entry.act]
    kept = {column: entry.data[name] for column, name in names.items()}
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(table).values(zone=zone, entry=entry.number, at=at, **kept))
    return entry.data


def impossible(connection: Connection, zone: str, act: str, told: Mapping[str, Any]) -> str | None:
    """Why a decision cannot be taken as things stand; None where it can."""
    return _IMPOSSIBLE[act](connection, zone, told)


def _no_draft(_connection: Connection, _zone: str, told: Mapping[str, Any]) -> str | None:
    if told["document"] not in DOCUMENTS:
        return _("There is no such document: %(value)s", value=told["document"][:40])
    if len(told["text"]) > LONGEST_TEXT:
        return _("A wording has up to %(n)s characters.", n=LONGEST_TEXT)
    if len(told["file"]) > LARGEST_FILE * 4 / 3 + 4:
        return _(
            "The file is too large: up to %(n)s KiB are kept. Make pictures in it smaller.", n=LARGEST_FILE // 2**10
        )
    if bool(told["text"]) == bool(told["file"]):
        return _("Write a wording, or choose a file.")
    return None


def _no_version(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    if told["document"] not in DOCUMENTS:
        return _("There is no such document: %(value)s", value=told["document"][:40])
    held = in_force(connection, zone, told["document"])
    if told["draft"] == (SHIPPED if held is None else held.draft):
        return _("This holds already.")
    if told["draft"] == SHIPPED:
        return None
    found = draft(connection, zone, told["draft"])
    return None if found is not None and found.document == told["document"] else _("There is no such draft.")


def _no_number(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    this = publication.c.zone == zone, publication.c.entry == told["publication"]
    if connection.execute(select(publication.c.entry).where(*this)).first() is None:
        return _("There is no such publication.")
    if told["number"] == number_of(connection, zone, told["publication"]):
        return _("This holds already.")
    others = {entry: number for entry, number in _numbers(connection, zone) if entry != told["publication"]}
    if told["number"] and told["number"] in others.values():
        return _("Another publication has this number already. Look into the register of documents sent.")
    return None


def _numbers(connection: Connection, zone: str) -> Iterable[tuple[int, str]]:
    """(publication, its number) in the order in which they were given: the last one of each holds."""
    table = document_number.c
    rows = connection.execute(select(table.publication, table.number).where(table.zone == zone).order_by(table.entry))
    return [(row.publication, row.number) for row in rows]


def _no_promise(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    if connection.execute(select(unit.c.unit).where(unit.c.zone == zone, unit.c.unit == told["unit"])).first() is None:
        return _("There is no such unit: %(value)s", value=told["unit"][:40])
    return _no_interview(told)


def _no_enterprise_promise(connection: Connection, zone: str, told: Mapping[str, Any]) -> str | None:
    table, who = enterprise_name.c, told["enterprise"]
    known = select(table.name_key).where(table.zone == zone, or_(table.credit_code == who, table.name_key == who))
    if not who or connection.execute(known.limit(1)).first() is None:
        return _("There is no such enterprise: %(value)s", value=who[:40])
    return _no_interview(told)


def _no_interview(told: Mapping[str, Any]) -> str | None:
    """Why a promise's period is none over which anybody is interviewed."""
    try:
        of_year = isinstance(parse_period(told["period"]), Year)
    except ValueError:
        of_year = True
    return _("A promise belongs to the interview of a month or a quarter.") if of_year else None


_IMPOSSIBLE: Mapping[str, Callable[[Connection, str, Mapping[str, Any]], str | None]] = MappingProxyType(
    {
        DRAFT: _no_draft,
        ADOPT: _no_version,
        NUMBER: _no_number,
        PROMISE: _no_promise,
        ENTERPRISE_PROMISE: _no_enterprise_promise,
    }
)


def draft(connection: Connection, zone: str, number: int) -> DocumentDraft | None:
    """The draft of a line; None where there is none."""
    if number > LAST_LINE:
        return None
    this = document_draft.c.zone == zone, document_draft.c.entry == number
    row = connection.execute(select(document_draft).where(*this)).first()
    return None if row is None else _draft(row)


def _draft(row: Row[Any]) -> DocumentDraft:
    content = Content(row.text, base64.b64decode(row.file), row.file_name)
    return DocumentDraft(row.entry, row.document, content, row.sha256, row.actor, row.at)


def versions(connection: Connection, zone: str, document: str) -> list[DocumentVersion]:
    """All versions of a document that were ever adopted, the first first."""
    rows = connection.execute(_versions(zone).where(document_version.c.document == document))
    return [_version(row) for row in rows]


def in_force(connection: Connection, zone: str, document: str, before: int | None = None) -> DocumentVersion | None:
    """The version of a document that holds, or held before a line of the journal; None where none was adopted by then."""
    return all_in_force(connection, zone, before).get(document)


def all_in_force(connection: Connection, zone: str, before: int | None = None) -> dict[str, DocumentVersion]:
    """Document → the version that holds, or held before a line of the journal; without those of which none was adopted."""
    asked = _versions(zone) if before is None else _versions(zone).where(document_version.c.entry < before)
    return {row.document: _version(row) for row in connection.execute(asked)}


def all_in_force_by(connection: Connection, zone: str, until: datetime) -> dict[str, DocumentVersion]:
    """The same of what was adopted before an instant."""
    asked = _versions(zone).where(document_version.c.at < until)
    return {row.document: _version(row) for row in connection.execute(asked)}


def _versions(zone: str) -> Select[Any]:
    return select(document_version).where(document_version.c.zone == zone).order_by(document_version.c.entry)


def _version(row: Row[Any]) -> DocumentVersion:
    return DocumentVersion(row.entry, row.document, row.draft, row.reason, row.actor, row.at)


def numbers_of(connection: Connection, zone: str, entry: int) -> list[str]:
    """The document numbers that a publication was ever given, the first first."""
    table = document_number.c
    of = table.zone == zone, table.publication == entry
    return list(connection.execute(select(table.number).where(*of).order_by(table.entry)).scalars())


def number_of(connection: Connection, zone: str, entry: int) -> str:
    """The document number of a publication; empty where it has none."""
    return next(reversed(numbers_of(connection, zone, entry)), "")


def promises_of(connection: Connection, zone: str, code: str) -> list[Promise]:
    """What a unit promised, the latest first."""
    table = unit_promise.c
    of = _of_units().where(table.zone == zone, table.unit == code).order_by(table.entry.desc())
    return [_promise(row) for row in connection.execute(of)]


def promises_of_enterprise(connection: Connection, zone: str, known_as: Collection[str]) -> list[Promise]:
    """What an enterprise promised, the latest first; ``known_as``: its credit code and its names as compared."""
    table = enterprise_promise.c
    of = _of_enterprises().where(table.zone == zone, among(table.enterprise, "known_as"))
    rows = connection.execute(of.order_by(table.entry.desc()), {"known_as": listed(known_as)})
    return [_promise(row) for row in rows]


def promises_due(connection: Connection, zone: str, first: date, last: date) -> list[Promise]:
    """What was promised to be done by a day from the first to the last, in the order of these days."""
    between = first.isoformat(), last.isoformat()
    units, enterprises = unit_promise.c, enterprise_promise.c
    due = (
        _of_units().where(units.zone == zone, units.due.between(*between)),
        _of_enterprises().where(enterprises.zone == zone, enterprises.due.between(*between)),
    )
    found = [_promise(row) for of in due for row in connection.execute(of)]
    return sorted(found, key=lambda one: (one.due or first, one.number))


def _of_units() -> Select[Any]:
    table = unit_promise.c
    return select(
        table.entry, table.unit.label("who"), null().label("name"), table.period, table.text, table.due, table.at
    )


def _of_enterprises() -> Select[Any]:
    table = enterprise_promise.c
    return select(table.entry, table.enterprise.label("who"), table.name, table.period, table.text, table.due, table.at)


def _promise(row: Row[Any]) -> Promise:
    due = date.fromisoformat(row.due) if row.due else None
    return Promise(row.entry, row.who, row.name, row.period, row.text, due, row.at)


def drafts(connection: Connection, zone: str, document: str) -> list[DocumentDraft]:
    """The drafts of a document that were never adopted, the latest first; of many those kept last."""
    table = document_draft.c
    used = select(document_version.c.draft).where(document_version.c.zone == zone)
    of = table.zone == zone, table.document == document, table.entry.not_in(used)
    rows = connection.execute(select(document_draft).where(*of).order_by(table.entry.desc()).limit(MOST_DRAFTS))
    return [_draft(row) for row in rows]
