"""A work plan may name as its sources and denominators what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from dashboards.results.plan_figures import SOURCES
from data.zone.plan_sources import DENOMINATORS, FIGURES, divided_by_item, reached_item
from data.zone.work_plan import SHIPPED, parse, shipped

(TEXT, PLAN), *_MORE = shipped()
HEAD = TEXT[: TEXT.index("\nplan:")]


def listed(heading: str, until: str) -> set[str]:
    """The names that the head of the shipped plan lists under a heading."""
    part = HEAD[HEAD.index(f"# {heading}") : HEAD.index(until) if until in HEAD else len(HEAD)]
    return set(re.findall(r"^#   (\S+)", part, re.M))


def test_every_figure_that_may_be_named_is_answered() -> None:
    """What validation lets through is what results answer, both ways, and what the plan's own head lists."""
    assert set(SOURCES) == FIGURES
    of_items = {name for name in listed("Sources", "# Denominators") if reached_item(name) is not None}
    assert listed("Sources", "# Denominators") - of_items - {"tasks"} == FIGURES
    assert {reached_item(name) for name in of_items} == {"12.1", "16.1"}


def test_every_denominator_that_may_be_named_is_in_the_head() -> None:
    """The same of denominators; numbers of the plan itself have no name."""
    names = {name for name in listed("Denominators", "plan:") if not name.startswith("{")}
    assert {divided_by_item(name) for name in names - DENOMINATORS} == {"8.5"}
    assert names >= DENOMINATORS


def test_every_item_of_the_system_names_a_figure() -> None:
    """Of the shipped plan; what it is divided by as well."""
    own = [item for item in PLAN.items if not item.is_told]
    assert len(own) == 49
    assert [item.number for item in own if item.source not in FIGURES and reached_item(item.source) is None] == []
    divided = {item.of for item in PLAN.items if isinstance(item.of, str)}
    assert {divided_by_item(name) for name in divided - DENOMINATORS} == {"8.5"}


@pytest.mark.parametrize(
    ("written", "instead", "number", "said"),
    [
        ("casualties.zone.progress", "casualties.zone.deaths", "goals.2", "没有名为“casualties.zone.deaths”的数据"),
        ("of: register.high_risk", "of: register.villages", "16.4", "没有名为“register.villages”的分母"),
        ("plan.12.1.reached_rate", "plan.12.9.reached_rate", "12.2", "它依据的 12.9 不是由单位填报的任务"),
        ("plan.12.1.reached_rate", "plan.6.1.reached_rate", "12.2", "它依据的 6.1 不是由单位填报的任务"),
        ("of: plan.8.5", "of: plan.goals.1", "8.6", "它依据的 goals.1 不是由单位填报的任务"),
    ],
)
def test_what_is_not_there_is_refused_by_name(written: str, instead: str, number: str, said: str) -> None:
    """A plan that an office edited: an unknown figure or denominator, an item that is not there or that nobody tells of."""
    body = TEXT[len(HEAD) :]
    assert written in body
    with pytest.raises(ValidationError) as refused:
        parse(HEAD + body.replace(written, instead, 1))
    assert re.search(rf"{re.escape(number)}\b.*{said}", str(refused.value))


def test_shipped_plans_are_read() -> None:
    """There is one, of 2022."""
    assert [path.name for path in Path(SHIPPED).glob("work_plan_*.yaml")] == ["work_plan_2022.yaml"]
    assert (PLAN.year, len(PLAN.items), _MORE) == (2022, 133, [])
