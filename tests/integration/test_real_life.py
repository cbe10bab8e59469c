"""Small workbooks with one trait of real files each: read right, or refused in the words that the clerk needs.

``samples/real-life/README.md`` says what its ``expected.json`` asks of each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pytest

from dashboards.results import ranking, ranking_printed
from data.intake.inbox import Choice
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.__main__ import as_dict
from etl.loading.load import Loader
from tests.conftest import SAMPLES
from tests.fetching import fetched

FOLDER = SAMPLES / "real-life"
CASES: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["file"] for case in CASES])
def test_real_life(installation: Settings, case: dict[str, Any]) -> None:
    """The answer is the expected one, or one of those that the contract allows besides; the figures are its own."""
    with Loader(installation) as loader:
        outcome = loader.load(FOLDER / case["file"], Choice(), datetime.fromisoformat(case["received_at"]))
    answer = as_dict(outcome)
    others = case.get("or") or []
    allowed = [case, *({**case, **other} for other in ([others] if isinstance(others, dict) else others))]
    assert any(_wrong(answer, one) is None for one in allowed), _wrong(answer, case)
    if answer["status"] == "accepted" and case["figures"]:
        result = fetched(
            reader(installation.database_url),
            office(installation.zone),
            ranking.fetch,
            Month(2022, 5),
            fixed_today=installation.today,
        )
        rows = [row for group in ranking_printed.as_dict(result)["groups"] for row in group["rows"]]
        indicators = next(row["indicators"] for row in rows if row["unit"] == "longtanzi")
        assert {key: indicators[key] for key in case["figures"]} == case["figures"]


def _wrong(answer: Mapping[str, Any], case: Mapping[str, Any]) -> object:
    """What of the answer is not as the case asks; None where all is."""
    if answer["status"] != case["status"]:
        return answer
    return _wrongly_refused(answer, case) if case["status"] == "rejected" else _wrongly_accepted(answer, case)


def _wrongly_refused(answer: Mapping[str, Any], case: Mapping[str, Any]) -> object:
    errors = [one for one in answer["errors"] if not case["codes"] or one["code"] in case["codes"]]
    if case["cell"] is not None:
        errors = [one for one in errors if _stands_at(one, case["cell"])]
    if not any(_says(one["message"], case) for one in errors):
        return answer["errors"]
    missing = [
        (code, cell)
        for code, cell in case.get("also", ())
        if not any(one["code"] == code and _stands_at(one, cell) for one in answer["errors"])
    ]
    return missing or None


def _stands_at(error: Mapping[str, Any], cell: str) -> bool:
    return cell in (error["cell"], *error.get("cells", ()))


def _says(message: str, case: Mapping[str, Any]) -> bool:
    return all(any(word in message for word in group) for group in case["says"]) and not any(
        word in message for word in case["says_not"]
    )


def _wrongly_accepted(answer: Mapping[str, Any], case: Mapping[str, Any]) -> object:
    codes = {one["code"] for one in answer["warnings"]}
    unwanted = case.get("not_warning") or []
    wrong = {
        "rows": case["rows"] not in {None, answer["rows"]} and answer["rows"],
        "period": case.get("period") not in {None, answer["period"]} and answer["period"],
        "warning": case["warning"] not in {None, *codes} and codes,
        "not_warning": codes & set([unwanted] if isinstance(unwanted, str) else unwanted),
        "left_out": [one for one in case["left_out"] if not _covers(answer["left_out"], one)],
    }
    return {key: value for key, value in wrong.items() if value} or None


def _covers(left_out: Iterable[Mapping[str, Any]], wanted: Mapping[str, Any]) -> bool:
    """Whether these rows of the sheet were left out, or the sheet where none are named."""
    here = [one for one in left_out if one["sheet"] == wanted["sheet"]]
    if wanted["rows"] is None:
        return bool(here)
    return _rows([wanted]) <= _rows(here)


def _rows(entries: Iterable[Mapping[str, Any]]) -> set[int]:
    spans = [entry["rows"].partition("-") for entry in entries if entry["rows"]]
    return {row for first, _, last in spans for row in range(int(first), int(last or first) + 1)}
