"""The code of a number format, taken apart into its sections (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

TAIWAN = 0x404
_CHINESE = frozenset({0x804, TAIWAN, 0xC04, 0x1004, 0x1404, 4})
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | [\\!](?P<escaped>.?) | _(?P<width>.?) | \*(?P<fill>.?) | \[(?P<bracket>[^\]]*)\]?
    | (?P<general>General|G/通用格式) | (?P<noon>AM/PM|A/P|上午/下午) | (?P<exponent>E[+-])
    | (?P<date>y+|m+|d+|h+|s+|e+|g+|b{2,4}|a{3,4}) | (?P<digit>[0#?]) | (?P<mark>[.,%/@;]) | (?P<literal>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d{1,3})?)", re.IGNORECASE)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?")
_HEXADECIMAL = re.compile(r"[0-9A-F]{1,8}", re.IGNORECASE)
_LOCALES = {"zh-cn": 0x804, "zh-tw": TAIWAN, "x-sysdate": 0xF800, "x-systime": 0xF400}
_NUMERALS = re.compile(r"DBNum([123])", re.IGNORECASE)


class Shows(Enum):
    """What a section of a format makes of a cell."""

    NUMBER = auto()
    GENERAL = auto()
    DATE = auto()
    SPAN = auto()
    """Hours, minutes or seconds that go beyond a day."""
    TEXT = auto()
    LITERAL = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a section. ``kind``: literal, digit, ``.``, ``,``, ``%``, ``/``, ``@``, exponent, date, span, noon, general."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format, with the condition and the numerals that it names."""

    tokens: tuple[Token, ...]
    shows: Shows
    condition: tuple[str, Decimal] | None = None
    numerals: int = 0
    locale: int = 0

    @property
    def chinese(self) -> bool:
        """Whether months and weekdays are named in Chinese."""
        return self.locale in _CHINESE

    @property
    def literals(self) -> str:
        """Its literal text, without blanks."""
        return "".join(token.text for token in self.tokens if token.kind == "literal").replace(" ", "")

    def holds(self, value: Decimal) -> bool:
        """Whether its condition is true of a number."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return {
            "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound, "=": value == bound,
            "<>": value != bound,
        }[sign]  # fmt: skip

    @property
    def is_for_negatives(self) -> bool:
        """Whether its condition is true of negative numbers alone: then it says itself how their sign is shown."""
        return self.condition is not None and self.condition[0] in {"<", "<="} and self.condition[1] <= 0


def sections_of(code: str) -> list[Section]:
    """Its sections in order, at least one."""
    found: list[Section] = []
    tokens: list[Token] = []
    said: dict[str, str] = {}

    def end() -> None:
        found.append(_section(tokens, said))
        tokens.clear()
        said.clear()

    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), str(match[match.lastgroup or 0])
        if kind == "bracket":
            _bracket(text, tokens, said)
        elif kind == "mark" and text == ";":
            end()
        elif kind in {"quoted", "escaped"}:
            tokens.append(Token("literal", text))
        elif kind == "width":
            tokens.append(Token("literal", " "))
        elif kind == "mark":
            tokens.append(Token(text, text))
        elif kind != "fill":
            tokens.append(Token(kind, text))
    end()
    return found


def _bracket(text: str, tokens: list[Token], said: dict[str, str]) -> None:
    """What stands in brackets: a condition, a span, a currency with a locale, numerals; colours say nothing."""
    if _CONDITION.fullmatch(text):
        said["condition"] = text
    elif _ELAPSED.fullmatch(text):
        tokens.append(Token("span", text.lower()))
    elif match := _CURRENCY.fullmatch(text):
        tokens.append(Token("literal", match[1]))
        said["locale"] = match[2] or said.get("locale", "")
    elif match := _NUMERALS.fullmatch(text):
        said["numerals"] = match[1]


def _section(tokens: Sequence[Token], said: dict[str, str]) -> Section:
    kinds = {token.kind for token in tokens}
    shows = (
        Shows.SPAN if "span" in kinds
        else Shows.DATE if kinds & {"date", "noon"}
        else Shows.NUMBER if "digit" in kinds
        else Shows.GENERAL if "general" in kinds
        else Shows.TEXT if "@" in kinds
        else Shows.LITERAL
    )  # fmt: skip
    condition = _CONDITION.fullmatch(said.get("condition", ""))
    return Section(
        tuple(_without_scale_marks(tokens) if shows is Shows.NUMBER else tokens),
        shows,
        (condition[1], Decimal(condition[2])) if condition else None,
        int(said.get("numerals", "0")),
        _locale(said.get("locale", "")),
    )


def _locale(text: str) -> int:
    """The number of a locale; of its upper half, calendar and numerals, nothing is shown otherwise here."""
    return int(text, 16) & 0xFFFF if _HEXADECIMAL.fullmatch(text) else _LOCALES.get(text.lower(), 0)


def _without_scale_marks(tokens: Sequence[Token]) -> list[Token]:
    """Commas become what they mean: between digits thousands are set apart, behind the last one thousands are left out."""
    point = next((place for place, token in enumerate(tokens) if token.kind == "."), len(tokens))
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        if token.kind == ",":
            before = kept[-1].kind if kept else ""
            following = any(one.kind == "digit" for one in tokens[place + 1 : point])
            if following and any(one.kind == "digit" for one in kept):
                kept.append(Token("thousands", ""))
            elif before in {"digit", "scale"}:
                kept.append(Token("scale", ""))
            else:
                kept.append(Token("literal", ","))
        elif token.kind == "." and place > point:
            kept.append(Token("literal", "."))
        else:
            kept.append(token)
    return kept
