"""Two writings of the same figures compared, place by place: a publication with the live ones, a document with what was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

ABSENT = "—"
"""What stands for a figure that one of the two does not have."""
_NOT_FIGURES = frozenset({"as_of", "known_by", "published", "sha256", "publication", "scheme", "name"})
_OF_CHANCE = frozenset({"rank_interval", "chance", "weights", "intervals", "told_apart", "reliability"})
"""They follow from the figures, and a better way of drawing them overtakes nothing."""
_AS_KEPT = Context(prec=15, rounding=ROUND_HALF_UP, traps=[])
"""How spreadsheets keep a number: some round what is written, some what is stored of it."""
Places = Mapping[str, Any]


def places(content: Any, at: str = "") -> dict[str, Any]:
    """Every value of a JSON document by its place, such as ``groups[0].rows[3].score``; what is empty stands as such."""
    return each_kept(_places(content, at))


def each_kept(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The value of each name. Of a name that comes again the last value stands, as readers of JSON have it, and those before
    it beside it as ``score#1``, ``score#2``: a figure that a person reads there is one that the document has.
    """
    every = list(pairs)
    kept = dict(every)
    if len(kept) == len(every):
        return kept
    kept, before = {}, Counter[str]()
    for name, value in every:
        if name in kept:
            before[name] += 1
            kept[f"{name}#{before[name]}"] = kept[name]
        kept[name] = value
    return kept


def _places(content: Any, at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(content, Mapping) and content:
        for key, value in content.items():
            yield from _places(value, f"{at}.{key}" if at else str(key))
    elif isinstance(content, list | tuple) and content:
        for number, value in enumerate(content):
            yield from _places(value, f"{at}[{number}]")
    else:
        yield at, content


def figures(report: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a printed report by their place, each unit's by its code: what a publication is overtaken by."""
    return places(_of_figures(report))


def _of_figures(content: Any) -> Any:
    if isinstance(content, Mapping):
        kept = {key: value for key, value in content.items() if key not in _NOT_FIGURES | _OF_CHANCE}
        return {key: _of_figures(_that_count(value) if key == "flags" else value) for key, value in kept.items()}
    if isinstance(content, list):
        named = [_name(one) for one in content]
        if named and None not in named and len(set(named)) == len(named):
            return {str(name): _of_figures(one) for name, one in zip(named, content, strict=True)}
        return [_of_figures(one) for one in content]
    return content


def _that_count(flags: Sequence[str]) -> list[str]:
    """Without what only says that something was sent and refused: else anybody who sends rubbish would overtake a publication."""
    return [flag for flag in flags if flag != "refused"]


def _name(one: Any) -> Any:
    """By what a part of a list is known again wherever it stands."""
    if not isinstance(one, Mapping):
        return None
    return next(
        (one[key] for key in ("group", "number", "unit", "sector", "enterprise", "indicator") if key in one), None
    )


def moved(published: Places, other: Places) -> dict[str, tuple[Any, Any]]:
    """Where two differ: (as published, as it stands in the other). Of places that the published one lacks nothing is said
    where it was made before such figures were printed: that is none of its own.
    """
    known = {_shape(place) for place in published}
    gone = {place: (value, ABSENT) for place, value in published.items() if place not in other}
    changed = {
        place: (value, other[place])
        for place, value in published.items()
        if place in other and not same(value, other[place])
    }
    new = {
        place: (ABSENT, value)
        for place, value in other.items()
        if place not in published and value is not None and _shape(place) in known
    }
    return {**changed, **gone, **new}


def _shape(place: str) -> str:
    """The kind of figure: the last word of its place."""
    return place.rpartition(".")[2].partition("[")[0]


def differing(published: Places, other: Places) -> dict[str, tuple[Any, Any]]:
    """Every place at which a document differs from what was published, in the order of the publication."""
    every = dict.fromkeys([*published, *other])
    pairs = {place: (published.get(place, ABSENT), other.get(place, ABSENT)) for place in every}
    return {place: pair for place, pair in pairs.items() if (place in published) != (place in other) or not same(*pair)}


def same(published: Any, found: Any) -> bool:
    """Whether a value is the figure that was published: to the last digit, or to the fifteen that spreadsheets keep of it."""
    if isinstance(published, bool) or isinstance(found, bool) or not _both_numbers(published, found):
        return bool(published == found) and isinstance(published, bool) == isinstance(found, bool)
    return _same_number(str(published), str(found))


def same_text(published: str, found: str) -> bool:
    """The same of two cells of a spreadsheet as they are written."""
    return published.strip().casefold() == found.strip().casefold() or _same_number(published, found)


def same_in_a_cell(published: float, found: Any) -> bool:
    """Whether a cell of a workbook holds a number as the fifteen digits that cells keep; also where it became a text."""
    try:
        return not _reads_apart(found) and as_in_a_cell(published) == as_in_a_cell(float(found))
    except (ValueError, TypeError):
        return False


def as_in_a_cell(number: float) -> float:
    """A number as cells of workbooks keep it: what lies beyond fifteen digits each program writes its own way."""
    return float(f"{number:.14e}")


def _same_number(published: str, found: str) -> bool:
    try:
        own, other = Decimal(published), Decimal(found)
        return not _reads_apart(found) and other in (own, _AS_KEPT.create_decimal(own), Decimal(f"{float(own):.14e}"))
    except (ArithmeticError, ValueError):
        return False


def _reads_apart(found: Any) -> bool:
    """Whether a text is a number to this program and to nobody who reads it."""
    return isinstance(found, str) and "_" in found


def _both_numbers(one: Any, other: Any) -> bool:
    return isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal)
