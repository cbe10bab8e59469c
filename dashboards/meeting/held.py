"""A document that somebody holds: which publication it says it is of, and which of those that were given out it is nearest to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from dashboards.results.report_sheet import MARK
from dashboards.results.verification import MOST_NAMED

Difference = tuple[str, tuple[Any, Any]]
"""A place, and what was published and is found there."""
_SHA256 = re.compile(r"SHA-256\W{0,3}([0-9a-f]{64})(?![0-9a-f])")


def claim_in(properties: Mapping[str, str], printed: Iterable[str]) -> Mapping[str, str] | None:
    """Which publication a document says it is of: by its properties, else by the first fingerprint among what is printed on it."""
    own = {name: properties[name] for name in MARK if name in properties}
    if len(own) == len(MARK):
        return own
    found = next((told[1] for text in printed if (told := _SHA256.search(text))), None)
    return None if found is None else {**dict.fromkeys(MARK, ""), "sha256": found}


def nearest(every: Iterable[Iterator[Difference]]) -> list[Difference]:
    """What differs from the document that it is nearest to, as much of it as is named: those that are given out leave different words out."""
    least: list[Difference] | None = None
    for one in every:
        differing = list(islice(one, MOST_NAMED))
        if least is None or len(differing) < len(least):
            least = differing
        if not least:
            break
    return least or []
