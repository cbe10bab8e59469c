"""The office's own wordings, masters and head over HTTP: edited, looked at as pages, adopted. Plain forms that work without a script."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, numbers
from dashboards.components.page_list import PUBLICATIONS
from dashboards.meeting import specimen, stationery
from dashboards.meeting.document_settings import (
    LONGEST_ADDRESS,
    LONGEST_HEAD,
    DocumentSettings,
    settings_kept,
    settings_typed,
)
from dashboards.meeting.filled_paper import template_of
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.forms import MEDIA
from dashboards.meeting.specimen import Specimen
from dashboards.meeting.unit_fields import NoGround
from dashboards.meeting.wording import shipped_text
from dashboards.results.names import document as called
from dashboards.results.reading import Reading
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.file_names import handed_out
from dashboards.web.intake_routes import safe_name, size_of
from dashboards.web.notice import answer, render
from dashboards.web.pictures import LookedAt, looked_at
from dashboards.web.reason import in_one_line
from data.intake import decisions
from data.intake import stationery as kept
from data.intake.deciding import Taken
from data.intake.stationery import (
    DECKS,
    DOCUMENTS,
    LARGEST_FILE,
    MASTER,
    PAPERS,
    SETTINGS,
    SHIPPED,
    Content,
    DocumentDraft,
)
from data.language import gettext as _
from data.zone.zone import Zone

SHOWN_VERSIONS = 20


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not done"), way=PUBLICATIONS.path, way_words=PUBLICATIONS.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule("/documents/<name>", "document", _decided(document))
    server.add_url_rule("/documents/<name>", "document-draft", _decided(keep), methods=["POST"])
    server.add_url_rule("/documents/<name>/file", "document-file", _decided(keep_file), methods=["POST"])
    server.add_url_rule("/documents/<name>/adopt", "document-adopt", _decided(adopt), methods=["POST"])
    server.add_url_rule("/documents/<name>/template.docx", "document-template", _decided(template))
    server.add_url_rule("/documents/draft/<int:number>", "document-drafted", _decided(drafted))
    server.add_url_rule("/documents/draft/<int:number>/held", "document-held", _decided(held))


def way_to(name: str) -> str:
    """The address of a document's page."""
    return f"/documents/{name}"


def document(name: str) -> AnyResponse:
    """What holds of a document, the form over it, its drafts and its versions."""
    _office_alone()
    with current().reading() as reading:
        return _page(reading, _known(name), _begun_with(reading, name), 200)


def keep(name: str) -> AnyResponse:
    """Keep what was typed as a draft and show what it makes; where it cannot be used, the form as it was typed, and why."""
    _office_alone()
    try:
        content = _typed(_known(name))
    except ValueError as error:
        with current().reading() as reading:
            return _page(reading, name, _typed_back(name), 400, str(error))
    return _kept(name, content)


