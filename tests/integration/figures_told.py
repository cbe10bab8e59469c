"""What a form must tell of a figure, and what it does tell: numbers as they are rounded there, words as a set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from typing import Any

from dashboards.results import names
from tests.integration.every_figure import KEPT, NOTHING, TEXT, Figure, Lines
from tests.integration.reading_back import FormRead

_IN_A_CELL = Context(prec=15, rounding=ROUND_HALF_UP)
_WHOLE_ZONE = "全区"
_TIMELY = {"按时": "1", "迟报，得半": "0.5", "迟报，不得分": "0"}
_YES_AND_NO: Mapping[Any, tuple[str, str]] = {
    "csv": ("False", "True"), ("told_apart", "frozen"): ("分不出", "分得出"), ("closed", "pptx"): ("尚未结案", "已结案"),
}  # fmt: skip
_LIGHTS = {"red": "红", "orange": "橙", "yellow": "黄", "green": "绿"}
Told = dict[tuple[str, str], Any]
"""(whose, figure) → what is told."""


def must_tell(lines: Lines, content: Any, form: str) -> Told:
    """What a form must tell of each line that it shows."""
    rows = [row for at in lines.at for row in rows_at(content, at) if lines.shown.get(form, bool)(row)]
    return {
        (_whose(lines, row, form), one.at): expected(one, row, form)
        for row in rows
        for one in lines.figures
        if form in one.heads
    }


def tells(lines: Lines, read: FormRead, form: str) -> Mapping[tuple[str, str], set[Any]]:
    """Every value that it tells, of whatever."""
    found: dict[tuple[str, str], set[Any]] = defaultdict(set)
    for head, *rows in filter(None, read.tables):
        name = next((place for place, one in enumerate(head) if one in lines.heads[form]), None)
        if name is None or (lines.beside and lines.beside not in head):
            continue
        for figure, place in _places(lines, head, form):
            for row in rows:
                whose = row[name].partition(" ")[0] if form == "frozen" else row[name]
                found[whose, figure.at].add(told(figure, row[place], form))
    return found


def _places(lines: Lines, head: Sequence[str], form: str) -> list[tuple[Figure, int]]:
    """The columns that are figures; a head may go on behind a number."""
    return [
        (figure, place)
        for figure in lines.figures
        if (called := figure.heads.get(form))
        for place, one in enumerate(head)
        if one == called or (called.endswith(".") and one.startswith(called))
    ]


def _whose(lines: Lines, row: Any, form: str) -> str:
    name: str = row[lines.name]
    if lines.name == "date":
        return spoken(name)
    return _WHOLE_ZONE if row.get("whole") and form in {"sheets", "docx"} else name


def prepared(content: Any) -> Any:
    """A published JSON as it is compared: lists by what their parts are about, the zone as a line; marked who shares a place, and
    of whose group anybody has a score."""
    for group in content.get("groups", ()):
        places = Counter(row["rank"] for row in group["rows"] if row["score"] is not None)
        for row in group["rows"]:
            row["any_scored"] = True if places else None
            row["tied"] = row["score"] is not None and places[row["rank"]] > 1
            row["speaks_last"] = next(
                (one["reason"] for one in content.get("last_speakers", ()) if one.get("unit") == row["unit"]), None
            )
    content["speaking_enterprises"] = [
        {
            "name": one["enterprise"],
            "speaks_last": one["reason"],
            "rank": None,
            "score": None,
            "flags": [],
            "tied": False,
        }
        for one in content.get("last_speakers", ())
        if "enterprise" in one
    ]
    if "zone" in content:
        content["zone"] |= {"name": content["publication"]["zone"], "whole": True}
    return _placed(content)


def _placed(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {key: _placed(value) for key, value in content.items()}
    if isinstance(content, list) and not all(isinstance(one, str) for one in content):
        keys = [_about(one) for one in content]
        named = None not in keys and len(set(keys)) == len(keys)
        return {
            key if named else str(place): _placed(one)
            for place, (key, one) in enumerate(zip(keys, content, strict=True))
        }
    return content


def _about(one: Any) -> str | None:
    """By what a part of a list is known: a lift by its indicator, a measure by its number."""
    keys = ("indicator", "group", "number", "unit", "sector", "enterprise")
    return next((str(one[key]) for key in keys if key in one), None) if isinstance(one, dict) else None


def rows_at(content: Any, at: str) -> Iterator[Any]:
    """What stands at a place of which ``*`` is any part."""
    first, _dot, rest = at.partition(".")
    for one in content.values() if first == "*" else [content[first]]:
        yield from rows_at(one, rest) if rest else [one]


def value_at(row: Any, at: str) -> Any:
    """A figure of a line; None where there is none of it."""
    for key in at.split("."):
        row = row.get(key) if isinstance(row, Mapping) else None
    return row


def numbers_in(content: Any, at: str = "") -> Iterator[str]:
    """The place of every number."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from numbers_in(value, f"{at}.{key}" if at else key)
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield at


