"""What a wording may do, and what is refused of it before it is filled in."""

from __future__ import annotations

import io

import pytest
from docx import Document

from dashboards.meeting import wording
from dashboards.meeting.allowed import MOST_SETS
from dashboards.meeting.document_settings import DocumentSettings, document_number, settings_kept, settings_typed
from dashboards.meeting.filling import Unfillable, filled_docx, filled_lines, joined
from data.intake.stationery import DECKS, PAPERS

FIELDS = {"各组": [{"名称": "镇街组", "单位": ["甲镇", "乙镇"]}], "名": ["甲", "乙"], "数": 3}


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 10 ** 9 }}",
        "{{ 名 * 1000000 }}",
        "{% for 数 in range(9) %}{{ 数 }}{% endfor %}",
        "{{ 名.__class__ }}",
        "{{ 名.append('丙') }}",
        "{{ ''.format() }}",
        "{{ '%s' % 数 }}",
        "{{ 数 ** 数 }}",
        "{{ 名 ~ 名 }}",
        "{% set 甲 = 名 + 名 %}{% set 乙 = 甲 + 甲 %}",
        "{% set 甲 = 名 %}{% set 乙 = [甲, 甲, 甲] %}",
        "{% macro 甲() %}{{ 甲() }}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% for 甲 in 名 recursive %}{{ loop(名) }}{% endfor %}",
        "{{ 名 | join }}",
        "{{ 名 | tojson }}",
        "{% for 甲 in 名 %}{% for 乙 in 名 %}{% for 丙 in 名 %}{% endfor %}{% endfor %}{% endfor %}",
        "".join(f"{{% set 名{number} = 名 %}}" for number in range(MOST_SETS + 1)),
        "{{ dict(甲=1) }}",
        "{% for 甲 in '" + "长" * 300 + "' %}{% endfor %}",
        "{% filter upper %}甲{% endfilter %}",
        "{{ ['甲'] | map('center', 10 ** 9) | first }}",
        "{{ ['甲'] | map('center', 999999999) | first }}",
        "{{ ['%999999999d'] | map('format', 1) | first }}",
        "{% for 甲 in [名] %}{{ [甲, 甲, 甲] | 合并 | length }}{% endfor %}",
        "{% for 甲 in [名] %}{{ (甲 + 甲) | length }}{% endfor %}",
        "{% for 甲 in 名 + 名 %}{% for 乙 in 甲 %}{{ [乙, 乙] | length }}{% endfor %}{% endfor %}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    ],
)
def test_what_could_grow_or_reach_out_is_refused(text: str) -> None:
    """Before anything of it is done, with a sentence."""
    with pytest.raises(Unfillable, match="无法识别该模板"):
        filled_lines(f"正文｜{text}", FIELDS)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 无 - 1 }}", "{% if 词 > 1 %}{% endif %}", "{% if 数 is divisibleby(零) %}{% endif %}", "{{ 数 | 名单 }}", "{{ 名 | 前几 }}",
        "{{ 节(1) }}", "{{ 节() }}" * 100, "{{ 名[::零] }}", "{{ [1, '甲'] | sort }}", "{% set 甲 = 1 %}{{ 甲() }}", "{{ 1e999 | int }}",
        "{{ (" + " + ".join(["词"] * 250) + ") | length }}",
    ],
)  # fmt: skip
def test_what_a_value_does_not_allow_is_said_in_a_sentence(text: str) -> None:
    """Of a text and of a template alike: it may be one period's value that does not allow it."""
    fields = {**FIELDS, "无": None, "词": "甲", "零": 0}
    with pytest.raises(Unfillable, match="无法识别该模板"):
        filled_lines(f"正文｜{text}", fields)
    with pytest.raises(Unfillable, match="无法识别该模板"):
        filled_docx(wording.as_template(wording.lines(f"正文｜{text}")), fields)


