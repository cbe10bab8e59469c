"""What the page lets its readers take along: every figure of both sides with its difference."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from dashboards.components import words
from dashboards.components.exports import Exported, Field, Written, scope_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import SIDE_BY_SIDE
from dashboards.components.ranking_words import step_name
from dashboards.pages.side_by_side.message import main_message
from dashboards.pages.side_by_side.query import look
from dashboards.pages.side_by_side.state import state_said
from dashboards.pages.side_by_side.words import called, whole
from dashboards.results.reading import Reading
from dashboards.results.side_by_side import Side, SideBySide
from data.indicators.declaration import Indicator, Sum
from data.indicators.enforcement import INDICATORS
from data.language import gettext as _
from data.people.draft_openings import DraftReport


def differences(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """Counts, rates with what they are made of, and points: left, right, difference."""
    both = look(asked, reading).both
    title = _(
        "%(page)s %(left)s and %(right)s", page=SIDE_BY_SIDE.title, left=whole(both.left), right=whole(both.right)
    )
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[state_said(both, reading), scope_said(reading), main_message(both, reading.zone)],
        fields=_fields(both),
        rows=[
            *(_indicator(both, one) for one in INDICATORS),
            *(_step(both, key) for key in _steps(both)),
            _score(both),
        ],
        drafts=[DraftReport("ranking", str(month)) for month in both.months],
    )


def _fields(both: SideBySide) -> list[Field]:
    count, share, points = (_("count"), Written.COUNT), (_("share"), Written.SHARE), (_("points"), Written.AMOUNT)
    side = [count, (_("of all"), Written.COUNT), share, points]
    told = (
        (called(both.left, both), side),
        (called(both.right, both), side),
        (_("Left less right"), [count, share, points]),
    )
    return [
        Field(_("Figure")),
        *(Field(f"{whose} {said}", written) for whose, shown in told for said, written in shown),
    ]


def _indicator(both: SideBySide, one: Indicator) -> list[Any]:
    count, share = _apart(both, one)
    return [
        words.indicator(one.key),
        *_side(both.left, one),
        *_side(both.right, one),
        count,
        share,
        both.points_difference(one.key) if one.scored else None,
    ]


def _side(side: Side, one: Indicator) -> list[Any]:
    """Count, of how many, share, points; what a figure has not is None."""
    value, made_of = side.value(one.key), side.made_of(one.key)
    points = side.steps.get(one.key) if one.scored else None
    if isinstance(one.made_of, Sum):
        return [value, None, None, points]
    return [*(made_of or (None, None)), None if value is None else Fraction(value), points]


def _apart(both: SideBySide, one: Indicator) -> tuple[Any, Fraction | None]:
    value = both.value_difference(one.key)
    if isinstance(one.made_of, Sum):
        return value, None
    return None, None if value is None else Fraction(value)


def _steps(both: SideBySide) -> list[str]:
    return [key for key in {**both.left.steps, **both.right.steps} if key not in both.scored]


def _step(both: SideBySide, key: str) -> list[Any]:
    return _points_alone(
        step_name(key), both.left.steps.get(key), both.right.steps.get(key), both.points_difference(key)
    )


def _score(both: SideBySide) -> list[Any]:
    return _points_alone(_("Score"), both.left.score, both.right.score, both.difference)


def _points_alone(said: str, left: Decimal | None, right: Decimal | None, apart: Decimal | None) -> list[Any]:
    return [said, None, None, None, left, None, None, None, right, None, None, apart]
