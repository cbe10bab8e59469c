"""What the office looks at before it publishes: what will be frozen, what it says first, who is missing. And the form that does it."""

from __future__ import annotations

from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, published_words
from dashboards.components.frozen_words import conclusion_said
from dashboards.components.published_words import title
from dashboards.pages.publications.query import REPORT_OF, Asked
from dashboards.results import candidate
from dashboards.results.candidate import Candidate
from dashboards.results.reading import Reading
from dashboards.web.preview_routes import FORMS, draft_link
from dashboards.web.publication_routes import CORRECTION, PUBLISH, REVISION
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.intake.decision_checks import Undecidable
from data.intake.publications import CLOSES
from data.language import gettext as _
from data.zone.periods import Period


def card(asked: Asked, reading: Reading, *, identity: str) -> list[Component]:
    """The card of the period that the address wants published; nothing where none is, or for who does not decide."""
    if asked.publish is None or not reading.scope.decides:
        return []
    period = asked.publish
    heading = _("Publish %(what)s", what=title(REPORT_OF[type(period)], period))
    return [
        parts.card(heading, *_content(period, asked.day, reading, identity), id="publish", name="to-publish by-hand")
    ]


def _content(period: Period, day: date | None, reading: Reading, identity: str) -> list[Component]:
    if reading.zone.calendar.first_day(period) > reading.today:
        return [
            parts.empty(
                _("%(period)s has not begun: there is nothing to show of it yet.", period=numbers.period(period))
            )
        ]
    try:
        found = candidate.fetch(reading, REPORT_OF[type(period)], period, day)
    except Undecidable as error:
        return [parts.empty(str(error))]
    return [_frozen(found, reading), *_own_figures(found), _form(found, identity)]


def _frozen(found: Candidate, reading: Reading) -> Component:
    said = [html.Li(line) for line in published_words.lines(found.headline, reading.zone)]
    as_of = (
        [] if not found.day else [html.P(_("As of %(day)s.", day=numbers.spoken_day(date.fromisoformat(found.day))))]
    )
    return html.Div(
        [
            html.P(_("This will be frozen as revision no. %(n)s, with everything it rests on:", n=found.revision)),
            *as_of,
            html.Ul(said, className="headline"),
            html.P([_("Look at it as pages: "), *_drafts(found)]),
            *_against_the_former(found, reading),
        ]
    )


def _drafts(found: Candidate) -> list[Component]:
    return [
        html.A(
            form.upper(),
            href=draft_link(found.report, found.period, found.day, form),
            className="detail published-file",
        )
        for form in FORMS
    ]


def _against_the_former(found: Candidate, reading: Reading) -> list[Component]:
    if found.revision == 1:
        return []
    if not found.moved:
        return [html.P(_("No figure is another than in the revision before."))]
    said = _("%(n)s figures are others than in the revision before.", n=numbers.count(found.moved))
    changed = [html.Li(conclusion_said(one, reading.zone)) for one in found.conclusions]
    return [
        html.P(said),
        html.Ul(changed) if changed else html.P(_("No conclusion changed against the revision before.")),
    ]


def _own_figures(found: Candidate) -> list[Component]:
    """What of it the office decided on its own figures: it is marked in the publication; what waits is not in it."""
    said = []
    if found.decided:
        said.append(
            _(
                "Decisions on the office's own figures, confirmed by a second account and marked in it: %(n)s.",
                n=len(found.decided),
            )
        )
    if found.pending:
        said.append(
            _(
                "Decisions on the office's own figures that still wait for a second account, and are not in it: %(n)s.",
                n=len(found.pending),
            )
        )
    return [html.P(one, className="key-message key-warn") for one in said]


def _form(found: Candidate, identity: str) -> Component:
    needed = found.due is not None or found.revision > 1
    hidden = {"report": found.report, "period": str(found.period), "day": found.day, "seen": found.seal}
    label = _reason_label(found)
    reason = html.Textarea(
        name="reason", rows=2, maxLength=LONGEST_REASON, className="form-control", id=f"{identity}-reason", required="required"
    )  # fmt: skip
    return html.Form(
        [
            token_field(),
            *(dcc.Input(type="hidden", name=name, value=value) for name, value in hidden.items()),
            *([html.Label(label, htmlFor=f"{identity}-reason"), reason] if needed else []),
            html.Div(_buttons(found), className="word-buttons"),
            html.P(parts.sentences(*_consequences(found)), className="note"),
        ],
        method="post", action=PUBLISH, id=identity, className="publish-form",
    )  # fmt: skip


def _reason_label(found: Candidate) -> str:
    if found.due is not None:
        day = published_words.opens_on(found.due)
        return _("It is final only from %(day)s on. Why is it published sooner? (required; printed with it)", day=day)
    return _("Why is it published anew? (required; printed with it)")


def _buttons(found: Candidate) -> list[Component]:
    def button(words: str, kind: str, tone: str) -> Component:
        return html.Button(words, type="submit", name="kind", value=kind, className=f"btn {tone}")

    if found.revision == 1:
        return [button(_("Publish"), REVISION, "btn-primary")]
    return [
        button(_("Publish as a revision: data got better"), REVISION, "btn-primary"),
        button(_("Publish as a correction: a mistake is put right"), CORRECTION, "btn-outline-primary"),
    ]


def _consequences(found: Candidate) -> list[str]:
    said = [
        _(
            "What is published cannot be taken back or changed: a correction is a further revision, and both stay to be read."
        )
    ]
    if CLOSES[found.report]:
        said.append(_("From then on workbooks of the period are taken only from the office, with a reason."))
    return said
