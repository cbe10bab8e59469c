"""Whole columns of cells → dates, numbers, choices, and the problems among them.

Ledgers repeat themselves (31 days, a dozen sectors), so every writing is understood once and remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from operator import mul
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from data.harmless import as_typed
from data.normal import compact, plain
from data.periods import Month
from etl.reading.sheets import SheetColumn

T = TypeVar("T")

EMPTY = frozenset({"", "无", "/", "—", "——", "-", "--", "―", "–", "\\"})
_LONGEST_EMPTY = max(map(len, EMPTY))
"""Of what is longer without its blanks none becomes one of these: NFKC makes none of their characters out of several."""
LONGEST_DOCUMENT = 200
LONGEST_NAME = 1_000
LONGEST_TEXT = 5_000
"""Characters of what names something (an enterprise, a measure) and of what is only told, after NFKC, which makes eighteen of some."""
_MOST_OF_ONE = 18
LONGEST_UNDERSTOOD = 1_000
"""Of what is longer nothing is a day, a number or a choice, whatever blanks stand around it: it is not looked at any closer."""
_LARGEST_COUNT = 1_000_000
_LARGEST_MONEY = Decimal(10) ** 10
LARGEST_SUM = Decimal(10) ** 22 - 1
"""What ``Numeric(24, 2)`` holds: more than any number of rows adds up to."""
_CENT = Decimal("0.01")
_LARGEST_MARK = Decimal(1000)
_MILLIONTH = Decimal("0.000001")
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(29_221, 73_416)
"""Days of 1980 to 2100 as Excel counts them: what is left of a date whose format nobody knows (WPS leaves such)."""
_POINTS = re.compile(r"\s*分$")
_MONTH = re.compile(r"(?:(?P<y>(?:19|20)\d\d)[-/.年])?(?P<m>\d{1,2})月?份?")
_TIME = r"(?:[T上下午\s]*\d{1,2}[:：时点]\d{0,2}(?:[:：分]\d{0,2})?秒?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?|上午|下午)?"
_AROUND_MARKS = re.compile(r"\s*([-/.年月日])\s*")
_DAY_FORMS = (
    re.compile(rf"(?P<y>\d{{4}}|\d{{2}})(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}}){_TIME}"),
    re.compile(rf"(?P<y>\d{{4}}|\d{{2}})年(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?{_TIME}"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(rf"(?P<y>)(?P<m>\d{{1,2}})月(?P<d>\d{{1,2}})[日号]?{_TIME}"),
)
_NUMBER = re.compile(
    r"[¥￥]?(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(?P<unit>万元|万|元|人民币元)?整?"
)
_CURRENCY = "¥￥"
_MEASURE = re.compile(r"(?:家次|家|项|处|起|人次|人|个|条|件|次|例|名|份|宗|户|间|台)$")
_YES = frozenset({"是", "√", "✓", "✔", "有", "Y", "YES", "1", "TRUE", "☑", "对"})
_NO = frozenset({"否", "×", "✗", "✘", "X", "无", "N", "NO", "0", "FALSE", "☐", "没有"})
ERROR_VALUES = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)


@dataclass(slots=True)
class Checked(Generic[T]):
    """A column after checking: values (None where empty or wrong), and (index, code, parameters) of what is wrong."""

    values: list[T | None]
    problems: list[tuple[int, str, dict[str, str | int]]] = field(default_factory=list)


class Refusal(NamedTuple):
    """Why a cell is wrong: the problem's code, and what its sentence needs to know."""

    code: str
    parameters: dict[str, str | int]


class Wrong(Exception):
    """A cell's writing cannot be understood; raised and caught within this module."""

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day written without its year."""

    month: int
    day: int

    def in_year(self, year: int) -> date | None:
        """The day in that year; None for 29 February of an ordinary year."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def check_column(column: SheetColumn, understand: Callable[[Any], T | None]) -> Checked[T]:
    """Understand every cell of a column; each writing once. An error value (``#REF!``) is a formula_error everywhere.

    Of what is wrong no more is kept than why: an exception holds on to everything that its raising saw.
    """
    understood: list[Any] = [None] * len(column.cells)
    refusals: dict[tuple[Any, ...], Refusal] = {}
    wrong = False
    for code in set(column.codes):
        cell = column.cells[code]
        try:
            understood[code] = understand(cell)
        except Wrong as refused:
            why = refused.code, tuple(refused.parameters.items())
            understood[code] = refusals.setdefault(why, Refusal(refused.code, refused.parameters))
            wrong = True
    if not ERROR_VALUES.isdisjoint(column.cells):
        wrong = True
        for code, cell in enumerate(column.cells):
            if cell in ERROR_VALUES:
                understood[code] = Refusal("formula_error", {})
    values: list[Any] = list(map(understood.__getitem__, column.codes))
    if not wrong:
        return Checked(values)
    problems = []
    for index, found in enumerate(values):
        if found.__class__ is Refusal:
            problems.append((index, found.code, found.parameters))
            values[index] = None
    return Checked(values, problems)


