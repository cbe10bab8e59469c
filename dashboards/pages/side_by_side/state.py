"""Whether what is set side by side are first figures or published ones: both sides are live, each as its month stands."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.components.published import printed_mark
from dashboards.results import published
from dashboards.results.reading import Reading
from dashboards.results.side_by_side import SideBySide
from data.language import gettext as _


def state_said(both: SideBySide, reading: Reading) -> str:
    """What page and file say of the figures; of two months what each of them is."""
    marks = {month: printed_mark(published.fetch(reading, "ranking", month)) for month in both.months}
    if len(set(marks.values())) == 1:
        return next(iter(marks.values()))
    return _("; ").join(
        _("%(subject)s: %(said)s", subject=numbers.period(month), said=mark) for month, mark in marks.items()
    )


def state_line(both: SideBySide, reading: Reading) -> Component:
    """The same as a line of the page, which printed sheets repeat."""
    said = state_said(both, reading)
    return html.P(said, className="state-line", **parts.attributes(data_printed_mark=said))
