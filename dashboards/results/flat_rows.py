"""A report as lines for a table or a spreadsheet, made of what it prints: the same of a live one and of a frozen one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboards.method.rates import RATES
from dashboards.method.single_keys import SINGLE_KEYS

Content = Mapping[str, Any]
Rows = list[dict[str, Any]]


def flat_rows(content: Content, zone_name: str) -> Rows:
    """The lines of a ranking, of scores or of casualties, as CONTRACT prints the report."""
    match content["report"]:
        case "ranking":
            return list(_ranking(content))
        case "scores":
            return list(_scores(content))
        case _:
            return list(_casualties(content, zone_name))


def _ranking(content: Content) -> Iterator[dict[str, Any]]:
    for group in content["groups"]:
        for row in group["rows"]:
            yield {
                "group": group["group"],
                **{key: row[key] for key in ("rank", "of", "unit", "name", "score")},
                "flags": " ".join(row["flags"]),
                **{key: (row["correction"] or {}).get(key) for key in ("score_before", "rank_before")},
                **(row["indicators"] or {}),
                **_chance(row),
            }


def _chance(row: Content) -> dict[str, Any]:
    """How sure a unit's place is, by the names of ``report_frames.CHANCE``."""
    low, high = row["rank_interval"] or (None, None)
    place, weights, keys = row["chance"] or {}, row["weights"] or {}, row["single_keys"] or {}
    needed = {lift["indicator"]: lift["needed"] for lift in row["to_next"] or ()}
    return {
        "rank_low": low,
        "rank_high": high,
        "chance_first": place.get("first"),
        "chance_last": place.get("last"),
        "told_apart": row["told_apart"],
        "margin": row["margin"],
        "weights_same": weights.get("same"),
        "weights_within_one": weights.get("within_one"),
        **{f"place_by_{key}": keys.get(key) for key in SINGLE_KEYS},
        "to_next_cases": needed.get("closed_loop_rate"),
        "to_next_inspections": needed.get("completion"),
        **{
            f"{rate}_{end}": None if interval is None else interval[number]
            for rate in RATES
            for interval in [(row["intervals"] or {}).get(rate)]
            for number, end in enumerate(("low", "high"))
        },
    }


def _scores(content: Content) -> Iterator[dict[str, Any]]:
    speaks = {one["unit"]: one["reason"] for one in content["last_speakers"] if "unit" in one}
    for group in content["groups"]:
        for row in group["rows"]:
            yield {
                "group": group["group"],
                **{key: row[key] for key in ("rank", "of", "unit", "name", "score", "grade")},
                "flags": " ".join(row["flags"]),
                **row["components"],
                **{key: row[key] for key in ("bonus", "deduction", "veto")},
                "speaks_last": speaks.get(row["unit"]),
                **{f"measure_{part['number']}": part["score"] for part in row["measures"]},
            }
    for one in content["last_speakers"]:
        if "enterprise" in one:
            yield {"group": "enterprise", "name": one["enterprise"], "speaks_last": one["reason"]}


def _casualties(content: Content, zone_name: str) -> Iterator[dict[str, Any]]:
    yield _scope({"scope": "zone", "code": None, "name": zone_name, **content["zone"]})
    for one in content["units"]:
        yield _scope({"scope": "unit", "code": one["unit"], **one})
    for one in content["sectors"]:
        yield _scope({"scope": "sector", "code": one["sector"], **one})


def _scope(scope: dict[str, Any]) -> dict[str, Any]:
    end, left_out = scope["year_end"], {"year_end", "unit", "sector"}
    return {
        **{key: value for key, value in scope.items() if key not in left_out},
        **{f"year_end_{key}": end[key] for key in ("median", "low", "high")},
    }
