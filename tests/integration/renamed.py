"""A zone whose units are called otherwise: other codes in the same order, other names, short names and aliases."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.oracle.zones import UNITS

RENAMED = {
    unit.code: replace(unit, code=f"zz{place:02d}", name=f"第{place:02d}片区管理委员会")
    for place, unit in enumerate(sorted(UNITS, key=lambda unit: unit.code))
}
"""Each unit as it is called after all were renamed; those that tie stand by their codes."""
_OTHERWISE = {unit.name: RENAMED[unit.code].name for unit in UNITS} | {
    code: unit.code for code, unit in RENAMED.items()
}


def renamed_template(template: Path, folder: Path) -> Path:
    """An empty installation, to copy from, whose units are called so."""
    path = folder / "renamed.db"
    shutil.copy(template, path)
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM unit_alias")
        for code, unit in RENAMED.items():
            told = {"new": unit.code, "name": unit.name, "short": unit.name[:5], "old": code}
            connection.execute("UPDATE unit SET unit = :new, name = :name, short_name = :short WHERE unit = :old", told)
            connection.execute(
                "INSERT INTO unit_alias (zone, alias, unit) SELECT zone, :short, unit FROM unit WHERE unit = :new", told
            )
        plans = connection.execute("SELECT rowid, text FROM work_plan").fetchall()
        connection.executemany(
            "UPDATE work_plan SET text = ? WHERE rowid = ?", [(_plan_otherwise(text), row) for row, text in plans]
        )
    connection.close()
    return path


def _plan_otherwise(text: str) -> str:
    """A plan that names its filers by their other codes."""
    return re.sub(rf"\b({'|'.join(RENAMED)})\b", lambda found: RENAMED[found[0]].code, text)


def renamed_sheets(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, list[list[Any]]]:
    """A workbook's sheets with units by their other names."""
    return {
        name: [[_OTHERWISE.get(cell, cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        for name, rows in sheets.items()
    }


def named_back(report: Any) -> Any:
    """A printed report with units by the codes and names that they have by right."""
    text = json.dumps(report, ensure_ascii=False)
    for unit in UNITS:
        other = RENAMED[unit.code]
        text = text.replace(json.dumps(other.code), json.dumps(unit.code)).replace(other.name, unit.name)
    return json.loads(text)
