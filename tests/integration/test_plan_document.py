"""docs/work-plan.md leads every part of the plan from its article to a page, and what it is written from is what there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards.__main__ import app
from dashboards.components.page_list import PAGES
from dashboards.components.plan_document import ARTICLE, computed_in, pages
from dashboards.components.plan_origins import DIVIDED_BY, ORIGINS, ActOfTheSystem, Columns, held, origin_of
from dashboards.results import plan_names
from data.people.scope import Role
from data.settings import Settings
from data.zone.plan_sources import (
    DENOMINATOR_OF_SECTORS,
    DENOMINATORS,
    FIGURES,
    FIGURES_OF_SECTORS,
    figure_of_sector,
    reached_item,
)
from data.zone.work_plan import TASKS, shipped
from etl.kinds.registry import KINDS
from tests.integration.page_elements import page_element, with_identity
from tests.integration.sites import Site
from tests.integration.test_guessing import page

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "work-plan.md").read_text(encoding="utf-8")
METHOD = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
((_TEXT, PLAN),) = shipped()
PARTS = ["goals", *(str(number) for number in range(1, 20)), *(f"safeguards.{number}" for number in (1, 2, 3))]
"""The goals, the nineteen articles, the three safeguards."""


def lines_of(article: str) -> list[list[str]]:
    """The cells of an article's items in the document."""
    heading = f"{ARTICLE}{plan_names.article(article)} {PLAN.articles[article]}\n"
    assert DOCUMENT.count(heading) == 1, article
    body = DOCUMENT[DOCUMENT.index(heading) + len(heading) :].partition(ARTICLE)[0]
    rows = [line for line in body.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


def test_document_is_what_the_command_writes(
    sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """Of a fresh installation, byte by byte; ``-o docs/work-plan.md`` renews it. A year without a plan has none, and it is said."""
    commanded(sqlite_installation)
    path = tmp_path / "work-plan.md"
    done = CliRunner().invoke(app, ["origins", "--year", "2022", "-o", str(path)])
    assert (done.exit_code, path.read_text(encoding="utf-8")) == (0, DOCUMENT)
    refused = CliRunner().invoke(app, ["origins", "--year", "2019"])
    assert (refused.exit_code, "2019年" in refused.stderr) == (1, True)


def test_every_part_of_the_plan_has_all_five() -> None:
    """Article, item, column or act, figure with its file and section, page: the plan's parts in order, each item once."""
    assert list(PLAN.articles) == PARTS
    for article in PARTS:
        own = [item for item in PLAN.items if item.article == article]
        rows = lines_of(article)
        assert [row[0] for row in rows] == [f"{plan_names.item_number(one.number)} {one.title}" for one in own]
        assert rows, article
        for item, (_item, filed_by, columns, figure, seen) in zip(own, rows, strict=True):
            assert filed_by
            for one in held(item):
                names = [one.said()] if isinstance(one, ActOfTheSystem) else [one.sheet, one.kind, *one.titles]
                assert [name for name in names if name not in columns] == []
            assert f"`{item.source}`" in figure
            assert f"`/work-plan?item={item.number}`" in seen
            assert seen == "<br>".join(pages(item))


def test_every_source_and_denominator_has_its_origin() -> None:
    """Those that a plan may name, and no others; figures of sectors by their form."""
    of_sectors = {one for one in FIGURES if figure_of_sector(one) is not None}
    assert set(ORIGINS) == {TASKS, *(FIGURES - of_sectors), *FIGURES_OF_SECTORS}
    named = {one for one in DENOMINATORS if not one.startswith(DENOMINATOR_OF_SECTORS)}
    assert set(DIVIDED_BY) == {*named, f"{DENOMINATOR_OF_SECTORS}{{}}"}
    for item in PLAN.items:
        assert held(item), item.number
        assert (ROOT / computed_in(item)).is_file(), item.number
    assert origin_of("plan.12.1.reached_rate") is ORIGINS[TASKS]
    with pytest.raises(LookupError):
        origin_of("casualties.zone.deaths")


@pytest.mark.parametrize("name", [*ORIGINS, *DIVIDED_BY])
def test_columns_pages_and_sections_are_there(name: str) -> None:
    """Each column is one of its sheet in its kind, by our template's title; each page is on the list, each section in the method."""
    every = ORIGINS[name].held if name in ORIGINS else (DIVIDED_BY[name],)
    assert every
    for one in every:
        if isinstance(one, Columns):
            (sheet,) = [table for table in KINDS[one.kind].tables if table.title == one.sheet]
            assert [title for title in one.titles if title not in {column.title for column in sheet.columns}] == []
            assert len(set(one.titles)) == len(one.titles) > 0
    if name in ORIGINS:
        assert ORIGINS[name].page in PAGES
        assert re.search(rf"^##+ {re.escape(ORIGINS[name].section)}\.? ", METHOD, re.M)


@pytest.mark.parametrize("item", [item.number for item in PLAN.items if not item.is_told])
def test_an_item_of_the_system_leads_to_its_page(shared_site: Site, item: str) -> None:
    """From the item, as of the same day; what rests on another item leads to that one."""
    answer = page(shared_site.signed_in(Role.OFFICE), "/work-plan", f"?day=2022-05-31&item={item}")
    card = with_identity(page_element(answer.get_json()["response"]["_pages_content"]["children"]), "item")
    (said,) = [one for one in card.all("p") if one.text.startswith("无需填报")]
    (way,) = [link.properties["href"] for link in said.all("link")]
    source = PLAN.item_by_number[item].source
    path, _, asked = way.partition("?")
    assert path == origin_of(source).page.path
    dated = {
        "/casualties": "period=2022&as_of=2022-05-31", "/enterprise": "", "/inspection-coverage": "",
        **dict.fromkeys(("/ranking", "/scores", "/submissions", "/publications", "/calendar"), "period=2022-05"),
        "/work-plan": f"day=2022-05-31&item={reached_item(source)}",
    }  # fmt: skip
    assert asked == dated.get(path, "day=2022-05-31")