def keep_file(name: str) -> AnyResponse:
    """Keep a .docx or .pptx as a draft."""
    _office_alone()
    _known(name)
    file = request.files.get("file")
    if name not in {*PAPERS, MASTER} or file is None or not file.filename:
        raise ValueError(_("Choose a file first."))
    stream = cast("Any", file.stream)
    if not 0 < size_of(stream) <= LARGEST_FILE:
        raise ValueError(
            _("The file is too large: up to %(n)s KiB are kept. Make pictures in it smaller.", n=LARGEST_FILE // 2**10)
        )
    return _kept(name, Content(file=stream.read(), file_name=safe_name(file.filename)))


def _kept(name: str, content: Content) -> AnyResponse:
    with current().reading() as reading:
        try:
            specimen.try_out(reading, name, content)
        except Unfillable as error:
            begun = _begun_with(reading, name) if content.file else _typed_back(name)
            return _page(reading, name, begun, 400, str(error))
    taken = decisions.draft_document(desk(), name, content)
    return _done(taken, f"/documents/draft/{taken.number}")


def adopt(name: str) -> AnyResponse:
    """A draft holds from now on, or what the product comes with does again."""
    _office_alone()
    number = request.form.get("draft", "")
    draft = SHIPPED if number == str(SHIPPED) else _number(number)
    taken = decisions.adopt_document(desk(), _known(name), draft, in_one_line(request.form.get("reason", "")))
    return _done(taken, way_to(name))


def template(name: str) -> AnyResponse:
    """The template in force, to be edited in WPS and handed in."""
    _office_alone()
    if _known(name) not in PAPERS:
        raise NotThere(_("There is no such document: %(value)s", value=name[:40]))
    with current().reading() as reading:
        file = template_of(name, stationery.present(reading))
    return handed_out(Response(file, mimetype=MEDIA["docx"]), f"{called(name)}.docx", ("docx",))


def drafted(number: int) -> AnyResponse:
    """A draft as the pages that it makes, with the form that adopts it."""
    _office_alone()
    with current().reading() as reading:
        found = _draft(reading, number)
        version = kept.in_force(reading.connection, reading.zone.code, found.document)
        made, zone = _specimen(reading, found), reading.zone
    shown, of = _looked_at(made)
    words = {
        "of": _("Shown on: %(what)s", what=of) if of else "", "reason": _("Why it is changed (required)"),
        "adopt": _("Use it for what is published from now on"), "holds": _("This is what holds at present."),
        "note": _("What has been published already is worded and laid out as it was."), "back": _("Back to the document"),
        "held": _("The draft as it was kept"), "more": _("%(n)s more pages follow.", n=shown.more),
        "page": _("page %(n)s", n="%(n)s"),
    }  # fmt: skip
    return render(
        "document_draft.html", _("%(what)s: draft of %(at)s", what=called(found.document), at=numbers.instant(found.at, zone)),
        words=words, number=number, name=found.document, why_not=shown.why_not, wide=True, way=way_to(found.document),
        pages=shown.pages, more=shown.more, in_force=version is not None and version.draft == number,
    )  # fmt: skip


def _specimen(reading: Reading, found: DocumentDraft) -> Specimen | str:
    """What a draft makes; a sentence where it cannot be shown."""
    try:
        return specimen.specimen(reading, found.document, found.content)
    except (Unfillable, NoGround) as error:
        return str(error)


def _looked_at(made: Specimen | str) -> tuple[LookedAt, str]:
    """Its pages, and of what they are."""
    if isinstance(made, str):
        return LookedAt(why_not=made), ""
    return looked_at((made.made, made.form), lambda: (made.made, f".{made.form}")), made.of


def held(number: int) -> AnyResponse:
    """A draft or a former version as it was handed in: its text, or its file."""
    _office_alone()
    with current().reading() as reading:
        found = _draft(reading, number)
    if found.content.file:
        form = "pptx" if found.document == MASTER else "docx"
        return handed_out(
            Response(found.content.file, mimetype=MEDIA[form]), f"{called(found.document)}-{number}.{form}", (form,)
        )
    text = Response(found.content.text, mimetype="text/plain")
    return handed_out(text, f"{called(found.document)}-{number}.txt", ("txt",))


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a form begins with."""

    text: str = ""
    settings: DocumentSettings = field(default_factory=DocumentSettings)


def _begun_with(reading: Reading, name: str) -> _Begun:
    """The draft that the address names, else what holds; where that is a file with our own wording, for a file is changed in WPS."""
    asked = request.args.get("from", "")
    if asked:
        found = _draft(reading, _number(asked))
        if found.document != name:
            raise NotThere(_("There is no such draft."))
        if name == SETTINGS:
            return _Begun(settings=settings_kept(found.content.text))
        return _Begun(found.content.text or _shipped(name))
    on = stationery.present(reading)
    return _Begun(on.text_of(name) or _shipped(name), on.settings)


def _shipped(name: str) -> str:
    """Our own wording; of what has none nothing."""
    return shipped_text(name) if name in {*PAPERS, *DECKS} else ""


def _typed(name: str) -> Content:
    """ValueError for what cannot be kept."""
    if name == SETTINGS:
        told = (in_one_line(request.form.get(one, "")) for one in ("red_head", "address"))
        return Content(settings_typed(*told, forecasts=bool(request.form.get("forecasts"))).as_text())
    text = "\n".join(request.form.get("text", "").splitlines()).strip()
    if name == MASTER or not text:
        raise ValueError(_("Write a wording, or choose a file."))
    if any(unicodedata.category(one) in {"Cc", "Cs", "Cn", "Co"} for one in text.replace("\n", "")):
        raise ValueError(_("The wording has a character that cannot be printed. Type it anew rather than copying it."))
    return Content(text + "\n")


def _typed_back(name: str) -> _Begun:
    if name == SETTINGS:
        head, site = (request.form.get(one, "")[:LONGEST_ADDRESS] for one in ("red_head", "address"))
        return _Begun(settings=DocumentSettings(head, site, forecasts=bool(request.form.get("forecasts"))))
    return _Begun(request.form.get("text", ""))


def _page(reading: Reading, name: str, begun: _Begun, status: int, fault: str = "") -> AnyResponse:
    connection, zone = reading.connection, reading.zone
    versions = kept.versions(connection, zone.code, name)
    drafts = kept.drafts(connection, zone.code, name)
    known = specimen.fields_to_fill(reading, name) if name in {*PAPERS, *DECKS} else {}
    return render(
        "document.html", called(name), status, name=name, wide=True, way=PUBLICATIONS.path, words=_words(name), fault=fault,
        holds=_("What holds: %(what)s", what=_holding(versions[-1] if versions else None, zone)), shipped=not versions or versions[-1].draft == SHIPPED,
        text=begun.text, settings=begun.settings, longest_head=LONGEST_HEAD, longest_address=LONGEST_ADDRESS,
        typed=name in {*PAPERS, *DECKS}, file="docx" if name in PAPERS else "pptx" if name == MASTER else "",
        fields=[(field, _shown(value)) for field, value in known.items()],
        drafts=[(one.number, _("%(at)s, by %(who)s", at=numbers.instant(one.at, zone), who=one.actor)) for one in drafts],
        versions=[(one.draft, _holding(one, zone)) for one in reversed(versions)][:SHOWN_VERSIONS],
    )  # fmt: skip


def _words(name: str) -> dict[str, str]:
    return {
        "lead": _lead(name), "text": _("Wording, a paragraph a line"), "keep": _("Keep as a draft and look at it"),
        "template": _("Take the template in force along (.docx)"), "in_wps": _("Or edit it in WPS"),
        "in_wps_note": _("Take the template along, change its words and its layout, keep its styles and what stands in braces, and hand it in."),
        "file": _("File"), "keep_file": _("Hand the file in and look at it"), "master": _("Presentation with the office's own layouts"),
        "master_note": _("Its layout for a cover and its layout for a title alone are used; its slides are not."),
        "red_head": _("Who issues, in red on the first page"), "red_head_note": _("Empty: no red head. The document number is typed at each publication."),
        "address": _("Address of this site for the QR code"), "address_note": _("Empty: no QR code. It leads to the page that says what was published under the fingerprint."),
        "forecasts": _("Documents on casualties tell of the forecast"),
        "forecasts_note": _("Off unless the office wants it: deaths that have not happened are spoken of with care."),
        "fields": _("Fields that may stand in it"), "field": _("Field"), "now": _("At present"), "drafts": _("Drafts not in use"),
        "versions": _("Versions"), "look": _("Look at it"), "from": _("Begin with it"), "held": _("As it was kept"),
        "again": _("Use what the product comes with again"), "reason": _("Why it is changed (required)"), "back": _("Back to the publications"),
    }  # fmt: skip


def _lead(name: str) -> str:
    if name == SETTINGS:
        return _(
            "What all documents share. It is looked at first; what holds is used for what is published from then on."
        )
    if name == MASTER:
        return _(
            "All decks are laid on it. It is looked at first; what holds is used for what is published from then on."
        )
    return _("Words may be changed freely; fields stand in double braces. It is looked at first; what holds is used for what is published from then on.")  # fmt: skip


def _holding(one: kept.DocumentVersion | None, zone: Zone) -> str:
    if one is None:
        return _("What the product comes with")
    told = _("since %(at)s, by %(who)s: %(reason)s", at=numbers.instant(one.at, zone), who=one.actor, reason=one.reason)
    return _("What the product comes with, %(told)s", told=told) if one.draft == SHIPPED else told


_LONGEST_SHOWN = 60


def _shown(value: Any) -> str:
    """A field in a few words: what it is, or what each of its parts has."""
    if isinstance(value, dict):
        told = _(", ").join(value)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        first = value[0] if value else ""
        inner = _(", ").join(first) if isinstance(first, dict) else str(first)
        told = _("%(n)s of: %(parts)s", n=len(value), parts=inner) if value else _("none at present")
    elif isinstance(value, bool) or value is None:
        told = _("yes") if value else _("no")
    else:
        told = str(value)
    return told if len(told) <= _LONGEST_SHOWN else f"{told[:_LONGEST_SHOWN]}…"


def _draft(reading: Reading, number: int) -> DocumentDraft:
    found = kept.draft(reading.connection, reading.zone.code, number)
    if found is None:
        raise NotThere(_("There is no such draft."))
    return found


def _done(taken: Taken, way: str) -> AnyResponse:
    if taken.queued:
        return waits(PUBLICATIONS.path, PUBLICATIONS.title)
    return redirect(way, 303)


def _known(name: str) -> str:
    if name not in DOCUMENTS:
        raise NotThere(_("There is no such document: %(value)s", value=name[:40]))
    return name


def _number(told: str) -> int:
    found = address.number(told)
    if found is None:
        raise NotThere(_("There is no such draft."))
    return found


def _office_alone() -> None:
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office words its documents."))
