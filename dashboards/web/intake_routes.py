"""Workbooks in over HTTP: uploads go to the inbox. Each file is answered by name."""

from __future__ import annotations

import logging
import os
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO, cast

from flask import Flask, Response, jsonify, request
from werkzeug.datastructures import FileStorage

from dashboards.web.context import RequestContext, current
from dashboards.web.decided import NO_ROOM, TOO_MANY, NotYours
from dashboards.web.guard import foreign
from dashboards.web.notice import refusal
from data.disk import DiskFull
from data.intake.anchors import Anchor, of_line
from data.intake.archive import Archive, ArchiveError
from data.intake.fitting import Unfit
from data.intake.inbox import Choice, take_in
from data.intake.quota import OverQuota, Quota
from data.intake.sizes import LARGEST_FILE
from data.language import gettext as _
from data.schema import STORED_KINDS
from data.store import StoreError
from data.zone.clock import Clock
from data.zone.periods import parse_period
from data.zone.zone import NotInitialised, Zone

log = logging.getLogger("app.intake")
LONGEST_NAME = 200
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: its receipt, with its line in the journal, or why it was refused at once; ``status`` as HTTP
    says it.
    """

    name: str
    receipt: int | None
    refused: str | None
    status: int = 200
    anchor: Anchor | None = None


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.json.ensure_ascii = False  # type: ignore[attr-defined]  # Flask's own provider has it
    server.add_url_rule("/upload", "upload", upload, methods=["POST"])


def upload() -> Response | tuple[Response, int]:
    """Take in every file of the request; the answer names each with its receipt, or why it was refused at once.

    A workbook is shown to its sender before it is filed; with ``straight=1`` it is filed at once if nothing is wrong.
    """
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
    most = current().settings.upload_parts
    if len(files) > most:
        sentence = _("A request brings up to %(n)s files; these are %(m)s. Send them in parts.", n=most, m=len(files))
        return jsonify(error=sentence), 413
    asks = request.form.get("straight") != "1"
    answers = [_take(current(), zone, file, choice, asks=asks) for file in files]
    told = [
        {
            "name": one.name,
            "receipt": one.receipt,
            "refused": one.refused,
            **({} if one.anchor is None else one.anchor.as_dict()),
        }
        for one in answers
    ]
    return jsonify(files=told, received=sum(one.receipt is not None for one in answers)), max(
        one.status for one in answers
    )


def _choice(zone: Zone) -> Choice:
    """What the sender said beside the files; ValueError with a sentence for what does not exist."""
    kind, unit, period = (request.form.get(name, "").strip() or None for name in ("kind", "unit", "period"))
    if kind is not None and kind not in STORED_KINDS:
        raise ValueError(_("There is no such kind of workbook: %(value)s", value=kind))
    if kind is not None and zone.only_office_files(kind) and not current().scope.files_for_all:
        raise NotYours(_("This table is sent by the accounts of the committee's office alone."))
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


def quota(context: RequestContext, clock: Clock) -> Quota:
    """What the account that asks may send today."""
    return Quota(context.settings, context.account.name, clock.today())


def _take(context: RequestContext, zone: Zone, file: FileStorage, choice: Choice, *, asks: bool) -> Received:
    name = safe_name(file.filename or "")
    stream = cast("BinaryIO", file.stream)
    size = size_of(stream)
    refused = _refused_at_once(name, size)
    if refused is not None:
        return Received(name, None, refused)
    archive = Archive(context.settings.archive_dir)
    clock = Clock(zone.calendar, context.settings.today)
    try:
        with quota(context, clock).claimed(size, waits=True):
            receipt = take_in(
                context.settings.database_url, archive, zone.code, stream, name, context.account.name, clock.now(), choice,
                context.scope.unit, asks=asks,
            )  # fmt: skip
    except OverQuota as error:
        return Received(name, None, str(error), TOO_MANY)
    except Unfit as error:
        return Received(name, None, str(error))
    except DiskFull as error:
        return Received(name, None, str(error), NO_ROOM)
    except (ArchiveError, StoreError) as error:
        log.error("an upload was not kept: %s", error)  # noqa: TRY400  # the text says it all
        sentence = _(
            "It could not be kept: archive or database cannot be used. Send it again later; if that fails too, tell the "
            "administrator."
        )
        return Received(name, None, sentence)
    return Received(name, receipt.number, None, anchor=_anchor(context, archive, receipt.number))


def _anchor(context: RequestContext, archive: Archive, number: int) -> Anchor | None:
    """The receipt's line in the journal; it was received, whether or not that can be told just now."""
    try:
        with context.reading() as reading:
            return of_line(reading.connection, archive, reading.zone.code, number)
    except (ArchiveError, StoreError, NotInitialised):
        return None


def _refused_at_once(name: str, size: int) -> str | None:
    if name.startswith("~$"):
        return _(
            "This is only the lock file (~$…) that Excel or WPS leaves while a workbook is open. The workbook itself lies beside "
            "it, under the same name without ~$: close it and send that."
        )
    if size == 0:
        return _("The file is empty (0 bytes). Save the workbook again and send that.")
    if size > LARGEST_FILE:
        return _("The file is larger than 20 MiB. Delete pictures and what lies outside the table.")
    return None


def size_of(stream: BinaryIO) -> int:
    """Bytes of a file that is read from its beginning next."""
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
