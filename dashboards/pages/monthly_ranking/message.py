"""The month's main message in sentences: who is first, who is last, who did not report, who rose most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboards.components import corrections, numbers, words
from dashboards.components.ranking_words import no_score
from dashboards.pages.monthly_ranking.unit import own_score
from dashboards.results.lowest import Lowest, at, lowest, reaching, with_score
from dashboards.results.ranking import RankedGroup, RankedRow, Ranking, shown_flags
from data.language import gettext as _
from data.zone.zone import Zone

BLEMISHES = frozenset({"zero_penalty", "zero_enforcement", "no_problem_found", "overdue_major", "thin_basis"})
"""Flags with which nobody is held up as an example."""


def main_message(ranking: Ranking, group: RankedGroup, zone: Zone) -> str:
    """One paragraph; it never names a last unit over a thin basis, nor where only one unit is ranked."""
    if ranking.own_only:
        return _own(ranking, group, zone)
    scored = with_score(group)
    parts = [
        *(_places(group, scored) if scored else [_nobody(ranking, group, zone)]),
        *(_absent(group, zone) if scored else []),
        *([] if ranking.rule_changed or poor(group) else _risen(scored)),
        *_corrected(group),
    ]
    subject = _("%(period)s, %(group)s", period=numbers.period(ranking.month), group=words.group(group.group))
    return _("%(subject)s: %(said)s.", subject=subject, said=_("; ").join(parts))


def _own(ranking: Ranking, group: RankedGroup, zone: Zone) -> str:
    """A unit's own score or why it has none; nothing of the others."""
    said = [no_score(row, zone) if row.figures.score is None else own_score(row) for row in group.rows]
    return " ".join([_("%(period)s:", period=numbers.period(ranking.month)), *said])


def names(rows: Iterable[RankedRow]) -> str:
    """The units' short names, as an enumeration."""
    return _(", ").join(row.unit.short_name for row in rows)


def _with_flag(group: RankedGroup, flag: str) -> list[RankedRow]:
    return [row for row in group.rows if flag in shown_flags(row.figures.flags, row.undone)]


def poor(group: RankedGroup) -> bool:
    """Whether the group's order bears so little that it is spoken of in groups and not in places."""
    return group.reliability is not None and group.reliability.poor


def _places(group: RankedGroup, scored: Sequence[RankedRow]) -> list[str]:
    first, last = at(scored, best=True), at(scored, best=False)
    if len(scored) == 1:
        return [_("only %(unit)s is ranked (%(score)s points)", unit=names(first), score=_score(first))]
    if first == last:
        return [_("all %(n)s units tie (%(score)s points)", n=len(first), score=_score(first))]
    return _in_groups(scored, lowest(group)) if poor(group) else [_first(first), _last(lowest(group))]


def _in_groups(scored: Sequence[RankedRow], found: Lowest) -> list[str]:
    """Who stands ahead and who behind, where places bear too little to be told one by one; behind is who may be named last."""
    ahead, rear = reaching(scored, best=True), found.rows
    kept_out = [*reaching(scored, best=False), *rear]
    front = [row for row in ahead if row not in kept_out]
    if not front and len(rear) in (0, len(scored)):
        return [
            _("the scores of the %(n)s units lie too close for an order: places are not told one by one", n=len(scored))
        ]
    between = [row for row in scored if row not in front and row not in rear] if front and rear else []
    return [
        _("places cannot be told one by one, only groups"),
        *([_("ahead: %(units)s", units=names(front))] if front else []),
        *([_("between: %(units)s", units=names(between))] if between else []),
        _behind(found, ahead),
    ]


def _behind(found: Lowest, ahead: Sequence[RankedRow]) -> str:
    """The rear group; where one of them may as well be first they are said to be possibly last, and not to be behind."""
    torn = not found.sure and any(row in ahead for row in found.rows)
    return _("behind: %(units)s", units=names(found.rows)) if found.rows and not torn else _last(found)


def _score(rows: Sequence[RankedRow]) -> str:
    return numbers.points(rows[0].figures.score)


