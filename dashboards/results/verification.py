"""Whether a document that somebody holds says what was published (METHOD section 6): its figures, and the file itself.

A spreadsheet saved again has other bytes and the same figures; one digit changed is a cell that differs. Both are told apart.
"""

from __future__ import annotations

import csv
import io
import json
from calendar import month_abbr
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from dashboards.method.frozen import ABSENT, differing, each_kept, places, same_in_a_cell, same_text
from dashboards.results.document_cells import DocumentCells, cells_of
from dashboards.results.flat_rows import flat_rows
from dashboards.results.published_copies import copies, is_left_out
from dashboards.results.publishing import moved_by, overtaken, printed
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import MARK, former_xlsx, mark_of, published_sheet, published_xlsx, without_witness
from dashboards.results.workbook_file import HEAD_ROW, cell_text
from data.intake.publications import Publication, by_fingerprint, revisions
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.printing import as_csv, as_json, csv_line
from data.zone.periods import Month, parse_period

CURRENT, OVERTAKEN, SUPERSEDED, ALTERED, UNKNOWN = "current", "overtaken", "superseded", "altered", "unknown"
TRUE = frozenset({CURRENT, OVERTAKEN, SUPERSEDED})
"""What a document may be that says what was published."""
LARGEST = 20 * 2**20
MOST_NAMED = 1_000
"""Of cells that differ: what is another document altogether need not be told cell by cell, and anybody may bring one."""
_MARK_PLACE = "mark"
_PACKAGE, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
"""How a workbook begins, whatever its name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a document is. ``cells`` are the places that differ: (as published, as in the document).

    Of one that is overtaken ``moved`` are the figures that stand otherwise now, and ``moved_by`` what has come or gone since.
    """

    status: str
    publication: Publication | None = None
    figures_equal: bool = False
    same_file: bool = False
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    moved: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    moved_by: Sequence[Mapping[str, Any]] = ()

    def as_dict(self) -> dict[str, Any]:
        """As CONTRACT prints it, with the cells that differ."""
        of = self.publication
        return {
            **{name: getattr(of, name, None) for name in MARK},
            "status": self.status,
            "figures_equal": self.figures_equal,
            "same_file": self.same_file,
            "cells": [
                {"cell": place, "published": published, "found": float(found) if isinstance(found, Decimal) else found}
                for place, (published, found) in self.cells.items()
            ],
            "moved": [{"figure": place, "published": then, "live": now} for place, (then, now) in self.moved.items()],
            "moved_by": list(self.moved_by),
        }


@dataclass(frozen=True, slots=True)
class _Document:
    """A document as it was read: which publication it says it is, and how it is compared with one."""

    claim: Mapping[str, str]
    differences: Callable[[Publication], dict[str, tuple[Any, Any]]]
    issued: Callable[[Publication], AbstractSet[bytes]]


def verify(reading: Reading, raw: bytes) -> Verdict:
    """Lay a document beside what was published."""
    document = _read(raw)
    of = None if document is None else _claimed(reading, document.claim)
    if document is None or of is None:
        return Verdict(UNKNOWN)
    cells = {place: pair for place, pair in document.differences(of).items() if not is_left_out(of, pair)}
    same_file = any(raw in document.issued(one) for one in copies(of))
    if cells:
        return Verdict(ALTERED, of, figures_equal=False, same_file=False, cells=cells)
    last = revisions(reading.connection, reading.zone.code, of.report, of.period, of.day)[-1]
    if last.revision != of.revision:
        return Verdict(SUPERSEDED, of, figures_equal=True, same_file=same_file)
    moved = overtaken(reading, of)
    if not moved:
        return Verdict(CURRENT, of, figures_equal=True, same_file=same_file)
    by = moved_by(reading, of)
    return Verdict(OVERTAKEN, of, figures_equal=True, same_file=same_file, moved=moved, moved_by=by)


