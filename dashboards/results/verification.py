"""Whether a document that somebody holds says what was published (METHOD section 6): its figures, and the file itself.

A spreadsheet saved again has other bytes and the same figures; one digit changed is a cell that differs. Both are told apart.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from dashboards.method.frozen import ABSENT, differing, each_kept, places, same_text
from dashboards.results.cell_places import address
from dashboards.results.document_cells import AnotherFormat, DocumentCells, cells_of
from dashboards.results.document_marks import MARK_PLACE, claim_of, same_mark
from dashboards.results.document_sheet import differing_cells
from dashboards.results.flat_rows import flat_rows
from dashboards.results.further_sheet import FurtherSheet
from dashboards.results.published_copies import copies, is_left_out
from dashboards.results.publishing import moved_by, overtaken, printed
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import MARK, former_xlsx, mark_of, one_sheet_xlsx, published_xlsx, ways_of
from dashboards.results.witness import WITNESS, witness_line
from data.intake.publications import Publication, by_fingerprint, revisions
from data.language import gettext as _
from data.printing import as_csv, as_json, csv_line

CURRENT, OVERTAKEN, SUPERSEDED, ALTERED, UNKNOWN = "current", "overtaken", "superseded", "altered", "unknown"
TRUE = frozenset({CURRENT, OVERTAKEN, SUPERSEDED})
"""What a document may be that says what was published."""
UNREADABLE, LOCKED, NO_WORDS, NO_PAPER = "unreadable", "locked", "no words", "no paper"
"""Why a deck or a PDF cannot be told: it is beyond the limits or none, it asks for a password, it is made of pictures, it is of a deck or a workbook."""
BY_WORDS, BY_LOOKS = "words", "looks"
"""By what a PDF was told to be true: by its words and what lies over them, or by how its pages look as well."""
LARGEST = 20 * 2**20
MOST_NAMED = 1_000
"""Of cells that differ: what is another document altogether need not be told cell by cell, and anybody may bring one."""
_PACKAGE, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
"""How a workbook begins, whatever its name."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a document is. ``cells`` are the places that differ: (as published, as in the document).

    Of one that is overtaken ``moved`` are the figures that stand otherwise now, and ``moved_by`` what has come or gone since.
    ``another_format``: it is a workbook, but none of the one format that is told; ``unread``: why a deck or a PDF could not be told;
    ``told_by``: of a true PDF, by what; ``paper``: of a paper to one unit that rests on the publication, which it is.
    """

    status: str
    publication: Publication | None = None
    figures_equal: bool = False
    same_file: bool = False
    cells: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    moved: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    moved_by: Sequence[Mapping[str, Any]] = ()
    another_format: bool = False
    unread: str = ""
    told_by: str = ""
    paper: str = ""

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
class HeldDocument:
    """A document as it was read: which publication it says it is, and how it is compared with one."""

    claim: Mapping[str, str]
    differences: Callable[[Publication], dict[str, tuple[Any, Any]]]
    issued: Callable[[Publication], AbstractSet[bytes]]


Further = Callable[[Publication], Sequence[FurtherSheet]]
"""What is given out of a publication beside the first sheet of its workbook."""


def _nothing_further(_of: Publication) -> Sequence[FurtherSheet]:
    return ()


def verify(reading: Reading, raw: bytes, further: Further = _nothing_further) -> Verdict:
    """Lay a document beside what was published."""
    try:
        document = _read(raw, further)
    except AnotherFormat:
        return Verdict(UNKNOWN, another_format=True)
    return judged(reading, raw, document)


def judged(reading: Reading, raw: bytes, document: HeldDocument | None) -> Verdict:
    """What a document is that was read as what it says it is; None: as nothing of ours."""
    of = None if document is None else _claimed(reading, document.claim)
    if document is None or of is None:
        return Verdict(UNKNOWN)
    cells = {place: pair for place, pair in document.differences(of).items() if not is_left_out(of, pair)}
    if cells:
        return Verdict(ALTERED, of, figures_equal=False, same_file=False, cells=cells)
    same_file = any(raw in document.issued(one) for one in copies(of))
    last = revisions(reading.connection, reading.zone.code, of.report, of.period, of.day)[-1]
    if last.revision != of.revision:
        return Verdict(SUPERSEDED, of, figures_equal=True, same_file=same_file)
    moved = overtaken(reading, of)
    if not moved:
        return Verdict(CURRENT, of, figures_equal=True, same_file=same_file)
    by = moved_by(reading, of)
    return Verdict(OVERTAKEN, of, figures_equal=True, same_file=same_file, moved=moved, moved_by=by)


def sentences(found: Verdict) -> list[str]:
    """What a document is, in words: its figures, and the file."""
    words = {
        CURRENT: _("Its figures are those published, and this is the latest revision."),
        OVERTAKEN: _(
            "Its figures are those published; later corrections have moved the live figures, and no revision says so yet."
        ),
        SUPERSEDED: _("Its figures are those published then; a later revision has taken their place."),
        ALTERED: _("Its figures are not those published."),
        UNKNOWN: _("No publication is known that this document could be."),
    }
    if found.another_format:
        return [_("Of workbooks only .xlsx can be told. Save it as .xlsx, then check again.")]
    if found.unread:
        return [_unread()[found.unread]]
    if found.paper:
        return _of_a_paper(found)
    if found.status == ALTERED and all(published == ABSENT for published, _here in found.cells.values()):
        return [_("It is not what was published: something was added, hidden, or lies over the words.")]
    if found.status not in TRUE:
        return [words[found.status]]
    return [words[found.status], *_of_the_file(found)]


def _of_a_paper(found: Verdict) -> list[str]:
    """Of a paper to one unit: it rests on a publication, and on what was on record on the day on which it was made."""
    words = {
        CURRENT: _("It says what this paper said; the publication that it rests on is the latest revision."),
        OVERTAKEN: _(
            "It says what this paper said; later corrections have moved the figures that it rests on, and no revision says so yet."
        ),
        SUPERSEDED: _(
            "It says what this paper said; a later revision has taken the place of the publication that it rests on."
        ),
        ALTERED: _(
            "It does not say what this paper says by what was on record at the end of that day. What came in later on that day may differ in a true one."
        ),
    }
    said = [_("A paper to one unit: %(paper)s", paper=found.paper), words[found.status]]
    if found.status not in TRUE:
        return said
    checked = _("Day, time and place of the meeting are told by the paper alone and not checked.")
    return [*said, checked, *_of_the_file(found)]


def _unread() -> Mapping[str, str]:
    return {
        UNREADABLE: _(
            "This deck or PDF could not be read: it is damaged, or larger than any that is given out. Compare the fingerprint on its last page."
        ),
        LOCKED: _("This PDF asks for a password and cannot be read. Save it without one, then check again."),
        NO_PAPER: _(
            "This PDF is of a deck or a workbook, whose figures are told by the file itself: check the .pptx or the .xlsx of which it was made."
        ),
        NO_WORDS: _(
            "This PDF is made of pictures, as a scanned paper is: its words cannot be read. Compare the fingerprint on its last page."
        ),
    }


def _of_the_file(found: Verdict) -> list[str]:
    """What is known of the file. A PDF is made anew each time: one that was saved otherwise is told by its words and its looks."""
    if found.same_file:
        return [_("It is the very file that was given out.")]
    if found.told_by == BY_LOOKS:
        return [_("All its pages read and look as they were given out; the file is another, saved or converted again.")]
    if found.told_by == BY_WORDS:
        return [
            _(
                "Its words are those published, and nothing was found laid over them. How its pages look was not compared: the .docx is told more surely."
            )
        ]
    return [_("It was saved again: another file.")]


def published_csv(one: Publication) -> str:
    """A publication as CSV: its lines, what it says of the journal, and last the line that says which one it is."""
    return _lines(one) + csv_line(witness_line(one)) + csv_line(mark_of(one))


def former_csv(one: Publication) -> str:
    """The same as it was given out before it told of the journal: such documents stay true ones."""
    return _lines(one) + csv_line(mark_of(one))


def _lines(one: Publication) -> str:
    rows = flat_rows(one.content, one.content["publication"]["zone"])
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return as_csv(columns, [{name: row.get(name) for name in columns} for row in rows])


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


def _read(raw: bytes, further: Further) -> HeldDocument | None:
    if len(raw) > LARGEST:
        return None
    if raw.startswith((_PACKAGE, _OLE)):
        found = cells_of(raw)
        return None if found is None else _workbook(found, further)
    text = _decoded(raw)
    return None if text is None else _json(text) or _csv(text)


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _json(text: str) -> HeldDocument | None:
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
    return HeldDocument(
        claim,
        lambda of: dict(islice(differing(places(printed(of)), found).items(), MOST_NAMED)),
        lambda of: _as_bytes(as_json(printed(of))),
    )


def _csv(text: str) -> HeldDocument | None:
    for separator in (",", ";", "\t"):
        rows = _rows(text, separator)
        claim = claim_of(rows)
        if claim is not None:
            return HeldDocument(
                claim,
                lambda of, rows=rows: dict(islice(_cells(of, rows), MOST_NAMED)),  # type: ignore[misc]
                lambda of: _as_bytes(published_csv(of)) | _as_bytes(former_csv(of)),
            )
    return None


def _workbook(found: DocumentCells, further: Further) -> HeldDocument | None:
    """A workbook by its last line; where that is gone by its properties."""
    rows = found.sheets[0].rows if found.sheets else []
    own = {name: found.properties[name] for name in MARK if name in found.properties}
    claim = claim_of(rows) or (own if len(own) == len(MARK) else None)
    if claim is None:
        return None
    return HeldDocument(
        claim,
        lambda of: dict(islice(differing_cells(of, found, further(of)), MOST_NAMED)),
        lambda of: {
            *(published_xlsx(of, further(of), one) for one in ways_of(of)),
            one_sheet_xlsx(of),
            former_xlsx(of),
        },
    )


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
    tells = any(row and row[0] == f"#{WITNESS}" for row in rows)
    expected = _rows(published_csv(of) if tells else former_csv(of), ",")
    for number in range(max(len(expected), len(rows))):
        own, other = (lines[number] if number < len(lines) else [] for lines in (expected, rows))
        if number == len(expected) - 1:
            if not same_mark(own, other):
                yield MARK_PLACE, (",".join(own), ",".join(other))
            continue
        for column in range(max(len(own), len(other))):
            pair = tuple(cells[column] if column < len(cells) else "" for cells in (own, other))
            if not same_text(*pair):
                yield address(number, column), (pair[0] or ABSENT, pair[1] or ABSENT)
