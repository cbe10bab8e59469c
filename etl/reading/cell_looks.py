"""How the styles of a workbook make its cells look: whether what stands in them can be read at all (ECMA-376 part 1, 18.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from etl.reading.colours import BLACK, WHITE, Colour, Palette, can_be_read
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.relations import MAINS

SMALLEST = 4.0
"""Points below which no letter is read."""
_OFF = frozenset({"0", "false", "off"})
_OF_PICTURES = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett"})
"""Fonts that every office has and that write no digit as a digit."""


@dataclass(slots=True)
class Letters:
    """A font, or what a condition or a part of a text changes of it; None: as it was. ``pictures``: it has no digits."""

    colour: Colour | None = None
    size: float | None = None
    struck: bool = False
    pictures: bool = False


@dataclass(slots=True)
class Look:
    """A style of cells: its letters, what they stand on (none: paper), whether the cell repeats what it holds."""

    letters: Letters = field(default_factory=Letters)
    grounds: Sequence[Colour] = ()
    repeats: bool = False
    other_text: bool = False
    """Of a condition: whether it writes numbers in another format."""


@dataclass(slots=True)
class Looks:
    """The look of each style by its number, what conditions change by the number of theirs, and of which of these the styles of
    tables are made that the workbook itself defines.
    """

    styles: list[Look] = field(default_factory=list)
    conditions: list[Look] = field(default_factory=list)
    tables: dict[str, list[int]] = field(default_factory=dict)

    def of(self, style: int) -> Look:
        """The look of a style; of one that is none the usual one."""
        return self.styles[style] if style < len(self.styles) else Look()


def hindrance(look: Look, *others: Letters) -> str | None:
    """Why what stands in a cell of this look is not read as it stands: ``unseen``, ``struck`` or ``repeated``; else None.

    ``others``: the letters of parts of its text.
    """
    grounds = look.grounds or (WHITE,)
    for own in (look.letters, *others):
        letters = own if own is look.letters else _changed(look.letters, own)
        too_small = letters.size is not None and letters.size < SMALLEST
        if too_small or letters.pictures or not can_be_read(letters.colour or BLACK, grounds):
            return "unseen"
    if look.letters.struck:
        return "struck"
    return "repeated" if look.repeats else None


def under(condition: Look, look: Look) -> Look:
    """A look under a condition that holds."""
    letters = _changed(look.letters, condition.letters)
    return replace(look, letters=letters, grounds=condition.grounds or look.grounds)


def _changed(letters: Letters, by: Letters) -> Letters:
    return Letters(
        by.colour if by.colour is not None else letters.colour,
        by.size if by.size is not None else letters.size,
        by.struck or letters.struck,
        by.pictures or letters.pictures,
    )


class LetterParts:
    """Gathers what the elements of a font say."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.letters = Letters()

    def begin(self, _: Attributes | None = None) -> None:
        """A font begins."""
        self.letters = Letters()

    def colour(self, attributes: Attributes) -> None:
        """``color``."""
        self.letters.colour = self._palette.colour(attributes)

    def size(self, attributes: Attributes) -> None:
        """``sz``."""
        self.letters.size = number(attributes.get("val"))

    def name(self, attributes: Attributes) -> None:
        """``name`` of a font, ``rFont`` of a part of a text."""
        self.letters.pictures = attributes.get("val", "").strip().lower() in _OF_PICTURES

    def strike(self, attributes: Attributes) -> None:
        """``strike``."""
        self.letters.struck = attributes.get("val", "1") not in _OFF


def number(told: str | None) -> float | None:
    """A number in an attribute; None where it is none."""
    try:
        return None if told is None else float(told)
    except ValueError:
        return None


def read_indexed(chunks: Iterable[bytes | bytearray]) -> list[str]:
    """The colours that a workbook names by number in place of the usual ones."""
    found: list[str] = []
    handlers = Handlers()
    for main in MAINS:
        handlers.entering[f"{main} rgbColor"] = lambda attributes: found.append(attributes.get("rgb", ""))
    walk(chunks, handlers)
    return found[:64]


def read_looks(chunks: Iterable[bytes | bytearray], palette: Palette) -> Looks:
    """What the part of a workbook's styles says."""
    reader = _Styles(palette)
    walk(chunks, reader)
    return Looks(reader.styles, reader.conditions, reader.tables)


