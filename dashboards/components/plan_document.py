"""A year's work plan as a document for who wants to follow it: article, item, column, figure, page (``docs/work-plan.md``).

Written from the plan and from what the program declares of itself, so that nothing of it can grow old.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.components import plan_words
from dashboards.components.page_list import WORK_PLAN, Page
from dashboards.components.plan_origins import ActOfTheSystem, Held, held, origin_of
from dashboards.method import work_plan as method
from dashboards.results import plan_names
from dashboards.results.plan_figures import source_called
from data.language import gettext as _
from data.zone.plan_sources import reached_item
from data.zone.work_plan import PlanItem, WorkPlan
from data.zone.zone import Zone

ARTICLE = "## "
"""How the heading of an article begins."""


def document(plan: WorkPlan, zone: Zone, command: str) -> str:
    """The whole in Markdown, the articles in the plan's order; ``command`` is the one that writes it."""
    return "\n".join([*_head(plan, command), *(line for one in plan.articles for line in _article(plan, zone, one))])


def _head(plan: WorkPlan, command: str) -> Iterator[str]:
    yield "# " + _("%(plan)s: from the article to the page", plan=plan.plan)
    yield ""
    yield _("Written by a command; do not edit it:") + f"`{command}`"
    yield ""
    yield _("Each item is followed in five steps: article, item, column, figure, page.")
    yield _("An item that units file is told in the workbook of the work plan. What the system knows nobody types.")
    yield _(
        "A figure is named as the plan names its source; the program file and the section of the method compute it."
    )
    yield ""


def _article(plan: WorkPlan, zone: Zone, article: str) -> Iterator[str]:
    yield f"{ARTICLE}{plan_names.article(article)} {plan.articles[article]}"
    yield ""
    heads = [_("What is asked"), _("Filed by"), _("Columns"), _("Figure"), _("Page")]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for item in plan.items:
        if item.article == article:
            yield _row(_cells(item, plan, zone))
    yield ""


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _cells(item: PlanItem, plan: WorkPlan, zone: Zone) -> list[str]:
    return [
        f"{plan_names.item_number(item.number)} {item.title}",
        plan_words.filed_by(item, plan, zone),
        "<br>".join(map(held_by, held(item))),
        figure(item),
        "<br>".join(pages(item)),
    ]


def held_by(one: Held) -> str:
    """重大隐患台账 (`hazards`): 隐患编号、…; or what is done in the system."""
    if isinstance(one, ActOfTheSystem):
        return one.said()
    return _("%(sheet)s (`%(kind)s`): %(columns)s",
             sheet=one.sheet, kind=one.kind, columns=_(", ").join(one.titles))  # fmt: skip


def figure(item: PlanItem) -> str:
    """`hazards.zone.major.overdue`, the file that computes it and the section of METHOD; of a ratio what it is divided by."""
    whole = f" ÷ `{item.of}`" if isinstance(item.of, str) else ""
    if isinstance(item.of, dict):
        whole = " ÷ " + _("the numbers that the plan has by object")
    section = origin_of(item.source).section
    return f"`{item.source}`{whole}<br>`{computed_in(item)}`<br>[METHOD {section}](method.md)"


def computed_in(item: PlanItem) -> str:
    """The program file that computes the figure of an item."""
    own = item.is_told or reached_item(item.source) is not None
    module = method.__name__ if own else source_called(item.source).__module__
    return module.replace(".", "/") + ".py"


def pages(item: PlanItem) -> list[str]:
    """Where it is seen: the page of its figure, and its own among the items."""
    own = f"{WORK_PLAN.path}?item={item.number}"
    page = origin_of(item.source).page
    beside = [] if page is WORK_PLAN else [_titled(page, page.path)]
    return [*beside, _titled(WORK_PLAN, own)]


def _titled(page: Page, address: str) -> str:
    return f"{page.title} `{address}`"
