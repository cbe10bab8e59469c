"""The year's work plan, cut into items: who files each, about what, by when, and how much (METHOD section 5.8)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection, or_, select
from yaml import YAMLError

from data.language import gettext as _
from data.schema.work_plan import work_plan
from data.zone.normal import compact
from data.zone.plan_sources import (
    DENOMINATORS,
    FIGURES,
    denominator_of_sector,
    divided_by_item,
    figure_of_sector,
    reached_item,
)
from data.zone.schemes import read_yaml
from data.zone.zone import Unit, Zone

SHIPPED = Path(__file__).parents[1] / "reference"
LONGEST_TEXT = 400_000
"""Characters of a plan's YAML."""
SYSTEM = "system"
"""Who files an item that nobody types."""
TASKS = "tasks"
"""The source of an item that units tell of in 重点任务进展; every other source is a figure of METHOD."""
GROUPS_BY_WORD = {"towns": "town", "departments": "department", "centres": "centre"}
FILERS = frozenset({SYSTEM, "all", "office", *GROUPS_BY_WORD})
"""The words for who files an item; any other filers are units, by their codes."""
LEADERS = "leaders"
TOWNS = "towns"
Adds = Literal["sum", "ratio", "all_of", "latest"]

Text = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
Number = Annotated[Decimal, Field(ge=0, le=1_000_000_000, max_digits=18, decimal_places=6)]
ItemNumber = Annotated[str, Field(max_length=20, pattern=r"^(goals|safeguards\.\d|[1-9]\d?)\.\d*[1-9]$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Typed(_Part):
    """How many numbers each filing unit types, and how many times a year."""

    numbers: int = Field(ge=1, le=1_000)
    times: int = Field(ge=1, le=366)


class PlanItem(_Part):
    """One item of the plan.

    ``target`` is one number, one a due day, or one by group or unit; ``at_most``: it is a limit, not to be exceeded. ``each``: what
    each object of an ``all_of`` owes, one number, one a due day, or one by object. ``of``: what Σ 已完成数 of a ``ratio`` is divided by,
    the name of a denominator or the plan's own numbers by object. ``object``: a word, or exactly these objects.
    """

    number: ItemNumber
    article: str
    title: Text
    sentence: Text
    target_from: Literal["plan", "law", "office"]
    filed_by: str | tuple[str, ...]
    object: Text | tuple[Text, ...]
    unit_of_measure: Text
    frequency: Literal["once", "month", "quarter", "half_year", "year"]
    dues: tuple[date, ...]
    target: Number | tuple[Number, ...] | dict[str, Number] | None
    at_most: bool = False
    each: Number | tuple[Number, ...] | dict[str, Number] = Decimal(1)
    of: Text | dict[str, Number] | None = None
    holds: bool = False
    source: Text
    adds: Adds
    typed: Typed | None = None
    evidence: Text

    @model_validator(mode="before")
    @classmethod
    def _as_written(cls, told: Any) -> Any:
        """``≥ 1`` and ``≤ 0`` are numbers with a direction, ``none`` typed is nothing."""
        if not isinstance(told, dict):
            return told
        told = {**told, "typed": None if told.get("typed") == "none" else told.get("typed")}
        if isinstance(told.get("target"), str):
            sign, _blank, number = told["target"].partition(" ")
            if sign not in {"≥", "≤"}:
                raise PydanticCustomError("plan", "{said}", {"said": _("a target is a number, or ≥ or ≤ and a number")})
            told |= {"target": number, "at_most": sign == "≤"}
        return told

    @field_validator("each", mode="before")
    @classmethod
    def _one_unless_given(cls, told: Any) -> Any:
        return 1 if told is None else told

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if list(self.dues) != sorted(set(self.dues)):
            raise _wrong(self.number, "dues", _("its due days must go forward"))
        for name, numbers in (("target", self.target), ("each", self.each)):
            if isinstance(numbers, tuple) and len(numbers) != len(self.dues):
                raise _wrong(self.number, name, _("%(name)s needs one number for each due day", name=name))
        if self.dues and self.target is None:
            raise _wrong(self.number, "target", _("what is due needs a target"))
        if self.adds == "ratio" and self.is_told and self.of is None:
            raise _wrong(self.number, "of", _("a ratio needs what it is divided by (of)"))
        if self.adds == "all_of" and self.is_told and self.listed is None:
            raise _wrong(self.number, "object", _("all_of needs its objects by name"))
        if self.is_told == (self.filed_by == SYSTEM):
            said = _("what units tell of (tasks) is filed by units, everything else by the system")
            raise _wrong(self.number, "filed_by", said)
        if isinstance(self.filed_by, str) and self.filed_by not in FILERS:
            raise _wrong(self.number, "filed_by", _("nobody is called “%(name)s”", name=self.filed_by))
        if not self.is_told and not _is_figure(self.source):
            raise _wrong(self.number, "source", _("no figure is called “%(name)s”", name=self.source))
        if isinstance(self.of, str) and not _is_denominator(self.of):
            raise _wrong(self.number, "of", _("no denominator is called “%(name)s”", name=self.of))
        return self

    @property
    def items_named(self) -> list[str]:
        """The numbers of the plan's own items on which its source or what it is divided by rests."""
        of = divided_by_item(self.of) if isinstance(self.of, str) else None
        return [number for number in (reached_item(self.source), of) if number is not None]

    @property
    def is_told(self) -> bool:
        """Whether units tell of it in 重点任务进展; else the system knows it."""
        return self.source == TASKS

    @property
    def listed(self) -> tuple[str, ...] | str | None:
        """The objects that it lists, by name or by the word for them; None where 对象 is free."""
        if isinstance(self.object, tuple):
            return self.object
        return self.object if self.object in {LEADERS, TOWNS} and self.is_told else None

    @property
    def is_level(self) -> bool:
        """Whether it is told anew for each of its due days, and never added up over the year."""
        return self.adds in {"latest", "ratio"}

    @property
    def told_in_fractions(self) -> bool:
        """Whether its numbers measure a quantity, which need not be whole."""
        return self.unit_of_measure in {"公里", "万元"}

    def target_on(self, due: int, unit: Unit | None = None) -> Fraction | None:
        """The target of a due day by its place (-1: the last), of a unit where it differs by unit; None where there is none for it."""
        return _number(self.target, due, () if unit is None else (unit.code, unit.group))

    def each_on(self, due: int, written: str) -> Fraction:
        """What an object, by its name in the plan, owes by a due day."""
        return _number(self.each, due, (written,)) or Fraction(1)


def _is_figure(name: str) -> bool:
    return name in FIGURES or reached_item(name) is not None or figure_of_sector(name) is not None


def _is_denominator(name: str) -> bool:
    return name in DENOMINATORS or divided_by_item(name) is not None or denominator_of_sector(name) is not None


def _wrong(number: str, name: str, said: str) -> PydanticCustomError:
    """What is wrong with an item, at a field of it by its name in the YAML."""
    whole = _("item %(number)s: %(said)s", number=number, said=said)
    return PydanticCustomError("plan", "{said}", {"said": whole, "at": number, "field": name})


def _number(
    numbers: Decimal | tuple[Decimal, ...] | Mapping[str, Decimal] | None, due: int, names: Sequence[str]
) -> Fraction | None:
    if isinstance(numbers, tuple):
        return Fraction(numbers[due]) if numbers else None
    if isinstance(numbers, dict):
        return next((Fraction(numbers[name]) for name in names if name in numbers), None)
    return None if numbers is None else Fraction(numbers)  # type: ignore[arg-type]  # a Mapping that is no dict is none of ours


class Clause(_Part):
    """A clause of the plan that lays a duty on somebody, and the items that follow it."""

    article: str
    clause: Text
    items: tuple[str, ...] = Field(min_length=1)


class WorkPlan(_Part):
    """A year's plan. ``adopted_on``: the day on which it was put into the system; nothing falls due in a quarter that ended before it.

    ``clauses`` in the plan's order, and ``no_duty``: its words that lay a duty on nobody.
    """

    plan: Text
    number: Text
    year: int = Field(ge=2000, le=2100)
    adopted_on: date
    confirmed: bool
    leaders: tuple[Text, ...]
    articles: dict[str, Text]
    items: tuple[PlanItem, ...]
    clauses: tuple[Clause, ...]
    no_duty: tuple[Text, ...] = ()
    days: dict[str, tuple[date, ...]] = Field(default_factory=dict, exclude=True)
    typed_numbers: dict[str, dict[str, int]] = Field(default_factory=dict, exclude=True)
    sha256: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        numbers = [item.number for item in self.items]
        if len(set(numbers)) != len(numbers):
            raise PydanticCustomError("plan", "{said}", {"said": _("no two items may have one number")})
        told = {item.number for item in self.items if item.is_told}
        for item in self.items:
            if item.article not in self.articles or not item.number.startswith(f"{item.article}."):
                said = _("it must begin with its article, and the article must be one of the plan")
                raise _wrong(item.number, "number", said)
            if any(due.year != self.year for due in item.dues):
                raise _wrong(item.number, "dues", _("it must be due within the year of the plan"))
            for named in item.items_named:
                if named not in told:
                    said = _("it rests on %(named)s, which is no item that units tell of", named=named)
                    raise _wrong(item.number, "source" if reached_item(item.source) == named else "of", said)
        for clause in self.clauses:
            unknown = set(clause.items) - set(numbers)
            if unknown:
                said = _("clause “%(clause)s” names items that there are not: %(items)s",
                         clause=clause.clause, items=_(", ").join(sorted(unknown)))  # fmt: skip
                raise PydanticCustomError("plan", "{said}", {"said": said})
        return self

    @cached_property
    def item_by_number(self) -> dict[str, PlanItem]:
        """Items by number."""
        return {item.number: item for item in self.items}

    def filers(self, item: PlanItem, zone: Zone) -> list[Unit]:
        """The units that file an item, of those that there were in its year, in the order in which the item names them, else in the
        zone's; none for the system's.
        """
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        filers = [unit for unit in zone.units if unit.lives_in(first, last) and _files(item.filed_by, unit)]
        named = item.filed_by
        return sorted(filers, key=lambda unit: named.index(unit.code)) if isinstance(named, tuple) else filers

    def objects(self, item: PlanItem, zone: Zone) -> dict[str, str] | None:
        """The objects that an item lists, as written in the plan, by how they are compared; None where 对象 is free."""
        listed = item.listed
        if listed is None:
            return None
        if listed == LEADERS:
            listed = self.leaders
        elif listed == TOWNS:
            first, last = date(self.year, 1, 1), date(self.year, 12, 31)
            listed = tuple(u.name for u in zone.units if u.group == GROUPS_BY_WORD[TOWNS] and u.lives_in(first, last))
        return {object_key(zone, name): name for name in listed}


def _files(filed_by: str | tuple[str, ...], unit: Unit) -> bool:
    if isinstance(filed_by, tuple):
        return unit.code in filed_by
    return filed_by == "all" or (filed_by == "office" and unit.office) or (unit.group == GROUPS_BY_WORD.get(filed_by))


def object_key(zone: Zone, written: str | None, filer: Unit | None = None) -> str:
    """An object as compared: a unit by its code, whichever of its names was written; nothing written is the unit that tells of it."""
    if written is None or not written.strip():
        return "" if filer is None else filer.code
    unit = zone.find_unit(written)
    return compact(written) if unit is None else unit.code


def parse(text: str) -> WorkPlan:
    """Read a plan's YAML; pydantic.ValidationError names what is wrong, YAMLError where it is no list of names and values."""
    content = read_yaml(text)
    if not isinstance(content, dict):
        raise YAMLError(_("it is no list of names and values"))
    return WorkPlan.model_validate({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})


parsed = lru_cache(maxsize=16)(parse)
"""The same, once of each text."""


def shipped(folder: Path = SHIPPED) -> list[tuple[str, WorkPlan]]:
    """Text and meaning of the plans that the product ships, and of those that an official put beside them."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("work_plan_*.yaml")))
    return [(text, parsed(text)) for text in texts]


def plan_of(connection: Connection, zone: str, year: int, known_by: datetime | None = None) -> WorkPlan | None:
    """The year's plan as its last version has it, of those decided before an instant, where one is given; None without one."""
    table = work_plan.c
    known = [] if known_by is None else [or_(table.at.is_(None), table.at < known_by)]
    text = connection.execute(
        select(table.text).where(table.zone == zone, table.year == year, *known).order_by(table.version.desc()).limit(1)
    ).scalar()
    return None if text is None else parsed(text)
