"""What surrounds every page: top bar, navigation, light and dark, the day as the clock has it; and Bootstrap's files."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import dash
from dash import dcc, html
from dash.development.base_component import Component
from flask import Flask, Response, abort, send_from_directory

from dashboards import theme
from dashboards.components import parts
from dashboards.components.numbers import spoken_day
from dashboards.context import current
from data.language import gettext as _
from data.store import StoreError
from data.zone import NotInitialised, Zone

BOOTSTRAP = "/bootstrap/bootstrap.min.css"
FIRST_SCRIPT = "first.js"
"""Runs before anything is drawn, so that a dark page never flashes white; all other scripts come at the end."""
HOME = "/overview"

_INDEX = f"""<!DOCTYPE html>
<html lang="LANGUAGE" data-bs-theme="light">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<script src="/assets/{FIRST_SCRIPT}"></script>
{{%favicon%}}
{{%css%}}
</head>
<body>
{{%app_entry%}}
<footer>
{{%config%}}
{{%scripts%}}
{{%renderer%}}
</footer>
</body>
</html>"""


def index(language: str) -> str:
    """The HTML document around the application, in the language that it speaks."""
    return _INDEX.replace("LANGUAGE", language.replace("_", "-"))


def layout() -> Component:
    """The frame of all pages; works without a database, for the page inside then says what to do."""
    try:
        zone: Zone | None = current().zone()
    except (NotInitialised, StoreError):
        zone = None
    return html.Div(
        [
            html.A(_("Skip to the content"), href="#content", className="skip-link"),
            html.Header([_brand(zone), _navigation(), _today(zone), _theme_switch()], className="top-bar"),
            html.Main(dash.page_container, id="content", tabIndex="-1"),
            html.Footer(_("Figures by the method on file; every figure leads to the cell that was filled in."),
                        className="page-foot"),
        ],
        id="shell",
    )  # fmt: skip


def product_name(zone: Zone | None) -> str:
    """The product's name, with the zone's where it is known."""
    return _("%(zone)s work-safety supervision board", zone=zone.name if zone else "").strip()


def _brand(zone: Zone | None) -> Component:
    mark = html.Span(_("safe"), className="brand-mark", **parts.attributes(aria_hidden="true"))
    return dcc.Link([mark, html.Span(product_name(zone))], href=HOME, className="brand", id="shell-brand")


def _navigation() -> Component:
    pages = [page for page in dash.page_registry.values() if page["order"] is not None]
    links = [dcc.Link(page["title"](), href=page["path"], className="nav-item-link") for page in pages]
    return html.Nav(links, id="shell-navigation", className="main-nav", **parts.attributes(aria_label=_("Pages")))


def _today(zone: Zone | None) -> Component:
    if zone is None:
        return html.Span(id="shell-today")
    words = [html.Span(spoken_day(current().clock(zone).today()))]
    if current().settings.today is not None:
        why = _("The day is fixed by SUPERVISION_TODAY: a demonstration, not the real date.")
        words.append(html.Span(_("fixed date"), className="sample-mark on-bar", title=why))
    return html.Span(words, id="shell-today", className="today")


def _theme_switch() -> Component:
    words = parts.attributes(data_switch_theme="", data_dark=_("Dark"), data_light=_("Light"))
    return html.Button(_("Dark"), id="shell-theme", className="theme-switch", title=_("Light or dark page"), **words)


def serve_files(server: Flask) -> None:
    """Bootstrap's style sheet from its installed package, and the charts' look for when the reader switches it."""

    @server.get("/bootstrap/<path:name>")
    def bootstrap(name: str) -> Response:
        return send_from_directory(_bootstrap_folder(), name, max_age=86400)

    @server.get("/chart-template/<name>.json")
    def chart_template(name: str) -> Response:
        if name not in theme.THEMES:
            abort(404)
        return Response(theme.template_json(name), mimetype="application/json")


def _bootstrap_folder() -> Path:
    package = importlib.util.find_spec("flask_bootstrap")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("bootstrap-flask")
    return Path(package.origin).parent / "static" / "bootstrap5" / "css"
