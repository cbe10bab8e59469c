"""How far each part of a whole has come, as a standing: one of a town or sector a line, with a bar, furthest behind first; and as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, standings
from dashboards.components.asked import choosing
from dashboards.components.exports import Exported, Field, Written, sorted_said


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part by its code: ``done`` of ``of`` things; ``place`` is that in the zone's own order, ``more`` by column what else is told."""

    code: str
    name: str
    done: int
    of: int
    place: int
    confirmed: bool = True
    more: Mapping[str, int | Fraction | None] = field(default_factory=dict)

    @property
    def share(self) -> Fraction | None:
        """The share of what is done; None of nothing."""
        return Fraction(self.done, self.of) if self.of else None

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return self.of - self.done


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a standing calls its parts, the share, what is done, of how many, and what is left; ``usual`` in which order it stands."""

    part: str
    share: str
    done: str
    of: str
    left: str
    usual: str
    back: str


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A further column: the key of its values in ``PartLine.more``, its words, and whether they are shares or counts.

    ``on_a_phone``: whether it stands there too.
    """

    key: str
    words: str
    written: Written = Written.COUNT
    on_a_phone: bool = True

    @property
    def name(self) -> str:
        """The class of its cells."""
        return "num" if self.on_a_phone else "num not-on-a-phone"

    def value(self, line: PartLine) -> int | Fraction | None:
        """What a line has there."""
        return line.more[self.key]

    def said(self, line: PartLine) -> str:
        """The same as people read it."""
        value = self.value(line)
        if value is None:
            return numbers.NONE
        return numbers.percent(Fraction(value)) if self.written is Written.SHARE else numbers.count(int(value))


@dataclass(frozen=True, slots=True)
class PartChoice:
    """How a line is chosen: ``kind`` is what it is of, as marks call it, ``changes`` what its name changes in the address.

    ``chosen`` is the line that is, of a kind that no mark has: the browser lifts the others.
    """

    kind: str
    link: Callable[[str], str]
    changes: Callable[[str], Mapping[str, str | None]]
    chosen: str | None = None


def furthest_behind_first(lines: Sequence[PartLine]) -> list[PartLine]:
    """The least share first, then where most is left, then in the zone's order; last what has nothing to do."""
    return sorted(lines, key=lambda one: (one.share is None, one.share or 0, -one.left, one.place))


def orders(more: Sequence[PartColumn] = ()) -> dict[str, standings.Order[PartLine]]:
    """What the table is sorted by, column by column; names in the zone's own order."""
    return {
        "name": lambda line: line.place,
        "share": lambda line: line.share,
        "done": lambda line: line.done,
        "of": lambda line: line.of,
        "left": lambda line: line.left,
        **{column.key: column.value for column in more},
    }


def table(
    lines: Sequence[PartLine],
    said: PartWords,
    choice: PartChoice,
    more: Sequence[PartColumn] = (),
    *,
    identity: str,
) -> Component:
    """The lines as they stand, each with its bar; ``more`` columns behind the others."""
    heads = [
        standings.head("name", said.part, up=True, named=True),
        standings.head("share", said.share, up=True),
        standings.head("done", said.done, name="num"),
        standings.head("of", said.of, name="num"),
        standings.head("left", said.left, name="num"),
        *(standings.head(column.key, column.words, name=column.name) for column in more),
    ]
    rows = [_row(line, said, choice, more) for line in lines]
    return standings.table(heads, rows, name="part-standings", identity=identity, usual=said.back)


def _row(line: PartLine, said: PartWords, choice: PartChoice, more: Sequence[PartColumn]) -> Component:
    by = {key: standings.by(order(line)) for key, order in orders(more).items()}
    name = choosing(
        line.name,
        choice.link(line.code),
        choice.changes(line.code),
        className="unit-link",
        **parts.attributes(data_via="table"),
    )
    return html.Tr(
        [
            parts.cell(said.part, name, None if line.confirmed else parts.illustrative(), name="standing-name", **by["name"]),
            parts.cell(said.share, share_bar(line.share), html.Span(numbers.percent(line.share), className="share"),
                       name="bar-cell", **by["share"]),
            parts.cell(said.done, numbers.count(line.done), name="num", **by["done"]),
            parts.cell(said.of, numbers.count(line.of), name="num", **by["of"]),
            parts.cell(said.left, html.Strong(numbers.count(line.left)) if line.left else "0", name="num", **by["left"]),
            *(parts.cell(one.words, one.said(line), name=one.name, **by[one.key]) for one in more),
        ],
        className="chosen" if choice.chosen == line.code else None,
        **parts.attributes(**{f"data_{choice.kind}": line.code}),
    )  # fmt: skip


def share_bar(share: Fraction | None) -> Component:
    """A share as a bar, which the number beside it says."""
    filled = html.Span(style={"width": f"{float(share or 0) * 100:.1f}%"})
    return html.Span(filled, className="share-bar", **parts.attributes(aria_hidden="true"))


def exported(
    asked: Mapping[str, str],
    lines: Sequence[PartLine],
    words: PartWords,
    more: Sequence[PartColumn] = (),
    *,
    name: str,
    title: str,
    said: Sequence[str],
) -> Exported:
    """The lines as a file, in the order in which they are seen; Unasked for a strange one."""
    key, order, down = standings.order_asked(asked, orders(more))
    columns: list[tuple[str, str, Written, Callable[[PartLine], Any]]] = [
        ("name", words.part, Written.TEXT, lambda line: line.name),
        ("share", words.share, Written.SHARE, lambda line: line.share),
        ("done", words.done, Written.COUNT, lambda line: line.done),
        ("of", words.of, Written.COUNT, lambda line: line.of),
        ("left", words.left, Written.COUNT, lambda line: line.left),
        *((one.key, one.words, one.written, one.value) for one in more),
    ]
    headings = {one: heading for one, heading, _written, _value in columns}
    way = sorted_said(headings[key], down=down, named=key == "name") if key else words.usual
    return Exported(
        name=name,
        title=title,
        said=[*said, way],
        fields=[Field(heading, written) for _key, heading, written, _value in columns],
        rows=[[value(line) for *_heads, value in columns] for line in standings.in_order(lines, order, down=down)],
    )
