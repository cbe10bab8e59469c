"""A work plan's items as people write them into cells and fields, and back: names for codes, lists with ；, numbers by name with =.

What is written that nothing is called stays as it is: whoever checks the plan then says so at that field (``plan_faults``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from data.zone.normal import compact, document_key, plain
from data.zone.plan_text import HEADINGS, item_content
from data.zone.work_plan import PlanItem
from data.zone.zone import Zone

BETWEEN = "；"
_ALWAYS_LISTS = frozenset({"dues", "filed_by"})
"""Elsewhere a list of one thing ends with what stands between things, to be told from the thing itself."""
_APART = re.compile(r"[；;\n]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TYPED = re.compile(r"(\d{1,9})[×xX*](\d{1,9})")
_LIMIT = re.compile(r"(≥|≤|>=|<=)?(\d+(?:\.\d+)?)")
_SIGNS = {">=": "≥", "<=": "≤", None: "≥"}
_SERIAL_BEGINS, _SERIALS = date(1899, 12, 30), range(36_526, 73_415)
"""Days of 2000 to 2100 as a spreadsheet numbers them."""
GROUP_WORDS = {"town": "镇街", "department": "部门", "centre": "中心"}
WORDS: Mapping[str, Mapping[str, str]] = {
    "filed_by": {
        "all": "各单位", "towns": "镇街", "departments": "部门", "centres": "中心", "office": "安委办", "system": "系统",
    },
    "object": {"leaders": "领导", "towns": "镇街", "unit": "单位"},
    "target_from": {"plan": "工作要点", "law": "法规", "office": "安委办"},
    "frequency": {"once": "一次", "month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "全年"},
    "adds": {"sum": "累计", "ratio": "比例", "all_of": "逐个", "latest": "最近一次"},
    "source": {"tasks": "填报"},
}  # fmt: skip
"""Field → the words of the YAML that are written in Chinese, and how."""


def cells_of(item: PlanItem, zone: Zone) -> dict[str, str]:
    """Field → its text, in the order of the columns."""
    told = item_content(item)
    return {name: _text(name, told.get(name), zone) for name in HEADINGS}


def item_of(cells: Mapping[str, Any], zone: Zone) -> dict[str, Any]:
    """The content of an item's YAML by what stands in its cells: texts, numbers (also of days) or None."""
    read = {name: _READ.get(name, _words)(name, _written(cells.get(name)), zone) for name in HEADINGS}
    return {name: value for name, value in read.items() if value is not None or name == "target"}


def _text(name: str, value: Any, zone: Zone) -> str:
    if name == "typed":
        return "" if value is None else f"{value['numbers']}×{value['times']}"
    if name == "holds":
        return "是" if value else ""
    if isinstance(value, list):
        told = BETWEEN.join(_one(name, one, zone) for one in value)
        return told if len(value) > 1 or name in _ALWAYS_LISTS else told + BETWEEN
    if isinstance(value, dict):
        return BETWEEN.join(f"{_named(one, zone)}={number}" for one, number in value.items())
    return "" if value is None else _one(name, value, zone)


def _one(name: str, value: Any, zone: Zone) -> str:
    if name == "filed_by" and value in zone.unit_by_code:
        return zone.unit_by_code[value].short_name
    return WORDS.get(name, {}).get(value, str(value)) if isinstance(value, str) else str(value)


def _named(name: str, zone: Zone) -> str:
    return zone.unit_by_code[name].short_name if name in zone.unit_by_code else GROUP_WORDS.get(name, name)


def _written(value: Any) -> str:
    """What stands in a cell, as text: a number without decimals as people read it."""
    if value is None:
        return ""
    return document_key(str(value)) if isinstance(value, int | float) else str(value).strip()


def _words(name: str, text: str, _zone: Zone) -> Any:
    """A text, or the word of the YAML that it stands for."""
    by_words = {compact(words): word for word, words in WORDS.get(name, {}).items()}
    return by_words.get(compact(text), text) if text else None


def _filers(name: str, text: str, zone: Zone) -> Any:
    word = _words(name, text, zone)
    if word is None or word in WORDS[name]:
        return word
    return [unit.code if (unit := zone.find_unit(one)) else one for one in _parts(re.sub("[、,，]", BETWEEN, text))]


def _objects(name: str, text: str, zone: Zone) -> Any:
    parts = _parts(text)
    return parts if _APART.search(text) else _words(name, text, zone)


def _days(_name: str, text: str, _zone: Zone) -> Any:
    return [_day(one) for one in _parts(re.sub("[、,，]", BETWEEN, text))]


def _day(text: str) -> Any:
    match = _DAY.fullmatch(compact(text))
    if match is not None:
        with suppress(ValueError):
            return date(*(int(part) for part in match.groups()))
    if text.isdecimal() and int(text) in _SERIALS:
        return _SERIAL_BEGINS + timedelta(days=int(text))
    return text


def _target(name: str, text: str, zone: Zone) -> Any:
    match = _LIMIT.fullmatch(compact(text))
    if match is not None:
        return f"{_SIGNS.get(match[1], match[1])} {match[2]}"
    return _numbers(name, text, zone)


def _numbers(_name: str, text: str, zone: Zone) -> Any:
    """A number, several, or some by name; what is none of these stays a text."""
    parts = _parts(text)
    if not parts:
        return None
    if any("=" in one for one in map(plain, parts)):
        return dict(_by_name(plain(one), zone) for one in parts)
    numbers = [_number(one) for one in parts]
    return numbers if _APART.search(text) else numbers[0]


def _by_name(text: str, zone: Zone) -> tuple[str, Any]:
    name, _sign, number = text.rpartition("=")
    groups = {words: group for group, words in GROUP_WORDS.items()}
    unit = zone.find_unit(name)
    return unit.code if unit is not None else groups.get(name.strip(), name.strip()), _number(number)


def _number(text: str) -> Any:
    told = compact(text)
    if _NUMBER.fullmatch(told) is None:
        return text
    return float(told) if "." in told else int(told)


def _denominator(name: str, text: str, zone: Zone) -> Any:
    return _numbers(name, text, zone) if "=" in plain(text) else (text or None)


def _yes(_name: str, text: str, _zone: Zone) -> Any:
    return {"是": True, "√": True, "否": False, "": None}.get(compact(text), text)


def _typed(_name: str, text: str, _zone: Zone) -> Any:
    match = _TYPED.fullmatch(compact(text))
    return {"numbers": int(match[1]), "times": int(match[2])} if match is not None else (text or None)


_READ = {
    "filed_by": _filers, "object": _objects, "dues": _days, "target": _target, "each": _numbers, "of": _denominator,
    "holds": _yes, "typed": _typed,
}  # fmt: skip


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _APART.split(text) if part.strip()]
