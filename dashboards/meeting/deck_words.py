"""What the slides of a deck say: a wording (``data/reference/documents/*-deck.txt``) with its fields filled in, slide by slide.

A line is what it is, ``｜``, its text: the cover and the lines below its title, a slide by its sentence, its notes, its chart by name,
and its table, whose rows have their cells between ``｜``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.meeting.filling import Unfillable, filled_lines, without_remarks
from data.language import gettext as _

COVER, BELOW, SLIDE, NOTE, CHART, HEAD, ROW = "封面", "副题", "张", "注", "图", "表", "行"
BAR = "｜"
"""What stands between cells."""
Fields = Mapping[str, Any]


@dataclass(slots=True)
class WordedTable:
    """A table of texts."""

    head: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)


@dataclass(slots=True)
class WordedSlide:
    """A slide: its sentence; of a cover the lines below; what is explained beside it; the chart that it asks for, or its table."""

    title: str
    is_cover: bool = False
    below: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chart: Sequence[str] | None = None
    table: WordedTable | None = None


def slides_of(text: str, fields: Fields) -> list[WordedSlide]:
    """The slides that a wording makes of fields; Unfillable where it cannot be understood."""
    slides: list[WordedSlide] = []
    for line in filled_lines(without_remarks(text), fields):
        kind, _bar, words = line.strip().partition(BAR)
        if kind in {COVER, SLIDE}:
            slides.append(WordedSlide(words, is_cover=kind == COVER))
        elif not slides or not _added(slides[-1], kind, words):
            raise Unfillable(
                _("The wording of the deck has a line that cannot stand there: %(line)s", line=line.strip()[:60])
            )
    if not slides:
        raise Unfillable(_("The wording of the deck makes no slide."))
    return slides


def _added(slide: WordedSlide, kind: str, words: str) -> bool:
    """Whether a line belongs to the slide above it; it is put there."""
    cells = words.split(BAR)
    if kind == BELOW and slide.is_cover:
        slide.below.append(words)
    elif kind == NOTE:
        slide.notes.append(words)
    elif kind == CHART and slide.table is None:
        slide.chart = cells
    elif kind == HEAD and slide.chart is None:
        slide.table = WordedTable(cells)
    elif kind == ROW and slide.table is not None:
        slide.table.rows.append(_as_wide(cells, len(slide.table.head)))
    else:
        return False
    return True


def _as_wide(cells: Sequence[str], wide: int) -> Sequence[str]:
    """As many cells as the head has: a name may hold the mark that stands between them."""
    if len(cells) > wide:
        return [*cells[: wide - 1], BAR.join(cells[wide - 1 :])]
    return [*cells, *[""] * (wide - len(cells))]
