"""Workbooks in and out over HTTP: uploads go to the inbox, originals come from the archive. Each file is answered by name."""

from __future__ import annotations

import logging
import os
import unicodedata
from typing import BinaryIO, cast
from urllib.parse import quote

from flask import Flask, Response, jsonify, request, send_file
from werkzeug.datastructures import FileStorage

from dashboards.context import Context, current
from dashboards.guard import foreign
from dashboards.notice import answer, refusal
from dashboards.results import submissions
from data.archive import Archive, ArchiveError
from data.inbox import Choice, take_in
from data.language import gettext as _
from data.periods import parse_period
from data.schema import STORED_KINDS
from data.store import StoreError
from data.zone import NotInitialised, Zone

log = logging.getLogger("app.intake")
LARGEST_FILE = 20 * 2**20
LARGEST_REQUEST = 500 * 2**20
LONGEST_NAME = 200
LONGEST_NOTE = 500
Answer = dict[str, str | int | None]


def attach(server: Flask) -> None:
    """Add both routes to a server."""
    server.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    server.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    server.add_url_rule("/upload", "upload", upload, methods=["POST"])
    server.add_url_rule("/original/<int:number>", "original", original)


def upload() -> Response | tuple[Response, int]:
    """Take in every file of the request; the answer names each with its receipt, or why it was refused at once."""
    if foreign(request):
        return refusal(_("Another site asked for this upload; it was not done."))
    if not current().scope.files:
        return refusal(_("This account sends no workbooks; only units and the office do."))
    files = request.files.getlist("files")
    if not files:
        return jsonify(error=_("No file arrived. Choose one or several workbooks.")), 400
    try:
        zone = current().zone()
        choice = _choice(zone)
    except NotYours as error:
        return refusal(str(error))
    except ValueError as error:
        return jsonify(error=str(error)), 400
    except (NotInitialised, StoreError):
        return jsonify(error=_("The database is not ready; nothing was received.")), 503
    answers = [_take(current(), zone, file, choice) for file in files]
    return jsonify(files=answers, received=sum(answer["receipt"] is not None for answer in answers))


class NotYours(Exception):
    """A workbook sent for a unit that the account may not file for; the text says so."""


def _choice(zone: Zone) -> Choice:
    """What the sender said beside the files; ValueError with a sentence for what does not exist."""
    kind, unit, period = (request.form.get(name, "").strip() or None for name in ("kind", "unit", "period"))
    if kind is not None and kind not in STORED_KINDS:
        raise ValueError(_("There is no such kind of workbook: %(value)s", value=kind))
    if period is not None:
        _period(period)
    return Choice(kind, _unit(zone, unit), period, request.form.get("note", "").strip()[:LONGEST_NOTE])


def _unit(zone: Zone, told: str | None) -> str | None:
    """The unit that is sent for: what was said, or the one unit that the account may send for."""
    scope = current().scope
    if told is None:
        return scope.unit
    unit = zone.find_unit(told)
    if unit is None:
        raise ValueError(_("There is no such unit: %(value)s", value=told))
    if not scope.files_for(unit.code):
        raise NotYours(_("This account sends workbooks of its own unit only."))
    return unit.code


def _period(text: str) -> None:
    try:
        parse_period(text)
    except ValueError as error:
        raise ValueError(_("There is no such period: %(value)s", value=text)) from error


def _take(context: Context, zone: Zone, file: FileStorage, choice: Choice) -> Answer:
    name = safe_name(file.filename or "")
    stream = cast("BinaryIO", file.stream)
    refused = _refused_at_once(name, _size(stream))
    if refused is not None:
        return {"name": name, "receipt": None, "refused": refused}
    archive = Archive(context.settings.archive_dir)
    now = context.clock(zone).now()
    try:
        receipt = take_in(
            context.settings.database_url, archive, zone.code, stream, name, context.account.name, now, choice,
            context.scope.unit,
        )  # fmt: skip
    except (ArchiveError, StoreError) as error:
        log.error("an upload was not kept: %s", error)  # noqa: TRY400  # the text says it all
        sentence = _(
            "It could not be kept: archive or database cannot be used. Send it again later; if that fails too, tell the "
            "administrator."
        )
        return {"name": name, "receipt": None, "refused": sentence}
    return {"name": name, "receipt": receipt.number, "refused": None}


def _refused_at_once(name: str, size: int) -> str | None:
    if name.startswith("~$"):
        return _(
            "This is the lock file of an open workbook, not the workbook. Close it and choose the workbook itself."
        )
    if size == 0:
        return _("The file is empty (0 bytes). Save the workbook again and send that.")
    if size > LARGEST_FILE:
        return _("The file is larger than 20 MiB. Delete pictures and what lies outside the table.")
    return None


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def safe_name(name: str) -> str:
    """The last part of a path, without control characters, not too long; its ending stays."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    stem, dot, ending = clean.rpartition(".")
    if len(clean) > LONGEST_NAME and dot and len(ending) < 10:
        clean = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
    return clean[:LONGEST_NAME] or _("unnamed workbook")


def original(number: int) -> Response:
    """The original workbook of a submission, byte for byte as it was received; names of people stand in it."""
    context = current()
    found = submissions.original(context.engine, context.scope, number)
    if found is None:
        return _gone()
    path = Archive(context.settings.archive_dir).path_of(found.sha256)
    if not path.is_file():
        return _gone()
    response = send_file(path, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}"
    return response


def _gone() -> Response:
    return answer(_("There is no such workbook."), 404, way="/submissions", way_words=_("Submissions"))
