"""The receipt of a workbook as a page to be printed: what came, when, and the journal's line that says so (METHOD section 6)."""

from __future__ import annotations

from flask import Flask, Response

from dashboards.components import address, numbers
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results import workbooks
from dashboards.web.context import current
from dashboards.web.notice import answer, render
from data.intake.anchors import of_line
from data.intake.archive import Archive
from data.language import gettext as _


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/receipt/<int:number>", "receipt", receipt)


def receipt(number: int) -> Response:
    """The receipt, for who may open the original: kept in a cabinet, it is a witness that the journal was not cut or rewritten."""
    with current().reading() as reading:
        found = workbooks.original(reading, number)
        archive = Archive(current().settings.archive_dir)
        anchor = None if found is None else of_line(reading.connection, archive, reading.zone.code, number)
        zone = reading.zone
    if found is None or anchor is None:
        return answer(_("There is no such workbook."), 404, way=SUBMISSIONS.path, way_words=_("Submissions"))
    facts = [
        (_("Workbook"), found.file_name),
        ("SHA-256", found.sha256),
        (_("Received"), numbers.instant(found.uploaded_at or found.received_at, zone)),
        (_("Sent by"), found.sender),
        (_("Journal, line and hash"), anchor.spoken),
        (_("Publication before it"), anchor.former or _("none")),
    ]
    note = _("Keep it outside the system: python -m data doctor --against LINE:HASH tells from it whether the journal is still "
             "the same.")  # fmt: skip
    way = SUBMISSIONS.path + address.query(submission=number) + "#one"
    return render("receipt.html", _("Receipt no. %(n)s", n=number), facts=facts, note=note, way=way,
                  way_words=_("Back to the workbook"))  # fmt: skip
