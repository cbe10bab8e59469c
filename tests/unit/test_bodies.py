"""What counts as a callback of a page: its own inputs and state, in their order, with values of their kind."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.web.bodies import LONGEST_TEXT, is_one_of

ONE = {
    "inputs": [{"id": "a-period", "property": "value"}, {"id": "a-tick", "property": "n_intervals"}],
    "state": [{"id": "a-address", "property": "search"}],
}
CALLBACKS: dict[str, Any] = {
    "a-address.href": ONE,
    "a-address.href@1f": ONE,
    "..a-list.children...a-tick.disabled..": {"inputs": [{"id": "a-sent", "property": "data"}], "state": []},
}
HREF = {"id": "a-address", "property": "href"}
PERIOD = {"id": "a-period", "property": "value", "value": "2022-05"}
TICK = {"id": "a-tick", "property": "n_intervals", "value": 3}
SEARCH = {"id": "a-address", "property": "search", "value": "?x=1"}
GOOD: dict[str, Any] = {
    "output": "a-address.href", "outputs": HREF, "inputs": [PERIOD, TICK], "state": [SEARCH],
    "changedPropIds": ["a-period.value"],
}  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"output": "a-address.href@1f"},
        {"output": "a-address.href@1f", "outputs": {**HREF, "property": "href@1f"}},
        {"inputs": [{**PERIOD, "value": None}, {"id": "a-tick", "property": "n_intervals"}]},
        {"inputs": [{**PERIOD, "value": "<script>"}, TICK]},
    ],
)
def test_what_a_page_sends_is_taken(changed: dict[str, Any]) -> None:
    """The page's own request, a second callback of one output, an empty choice, any text."""
    assert is_one_of(CALLBACKS, {**GOOD, **changed})


def test_callback_of_two_outputs_is_taken() -> None:
    """Outputs are named one by one, in their order."""
    outputs = [{"id": "a-list", "property": "children"}, {"id": "a-tick", "property": "disabled"}]
    sent = [{"id": "a-sent", "property": "data", "value": [{"name": "x"}]}]
    body = {"output": "..a-list.children...a-tick.disabled..", "outputs": outputs, "inputs": sent}
    assert is_one_of(CALLBACKS, body)
    assert not is_one_of(CALLBACKS, {**body, "outputs": outputs[::-1]})


@pytest.mark.parametrize("body", [None, [], "text", 5, {}, {"output": 5}, {"output": ["a"]}, {"output": "b.href"}])
def test_what_is_no_callback_is_refused(body: Any) -> None:
    """Anything but an object that names a callback of ours."""
    assert not is_one_of(CALLBACKS, body)


@pytest.mark.parametrize(
    "changed",
    [
        {"outputs": None}, {"outputs": [HREF, HREF]}, {"outputs": {"id": "shell", "property": "children"}}, {"outputs": "x"},
        {"inputs": None}, {"inputs": "x"}, {"inputs": [PERIOD]}, {"inputs": [TICK, PERIOD]}, {"inputs": [PERIOD, TICK, PERIOD]},
        {"inputs": ["x", "y"]}, {"inputs": [PERIOD, {**TICK, "value": "3"}]}, {"inputs": [{**PERIOD, "value": ["2022-05"]}, TICK]},
        {"inputs": [{**PERIOD, "value": {"a": 1}}, TICK]}, {"inputs": [{**PERIOD, "value": 5}, TICK]},
        {"inputs": [{**PERIOD, "value": "x" * (LONGEST_TEXT + 1)}, TICK]}, {"inputs": [{**PERIOD, "id": {"type": "x"}}, TICK]},
        {"inputs": [{**PERIOD, "id": "b-period"}, TICK]}, {"state": []}, {"state": None}, {"state": [SEARCH, SEARCH]},
        {"state": [{**SEARCH, "id": "other"}]}, {"changedPropIds": "x"}, {"changedPropIds": [5]}, {"changedPropIds": None},
    ],
)  # fmt: skip
def test_what_no_page_sends_is_refused(changed: dict[str, Any]) -> None:
    """Other outputs, inputs or state than the callback has, more or fewer, in another order, or of another kind."""
    assert not is_one_of(CALLBACKS, {**GOOD, **changed})
