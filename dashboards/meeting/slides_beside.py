"""What of a deck that somebody holds is another than in the one that was given out, slide by slide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from dashboards.meeting.document_slides import SlideLine, SlidesRead
from dashboards.method.frozen import ABSENT
from dashboards.results.report_sheet import MARK
from data.language import gettext as _

Pair = tuple[Any, Any]
_IN_ORDER, _BY_PLACE = ("title", "text", "foot", "note", "shape"), ("cell", "workbook")
_DRAWN = "shape"
_WHOLE = 0
Words = Mapping[int, Sequence[SlideLine]]


def differing_slides(own: SlidesRead, found: SlidesRead) -> Iterator[tuple[str, Pair]]:
    """Place → what was published, and what is found there."""
    left, right = _by_slide(own.lines), _by_slide(found.lines)
    for ours, theirs in _paired(_titles(left, own.slides), _titles(right, found.slides)):
        if ours is None or theirs is None:
            yield _slide_alone(ours, theirs, left, right)
        else:
            yield from _slide(theirs, left.get(ours, ()), right.get(theirs, ()))
    yield from _laid_behind(left.get(_WHOLE, ()), right.get(_WHOLE, ()))
    for at, kind, place, why in found.hindered:
        if (at, kind, place, why) not in own.hindered:
            yield _place(at, kind, place), (_text_at(found.lines, at, kind, place), _reasons()[why])
    yield from _besides(own, found)


def differing_mark(told: Mapping[str, str], found: SlidesRead) -> Iterator[tuple[str, Pair]]:
    """Properties that say that it is of another publication; those that a program dropped say nothing."""
    own = {name: found.properties[name] for name in MARK if name in found.properties}
    if own and own != told:
        yield _("properties of the file"), (" ".join(told.values()), " ".join(own.values()))


def _by_slide(lines: Sequence[SlideLine]) -> dict[int, list[SlideLine]]:
    told: dict[int, list[SlideLine]] = {}
    for one in lines:
        told.setdefault(one[0], []).append(one)
    return told


def _titles(lines: Words, slides: int) -> list[str]:
    """What each slide says first; one that goes on over several is told by its table or its chart as well."""
    return [
        "\n".join(words for _at, kind, _place, words in lines.get(at, ()) if kind == "title")
        for at in range(1, slides + 1)
    ]


def _paired(own: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Slides that are to be laid beside each other, by their numbers; None where there is none."""
    for _tag, first, last, begin, end in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        for step in range(max(last - first, end - begin)):
            yield (
                first + step + 1 if first + step < last else None,
                begin + step + 1 if begin + step < end else None,
            )


def _slide_alone(ours: int | None, theirs: int | None, left: Words, right: Words) -> tuple[str, Pair]:
    """A slide that is missing, or was put there; one that was moved is both."""
    at, lines = (theirs, right) if ours is None else (ours, left)
    assert at is not None
    said = next(
        (words for _at, kind, _place, words in lines.get(at, ()) if kind == "title"), _("a slide without words")
    )
    if ours is None:
        return _("slide %(n)s, put in", n=at), (ABSENT, said)
    return _("slide %(n)s, taken out", n=at), (said, ABSENT)


def _slide(at: int, own: Sequence[SlideLine], other: Sequence[SlideLine]) -> Iterator[tuple[str, Pair]]:
    for kind in _IN_ORDER:
        left, right = (_of_kind(kind, lines) for lines in (own, other))
        for tag, first, last, begin, end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if tag == "equal":
                continue
            for step in range(max(last - first, end - begin)):
                was = left[first + step] if first + step < last else ABSENT
                here = right[begin + step] if begin + step < end else ABSENT
                place = str(min(first + step, last) + 1)
                yield _place(at, kind, place), (_spoken(kind, was), _spoken(kind, here))
    for kind in _BY_PLACE:
        yield from _cells(at, kind, own, other)
    charts = (_of_kind("chart", lines) for lines in (own, other))
    yield from _chart(at, *charts)