def is_empty(cell: Any) -> bool:
    """Whether a cell says nothing: blank, 无, /, — and the like."""
    if isinstance(cell, str):
        return cell == "" or (len(cell.strip()) <= _LONGEST_EMPTY and plain(cell) in EMPTY)
    return cell is None


def _is_long(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) > LONGEST_UNDERSTOOD


def text(cell: Any) -> str | None:
    """A text as written, without blanks around it; a whole number without its ``.0``.

    The apostrophe before what looks like a formula is ours (``data.harmless``): our template comes back with it.
    """
    if isinstance(cell, str):
        written = cell.strip()
        if len(written) <= _LONGEST_EMPTY and is_empty(cell):
            return None
        written = cell.replace("\0", "").strip() if "\0" in cell else written
        return as_typed(written) if written.startswith("'") else written
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return str(cell)


def text_up_to(longest: int) -> Callable[[Any], str | None]:
    """A text as written; Wrong('bad_choice') where it is longer than this in ordinary characters."""
    surely_short = longest // _MOST_OF_ONE

    def understand(cell: Any) -> str | None:
        written = text(cell)
        if written is not None and len(written) > surely_short and len(plain(written[: longest + 1])) > longest:
            raise Wrong("bad_choice", longest=longest)
        return written

    return understand


def document(cell: Any) -> str | None:
    """The number of a document or accident, as written; Wrong('bad_choice') where no number is that long."""
    written = text(cell)
    if written is not None and len(written) > LONGEST_DOCUMENT:
        raise Wrong("bad_choice", longest=LONGEST_DOCUMENT)
    return written or None


def day(cell: Any) -> date | PartialDay | None:
    """A date in any of the writings of CONTRACT; Wrong('bad_date') otherwise."""
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    if is_empty(cell):
        return None
    if _is_long(cell):
        raise Wrong("bad_date")
    written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else plain(str(cell))
    if isinstance(cell, float | int) and _SERIALS.start <= cell < _SERIALS.stop:
        return _DAY_ZERO + timedelta(days=int(cell))
    written = _AROUND_MARKS.sub(r"\1", written)
    for form in _DAY_FORMS:
        match = form.fullmatch(written)
        if match:
            return _day(match["y"], int(match["m"]), int(match["d"]))
    raise Wrong("bad_date")


def _day(year: str, month: int, day_of_month: int) -> date | PartialDay:
    try:
        if not year:
            date(2000, month, day_of_month)
            return PartialDay(month, day_of_month)
        return _plausible(date(int(year) if len(year) == 4 else 2000 + int(year), month, day_of_month))
    except ValueError:
        raise Wrong("bad_date") from None


def _plausible(found: date) -> date:
    if not 1980 <= found.year <= 2100:
        raise Wrong("bad_date")
    return found


def with_years(
    checked: Checked[date | PartialDay], first: date, last: date, not_before: Sequence[date | None] | None = None
) -> Checked[date]:
    """Give days without a year the year in which they lie in the period (``first`` to ``last``), else that of its end.

    Where they would lie before ``not_before`` they are of the next year.
    """
    if PartialDay not in set(map(type, checked.values)):
        return checked  # type: ignore[return-value]  # there is no PartialDay among the values
    result: Checked[date] = Checked([], list(checked.problems))
    for index, found in enumerate(checked.values):
        if isinstance(found, PartialDay):
            whole = _in_its_year(found, first, last, not_before[index] if not_before is not None else None)
            if whole is None:
                result.problems.append((index, "bad_date", {}))
            result.values.append(whole)
        else:
            result.values.append(found)
    return result


