"""Lists and standings as files over HTTP: what a page offers, in the order and with the filters that it shows, for whoever asks."""

from __future__ import annotations

from flask import Flask, Response, request, send_file

from dashboards.components.exports import OFFERS, ExportNotAllowed, NothingToExport, TooManyRows
from dashboards.components.grid_request import read_told
from dashboards.web.context import current
from dashboards.web.export_files import FORMS, MEDIA
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer, refusal
from data.language import gettext as _
from data.people.draft_openings import NotNoted, note


def attach(server: Flask) -> None:
    """Add the route to a server."""
    server.add_url_rule("/export/<name>.<form>", "export", export)


def export(name: str, form: str) -> Response:
    """What is offered under this name, as a file of this form; every rule of the scope is the offer's."""
    make = OFFERS.get(name)
    if make is None or form not in FORMS:
        return answer(_("The address may be mistyped or out of date."), 404)
    asked = request.args.to_dict()
    told = read_told(asked.pop("grid", None))
    try:
        with current().reading() as reading:
            made = make(asked, told, reading)
            file, at = FORMS[form](made), reading.now
        for draft in made.drafts:
            note(current().settings, current().scope, draft, form, at)
    except NothingToExport:
        return answer(_("There is nothing to export at this address."), 404)
    except ExportNotAllowed as error:
        return refusal(str(error))
    except TooManyRows as error:
        return answer(str(error), 413)
    except NotNoted:
        file.close()
        sentence = _("Whoever opens a draft is put on record, and the database is busy. Try again in a moment.")
        return answer(sentence, 503)
    return handed_out(send_file(file, mimetype=MEDIA[form]), f"{made.name}.{form}", (form,))
