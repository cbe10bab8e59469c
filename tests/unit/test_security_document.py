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
LEVEL_2 = {
    "1.1": "1-7", "1.2": "1-4", "1.4": "1 4 5", "1.5": "1-4", "1.6": "1-4", "1.7": "1 2", "1.8": "1 2", "1.9": "1 2",
    "1.10": "1", "1.11": "1 2", "1.12": "2", "1.14": "1-6", "2.1": "1-12", "2.2": "1-3", "2.3": "1-3", "2.4": "1-6",
    "2.5": "1-7", "2.6": "1-3", "2.7": "1-6", "2.8": "1-7", "2.9": "1-3", "2.10": "1-4", "3.1": "1", "3.2": "1-4",
    "3.3": "1-4", "3.4": "1-5", "3.5": "1-3", "3.7": "1", "4.1": "1 2 3 5", "4.2": "1 2", "4.3": "1-3", "5.1": "1-5",
    "5.2": "1-8", "5.3": "1-10", "5.4": "1-3", "5.5": "1-4", "6.1": "1-3", "6.2": "1-6", "6.3": "1 2", "6.4": "1 2",
    "7.1": "1-4", "7.2": "1 2", "7.3": "1 3 4", "7.4": "1-3", "8.1": "1-4", "8.2": "1-3", "8.3": "1-8", "9.1": "1-3",
    "9.2": "1-4", "10.2": "1 2", "10.3": "1-3", "11.1": "1-8", "12.1": "1-3", "12.2": "1", "12.3": "1-6", "12.4": "1 2",
    "12.5": "1 2", "12.6": "1", "13.1": "1 3 4 5", "13.2": "1 2 3 5 6", "13.3": "1 2", "13.4": "1 2", "14.1": "1-4",
    "14.2": "1-6", "14.3": "2 3", "14.4": "1-7", "14.5": "1-4",
}  # fmt: skip
"""The numbers of ASVS 4.0.3 that levels 1 and 2 ask for, section by section."""


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


def test_every_requirement_of_level_2_has_a_line() -> None:
    """No number of levels 1 and 2 is left out, and none is made up; a section alone stands for all its numbers."""
    wanted = {f"{section}.{number}" for section, numbers in LEVEL_2.items() for number in _spelt_out(numbers)}
    heads = re.findall(r"^\| (V\d[^|]*) \|", DOCUMENT, re.M)
    named = {number for head in heads for part in head.split(", ") for number in _numbers(part.replace("V", ""))}
    assert wanted - named == set()
    assert named - wanted == set()


def _spelt_out(numbers: str) -> list[int]:
    """``1-3 5`` → 1, 2, 3, 5."""
    ends = [part.split("-") for part in numbers.split()]
    return [number for one in ends for number in range(int(one[0]), int(one[-1]) + 1)]


def _numbers(part: str) -> list[str]:
    """``2.1.1–2.1.4``, ``2.1.5`` or ``2.7`` → the requirements it names."""
    first, _dash, last = part.partition("–")
    if first.count(".") == 1:
        return [f"{first}.{number}" for number in _spelt_out(LEVEL_2[first])]
    section, _dot, begin = first.rpartition(".")
    return [f"{section}.{number}" for number in range(int(begin), int((last or first).rpartition(".")[2]) + 1)]