def _in_its_year(found: PartialDay, first: date, last: date, earliest: date | None) -> date | None:
    """A period that begins on 26 December has days of two years."""
    years = range(first.year, last.year + 1)
    if earliest is None:
        within = (day for year in years if (day := found.in_year(year)) is not None and first <= day <= last)
        return next(within, found.in_year(last.year))
    later = (day for year in (*years, last.year + 1) if (day := found.in_year(year)) is not None and day >= earliest)
    return next(later, found.in_year(last.year + 1))


def count(cell: Any) -> int | None:
    """A whole number from 0 to 1,000,000, with or without a measure word; Wrong('bad_number') otherwise."""
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell <= _LARGEST_COUNT:
        return int(cell)
    return _whole_number(cell, _LARGEST_COUNT)


def sum_of_counts(cell: Any) -> int | None:
    """A sum of counts: whole and not negative, but of any size."""
    return _whole_number(cell, LARGEST_SUM)


def _whole_number(cell: Any, largest: Decimal | int) -> int | None:
    number = _number(cell, measure_words=True)
    if number is None:
        return None
    if number < 0 or number != int(number):
        raise Wrong("bad_number")
    return int(_at_most(number, largest))


def money(in_ten_thousands: bool, largest: Decimal = _LARGEST_MONEY) -> Callable[[Any], Decimal | None]:
    """Yuan, exact, two places, at most 10,000,000,000; a unit in the cell wins over the header's."""
    default = Decimal(10_000) if in_ten_thousands else Decimal(1)

    def understand(cell: Any) -> Decimal | None:
        amount = _number(cell, money=True, default_factor=default)
        if amount is None:
            return None
        if amount < 0:
            raise Wrong("bad_number")
        return _at_most(amount, largest).quantize(_CENT, ROUND_HALF_UP)

    return understand


def sum_of_money(in_ten_thousands: bool) -> Callable[[Any], Decimal | None]:
    """A sum of amounts: as an amount, but of any size."""
    return money(in_ten_thousands, LARGEST_SUM)


def _at_most(number: Decimal, largest: Decimal | int) -> Decimal:
    if number > largest:
        raise Wrong("bad_number", reason="beyond", limit=f"{largest:,}")
    return number


def mark(cell: Any) -> Decimal | None:
    """A mark or points: not negative, with six decimals at most; 分 behind it is a measure word."""
    written = _POINTS.sub("", plain(cell)) if isinstance(cell, str) and not _is_long(cell) else cell
    number = _number(written)
    if number is None:
        return None
    if number < 0 or number > _LARGEST_MARK:
        raise Wrong("bad_number")
    return number.quantize(_MILLIONTH, ROUND_HALF_UP)


def month(year: int) -> Callable[[Any], Month | None]:
    """A month of a table of the year: ``5``, ``5月``, ``2021-05``, ``2021年5月`` or a date; Wrong('bad_date') otherwise."""

    def understand(cell: Any) -> Month | None:
        if isinstance(cell, date):
            return Month.of(_plausible(cell.date() if isinstance(cell, datetime) else cell))
        if is_empty(cell):
            return None
        if _is_long(cell):
            raise Wrong("bad_date")
        written = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else compact(str(cell))
        match = _MONTH.fullmatch(written)
        if match is None or not 1 <= int(match["m"]) <= 12:
            raise Wrong("bad_date")
        return Month(int(match["y"] or year), int(match["m"]))

    return understand


def total(in_ten_thousands: bool | None) -> Callable[[Any], Decimal | None]:
    """A figure in a row of sums, of any size: of money (``in_ten_thousands`` is the header's unit), else of a count or marks."""

    def understand(cell: Any) -> Decimal | None:
        if in_ten_thousands is not None:
            return _number(cell, money=True, default_factor=Decimal(10_000 if in_ten_thousands else 1))
        plainly = isinstance(cell, str) and not _is_long(cell)
        return _number(_POINTS.sub("", plain(cell)) if plainly else cell, measure_words=True)

    return understand


def _number(
    cell: Any, *, measure_words: bool = False, money: bool = False, default_factor: Decimal = Decimal(1)
) -> Decimal | None:
    if is_empty(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | float | int) or _is_long(cell):
        raise Wrong("bad_number")
    if not isinstance(cell, str):
        return _exact(str(cell)) * default_factor
    written = "".join(plain(cell).split())
    if measure_words:
        written = _MEASURE.sub("", written)
    match = _NUMBER.fullmatch(written)
    if match is None or not (money or (written[0] not in _CURRENCY and match["unit"] in {None, "万"})):
        raise Wrong("bad_number")
    factors = {
        None: default_factor,
        "元": Decimal(1),
        "人民币元": Decimal(1),
        "万": Decimal(10_000),
        "万元": Decimal(10_000),
    }
    return _exact(match["number"].replace(",", "")) * factors[match["unit"]]


