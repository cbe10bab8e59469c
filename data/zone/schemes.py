"""Schemes: the weights, targets and thresholds of METHOD, as YAML that an official can read and rows that results cite."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection, Select, exists, select
from yaml import YAMLError

from data.indicators.enforcement import INDICATORS
from data.language import gettext as _
from data.schema.schemes import scheme_decision
from data.schema.zone import scheme as scheme_table
from data.zone.zone import Zone

SHIPPED = Path(__file__).parents[1] / "reference" / "schemes"
INSPECTIONS_SCORE_BEFORE = date(2025, 1, 1)
"""From this day on 国办发〔2024〕54号 forbids to tie appraisal to how often one inspects or how much one fines."""

LONGEST_TEXT = 20_000
"""Characters of a scheme's YAML."""
LONGEST_DAYS = 3_660
EARLIEST_DAY, LATEST_DAY = date(2000, 1, 1), date(2100, 12, 31)
SCORED = frozenset(one.key for one in INDICATORS if one.scored)
TIE_KEYS = tuple(one.key for one in INDICATORS if one.breaks_ties)


def _tie_key(key: str) -> str:
    if key not in TIE_KEYS:
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": " / ".join(TIE_KEYS)})
    return key


def _no_number(told: Any) -> Any:
    if isinstance(told, int | float):
        raise PydanticCustomError("date_type", "Input should be a valid date")
    return told


def _of_our_time(day: date) -> date:
    """A day of which a calendar can count months and weeks before and after."""
    if day < EARLIEST_DAY:
        raise PydanticCustomError(
            "day_too_early", "Input should not be before {day}", {"day": EARLIEST_DAY.isoformat()}
        )
    if day > LATEST_DAY:
        raise PydanticCustomError("day_too_late", "Input should not be after {day}", {"day": LATEST_DAY.isoformat()})
    return day


Number = Annotated[Decimal, Field(max_digits=12, decimal_places=6)]
"""A number as an official writes one: exact, and never so long that a sum of it would take a minute."""
Points = Annotated[Number, Field(ge=0, le=100)]
Days = Annotated[int, Field(ge=0, le=LONGEST_DAYS)]
Day = Annotated[date, BeforeValidator(_no_number), AfterValidator(_of_our_time)]
"""A day as it is written; no number, which would be taken for the seconds since 1970."""
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")]


def _wrong(at: str, sentence: str) -> PydanticCustomError:
    """What a scheme as a whole has wrong, and at which part of it that is said."""
    return PydanticCustomError("scheme", "{said}", {"said": sentence, "at": at})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Scheme(_Part):
    """What every scheme has: results cite its name, version and the hash of its text."""

    title: Name
    version: str = Field(max_length=20, pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]*$")
    valid_from: date
    sha256: str = ""


class IndicatorScoring(_Part):
    """How one rate is scored: ``weight × min(value ÷ target, 1)``."""

    weight: Points
    target: Number = Field(gt=0, le=100)

    @cached_property
    def in_full(self) -> tuple[Fraction, Fraction]:
        """The value from which on it earns all of its points, and these."""
        return Fraction(self.target), Fraction(self.weight)

    @cached_property
    def of_one(self) -> Fraction:
        """The points that a value of 1 would earn if there were no bound."""
        target, weight = self.in_full
        return weight / target


class Deductions(_Part):
    """Points taken off after weighting."""

    zero_penalty: Points
    overdue_major_each: Points
    overdue_major_most: Points


class Thresholds(_Part):
    """Limits at which a flag or a half score begins."""

    late_days: Days
    no_problem_found_inspections: int = Field(ge=1, le=1_000_000)
    thin_basis_below: Points


