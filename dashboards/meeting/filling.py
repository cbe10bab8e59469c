"""Wording with fields filled in: a template that offices edit in WPS, or the text that ours are made of.

Templates are anybody's text: they are filled in a sandbox, reach nothing but their fields, and one that asks for a field that there
is not is refused by name.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, MutableMapping, Sequence, Set
from functools import lru_cache
from itertools import chain
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Joiner

from dashboards.meeting.allowed import CALLS, BeyondWording, check_allowed, names_set
from data.language import gettext as _

Fields = Mapping[str, Any]
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
_TEN, _HUNDRED = 10, 100
MOST_NAMED, FIRST_NAMED = 20, 5
"""Names that a sentence lists, and those that it begins with where there are more."""
_SET = re.compile(r"\{%p?-?\s*set\s+(\w+)")
_PART = re.compile(r"has no attribute '([^']{1,60})'")
REMARK = "#"
"""What a line of a wording begins with that is said to whoever reads the wording."""
KEPT, LONGEST_KEPT = 32, 100_000
"""Templates that are kept made ready, and characters of the longest of them: some megabytes of each at worst."""
LONGEST_FILLED = 2_000_000
"""Characters that a wording may come to with its fields filled in."""


_OF_ITS_VALUES = (TypeError, ValueError, ArithmeticError, NameError, SyntaxError, MemoryError, RecursionError)
"""What a template comes to that does with a field what its value does not allow: it compares words with figures, divides by nothing."""


class Unfillable(Exception):
    """A template that cannot be filled in: the sentence says what in it is wrong."""


def numeral(number: int) -> str:
    """1 … 99 in Chinese."""
    if not 0 < number < _HUNDRED:
        raise ValueError(number)
    tens, ones = divmod(number, _TEN)
    return (_NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def listed(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    every = [str(one) for one in names]
    if len(every) < 2:
        return "".join(every)
    return "、".join(every[:-1]) + "和" + every[-1]


def named(names: Sequence[str], column: str = "备注") -> str:
    """All names; of very many the first, how many there are, and in which column of the annex they stand."""
    if len(names) <= MOST_NAMED:
        return listed(names)
    first = _(", ").join(names[:FIRST_NAMED])
    return _(
        "%(names)s and others, %(n)s units (named in the annex, column %(column)s)",
        names=first,
        n=len(names),
        column=column,
    )


def first_few(names: Sequence[str], most: int, counted: str = "个单位") -> str:
    """All names; of more than ``most`` the first and how many there are, for a sentence that must stay short."""
    if len(names) <= most:
        return listed(names)
    return f"{'、'.join(names[:most])}等{len(names)}{counted}"


def joined(lists: Iterable[Iterable[Any]]) -> list[Any]:
    """Lists one behind the other as one."""
    return list(chain.from_iterable(lists))


class _Counting:
    """Numbers of headings in the order in which they are asked for: 一、 and within it （一）."""

    def __init__(self) -> None:
        self._first = self._second = 0

    def first(self) -> str:
        """The number of a heading."""
        self._first, self._second = self._first + 1, 0
        return f"{numeral(self._first)}、"

    def second(self) -> str:
        """The number of a heading below it."""
        self._second += 1
        return f"（{numeral(self._second)}）"


class _Bounded(Template):
    """A template that stops where it comes to more than any document has."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As the library's, piece by piece."""
        pieces: list[str] = []
        length = 0
        for piece in self.generate(*args, **kwargs):
            length += len(piece)
            if length > LONGEST_FILLED:
                raise TemplateError(_("it comes to more than any document has"))
            pieces.append(piece)
        return "".join(pieces)


class _Wordings(ImmutableSandboxedEnvironment):
    """An environment in which a template is looked at before it is made ready: what is not listed there is refused.

    Those that were made ready last are kept: that takes longer than to fill them in, and the same one is asked for a paper, for its PDF, for its
    charts, and wherever a document is laid beside it.
    """

    template_class = _Bounded

    def from_string(
        self,
        source: str | nodes.Template,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002  # the library's name
        template_class: type[Template] | None = None,
    ) -> Template:
        """As the library's, the same template for the same text."""
        if globals is None and template_class is None and isinstance(source, str) and len(source) <= LONGEST_KEPT:
            return _ready(source, autoescape=bool(self.autoescape))
        return super().from_string(source, globals, template_class)

    def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
        tree = super()._parse(source, name, filename)
        try:
            check_allowed(tree)
        except BeyondWording as error:
            raise TemplateError(str(error)) from error
        return tree


