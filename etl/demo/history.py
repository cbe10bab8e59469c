"""The sums of 2021, whose ledgers are not to be had: the year that 2022 is compared with."""

from dataclasses import dataclass
from random import Random

from etl.demo.office_profile import Office
from etl.demo.offices import OFFICES
from etl.demo.year import season

LAST_YEAR = 2021

_VOLUME = 0.84
_FINDING = 0.88
_PUNISHING = 0.8
_MAJOR_SHARE = 0.03
_FINES = (4000, 6000, 8000, 12000)


@dataclass(frozen=True, slots=True)
class MonthSums:
    """What a unit did in a month of the year before; `fines` is in yuan."""

    office: Office
    month: int
    inspections: int
    problems: int
    hazards: int
    major: int
    penalties: int
    fines: int


def last_year() -> list[MonthSums]:
    """Every unit's twelve months, the same every time."""
    return [_sums(office, month) for office in OFFICES for month in range(1, 13)]


def _sums(office: Office, month: int) -> MonthSums:
    """As the unit worked in the January after, only less."""
    rng = Random(f"{LAST_YEAR}|{office.code}|{month}")
    character = office.character
    inspections = max(3, round(character.volume[0] * season(month) * _VOLUME * rng.uniform(0.85, 1.1)))
    problems = round(inspections * character.finding[0] * _FINDING * rng.uniform(0.85, 1.1))
    hazards = sum(rng.choices((1, 2, 3, 4), (30, 35, 25, 10), k=problems))
    major = sum(rng.random() < _MAJOR_SHARE * character.danger for _ in range(hazards))
    penalties = round(problems * character.punishing[0] * _PUNISHING) if office.may_penalise else 0
    return MonthSums(
        office, month, inspections, problems, hazards, major, penalties, sum(rng.choices(_FINES, k=penalties))
    )
