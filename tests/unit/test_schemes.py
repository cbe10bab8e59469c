"""Schemes: what METHOD ships, what an official may change, and what is refused with its reason."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Connection, create_engine, insert

from data.schema import metadata
from data.schema.zone import scheme, zone
from data.zone.schemes import CasualtyScheme, RankingScheme, SchemeRefused, parse, schemes_of, shipped

TEXT, SINCE_2025 = (text for text, one in shipped() if one.name == "monthly_ranking")


def test_shipped_scheme_is_the_method() -> None:
    """Weights, targets, deductions, thresholds and tie keys are those that METHOD section 2 states."""
    one = parse(TEXT)
    assert {key: (part.weight, part.target) for key, part in one.indicators.items()} == {
        "completion": (20, Decimal("1.00")),
        "problem_rate": (20, Decimal("0.60")),
        "penalty_rate": (20, Decimal("0.25")),
        "closed_loop_rate": (25, Decimal("1.00")),
        "rectification_rate": (10, Decimal("1.00")),
        "timeliness": (5, Decimal("1.00")),
    }
    assert one.deductions.model_dump() == {"zero_penalty": 5, "overdue_major_each": 2, "overdue_major_most": 10}
    assert one.thresholds.model_dump() == {"late_days": 5, "no_problem_found_inspections": 5, "thin_basis_below": 50}
    assert one.tie_keys == ("closed_loop_rate", "problem_rate", "penalty_rate", "inspections")


def test_shipped_scheme_of_2025_is_the_method() -> None:
    """From January 2025 on: no completion, no deduction for zero penalties, no inspections among the tie keys."""
    one = parse(SINCE_2025)
    assert one.valid_from == date(2025, 1, 1)
    assert {key: (part.weight, part.target) for key, part in one.indicators.items()} == {
        "closed_loop_rate": (40, Decimal("1.00")),
        "rectification_rate": (25, Decimal("1.00")),
        "problem_rate": (15, Decimal("0.60")),
        "penalty_rate": (10, Decimal("0.25")),
        "timeliness": (10, Decimal("1.00")),
    }
    assert one.deductions.model_dump() == {"zero_penalty": 0, "overdue_major_each": 2, "overdue_major_most": 10}
    assert one.thresholds == parse(TEXT).thresholds
    assert one.tie_keys == ("closed_loop_rate", "problem_rate", "penalty_rate")
    assert (one.inspections_score, parse(TEXT).inspections_score) == (False, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  timeliness: {weight: 10",
            '  completion: {weight: 10, target: "1"}\n  timeliness: {weight: 0',
            "completion",
        ),
        ("penalty_rate]", "penalty_rate, inspections]", "inspections"),
        ("zero_penalty: 0", "zero_penalty: 1", "zero_penalty"),
    ],
)
def test_scheme_from_2025_on_that_counts_inspections_is_refused(old: str, new: str, said: str) -> None:
    """It is refused by the document that forbids it; the same was lawful for months before."""
    unlawful = SINCE_2025.replace(old, new)
    assert unlawful != SINCE_2025
    with pytest.raises(ValidationError, match=f"国办发〔2024〕54号.*{said}"):
        parse(unlawful)
    assert parse(unlawful.replace("valid_from: 2025-01-01", "valid_from: 2024-12-31")).inspections_score


def test_all_that_a_scheme_must_not_is_said_at_once() -> None:
    """The scheme of before, taken on as it is: completion, tie keys and deduction, each named."""
    with pytest.raises(ValidationError) as refused:
        parse(TEXT.replace("2022-01-01", "2025-01-01"))
    assert all(key in str(refused.value) for key in ("completion", "inspections", "zero_penalty"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SINCE_2025.replace("zero_penalty: 0", "zero_penalty: 5"), "国办发〔2024〕54号"),
        (SINCE_2025.replace("weight: 40", "weight: 50"), "100"),
        (SINCE_2025.replace("late_days: 5", "late_days: 五"), "late_days"),
        ("name: [", "expected"),
    ],
)
def test_file_that_cannot_be_taken_is_named(tmp_path: Path, text: str, said: str) -> None:
    """What an official put beside the shipped schemes is refused by the file's name and the reason, in one sentence."""
    (tmp_path / "我区方案.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(SchemeRefused, match=f"(?s)我区方案.yaml.*{said}"):
        shipped(tmp_path)


def test_scheme_is_named_by_its_text() -> None:
    """The hash that a result cites is the SHA-256 of the very text, comments and all."""
    assert parse(TEXT).sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert parse(TEXT + "# 注\n").sha256 != parse(TEXT).sha256


def test_fines_never_score() -> None:
    """A scheme that puts weight on fines is refused, and the reason is article 74 of the Administrative Penalty Law."""
    unlawful = TEXT.replace(
        "  completion: {weight: 20", '  fines_yuan: {weight: 20, target: "1"}\n  completion: {weight: 0'
    )
    with pytest.raises(ValidationError, match="第七十四条"):
        parse(unlawful)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TEXT.replace("completion: {weight: 20", "completion: {weight: 30"), "100"),
        (TEXT.replace("  completion:", "  completoin:"), "completoin"),
        (TEXT.replace('weight: 20, target: "1.00"', 'weight: 20, target: "0"'), "completion"),
        (TEXT.replace("  completion: {weight: 20", "  completion: {weight: -20"), "completion"),
        (TEXT.replace("zero_penalty: 5 ", "zero_penalty: -5 "), "zero_penalty"),
        (TEXT.replace("zero_penalty: 5 ", "zero_penalties: 5 "), "zero_penalties"),
        (TEXT.replace("valid_from: 2022-01-01", "valid_from: 一月"), "valid_from"),
        (TEXT.replace("tie_keys: [closed_loop_rate,", "tie_keys: [fines_yuan,"), "tie_keys"),
    ],
    ids=[
        "sum",
        "misspelt",
        "target-0",
        "negative",
        "negative-deduction",
        "misspelt-deduction",
        "day",
        "fines-as-tie-key",
    ],
)
def test_mistake_in_a_scheme_is_named(wrong: str, said: str) -> None:
    """A mistake that an official may make in the file is refused by the name of what is wrong."""
    assert wrong != TEXT
    with pytest.raises(ValidationError, match=said):
        parse(wrong)


