"""What stands beneath the scores: which scheme, known by which day, the deadlines, and how a score is made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.method.scores import COMPONENTS, FLAGS
from dashboards.results.scores import Scores
from data.language import gettext as _
from data.zone.schemes import ScoresScheme


def illustrative(scheme: ScoresScheme) -> list[Component]:
    """The mark of measures that the office has not confirmed."""
    if scheme.confirmed:
        return []
    return [parts.illustrative(_("The names and marks of the ten measures are not confirmed by the office yet."))]


def basis_line(result: Scores) -> Component:
    """Scheme, version, hash, day of knowledge, deadlines and publication, in one line."""
    scheme = result.scheme
    named = _("%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version,
              hash=scheme.sha256[:8])  # fmt: skip
    own, review = numbers.spoken_day(result.self_deadline), numbers.spoken_day(result.review_deadline)
    facts = [
        html.Span([_("Scheme: "), named, *illustrative(scheme)], title=scheme.sha256),
        html.Span(_("Received by %(day)s", day=numbers.spoken_day(result.known_by))),
        html.Span(_("Self-assessment due by %(day)s", day=own)),
        html.Span(_("Review due by %(day)s", day=review)),
        html.Span(_("Not published: figures may still change") if result.published is None else _("published")),
    ]
    return html.P(facts, className="basis-line")


def explanation(scheme: ScoresScheme, *, identity: str) -> Component:
    """How a score is made, from the scheme itself."""
    weights = scheme.weights.model_dump()
    heads = [parts.head(_("Component")), parts.head(_("How it is made")), parts.head(_("Weight"), name="num")]
    rows = [
        html.Tr(
            [
                html.Th(words.component(key), scope="row"),
                html.Td(words.component_meaning(key)),
                html.Td(numbers.decimal(weights[key]), className="num"),
            ]
        )
        for key in COMPONENTS
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table")
    rules = html.Ul([html.Li(rule) for rule in _rules(scheme)])
    marks = [html.Li([html.Strong(words.flag(flag)), _(": "), words.score_flag_meaning(flag)]) for flag in (
        *FLAGS, "refused", "set_aside", "awaited")]  # fmt: skip
    return html.Details(
        [html.Summary(_("How the score is made")), table, rules, html.H3(_("What the marks mean")),
         html.Ul(marks, className="marks")],
        id=identity,
    )  # fmt: skip


def _rules(scheme: ScoresScheme) -> list[str]:
    grades, last = scheme.grades, scheme.speaking_last
    unconfirmed = _(
        "The plan does not list the ten measures: their names and marks are samples until the office confirms."
    )
    return [
        *([] if scheme.confirmed else [unconfirmed]),
        _("Score = weighted mean of the defined components + bonus − deduction, kept in 0–100, rounded once."),
        _("An undefined component is not scored; its weight is shared out among the others."),
        _("Bonus counts up to %(most)s points; what is above is cut.", most=numbers.decimal(scheme.largest_bonus)),
        _("Grades: excellent from %(excellent)s, good from %(good)s, passed from %(passed)s, else failed.",
          excellent=numbers.decimal(grades.excellent), good=numbers.decimal(grades.good),
          passed=numbers.decimal(grades.passed)),
        _("Equal scores are ordered by ten measures, then by monthly enforcement; else they tie."),
        _("Veto: the unit ranks after all others that were scored. An accident of the larger class or above, or deaths above the "
          "year's cap, propose one; the office decides."),
        _("Speaking last: %(n)s or more fatal accidents in the quarter (units and enterprises); a veto; no report; and in "
          "groups of %(group)s or more the lowest unit below %(below)s points, unless on a thin basis.",
          n=last.fatal_accidents, group=last.smallest_group, below=numbers.decimal(last.below)),
    ]  # fmt: skip
