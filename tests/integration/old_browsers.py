"""What a browser of a closed network does not understand yet, found in scripts and style sheets without running them.

The oldest that pages are made for is Chromium 86 (October 2020): 360 and 奇安信 are built on it and on later ones. Which
version brought what is Chromium's own account (chromestatus.com) and MDN's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import tinycss2
import tinycss2.ast
import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

OLDEST = 86

SYNTAX: Mapping[str, int] = {
    "static block of a class": 94,
    "private name with `in`": 91,
    "flags d or v of a regular expression": 90,
    "flags within a regular expression": 125,
    "what the parser does not understand": 0,
}
"""Newer than Chromium 86; all of ECMAScript 2021 is older."""

CALLS: Mapping[str, int] = {
    "at": 92, "findLast": 97, "findLastIndex": 97, "toSorted": 110, "toReversed": 110, "toSpliced": 110, "hasOwn": 93,
    "groupBy": 117, "withResolvers": 119, "fromAsync": 121, "isWellFormed": 111, "toWellFormed": 111, "randomUUID": 92,
    "supportedValuesOf": 99, "formatRange": 106, "Segmenter": 87, "roundRect": 99, "createConicGradient": 99,
    "checkVisibility": 105, "startViewTransition": 111, "showPopover": 114, "hidePopover": 114, "togglePopover": 114,
    "showPicker": 99, "setHTMLUnsafe": 124, "getHTML": 125, "moveBefore": 133, "throwIfAborted": 100, "isSubsetOf": 122,
    "isSupersetOf": 122, "isDisjointFrom": 122, "symmetricDifference": 122, "postTask": 94, "escapeHTML": 146,
}  # fmt: skip
"""Properties and methods by the first version that has them. A name may also be a library's own: then it is declared."""

NAMES: Mapping[str, int] = {
    "structuredClone": 98, "reportError": 95, "scheduler": 94, "navigation": 102, "CloseWatcher": 126, "Highlight": 105,
    "CompressionStream": 80, "EyeDropper": 95, "ToggleEvent": 114, "SuppressedError": 134, "Iterator": 122,
}  # fmt: skip
"""Global names."""

PROPERTIES: Mapping[str, int] = {
    "aspect-ratio": 88, "accent-color": 93, "inset": 87, "inset-block": 87, "inset-inline": 87, "inset-inline-start": 87,
    "inset-inline-end": 87, "inset-block-start": 87, "inset-block-end": 87, "margin-inline": 87, "margin-block": 87,
    "padding-inline": 87, "padding-block": 87, "text-underline-offset": 87, "text-decoration-thickness": 89,
    "scrollbar-gutter": 94, "scrollbar-color": 121, "scrollbar-width": 121, "container": 105, "container-type": 105,
    "container-name": 105, "translate": 104, "rotate": 104, "scale": 104, "text-wrap": 114, "white-space-collapse": 114,
    "field-sizing": 123, "interpolate-size": 129, "animation-timeline": 115, "view-transition-name": 111,
    "print-color-adjust": 136, "mask": 120, "mask-image": 120, "forced-color-adjust": 89, "border-start-start-radius": 89,
    "border-start-end-radius": 89, "border-end-start-radius": 89, "border-end-end-radius": 89, "hyphenate-character": 106,
    "transition-behavior": 117, "overlay": 117, "anchor-name": 125, "position-anchor": 125, "inset-area": 125,
    "align-tracks": 999, "text-emphasis": 99, "offset-anchor": 116, "offset-position": 116, "math-style": 109,
    "object-view-box": 104, "contain-intrinsic-size": 83, "line-clamp": 999, "text-box-trim": 133, "zoom": 1,
}  # fmt: skip

IN_VALUES: Mapping[str, int] = {
    r"color-mix\(": 111, r"\b(?:ok)?l(?:ab|ch)\(": 111, r"\bhwb\(": 101, r"light-dark\(": 123, r"\brgb\(from\b": 119,
    r"\d(?:dvh|svh|lvh|dvw|svw|lvw|dvmin|dvmax|vi|vb)\b": 108, r"\d(?:cqw|cqh|cqi|cqb|cqmin|cqmax)\b": 105,
    r"\d(?:lh|rlh)\b": 109, r"\d(?:cap|rcap|rex|ric|rch)\b": 118, r"\b(?:round|rem|mod)\(": 125, r"\b(?:a?sin|a?cos|a?tan2?)\(": 111,
    r"\b(?:pow|sqrt|hypot|exp)\(": 120, r"\b(?:abs|sign)\(": 138, r"revert-layer": 99, r"\bsubgrid\b": 117, r"\bclip\b": 90,
    r"\bfit-content\b(?!\()": 46, r"\blinear\(": 113, r"\banchor\(": 125, r"\bstretch\b": 999,
}  # fmt: skip
"""``clip`` is a value of overflow, ``stretch`` one of sizes: only there they are looked for."""

IN_SELECTORS: Mapping[str, int] = {
    r":has\(": 105, r":is\(": 88, r":where\(": 88, r":not\((?=[^()]*[, >+~])": 88, r":nth-child\([^)]* of ": 111,
    r":user-(?:in)?valid": 119, r":popover-open": 114, r":modal\b": 105, r":autofill\b(?<!-webkit-autofill)": 110, r":dir\(": 120,
    r":state\(": 125, r":open\b": 133, r":picture-in-picture": 110, r"::file-selector-button": 89, r"::backdrop": 37,
    r"::view-transition": 111, r"::highlight\(": 105, r"::target-text": 89, r"&": 120,
}  # fmt: skip
"""A list of selectors of which one is not understood is dropped whole."""