class RankingScheme(_Scheme):
    """The monthly ranking's scheme (METHOD section 2)."""

    name: Literal["monthly_ranking"]
    indicators: dict[str, IndicatorScoring]
    deductions: Deductions
    thresholds: Thresholds
    tie_keys: tuple[Annotated[str, AfterValidator(_tie_key)], ...]

    @field_validator("indicators", mode="before")
    @classmethod
    def _without_fines(cls, told: Any) -> Any:
        """Whatever else is wrong with them, fines are no indicator."""
        if isinstance(told, dict) and "fines_yuan" in told:
            raise _wrong(
                "indicators.fines_yuan.weight",
                _("Fines must be no indicator: the Law on Administrative Penalties (2021), article 74, forbids to tie "
                  "appraisal to the amount of fines"),
            )  # fmt: skip
        return told

    @model_validator(mode="after")
    def _lawful_and_whole(self) -> Self:
        unknown = set(self.indicators) - SCORED
        if unknown:
            raise _wrong("indicators", _("unknown indicators: %(names)s", names=_(", ").join(sorted(unknown))))
        if not self.inspections_score and (forbidden := self._forbidden()):
            raise _wrong(
                next(iter(forbidden)),
                _("No. 54 (2024) of the General Office of the State Council forbids quotas of inspections, and to tie appraisal to "
                  "their number or to the amount of fines; from January 2025 on no scheme may %(what)s",
                  what=_(", nor may it ").join(forbidden.values())),
            )  # fmt: skip
        if sum(part.weight for part in self.indicators.values()) != 100:
            raise _wrong("indicators", _("the weights of the indicators must add up to 100"))
        if len(set(self.tie_keys)) != len(self.tie_keys):
            raise _wrong("tie_keys", _("no indicator may tell places apart twice"))
        return self

    @property
    def inspections_score(self) -> bool:
        """Whether it is of the time in which how often a unit inspects counted towards its score and place."""
        return self.valid_from < INSPECTIONS_SCORE_BEFORE

    def _forbidden(self) -> dict[str, str]:
        """What of it ties the appraisal to the number of inspections or penalties: in words, by where it stands."""
        completion = self.indicators.get("completion")
        found = (
            ("indicators.completion.weight", _("give weight to plan completion (completion)"),
             completion is not None and completion.weight > 0),
            ("tie_keys", _("tell places apart by inspections (inspections)"), "inspections" in self.tie_keys),
            ("deductions.zero_penalty", _("take points off for no penalties (zero_penalty)"), self.deductions.zero_penalty > 0),
        )  # fmt: skip
        return {at: words for at, words, holds in found if holds}


class Measure(_Part):
    """One of the ten measures (十条措施) with its full mark, and the plan's articles that it comes from."""

    number: int = Field(ge=1, le=99)
    name: Name
    full: Number = Field(gt=0, le=100)
    articles: tuple[int, ...] = ()


class Components(_Part):
    """Weights of the quarter's components."""

    ten_measures: Points
    enforcement: Points
    milestones: Points


class Grades(_Part):
    """From which score on a grade is given; below the last it is 不合格."""

    excellent: Points
    good: Points
    passed: Points


class SpeakingLast(_Part):
    """Who speaks last at the next safety meeting."""

    below: Points
    smallest_group: int = Field(ge=2, le=1_000)
    fatal_accidents: int = Field(ge=1, le=1_000)


class ProcedureDays(_Part):
    """Days of the steps after the review, which METHOD leaves open: ours until the zone confirms them.

    ``reply_days`` after the day on which the review is due or came, whichever is later; ``decision_days`` after the replies are due.
    """

    reply_days: int = Field(default=5, ge=1, le=60)
    decision_days: int = Field(default=5, ge=1, le=60)
    confirmed: bool = False


class ScoresScheme(_Scheme):
    """The quarterly performance scores' scheme (METHOD section 3)."""

    name: Literal["quarterly_scores"]
    confirmed: bool
    measures: tuple[Measure, ...]
    weights: Components
    largest_bonus: Points
    thin_basis_below: Points
    grades: Grades
    speaking_last: SpeakingLast
    procedure: ProcedureDays = ProcedureDays()

    @property
    def measure_by_number(self) -> dict[int, Measure]:
        """Measures by number."""
        return {measure.number: measure for measure in self.measures}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        numbers = [measure.number for measure in self.measures]
        if len(set(numbers)) != len(numbers) or len({measure.name for measure in self.measures}) != len(numbers):
            raise _wrong("measures", _("no two measures may have one number or name"))
        if sum(measure.full for measure in self.measures) != 100:
            raise _wrong("measures", _("the full marks of the measures must add up to 100"))
        if sum(self.weights.model_dump().values()) != 100:
            raise _wrong("weights", _("the weights of the components must add up to 100"))
        if not self.grades.excellent > self.grades.good > self.grades.passed:
            raise _wrong("grades", _("the bounds of the grades must go down one after the other"))
        return self


