"""What may be said of a unit now: before the deadline who has not filed is awaited, and nobody is blamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from dashboards.components import parts, words
from dashboards.method.scores import VETOED
from dashboards.results.scores import ScoredRow, Scores, Speaker
from data.language import gettext as _

TONES = {"unreviewed": "warn", "thin_basis": "calm", "awaited": "calm"}
FACTS = ("many_accidents", "vetoed")
"""Reasons to speak that hold whether or not the quarter's reports are in."""
Link = Callable[[str], str]


def flags(result: Scores, row: ScoredRow) -> tuple[str, ...]:
    """The unit's flags, with ``awaited`` in place of ``not_reported`` until the deadline has passed."""
    if result.settled:
        return row.figures.flags
    return tuple("awaited" if flag == "not_reported" else flag for flag in row.figures.flags)


def ranked(result: Scores, row: ScoredRow) -> bool:
    """Whether the unit's place may be shown; who is still awaited has none."""
    return "awaited" not in flags(result, row)


def tags(result: Scores, row: ScoredRow) -> list[Component]:
    """Flags and a veto as words in pills."""
    shown = [parts.tag(words.flag(flag), TONES.get(flag, "bad"), title=words.score_flag_meaning(flag))
             for flag in flags(result, row)]  # fmt: skip
    veto = row.figures.veto
    return shown if veto is None else [parts.tag(VETOED, "bad", title=veto), *shown]


def speakers(result: Scores) -> list[Speaker]:
    """Who speaks last; before the deadline only for what is a fact already."""
    if result.settled:
        return list(result.speakers)
    kept = [(one, tuple(key for key in one.reasons if key in FACTS)) for one in result.speakers]
    return [Speaker(one.unit, one.enterprise, one.name, reasons) for one, reasons in kept if reasons]


def names(rows: Sequence[ScoredRow]) -> str:
    """The units' short names, as an enumeration."""
    return _(", ").join(row.unit.short_name for row in rows)
