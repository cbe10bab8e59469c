"""What surrounds every page: top bar, navigation, light and dark, the day as the clock has it; and Bootstrap's files."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import dash
from dash import Dash, dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, abort, send_from_directory

from dashboards.components import address, parts, theme, words
from dashboards.components.numbers import spoken_day
from dashboards.components.page_list import LINES, PAGES
from dashboards.web import addresses, document, plotly_js, reader_language
from dashboards.web.context import current
from dashboards.web.notice import product_name, zone_or_none
from dashboards.web.sent import as_sent, sending
from dashboards.web.token import token_field
from data.language import gettext as _
from data.people.accounts import Account
from data.zone.clock import Clock
from data.zone.zone import Zone

FIRST_SCRIPT = "first.js"
"""Runs before anything is drawn or asked: a dark page never flashes white, and what is asked is asked in the page's language."""
OF_A_PLAIN_FORM = "filled_in.js"
"""Of the form over a scheme, a page without Dash."""
NOT_AT_THE_END = f"{FIRST_SCRIPT}|{document.AHEAD}|{OF_A_PLAIN_FORM}"
HOME = PAGES[0].path

INDEX = f"""<!DOCTYPE html>
<html lang="LANGUAGE" data-bs-theme="light">
<head>
{{%metas%}}
<title>TITLE</title>
<script src="{addresses.asset(FIRST_SCRIPT)}"></script>
{{%config%}}
<link rel="icon" type="image/svg+xml" href="{addresses.asset("favicon.svg")}">
{{%css%}}
</head>
<body>
OLD_BROWSERS
{{%app_entry%}}
<div>
{{%scripts%}}
{{%renderer%}}
</div>
</body>
</html>"""
"""Marks in capitals are filled in for each reader."""


class Board(Dash):
    """Dash, whose document is in the language of whoever asks, and loads what pages need and nothing else."""

    build: plotly_js.Built | None = None
    """Our own plotly.js, where there is one."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for page in dash.page_registry.values():
            page["layout"] = sending(page["layout"])

    def get_layout(self) -> Any:
        """The frame of all pages, as it is sent."""
        return as_sent(super().get_layout())

    def interpolate_index(self, **made: str) -> str:  # type: ignore[override]  # Dash gives its parts by name
        """The document; ``made`` are the parts that Dash makes of it."""
        lean = document.lean(made, self.callback_map, self.build)
        return reader_language.spoken(str(super().interpolate_index(**lean)), current().settings)  # type: ignore[no-untyped-call]


def layout() -> Component:
    """The frame of all pages. Dash asks for it once before anybody can be signed in: then it is a frame for nobody."""
    zone, account = zone_or_none(), current().signed_in
    bar = [
        _brand(zone),
        _today(zone),
        _printed(),
        _signed_in(zone, account),
        _language_switch(),
        _theme_switch(),
        _navigation(account),
    ]
    return html.Div(
        [
            html.A(_("Skip to the content"), href="#content", className="skip-link"),
            html.Header(bar, className="top-bar"),
            _unanswered(),
            html.Main(dash.page_container, id="content", tabIndex="-1"),
            html.Footer(_("Figures by the method on file; every figure leads to the cell that was filled in."),
                        className="page-foot"),
        ],
        id="shell",
    )  # fmt: skip


def _unanswered() -> Component:
    """What is said where the server did not answer, or refused to (``39_unanswered.js``): what stands there is not what was asked."""
    said = {
        "away": _("The server did not answer: what stands here is what was shown before."),
        "refused": _("The server refused what was asked: what stands here is what was shown before."),
    }
    words = [html.Span(sentence, className=why, hidden=True) for why, sentence in said.items()]
    again = html.Button(_("Load the page again"), type="button", className="btn btn-sm btn-secondary")
    return html.P([*words, " ", again], id="shell-unanswered", hidden=True, role="alert")


def _brand(zone: Zone | None) -> Component:
    mark = html.Span(_("safe"), className="brand-mark", **parts.attributes(aria_hidden="true"))
    return dcc.Link([mark, html.Span(product_name(zone))], href=HOME, className="brand", id="shell-brand")


def _navigation(account: Account | None) -> Component:
    """The pages that the account may open, line by line."""
    lines = [[] if account is None else [page for page in line if account.role in page.roles] for line in LINES]
    links = [
        html.Div(
            [dcc.Link(page.title, href=page.path, className="nav-item-link") for page in line], className="nav-line"
        )
        for line in lines
        if line
    ]
    keeps = json.dumps({page.path: page.keeps for line in lines for page in line})
    told = parts.attributes(aria_label=_("Pages"), data_keeps=keeps, data_scrolls="")
    return html.Nav(links, id="shell-navigation", className="main-nav", **told)


def _today(zone: Zone | None) -> Component:
    if zone is None:
        return html.Span(id="shell-today")
    fixed = current().settings.today
    words = [html.Span(spoken_day(Clock(zone.calendar, fixed).today()))]
    if fixed is not None:
        why = _("The day is fixed by SUPERVISION_TODAY: a demonstration, not the real date.")
        words.append(html.Span(_("fixed date"), className="sample-mark on-bar", title=why))
    return html.Span(words, id="shell-today", className="today")


def _signed_in(zone: Zone | None, account: Account | None) -> Component | None:
    if account is None:
        return None
    unit = zone.unit_by_code.get(account.unit or "") if zone is not None else None
    role = words.role(account.role) if unit is None else unit.short_name
    who = _("%(name)s (%(role)s)", name=account.display_name, role=role)
    button = html.Button(_("Sign out"), type="submit", className="sign-out")
    leave = html.Form([token_field(), button], method="post", action="/signout")
    return html.Div(
        [
            html.Span(who, className="who", title=account.name),
            *([html.A(_("Change password"), href="/password")] if account.has_password else []),
            leave,
        ],
        id="shell-signed-in",
        className="signed-in",
    )


def _printed() -> Component:
    """Whose a sheet of paper is and when it was printed; assets/39_print.js fills it in."""
    return html.Span(className="printed-source", **parts.attributes(data_source=_("Source: {who}; printed on {day}")))


def _language_switch() -> Component:
    """A link to the same page in the other language, which a script makes of the address that then is shown."""
    other = reader_language.other()
    words = parts.attributes(data_switch_language=other, lang=other)
    return html.A(reader_language.NAMES[other], href=address.query(**{reader_language.PARAMETER: other}),
                  id="shell-language", className="language-switch", title=_("Show this in Chinese or English"), **words)  # fmt: skip


def _theme_switch() -> Component:
    words = parts.attributes(data_switch_theme="", data_dark=_("Dark"), data_light=_("Light"))
    return html.Button(_("Dark"), id="shell-theme", className="theme-switch", title=_("Light or dark page"), **words)


def serve_files(server: Flask) -> None:
    """Bootstrap's style sheet from its installed package, and the charts' look for when the reader switches it."""

    @server.get("/bootstrap/<path:name>")
    def bootstrap(name: str) -> Response:
        return send_from_directory(_bootstrap_folder(), name)

    @server.get("/chart-template/<name>.json")
    def chart_template(name: str) -> Response:
        if name not in {*theme.THEMES, theme.PAPER}:
            abort(404)
        return Response(theme.template_json(name), mimetype="application/json")


def _bootstrap_folder() -> Path:
    package = importlib.util.find_spec("flask_bootstrap")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("bootstrap-flask")
    return Path(package.origin).parent / "static" / "bootstrap5" / "css"