def _first(rows: Sequence[RankedRow]) -> str:
    if len(rows) > 1:
        said = _("%(units)s tie for first (%(score)s points)", units=names(rows), score=_score(rows))
    else:
        said = _("%(unit)s is first (%(score)s points)", unit=names(rows), score=_score(rows))
    unpunished = [row for row in rows if "zero_penalty" in row.figures.flags]
    if unpunished:
        said = _("%(said)s, with zero penalties: %(units)s", said=said, units=names(unpunished))
    if rows[-1].chance.told_apart is False:
        said = _("%(said)s, not reliably told from the next", said=said)
    return said


def _last(found: Lowest) -> str:
    named = found.rows
    if found.why == "not_sure":
        return _("nobody is likely enough to be last to be named alone")
    if not named:
        return _("the lowest score rests on a thin basis, so no unit is named last")
    if not found.sure:
        return _("nobody can be named last alone: %(units)s may be", units=names(named))
    if len(named) > 1:
        return _("%(units)s tie for last (%(score)s points)", units=names(named), score=_score(named))
    return _("%(unit)s is last (%(score)s points)", unit=names(named), score=_score(named))


def _nobody(ranking: Ranking, group: RankedGroup, zone: Zone) -> str:
    deadline = numbers.spoken_day(ranking.deadline)
    if not group.rows:
        return _("no unit belongs to this group")
    if len(_with_flag(group, "awaited")) == len(group.rows):
        return _("no ledger has come yet; the deadline is %(day)s", day=deadline)
    if len(_with_flag(group, "not_reported")) == len(group.rows):
        return _("none of the %(n)s units reported by the deadline (%(day)s)", n=len(group.rows), day=deadline)
    return _("no unit can be scored; %(rest)s", rest=_("; ").join(_absent(group, zone)))


def _absent(group: RankedGroup, zone: Zone) -> list[str]:
    missing, awaited = names(_with_flag(group, "not_reported")), names(_with_flag(group, "awaited"))
    refused, set_aside = _came(group, "refused", zone), _came(group, "set_aside", zone)
    idle = names(_with_flag(group, "nothing_planned"))
    unscored = names(row for row in _with_flag(group, "zero_enforcement") if row.figures.score is None)
    return [
        *([_("refused and not replaced: %(units)s", units=refused)] if refused else []),
        *([_("to be dealt with, the program failed on it: %(units)s", units=set_aside)] if set_aside else []),
        *([_("%(units)s did not report", units=missing)] if missing else []),
        *([_("%(units)s still awaited", units=awaited)] if awaited else []),
        *([_("%(units)s had nothing planned and are not ranked", units=idle)] if idle else []),
        *([_("%(units)s inspected nobody and are not ranked", units=unscored)] if unscored else []),
    ]


def _came(group: RankedGroup, flag: str, zone: Zone) -> str:
    """The units of which something came, each with when it came."""
    return _(", ").join(
        _("%(unit)s (came %(moment)s)", unit=row.unit.short_name, moment=numbers.moment(row.undone.received_at, zone))
        for row in _with_flag(group, flag)
        if row.undone is not None
    )


def _corrected(group: RankedGroup) -> list[str]:
    """Whose score or place was corrected after the deadline, from what to what."""
    said = [
        _("%(unit)s %(change)s", unit=row.unit.short_name, change=corrections.change(row.figures, row.correction))
        for row in group.rows
        if row.correction is not None
    ]
    return [_("corrected after the deadline: %(said)s", said=_("; ").join(said))] if said else []


def _risen(scored: Sequence[RankedRow]) -> list[str]:
    """Who rose most by a better score of its own; a place that another lost, or one with a blemish, is no praise."""
    risen = [row for row in scored if (row.rank_change or 0) > 0 and (row.score_change or 0) > 0 and _unblemished(row)]
    most = max((row.rank_change or 0 for row in risen), default=0)
    if not most:
        return []
    rows = [row for row in risen if row.rank_change == most]
    return [_("risen most since last month: %(units)s (%(n)s places)", units=names(rows), n=most)]


def _unblemished(row: RankedRow) -> bool:
    return BLEMISHES.isdisjoint(row.figures.flags)