AT_RULES: Mapping[str, int] = {
    "container": 105, "layer": 99, "property": 85, "starting-style": 117, "scope": 118, "view-transition": 126,
    "position-try": 125, "font-palette-values": 101, "counter-style": 91, "font-feature-values": 111,
}  # fmt: skip
_OF_RULES = frozenset({"media", "supports", "layer", "container", "keyframes", "-webkit-keyframes", "-moz-keyframes"})
_BLOCK = re.compile(r"[\w\])*]\s*\{\s*(?:-{0,2}[a-z][a-z-]*\s*:[^;{}?]+;?\s*)+\}")
"""What tells a style sheet from other text with braces: a selector and declarations, and nothing else between them."""
_SCRIPT = re.compile(r"\$\{|\bfunction\b|=>")
_RANGE = re.compile(r"[<>]=?")
"""``@media (width >= 600px)``: 104."""

_LANGUAGE = Language(tree_sitter_javascript.language())
_ANY_CALL = " ".join(f'"{name}"' for name in CALLS)
_ANY_NAME = " ".join(f'"{name}"' for name in NAMES)
_QUERY = f"""
(class_static_block) @static
(binary_expression left: (private_property_identifier)) @private
(regex) @regex
(ERROR) @error
((member_expression property: (property_identifier) @call) (#any-of? @call {_ANY_CALL}))
((call_expression function: (identifier) @name) (#any-of? @name {_ANY_NAME}))
((new_expression constructor: (identifier) @name) (#any-of? @name {_ANY_NAME}))
((string_fragment) @text (#match? @text "[{{][^}}]*:[^}}]*[}}]"))
((template_string) @text (#match? @text "[{{][^}}]*:[^}}]*[}}]"))
"""


def in_script(source: bytes) -> set[str]:
    """What of a script Chromium 86 does not know: syntax, properties, names, and the style sheets that it holds as text."""
    found: set[str] = set()
    for kind, nodes in QueryCursor(_query()).captures(Parser(_LANGUAGE).parse(source).root_node).items():
        for node in nodes:
            found.update(_of(kind, node))
    return found


@cache
def _query() -> Query:
    return Query(_LANGUAGE, _QUERY)


def _of(kind: str, node: Node) -> Iterator[str]:
    text = (node.text or b"").decode("utf-8", "replace")
    match kind:
        case "static":
            yield "static block of a class"
        case "private":
            yield "private name with `in`"
        case "error":
            yield "what the parser does not understand"
        case "regex":
            yield from _of_expression(text)
        case "call":
            yield f".{text}"
        case "name":
            yield text
        case "text" if _BLOCK.search(text) and not _SCRIPT.search(text):
            yield from in_style(text.strip("`").replace("\\n", "\n"))


def _of_expression(text: str) -> Iterator[str]:
    pattern, _slash, flags = text.rpartition("/")
    if set(flags) & {"d", "v"}:
        yield "flags d or v of a regular expression"
    if re.search(r"\(\?(?=[ims-]+:)", pattern):
        yield "flags within a regular expression"


def in_style(text: str) -> set[str]:
    """What of a style sheet Chromium 86 does not know: properties, values, selectors, rules."""
    return set(_in_rules(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)))


def _in_rules(rules: list[tinycss2.ast.Node]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "at-rule":
            yield from _in_at_rule(rule)
        elif rule.type == "qualified-rule":
            yield from _patterns(IN_SELECTORS, tinycss2.serialize(rule.prelude))
            yield from _in_block(rule.content)


def _in_at_rule(rule: tinycss2.ast.AtRule) -> Iterator[str]:
    name, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude)
    if AT_RULES.get(name, 0) > OLDEST:
        yield f"@{name}"
    if name == "media" and _RANGE.search(prelude):
        yield "@media with < or >"
    if rule.content is not None and name in _OF_RULES:
        yield from _in_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    elif rule.content is not None:
        yield from _in_block(rule.content)


def _in_block(content: list[tinycss2.ast.Node]) -> Iterator[str]:
    """What of a block is newer and has no older form before it: the same property, or its older name."""
    older: set[str] = set()
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if part.type == "qualified-rule":
            yield "rule within a rule"
        elif part.type == "declaration":
            newer = set(_in_declaration(part))
            if newer and part.lower_name not in older:
                yield from newer
            older.update({part.lower_name, part.lower_name.removeprefix("-webkit-")} if not newer else ())


def _in_declaration(part: tinycss2.ast.Declaration) -> Iterator[str]:
    name = part.lower_name
    if PROPERTIES.get(name, 0) > OLDEST:
        yield f"{name}:"
    yield from _patterns(_values_of(name), tinycss2.serialize(part.value))


def _values_of(name: str) -> Mapping[str, int]:
    elsewhere = {r"\bclip\b"} if not name.startswith("overflow") else set()
    elsewhere |= {r"\bstretch\b"} if not name.endswith(("width", "height")) else set()
    return {pattern: version for pattern, version in IN_VALUES.items() if pattern not in elsewhere}


def _patterns(patterns: Mapping[str, int], text: str) -> Iterator[str]:
    for pattern, version in patterns.items():
        if version > OLDEST and (seen := re.search(pattern, text)):
            yield seen[0].lstrip("0123456789")
