"""What was drawn of a unit's list, what the re-check of each line found, and how accurate each unit's lines were."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.pages.inspection_lists import message
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.issued_lists import Accuracy, IssueOfLists
from dashboards.results.lists_of_month import ListsOfMonth
from dashboards.web.token import token_field_of_a_kept_part
from data.intake.deciding import LONGEST_REASON
from data.intake.draw import DrawnLine, taken_apart
from data.intake.issued_lists import Recheck
from data.language import gettext as _
from data.zone.zone import Unit


def of_unit(seen: ListsSeen, found: ListsOfMonth, issue: IssueOfLists, *, decides: bool) -> list[Component]:
    """The unit's lines that were drawn, each with its outcome, and to the office the form; nothing before the draw."""
    if issue.draw is None:
        return []
    of_list, of_cases = issue.drawn.get(seen.unit.code, ([], []))
    heading = html.H3(_("%(unit)s: drawn to be looked at again", unit=seen.unit.short_name))
    if not (of_list or of_cases):
        return [heading, parts.empty(_("The unit had neither a list nor closed cases: nothing was drawn of it."))]
    heads = (_("Drawn"), _("Enterprise or case"), _("Outcome of the re-check"))
    rows = [
        html.Tr(
            [
                parts.cell(heads[0], _what(told := taken_apart(line)), name="place"),
                parts.cell(heads[1], *_named(told, seen), name="enterprise"),
                parts.cell(heads[2], *_outcome(line, at, found, issue, decides=decides), name="outcome"),
            ]
        )
        for at, line in enumerate((*of_list, *of_cases))
    ]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    identity = "inspection-lists-drawn"
    return [heading, html.Div(html.Table(table, className="data-table small-table drawn-list", id=identity), className="table-frame")]  # fmt: skip


def _what(line: DrawnLine) -> str:
    return _("closed case") if line.place is None else _("no. %(n)s of the list", n=line.place)


def _named(line: DrawnLine, seen: ListsSeen) -> list[Component]:
    if line.place is None:
        return [html.B(line.named)]
    name = next((one.name for one in seen.own_list if one.credit_code == line.named), "")
    return [html.B(name), html.Small(line.named)]


def _outcome(line: str, at: int, found: ListsOfMonth, issue: IssueOfLists, *, decides: bool) -> list[Component | str]:
    told = issue.rechecks.get(line)
    shown: list[Component | str] = (
        [parts.tag(_("not re-checked yet"), symbol="…")] if told is None else _told(told, found)
    )
    if not decides:
        return shown
    form = _form(line, at, issue)
    return [
        *shown,
        form if told is None else html.Details([html.Summary(_("Put it right")), form], className="by-hand"),
    ]


def _told(one: Recheck, found: ListsOfMonth) -> list[Component | str]:
    pill = (
        parts.tag(_("as told"), "good", symbol="✓") if one.accurate else parts.tag(_("not as told"), "warn", symbol="✗")
    )
    when = _("%(who)s, %(day)s", who=message.account(one.actor), day=numbers.moment(one.at, found.zone))
    return [pill, " ", html.Small(when), *([html.P(one.note, className="recheck-note")] if one.note else [])]


def _form(line: str, at: int, issue: IssueOfLists) -> Component:
    field = f"recheck-note-{at}"
    return html.Form(
        [
            token_field_of_a_kept_part(),
            dcc.Input(type="hidden", name="line", value=line),
            html.Label(_("Note (needed where it was not as told)"), htmlFor=field),
            dcc.Input(type="text", name="note", id=field, maxLength=LONGEST_REASON, autoComplete="off", className="form-control"),
            html.Span(
                [
                    html.Button(_("As told"), type="submit", name="accurate", value="yes", className="btn btn-sm btn-outline-primary"),
                    html.Button(_("Not as told"), type="submit", name="accurate", value="no", className="btn btn-sm btn-outline-primary"),
                ],
                className="recheck-ways",
            ),
        ],
        method="post", action=f"/lists/{issue.lists.entry}/recheck", className="recheck-form by-hand",
    )  # fmt: skip


def accuracy(seen: ListsSeen, found: ListsOfMonth, issue: IssueOfLists) -> list[Component]:
    """How many of each unit's drawn lines were looked at again, and how many as told; nothing before the draw."""
    units = [unit for unit in found.zone.units if any(issue.drawn.get(unit.code, ()))]
    if not units:
        return []
    top = html.Tr([parts.head(head, name=_align(at)) for at, head in enumerate(_heads())])
    rows = [_accuracy_of(unit, seen, issue) for unit in units]
    table = html.Table(
        [html.Thead(top), html.Tbody(rows)], className="data-table small-table", id="inspection-lists-accuracy"
    )
    note = _(
        "Accuracy is the share of lines looked at again that were as told, with its interval by Wilson (95%). It is shown and not scored."
    )
    return [html.H3(_("Accuracy by unit")), html.Div(table, className="table-frame"), html.P(note, className="note")]


def _heads() -> tuple[str, ...]:
    return _("Unit"), _("Drawn"), _("Looked at again"), _("As told"), _("Accuracy")


def _align(column: int) -> str:
    return "num" if column else ""


def _accuracy_of(unit: Unit, seen: ListsSeen, issue: IssueOfLists) -> Component:
    """A unit's row; its name leads to its lines."""
    chosen, drawn = unit.code == seen.unit.code, sum(map(len, issue.drawn[unit.code]))
    name = unit.short_name if chosen else dcc.Link(unit.short_name, href=seen.link(unit=unit.code) + "#issue")
    told = (name, numbers.count(drawn), *_counted(issue.accuracy.get(unit.code)))
    cells = [
        parts.cell(head, value, name=_align(at)) for at, (head, value) in enumerate(zip(_heads(), told, strict=True))
    ]
    return html.Tr(cells, className="chosen" if chosen else None)


def _counted(one: Accuracy | None) -> Sequence[str]:
    if one is None:
        return ("0", numbers.NONE, _("nothing looked at again yet"))
    low, high = one.interval
    rate = _("%(rate)s (%(low)s–%(high)s)", rate=numbers.chance(one.accurate / one.checked), low=numbers.chance(low), high=numbers.chance(high))  # fmt: skip
    return numbers.count(one.checked), numbers.count(one.accurate), rate
