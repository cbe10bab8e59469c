"""What stands above a table of its unit and period: labelled cells, and the title (CONTRACT section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from data.zone.normal import compact
from data.zone.periods import Month, Period, Quarter, Year, months_of, parse_period
from data.zone.zone import Unit, Zone
from etl.reading.sheets import Sheet, Shown, letters
from etl.table.headings.header import HEADER_WITHIN, Found
from etl.table.headings.names import header_name, without_money

_UNIT_LABELS = ("填报单位", "报送单位", "上报单位", "填表单位", "编报单位", "单位名称", "单位")
_UNSURE_LABELS = ("单位名称", "单位")
_PERIOD_LABELS = (
    "填报月份", "填报季度", "填报年度", "报送月份", "统计月份", "所属月份", "填报期间", "统计期间", "报告期", "报送期间", "所属期间",
    "所属期", "填报期", "填报月", "月份", "季度", "年度",
)  # fmt: skip
_OTHER_LABELS = (
    "填报时间",
    "填报日期",
    "填表时间",
    "填表日期",
    "填表人",
    "填报人",
    "审核人",
    "联系电话",
    "联系人",
    "负责人",
    "制表人",
    "单位负责人",
)
_LABEL = re.compile(
    rf"({'|'.join(sorted((*_UNIT_LABELS, *_PERIOD_LABELS, *_OTHER_LABELS), key=len, reverse=True))})"
    r"(?:(?:及|和|、|/)(?:填报)?(?:月份|季度|年度|期间|时间))?(?:\([^()\d]{1,8}\))?(?:[::]|为(?=\d)|(?=(?:19|20)\d\d[年.\-/]))"
)
_MAY_BE_LABEL = re.compile(r":|为\d|(?:19|20)\d\d[年.\-/]")
_STAMP = re.compile(r"\((?:盖?公?章|加?盖章|签章)\)|[_＿]+")
_QUARTERS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4, "I": 1, "II": 2, "III": 3, "IV": 4,
}  # fmt: skip
_QUARTER = "(?P<quarter>[1-4一二三四]|IV|I{1,3})"
_WRITTEN_PERIODS = (
    re.compile(r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})月?(?:份)?"),
    re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])"),
    re.compile(rf"(?P<year>\d{{4}})(?:年|-)?(?=第|Q|.{{1,3}}季)第?Q?{_QUARTER}季?度?"),
    re.compile(r"(?P<year>\d{4})(?:年度?)?"),
)
_WITHIN_A_TEXT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年?(?:"
    r"(?:(?<=年)(?P<month>\d{1,2})月|[-/.](?P<dotted>\d{1,2})月?)(?![\d月日号\-/.])份?"
    r"|(?P<joined>(?<!年)(?:0[1-9]|1[0-2]))(?!\d)"
    rf"|第?{_QUARTER}季度?"
    r"|(?<=年)(?![\d第上下前])度?)"
)
_SEVERAL_MONTHS = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)年?)?"
    r"(?:(?<!\d)(?P<first>\d{1,2})月?[-—–~～至到]+(?P<last>\d{1,2})月|(?P<half>[上下])半年|前(?P<quarters>[1-3一二三])个?季度)"
)
_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]|\d{4}([-/.])\d{1,2}\1\d{1,2}|(?<!\d)(?:19|20)\d{6}(?!\d)")
_MONTH_ALONE = re.compile(r"(?<![\d年\-—至])(1[0-2]|[1-9])月(?![\d日])份?")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_CHINESE_MONTH = re.compile(r"(?<=年)(十[一二]?|[一二三四五六七八九])(?=月)")
_JANUARY_OR_OCTOBER = re.compile(r"(?:19|20)\d\d\.1")
_NO_TITLE = re.compile(r"[。，,;!?:]|(?:制|印|编|监制)$|^(?:附件|附表|注|说明)")
_OF_A_TABLE = re.compile("[表账册]|情况|统计|清单|数据|台帐")
_LONGEST_TITLE = 60
_FEWEST_OF_A_NAME = 3
_MOST_IN_A_TITLE_ROW = 3
_OWN_OFFICE = re.compile(
    r"(?:(?:人民)?政府|办事处)?(?:(?:安全生产|安全监管|安全|安监|应急管理|应急|平安建设|平安|安委会?|规划建设|规建|经济发展|经发|消防|综合|执法|党政|"
    r"监督管理|监管|管理|行政|生态环保|环保|与|和)*(?:办公室|办|站|所|科|股|中心|大队|支队|队|室))?"
)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
_ELSEWHERE = re.compile(r"[市区县省州]$")


@dataclass(frozen=True, slots=True)
class Place:
    """The cell in which something stands."""

    sheet: str
    cell: str


@dataclass(slots=True)
class Stated:
    """What one source says of a workbook; None where it says nothing. ``sure``: it can mean nothing else (单位：元 can).

    ``source``: ``choice``, ``meta``, ``label``, ``title``. ``month``: a title's month without its year; ``months``: the
    several months that it names.
    """

    source: str
    kind: str | None = None
    unit: str | None = None
    period: str | None = None
    sure: bool = True
    place: Place | None = None
    month: int | None = None
    months: Months | None = None


class Months(NamedTuple):
    """From which month to which one a title speaks of; without a year where it names none."""

    year: int | None
    first: int
    last: int

    @property
    def quarter(self) -> Quarter | None:
        """The quarter that these months are."""
        whole = self.year is not None and self.first % 3 == 1 and self.last == self.first + 2
        return Quarter(self.year, self.last // 3) if whole and self.year is not None else None

    def meet(self, period: Period) -> bool:
        """Whether one of a period's months is among them."""
        return any(
            self.first <= month.month <= self.last for month in months_of(period) if self.year in {None, month.year}
        )


