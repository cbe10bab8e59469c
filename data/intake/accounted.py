"""What a workbook's cells were taken for, in words: what was left out, the sums that balance, the money and its unit.

Page, command line and marked workbook say it with these sentences, from what ``submission.left_out`` and
``submission.account`` keep. Names of sheets, rows and letters of columns only: what stands in the cells may name people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from data.language import N_
from data.language import gettext as _

LeftOut = Mapping[str, Any]
"""``{"sheet", "rows", "column", "why"}``, as CONTRACT prints it."""
OF_COURSE = frozenset({"title", "serial", "own_sheet"})
"""Whys of what nobody expects to be read as data: in the whole list, in no line and without a mark."""
TEN_THOUSAND = "万元"
HIDDEN_ROWS = "hidden_rows"
"""The note about hidden rows that were counted, and the why of those that were not."""
_ORDER = (
    "unrelated_sheet", "hidden_sheet", "hidden_rows", "stray", "unknown_column", "section", "example", "prefilled", "note",
    "signature", "declared_zero", "header_again", "column_numbers", "total", "title", "own_sheet", "serial",
)  # fmt: skip
"""What may have been meant as data first."""
_PLACES, _KINDS = 4, 6
"""So many places of one kind, and kinds, does a line name; the whole list names all."""
_ALWAYS = 2
"""Parts that are said even where they are none: read, and sent back."""
_BELOW_ALL = 2**31
_UNIT_BEHIND = re.compile(r"\s*[(（](?:万?元)[)）]\s*$")


def left_out_line(left_out: Sequence[LeftOut], rows: int | None, read: Collection[str]) -> str | None:
    """Rows read and what was not, in one line; None where there is nothing to say.

    ``rows``: None where no row was looked at. ``read`` are the sheets that were read as tables: rows of the only one need
    no sheet's name.
    """
    groups = _grouped([one for one in left_out if one["why"] not in OF_COURSE])
    spoken_of = next(iter(read)) if len(read) == 1 else None
    said: list[str] = []
    for group in sorted(groups[:_KINDS], key=_as_it_stands):
        said.append(_group(group, spoken_of, _PLACES))
        spoken_of = group[0]["sheet"]
    if not said:
        return None
    parts = said[0]
    for one in said[1:]:
        parts = _("%(parts)s, %(one)s", parts=parts, one=one)
    if len(groups) > _KINDS:
        parts = _("%(parts)s and %(n)s more", parts=parts, n=f"{sum(len(one) for one in groups[_KINDS:]):,}")
    if rows is None:
        return _("Not read: %(parts)s", parts=parts)
    return _("%(rows)s; not read: %(parts)s", rows=_rows_read(rows), parts=parts)


def left_out_list(left_out: Sequence[LeftOut], read: Collection[str]) -> list[str]:
    """Everything that was left out, a sentence for each kind on each sheet."""
    only = next(iter(read)) if len(read) == 1 else None
    return [_group(group, only, None) for group in _grouped(left_out)]


def left_out_sentence(one: LeftOut) -> str:
    """What was left out at one place of its own sheet."""
    return _group([one], one["sheet"], None)


def equation(counted: Mapping[str, int], *, cells: bool = False) -> str | None:
    """``seen`` = what it was taken for, part by part; None where it was not counted."""
    if "seen" not in counted:
        return None
    parts: dict[str, int] = {_("read"): 0, _("sent back"): 0}
    for name in sorted(counted.keys() - {"seen"}, key=_place):
        parts[_part(name)] = parts.get(_part(name), 0) + counted[name]
    said = [f"{part} {number:,}" for place, (part, number) in enumerate(parts.items()) if number or place < _ALWAYS]
    seen = f"{counted['seen']:,}"
    whole = _("All cells: %(n)s", n=seen) if cells else _("All rows: %(n)s", n=seen)
    return f"{whole} = {' + '.join(said)}"


def money(sums: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each column of money (column, unit, source, sum in yuan, sheet) with the unit in which it was read and its sum."""
    several = Counter(one["column"] for one in sums)
    return [_sum_of(one, of_sheet=several[one["column"]] > 1) for one in sums]


def _sum_of(one: Mapping[str, Any], *, of_sheet: bool) -> str:
    total = Decimal(one["sum"])
    name = _UNIT_BEHIND.sub("", one["column"])
    if of_sheet:
        name = _("of sheet “%(sheet)s” %(places)s", sheet=one["sheet"], places=name)
    if one.get("source") == "mixed":
        said = _("%(column)s read by units in heading and cells", column=name)
    elif one["unit"] == TEN_THOUSAND:
        said = _("%(column)s read in 10,000 yuan%(source)s", column=name, source=_source(one.get("source")))
    else:
        said = _("%(column)s read in yuan%(source)s", column=name, source=_source(one.get("source")))
    yuan, tens = _amount(total), _in_ten_thousands(total)
    if one["unit"] == TEN_THOUSAND:
        return _("%(said)s: %(tens)s × 10,000 yuan in all (%(yuan)s yuan)", said=said, tens=tens, yuan=yuan)
    if total < 10_000:
        return _("%(said)s: %(yuan)s yuan in all", said=said, yuan=yuan)
    return _("%(said)s: %(yuan)s yuan in all (%(tens)s × 10,000 yuan)", said=said, tens=tens, yuan=yuan)


