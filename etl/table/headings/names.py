"""What a column's heading may be called: its names, and the remarks, marks and units that offices write beside them.

A remark tells how to fill the column in (必填, 是/否, 18位) and leaves its name alone. One that nobody knows may change
what the column is (检查日期（复查）), so it is never taken off in silence: such a heading is asked about (``near_headers``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from data.zone.normal import header_key
from etl.reading.sheets import Shown
from etl.table.declaration import Cells, Column, TableSpec

YUAN, TEN_THOUSANDS = "元", "万元"
OTHER_MONEY = frozenset({"百元", "千元", "十万元", "百万元", "千万元", "亿元", "千", "百万", "千万", "亿", "美元"})
"""Units of money that no amount of ours is in: they are said to be wrong, and never taken for one of ours."""
_MONEY = "|".join(sorted({YUAN, TEN_THOUSANDS, "万", *OTHER_MONEY}, key=len, reverse=True))
_COUNTED = "家次|户次|人次|家|户|项|处|起|人|件|个|条|次|份|例|分|天|%"
_SAID = r"(?:(?:计量|金额|货币)?单位(?:为|:)?)?(?:人民币)?"
_UNIT_OF_MEASURE = re.compile(
    rf"\({_SAID}(?:以|按)?({_MONEY}|{_COUNTED})(?:人民币|为单位|填写|填报|计)?(?:[,;](?!.*[元万]).{{1,12}})?\)$"
)
_UNIT_AT_THE_END = re.compile(rf"[/:,、\-]?(?:单位:)?({TEN_THOUSANDS}|{YUAN})$")
_UNIT_WITHIN = re.compile(rf"\({_SAID}({_MONEY})(?:人民币)?\)")
_ENDS = r"(?=\W|$|(?:19|20)\d\d|填|制表|审核|编制|报送|日期|时间|联系|负责)"
_BEHIND_A_UNIT = r"(?=$|[、,;。()/]|[\u4e00-\u9fff]{2,8}(?:\(|:))"
_LISTED = rf"(?:(?:{_COUNTED})[、,/;])*(?:人民币|RMB)?"
_UNIT_STATED = re.compile(
    rf"单位(?:均?为|是|:)?\(?{_LISTED}(?P<unit>{_MONEY}){_ENDS}"
    rf"|[以按用](?:人民币)?(?P<by>{_MONEY})(?:为(?:计量)?单位|计|填|统计)"
    rf"|(?:金额|罚款|罚没款?|处罚|损失)[^,;。:、()\d]{{0,6}}(?:为|是|:)(?:人民币)?(?P<so>{_MONEY}){_ENDS}"
)
_UNIT_OF_AMOUNTS = re.compile(
    rf"(?:金额|数额|罚款|罚没款?|处罚|损失)[^,。;:\d]{{0,8}}?(?:(?:均|统一)?(?:以|按)({_MONEY})(?:为单位|计|填|统计|计算|列)|:({_MONEY}){_BEHIND_A_UNIT})"
)
_STATEMENT = re.compile(
    rf"\(?(?:币种:人民币[,;、]?)?(?:计量|金额|货币|罚款|罚没|处罚|直接|经济|损失)*单位(?:为|:)?\(?{_LISTED}(?:{_MONEY})\)*{_ENDS}"
)
_UNIT_ALONE = re.compile(rf"\(?{_LISTED}({_MONEY})\)?")
_UNIT_OF_UPPER = re.compile(rf"[^\d.](?:[/:,、\-]|单位:)?({TEN_THOUSANDS}|{YUAN})$")
_MARKS = "*★☆※●▲:#"
_NUMBERED = re.compile(r"^(?:\(?\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}、)(?=\D)")
_REMARK = re.compile(r"^(?P<stem>.+)\((?P<remark>[^()]*)\)$|^\((?P<first>[^()]*)\)(?P<rest>[^()]+.*)$")
_YES_NO = frozenset({"是", "否", "有", "无", "√", "×", "y", "n", "yes", "no", "1", "0"})
_HARMLESS = re.compile(
    r"(?!.*[元万]|.*填报单位)(?:"
    r".*(?:必填|选填|必须填|必录|必选|可选|可空|不填|填写|填全|填[0-9一是否有无√×]|选择|选取|下拉|勾选|打勾|单选|多选|自动生成|自动计算).*|"
    r"如有|若有|文本(?:格式)?|纯?数字|整数|数值|日期(?:格式)?|写?全称|规范全称|简称|签名|签字|姓名|镇街|文号|字号|"
    r"(?:照|按|与|以).{0,12}(?:填|一致|为准|全称)|(?:例|例如|如|示例|格式|样例|格式为|格式如)[:,]?.{1,40}|详?见.{1,20}|截[至止].{1,12}|"
    r"(?:共|为|须|应为)?\d{1,2}位[数字母码代或和及符]*(?:统一社会信用代码)?|(?:不少于|至少|不得少于|须|应)?[2两二](?:人|名).{0,6}|"
    r"[x年月日时分前/\-.]{2,14}|y{2,4}.{0,8}|\d{4}[年\-/.]\d{1,2}.{0,6}|当月|本月|本期|当期|\*+)",
    re.IGNORECASE,
)
_SEPARATED = re.compile(r"[/、,;|]|或者?")
_CHOSEN = frozenset({Cells.CHOICE, Cells.CHOICES, Cells.SECTOR, Cells.UNIT, Cells.UNIT_OR_ZONE, Cells.ACCIDENT_TYPE})
_LONGEST = 64
_LONGEST_MEASURE = 16
_MOST_REMEMBERED = 4096
EXACT, ALIAS, REMEMBERED = range(3)


class Match(NamedTuple):
    """Which column a heading names, how surely (our template's own writing, an alias, remembered), whether the
    template's writing is in 万元, and the place among the column's aliases: of two the earlier one is the surer.
    """

    key: str
    rank: int
    ten_thousands: bool
    place: int = 0


class Writing(NamedTuple):
    """A heading without what stands beside its name, and the unit that stood there."""

    name: str
    measure: str | None


def header_name(text: Any) -> str:
    """A header as compared: NFKC, no blanks or line breaks, brackets alike, without marks of required fields."""
    if isinstance(text, Shown):
        text = text.text
    return header_key(text) if isinstance(text, str) else ""


def bare(name: str) -> tuple[str, str | None]:
    """A header without its unit of measure, and that unit (万 is 万元)."""
    match = _UNIT_OF_MEASURE.search(name) if name.endswith(")") else None
    return (name[: match.start()], _money(match[1])) if match else (name, None)


@lru_cache(maxsize=64)
def names_of(spec: TableSpec) -> Mapping[str, Match]:
    """Every writing of a table's headers → the column that it names."""
    aliases: dict[str, Match] = {}
    titles: dict[str, Match] = {}
    for column in spec.columns:
        ours = in_ten_thousands(column)
        for place, alias in enumerate(column.aliases):
            aliases[header_name(alias)] = Match(column.key, ALIAS, ours, place)
        titles[bare(header_name(column.title))[0]] = Match(column.key, EXACT, ours)
    return aliases | titles


class NamedColumn(NamedTuple):
    """The name under which a heading is known, its column, and the unit that the heading says."""

    name: str
    match: Match
    measure: str | None


class Names:
    """What the headings of a table may be called, with what somebody once said of headings (as compared → column)."""

    def __init__(self, spec: TableSpec, remembered: Mapping[str, str]) -> None:
        self.columns = {column.key: column for column in spec.columns}
        own = names_of(spec)
        said = {
            header: Match(key, REMEMBERED, in_ten_thousands(self.columns[key]))
            for header, key in remembered.items()
            if key in self.columns
        }
        self._names = {**said, **own}
        self._asked: dict[str, NamedColumn | None] = {}

    def named(self, name: str) -> NamedColumn | None:
        """What a heading names; None for a stranger."""
        if name not in self._asked:
            if len(self._asked) >= _MOST_REMEMBERED:
                self._asked.clear()
            self._asked[name] = self._find(name)
        return self._asked[name]

    def plainly(self, name: str) -> bool:
        """Whether this is a name as it stands, or with its unit."""
        return name in self._names or (name.endswith(")") and bare(name)[0] in self._names)

    def _find(self, name: str) -> NamedColumn | None:
        for written, measure in writings(name):
            if written in self._names:
                return NamedColumn(written, self._names[written], measure)
        stem, remark = _without_remark(name)
        if remark is not None:
            for written, measure in writings(stem):
                if written in self._names and _offers_choices(remark, self.columns[self._names[written].key]):
                    return NamedColumn(written, self._names[written], measure)
        return None


@lru_cache(maxsize=64)
def names_for(spec: TableSpec) -> Names:
    """The names of a table's headings where nothing is remembered."""
    return Names(spec, {})


def in_ten_thousands(column: Column) -> bool:
    """Whether our own form means the column's amounts in 万元."""
    return bare(header_name(column.title))[1] == TEN_THOUSANDS


def writings(name: str) -> tuple[Writing, ...]:
    """A heading as it stands, then step by step without its unit, harmless remarks, numbering and marks."""
    return _writings(name) if len(name) <= _LONGEST else (Writing(name, None),)


@lru_cache(maxsize=8192)
def _writings(name: str) -> tuple[Writing, ...]:
    found = [Writing(name, None)]
    rest, measure = name, None
    while True:
        shorter, unit = bare(rest)
        if unit is None:
            shorter = _without_harmless(rest)
        shorter = shorter.strip(_MARKS)
        if shorter in {rest, ""}:
            break
        rest, measure = shorter, measure or unit
        found.append(Writing(rest, measure))
    at_the_end = _UNIT_AT_THE_END.search(rest)
    if measure is None and at_the_end is not None and at_the_end.start() >= 2:
        found.append(Writing(rest[: at_the_end.start()], at_the_end[1]))
    return tuple(found)


def _without_harmless(name: str) -> str:
    stem, remark = _without_remark(name)
    if remark is not None:
        parts = [part.lower() for part in _SEPARATED.split(remark)]
        if _HARMLESS.fullmatch(remark) or (len(parts) > 1 and _YES_NO.issuperset(parts)):
            return stem
    return _NUMBERED.sub("", name)


def _without_remark(name: str) -> tuple[str, str | None]:
    """A heading without what stands in brackets behind or before it, and that."""
    match = _REMARK.match(name.strip(_MARKS))
    if match is None:
        return name, None
    if match["stem"] is not None:
        return match["stem"], match["remark"]
    return match["rest"], match["first"]


def stems(name: str) -> set[str]:
    """Every writing of a heading, also without a remark that nobody knows: for who looks for what it may be."""
    stem, remark = _without_remark(name)
    wholes = (name, stem) if remark is None else (name, stem, stem + remark, remark + stem)
    return {written.name for whole in wholes for written in writings(whole)}


def _offers_choices(remark: str, column: Column) -> bool:
    """Whether a remark lists what may be chosen in the column."""
    parts = [part.removesuffix("等") for part in _SEPARATED.split(remark) if part not in {"", "等"}]
    if column.choices:
        return {*column.choices, *dict(column.other_words)}.issuperset(parts)
    return len(parts) > 1 and (column.cells in _CHOSEN or (column.cells is Cells.TEXT and remark.endswith("等")))


def money_within(text: str) -> str | None:
    """The unit of money that a title, a remark or an upper heading says: in brackets, behind 单位, 以万元计, 金额：万元."""
    stated = _UNIT_WITHIN.search(text) or _UNIT_STATED.search(text) or _UNIT_OF_AMOUNTS.search(text)
    return _money(next(filter(None, stated.groups()))) if stated else None


def money_of_upper(text: str) -> str | None:
    """The unit of money that a heading over others says, also at its end: 行政处罚/万元."""
    at_the_end = _UNIT_OF_UPPER.search(text)
    return money_within(text) or money_alone(text) or (at_the_end[1] if at_the_end else None)


def without_money(text: str) -> str:
    """A title or label, as compared, without what it says of the amounts' unit: （单位：万元）."""
    return _STATEMENT.sub("", text) if "单位" in text else text


def is_measure(text: Any) -> bool:
    """Whether a cell holds nothing but a unit of measure: what a second row of a header may say."""
    return _measure(text) is not None


def money_alone(text: Any) -> str | None:
    """The unit of money that is all that a cell says, perhaps with those of counts before it: the value beside 单位."""
    measure = _measure(text)
    if is_money(measure):
        return measure
    alone = _UNIT_ALONE.fullmatch(header_name(text))
    return _money(alone[1]) if alone else None


def _measure(text: Any) -> str | None:
    name = header_name(text)
    return bare(f"#({name.removeprefix('(').removesuffix(')')})")[1] if 0 < len(name) <= _LONGEST_MEASURE else None


def is_money(measure: str | None) -> bool:
    """Whether this is a unit of money at all."""
    return measure in {YUAN, TEN_THOUSANDS} or measure in OTHER_MONEY


def _money(unit: str) -> str:
    return TEN_THOUSANDS if unit == "万" else unit