class _Labelled(NamedTuple):
    label: str
    value: Any
    position: int
    alone: bool
    """Whether the value stands in a cell of its own, where a spreadsheet makes a number of it."""


def labels(sheets: Sequence[Sheet], found: Mapping[str, Found]) -> list[Stated]:
    """What the labelled cells above and in the headers say, and above no table at all where none was found."""
    tables = list(found.values())
    areas = [(one.sheet, one.header_top, one.header_bottom + 1) for one in tables]
    if not areas:
        areas = [(sheet, HEADER_WITHIN, HEADER_WITHIN) for sheet in sheets]
    stated: list[Stated] = []
    for sheet, above, stop in areas:
        for number, row in enumerate(sheet.rows(stop)):
            for one in _labelled(row, in_header=number >= above):
                place = Place(sheet.name, f"{letters(one.position)}{number + 1}")
                stated.extend(_stated(one, place))
    return stated


def titles(found: Mapping[str, Found], zone: Zone) -> list[Stated]:
    """What the titles above the tables say: the one unit that they name, and the one period."""
    return [
        one
        for table in found.values()
        for number, row in enumerate(table.sheet.rows(table.header_top))
        for written, place in _titles_in(table.sheet, number, row)
        for one in _title(written, zone, place)
    ]


def stated_within(sheet: Sheet, labelled: Iterable[int], titled: Iterable[int], zone: Zone) -> list[Stated]:
    """What rows (counted from 0) within a table say that stand there as they do above it: where a further page begins."""
    stated: list[Stated] = []
    for number in labelled:
        row = [column[number] for column in sheet.columns]
        for one in _labelled(row, in_header=False):
            stated.extend(_stated(one, Place(sheet.name, f"{letters(one.position)}{number + 1}")))
    for number in titled:
        row = [column[number] for column in sheet.columns]
        for written, place in _titles_in(sheet, number, row):
            if _OF_A_TABLE.search(written):
                stated.extend(_title(written, zone, place))
    return stated


def _titles_in(sheet: Sheet, number: int, row: Sequence[Any]) -> Iterator[tuple[str, Place]]:
    filled = [(position, cell) for position, cell in enumerate(row) if cell not in ("", None)]
    for position, cell in filled if len(filled) <= _MOST_IN_A_TITLE_ROW else ():
        written = _written(cell)
        if written and _is_title(written):
            yield written, Place(sheet.name, f"{letters(position)}{number + 1}")


def _is_title(written: str) -> bool:
    return (
        0 < len(written) <= _LONGEST_TITLE
        and not _NO_TITLE.search(written)
        and not (_MAY_BE_LABEL.search(written) and _LABEL.search(written))
    )


