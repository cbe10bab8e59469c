"""Why something on a slide is not read as it stands there: colour on its ground, size, place, what lies over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from etl.reading.colours import WHITE, Colour, Palette, can_be_read
from etl.reading.tree import Node

SMALLEST = 500
"""Hundredths of a point below which no letter is read."""
_CLOSEST, _FLATTEST, _LEAST_PITCH, _LEAST_SCALE = -300, 400, 50_000, 50_000
"""Of letters and lines, in hundredths of a point, thousandths of a per cent: closer they lie over one another."""
_FARTHEST, _NARROWEST, _SMALLEST_FRAME, _THICKEST = 4_000_000, 100_000, 500_000, 200_000
"""In the units of slides, 12,700 a point: an indent that leads off its box, a column that holds no letter, a chart that is none, a
line that covers what is below it.
"""
_LARGE = 0.05
"""Of a slide: what is filled and larger may be the ground of words."""
_WITHOUT_LETTERS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett"})
_NAMED = {"black": "000000", "white": "FFFFFF"}
_BOXES = frozenset({"rect", "roundRect"})
_OFF = frozenset({"0", "false", "off", ""})
_FILLS = frozenset({"a:solidFill", "a:gradFill", "a:pattFill", "a:blipFill", "a:grpFill"})
_NUMBER = re.compile(r"-?\d{1,12}%?")


@dataclass(frozen=True, slots=True)
class SlideGround:
    """What a slide's words stand on: its colours by name, the colour behind them, its sides."""

    colours: Mapping[str, str] = field(default_factory=dict)
    behind: Colour = WHITE
    width: int = 12_192_000
    height: int = 6_858_000

    def colour(self, fill: Node) -> Colour | None:
        """The colour of a fill; None where it is not known, or is changed in a way that is not looked at."""
        told = fill.children[0] if len(fill.children) == 1 else None
        if told is None or told.children:
            return None
        value = told.attributes.get("lastClr") or told.attributes.get("val", "")
        if told.name == "a:schemeClr":
            value = self.colours.get(value, "")
        elif told.name == "a:prstClr":
            value = _NAMED.get(value, "")
        return Palette().colour({"rgb": value})


def number(told: str | None) -> int:
    """A whole number of an attribute; 0 where it is none."""
    return int(told.rstrip("%")) if told is not None and _NUMBER.fullmatch(told) else 0


def is_on(told: str | None) -> bool:
    """Whether an attribute says yes."""
    return told is not None and told.lower() not in _OFF


def why_unread(properties: Node | None, ground: SlideGround) -> str | None:
    """What the properties of a text say that keeps it from being read: ``struck``, ``unseen``; None where nothing does."""
    if properties is None:
        return None
    told = properties.attributes
    if told.get("strike", "noStrike") != "noStrike":
        return "struck"
    if ("sz" in told and number(told["sz"]) < SMALLEST) or number(told.get("spc")) < _CLOSEST:
        return "unseen"
    if abs(number(told.get("baseline"))) > _LEAST_PITCH:
        return "unseen"
    for one in properties.children:
        if one.name == "a:noFill":
            return "unseen"
        if one.name == "a:solidFill":
            colour = ground.colour(one)
            if colour is None or not can_be_read(colour, [ground.behind]):
                return "unseen"
        if one.name in {"a:latin", "a:ea", "a:sym"} and one.attributes.get("typeface", "").lower() in _WITHOUT_LETTERS:
            return "unseen"
    return None


def strange_shape(shape: Node, ground: SlideGround) -> Iterator[str]:
    """What of a shape may hide words, of itself or of others, by the name of what says so."""
    for one in shape.every("p:cNvPr"):
        if is_on(one.attributes.get("hidden")):
            yield "hidden"
    for one in shape.every("p:spPr"):
        yield from _filled(one)
    for one in shape.every("a:prstGeom"):
        if one.attributes.get("prst") not in _BOXES:
            yield "prstGeom"
    for one in shape.every("p:style"):
        filled = one.child("a:fillRef")
        own = shape.child("p:spPr", "a:noFill")
        if filled is not None and filled.attributes.get("idx", "0") != "0" and own is None:
            yield "fill"
    for one in shape.every("a:ln", "a:lnL", "a:lnR", "a:lnT", "a:lnB"):
        if number(one.attributes.get("w")) > _THICKEST:
            yield "ln"
    for one in shape.every("a:xfrm", "p:xfrm"):
        yield from strange_place(one, ground)
    for one in shape.every("a:bodyPr"):
        yield from _strange_body(one)
    for one in shape.every("a:pPr"):
        yield from _strange_paragraph(one)
    if shape.name == "p:graphicFrame":
        yield from _strange_frame(shape)


