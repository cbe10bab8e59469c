"""All versions of a scheme: from when to when, who decided, why, and what each has otherwise than the one before."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, scheme_words
from dashboards.pages.schemes.values import summary
from dashboards.results.schemes import Version, Versions
from dashboards.web.token import token_field
from data.intake.deciding import LONGEST_REASON
from data.intake.scheme_decisions import SchemeDecision
from data.language import gettext as _
from data.zone.zone import Zone


def version_table(found: Versions, zone: Zone, *, identity: str) -> Component:
    """One row a version, the latest first; those withdrawn behind them."""
    heads = [_("Version"), _("Holds"), _("Decided"), _("Why"), _("Otherwise than before"), _("Text")]
    rows = [html.Tr(_row(one, zone, heads)) for one in reversed(found.versions)]
    rows += [html.Tr(_withdrawn(one, zone, heads)) for one in found.withdrawn]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table scheme-versions", id=identity)


def _row(one: Version, zone: Zone, heads: list[str]) -> list[Component]:
    scheme = one.scheme
    now = [" ", parts.tag(_("in force"), "good", symbol="✓")] if one.holds else []
    first = not one.changes and one.decided is None
    changes = html.Span(_("first version")) if first else summary(_("%(n)s values", n=len(one.changes)), one.changes)
    return [
        parts.cell(heads[0], html.B(scheme.title), html.Br(), _("version %(version)s", version=scheme.version), *now),
        parts.cell(heads[1], scheme_words.span(one)),
        parts.cell(heads[2], _decided(one.decided, zone)),
        parts.cell(
            heads[3], _why(one.decided), *([_withdrawal(scheme.name, scheme.version)] if one.withdrawable else [])
        ),
        parts.cell(heads[4], changes),
        parts.cell(heads[5], *_text(scheme.name, scheme.version, scheme.sha256)),
    ]


def _text(name: str, version: str, sha256: str) -> list[Component]:
    return [
        html.A(_("YAML"), href=f"/schemes/text/{name}/{version}", download=""),
        html.Br(),
        html.Span(sha256[:8], className="hash", title=f"SHA-256: {sha256}"),
    ]


def _decided(one: SchemeDecision | None, zone: Zone) -> str:
    if one is None:
        return _("with the program, or by a file on the server")
    moment = numbers.instant(one.at, zone)
    return _("%(actor)s, %(moment)s", actor=one.actor, moment=moment) if one.actor else moment


def _why(one: SchemeDecision | None) -> str:
    return numbers.NONE if one is None or not one.reason else one.reason


def _withdrawn(one: SchemeDecision, zone: Zone, heads: list[str]) -> list[Component]:
    scheme = one.scheme
    return [
        parts.cell(heads[0], html.B(scheme.title), html.Br(), _("version %(version)s", version=scheme.version), " ",
                   parts.tag(_("withdrawn"), symbol="✗")),
        parts.cell(heads[1], _("never")),
        parts.cell(heads[2], _decided(one, zone)),
        parts.cell(heads[3], _why(one)),
        parts.cell(heads[4], numbers.NONE),
        parts.cell(heads[5], *_text(scheme.name, scheme.version, scheme.sha256)),
    ]  # fmt: skip


def _withdrawal(name: str, version: str) -> Component:
    """Folded, so that nothing happens by a slip."""
    identity = "schemes-withdraw-" + version.replace(".", "-")
    fields = [
        token_field(),
        dcc.Input(type="hidden", name="scheme", value=name),
        dcc.Input(type="hidden", name="version", value=version),
        html.Label(_("Why it is withdrawn (stays on record)"), htmlFor=identity),
        html.Textarea(id=identity, name="reason", maxLength=LONGEST_REASON, required="required", rows=2, className="form-control"),
        html.Button(_("Withdraw this version"), type="submit", className="btn btn-sm btn-outline-primary"),
    ]  # fmt: skip
    form = html.Form(fields, method="post", action="/schemes/withdraw")
    return html.Details([html.Summary(_("Withdraw …")), form])
