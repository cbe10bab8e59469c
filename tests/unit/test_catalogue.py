"""Every sentence that the product can say is there in Chinese."""

import io
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from data.language import DOMAIN, LANGUAGES, ONE, TRANSLATIONS, gettext, speak
from tests.two_languages import chinese_in, latin_in

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "N_": None, "gettext": None}


@cache
def _spoken() -> frozenset[str]:
    """Every message id in the code, which is read once."""
    rooms = [
        extract_from_dir(ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for room in ("data", "etl", "dashboards")
    ]
    with (ROOT / "app.py").open("rb") as file:
        from babel.messages.extract import extract

        wiring = [message for _line, message, *_ in extract("python", file, KEYWORDS)]
    return frozenset(str(message) for room in rooms for _file, _line, message, *_ in room) | {
        str(one) for one in wiring
    }


def _file(language: str, ending: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / f"{DOMAIN}.{ending}"


def _catalogue(language: str = "zh_CN") -> Catalog:
    with _file(language, "po").open("rb") as file:
        return read_po(file, locale=language)


def test_every_message_has_a_chinese_sentence() -> None:
    """No message id of the code is missing from the Chinese catalogue, and none there is left over."""
    translated = {str(message.id) for message in _catalogue() if message.id and message.string}
    assert _spoken() - translated == set()
    assert translated - _spoken() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_parameters_survive_translation(language: str) -> None:
    """A sentence is filled with the same parameters as its message id."""
    for message in _catalogue(language):
        assert [str(error) for error in message.check()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_current(language: str) -> None:
    """The .mo that the program reads is the .po that people edit (`make messages`)."""
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue(language))
    assert compiled.getvalue() == _file(language, "mo").read_bytes()


def test_english_is_the_message_itself() -> None:
    """In English a message is its id; an unknown language falls back to Chinese."""
    speak("en")
    assert gettext("refused") == "refused"
    speak("xx")
    assert gettext("refused") == "未通过"


def test_english_where_the_id_is_none() -> None:
    """Ids that are keys, and what is said of one alone, have English of their own; all of it is of messages that there are."""
    speak("en")
    assert gettext("safe") == "S"
    assert [gettext("%(n)s persons", n=n) for n in ("1", 1, 2, "1,001")] == [
        "1 person",
        "1 person",
        "2 persons",
        "1,001 persons",
    ]
    speak("zh_CN")
    assert gettext("%(n)s persons", n=1) == "1人"
    entries = [message for message in _catalogue("en") if message.id]
    assert {str(message.id) for message in entries} - _spoken() == set()
    assert {message.context for message in entries} == {None, ONE}


def test_chinese_has_no_latin_word_but_those_that_are_listed() -> None:
    """No sentence of the catalogue, whether a page, a command or a log says it."""
    assert {str(one.id): found for one in _catalogue() if one.id and (found := latin_in(str(one.string)))} == {}


def test_english_has_no_chinese_but_names_of_headings() -> None:
    """Neither an id nor what is said in its place; what stands in workbooks is called as it stands there."""
    own = {(str(one.id), one.context): str(one.string) for one in _catalogue("en") if one.id}
    said = {*own.values(), *(one for one in _spoken() if (one, None) not in own)}
    assert {one: found for one in said if (found := chinese_in(one))} == {}
