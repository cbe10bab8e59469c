"""The copies of a publication that are given out: the words in which a veto was decided are for the office and the unit concerned.

Names of people may stand in them. All else is the same for everybody, and each copy is known again as a true one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dashboards.results.hiding import HIDDEN
from data.intake.publications import Publication
from data.people.scope import Scope

_ENDS = "。；;.，,、"


def vetoes(one: Publication) -> Mapping[str, str]:
    """Unit → the words of its veto."""
    groups = one.content.get("groups", ())
    return {row["unit"]: row["veto"] for group in groups for row in group["rows"] if row.get("veto")}


def copy_for(one: Publication, scope: Scope) -> Publication:
    """As an account takes it along."""
    return _showing(one, {unit for unit in vetoes(one) if scope.sees_names(unit)})


def copies(one: Publication) -> Iterator[Publication]:
    """All that are given out: whole, without any of these words, and with those of one unit alone."""
    told = vetoes(one)
    yield one
    if told:
        yield _showing(one, ())
        yield from (_showing(one, {unit}) for unit in told)


def is_left_out(one: Publication, pair: tuple[Any, Any]) -> bool:
    """Whether what differs in a document is only that it leaves these words out."""
    return pair[1] == HIDDEN and pair[0] in vetoes(one).values()


def hidden_from(one: Publication, scope: Scope, pair: tuple[Any, Any]) -> tuple[Any, Any]:
    """A cell or a paragraph as published and as found, for whoever laid a document down: not these words, wherever in it they stand,
    where they are not for him.
    """
    published = pair[0]
    if isinstance(published, str):
        for unit, words in vetoes(one).items():
            if words and not scope.sees_names(unit):
                published = _wherever(words).sub(lambda _found: HIDDEN, published)
    return published, pair[1]


def _wherever(words: str) -> re.Pattern[str]:
    """These words however a document has them: broken over lines, without the sign at their end."""
    letters = "".join(words.split())
    return re.compile(r"\s*".join(map(re.escape, letters.rstrip(_ENDS) or letters)))


def _showing(one: Publication, units: Collection[str]) -> Publication:
    told = vetoes(one)
    if set(told) <= set(units):
        return one
    groups = [{**group, "rows": [_row(row, units) for row in group["rows"]]} for group in one.content["groups"]]
    return replace(one, content={**one.content, "groups": groups})


def _row(row: Mapping[str, Any], units: Collection[str]) -> Mapping[str, Any]:
    return {**row, "veto": HIDDEN} if row.get("veto") and row["unit"] not in units else row