@lru_cache(maxsize=KEPT)
def _ready(text: str, *, autoescape: bool) -> Template:
    return ImmutableSandboxedEnvironment.from_string(environment(autoescape=autoescape), text)


def environment(*, autoescape: bool = True) -> ImmutableSandboxedEnvironment:
    """What templates are filled in: no attribute that begins with an underscore, no change of a field, no field that there is not.

    Nothing is worked out before: to try that takes the third power of how many things a line adds up, seconds for 200.
    """
    made = _Wordings(undefined=StrictUndefined, autoescape=autoescape, optimized=False)
    made.globals = {"joiner": Joiner}
    made.filters |= {"并列": listed, "名单": named, "前几": first_few, "合并": joined}
    return made


def with_numbers(fields: Fields) -> dict[str, Any]:
    """The fields, and the numbers of headings."""
    counting = _Counting()
    return {**fields, "节": counting.first, "目": counting.second}


def without_remarks(text: str) -> str:
    """A wording with blank lines in place of its remarks: the others keep their numbers."""
    return "\n".join("" if line.startswith(REMARK) else line for line in text.splitlines())


def check_fields(text: str, fields: Fields) -> None:
    """Refuse a wording that asks for fields that there are not, by their names, with those there are; one that cannot be understood by its line.
    Where it is not known which fields there are (none) only the latter.
    """
    try:
        tree = environment().parse(without_remarks(text))
    except TemplateSyntaxError as error:
        at = _("line %(line)s: %(why)s", line=error.lineno, why=error.message)
        raise Unfillable(_("The template cannot be understood: %(why)s", why=at)) from error
    except (TemplateError, RecursionError) as error:
        raise Unfillable(_("The template cannot be understood: %(why)s", why=str(error))) from error
    if fields:
        _refuse_unknown(find_undeclared_variables(tree) - names_set(tree), fields)


def check_template(template: bytes, fields: Fields) -> None:
    """The same of a .docx."""
    document = _opened(template)
    try:
        asked = document.get_undeclared_template_variables(environment())
    except (TemplateError, RecursionError) as error:
        raise Unfillable(_("The template cannot be understood: %(why)s", why=str(error))) from error
    made = set(_SET.findall("".join(one.text for one in document.get_docx().paragraphs)))
    if fields:
        _refuse_unknown(asked - made, fields)


def _refuse_unknown(asked: Set[str], fields: Fields) -> None:
    known = with_numbers(fields)
    unknown = sorted(asked - CALLS - set(known))
    if unknown:
        raise Unfillable(
            _("The template asks for fields that there are not: %(unknown)s. There are: %(known)s.",
              unknown=_(", ").join(unknown), known=_(", ").join(sorted(known)))
        )  # fmt: skip


def _in_words(error: Exception) -> str:
    """What the library says of a field's part that there is not."""
    found = _PART.search(str(error))
    return str(error) if found is None else _("there is no %(name)s in the field", name=found[1])


def filled_lines(text: str, fields: Fields) -> list[str]:
    """A wording with its fields filled in, line by line, without blank ones; Unfillable where it asks for others."""
    try:
        told = environment(autoescape=False).from_string(text).render(with_numbers(fields))
    except (TemplateError, *_OF_ITS_VALUES) as error:
        raise Unfillable(_("The template cannot be understood: %(why)s", why=_in_words(error))) from error
    return [line for line in told.splitlines() if line.strip()]


def _opened(template: bytes) -> Any:
    from docxtpl import DocxTemplate

    document = DocxTemplate(io.BytesIO(template))
    try:
        document.init_docx()
    except Exception as error:  # the library says in many ways that a file is broken
        kind = _("Word document (.docx)")
        raise Unfillable(_("The file is no %(kind)s: save it as one and hand it in again.", kind=kind)) from error
    return document


def filled_docx(template: bytes, fields: Fields) -> bytes:
    """A template of .docx with its fields filled in; Unfillable where it asks for others."""
    document = _opened(template)
    try:
        document.render(with_numbers(fields), environment(), autoescape=True)
    except UndefinedError as error:
        _refuse_unknown(_opened(template).get_undeclared_template_variables(environment()), fields)
        raise Unfillable(_("The template asks for a field that there is not: %(why)s", why=_in_words(error))) from error
    except (TemplateError, *_OF_ITS_VALUES) as error:
        raise Unfillable(_("The template cannot be understood: %(why)s", why=_in_words(error))) from error
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
