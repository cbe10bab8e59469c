"""The ten measures of one unit: both marks, what counts, and what unit and committee wrote beside them."""

from __future__ import annotations

from decimal import Decimal

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts
from dashboards.method.ranking import rounded
from dashboards.method.scores import MeasureScore
from dashboards.pages.quarterly_scores.breakdown import gap
from dashboards.results.scores import MeasureNotes, ScoredRow
from data.language import gettext as _
from data.zone.zone import Zone

NOTHING = MeasureNotes(None, None, None, None)


def measures_table(row: ScoredRow, *, identity: str) -> Component:
    """Every measure with full mark, self, review, what counts, and the reasons; their sum beneath."""
    heads = [
        parts.head(_("Measure")),
        *(parts.head(word, name="num") for word in (_("Full mark"), _("Self"), _("Review"), _("Counts"))),
        parts.head(_("State of completion")),
        parts.head(_("Evidence")),
        parts.head(_("Unit's reason for points lost")),
        parts.head(_("Review's reason for points lost")),
    ]
    body = [_row(part, row.notes.get(part.number, NOTHING)) for part in row.figures.measures]
    return html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(body), html.Tfoot(_sum(row))],
        className="data-table cases measures", id=identity,
    )  # fmt: skip


def _row(part: MeasureScore, notes: MeasureNotes) -> Component:
    name = [html.Span(f"{part.number}. ", className="muted"), part.name]
    return html.Tr(
        [
            parts.cell(_("Measure"), *name, name="wide"),
            parts.cell(_("Full mark"), numbers.decimal(part.full), name="num"),
            parts.cell(_("Self"), _mark(part.own), name="num"),
            parts.cell(_("Review"), *_review(part, notes), name="num"),
            parts.cell(_("Counts"), html.Strong(numbers.decimal(part.score)), *_why(part), name="num"),
            _note(_("State of completion"), notes.done),
            _note(_("Evidence"), notes.evidence),
            _note(_("Unit's reason for points lost"), notes.own_reason),
            _note(_("Review's reason for points lost"), notes.review_reason),
        ]
    )


def _note(label: str, text: str | None) -> Component:
    return parts.cell(label, text or numbers.NONE, name="wide" if text else "wide blank")


def _mark(value: Decimal | int | None) -> str:
    return numbers.NONE if value is None else numbers.decimal(Decimal(value))


def _review(part: MeasureScore, notes: MeasureNotes) -> list[Component | str]:
    """The mark as it was decided, with what the review had before."""
    apart = -gap(part)
    before = notes.reviewed
    return [
        _mark(part.review),
        *([html.Small(_("decided; reviewed %(mark)s", mark=_mark(before)))] if before is not None else []),
        *([html.Small(_("%(points)s against self", points=numbers.signed(apart)))] if apart else []),
    ]


def _why(part: MeasureScore) -> list[Component]:
    """Said where it is not the review's mark that counts."""
    if part.review is not None:
        return []
    return [html.Small(_("own mark") if part.own is not None else _("left out"))]


def _sum(row: ScoredRow) -> Component:
    measures = row.figures.measures
    own = [part.own for part in measures if part.own is not None]
    review = [part.review for part in measures if part.review is not None]
    value = row.figures.components["ten_measures"]
    sums = {
        _("Full mark"): sum(part.full for part in measures),
        _("Self"): sum(own) if own else None,
        _("Review"): sum(review) if len(review) == len(measures) else None,
    }
    counts = html.Strong(numbers.NONE if value is None else numbers.points(rounded(value)))
    return html.Tr(
        [
            html.Th(_("Sum"), scope="row", className="wide"),
            *(parts.cell(label, _mark(number), name="num") for label, number in sums.items()),
            parts.cell(_("Counts"), counts, name="num"),
            html.Td(colSpan=4, className="blank"),
        ]
    )


def source(row: ScoredRow, zone: Zone) -> Component | None:
    """The unit's own workbook, as it was received."""
    filing = row.filing
    if filing is None:
        return None
    received = numbers.moment(filing.received_at, zone)
    name = original.name(filing.file_name, opens=row.opens)
    named = original.link(name, filing.submission, opens=row.opens, className="file")
    version = _("version %(n)s, received %(time)s", n=filing.version, time=received)
    return html.P([_("Self-assessment workbook: "), named, _(" (%(what)s)", what=version)], className="note")
