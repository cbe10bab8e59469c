"""What of a PDF that somebody holds is another than in the bulletin that was given out, page by page.

A PDF knows no paragraphs and no tables: its words are laid beside those of our .docx in the order in which they are read, without blanks.
Nothing may come in between but these: the number of a page (— 3 —) at its head or foot; the head of a table again, where it goes on on
another page; names and numbers on a chart; and a comma at the end of a line may be missing. The lines at the foot of the last page may stand anywhere on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dashboards.meeting.document_pages import PageRead, PagesRead, plain
from dashboards.meeting.document_words import Line, WordsRead
from dashboards.method.frozen import ABSENT
from data.language import gettext as _

Pair = tuple[Any, Any]
_NUMBER_OF_A_PAGE = re.compile(r"[—–―-]\s*(\d{1,3})\s*[—–―-]")
_FAR, _MANY, _SHORT = 4_000, 40, 3
"""How far on the next words are looked for, how many of ours may be missing at once, and which are too short to be looked for."""
_MOST_PARTS = 2_000
"""Of what is read on a chart; ours have some dozens."""
_HANGING = frozenset("、,。;:")
_VALUE = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph or a row of a table: its words as they are spoken, and without blanks; ``is_head``: it is the first row of its table."""

    said: str
    words: str
    is_head: bool = False
    is_chart: bool = False


@dataclass(frozen=True, slots=True)
class _Text:
    """Words without blanks, and where among them a blank or the end of a line was, and the end of a line alone."""

    words: str
    breaks: Sequence[int]
    ends: Sequence[int]
    shown: Sequence[str]
    """What is seen for each letter, with the blank before it."""

    def without(self, first: int, last: int) -> _Text:
        """The same without a part of it."""
        breaks, ends = (
            [at if at <= first else at - (last - first) for at in every if not first < at < last]
            for every in (self.breaks, self.ends)
        )
        shown = [*self.shown[:first], *self.shown[last:]]
        return _Text(self.words[:first] + self.words[last:], breaks, ends, shown)

    def seen(self, first: int, last: int) -> str:
        """A part of it as it is read."""
        return "".join(self.shown[first:last]).strip()

    def after(self, words: str, at: int) -> int | None:
        """Where it goes on behind these words, if they stand there; None where they do not.

        A comma that hung beyond the end of a line was lost where LibreOffice wrote PDFs of earlier documents: there it may be missing.
        """
        if self.words.startswith(words, at):
            return at + len(words)
        for one in words:
            if self.words.startswith(one, at):
                at += 1
            elif one not in _HANGING or at not in self.ends:
                return None
        return at

    def parts(self, first: int, last: int) -> list[str]:
        """A part of it, as it was apart."""
        edges = [first, *(at for at in self.breaks if first < at < last), last]
        return [self.words[begin:end] for begin, end in pairwise(edges) if begin < end]


def differing_pages(
    own: WordsRead, found: PagesRead, loose: Sequence[str], *, labelled: bool
) -> Iterator[tuple[str, Pair]]:
    """Place → what was published, and what is found there. ``loose``: the lines at the foot of the last page; ``labelled``: whether the
    numbers of the chart are written on it.
    """
    texts = [_without_number(one, at) for at, one in enumerate(found.pages, 1)]
    missing = []
    for line in map(plain, loose):
        at = texts[-1].words.find(line) if texts else -1
        if at < 0:
            missing.append(line)
        else:
            texts[-1] = texts[-1].without(at, at + len(line))
    starts = [sum(len(one.words) for one in texts[:at]) for at in range(len(texts))]
    breaks, ends = (
        [start + at for start, every in zip(starts, of, strict=True) for at in (0, *every)]
        for of in ([one.breaks for one in texts], [one.ends for one in texts])
    )
    shown = [letter for one in texts for letter in one.shown]
    whole = _Text("".join(one.words for one in texts), breaks, ends, shown)
    walk = _Walk(_pieces(own.lines, loose), whole, starts, _labels(own.lines, labelled=labelled))
    numbers: dict[int, int] = {}
    for page, pair in walk.differences():
        numbers[page] = numbers.get(page, 0) + 1
        yield _("page %(n)s, place %(place)s", n=page, place=numbers[page]), pair
    for number, line in enumerate(missing, 1):
        yield _("foot of the last page, line %(n)s", n=number), (line, ABSENT)


def laid_over(own: WordsRead, found: PagesRead) -> Iterator[tuple[str, Pair]]:
    """What lies on the pages besides words, or keeps words from being read."""
    allowed = sum(one.startswith("picture:") for one in own.besides)
    for at, page in enumerate(found.pages, 1):
        last = at == len(found.pages)
        told = [*page.strange, *(["picture"] if page.pictures > (allowed if last else 0) else [])]
        for number, what in enumerate(told, 1):
            yield _("page %(n)s, besides the words (%(place)s)", n=at, place=number), (ABSENT, _named(what))
    for number, what in enumerate(found.besides, 1):
        yield _("the whole document (%(n)s)", n=number), (ABSENT, _named(what))


