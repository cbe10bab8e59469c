"""How sure places are, in words: how much a group's order bears, what lies between neighbours, how firm one unit's place is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.method.rescored import Lift
from dashboards.method.single_keys import differ_much
from dashboards.results.lowest import with_score
from dashboards.results.ranking import RankedGroup, RankedRow
from data.indicators.enforcement import COMPLETION
from data.language import gettext as _

SHARE = "90%"
"""Of the draws: how many an interval of places holds, and in how many one of two leads that is told apart."""
SURE = "sure"
"""Where a link leads that asks how sure places are."""


def place_said(row: RankedRow) -> str:
    """``3 (2–5)``: the place with its interval; the place alone where there is none."""
    rank, place = str(row.figures.rank), row.chance.place
    return rank if place is None else parts.behind(rank, interval(row))


def interval(row: RankedRow) -> str:
    """``2–5``; one number where both ends are one place, nothing where there is no interval."""
    place = row.chance.place
    if place is None:
        return ""
    return str(place.low) if place.low == place.high else f"{place.low}–{place.high}"


def to_next_below(row: RankedRow) -> list[Component | str]:
    """What lies between a unit and the scored unit next below: how many cases, and whether the two are told apart."""
    told = row.chance.told_apart
    if told is None:
        return [numbers.NONE]
    cases = numbers.NONE if row.chance.margin is None else _("by %(n)s", n=row.chance.margin)
    apart = html.Small(_("told apart"), className="told") if told else html.Small(_("not told apart"))
    return [html.Div(cases), apart]


def apart_meaning() -> str:
    """How the column between neighbours is to be read."""
    return _("How many due cases of one of the two, closed in time or not, would put the unit next below ahead; and whether one "
             "of them leads in at least %(share)s of 4,000 draws.", share=SHARE)  # fmt: skip


def keys_differ(row: RankedRow) -> bool:
    """Whether places by single keys lie further apart than half the group."""
    keys, rank = row.chance.single_keys, row.figures.rank
    return keys is not None and rank is not None and differ_much(rank, dict(keys), row.figures.of)


def reliability_line(group: RankedGroup, *, identity: str) -> Component | None:
    """How much the order of a group bears, above its table; nothing for a group without two scored units.

    Its link leads to ``of_unit``, which stands for every unit of a group that has this line.
    """
    one = group.reliability
    if one is None or not one.pairs:
        return None
    said = [
        _("pairs of units told apart: %(reliable)s of %(pairs)s", pairs=one.pairs, reliable=one.reliable),
        _("neighbours told apart: %(apart)s of %(n)s", n=len(neighbours(group)), apart=sum(neighbours(group))),
    ]
    if one.rankability is not None:
        bears = (
            _("low, speak of groups and not of places") if one.poor else _("1 is best, below 0.5 places do not bear")
        )
        said.append(_("rankability %(value)s (%(bears)s)", value=f"{one.rankability:.2f}", bears=bears))
    return html.P(
        [html.Strong(_("How far places bear: ")), _("%(said)s.", said=_("; ").join(said)), " ", dcc.Link(_("How sure is it?"), href=f"#{SURE}")],
        className=f"note reliability-line{' poor' if one.poor else ''}",
        id=identity,
    )  # fmt: skip


def neighbours(group: RankedGroup) -> list[bool]:
    """Of each pair of neighbours, best first, whether it is told apart."""
    return [row.chance.told_apart for row in group.rows if row.chance.told_apart is not None]


def of_unit(group: RankedGroup, row: RankedRow) -> Component | None:
    """How firm a unit's place is, and what would have moved it; of who has no score only that. Nothing for who may not see it."""
    shown = group.reliability
    if row.chance.place is None and (shown is None or not shown.pairs):
        return None
    return html.Div(
        [
            html.H3(_("How firm is this place?")),
            _facts(group, row) if row.chance.place else html.P(_not_drawn(row), className="note"),
            html.Details([html.Summary(_("What may be concluded from it, and what not")), html.Ul([html.Li(one) for one in conclusions()])]),
        ],
        className="firmness", id=SURE,
    )  # fmt: skip


def _not_drawn(row: RankedRow) -> str:
    return _("%(unit)s has no score in this month, so there is no place to be sure of.", unit=row.unit.short_name)


Fact = tuple[str, str]


def _facts(group: RankedGroup, row: RankedRow) -> Component:
    facts = [*_place(row), *_beside(group, row), *_lifts(row), *_weights(row), *_single_keys(row)]
    return html.Dl([part for name, said in facts for part in (html.Dt(name), html.Dd(said))], className="firm-facts")


