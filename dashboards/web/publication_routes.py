"""Publications over HTTP: publishing as a plain form, what is published as files, and whether a document is one of them.

Who holds a document may ask by its fingerprint without an account: told are report, period, revision and status, no figure,
and nothing of what is not published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, Response, jsonify, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, numbers, published_words
from dashboards.components.page_list import PUBLICATIONS
from dashboards.meeting import stationery
from dashboards.meeting.chart_pictures import NothingDrawn
from dashboards.meeting.converting import PATIENCE, NoConverter
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.forms import MEDIA, ending, made
from dashboards.meeting.issued import prove
from dashboards.meeting.material import as_zip, material_of
from dashboards.meeting.verifying import verify as verify_any
from dashboards.results import publication_list, verification
from dashboards.results.published import workbooks_behind
from dashboards.results.published_copies import copy_for
from dashboards.results.to_publish import publish as freeze
from dashboards.results.verification import UNKNOWN, Verdict
from dashboards.web.context import current
from dashboards.web.decided import NotYours, decided
from dashboards.web.drop_form import DOCUMENT
from dashboards.web.file_names import handed_out
from dashboards.web.guard import VERIFY, foreign
from dashboards.web.notice import answer, refusal, render
from dashboards.web.reason import in_one_line
from dashboards.web.signin.limits import limiting
from data.intake.publications import Publication
from data.language import gettext as _
from data.settings import Settings
from data.zone.periods import Month, Period, Quarter, Year, parse_period
from data.zone.zone import Zone

PUBLISH, VERIFY_DOCUMENT = "/publish", "/verify/document"
REVISION, CORRECTION = "revision", "correction"
_PERIODS: Mapping[str, type[Period]] = {"ranking": Month, "scores": Quarter, "casualties": Year}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TOLD = ("report", "period", "revision", "sha256", "status")


def attach(server: Flask, settings: Settings) -> None:
    """Add the routes; the one that strangers ask is held to the rate of the other ones that they do."""
    limited = limiting(server, settings, scope="verify")
    server.add_url_rule(PUBLISH, "publish", publish, methods=["POST"])
    server.add_url_rule("/published/<int:entry>.<form>", "published", taken_along)
    server.add_url_rule("/material/<month>.zip", "material", material)
    server.add_url_rule(VERIFY_DOCUMENT, "verify-document", verify_document, methods=["POST"])
    server.add_url_rule(VERIFY, "verify", limited(verify, "GET"))


def _not_published(sentence: str, status: int) -> Response:
    return answer(sentence, status, heading=_("Not published"), way=PUBLICATIONS.path, way_words=PUBLICATIONS.title)


def _here(sentence: str, status: int) -> Response:
    """A sentence, with the way back to the page."""
    return answer(sentence, status, way=PUBLICATIONS.path, way_words=PUBLICATIONS.title)


@decided(_not_published)
def publish() -> AnyResponse:
    """Freeze what the page showed, then on to the publication; what cannot be done is said in a sentence."""
    context = current()
    if not context.scope.decides:
        raise NotYours(_("Only the committee's office publishes."))
    report, period, day = _asked()
    kind = request.form.get("kind", "")
    if kind not in {REVISION, CORRECTION}:
        raise ValueError(_("Say whether data got better or a mistake is put right."))
    done = freeze(
        context.settings, context.account.name, report, period, day,
        reason=in_one_line(request.form.get("reason", "")), mistake=kind == CORRECTION, seen=request.form.get("seen", ""),
        proves=prove,
    )  # fmt: skip
    return redirect(PUBLICATIONS.path + address.query(period=done.period, entry=done.entry) + "#one", 303)


def _asked() -> tuple[str, Period, date | None]:
    """Which report of which period, casualties as of which day; ValueError with a sentence for what there is not."""
    report, told, day = (request.form.get(name, "") for name in ("report", "period", "day"))
    try:
        period = parse_period(told)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=told[:40])) from error
    if report not in _PERIODS or not isinstance(period, _PERIODS[report]):
        raise ValueError(_("There is no such report to be published: %(value)s", value=f"{report} {told}"[:60]))
    if not day or report != "casualties":
        return report, period, None
    try:
        return report, period, date.fromisoformat(day)
    except ValueError as error:
        raise ValueError(_("There is no such day: %(value)s", value=day[:40])) from error


def taken_along(entry: int, form: str) -> Response:
    """What was published, as a file: one of the copies that are known again as true ones (``published_copies``)."""
    if form not in MEDIA:
        return answer(_("The address may be mistyped or out of date."), 404)
    with current().reading() as reading:
        found = publication_list.one(reading, entry)
        if found is None:
            return _here(_("There is no such publication."), 404)
        copy, on = copy_for(found, reading.scope), stationery.of_issue(reading, found)
    try:
        file = made(form, copy, on, PATIENCE)
    except NothingDrawn as why:
        return _here(str(why), 404)
    except (NoConverter, Unfillable) as error:
        return _here(str(error), 503)
    return handed_out(Response(file, mimetype=MEDIA[form]), f"{_file_name(found)}.{ending(form)}", (form,))


def material(month: str) -> Response:
    """The whole set of a month as one file, as whoever asks may take each of it along."""
    try:
        wanted = Month.parse(month)
    except ValueError:
        return answer(_("The address may be mistyped or out of date."), 404)
    with current().reading() as reading:
        found = material_of(reading, wanted)
    if not found.published:
        sentence = _("Nothing is published of this month: there is no set to be made.")
        return _here(sentence, 404)
    if not _SETS_AT_ONCE.acquire(blocking=False):
        return _here(_("Others are having a set made. Try again in a minute."), 503)
    try:
        made_up = as_zip(found)
    finally:
        _SETS_AT_ONCE.release()
    name = _("%(month)s meeting material", month=numbers.period(wanted))
    return handed_out(Response(made_up, mimetype="application/zip"), f"{name}.zip", ("zip",))


_SETS_AT_ONCE = BoundedSemaphore(2)
"""However many are asked for: each takes a thread of the server for some seconds, and pages need the others."""


def _file_name(one: Publication) -> str:
    said = published_words.title(one.report, parse_period(one.period), one.day)
    return "-".join([*said.split(), _("revision no. %(n)s", n=one.revision)]).replace(" ", "-")


def verify_document() -> Response:
    """Whether a document says what was published. It is measured before it is read, and nothing of it is kept."""
    if foreign(request):
        return refusal(_("Another site asked for this; it was not done."))
    file = request.files.get(DOCUMENT)
    if file is None or not file.filename:
        return _here(_("No document arrived. Choose one."), 400)
    raw = file.stream.read(verification.LARGEST + 1)
    with current().reading() as reading:
        every = verify_any(publication_list.as_the_office(reading), raw)
        found, zone = publication_list.narrowed(every, reading.scope), reading.zone
        causes = published_words.causes(found.moved_by, zone, workbooks_behind(reading, found.moved_by))
    return _verdict(found, zone, of_a_document=True, causes=causes)


def verify() -> Response:
    """What the publication with a fingerprint is, for whoever asks: never a figure."""
    told = "".join(request.args.get("sha", "").split()).lower()
    with current().reading_of_the_office() as reading:
        found = publication_list.status_of(reading, told) if _SHA256.fullmatch(told) else None
        zone = reading.zone
    verdict = Verdict(UNKNOWN) if found is None else found
    if _wants_json():
        content = verdict.as_dict()
        return jsonify({name: content[name] for name in _TOLD})
    return _verdict(verdict, zone, of_a_document=False, asked=told)


def _wants_json() -> bool:
    if "format" in request.args:
        return request.args["format"] == "json"
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _verdict(
    found: Verdict, zone: Zone, *, of_a_document: bool, asked: str = "", causes: Sequence[str] = ()
) -> Response:
    """A page that says what a document, or the publication of a fingerprint, is."""
    symbol, word, tone = published_words.status(found.status)
    of = found.publication
    moved = published_words.moved_lines(found.moved, zone)
    said = {
        "cell": _("Place in the document"), "was": _("published"), "found": _("here"), "moved": _("Moved since it was published"),
        "by": _("What moved it"), "more": _("and more"), "sha": _("Fingerprint (SHA-256)"), "ask": _("Check it"),
    }  # fmt: skip
    return render(
        "verdict.html", _("Is a document true?"), words=said, symbol=symbol, word=word, tone=tone,
        named=[] if of is None else published_words.named(of), sentences=_sentences(found, of_a_document=of_a_document),
        cells=[(place, _shown(was), _shown(here)) for place, (was, here) in found.cells.items()][:_MOST],
        moved=moved[:_MOST], causes=causes,
        more=max(len(found.cells), len(moved)) > _MOST,
        asks=not of_a_document, asked=asked if of is None else "", verify=VERIFY,
        way=PUBLICATIONS.path, way_words=PUBLICATIONS.title,
    )  # fmt: skip


_MOST = 100
"""Cells and figures that a page names."""


def _sentences(found: Verdict, *, of_a_document: bool) -> list[str]:
    """Figures and file apart; of a fingerprint alone nothing is known of the paper that it stands on."""
    if of_a_document:
        return verification.sentences(found)
    words: dict[str, str] = {
        verification.CURRENT: _("This was published, and it is the latest revision; the figures stand."),
        verification.OVERTAKEN: _("This was published, and it is the latest revision; live figures have moved since."),
        verification.SUPERSEDED: _("This was published; a later revision has taken its place."),
        UNKNOWN: _("Nothing with this fingerprint was published here. Compare it with the paper, letter by letter."),
    }
    return [words[found.status]]


def _shown(value: Any) -> str:
    return numbers.NONE if value is None else str(value)[:200]
