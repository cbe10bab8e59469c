"""Run as a program beside an installation in demo mode: the content of the addresses given, a line each, as a browser gets it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient

HOST = "localhost"


def content(client: FlaskClient, address: str, host: str = HOST) -> Any:
    """What Dash's own script gets when an address is opened, and what the page's script has come after it."""
    path, _, query = address.partition("?")
    output = "_pages_content.children", "_pages_store.data"
    values = {"_pages_location.pathname": path, "_pages_location.search": f"?{query}"}
    page = _asked(client, host, output, values)["_pages_content"]["children"]
    return [page, *_further_down(client, host, page, f"?{query}")]


def _further_down(client: FlaskClient, host: str, page: Any, search: str) -> Iterator[Any]:
    """The parts that a page leaves to be fetched once it stands."""
    later = {name for one in _within(page) if isinstance(name := one.get("id"), str) and name.endswith("-later")}
    for callback in client.get("/_dash-dependencies", base_url=f"http://{host}/").get_json() if later else ():
        (first, *_) = callback["inputs"]
        if first["id"] in later:
            output = callback["output"].strip(".").split("...")
            for part in _asked(client, host, output, {f"{first['id']}.data": {"search": search}}).values():
                yield part["children"]


def _within(part: Any) -> Iterator[dict[str, Any]]:
    """The props of whatever component stands in a part."""
    for one in part if isinstance(part, list) else [part]:
        if isinstance(one, dict):
            yield one["props"]
            yield from _within(one["props"].get("children"))


def _asked(client: FlaskClient, host: str, output: Sequence[str], values: Mapping[str, Any]) -> dict[str, Any]:
    """A callback's answer."""
    body = {
        "output": f"..{'...'.join(output)}..",
        "outputs": [_property(one) for one in output],
        "inputs": [{**_property(one), "value": value} for one, value in values.items()],
        "changedPropIds": list(values),
        "state": [],
    }
    token = client.get_cookie("_csrf_token", domain=host)
    assert token is not None
    headers = {"X-CSRFToken": token.value}
    answer = client.post("/_dash-update-component", base_url=f"http://{host}/", json=body, headers=headers)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    found: dict[str, Any] = answer.get_json()["response"]
    return found


def _property(name: str) -> dict[str, str]:
    return dict(zip(("id", "property"), name.split("."), strict=True))


def texts(part: Any) -> Iterator[str]:
    """What can be read in a part of a page as it is sent, piece by piece."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from texts(one)
    elif isinstance(part, dict):
        props = part["props"]
        yield from _of_markup(props["tree"]) if "tree" in props else texts(props.get("children"))


def _of_markup(nodes: list[Any]) -> Iterator[str]:
    for node in nodes:
        yield from _of_markup(node[2:]) if isinstance(node, list) else [str(node)]


def main(addresses: list[str]) -> None:
    """Sign in as the office and ask for each."""
    from app import create_app
    from data.settings import settings

    client = create_app(settings()).server.test_client()
    form = client.get("/signin").get_data(as_text=True)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', form)[0]
    client.post("/signin/demo/office", data={"csrf_token": token})
    client.get("/ranking")  # a new session has a new token, which the next page hands out
    for address in addresses:
        sys.stdout.write(json.dumps(content(client, address), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
