"""Short answers outside the application's pages: why something was not done, as a page for people, as JSON for scripts."""

from __future__ import annotations

from flask import Response, jsonify, render_template, request

from dashboards.components import theme
from dashboards.web import addresses, old_browsers, reader_language
from dashboards.web.context import current
from data.language import gettext as _
from data.language import tag
from data.store import StoreError
from data.zone.zone import NotInitialised, Zone

FOR_SCRIPTS = ("/_dash-", "/_reload-hash", "/upload", "/attach/", "/may-send")


def zone_or_none() -> Zone | None:
    """The zone; None while the database cannot be used."""
    try:
        return current().zone()
    except (NotInitialised, StoreError):
        return None


def product_name(zone: Zone | None) -> str:
    """The product's name, with the zone's where it is known."""
    return _("%(zone)s work-safety supervision board", zone=zone.name if zone else "").strip()


def asked_by_script() -> bool:
    """Whether the answer goes to a script and not before a person's eyes."""
    return request.path.startswith(FOR_SCRIPTS)


def render(template: str, heading: str, status: int = 200, **parts: object) -> Response:
    """A page from a template, in the reader's language and theme; it works without a script."""
    frame = {
        "heading": heading,
        "lang": tag(),
        "say_language": reader_language.to_be_said(current().settings),
        "other_language": reader_language.other(),
        "other_words": reader_language.NAMES[reader_language.other()],
        "switch_words": _("Show this in Chinese or English"),
        "switched": reader_language.switched(),
        "old_browsers": old_browsers.note(),
        "theme": theme.known(request.cookies.get(theme.COOKIE)),
        "product": product_name(zone_or_none()),
        "mark": _("safe"),
        "bootstrap": addresses.BOOTSTRAP,
        "asset": addresses.asset,
    }
    return Response(render_template(template, **frame, **parts), status, mimetype="text/html")


def page(heading: str, sentence: str, status: int, *, way: str = "/", way_words: str = "") -> Response:
    """One sentence as a page, with a way on."""
    words = way_words or _("To the first page")
    return render("notice.html", heading, status, sentence=sentence, way=way, way_words=words)


def answer(sentence: str, status: int, *, heading: str = "", way: str = "/", way_words: str = "") -> Response:
    """One sentence, as whoever asked can take it."""
    if asked_by_script():
        response = jsonify(error=sentence)
        response.status_code = status
        return response
    return page(heading or _("This was not done"), sentence, status, way=way, way_words=way_words)


def refusal(sentence: str) -> Response:
    """403 with a sentence that says why."""
    return answer(sentence, 403, heading=_("Not allowed"))
