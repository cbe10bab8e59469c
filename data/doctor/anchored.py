"""Whether the journal is still the one that a copy outside tells of: a line's number and hash, from paper or a receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.intake.archive import Archive, ArchiveError
from data.language import gettext as _

SHORTEST = 16
"""Of a hash so many digits have to be typed: nobody finds another line with the same."""
_WRITTEN = re.compile(rf"\s*([0-9]{{1,9}})\s*[:：]\s*([0-9a-fA-F]{{{SHORTEST},64}})\s*")


@dataclass(frozen=True, slots=True)
class Witness:
    """What a copy outside says: a line of the journal, and how its hash begins."""

    line: int
    begins: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """What witnesses come to: ``findings`` are what is wrong, ``notes`` up to where the journal is anchored."""

    findings: tuple[str, ...]
    notes: tuple[str, ...]


def understood(text: str) -> Witness:
    """``LINE:HASH`` as a publication, a receipt or an annotated workbook prints it; ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(
            _("write it as LINE:HASH, with the line's number and at least %(n)s digits of its hash", n=SHORTEST)
        )
    return Witness(int(found[1]), found[2].lower())


def examined(archive: Archive, witnesses: Sequence[Witness]) -> Testimony:
    """Lay the journal beside what copies outside say of it."""
    hashes: dict[int, str] = {}
    last, broken = 0, False
    wanted = {one.line for one in witnesses}
    try:
        for entry in archive.entries():
            last = entry.number
            if last in wanted:
                hashes[last] = entry.hash
    except ArchiveError:
        broken = True  # what is wrong with its lines the examination says itself
    findings = [found for one in witnesses if (found := _contradicted(one, hashes, last)) is not None]
    standing = [one.line for one in witnesses if hashes.get(one.line, "").startswith(one.begins)]
    notes = [_("Line %(line)s stands in the journal with this hash.", line=line) for line in standing]
    if not broken and not findings:
        notes.append(_standing(max(standing, default=0), last))
    return Testimony(tuple(findings), tuple(notes))


def _contradicted(one: Witness, hashes: dict[int, str], last: int) -> str | None:
    if one.line > last:
        return _("Line %(line)s is gone: the journal has %(last)s lines. Its tail was cut off, or it is not this journal.",
                 line=one.line, last=last)  # fmt: skip
    if not hashes.get(one.line, "").startswith(one.begins):
        return _("Line %(line)s has another hash: the journal was written anew from this line or an earlier one on, or it is "
                 "not this journal.", line=one.line)  # fmt: skip
    return None


def _standing(anchored: int, last: int) -> str:
    """Up to where the journal is anchored outside, and what of it is not."""
    if not anchored:
        return _("The journal has %(last)s lines, each with the hash of the one before. A chain alone does not show that its tail "
                 "was cut off or that all of it was written anew: no copy outside was laid beside it (--against LINE:HASH, from "
                 "a printed publication, a receipt or an annotated workbook).", last=last)  # fmt: skip
    if anchored == last:
        return _("The journal is anchored outside up to its last line, %(line)s.", line=anchored)
    return _("The journal is anchored outside up to line %(line)s; lines %(first)s to %(last)s are not: that these were cut off or "
             "written anew would not be seen.", line=anchored, first=anchored + 1, last=last)  # fmt: skip


def copies(line: int | None) -> str:
    """Up to which line copies that were given out could anchor the journal, if somebody holds one."""
    if line is None:
        return _("No publication has been given out yet that could be such a copy; receipts can.")
    return _(
        "The latest publication tells of line %(line)s; a copy of it that lies outside this machine anchors the journal up to there.",
        line=line,
    )
