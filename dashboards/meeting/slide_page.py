"""Slides as they are drawn: what a wording says as one slide takes several where its chart or its table is long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.meeting import slide_measures as on
from dashboards.meeting.deck_charts import charts
from dashboards.meeting.deck_words import WordedSlide
from dashboards.meeting.native_chart import NativeChart
from dashboards.meeting.source import Source


@dataclass(frozen=True, slots=True)
class SlidePage:
    """One slide to be drawn: of a chart or table that goes on over several its part, and which of how many it is."""

    title: str
    tail: str
    worded: WordedSlide
    chart: NativeChart | None = None
    highest: float = 0.0
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    size: int = 0
    widths: Sequence[float] = ()


def pages_of(worded: WordedSlide, source: Source, box: on.Box, below: float) -> Iterator[SlidePage]:
    """A slide as its chart or its table takes one page or more; ``below``: millimetres left free for what the last one says of the publication."""
    height = box.height - below
    if worded.chart is not None:
        drawn = charts(worded.chart, source)
        highest = max((one.highest for one in drawn), default=0.0)
        parts: list[dict[str, Any]] = [{"chart": one, "highest": highest} for one in drawn]
    elif worded.table is not None and worded.table.rows:
        plan = on.planned(worded.table.head, worded.table.rows, box.width, height)
        parts = [
            {"head": worded.table.head, "rows": page.rows, "size": plan.size, "widths": plan.widths}
            for page in plan.pages
        ]
    else:
        parts = []
    for number, part in enumerate(parts or [{}], 1):
        yield SlidePage(worded.title, f"（{number}/{len(parts)}）" if len(parts) > 1 else "", worded, **part)
