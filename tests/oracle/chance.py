"""How sure a rank is, and what would have moved it, as METHOD section 2 words it, from the rows of `report ranking` alone.

What is counted is counted one case at a time, by ranking the whole group anew. What is drawn is drawn by another generator
and another way than the product's, more often, so that the two agree but for chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .ranking import TARGETS, Rule, half_up

DRAWS = 20_000
COUNTS = {
    "problem_rate": ("problem_inspections", "inspections"),
    "penalty_rate": ("penalties", "problem_inspections"),
    "closed_loop_rate": ("closed_cases", "due_cases"),
}
SINGLE_KEYS = ("closed_loop_rate", "problem_rate", "inspections")
Row = Mapping[str, Any]
Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """The rows of one group, in the order of the report, and the rule of the month."""

    rows: Sequence[Row]
    rule: Rule

    @cached_property
    def scored(self) -> list[Row]:
        """Who has a score, and is in the draws."""
        return [row for row in self.rows if row["score"] is not None]

    # What is counted

    def single_keys(self, row: Row) -> dict[str, int]:
        """The unit's place by each key alone, among the scored."""
        return {key: 1 + sum(_defined(other, key) > _defined(row, key) for other in self.scored) for key in SINGLE_KEYS}

    def to_next(self, row: Row) -> list[dict[str, Any]]:
        """What would have been enough, one case and one inspection more after the other."""
        figures = row["indicators"]
        left = 0
        if "completion" in self.rule.weights and figures["completion"] and "zero_enforcement" not in row["flags"]:
            left = max(int(figures["inspections"] / _exact(figures["completion"])) - figures["inspections"], 0)
        found = []
        for indicator, most in (
            ("closed_loop_rate", figures["due_cases"] - figures["closed_cases"]),
            ("completion", left),
        ):
            for more in range(1, most + 1):
                changed = self.changed(row, **{indicator: more})
                if self.rank(changed) < row["rank"]:
                    place, score = self.rank(changed), float(changed["score"])
                    found.append({"indicator": indicator, "needed": more, "score": score, "rank": place})
                    break
        return sorted(found, key=lambda one: one["needed"])

    def margin(self, upper: Row, lower: Row) -> int | None:
        """How many due cases of one of the two would put the lower one ahead."""
        for cases in range(1, max(upper["indicators"]["due_cases"], lower["indicators"]["due_cases"]) + 1):
            lost = cases <= upper["indicators"]["closed_cases"]
            won = cases <= lower["indicators"]["due_cases"] - lower["indicators"]["closed_cases"]
            if lost and self.standing(self.changed(upper, closed_loop_rate=-cases)) < self.standing(lower):
                return cases
            if won and self.standing(self.changed(lower, closed_loop_rate=cases)) > self.standing(upper):
                return cases
        return None

    def changed(self, row: Row, closed_loop_rate: int = 0, completion: int = 0) -> Row:
        """The same unit with more cases closed, or more inspections; all else as observed."""
        figures = dict(row["indicators"])
        if closed_loop_rate:
            figures["closed_cases"] += closed_loop_rate
            figures["closed_loop_rate"] = Fraction(figures["closed_cases"], figures["due_cases"])
        if completion:
            plan = figures["inspections"] / _exact(figures["completion"])
            figures["inspections"] += completion
            figures["completion"] = figures["inspections"] / plan
        changed = {**row, "indicators": figures}
        return {**changed, "score": self.score(changed)}

    def score(self, row: Row) -> Fraction:
        """The score of what stands in the row."""
        if "zero_enforcement" in row["flags"]:
            return Fraction(0)
        defined = {
            key: _exact(row["indicators"][key]) for key in self.rule.weights if row["indicators"][key] is not None
        }
        earned = sum(self.rule.weights[key] * min(value / TARGETS[key], Fraction(1)) for key, value in defined.items())
        basis = sum(self.rule.weights[key] for key in defined)
        return half_up(max(100 * Fraction(earned) / basis - _exact(sum(row["deductions"].values())), Fraction(0)))

    def standing(self, row: Row) -> tuple[Fraction, ...]:
        """What a unit is ranked by, greater is better."""
        return (_exact(row["score"]), *(_defined(row, key) for key in self.rule.tie_keys))

    def rank(self, row: Row) -> int:
        """The place of a row among the others."""
        others = [other for other in self.scored if other["unit"] != row["unit"]]
        return 1 + sum(self.standing(other) > self.standing(row) for other in others)

    # What is drawn

    @cached_property
    def draws(self) -> dict[str, Draws]:
        """Unit → its scores, rounded as they are shown, in hundredths."""
        chance = np.random.RandomState(20220309)
        return {row["unit"]: self._drawn(row, chance) for row in self.scored}

    def _drawn(self, row: Row, chance: np.random.RandomState) -> Draws:
        if "zero_enforcement" in row["flags"]:
            return np.full(DRAWS, 0.0)
        points, figures = np.zeros(DRAWS), row["indicators"]
        defined = [key for key in self.rule.weights if figures[key] is not None]
        if not set(defined) & set(COUNTS):
            return np.full(DRAWS, float(100 * _exact(row["score"])))
        for key in defined:
            value: Any = float(figures[key])
            if key in COUNTS:
                count, of = (figures[name] for name in COUNTS[key])
                count = min(count, of)
                won, lost = chance.gamma(count + 0.5, size=DRAWS), chance.gamma(of - count + 0.5, size=DRAWS)
                value = won / (won + lost)
            points += self.rule.weights[key] * np.minimum(value / float(TARGETS[key]), 1)
        basis = sum(self.rule.weights[key] for key in defined)
        scores: Draws = np.maximum(100 * points / basis - sum(row["deductions"].values()), 0)
        return np.floor(100 * scores + 0.5 + 1e-7)

    def first(self, row: Row) -> float:
        """How likely it is that nobody is ahead."""
        return _all(self.draws[row["unit"]] >= other for other in self.draws.values())

    def last(self, row: Row) -> float:
        """How likely it is that nobody is behind."""
        return _all(self.draws[row["unit"]] <= other for other in self.draws.values())

    def rank_interval(self, row: Row) -> list[int]:
        """The 5th and the 95th percentile of its places, by nearest rank."""
        mine = self.draws[row["unit"]]
        places = np.sort(1 + sum((other > mine).astype(int) for other in self.draws.values()))
        return [int(places[DRAWS * share // 100 - 1]) for share in (5, 95)]

    def leads(self, one: Row, other: Row) -> float:
        """In what share of the draws the better of two leads."""
        mine, others = self.draws[one["unit"]], self.draws[other["unit"]]
        return float(max((mine > others).mean(), (mine < others).mean()))

    def rankability(self) -> float | None:
        """B ÷ (B + median W)."""
        if len(self.scored) < 2:
            return None
        within = [float(np.var(one / 100)) for one in self.draws.values()]
        between = max(
            float(np.var([float(row["score"]) for row in self.scored], ddof=1)) - sum(within) / len(within), 0
        )
        whole = between + float(np.median(within))
        return between / whole if whole > 1e-9 else None

    def weights(self) -> dict[str, dict[str, float]]:
        """How often a unit keeps its place by other weights."""
        chance = np.random.RandomState(20220310)
        drawn = {key: chance.gamma(weight / 2, size=DRAWS) for key, weight in self.rule.weights.items()}
        scores = {row["unit"]: self._weighted(row, drawn) for row in self.scored}
        found = {}
        for row in self.scored:
            places = np.ones(DRAWS)
            for other in self.scored:
                mine, others = scores[row["unit"]], scores[other["unit"]]
                better = self.standing(other)[1:] > self.standing(row)[1:]
                places += (others > mine) | ((others == mine) & better)
            moved = abs(places - row["rank"])
            found[row["unit"]] = {"same": float((moved == 0).mean()), "within_one": float((moved <= 1).mean())}
        return found

    def _weighted(self, row: Row, drawn: Mapping[str, Draws]) -> Draws:
        if "zero_enforcement" in row["flags"]:
            return np.zeros(DRAWS)
        shares = {
            key: min(float(row["indicators"][key]) / float(TARGETS[key]), 1)
            for key in self.rule.weights
            if row["indicators"][key] is not None
        }
        earned = sum((drawn[key] * share for key, share in shares.items()), np.zeros(DRAWS))
        basis = sum((drawn[key] for key in shares), np.zeros(DRAWS))
        scores: Draws = np.maximum(100 * earned / basis - sum(row["deductions"].values()), 0)
        return np.floor(100 * scores + 0.5 + 1e-7)


def wilson(count: int, of: int) -> list[float]:
    """The shares p at which (share − p)² = z² p (1 − p) ÷ n: the roots of that square."""
    z, share = 1.959963984540054, count / of
    a, b, c = 1 + z * z / of, -2 * share - z * z / of, share * share
    root = max(b * b - 4 * a * c, 0.0) ** 0.5
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)]


def binomial_bounds(of: int, pooled: Fraction, tail: Fraction) -> tuple[int, int]:
    """The least and greatest count beside which no more than a tail lies, exactly, from one end and from the other."""
    chances = [comb(of, count) * pooled**count * (1 - pooled) ** (of - count) for count in range(of + 1)]
    low, below = 0, chances[0]
    while below <= tail:
        low += 1
        below += chances[low]
    high, above = of, chances[of]
    while above <= tail:
        high -= 1
        above += chances[high]
    return low, high


def _all(conditions: Any) -> float:
    return float(np.logical_and.reduce(list(conditions)).mean())


def _defined(row: Row, key: str) -> Fraction:
    """Undefined stands below any number."""
    value = row["indicators"][key]
    return Fraction(-1) if value is None else _exact(value)


def _exact(value: Any) -> Fraction:
    """The fraction that a plain number was."""
    return value if isinstance(value, Fraction) else Fraction(value).limit_denominator(1_000_000)
