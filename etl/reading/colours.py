"""The colours that a workbook names, as red, green and blue, and whether one can be read on another (ECMA-376 part 1, 18.3.1.15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from colorsys import hls_to_rgb, rgb_to_hls

from etl.reading.markup import Attributes, Handlers, walk

Colour = tuple[float, float, float]
"""Red, green and blue, 0–1."""
BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
LEAST_CONTRAST = 1.5
"""Of two colours (WCAG 2.2, contrast ratio): below, a text is as good as not there. Pale grey on white is more."""
_DRAWINGS = ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main")
_THEME = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
"""The colours of a theme in the order of their numbers."""
_OFFICE_THEME = "FFFFFF 000000 EEECE1 1F497D 4F81BD C0504D 9BBB59 8064A2 4BACC6 F79646 0000FF 800080"
_PALETTE = """
000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333
"""
"""The colours that are named by number, where a workbook has no other ones (18.8.27)."""
_FOREGROUND, _BACKGROUND = 64, 65
_OF_FORMATS = ("black", "white", "red", "green", "blue", "yellow", "magenta", "cyan")
"""The colours that number formats name, in the order of the palette; ``Color9`` is one of its numbers (18.8.31)."""
_IN_A_FORMAT = re.compile(r"\[(?:(black|white|red|green|blue|yellow|magenta|cyan)|color\s*(\d{1,2}))\]", re.IGNORECASE)
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")


class Palette:
    """What the colours of one workbook are."""

    def __init__(self, theme: Mapping[str, str] | None = None, indexed: Sequence[str] = ()) -> None:
        named = dict(zip(_THEME, _OFFICE_THEME.split(), strict=True)) | dict(theme or {})
        self._theme = [named[name] for name in _THEME]
        self._indexed = [*indexed, *_PALETTE.split()[len(indexed) :]]

    def colour(self, attributes: Mapping[str, str]) -> Colour | None:
        """The colour that an element names; None where it is the program's own choice."""
        if "rgb" in attributes:
            return _parsed(attributes["rgb"])
        tint = _number(attributes.get("tint"))
        if "theme" in attributes:
            return _tinted(_parsed(_at(self._theme, attributes["theme"])), tint)
        match attributes.get("indexed"):
            case None:
                return None
            case number if number in {str(_FOREGROUND), str(_BACKGROUND)}:
                return BLACK if number == str(_FOREGROUND) else WHITE
            case number:
                return _tinted(_parsed(_at(self._indexed, number)), tint)

    def of_format(self, code: str) -> list[Colour]:
        """The colours in which a number format writes."""
        numbers = [
            _OF_FORMATS.index(name.lower()) if name else int(number) - 1 for name, number in _IN_A_FORMAT.findall(code)
        ]
        found = [_parsed(_at(self._indexed, str(8 + number))) for number in numbers if number >= 0]
        return [one for one in found if one is not None]


def read_theme(chunks: Iterable[bytes | bytearray]) -> dict[str, str]:
    """The colours of a theme by name, as six hexadecimal digits."""
    found: dict[str, str] = {}
    handlers, within = Handlers(), [""]

    def colour(attributes: Attributes) -> None:
        if within[0]:
            found.setdefault(within[0], attributes.get("lastClr") or attributes.get("val", ""))

    def begin(name: str) -> Callable[[Attributes], None]:
        return lambda _: within.__setitem__(0, name)

    for drawing in _DRAWINGS:
        handlers.entering |= {f"{drawing} {name}": begin(name) for name in _THEME}
        handlers.leaving |= {f"{drawing} {name}": lambda: within.__setitem__(0, "") for name in _THEME}
        handlers.entering |= {f"{drawing} srgbClr": colour, f"{drawing} sysClr": colour}
    walk(chunks, handlers)
    return found


def can_be_read(text: Colour, grounds: Sequence[Colour]) -> bool:
    """Whether a text of this colour is seen on one of these."""
    return any(_contrast(text, ground) >= LEAST_CONTRAST for ground in grounds)


def _contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parsed(told: str | None) -> Colour | None:
    found = None if told is None else _RGB.fullmatch(told)
    if found is None:
        return None
    red, green, blue = (int(found[1][at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _tinted(colour: Colour | None, tint: float) -> Colour | None:
    """Darker by a tint below 0, lighter by one above (18.8.19)."""
    if colour is None or not tint:
        return colour
    hue, light, saturation = rgb_to_hls(*colour)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)


def _at(colours: Sequence[str], number: str) -> str | None:
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else len(colours)
    return colours[place] if place < len(colours) else None


def _number(told: str | None) -> float:
    try:
        return min(1.0, max(-1.0, float(told or 0)))
    except ValueError:
        return 0.0
