"""Documents of publications as their pages, to be looked at before they are taken along; and the document number under which one goes out."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, published_words
from dashboards.components.page_list import PUBLICATIONS
from dashboards.meeting import stationery
from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.document_settings import document_number
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.forms import made
from dashboards.meeting.source import Source
from dashboards.meeting.sources import live_source
from dashboards.meeting.stationery import Stationery
from dashboards.results import publication_list, publishing
from dashboards.results.published_copies import copy_for, vetoes
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.notice import answer, render
from dashboards.web.pictures import LookedAt, looked_at
from data.intake import decisions
from data.intake.publications import Publication
from data.language import gettext as _
from data.people.draft_openings import DraftReport, NotNoted, note
from data.zone.periods import parse_period

FORMS = ("docx", "pptx")
"""What is looked at as pages; a PDF has those of its .docx."""


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not done"), way=PUBLICATIONS.path, way_words=PUBLICATIONS.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule("/published/<int:entry>/pages", "published-pages", _decided(pages))
    server.add_url_rule("/draft/<report>/<period>/pages", "draft-pages", _decided(draft_pages))
    server.add_url_rule("/published/<int:entry>/number", "document-number", _decided(number), methods=["POST"])


def link(entry: int, form: str) -> str:
    """The address under which a document is looked at."""
    return f"/published/{entry}/pages" + address.query(form=None if form == FORMS[0] else form)


def draft_link(report: str, period: object, day: str, form: str) -> str:
    """The address under which the office looks at what a document would be if it were published now."""
    return f"/draft/{report}/{period}/pages" + address.query(day=day or None, form=None if form == FORMS[0] else form)


def draft_pages(report: str, period: str) -> AnyResponse:
    """All pages of what is not published yet, marked 草稿; who opens it is written down first, as of every draft."""
    context = current()
    if not context.scope.decides:
        raise NotYours(_("Only the committee's office publishes."))
    form, day = request.args.get("form", FORMS[0]), request.args.get("day", "")
    with context.reading() as reading:
        source = _live(reading, report, period, day)
    if form not in FORMS:
        raise NotThere(_("There is no such publication."))
    try:
        note(context.settings, context.scope, DraftReport(report, period, day), form, context.clock().now())
    except NotNoted:
        return _said(_("Others are writing just now. Try again in a minute."), 503)
    shown = _drafted(source, form)
    title = published_words.title(report, parse_period(period), day)
    return render(
        "drawn_pages.html", title, shown.status, words=_words(shown.more), wide=True, slides=form != FORMS[0],
        said=_("A draft, %(pages)s pages: nothing of it is published. Of a revision the documents say besides which one it is, and why.", pages=shown.total), file="",
        forms=[(one.upper(), draft_link(report, period, day, one), one == form) for one in FORMS],
        pages=shown.pages, more=shown.more, why_not=shown.why_not,
        way=PUBLICATIONS.path + address.query(period=period, publish=period, day=day or None) + "#publish",
    )  # fmt: skip


def _drafted(source: Source, form: str) -> LookedAt:
    try:
        made = bulletin(source) if form == FORMS[0] else deck(source)
    except Unfillable as error:
        return LookedAt(why_not=str(error))
    return looked_at(("draft", made), lambda: (made, f".{form}"))


def _live(reading: Reading, report: str, period: str, day: str) -> Source:
    """What would be published now; NotThere where nothing could be."""
    nothing = NotThere(_("There is no such report to be published: %(value)s", value=f"{report} {period}"[:60]))
    try:
        wanted, asked = parse_period(period), date.fromisoformat(day) if day else None
    except ValueError as error:
        raise nothing from error
    if reading.zone.calendar.first_day(wanted) > reading.today:
        raise NotThere(_("The period has not begun."))
    try:
        of_day = publishing.day_of(reading, wanted, asked) if report == "casualties" else None
        content = publishing.live(reading, report, wanted, of_day)
    except LookupError as error:
        raise nothing from error
    return live_source(reading, content)


def pages(entry: int) -> AnyResponse:
    """All pages of one form of a publication."""
    form = request.args.get("form", FORMS[0])
    found, copy, on = _asked(entry, form)
    shown = _looked_at(copy, on, form)
    period = parse_period(found.period)
    return render(
        "drawn_pages.html", published_words.title(found.report, period, found.day), shown.status, words=_words(shown.more), wide=True,
        said=_("Revision no. %(n)s, %(pages)s pages, as LibreOffice draws them with the typefaces of this server.", n=found.revision, pages=shown.total),
        forms=[(one.upper(), link(entry, one), one == form) for one in FORMS], file=f"/published/{entry}.{form}",
        pages=shown.pages, more=shown.more, why_not=shown.why_not,
        way=PUBLICATIONS.path + address.query(period=found.period, entry=entry) + "#one",
    )  # fmt: skip


def _words(more: int) -> dict[str, str]:
    return {
        "page": _("page %(n)s", n="%(n)s"), "more": _("%(n)s more pages follow.", n=more), "take": _("Take it along"),
        "back": PUBLICATIONS.title,
    }  # fmt: skip


def _asked(entry: int, form: str) -> tuple[Publication, Publication, Stationery]:
    """A publication, the copy of it that the account may take along, and what it is written on; NotThere."""
    with current().reading() as reading:
        found = publication_list.one(reading, entry)
        if found is None or form not in FORMS:
            raise NotThere(_("There is no such publication."))
        return found, copy_for(found, reading.scope), stationery.of_issue(reading, found)


def _looked_at(copy: Publication, on: Stationery, form: str) -> LookedAt:
    told = frozenset(vetoes(copy).items())
    key: Hashable = (copy.sha256, form, on.number, told)
    return looked_at(key, lambda: (made(form, copy, on), f".{form}"))


def number(entry: int) -> AnyResponse:
    """The office types the number under which a bulletin goes out; empty: it has none."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office numbers its documents."))
    typed = document_number(request.form.get("number", ""))
    with current().reading() as reading:
        found = publication_list.one(reading, entry)
    if found is None:
        raise NotThere(_("There is no such publication."))
    taken = decisions.number_document(desk(), entry, typed)
    if taken.queued:
        return waits(PUBLICATIONS.path, PUBLICATIONS.title)
    return redirect(PUBLICATIONS.path + address.query(period=found.period, entry=entry) + "#one", 303)
