"""The key figures: warnings and how they were answered, then what was ordered, and what happened to people."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, words
from dashboards.components.disaster_words import mass_disasters
from dashboards.components.key_figures import key_figure, key_figures
from dashboards.pages.disasters import phrases
from dashboards.pages.disasters.query import DisastersSeen
from dashboards.results.disasters import DisastersReport
from data.language import gettext as _


def tiles(report: DisastersReport, *, identity: str) -> Component:
    """All of them."""
    return key_figures([*_warnings(report), *_people(report)], identity=identity)


def _warnings(report: DisastersReport) -> list[Component]:
    one, limit = report.standing, report.scheme.answer_minutes
    whole = one.whole
    steps = _(
        "called %(called)s, answered %(answered)s",
        called=numbers.count(whole.called),
        answered=numbers.count(whole.answered),
    )
    ninetieth = (
        "" if one.ninetieth_minutes is None else _("90%% within %(time)s", time=phrases.minutes(one.ninetieth_minutes))
    )
    in_time = _("%(n)s of %(of)s calls", n=numbers.count(one.answered_in_time), of=numbers.count(whole.called))
    return [
        key_figure(_("Warnings given"), phrases.times(whole.warnings), steps, name="figure-first"),
        key_figure(
            _("Share fed back"),
            numbers.percent(one.closed_loop_rate),
            _("fed back: %(n)s", n=phrases.times(whole.fed_back)),
        ),
        key_figure(_("Call to answer, median"), _minutes(report), ninetieth),
        key_figure(_("Answered within %(n)s minutes", n=limit), numbers.percent(one.answered_in_time_rate), in_time),
        _measures(report),
    ]


def _minutes(report: DisastersReport) -> str:
    median = report.standing.median_minutes
    return numbers.NONE if median is None else phrases.minutes(median)


def _measures(report: DisastersReport) -> Component:
    """禁, 停, 撤, 疏, each with how many rows name it."""
    said = " ".join(f"{what}{numbers.count(n)}" for what, n in report.standing.measures.items())
    return key_figure(_("Measures taken"), said, _("warnings and disasters that name each"), name="figure-measures")


def _people(report: DisastersReport) -> list[Component]:
    one = report.standing
    helped = _("%(helped)s of %(need)s in need", helped=numbers.count(one.helped), need=phrases.people(one.in_need))
    lost = (one.dead, one.missing)
    return [
        key_figure(
            _("Moved out of danger"),
            phrases.people(one.moved),
            _("disasters: %(n)s", n=numbers.count(len(report.struck))),
        ),
        key_figure(_("Lost their lives"), phrases.people(lost[0]), _("missing: %(n)s", n=phrases.people(lost[1]))),
        key_figure(_("Share helped"), numbers.percent(one.helped_rate), helped if one.in_need else _("nobody in need")),
    ]


def goal(seen: DisastersSeen, *, identity: str) -> Component:
    """The goal of the year, its light, and what it rests on."""
    year = seen.year
    light = "red" if year.mass else "unknown" if year.filed is None else "green"
    facts = [html.Span(one) for one in mass_disasters(year, seen.zone)]
    name = _("Goal of %(year)s: %(goal)s", year=seen.asked.day.year, goal=words.goals()["no_mass_disaster"])
    own = seen.report.own_unit
    whose = name if own is None else _("%(unit)s: %(said)s", unit=own.name, said=name)
    return html.Div(
        [html.Span(whose, className="goal-name"), lights.goal(light), html.Span(facts, className="goal-fact")],
        className="goal-line", id=identity, **parts.attributes(role="group"),
    )  # fmt: skip
