"""What a list of whom to inspect was worth, in words."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.method.list_judged import Worth
from dashboards.results.list_judged import Judged, ListsJudged
from data.intake.draw import CASE
from data.language import gettext as _


def judged_lines(found: ListsJudged) -> Iterator[str]:
    """Each list with its three numbers, beside the same enterprises in other orders."""
    for one in found.judged:
        if not one.of.rows:
            continue
        unit = found.zone.unit_by_code[one.of.unit].short_name if one.of.unit else _("The list")
        yield _(
            "%(unit)s: %(rows)s enterprises, %(judged)s of them inspected by %(until)s, %(found)s with a finding.",
            unit=unit,
            rows=one.of.rows,
            judged=one.worth.judged,
            until=found.until.isoformat(),
            found=one.worth.found,
        )
        if one.of.unknown:
            yield _("In no register, and not judged: %(n)s.", n=len(one.of.unknown))
        yield from _beside(one)
    yield _(
        "Only enterprises that were inspected can be judged: of the others nobody knows what would have been found."
    )


def drawn_lines(found: ListsJudged, number: str) -> Iterator[str]:
    """A tenth of each list, as the number draws it, and by what anybody can draw it again."""
    yield _("Drawn by the number %(number)s and the list's fingerprint %(sha256)s:", number=number, sha256=found.sha256)
    for line in found.drawn(number):
        unit, place, code = line.split(",", maxsplit=2)
        what = _("Case") if place == CASE else place
        name = found.names.get(code, "")
        whose = found.zone.unit_by_code[unit].short_name if unit else ""
        yield "  " + " ".join(part for part in (whose, what, code, name) if part)
    yield _(
        "The lot of each line is the SHA-256 of “fingerprint,number,line”; a tenth with the smallest lots is drawn."
    )


def _beside(one: Judged) -> Iterator[str]:
    if not one.worth.found:
        yield _("Nothing was found at any of them: there is nothing to judge the order by.")
        return
    yield _numbers(_("As listed"), one.worth)
    yield _numbers(_("Longest not seen first"), one.longest_not_seen)
    yield _numbers(_("By chance, on average"), one.by_chance)


def _numbers(name: str, worth: Worth) -> str:
    assert worth.days_earlier is not None
    assert worth.first_half is not None
    assert worth.first_tenth is not None
    return _(
        "  %(name)s: findings met %(days)s days earlier than in fact; %(half)s%% of them in the first half; of the first tenth %(tenth)s%% had one.",
        name=name,
        days=f"{float(worth.days_earlier):.1f}",
        half=f"{float(worth.first_half) * 100:.0f}",
        tenth=f"{float(worth.first_tenth) * 100:.0f}",
    )
