"""党政领导履职: post by post what the plan's first article asks and what was told of it; names of people to the office alone."""

from __future__ import annotations

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, plan_words, told_source
from dashboards.components.page_list import WORK_PLAN
from dashboards.pages.calendar.query import CalendarQuery
from dashboards.results import leader_duties, plan_names
from dashboards.results.leader_duties import Leader, LeaderDuties, LeaderDuty, Owed
from dashboards.results.reading import Reading
from dashboards.web.calendar_routes import LEADERS
from dashboards.web.token import token_field_of_a_kept_part
from data.language import gettext as _
from data.zone.work_plan import PlanItem

LONGEST_NAME = 60


def card(asked: CalendarQuery, reading: Reading, *, identity: str) -> list[Component]:
    """The posts of the year's plan; nothing for who is not told of them, and without a plan."""
    found, decides = leader_duties.fetch(reading, asked.month.year), reading.scope.decides
    if found is None:
        return []
    heads = [_("Post"), *(_item(one) for one in found.items)]
    top = html.Tr([parts.head(_("Post")), *(html.Th(_to_item(one), scope="col") for one in found.items)])
    rows = [html.Tr(_row(one, heads, found, decides=decides)) for one in found.leaders]
    table = html.Table([html.Thead(top), html.Tbody(rows)], className="data-table leader-duties", id=identity)
    heard = _(", ").join(map(numbers.spoken_day, found.heard_on)) or _("none (days)")
    notes = parts.sentences(
        _("Told by the office in the workbook of key tasks, as of %(day)s.", day=numbers.spoken_day(found.as_of)),
        _("Reports heard, as the calendar has them: %(days)s.", days=heard),
        _("Posts as the plan has them; names of people are seen by the office alone.") if decides else "",
    )
    return [parts.card(_("Duties of the leaders"), html.Div(table, className="table-frame"), html.P(notes, className="note"), id="duties")]  # fmt: skip


def _item(one: PlanItem) -> str:
    return f"{plan_names.item_number(one.number)} {one.title}"


def _to_item(one: PlanItem) -> Component:
    return dcc.Link(_item(one), href=WORK_PLAN.path + address.query(item=one.number) + "#item")


def _row(one: Leader, heads: list[str], found: LeaderDuties, *, decides: bool) -> list[Component]:
    person = [html.Span(one.person, className="leader-name")] if one.person else []
    named = [_naming(one, found.year)] if decides else []
    post = html.Th([html.Div([one.post, " ", *person]), *named], scope="row")
    return [post, *(parts.cell(head, *_stands(duty, found)) for head, duty in zip(heads[1:], one.duties, strict=True))]


def _stands(one: LeaderDuty, found: LeaderDuties) -> list[Component | str]:
    done = _("%(n)s %(measure)s", n=plan_words.amount(one.done), measure=one.item.unit_of_measure)
    told = [] if one.row is None or one.source is None else [told_source.in_list(one.source, one.source.cell("done"))]
    owed = (part for each in one.owed for part in (_owed(each, one.item, found), " "))
    return [html.B(done), " ", *owed, *told]


def _owed(one: Owed, item: PlanItem, found: LeaderDuties) -> Component:
    tone, symbol = ("good", "✓") if one.reached else ("bad", "✗") if one.day < found.as_of else ("calm", "…")
    owed = _("%(n)s %(measure)s", n=plan_words.amount(one.number), measure=item.unit_of_measure)
    said = _("%(n)s by %(day)s", n=owed, day=numbers.day_of_year(one.day))
    return parts.tag(said, tone, symbol=symbol)


def _naming(one: Leader, year: int) -> Component:
    field = dbc.Input(type="text", name="person", value=one.person, maxlength=str(LONGEST_NAME), autocomplete="off")
    form = html.Form(
        [
            token_field_of_a_kept_part(),
            dcc.Input(type="hidden", name="year", value=str(year)),
            dcc.Input(type="hidden", name="post", value=one.post),
            html.Label([html.Span(_("Who holds the post (empty: nobody is named)")), field], className="chooser"),
            html.Button(_("Keep"), type="submit", className="btn btn-sm btn-outline-primary"),
        ],
        method="post", action=LEADERS, className="one-line",
    )  # fmt: skip
    return html.Details([html.Summary(_("Who holds it")), form], className="by-hand")
