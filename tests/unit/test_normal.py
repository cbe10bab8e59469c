"""Numbers and names that people would call the same are the same (CONTRACT section 1)."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.zone.normal import compact, compact_each, document_key, document_keys, has_unseen, header_key, plain, visible

NUMBER = "（渝双龙滩）应急检记〔2022〕12号"


@pytest.mark.parametrize(
    "written",
    [
        "(渝双龙滩)应急检记[2022]12号",
        "（渝双龙滩）应急检记【2022】12号",
        "(渝双龙滩)应急检记{2022}12号",
        "（渝双龙滩）应急检记《2022》12号",
        "（渝双龙滩）应急检记〈2022〉12号",
        "（渝双龙滩）应急检记「2022」12号",
        "（渝双龙滩）应急检记『2022』12号",
        "（渝双龙滩）应急检记［2022］12号",
        "（渝双龙滩）应急检记﹝2022﹞12号",
        "（渝双龙滩）应急检记〖2022〗12号",
        "（渝双龙滩）应急检记<2022>12号",
        " （渝双龙滩） 应急检记 〔2022〕 12 号 ",
        "（渝双龙滩）应急检记〔2022〕\n12号",
        "（渝双龙滩）应急检记\u3000〔２０２２〕\u00a0１２号",
    ],
)
def test_one_number_in_many_writings(written: str) -> None:
    """Full-width characters, blanks and the kind of brackets do not make another document of a number."""
    assert document_key(written) == document_key(NUMBER)


@pytest.mark.parametrize(
    "other",
    [
        "（渝双龙滩）应急检记〔2022〕13号",
        "（渝双龙滩）应急检记〔2021〕12号",
        "（渝双路）应急检记〔2022〕12号",
        "应急检记〔2022〕12号",
    ],
)
def test_different_numbers_stay_different(other: str) -> None:
    """What people would call two documents are two."""
    assert document_key(other) != document_key(NUMBER)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("12.0", "12"), ("12.00", "12"), ("１２．０", "12"), ("12", "12"), ("012", "012"),
        ("12.5", "12.5"), ("12.50", "12.50"), ("1.0.0", "1.0.0"), ("120", "120"), ("A.0", "A.0"),
    ],
)  # fmt: skip
def test_number_typed_as_number(written: str, key: str) -> None:
    """``12.0``, as a spreadsheet makes of 12, is 12; other points and zeros belong to the number."""
    assert document_key(written) == key


def test_plain_keeps_the_blanks_between_words() -> None:
    """A text is only trimmed and made ordinary, not glued together."""
    assert plain("\u3000Ｎｏ． １ 号 ") == "No. 1 号"


WRITTEN = st.text(alphabet="渝双应急检记〔〕【】（）()[]0123456789０１２.．-号 \u3000AaＡ")


@given(WRITTEN)
def test_comparing_is_stable(text: str) -> None:
    """What was made comparable once stays as it is when made comparable again."""
    assert compact(compact(text)) == compact(text)
    assert document_key(document_key(text)) == document_key(text)


@given(WRITTEN, st.integers(0, 30))
def test_blanks_never_matter(text: str, place: int) -> None:
    """A blank anywhere in a number changes nothing."""
    assert compact(f"{text[:place]} \u3000\t\n{text[place:]}") == compact(text)


TEXTS = st.lists(st.text() | st.text("〔（12.０\u0301é無无\0 \n\u3000\ufffd\u200b\ufe0f", max_size=6), max_size=8)


@given(TEXTS)
def test_all_at_once_is_one_by_one(texts: list[str]) -> None:
    """A column is compared as its cells are, whatever stands in the cells before and behind."""
    assert compact_each(texts) == [compact(text) for text in texts]
    assert document_keys(texts) == [document_key(text) for text in texts]


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_compared_as_in_any_other_text(text: str) -> None:
    """Plain letters and brackets come to the same whether or not a Chinese character stands beside them."""
    assert compact(text) + "号" == compact(text + "号")


EVERY = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]


def test_unseen_characters_are_those_of_unicode() -> None:
    """Every character of category Cf is unseen, and none that is a blank; normalising makes none out of others."""
    unseen = {character for character in EVERY if not visible(character)}
    assert unseen.issuperset(character for character in EVERY if unicodedata.category(character) == "Cf")
    assert not any(character.isspace() or character == "\0" for character in unseen)
    assert not any(
        has_unseen(unicodedata.normalize("NFKC", character)) for character in EVERY if character not in unseen
    )
    assert {unicodedata.category(character) for character in unseen} <= {"Cf", "Cc", "Cn", "Lo", "Mn", "So"}


@given(
    WRITTEN | st.text(max_size=8),
    st.characters(categories=["Cf"]) | st.sampled_from("\ufe0f\u3164\u034f\U000e0101"),
    st.integers(0, 30),
)
def test_unseen_characters_never_matter(text: str, character: str, place: int) -> None:
    """A character that nobody sees, anywhere in a writing, changes no comparison; without one nothing is changed at all."""
    written = f"{text[:place]}{character}{text[place:]}"
    assert has_unseen(written)
    assert (plain(written), compact(written), header_key(written)) == (plain(text), compact(text), header_key(text))
    assert document_keys([written, text]) == [document_key(text)] * 2