def _cells(at: int, kind: str, own: Sequence[SlideLine], other: Sequence[SlideLine]) -> Iterator[tuple[str, Pair]]:
    """Cells by their address; a chart without its workbook shows what it keeps."""
    left, right = _gathered(kind, own), _gathered(kind, other)
    if kind == "workbook" and not right:
        return
    for place in dict.fromkeys([*left, *right]):
        pair = left.get(place, ABSENT), right.get(place, ABSENT)
        if pair[0] != pair[1]:
            yield _place(at, kind, place), pair


def _chart(at: int, own: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, Pair]]:
    """What a chart keeps, in its order."""
    number = 0
    for tag, first, last, begin, end in SequenceMatcher(None, own, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(last - first, end - begin)):
            number += 1
            was = own[first + step] if first + step < last else ABSENT
            here = other[begin + step] if begin + step < end else ABSENT
            yield _place(at, "chart", str(number)), (was, here)


def _laid_behind(own: Sequence[SlideLine], other: Sequence[SlideLine]) -> Iterator[tuple[str, Pair]]:
    """Words on a master or a layout, which show on every slide."""
    ours = [words for _at, _kind, _place, words in own]
    for number, words in enumerate((words for _at, _kind, _place, words in other if words not in ours), 1):
        yield _("master of the slides, line %(n)s", n=number), (ABSENT, words)


def _besides(own: SlidesRead, found: SlidesRead) -> Iterator[tuple[str, Pair]]:
    """What lies there besides words, and did not in ours."""
    more = Counter(found.besides) - Counter(own.besides)
    for number, (at, what) in enumerate(more, 1):
        where = _("the whole deck") if at == _WHOLE else _("slide %(n)s", n=at)
        yield _("%(slide)s, besides the words (%(n)s)", slide=where, n=number), (ABSENT, _named(what))


def _named(what: str) -> str:
    told = {
        "hidden slide": _("the slide is hidden"), "hidden": _("a shape that is hidden"), "comment": _("a comment"),
        "animation": _("an animation"), "off": _("something beside the slide"),
        "over": _("something is laid over words"), "rot": _("something that is turned"),
        "fill": _("a shape that is filled, and may cover words"), "master": _("words of a master that nobody can read"),
    }  # fmt: skip
    if what.startswith("picture:"):
        return _("a picture")
    return told.get(what) or _("what cannot be told: %(element)s", element=what.removeprefix("?:"))


def _of_kind(kind: str, lines: Sequence[SlideLine]) -> list[str]:
    return [words for _at, one, _place, words in lines if one == kind]


def _gathered(kind: str, lines: Sequence[SlideLine]) -> dict[str, str]:
    found: dict[str, str] = {}
    for _at, one, place, words in lines:
        if one == kind:
            found[place] = f"{found[place]} {words}" if place in found else words
    return found


def _spoken(kind: str, words: str) -> str:
    """A shape by what it is."""
    if kind != _DRAWN or words == ABSENT:
        return words
    named = {"[table]": _("a table"), "[chart]": _("a chart"), "[picture]": _("a picture")}
    return named.get(words) or _("a shape without words")


def _place(at: int, kind: str, place: str) -> str:
    told = {
        "title": _("title of the slide"), "text": _("text %(place)s", place=place), "foot": _("foot %(place)s", place=place),
        "note": _("notes, paragraph %(n)s", n=place), "cell": _("table %(place)s", place=place),
        "chart": _("chart, place %(place)s", place=place), "workbook": _("numbers of the chart %(place)s", place=place),
        "shape": _("shape %(place)s", place=place),
    }  # fmt: skip
    return _("slide %(n)s, %(place)s", n=at, place=told[kind])


def _text_at(lines: Sequence[SlideLine], at: int, kind: str, place: str) -> str:
    return next((words for one, other, where, words in lines if (one, other, where) == (at, kind, place)), ABSENT)


def _reasons() -> Mapping[str, str]:
    return {"struck": _("struck out"), "unseen": _("written so that nobody can read it")}
