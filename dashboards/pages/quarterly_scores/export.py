"""What the quarterly scores let their readers take along: the standing of a group, in the order in which it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dashboards.components import numbers, standings, words
from dashboards.components.exports import Exported, Field, Written, scope_said, sorted_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import SCORES
from dashboards.components.published import printed_mark
from dashboards.method.scores import COMPONENTS
from dashboards.pages.quarterly_scores import as_published, state
from dashboards.pages.quarterly_scores.query import read
from dashboards.pages.quarterly_scores.table import orders
from dashboards.results import published
from dashboards.results import scores as scores_result
from dashboards.results.reading import Reading
from dashboards.results.scores import ScoredRow, Scores
from data.language import gettext as _
from data.people.draft_openings import DraftReport


class _Part(NamedTuple):
    """One column of the file."""

    key: str
    words: str
    written: Written
    value: Callable[[ScoredRow], Any]


def scores(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The standing of a group."""
    query = read(asked, reading)
    state_of = published.fetch(reading, "scores", query.quarter)
    frozen = state_of.revision(query.published)
    if frozen is not None:
        return as_published.export(asked, query.group, frozen, state_of, reading)
    result = scores_result.fetch(reading, query.quarter)
    group = result.group(query.group)
    key, order, down = standings.order_asked(asked, orders(result))
    parts = _parts(result)
    own = reading.zone.unit_by_code.get(reading.scope.unit or "")
    whose = words.group(group.group) if own is None else own.short_name
    title = f"{SCORES.title} {numbers.period(query.quarter)} {whose}"
    named = {one.key: one.words for one in parts}
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            printed_mark(state_of),
            scope_said(reading),
            sorted_said(named[key], down=down, named=key == "unit") if key else _("In the order of places"),
        ],
        fields=[Field(one.words, one.written) for one in parts],
        rows=[[one.value(row) for one in parts] for row in standings.in_order(group.rows, order, down=down)],
        drafts=(DraftReport("scores", str(query.quarter)),),
    )


def _parts(result: Scores) -> list[_Part]:
    amount = Written.AMOUNT
    return [
        _Part("place", _("Place"), Written.COUNT, lambda row: row.figures.rank if state.ranked(result, row) else None),
        _Part("unit", _("Unit"), Written.TEXT, lambda row: row.unit.short_name),
        _Part("score", _("Score"), amount, lambda row: row.figures.score),
        _Part("grade", _("Grade"), Written.TEXT, lambda row: row.figures.grade),
        *(_Part(key, words.component(key), amount, _component(key)) for key in COMPONENTS),
        _Part("bonus", _("Bonus"), amount, lambda row: None if row.figures.score is None else row.figures.bonus),
        _Part(
            "deducted", _("Deducted"), amount, lambda row: None if row.figures.score is None else -row.figures.deduction
        ),
        _Part("veto", _("Veto"), Written.TEXT, lambda row: row.figures.veto),
    ]


def _component(key: str) -> Callable[[ScoredRow], Any]:
    return lambda row: row.figures.components[key]
