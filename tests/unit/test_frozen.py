"""Two writings of the same figures: a change of one is found where it is, and what is no change is none."""

from __future__ import annotations

import copy
import json
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.method.conclusions import changed
from dashboards.method.frozen import ABSENT, differing, figures, moved, places, same, same_text
from data.intake.publications import canonical, fingerprint

REPORT: dict[str, Any] = {
    "report": "ranking",
    "period": "2022-05",
    "as_of": "2022-07-01",
    "published": 1,
    "groups": [
        {
            "group": "town",
            "rows": [
                {"unit": "a", "name": "甲", "rank": 1, "score": 81.5, "flags": [], "chance": {"first": 0.7}},
                {"unit": "b", "name": "乙", "rank": 2, "score": 73.25, "flags": ["late"], "chance": None},
            ],
        }
    ],
}
NUMBERS = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False, width=64))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_and_read_again_is_the_same(content: Any) -> None:
    """Neither another order of keys nor a way through JSON changes the figures or the hash."""
    again = json.loads(json.dumps(content, indent=3, sort_keys=True))
    assert differing(places(content), places(again)) == {}
    assert fingerprint(again) == fingerprint(content)
    assert canonical(content) == canonical(again)


@given(st.floats(1e-6, 1e12), st.data())
def test_any_digit_that_is_another_one_is_another_figure(number: float, data: st.DataObject) -> None:
    """In whatever place; but the fifteen digits that a spreadsheet keeps of a number are that number."""
    written = str(number)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(written.partition("e")[0]) if sign.isdigit()]))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != written[place]]))
    altered = written[:place] + digit + written[place + 1 :]
    kept = Decimal(f"{number:.14e}"), Context(prec=15, rounding=ROUND_HALF_UP).create_decimal(written)
    assert same(number, Decimal(altered)) == same_text(written, altered) == (Decimal(altered) in kept)
    assert all(same(number, one) for one in kept)
    assert same_text(written, f"{number:.15g}")


def test_places_that_differ_are_named() -> None:
    """A score of one unit, and a flag that was added."""
    other = copy.deepcopy(REPORT)
    other["groups"][0]["rows"][1]["score"] = 78.25
    other["groups"][0]["rows"][0]["flags"].append("late")
    assert differing(places(REPORT), places(other)) == {
        "groups[0].rows[0].flags": ([], ABSENT),
        "groups[0].rows[1].score": (73.25, 78.25),
        "groups[0].rows[0].flags[0]": (ABSENT, "late"),
    }


def test_days_names_chances_and_refusals_overtake_nothing() -> None:
    """A publication is overtaken by figures alone, and a unit is known again by its code wherever it stands."""
    other = copy.deepcopy(REPORT)
    other.update(as_of="2022-10-01", published=None, new={"of": "a later program"})
    rows = other["groups"][0]["rows"]
    rows.reverse()
    rows[1].update(name="甲街道", chance={"first": 0.69}, flags=["refused"])
    assert moved(figures(REPORT), figures(other)) == {}
    rows[0]["score"] = 90.0
    assert moved(figures(REPORT), figures(other)) == {"groups.town.rows.b.score": (73.25, 90.0)}
    del rows[0]
    assert set(moved(figures(REPORT), figures(other))) == {
        f"groups.town.rows.b.{key}" for key in ("unit", "rank", "score", "flags[0]")
    }


def test_conclusions_are_derived_from_two_publications() -> None:
    """Who led and who was last; a moved score that moves no place changes no conclusion."""
    other = copy.deepcopy(REPORT)
    rows = other["groups"][0]["rows"]
    rows[0]["score"] = 99.0
    assert changed(REPORT, other) == []
    rows[0]["rank"], rows[1]["rank"] = 2, 1
    assert changed(REPORT, other) == [
        {"conclusion": "town.first", "before": ["a"], "after": ["b"]},
        {"conclusion": "town.last", "before": ["b"], "after": ["a"]},
    ]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [(1, 1.0, True), (True, 1, False), ("1", 1, False), (None, None, True), (None, 0, False), (10**400, 1.0, False)],
)
def test_same_is_of_one_kind(one: Any, other: Any, alike: bool) -> None:
    """A number is no text and no flag, whatever Python thinks of them."""
    assert same(one, other) is alike
