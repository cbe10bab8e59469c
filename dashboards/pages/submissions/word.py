"""The sender's word: a checked workbook is filed only when its sender says so. Plain forms, that work without a script."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.pages.submissions.about import whose
from dashboards.pages.submissions.changes import spoken_counts
from dashboards.results.workbooks import Sent
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.zone.zone import Zone

GOOD, PLAIN = "btn btn-primary", "btn btn-outline-primary"


def buttons(sent: Sent, *, outdated: bool = False) -> Component | None:
    """Confirm or withdraw; where the data changed meanwhile, have it checked again first. Nothing for whoever may not."""
    if sent.status != "checked" or not sent.sends:
        return None
    first = check_again(sent) if outdated else _confirm([sent], _("Confirm and file"))
    return html.Div([first, _button(f"/withdraw/{sent.number}", _("Do not file it"), PLAIN)], className="word-buttons")


def check_again(sent: Sent, *, look: str = GOOD) -> Component | None:
    """Have it checked once more, as the data and what was said of its headers stand now."""
    return _button(f"/check-again/{sent.number}", _("Check it again"), look) if sent.again else None


def aside_forms(sent: Sent, *, decides: bool, identity: str) -> Component | None:
    """The office has it tried again, or gives it up with a reason that its sender reads. Nothing for whoever may not."""
    if sent.status != "set_aside" or not decides or not sent.sends:
        return None
    reason = html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=2, className="form-control",
                           id=f"{identity}-reason")  # fmt: skip
    said = _("Why it is given up, and what to do instead (the unit reads this)")
    give_up = html.Form(
        [
            token_field(), html.Label(said, htmlFor=f"{identity}-reason"), reason,
            html.Button(_("Give it up"), type="submit", className="btn btn-danger"),
        ],
        method="post", action=f"/discard/{sent.number}", className="return-form", id=identity,
    )  # fmt: skip
    again = _button(f"/retry/{sent.number}", _("Try it again"), GOOD)
    folded = html.Details([html.Summary(_("Give up this workbook")), give_up])
    return html.Div([html.H3(_("The program failed on it")), again, folded], className="your-word")


def aside_list(aside: Sequence[Sent], zone: Zone, *, link: Callable[[int], str], identity: str) -> list[Component]:
    """To the office: every workbook on which the program failed, each with the way to it."""
    if not aside:
        return []
    said = _(
        "%(n)s workbooks are kept on which the program failed: have each tried again, or give it up.", n=len(aside)
    )
    rows = [
        html.Tr(
            [
                parts.cell(_("Received"), numbers.moment(one.received_at, zone), name="day"),
                parts.cell(_("Workbook"), html.Div([dcc.Link(one.file_name, href=link(one.number), className="file"),
                                                    html.Br(), html.Small(" ".join(whose(one, zone)))])),
                parts.cell(_("Your word"), _button(f"/retry/{one.number}", _("Try it again"), PLAIN), name="acts"),
            ]
        )
        for one in aside
    ]  # fmt: skip
    heads = html.Tr([parts.head(one) for one in (_("Received"), _("Workbook"), _("Your word"))])
    table = html.Table([html.Thead(heads), html.Tbody(rows)], className="data-table waiting", id=identity)
    return [parts.card(_("To be dealt with: the program failed on them"), html.P(said), table, name="waiting-card")]


def waiting_list(
    waiting: Sequence[Sent], changes: Mapping[int, Mapping[str, int]], zone: Zone, *, link: Callable[[int], str]
) -> list[Component]:
    """Every workbook that was checked and waits for this account's word, with one button for all of them."""
    if not waiting:
        return []
    said = _(
        "%(n)s workbooks are checked and not filed yet: confirm them. Within 24 hours each is in time by its upload.",
        n=len(waiting),
    )
    rows = [html.Tr(_row(one, changes.get(one.number, {}), zone, link)) for one in waiting]
    heads = html.Tr([parts.head(one) for one in (_("Workbook"), _("Against the version before"), _("Your word"))])
    table = html.Table([html.Thead(heads), html.Tbody(rows)], className="data-table waiting")
    every = _confirm(waiting, _("Confirm all %(n)s", n=len(waiting))) if len(waiting) > 1 else None
    return [parts.card(_("Checked, waiting for your word"), html.P(said), table, every, name="waiting-card")]


def withdrawn_list(
    found: Sequence[Sent],
    changes: Mapping[int, Mapping[str, int]],
    zone: Zone,
    *,
    link: Callable[[int], str],
    identity: str,
) -> list[Component]:
    """Previews that their senders discarded: a preview is there to find mistakes, and no machine to tune figures with."""
    if not found:
        return []
    said = _("%(n)s workbooks of this period were checked, looked at and not sent.", n=len(found))
    rows = [
        html.Tr([
            parts.cell(_("Workbook"), html.Div([dcc.Link(one.file_name, href=link(one.number), className="file"), html.Br(),
                                                html.Small(" ".join(whose(one, zone)))])),
            parts.cell(_("It would have changed"), spoken_counts(changes.get(one.number, {}))),
            parts.cell(_("Received"), numbers.moment(one.received_at, zone)),
        ])
        for one in found
    ]  # fmt: skip
    heads = html.Tr([parts.head(one) for one in (_("Workbook"), _("It would have changed"), _("Received"))])
    table = html.Table([html.Thead(heads), html.Tbody(rows)], className="data-table waiting", id=identity)
    return [parts.card(_("Checked and not sent"), html.P(said), table, name="waiting-card")]


def _row(sent: Sent, changes: Mapping[str, int], zone: Zone, link: Callable[[int], str]) -> list[Component]:
    name = dcc.Link(sent.file_name, href=link(sent.number), className="file")
    return [
        parts.cell(_("Workbook"), html.Div([name, html.Br(), html.Small(" ".join(whose(sent, zone)))])),
        parts.cell(_("Against the version before"), spoken_counts(changes)),
        parts.cell(_("Your word"), buttons(sent), name="acts"),
    ]


def _confirm(sent: Sequence[Sent], verb: str) -> Component:
    """One button for workbooks, each with the version that it was checked against."""
    fields = [_hidden("workbook", f"{one.number}:{one.checked_against or ''}") for one in sent]
    button = html.Button(verb, type="submit", className=GOOD)
    return html.Form([token_field(), *fields, button], method="post", action="/confirm")


def _button(action: str, verb: str, look: str) -> Component:
    button = html.Button(verb, type="submit", className=look)
    return html.Form([token_field(), button], method="post", action=action)


def _hidden(name: str, value: str) -> Component:
    return dcc.Input(type="hidden", name=name, value=value)