def _amount(yuan: Decimal) -> str:
    """1,250,000 or 500.50."""
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def _in_ten_thousands(yuan: Decimal) -> str:
    """12.50, with as many decimals as it has."""
    amount = yuan / 10_000
    return f"{amount:,.{max(2, -int(amount.normalize().as_tuple().exponent))}f}"


def _source(told: str | None) -> str:
    """Where the unit stands; nothing where that is not known."""
    sources = {
        "cell": _(" (as the cells say)"),
        "format": _(" (as the cells show)"),
        "heading": _(" (as the heading says)"),
        "upper_heading": _(" (as the upper heading says)"),
        "above": _(" (as it says above the table)"),
    }
    return sources.get(told or "", "")


def _grouped(left_out: Sequence[LeftOut]) -> list[list[LeftOut]]:
    """The same kind on the same sheet together, whole sheets of a kind together; what matters most first."""
    groups: dict[tuple[str, str | None], list[LeftOut]] = {}
    for one in left_out:
        groups.setdefault((one["why"], None if _is_sheet(one) else one["sheet"]), []).append(one)
    return sorted(groups.values(), key=lambda group: _ORDER.index(group[0]["why"]))


def _as_it_stands(group: Sequence[LeftOut]) -> tuple[bool, str, int]:
    """Sheet by sheet from above, then columns, then whole sheets."""
    first = group[0]
    row = int(str(first["rows"]).partition("-")[0]) if first["rows"] is not None else _BELOW_ALL
    return _is_sheet(first), first["sheet"], row


def _is_sheet(one: LeftOut) -> bool:
    return one["rows"] is None and one["column"] is None


def _group(group: Sequence[LeftOut], spoken_of: str | None, most: int | None) -> str:
    """Places of one kind and what they are: 第12–14行为签名; of the sheet that is spoken of, without its name."""
    shown, first = group[:most], group[0]
    places = _(", ").join(_place_of(one) for one in shown)
    if first["rows"] is not None:
        places = _("rows %(rows)s", rows=places)
    elif first["column"] is not None:
        places = _("column %(letters)s", letters=places)
    else:
        places = _("sheet %(names)s", names=places)
    if len(group) > len(shown):
        places = _("%(places)s and others, %(n)s places", places=places, n=f"{len(group):,}")
    if not _is_sheet(first) and first["sheet"] != spoken_of:
        places = _("of sheet “%(sheet)s” %(places)s", sheet=first["sheet"], places=places)
    return _meant(first["why"], places)


def _place_of(one: LeftOut) -> str:
    if one["rows"] is not None:
        return str(one["rows"]).replace("-", "–")
    return str(one["column"]) if one["column"] is not None else _("“%(name)s”", name=one["sheet"])


def _meant(why: str, places: str) -> str:
    """What the places are."""
    said = {
        "title": _("%(places)s: title", places=places),
        "note": _("%(places)s: a note", places=places),
        "signature": _("%(places)s: signatures", places=places),
        "total": _("%(places)s: a sum (only compared)", places=places),
        "header_again": _("%(places)s: the header again", places=places),
        "column_numbers": _("%(places)s: numbers of the columns", places=places),
        "section": _("%(places)s: a heading of a group", places=places),
        "example": _("%(places)s: an example", places=places),
        "prefilled": _("%(places)s: only what was filled in beforehand", places=places),
        "declared_zero": _("%(places)s: says that there is nothing", places=places),
        "stray": _("%(places)s: stray characters", places=places),
        "unknown_column": _("%(places)s: no column of this table", places=places),
        "serial": _("%(places)s: serial numbers", places=places),
        "unrelated_sheet": _("%(places)s: has nothing to do with this table", places=places),
        "hidden_sheet": _("%(places)s: hidden", places=places),
        "own_sheet": _("%(places)s: made by the system, not to be read", places=places),
        "hidden_rows": _("%(places)s: hidden, taken out as you chose", places=places),
    }
    return said[why]


def _rows_read(rows: int | None) -> str:
    return _("%(n)s rows read", n=f"{rows:,}") if rows else _("no rows of data")


def _part(name: str) -> str:
    """What rows or cells of the equation were taken for."""
    return _(_PARTS[name]) if name in _PARTS else _("other")


def _place(name: str) -> int:
    return _RANK.get(name, len(_RANK))


_PARTS = {
    "read": N_("read"),
    "refused": N_("sent back"),
    "headings": N_("headings"),
    "header_again": N_("headings"),
    "column_numbers": N_("headings"),
    "title": N_("title and labels"),
    "total": N_("sums"),
    "note": N_("notes"),
    "signature": N_("signatures"),
    "section": N_("group headings"),
    "example": N_("examples"),
    "prefilled": N_("filled in beforehand"),
    "declared_zero": N_("declared zero"),
    "serial": N_("serial numbers"),
    "unknown_column": N_("other columns"),
    "stray": N_("stray characters"),
    "hidden_rows": N_("hidden rows"),
    "hidden_sheet": N_("hidden sheets"),
    "unrelated_sheet": N_("other sheets"),
    "own_sheet": N_("sheets of the system"),
}
"""Names of the parts in the order in which they are said."""
_RANK = {name: place for place, name in enumerate(_PARTS)}
