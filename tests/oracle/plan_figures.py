"""What the plan's sources come to on a day, as the head of its YAML and METHOD section 5 word them.

They are asked of the reports that the second implementation makes anyway, and of the rows where these do not tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from .disasters import MINUTES_IN_TIME, is_by, is_mass, time_of
from .disasters import counting_rows as disasters_counting
from .hazards import hazards_report
from .register import Asked, Paper, counting_lists, counting_papers, frontline_report, month, register, register_report
from .supervision import METHODS, counting_rows, supervision_report, tipoffs_report
from .work_plan import Figure

CRACKED_DOWN_ON = ("烟花爆竹", "危险化学品", "工贸")


def of_register(papers: Sequence[Paper], asked: Asked) -> dict[str, Figure | None]:
    """Who is in the register, who was inspected, and front-line duty."""
    rows = list(register(papers, asked)[0].values())
    risky = [row for row in rows if row["high_risk"]]
    inspected = register_report(papers, asked)["inspection"]["sectors"]
    batches = {one["batch"]: one for one in frontline_report(papers, asked)}
    everyone = batches["all"]
    found = {
        "register.without_department": _count(sum(row["department"] is None for row in rows)) if any(one.rows for one in counting_lists(papers, asked).values()) else None,
        "register.standardised.rate": _rate(sum(row["grade"] is not None for row in rows), len(rows)),
        "register.high_risk.chief_engineer.rate": _rate(sum(row["chief_engineer"] for row in risky), len(risky)),
        **{f"frontline.{batch}.coverage": _rate(one["complete"], one["enterprises"]) for batch, one in batches.items()},
    }  # fmt: skip
    for document in ("duty_list", "response_card"):
        having = everyone["enterprises"] - everyone["silent"] - everyone["lacking"][document]
        found[f"frontline.all.{document}.rate"] = _rate(having, everyone["enterprises"])
    for name in asked.sectors.values():
        seen, ready = _of_sector(inspected, name), _of_sector(everyone["sectors"], name)
        found[f"register.inspection.sectors.{name}.rate"] = _rate(seen["inspected"], seen["enterprises"])
        found[f"frontline.all.sectors.{name}.coverage"] = _rate(ready["complete"], ready["enterprises"])
    return found


def of_hazards(papers: Sequence[Paper], asked: Asked) -> dict[str, Figure | None]:
    """The major ones, and those of each sector."""
    told = hazards_report(papers, asked, {})
    major = told["zone"]["major"]
    without = sum(one["major"]["found"] for one in told["levels"] if one["level"] is None)
    found = {
        "hazards.zone.major.crossed_off_rate": _rate(major["crossed_off"], major["found"]),
        "hazards.zone.major.overdue": _if_told(papers, "hazards", asked, _count(major["overdue"])),
        "hazards.zone.major.with_level.rate": _rate(major["found"] - without, major["found"]),
    }
    for name in asked.sectors.values():
        own = _of_sector([{**one["all"], "sector": one["sector"]} for one in told["sectors"]], name)
        found[f"hazards.sectors.{name}.all.crossed_off_rate"] = _rate(own["crossed_off"], own["found"])
    return found


def of_supervision(papers: Sequence[Paper], asked: Asked) -> dict[str, Figure | None]:
    """Findings that were ordered."""
    day, zone = asked.day, supervision_report(papers, asked)["zone"]
    rows = [row for row in counting_rows(papers, "supervision", asked, known_by_unit=False) if row["ordered_on"] <= day]
    quarter = date(day.year, day.month - (day.month - 1) % 3, 1)
    used = {row["method"] for row in rows if row["ordered_on"] >= quarter} & set(METHODS)
    exposed = sum(row["exposed"] and row["ordered_on"].year == day.year for row in rows)
    return {
        "supervision.quarter.methods_used": _if_told(papers, "supervision", asked, _count(len(used))),
        "supervision.zone.exposed": _if_told(papers, "supervision", asked, _count(exposed)),
        "supervision.zone.in_time_rate": _rate(zone["answered_in_time"], zone["due"]),
    }


def of_tipoffs(papers: Sequence[Paper], asked: Asked) -> dict[str, Figure | None]:
    """Tip-offs, sanctions and crackdowns."""
    day, types = asked.day, {one["type"]: one for one in tipoffs_report(papers, asked)}
    rows = counting_rows(papers, "tipoffs", asked, known_by_unit=True)
    of_year = [row for row in rows if date(day.year, 1, 1) <= row["received_on"] <= day]
    hit = {asked.sectors[row["sector"]] for row in of_year if row["type"] == "打非" and row["sector"] is not None}
    counts = {
        "tipoffs.举报.received": sum(row["type"] == "举报" for row in of_year),
        "tipoffs.举报.overdue": types["举报"]["overdue"],
        "tipoffs.失信惩戒.overdue": types["失信惩戒"]["overdue"],
        "tipoffs.打非.sectors": len(hit & set(CRACKED_DOWN_ON)),
    }
    found = {name: _if_told(papers, "tipoffs", asked, _count(number)) for name, number in counts.items()}
    return {**found, "tipoffs.举报.payment_rate": _rate(types["举报"]["paid"], types["举报"]["rewarded"])}


def of_disasters(papers: Sequence[Paper], asked: Asked) -> dict[str, Figure | None]:
    """Warnings and disasters; the mass ones of the day's year alone, where a ledger of that year is on record."""
    day = asked.day
    rows = [row for _, row in disasters_counting(papers, day, asked.known_by)]
    warnings = [row for row in rows if is_by(row["warned_at"], day)]
    called = [row for row in warnings if is_by(row["called_at"], day)]
    answered = [row for row in called if is_by(row["answered_at"], day)]
    soon = [row for row in answered if row["answered_at"] - row["called_at"] <= timedelta(minutes=MINUTES_IN_TIME)]
    struck = [row for row in rows if is_by(row["happened_at"], day)]
    mass = [row for row in rows if is_mass(row) and is_by(time_of(row), day) and time_of(row).year == day.year]
    known = counting_papers(papers, "disasters", asked.known_by, month(day))
    naming = sum(bool(row["measures"]) and is_by(row["warned_at"] or row["happened_at"], day) for row in rows)
    return {
        "disasters.mass_events": _count(len(mass)) if any(one.period[:4] == str(day.year) for one in known) else None,
        "disasters.helped_rate": _rate(sum(row["helped"] for row in struck), sum(row["in_need"] for row in struck)),
        "disasters.closed_loop_rate": _rate(sum(is_by(row["fed_back_at"], day) for row in warnings), len(warnings)),
        "disasters.answered_in_time_rate": _rate(len(soon), len(called)),
        "disasters.measures": _count(naming) if known else None,
    }


def _of_sector(parts: list[dict[str, Any]], name: str) -> Counter[str]:
    """The numbers of a sector; of one that has nothing each is 0."""
    own = (one for one in parts if one["sector"] == name)
    return Counter({key: number for one in own for key, number in one.items() if isinstance(number, int)})


def _count(number: int) -> Figure:
    return Fraction(number), None


def _rate(part: int, whole: int) -> Figure | None:
    """None over 0."""
    return (Fraction(part), Fraction(whole)) if whole else None


def _if_told(papers: Sequence[Paper], kind: str, asked: Asked, figure: Figure) -> Figure | None:
    """A count says nothing before any ledger is on record."""
    return figure if counting_papers(papers, kind, asked.known_by, month(asked.day)) else None
