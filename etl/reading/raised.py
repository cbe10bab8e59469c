"""TextParts of a cell's text that are seen otherwise than the rest: a note's raised digit, and what is struck out.

Without them ``3`` with a small ¹ behind it would be 31, and ``5`` struck out before 3 would be 53.
"""

from __future__ import annotations

from etl.reading.markup import Attributes, Handlers

_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)  # full-width digits
_STROKE = "\u0336"
_OFF = frozenset({"0", "false", "off"})


def raised(text: str) -> str:
    """The text with its digits as the raised ones that are seen."""
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """The text with a stroke through every character."""
    return "".join(character if character.isspace() else character + _STROKE for character in text)


class TextParts:
    """Changes what a reader of XML has gathered of a part of a text, when that part ends."""

    def __init__(self, handlers: Handlers) -> None:
        self._handlers = handlers
        self._begun: list[int] = []

    def enter(self, _: Attributes) -> None:
        """A part that is raised or struck out begins."""
        self._begun.append(len(self._handlers.parts))

    def leave(self, *, is_raised: bool = False, is_struck: bool = False) -> None:
        """It ends: what was gathered since is raised, or struck out."""
        start = self._begun.pop()
        if is_raised or is_struck:
            text = "".join(self._handlers.parts[start:])
            text = raised(text) if is_raised else text
            self._handlers.parts[start:] = [struck(text) if is_struck else text]

    def leave_raised(self) -> None:
        """The same of a part that is raised."""
        self.leave(is_raised=True)

    def leave_struck(self) -> None:
        """The same of a part that is struck out."""
        self.leave(is_struck=True)


class Run:
    """A run of a text of Office Open XML, as its properties say that it is seen."""

    def __init__(self) -> None:
        self._raised = self._struck = False

    def begin(self, _: Attributes | None = None) -> None:
        """A run begins, or a text without runs."""
        self._raised = self._struck = False

    def align(self, attributes: Attributes) -> None:
        """``vertAlign``."""
        self._raised = attributes.get("val") in {"superscript", "subscript"}

    def strike(self, attributes: Attributes) -> None:
        """``strike``."""
        self._struck = attributes.get("val", "1") not in _OFF

    def seen(self, text: str) -> str:
        """Its text as it is seen."""
        text = raised(text) if self._raised else text
        return struck(text) if self._struck else text