def expected(figure: Figure, row: Any, form: str) -> Any:
    """What a form must tell of a line."""
    value = value_at(row, figure.at)
    if figure.to is TEXT:
        return _in_words(figure.at, row, form)
    if value is None or (form in figure.unless and value_at(row, figure.unless[form]) is None):
        return None
    exact = Decimal(str(value))
    if form in KEPT:
        return (exact if form == "csv" else _IN_A_CELL.plus(exact)).normalize()
    return rounded(exact, figure.to).normalize()


def rounded(exact: Decimal, to: Decimal) -> Decimal:
    """As documents and pages round."""
    return exact.quantize(to, ROUND_HALF_UP)


def told(figure: Figure, cell: str, form: str) -> Any:
    """What stands in a cell. A number with more decimals than it should have is another."""
    part = re.search(figure.part.get(form, r"(.*)"), cell)
    if part is None:
        return f"unreadable: {cell}"
    text = next((one for one in part.groups() if one is not None), "")
    if figure.to is TEXT:
        return in_parts(text)
    if text in NOTHING.get(form, {"—"}) or (form == "frozen" and not text):
        return None
    return number(_TIMELY.get(text, text))


def in_parts(text: str) -> frozenset[str]:
    """What stands side by side."""
    return frozenset(one for one in re.split(r"[；、 ]", text) if one)


def number(text: str) -> Any:
    """As it is read: 1,234.50; 66.7%; −3; 超出3."""
    plain = text.replace(",", "").replace("−", "-").replace("超出", "-")
    try:
        exact = Decimal(plain.removesuffix("%"))
    except InvalidOperation:
        return f"unreadable: {text}"
    return (exact / 100 if plain.endswith("%") else exact).normalize()


def _in_words(at: str, row: Any, form: str) -> frozenset[str]:
    value = value_at(row, at)
    if at == "flags":
        return _flags(row, form)
    if value is None:
        return frozenset({"不亮灯"} if (at, form) == ("light", "frozen") else NOTHING.get(form, {"—"}) - {"", "未设"})
    if isinstance(value, bool):
        return frozenset({_YES_AND_NO.get((at, form), _YES_AND_NO.get(form, ("否", "是")))[value]})
    if at == "light" and form != "csv":
        return frozenset({f"{_LIGHTS[value]}灯"})
    return in_parts(spoken(value) if at == "date" and form not in KEPT else value)


def _flags(row: Any, form: str) -> frozenset[str]:
    """For programs all keys; for people words: of whoever did send and was refused nobody says that nothing came (METHOD section 2)."""
    if form == "csv":
        return frozenset(row["flags"])
    beside = {"sheets": ["并列"] if row["tied"] else [], "docx": in_parts(row.get("veto") or "")}
    return frozenset([*map(names.flag, shown(row["flags"])), *beside.get(form, [])])


def shown(flags: Sequence[str]) -> list[str]:
    """The flags as people read them."""
    return [one for one in flags if "refused" not in flags or one not in {"not_reported", "awaited"}]


def spoken(day: str) -> str:
    """2022年4月1日."""
    year, month, of_month = map(int, day.split("-"))
    return f"{year}年{month}月{of_month}日"
