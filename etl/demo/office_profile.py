"""What makes one office unlike another: its people, its way of inspecting, its way of writing."""

from dataclasses import dataclass
from typing import Literal

Group = Literal["town", "department", "centre"]
Layout = Literal["template", "titled", "aliased", "own_form", "wps", "three_level"]
Dates = Literal["chinese", "dotted", "slashed", "dashed", "compact", "short"]
Course = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Character:
    """How a unit works, in January and in September; in between it moves steadily from one to the other.

    `danger` is how much oftener than usual it meets major hazards, `returning` how often it goes where it has
    already been that month.
    """

    volume: Course
    finding: Course
    punishing: Course
    closing: Course
    danger: float = 1.0
    returning: float = 0.05


@dataclass(frozen=True, slots=True)
class Habit:
    """How a unit writes; `later` is the month from which it writes in the product's own template."""

    layout: Layout
    file_name: str
    dates: Dates = "chinese"
    marks: tuple[str, str] = ("是", "否")
    summary: bool = False
    later: int | None = None
    same: str | None = None
    enterprise_heading: str = "受检单位"
    old_mac: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A unit as it knows itself; `mark` is what stands in its document numbers."""

    code: str
    name: str
    short: str
    group: Group
    may_penalise: bool
    mark: str
    trades: tuple[str, ...]
    people: tuple[str, ...]
    character: Character
    habit: Habit
    words: tuple[tuple[str, str], ...] = ()

    def word(self, sector: str) -> str:
        """The sector as this unit is used to calling it."""
        return dict(self.words).get(sector, sector)

    def layout(self, month: int) -> Layout:
        """The way of writing of that month."""
        learned = self.habit.later is not None and month >= self.habit.later
        return "template" if learned else self.habit.layout
