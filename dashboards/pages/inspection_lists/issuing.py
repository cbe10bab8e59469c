"""What becomes of the lists: the office issues them once, draws of them once by a number from outside; the rule by which anybody can draw again."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.pages.inspection_lists import message, rechecks
from dashboards.pages.inspection_lists.query import ListsSeen
from dashboards.results.issued_lists import IssueOfLists
from dashboards.results.lists_of_month import ListsOfMonth
from dashboards.web.drop_form import drop_form
from dashboards.web.list_routes import ISSUE, JUDGE
from dashboards.web.token import token_field_of_a_kept_part
from data.intake.deciding import LONGEST_REASON
from data.intake.draw import CASES, lot
from data.language import gettext as _

LONGEST_NUMBER, LONGEST_FINGERPRINT = 100, 64


def card(seen: ListsSeen, found: ListsOfMonth, *, decides: bool, identity: str) -> Component:
    """Issue, draw and re-checks, as far as they have come."""
    heading = _("Issue, draw and re-checks")
    if found.issue is None:
        return parts.card(heading, *_not_issued(found, decides=decides, identity=identity), id="issue")
    issue = found.issue
    return parts.card(
        heading,
        _facts(issue, found),
        *_draw(issue, decides=decides, identity=identity),
        *rechecks.of_unit(seen, found, issue, decides=decides),
        *rechecks.accuracy(seen, found, issue),
        id="issue",
    )


def _not_issued(found: ListsOfMonth, *, decides: bool, identity: str) -> list[Component]:
    if found.standing == "past":
        return [parts.empty(_("Nothing was issued for this month. What was not issued before is not drawn of and not judged: what followed would be known."))]  # fmt: skip
    if not decides:
        return [parts.empty(_("The office has not issued the lists of this month yet. Once it has, they stay as they are, and a tenth is drawn of them."))]  # fmt: skip
    if not found.lists:
        return [parts.empty(_("There is no list to issue yet."))]
    said = _(
        "Once issued the lists stay as they are: they cannot be changed or taken back, and are issued once a month."
    )
    ahead = (
        _("The month has not begun: what becomes known until then is not in them.") if found.standing == "ahead" else ""
    )
    button = html.Button(
        _("Issue the lists of %(month)s", month=numbers.period(found.month)), type="submit", className="btn btn-primary"
    )
    form = html.Form(
        [
            token_field_of_a_kept_part(),
            dcc.Input(type="hidden", name="month", value=str(found.month)),
            dcc.Input(type="hidden", name="seen", value=found.sha256),
            html.P(parts.sentences(said, ahead)),
            button,
        ],
        method="post", action=ISSUE, id=f"{identity}-form", className="by-hand",
    )  # fmt: skip
    return [form]


def _facts(issue: IssueOfLists, found: ListsOfMonth) -> Component:
    lists, zone = issue.lists, found.zone
    told: list[tuple[str, str | Component]] = [
        (_("Issued on"), numbers.instant(lists.at, zone)),
        (_("Issued by"), message.account(lists.actor)),
        (_("Facts as of"), numbers.spoken_day(found.as_of)),
        (_("Fingerprint (SHA-256)"), html.Span(html.Code(lists.sha256), className="fingerprint")),
    ]
    if issue.draw is not None:
        draw = issue.draw
        told += [
            (_("Number drawn by"), html.Code(draw.number)),
            (_("Where the number is from"), draw.source),
            (_("Drawn on"), numbers.instant(draw.at, zone)),
        ]
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in told], className="facts")


def _draw(issue: IssueOfLists, *, decides: bool, identity: str) -> list[Component]:
    """The form for the number; nothing once something was drawn."""
    if issue.draw is not None:
        return []
    if not decides:
        return [parts.empty(_("Nothing was drawn of these lists yet."))]
    number, source = f"{identity}-number", f"{identity}-source"
    said = _(
        "A tenth of each list and five closed cases of each unit are drawn to be looked at again. Take a number that came into "
        "the world after the issue and that anybody can look up, such as that of a lottery. It is drawn once."
    )
    fields = [
        html.Label(_("Number (digits alone)"), htmlFor=number),
        dcc.Input(type="text", name="number", id=number, maxLength=LONGEST_NUMBER, required=True, inputMode="numeric", autoComplete="off", className="form-control"),
        html.Label(_("Where the number is from"), htmlFor=source),
        dcc.Input(type="text", name="source", id=source, maxLength=LONGEST_REASON, required=True, autoComplete="off", className="form-control"),
    ]  # fmt: skip
    button = html.Button(_("Draw"), type="submit", className="btn btn-primary")
    form = html.Form(
        [token_field_of_a_kept_part(), html.P(said), html.Div(fields, className="draw-fields"), button],
        method="post", action=f"/lists/{issue.lists.entry}/draw", id=f"{identity}-draw", className="by-hand",
    )  # fmt: skip
    return [form]


def rule_card(seen: ListsSeen, found: ListsOfMonth, *, own: bool, identity: str) -> Component:
    """The rule of the draw in plain words, worked out for one line where something was drawn; and the field to have a list judged."""
    rule = html.Ol([html.Li(line) for line in _rule()], className="rule-lines")
    return html.Div(
        [
            parts.card(_("How is drawn, so that anybody can draw again"), rule, *_worked(seen, found), id="rule"),
            parts.card(_("Check a draw, judge a list"), _judging(seen, found, own=own, identity=identity), id="judge", name="by-hand"),
        ],
        className="two-columns",
    )  # fmt: skip


def _rule() -> list[str]:
    return [
        _(
            "Each place of a list is a line “unit,place,credit code”, each case closed in the month before a line “unit,case,number”. "
            "First all lists in the order of the units' codes, then all cases, each line with a line feed, in UTF-8: the SHA-256 of that "
            "is the fingerprint, which is fixed with the issue."
        ),
        _(
            "The number comes into the world after the issue, from outside, and is written down with its source: nobody can choose the lots."
        ),
        _(
            "A line's lot is the SHA-256 of “fingerprint,number,line”, without a line feed. Of each list the tenth with the smallest lots is "
            "drawn (rounded up), of each unit's cases the %(n)s.",
            n=CASES,
        ),
        _("Whoever has fingerprint, number and own list can do it again with any program that computes SHA-256."),
    ]


def _worked(seen: ListsSeen, found: ListsOfMonth) -> list[Component]:
    """One line of the unit that was drawn, as anybody can work it out; nothing before the draw."""
    issue = found.issue
    if issue is None or issue.draw is None:
        return []
    of_list, of_cases = issue.drawn.get(seen.unit.code, ([], []))
    if not (drawn := [*of_list, *of_cases]):
        return []
    text = f"{found.sha256},{issue.draw.number},{drawn[0]}"
    return [
        html.P(html.B(_("Worked out for one line of %(unit)s:", unit=seen.unit.short_name))),
        html.P(html.Code(text), className="fingerprint"),
        html.P(
            [_("its SHA-256: "), html.Code(lot(found.sha256, issue.draw.number, drawn[0]))], className="fingerprint"
        ),
    ]


def _judging(seen: ListsSeen, found: ListsOfMonth, *, own: bool, identity: str) -> Component:
    """To a unit's account, whose list is a part of all, the fingerprint of all is filled in."""
    issue = found.issue
    number = "" if issue is None or issue.draw is None else issue.draw.number
    sha256 = issue.lists.sha256 if issue is not None and own else ""
    fields = [
        dcc.Input(type="hidden", name="month", value=str(seen.month)),
        html.Label(_("Number, to see what it draws (may be left out)"), htmlFor=f"{identity}-by"),
        dcc.Input(type="text", name="number", id=f"{identity}-by", value=number, maxLength=LONGEST_NUMBER, autoComplete="off", className="form-control"),
        html.Label(_("Fingerprint, where the file is only a part of all lists (may be left out)"), htmlFor=f"{identity}-sha"),
        dcc.Input(type="text", name="sha", id=f"{identity}-sha", value=sha256, maxLength=LONGEST_FINGERPRINT, autoComplete="off", className="form-control"),
    ]  # fmt: skip
    note = _(
        ".xlsx with a column of credit codes or names of enterprises, in order: ours or any other plan. Told are the three numbers beside "
        "chance and longest not seen. Only enterprises that were inspected can be judged. Nothing of it is kept."
    )
    title = _("Drop a list for %(month)s here, or choose it", month=numbers.period(seen.month))
    return drop_form(JUDGE, token_field_of_a_kept_part(), title, _("Judge it"), note, *fields, identity=identity, accept=".xlsx")  # fmt: skip
