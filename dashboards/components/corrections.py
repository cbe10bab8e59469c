"""What was corrected after a deadline, in words: score and place as they were known then, and as they are now."""

from __future__ import annotations

from decimal import Decimal

from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.method.ranking import RankedUnit
from dashboards.results.corrections import Correction
from data.language import gettext as _
from data.zone.zone import Zone


def change(one: RankedUnit, correction: Correction) -> str:
    """``47.34 → 84.34, place 4 → 2``: only what differs; the place only where there is one to be shown."""
    before, now = correction.score_before, one.score
    places = correction.rank_before, one.rank
    said = [] if before == now else [_("%(before)s → %(now)s", before=_score(before), now=_score(now))]
    if places[0] != places[1]:
        said.append(_("%(before)s → %(now)s", before=_place(places[0]), now=_place(places[1])))
    return _(", ").join(said) or _score(now)


def short(one: RankedUnit, correction: Correction) -> str:
    """Where there is little room: the score as it was; where only the place moved, that it did."""
    if correction.score_before == one.score:
        return _("corrected")
    return _("before: %(score)s", score=_score(correction.score_before))


def mark(one: RankedUnit, correction: Correction, zone: Zone) -> Component:
    """The mark beside a unit; its explanation says when the last of the ledgers came."""
    word = _("corrected %(change)s", change=change(one, correction))
    return parts.tag(word, "warn", title=sentence(one, correction, zone))


def sentence(one: RankedUnit, correction: Correction, zone: Zone) -> str:
    """From what to what, and by which receipt."""
    return _("Corrected after the deadline: %(change)s; the unit's ledgers received or returned since, the last on %(moment)s.",
             change=change(one, correction), moment=numbers.instant(correction.received_at, zone))  # fmt: skip


def _score(score: Decimal | None) -> str:
    return _("no score") if score is None else numbers.points(score)


def _place(rank: int | None) -> str:
    return _("unranked") if rank is None else _("place %(n)s", n=rank)
