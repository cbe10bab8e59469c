"""What of a .docx that somebody holds is another than in the bulletin that was given out: paragraphs, cells, charts, what lies beside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from dashboards.meeting.document_words import Line, WordsRead
from dashboards.meeting.issued import Issued
from dashboards.method.frozen import ABSENT
from dashboards.results.report_sheet import MARK
from data.language import gettext as _

_NUMBERING = re.compile(r"[\s—–\-]*\d{0,4}[\s—–\-]*")
_PICTURE = "picture:"
_MOST_TIMES = 4
"""A document with so many times the lines of the true one is another altogether, and is not compared line by line."""
Pair = tuple[Any, Any]


def differing_words(issue: Issued, made: WordsRead, found: WordsRead) -> Iterator[tuple[str, Pair]]:
    """Place → what was published, and what is found there; ``made``: the words of what was issued."""
    yield from _paragraphs(made.lines, found.lines, [" ".join(one.split()) for one in issue.loose])
    for kind, said in (("cell", _("table %(place)s")), ("chart", _("chart"))):
        yield from _by_place(kind, said, made.lines, found.lines)
    yield from _on_pages(made.lines, found.lines)
    for kind, at, why in (one for one in found.hindered if one not in made.hindered):
        yield _place(kind, at), (_text_at(found.lines, kind, at), _reasons()[why])
    for one in Counter(found.besides) - Counter(made.besides):
        yield _("besides the text"), (ABSENT, _named(one))
    for one in Counter(made.besides) - Counter(found.besides):
        if one.startswith(_PICTURE):
            yield _("besides the text"), (_named(one), ABSENT)
    own = {name: found.properties[name] for name in MARK if name in found.properties}
    told = {name: issue.properties[name] for name in MARK}
    if own and own != told:
        yield _("properties of the file"), (" ".join(told.values()), " ".join(own.values()))


def _named(one: str) -> str:
    if one.startswith(_PICTURE):
        return _("a picture")
    return _("a note") if one == "note" else _("what cannot be told: %(element)s", element=one)


def _paragraphs(own: Sequence[Line], other: Sequence[Line], loose: Sequence[str]) -> Iterator[tuple[str, Pair]]:
    """Paragraphs in their order; those at the foot of the last page may stand anywhere, for programs keep them in frames."""
    left, right = ([text for kind, _at, text in lines if kind in {"body", "box"}] for lines in (own, other))
    for text in loose:
        if text in right:
            right.remove(text)
            left.remove(text)
    if len(right) > _MOST_TIMES * (len(left) + 10):
        yield _("text"), (_("%(n)s paragraphs", n=len(left)), _("%(n)s paragraphs", n=len(right)))
        return
    for tag, first, last, begin, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(last - first, end - begin)):
            pair = (
                left[first + step] if first + step < last else ABSENT,
                right[begin + step] if begin + step < end else ABSENT,
            )
            yield _("paragraph %(n)s", n=min(first + step, last) + 1), pair


def _by_place(kind: str, said: str, own: Sequence[Line], other: Sequence[Line]) -> Iterator[tuple[str, Pair]]:
    left, right = (_gathered(kind, lines) for lines in (own, other))
    for at in dict.fromkeys([*left, *right]):
        pair = left.get(at, ABSENT), right.get(at, ABSENT)
        if pair[0] != pair[1]:
            yield said % {"place": at} if "%" in said else f"{said} {at}", pair


def _gathered(kind: str, lines: Sequence[Line]) -> dict[str, str]:
    """Place → its words; what has no place of its own is counted."""
    found: dict[str, str] = {}
    number = 0
    for one, at, text in lines:
        if one == kind:
            number += not at
            place = at or str(number)
            found[place] = f"{found[place]} {text}" if place in found else text
    return found


def _on_pages(own: Sequence[Line], other: Sequence[Line]) -> Iterator[tuple[str, Pair]]:
    told = {text for kind, _at, text in own if kind == "page"}
    for kind, _at, text in other:
        if kind == "page" and text not in told and not _NUMBERING.fullmatch(text):
            yield _("head or foot of the pages"), (ABSENT, text)


def _place(kind: str, at: str) -> str:
    if kind == "cell":
        return _("table %(place)s", place=at)
    return _("paragraph %(n)s", n=at) if kind == "body" else _("text box, head or foot")


def _text_at(lines: Sequence[Line], kind: str, at: str) -> str:
    return next((text for one, where, text in lines if (one, where) == (kind, at)), ABSENT)


def _reasons() -> Mapping[str, str]:
    return {
        "hidden": _("hidden from sight"), "struck": _("struck out"), "unseen": _("written so that nobody can read it"),
        "deleted": _("with words that were taken out, and are still shown"),
    }  # fmt: skip