class Forecast(_Part):
    """Prior of the yearly rate, and the pseudo-accident's deaths (one, two, three …)."""

    prior_shape: Number = Field(gt=0, le=100)
    pseudo_accident: tuple[Annotated[Number, Field(ge=0, le=1)], ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if sum(self.pseudo_accident) != 1:
            raise _wrong("forecast.pseudo_accident", _("the weights of the numbers of deaths must add up to 1"))
        return self


class Lights(_Part):
    """Probabilities of breach from which a light changes."""

    orange_from: Number = Field(gt=0, le=1)
    yellow_from: Number = Field(gt=0, le=1)


class ClosureRule(_Part):
    """Penalties with a major hazard after which closure must be asked for (Work Safety Law, article 113)."""

    within_half_year: int = Field(ge=2, le=1_000)
    half_year_days: int = Field(ge=1, le=366)
    within_year: int = Field(ge=2, le=1_000)


class CasualtyScheme(_Scheme):
    """The casualty targets' scheme (METHOD section 4)."""

    name: Literal["casualty_targets"]
    report_days: int = Field(
        ge=1, le=LONGEST_DAYS, description="Days from the accident until the investigation report is due."
    )
    longest_extension_days: Days = 60
    forecast: Forecast
    lights: Lights
    near_closure: ClosureRule

    def longest_extension(self, happened_on: date) -> date:
        """The last day to which the report's time may be extended; a later one is taken, and pointed out."""
        return happened_on + timedelta(days=self.report_days + self.longest_extension_days)

    @field_validator("report_days", mode="before")
    @classmethod
    def _once_by_class(cls, days: Any) -> Any:
        """The first version told accidents of small classes apart (30 days), which Decree 493 does not."""
        return days.get("above") if isinstance(days, dict) else days


class BatchesDue(_Part):
    """By which day each batch of enterprises has its documents: the full dates of the plan's year."""

    pilot: Day
    key: Day
    all: Day

    @model_validator(mode="after")
    def _one_after_the_other(self) -> Self:
        if not self.pilot <= self.key <= self.all:
            raise _wrong("due", _("the batches must be due one after the other: pilot, key, all enterprises"))
        return self


class FrontlineScheme(_Scheme):
    """The batches of front-line duty (METHOD section 5.2)."""

    name: Literal["frontline_duty"]
    due: BatchesDue
    key_sizes: tuple[Name, ...]
    due_within_days: Days

    @model_validator(mode="after")
    def _each_size_once(self) -> Self:
        if len(set(self.key_sizes)) != len(self.key_sizes):
            raise _wrong("key_sizes", _("no size of enterprises may be named twice"))
        return self


class RepeatedInspections(_Part):
    """When an enterprise was inspected again and again: by so many units, or so many times, within so many days."""

    units: int = Field(ge=2, le=1_000)
    units_days: Days
    times: int = Field(ge=2, le=1_000)
    times_days: Days


class NextInspections(_Part):
    """How lists of whom to inspect next are made; the cap, what is soon or lately and the length are ours until the zone confirms them.

    ``prior_strength`` inspections stand behind the sector's share of findings, ``interval`` is the share that an interval holds,
    ``most_years`` by how much at most the time since the last inspection counts.
    """

    months: int = Field(default=24, ge=1, le=120)
    prior_strength: Number = Field(default=Decimal(10), gt=0, le=1_000)
    interval: Number = Field(default=Decimal("0.8"), gt=0, lt=1)
    soon_days: Days = 14
    most_years: Number = Field(default=Decimal(2), gt=0, le=10)
    most_by_one_unit: int = Field(default=4, ge=1, le=1_000)
    lately_days: Days = 30
    length_without_plan: int = Field(default=20, ge=1, le=10_000)
    confirmed: bool = False


class EnterprisesScheme(_Scheme):
    """How enterprises are inspected (METHOD section 5.7), shown and never scored."""

    name: Literal["enterprises"]
    repeated: RepeatedInspections
    next_inspections: NextInspections = NextInspections()


class TipoffsScheme(_Scheme):
    """When a tip-off, sanction or crackdown that is not closed is overdue (METHOD section 5.5)."""

    name: Literal["tipoffs"]
    overdue_after_days: Days


class DisastersScheme(_Scheme):
    """Within how many minutes a call is answered in time, and how many dead and missing are a mass disaster (METHOD section 5.6)."""

    name: Literal["disasters"]
    answer_minutes: int = Field(ge=1, le=10_000)
    mass_deaths: int = Field(ge=1, le=10_000)


_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The same safe loader; libyaml's takes an eighth of the time, which a doctor waits for many times."""


def read_yaml(text: str) -> Any:
    """What a YAML document holds; YAMLError where it is none."""
    return yaml.load(text, _LOADER)  # noqa: S506  # both are safe loaders


Scheme = (
    RankingScheme
    | ScoresScheme
    | CasualtyScheme
    | FrontlineScheme
    | EnterprisesScheme
    | TipoffsScheme
    | DisastersScheme
)
_SCHEME: TypeAdapter[Scheme] = TypeAdapter(Annotated[Scheme, Field(discriminator="name")])
S = TypeVar(
    "S",
    RankingScheme,
    ScoresScheme,
    CasualtyScheme,
    FrontlineScheme,
    EnterprisesScheme,
    TipoffsScheme,
    DisastersScheme,
)
A = TypeVar("A", bound=_Scheme)


def parse(text: str) -> Scheme:
    """Read a scheme's YAML; pydantic.ValidationError names what is wrong, YAMLError where it is no list of names and values."""
    content = read_yaml(text)
    if not isinstance(content, dict):
        raise YAMLError(_("it is no list of names and values"))
    return _SCHEME.validate_python({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})


class SchemeRefused(ValueError):
    """A scheme's file that cannot be taken; the text names the file and says why."""


def shipped(folder: Path = SHIPPED) -> list[tuple[str, Scheme]]:
    """Text and meaning of the schemes that the product ships, and of those that an official put beside them."""
    return [_read(path) for path in sorted(folder.glob("*.yaml"))]


def _read(path: Path) -> tuple[str, Scheme]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, parsed(text)
    except ValidationError as error:
        said = "；".join(_said(detail["type"], detail["loc"], detail["msg"]) for detail in error.errors())
        raise SchemeRefused(_("Scheme %(file)s cannot be taken: %(reason)s", file=path.name, reason=said)) from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SchemeRefused(_("Scheme %(file)s cannot be taken: %(reason)s", file=path.name, reason=error)) from error


def _said(kind: str, place: tuple[int | str, ...], message: str) -> str:
    """One mistake: where it stands in the file, and what it is; our own sentences name it themselves."""
    where = ".".join(str(part) for part in place[1:])
    return message if kind == "scheme" or not where else f"{where}: {message}"


@dataclass(frozen=True, slots=True)
class SchemesKnown:
    """The texts of all versions of all schemes that were known, by their names: what a page asks of several is read at one go."""

    texts: Mapping[str, Sequence[str]]

    def on(self, model: type[S], days: Collection[date]) -> dict[date, S]:
        """The scheme of a kind in force on each of some days."""
        (name,) = get_args(model.model_fields["name"].annotation)
        texts = self.texts.get(name)
        if not texts:
            raise LookupError(f"no scheme {name}: the database was never initialised")
        ordered = in_order(parsed(text) for text in texts)
        found = {}
        for day in days:
            scheme = holding(ordered, day)
            assert isinstance(scheme, model)
            found[day] = scheme
        return found

    def of_day(self, model: type[S], day: date) -> S:
        """The one in force on a day."""
        return self.on(model, [day])[day]


def known_schemes(connection: Connection, zone: Zone, known_by: datetime) -> SchemesKnown:
    """All schemes that were adopted before an instant."""
    return schemes_of(connection, zone.code, known_by)


def schemes_of(connection: Connection, zone: str, known_by: datetime | None = None) -> SchemesKnown:
    """All schemes of a zone, by its code; of those adopted before an instant, where one is given."""
    texts: dict[str, list[str]] = {}
    for name, text in connection.execute(_versions(zone, known_by)):
        texts.setdefault(name, []).append(text)
    return SchemesKnown(texts)


def versions(connection: Connection, zone: str, name: str, known_by: datetime | None = None) -> list[str]:
    """The texts of all versions of a scheme, or of those alone that were adopted before an instant.

    One that came with the program, or was put beside its files, was never decided on a page: it counts from ever.
    """
    asked = _versions(zone, known_by).where(scheme_table.c.name == name)
    return [text for _name, text in connection.execute(asked)]


def _versions(zone: str, known_by: datetime | None) -> Select[Any]:
    """Name and text of every version."""
    table, later = scheme_table.c, scheme_decision.c
    asked = select(table.name, table.text).where(table.zone == zone)
    if known_by is None:
        return asked
    decided = later.zone == zone, later.name == table.name, later.version == table.version, later.adopted.is_(True)
    return asked.where(~exists().where(*decided, later.at >= known_by))


def in_order(some: Iterable[A]) -> list[A]:
    """Versions in the order in which they come to hold: of two valid from one day the later version last."""
    return sorted(some, key=lambda one: (one.valid_from, natural(one.version)))


def holding(ordered: Sequence[A], day: date) -> A:
    """The last version whose ``valid_from`` is not after the day, else the first there is."""
    return next((one for one in reversed(ordered) if one.valid_from <= day), ordered[0])


def natural(version: str) -> tuple[tuple[int, str], ...]:
    """Orders 9 before 10, and 1.9 before 1.10."""
    return tuple((int(part) if part.isdigit() else -1, part) for part in re.split(r"[.\-]", version))


parsed = cache(parse)
"""The same, once of each text."""