def test_what_wordings_need_is_allowed() -> None:
    """Fields, conditions, lists in lists, names set, the first few, what stands between."""
    text = (
        "{% set 隔 = joiner('，') %}{% set 大 = 各组 | selectattr('单位') | list %}"
        "正文｜{% for 组 in 大 %}{{ 组.名称 }}：{% for 名 in 组.单位 %}{{ 隔() }}{{ 名 }}{% endfor %}{% endfor %}"
        "{% for 各 in 各组 %}{% for 单 in 各.单位 %}{{ loop.index + 1 }}{{ (各.单位 + [单]) | length }}{% endfor %}{% endfor %}"
        "{% if 数 > 2 and 名 | length == 2 %}；{{ (名 + 名) | 并列 }}{{ 数 - 1 }}{% endif %}"
    )
    assert filled_lines(text, FIELDS) == ["正文｜镇街组：甲镇，乙镇2333；甲、乙、甲和乙2"]
    assert joined([["甲"], ["乙", "丙"]]) == ["甲", "乙", "丙"]


@pytest.mark.parametrize("document", [*PAPERS, *DECKS])
def test_our_own_wordings_keep_to_it(document: str) -> None:
    """An office begins with them: what they do must be allowed to it. That they are refused for a field shows that they were let in."""
    with pytest.raises(Unfillable, match=r"不存在|undefined"):
        filled_lines("\n".join(one for one in wording.shipped_text(document).splitlines() if one[0] != "#"), {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("安委办〔2022〕3号", "安委办〔2022〕3号"),
        (" 安委办[2022] 12 号 ", "安委办〔2022〕12号"),
        ("双经安办（２０２２）第5号", "双经安办〔2022〕5号"),
        ("安委办【2022】3号", "安委办〔2022〕3号"),
        ("", ""),
    ],
)
def test_document_number_is_written_as_the_standard_has_it(typed: str, kept: str) -> None:
    """Whatever brackets were at hand."""
    assert document_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "安委办〔2022〕03号",
        "3号",
        "安委办2022年3号",
        "安委办〔22〕3号",
        "安委办〔20٢٢〕3号",
        "安委办〔2022〕3号<b>",
        "x" * 200,
    ],
)
def test_what_is_no_document_number_is_refused(typed: str) -> None:
    """With an example."""
    with pytest.raises(ValueError, match="安委办〔2022〕3号"):
        document_number(typed)


def test_settings_are_kept_as_they_were_typed() -> None:
    """And read again alike."""
    typed = settings_typed("  双桥经开区安委会  文件 ", "https://anquan.example.gov.cn/", forecasts=True)
    assert typed == DocumentSettings("双桥经开区安委会 文件", "https://anquan.example.gov.cn", forecasts=True)
    assert settings_kept(typed.as_text()) == typed


@pytest.mark.parametrize(
    "address",
    ["anquan.example.gov.cn", "javascript:alert(1)", "https://a?b=c", "https://user@a", "https://a b", "https://例子", "https://a:99999", "https://" + "a" * 300],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str) -> None:
    """It would stand on paper for years."""
    with pytest.raises(ValueError, match="网址"):
        settings_typed("", address, forecasts=False)
    with pytest.raises(ValueError, match="红头最多"):
        settings_typed("长" * 41, "", forecasts=False)


def test_a_template_that_is_filled_in_again_knows_nothing_of_before() -> None:
    """Other fields, other headings counted from the first again; and what is escaped in a paper is none in a text."""
    text = "正文｜{{ 节() }}{% set 再 = 名 %}{{ 再 }}"
    template = wording.as_template(wording.lines(text))
    for name in ("甲&乙", "丙<丁"):
        assert filled_lines(text, {"名": name}) == [f"正文｜一、{name}"]
        filled = Document(io.BytesIO(filled_docx(template, {"名": name})))
        assert [one.text for one in filled.paragraphs] == [f"一、{name}"]
        assert filled_lines("{{ 名 }}{{ 节() }}", {"名": name}) == [f"{name}一、"]
