"""A number in a section of a number format: places, thousands, scales, powers of ten, fractions, numerals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from etl.reading.format_sections import Section, Shows, Token
from etl.reading.numerals import counted, spelled

_EXACT = Context(prec=800, rounding=ROUND_HALF_UP)
_SIGNS_OF_KINDS = {"literal": "l", "digit": "0", ".": "."}
_SIMPLE = re.compile(r"l*(0+)(\.0*)?l*")
_WIDEST_GENERAL = Decimal(10) ** 11
_NARROWEST_GENERAL = Decimal("0.0001")


AroundWholeNumbers = tuple[str, int, str]
"""What stands before a whole number, of how many digits it is at least, what stands behind."""


def around_whole_numbers(section: Section) -> AroundWholeNumbers | None:
    """How a section shows positive whole numbers, where that is simple: a ledger's numbers are mostly such, and many."""
    if section.shows is not Shows.NUMBER or section.numerals or section.condition is not None:
        return None
    match = _SIMPLE.fullmatch("".join(_SIGNS_OF_KINDS.get(token.kind, "x") for token in section.tokens))
    if match is None or any(token.text not in "0#" for token in section.tokens if token.kind == "digit"):
        return None
    (first, last), end = match.span(1), max(match.end(1), match.end(2))
    texts = [token.text for token in section.tokens]
    decimals = texts[last:end]
    if "#" in decimals:
        return None
    digits = texts[first:last]
    least = len(digits) - digits.index("0") if "0" in digits else 1
    return "".join(texts[:first]), least, "".join(decimals + texts[end:])


def shown_number(section: Section, value: Decimal) -> str:
    """A number that is not negative as its section shows it."""
    if section.shows is Shows.GENERAL:
        written = counted(f"{value:f}", section.numerals) if section.numerals else general(value)
        return "".join(written if token.kind == "general" else token.text for token in section.tokens)
    if section.shows is not Shows.NUMBER:
        return "".join(token.text for token in section.tokens if token.kind == "literal")
    kinds = [token.kind for token in section.tokens]
    scale = 2 * kinds.count("%") - 3 * kinds.count("scale")
    value = value.scaleb(scale, _EXACT)
    if "exponent" in kinds:
        return _scientific(section, value)
    if "/" in kinds and kinds.index("/") > kinds.index("digit"):
        return _fraction(section, value)
    return _laid_out(section.tokens, value, section.numerals)


def _laid_out(tokens: Sequence[Token], value: Decimal, numerals: int = 0) -> str:
    """A number in the places of its section: from the point to the left, then to the right."""
    point = next((place for place, token in enumerate(tokens) if token.kind == "."), len(tokens))
    places = sum(1 for token in tokens[point:] if token.kind == "digit")
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    whole, _, decimals = f"{rounded:f}".partition(".")
    written = _whole_part(tokens[:point], whole.lstrip("0")) + _decimals(tokens[point:], decimals)
    return spelled(written, numerals) if numerals else written


def _whole_part(tokens: Sequence[Token], digits: str) -> str:
    grouped = any(token.kind == "thousands" for token in tokens)
    left = sum(1 for token in tokens if token.kind == "digit")
    written: list[str] = []
    count = 0

    def put(digit: str) -> None:
        nonlocal count
        if grouped and count and count % 3 == 0:
            written.append(",")
        written.append(digit)
        count += 1

    for token in reversed(tokens):
        if token.kind != "digit":
            written.append(token.text[::-1])
            continue
        left -= 1
        if digits:
            put(digits[-1])
            digits = digits[:-1]
        elif token.text == "0":
            put("0")
        elif token.text == "?":
            written.append(" ")
        while not left and digits:
            put(digits[-1])
            digits = digits[:-1]
    return "".join(written)[::-1]


def _decimals(tokens: Sequence[Token], digits: str) -> str:
    needed = len(digits.rstrip("0"))
    written: list[str] = []
    place = 0
    for token in tokens:
        if token.kind != "digit":
            written.append(token.text)
            continue
        if place < needed or token.text == "0":
            written.append(digits[place])
        elif token.text == "?":
            written.append(" ")
        place += 1
    return "".join(written)


def _scientific(section: Section, value: Decimal) -> str:
    at = next(place for place, token in enumerate(section.tokens) if token.kind == "exponent")
    mantissa, exponent = section.tokens[:at], section.tokens[at:]
    point = next((place for place, token in enumerate(mantissa) if token.kind == "."), at)
    step = max(1, sum(1 for token in mantissa[:point] if token.kind == "digit"))
    places = sum(1 for token in mantissa[point:] if token.kind == "digit")
    power = 0
    if value:
        power = value.adjusted() // step * step
        unit = Decimal(1).scaleb(power - places)
        rounded = (value / unit).quantize(Decimal(1), ROUND_HALF_UP, _EXACT) * unit
        power = rounded.adjusted() // step * step
    sign = "-" if power < 0 else "+" if exponent[0].text.endswith("+") else ""
    behind = _laid_out(exponent[1:], Decimal(abs(power)))
    return f"{_laid_out(mantissa, value.scaleb(-power, _EXACT))}E{sign}{behind}"


def _fraction(section: Section, value: Decimal) -> str:
    """``# ?/?``: the nearest fraction whose denominator has so many digits, or the one that is written out."""
    text = "".join(token.text for token in section.tokens)
    match = re.search(r"([0#?]+)\s*/\s*([0#?]+|\d+)", text)
    whole = value.to_integral_value(ROUND_FLOOR) if match and re.search(r"[0#?]", text[: match.start()]) else Decimal(0)
    rest = Fraction(value - whole)
    digits = match[2] if match else "?"
    if re.fullmatch(r"[1-9]\d*", digits):
        found = Fraction(round(rest * int(digits)), 1) / int(digits)
        top, bottom = round(rest * int(digits)), int(digits)
    else:
        found = rest.limit_denominator(10 ** min(len(digits), 6) - 1)
        top, bottom = found.numerator, found.denominator
    if not whole:
        return f"{top}/{bottom}" if top else "0"
    return str(whole + top // bottom) if top % bottom == 0 else f"{whole} {top}/{bottom}"


def general(value: Decimal) -> str:
    """A number without a format: eleven characters at most, else with its power of ten."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    if value and not _NARROWEST_GENERAL <= value < _WIDEST_GENERAL:
        mantissa, _, power = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{sign}{mantissa}E{power[0]}{int(power[1:]):02d}"
    whole = len(str(int(value)))
    rounded = value.quantize(Decimal(1).scaleb(-max(0, 10 - whole)), ROUND_HALF_UP)
    written = f"{rounded:f}"
    return sign + (written.rstrip("0").rstrip(".") if "." in written else written)
