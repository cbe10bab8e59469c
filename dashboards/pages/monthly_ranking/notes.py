"""What stands beneath the ranking: which scheme, known by which day, and how points are made."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.components.rule import rule_in_force
from dashboards.method.ranking import FLAGS
from dashboards.results.ranking import Ranking
from data.language import gettext as _
from data.zone.schemes import RankingScheme


def basis_line(ranking: Ranking) -> Component:
    """Scheme, version, hash, day of knowledge and deadline, in one line."""
    scheme = ranking.scheme
    named = _("%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version,
              hash=scheme.sha256[:8])  # fmt: skip
    facts = [
        html.Span([_("Scheme: "), named], title=scheme.sha256),
        html.Span(_("Received by %(day)s", day=numbers.spoken_day(ranking.known_by))),
        html.Span(_("Deadline %(day)s", day=numbers.spoken_day(ranking.deadline))),
    ]
    return html.P(facts, className="basis-line")


def rule_line(ranking: Ranking, *, identity: str) -> Component:
    """The rule in force above the table, and that last month's was another."""
    said = [rule_in_force(ranking.scheme)]
    if ranking.rule_changed:
        said.append(_("Last month was scored by another scheme: the change of score is not to be compared."))
    return html.P(" ".join(said), className="note rule-line", id=identity)


def explanation(scheme: RankingScheme, *, identity: str) -> Component:
    """How a score is made, from the scheme itself."""
    heads = [parts.head(_("Indicator")), parts.head(_("How it is made")), parts.head(_("Target"), name="num"),
             parts.head(_("Weight"), name="num")]  # fmt: skip
    rows = [
        html.Tr(
            [
                html.Th(words.indicator(key), scope="row"),
                html.Td(words.meaning(key)),
                html.Td(numbers.decimal(part.target), className="num"),
                html.Td(numbers.decimal(part.weight), className="num"),
            ]
        )
        for key, part in scheme.indicators.items()
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table")
    summary = html.Summary(_("How points are made"))
    rules = html.Ul([html.Li(rule) for rule in _rules(scheme)])
    return html.Details([summary, table, rules, html.H3(_("What the marks mean")), _marks()], id=identity)


def _marks() -> Component:
    shown = (*FLAGS[: FLAGS.index("refused") + 1], "set_aside", *FLAGS[FLAGS.index("refused") + 1 :])
    lines = [html.Li([html.Strong(words.flag(flag)), _(": "), words.flag_meaning(flag)]) for flag in shown]
    return html.Ul(lines, className="marks")


def _rules(scheme: RankingScheme) -> list[str]:
    taken, limits = scheme.deductions, scheme.thresholds
    keys = _(", ").join(words.indicator(key) for key in scheme.tie_keys)
    penalties = [
        _("Zero penalties although problems were found: minus %(points)s points (units with the power to penalise).",
          points=numbers.decimal(taken.zero_penalty))
    ] if taken.zero_penalty else []  # fmt: skip
    return [
        rule_in_force(scheme),
        _("Points of an indicator = weight × value ÷ target, at most the weight."),
        _("An undefined indicator (its denominator is 0) is not scored; its weight is shared out among the others."),
        *penalties,
        _("A case falls due when the days of grace after its deadline are over, at the latest 100 days after the inspection."),
        _("Major hazards overdue: minus %(each)s points a case, at most %(most)s.",
          each=numbers.decimal(taken.overdue_major_each), most=numbers.decimal(taken.overdue_major_most)),
        _("Late by up to %(days)s days: half of the points for timeliness.", days=limits.late_days),
        _("Thin basis: the defined weights sum to less than %(weight)s; ranked, but never named last.",
          weight=numbers.decimal(limits.thin_basis_below)),
        _("Equal scores are ordered by %(keys)s; else they tie.", keys=keys),
        _("An upload that its sender confirms unchanged within 24 hours is in time by the moment of the upload."),
        _("A score or place that a unit's own later ledgers moved after the deadline is marked as corrected, before → after."),
        _("Fines are shown and never scored (Administrative Penalty Law, article 74)."),
    ]  # fmt: skip
