"""What the items of a work plan may name as their source and as what they are divided by (METHOD section 5.8).

Results answer each of these names; a plan that names another is refused. What each is stands in the head of
``data/reference/work_plan_2022.yaml``.
"""

from __future__ import annotations

import re

FIGURES = frozenset({
    "casualties.zone.major_accidents",
    "casualties.zone.progress",
    "casualties.zone.stability_incidents",
    "casualties.accidents.reported_in_time_rate",
    "casualties.accidents.double_checked_rate",
    "casualties.accidents.held_responsible_rate",
    "casualties.accidents.listed_rate",
    "casualties.accidents.handed_over",
    "casualties.accidents.closed_rate",
    "register.without_department",
    "register.standardised.rate",
    "register.high_risk.chief_engineer.rate",
    "register.inspection.sectors.城镇燃气.rate",
    "register.inspection.sectors.危险化学品.rate",
    "frontline.pilot.coverage",
    "frontline.key.coverage",
    "frontline.all.coverage",
    "frontline.all.duty_list.rate",
    "frontline.all.response_card.rate",
    "frontline.all.sectors.危险化学品.coverage",
    "hazards.zone.major.crossed_off_rate",
    "hazards.zone.major.overdue",
    "hazards.zone.major.with_level.rate",
    "hazards.sectors.道路交通.all.crossed_off_rate",
    "supervision.quarter.methods_used",
    "supervision.zone.exposed",
    "supervision.zone.in_time_rate",
    "tipoffs.举报.received",
    "tipoffs.举报.overdue",
    "tipoffs.举报.payment_rate",
    "tipoffs.失信惩戒.overdue",
    "tipoffs.打非.sectors",
    "ranking.closed_loop_rate",
    "ranking.rectification_rate",
    "ranking.inspections_to_last_year",
    "ranking.published_months",
    "ranking.zero_enforcement_units",
    "ranking.no_problem_found_units",
    "scores.published_quarters",
    "scores.last_speakers.spoken_rate",
    "scores.vetoes.decided_rate",
    "submissions.self_assessment.rate",
    "submissions.tasks.rate",
    "disasters.mass_events",
    "disasters.helped_rate",
    "disasters.closed_loop_rate",
    "disasters.answered_in_time_rate",
    "disasters.measures",
})  # fmt: skip
"""Figures of METHOD by name, that are none of the plan's own items."""
DENOMINATORS = frozenset({
    "register.territory",
    "register.department",
    "register.high_risk",
    "register.sectors.建设施工",
    "enforcement.inspections",
})  # fmt: skip
"""What a ratio of what units tell is divided by, but for numbers of the plan and its own items."""
FIGURES_OF_SECTORS = (
    "register.inspection.sectors.{}.rate", "frontline.all.sectors.{}.coverage", "hazards.sectors.{}.all.crossed_off_rate",
)  # fmt: skip
"""Figures that any sector has, by any name of it."""
DENOMINATOR_OF_SECTORS = "register.sectors."
"""Before the name of any sector: its enterprises, whole zone."""
_OF_SECTORS = {one: re.compile(re.escape(one).replace(r"\{\}", "(?P<sector>.+)")) for one in FIGURES_OF_SECTORS}
_REACHED = re.compile(r"plan\.(?P<number>.+)\.reached_rate")
_OF_ITEM = re.compile(r"plan\.(?P<number>.+)")


def figure_of_sector(source: str) -> tuple[str, str] | None:
    """Which figure of which sector a source is, as (one of ``FIGURES_OF_SECTORS``, the sector's name); None of any other source."""
    matches = ((figure, pattern.fullmatch(source)) for figure, pattern in _OF_SECTORS.items())
    return next(((figure, match["sector"]) for figure, match in matches if match is not None), None)


def denominator_of_sector(name: str) -> str | None:
    """The sector by whose enterprises a ratio is divided; None of any other denominator."""
    return name.removeprefix(DENOMINATOR_OF_SECTORS) if name.startswith(DENOMINATOR_OF_SECTORS) else None


def reached_item(source: str) -> str | None:
    """The number of the item of which a source says how many units have reached it; None of any other source."""
    match = _REACHED.fullmatch(source)
    return None if match is None else match["number"]


def divided_by_item(name: str) -> str | None:
    """The number of the item whose numerator a ratio is divided by; None of any other denominator."""
    match = _OF_ITEM.fullmatch(name)
    return None if match is None else match["number"]
