"""A 任务编号 in its writings (CONTRACT section 1): as the plan has it, whatever stands in the cell."""

from __future__ import annotations

import pytest

from data.zone.work_plan import shipped
from etl.kinds.tasks import item_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12.3", "12.3"), (" 12 . 3 ", "12.3"), ("１２．３", "12.3"), ("12。3", "12.3"), ("8.10", "8.10"), ("目标1", "goals.1"), ("目标.1", "goals.1"),
        ("目标１", "goals.1"), ("保障2.1", "safeguards.2.1"), ("保障.2.1", "safeguards.2.1"), ("保障２．１", "safeguards.2.1"), ("GOALS.1", "goals.1"),
        ("safeguards.2.1", "safeguards.2.1"), ("保障", "保障"), ("12", "12"), ("12.3项", "12.3项"),
    ],
)  # fmt: skip
def test_a_number_in_its_writings(written: str, number: str) -> None:
    """Full width, blanks, the chapters by their Chinese names; what is none of these stays as it is, and no 8.10 becomes 8.1."""
    assert item_number(written) == number


def test_every_item_is_its_own_number() -> None:
    """Each number of the shipped plan is read as itself, and none is another one's as a spreadsheet stores it."""
    ((_, plan),) = shipped()
    numbers = [item.number for item in plan.items]
    assert [item_number(one) for one in numbers] == numbers
    stored = [one if one[0].isalpha() else str(float(one)) for one in numbers]
    assert stored == numbers
