"""What sheets are called: after a table of ours, also as a further sheet of it or as that of a period."""

from __future__ import annotations

import re
from functools import lru_cache

from data.zone.normal import compact
from etl.reading.sheets import Sheet
from etl.table.declaration import TableSpec

_FURTHER_SHEET = re.compile(r"(?:\(?(?:续|续表|副本|复件|\d{1,2}|[一二三四五六七八九])\)?|[-_]\d{1,2})$")
_OF_A_PERIOD = re.compile(r"^(?:(?:19|20)\d\d年)?(?:\d{1,2}月份?|第?[1-4一二三四]季度|年度)?")


def is_named(sheet: Sheet, spec: TableSpec) -> bool:
    """Whether a sheet bears the table's name, also as a further sheet of it: 执法检查台账 (2), 执法检查台账续."""
    return not _names_of(sheet.name).isdisjoint(_called((spec.title, *spec.aliases)))


def is_titled(sheet: Sheet, spec: TableSpec) -> bool:
    """Whether a sheet bears the table's own title, which says of what kind the workbook is."""
    return compact(spec.title) in _names_of(sheet.name)


@lru_cache(maxsize=256)
def _called(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(compact, names))


@lru_cache(maxsize=256)
def _names_of(sheet: str) -> frozenset[str]:
    whole = compact(sheet)
    first = _FURTHER_SHEET.sub("", whole)
    return frozenset({whole, first, _OF_A_PERIOD.sub("", whole), _OF_A_PERIOD.sub("", first)} - {""})
