"""Numbers as cells hold them: counts, marks, and what amounts of money and sums have in common with them (CONTRACT section 1).

A number is taken where everybody reads the same: blanks, line breaks and marks within it, and a format that shows another
scale than what is stored, are a problem and never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, NamedTuple

from data.zone.normal import has_marks, plain
from etl.reading.numerals import counted, spelled, without_one_ten
from etl.reading.sheets import Shown
from etl.table.cells import Wrong, digits, is_empty, is_long

_LARGEST_COUNT = 1_000_000
LARGEST_SUM = Decimal(10) ** 22 - 1
"""What ``Numeric(24, 2)`` holds: more than any number of rows adds up to."""
_LARGEST_MARK = Decimal(1000)
_MILLIONTH = Decimal("0.000001")
_NUMBER = r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)"
_COUNT = re.compile(rf"{_NUMBER}(?P<unit>万)?(?:家次|家|项|处|起|人次|人|个|条|件|次|例|名|份|宗|户|间|台)?")
_MARK = re.compile(rf"{_NUMBER}(?P<unit>分)?")
_QUANTITY = re.compile(
    rf"{_NUMBER}(?P<unit>万元|元|万|公里|千米|km)?"
    r"(?:家次|家|项|处|起|人次|人|个|条|件|次|例|名|份|宗|户|间|台|辆|轮|座|方面|场|套|支|类|种|批|期|部|册)?",
    re.IGNORECASE,
)
_DIGITS_APART = re.compile(r"[\d.,]\s+[\d.,]")
_MARKED = re.compile(r"[\d.,]+\s*(?:[^\w\s.,%/\-—~]+|\(.*\))")
"""A number with a mark behind it, such as ``3*`` or ``3（注）``; a share or a range says what it is."""
_KEPT = Context(prec=15)
"""As many digits as a spreadsheet keeps: what lies behind them in a CSV or web page is how computers keep fractions."""
_LARGE_NUMERALS = re.compile("[万亿]")
_ONE: Mapping[str | None, Decimal] = MappingProxyType({None: Decimal(1)})
_UNITS_OF_COUNTS: Mapping[str | None, Decimal] = MappingProxyType({None: Decimal(1), "万": Decimal(10_000)})
_UNITS_OF_QUANTITIES: Mapping[str, Mapping[str | None, Decimal]] = MappingProxyType(
    {
        "万元": {None: Decimal(1), "万元": Decimal(1), "万": Decimal(1), "元": Decimal("0.0001")},
        "公里": {None: Decimal(1), "公里": Decimal(1), "千米": Decimal(1), "km": Decimal(1)},
    }
)
"""What a thing is measured in → what the units are worth in which it may be written; whatever is counted is written as counts are."""
_UNITS_OF_MARKS: Mapping[str | None, Decimal] = MappingProxyType({None: Decimal(1), "分": Decimal(1)})


class Figure(NamedTuple):
    """A number as written, and what it is multiplied with: by the unit behind it, or None where it has none."""

    number: Decimal
    unit: str | None
    from_format: bool = False


class Form(NamedTuple):
    """How numbers of a sort are written, which sentence says that one is none, and what may not stand ``apart`` in them."""

    pattern: re.Pattern[str]
    reason: str = ""
    apart: re.Pattern[str] = _DIGITS_APART


COUNTS = Form(_COUNT)
MARKS = Form(_MARK, "mark")
QUANTITIES = Form(_QUANTITY)


def count(cell: Any) -> int | None:
    """A whole number from 0 to 1,000,000, with or without a measure word; Wrong('bad_number') otherwise."""
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell <= _LARGEST_COUNT:
        return int(cell)
    return _whole_number(cell, _LARGEST_COUNT)


def sum_of_counts(cell: Any) -> int | None:
    """A sum of counts: whole and not negative, but of any size."""
    return _whole_number(cell, LARGEST_SUM)


def _whole_number(cell: Any, largest: Decimal | int) -> int | None:
    figure = read(cell, COUNTS, rounded=False)
    if figure is None:
        return None
    number = figure.number * _UNITS_OF_COUNTS[figure.unit]
    not_negative(number)
    if number != int(number):
        raise Wrong("bad_number", reason="not_whole" if isinstance(cell, str) else "stored_fraction")
    return int(at_most(number, largest))


def mark(cell: Any) -> Decimal | None:
    """A mark or points: not negative, with six decimals at most; 分 behind it is a measure word."""
    figure = read(cell, MARKS)
    if figure is None:
        return None
    if figure.number < 0 or figure.number > _LARGEST_MARK:
        raise Wrong("bad_number", reason="mark")
    return figure.number.quantize(_MILLIONTH, ROUND_HALF_UP)


def quantity(cell: Any) -> Figure | None:
    """A number of whatever its row speaks of, which says how it is measured (``measured``); never below nothing."""
    figure = read(cell, QUANTITIES)
    if figure is not None:
        not_negative(figure.number)
    return figure


def measured(figure: Figure, measure: str, *, whole: bool) -> Decimal:
    """A quantity in what it is measured in (项, 万元, 公里), with six decimals at most, up to a million.

    Wrong('bad_number') where the unit behind it is another one, or where it must be ``whole`` and is not.
    """
    unit = figure.unit.lower() if figure.unit is not None else None
    worth = _UNITS_OF_QUANTITIES.get(measure, _UNITS_OF_COUNTS).get(unit)
    if worth is None:
        raise Wrong("bad_number")
    number = at_most(figure.number * worth, _LARGEST_COUNT)
    if whole and number != int(number):
        raise Wrong("bad_number", reason="not_whole")
    return number.quantize(_MILLIONTH, ROUND_HALF_UP)


def total(cell: Any) -> Decimal | None:
    """A figure of counts or marks in a row of sums, of any size."""
    try:
        figure = read(cell, COUNTS)
    except Wrong:
        figure = read(cell, MARKS)
    return None if figure is None else figure.number * _UNITS_OF_COUNTS.get(figure.unit, Decimal(1))


def not_negative(number: Decimal) -> None:
    """Wrong('bad_number') for what is below nothing."""
    if number < 0:
        raise Wrong("bad_number", reason="negative")


def at_most(number: Decimal, largest: Decimal | int) -> Decimal:
    """The number; Wrong('bad_number') where it is larger than anything that is reported."""
    if number > largest:
        raise Wrong("bad_number", reason="beyond", limit=f"{largest:,}")
    return number


def read(cell: Any, form: Form, *, units: Mapping[str | None, Decimal] = _ONE, rounded: bool = True) -> Figure | None:
    """The number in a cell, and the unit that stands behind it there; None for an empty one.

    ``rounded``: whether its format may leave decimals away. ``units`` are those by which a format may show in words what
    is stored in ones (2.0万元 for 20000).
    """
    if isinstance(cell, Shown):
        return _shown(cell, form, units, rounded)
    if is_empty(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | float | int) or is_long(cell):
        raise _no_number(form)
    if not isinstance(cell, str):
        return Figure(exact(digits(cell) if isinstance(cell, float) else str(cell)), None)
    return _written(cell, form)


def _written(text: str, form: Form) -> Figure:
    match = form.pattern.fullmatch(text) or _written_otherwise(text, form)
    number = match["number"].replace(",", "")
    found = exact(number)
    return Figure(found if len(number) <= _KEPT.prec or "." not in number else _KEPT.plus(found), match["unit"])


def _written_otherwise(text: str, form: Form) -> re.Match[str]:
    """In full width, with blanks around what belongs together; Wrong for what is apart or no number at all."""
    written = plain(text)
    if has_marks(text) or form.apart.search(written):
        raise Wrong("bad_number", reason="within")
    match = form.pattern.fullmatch("".join(written.split()))
    if match is None:
        if _MARKED.fullmatch(written):
            raise Wrong("bad_number", reason="within")
        raise _no_number(form)
    return match


def _no_number(form: Form) -> Wrong:
    return Wrong("bad_number", reason=form.reason) if form.reason else Wrong("bad_number")


def _shown(cell: Shown, form: Form, units: Mapping[str | None, Decimal], rounded: bool) -> Figure | None:
    """What is shown, where that is what is stored but for its unit and decimals that are left away."""
    stored = exact(digits(float(cell.stored)))
    if is_empty(cell.text):
        if stored:
            raise _differing(cell)
        return Figure(stored, None)
    try:
        shown = _written(_in_digits(cell.text, stored), form)
    except Wrong:
        raise _differing(cell) from None
    within = Decimal(1).scaleb(int(shown.number.as_tuple().exponent)) / 2 if rounded else Decimal(0)
    if abs(stored - shown.number) <= within:
        return Figure(stored, shown.unit, from_format=shown.unit is not None)
    factor = units.get(shown.unit, Decimal(1))
    if abs(stored - shown.number * factor) <= within * factor:
        return Figure(stored / factor, shown.unit, from_format=True)
    raise _differing(cell)


def _in_digits(text: str, stored: Decimal) -> str:
    """What is shown, with the numerals that its format made of the number's digits as digits again: 贰项, 贰万元整.

    万 in the numerals is the number's own, and a unit only where 元 stands behind it: 贰万 may be either.
    """
    if text.isascii() or stored < 0:
        return text
    written = "".join(plain(text).split())
    number = f"{stored:f}"
    for kind in (1, 2):
        whole = counted(number, kind)
        for numerals in (whole, without_one_ten(whole), spelled(number, kind)):
            rest = written.removeprefix(numerals)
            if rest != written and (rest.startswith("元") or not _LARGE_NUMERALS.search(numerals)):
                return number + rest
    return text


def _differing(cell: Shown) -> Wrong:
    return Wrong("bad_number", reason="shown", shown=cell.text.strip(), stored=digits(float(cell.stored)))


def exact(written: str) -> Decimal:
    """The decimal number; Wrong('bad_number') for what none is or no column holds."""
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise Wrong("bad_number") from None
    if not number.is_finite():
        raise Wrong("bad_number")
    if abs(number) > LARGEST_SUM:
        raise Wrong("bad_number", reason="beyond", limit=f"{LARGEST_SUM:,}")
    return number