def strange_place(told: Node, ground: SlideGround) -> Iterator[str]:
    """Whether something is turned, or lies beside the slide."""
    if number(told.attributes.get("rot")) or is_on(told.attributes.get("flipV")) or is_on(told.attributes.get("flipH")):
        yield "rot"
    at, long = told.child("a:off"), told.child("a:ext")
    if at is None or long is None:
        return
    for place, extent, most in (("x", "cx", ground.width), ("y", "cy", ground.height)):
        if not 0 <= number(at.attributes.get(place)) + number(long.attributes.get(extent)) // 2 <= most:
            yield "off"


def lies_on(shape: Node, frames: Iterable[Node]) -> bool:
    """Whether the middle of a shape lies on a table or a chart: its words would be read as some of theirs."""
    middle = _middle(shape.child("p:spPr", "a:xfrm"))
    if middle is None:
        return False
    for frame in frames:
        at, long = (frame.child("p:xfrm", name) for name in ("a:off", "a:ext"))
        if at is None or long is None:
            continue
        begin = number(at.attributes.get("x")), number(at.attributes.get("y"))
        sides = number(long.attributes.get("cx")), number(long.attributes.get("cy"))
        if all(0 < place - first < side for place, first, side in zip(middle, begin, sides, strict=True)):
            return True
    return False


def _middle(told: Node | None) -> tuple[int, int] | None:
    at, long = (None if told is None else told.child(name) for name in ("a:off", "a:ext"))
    if at is None or long is None:
        return None
    x, y = (
        number(at.attributes.get(place)) + number(long.attributes.get(side)) // 2
        for place, side in (("x", "cx"), ("y", "cy"))
    )
    return x, y


def is_drawn(shape: Node) -> bool:
    """Whether a shape without words is seen: it has a line, or may have one."""
    line = shape.child("p:spPr", "a:ln")
    if line is None:
        return shape.child("p:style") is not None
    return line.child("a:noFill") is None


def is_large(shape: Node, ground: SlideGround) -> bool:
    """Whether a shape without words is filled, and so large that words may stand on it."""
    long = shape.child("p:spPr", "a:xfrm", "a:ext")
    if not any(one.name in _FILLS for one in (shape.child("p:spPr") or Node("", {})).children):
        return False
    if long is None:
        return True
    return number(long.attributes.get("cx")) * number(long.attributes.get("cy")) > _LARGE * ground.width * ground.height


def _filled(properties: Node) -> Iterator[str]:
    if any(one.name in _FILLS for one in properties.children):
        yield "fill"


def _strange_body(told: Node) -> Iterator[str]:
    if number(told.attributes.get("rot")) or told.attributes.get("vert", "horz") != "horz":
        yield "rot"
    if any(abs(number(told.attributes.get(side))) > _FARTHEST for side in ("lIns", "tIns", "rIns", "bIns")):
        yield "bodyPr"
    fitted = told.child("a:normAutofit")
    if fitted is not None and 0 < number(fitted.attributes.get("fontScale", "100000")) < _LEAST_SCALE:
        yield "normAutofit"


def _strange_paragraph(told: Node) -> Iterator[str]:
    if any(abs(number(told.attributes.get(side))) > _FARTHEST for side in ("marL", "marR", "indent")):
        yield "indent"
    exactly, share = told.child("a:lnSpc", "a:spcPts"), told.child("a:lnSpc", "a:spcPct")
    if exactly is not None and number(exactly.attributes.get("val")) < _FLATTEST:
        yield "lnSpc"
    if (
        share is not None
        and number(share.attributes.get("val")) < _LEAST_PITCH
        and "%" not in share.attributes.get("val", "")
    ):
        yield "lnSpc"


def _strange_frame(frame: Node) -> Iterator[str]:
    long = frame.child("p:xfrm", "a:ext")
    if long is None or any(number(long.attributes.get(side)) < _SMALLEST_FRAME for side in ("cx", "cy")):
        yield "ext"
    for one in frame.every("a:gridCol"):
        if number(one.attributes.get("w")) < _NARROWEST:
            yield "gridCol"
    for one in frame.every("a:tc"):
        if any(is_on(one.attributes.get(name)) for name in ("hMerge", "vMerge")):
            yield "tc"
    for one in frame.every("a:tcPr"):
        yield from _filled(one)
        if one.attributes.get("vert", "horz") != "horz":
            yield "rot"
        if any(abs(number(one.attributes.get(side))) > _FARTHEST for side in ("marL", "marR", "marT", "marB")):
            yield "bodyPr"
