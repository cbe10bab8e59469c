"""A number format as Excel and WPS store it, and a number → what a person sees in the cell (ECMA-376 part 1, 18.8.31).

Chinese offices write units, document numbers and scales into formats: ``0.00"万元"``, ``"〔2022〕"0"号"``, ``0!.0,``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from etl.reading.format_sections import Section, Shows, Token, sections_of
from etl.reading.shown_moments import moment_of, shown_moment
from etl.reading.shown_numbers import AroundWholeNumbers, around_whole_numbers, general, shown_number

GENERAL = "General"
_LONGEST_CODE = 255
"""Excel takes no longer one."""
_DIGITS_OF_EXCEL = 15
_LARGEST_WHOLE = 10**_DIGITS_OF_EXCEL
_ZERO = Decimal(0)
_OF_THE_SYSTEM = {0xF800: 'yyyy"年"m"月"d"日"', 0xF400: "h:mm:ss"}
"""Locales that stand for the system's own way to write days and times of day; ours is the one of a Chinese office."""
_AS_IT_IS = Section((Token("general", ""),), Shows.GENERAL)


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format, taken apart: ``sections`` are those of numbers, ``of_texts`` the one of texts."""

    sections: tuple[Section, ...]
    of_texts: Section | None
    around: AroundWholeNumbers | None = None

    @property
    def is_date(self) -> bool:
        """Whether numbers are shown as days or times of day."""
        return self.sections[0].shows is Shows.DATE

    @property
    def is_span(self) -> bool:
        """Whether numbers are shown as hours, minutes or seconds beyond a day."""
        return self.sections[0].shows is Shows.SPAN

    def shown(self, number: float) -> str:
        """What is seen of a number, without the blanks around it."""
        if self.around is not None and 0 < number < _LARGEST_WHOLE and number == int(number):
            before, digits, behind = self.around
            return f"{before}{int(number):0{digits}d}{behind}".strip()
        value = Decimal(f"{number:.{_DIGITS_OF_EXCEL}g}")
        section, unsigned = self._section(value)
        if section.shows in {Shows.DATE, Shows.SPAN}:
            moment = moment_of(number)
            return general(value) if moment is None else shown_moment(section, moment, number).strip()
        shown = shown_number(section, abs(value))
        # What is rounded to nothing has no sign; words alone keep it.
        signed = (
            value < 0 and not unsigned and (section.shows is Shows.LITERAL or shown != shown_number(section, _ZERO))
        )
        return f"-{shown}".strip() if signed else shown.strip()

    def shown_moment(self, moment: datetime) -> str:
        """What is seen of a day and time."""
        return shown_moment(self.sections[0], moment, 0).strip()

    def shown_text(self, text: str) -> str:
        """What is seen of a text."""
        if self.of_texts is None:
            return text
        return "".join(text if token.kind in {"@", "general"} else token.text for token in self.of_texts.tokens)

    @property
    def hides_texts(self) -> bool:
        """Whether nothing is seen of a text."""
        return not self.shown_text("x").strip()

    def _section(self, value: Decimal) -> tuple[Section, bool]:
        """The section for a number, and whether that section itself says how a negative one is shown."""
        sections = self.sections
        if any(section.condition is not None for section in sections):
            for section in sections:
                if section.holds(value):
                    return section, section.is_for_negatives
            if len(sections) > 2 and value < 0 and sections[1].condition is None:
                return sections[1], True
            last = next((one for one in reversed(sections) if one.condition is None), sections[-1])
            return last, False
        if len(sections) > 1 and value < 0:
            return sections[1], True
        return (sections[2] if len(sections) > 2 and value == 0 else sections[0]), False


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Take a format apart. What no office program would store shows numbers as they are."""
    pieces = sections_of(code if 0 < len(code) <= _LONGEST_CODE else GENERAL)
    own = _OF_THE_SYSTEM.get(pieces[0].locale)
    if own is not None and pieces[0].shows is Shows.DATE:
        pieces = sections_of(own)
    of_texts = pieces[3] if len(pieces) > 3 else next((one for one in pieces if one.shows is Shows.TEXT), None)
    numbers = tuple(piece for piece in pieces[:3] if piece.shows is not Shows.TEXT)
    return NumberFormat(numbers or (_AS_IT_IS,), of_texts, around_whole_numbers(numbers[0]) if numbers else None)