def sentences(found: Verdict) -> Iterator[str]:
    """What a document is, in words: its figures, the file, and every cell that differs."""
    of = found.publication
    words = {
        CURRENT: _("Its figures are those published, and this is the latest revision."),
        OVERTAKEN: _(
            "Its figures are those published; later corrections have moved the live figures, and no revision says so yet."
        ),
        SUPERSEDED: _("Its figures are those published then; a later revision has taken their place."),
        ALTERED: _("Its figures are not those published."),
        UNKNOWN: _("No publication is known that this document could be."),
    }
    if of is not None:
        named = {"report": of.report, "period": of.period, "n": of.revision, "sha256": of.sha256}
        yield _("%(report)s %(period)s, revision %(n)s, SHA-256 %(sha256)s", **named)
    yield words[found.status]
    if found.status in TRUE:
        yield (
            _("It is the very file that was given out.") if found.same_file else _("It was saved again: another file.")
        )
    for place, (then, now) in found.moved.items():
        yield _(
            "%(figure)s: published %(published)s, now %(live)s", figure=place, published=_said(then), live=_said(now)
        )
    for place, (published, other) in found.cells.items():
        yield _(
            "%(cell)s: published %(published)s, here %(found)s",
            cell=place,
            published=_said(published),
            found=_said(other),
        )


def _said(value: Any) -> str:
    return ABSENT if value is None else str(value)


def published_csv(one: Publication) -> str:
    """A publication as CSV: its lines, and last the line that says which one it is."""
    rows = flat_rows(one.content, one.content["publication"]["zone"])
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = as_csv(columns, [{name: row.get(name) for name in columns} for row in rows])
    return lines + csv_line(mark_of(one))


def _claimed(reading: Reading, claim: Mapping[str, str]) -> Publication | None:
    """The publication that a document has the hash of; where that is none, the one that it says it is."""
    connection, zone = reading.connection, reading.zone.code
    found = by_fingerprint(connection, zone, claim["sha256"])
    if found is not None:
        return found
    every = revisions(connection, zone, claim["report"], claim["period"], claim.get("day"))
    return next((one for one in every if str(one.revision) == claim["revision"]), None)


def _as_bytes(text: str) -> set[bytes]:
    """A document as it was given out: on the screen with an end of line, in a file as it is, of CSV with its mark of UTF-8."""
    plain = text.encode()
    return {plain, plain + b"\n", text.encode("utf-8-sig")}


def _read(raw: bytes) -> _Document | None:
    if len(raw) > LARGEST:
        return None
    if raw.startswith((_PACKAGE, _OLE)):
        found = cells_of(raw)
        return None if found is None else _workbook(found)
    text = _decoded(raw)
    return None if text is None else _json(text) or _csv(text)


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _json(text: str) -> _Document | None:
    try:
        content = json.loads(text, parse_float=Decimal, object_pairs_hook=each_kept)
        if not isinstance(content, dict) or "report" not in content:
            return None
        found = places(content)
    except (ValueError, RecursionError):
        return None
    claim = {
        name: str(content.get(key)) for name, key in zip(MARK, ("report", "period", "published", "sha256"), strict=True)
    }
    if content["report"] == "casualties":
        claim["day"] = str(content.get("as_of"))
    return _Document(
        claim,
        lambda of: dict(islice(differing(places(printed(of)), found).items(), MOST_NAMED)),
        lambda of: _as_bytes(as_json(printed(of))),
    )


def _csv(text: str) -> _Document | None:
    for separator in (",", ";", "\t"):
        rows = _rows(text, separator)
        claim = _claim_of(rows)
        if claim is not None:
            return _Document(
                claim,
                lambda of, rows=rows: dict(islice(_cells(of, rows), MOST_NAMED)),  # type: ignore[misc]
                lambda of: _as_bytes(published_csv(of)),
            )
    return None


def _claim_of(rows: Sequence[Sequence[Any]]) -> dict[str, str] | None:
    """What its last mark says that a document is; None where it has none."""
    for row in reversed(rows):
        told = [str(cell) for cell in row if cell not in {None, ""}]
        if len(told) == len(MARK) and told[0].startswith("#"):
            return dict(zip(MARK, (told[0][1:], *map(_whole, told[1:])), strict=True))
    return None


def _whole(text: str) -> str:
    """A revision that a spreadsheet keeps as a number is no fraction."""
    return text.removesuffix(".0")


def _workbook(found: DocumentCells) -> _Document | None:
    """A workbook by its last line; where that is gone by its properties."""
    rows = found.sheets[0][1] if found.sheets else []
    own = {name: found.properties[name] for name in MARK if name in found.properties}
    claim = _claim_of(rows) or (own if len(own) == len(MARK) else None)
    if claim is None:
        return None
    return _Document(
        claim,
        lambda of: dict(islice(_sheet_cells(of, found), MOST_NAMED)),
        lambda of: {published_xlsx(of), former_xlsx(of)},
    )


