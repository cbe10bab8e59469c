"""Messages in the reader's language: gettext with English message ids, Chinese first.

English has a catalogue too, of the few ids that are no English as they stand: the mark of the brand, a unit behind a number.
"""

from __future__ import annotations

import gettext as gnu
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

TRANSLATIONS = Path(__file__).parent / "translations"
DOMAIN = "supervision"
LANGUAGES = ("zh_CN", "en")
WORDS = {"zh": "zh_CN", "en": "en"}
"""What addresses call them, and in it the language that is meant."""
ONE = "one"
"""Context in a catalogue of what is said where ``n`` is 1: English needs another word then, Chinese does not."""

_language: ContextVar[str] = ContextVar("language", default="zh_CN")


def speak(language: str) -> None:
    """Use this language from here on, in this thread or request; an unknown one is Chinese."""
    _language.set(language if language in LANGUAGES else LANGUAGES[0])


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """This language to the end of the block, whatever the reader's is: documents that go out are in the installation's."""
    before = _language.set(language)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The language in use."""
    return _language.get()


def tag() -> str:
    """The language in use as documents of the web name it: ``zh-CN`` or ``en``."""
    return _language.get().replace("_", "-")


def gettext(message: str, /, **parameters: object) -> str:
    """The message in the language in use, with ``%(name)s`` filled in."""
    catalogue = _catalogue(_language.get())
    text = catalogue.gettext(message)
    if parameters.get("n") in (1, "1"):
        one = catalogue.pgettext(ONE, message)
        text = text if one == message else one
    return text % parameters if parameters else text


def said_in(language: str, message: str) -> str:
    """A message in a language of its own, whoever asks: what is kept for all is said in the installation's."""
    return _catalogue(language).gettext(message)


def N_(message: str) -> str:  # noqa: N802  # the name that gettext extractors look for
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message


def told(message: str, parameters: Mapping[str, Any]) -> str:
    """A sentence that is kept as its message and what fills it, in the language in use.

    ``within`` among the parameters are messages of sentences that the next one, and the last of them this message,
    quotes as ``said``. What fills it may itself be sentences: a sequence of such messages, each with its (name, value) pairs.
    """
    filled = {name: value if name == "within" else _spoken(value) for name, value in parameters.items()}
    for one in filled.pop("within", ()):
        filled["said"] = gettext(one, **filled)
    return gettext(message, **filled)


def _spoken(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        return value
    return gettext("; ").join(told(message, dict(pairs)) for message, pairs in value)


@cache
def _catalogue(name: str) -> gnu.NullTranslations:
    return gnu.translation(DOMAIN, TRANSLATIONS, [name], fallback=True)