def _place(row: RankedRow) -> Iterator[Fact]:
    place = row.chance.place
    assert place is not None
    said = _("place %(place)s; first with a chance of %(first)s, last with %(last)s", place=place_said(row),
             first=_likely(place.first), last=_likely(place.last))  # fmt: skip
    yield _("Place and its %(share)s interval", share=SHARE), _("%(said)s.", said=said)


def _likely(share: float) -> str:
    """A probability by 4,000 draws: what none of them showed is still not impossible."""
    return numbers.chance(min(max(share, 0.0001), 0.9999))


def _beside(group: RankedGroup, row: RankedRow) -> Iterator[Fact]:
    for upper, lower in pairwise(with_score(group)):
        if row in (upper, lower):
            yield (
                _("%(upper)s before %(lower)s", upper=upper.unit.short_name, lower=lower.unit.short_name),
                _between(upper),
            )


def _between(upper: RankedRow) -> str:
    apart = _("reliably told apart") if upper.chance.told_apart else _("not reliably told apart")
    margin = upper.chance.margin
    if margin is None:
        return _("%(apart)s; no number of due cases would turn the order round.", apart=apart)
    return _("%(apart)s; %(n)s of the due cases, not closed in time by the first or closed in time by the second, would turn the order round.",
             apart=apart, n=margin)  # fmt: skip


def _lifts(row: RankedRow) -> Iterator[Fact]:
    name = _("What would have lifted it")
    if row.figures.rank == 1:
        return
    if not row.chance.to_next:
        yield name, _("neither due cases closed in time nor planned inspections alone.")
        return
    yield name, " ".join(lift_said(one, row) for one in row.chance.to_next)


def lift_said(one: Lift, row: RankedRow) -> str:
    """``closing 3 more of the due cases in time: 73.50 → 79.75 points, place 3 → 2.``"""
    score, then = numbers.points(row.figures.score), numbers.points(one.score)
    return lift_words(one.indicator, one.needed, score, then, row.figures.rank, one.rank)


def lift_words(indicator: str, needed: int, score: str, then: str, rank: int | None, place: int) -> str:
    """The same of a live row and of a published one."""
    told = {"n": needed, "score": score, "then": then, "rank": rank, "place": place}
    if indicator == COMPLETION.key:
        return _(
            "inspecting %(n)s more of those planned: %(score)s → %(then)s points, place %(rank)s → %(place)s.", **told
        )
    return _(
        "closing %(n)s more of the due cases in time: %(score)s → %(then)s points, place %(rank)s → %(place)s.", **told
    )


def _weights(row: RankedRow) -> Iterator[Fact]:
    kept = row.chance.weights
    if kept is not None:
        yield _("By other weights"), _(
            "of 2,000 other weightings it keeps its place in %(same)s, give or take one in %(near)s.",
            same=numbers.chance(kept.same), near=numbers.chance(kept.within_one),
        )  # fmt: skip


def _single_keys(row: RankedRow) -> Iterator[Fact]:
    keys = row.chance.single_keys
    if keys is None:
        return
    said = _(", ").join(
        _("%(key)s place %(place)s", key=words.indicator(key), place=place) for key, place in keys.items()
    )
    differ = _("they lie further apart than half the group: the place rests on how indicators are weighed")
    yield (
        _("By one indicator alone"),
        _("%(said)s.", said=_("; ").join([said, *([differ] if keys_differ(row) else [])])),
    )


def conclusions() -> Sequence[str]:
    """One sentence on each: what it says, and what it does not."""
    return [
        _("The interval says between which places chance alone would have moved this unit, had its cases come out a little "
          "otherwise; it is this unit's own and does not hold for all units at once, and it says nothing of errors in the ledgers."),
        _("Neighbours that are told apart may be called better and worse; of those that are not, nobody may be praised or blamed "
          "for the one place between them."),
        _("The chances of being first and last are of this month alone: they say nothing of the next."),
        _("What would have lifted it looks back, all else as it was: it is no target, and never a penalty, a finding or an "
          "inspection beyond the plan."),
        _("Other weights show how much the place hangs on the scheme; which weights are right they do not say."),
        _("Places by one indicator show where a unit is strong or weak; they are no ranking of their own."),
        _("Under a rate with fewer than 5 cases stands “few cases”: it may be told, and not compared."),
    ]  # fmt: skip