def same_words(own: PagesRead, found: PagesRead) -> bool:
    """Whether two have the same words on the same pages."""
    return [one.plain for one in own.pages] == [one.plain for one in found.pages]


def can_be_compared_by_looks(own: PagesRead, found: PagesRead) -> bool:
    """Whether two were made by the same program with the same typefaces, line for line: then they look the same."""
    return (own.producer, own.fonts) == (found.producer, found.fonts) and [one.text for one in own.pages] == [
        one.text for one in found.pages
    ]


def looking_otherwise(own: PagesRead, found: PagesRead) -> Iterator[tuple[str, Pair]]:
    """Pages that look otherwise though their words are the same."""
    for at, (ours, theirs) in enumerate(zip(own.pages, found.pages, strict=True), 1):
        if not theirs.looks_like(ours):
            yield _("page %(n)s", n=at), (ABSENT, _("the page looks otherwise than it was given out"))


def _named(what: str) -> str:
    return {
        "unseen": _("words that nobody can read"), "outside": _("words beside the page"), "over": _("something is laid over words"),
        "crossed": _("a line goes through words"), "drawing": _("a drawing"), "annotation": _("an annotation"), "form": _("a form"),
        "script": _("a script"), "attachment": _("an attached file"), "picture": _("a picture"), "turned": _("the page stands on its head"),
        "turned letters": _("letters that are turned"),
    }.get(what) or _("what cannot be told: %(element)s", element=what)  # fmt: skip


def _without_number(page: PageRead, at: int) -> _Text:
    """A page's words without its number, in a line of its own, or in two; it may count blank pages that no file has."""
    lines = [one for one in page.text.splitlines() if one.strip()]
    for place in reversed(range(len(lines))):
        for first in (place, place - 1):
            number = _NUMBER_OF_A_PAGE.fullmatch("".join(lines[max(first, 0) : place + 1]).strip())
            if number and at <= int(number[1]) <= 2 * at:
                return _text_of([*lines[: max(first, 0)], *lines[place + 1 :]])
    return _text_of(lines)


def _text_of(lines: Sequence[str]) -> _Text:
    words = ""
    shown: list[str] = []
    breaks: list[int] = []
    ends: list[int] = []
    for line in lines:
        for word in line.split():
            for place, letter in enumerate(word):
                told = plain(letter)
                words += told
                before = "" if place else " "
                shown += [before + letter, *[""] * (len(told) - 1)][: len(told)]
            breaks.append(len(words))
        ends.append(len(words))
    return _Text(words, breaks, ends, shown)


def _pieces(lines: Sequence[Line], loose: Sequence[str]) -> list[_Piece]:
    """Paragraphs and rows in their order, without what may stand anywhere."""
    held: list[tuple[str, list[str]]] = []
    for kind, at, text in lines:
        if kind in {"body", "box"}:
            held.append((_MARKS.get(text, kind), [text]))
        elif kind == "cell":
            row = _COLUMN.sub("!", at)
            if held and held[-1][0] == row:
                held[-1][1].append(text)
            else:
                held.append((row, [text]))
    left = [plain(one) for one in loose]
    made = []
    for kind, texts in held:
        words = plain("".join(texts))
        if kind in {"body", "box"} and words in left:
            left.remove(words)
        elif kind != "table":
            made.append(_Piece(" ".join(texts), words, is_head=kind.endswith("!1"), is_chart=kind == "chart"))
    return made


_MARKS, _COLUMN = {"[chart]": "chart", "[table]": "table"}, re.compile(r"![A-Z]+")


@dataclass(frozen=True, slots=True)
class _Labels:
    """What stands on the chart: its categories in their order, the names of its series, and its numbers, if they are written."""

    categories: Sequence[str]
    series: Sequence[str]
    values: Sequence[str]
    labelled: bool

    def explain(self, parts: Sequence[str]) -> bool:
        """Whether words found on a chart are these: every category once and every number, in their order from either end; a legend; an axis
        that counts up from 0; and nothing else.
        """
        if len(parts) > _MOST_PARTS:
            return False
        names, numbers = self._taken(parts)
        told = [one for one in names if one in self.categories]
        if None in names or told not in (list(self.categories), [*self.categories][::-1]):
            return False
        if len(names) - len(told) > len(self.series):
            return False
        if self.labelled:
            return self._values_in(numbers) or self._values_in(numbers[::-1])
        return _counts_up(numbers) or _counts_up(numbers[::-1])

    def _taken(self, parts: Sequence[str]) -> tuple[list[str | None], list[str]]:
        """The names among the words, None for what is none, and the numbers."""
        known = {*self.categories, *self.series}
        names: list[str | None] = []
        numbers: list[str] = []
        at = 0
        while at < len(parts):
            ends = range(min(len(parts), at + _MANY), at, -1)
            end = next((one for one in ends if "".join(parts[at:one]) in known), None)
            if end is not None:
                names.append("".join(parts[at:end]))
            elif _VALUE.fullmatch(parts[at]):
                numbers.append(parts[at])
            else:
                names.append(None)
            at = end or at + 1
        return names, numbers

    def _values_in(self, numbers: Sequence[str]) -> bool:
        return len(numbers) == len(self.values) and all(map(_is_written_as, self.values, numbers))


