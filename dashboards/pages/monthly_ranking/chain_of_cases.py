"""Where does the chain break? From inspection over decision to re-inspection: what of a unit's cases goes on, and what stays behind.

Bars and no Sankey: three steps of one length each say at once how much is lost where, the words stand over them on a phone too,
and no further trace type has to be sent to the browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.graph_objects as go

from dashboards.components import drawing, numbers
from dashboards.components.chart import plain
from dashboards.components.drawing import SAID, Trace, axis
from dashboards.components.marks import mark
from dashboards.components.theme import drawn
from dashboards.results.case_chain import BROKEN, CaseChain
from data.indicators.enforcement import CLOSED_CASES, DUE_CASES, INSPECTIONS, PENALTIES, PROBLEM_INSPECTIONS
from data.language import gettext as _
from data.zone.periods import Month

STEP_HEIGHT, FRAME, BAR, WORDS_OVER = 98, 12, 0.3, 0.2
"""Pixels of a step and around them; of a step's height, what its bar takes and how far over the middle its words stand."""
EN_SPACE = "\u2002"
"""Two blanks would be drawn as one."""
GOES_ON, AFTER, OPEN, STAYS = "accent", "teal", "muted", "bad"
SIGNS = {GOES_ON: "■", AFTER: "▤", OPEN: "□", STAYS: "▨"}
SOLIDITY = {GOES_ON: 1, AFTER: 0.35, OPEN: 0.15, STAYS: 0.35}
PATTERNS = {GOES_ON: "", AFTER: "-", OPEN: ".", STAYS: "/"}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a step's cases: what they are called, how they are drawn, and which indicator's cases they are among."""

    words: str
    cases: int
    look: str
    measure: str


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One step; its parts add up to the cases that came to it."""

    name: str
    parts: tuple[Part, ...]
    new_line_after: int = 2

    @property
    def cases(self) -> int:
        """The cases that came to it."""
        return sum(part.cases for part in self.parts)


def steps(chain: CaseChain) -> list[ChainStep]:
    """Inspection, decision (of who may penalise), re-inspection; those to which any case came."""
    inspected = ChainStep(
        _("Inspected"),
        (
            Part(_("with problems"), chain.with_problems, GOES_ON, PROBLEM_INSPECTIONS.key),
            Part(_("found nothing"), chain.without_problems, OPEN, INSPECTIONS.key),
        ),
    )
    decided = ChainStep(
        _("Decision"),
        (
            Part(_("decision taken"), chain.penalised, GOES_ON, PENALTIES.key),
            Part(_("no penalty decision"), chain.with_problems - chain.penalised, STAYS, PROBLEM_INSPECTIONS.key),
        ),
    )
    seen_again = ChainStep(
        _("Re-inspection"),
        (
            Part(_("passed in time"), chain.ended("passed"), GOES_ON, CLOSED_CASES.key),
            Part(_("passed late"), chain.ended("passed_late"), AFTER, DUE_CASES.key),
            Part(_("not due yet"), chain.ended("not_due"), OPEN, PROBLEM_INSPECTIONS.key),
            Part(_("not passed"), chain.ended("failed"), STAYS, DUE_CASES.key),
            Part(_("never re-inspected"), chain.ended("never"), STAYS, DUE_CASES.key),
        ),
        new_line_after=3,
    )
    return [step for step in (inspected, *([decided] if chain.unit.may_penalise else []), seen_again) if step.cases]


def figure(chain: CaseChain) -> go.Figure:
    """A bar a step, all on one scale; over each in words what it is made of."""
    if not chain.inspections:
        return drawing.nothing(message(chain))
    shown = steps(chain)
    return drawing.figure(
        [bar for row, step in enumerate(shown) for bar in _bars(chain, step, row)],
        height=FRAME + STEP_HEIGHT * len(shown),
        barmode="overlay",
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        annotations=[_words_over(row, step) for row, step in enumerate(shown)],
        xaxis=axis(range=[0, chain.inspections], visible=False),
        yaxis=axis(range=[len(shown) - 0.75, -0.75], visible=False),
    )


def _words_over(row: int, step: ChainStep) -> dict[str, Any]:
    return {"text": _caption(step), "x": 0, "y": row - WORDS_OVER, "xref": "x", "yref": "y", "xanchor": "left",
            "yanchor": "bottom", "align": "left", "showarrow": False, "font": {"size": 13}}  # fmt: skip


def _bars(chain: CaseChain, step: ChainStep, row: int) -> Iterator[Trace]:
    """A step's parts, one behind the other."""
    start = 0
    for part in step.parts:
        yield {
            "type": "bar",
            "orientation": "h",
            "x": [part.cases],
            "y": [row],
            "base": [start],
            "width": BAR,
            "marker": {
                "color": drawn(part.look),
                "line": {"width": 0},
                "pattern": {
                    "shape": PATTERNS[part.look],
                    "size": 5,
                    "solidity": SOLIDITY[part.look],
                    "fillmode": "replace",
                },
            },
            "hovertext": [plain(said(chain, step, part))],
            "customdata": [mark(unit=chain.unit.code, period=chain.month, measure=part.measure)],
            **SAID,
        }
        start += part.cases


