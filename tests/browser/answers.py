"""What the server answers to the script of a page: the parts that follow a choice, and a whole page for its address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from dashboards.web.token import FIELD

ASKED = "/_dash-update-component"
LEFT_OUT = "left-out"
"""In place of a list that a browser with its grid has no need of."""
AWAITED = "never-asked"
"""Around a part that is fetched once the page stands."""
_OUTPUT = ("_pages_content.children", "_pages_store.data")
_INPUT = ("_pages_location.pathname", "_pages_location.search")


@contextmanager
def parts_answered(page: Page) -> Iterator[dict[str, Any]]:
    """The parts that are filled in place meanwhile, each with what it was last filled with; they are there at the end."""
    answers: list[Response] = []
    parts: dict[str, Any] = {}

    def keep(answer: Response) -> None:
        if urlsplit(answer.url).path == ASKED:
            answers.append(answer)

    page.on("response", keep)
    try:
        yield parts
    finally:
        page.remove_listener("response", keep)
    for answer in answers:
        assert answer.status == 200, (answer.request.post_data, answer.text())
        filled = answer.json()["response"]
        parts |= {identity: each["children"] for identity, each in filled.items() if "children" in each}


def page_answered(page: Page, address: str) -> Any:
    """What a page of this address consists of, for whoever is signed in there."""
    where = urlsplit(address)
    token = next(one["value"] for one in page.context.cookies(address) if one["name"] == "_csrf_token")
    values = where.path, f"?{where.query}"
    body = {
        "output": f"..{'...'.join(_OUTPUT)}..",
        "outputs": [_property(one) for one in _OUTPUT],
        "inputs": [{**_property(one), "value": value} for one, value in zip(_INPUT, values, strict=True)],
        "changedPropIds": list(_INPUT),
        "state": [],
    }
    url = f"{where.scheme}://{where.netloc}{ASKED}"
    answer = page.request.post(url, data=body, headers={"X-CSRFToken": token, "Origin": url.removesuffix(ASKED)})
    assert answer.status == 200, answer.text()
    return answer.json()["response"]["_pages_content"]["children"]


def differing(parts: dict[str, Any], whole: Any) -> list[str]:
    """The parts that are not the same in a whole page, without those in which a list was left out, and those that come after it."""
    after = identities([one for one in _within(whole) if isinstance(one, dict) and _is_awaited(one)])
    return [
        identity
        for identity, content in parts.items()
        if identity not in after
        and not _holds(content, LEFT_OUT)
        and _listed(content) != _listed(_found(whole, identity))
    ]


def _is_awaited(one: dict[str, Any]) -> bool:
    return AWAITED in str(one.get("className", "")).split()


def identities(whole: Any) -> set[str]:
    """The identities of all that stands in a page."""
    named = (one.get("id") for one in _within(whole) if isinstance(one, dict))
    return {one for one in named if isinstance(one, str)}


def _property(name: str) -> dict[str, str]:
    return dict(zip(("id", "property"), name.split("."), strict=True))


def _listed(content: Any) -> list[Any]:
    """Of one component alone Dash makes no list; the token in a form is another in each second."""
    made: list[Any] = _without_token(content if isinstance(content, list) else [content])
    return made


def _without_token(part: Any) -> Any:
    if isinstance(part, list):
        return [_without_token(one) for one in part]
    if isinstance(part, dict):
        of_token = part.get("name") == FIELD
        return {key: None if of_token and key == "value" else _without_token(one) for key, one in part.items()}
    return part


def _within(part: Any) -> Iterator[Any]:
    """Whatever stands in a part, itself first."""
    yield part
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _within(one)


def _found(whole: Any, identity: str) -> Any:
    """What stands in the component with this identity."""
    for one in _within(whole):
        if isinstance(one, dict) and isinstance(one.get("props"), dict) and one["props"].get("id") == identity:
            return one["props"].get("children")
    raise AssertionError(f"the page has no part {identity}")


def _holds(part: Any, word: str) -> bool:
    return any(one == word for one in _within(part))
