"""Files out over HTTP: original and annotated workbooks, attachments, and workbooks to fill in. The scope is asked for each."""

from __future__ import annotations

import io
from pathlib import PurePath
from urllib.parse import quote

from flask import Flask, Response, request, send_file

from dashboards.components import numbers, words
from dashboards.context import current
from dashboards.notice import answer, refusal
from dashboards.results import attachments, workbooks
from data.archive import Archive
from data.language import gettext as _
from data.periods import Period, frequency, parse_period
from data.schema import STORED_KINDS
from data.zone import Unit, Zone

PAGE = "/submissions"
ANY = "application/octet-stream"


def attach(server: Flask) -> None:
    """Add the routes to a server."""
    server.add_url_rule("/original/<int:number>", "original", original)
    server.add_url_rule("/annotated/<int:number>", "annotated", annotated)
    server.add_url_rule("/attachment/<int:entry>", "attachment", attachment)
    server.add_url_rule("/template", "template", template)


def original(number: int) -> Response:
    """The original workbook of a submission, byte for byte as it was received; names of people stand in it."""
    found = workbooks.original(current().engine, current().scope, number)
    return _gone() if found is None else _kept(found.sha256, found.file_name)


def annotated(number: int) -> Response:
    """The refused workbook with its problems marked in it: as open as the original, for all of that stands in it."""
    found = workbooks.original(current().engine, current().scope, number)
    if found is None or found.annotated is None:
        return _gone()
    marked = _("%(name)s-annotated.xlsx", name=PurePath(found.file_name).stem)
    return _kept(found.annotated, marked)


def attachment(entry: int) -> Response:
    """A stamped scan or a piece of evidence, to be saved: a browser opens nothing that somebody sent."""
    found = attachments.one(current().engine, current().scope, entry)
    return _gone() if found is None else _kept(found.sha256, found.file_name, found.media_type)


def template() -> Response:
    """A workbook of one kind, ready to fill in by a unit for a period."""
    scope, zone = current().scope, current().zone()
    if not scope.files:
        return refusal(_("This account sends no workbooks; only units and the office do."))
    try:
        kind, unit, period = _asked(zone)
    except ValueError as error:
        return answer(str(error), 400, way=PAGE, way_words=_("Submissions"))
    if not scope.files_for(unit.code) or (zone.only_office_files(kind) and not scope.files_for_all):
        return refusal(_("This account sends workbooks of its own unit only."))
    content = current().template(kind, unit, period)
    name = f"{numbers.period(period)}-{unit.short_name}-{words.kind(kind)}.xlsx".replace("/", "-")
    return _named(send_file(io.BytesIO(content), mimetype=ANY), name)


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


def _kept(sha256: str, file_name: str, media_type: str = ANY) -> Response:
    path = Archive(current().settings.archive_dir).path_of(sha256)
    return _named(send_file(path, mimetype=media_type, conditional=False), file_name) if path.is_file() else _gone()


def _named(response: Response, file_name: str) -> Response:
    # When the archive first kept these bytes, perhaps for somebody else, is not told.
    del response.headers["Last-Modified"], response.headers["ETag"]
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
    return response


def _gone() -> Response:
    return answer(_("There is no such workbook."), 404, way=PAGE, way_words=_("Submissions"))
