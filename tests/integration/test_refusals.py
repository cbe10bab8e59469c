"""What is wrong in a workbook is said at its cell, all of it at once, and nothing of the file is loaded (CONTRACT, Refused)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.settings import Settings
from etl.loading.load import Loader
from etl.table.messages import sentence
from tests.integration.ledgers import ledger, number, places, send, targets
from tests.integration.refusing import refused

AGAIN_FIRST = {"整改复查!A2": number(1), "整改复查!D2": 2}
"""Makes the second look one at the first case, which was not punished."""
OTHER_BRACKETS = number(1).replace("（", "(").replace("）", ")").replace("〔", "[").replace("〕", "]")


@pytest.fixture
def loader(sqlite_installation: Settings) -> Iterator[Loader]:
    """Loads into the installation; nothing is found here that an engine would find otherwise."""
    with Loader(sqlite_installation) as one:
        yield one


@pytest.mark.parametrize("clean", [ledger, targets])
def test_clean_workbook_is_accepted_without_a_word(loader: Loader, tmp_path: Path, clean: Any) -> None:
    """What the tests below change one cell of is itself accepted, without a warning."""
    outcome = send(loader, clean(), tmp_path)
    assert (outcome.status, outcome.problems, outcome.version) == ("accepted", (), 1)


Changes = dict[str, Any]

WRONG: dict[str, list[tuple[str, Changes]]] = {
    "missing_value": [(place, {place: value}) for place, value in [
        ("B2", None), ("C2", "无"), ("E2", "/"), ("I4", "—"), ("J4", None), ("N2", None), ("N2", "/"), ("N2", "—"),
        ("整改复查!A2", None), ("汇总!B2", None), ("汇总!A3", None)]],
    "bad_date": [(place, {place: value}) for place, value in [
        ("B2", "2022-02-30"), ("B4", "五月下旬"), ("L2", "下周"), ("R2", "2022年5月"), ("整改复查!B2", "待定")]],
    "bad_number": [(place, {place: value}) for place, value in [
        ("J4", "三"), ("J4", -1), ("K2", 0.5), ("J3", 1_000_001), ("M2", "全部"), ("Q3", "两万"), ("Q3", -5),
        ("整改复查!D2", "已整改"), ("整改复查!H2", "若干"), ("汇总!B2", "三家"), ("汇总!B7", "两万")]],
    "bad_choice": [(place, {place: value}) for place, value in [
        ("E2", "渔业"), ("G2", "抽查"), ("N2", "也许"), ("S2", "基本合格"), ("整改复查!C2", "好"), ("整改复查!E2", "？")]],
    "bad_credit_code": [("D2", {"D2": value}) for value in [
        "91502914MA3FQEFLC", "91502914MA3FQEFLCI", 915029140000000000, "9.15029E+17", "915029141234567000"]],
    "formula_error": [(place, {place: value}) for place, value in [
        ("J2", "#REF!"), ("B2", "#N/A"), ("Q3", "#VALUE!"), ("T2", "#NAME?"), ("整改复查!A2", "#REF!"), ("汇总!B4", "#DIV/0!")]],
    "formula_error without a value": [(place, {place: value}) for place, value in [
        ("J4", "=1+1"), ("L2", "=B2+10"), ("C4", "=C3"), ("Q3", "=2*10000"), ("汇总!B2", "=COUNTA(执法检查台账!I2:I4)")]],
    "out_of_period": [("B4", {"B4": date(2022, 6, 1)}), ("B2", {"B2": "2022-04-30"})],
    "inconsistent": [
        ("K2", {"K2": 3}), ("M2", {"M2": 3}), ("L2", {"L2": None}), ("L2", {"L2": date(2022, 5, 5)}), ("O3", {"O3": None}), ("Q2", {"Q2": 5000}),
        ("S2", {"S2": None}), ("R2", {"R2": None}), ("R2", {"R2": date(2022, 5, 5)}), ("R2", {"R2": date(2022, 6, 5)}),
        ("整改复查!C2", {"整改复查!C2": None}), ("整改复查!B2", {"整改复查!B2": None}), ("整改复查!B2", {"整改复查!B2": date(2022, 5, 11)}),
        ("整改复查!B2", {"整改复查!B2": date(2022, 6, 5)}), ("整改复查!D2", {"整改复查!D2": 4}),
        ("整改复查!F2", {**AGAIN_FIRST, "整改复查!E2": "是"}), ("整改复查!H2", {**AGAIN_FIRST, "整改复查!H2": 5000})],
    "duplicate_key": [("I3", {**AGAIN_FIRST, "I3": one}) for one in (number(1), OTHER_BRACKETS)],
    "total_mismatch": [(f"汇总!B{row}", {f"汇总!B{row}": 9}) for row in range(2, 8)],
    "unknown_case": [("整改复查!A2", {"整改复查!A2": "（渝双龙滩）应急检记〔2021〕1号"})],
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
def test_wrong_cell_is_named(loader: Loader, tmp_path: Path, code: str) -> None:
    """A clean ledger with one wrong cell is refused with its code at its cell, and with nothing else."""
    for place, changes in WRONG[code]:
        outcome = refused(loader, ledger().put(changes), tmp_path)
        assert (changes, places(outcome.problems, "执法检查台账")) == (changes, {place: code.partition(" ")[0]})
        assert (outcome.kind, outcome.unit, outcome.period, outcome.version) == (
            "enforcement",
            "longtanzi",
            "2022-05",
            None,
        )


WRONG_TARGETS: dict[str, list[tuple[str, Any]]] = {
    "bad_choice": [("A4", "某某街道"), ("B3", "渔业"), ("检查计划!A3", "某某街道"), ("检查计划!A2", "全区")],
    "missing_value": [("A4", None), ("C2", None), ("检查计划!A2", None)],
    "bad_number": [
        ("C2", "六人以下"),
        ("C2", -1),
        ("C2", 1.5),
        ("C2", "同比下降"),
        ("检查计划!B2", "多"),
        ("检查计划!M2", -4),
    ],
    "formula_error": [("C2", "#REF!"), ("检查计划!C2", "#N/A")],
    "formula_error without a value": [("C2", "=SUM(C3:C4)"), ("检查计划!C2", "=B2")],
    "duplicate_key": [("A4", "全区"), ("检查计划!A3", "龙滩子街道")],
}


@pytest.mark.parametrize("code", WRONG_TARGETS)
def test_wrong_cell_of_the_targets_is_named(loader: Loader, tmp_path: Path, code: str) -> None:
    """Clean targets with one wrong cell are refused with its code at its cell, and with nothing else."""
    for place, value in WRONG_TARGETS[code]:
        told = places(refused(loader, targets().put({place: value}), tmp_path).problems, "亡人指标")
        assert (place, value, told) == (place, value, {place: code.partition(" ")[0]})


def test_all_problems_of_a_file_are_told_at_once(loader: Loader, tmp_path: Path) -> None:
    """Ten faults on three sheets get ten places in one answer; the same fault in several cells may be one entry with all of them."""
    wrong = {
        "B2": "下周", "E2": "渔业", "E3": "渔业", "D4": "123", "K3": 7, "O3": None, "J4": "=1+1", "I4": number(1),
        "整改复查!A2": "（渝双）应急检记〔2020〕999号", "整改复查!C2": "好",
    }  # fmt: skip
    outcome = refused(loader, ledger().put(wrong), tmp_path)
    assert places(outcome.errors, "执法检查台账") == {
        "B2": "bad_date", "E2": "bad_choice", "E3": "bad_choice", "D4": "bad_credit_code", "K3": "inconsistent", "O3": "inconsistent",
        "J4": "formula_error", "I4": "duplicate_key", "整改复查!A2": "unknown_case", "整改复查!C2": "bad_choice",
    }  # fmt: skip


def test_wrong_sum_is_told_with_the_rest(loader: Loader, tmp_path: Path) -> None:
    """A sum of 汇总 that no other fault touches is told in the same answer: a clerk is not sent back twice."""
    outcome = refused(loader, ledger().put({"E2": "渔业", "汇总!B2": 9}), tmp_path)
    assert places(outcome.errors, "执法检查台账") == {"E2": "bad_choice", "汇总!B2": "total_mismatch"}


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("L2", "下周", "bad_date"), ("J2", "许多", "bad_number"), ("J2", None, "missing_value"), ("N3", "也许", "bad_choice"),
        ("O3", "=O2", "formula_error"), ("R2", "昨天", "bad_date"), ("S2", "好", "bad_choice"), ("S2", "=S3", "formula_error"),
    ],
)  # fmt: skip
def test_what_is_explained_is_not_repeated(loader: Loader, tmp_path: Path, place: str, value: Any, code: str) -> None:
    """A cell that cannot be read is told once; what only follows from it, in rules or sums, is not."""
    assert places(refused(loader, ledger().put({place: value}), tmp_path).problems, "执法检查台账") == {place: code}


def test_wrong_sum_names_both_figures(loader: Loader, tmp_path: Path) -> None:
    """A sum that does not agree names what 汇总 says and what the rows add up to."""
    for row, (name, right) in enumerate(ledger().sheets["汇总"][1:], start=2):
        said = sentence(refused(loader, ledger().put({f"汇总!B{row}": 987}), tmp_path).errors[0])
        assert all(part in said for part in ("987", str(right), name[:3]))


def test_decision_over_two_cases_is_one_penalty_in_the_sums(loader: Loader, tmp_path: Path) -> None:
    """行政处罚 and 罚款金额 of 汇总 count each decision once, however its number is written."""
    decision = ledger().sheets["执法检查台账"][2][14]
    again = {"N2": "是", "O2": decision.replace("〔", "[").replace("〕", "]"), "P2": "罚款", "Q2": 20000}
    assert send(loader, ledger().put(again), tmp_path).errors == []


# Across months and units


def test_number_of_another_month_names_it(loader: Loader, tmp_path: Path) -> None:
    """A 检查文书号 that the unit's ledger of another month has, earlier or later, is refused, and the month is named."""
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"
    outcome = refused(loader, ledger().put({"I2": number(1, "2022-04")}), tmp_path)
    assert places(outcome.problems, "执法检查台账") == {"I2": "duplicate_key"}
    assert "2022-04" in sentence(outcome.errors[0])
    assert send(loader, ledger(), tmp_path).status == "accepted"
    outcome = refused(loader, ledger("2022-04").put({"I4": number(3)}), tmp_path)
    assert (places(outcome.problems, "执法检查台账"), "2022-05" in sentence(outcome.errors[0])) == (
        {"I4": "duplicate_key"},
        True,
    )


