"""The quarter's main message in sentences: first, last, grades, who is missing, vetoes, who speaks last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboards.components import numbers, words
from dashboards.method.scores import FAILED, VETOED
from dashboards.pages.quarterly_scores import state
from dashboards.pages.quarterly_scores.state import names
from dashboards.pages.quarterly_scores.unit import own
from dashboards.results.scores import ScoredGroup, ScoredRow, Scores
from data.language import gettext as _

GRADES = ("优秀", "良好", "合格", FAILED, VETOED)


def main_message(result: Scores, group: ScoredGroup) -> str:
    """One paragraph; before the deadline it blames nobody and says that the quarter is open."""
    if result.own_only:
        return " ".join(
            [_("%(period)s:", period=numbers.period(result.quarter)), *(own(result, row) for row in group.rows)]
        )
    said = _settled(result, group) if result.settled else _open(result, group)
    subject = _("%(period)s, %(group)s", period=numbers.period(result.quarter), group=words.group(group.group))
    said += [*_vetoes(result, group), *_speakers(result, group)]
    return _("%(subject)s: %(said)s.", subject=subject, said=_("; ").join(said))


def _settled(result: Scores, group: ScoredGroup) -> list[str]:
    if not group.rows:
        return [_("no unit belongs to this group")]
    scored = [row for row in group.rows if row.figures.score is not None]
    missing = [row for row in group.rows if "not_reported" in row.shown_flags]
    if len(missing) == len(group.rows):
        day = numbers.spoken_day(result.self_deadline)
        return [_("none of the %(n)s units filed a self-assessment by %(day)s", n=len(missing), day=day)]
    return [
        *_places([row for row in scored if row.figures.veto is None]),
        *([_grades(scored)] if scored else []),
        *_undone(result, group),
        *([_("%(units)s filed no self-assessment", units=names(missing))] if missing else []),
    ]


def _undone(result: Scores, group: ScoredGroup) -> list[str]:
    """Who sent a self-assessment of which nothing counts: refused, or the program failed on it."""
    refused, set_aside = (
        state.came([row for row in group.rows if flag in row.shown_flags], result) for flag in ("refused", "set_aside")
    )
    return [
        *([_("refused and not replaced: %(units)s", units=refused)] if refused else []),
        *([_("to be dealt with, the program failed on it: %(units)s", units=set_aside)] if set_aside else []),
    ]


def _places(rows: Sequence[ScoredRow]) -> list[str]:
    if not rows:
        return []
    first, last = _at(rows, best=True), _at(rows, best=False)
    if first == last:
        told = {"units": names(first), "score": numbers.points(first[0].figures.score)}
        return [_("%(units)s tie (%(score)s points)", **told)] if len(first) > 1 else [_named(first, last=False)]
    firm = [row for row in last if "thin_basis" not in row.figures.flags]
    thin = _("the lowest score rests on a thin basis, so no unit is named last")
    return [_named(first, last=False), _named(firm, last=True) if firm else thin]


def _at(rows: Sequence[ScoredRow], *, best: bool) -> list[ScoredRow]:
    ranks = [row.figures.rank or 0 for row in rows]
    return [row for row in rows if row.figures.rank == (min(ranks) if best else max(ranks))]


def _named(rows: Sequence[ScoredRow], *, last: bool) -> str:
    told = {"units": names(rows), "score": numbers.points(rows[0].figures.score)}
    if last:
        return _("%(units)s is last of those scored (%(score)s points)", **told)
    return _("%(units)s leads (%(score)s points)", **told)


def _grades(scored: Sequence[ScoredRow]) -> str:
    found = Counter(row.figures.grade for row in scored)
    return _(", ").join(
        _("%(grade)s %(n)s", grade=words.grade(grade), n=found[grade]) for grade in GRADES if found[grade]
    )


def _open(result: Scores, group: ScoredGroup) -> list[str]:
    unfiled = [row for row in group.rows if "not_reported" in row.figures.flags]
    awaited = [row for row in unfiled if row.undone is None]
    day = numbers.spoken_day(result.self_deadline)
    running = result.as_of <= result.zone.calendar.last_day(result.quarter)
    head = _("the quarter is still running, self-assessments are due by %(day)s", day=day)
    over = _("the deadline for self-assessments (%(day)s) has not passed", day=day)
    filed = _("%(filed)s of %(all)s units have filed", filed=len(group.rows) - len(unfiled), all=len(group.rows))
    return [
        head if running else over,
        filed,
        *_undone(result, group),
        *([_("%(units)s still awaited", units=names(awaited))] if 0 < len(awaited) < len(group.rows) else []),
        _("places and scores may still change"),
    ]


def _vetoes(result: Scores, group: ScoredGroup) -> list[str]:
    vetoed = [row for row in group.rows if row.figures.veto is not None]
    proposed = [row for row in group.rows if "veto_proposed" in row.figures.flags]
    unreviewed = [row for row in group.rows if "unreviewed" in row.figures.flags] if result.settled else []
    return [
        *([_("%(units)s vetoed", units=names(vetoed))] if vetoed else []),
        *([_("a veto is proposed for %(units)s and awaits a decision", units=names(proposed))] if proposed else []),
        *([_("%(units)s not yet reviewed", units=names(unreviewed))] if unreviewed else []),
    ]


def _speakers(result: Scores, group: ScoredGroup) -> list[str]:
    """The group's own, and enterprises, which belong to no group."""
    codes = {row.unit.code: row for row in group.rows}
    speaking = result.named_speakers
    units = [codes[one.unit] for one in speaking if one.unit in codes]
    enterprises = [one.name for one in speaking if one.enterprise is not None]
    spoken = [row.unit.short_name for row in units] + [_("enterprise %(name)s", name=name) for name in enterprises]
    return [_("speaking last: %(who)s", who=_(", ").join(spoken))] if spoken else []