def _is_written_as(value: str, written: str) -> bool:
    """Whether a number is written with as many decimals as it has, or more."""
    has, shown = (len(one.partition(".")[2]) for one in (value, written))
    return shown >= min(has, 2) and f"{float(value):.{shown}f}" == written


def _counts_up(numbers: Sequence[str]) -> bool:
    told = [float(one) for one in numbers]
    return told[:1] == [0.0] and len({round(after - before, 6) for before, after in pairwise(told)}) <= 1


def _labels(lines: Sequence[Line], *, labelled: bool) -> _Labels:
    """A chart tells its series one after the other: its name, all categories, all numbers."""
    told = [
        (int(at), plain(text))
        for kind, _at, both in lines
        if kind == "chart"
        for at, bar, text in [both.partition("=")]
        if bar
    ]
    names = [(at, text) for at, text in told if not _VALUE.fullmatch(text)]
    series = [text for (at, text), after in pairwise([*names, (1, "")]) if at == 0 and after[0] == 0]
    categories = list(dict.fromkeys(text for _at, text in names if text not in series))
    return _Labels(categories, series, [text for _at, text in told if _VALUE.fullmatch(text)], labelled)


class _Walk:
    """Our pieces, one after the other, through the words of the pages."""

    def __init__(self, pieces: Sequence[_Piece], text: _Text, starts: Sequence[int], labels: _Labels) -> None:
        self._pieces, self._whole, self._starts, self._labels = pieces, text, starts, labels
        self._text = text.words
        self._at = 0
        self._head = ""

    def differences(self) -> Iterator[tuple[int, Pair]]:
        """Page, and what was published and is found on it."""
        number = 0
        while number < len(self._pieces):
            piece = self._pieces[number]
            if piece.is_chart:
                yield from self._chart(number)
                number += 1
                continue
            self._head = piece.words if piece.is_head else self._head
            self._pass_head(piece)
            end = self._whole.after(piece.words, self._at)
            if end is not None:
                self._at = end
                number += 1
                continue
            after, to = self._next(number)
            yield self._told(number, after, to)
            number, self._at = after, to
        if self._at < len(self._text):
            yield self._told(len(self._pieces), len(self._pieces), len(self._text))

    def _pass_head(self, piece: _Piece) -> None:
        """The head of a table again, where it goes on at the head of a page."""
        if (
            self._head
            and not piece.is_head
            and self._at in self._starts
            and self._text.startswith(self._head, self._at)
        ):
            self._at += len(self._head)

    def _next(self, number: int) -> tuple[int, int]:
        """Where both go on together: which piece of ours, and where in the text; the nearest, but never beyond a chart."""
        best, least = (len(self._pieces), len(self._text)), float("inf")
        passed = 0
        for after in range(number, min(number + _MANY, len(self._pieces))):
            piece = self._pieces[after]
            if piece.is_chart:
                break
            at = self._text.find(piece.words, self._at, self._at + _FAR) if len(piece.words) > _SHORT else -1
            if at >= 0 and passed + at - self._at < least:
                best, least = (after, at), passed + at - self._at
            passed += len(piece.words)
        return best

    def _told(self, number: int, after: int, to: int) -> tuple[int, Pair]:
        was = " ".join(one.said for one in self._pieces[number:after] if not one.is_chart)
        return self._page(self._at), (was or ABSENT, self._whole.seen(self._at, to) or ABSENT)

    def _page(self, at: int) -> int:
        return max((number for number, start in enumerate(self._starts, 1) if start <= at), default=1)

    def _chart(self, number: int) -> Iterator[tuple[int, Pair]]:
        """The names and numbers on the chart, up to where our words go on."""
        rest = next((one for one in self._pieces[number + 1 :] if len(one.words) > _SHORT), None)
        end = len(self._text) if rest is None else self._text.find(rest.words, self._at)
        begin, self._at = self._at, max(end, self._at)
        if not self._labels.explain(self._whole.parts(begin, self._at)):
            was = " ".join([*self._labels.categories, *self._labels.values])
            yield self._page(begin), (was, self._whole.seen(begin, self._at) or ABSENT)
