"""The words of a .pptx that somebody holds: read in a process of its own, within limits, for it may be anybody's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.results.document_cells import told_of

SlideLine = tuple[int, str, str, str]
"""Slide, what kind of place, which, and the words that stand there, or why they are not read as they stand."""


@dataclass(frozen=True, slots=True)
class SlidesRead:
    """The lines of a deck in their order, what hinders them, what lies there besides, its properties, and how many slides it has
    (``etl.reading.plain_slides``).
    """

    lines: Sequence[SlideLine]
    hindered: Sequence[SlideLine] = ()
    besides: Sequence[tuple[int, str]] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    slides: int = 0


def slides_read(raw: bytes) -> SlidesRead | None:
    """What stands in a deck; None where it is none, or could not be read within the limits."""
    told = told_of("etl.reading.plain_slides", raw)
    return None if told is None else understood_slides(told)


def understood_slides(told: Mapping[str, Any]) -> SlidesRead:
    """What the process that reads a deck tells of it."""
    lines, hindered = ([(one[0], one[1], one[2], one[3]) for one in told[name]] for name in ("lines", "hindered"))
    besides = [(one[0], one[1]) for one in told["besides"]]
    return SlidesRead(lines, hindered, besides, told["properties"], told["slides"])