def test_case_of_an_earlier_month_may_be_looked_at_again(loader: Loader, tmp_path: Path) -> None:
    """整改复查 may name a case of an earlier month, in any writing of its number, but none of another unit or of a month to come."""
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"
    assert send(loader, ledger("2022-04", "shuanglu"), tmp_path).status == "accepted"
    earlier = number(1, "2022-04").replace("〔", " [").replace("〕", "] ")
    assert send(loader, ledger().put({"整改复查!A2": earlier, "整改复查!D2": 2}), tmp_path).errors == []
    for strange in (number(1, "2022-04", "shuanglu"), number(1, "2022-06")):
        outcome = refused(loader, ledger().put({"整改复查!A2": strange, "整改复查!D2": 2}), tmp_path)
        assert places(outcome.problems, "执法检查台账") == {"整改复查!A2": "unknown_case"}


def test_rules_hold_across_months(loader: Loader, tmp_path: Path) -> None:
    """A second look is held against its case, though that is of an earlier month: its day, its hazards, its penalty."""
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"
    case = {"整改复查!A2": number(1, "2022-04")}
    for place, value in {"整改复查!B2": date(2022, 4, 5), "整改复查!D2": 3, "整改复查!H2": 5000}.items():
        outcome = refused(loader, ledger().put({"整改复查!D2": 2, **case, place: value}), tmp_path)
        assert places(outcome.problems, "执法检查台账") == {place: "inconsistent"}


def test_case_that_is_still_named_cannot_go(loader: Loader, tmp_path: Path) -> None:
    """A corrected ledger that drops a case which 整改复查 of a later month names is refused, and both are named."""
    assert send(loader, ledger("2022-04"), tmp_path).status == "accepted"
    assert (
        send(loader, ledger().put({"整改复查!A2": number(1, "2022-04"), "整改复查!D2": 2}), tmp_path).status
        == "accepted"
    )
    renumbered = ledger("2022-04").put({"I2": "另一号"})
    outcome = refused(loader, renumbered, tmp_path)
    assert [(problem.code, problem.value) for problem in outcome.errors] == [("still_referenced", number(1, "2022-04"))]
    assert "2022-05" in sentence(outcome.errors[0])
    assert send(loader, ledger().put({"T2": "更正"}), tmp_path).status == "accepted"
    assert send(loader, renumbered, tmp_path).status == "accepted"
