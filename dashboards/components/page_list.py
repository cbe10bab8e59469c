"""The pages, one line each: whatever names a page, leads to it or asks who may open it reads this list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import dash

from data.language import gettext as _
from data.people.scope import Role

EVERYBODY = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its folder in ``dashboards/pages``, its address, its name as people say it, and the roles that may open it.

    ``keeps`` are the keys of the address that the menu takes along to it.
    """

    folder: str
    path: str
    said: Callable[[], str]
    roles: frozenset[Role] = EVERYBODY
    keeps: tuple[str, ...] = ("period",)

    @property
    def name(self) -> str:
        """What the identities of its parts begin with."""
        return self.folder.replace("_", "-")

    @property
    def title(self) -> str:
        """Its name in the navigation, on the browser's tab and in links, in the language of the product."""
        return self.said()


OVERVIEW = Page("overview", "/overview", lambda: _("Overview"))
RANKING = Page(
    "monthly_ranking", "/ranking", lambda: _("Monthly enforcement ranking"), keeps=("period", "group", "unit")
)
SIDE_BY_SIDE = Page("side_by_side", "/side-by-side", lambda: _("Side by side"), keeps=("period", "unit"))
SCORES = Page("quarterly_scores", "/scores", lambda: _("Quarterly scores"), keeps=("period", "group", "unit"))
CASUALTIES = Page("casualty_targets", "/casualties", lambda: _("Casualty targets"), keeps=("period", "as_of", "unit"))
WORK_PLAN = Page("work_plan", "/work-plan", lambda: _("Key tasks"), keeps=("period", "day", "unit"))
UNIT_PROFILE = Page("unit_profile", "/unit", lambda: _("Unit profile"), keeps=("period", "unit"))
FRONTLINE = Page("frontline_duty", "/frontline", lambda: _("Front-line duty"), keeps=("period", "day"))
INSPECTION_LISTS = Page("inspection_lists", "/inspection-lists", lambda: _("Whom to inspect"), keeps=("period", "unit"))
ENTERPRISE = Page("enterprise", "/enterprise", lambda: _("Enterprise profile"), keeps=())
COVERAGE = Page("inspection_coverage", "/inspection-coverage", lambda: _("Inspection coverage"), keeps=())
HAZARDS = Page("hazards", "/hazards", lambda: _("Hazards and their rectification"), keeps=("period", "day"))
SUPERVISION = Page("supervision", "/supervision", lambda: _("Supervision"), keeps=("period", "day", "unit"))
TIPOFFS = Page("tipoffs", "/tipoffs", lambda: _("Tip-offs, sanctions and crackdowns"), keeps=("period", "day"))
DISASTERS = Page("disasters", "/disasters", lambda: _("Disaster warnings"), keeps=("period", "day"))
SUBMISSIONS = Page("submissions", "/submissions", lambda: _("Submissions"))
CALENDAR = Page("calendar", "/calendar", lambda: _("Calendar"))
PUBLICATIONS = Page("publications", "/publications", lambda: _("Publications"))
SCHEMES = Page("schemes", "/schemes", lambda: _("Schemes"), keeps=())
ADMINISTRATION = Page(
    "administration", "/administration", lambda: _("Administration"), frozenset({Role.OFFICE, Role.ADMIN}), keeps=()
)

LINES = (
    (OVERVIEW, RANKING, SIDE_BY_SIDE, SCORES, CASUALTIES, CALENDAR, SUBMISSIONS, PUBLICATIONS, SCHEMES, ADMINISTRATION),
    (
        WORK_PLAN,
        UNIT_PROFILE,
        FRONTLINE,
        HAZARDS,
        SUPERVISION,
        TIPOFFS,
        DISASTERS,
        ENTERPRISE,
        COVERAGE,
        INSPECTION_LISTS,
    ),
)
"""The navigation's lines: what is assessed and how it is run; then the areas of work and the enterprises."""
PAGES = tuple(page for line in LINES for page in line)
"""In the order of the navigation; the first is where everybody begins."""


def register_page(page: Page, module: str) -> None:
    """Give a page of the list to Dash; its module calls this, for Dash takes the callbacks of whatever it loads itself."""
    dash.register_page(  # type: ignore[no-untyped-call]  # Dash gives it no types
        module, path=page.path, name=page.name, order=PAGES.index(page), title=lambda **_parts: page.title
    )
