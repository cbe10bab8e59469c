"""Every figure that an item of the plan may rest on is asked of a second computation by some law, on days and as known by days drawn at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from dashboards.results.plan_figures import SOURCES
from data.zone.plan_sources import FIGURES_OF_SECTORS, figure_of_sector
from tests.integration import (
    test_disasters_laws,
    test_hazards_laws,
    test_register_laws,
    test_supervision_laws,
    test_year_laws,
)
from tests.integration.plan_samples import reference
from tests.oracle import plan_figures, plan_year, register
from tests.oracle.years import SECTORS, YearZone

DAY = date(2022, 6, 30)
OF_PAPERS = {
    plan_figures.of_register: test_register_laws,
    plan_figures.of_hazards: test_hazards_laws,
    plan_figures.of_supervision: test_supervision_laws,
    plan_figures.of_tipoffs: test_supervision_laws,
    plan_figures.of_disasters: test_disasters_laws,
}
"""What computes sources from ledgers a second time, and the law that asks the product for the same."""
OF_YEARS = {
    plan_year.of_accidents: test_year_laws,
    plan_year.of_inspections: test_year_laws,
    plan_year.of_flags: test_year_laws,
    plan_year.of_quarters: test_year_laws,
}
NOTHING = YearZone((), SECTORS, "2022Q2", (), {}, (), (), (), {}, (), (), DAY, (DAY,))


def computed() -> dict[str, list[str]]:
    """Source → who computes it a second time, on a day on which nothing is on record."""
    sectors = {one.code: one.name for one in SECTORS}
    found: dict[str, list[str]] = {}
    for of_papers in OF_PAPERS:
        for source in of_papers([], register.Asked(DAY, DAY, sectors)):
            found.setdefault(source, []).append(of_papers.__name__)
    for of_year in OF_YEARS:
        for source in of_year(plan_year.Asked(NOTHING, plan_year.Done(), DAY, DAY)):
            found.setdefault(source, []).append(of_year.__name__)
    return found


def test_every_source_is_computed_a_second_time() -> None:
    """Each once, without exception; besides them the figures that every sector has, of every sector."""
    found = computed()
    assert set(SOURCES) - set(found) == set()
    of_sectors = {figure.format(one.name) for figure in FIGURES_OF_SECTORS for one in SECTORS}
    assert set(found) == set(SOURCES) | of_sectors
    assert {source for source in set(found) - set(SOURCES) if figure_of_sector(source) is None} == set()
    assert {source: who for source, who in found.items() if len(who) > 1} == {}


def test_every_source_of_the_shipped_plan_is_among_them() -> None:
    """But for those that tell of another item of the plan, which the second computation of the plan itself answers."""
    sources = {item["source"] for item in reference("work_plan_2022.yaml")["items"]} - {"tasks"}
    assert sources - set(computed()) == {"plan.12.1.reached_rate", "plan.16.1.reached_rate"}


@pytest.mark.parametrize(("second", "law"), [*OF_PAPERS.items(), *OF_YEARS.items()])
def test_law_asks_the_product_for_them(second: Callable[..., Mapping[str, Any]], law: ModuleType) -> None:
    """The law computes them and lays what the product has beside them."""
    assert vars(law)[second.__name__] is second
    assert "told_on" in vars(law)
