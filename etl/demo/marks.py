"""What each office's quarter was worth, and what it thought of itself: proud and modest offices differ there."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from etl.demo.measures import FULL_MARK, MEASURES, Measure
from etl.demo.office_profile import Course, Office
from etl.demo.workdays import YEAR

QUARTERS = range(1, 4)

Marks = tuple[float, ...]

_LOWEST = 4.0
_SWAY = 0.9
_OWN_SWAY = 0.4
# Measures that all offices found hard at first, or still do: points on top in the first and in the last quarter.
_LIFT: Mapping[int, Course] = {1: (0.5, 0.6), 4: (-0.4, 0.1), 6: (-1.3, 0.3), 8: (-0.6, -0.3), 10: (0.3, 0.2)}


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a measure is worth in the first and in the last quarter, and how much more the unit claims."""

    worth: Course
    pride: float


BEARINGS: Mapping[str, Bearing] = {
    "longtanzi": Bearing((9.1, 9.4), 0.0),
    "shuanglu": Bearing((7.2, 9.0), -0.7),
    "tongqiao": Bearing((8.9, 6.4), 1.6),
    "youting": Bearing((7.7, 7.9), 0.3),
    "emergency": Bearing((9.1, 9.4), -0.3),
    "economy": Bearing((7.4, 7.6), 1.2),
    "construction": Bearing((8.1, 7.9), 0.6),
    "transport": Bearing((7.1, 8.8), 0.2),
    "market": Bearing((8.2, 8.4), 0.4),
    "fire": Bearing((8.8, 9.0), 0.1),
    "traffic_police": Bearing((8.8, 7.1), 1.0),
    "social": Bearing((7.1, 7.4), 1.9),
    "manufacturing": Bearing((8.7, 9.1), -0.5),
    "logistics": Bearing((7.2, 8.6), 0.2),
    "recycling": Bearing((8.5, 7.0), 1.1),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """One office's quarter: what it claims and what the committee's office finds, measure by measure."""

    office: Office
    quarter: int
    claimed: Marks
    found: Marks


def assess(office: Office, quarter: int) -> Assessment:
    """The quarter of this office, the same every time."""
    rng = Random(f"{YEAR}|{office.code}|Q{quarter}|marks")
    bearing = BEARINGS[office.code]
    worth = [
        _along(bearing.worth, quarter) + _lift(measure, quarter) + rng.uniform(-_SWAY, _SWAY) for measure in MEASURES
    ]
    claimed = [_mark(value + bearing.pride + rng.uniform(-_OWN_SWAY, _OWN_SWAY)) for value in worth]
    return Assessment(office, quarter, tuple(claimed), tuple(_mark(value) for value in worth))


def _lift(measure: Measure, quarter: int) -> float:
    return _along(_LIFT.get(measure.number, (0.0, 0.0)), quarter)


def _along(course: Course, quarter: int) -> float:
    start, end = course
    return start + (end - start) * (quarter - QUARTERS.start) / (len(QUARTERS) - 1)


def _mark(value: float) -> float:
    """Marks are given in halves."""
    return min(float(FULL_MARK), max(_LOWEST, round(value * 2) / 2))
