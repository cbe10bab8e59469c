"""The page's main message: by how much the scores differ and what makes most of it, or why they are not compared."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dashboards.components import numbers, parts, words
from dashboards.components.ranking_words import step_name
from dashboards.method.steps import REWEIGHTING
from dashboards.pages.side_by_side.words import called, shared, why_no_score
from dashboards.results.side_by_side import Cause, Side, SideBySide
from data.language import gettext as _
from data.zone.zone import Zone

MOST = 3
"""So many of the largest differences are named; more only where they are equal to the last of them."""


def main_message(both: SideBySide, zone: Zone) -> str:
    """One sentence of the difference; else a sentence for each side without a score, or that the rule changed."""
    difference = both.difference
    if difference is not None:
        said = _(
            "%(shared)s: %(left)s %(score)s points, %(right)s %(other)s points, %(compared)s; %(causes)s.",
            shared=shared(both), left=called(both.left, both), score=numbers.points(both.left.score),
            right=called(both.right, both), other=numbers.points(both.right.score),
            compared=_compared(difference), causes=_largest(both.causes),
        )  # fmt: skip
        return parts.sentences(said, *(_nobody_inspected(side, both) for side in (both.left, both.right)))
    missing = [why_no_score(side, zone) for side in (both.left, both.right) if side.score is None]
    if missing:
        return parts.sentences(
            *missing, _("So there is no difference of scores; the figures that are there stand below.")
        )
    return _("%(left)s and %(right)s are scored by different rules, so their points are not compared; the figures are.",
             left=called(both.left, both), right=called(both.right, both))  # fmt: skip


def _nobody_inspected(side: Side, both: SideBySide) -> str:
    """Where the rule makes a score 0, that it does; nothing elsewhere."""
    if side.row is None or "zero_enforcement" not in side.row.figures.flags:
        return ""
    return _("%(side)s: not one inspection, so the score is 0 whatever the points.", side=called(side, both))


def _compared(difference: Decimal) -> str:
    if not difference:
        return _("the same score")
    amount = numbers.points(abs(difference))
    if difference > 0:
        return _("the first %(points)s points higher", points=amount)
    return _("the first %(points)s points lower", points=amount)


def largest(causes: Sequence[Cause]) -> list[Cause]:
    """The causes that make most of the difference, the largest first."""
    telling = sorted((one for one in causes if one.amount), key=lambda one: -abs(one.amount))
    if len(telling) <= MOST:
        return telling
    least = abs(telling[MOST - 1].amount)
    return [one for one in telling if abs(one.amount) >= least]


def _largest(causes: Sequence[Cause]) -> str:
    named = largest(causes)
    if not named:
        return _("every indicator has the same points on both sides")
    said = _(", ").join(_cause(one) for one in named)
    if sum(1 for one in causes if one.amount) == 1:
        return _("all of it by %(causes)s", causes=said)
    return _("the largest differences: %(causes)s", causes=said)


def _cause(one: Cause) -> str:
    return _("%(step)s %(points)s points", step=cause_name(one), points=numbers.signed(one.amount))


def cause_name(one: Cause) -> str:
    """What makes a part of the difference; of the re-weighting, which indicators score on one side alone."""
    if one.key != REWEIGHTING or not one.uneven:
        return step_name(one.key)
    return _("%(indicators)s scored on one side alone", indicators=_(", ").join(map(words.indicator, one.uneven)))


def notes(both: SideBySide) -> list[str]:
    """How the comparison is to be read."""
    said = []
    if both.left.unit.group != both.right.unit.group:
        said.append(_("%(left)s and %(right)s are ranked apart: points are made alike, places are not compared across groups.",
                      left=words.group(both.left.unit.group), right=words.group(both.right.unit.group)))  # fmt: skip
    said += [
        _(
            "Scored on one side alone: %(indicators)s. What is undefined is not scored and its weight is shared out among the "
            "rest: both together are one difference.",
            indicators=_(", ").join(map(words.indicator, one.uneven)),
        )
        for one in both.causes
        if one.uneven
    ]
    return said
