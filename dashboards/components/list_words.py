"""What a list of whom to inspect was worth, in words and as tables; and what was drawn of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from dashboards.components import numbers, parts
from dashboards.meeting.rounding import TENTH, rounded
from dashboards.method.list_judged import Orders, Worth, all_together
from dashboards.results.list_judged import Judged, ListsJudged
from data.intake.draw import taken_apart
from data.language import gettext as _


def judged_lines(found: ListsJudged) -> Iterator[str]:
    """Each list with its three numbers, beside the same enterprises in other orders."""
    for one in found.judged:
        if not one.of.named:
            continue
        yield _counted(one, found)
        if one.of.unknown:
            yield _unknown(one, found)
        yield from _beside(one)
    yield only_inspected()


def only_inspected() -> str:
    """What such numbers cannot tell."""
    return _(
        "Only enterprises that were inspected can be judged: of the others nobody knows what would have been found."
    )


def _counted(one: Judged, found: ListsJudged) -> str:
    return _(
        "%(unit)s: %(rows)s enterprises, %(judged)s of them inspected by %(until)s, %(found)s with a finding.",
        unit=found.zone.unit_by_code[one.of.unit].short_name if one.of.unit else _("The list"),
        rows=len(one.of.named),
        judged=one.orders.listed.judged,
        until=found.until.isoformat(),
        found=one.orders.listed.found,
    )


def _unknown(one: Judged, found: ListsJudged) -> str:
    if found.own is not None:
        unit = found.zone.unit_by_code[found.own].name
        return _("In no register, or not of %(unit)s, and not judged: %(n)s.", unit=unit, n=len(one.of.unknown))
    return _("In no register, and not judged: %(n)s.", n=len(one.of.unknown))


def drawn_lines(found: ListsJudged, number: str) -> Iterator[str]:
    """A tenth of each list, as the number draws it, and by what anybody can draw it again."""
    yield _("Drawn by the number %(number)s and the list's fingerprint %(sha256)s:", number=number, sha256=found.sha256)
    for line in found.drawn(number):
        yield f"  {_drawn(line, found)}"
    yield _(
        "The lot of each line is the SHA-256 of “fingerprint,number,line”; a tenth with the smallest lots is drawn."
    )


def _drawn(line: str, found: ListsJudged) -> str:
    unit, place, code = taken_apart(line)
    what = _("Case") if place is None else str(place)
    whose = found.zone.unit_by_code[unit].short_name if unit else ""
    return " ".join(part for part in (whose, what, code, found.names.get(code, "")) if part)


def drawn_words(found: ListsJudged, number: str, sha256: str | None) -> list[tuple[str, str]]:
    """What a number draws: in words, and the line as its lot is computed of; ``sha256`` as of ``ListsJudged.drawn``."""
    return [(_drawn(line, found), line) for line in found.drawn(number, sha256)]


@dataclass(frozen=True, slots=True)
class JudgedTables:
    """A list in words, its numbers beside other orders, and part by part; ``nothing`` is why there are none."""

    said: str
    unknown: str
    rows: list[list[str]]
    parts: list[list[str]]
    nothing: str


def heads() -> list[str]:
    """What heads the numbers."""
    return ["", _("Findings met earlier (days)"), _("Findings in the first half"), _("First tenth with findings")]


def as_one(found: ListsJudged) -> list[list[str]]:
    """The numbers of several lists together; nothing of one."""
    judged = [one.orders for one in found.judged if one.of.named]
    whole = all_together(judged)
    return _rows(whole) if len(judged) > 1 and whole.listed.found else []


def _rows(orders: Orders) -> list[list[str]]:
    names = (_("As listed"), _("Longest not seen first"), _("By chance, on average"))
    return [[name, *cells(worth)] for name, worth in zip(names, orders, strict=True)]


def as_tables(one: Judged, found: ListsJudged) -> JudgedTables:
    """The three numbers of a list beside longest not seen and chance, and by town, size and sector."""
    names = {**{unit.code: unit.short_name for unit in found.zone.units}, **found.zone.sectors}
    by_part = [
        [parts.behind(names.get(part, part), f"{worth.found}/{worth.judged}"), *cells(worth)]
        for by in one.parts.values()
        for part, worth in by.items()
        if worth.judged
    ]
    return JudgedTables(
        said=_counted(one, found),
        unknown=_unknown(one, found) if one.of.unknown else "",
        rows=_rows(one.orders) if one.orders.listed.found else [],
        parts=by_part,
        nothing=_nothing(one.orders.listed),
    )


def cells(worth: Worth) -> list[str]:
    """The three numbers as a table has them."""
    return [days(worth.days_earlier), _share(worth.first_half), _share(worth.first_tenth)]


def days(value: Fraction | None) -> str:
    """Days with one decimal."""
    return numbers.NONE if value is None else f"{rounded(value, TENTH)}".replace("-", numbers.MINUS)


def _share(value: Fraction | None) -> str:
    return numbers.NONE if value is None else f"{numbers.whole(value * 100)}%"


def _beside(one: Judged) -> Iterator[str]:
    if not one.orders.listed.found:
        yield _nothing(one.orders.listed)
        return
    yield _numbers(_("As listed"), one.orders.listed)
    yield _numbers(_("Longest not seen first"), one.orders.longest_not_seen)
    yield _numbers(_("By chance, on average"), one.orders.by_chance)


def _nothing(listed: Worth) -> str:
    """Why an order cannot be judged."""
    if not listed.judged:
        return _("None of them was inspected in this month: there is nothing to judge the order by.")
    return _("Nothing was found at any of them: there is nothing to judge the order by.")


def earlier(value: Fraction | None) -> str:
    """By how many days findings would have been met earlier, or later."""
    if value is None:
        return numbers.NONE
    return _("%(days)s days later", days=days(-value)) if value < 0 else _("%(days)s days earlier", days=days(value))


def _numbers(name: str, worth: Worth) -> str:
    assert worth.days_earlier is not None
    assert worth.first_half is not None
    assert worth.first_tenth is not None
    return _(
        "  %(name)s: findings met %(when)s than in fact; %(half)s%% of them in the first half; of the first tenth %(tenth)s%% had one.",
        name=name,
        when=earlier(worth.days_earlier),
        half=f"{float(worth.first_half) * 100:.0f}",
        tenth=f"{float(worth.first_tenth) * 100:.0f}",
    )
