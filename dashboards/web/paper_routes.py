"""The committee's papers to one unit over HTTP: the notice to speak last, and the interview sheet; for the office and who reads for the committee."""

from __future__ import annotations

from datetime import date

from flask import Flask, Response, request

from dashboards.components.page_list import RANKING, SCORES
from dashboards.components.paper_links import FORMS
from dashboards.meeting import stationery, unit_papers
from dashboards.meeting.converting import PATIENCE, NoConverter
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.forms import MEDIA
from dashboards.meeting.notice_fields import Meeting
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, NoGround, NotSo
from dashboards.web.context import current
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer, refusal
from dashboards.web.reason import in_one_line
from data.language import gettext as _


def attach(server: Flask) -> None:
    """Add the route. What is asked for is a unit, or an enterprise by its name, and an ending: a name may hold any character."""
    server.add_url_rule("/paper/<which>/<path:asked>", "paper", paper)


def paper(which: str, asked: str) -> Response:
    """A paper to a unit as a file; 403 to whoever makes none, 404 where there is no such paper or nothing calls for it."""
    way = RANKING if which == INTERVIEW else SCORES
    context = current()
    if not context.scope.calls_in:
        return refusal(_("These papers are the committee's office's."))
    who, _dot, form = asked.rpartition(".")
    if which not in unit_papers.PAPERS or form not in FORMS or not who:
        return answer(_("The address may be mistyped or out of date."), 404)
    try:
        meeting = _meeting() if which == LAST_SPEAKER else Meeting()
        with context.reading() as reading:
            found = unit_papers.asked(reading, which, who, request.args.get("period", ""), meeting)
            on = stationery.present(reading)
    except (NotSo, NoGround) as error:
        return answer(str(error), 404, way=way.path, way_words=way.title)
    except ValueError as error:
        return answer(str(error), 400, way=way.path, way_words=way.title)
    try:
        made = unit_papers.document(found, on)
        made = as_pdf(made, ".docx", PATIENCE) if form == "pdf" else made
    except (NoConverter, Unfillable) as error:
        return answer(str(error), 503, way=way.path, way_words=way.title)
    return handed_out(Response(made, mimetype=MEDIA[form]), f"{found.title}.{form}", (form,))


def _meeting() -> Meeting:
    """When and where, as the address says; ValueError with a sentence for a day that is none."""
    told = request.args.get("day", "")
    try:
        day = date.fromisoformat(told) if told else None
    except ValueError as error:
        raise ValueError(_("There is no such day: %(value)s", value=told[:40])) from error
    time, place = (in_one_line(request.args.get(name, "")) for name in ("time", "place"))
    return Meeting(day, time, place)