def _stored(connection: Connection, *versions: tuple[str, date]) -> None:
    metadata.create_all(connection)
    connection.execute(
        insert(zone).values(zone="z", name="z", timezone="Asia/Shanghai", month_starts_on=1, grace_days=10)
    )
    for version, since in versions:
        text = TEXT.replace('version: "1"', f'version: "{version}"').replace("2022-01-01", since.isoformat())
        row = {"name": "monthly_ranking", "version": version, "valid_from": since, "sha256": parse(text).sha256}
        connection.execute(insert(scheme).values(zone="z", text=text, **row))


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2021, 12, 31), "1"), (date(2022, 6, 30), "1"), (date(2022, 7, 1), "2"), (date(2030, 1, 1), "2")],
)
def test_scheme_in_force_on_a_day(day: date, version: str) -> None:
    """A day takes the last scheme that had begun by then; before the first one, the first."""
    with create_engine("sqlite://").begin() as connection:
        _stored(connection, ("2", date(2022, 7, 1)), ("1", date(2022, 1, 1)))
        assert schemes_of(connection, "z").of_day(RankingScheme, day).version == version


def test_tenth_version_follows_the_ninth() -> None:
    """Of two versions valid from one day the later wins, also when its number has one digit more."""
    with create_engine("sqlite://").begin() as connection:
        _stored(connection, ("9", date(2022, 7, 1)), ("10", date(2022, 7, 1)))
        day = date(2022, 7, 1)
        assert schemes_of(connection, "z").of_day(RankingScheme, day).version == "10"


SCORES, CASUALTIES = (
    next(text for text, one in shipped() if one.name == name) for name in ("quarterly_scores", "casualty_targets")
)


def test_shipped_scores_scheme_is_the_method() -> None:
    """Ten measures of ten, 70 / 20 / 10, a bonus of 5 at most, 90 / 80 / 60, last speakers below 80: METHOD section 3."""
    one = parse(SCORES)
    assert [(measure.number, measure.full) for measure in one.measures] == [(number, 10) for number in range(1, 11)]
    assert one.weights.model_dump() == {"ten_measures": 70, "enforcement": 20, "milestones": 10}
    assert (one.largest_bonus, one.confirmed) == (5, False)
    assert one.grades.model_dump() == {"excellent": 90, "good": 80, "passed": 60}
    assert one.speaking_last.model_dump() == {"below": 80, "smallest_group": 3, "fatal_accidents": 2}


def test_shipped_casualty_scheme_is_the_method() -> None:
    """Report days, prior, pseudo-accident, lights and near closure (Work Safety Law, article 113) as METHOD section 4 states them."""
    one = parse(CASUALTIES)
    assert (one.report_days, one.longest_extension_days) == (60, 60)
    assert one.forecast.prior_shape == Decimal("0.5")
    assert one.forecast.pseudo_accident == (Decimal("0.80"), Decimal("0.15"), Decimal("0.05"))
    assert one.lights.model_dump() == {"orange_from": Decimal("0.5"), "yellow_from": Decimal("0.2")}
    assert one.near_closure.model_dump() == {"within_half_year": 3, "half_year_days": 180, "within_year": 4}


def test_first_casualty_scheme_can_still_be_read() -> None:
    """The text of the first version, which told classes apart, stays readable where a database has it."""
    first = CASUALTIES.replace("report_days: 60 ", "report_days: {up_to_larger: 30, above: 60} ")
    one = parse(first.replace("longest_extension_days: 60", "# "))
    assert isinstance(one, CasualtyScheme)
    assert (one.report_days, one.longest_extension_days) == (60, 60)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (SCORES.replace("number: 2,", "number: 1,"), "不得重复"),
        (SCORES.replace("full: 10, articles: [8]", "full: 9, articles: [8]"), "100"),
        (SCORES.replace("enforcement: 20 ", "enforcement: 30 "), "100"),
        (SCORES.replace("good: 80", "good: 95"), "依次降低"),
        (CASUALTIES.replace('"0.15"', '"0.25"'), "合计应为 1"),
        (CASUALTIES.replace("casualty_targets", "casualties"), "casualties"),
    ],
)
def test_other_schemes_that_make_no_sense_are_refused(wrong: str, said: str) -> None:
    """A slip of the office's pen is refused with a sentence about it."""
    with pytest.raises(ValidationError, match=said):
        parse(wrong)
