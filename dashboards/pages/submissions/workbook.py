"""One workbook with everything about it, in the order in which a clerk asks: is it the right one, how was it read,
what is wrong, what does it change, and is it to be filed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.pages.submissions import (
    attached,
    hidden_rows,
    matching,
    outcome,
    problem_grid,
    understood,
    versions,
    word,
)
from dashboards.pages.submissions.accounted import taken_for
from dashboards.pages.submissions.changes import Link, changed_rows
from dashboards.results.dossier import Dossier
from data.language import gettext as _
from data.zone.zone import Zone

SCORED_BY_MONTH = "enforcement"
CHANGES, MATCH, REMEMBERED, HISTORY, ATTACHED, RETURN, ASIDE, PROBLEMS, EFFECT, HIDDEN_ROWS, PROBLEM_GRID = (
    f"submissions-{part}"
    for part in (
        "changes",
        "match",
        "remembered",
        "history",
        "attached",
        "return",
        "aside",
        "problems",
        "effect",
        "hidden-rows",
        "problem-grid",
    )
)


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """Which page of what was found is shown, and the address of each."""

    number: int
    link: Callable[[int], str]


def workbook_card(
    dossier: Dossier, zone: Zone, *, link: Callable[[int], str], change_link: Link, problem_page: ProblemPage
) -> Component:
    """All about it; forms only for who may use them."""
    sent = dossier.sent
    tone = words.receipt(sent.state)[2]
    return html.Article(
        [
            outcome.title(sent),
            *versions.returned_notice(sent, zone),
            _message(dossier, zone),
            *_not_carried_out(dossier),
            html.P(outcome.links(sent), className="receipt-line") if sent.opens else None,
            understood.right_workbook(dossier, zone) if sent.kind or sent.unit else None,
            *understood.tables(dossier.understood, opened=bool(dossier.to_match)),
            *taken_for(sent),
            *hidden_rows.choice(dossier, identity=HIDDEN_ROWS),
            *matching.match_form(sent.number, dossier.to_match, identity=MATCH),
            *_problems(dossier, problem_page),
            *_changes(dossier, change_link),
            _word(dossier),
            word.aside_forms(sent, decides=dossier.decides, identity=ASIDE),
            *attached.attachments(dossier, zone, identity=ATTACHED),
            *versions.history(dossier.versions, sent.number, zone, link=link, identity=HISTORY),
            *matching.remembered(sent.number, dossier.remembered, identity=REMEMBERED),
            versions.return_form(sent.number, identity=RETURN) if dossier.returns else None,
        ],
        className=f"receipt receipt-{tone} whole",
    )


def _message(dossier: Dossier, zone: Zone) -> Component:
    if dossier.outdated:
        said = _("The data changed since this workbook was checked. Have it checked again, then confirm.")
        return parts.key_message(said, tone="warn")
    said = outcome.said(dossier.sent, zone)
    return parts.key_message(said, tone="warn") if dossier.sent.status == "checked" else html.P(said)


def _not_carried_out(dossier: Dossier) -> list[Component]:
    """A decision that was queued and was no longer possible when its turn came is not lost without a word."""
    if dossier.not_carried_out is None:
        return []
    said = _("The last decision on it was not carried out: %(reason)s", reason=dossier.not_carried_out)
    return [parts.key_message(said, tone="warn")]


def _problems(dossier: Dossier, page: ProblemPage) -> list[Component | None]:
    lists = outcome.problem_pages(dossier.sent, page.number, link=page.link, identity=PROBLEMS)
    heading = [html.H3(_("What is wrong, cell by cell"))] if dossier.sent.errors.entries else []
    return [*heading, problem_grid.in_place_of(lists, dossier.sent, identity=PROBLEM_GRID), *_again(dossier)]


def _again(dossier: Dossier) -> list[Component]:
    """A refused or withdrawn workbook may pass once what it refers to is there."""
    if dossier.sent.status not in {"rejected", "withdrawn"}:
        return []
    form = word.check_again(dossier.sent, look=word.PLAIN)
    if form is None:
        return []
    said = _("Worth it only where other data, such as an earlier month, came in meanwhile.")
    return [form, html.P(said, className="note")]


def _changes(dossier: Dossier, link: Link) -> list[Component]:
    """Against the version before; of a first version there is nothing to compare once it is filed."""
    sent = dossier.sent
    if sent.status not in {"checked", "confirmed", "accepted", "withdrawn"}:
        return []
    heading = html.H3(_("What changes against the version before"))
    if sent.status == "withdrawn":
        heading = html.H3(_("What it would have changed, without the rows that stay the same"))
    shown = changed_rows(dossier.changes, link=link, identity=CHANGES)
    if shown:
        return [heading, *_effects(dossier), *shown]
    if sent.status == "accepted":
        first = sent.version == 1
        said = _("This is the first version.") if first else _("No row differs from the version before.")
        return [html.P(said, className="note")]
    return [heading, html.P(_("It has no rows: with your word zero is declared."), className="note")]


def _effects(dossier: Dossier) -> list[Component]:
    """What a correction does to the unit's own score, before anybody confirms it."""
    sent = dossier.sent
    if sent.kind != SCORED_BY_MONTH or sent.checked_against is None or sent.status == "withdrawn" or dossier.outdated:
        return []
    moved = _("; ").join(
        _("%(month)s %(before)s → %(after)s", month=numbers.period(one.month), before=numbers.points(one.before),
          after=numbers.points(one.after))
        for one in dossier.effects
    )  # fmt: skip
    said = _("The unit's own score: %(moved)s.", moved=moved) if moved else _("The unit's own score stays as it is.")
    return [parts.key_message(said, id=EFFECT)]


def _word(dossier: Dossier) -> Component | None:
    shown = word.buttons(dossier.sent, outdated=dossier.outdated)
    return None if shown is None else html.Div([html.H3(_("Your word")), shown], className="your-word")
