"""In which language a request is answered: what its address says, else the page that asks, else what the browser remembers.

Where none of them says anything the installation's language is spoken. An address that says one (``?lang=en``) is
remembered from then on: so the switch in the top bar is a link, and whoever is sent an address reads what its sender read.
What a browser would like by its own settings is not asked: they are English on many a computer of a Chinese office.
"""

from __future__ import annotations

from flask import Flask, Response, request
from markupsafe import escape
from werkzeug.exceptions import HTTPException

from dashboards.components import address
from dashboards.web import old_browsers
from data.language import WORDS, language, speak, tag
from data.language import gettext as _
from data.settings import Settings

PARAMETER = "lang"
COOKIE = "lang"
HEADER = "X-Language"
"""What the scripts of a page send: a page that stands open is answered in its own language, whatever another one chose."""
NAMES = {"zh": "中文", "en": "EN"}
"""Each language as those call it who read it."""
_A_YEAR = 365 * 24 * 3600
_FORMS_WITH_A_PAGE = frozenset({"/signin", "/password"})
"""Addresses whose forms are answered with a page that can be asked for as well."""


def attach(server: Flask, settings: Settings, *, secure: bool) -> None:
    """Speak the language of each request before anything answers it, and let the browser remember what an address said."""

    @server.before_request
    def speak_it() -> None:
        speak(WORDS.get(_asked() or "", settings.language))

    @server.after_request
    def remember(response: Response) -> Response:
        """With pages and with the ways to them: a file that a browser may keep brings no cookie."""
        said = _known(request.args.get(PARAMETER))
        if said is not None and (response.mimetype == "text/html" or response.location is not None):
            response.set_cookie(COOKIE, said, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax", path="/")
        return response


def _asked() -> str | None:
    said = request.args.get(PARAMETER), request.headers.get(HEADER), request.cookies.get(COOKIE)
    return next((one for one in map(_known, said) if one is not None), None)


def _known(said: str | None) -> str | None:
    return said if said in WORDS else None


def other() -> str:
    """The language that the switch leads to, as addresses call it."""
    return next(word for word, meant in WORDS.items() if meant != language())


def to_be_said(settings: Settings) -> str | None:
    """What addresses say of the language in use; None where it is the one that is spoken anyway."""
    return None if language() == settings.language else next(word for word, one in WORDS.items() if one == language())


def spoken(document: str, settings: Settings) -> str:
    """The document around the application, with its marks filled in: its language, its title, what it says until it has begun."""
    said = to_be_said(settings)
    marks = {
        'lang="LANGUAGE"': f'lang="{tag()}"' + (f' data-say-language="{said}"' if said else ""),
        "TITLE": escape(_("Work-safety supervision board")),
        "OLD_BROWSERS": old_browsers.note(),
        "Loading...": escape(_("Loading …")),
    }
    for mark, words in marks.items():
        document = document.replace(mark, words, 1)
    return document


def switched() -> str | None:
    """The present address in the other language; None where it cannot be asked for again: what a form was answered with."""
    if request.method in {"GET", "HEAD"}:
        return request.path + address.changed(request.query_string.decode("ascii", "ignore"), **{PARAMETER: other()})
    if request.path not in _FORMS_WITH_A_PAGE:
        return None
    try:
        leads_to = request.form.get("next")
    except HTTPException:  # what was sent is no form, or more than one may be: that is what the page says
        return None
    return request.path + address.query(**{"next": leads_to, PARAMETER: other()})
