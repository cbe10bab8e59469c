"""The ranking's own account (对账单): what stands behind it, to the last row, and the way to each workbook and its rows.

Every number leads on: the whole to its parts, a part to the workbooks of its period, a workbook to its rows and cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, words
from dashboards.components.frozen_words import unit_name
from dashboards.components.page_list import SUBMISSIONS
from dashboards.components.published import workbook_link
from dashboards.results.report_account import AccountedWorkbook, AccountPart, ReportAccount
from data.intake.accounted import equation
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone


def card(account: ReportAccount, zone: Zone, *, identity: str) -> Component:
    """The sums by kind and period, and the report's own workbooks one by one."""
    whole, by_part = account.whole, f"{identity}-parts"
    said = _("%(n)s workbooks stand behind it; difference: %(difference)s", n=numbers.count(whole.workbooks),
             difference=numbers.count(whole.difference))  # fmt: skip
    sums = [equation(whole.rows), equation(whole.cells, cells=True)]
    return parts.card(
        _("Account of the ranking"),
        html.P([html.Strong(_to(by_part, _("%(said)s.", said=said))), *(html.Div(_to(by_part, one)) for one in sums if one)],
               className="equation"),
        html.Details([html.Summary(_("By kind and period")), _parts(account)], id=by_part),
        *_one_by_one(account, zone),
        name="report-account",
        id=identity,
    )  # fmt: skip


def _to(part: str, said: str) -> Component:
    return html.A(said, href=f"#{part}")


def _parts(account: ReportAccount) -> Component:
    rows = [_part(one) for one in reversed(account.parts)]
    return html.Div(_table(_("Workbooks of"), rows), className="table-frame")


def _part(one: AccountPart) -> Component:
    period = parse_period(one.period)
    named = f"{words.kind(one.kind)} {numbers.period(period)}"
    there = SUBMISSIONS.path + address.query(period=period)
    return html.Tr(
        [
            parts.cell(_("Workbooks of"), dcc.Link(named, href=there)),
            parts.cell(_("Workbooks"), dcc.Link(numbers.count(one.workbooks), href=there), name="num"),
            parts.cell(_("Rows"), dcc.Link(equation(one.rows) or numbers.NONE, href=there)),
            parts.cell(_("Difference of the account"), dcc.Link(numbers.count(one.difference), href=there), name="num"),
        ]
    )


def _one_by_one(account: ReportAccount, zone: Zone) -> list[Component]:
    """Each workbook of the report's own period; its page names every row that was left out, and why."""
    made = [
        html.Details(
            [html.Summary(_("%(kind)s, workbook by workbook", kind=words.kind(kind))), _workbooks(list(of), zone)]
        )
        for kind, of in groupby(account.workbooks, key=lambda one: one.kind)
    ]
    return [*made, html.P(_("Each number leads to its workbook, where every row left out stands with its reason and cell."),
                          className="note")] if made else []  # fmt: skip


def _workbooks(shown: list[AccountedWorkbook], zone: Zone) -> Component:
    rows = [
        html.Tr(
            [
                parts.cell(_("Workbooks of"), unit_name(one.unit, zone)),
                parts.cell(_("Workbooks"), workbook_link(one.workbook.number, one.period), name="num"),
                parts.cell(
                    _("Rows"), workbook_link(one.workbook.number, one.period, equation(one.rows) or numbers.NONE)
                ),
                parts.cell(
                    _("Difference of the account"),
                    workbook_link(one.workbook.number, one.period, numbers.count(_open(one))),
                    name="num",
                ),
            ]
        )
        for one in shown
    ]
    return html.Div(_table(_("Workbooks of"), rows), className="table-frame")


def _open(one: AccountedWorkbook) -> int:
    return 2 * one.rows.get("seen", 0) - sum(one.rows.values())


def _table(first: str, rows: Sequence[Component]) -> Component:
    heads = [parts.head(first), parts.head(_("Workbooks"), name="num"), parts.head(_("Rows")),
             parts.head(_("Difference of the account"), name="num")]  # fmt: skip
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table")
