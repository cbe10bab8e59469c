"""What a grid may ask its server: rows of its own list in its own columns. Whatever else is sent gets 400 and nothing of the data."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from data.people.scope import Role
from tests.integration.sites import Site
from tests.integration.test_access import _ask_script

GRID = "monthly-ranking-grid"
ASKED = "?period=2022-05&unit=longtanzi&measure=inspections"


def body(request: Any, grid: str = GRID) -> dict[str, Any]:
    """A request for rows as the browser sends it."""
    return {
        "output": f"{grid}.getRowsResponse",
        "outputs": {"id": grid, "property": "getRowsResponse"},
        "inputs": [{"id": grid, "property": "getRowsRequest", "value": request}],
        "changedPropIds": [f"{grid}.getRowsRequest"],
        "state": [],
    }


def request(**changes: Any) -> dict[str, Any]:
    """The first rows."""
    first = {
        "startRow": 0, "endRow": 100, "sortModel": [{"colId": "hazards", "sort": "desc"}],
        "filterModel": {"enterprise": {"filterType": "text", "type": "contains", "filter": "厂"}},
        "context": {"asked": ASKED, "search": ""},
    }  # fmt: skip
    return {**copy.deepcopy(first), **changes}


def _filter(key: str, **model: Any) -> dict[str, Any]:
    return {"filterModel": {key: model}}


FORGED: dict[str, Any] = {
    "nothing": None,
    "a list": [],
    "a text": "rows",
    "no rows": request(startRow=None),
    "backwards": request(startRow=100, endRow=0),
    "before the first": request(startRow=-1, endRow=10),
    "too many": request(endRow=100_000),
    "far beyond": request(startRow=10**12, endRow=10**12 + 1),
    "half rows": request(startRow=0.5),
    "true": request(startRow=False, endRow=True),
    "a hidden column": request(sortModel=[{"colId": "inspectors", "sort": "asc"}]),
    "a column of the table": request(sortModel=[{"colId": "number_key", "sort": "asc"}]),
    "an order of its own": request(sortModel=[{"colId": "hazards", "sort": "desc; DROP TABLE inspection"}]),
    "no orders": request(sortModel={"colId": "hazards"}),
    "many orders": request(sortModel=[{"colId": "hazards", "sort": "asc"}] * 31),
    "a filter of a hidden column": request(**_filter("inspectors", filterType="text", type="contains", filter="张")),
    "a filter of another type": request(**_filter("hazards", filterType="text", type="contains", filter="1")),
    "a number that is none": request(**_filter("hazards", filterType="number", type="equals", filter="1")),
    "not a number": request(**_filter("hazards", filterType="number", type="equals", filter=float("nan"))),
    "a day that is none": request(**_filter("due_on", filterType="date", type="equals", dateFrom="2022-02-30")),
    "a day without end": request(**_filter("due_on", filterType="date", type="inRange", dateFrom="2022-02-03")),
    "an operator of its own": request(**_filter("enterprise", filterType="text", type="regexp", filter=".*")),
    "a filter of many": request(**_filter("enterprise", filterType="text", operator="OR", conditions=[])),
    "a long text": request(**_filter("enterprise", filterType="text", type="contains", filter="x" * 201)),
    "what no database takes": request(**_filter("enterprise", filterType="text", type="contains", filter="\0")),
    "half a character": request(**_filter("enterprise", filterType="text", type="contains", filter="\ud800")),
    "a list of filters": request(filterModel=[]),
    "no context": request(context=None),
    "no question": request(context={"search": ""}),
    "a long search": request(context={"asked": ASKED, "search": "x" * 300}),
    "a search that is none": request(context={"asked": ASKED, "search": {}}),
    "no unit": request(context={"asked": "?period=2022-05&unit=nowhere&measure=inspections"}),
    "no month": request(context={"asked": "?period=2022-13&unit=longtanzi&measure=inspections"}),
    "no figure": request(context={"asked": "?period=2022-05&unit=longtanzi&measure=secret"}),
}


OTHERS = {
    "casualty-targets-grid": ("?period=2022", "enterprise", "deaths", "remark"),
    "frontline-duty-grid": ("?", "enterprise", "completed_on", "head"),
    "inspection-coverage-never-grid": ("?list=never", "enterprise", "last_on", "repeated"),
    "inspection-coverage-repeated-grid": ("?list=repeated", "enterprise", "last_on", "run"),
    "hazards-grid": ("?", "description", "days_overdue", "remark"),
    "disasters-grid": ("?", "type", "to_answer", "remark"),
    "supervision-grid": ("?", "finding", "overdue", "remark"),
    "tipoffs-grid": ("?", "object", "open_days", "remark"),
    "submissions-grid": ("?", "file_name", "rows", "sha256"),
    "submissions-problem-grid": ("?submission=1", "sentence", "places", "parameters"),
    "administration-grid": ("?", "actor", "entry", "hash"),
}
"""Grid: its question, a column of texts, one of numbers, and a column of its table that it does not show."""


def _of(grid: str) -> dict[str, dict[str, Any]]:
    """The same forgeries as another grid could get them, and a request that is none."""
    asked, text, number, hidden = OTHERS[grid]
    own = {"sortModel": [{"colId": text, "sort": "asc"}], "context": {"asked": asked, "search": "x"}, "filterModel": {}}
    changes: dict[str, dict[str, Any]] = {
        "a hidden column": {"sortModel": [{"colId": hidden, "sort": "asc"}]},
        "a filter of a hidden column": _filter(hidden, filterType="text", type="contains", filter="张"),
        "a filter of another type": _filter(number, filterType="text", type="contains", filter="1"),
        "a number that is none": _filter(number, filterType="number", type="equals", filter="1"),
        "an operator of its own": _filter(text, filterType="text", type="regexp", filter=".*"),
        "what no database takes": _filter(text, filterType="text", type="contains", filter="\0"),
        "too many": {"endRow": 100_000},
        "no context": {"context": None},
        "a long search": {"context": {"asked": asked, "search": "x" * 300}},
        "nothing forged": {},
    }
    return {name: request(**{**own, **changed}) for name, changed in changes.items()}


def test_a_list_of_problems_is_of_a_workbook(shared_site: Site) -> None:
    """Of none that is named nothing is asked for."""
    for asked in ("?", "?submission=", "?submission=x", "?submission=-1", "?submission=99999999999999"):
        told = request(sortModel=[], filterModel={}, context={"asked": asked, "search": ""})
        assert _answer(shared_site, told, "submissions-problem-grid").status_code == 400


@pytest.mark.parametrize("grid", OTHERS)
def test_no_grid_answers_what_no_grid_sends(shared_site: Site, grid: str) -> None:
    """Each list by its own columns: 400 and nothing of the data; the request that is none is answered."""
    role = Role.ADMIN if grid == "administration-grid" else Role.OFFICE
    for name, forged in _of(grid).items():
        answer = _answer(shared_site, forged, grid, role)
        assert answer.status_code == (200 if name == "nothing forged" else 400), (name, answer.text[:300])
        assert ("rowData" in answer.text) is (name == "nothing forged")


def _answer(site: Site, told: Any, grid: str = GRID, role: Role = Role.OFFICE) -> TestResponse:
    visitor = site.signed_in(role)
    return visitor.client.post(
        "/_dash-update-component", base_url=visitor.base, headers={"X-CSRFToken": visitor.token()},
        data=json.dumps(body(told, grid)), content_type="application/json",
    )  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_what_no_grid_sends_is_refused(shared_site: Site, name: str) -> None:
    """400 and a sentence, whoever asks; no error of the server."""
    answer = _answer(shared_site, FORGED[name])
    assert answer.status_code == 400, answer.text[:300]
    assert "rowData" not in answer.text


def test_what_a_grid_sends_is_answered(shared_site: Site) -> None:
    """The same without a forgery, with what AG Grid puts beside."""
    told = request(
        api={}, groupKeys=[], **_filter("due_on", filterType="date", type="equals", dateFrom="2022-05-03 00:00:00")
    )
    answer = _ask_script(shared_site.signed_in(Role.OFFICE), body(told))
    assert answer.status_code == 200
    assert answer.get_json()["response"][GRID]["getRowsResponse"] == {"rowData": [], "rowCount": 0}


def test_a_far_range_is_empty_and_not_an_error(shared_site: Site) -> None:
    """Whoever scrolls beyond the end gets no rows."""
    answer = _ask_script(shared_site.signed_in(Role.OFFICE), body(request(startRow=9_999_900, endRow=10_000_000)))
    assert answer.status_code == 200
