"""The key figures, each the way to the hazards that it counts, and how old the open ones are as one calm bar."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.asked import choosing
from dashboards.components.key_figures import key_figure, key_figures
from dashboards.pages.hazards import phrases
from dashboards.pages.hazards.query import HazardsSeen
from dashboards.results.names import hazard_band
from data.language import gettext as _

PLACE = "#hazards"


def tiles(seen: HazardsSeen, *, identity: str) -> Component:
    """Found, crossed off, open, overdue, and how many of those due were crossed off in time."""
    one = seen.figures
    shown = [
        key_figure(
            _leading(seen, _("On record"), None), numbers.count(one.found),
            _("found this year %(n)s", n=numbers.count(one.found_this_year)),
            _("carried over %(n)s", n=numbers.count(one.carried_over)), name="figure-first",
        ),
        key_figure(
            _leading(seen, _("Crossed off"), "crossed_off"), numbers.count(one.crossed_off),
            _("share crossed off %(share)s", share=numbers.percent(one.crossed_off_rate)),
        ),
        key_figure(
            _leading(seen, _("Still open"), "open"), numbers.count(one.open),
            _("median age %(days)s", days=phrases.days(one.median_age)),
        ),
        key_figure(
            _leading(seen, _("Overdue"), "overdue"), numbers.count(one.overdue),
            _("deadline past, not crossed off"), tone="bad" if one.overdue else "",
        ),
        key_figure(
            _leading(seen, _("In time"), "in_time"), numbers.percent(one.on_time_rate),
            _("%(n)s of %(of)s whose deadline has come", n=numbers.count(one.on_time), of=numbers.count(one.due)),
        ),
    ]  # fmt: skip
    return key_figures(shown, identity=identity)


def _leading(seen: HazardsSeen, words: str, state: str | None) -> Component:
    link = seen.asked.link(state=state, age=None, via="figures") + PLACE
    return choosing(
        words, link, {"state": state, "age": None}, className="leads-on", **parts.attributes(data_via="figures")
    )


def ages(seen: HazardsSeen, *, identity: str) -> Component:
    """The bands of age: a bar whose parts are as wide as they are many, and the same in words, each the way to its hazards."""
    counted, every = seen.figures.ages, seen.figures.open
    if not every:
        return parts.empty(_("No hazard is open, so none has an age."))
    bar = [
        html.Span(className=f"age-part age-{place}", style={"flexGrow": number})
        for place, number in enumerate(counted.values())
        if number
    ]
    said = [_band(seen, band, number, place) for place, (band, number) in enumerate(counted.items())]
    return html.Div(
        [
            html.Div(bar, className="age-bar", **parts.attributes(aria_hidden="true")),
            html.Ul(said, className="age-bands"),
        ],
        id=identity,
    )


def _band(seen: HazardsSeen, band: str, number: int, place: int) -> Component:
    mark = html.Span(className=f"age-mark age-{place}", **parts.attributes(aria_hidden="true"))
    link = seen.asked.link(age=band, state=None, via="ages") + PLACE
    name = choosing(hazard_band(band), link, {"age": band, "state": None}, **parts.attributes(data_via="ages"))
    here = "chosen" if seen.asked.age == band else None
    return html.Li([mark, name, html.B(phrases.hazards(number))], className=here)