def _title(written: str, zone: Zone, place: Place) -> Iterator[Stated]:
    units = units_within(written, zone)
    if len(units) == 1:
        yield Stated("title", unit=units[0].name, place=place)
    period = period_within(written)
    months = {int(month) for month in _MONTH_ALONE.findall(_DAY.sub("", written))}
    if period is not None:
        yield Stated("title", period=str(period), place=place)
    elif (several := months_within(written)) is not None:
        if several.quarter is not None:
            yield Stated("title", period=str(several.quarter), place=place)
        else:
            yield Stated("title", months=several, place=place)
    elif len(months) == 1 and not _SEVERAL_MONTHS.search(written):
        yield Stated("title", month=months.pop(), place=place)


def _stated(one: _Labelled, place: Place) -> Iterator[Stated]:
    text = text_of(one.value)
    if one.label in _PERIOD_LABELS:
        if text:
            as_number = one.alone and not isinstance(one.value, str)
            ambiguous = as_number and _JANUARY_OR_OCTOBER.fullmatch(text) is not None
            yield Stated("label", period=text, place=place, sure=not ambiguous)
    elif one.label in _UNIT_LABELS:
        sure = one.label not in _UNSURE_LABELS
        unit, period = _unit_and_period(_STAMP.sub("", text))
        if unit:
            yield Stated("label", unit=unit, place=place, sure=sure)
        if period and sure:
            yield Stated("label", period=period, place=place)


def _unit_and_period(text: str) -> tuple[str, str | None]:
    """A unit, and the period where it is written behind it: 龙滩子街道办事处2022年5月."""
    mention = _WITHIN_A_TEXT.search(_in_digits(text))
    if mention is None or period_within(text) is None:
        return _without_edges(text, " :"), None
    plain = _in_digits(text)
    return _without_edges(f"{plain[: mention.start()]} {plain[mention.end() :]}", " :、,/"), mention[0]


def _without_edges(text: str, edges: str) -> str:
    """A name without the marks around it, and without brackets that hold nothing of it or all of it."""
    name = text.strip(edges).replace("()", "").strip(edges)
    whole = name.count("(") == name.count(")") == 1 and name.endswith(")") and not name.startswith("(")
    return name if whole else name.strip(f"{edges}()")


def text_of(value: Any) -> str:
    """A label's value as its sender sees it."""
    if isinstance(value, Shown):
        return compact(value.text)
    if isinstance(value, date):
        return str(Month.of(value))
    if isinstance(value, float | int) and not isinstance(value, bool):
        return f"{value:.10g}"
    return compact(value) if isinstance(value, str) else ""


def _labelled(row: Sequence[Any], *, in_header: bool) -> Iterator[_Labelled]:
    """Labels and values of one row: ``label：value`` in a cell, several in one cell, or the value in the next cell.

    In a header only a label with its value in one cell is one; without a value it is a heading.
    """
    for position, cell in enumerate(row):
        written = _written(cell)
        if not written:
            continue
        parts = list(_LABEL.finditer(written)) if _MAY_BE_LABEL.search(written) else []
        if in_header and not parts:
            continue
        alone = _STAMP.sub("", header_name(cell))
        if not parts and alone in (*_UNIT_LABELS[:-2], *_PERIOD_LABELS[:-3]):
            yield _Labelled(alone, _next_filled(row, position), position, alone=True)
        for part, following in zip(parts, [*parts[1:], None], strict=False):
            value: Any = written[part.end() : following.start() if following else len(written)]
            in_next_cell = not value and following is None and not in_header
            if in_next_cell:
                value = _next_filled(row, position)
            yield _Labelled(part[1], value, position, in_next_cell)


def _written(cell: Any) -> str:
    """What may be a label or a title, without the amounts' unit: a text, or a number or day whose format puts words around it."""
    text = cell.text if isinstance(cell, Shown) else cell
    return without_money(compact(text)) if isinstance(text, str) else ""


def _next_filled(row: Sequence[Any], position: int) -> Any:
    following = next((cell for cell in row[position + 1 :] if cell not in ("", None)), "")
    return "" if isinstance(following, str) and _LABEL.match(compact(following)) else following


