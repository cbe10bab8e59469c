"""What is wrong with a scheme, each fault as a sentence at its field, for whoever fills in a form or gives a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import yaml
from pydantic import ValidationError
from yaml import YAMLError

from data.language import gettext as _
from data.zone.schemes import LONGEST_TEXT, Scheme, parse

WHOLE = ""
"""The place of what concerns no field."""
_DEEPEST = 8
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Fault(NamedTuple):
    """One fault: at which field, by its path in the YAML (``indicators.completion.weight``), and what it is."""

    at: str
    sentence: str


class SchemeFaults(ValueError):
    """A scheme that cannot be taken; ``faults`` says all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(one.sentence for one in faults))
        self.faults = faults


def understood(text: str) -> Scheme:
    """The scheme that a YAML text is; SchemeFaults with all that is wrong with it."""
    try:
        _check_shape(text)
        return parse(text)
    except ValidationError as error:
        raise SchemeFaults(faults(error)) from error
    except (YAMLError, RecursionError) as error:
        said = _("This is no YAML as schemes are written in: %(reason)s", reason=_first_line(error))
        raise SchemeFaults([Fault(WHOLE, said)]) from error


def _check_shape(text: str) -> None:
    """YAMLError for what no scheme needs and a parser can be exhausted by: long, deep, or with parts that stand for others."""
    if len(text) > LONGEST_TEXT:
        raise YAMLError(_("it is longer than %(n)s characters", n=LONGEST_TEXT))
    deep = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise YAMLError(_("it has parts that stand for others (&, *)"))
        if isinstance(event, yaml.CollectionStartEvent):
            deep += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            deep -= 1
        if deep > _DEEPEST:
            raise YAMLError(_("it is nested too deep"))


def _first_line(error: Exception) -> str:
    return str(error).replace("\n", " ").strip()[:200]


def faults(error: ValidationError) -> list[Fault]:
    """All that pydantic found, in the order of the fields; each fault once."""
    found = [_fault(detail) for detail in error.errors(include_url=False)]
    return list(dict.fromkeys(found))


def _fault(detail: Mapping[str, Any]) -> Fault:
    context = detail.get("ctx", {})
    if detail["type"] == "scheme":
        return Fault(context["at"], context["said"])
    return Fault(".".join(str(part) for part in detail["loc"][1:]), sentence_of(detail))


def sentence_of(detail: Mapping[str, Any]) -> str:
    """What is wrong with one value, by what pydantic found."""
    said = _SENTENCES.get(detail["type"])
    return _("this cannot be taken: %(reason)s", reason=detail["msg"]) if said is None else said(detail.get("ctx", {}))


def _number(_context: Mapping[str, Any]) -> str:
    return _("write a number here")


def _whole_number(_context: Mapping[str, Any]) -> str:
    return _("write a whole number here")


def _text(_context: Mapping[str, Any]) -> str:
    return _("write a text here")


def _too_fine(_context: Mapping[str, Any]) -> str:
    return _("at most six digits behind the point, and twelve in all")


def _unknown(_context: Mapping[str, Any]) -> str:
    return _("a scheme knows nothing of this name")


def _day(_context: Mapping[str, Any]) -> str:
    return _("write a day here, as 2022-10-01")


def _wrong_letters(context: Mapping[str, Any]) -> str:
    if "x00" in context["pattern"]:
        return _("one line of text, without control characters")
    return _("only Latin letters, digits, points and hyphens")


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "decimal_parsing": _number,
    "decimal_type": _number,
    "finite_number": _number,
    "decimal_max_digits": _too_fine,
    "decimal_max_places": _too_fine,
    "decimal_whole_digits": _too_fine,
    "int_parsing": _whole_number,
    "int_type": _whole_number,
    "int_from_float": _whole_number,
    "int_parsing_size": _whole_number,
    "bool_parsing": lambda _context: _("say yes or no here"),
    "bool_type": lambda _context: _("say yes or no here"),
    "date_from_datetime_parsing": _day,
    "date_from_datetime_inexact": _day,
    "date_parsing": _day,
    "date_type": _day,
    "string_type": _text,
    "string_too_short": _text,
    "string_too_long": lambda context: _("at most %(n)s characters", n=context["max_length"]),
    "string_pattern_mismatch": _wrong_letters,
    "missing": lambda _context: _("this is missing"),
    "extra_forbidden": _unknown,
    "literal_error": lambda context: _("it can be only: %(choices)s", choices=context["expected"]),
    "union_tag_invalid": lambda context: _("it can be only: %(choices)s", choices=context["expected_tags"]),
    "union_tag_not_found": lambda _context: _("it does not say of which ranking or score it is the scheme"),
    "greater_than": lambda context: _("it must be more than %(bound)s", bound=context["gt"]),
    "less_than": lambda context: _("it must be less than %(bound)s", bound=context["lt"]),
    "greater_than_equal": lambda context: _("it must not be less than %(bound)s", bound=context["ge"]),
    "less_than_equal": lambda context: _("it must not be more than %(bound)s", bound=context["le"]),
    "day_too_early": lambda context: _("it must not be before %(day)s", day=context["day"]),
    "day_too_late": lambda context: _("it must not be after %(day)s", day=context["day"]),
    "model_type": lambda _context: _("names and values belong here"),
    "dict_type": lambda _context: _("names and values belong here"),
    "tuple_type": lambda _context: _("a list belongs here"),
}
