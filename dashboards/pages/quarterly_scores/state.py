"""What may be said of a unit now: before the deadline who has not filed is awaited, and nobody is blamed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.components.ranking_words import flag_words
from dashboards.method.scores import VETOED
from dashboards.results.scores import ScoredRow, Scores
from data.language import gettext as _

TONES = {"unreviewed": "warn", "thin_basis": "calm", "awaited": "calm", "set_aside": "calm"}
UNREPORTED = ("awaited", "not_reported", "refused", "set_aside")
"""What may stand where there are no marks: nothing came, or what came does not count."""
Link = Callable[[str], str]


def flags(result: Scores, row: ScoredRow) -> tuple[str, ...]:
    """The unit's flags as people read them, with ``awaited`` in place of ``not_reported`` until the deadline has passed."""
    if result.settled:
        return row.shown_flags
    return tuple("awaited" if flag == "not_reported" else flag for flag in row.shown_flags)


def ranked(result: Scores, row: ScoredRow) -> bool:
    """Whether the unit's place may be shown; before the deadline who has nothing that counts has none."""
    return result.settled or "not_reported" not in row.figures.flags


def tags(result: Scores, row: ScoredRow) -> list[Component]:
    """Flags and a veto as words in pills."""
    shown = [parts.tag(flag_words(flag, row.undone, result.zone), TONES.get(flag, "bad"), title=words.score_flag_meaning(flag))
             for flag in flags(result, row)]  # fmt: skip
    veto = row.figures.veto
    return shown if veto is None else [parts.tag(words.grade(VETOED), "bad", title=veto), *shown]


def came(rows: Sequence[ScoredRow], result: Scores) -> str:
    """The units of which something came that does not count, each with when it came."""
    return _(", ").join(
        _("%(unit)s (came %(moment)s)", unit=row.unit.short_name,
          moment=numbers.moment(row.undone.received_at, result.zone))
        for row in rows if row.undone is not None
    )  # fmt: skip


def names(rows: Sequence[ScoredRow]) -> str:
    """The units' short names, as an enumeration."""
    return _(", ").join(row.unit.short_name for row in rows)
