"""The charts of what stands on a day, from the report as it is printed (METHOD section 5): the first is the one that stands for the report.

Who died or is missing is never drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.meeting.measures import NAVY
from dashboards.meeting.native_chart import NativeChart
from dashboards.meeting.plan_dues import article_words, counted_by_article
from dashboards.meeting.source import Source
from dashboards.results.names import batch, due_state
from data.language import gettext as _
from data.zone.periods import Month

Row = Mapping[str, Any]
COMPLETE, OPEN, UNSETTLED, RECEIVED, STEPS, INSPECTED, DUE_DAYS = (
    "完成率",
    "月末未销号",
    "未销号问题",
    "受理件数",
    "预警处置",
    "检查覆盖率",
    "完成时限",
)
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class DayChart:
    """A chart, the name by which a deck's wording asks for it, the unit in which it is told, and where its values end at least."""

    name: tuple[str, ...]
    unit: str
    chart: NativeChart
    highest: float = 0.0


def day_charts(source: Source) -> list[DayChart]:
    """All charts of one of these reports, the main one first; none where there is nothing to compare."""
    return list(_CHARTS[source.content["report"]](source))


def _frontline(source: Source) -> Iterator[DayChart]:
    """How far the towns have come in each batch, first in the one that is due next, else in the last that is late."""
    told = [one for one in source.content["batches"] if one["enterprises"]]
    lacking = [one for one in told if one["state"] != "done"]
    ahead = [one for one in lacking if one["state"] != "overdue"]
    first = next(iter([*ahead, *reversed(lacking), *reversed(told)]), None)
    for one in sorted(told, key=lambda one: one is not first):
        name = batch(one["batch"])
        title = _("%(batch)s: complete by town (chart)", batch=name)
        rows = [(source.unit_name(part["unit"]), part["complete"], part["enterprises"]) for part in one["towns"]]
        yield from _shares((COMPLETE, name), title, rows)


def _register(source: Source) -> Iterator[DayChart]:
    told = source.content["inspection"]["sectors"]
    rows = [(one["sector"], one["inspected"], one["enterprises"]) for one in told]
    yield from _shares((INSPECTED,), _("Share of enterprises inspected, by sector (chart)"), rows)


def _shares(name: tuple[str, ...], title: str, rows: Sequence[tuple[str, int, int]]) -> Iterator[DayChart]:
    """Shares in per cent, the lowest first; of one part alone there is nothing to compare."""
    told = sorted(((part, done / of) for part, done, of in rows if of), key=lambda one: one[1])
    if len(told) > 1:
        values = [round(value * _WHOLE, 1) for _part, value in told]
        chart = NativeChart(title, "bars", [part for part, _value in told], [(name[0], values)], decimals=1)
        yield DayChart(name, f"{name[0]}（%）", chart, _WHOLE)


def _hazards(source: Source) -> Iterator[DayChart]:
    """How many are open at the end of each month."""
    told = source.content["burn_down"]
    if len(told) > 1 and any(one["found"] for one in told):
        months = [f"{Month.parse(one['month']).month}月" for one in told]
        title = _("Hazards open at the end of each month of %(year)s (chart)", year=told[0]["month"][:4])
        chart = NativeChart(title, "line", months, [("未销号隐患", [one["open"] for one in told])])
        yield DayChart((OPEN,), "未销号隐患（处）", chart)


def _supervision(source: Source) -> Iterator[DayChart]:
    """Who has findings that are not crossed off, most first."""
    told = [(source.unit_name(one["unit"]), one["ordered"] - one["closed"]) for one in source.content["units"]]
    rows = sorted((one for one in told if one[1]), key=lambda one: -one[1])
    yield from _counts((UNSETTLED,), "未销号问题（件）", _("Findings not crossed off, by unit (chart)"), rows)


def _tipoffs(source: Source) -> Iterator[DayChart]:
    rows = [(one["type"], one["received"]) for one in source.content["types"] if one["received"]]
    yield from _counts((RECEIVED,), "受理（件）", _("Cases received, by type (chart)"), rows)


def _disasters(source: Source) -> Iterator[DayChart]:
    """How many warnings came how far."""
    steps = (("预警", "warnings"), ("叫应", "called"), ("应答", "answered"), ("反馈", "fed_back"))
    rows = [(name, source.content[key]) for name, key in steps]
    if source.content["warnings"]:
        yield from _counts((STEPS,), "预警（次）", _("Warnings, step by step (chart)"), rows)


def _plan(source: Source) -> Iterator[DayChart]:
    """How the due days of each article stand; a state in which none is has no part."""
    told = counted_by_article(source)
    parts = [
        (due_state(state), tone, [counts[state] for _article, counts in told])
        for state, tone in _TONES.items()
        if any(counts[state] for _article, counts in told)
    ]
    if len(told) > 1:
        chart = NativeChart(
            _("Due days of the work plan, by article (chart)"),
            "stack",
            [article_words(article) for article, _counts in told],
            [(name, values) for name, _tone, values in parts],
            tones=[tone for _name, tone, _values in parts],
        )
        yield DayChart((DUE_DAYS,), "完成时限（个）", chart)


_TONES = {"done": NAVY, "late": "7C9CC9", "overdue": "B03A2E", "due": "F0C35A", "upcoming": "E3E6EB"}
"""Of parts that lie beside one another, also where they are printed in grey."""


def _counts(name: tuple[str, ...], unit: str, title: str, rows: Sequence[tuple[str, int]]) -> Iterator[DayChart]:
    if len(rows) > 1:
        chart = NativeChart(
            title, "bars", [one for one, _number in rows], [(name[0], [number for _one, number in rows])]
        )
        yield DayChart(name, unit, chart)


_CHARTS: Mapping[str, Callable[[Source], Iterator[DayChart]]] = {
    "frontline": _frontline,
    "hazards": _hazards,
    "supervision": _supervision,
    "tipoffs": _tipoffs,
    "disasters": _disasters,
    "register": _register,
    "plan": _plan,
}
