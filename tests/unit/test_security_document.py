"""The security document names tests that exist: a requirement is held by something that can fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", DOCUMENT)))
TESTS = {
    path.name: set(re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M))
    for path in sorted((ROOT / "tests").rglob("test_*.py"))
    if path.parent.name != "browser"
}


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_named_test_exists(file: str, test: str) -> None:
    """A test that is renamed or gone takes its requirement with it."""
    assert test in TESTS[file]


def test_every_line_has_a_state_and_what_holds_it() -> None:
    """Each requirement is held, left to the deployment, not applicable or open; what is held says by what."""
    rows = [line.strip("|").split("|") for line in DOCUMENT.splitlines() if re.match(r"\| V\d", line)]
    assert {int(number) for row in rows for number in re.findall(r"V(\d+)", row[0])} == set(range(1, 15))
    for row in rows:
        assert row[2].strip() in {"held", "deployment", "n/a", "open"}, row
        assert row[3].strip(), row