def _sheet_cells(of: Publication, found: DocumentCells) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The cells of a workbook that differ, by their address; of other sheets all that stands there."""
    made = published_sheet(of)
    every: list[Sequence[Any]] = list(made.rows)
    lines = every[:-1]
    mark = [str(cell) for cell in every[-1]]
    with speaking(LANGUAGES[0]):
        told, formerly = (_("; ").join(one.said) for one in (made, without_witness(made)))
    above = [[made.title], [told]]
    expected = [*above, [one.words for one in made.fields], *lines]
    (_name, rows), *others = found.sheets
    for number in range(max(len(expected) + 1, len(rows))):
        own, other = (some[number] if number < len(some) else [] for some in (expected, rows))
        if number == len(expected):
            if not _same_mark(mark, [_whole(str(cell)) for cell in other if cell is not None]):
                yield _MARK_PLACE, (",".join(mark), ",".join(str(cell) for cell in other if cell is not None))
            continue
        if own == [told] and not list(_different(number, [formerly], other)):
            continue
        yield from _different(number, own, other)
    yield from _hidden(found, [*expected, mark])
    for name, rows_beside in others:
        for number, row in enumerate(rows_beside):
            for place, pair in _different(number, [], row):
                yield f"{name}!{place}", pair


def _hidden(found: DocumentCells, expected: Sequence[Sequence[Any]]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """What was published and nobody sees: a row by its first cell, a column by its head's."""
    heads = expected[HEAD_ROW]
    rows = [(row, 0) for row in found.hidden_rows if row < len(expected)]
    columns = [(HEAD_ROW, column) for column in found.hidden_columns if column < len(heads)]
    for row, column in [*rows, *columns]:
        yield f"{_letter(column)}{row + 1}", (expected[row][column], _("hidden from sight"))


def _different(number: int, own: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for column in range(max(len(own), len(other))):
        pair = tuple(cells[column] if column < len(cells) else None for cells in (own, other))
        if not _same_cell(*pair):
            yield (
                f"{_letter(column)}{number + 1}",
                (ABSENT if pair[0] is None else pair[0], ABSENT if pair[1] is None else pair[1]),
            )


def _same_cell(published: Any, found: Any) -> bool:
    """Whether a cell is what was published; a number that became a text is the same figure."""
    if published in {None, ""} or found in {None, ""}:
        return published in {None, ""} and found in {None, ""}
    if isinstance(published, str):
        return same_text(cell_text(published), str(found))
    return not isinstance(found, bool) and same_in_a_cell(published, found)


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        rows = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error:
        return []
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _cells(of: Publication, rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """The cells that differ, by their address as a spreadsheet has it; the mark's last line as a whole."""
    expected = _rows(published_csv(of), ",")
    for number in range(max(len(expected), len(rows))):
        own, other = (lines[number] if number < len(lines) else [] for lines in (expected, rows))
        if number == len(expected) - 1:
            if not _same_mark(own, other):
                yield _MARK_PLACE, (",".join(own), ",".join(other))
            continue
        for column in range(max(len(own), len(other))):
            pair = tuple(cells[column] if column < len(cells) else "" for cells in (own, other))
            if not same_text(*pair):
                yield f"{_letter(column)}{number + 1}", (pair[0] or ABSENT, pair[1] or ABSENT)


def _same_mark(own: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the mark is the same; of its month a spreadsheet may have made a day."""
    told = [cell for cell in other if cell]
    if len(told) != len(own):
        return False
    return all(
        one == another or (name == "period" and another in _as_days(one))
        for name, one, another in zip(MARK, own, told, strict=True)
    )


def _as_days(period: str) -> set[str]:
    """How spreadsheets write a month that they took for its first day."""
    month = parse_period(period)
    if not isinstance(month, Month):
        return set()
    first = date(month.year, month.month, 1)
    at, of = month.month, month.year
    return {
        first.isoformat(),
        f"{of}/{at}/1",
        f"{of}/{at:02}/01",
        f"{of}年{at}月",
        f"{of}年{at}月1日",
        f"{month_abbr[at]}-{of % 100:02}",
    }


def _letter(column: int) -> str:
    """A spreadsheet's name of a column, the first being 0."""
    name, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        name = chr(ord("A") + place) + name
    return name
