"""The sample workbooks of the plan's items, read without our reader: as plain rows, for the second computation."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import SAMPLES
from tests.oracle.ranking import normal
from tests.oracle.register import Paper
from tests.oracle.work_plan import Filer, Told

FOLDER = SAMPLES / "plan"
ORDER: list[dict[str, str]] = json.loads((FOLDER / "load.json").read_text(encoding="utf-8"))
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
TOLD_COLUMNS = {"任务编号", "对象", "应完成数", "已完成数", "完成日期"}
LISTED_COLUMNS = {"统一社会信用代码", "行业领域", "属地", "行业主管部门", "高危", "起始日期", "终止日期"}
YES = {"是", "√"}


def reference(name: str) -> dict[str, Any]:
    """A file of ``data/reference`` as it is written."""
    content: dict[str, Any] = yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))
    return content


UNITS = [
    Filer(one["code"], one["name"], tuple(one["aliases"]), one["group"], one.get("office", False))
    for one in reference("units.yaml")["units"]
]


def unit_called(name: str | None) -> str | None:
    """The code of the unit of that name."""
    found = [unit.code for unit in UNITS if name in {unit.name, *unit.aliases}]
    return found[0] if found else None


def told_rows() -> list[Told]:
    """The rows of 重点任务进展, as far as METHOD section 5.8 looks at them."""
    found = []
    for one in ORDER:
        period, kind, unit = one["file"].split("-")[:3]
        if kind == "重点任务进展":
            number = None
            for place, row in enumerate(_rows(FOLDER / one["file"], TOLD_COLUMNS)):
                number = row["任务编号"] or number
                found.append(
                    Told(
                        _code(unit), period, place, _plain(number), row["对象"], _count(row["应完成数"]),
                        _count(row["已完成数"]), _day(row["完成日期"]),
                    )
                )  # fmt: skip
    return found


def register_papers() -> list[Paper]:
    """The lists of enterprises in the order they came in."""
    found: list[Paper] = []
    for one in ORDER:
        period, kind, unit = one["file"].removesuffix(".xlsx").split("-")[:3]
        if kind == "企业名录":
            rows = [
                {
                    "credit_code": row["统一社会信用代码"], "name": "", "sector": row["行业领域"], "territory": unit_called(row["属地"]),
                    "department": unit_called(row["行业主管部门"]), "size": "", "high_risk": row["高危"] in YES,
                    "starts_on": _day(row["起始日期"]), "ends_on": _day(row["终止日期"]),
                }
                for row in _rows(FOLDER / one["file"], LISTED_COLUMNS)
            ]  # fmt: skip
            at = datetime.fromisoformat(one["received_at"])
            found.append(Paper("enterprises", _code(unit), period, len(found) + 1, at.date(), at, None, rows))
    return found


def _code(name: str) -> str:
    code = unit_called(name)
    assert code is not None, name
    return code


def _rows(path: Path, columns: set[str]) -> Iterator[dict[str, Any]]:
    """What stands under the headings, up to the signatures; of two header rows the lower filled one names a column."""
    [sheet] = [one for one in openpyxl.load_workbook(path) if one.sheet_state == "visible"]
    names: dict[int, str] = {}
    for cells in _cells(sheet):
        headings = {place: normal(cell) for place, cell in enumerate(cells) if isinstance(cell, str)}
        if columns & set(headings.values()):
            names |= headings
        elif names and any(cell is not None for cell in cells):
            if str(cells[0]).startswith("填表人"):
                return
            if list(cells) != list(range(1, len(cells) + 1)):
                row = {names[place]: cell for place, cell in enumerate(cells) if place in names}
                assert columns <= row.keys(), path
                yield row


def _cells(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    return iter(sheet.iter_rows(values_only=True))


def _plain(cell: Any) -> str:
    return unicodedata.normalize("NFKC", str(cell)).strip()


def _count(cell: Any) -> Fraction:
    return Fraction(re.sub("项$", "", _plain(cell)))


def _day(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if cell is None or _plain(cell) in {"/", "—", ""}:
        return None
    year, month, day = map(int, re.findall(r"\d+", _plain(cell)))
    return date(year if year > 100 else 2000 + year, month, day)


def approximately(expected: Any) -> Any:
    """What is expected, with ratios as they may be rounded by who computed them."""
    if isinstance(expected, dict):
        return {name: approximately(value) for name, value in expected.items()}
    if isinstance(expected, list):
        return [approximately(one) for one in expected]
    return pytest.approx(expected, abs=1e-12) if isinstance(expected, float) else expected
