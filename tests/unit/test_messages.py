"""Every problem has a sentence that a clerk can read (CONTRACT, Refused: in plain Chinese that says what to do)."""

from __future__ import annotations

import re

import pytest

from data.language import gettext
from etl.table.messages import RULES, SENTENCES, sentence
from etl.table.problems import ERRORS, WARNINGS, Problem

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b[A-Za-z]+ [A-Za-z]+\b")
PARAMETER = re.compile(r"%\((\w+)\)s")


@pytest.mark.parametrize("template", [*SENTENCES.values(), *RULES.values()])
def test_every_sentence_is_chinese(template: str) -> None:
    """No sentence is left in English, and every place in it that is to be filled gets filled."""
    said = gettext(template, **dict.fromkeys(PARAMETER.findall(template), "7"))
    assert CHINESE.search(said)
    assert not ENGLISH.search(said)
    assert "%(" not in said


@pytest.mark.parametrize("code", [*ERRORS, *WARNINGS])
def test_every_code_has_a_sentence(code: str) -> None:
    """Whatever code a check may give, there is a sentence for it; errors and warnings are told apart."""
    assert code in SENTENCES
    assert Problem(code).is_error == (code in ERRORS)


OWN_ERRORS = {"outdated", "program_error"}
OWN_WARNINGS = {"decision_without_penalty", "long_extension", "other_measure"}


def test_codes_are_those_of_the_contract() -> None:
    """The codes are those that CONTRACT lists, as errors or as warnings, and the few of our own; none is left over."""
    errors = (
        "not_a_workbook encrypted too_large unknown_kind unknown_unit unknown_period conflict not_allowed closed_period "
        "missing_sheet missing_column missing_value bad_date bad_number bad_choice bad_credit_code bad_document_number formula_error out_of_period "
        "inconsistent duplicate_key unknown_case still_referenced total_mismatch near_header"
    )
    warnings = (
        "unknown_column check_digit few_inspectors no_credit_code not_in_register number_of_another_unit probable_copy "
        "table_total far_deadline class_above_criteria hidden_rows nothing_found busy_inspectors "
        "old_period early_zero summary_not_read"
    )
    assert set(ERRORS) == set(errors.split()) | OWN_ERRORS
    assert set(WARNINGS) == set(warnings.split()) | OWN_WARNINGS
    assert not set(ERRORS) & set(WARNINGS)


@pytest.mark.parametrize("rule", [*RULES])
def test_every_rule_has_its_own_sentence(rule: str) -> None:
    """A clerk reads which rule was broken, not just that something does not fit."""
    assert rule in RULES
    assert sentence(
        Problem("inconsistent", parameters={"rule": rule, **dict.fromkeys(PARAMETER.findall(RULES[rule]), "7")})
    ) != gettext(SENTENCES["inconsistent"])


@pytest.mark.parametrize(
    ("frequency", "example"), [("month", "2022年5月"), ("quarter", "2022年第2季度"), ("year", "2022年")]
)
def test_example_of_a_period_fits_the_kind(frequency: str, example: str) -> None:
    """Who left the period out is shown how to write one of that kind."""
    assert example in sentence(Problem("unknown_period", parameters={"frequency": frequency}))


def test_empty_cell_is_not_quoted() -> None:
    """A sentence about a cell without a value does not quote an empty text."""
    for code in ("missing_value", "formula_error"):
        assert "“”" not in sentence(Problem(code, "执法检查台账", "J2", "发现隐患数", None))
