"""The papers to one unit as .docx: a notice to speak last, and an interview sheet, on the paper of the bulletins."""

from __future__ import annotations

import io

from dashboards.meeting import blank_paper, enterprise_fields, interview_fields, notice_fields
from dashboards.meeting import measures as of
from dashboards.meeting.column_widths import fitted
from dashboards.meeting.notice_fields import Meeting
from dashboards.meeting.package import name_it, settled, with_properties
from dashboards.meeting.stationery import OURS, Stationery
from dashboards.meeting.unit_claims import PAPER
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, NotSo, UnitPaper, paper_period
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import properties_of
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Quarter

PAPERS = (LAST_SPEAKER, INTERVIEW)
NOTHING_TOLD = Meeting()


def asked(
    reading: Reading,
    which: str,
    who: str,
    period: str,
    meeting: Meeting = NOTHING_TOLD,
    basis: Publication | None = None,
) -> UnitPaper:
    """What a paper is made of; NotSo where there is no such paper, NoGround where nothing calls for it.

    ``basis``: the publication that it rests on; None: the latest, and what is live where there is none.
    """
    if which not in PAPERS:
        raise NotSo(_("There is no such paper: %(value)s", value=which[:40]))
    wanted = paper_period(which, period)
    if which == LAST_SPEAKER:
        assert isinstance(wanted, Quarter)
        return notice_fields.last_speaker(reading, who, wanted, meeting, basis)
    if reading.zone.find_unit(who) is None:
        return enterprise_fields.interview(reading, who, wanted, basis)
    return interview_fields.interview(reading, who, wanted, basis)


def document(one: UnitPaper, on: Stationery = OURS, *, formerly: bool = False) -> bytes:
    """The paper, in the office's words where it has its own. Unfillable where those ask for what there is not. ``formerly``: laid out as it was
    before (``paper.annexes``).
    """
    with speaking(LANGUAGES[0]):
        return _made(one, on, formerly=formerly)


def properties(one: UnitPaper) -> dict[str, str]:
    """What a paper says of itself in its properties: the publication that it rests on, and which paper it is; nothing where it rests on none."""
    return {} if one.claim is None else {**properties_of(one.content), PAPER: one.claim.code}


def loose_lines(one: UnitPaper, on: Stationery = OURS) -> list[str]:
    """The lines at the foot of its last page, which programs may keep in frames."""
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    with speaking(LANGUAGES[0]):
        return [
            *paper.taken_out(filled_paper(one.wording or one.which, on, one.fields), blank_paper.IMPRINT),
            *one.witness,
        ]


def _made(one: UnitPaper, on: Stationery, *, formerly: bool) -> bytes:
    from dashboards.meeting import paper
    from dashboards.meeting.filled_paper import filled_paper

    made = filled_paper(one.wording or one.which, on, one.fields)
    lines = paper.taken_out(made, blank_paper.IMPRINT)
    paper.keep_signature(made)
    paper.keep_rules(made)
    paper.number_pages(made.sections[0], one.draft)
    paper.tables_within(made, [fitted(table, of.TEXT_WIDTH) for table in one.within])
    if one.annexed:
        annexed = [fitted(table, paper.LANDSCAPE_WIDTH) for table in one.annexed]
        paper.annexes(made, paper.each_announced(annexed), formerly=formerly)
    if lines:
        paper.imprint(made, lines, one.witness)
    else:
        paper.foot(made, one.witness, formerly=formerly)
    name_it(made.core_properties, one.title, one.fields["发文机关"], one.day)
    told = properties(one)
    made.core_properties.keywords = " ".join(told.values())  # of its properties a PDF keeps these alone
    file = io.BytesIO()
    made.save(file)
    return with_properties(settled(file.getvalue()), told) if told else settled(file.getvalue())