class _Styles(Handlers):
    """Fonts and fills as they come, then the styles that name them by number; conditions have their own."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.styles: list[Look] = []
        self.conditions: list[Look] = []
        self.tables: dict[str, list[int]] = {}
        self._table: list[int] = []
        self._palette = palette
        self._fonts: list[Letters] = []
        self._fills: list[Sequence[Colour]] = []
        self._font = LetterParts(palette)
        self._ground: dict[str, Colour | None] = {}
        self._pattern = "none"
        self._stops: list[Colour] = []
        self._within: set[str] = set()
        self._condition = Look()
        actions: dict[str, tuple[Callable[[Attributes], None] | None, Callable[[], None] | None]] = {
            "font": (self._font.begin, self._leave_font),
            "color": (self._color, None),
            "sz": (self._font.size, None),
            "strike": (self._font.strike, None),
            "name": (self._font.name, None),
            "fill": (self._enter_fill, self._leave_fill),
            "patternFill": (self._enter_pattern, None),
            "fgColor": (lambda attributes: self._paint("fg", attributes), None),
            "bgColor": (lambda attributes: self._paint("bg", attributes), None),
            "stop": (lambda _: self._within.add("stop"), lambda: self._within.discard("stop")),
            "cellXfs": (lambda _: self._within.add("xfs"), lambda: self._within.discard("xfs")),
            "xf": (self._enter_style, None),
            "alignment": (self._align, None),
            "border": (lambda _: self._within.add("border"), lambda: self._within.discard("border")),
            "dxf": (self._enter_condition, self._leave_condition),
            "numFmt": (self._number_format, None),
            "tableStyle": (self._enter_table, None),
            "tableStyleElement": (self._table_part, None),
        }
        for main in MAINS:
            self.entering |= {f"{main} {name}": enter for name, (enter, _) in actions.items() if enter}
            self.leaving |= {f"{main} {name}": leave for name, (_, leave) in actions.items() if leave}

    def _color(self, attributes: Attributes) -> None:
        if "stop" in self._within:
            self._stops.append(self._palette.colour(attributes) or WHITE)
        elif "border" not in self._within:
            self._font.colour(attributes)

    def _leave_font(self) -> None:
        if "dxf" in self._within:
            self._condition.letters = self._font.letters
        else:
            self._fonts.append(self._font.letters)

    def _enter_fill(self, _: Attributes) -> None:
        self._ground, self._stops = {}, []
        self._pattern = "solid" if "dxf" in self._within else "none"

    def _enter_pattern(self, attributes: Attributes) -> None:
        self._pattern = attributes.get("patternType", self._pattern)

    def _paint(self, which: str, attributes: Attributes) -> None:
        self._ground[which] = self._palette.colour(attributes)

    def _leave_fill(self) -> None:
        if "dxf" in self._within:
            self._condition.grounds = self._of_condition()
        else:
            self._fills.append(self._of_fill())

    def _of_fill(self) -> Sequence[Colour]:
        if self._stops:
            return self._stops
        front, back = self._ground.get("fg"), self._ground.get("bg")
        if self._pattern == "none":
            return ()
        return (front or BLACK,) if self._pattern == "solid" else (front or BLACK, back or WHITE)

    def _of_condition(self) -> Sequence[Colour]:
        """The solid fill of a condition is of the colour behind (18.8.32)."""
        if self._stops:
            return self._stops
        painted = [one for one in (self._ground.get("bg"), self._ground.get("fg")) if one is not None]
        return painted[:1] if self._pattern == "solid" else painted

    def _enter_style(self, attributes: Attributes) -> None:
        if "xfs" not in self._within:
            return
        font, fill = (_index(attributes.get(name)) for name in ("fontId", "fillId"))
        self.styles.append(
            Look(
                self._fonts[font] if font < len(self._fonts) else Letters(),
                self._fills[fill] if fill < len(self._fills) else (),
            )
        )

    def _align(self, attributes: Attributes) -> None:
        if "xfs" in self._within and self.styles:
            self.styles[-1].repeats = attributes.get("horizontal") == "fill"

    def _enter_condition(self, _: Attributes) -> None:
        self._within.add("dxf")
        self._condition = Look()

    def _leave_condition(self) -> None:
        self._within.discard("dxf")
        self.conditions.append(self._condition)

    def _enter_table(self, attributes: Attributes) -> None:
        self._table = self.tables.setdefault(attributes.get("name", ""), [])

    def _table_part(self, attributes: Attributes) -> None:
        if "dxfId" in attributes:
            self._table.append(_index(attributes["dxfId"]))

    def _number_format(self, _: Attributes) -> None:
        if "dxf" in self._within:
            self._condition.other_text = True


def _index(told: str | None) -> int:
    return int(told) if told is not None and told.isascii() and told.isdigit() and len(told) < 7 else 0
