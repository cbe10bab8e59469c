"""Words beside points: at which side of its point each stands, so that none lies on another or on a point, however wide the chart is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTHS = (230, 330, 460, 560, 1000)
"""Pixels that a chart's points may have from left to right: on a phone, and from there up to a wide screen."""
SIDES = ("middle right", "middle left", "top center", "bottom center")
"""Where a label may stand, the first choice first; as Plotly calls it."""
_WIDE, _NARROW, _LINE, _MARK = 13.5, 8.0, 18.0, 8.0


@dataclass(frozen=True, slots=True)
class LabelledPoint:
    """A point by its share of the chart's width and height (0 to 1, from the left and from below), and its words."""

    across: float
    up: float
    text: str


_Box = tuple[float, float, float, float]
"""Left, right, bottom, top."""


def sides(points: Sequence[LabelledPoint], *, height: float) -> list[str | None]:
    """For each point, in order, the side of its label; None where there is room at none. Earlier points choose first."""
    taken: list[list[_Box]] = [[_mark(one, width, height) for one in points] for width in WIDTHS]
    found: list[str | None] = []
    for at, one in enumerate(points):
        side = next((side for side in SIDES if _fits(one, at, side, taken, height)), None)
        found.append(side)
        if side is not None:
            for boxes, width in zip(taken, WIDTHS, strict=True):
                boxes.append(_label(one, side, width, height))
    return found


def text_width(text: str) -> float:
    """About how many pixels words take in the size of chart labels."""
    return sum(_WIDE if ord(letter) > 0x2E80 else _NARROW for letter in text)


def _fits(one: LabelledPoint, at: int, side: str, taken: Sequence[Sequence[_Box]], height: float) -> bool:
    return all(
        _inside(box := _label(one, side, width, height), width, height)
        and not any(_overlap(box, other) for index, other in enumerate(boxes) if index != at)
        for boxes, width in zip(taken, WIDTHS, strict=True)
    )


def _mark(one: LabelledPoint, width: float, height: float) -> _Box:
    x, y = one.across * width, one.up * height
    return x - _MARK, x + _MARK, y - _MARK, y + _MARK


def _label(one: LabelledPoint, side: str, width: float, height: float) -> _Box:
    x, y, long = one.across * width, one.up * height, text_width(one.text)
    match side:
        case "middle right":
            return x + _MARK, x + _MARK + long, y - _LINE / 2, y + _LINE / 2
        case "middle left":
            return x - _MARK - long, x - _MARK, y - _LINE / 2, y + _LINE / 2
        case "top center":
            return x - long / 2, x + long / 2, y + _MARK, y + _MARK + _LINE
        case _:
            return x - long / 2, x + long / 2, y - _MARK - _LINE, y - _MARK


def _inside(box: _Box, width: float, height: float) -> bool:
    return box[0] >= 0 and box[1] <= width and box[2] >= 0 and box[3] <= height


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]
