"""What is called what: no two classes of one name, so that a name read anywhere means one thing."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
ANOTHER_WORLD = ROOT / "etl" / "demo"
"""The demo's offices know nothing of the product: they have accidents, cases and ledgers of their own."""


def test_no_two_classes_of_one_name() -> None:
    """Classes that are private to a file are its own affair."""
    names = Counter(
        node.name
        for room in ("data", "etl", "dashboards")
        for path in (ROOT / room).rglob("*.py")
        if not path.is_relative_to(ANOTHER_WORLD)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []
