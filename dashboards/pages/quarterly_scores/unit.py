"""One unit's score taken apart: where it stands, the sum as a sentence, the components, the months behind them."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, corrections, numbers, parts, words
from dashboards.components.page_list import RANKING
from dashboards.components.rule import rule_in_force
from dashboards.method import scores as method
from dashboards.method.ranking import rounded
from dashboards.method.scores import COMPONENTS
from dashboards.method.steps import ZERO, Step
from dashboards.pages.quarterly_scores import state
from dashboards.pages.quarterly_scores.breakdown import points_of
from dashboards.pages.quarterly_scores.figures import step_name
from dashboards.results.ranking import InMonth, shown_flags
from dashboards.results.scores import ScoredRow, Scores
from data.language import gettext as _
from data.zone.periods import Month

Children = list[Component | str]


def standing(result: Scores, row: ScoredRow) -> Component:
    """Where the unit stands, and what weighs on it."""
    one, unit = row.figures, row.unit.name
    awaited = not state.ranked(result, row)
    told = {"unit": unit, "score": numbers.points(one.score), "rank": one.rank, "of": one.of}
    if one.score is None or result.own_only:
        said = own(result, row)
    elif one.veto is not None:
        said = _("%(unit)s: vetoed, %(score)s points, place %(rank)s of %(of)s, after all that were scored.", **told)
    else:
        said = _(
            "%(unit)s: %(score)s points, %(grade)s, place %(rank)s of %(of)s.", grade=words.grade(one.grade), **told
        )
    warn = (one.score is None and not awaited) or one.veto is not None or "veto_proposed" in one.flags
    tags = [html.Span(tag, className="standing-tag") for tag in state.tags(result, row)]
    return parts.key_message(said, *tags, tone="warn" if warn else "calm")


def own(result: Scores, row: ScoredRow) -> str:
    """A unit's score without its place, or why there is none."""
    one, unit = row.figures, row.unit.name
    if row.undone is not None and "not_reported" in one.flags:
        came = numbers.moment(row.undone.received_at, result.zone)
        if row.undone.set_aside:
            return _("%(unit)s: the self-assessment that came %(moment)s waits to be dealt with: the program failed on it, "
                     "which is no fault of the unit's.", unit=unit, moment=came)  # fmt: skip
        return _("%(unit)s: the self-assessment that came %(moment)s was refused, so nothing of it counts: correct it and "
                 "send it again.", unit=unit, moment=came)  # fmt: skip
    if not state.ranked(result, row):
        day = numbers.spoken_day(result.self_deadline)
        return _("%(unit)s: no self-assessment yet; the deadline is %(day)s.", unit=unit, day=day)
    if "not_reported" in one.flags:
        return _("%(unit)s: no self-assessment and no review, so there is no score to take apart.", unit=unit)
    if one.score is None:
        return _("%(unit)s: no component can be scored.", unit=unit)
    score, grade = numbers.points(one.score), words.grade(one.grade)
    return _("%(unit)s: %(score)s points, %(grade)s; the place is that of the publication.", unit=unit, score=score,
             grade=grade)  # fmt: skip


def sum_sentence(row: ScoredRow, taken: list[Step]) -> Component:
    """The score as one line of arithmetic that closes."""
    gained = numbers.points(sum((step.amount for step in taken if step.of is not None), ZERO))
    terms = [parts.behind(numbers.signed(step.amount), step_name(step.key)) for step in taken if step.of is None]
    formula = " ".join(
        [_("points of the components %(points)s", points=gained), *terms, "=", numbers.points(row.figures.score)]
    )
    return html.P([html.Strong(_("Score: ")), formula], className="sum-line")


def components_table(result: Scores, row: ScoredRow) -> Component:
    """Every component: value, weight, points; and in words what becomes of the weight of an undefined one."""
    weights = result.scheme.weights.model_dump()
    points = points_of(row.figures, result.scheme)
    scored = row.figures.score is not None
    heads = [parts.head(_("Component")), *(parts.head(word, name="num") for word in (
        _("Out of 100"), _("Weight"), _("Weighted points")))]  # fmt: skip
    body = []
    for key in COMPONENTS:
        value = row.figures.components[key]
        name = html.Th(words.component(key), scope="row", title=words.component_meaning(key))
        cells = [numbers.NONE if value is None else numbers.points(rounded(value)), numbers.decimal(weights[key])]
        cells.append(numbers.points(rounded(points[key])) if scored and key in points else numbers.NONE)
        body.append(html.Tr([name, *(html.Td(text, className="num") for text in cells)]))
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table small-table")
    return html.Div([html.H3(_("Components")), table, *(_reweighted(result, row) if scored else [])])


def _reweighted(result: Scores, row: ScoredRow) -> list[Component]:
    weights = result.scheme.weights.model_dump()
    missing = [key for key in COMPONENTS if row.figures.components[key] is None and weights[key]]
    reasons = {
        "milestones": _("no milestone of the unit on record falls due in the quarter"),
        "enforcement": _("no month of the quarter can be scored"),
    }
    lines = [
        _("%(component)s: %(reason)s. It is not scored, its weight of %(weight)s is shared out: points ÷ %(basis)s × 100.",
          component=words.component(key), reason=reasons.get(key, numbers.NONE), weight=numbers.decimal(weights[key]),
          basis=numbers.decimal(row.figures.basis))
        for key in missing
    ]  # fmt: skip
    return [html.P(line, className="note") for line in lines]


def months_line(result: Scores, row: ScoredRow) -> Component:
    """The months behind the enforcement component, each a link to its ranking."""
    items = [html.Li([_month_link(row, one.month), " ", *_month_words(result, row, one)]) for one in row.figures.months]
    mean = row.figures.components["enforcement"]
    said = numbers.NONE if mean is None else numbers.points(rounded(mean))
    end = html.P(_("Mean of the months that count: %(mean)s", mean=said), className="note")
    rules = dict.fromkeys(rule_in_force(row.months[one.month].scheme) for one in row.figures.months)
    notes = [html.P(rule, className="note") for rule in rules]
    heading = html.H3(_("Months behind the monthly enforcement"))
    return html.Div([heading, html.Ul(items, className="months"), end, *notes])


def _month_link(row: ScoredRow, month: str) -> Component:
    href = RANKING.path + address.query(period=month, group=row.unit.group, unit=row.unit.code) + "#unit"
    return dcc.Link(numbers.period(Month.parse(month)), href=href)


def _month_words(result: Scores, row: ScoredRow, one: method.MonthOfQuarter) -> Children:
    """The month's score, or why it has none; that it was refused, and from what to what it was corrected since."""
    known = row.months[one.month]
    moved: Children = [] if known.correction is None else [
        " ", corrections.mark(known.figures, known.correction, result.zone)
    ]  # fmt: skip
    if one.score is None:
        return [html.Span(_left_out(known), className="muted"), *moved]
    if one.reported:
        return [html.Strong(numbers.points(one.score)), *moved]
    flag = next(iter(shown_flags(known.figures.flags, known.undone)))
    said = _("%(flag)s, counts 0", flag=words.flag(flag))
    return [numbers.points(one.score), " ", parts.tag(said, state.TONES.get(flag, "bad")), *moved]


def _left_out(known: InMonth) -> str:
    flags = shown_flags(known.figures.flags, known.undone)
    why = next((flag for flag in flags if flag in {*state.UNREPORTED, "nothing_planned", "zero_enforcement"}), None)
    return numbers.NONE if why is None else _("left out (%(why)s)", why=words.flag(why))


def extras(row: ScoredRow) -> Component | None:
    """Bonus, deduction and veto with their reasons, in sentences."""
    one = row.figures
    lines: list[str] = []
    if one.cut:
        lines.append(_("Bonus: %(given)s given, %(counted)s counted; the part above the most allowed (%(cut)s) is cut.",
                       given=numbers.decimal(one.bonus + one.cut), counted=numbers.decimal(one.bonus),
                       cut=numbers.decimal(one.cut)))  # fmt: skip
    elif one.bonus:
        lines.append(_("Bonus: %(points)s.", points=numbers.decimal(one.bonus)))
    if one.deduction:
        lines.append(_("Deducted: %(points)s.", points=numbers.decimal(one.deduction)))
    if row.extras:
        lines.append(_("Reason given in the review: %(reasons)s", reasons=_("; ").join(row.extras)))
    if one.veto is not None:
        lines.append(_("Veto: %(reason)s", reason=one.veto))
    if not lines:
        return None
    return html.Div([html.H3(_("Bonus, deduction, veto")), html.Ul([html.Li(line) for line in lines])])
