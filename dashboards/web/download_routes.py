"""Files out over HTTP: original and annotated workbooks, attachments, and workbooks to fill in. The scope is asked for each."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from pathlib import PurePath

from flask import Flask, Response, request, send_file

from dashboards.components import numbers, words
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results import attachments, quarter_procedure, workbooks
from dashboards.web.context import current
from dashboards.web.file_names import handed_out, harmless_name
from dashboards.web.file_types import ENDINGS, workbook_endings
from dashboards.web.notice import answer, refusal
from data.intake.archive import Archive, ArchiveError
from data.intake.intake_decisions import let_go_sentence
from data.language import gettext as _
from data.schema import STORED_KINDS
from data.zone.periods import Period, frequency, parse_period
from data.zone.zone import Unit, Zone

log = logging.getLogger("dashboards.web.download_routes")
ANY = "application/octet-stream"
WORKBOOKS = ("xlsx", "xls", "et", "xlsm", "xlsb", "ods", "csv", "xml")


def attach(server: Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule("/original/<int:number>", "original", original)
    server.add_url_rule("/annotated/<int:number>", "annotated", annotated)
    server.add_url_rule("/attachment/<int:entry>", "attachment", attachment)
    server.add_url_rule("/evidence/<int:entry>", "evidence", evidence)
    server.add_url_rule("/template", "template", template)


def original(number: int) -> Response:
    """The original workbook of a submission, byte for byte as it was received; names of people stand in it."""
    with current().reading() as reading:
        found = workbooks.original(reading, number)
    if found is not None and found.let_go:
        return answer(let_go_sentence(), 410, way=SUBMISSIONS.path, way_words=_("Submissions"))
    return _gone() if found is None else _kept(found.sha256, found.file_name)


def annotated(number: int) -> Response:
    """The refused workbook with its problems marked in it: as open as the original, for all of that stands in it."""
    with current().reading() as reading:
        found = workbooks.original(reading, number)
    if found is not None and found.let_go:
        return answer(let_go_sentence(), 410, way=SUBMISSIONS.path, way_words=_("Submissions"))
    if found is None or found.annotated is None:
        return _gone()
    marked = _("%(name)s-annotated.xlsx", name=PurePath(harmless_name(found.file_name, WORKBOOKS)).stem)
    return _kept(found.annotated, marked, ("xlsx",))


def attachment(entry: int) -> Response:
    """A stamped scan or a piece of evidence, to be saved: a browser opens nothing that somebody sent."""
    with current().reading() as reading:
        found = attachments.one(reading, entry)
    return (
        _gone() if found is None else _kept(found.sha256, found.file_name, ENDINGS[found.media_type], found.media_type)
    )


def evidence(entry: int) -> Response:
    """A piece of evidence for why a unit contests a mark, for the office and the unit, to be saved."""
    with current().reading() as reading:
        found = quarter_procedure.evidence(reading, entry)
    return (
        _gone() if found is None else _kept(found.sha256, found.file_name, ENDINGS[found.media_type], found.media_type)
    )


def template() -> Response:
    """A workbook of one kind, ready to fill in by a unit for a period."""
    scope, zone = current().scope, current().zone()
    if not scope.files:
        return refusal(_("This account sends no workbooks; only units and the office do."))
    try:
        kind, unit, period = _asked(zone)
    except ValueError as error:
        return answer(str(error), 400, way=SUBMISSIONS.path, way_words=_("Submissions"))
    if not scope.files_for(unit.code) or (zone.only_office_files(kind) and not scope.files_for_all):
        return refusal(_("This account sends workbooks of its own unit only."))
    content = current().template(kind, unit, period)
    name = f"{numbers.period(period)}-{unit.short_name}-{words.kind(kind)}.xlsx".replace("/", "-")
    return handed_out(send_file(io.BytesIO(content), mimetype=ANY), name, ("xlsx",))


def _asked(zone: Zone) -> tuple[str, Unit, Period]:
    """Which workbook is asked for; ValueError with a sentence for one that nobody files."""
    kind, told, asked = (request.args.get(name, "") for name in ("kind", "unit", "period"))
    if kind not in STORED_KINDS:
        raise ValueError(_("There is no such kind of workbook: %(value)s", value=kind[:40]))
    unit = zone.unit_by_code.get(told)
    if unit is None:
        raise ValueError(_("There is no such unit: %(value)s", value=told[:40]))
    try:
        period = parse_period(asked)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=asked[:40])) from error
    deadline = zone.deadline(kind, unit)
    if deadline is None or deadline.every != frequency(period) or unit not in zone.units_of(period):
        raise ValueError(
            _("%(unit)s does not file “%(kind)s” for %(period)s.", unit=unit.short_name, kind=words.kind(kind),
              period=numbers.period(period))
        )  # fmt: skip
    return kind, unit, period


def _kept(sha256: str, file_name: str, endings: Sequence[str] | None = None, media_type: str = ANY) -> Response:
    """A file of the archive, compared with its SHA-256 as it goes out: what was changed there is served to nobody.

    It is named by its content, as told where nobody told the type.
    """
    archive = Archive(current().settings.archive_dir)
    if not archive.path_of(sha256).is_file():
        return _gone()
    try:
        content = io.BytesIO(archive.read(sha256))
    except ArchiveError:
        log.error("the archive's file %s is not the one that was kept; python -m data doctor tells more", sha256)  # noqa: TRY400  # said whole
        return _changed()
    if endings is None:
        endings = workbook_endings(content)
        content.seek(0)
    response = handed_out(send_file(content, mimetype=media_type), file_name, endings)
    # When the archive first kept these bytes, perhaps for somebody else, is not told.
    del response.headers["Last-Modified"], response.headers["ETag"]
    return response


def _changed() -> Response:
    said = _("The stored file is not the one that was received, so it is not given out. Tell the administrator: "
             "the archive must be put back from its backup.")  # fmt: skip
    return answer(said, 500, way=SUBMISSIONS.path, way_words=_("Submissions"))


def _gone() -> Response:
    return answer(_("There is no such workbook."), 404, way=SUBMISSIONS.path, way_words=_("Submissions"))
