"""The wording of our documents as a text that an official can read (``data/reference/documents``), and the .docx template made of it.

A line is a paragraph: its style, ``｜``, its text with fields in ``{{ }}``; a line with ``{% %}`` is a condition or a list of paragraphs.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboards.meeting import blank_paper
from dashboards.meeting.blank_paper import blank_paper as blank
from dashboards.meeting.filling import REMARK

SHIPPED = Path(__file__).parents[2] / "data" / "reference" / "documents"
STYLES = {
    "标题": blank_paper.TITLE, "主送": blank_paper.ADDRESSEE, "正文": blank_paper.BODY, "一级": blank_paper.FIRST,
    "二级": blank_paper.SECOND, "附件": blank_paper.ANNEX, "署名": blank_paper.SIGNER, "日期": blank_paper.DAY,
    "版记": blank_paper.IMPRINT, "空行": blank_paper.BODY, "表题": blank_paper.CAPTION,
}  # fmt: skip
_BAR, _CONDITION = "｜", "{%"


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and its style; without a style a condition or the beginning or end of a list."""

    style: str | None
    text: str


def shipped_text(document: str) -> str:
    """The wording that comes with the product; of a deck ``dashboards.meeting.deck_words`` says what its lines are."""
    return (SHIPPED / f"{document}.txt").read_text(encoding="utf-8")


def shipped(document: str) -> list[Line]:
    """The lines of the wording of a paper that comes with the product."""
    return lines(shipped_text(document))


def lines(text: str) -> list[Line]:
    """A wording line by line; ValueError where a style is unknown."""
    found: list[Line] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith(REMARK):
            continue
        if line.startswith(_CONDITION):
            found.append(Line(None, line))
            continue
        style, _bar, words = line.partition(_BAR)
        if style not in STYLES:
            raise ValueError(style)
        found.append(Line(STYLES[style], words))
    return found


def as_template(wording: Sequence[Line]) -> bytes:
    """The wording as a .docx in which it can be edited."""
    return _as_template(tuple(wording))


@lru_cache(maxsize=32)
def _as_template(wording: tuple[Line, ...]) -> bytes:
    """Those that were asked for last are kept: each paper begins with one."""
    from docx import Document

    document = Document(io.BytesIO(blank()))
    for line in wording:
        text = line.text if line.style is not None else f"{{%p{line.text.removeprefix(_CONDITION)}"
        document.add_paragraph(
            text, style=None if line.style is None else document.styles[blank_paper.NAMES[line.style]]
        )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
