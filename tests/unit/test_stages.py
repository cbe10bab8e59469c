"""The way of a workbook reads in the program as the documents tell it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_stages_are_begun_in_the_order_in_which_they_are_told() -> None:
    """docs/how-it-holds.md names the stages; load.py, read from top to bottom, logs the same ones."""
    told = re.findall(r"^\d\. \*\*(\w+)\.\*\*", (ROOT / "docs" / "how-it-holds.md").read_text(encoding="utf-8"), re.M)
    begun = re.findall(r'"stage (\w+)"', (ROOT / "etl" / "loading" / "load.py").read_text(encoding="utf-8"))
    assert told == ["Archiving", "Checking", "Writing", "Committing"]
    assert list(dict.fromkeys(begun)) == [*map(str.lower, told), "done"]