def _caption(step: ChainStep) -> str:
    told = [
        f'<span style="color:{drawn(part.look)}">{SIGNS[part.look]}</span> '
        + plain(_("%(what)s %(n)s", what=part.words, n=numbers.count(part.cases)))
        for part in step.parts
    ]
    lines = [told[at : at + step.new_line_after] for at in range(0, len(told), step.new_line_after)]
    head = _("%(step)s: %(n)s cases", step=step.name, n=numbers.count(step.cases))
    return f"<b>{plain(head)}</b><br>" + "<br>".join(EN_SPACE.join(line) for line in lines)


def said(chain: CaseChain, step: ChainStep, part: Part) -> str:
    """A part of a step as a sentence, and of re-inspections how many of them were penalised."""
    told = {"unit": chain.unit.short_name, "step": step.name, "n": numbers.count(part.cases), "of": numbers.count(step.cases),
            "what": part.words, "share": numbers.percent(Fraction(part.cases, step.cases))}  # fmt: skip
    return _("%(unit)s, %(step)s: %(n)s of %(of)s cases %(what)s (%(share)s).", **told)


def message(chain: CaseChain) -> str:
    """How many cases came how far, and which step loses most; or why there is nothing to follow."""
    since = {"unit": chain.unit.short_name, "months": _months(chain.month)}
    if not chain.months_filed:
        return _("%(unit)s: no ledger of %(months)s has been accepted, so there are no cases to follow; send it.",
                 **since)  # fmt: skip
    if not chain.inspections:
        return _("%(unit)s: the ledgers of %(months)s tell of no inspection.", **since)
    came = _("%(unit)s, %(months)s: %(inspections)s inspections, %(problems)s of them found problems.", **since,
             inspections=numbers.count(chain.inspections), problems=numbers.count(chain.with_problems))  # fmt: skip
    if not chain.with_problems:
        return came
    return " ".join([came, *(loss.words for loss in losses(chain)), _weakest(losses(chain))])


def _months(last: Month) -> str:
    """The year's months up to this one."""
    if last.month == 1:
        return numbers.period(last)
    return _("%(first)s to %(last)s", first=numbers.period(Month(last.year, 1)), last=numbers.period(last))


@dataclass(frozen=True, slots=True)
class Loss:
    """Cases that a step did not take further, of those that it should have; and the sentence that says so."""

    step: str
    lost: int
    of: int
    words: str

    @property
    def share(self) -> Fraction:
        """Lost ÷ all."""
        return Fraction(self.lost, self.of)


def losses(chain: CaseChain) -> list[Loss]:
    """What decision and re-inspection lose: of who may penalise, and of cases that are due."""
    found: list[Loss] = []
    if chain.unit.may_penalise and chain.with_problems:
        lost = chain.with_problems - chain.penalised
        found.append(Loss(_("Decision"), lost, chain.with_problems, _(
            "Without a penalty decision: %(lost)s of these %(of)s (%(share)s).", **_told(lost, chain.with_problems))))  # fmt: skip
    due = chain.with_problems - chain.ended("not_due")
    if due:
        lost = chain.ended(*BROKEN)
        found.append(Loss(_("Re-inspection"), lost, due, _(
            "Due and not passed: %(lost)s of %(of)s (%(share)s).", **_told(lost, due))))  # fmt: skip
    return found


def _told(lost: int, of: int) -> dict[str, str]:
    return {"lost": numbers.count(lost), "of": numbers.count(of), "share": numbers.percent(Fraction(lost, of))}


def _weakest(found: Sequence[Loss]) -> str:
    if not found:
        return _("No case is due yet.")
    if not any(one.lost for one in found):
        return _("Nothing is lost on the way.")
    if len(found) == 1:
        return ""
    most = max(one.share for one in found)
    weakest = [one.step for one in found if one.share == most]
    if len(weakest) > 1:
        return _("Both steps lose the same share.")
    return _("Most is lost at this step: %(step)s.", step=weakest[0])


def facts(chain: CaseChain) -> list[str]:
    """Every part in words."""
    return [said(chain, step, part) for step in steps(chain) for part in step.parts if part.cases]


def notes(chain: CaseChain) -> list[str]:
    """Which cases these are, and what is no step of this unit."""
    if not chain.inspections:
        return []
    which = _("Cases inspected from January to the month, as the ledgers up to the month tell of them. Not every problem has to be "
              "penalised.")  # fmt: skip
    powerless = _("The unit has no power to penalise, so there is no step of decisions.")
    return [which, *([] if chain.unit.may_penalise else [powerless])]
