"""Reports of what stands on a day as lines for a table or a spreadsheet, made of what they print (METHOD section 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Content = Mapping[str, Any]
Units = Mapping[str, str]
"""Units' names by code."""
Lines = list[dict[str, Any]]


def lines_of(content: Content, zone_name: str, units: Units) -> Lines:
    """The lines of one of these reports, as CONTRACT prints it."""
    return list(_LINES[content["report"]](content, zone_name, units))


def is_of_a_day(report: str) -> bool:
    """Whether a report is one of these."""
    return report in _LINES


def _register(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    inspection = content["inspection"]
    whole = {
        "listed": content["enterprises"],
        **{key: inspection[key] for key in ("inspected", "rate", "never", "repeated")},
    }
    yield {"scope": "zone", "code": None, "name": zone_name, **whole}
    yield {"scope": "high_risk", "code": None, "name": None, **_counted(inspection["high_risk"])}
    for one in inspection["towns"]:
        yield {**_of_unit(one, units), **_counted(one)}
    for one in inspection["sectors"]:
        yield {**_of_sector(one), **_counted(one)}
    for one in content["findings"]:
        yield {
            "scope": one["code"],
            "code": one["credit_code"],
            "name": None,
            "told_by": " ".join(one["units"]),
            "differs": " ".join(one["differs"]) or None,
        }


def _frontline(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    for batch in content["batches"]:
        yield {
            "batch": batch["batch"],
            "scope": "zone",
            "code": None,
            "name": zone_name,
            **_counted(batch),
            **{key: batch[key] for key in ("due", "state", "on_due_day", "needed_per_week", "silent")},
            **{f"lacks_{document}": number for document, number in batch["lacking"].items()},
        }
        for one in batch["towns"]:
            yield {"batch": batch["batch"], **_of_unit(one, units), **_counted(one)}
        for one in batch["sectors"]:
            yield {"batch": batch["batch"], **_of_sector(one), **_counted(one)}


def _hazards(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    to_zero = {"months_to_zero": content["months_to_zero"]}
    yield from _of_grades({"scope": "zone", "code": None, "name": zone_name}, content["zone"], to_zero)
    for one in content["units"]:
        yield from _of_grades(_of_unit(one, units), one)
    for one in content["sectors"]:
        yield from _of_grades(_of_sector(one), one)
    for one in content["levels"]:
        yield from _of_grades({"scope": "level", "code": None, "name": one["level"]}, one)
    for one in content["burn_down"]:
        yield {"scope": "month_end", "code": None, "name": None, "hazard_grade": "all", **one}
    for one in content["reconciliation"]:
        differing = {"in_inspections": one["ledger"], "on_record": one["hazards"]}
        yield {**_of_unit(one, units), "scope": "unreconciled", "month": one["month"], **differing}


def _of_grades(
    whose: Mapping[str, Any], graded: Content, more: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """Two lines, of all hazards and of the major ones; what a report calls ``due`` elsewhere is a day."""
    for grade in ("all", "major"):
        figures = dict(graded[grade])
        ages = {f"age_{band.replace('-', '_')}": number for band, number in figures.pop("ages").items()}
        fallen_due = figures.pop("due")
        yield {**whose, "hazard_grade": grade, **figures, "fallen_due": fallen_due, **ages, **(more or {})}
        more = None


def _supervision(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    yield {"scope": "zone", "code": None, "name": zone_name, **content["zone"]}
    for one in content["units"]:
        yield {**_of_unit(one, units), **_but("unit", one)}
    for one in content["methods"]:
        yield {"scope": "method", "code": None, "name": one["method"], **_but("method", one)}


def _tipoffs(content: Content, _zone_name: str, _units: Units) -> Iterator[dict[str, Any]]:
    for one in content["types"]:
        yield {"scope": "type", "code": None, "name": one["type"], **_but("type", one)}


def _but(key: str, one: Content) -> dict[str, Any]:
    return {name: value for name, value in one.items() if name != key}


_CALLED = ("warnings", "called", "answered", "fed_back")


def _disasters(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    yield {
        "scope": "zone",
        "code": None,
        "name": zone_name,
        **{key: content[key] for key in (*_CALLED, "answered_in_time_rate")},
        "fed_back_rate": content["closed_loop_rate"],
        **{f"answer_minutes_{key}": number for key, number in content["answer_minutes"].items()},
        **{f"stops_{one}": number for one, number in content["measures"].items()},
        **{key: content[key] for key in ("moved", "dead", "missing", "helped_rate", "no_mass_disaster")},
    }
    for one in content["units"]:
        yield {**_of_unit(one, units), **{key: one[key] for key in _CALLED}}


_STATES = ("done", "late", "due", "overdue", "upcoming")


def _plan(content: Content, zone_name: str, units: Units) -> Iterator[dict[str, Any]]:
    """Each item as the zone has it, and below it as each unit does that files it; then what does not fit, and the articles."""
    for item in content["items"]:
        what = {key: item[key] for key in ("title", "article", "unit_of_measure", "source", "target")}
        whose = {"number": item["number"], "scope": "zone", "code": None, "name": zone_name}
        yield {**whose, **what, **_come_so_far(item)}
        for one in item["units"]:
            yield {"number": item["number"], **_of_unit(one, units), "title": item["title"], **_come_so_far(one)}
    for one in content["findings"]:
        told = {key: one[key] for key in ("target", "object", "told")}
        yield {"number": one["number"], **_of_unit(one, units), "scope": "plan_finding", **told}
    for one in content["articles"]:
        counts = {"items": one["items"], **{f"state_{state}": one[state] for state in _STATES}}
        yield {"number": None, "scope": "article", "code": one["article"], "name": one["title"], **counts}


def _come_so_far(one: Content) -> dict[str, Any]:
    """What an item comes to, and its due days, each with its state behind it."""
    dues = " ".join(f"{due['due']}:{due['state'] or '-'}" for due in one["dues"])
    return {**{key: one[key] for key in ("numerator", "denominator", "progress")}, "dues": dues or None}


def _of_unit(one: Content, units: Units) -> dict[str, Any]:
    return {"scope": "unit", "code": one["unit"], "name": units.get(one["unit"])}


def _of_sector(one: Content) -> dict[str, Any]:
    return {"scope": "sector", "code": None, "name": one["sector"]}


def _counted(one: Content) -> dict[str, Any]:
    """The figures of one part; of how many enterprises they are has a name that no other report has."""
    figures = {key: one[key] for key in ("inspected", "rate", "complete", "coverage") if key in one}
    return {"listed": one["enterprises"], **figures}


_LINES: Mapping[str, Callable[[Content, str, Units], Iterator[dict[str, Any]]]] = {
    "register": _register,
    "frontline": _frontline,
    "hazards": _hazards,
    "supervision": _supervision,
    "tipoffs": _tipoffs,
    "disasters": _disasters,
    "plan": _plan,
}