def understand_unit(text: str, zone: Zone) -> Unit | None:
    """A unit by code, full name or alias; also behind the zone's own name, and with its own office behind it."""
    unit = zone.find_unit(text)
    if unit is not None:
        return unit
    written = compact(text).lower()
    behind_zone = written.partition(zone.name.lower())[2] if zone.name else ""
    for whole in (written, behind_zone):
        begun = [name for name in zone.unit_names if len(name) > 1 and not name.isascii() and whole.startswith(name)]
        name = max(begun, key=len, default=None)
        if name is not None and _OWN_OFFICE.fullmatch(_IN_BRACKETS.sub(r"\1", whole[len(name) :])):
            return zone.find_unit(name)
    return None


def units_within(text: str, zone: Zone) -> list[Unit]:
    """The units that a title names, by the longest of their names; another place's bureau is none of ours."""
    names = sorted(
        (name for name in zone.unit_names if len(name) >= _FEWEST_OF_A_NAME and not name.isascii()),
        key=len,
        reverse=True,
    )
    rest, units = text.lower(), dict[str, Unit]()
    for name in names:
        before, there, _ = rest.partition(name)
        if there:
            rest = rest.replace(name, "\0")
            unit = zone.unit_by_code[zone.unit_names[name]]
            foreign = _ELSEWHERE.search(before) and not before.endswith(("经开区", "开发区", zone.name.lower()))
            if unit.group == "town" or not foreign:
                units[unit.code] = unit
    return list(units.values())


def understand_period(text: str) -> Period | None:
    """A period in any writing of CONTRACT: ``2022-05``, 202205, 2022年5月, 2022年第2季度, 2022年."""
    written = _in_digits(compact(text).upper())
    try:
        return parse_period(written)
    except ValueError:
        pass
    for form in _WRITTEN_PERIODS:
        match = form.fullmatch(written)
        if match is not None:
            return _period_of(match)
    return None


def period_within(text: str) -> Period | None:
    """The one period that a text speaks of, with words around it; None where there is none, or several."""
    written = _in_digits(compact(text).upper())
    if _SEVERAL_MONTHS.search(written):
        return None
    found = {_period_of(match) for match in _WITHIN_A_TEXT.finditer(_DAY.sub("", written))}
    return found.pop() if len(found) == 1 else None


def months_within(text: str) -> Months | None:
    """The several months that a text speaks of (1-3月, 上半年, 前三季度); None where it names none, or others besides."""
    found = list(_SEVERAL_MONTHS.finditer(_DAY.sub("", _in_digits(compact(text)))))
    if len(found) != 1:
        return None
    parts = found[0].groupdict()
    if parts["half"]:
        first, last = (1, 6) if parts["half"] == "上" else (7, 12)
    elif parts["quarters"]:
        first, last = 1, 3 * _QUARTERS[parts["quarters"]]
    else:
        first, last = int(parts["first"]), int(parts["last"])
    return Months(int(parts["year"]) if parts["year"] else None, first, last) if 1 <= first <= last <= 12 else None


def _period_of(match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    year, month = int(parts["year"]), parts.get("month") or parts.get("dotted") or parts.get("joined")
    if month:
        return Month(year, int(month)) if 1 <= int(month) <= 12 else None
    return Quarter(year, _QUARTERS[parts["quarter"]]) if parts.get("quarter") else Year(year)


def _in_digits(text: str) -> str:
    """A text with a year and month in Chinese numerals written in digits: 二〇二二年五月."""
    text = _CHINESE_YEAR.sub(lambda match: match[0].translate(_CHINESE_DIGITS), text)
    return _CHINESE_MONTH.sub(lambda match: str(_month_in_digits(match[0])), text)


def _month_in_digits(numeral: str) -> int:
    if numeral[0] == "十":
        return 10 + (int(numeral[1].translate(_CHINESE_DIGITS)) if len(numeral) > 1 else 0)
    return int(numeral.translate(_CHINESE_DIGITS))


def agree(one: Period, other: Period) -> bool:
    """Whether one of the periods lies in the other: a title that names the year agrees with each of its months."""
    months, others = set(months_of(one)), set(months_of(other))
    return months <= others or others <= months
