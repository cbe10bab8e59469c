"""Run as a program beside an installation in demo mode: the content of the addresses given, a line each, as a browser gets it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient


def content(client: FlaskClient, address: str) -> Any:
    """What Dash's own script gets when an address is opened."""
    path, _, query = address.partition("?")
    output = "_pages_content.children", "_pages_store.data"
    body = {
        "output": f"..{'...'.join(output)}..",
        "outputs": [dict(zip(("id", "property"), one.split("."), strict=True)) for one in output],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": f"?{query}"},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
        "state": [],
    }
    token = client.get_cookie("_csrf_token")
    assert token is not None
    answer = client.post("/_dash-update-component", json=body, headers={"X-CSRFToken": token.value})
    assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
    return answer.get_json()["response"]["_pages_content"]["children"]


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
