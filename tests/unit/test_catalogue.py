"""Every sentence that the product can say is there in Chinese."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from data.language import DOMAIN, TRANSLATIONS, gettext, speak

ROOT = Path(__file__).parents[2]
CHINESE = TRANSLATIONS / "zh_CN" / "LC_MESSAGES"
KEYWORDS = {"_": None, "N_": None, "gettext": None}


def _spoken() -> set[str]:
    rooms = [
        extract_from_dir(ROOT / room, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for room in ("data", "etl", "dashboards")
    ]
    with (ROOT / "app.py").open("rb") as file:
        from babel.messages.extract import extract

        wiring = [message for _line, message, *_ in extract("python", file, KEYWORDS)]
    return {str(message) for room in rooms for _file, _line, message, *_ in room} | {str(one) for one in wiring}


def _catalogue() -> Catalog:
    with (CHINESE / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_message_has_a_chinese_sentence() -> None:
    """No message id of the code is missing from the Chinese catalogue, and none there is left over."""
    translated = {str(message.id) for message in _catalogue() if message.id and message.string}
    assert _spoken() - translated == set()
    assert translated - _spoken() == set()


def test_parameters_survive_translation() -> None:
    """A Chinese sentence is filled with the same parameters as its message id."""
    for message in _catalogue():
        assert [str(error) for error in message.check()] == []


def test_compiled_catalogue_is_current() -> None:
    """The .mo that the program reads is the .po that people edit (`make messages`)."""
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue())
    assert compiled.getvalue() == (CHINESE / f"{DOMAIN}.mo").read_bytes()


def test_english_is_the_message_itself() -> None:
    """In English a message is its id; an unknown language falls back to Chinese."""
    speak("en")
    assert gettext("refused") == "refused"
    speak("xx")
    assert gettext("refused") == "未通过"