def _exact(written: str) -> Decimal:
    try:
        number = Decimal(written)
    except InvalidOperation:
        raise Wrong("bad_number") from None
    if not number.is_finite():
        raise Wrong("bad_number")
    if abs(number) > LARGEST_SUM:
        raise Wrong("bad_number", reason="beyond", limit=f"{LARGEST_SUM:,}")
    return number


def flag(cell: Any) -> bool | None:
    """是 or 否 in any of their writings (无 is 否 here); an empty cell is None."""
    if isinstance(cell, bool):
        return cell
    if _is_long(cell):
        raise Wrong("bad_choice", choices="是、否")
    written = plain(cell).upper() if isinstance(cell, str) else text(cell) or ""
    if written in _YES:
        return True
    if written in _NO:
        return False
    if written in EMPTY:
        return None
    raise Wrong("bad_choice", choices="是、否")


def choice(
    choices: Iterable[str], other_words: Mapping[str, str] = MappingProxyType({})
) -> Callable[[Any], str | None]:
    """One of a few words, or another word for one, written exactly but for width and blanks."""
    listed = tuple(choices)
    known = {compact(one): one for one in listed} | {compact(word): one for word, one in other_words.items()}

    def understand(cell: Any) -> str | None:
        if is_empty(cell):
            return None
        found = None if _is_long(cell) else known.get(compact(str(cell)))
        if found is None:
            raise Wrong("bad_choice", choices="、".join(listed))
        return found

    return understand


def named(names: Mapping[str, str], titles: Iterable[str]) -> Callable[[Any], str | None]:
    """A code looked up by any of its names (sectors, units)."""
    listed = "、".join(titles)

    def understand(cell: Any) -> str | None:
        if is_empty(cell):
            return None
        written = "" if _is_long(cell) else compact(str(cell))
        found = names.get(written) or names.get(written.lower())
        if found is None:
            raise Wrong("bad_choice", choices=listed)
        return found

    return understand


_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_VALUES = {character: value for value, character in enumerate(_CODE_CHARACTERS)}
_CODE_WEIGHTS = [pow(3, place, 31) for place in range(17)]
_CODE = re.compile(rf"[{_CODE_CHARACTERS}]{{18}}")


def credit_code(cell: Any) -> str | None:
    """A unified social credit code of 18 characters (GB 32100-2015); the check digit is not judged here."""
    if isinstance(cell, str) and _CODE.fullmatch(cell):
        code = cell
    elif is_empty(cell):
        return None
    else:
        code = _code_written_otherwise(cell)
    if code.isdigit() and code.endswith("000") and not check_digit_holds(code):
        raise Wrong("bad_credit_code", reason="number")
    return code


def _code_written_otherwise(cell: Any) -> str:
    if not isinstance(cell, str):
        raise Wrong("bad_credit_code", reason="number")
    if _is_long(cell):
        raise Wrong("bad_credit_code", reason="length", length=len(cell))
    code = "".join(plain(cell).split()).upper()
    if not _CODE.fullmatch(code):
        if re.fullmatch(r"[\d.]+E\+?\d+", code):
            raise Wrong("bad_credit_code", reason="number")
        if len(code) != 18:
            raise Wrong("bad_credit_code", reason="length", length=len(code))
        raise Wrong(
            "bad_credit_code", reason="characters", characters="".join(sorted(set(code) - set(_CODE_CHARACTERS)))
        )
    return code


@lru_cache(maxsize=2**14)
def check_digit_holds(code: str) -> bool:
    """Whether the 18th character is the one that GB 32100-2015 computes from the others."""
    total: int = sum(map(mul, map(_CODE_VALUES.__getitem__, code), _CODE_WEIGHTS))
    return _CODE_VALUES[code[17]] == (31 - total % 31) % 31


_PEOPLE = re.compile(r"[、,;/\s]+")


def people(written: str) -> list[str]:
    """Names separated by 、 ， ； ; / or blanks; of a text that is no list of a party but a whole page, those at its beginning."""
    return [name for name in _PEOPLE.split(plain(written[:LONGEST_UNDERSTOOD])) if name]
