"""Schemes: the weights, targets and thresholds of METHOD, as YAML that an official can read and rows that results cite."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection, select

from data.schema.zone import scheme as scheme_table

SHIPPED = Path(__file__).parent / "reference" / "schemes"

RateKey = Literal["completion", "problem_rate", "penalty_rate", "closed_loop_rate", "rectification_rate", "timeliness"]
SCORED: tuple[RateKey, ...] = (
    "completion",
    "problem_rate",
    "penalty_rate",
    "closed_loop_rate",
    "rectification_rate",
    "timeliness",
)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Indicator(_Part):
    """How one rate is scored: ``weight × min(value ÷ target, 1)``."""

    weight: Decimal = Field(ge=0)
    target: Decimal = Field(gt=0)


class Deductions(_Part):
    """Points taken off after weighting."""

    zero_penalty: Decimal = Field(ge=0)
    overdue_major_each: Decimal = Field(ge=0)
    overdue_major_most: Decimal = Field(ge=0)


class Thresholds(_Part):
    """Limits at which a flag or a half score begins."""

    late_days: int = Field(ge=0)
    no_problem_found_inspections: int = Field(ge=1)
    thin_basis_below: Decimal = Field(ge=0, le=100)


class RankingScheme(_Part):
    """The monthly ranking's scheme (METHOD section 2)."""

    name: Literal["monthly_ranking"]
    title: str
    version: str
    valid_from: date
    indicators: dict[str, Indicator]
    deductions: Deductions
    thresholds: Thresholds
    tie_keys: tuple[Literal["closed_loop_rate", "problem_rate", "penalty_rate", "inspections"], ...]
    sha256: str = ""

    @model_validator(mode="after")
    def _lawful_and_whole(self) -> Self:
        if "fines_yuan" in self.indicators:
            raise ValueError("罚款金额不得作为考核指标：行政处罚法（2021）第七十四条禁止将罚没数额与考核挂钩")
        unknown = set(self.indicators) - set(SCORED)
        if unknown:
            raise ValueError(f"不认识的指标：{'、'.join(sorted(unknown))}")
        if sum(part.weight for part in self.indicators.values()) != 100:
            raise ValueError("各指标权重合计应为 100")
        return self


def parse(text: str) -> RankingScheme:
    """Read a scheme's YAML; pydantic.ValidationError names what is wrong."""
    content = yaml.safe_load(text)
    return RankingScheme.model_validate({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})


def shipped() -> list[tuple[str, RankingScheme]]:
    """Text and meaning of the schemes that the product ships."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*.yaml"))]
    return [(text, parse(text)) for text in texts]


def ranking_scheme(connection: Connection, zone: str, day: date) -> RankingScheme:
    """The scheme in force on a day: the last whose ``valid_from`` is not after it, else the first there is."""
    table = scheme_table
    rows = connection.execute(
        select(table.c.valid_from, table.c.version, table.c.text)
        .where(table.c.zone == zone, table.c.name == "monthly_ranking")
        .order_by(table.c.valid_from)
    ).all()
    if not rows:
        raise LookupError("no scheme: the database was never initialised")
    ordered = sorted(rows, key=lambda row: (row.valid_from, _natural(row.version)))
    in_force = [row.text for row in ordered if row.valid_from <= day] or [ordered[0].text]
    return _parsed(in_force[-1])


def _natural(version: str) -> tuple[tuple[int, str], ...]:
    """Orders 9 before 10, and 1.9 before 1.10."""
    return tuple((int(part) if part.isdigit() else -1, part) for part in re.split(r"[.\-]", version))


_parsed = cache(parse)
