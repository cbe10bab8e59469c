"""The words of a .docx that somebody holds: read in a process of its own, within limits, for it may be anybody's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboards.results.document_cells import told_of

Line = tuple[str, str, str]
"""What kind of place, which, and the words that stand there, or why they are not read as they stand."""


@dataclass(frozen=True, slots=True)
class WordsRead:
    """The lines of a document in their order, what hinders them, what lies there besides, and its properties (``etl.reading.plain_words``)."""

    lines: Sequence[Line]
    hindered: Sequence[Line] = ()
    besides: Sequence[str] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


def words_read(raw: bytes) -> WordsRead | None:
    """What stands in a document; None where it is none, or could not be read within the limits."""
    told = told_of("etl.reading.plain_words", raw)
    return None if told is None else understood_words(told)


def understood_words(told: Mapping[str, Any]) -> WordsRead:
    """What the process that reads a document tells of it."""
    lines, hindered = ([(one[0], one[1], one[2]) for one in told[name]] for name in ("lines", "hindered"))
    return WordsRead(lines, hindered, told["besides"], told["properties"])
