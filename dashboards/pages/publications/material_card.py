"""What is taken to a meeting: the whole set of each month that was published, and of the last one what is missing for it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.meeting.material import published_of
from dashboards.results.publication_list import PublishedReport
from dashboards.results.reading import Reading
from data.language import gettext as _
from data.zone.periods import Month

SHOWN = 12


def card(found: Sequence[PublishedReport], year: int, reading: Reading, *, identity: str) -> Component:
    """A link a month, the last first; without any a sentence."""
    months = sorted((one.latest.period for one in found if isinstance(one.latest.period, Month)), reverse=True)
    links = [
        html.A(_("%(month)s (zip)", month=numbers.period(month)), href=f"/material/{month}.zip", className="btn btn-sm btn-outline-primary")
        for month in months[:SHOWN]
    ]  # fmt: skip
    said = _(
        "Every form of what was published of a month, of the quarter that it ends, and of the casualties by its end; and all charts of it as pictures."
    )
    if reading.scope.sees_all:
        said = parts.sentences(
            said,
            _(
                "A folder of it has what stands on the month's last day, which is never published: front-line duty, hazards, supervision, tip-offs, warnings, inspection of enterprises."
            ),
        )
    shown = html.P(links, className="material-links by-hand") if links else parts.empty(_("No month is published yet."))
    return parts.card(_("Meeting material"), shown, html.P(said, className="note"), *_missing(year, reading), id=identity)  # fmt: skip


def _missing(year: int, reading: Reading) -> list[Component]:
    """What is missing for the set of the month that ended last."""
    last = reading.present_month.plus(-1)
    if last.year != year:
        return []
    _published, missing = published_of(reading, last)
    if not missing:
        return []
    head = html.P(html.B(_("Missing for the set of %(month)s:", month=numbers.period(last))))
    return [head, html.Ul([html.Li(one) for one in missing], className="material-missing")]
